//! Error localisation finds all of the smallest sets of cells whose change lets every hard rule hold, with their exact
//! ranges, and the true error among them.

mod support;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use support::random::Random;
use support::systems::{Ranges, Small, smallest};
use support::tables::{MOST, Rules, consistent, figures};
use xxgk::edit::Localiser;
use xxgk::form::Kind;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::{CellSet, Certainty, Correction, Form, Record, Table, Value, strategies};

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

/// Changes a count as people do: by a little, by a digit, by its place.
fn slip(count: u64, random: &mut Random) -> u64 {
    let digit = 10_u64.pow(random.below(4) as u32);
    match random.below(5) {
        0 => count + 1 + random.below(9),
        1 => count.saturating_sub(1 + random.below(9)),
        2 => count + digit,
        3 => count / 10,
        _ => count * 10,
    }
}

/// How many tables with one wrong cell that breaks a hard rule, how many of these have one answer, and of how many that is
/// one value.
fn one_wrong_cell(tables: BoxedStrategy<Record>, number: usize, seed: u64) -> [usize; 3] {
    let (mut runner, mut random) = (TestRunner::deterministic(), Random(seed));
    let mut localiser: Option<Localiser> = None;
    let [mut broken, mut unique, mut determined] = [0; 3];
    for _ in 0..number {
        let right = tables.new_tree(&mut runner).unwrap().current();
        let form = right.form().clone();
        let localiser = localiser.get_or_insert_with(|| Localiser::new(&form));
        assert_eq!(localiser.localise(&right), []);
        let cell = random.below(form.cells() as u64) as usize;
        let Some(Value::Count(count)) = right.value(cell) else {
            continue;
        };
        let mut wrong = right.clone();
        let slipped = Value::Count(slip(count, &mut random));
        wrong
            .set(form.indicators()[cell].key(), Some(slipped))
            .unwrap();
        let corrections = localiser.localise(&wrong);
        let Some(correction) = corrections.first() else {
            continue;
        };
        assert_eq!(corrections.len(), 1);
        broken += 1;
        let of_cell = |set: &&CellSet| set.cells.len() == 1 && set.cells[0].cell == cell;
        let set = correction.sets.iter().find(of_cell);
        let change = &set.expect("the true cell is among the answers").cells[0];
        assert_eq!(change.from, slipped);
        assert!((number_of(change.least)..=number_of(change.most)).contains(&count.into()));
        match correction.certainty {
            Certainty::Determined => {
                assert_eq!(change.to(), Some(Value::Count(count)));
                determined += 1;
                unique += 1;
            }
            Certainty::Unique => unique += 1,
            Certainty::Alternatives => assert!(correction.sets.len() > 1),
            other => panic!("{other:?}"),
        }
    }
    [broken, unique, determined]
}

fn number_of(value: Value) -> i128 {
    value.to_string().parse().unwrap()
}

#[test]
fn a_single_wrong_cell_is_among_the_answers_and_the_only_answer_is_right() {
    let nine = strategies::consistent().prop_map(|table| table.record(Default::default()));
    let national = strategies::national::consistent(National2021::form());
    for (name, tables, number) in [
        ("nine-category", nine.boxed(), 10_000),
        ("national-2021", national, 1000),
    ] {
        let [broken, unique, determined] = one_wrong_cell(tables, number, 5);
        println!(
            "{name}: of {broken} tables in which one wrong cell breaks a hard rule, {unique} have one answer ({} %), and {determined} one value",
            100 * unique / broken
        );
        assert!(broken > number / 3 && unique > broken / 20);
    }
}

/// Rules and records made to be hard: there is an answer, or a stated limit, and never a panic.
mod hostile {
    use super::support::systems::form;
    use super::*;

    fn filled(form: &Arc<Form>, counts: impl Fn(usize) -> Option<u64>) -> Record {
        let mut record = Record::new(form.clone());
        for cell in 0..form.cells() {
            let value = counts(cell).map(|count| match form.indicators()[cell].kind() {
                Kind::Amount => Value::Amount(count.into()),
                _ => Value::Count(count),
            });
            record.set(&format!("c{cell}"), value).unwrap();
        }
        record
    }

    #[test]
    fn contradictory_rules_are_said_to_be() {
        let form = form(
            &["count"; 3],
            &["c0 < c1", "c1 < c2", "c2 < c0"].map(str::to_owned),
        );
        let corrections = Localiser::new(&form).localise(&filled(&form, |_| Some(1)));
        assert_eq!(corrections.len(), 1);
        assert_eq!(corrections[0].certainty, Certainty::Impossible);
        // Odd = even.
        let form = self::form(
            &["count"; 4],
            &["2 * c0 + 4 * c1 = 2 * c2 + 6 * c3 + 1".to_owned()],
        );
        let corrections = Localiser::new(&form).localise(&filled(&form, |_| Some(7)));
        assert_eq!(corrections[0].certainty, Certainty::Impossible);
    }

    #[test]
    fn only_the_rules_that_contradict_each_other_are_named() {
        // The parts are too few for the one bound, which the other bound excludes whatever the parts are.
        let rules = ["c0 = c1 + c2", "c0 >= 100", "c0 <= 50"].map(str::to_owned);
        let form = form(&["count"; 3], &rules);
        for total in [None, Some(3)] {
            let record = filled(&form, |cell| if cell == 0 { total } else { Some(1) });
            let corrections = Localiser::new(&form).localise(&record);
            assert_eq!(corrections.len(), 1);
            assert_eq!(corrections[0].certainty, Certainty::Impossible);
            let rules: Vec<&str> = corrections[0].rules.iter().map(|it| &**it).collect();
            assert_eq!(rules, ["H0001", "H0002"]);
        }
    }

