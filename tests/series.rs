//! Between years: each rule broken alone is found alone, and what is odd beside the year before is asked about.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rust_decimal::Decimal;
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::series::{Step, compare, series};
use xxgk::strategies::{self, national};
use xxgk::{Outcome, Record, Report, Severity, Table, Value};

fn suqian(year: u16) -> Record {
    let path = format!("tests/data/suqian-{year}/figures.json");
    let table: National2021 =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    Record::from(table)
}

fn failed(report: &Report) -> BTreeSet<&str> {
    report.failed().map(|finding| &*finding.rule).collect()
}

#[track_caller]
fn set(record: &mut Record, key: &str, count: u64) {
    record.set(key, Some(Value::Count(count))).unwrap();
}

#[track_caller]
fn get(record: &Record, key: &str) -> u64 {
    match record.get(key).unwrap() {
        Some(Value::Count(count)) => count,
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_real_years_agree() {
    let report = compare(&suqian(2023), &suqian(2024), "2023");
    assert_eq!((report.counts.rules, report.counts.passed), (2 + 7, 9));
    // Litigation over a hundred and fewer went up and down by no more than ten times the usual change.
    assert!(
        report
            .failed()
            .all(|finding| finding.severity == Severity::Soft)
    );
    assert_eq!(failed(&report), BTreeSet::new(), "{report:?}");
}

#[test]
fn each_rule_between_years_broken_alone_is_found_alone() {
    let (before, now) = (suqian(2023), suqian(2024));
    for (key, rule, sides, cells) in [
        (
            "requests.carried_out.legal_services",
            "Y301",
            [0, 1, -1],
            &[
                "requests.carried_in.legal_services",
                "requests.carried_out.legal_services",
            ][..],
        ),
        (
            "disclosure.normative_documents.in_force",
            "Y201",
            [420, 421, -1],
            &[
                "disclosure.normative_documents.in_force",
                "disclosure.normative_documents.in_force",
                "disclosure.normative_documents.issued",
                "disclosure.normative_documents.repealed",
            ][..],
        ),
    ] {
        let mut before = before.clone();
        let more = get(&before, key) + 1;
        set(&mut before, key, more);
        let report = compare(&before, &now, "2023");
        assert_eq!(failed(&report), BTreeSet::from([rule]));
        let finding = report.failed().next().unwrap();
        assert_eq!(finding.sides.unwrap(), sides);
        let found: Vec<&str> = finding
            .cells
            .iter()
            .map(|it| it.key.as_deref().unwrap())
            .collect();
        assert_eq!(found, cells);
        let sources: Vec<_> = finding
            .cells
            .iter()
            .map(|it| it.source.as_deref())
            .collect();
        assert_eq!(sources.iter().filter(|it| **it == Some("2023")).count(), 1);
    }
    assert_eq!(compare(&before, &now, "2023").counts.failed, 0);
}

#[test]
fn the_rule_of_2019_between_years() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let before = national::consistent(National2019::form())
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let mut now = before.clone();
    for row in National2019::form().section("services").unwrap().rows() {
        let row = National2019::form().rows()[row].key().to_owned();
        let Some(Value::Change(change)) = before.get(&format!("{row}.change")).unwrap() else {
            panic!()
        };
        let last = get(&before, &format!("{row}.last_year"));
        set(
            &mut now,
            &format!("{row}.last_year"),
            last.checked_add_signed(change).unwrap(),
        );
    }
    for column in National2019::form().section("requests").unwrap().columns() {
        let out = get(&before, &format!("requests.carried_out.{}", column.key()));
        set(
            &mut now,
            &format!("requests.carried_in.{}", column.key()),
            out,
        );
    }
    let hold = |report: &Report| report.counts.failed;
    assert_eq!(hold(&compare(&before, &now, "")), 0);
    let key = "disclosure.penalties.last_year";
    let more = get(&now, key) + 1;
    set(&mut now, key, more);
    let report = compare(&before, &now, "");
    let finding = report.finding("Y211").unwrap();
    assert_eq!(
        (report.counts.failed, finding.sides.unwrap()[2]),
        (1, xxgk::Number::new(1, 0))
    );
}

/// The form changed between 2020 and 2021; what was carried over stands on both.
#[test]
fn editions_are_compared_on_what_they_share() {
    let mut before = Record::new(National2019::form().clone());
    for column in National2019::form().section("requests").unwrap().columns() {
        let key = column.key();
        let count = get(&suqian(2023), &format!("requests.carried_in.{key}"));
        set(&mut before, &format!("requests.carried_out.{key}"), count);
    }
    let report = compare(&before, &suqian(2023), "2020");
    assert_eq!(
        (
            report.counts.passed,
            report.counts.failed,
            report.counts.undetermined
        ),
        (7, 0, 2)
    );
    set(&mut before, "requests.carried_out.total", 95);
    let report = compare(&before, &suqian(2023), "2020");
    assert_eq!(failed(&report), BTreeSet::from(["Y301"]));
    assert!(
        report
            .findings
            .iter()
            .filter(|it| it.outcome == Outcome::Undetermined)
            .all(|it| &*it.rule == "Y201")
    );
}

#[test]
fn a_copied_report_is_asked_about() {
    let report = compare(&suqian(2023), &suqian(2023), "2023");
    let finding = report.finding("Y901").unwrap();
    assert_eq!(finding.severity, Severity::Soft);
    assert!(
        finding.message.zh.contains("与上年完全相同"),
        "{}",
        finding.message.zh
    );
    // Of the nine-category form too, on which no rule between years stands.
    proptest!(ProptestConfig::with_cases(50), |(table in strategies::consistent())| {
        let record = Record::from(table);
        let not_small = record.cells().iter().filter(|it| matches!(it, Some(Value::Count(10..)))).count();
        let report = compare(&record, &record, "");
        prop_assert!(report.finding("Y901").is_some() || not_small < 5);
        prop_assert_eq!(report.counts.rules, 0);
    });
}

#[test]
fn a_power_of_ten_is_asked_about() {
    let (before, mut now) = (suqian(2023), suqian(2024));
    let collected: Decimal = "727012578".parse().unwrap();
    now.set("disclosure.fees.collected", Some(Value::Amount(collected)))
        .unwrap();
    let report = compare(&before, &now, "2023");
    assert_eq!(failed(&report), BTreeSet::from(["Y902"]));
    assert_eq!(
        report.finding("Y902").unwrap().message.zh,
        "“行政事业性收费（本年收费金额）”为727012578万元，上年为59237.2449万元，数字相同或相近而差了10的若干次方。\
         请核对小数点、位数和单位（是否把元写成了万元）。"
    );
    let mut now = suqian(2024);
    set(&mut now, "disclosure.licences.decisions", 18_085_950);
    assert_eq!(
        failed(&compare(&before, &now, "2023")),
        BTreeSet::from(["Y902"])
    );
    // Two significant digits are the same by chance.
    let mut now = suqian(2024);
    set(
        &mut now,
        "requests.outcomes.refused.third_party_rights.natural_person",
        380,
    );
    assert!(compare(&before, &now, "2023").finding("Y902").is_none());
}

#[test]
fn a_large_change_is_measured_against_the_others() {
    let (before, mut now) = (suqian(2023), suqian(2024));
    set(
        &mut now,
        "disclosure.coercive_measures.decisions",
        1_234_567,
    );
    let report = compare(&before, &now, "2023");
    assert_eq!(failed(&report), BTreeSet::from(["Y903"]));
    let message = &report.finding("Y903").unwrap().message.zh;
    assert!(
        message.starts_with(
            "“行政强制（本年处理决定数量）”由上年的20163件增加到1234567件，相差61.2倍以上，"
        ),
        "{message}"
    );
    // Where everything grew as much, nothing stands out.
    let mut all = before.clone();
    for cell in before.form().indicators() {
        if let Some(Value::Count(count)) = before.get(cell.key()).unwrap() {
            set(&mut all, cell.key(), count * 61);
        }
    }
    assert!(compare(&before, &all, "2023").finding("Y903").is_none());
}

#[test]
fn a_series_names_its_gaps() {
    let (a, b) = (suqian(2023), suqian(2024));
    let steps = series(&[
        (2024, "b", &b),
        (2020, "z", &a),
        (2023, "a", &a),
        (2026, "c", &b),
        (2026, "d", &b),
    ]);
    let shown: Vec<String> = steps
        .iter()
        .map(|step| match step {
            Step::Compared { from, to, report } => format!("{from}-{to} {}", report.counts.failed),
            Step::Gap { from, to } => format!("gap {from}-{to}"),
            Step::Twice { year } => format!("twice {year}"),
            _ => unreachable!(),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "gap 2020-2023",
            "2023-2024 0",
            "twice 2026",
            "gap 2024-2026"
        ]
    );
}

/// Nothing that two years can hold, blanks and the largest numbers too, makes the comparison fail.
#[test]
fn any_two_years_can_be_compared() {
    let form = NineCategory::form();
    proptest!(|(tables in prop::array::uniform2(strategies::with_blanks()), at in any::<prop::sample::Index>())| {
        let [before, mut now] = tables.map(Record::from);
        let cell = form.indicator(at.index(form.cells())).unwrap();
        let most = match cell.unit() {
            "万元" => Value::Amount(Decimal::MAX),
            _ => Value::Count(u64::MAX),
        };
        now.set(cell.key(), Some(most)).unwrap();
        _ = compare(&before, &now, "");
        _ = compare(&now, &before, "");
    });
}
