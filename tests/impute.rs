//! Deductive imputation fills in every blank cell whose value the hard rules determine, with its true value, and no other.

mod support;

use std::sync::Arc;

use support::random::Random;
use support::systems::Small;
use support::tables::{Rules, consistent};
use xxgk::edit::{Imputation, impute};
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::{Form, Outcome, Record, Severity, Table, Value};

fn integer(value: Value) -> i64 {
    value.to_string().parse().unwrap()
}

/// The derivations stand in an order in which each can be followed: from cells that were known.
fn can_be_followed(record: &Record, imputation: &Imputation) {
    let mut known = record.clone();
    let form = record.form().clone();
    for filled in &imputation.filled {
        assert!(!filled.rules.is_empty());
        assert_eq!(known.value(filled.cell), None);
        assert!(filled.from.iter().all(|cell| known.value(*cell).is_some()));
        let key = form.indicators()[filled.cell].key();
        known.set(key, Some(filled.value)).unwrap();
    }
    assert_eq!(known, imputation.record);
}

#[test]
fn brute_force_over_small_systems_finds_the_same_values_and_ranges() {
    let mut random = Random(2);
    let [mut determined, mut open, mut together] = [0; 3];
    for round in 0..10_000 {
        let small = Small::random(&mut random);
        let solutions = small.solutions();
        if solutions.is_empty() {
            continue;
        }
        let truth = &solutions[random.below(solutions.len() as u64) as usize];
        let values: Vec<Option<i64>> = truth
            .iter()
            .map(|value| (!random.one_in(2)).then_some(*value))
            .collect();
        let form = small.form();
        let record = small.record(&form, &values);
        let imputation = impute(&record);
        can_be_followed(&record, &imputation);
        for cell in (0..small.cells()).filter(|cell| values[*cell].is_none()) {
            let fits = |solution: &&Vec<i64>| {
                let known = values.iter().zip(*solution);
                known
                    .clone()
                    .all(|(value, of)| value.is_none_or(|value| value == *of))
            };
            let of_cell: Vec<i64> = solutions.iter().filter(fits).map(|it| it[cell]).collect();
            let range = [of_cell.iter().min().unwrap(), of_cell.iter().max().unwrap()];
            let filled = imputation.filled.iter().find(|it| it.cell == cell);
            let left = imputation.open.iter().find(|it| it.cell == cell);
            let context = format!("round {round}: {:?} {values:?} {cell}", small.rules);
            match (filled, left) {
                (Some(filled), None) => {
                    assert_eq!([integer(filled.value); 2], range.map(|it| *it), "{context}");
                    determined += 1;
                    together += usize::from(filled.rules.len() > 1);
                }
                (None, Some(left)) => {
                    assert_eq!(
                        left.range.unwrap().map(integer),
                        range.map(|it| *it),
                        "{context}"
                    );
                    assert!(range[0] < range[1], "{context}");
                    open += 1;
                }
                other => panic!("{context}: {other:?}"),
            }
        }
    }
    println!("{determined} determined, {together} of them by several rules together, {open} open");
    assert!(
        [determined, open, together]
            .iter()
            .all(|number| *number > 300)
    );
}

/// What is derived is true, wherever cells are blank; and it never breaks a rule.
fn is_true(form: &Arc<Form>, tables: usize, seed: u64) -> [usize; 2] {
    let (rules, mut random) = (Rules::new(form), Random(seed));
    let [mut filled, mut blanks] = [0; 2];
    for table in 0..tables {
        let truth = consistent(form, &mut random);
        let mut record = truth.clone();
        for _ in 0..[1, 4, 16, 64][table % 4] {
            let cell = random.below(form.cells() as u64) as usize;
            record.set(form.indicators()[cell].key(), None).unwrap();
        }
        let imputation = impute(&record);
        can_be_followed(&record, &imputation);
        for it in &imputation.filled {
            assert_eq!(Some(it.value), truth.value(it.cell));
        }
        for it in &imputation.open {
            let [least, most] = it.range.unwrap();
            let value = truth.value(it.cell).unwrap();
            let number = |value: Value| value.to_string().parse::<i128>().unwrap();
            assert!((number(least)..=number(most)).contains(&number(value)));
        }
        let failed = imputation.report.failed();
        assert_eq!(failed.filter(|it| it.severity == Severity::Hard).count(), 0);
        let blank: Vec<usize> = (0..form.cells())
            .filter(|cell| record.value(*cell).is_none())
            .collect();
        if let [only] = blank[..] {
            assert!(imputation.filled.len() == 1 || !rules.determine(only));
        }
        filled += imputation.filled.len();
        blanks += blank.len();
    }
    [filled, blanks]
}

#[test]
fn what_is_derived_is_true() {
    let [filled, blanks] = is_true(NineCategory::form(), 400, 1);
    println!("nine-category: {filled} of {blanks} blanks filled in");
    assert!(filled > 0);
    let [filled, blanks] = is_true(National2021::form(), 80, 2);
    println!("national-2021: {filled} of {blanks} blanks filled in");
    assert!(filled > 0);
}

#[test]
fn nothing_is_derived_from_a_cell_in_doubt() {
    let mut table = NineCategory::default();
    let closed = &mut table.requests.closed;
    (closed.total, closed.on_time, closed.extended) = (Some(27), Some(20), Some(3));
    table.litigation.total = Some(0);
    let imputation = impute(&table.record(Default::default()));
    let filled: Vec<usize> = imputation.filled.iter().map(|it| it.cell).collect();
    let form = NineCategory::form();
    let parts = ["upheld_or_dismissed", "corrected", "other"];
    assert_eq!(
        filled,
        parts.map(|it| form.cell(&format!("litigation.{it}")).unwrap())
    );
    // The rule that fails still does.
    assert_eq!(
        imputation.report.finding("R302").unwrap().outcome,
        Outcome::Fail
    );
}

#[test]
fn a_table_without_figures_stays_without() {
    for form in xxgk::forms() {
        let record = Record::new(form.clone());
        let imputation = impute(&record);
        assert_eq!(imputation.record, record);
        assert_eq!(imputation.open.len(), form.cells());
        assert!(imputation.open.iter().all(|it| it.range.is_some()));
    }
}