    #[test]
    fn thousands_of_alternatives_over_blank_cells() {
        let rules: Vec<String> = (0..3000)
            .map(|rule| format!("c0 > {rule} or c1 > {rule}"))
            .collect();
        let form = form(&["count"; 2], &rules);
        let corrections = Localiser::new(&form).localise(&filled(&form, |_| None));
        assert_eq!(corrections.len(), 1);
        assert_eq!(corrections[0].certainty, Certainty::Limit);
    }

    #[test]
    fn figures_at_the_end_of_what_a_cell_holds() {
        let form = form(&["count"; 3], &["c0 = c1 + c2".to_owned()]);
        let largest = |_| Some(u64::MAX);
        let corrections = Localiser::new(&form).localise(&filled(&form, largest));
        // The total cannot grow.
        let cells: Vec<usize> = corrections[0]
            .sets
            .iter()
            .map(|set| set.cells[0].cell)
            .collect();
        assert_eq!(cells, [1, 2]);
        assert_eq!(corrections[0].sets[0].cells[0].to(), Some(Value::Count(0)));
        let form = self::form(&["count"; 3], &["c0 = c1 + c2 + 1".to_owned()]);
        let corrections = Localiser::new(&form).localise(&filled(&form, largest));
        let cells: Vec<usize> = corrections[0]
            .sets
            .iter()
            .flat_map(|set| &set.cells)
            .map(|it| it.cell)
            .collect();
        assert_eq!(cells, [1, 2]);
        assert_eq!(
            corrections[0].sets[0].cells[0].most,
            Value::Count(u64::MAX - 1)
        );
    }

    #[test]
    fn amounts_have_their_scale() {
        let form = form(
            &["amount", "amount", "count"],
            &["3 * c0 = c1".to_owned(), "c1 <= 0.5 * c2".to_owned()],
        );
        let mut record = filled(&form, |_| Some(0));
        let amount = |text: &str| Some(Value::Amount(text.parse().unwrap()));
        record.set("c1", amount("0.00000004")).unwrap();
        let corrections = Localiser::new(&form).localise(&record);
        // A third of it is no amount; and the count is not what it is.
        let texts: Vec<String> = corrections[0]
            .sets
            .iter()
            .flat_map(|set| &set.cells)
            .map(|it| format!("{} {} {}", it.key, it.least, it.most))
            .collect();
        assert_eq!(texts, ["c1 0 0"]);
    }

    #[test]
    fn a_thousand_cells_in_one_chain() {
        let rules: Vec<String> = (0..999)
            .map(|cell| format!("c{cell} <= c{}", cell + 1))
            .collect();
        let form = form(&vec!["count"; 1000], &rules);
        let localiser = Localiser::new(&form);
        assert_eq!(
            localiser.localise(&filled(&form, |cell| Some(cell as u64))),
            []
        );
        // One cell of a thousand.
        let one = |cell| Some(if cell == 500 { 5 } else { cell as u64 });
        let corrections = localiser.localise(&filled(&form, one));
        let cells: Vec<usize> = corrections[0]
            .sets
            .iter()
            .map(|set| set.cells[0].cell)
            .collect();
        assert_eq!(cells, [500]);
        assert_eq!(corrections[0].sets[0].cells[0].least, Value::Count(499));
        assert_eq!(corrections[0].sets[0].cells[0].most, Value::Count(501));
        // Nearly all of them.
        for table in [
            filled(&form, |cell| Some(1000 - cell as u64)),
            filled(&form, |cell| (cell % 3 > 0).then_some(1000 - cell as u64)),
        ] {
            for correction in localiser.clone().with_work(200_000).localise(&table) {
                assert!(correction.certainty == Certainty::Limit || !correction.sets.is_empty());
            }
        }
    }

    #[test]
    fn large_coefficients_and_every_kind_of_gap() {
        let large = [
            "8589934583 * c0 - 8589934579 * c1 = 5 * c2 + 3",
            "1000000007 * c1 + 998244353 * c3 = 123456789 * c4 + 1",
            "12345678 * c0 + 87654321 * c3 <= 7 * c4",
        ]
        .map(str::to_owned);
        let form = form(&["count", "amount", "count", "count", "amount"], &large);
        for seed in 0..40 {
            let mut random = Random(seed);
            let cells: Vec<Option<u64>> = (0..5)
                .map(|_| (!random.one_in(3)).then(|| random.next() >> (14 + random.below(50))))
                .collect();
            let record = filled(&form, |cell| cells[cell]);
            for correction in Localiser::new(&form).with_work(2_000_000).localise(&record) {
                let told =
                    [Certainty::Limit, Certainty::Impossible].contains(&correction.certainty);
                assert!(told || !correction.sets.is_empty());
            }
        }
    }

    #[test]
    fn alternatives_by_the_hundred() {
        // Every cell is one of a row and of a column, and all are wrong.
        let rows = (0..12).map(|row| {
            (0..12)
                .map(|column| format!("c{}", row * 12 + column))
                .collect::<Vec<_>>()
                .join(" + ")
                + " = 1"
        });
        let columns = (0..12).map(|column| {
            (0..12)
                .map(|row| format!("c{}", row * 12 + column))
                .collect::<Vec<_>>()
                .join(" + ")
                + " = 1"
        });
        let form = form(
            &[&"count"; 144].map(|it| *it),
            &rows.chain(columns).collect::<Vec<_>>(),
        );
        let corrections = Localiser::new(&form)
            .with_work(1_000_000)
            .localise(&filled(&form, |_| Some(0)));
        assert_eq!(corrections.len(), 1);
        assert_eq!(corrections[0].certainty, Certainty::Limit);
        assert_eq!(corrections[0].rules.len(), 24);
    }
}
