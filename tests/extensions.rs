//! Forms and rules from files have the powers of the built-in ones, and what is wrong in a file is pointed at.

use std::sync::Arc;

use xxgk::form::Form;
use xxgk::nine_category::NineCategory;
use xxgk::{Outcome, Record, Table, Value, Verdict, check, evaluate, forms, load};

const VARIANT: &str = include_str!("data/variant/two-columns.toml");
const RULE: &str = "severity = \"soft\"\nbasis = { zh = \"\", en = \"\" }\n";

/// A form in which everything stands that a form can have.
const MATRIX: &str = r#"
id = "matrix"
title = "表"
source = "文"
first_year = 2020
last_year = 2025

[[parameter]]
key = "moved"
label = { zh = "移交", en = "moved" }

[[definition]]
key = "parts"
sum = "cases.open + cases.closed"

[[definition]]
key = "twice_the_parts"
sum = "2 * parts"

[[section]]
key = "cases"
title = "案件"
cells = "counts"

[[section.column]]
key = "own"
label = "本级"

[[section.column]]
key = "below"
label = "下级"
also = ["所属"]

[[section.row]]
code = "1"
key = "cases.open"
label = "一、未结"
unit = "件"
kind = "count"

[[section.row]]
code = "2"
key = "cases.closed"
label = "二、已结"
also = ["办结"]
unit = "件"
kind = "count"

[[section.row]]
code = "3"
key = "cases.total"
label = "三、总计"
unit = "件"
kind = "count"
adds = false

[[rule]]
id = "M1"
severity = "hard"
statement = "for each column: cases.total = parts"
basis = { zh = "总计", en = "total" }
passes = { "cases.total" = 3, "cases.open" = 1, "cases.closed" = 2 }
fails = { "cases.total" = 3, "cases.open" = 1 }
[rule.message]
zh = "“{column}”:{left}与{right}相差{difference},已结{cases.closed:value}"
en = "{column}: {left}, {right}, {difference}, {cases.closed} {cases.closed:value}"

[[rule]]
id = "M2"
severity = "soft"
statement = "for each row of cases: own >= below"
basis = { zh = "本级多于下级", en = "more above" }

[[rule]]
id = "M3"
severity = "soft"
statement = "cases.total.own - twice_the_parts.x <= 0"
basis = { zh = "", en = "" }
off = { zh = "停用", en = "off" }

[[series]]
id = "Y1"
severity = "hard"
statement = "for each column: cases.total >= previous.cases.closed"
basis = { zh = "", en = "" }
"#;

fn matrix() -> String {
    MATRIX.replace(
        "cases.total.own - twice_the_parts.x <= 0",
        "cases.total.own <= cases.total.below",
    )
}

fn filled(form: &Arc<Form>, count: u64) -> Record {
    let mut record = Record::new(form.clone());
    for cell in form.indicators() {
        let value = match cell.unit() {
            "万元" => Value::Amount(count.into()),
            _ => Value::Count(count),
        };
        record.set(cell.key(), Some(value)).unwrap();
    }
    record
}

