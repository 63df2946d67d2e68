//! Corrections that leave no choice are applied, and no others.

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use support::random::Random;
use support::tables::{Rules, consistent, figures};
use xxgk::edit::{Applied, Apply, Localiser, apply};
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::{Certainty, Correction, Form, Record, Table, Value, check};

const FORMS: [fn() -> &'static Arc<Form>; 3] =
    [NineCategory::form, National2019::form, National2021::form];

/// A form with a rule that does not say what the figure is.
fn house() -> Arc<Form> {
    let rule = r#"
        [[rule]]
        id = "H001"
        severity = "hard"
        statement = "capacity.reading_points >= 1"
        basis = { zh = "本市规定", en = "house rule" }
    "#;
    Arc::new(NineCategory::form().extend(rule).unwrap())
}

/// Adds a little to some counts of a table.
fn perturbed(record: &Record, number: usize, random: &mut Random) -> Record {
    let (form, mut out) = (record.form(), record.clone());
    for _ in 0..number {
        let indicator = &form.indicators()[random.below(form.cells() as u64) as usize];
        if let Some(Value::Count(count)) = record.get(indicator.key()).unwrap() {
            let count = Value::Count(count + 1 + random.below(6));
            out.set(indicator.key(), Some(count)).unwrap();
        }
    }
    out
}

/// The cells of all sets of corrections.
fn cells(corrections: &[&Correction]) -> BTreeSet<usize> {
    let sets = corrections.iter().flat_map(|it| &it.sets);
    sets.flat_map(|set| &set.cells).map(|it| it.cell).collect()
}

fn changed(before: &Record, after: &Record) -> BTreeSet<usize> {
    let cells = before.cells().iter().zip(after.cells());
    let cells = cells.enumerate().filter(|(_, (one, other))| one != other);
    cells.map(|(cell, _)| cell).collect()
}

#[test]
fn a_single_wrong_figure_that_is_determined_is_put_right() {
    let (mut random, mut restored) = (Random(1), [0; 3]);
    for (at, form) in FORMS.iter().enumerate() {
        let localiser = Localiser::new(form());
        for _ in 0..300 {
            let right = consistent(form(), &mut random);
            let wrong = perturbed(&right, 1, &mut random);
            let corrections = localiser.localise(&wrong);
            let Applied { record, left, .. } = apply(&wrong, &corrections, Apply::Determined);
            let determined = |it: &Correction| it.certainty == Certainty::Determined;
            if corrections.iter().all(determined) && !corrections.is_empty() {
                assert_eq!(record, right);
                restored[at] += 1;
            } else {
                assert_eq!(record, wrong);
                assert_eq!(left.len(), corrections.len());
            }
        }
    }
    assert!(restored.iter().all(|times| *times > 50), "{restored:?}");
}

#[test]
fn only_what_leaves_no_choice_is_changed_and_then_its_rules_hold() {
    let (mut random, mut blanked, mut both) = (Random(2), 0, 0);
    for form in FORMS
        .map(|form| form().clone())
        .into_iter()
        .chain([house()])
    {
        let (rules, localiser) = (Rules::new(&form), Localiser::new(&form));
        let hard = || {
            form.rules()
                .iter()
                .filter(|it| it.severity() == xxgk::Severity::Hard)
        };
        let ids: Vec<&str> = hard()
            .flat_map(|it| it.instances())
            .map(|it| it.id())
            .collect();
        for table in 0..300 {
            let right = consistent(&form, &mut random);
            let wrong = perturbed(&right, 1 + table % 4, &mut random);
            let corrections = localiser.localise(&wrong);
            for which in [Apply::Determined, Apply::Unique] {
                let Applied {
                    record,
                    applied,
                    left,
                    ..
                } = apply(&wrong, &corrections, which);
                assert_eq!(applied.len() + left.len(), corrections.len());
                assert_eq!(changed(&wrong, &record), cells(&applied));
                assert!(cells(&applied).is_disjoint(&cells(&left)));
                let expected = |it: &&Correction| match it.certainty {
                    Certainty::Determined => true,
                    Certainty::Unique => which == Apply::Unique,
                    _ => false,
                };
                assert!(applied.iter().all(expected) && !left.iter().any(expected));
                both += usize::from(!applied.is_empty() && !left.is_empty());
                let blank = record.cells().iter().filter(|it| it.is_none()).count();
                let open = applied.iter().flat_map(|it| &it.sets[0].cells);
                assert_eq!(blank, open.filter(|it| it.to().is_none()).count());
                blanked += blank;
                let of_applied: BTreeSet<&str> = applied
                    .iter()
                    .flat_map(|it| &it.rules)
                    .map(|id| &**id)
                    .collect();
                if blank == 0 {
                    let failing = rules.failing(&figures(&record));
                    assert!(failing.iter().all(|at| !of_applied.contains(ids[*at])));
                }
                let report = check(&record);
                let fails = report.failed().filter_map(|it| it.instance.as_deref());
                assert!(fails.into_iter().all(|id| !of_applied.contains(id)));
            }
        }
    }
    assert!(blanked > 20 && both > 50, "{blanked} {both}");
}

#[test]
fn a_correction_of_another_record_is_left() {
    let form = NineCategory::form();
    let mut random = Random(3);
    let right = consistent(form, &mut random);
    let mut wrong = right.clone();
    for (key, count) in [
        ("received.total", 28),
        ("answered.total", 27),
        ("closed.total", 27),
    ] {
        wrong
            .set(&format!("requests.{key}"), Some(Value::Count(count)))
            .unwrap();
    }
    let corrections = Localiser::new(form).localise(&wrong);
    for other in [
        Record::new(form.clone()),
        Record::new(National2021::form().clone()),
    ] {
        for which in [Apply::Determined, Apply::Unique] {
            let applied = apply(&other, &corrections, which);
            assert_eq!(applied.record, other);
            assert_eq!(applied.left.len(), corrections.len());
        }
    }
}
