//! Error localisation finds all of the smallest sets of cells whose change lets every hard rule hold, with their exact
//! ranges, and the true error among them.

mod support;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use support::random::Random;
use support::systems::{Ranges, Small, smallest};
use support::tables::{MOST, Rules, figures};
use xxgk::edit::Localiser;
use xxgk::form::Kind;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::{CellSet, Certainty, Correction, Form, Record, Table, Value};

/// What is not bounded is tried up to [`MOST`] only.
fn integer(value: Value) -> i64 {
    value.to_string().parse().unwrap_or(MOST).min(MOST)
}

fn ranges(set: &CellSet) -> Ranges {
    let cells = set.cells.iter();
    cells
        .map(|it| (it.cell, [integer(it.least), integer(it.most)]))
        .collect()
}

/// One set of each correction, in every combination.
fn combined(corrections: &[Correction]) -> BTreeMap<Vec<usize>, Ranges> {
    let mut all = vec![Ranges::new()];
    for correction in corrections {
        let mut with = Vec::new();
        for sofar in &all {
            for set in &correction.sets {
                let mut more = sofar.clone();
                more.extend(ranges(set));
                with.push(more);
            }
        }
        all = with;
    }
    let sets = all.len();
    let all: BTreeMap<_, _> = all
        .into_iter()
        .map(|ranges| (ranges.keys().copied().collect(), ranges))
        .collect();
    assert_eq!(all.len(), sets, "a set twice: {corrections:?}");
    all
}

#[test]
fn brute_force_over_small_systems_finds_the_same_sets_and_ranges() {
    let mut random = Random(1);
    let [mut impossible, mut alternatives, mut larger, mut apart] = [0; 4];
    for round in 0..10_000 {
        let small = Small::random(&mut random);
        let values = small.values([1_000_000, 8, 3][round % 3], &mut random);
        let form = small.form();
        let record = small.record(&form, &values);
        let weights: Vec<NonZeroU32> = (0..small.cells())
            .map(|_| match round % 5 {
                4 => NonZeroU32::new(1 + random.below(4) as u32).unwrap(),
                _ => NonZeroU32::MIN,
            })
            .collect();
        let expected = smallest(&small.solutions(), &values, &|cell| {
            weights[cell].get().into()
        });
        let localiser = Localiser::new(&form);
        let found = match round % 5 {
            4 => localiser.localise_weighted(&record, &weights),
            _ => localiser.localise(&record),
        };
        let context = || {
            let rules: Vec<String> = small.rules.iter().map(ToString::to_string).collect();
            format!(
                "round {round}: {rules:#?} {:?} {values:?} {weights:?}",
                small.changes
            )
        };
        let is = |certainty| found.iter().any(|it| it.certainty == certainty);
        assert!(!is(Certainty::Limit), "{}", context());
        let Some(expected) = expected else {
            assert!(is(Certainty::Impossible), "{}: {found:#?}", context());
            impossible += 1;
            continue;
        };
        assert!(!is(Certainty::Impossible), "{}: {found:#?}", context());
        assert_eq!(combined(&found), expected, "{}", context());
        alternatives += usize::from(is(Certainty::Alternatives));
        larger += usize::from(expected.keys().any(|set| set.len() > 1));
        apart += usize::from(found.len() > 1);
    }
    println!(
        "{impossible} impossible, {alternatives} with alternatives, {larger} of several cells, {apart} of several corrections"
    );
    assert!(
        [impossible, alternatives, larger, apart]
            .iter()
            .all(|number| *number > 300)
    );
}

