//! Batches of any types against the engine that checks one record.

mod support;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::Decimal;
use support::{Values, WAYS, column};
use xxgk::batch::Plan;
use xxgk::form::Kind;
use xxgk::rule::Statement;
use xxgk::{Form, Number, Outcome, Record, Table, Value, evaluate, strategies};
use xxgk_batch::{Checker, Findings, Mapping};

const EXTREMES: [i128; 12] = [
    -1,
    0,
    1,
    i32::MAX as i128,
    i32::MAX as i128 + 1,
    i64::MAX as i128,
    i64::MIN as i128,
    u64::MAX as i128,
    u64::MAX as i128 + 1,
    // The most that an amount holds, one more in its last decimal, and what no cell holds.
    100_000_000_000_000_000_000_000,
    100_000_000_000_000_000_000_001,
    i128::MAX,
];

fn decimals(kind: Kind) -> u32 {
    if kind == Kind::Amount { 8 } else { 0 }
}

/// What a cell holds, in units of its last decimal.
fn units(value: Value) -> i128 {
    match value {
        Value::Count(count) => count.into(),
        Value::Change(change) => change.into(),
        Value::Amount(amount) => {
            let mut amount = amount;
            amount.rescale(8);
            amount.mantissa()
        }
    }
}

/// The value of a cell, or the finding that no cell holds it.
fn value(kind: Kind, units: i128) -> Result<Value, &'static str> {
    let wrong = if units < 0 { "S003" } else { "S011" };
    match kind {
        Kind::Amount if (0..=100_000_000_000_000_000_000_000).contains(&units) => {
            Ok(Value::Amount(Decimal::from_i128_with_scale(units, 8)))
        }
        Kind::Change => i64::try_from(units).map(Value::Change).map_err(|_| "S011"),
        Kind::Count => u64::try_from(units).map(Value::Count).map_err(|_| wrong),
        _ => Err(wrong),
    }
}

/// A finding: record, rule, residual, indicator.
type Row = (u64, String, Option<Number>, Option<String>);

/// What the engine says of each record, and the tallies.
fn expected(form: &Arc<Form>, cells: &[Values], carried_in: &Values) -> (Vec<Row>, Vec<[u64; 3]>) {
    let mut rows = Vec::new();
    let mut tallies = Vec::new();
    // A column that no rule speaks of is not read.
    let rules = form.rules().iter().flat_map(|rule| rule.instances());
    let used: BTreeSet<usize> = rules.flat_map(|it| it.slots().iter().copied()).collect();
    for record in 0..carried_in.len() {
        let mut filled = Record::new(form.clone());
        for ((index, cell), values) in form.indicators().iter().enumerate().zip(cells) {
            match values[record].map(|units| value(cell.kind(), units)) {
                None => {}
                Some(Ok(value)) => filled.set(cell.key(), Some(value)).unwrap(),
                Some(Err(_)) if !used.contains(&index) => {}
                Some(Err(rule)) => rows.push((
                    record as u64 + 1,
                    rule.to_owned(),
                    None,
                    Some(cell.key().to_owned()),
                )),
            }
        }
        let declared = u64::try_from(carried_in[record].unwrap()).unwrap();
        filled.declare("carried_in", declared).unwrap();
        for (index, it) in evaluate(&filled).enumerate() {
            if record == 0 {
                tallies.push([0; 3]);
            }
            tallies[index][match it.outcome {
                Outcome::Pass => 0,
                Outcome::Fail => 1,
                Outcome::Undetermined => 2,
            }] += 1;
            if it.outcome == Outcome::Fail {
                let one = matches!(it.instance.statement(), Statement::Compare(_));
                let residual = it.sides.filter(|_| one).map(|[_, _, residual]| residual);
                rows.push((
                    record as u64 + 1,
                    it.instance.id().to_owned(),
                    residual,
                    None,
                ));
            }
        }
    }
    (rows, tallies)
}

