//! A form file that is wrong is refused, with the place in the file; a house rule has all the powers of a built-in one.

use xxgk::nine_category::NineCategory;
use xxgk::{Form, Outcome, Table, Verdict, check, evaluate};

const SMALL: &str = r#"
id = "small"
title = "小表"
source = "测试"
first_year = 2020
last_year = 2021

[[row]]
code = "1"
key = "all"
label = "一、总数"
unit = "件"
kind = "count"

[[row]]
code = "1.1"
key = "paid"
label = "1.费用"
unit = "万元"
kind = "amount"

[[rule]]
id = "X1"
severity = "hard"
statement = "paid <= 0.05 * all"
basis = { zh = "每件不超过500元", en = "at most 500 yuan each" }
"#;

#[track_caller]
fn refused(old: &str, new: &str) -> String {
    assert!(SMALL.contains(old), "{old}");
    Form::from_toml(&SMALL.replacen(old, new, 1))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_wrong_file_is_refused_at_its_place() {
    assert!(Form::from_toml(SMALL).is_ok());
    for (old, new, message) in [
        (
            "paid <= 0.05",
            "paid =< 0.05",
            "line 25, column 19: expected `<=`, found `=<`",
        ),
        (
            "paid <= 0.05 * all",
            "paid <= alll",
            "line 25, column 22: nothing here has the key `alll`: did you mean `all`?",
        ),
        (
            "key = \"paid\"",
            "key = \"all\"",
            "line 17, column 7: `all` stands twice",
        ),
        (
            "code = \"1.1\"",
            "code = \"1\"",
            "line 16, column 8: `1` stands twice",
        ),
        (
            "key = \"paid\"",
            "key = \"all.paid\"",
            "line 17, column 7: `all` cannot hold a value and have `all.paid` below it",
        ),
        (
            "key = \"paid\"",
            "key = \"Paid\"",
            "line 17, column 7: `Paid` is not a key",
        ),
        (
            "unit = \"万元\"",
            "unit = \"元\"",
            "line 17, column 7: amounts are in 万元, not in `元`",
        ),
        (
            "unit = \"件\"\n",
            "",
            "line 10, column 7: `all` has a `unit` without a `kind`",
        ),
        (
            "severity = \"hard\"",
            "severity = \"firm\"",
            "line 24, column 12: `firm` is not known here: write \"hard\" or \"soft\"",
        ),
        (
            "title = ",
            "titel = ",
            "line 3, column 1: unknown key `titel`: did you mean `title`?",
        ),
        ("id = \"X1\"", "id = ", "line 23, column 6: "),
        (
            "0.05 * all",
            "99999999999999999999 * all",
            "line 25, column 13: the numbers of the rule are too large",
        ),
        (
            "basis",
            "message = { zh = \"{nobody}\", en = \"\" }\nbasis",
            "line 26, column 11: the message has the place `{nobody}`",
        ),
        (
            "paid <= 0.05 * all\"",
            "paid = 0 or all = 0\"\nmessage = { zh = \"{left}\", en = \"\" }",
            "line 26, column 11: the message shows a side",
        ),
        (
            "basis",
            "passes = { nobody = 1 }\nbasis",
            "line 26, column 10: the example has `nobody`",
        ),
    ] {
        let error = refused(old, new);
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn numbers_at_the_edge_of_the_integers_are_refused() {
    // 2^63 times 2^64: taken away, the one integer that has no opposite.
    let (half, whole) = ("9223372036854775808", "18446744073709551616");
    for side in [
        format!("-{half} * ({whole} * all)"),
        format!("-{half} * (-{whole} * all)"),
        format!("-{half} * ({whole} * 1)"),
        format!("-{half} * ({whole} * (0 - all))"),
        "0.0000000000000000000000000001 * (79228162514264337593543950335 * all)".to_owned(),
    ] {
        let error = refused("paid <= 0.05 * all", &format!("all <= {side}"));
        assert!(error.contains("too large or too fine"), "{side}: {error}");
    }
}

#[test]
fn decimal_coefficients_are_exact() {
    let form = std::sync::Arc::new(Form::from_toml(SMALL).unwrap());
    let mut record = xxgk::Record::new(form);
    record.set("all", Some(xxgk::Value::Count(3))).unwrap();
    for (paid, outcome) in [
        ("0.15", Outcome::Pass),
        ("0.15000001", Outcome::Fail),
        ("0.14999999", Outcome::Pass),
    ] {
        record
            .set("paid", Some(xxgk::Value::Amount(paid.parse().unwrap())))
            .unwrap();
        let evaluation = evaluate(&record).next().unwrap();
        assert_eq!(evaluation.outcome, outcome, "{paid}");
        assert_eq!(
            evaluation.sides.unwrap().map(|side| side.to_string())[..2],
            [paid, "0.15"]
        );
    }
}

#[test]
fn a_house_rule_has_all_the_powers_of_a_built_in_one() {
    let form = NineCategory::form()
        .extend(
            r#"
            [[rule]]
            id = "H001"
            severity = "hard"
            statement = "if requests.received.total > 100 then 20 * capacity.staff.full_time >= requests.received.total"
            basis = { zh = "每名专职人员每年办理不超过20件", en = "20 requests a year for each full-time clerk" }
            [rule.message]
            zh = "收到申请{requests.received.total:value}件,专职人员只够办理{left}件"
            en = "{requests.received.total:value} requests, staff for {left}"

            [[rule]]
            id = "H002"
            severity = "soft"
            statement = "capacity.reading_points >= 1 or disclosure.channels.website > 0"
            basis = { zh = "应有查阅的途径", en = "there must be a way to look things up" }
            "#,
        )
        .unwrap();
    let table: NineCategory = serde_json::from_str(
        r#"{"requests":{"received":{"total":150}},"capacity":{"staff":{"full_time":2},"reading_points":0},"disclosure":{"channels":{"website":0}}}"#,
    )
    .unwrap();
    let mut record = xxgk::Record::new(form.into());
    for (row, value) in NineCategory::form()
        .indicators()
        .iter()
        .zip(table.record(Default::default()).cells())
    {
        record.set(row.key(), *value).unwrap();
    }
    let report = check(&record);
    assert_eq!(
        (report.counts.rules, report.verdict()),
        (30, Verdict::Inconsistent)
    );
    let house = report.finding("H001").unwrap();
    assert_eq!(house.message.zh, "收到申请150件,专职人员只够办理40件");
    assert_eq!(house.sides.unwrap(), [40, 150, -110]);
    let house = report.finding("H002").unwrap();
    assert_eq!(
        (house.sides, &*house.message.zh),
        (None, "不符合规则H002。请核对有关各行。")
    );
    // A table of the form with house rules is a table of the form.
    assert_eq!(NineCategory::from_record(&record), Ok(table));
    assert!(
        NineCategory::form()
            .extend("[[rule]]\nid = \"R101\"")
            .is_err()
    );
}