/// A table on which every hard rule holds, with small figures: each total is what its parts sum to.
fn consistent(form: &Arc<Form>, random: &mut Random) -> Record {
    let mut record = Record::new(form.clone());
    let key = |cell: usize| form.indicators()[cell].key().to_owned();
    for cell in 0..form.cells() {
        let value = match form.indicators()[cell].kind() {
            Kind::Amount => Value::Amount(0.into()),
            Kind::Change => Value::Change(0),
            _ => Value::Count([0, 0, 1, 2, 5][random.below(5) as usize]),
        };
        record.set(&key(cell), Some(value)).unwrap();
    }
    let mut put = |to: &str, from: &[&str]| {
        let count = |key: &&str| match record.get(key).unwrap() {
            Some(Value::Count(count)) => count,
            other => panic!("{other:?}"),
        };
        let sum = from.iter().map(count).sum();
        record.set(to, Some(Value::Count(sum))).unwrap();
    };
    if form.id() == "nine-category" {
        put("disclosure.normative_documents", &[]);
        let channels = ["gazette", "website", "microblog", "wechat", "other"];
        let channels = channels.map(|it| format!("disclosure.channels.{it}"));
        put("disclosure.total", &channels.each_ref().map(String::as_str));
        put("response.channels.press_conferences_by_principal", &[]);
        put("response.channels.online_interviews_by_principal", &[]);
        let refused = [
            "state_secret",
            "trade_secret",
            "personal_privacy",
            "security_and_stability",
            "not_government_information",
            "other_statutory",
        ];
        let refused = refused.map(|it| format!("requests.answered.refused.{it}"));
        put(
            "requests.answered.refused.total",
            &refused.each_ref().map(String::as_str),
        );
        let answered = [
            "already_public",
            "granted",
            "partly_granted",
            "refused.total",
            "not_this_agency",
            "nonexistent",
            "amendment_requested",
            "redirected",
        ];
        let answered = answered.map(|it| format!("requests.answered.{it}"));
        put(
            "requests.answered.total",
            &answered.each_ref().map(String::as_str),
        );
        for (of, total, part, rest) in [
            ("requests.closed", "total", "extended", "on_time"),
            ("requests.received", "total", "in_person", "letter"),
        ] {
            let total = format!("{of}.{total}");
            put(&total, &["requests.answered.total"]);
            put(&format!("{of}.{part}"), &[]);
            put(&format!("{of}.{rest}"), &[&total]);
        }
        put("requests.received.fax", &[]);
        put("requests.received.online", &[]);
        put(
            "reconsideration.total",
            &[
                "reconsideration.upheld",
                "reconsideration.corrected",
                "reconsideration.other",
            ],
        );
        put(
            "litigation.total",
            &[
                "litigation.upheld_or_dismissed",
                "litigation.corrected",
                "litigation.other",
            ],
        );
        put(
            "capacity.staff.total",
            &["capacity.staff.full_time", "capacity.staff.part_time"],
        );
    } else {
        let columns = [
            "natural_person",
            "business",
            "research_institution",
            "public_welfare",
            "legal_services",
            "other",
        ];
        let section = form.section("requests").unwrap();
        let rows: Vec<&str> = form.rows()[section.rows()]
            .iter()
            .filter(|row| !row.cells().is_empty())
            .map(|row| row.key())
            .collect();
        let outcomes: Vec<&str> = rows
            .iter()
            .copied()
            .filter(|row| row.starts_with("requests.outcomes.") && !row.ends_with(".total"))
            .collect();
        for column in columns {
            let of = |row: &str| format!("{row}.{column}");
            let parts: Vec<String> = outcomes.iter().map(|row| of(row)).collect();
            put(
                &of("requests.outcomes.total"),
                &parts.iter().map(String::as_str).collect::<Vec<_>>(),
            );
            put(&of("requests.carried_in"), &[]);
            put(
                &of("requests.received"),
                &[&of("requests.outcomes.total"), &of("requests.carried_out")],
            );
        }
        for row in rows {
            let parts = columns.map(|column| format!("{row}.{column}"));
            put(
                &format!("{row}.total"),
                &parts.each_ref().map(String::as_str),
            );
        }
        let section = form.section("disputes").unwrap();
        for row in form.rows()[section.rows()]
            .iter()
            .filter(|row| !row.cells().is_empty())
        {
            let parts =
                ["upheld", "corrected", "other", "pending"].map(|it| format!("{}.{it}", row.key()));
            put(
                &format!("{}.total", row.key()),
                &parts.each_ref().map(String::as_str),
            );
        }
    }
    record
}

/// Changes so many counts of a table, each by a little; those whose rows the test names.
fn perturb(record: &Record, number: usize, of: &str, random: &mut Random) -> (Record, Vec<usize>) {
    let form = record.form();
    let cells: Vec<usize> = (0..form.cells())
        .filter(|cell| form.indicators()[*cell].key().starts_with(of))
        .collect();
    let mut changed = Vec::new();
    let mut record = record.clone();
    while changed.len() < number {
        let cell = cells[random.below(cells.len() as u64) as usize];
        if changed.contains(&cell) {
            continue;
        }
        let Some(Value::Count(count)) = record.value(cell) else {
            continue;
        };
        let by = 1 + random.below(6);
        let count = match random.one_in(2) && count >= by {
            true => count - by,
            false => count + by,
        };
        record
            .set(form.indicators()[cell].key(), Some(Value::Count(count)))
            .unwrap();
        changed.push(cell);
    }
    changed.sort_unstable();
    (record, changed)
}

/// Brute force over subsets of up to three cells finds the same sets and ranges. How often it came to how many cells.
fn agrees(form: &Arc<Form>, of: &str, tables: usize, largest: usize, seed: u64) -> [usize; 4] {
    let (rules, localiser, mut random) = (Rules::new(form), Localiser::new(form), Random(seed));
    let mut sizes = [0; 4];
    for table in 0..tables {
        let right = consistent(form, &mut random);
        assert_eq!(rules.failing(&figures(&right)), [0; 0]);
        let (wrong, changed) = perturb(&right, 1 + table % largest, of, &mut random);
        let values = figures(&wrong);
        let found = localiser.localise(&wrong);
        if rules.failing(&values).is_empty() {
            assert!(found.is_empty());
            continue;
        }
        let expected = (1..=changed.len())
            .map(|size| rules.enough(&values, size))
            .find(|sets| !sets.is_empty());
        assert_eq!(
            combined(&found),
            expected.unwrap_or_default(),
            "{changed:?} {values:?}"
        );
        sizes[found.iter().map(|it| it.sets[0].cells.len()).sum::<usize>()] += 1;
    }
    sizes
}

#[test]
fn brute_force_over_nine_category_tables_finds_the_same_sets_and_ranges() {
    let form = NineCategory::form();
    assert_eq!(form.id(), "nine-category");
    let sizes = agrees(form, "requests.", 400, 3, 1);
    println!("tables by cells to change: {sizes:?}");
    assert!(sizes[1..].iter().all(|number| *number > 50), "{sizes:?}");
    agrees(form, "", 100, 2, 2);
}

#[test]
fn brute_force_over_national_tables_finds_the_same_sets_and_ranges() {
    let form = National2021::form();
    let sizes = agrees(form, "requests.", 60, 2, 3);
    assert!(sizes[1..3].iter().all(|number| *number > 15), "{sizes:?}");
    let sizes = agrees(form, "requests.", 9, 3, 4);
    assert!(sizes[3] > 0, "{sizes:?}");
}
