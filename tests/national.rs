//! The national forms of 2019 and 2021: each rule broken alone is found alone, whichever way the table is checked.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::strategies::national;
use xxgk::{Form, Outcome, Record, Report, Severity, Table, Value, Verdict, check};

fn suqian(year: u16) -> National2021 {
    let path = format!("tests/data/suqian-{year}/figures.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn failed(report: &Report) -> BTreeSet<&str> {
    report.failed().map(|finding| &*finding.rule).collect()
}

#[test]
fn the_forms_have_the_cells_of_the_notices() {
    for (form, sections, cells) in [
        (National2021::form(), [10, 175, 15], 200),
        (National2019::form(), [22, 161, 15], 198),
    ] {
        assert_eq!(form.cells(), cells);
        let of = |code: &str| {
            let cells = form.indicators().iter();
            cells.filter(|it| it.code().starts_with(code)).count()
        };
        assert_eq!(["2.", "3.", "4."].map(of), sections);
    }
}

#[test]
fn real_tables_are_consistent() {
    for year in [2023, 2024] {
        let report = suqian(year).check();
        assert_eq!(report.verdict(), Verdict::Consistent, "{report:?}");
        assert_eq!(report.counts.rules, 2 + 7 + 7 + 25 + 3 + 2);
    }
}

/// A whole form checked by hand: every sum of the table, with no help from the rules.
#[test]
fn what_the_notice_demands_is_what_is_checked() {
    let table = suqian(2023);
    let base = table.record(Default::default());
    for (cell, indicator) in base.form().indicators().iter().enumerate() {
        if !indicator.code().starts_with("3.") && !indicator.code().starts_with("4.") {
            continue;
        }
        let Some(Value::Count(count)) = base.value(cell) else {
            panic!("a count")
        };
        let mut record = base.clone();
        record
            .set(indicator.key(), Some(Value::Count(count + 1)))
            .unwrap();
        let column = indicator.key().rsplit('.').next().unwrap();
        let found = failed(&check(&record))
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        // Each cell of table 3 is in a row, in a column's sum, and the four that the form names in its identity.
        let expected: &[&str] = match (
            indicator.key().split('.').collect::<Vec<_>>().as_slice(),
            column,
        ) {
            (["disputes", ..], _) => &["G401"],
            (["requests", "outcomes", "total", _], _) => &["G301", "G302", "G303"],
            (["requests", "outcomes", ..], _) => &["G302", "G303"],
            _ => &["G301", "G303"],
        };
        assert_eq!(found, expected, "{}", indicator.key());
    }
}

#[test]
fn two_errors_that_cancel_in_the_total_are_both_found() {
    let mut table = suqian(2024);
    table.requests.received.natural_person = Some(3441);
    table.requests.received.business = Some(74);
    let report = table.check();
    let found: Vec<_> = report
        .failed()
        .map(|it| {
            (
                &*it.rule,
                it.sides.unwrap()[2].to_string(),
                it.cells[0].key.as_deref().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("G301", "1".to_owned(), "requests.received.natural_person"),
            ("G301", "-1".to_owned(), "requests.received.business"),
        ]
    );
    let message = &report.findings[0].message;
    assert_eq!(
        message.zh,
        "“自然人”一列：本年新收与上年结转之和为3559件，而办理结果总计与结转下年度之和为3558件，相差1件。\
         表式规定两者相等，请核对这一列的四个数。"
    );
}

/// Every rule of a form, broken alone: found alone, in the typed table and in the record.
fn broken_alone<T: Table>() {
    let form: &Arc<Form> = T::form();
    for rule in form.rules() {
        assert!(national::BREAKABLE.contains(&rule.id()), "{}", rule.id());
        proptest!(ProptestConfig::with_cases(60), |(record in national::broken(form, rule.id()))| {
            let report = check(&record);
            prop_assert_eq!(failed(&report), BTreeSet::from([rule.id()]));
            let hard = rule.severity() == Severity::Hard;
            prop_assert_eq!(report.verdict() == Verdict::Inconsistent, hard);
            for finding in report.failed() {
                let [left, right, difference] = finding.sides.unwrap();
                // Where something must be more than 0, it can fall short by nothing.
                prop_assert!(rule.text().contains("> 0") || difference != 0);
                prop_assert_eq!(left.parts().0 - right.parts().0, difference.parts().0);
            }
            let table = T::from_record(&record).unwrap();
            prop_assert_eq!(table.check(), report);
        });
    }
}

#[test]
fn each_rule_of_2019_broken_alone_is_found_alone() {
    broken_alone::<National2019>();
}

#[test]
fn each_rule_of_2021_broken_alone_is_found_alone() {
    broken_alone::<National2021>();
}

fn consistent_and_blank<T: Table>() {
    let form: &Arc<Form> = T::form();
    proptest!(ProptestConfig::with_cases(300), |(record in national::consistent(form), at in any::<prop::sample::Index>())| {
        let report = check(&record);
        prop_assert_eq!(report.verdict(), Verdict::Consistent, "{:?}", report);
        prop_assert_eq!(T::from_record(&record).unwrap().check(), report);
        let mut blank: Record = record.clone();
        let cell = at.index(form.cells());
        blank.set(form.indicator(cell).unwrap().key(), None).unwrap();
        let report = check(&blank);
        // A rule is open exactly where one of its cells is blank, or holds without it.
        for finding in &report.findings {
            prop_assert_eq!(finding.outcome, Outcome::Undetermined);
            let named = finding.cells.iter().any(|it| it.key.as_deref() == Some(form.indicator(cell).unwrap().key()));
            prop_assert!(named);
        }
        prop_assert_eq!(T::from_record(&blank).unwrap().check(), report);
    });
}

#[test]
fn consistent_tables_hold_and_blanks_leave_rules_open() {
    consistent_and_blank::<National2019>();
    consistent_and_blank::<National2021>();
}

#[test]
fn typed_tables_and_records_are_the_same_figures() {
    proptest!(|(record in national::consistent(National2019::form()))| {
        let table = National2019::from_record(&record).unwrap();
        prop_assert_eq!(&table.record(Default::default()), &record);
        let json = serde_json::to_string(&table).unwrap();
        prop_assert_eq!(serde_json::from_str::<National2019>(&json).unwrap(), table);
    });
}