fn rows(findings: &RecordBatch) -> Vec<Row> {
    let of = |name: &str| findings.column_by_name(name).unwrap();
    let word = |name: &str, row: usize| {
        let column = of(name).as_dictionary::<Int32Type>();
        let text = column.values().as_string::<i32>();
        column.key(row).map(|key| text.value(key).to_owned())
    };
    let residuals = of("residual").as_primitive::<Decimal128Type>();
    let scale = u32::try_from(residuals.scale()).unwrap();
    (0..findings.num_rows())
        .map(|row| {
            let residual = residuals
                .is_valid(row)
                .then(|| Number::new(residuals.value(row), scale));
            (
                of("record").as_primitive::<UInt64Type>().value(row),
                word("rule", row).unwrap(),
                residual,
                word("indicator", row),
            )
        })
        .collect()
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let table = prop_oneof![
        strategies::consistent(),
        strategies::any_broken().prop_map(|(_, table)| table),
        strategies::with_blanks(),
    ];
    let record = table.prop_map(|table| Record::from(&table));
    prop::collection::vec(record, 1..12)
}

/// A form of which a rule counts in more decimals than its amounts have.
static FINE: LazyLock<Arc<Form>> = LazyLock::new(|| {
    let form = xxgk::nine_category::NineCategory::form();
    let rule = r#"
        [[rule]]
        id = "H001"
        severity = "soft"
        statement = "fees.total <= 0.125 * requests.received.total + 0.5"
        basis = { zh = "例", en = "an example" }
    "#;
    Arc::new(
        form.extend(&rule.replace("fees.total", &amount(form)))
            .unwrap(),
    )
});

fn amount(form: &Form) -> String {
    let mut cells = form.indicators().iter();
    let amount = cells.find(|it| it.kind() == Kind::Amount);
    amount.unwrap().key().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn as_the_engine_does_whatever_the_types(
        records in records(),
        extremes in prop::collection::vec((any::<Index>(), any::<Index>(), any::<Index>()), 0..10),
        ways in prop::collection::vec(any::<Index>(), 80),
        carried in prop::collection::vec(0..20_u64, 12),
        before in 0..5_usize,
        fine in any::<bool>(),
    ) {
        let form = if fine { &FINE } else { xxgk::nine_category::NineCategory::form() };
        let mut cells: Vec<Values> = (0..form.cells())
            .map(|cell| records.iter().map(|it| it.value(cell).map(units)).collect())
            .collect();
        for (cell, record, extreme) in extremes {
            let cell = cell.index(cells.len());
            cells[cell][record.index(records.len())] = Some(*extreme.get(&EXTREMES));
        }
        let carried: Values = carried.iter().take(records.len()).map(|it| Some(i128::from(*it))).collect();
        let (expected_rows, expected_tallies) = expected(form, &cells, &carried);

        // Some rows stand before, which are cut off: arrays begin anywhere in their buffers.
        let array = |values: &Values, decimals: u32, way: &Index| -> ArrayRef {
            let mut longer = vec![Some(1); before];
            longer.extend(values);
            let way = way.index(WAYS);
            let ways = (0..WAYS).map(|by| (way + by) % WAYS);
            // Only Decimal256 holds any value.
            let array = ways.filter_map(|way| column(&longer, decimals, way)).next().unwrap();
            array.slice(before, values.len())
        };
        let mut columns = vec![("carried_in".to_owned(), array(&carried, 0, &ways[79]))];
        for ((cell, values), way) in form.indicators().iter().zip(&cells).zip(&ways) {
            let name = if way.index(2) == 0 { cell.code() } else { cell.key() };
            columns.push((name.to_owned(), array(values, decimals(cell.kind()), way)));
        }
        let batch = RecordBatch::try_from_iter_with_nullable(
            columns.into_iter().map(|(name, array)| (name, array, true)),
        ).unwrap();

        let plan = Plan::new(form);
        let checker = Checker::new(&plan, batch.schema_ref(), &Mapping::new(), None).unwrap();
        prop_assert_eq!(checker.blank().count(), 0);
        let checked = checker.check(&batch, 1).unwrap();
        let tallies: Vec<[u64; 3]> = checked.tallies.iter().map(|it| [it.passed, it.failed, it.undetermined]).collect();
        prop_assert_eq!(tallies, expected_tallies);
        let findings = Findings::new(&checker, false).unwrap().batch(&checked, "").unwrap();
        prop_assert_eq!(rows(&findings), expected_rows);
    }
}
