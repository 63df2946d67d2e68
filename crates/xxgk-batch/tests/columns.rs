//! Which column is taken for which indicator, and which values are refused.

use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::*;
use arrow_schema::DataType;
use xxgk::batch::Plan;
use xxgk::nine_category::NineCategory;
use xxgk::{Form, Table};
use xxgk_batch::{BatchError, Blanks, Checked, Checker, Findings, Mapping, Problem, counts, fit};

const FULL_TIME: &str = "capacity.staff.full_time";
const PART_TIME: &str = "capacity.staff.part_time";
const STAFF: &str = "capacity.staff.total";

fn form() -> &'static Arc<Form> {
    NineCategory::form()
}

fn code(key: &str) -> String {
    let cell = form().indicators().iter().find(|it| it.key() == key);
    cell.unwrap().code().to_owned()
}

fn ones() -> ArrayRef {
    Arc::new(Int32Array::from(vec![1, 1]))
}

fn batch(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    let columns = columns
        .iter()
        .map(|(name, array)| (*name, array.clone(), true));
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn bind(
    names: &[&str],
    mapping: &[(&str, &str)],
    key: Option<&str>,
) -> Result<Vec<String>, String> {
    let columns: Vec<_> = names.iter().map(|name| (*name, ones())).collect();
    let mapping: Mapping = mapping
        .iter()
        .map(|(key, column)| ((*key).to_owned(), (*column).to_owned()))
        .collect();
    let plan = Plan::new(form());
    let batch = batch(&columns);
    match Checker::new(&plan, batch.schema_ref(), &mapping, key) {
        Ok(checker) => Ok(checker
            .columns()
            .iter()
            .map(|at| names[*at].to_owned())
            .collect()),
        Err(error) => Err(format!("{error:?}")),
    }
}

#[test]
fn by_key_by_code_and_by_mapping() {
    let staff = code(STAFF);
    assert_eq!(
        bind(
            &["id", &staff, FULL_TIME, "兼职"],
            &[(PART_TIME, "兼职")],
            None
        )
        .unwrap(),
        [&staff, FULL_TIME, "兼职"]
    );
    assert_eq!(
        bind(&["id", STAFF], &[], Some("id")).unwrap(),
        ["id", STAFF]
    );
    assert_eq!(
        bind(&["人数"], &[(&staff, "人数")], None).unwrap(),
        ["人数"]
    );
    assert_eq!(
        bind(&["carried_in", STAFF], &[], None).unwrap(),
        ["carried_in", STAFF]
    );
}

#[test]
fn by_label_and_by_what_it_stands_under() {
    let names = [
        "(三)从事政府信息公开工作人员数",
        "专职人员数",
        "行政诉讼数量/被依法纠错数",
        "requests_received_total",
        "当面申请数（件）",
    ];
    assert_eq!(bind(&names, &[], None).unwrap(), names);
    assert_eq!(bind(&["n"], &[("兼职人员数", "n")], None).unwrap(), ["n"]);
    // What the mapping says needs no guess.
    let corrected = "被依法纠错数";
    let mapping = [("litigation.corrected", corrected)];
    assert_eq!(bind(&[corrected], &mapping, None).unwrap(), [corrected]);
}

#[test]
fn fewer_than_half_of_the_columns_are_not_enough() {
    let plan = Plan::new(form());
    let used = |count: usize| {
        let all = batch(&[(STAFF, ones())]);
        let checker = Checker::new(&plan, all.schema_ref(), &Mapping::new(), None).unwrap();
        let blank: Vec<&str> = checker.blank().collect();
        let all = blank.len() + 1;
        let names = [STAFF, "收到申清数"]
            .into_iter()
            .chain(blank)
            .take(count + 1);
        let batch = batch(&names.map(|it| (it, ones())).collect::<Vec<_>>());
        let checker = Checker::new(&plan, batch.schema_ref(), &Mapping::new(), None).unwrap();
        (all, checker.enough())
    };
    let (all, _) = used(1);
    assert!(used(all.div_ceil(2)).1.is_ok());
    let error = used(all.div_ceil(2) - 1).1.unwrap_err();
    let message = error.message();
    assert!(
        message.zh.contains("“收到申清数”可能是“收到申请数”"),
        "{}",
        message.zh
    );
}

#[test]
fn what_is_not_clear_is_an_error() {
    let staff = code(STAFF);
    for (names, mapping, key, error) in [
        (&[STAFF, &*staff][..], &[][..], None, "TwoColumns"),
        (&[STAFF, "人数"], &[(STAFF, "人数")], None, "TwoColumns"),
        (&[STAFF], &[(FULL_TIME, STAFF)], None, "TwoIndicators"),
        (
            &["n"],
            &[(FULL_TIME, "n"), (STAFF, "n")],
            None,
            "TwoIndicators",
        ),
        (&["专职人员数", FULL_TIME], &[], None, "TwoColumns"),
        (&[STAFF, "被依法纠错数"], &[], None, "Ambiguous"),
        (&["n"], &[("被依法纠错数", "n")], None, "Ambiguous"),
        (&[STAFF], &[("capacity.stuff", STAFF)], None, "UnknownKey"),
        (&[STAFF], &[(FULL_TIME, "n")], None, "NoColumn"),
        (&[STAFF], &[], Some("id"), "NoColumn"),
        (&["a", "b"], &[], None, "TooFew"),
        (&["carried_in"], &[], None, "TooFew"),
        // No rule speaks of them.
        (&["complaints"], &[], None, "TooFew"),
    ] {
        let found = bind(names, mapping, key).unwrap_err();
        assert!(found.starts_with(error), "{names:?} {mapping:?}: {found}");
    }
}

#[test]
fn no_column_of_it_is_a_blank_indicator_and_no_parameter_a_zero() {
    let plan = Plan::new(form());
    let batch = batch(&[(STAFF, ones()), (FULL_TIME, ones())]);
    let checker = Checker::new(&plan, batch.schema_ref(), &Mapping::new(), None).unwrap();
    assert!(checker.blank().any(|key| key == PART_TIME));
    assert!(
        checker
            .blank()
            .all(|key| key != STAFF && key != "carried_in")
    );
    let checked = checker.check(&batch, 1).unwrap();
    assert_eq!(checked.tallies[plan.rule("R801").unwrap()].undetermined, 2);
}

#[test]
fn the_form_is_told_by_its_columns() {
    let schema = batch(&[(STAFF, ones()), ("x", ones()), ("兼职", ones())]);
    let mapping = Mapping::from([
        (PART_TIME.to_owned(), "兼职".to_owned()),
        (FULL_TIME.to_owned(), "专职".to_owned()),
    ]);
    assert_eq!(fit(form(), schema.schema_ref(), &mapping), 2);
}

fn checked(array: ArrayRef) -> Result<Checked, BatchError> {
    let plan = Plan::new(form());
    let batch = batch(&[(STAFF, array)]);
    let checker = Checker::new(&plan, batch.schema_ref(), &Mapping::new(), None).unwrap();
    let blanks = Blanks::new(["-9", "无"]);
    checker.blanks(&blanks).check(&batch, 11)
}

#[test]
fn a_value_that_is_not_exact_is_a_finding_of_its_record() {
    let decimal = Decimal128Array::from(vec![100, 150]).with_precision_and_scale(10, 2);
    let wide = Decimal256Array::from(vec![1.into(), 5.into()] as Vec<arrow_buffer::i256>);
    let wide = wide.with_precision_and_scale(76, 1);
    let mut words = StringDictionaryBuilder::<Int8Type>::new();
    words.append_value("1");
    words.append_value("两");
    let cases: [(ArrayRef, u64, &str, Problem); 9] = [
        (
            Arc::new(decimal.unwrap()),
            12,
            "1.5",
            Problem::Decimals { most: 0 },
        ),
        (
            Arc::new(wide.unwrap()),
            11,
            "0.1",
            Problem::Decimals { most: 0 },
        ),
        (
            Arc::new(Float64Array::from(vec![1.0, 0.5])),
            12,
            "0.5",
            Problem::Decimals { most: 0 },
        ),
        (
            Arc::new(Float64Array::from(vec![1.0, 1e15])),
            12,
            "1000000000000000",
            Problem::Digits { most: 15 },
        ),
        (
            Arc::new(Float32Array::from(vec![16_777_216.0, 1.0])),
            11,
            "16777216",
            Problem::Digits { most: 6 },
        ),
        (
            Arc::new(Float64Array::from(vec![1.0, f64::NAN])),
            12,
            "NaN",
            Problem::NotFinite,
        ),
        (
            Arc::new(Float32Array::from(vec![1.0, f32::INFINITY])),
            12,
            "inf",
            Problem::NotFinite,
        ),
        (
            Arc::new(StringArray::from(vec!["1", "1,00"])),
            12,
            "1,00",
            Problem::NotANumber,
        ),
        (Arc::new(words.finish()), 12, "两", Problem::NotANumber),
    ];
    for (array, at, shown, what) in cases {
        let kind = array.data_type().clone();
        let checked = checked(array).unwrap();
        let unread = checked.unread.unwrap();
        let found = (checked.first + unread.record as u64, &*unread.value);
        assert_eq!(found, (at, shown), "{kind}");
        assert_eq!((&*unread.column, unread.problem), (STAFF, what), "{kind}");
        let finding = checked.outside[0];
        assert_eq!((finding.record, finding.rule), (unread.record, what.kind()));
        assert_eq!(form().slot_key(finding.slot), Some(STAFF));
    }
    for array in [
        Arc::new(BooleanArray::from(vec![true, false])) as ArrayRef,
        Arc::new(BinaryArray::from(vec![&b"1"[..], b"2"])),
        Arc::new(Date32Array::from(vec![1, 2])),
    ] {
        assert!(matches!(checked(array), Err(BatchError::Type { .. })));
    }
}

#[test]
fn what_stands_for_a_blank_is_one_in_texts_and_numbers() {
    for array in [
        Arc::new(StringArray::from(vec!["1", "无", " 无 ", "-9"])) as ArrayRef,
        Arc::new(Int32Array::from(vec![1, -9, -9, -9])),
        Arc::new(Float64Array::from(vec![1.0, -9.0, -9.0, -9.0])),
    ] {
        let plan = Plan::new(form());
        let kind = array.data_type().clone();
        let checked = checked(array).unwrap();
        assert!(checked.outside.is_empty(), "{kind}: {:?}", checked.outside);
        let tally = checked.tallies[plan.rule("R803").unwrap()];
        assert_eq!((tally.passed, tally.undetermined), (1, 3), "{kind}");
    }
}

#[test]
fn a_dictionary_may_hold_what_no_row_has() {
    let mut words = StringDictionaryBuilder::<Int8Type>::new();
    words.append_value("两");
    words.append_value("1");
    words.append_null();
    words.append_value("");
    let array = words.finish().slice(1, 3);
    let plan = Plan::new(form());
    let batch = batch(&[(STAFF, Arc::new(array))]);
    let checker = Checker::new(&plan, batch.schema_ref(), &Mapping::new(), None).unwrap();
    let checked = checker.check(&batch, 1).unwrap();
    let tally = checked.tallies[plan.rule("R803").unwrap()];
    assert_eq!((tally.passed, tally.undetermined), (1, 2));
    // And one without values has only blanks.
    let empty = StringArray::from(Vec::<&str>::new());
    let blank =
        DictionaryArray::<Int8Type>::new(Int8Array::from(vec![None, None]), Arc::new(empty));
    let batch = support_batch(Arc::new(blank));
    let checked = checker.check(&batch, 1).unwrap();
    assert_eq!(checked.tallies[plan.rule("R803").unwrap()].undetermined, 2);
}

fn support_batch(array: ArrayRef) -> RecordBatch {
    batch(&[(STAFF, array)])
}

#[test]
fn the_key_column_names_the_records_in_its_own_type() {
    let plan = Plan::new(form());
    let keys: ArrayRef = Arc::new(StringArray::from(vec![Some("甲"), None, Some("丙")]));
    let three = |values: [i64; 3]| Arc::new(Int64Array::from(values.to_vec())) as ArrayRef;
    let batch = batch(&[
        ("机关", keys),
        (STAFF, three([3, 2, 3])),
        (FULL_TIME, three([1, -1, 1])),
        (PART_TIME, three([1, 1, 2])),
    ]);
    let checker = Checker::new(&plan, batch.schema_ref(), &Mapping::new(), Some("机关")).unwrap();
    assert_eq!(checker.key_type(), Some(&DataType::Utf8));
    let checked = checker.check(&batch, 1).unwrap();
    let findings = Findings::new(&checker, true).unwrap();
    let findings = findings.batch(&checked, "a.parquet").unwrap();
    let names: Vec<_> = findings
        .schema()
        .fields()
        .iter()
        .map(|it| it.name().clone())
        .collect();
    assert_eq!(names, ["source", "record", "rule", "residual", "indicator"]);
    let records: Vec<_> = findings["record"].as_string::<i32>().iter().collect();
    // The first has one more than its parts; the second has a negative.
    assert_eq!(records[..2], [Some("甲"), None]);
    let rules = findings["rule"].as_dictionary::<Int32Type>();
    let rules = rules.downcast_dict::<StringArray>().unwrap();
    assert_eq!(
        rules.into_iter().flatten().collect::<Vec<_>>()[..2],
        ["R801", "S003"]
    );
}

#[test]
fn counts_have_what_no_cell_holds_where_there_is_some() {
    let plan = Plan::new(form());
    let rules: Vec<_> = plan.rules().iter().collect();
    let tallies = vec![Default::default(); rules.len()];
    assert_eq!(
        counts(&rules, &tallies, [0; 5]).unwrap().num_rows(),
        plan.rules().len()
    );
    let counts = counts(&rules, &tallies, [0, 0, 0, 4, 0]).unwrap();
    assert!(xxgk_batch::counts(&rules, &tallies[1..], [0, 0, 0, 4, 0]).is_err());
    let last = counts.slice(plan.rules().len(), 1);
    assert_eq!(last["rule"].as_string::<i32>().value(0), "S011");
    assert_eq!(
        last["failed"].as_primitive::<types::UInt64Type>().value(0),
        4
    );
    assert!(last["passed"].is_null(0));
}

#[test]
fn another_batch_than_announced_is_refused() {
    let plan = Plan::new(form());
    let announced = batch(&[(STAFF, ones())]);
    let checker = Checker::new(&plan, announced.schema_ref(), &Mapping::new(), None).unwrap();
    for other in [
        batch(&[(FULL_TIME, ones())]),
        RecordBatch::new_empty(Arc::new(arrow_schema::Schema::empty())),
    ] {
        assert!(matches!(
            checker.check(&other, 1),
            Err(BatchError::OtherColumns)
        ));
    }
}
