//! The rules between years over columns, against the comparison of two records.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use proptest::prelude::*;
use proptest::sample::Index;
use tempfile::TempDir;
use xxgk::batch::Plan;
use xxgk::form::Kind;
use xxgk::rule::Statement;
use xxgk::{Form, Number, Record, Table, Value, series};
use xxgk_batch::{Alone, Blanks, Checked, Checker, Identity, Input, Mapping, Pace, Previous, Told};

/// A form with a rule between years over amounts, whose coefficients have decimals.
static AMOUNTS: LazyLock<Arc<Form>> = LazyLock::new(|| {
    let form = xxgk::nine_category::NineCategory::form();
    let amount = form
        .indicators()
        .iter()
        .find(|it| it.kind() == Kind::Amount);
    let rule = r#"
        [[series]]
        id = "H001"
        severity = "hard"
        statement = "KEY <= 1.25 * previous.KEY + 0.5 * requests.received.total"
        passes = { "KEY" = 1, "previous.KEY" = 1 }
        fails = { "KEY" = 2, "previous.KEY" = 1 }
        basis = { zh = "例", en = "an example" }
        message = { zh = "例", en = "an example" }
    "#;
    Arc::new(
        form.extend(&rule.replace("KEY", amount.unwrap().key()))
            .unwrap(),
    )
});

fn forms() -> [&'static Arc<Form>; 3] {
    [
        xxgk::national_2021::National2021::form(),
        xxgk::national_2019::National2019::form(),
        &AMOUNTS,
    ]
}

/// A record of the form, with the rules between years likely to hold or to fail by little.
fn record(form: &Arc<Form>) -> BoxedStrategy<Record> {
    let values = prop::collection::vec(
        prop_oneof![Just(None), (0..4_u64).prop_map(Some)],
        form.cells(),
    );
    let form = form.clone();
    let filled = move |values: Vec<Option<u64>>| {
        let mut record = Record::new(form.clone());
        for (cell, value) in form.indicators().iter().zip(values) {
            let value = value.map(|value| match cell.kind() {
                Kind::Amount => Value::Amount(value.into()),
                Kind::Change => Value::Change(i64::try_from(value).unwrap() - 1),
                _ => Value::Count(value),
            });
            record.set(cell.key(), value).unwrap();
        }
        record
    };
    values.prop_map(filled).boxed()
}

/// What stands in a cell, or a value that no file is without: what no cell can hold.
fn text(record: &Record, cell: usize) -> String {
    record
        .value(cell)
        .map_or(String::new(), |it| it.to_string())
}

fn csv(folder: &TempDir, name: &str, form: &Form, records: &[(String, Record)]) -> PathBuf {
    let keys: Vec<&str> = form.indicators().iter().map(|it| it.key()).collect();
    let mut lines = format!("id,{}\n", keys.join(","));
    for (key, record) in records {
        let cells: Vec<String> = (0..form.cells()).map(|cell| text(record, cell)).collect();
        writeln!(lines, "{key},{}", cells.join(",")).unwrap();
    }
    let path = folder.path().join(name);
    fs::write(&path, lines).unwrap();
    path
}

const ID: Identity<'_> = Identity {
    key: Some("id"),
    year: None,
};

fn add(previous: &mut Previous, path: &Path, identity: Identity<'_>) -> Told {
    let input = Input::open(path).unwrap();
    let pace = Pace::new(NonZeroUsize::MIN);
    let (mapping, blanks) = (Mapping::new(), Blanks::default());
    previous
        .add(input, &mapping, identity, &blanks, true, pace)
        .unwrap()
}

/// A rule between years that fails: record, rule, residual.
type Broken = (usize, String, Option<Number>);

/// Those that were found.
fn failures(plan: &Plan, previous: &Previous, checked: &Checked) -> Vec<Broken> {
    let first = plan.rules().len();
    let years = checked.failures.iter().filter(|it| it.rule >= first);
    let id = |rule: usize| previous.plan().rules()[rule - first].instance().id();
    years
        .map(|it| (it.record, id(it.rule).to_owned(), it.residual))
        .collect()
}

