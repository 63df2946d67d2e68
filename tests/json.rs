//! A typed table reads and writes JSON: keys as in the catalogue, unknown keys refused, nothing lost.

use proptest::prelude::*;
use xxgk::nine_category::NineCategory;
use xxgk::{Report, Table, strategies};

#[track_caller]
fn table(json: &str) -> NineCategory {
    serde_json::from_str(json).unwrap()
}

#[track_caller]
fn error(json: &str) -> String {
    serde_json::from_str::<NineCategory>(json)
        .unwrap_err()
        .to_string()
}

#[test]
fn keys_are_those_of_the_catalogue() {
    let json = serde_json::to_value(NineCategory::default()).unwrap();
    for row in NineCategory::form().indicators() {
        let cell = row
            .key()
            .split('.')
            .try_fold(&json, |json, name| json.get(name));
        assert_eq!(cell, Some(&serde_json::Value::Null), "{}", row.key());
    }
}

#[test]
fn what_is_not_there_is_blank_and_what_is_unknown_is_refused() {
    assert_eq!(table("{}"), NineCategory::default());
    assert_eq!(
        table(r#"{"requests":{"received":{"total":null}}}"#),
        NineCategory::default()
    );
    assert_eq!(
        table(r#"{"requests":{"received":{"total":27}}}"#)
            .requests
            .received
            .total,
        Some(27)
    );
    assert!(error(r#"{"requests":{"recieved":{}}}"#).contains("unknown field `recieved`"));
    assert!(error(r#"{"complaints":-1}"#).contains("-1"));
    assert!(error(r#"{"complaints":1.5}"#).contains("1.5"));
    // serde_json reads an integer above `u64` as a float, which a count refuses.
    assert!(error(r#"{"complaints":18446744073709551616}"#).contains("floating point"));
    assert!(error(r#"{"complaints":"27"}"#).contains("27"));
}

#[test]
fn amounts_are_strings_and_read_from_numbers_that_are_certain() {
    for (json, amount) in [
        ("\"1.50\"", "1.50"),
        ("1.5", "1.5"),
        ("3", "3"),
        ("0.1", "0.1"),
        ("-2", "-2"),
    ] {
        let table = table(&format!(r#"{{"fees":{json}}}"#));
        assert_eq!(table.fees.unwrap().to_string(), amount);
    }
    for json in [
        "\"1,5\"",
        "\"1_000\"",
        "\"\"",
        "\"1e3\"",
        "0.12345678901234567",
        "1e300",
        "true",
        "\"123456789012345678901234567890\"",
    ] {
        error(&format!(r#"{{"fees":{json}}}"#));
    }
    let json = serde_json::to_value(table(r#"{"fees":1.5}"#)).unwrap();
    assert_eq!(json["fees"], "1.5");
}

proptest! {
    #[test]
    fn what_is_written_and_read_again_is_identical(table in strategies::with_blanks()) {
        let json = serde_json::to_string(&table).unwrap();
        let again: NineCategory = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), json);
        prop_assert_eq!(again, table);
    }
}

#[test]
fn a_report_says_which_table_it_is_on_where_that_is_known() {
    let report = Report {
        agency: Some("某区教育局".into()),
        under: Some("附件2".into()),
        hidden: true,
        ..Report::default()
    };
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["agency"], "某区教育局");
    assert_eq!(
        (&json["under"], &json["hidden"]),
        (&"附件2".into(), &true.into())
    );
    let json = serde_json::to_value(Report::default()).unwrap();
    for field in ["agency", "under", "hidden"] {
        assert_eq!(json.get(field), None);
    }
}
