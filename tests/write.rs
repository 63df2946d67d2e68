//! What is written of a record is read as the same record.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use xxgk::form::Kind;
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::strategies::{self, national};
use xxgk::{Form, Options, Reading, Record, Table, Value, forms, load, read, write};

const BUILT_IN: [fn() -> &'static Arc<Form>; 3] =
    [NineCategory::form, National2019::form, National2021::form];

fn readings(text: &str, forms: &[Arc<Form>]) -> Vec<Reading> {
    read(text, forms, &Options::default()).collect()
}

/// Anything that a cell can hold: nothing, what is usual, and what is as large and as small as can be.
fn value(kind: Kind) -> BoxedStrategy<Option<Value>> {
    let amount = prop_oneof![
        (0..1_000_000_000_000_i64, 0..=8_u32)
            .prop_map(|(digits, decimals)| { rust_decimal::Decimal::new(digits, decimals) }),
        select(vec![
            "0",
            "0.00000001",
            "1.50",
            "999999999999999.99999999",
            "1000000000000000"
        ])
        .prop_map(|it| it.parse().unwrap()),
    ];
    let count = prop_oneof![0..4_u64, any::<u64>(), select(vec![u64::MAX, 2017, 2100])];
    let change = prop_oneof![-4..4_i64, any::<i64>(), select(vec![i64::MIN, i64::MAX])];
    let value = match kind {
        Kind::Amount => amount.prop_map(Value::Amount).boxed(),
        Kind::Change => change.prop_map(Value::Change).boxed(),
        Kind::Count | Kind::Heading => count.prop_map(Value::Count).boxed(),
    };
    prop_oneof![1 => Just(None), 2 => value.prop_map(Some)].boxed()
}

fn any_record(form: &Arc<Form>) -> BoxedStrategy<Record> {
    let values: Vec<_> = form
        .indicators()
        .iter()
        .map(|it| value(it.kind()))
        .collect();
    let form = form.clone();
    let blank = prop_oneof![3 => Just(false), 1 => Just(true)];
    // Whole rows are blank too.
    (values, prop::collection::vec(blank, form.rows().len()))
        .prop_map(move |(values, blank)| {
            let mut record = Record::new(form.clone());
            for (indicator, value) in form.indicators().iter().zip(values) {
                let value = value.filter(|_| !blank[indicator.row()]);
                record.set(indicator.key(), value).unwrap();
            }
            record
        })
        .boxed()
}

fn built_in() -> impl Strategy<Value = Record> {
    prop_oneof![
        any_record(NineCategory::form()),
        any_record(National2019::form()),
        any_record(National2021::form()),
        strategies::consistent().prop_map(Record::from),
        national::consistent(National2019::form()),
        national::consistent(National2021::form()),
    ]
}

fn year() -> impl Strategy<Value = Option<u16>> {
    prop::option::of(2000..2100_u16)
}

fn in_force(record: Record) -> impl Strategy<Value = (Record, u16)> {
    let years = record.form().years();
    (Just(record), years)
}

#[track_caller]
fn reads_back(record: &Record, year: Option<u16>, forms: &[Arc<Form>]) {
    let text = write(record, year);
    let found = readings(&text, forms);
    let [reading] = &found[..] else {
        panic!("{} readings\n{text}", found.len());
    };
    let findings = &reading.findings;
    assert_eq!(
        reading.record.as_ref(),
        Some(record),
        "{text}\n{findings:?}"
    );
    assert_eq!(reading.year, year, "{text}");
    // Nothing but blanks is found, and every row is there.
    let blanks = record.cells().iter().filter(|cell| cell.is_none()).count();
    let found: Vec<&str> = findings.iter().map(|it| &*it.rule).collect();
    let expected = match blanks < record.cells().len() {
        // Many are said at once.
        true => vec!["S008"; if blanks > 8 { 1 } else { blanks }],
        // Nothing is filled in, which is said once.
        false => vec!["S018"],
    };
    assert_eq!(found, expected, "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_written_is_read(record in built_in(), year in year()) {
        reads_back(&record, year, forms());
    }

    #[test]
    fn several_in_one_text(tables in prop::collection::vec(built_in().prop_flat_map(in_force), 2..5)) {
        let texts: Vec<String> = tables.iter().map(|(record, year)| write(record, Some(*year))).collect();
        let found = readings(&texts.join("\n"), forms());
        let shown = |form: Option<&Arc<Form>>, year| (form.map(|it| it.id().to_owned()), year);
        prop_assert_eq!(
            found.iter().map(|it| shown(it.form.as_ref(), it.year)).collect::<Vec<_>>(),
            tables.iter().map(|(it, year)| shown(Some(it.form()), Some(*year))).collect::<Vec<_>>()
        );
        for (found, (record, _)) in found.iter().zip(&tables) {
            prop_assert_eq!(found.record.as_ref(), Some(record));
        }
    }
}

#[test]
fn a_record_without_a_value() {
    for form in BUILT_IN {
        reads_back(&Record::new(form().clone()), None, forms());
    }
}

#[test]
fn a_year_is_not_that_of_the_table_before() {
    let nine = Record::new(NineCategory::form().clone());
    let text = write(&nine, Some(2017)) + "\n" + &write(&nine, None);
    let years: Vec<_> = readings(&text, forms()).iter().map(|it| it.year).collect();
    assert_eq!(years, [Some(2017), None]);
}

/// Columns of a region's own; a title that does not look like one, a label that a pipe is in, a unit that no reader knows.
#[test]
fn other_forms() {
    let columns = load(include_str!("data/variant/two-columns.toml")).unwrap();
    let odd = include_str!("data/sql/small.toml")
        .replacen("title = \"", "title = \"甲|乙,丙。", 1)
        .replacen("\"申请数\"\nunit = \"件\"", "\"申请|数\"\nunit = \"辆\"", 1);
    assert!(odd.contains("辆"));
    for form in [Arc::new(columns), Arc::new(load(&odd).unwrap())] {
        let forms = [form.clone()];
        proptest!(ProptestConfig::with_cases(60), |(record in any_record(&form), year in year())| {
            reads_back(&record, year, &forms);
        });
    }
}

#[test]
fn as_a_person_reads_it() {
    let figures =
        |path: &str| std::fs::read_to_string(format!("tests/data/{path}/figures.json")).unwrap();
    let nine: NineCategory = serde_json::from_str(&figures("jilin-2017")).unwrap();
    let national: National2021 = serde_json::from_str(&figures("suqian-2023")).unwrap();
    let text = write(&nine.into(), Some(2017)) + "\n" + &write(&national.into(), Some(2023));
    insta::assert_snapshot!("written", text);
}