/// What the comparison of two records says.
fn compared(record: usize, before: &Record, now: &Record) -> (Vec<Broken>, [usize; 3]) {
    let report = series::compare(before, now, "before");
    let rules = report.failed().filter(|it| it.statement.is_some());
    let series = now.form().series();
    let is_one = |id: &str| {
        let mut instances = series.iter().flat_map(|it| it.instances());
        let instance = instances.find(|it| it.id() == id).unwrap();
        matches!(instance.statement(), Statement::Compare(_))
    };
    let failed = rules.map(|it| {
        let id = it.instance.as_deref().unwrap().to_owned();
        let residual = it.sides.filter(|_| is_one(&id)).map(|[_, _, it]| it);
        (record, id, residual)
    });
    let counts = report.counts;
    (
        failed.collect(),
        [counts.passed, counts.failed, counts.undetermined],
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn as_two_records_are_compared(
        (of_form, nows, befores) in (0..3_usize).prop_flat_map(|form| {
            let records = |most| prop::collection::vec((0..9_u8, record(forms()[form])), 1..most);
            (Just(form), records(12), records(12))
        }),
        split in any::<Index>(),
    ) {
        let form = forms()[of_form];
        let named = |records: Vec<(u8, Record)>| -> Vec<(String, Record)> {
            // One in nine has no key.
            let key = |number: u8| if number == 8 { String::new() } else { format!("机关{number}") };
            records.into_iter().map(|(number, record)| (key(number), record)).collect()
        };
        let (nows, befores) = (named(nows), named(befores));
        let folder = tempfile::tempdir().unwrap();
        // In two files, which is as good as in one.
        let (some, others) = befores.split_at(split.index(befores.len()));
        let mut previous = Previous::new(form);
        let told = [("some.csv", some), ("others.csv", others)]
            .map(|(name, records)| add(&mut previous, &csv(&folder, name, form, records), ID).records);
        prop_assert_eq!(told.iter().sum::<u64>(), befores.len() as u64);

        let plan = Plan::new(form);
        let keys = nows.iter().map(|(key, _)| key.as_str());
        let mut columns = vec![("id", Arc::new(StringArray::from_iter_values(keys)) as ArrayRef)];
        for (cell, indicator) in form.indicators().iter().enumerate() {
            let texts = nows.iter().map(|(_, record)| text(record, cell));
            columns.push((indicator.key(), Arc::new(StringArray::from_iter_values(texts))));
        }
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let checker = Checker::beside(&plan, batch.schema_ref(), &Mapping::new(), ID, Some(&previous)).unwrap();
        let checked = checker.check(&batch, 1).unwrap();

        let mut by_key: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
        for (key, record) in &befores {
            by_key.entry(key).or_default().push(record);
        }
        let (mut found, mut counts, mut alone) = (Vec::new(), [0; 3], Vec::new());
        for (number, (key, now)) in nows.iter().enumerate() {
            match by_key.get(key.as_str()).map_or(&[][..], |it| it) {
                _ if key.is_empty() => alone.push((number, Alone::Unnamed)),
                [] => alone.push((number, Alone::None)),
                [before] => {
                    let (failed, of_record) = compared(number, before, now);
                    found.extend(failed);
                    (0..3).for_each(|it| counts[it] += of_record[it] as u64);
                }
                _ => alone.push((number, Alone::Several)),
            }
        }
        prop_assert_eq!(failures(&plan, &previous, &checked), found);
        prop_assert_eq!(checked.alone, alone);
        let years = checked.tallies.iter().skip(plan.rules().len());
        let tallies = years.fold([0; 3], |[a, b, c], it| [a + it.passed, b + it.failed, c + it.undetermined]);
        prop_assert_eq!(tallies, counts);
        prop_assert_eq!(checked.tallies.len(), checker.rules().count());
    }
}

const CARRIED: [&str; 2] = ["requests.carried_in.total", "requests.carried_out.total"];

#[test]
fn a_column_of_years_tells_several_years_of_one_key_apart() {
    let form = xxgk::national_2021::National2021::form();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.csv");
    let [carried_in, carried_out] = CARRIED;
    let lines = "甲,2021,0,5\n甲,2022年,5,7\n甲,2024,6,0\n乙,2022,1,2\n乙,2023,3,4\n乙,,3,4\n";
    fs::write(
        &path,
        format!("id,year,{carried_in},{carried_out}\n{lines}"),
    )
    .unwrap();
    let identity = Identity {
        key: Some("id"),
        year: Some("year"),
    };
    let mut previous = Previous::new(form);
    add(&mut previous, &path, identity);
    let plan = Plan::new(form);
    let input = Input::open(&path).unwrap();
    let checker = Checker::beside(
        &plan,
        input.schema(),
        &Mapping::new(),
        identity,
        Some(&previous),
    )
    .unwrap();
    let mut all = Vec::new();
    input
        .check(&checker, Pace::new(NonZeroUsize::MIN), Ok, |checked| {
            all.push(checked);
            Ok::<(), xxgk_batch::BatchError>(())
        })
        .unwrap();
    let [checked] = &all[..] else {
        panic!("{all:?}")
    };
    // Of 甲, 2023 is missing: 2024 is held against no other year.
    let found = failures(&plan, &previous, checked);
    let found: Vec<(usize, &str)> = found.iter().map(|it| (it.0, it.1.as_str())).collect();
    assert_eq!(found, [(4, "Y301[total]")]);
    let alone = [
        (0, Alone::None),
        (2, Alone::None),
        (3, Alone::None),
        (5, Alone::Unnamed),
    ];
    assert_eq!(checked.alone, alone);
}

#[test]
fn what_no_cell_of_last_year_can_hold_is_blank_and_told() {
    let form = xxgk::national_2021::National2021::form();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("before.csv");
    fs::write(
        &path,
        format!(
            "id,{}\n甲,-1\n乙,many\n丙,18446744073709551616\n丁,3\n",
            CARRIED[1]
        ),
    )
    .unwrap();
    let mut previous = Previous::new(form);
    let told = add(&mut previous, &path, ID);
    assert_eq!((told.records, told.wrong), (4, 3));
    assert_eq!(
        told.unread.map(|(record, it)| (record, it.value)),
        Some((2, "many".to_owned()))
    );
    assert!(told.blank.len() > 5 && !told.blank.contains(&CARRIED[1].to_owned()));
    // Without `partial`, so few columns are refused.
    let input = Input::open(&path).unwrap();
    let pace = Pace::new(NonZeroUsize::MIN);
    let refused =
        Previous::new(form).add(input, &Mapping::new(), ID, &Blanks::default(), false, pace);
    assert!(refused.is_err());
}
