//! The engine, the typed check and a naive evaluator written apart say the same of every table.

mod support;

use num_rational::BigRational;
use proptest::prelude::*;
use support::naive;
use xxgk::nine_category::{Declared, NineCategory};
use xxgk::rule::{Atom, Comparison, Operator, Statement, Sum, Term};
use xxgk::{Bound, Outcome, Record, Table, check, evaluate, strategies};

fn rational(number: xxgk::Number) -> BigRational {
    let (mantissa, scale) = number.parts();
    BigRational::new(mantissa.into(), num_bigint::BigInt::from(10).pow(scale))
}

/// A sum beside 0: their difference is the sum.
fn beside_nothing(sum: &Sum) -> Comparison {
    let zero = Term {
        negative: false,
        coefficient: None,
        atom: Atom::Number(0.into()),
    };
    Comparison {
        left: sum.clone(),
        operator: Operator::Equal,
        right: vec![zero],
    }
}

fn agree(table: &NineCategory, declared: Declared) -> Result<(), TestCaseError> {
    let record = table.record(declared);
    let mut counts = [0; 3];
    for evaluation in evaluate(&record) {
        let statement = evaluation.instance.statement();
        let naive = match naive::holds(statement, &|key| naive::cell(&record, key)) {
            Some(true) => Outcome::Pass,
            Some(false) => Outcome::Fail,
            None => Outcome::Undetermined,
        };
        prop_assert_eq!(evaluation.outcome, naive, "{}", evaluation.rule.id());
        counts[naive as usize] += 1;
        // The last comparison is the one whose sides are shown: the only one, or the consequence.
        let decisive = *statement.comparisons().last().unwrap();
        let cells = |key: &str| naive::cell(&record, key);
        let decided = naive::holds(&Statement::Compare(decisive.clone()), &cells);
        let side = |sum: &Sum| naive::difference(&beside_nothing(sum), &cells);
        let sides = [
            side(&decisive.left),
            side(&decisive.right),
            naive::difference(decisive, &cells),
        ];
        prop_assert_eq!(evaluation.sides.is_some(), decided.is_some());
        for (at, number) in evaluation.sides.into_iter().flatten().enumerate() {
            let number = Some(rational(number));
            let (least, most) = match evaluation.bounds[at] {
                Bound::Exact => (number.clone(), number),
                Bound::AtLeast => (number, None),
                Bound::AtMost => (None, number),
                Bound::Open => (None, None),
            };
            prop_assert_eq!(naive::Range { least, most }, sides[at].clone());
        }
    }
    let report = check(&record);
    prop_assert_eq!(
        [
            report.counts.passed,
            report.counts.failed,
            report.counts.undetermined
        ],
        counts
    );
    prop_assert_eq!(table.check_with(declared), report);
    Ok(())
}

/// Any table at all: from bytes, with blanks, extremes, and amounts in range or not.
fn any_table() -> impl Strategy<Value = NineCategory> {
    prop::collection::vec(any::<u8>(), 1600).prop_map(|bytes| {
        let mut bytes = arbitrary::Unstructured::new(&bytes);
        bytes.arbitrary().unwrap_or_default()
    })
}

/// A key of the form, a count, an amount or a parameter; few, so that they meet in one statement.
fn key() -> BoxedStrategy<String> {
    const KEYS: [&str; 6] = [
        "fees",
        "capacity.budget",
        "carried_in",
        "requests.received.total",
        "requests.answered.total",
        "capacity.staff.total",
    ];
    prop::sample::select(&KEYS[..])
        .prop_map(str::to_owned)
        .boxed()
}

fn declared() -> impl Strategy<Value = Declared> {
    let count = prop_oneof![3 => Just(0), 1 => 0..9_u64, 1 => any::<u64>()];
    [count.clone(), count].prop_map(|[carried_in, carried_out]| Declared {
        carried_in,
        carried_out,
    })
}

fn tables() -> impl Strategy<Value = NineCategory> {
    let broken = || strategies::any_broken().prop_map(|(_, table)| table);
    prop_oneof![
        2 => strategies::consistent(),
        3 => broken(),
        2 => strategies::with_blanks(),
        2 => strategies::blanked(broken()),
        1 => any_table(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn ten_thousand_tables(table in tables(), declared in declared()) {
        agree(&table, declared)?;
    }
}

proptest! {
    #[test]
    fn a_consistent_table_passes_every_rule(table in strategies::consistent()) {
        let report = table.check();
        prop_assert_eq!(report.counts.passed, 28);
        prop_assert!(report.findings.is_empty());
    }

    #[test]
    fn a_broken_table_breaks_its_rule_alone((rule, table) in strategies::any_broken()) {
        let found: Vec<String> = table.check().findings.iter().map(|finding| finding.rule.to_string()).collect();
        prop_assert_eq!(&found[0], rule);
        prop_assert!(found.len() == 1 || found == ["R802", "R803"]);
    }

    #[test]
    fn any_rule_over_any_table(statement in support::statements::statement(key()), table in tables(), declared in declared()) {
        let rule = format!(
            "[[rule]]\nid = \"H1\"\nseverity = \"soft\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"\", en = \"\" }}"
        );
        let form = match NineCategory::form().extend(&rule) {
            Ok(form) => std::sync::Arc::new(form),
            // Decimals multiplied with each other may come out too fine to be exact, and are refused.
            Err(error) => {
                prop_assert!(error.to_string().contains("too large or too fine"), "{}", error);
                return Ok(());
            }
        };
        let typed = table.record(declared);
        let mut record = Record::new(form.clone());
        for (row, value) in form.indicators().iter().zip(typed.cells()) {
            record.set(row.key(), *value).unwrap();
        }
        for (parameter, count) in form.parameters().iter().zip(typed.declared()) {
            record.declare(parameter.key(), *count).unwrap();
        }
        let outcome = evaluate(&record).last().unwrap().outcome;
        let naive = match naive::holds(&statement, &|key| naive::cell(&record, key)) {
            Some(true) => Outcome::Pass,
            Some(false) => Outcome::Fail,
            None => Outcome::Undetermined,
        };
        prop_assert_eq!(outcome, naive, "{}", statement);
    }

    #[test]
    fn a_record_is_the_table_and_back(table in any_table()) {
        let record = Record::from(&table);
        prop_assert_eq!(NineCategory::try_from(&record).unwrap(), table);
    }
}