#[test]
fn each_instance_is_its_own_finding() {
    let form = Arc::new(load(&matrix()).unwrap());
    assert_eq!(form.cells(), 6);
    let mut record = filled(&form, 0);
    for (key, count) in [
        ("cases.open.own", 1),
        ("cases.closed.own", 2),
        ("cases.total.own", 4),
        ("cases.closed.below", 1),
        ("cases.total.below", 0),
    ] {
        record.set(key, Some(Value::Count(count))).unwrap();
    }
    let report = check(&record);
    let found: Vec<_> = report
        .failed()
        .map(|it| {
            (
                &*it.rule,
                it.statement.as_deref().unwrap(),
                it.message.zh.as_str(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                "M1",
                "cases.total.own = cases.open.own + cases.closed.own",
                "“本级”:4与3相差1,已结2"
            ),
            (
                "M1",
                "cases.total.below = cases.open.below + cases.closed.below",
                "“下级”:0与1相差1,已结1"
            ),
        ]
    );
    let keys = |finding: usize| -> Vec<&str> {
        let cells = report.findings[finding].cells.iter();
        cells.map(|cell| cell.key.as_deref().unwrap()).collect()
    };
    assert_eq!(
        keys(1),
        [
            "cases.total.below",
            "cases.open.below",
            "cases.closed.below"
        ]
    );
    assert_eq!(report.counts.rules, 2 + 3);
    assert_eq!(
        form.rule("M1").unwrap().words().zh,
        "每一列：总计 = 未结 + 已结"
    );
    assert_eq!(&*report.off[0].rule, "M3");
}

#[test]
fn what_is_loaded_and_written_and_loaded_is_the_same() {
    let own = load(&matrix()).unwrap();
    let extended = load(VARIANT).unwrap();
    for form in forms().iter().map(|form| &**form).chain([&own, &extended]) {
        let text = form.to_toml();
        let again = Form::from_toml(&text).unwrap();
        assert_eq!(again.to_toml(), text);
        let rules = |form: &Form| -> Vec<String> {
            let rules = form.rules().iter().chain(form.series());
            rules.map(|rule| format!("{rule:?}")).collect()
        };
        assert_eq!(rules(&again), rules(form));
        assert_eq!(format!("{:?}", again.rows()), format!("{:?}", form.rows()));
        assert_eq!(
            format!("{:?}", again.indicators()),
            format!("{:?}", form.indicators())
        );
    }
}

#[test]
fn a_regional_variant_is_a_short_file() {
    assert!(VARIANT.lines().count() < 40);
    let form = Arc::new(load(VARIANT).unwrap());
    assert_eq!(form.cells(), 2 * (58 + 2));
    assert_eq!(
        form.row("disclosure.channels.notice_boards")
            .unwrap()
            .code(),
        "1.2.6"
    );
    let rows: Vec<&str> = form.rows().iter().map(|row| row.code()).collect();
    let at = rows.iter().position(|code| *code == "1.2.6").unwrap();
    assert_eq!(rows[at - 1], "1.2.5");
    let report = check(&filled(&form, 0));
    // 27 rules of the form and the house rule, in two columns; one is switched off.
    assert_eq!(report.counts.rules, 2 * 28);
    let off: Vec<_> = report
        .off
        .iter()
        .map(|off| (&*off.rule, off.reason.zh.as_str()))
        .collect();
    assert_eq!(off, [("R204", "本区把热点以外的答复也计入各方式")]);
    let hard: Vec<_> = report
        .failed()
        .filter(|finding| &*finding.rule == "H001")
        .map(|finding| finding.cells[0].label.to_string())
        .collect();
    assert_eq!(
        hard,
        ["分管负责人数（部门统计数）", "分管负责人数（社区统计数）"]
    );
}

/// The rules of a form hold column by column as they hold on the form itself.
#[test]
fn a_column_is_checked_as_the_form_is() {
    let text = VARIANT.replace(
        "[[override]]\nrule = \"R204\"\noff",
        "[[override]]\nrule = \"R204\"\nseverity = \"hard\" #",
    );
    let form = Arc::new(load(&text).unwrap());
    let base = NineCategory::form();
    proptest::proptest!(|(tables in proptest::array::uniform2(xxgk::strategies::any_broken()))| {
        let mut record = filled(&form, 1);
        for ((_, table), column) in tables.iter().zip(["departments", "communities"]) {
            let table = Record::from(table);
            for (cell, indicator) in base.indicators().iter().enumerate() {
                let key = format!("{}.{column}", indicator.key());
                record.set(&key, table.value(cell)).unwrap();
            }
        }
        let outcomes: Vec<_> = evaluate(&record).filter(|it| it.rule.id() != "H001").collect();
        for (at, (_, table)) in tables.iter().enumerate() {
            let single = Record::from(table);
            for it in evaluate(&single) {
                let of_column = outcomes.iter().filter(|other| other.rule.id() == it.rule.id()).nth(at).unwrap();
                assert_eq!((of_column.outcome, of_column.sides), (it.outcome, it.sides));
            }
        }
    });
}

#[test]
fn an_override_weighs_and_switches_off() {
    let form = NineCategory::form();
    let harder = form
        .extend("[[override]]\nrule = \"R803\"\nseverity = \"hard\"")
        .unwrap();
    assert_eq!(
        check(&filled(&Arc::new(harder), 0)).verdict(),
        Verdict::Inconsistent
    );
    let text = "[[override]]\nrule = \"R803\"\noff = { zh = \"不适用\", en = \"does not apply\" }";
    let report = check(&filled(&Arc::new(form.extend(text).unwrap()), 0));
    assert_eq!(report.verdict(), Verdict::Consistent);
    assert_eq!(report.counts.rules, 27);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(
        json["off"],
        serde_json::json!([{"rule": "R803", "reason": "不适用"}])
    );
}

#[test]
fn named_sums_are_written_out() {
    let text = format!(
        "[[definition]]\nkey = \"staff\"\nsum = \"capacity.staff.full_time + capacity.staff.part_time\"\n\
         [[rule]]\nid = \"H1\"\nstatement = \"capacity.staff.total - 2 * staff - staff <= staff\"\n{RULE}"
    );
    let form = NineCategory::form().extend(&text).unwrap();
    let rule = form.rule("H1").unwrap();
    assert_eq!(
        rule.text(),
        "capacity.staff.total - 2 * staff - staff <= staff"
    );
    assert_eq!(
        rule.instances()[0].text(),
        "capacity.staff.total - 2 * (capacity.staff.full_time + capacity.staff.part_time) - \
         (capacity.staff.full_time + capacity.staff.part_time) <= capacity.staff.full_time + capacity.staff.part_time"
    );
    let outcome = |staff: u64| {
        let mut record = filled(&Arc::new(form.clone()), 1);
        record
            .set("capacity.staff.total", Some(Value::Count(staff)))
            .unwrap();
        evaluate(&record)
            .find(|it| it.rule.id() == "H1")
            .unwrap()
            .outcome
    };
    assert_eq!((outcome(8), outcome(9)), (Outcome::Pass, Outcome::Fail));
}

#[track_caller]
fn refused(text: &str) -> String {
    load(text).unwrap_err().to_string()
}

#[test]
fn what_is_wrong_is_pointed_at_with_what_would_be_right() {
    let rule = |statement: &str| {
        format!(
            "extends = \"nine-category\"\n[[rule]]\nid = \"H1\"\nstatement = \"{statement}\"\n{RULE}"
        )
    };
    for (text, message) in [
        (
            "extends = \"nine-categry\"".to_owned(),
            "line 1, column 12: there is no form `nine-categry` to extend: did you mean `nine-category`?",
        ),
        (
            rule("capacity.staff.totl >= 1"),
            "line 4, column 14: nothing here has the key `capacity.staff.totl`: did you mean `capacity.staff.total`?",
        ),
        (
            rule("xyz >= 1"),
            "line 4, column 14: nothing here has the key `xyz`",
        ),
        (
            rule("for each column: fees >= 1"),
            "line 4, column 13: the rule is over rows or columns: name one of the sections that have columns ()",
        ),
        (
            "extends = \"national-2021\"\n".to_owned() + &rule("for each row: total >= 1")["extends = \"nine-category\"\n".len()..],
            "line 4, column 13: the rule is over rows or columns: name one of the sections that have columns (documents, decisions, fees, requests, disputes)",
        ),
        (
            "extends = \"national-2021\"\n".to_owned() + &rule("for each row of requests: totl >= 1")["extends = \"nine-category\"\n".len()..],
            "line 4, column 40: nothing here has the key `totl`: did you mean `total`?",
        ),
        (
            rule("for each cell: fees >= 1"),
            "line 4, column 18: expected `for each row:`, `for each column:`, or one of them with `of` and a section, found `each cell` (at character 5)",
        ),
        (
            rule("previous.fees >= 1"),
            "line 4, column 14: nothing here has the key `previous.fees`",
        ),
        (
            "extends = \"nine-category\"\n[[override]]\nrule = \"R80\"\nseverity = \"hard\"".to_owned(),
            "line 3, column 8: the form has no rule `R80`",
        ),
        (
            "extends = \"nine-category\"\n[[override]]\nrule = \"R801\"".to_owned(),
            "line 3, column 8: an override gives a `severity`, or says with `off` why the rule is switched off",
        ),
        (
            "extends = \"nine-category\"\n[[row]]\ncode = \"9.9\"\nkey = \"fees\"\nlabel = \"甲\"\nunit = \"件\"\nkind = \"count\"".to_owned(),
            "line 4, column 7: `fees` stands twice",
        ),
        (
            "extends = \"nine-category\"\n[[row]]\nafter = \"fee\"\ncode = \"9.9\"\nkey = \"f\"\nlabel = \"甲\"\nunit = \"件\"\nkind = \"count\"".to_owned(),
            "line 3, column 9: nothing here has the key `fee`: did you mean `fees`?",
        ),
        (
            matrix().replace("adds = false", "after = \"cases.open\""),
            "line 55, column 9: `after` places the rows of an extension: here rows stand in the order of the file",
        ),
        (
            matrix().replace("sum = \"cases.open + cases.closed\"", "sum = \"cases.open + twice_the_parts\""),
            "line 14, column 7: nothing here has the key `twice_the_parts`",
        ),
        (
            matrix().replace("label = \"下级\"\nalso", "lable = \"下级\"\nalso"),
            "line 31, column 1: unknown key `lable`: did you mean `label`? Correct or delete it",
        ),
    ] {
        let error = refused(&text);
        assert!(error.starts_with(message), "{error}\n{message}");
    }
    // A definition that is no part of a form.
    assert!(refused(MATRIX).contains("nothing here has the key `twice_the_parts.x`"));
}

/// Definitions that double each other, and rules over everything, do not grow beyond bounds.
#[test]
fn what_would_grow_without_end_is_refused() {
    let mut text = "extends = \"nine-category\"\n".to_owned();
    let mut before = "fees".to_owned();
    for level in 0..40 {
        text += &format!("[[definition]]\nkey = \"d{level}\"\nsum = \"{before} + {before}\"\n");
        before = format!("d{level}");
    }
    assert!(refused(&text).contains("too large or too fine"));
    let sum = vec!["d0"; 9000].join(" + ");
    let text = format!(
        "extends = \"nine-category\"\n[[definition]]\nkey = \"d0\"\nsum = \"fees + fees\"\n[[rule]]\nid = \"H1\"\n\
         statement = \"{sum} = 0\"\n{RULE}"
    );
    assert!(refused(&text).contains("too large or too fine"));
}
