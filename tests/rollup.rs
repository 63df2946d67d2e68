//! Between levels: the level above is the sum of its parts, cell by cell, and what is not is found with what explains it.

use proptest::prelude::*;
use rust_decimal::Decimal;
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::rollup::{Child, rollup};
use xxgk::strategies::national;
use xxgk::{Outcome, Record, Report, Table, Value};

const NAMES: [&str; 3] = ["甲县", "乙县", "丙县"];

/// The sum of tables, cell by cell.
fn sum(parts: &[Record]) -> Record {
    let mut total = parts[0].clone();
    for (cell, indicator) in total.form().clone().indicators().iter().enumerate() {
        let value = match parts[0].value(cell).unwrap() {
            Value::Amount(_) => Value::Amount(
                parts
                    .iter()
                    .map(|part| match part.value(cell) {
                        Some(Value::Amount(amount)) => amount,
                        _ => Decimal::ZERO,
                    })
                    .sum(),
            ),
            _ => Value::Count(parts.iter().map(|part| count(part, indicator.key())).sum()),
        };
        total.set(indicator.key(), Some(value)).unwrap();
    }
    total
}

fn count(record: &Record, key: &str) -> u64 {
    match record.get(key) {
        Ok(Some(Value::Count(count))) => count,
        _ => 0,
    }
}

fn children(parts: &[Record]) -> Vec<Child<'_>> {
    let child = |(name, record)| Child {
        name,
        record: Some(record),
        year: None,
    };
    NAMES.into_iter().zip(parts).map(child).collect()
}

fn failed(report: &Report) -> Vec<(&str, &str)> {
    let key = |it: &'_ xxgk::Finding| it.cells.first().and_then(|cell| cell.key.clone());
    report
        .failed()
        .map(|it| (&*it.rule, key(it)))
        .map(|(rule, key)| {
            (
                rule,
                key.map_or("", |key| Box::leak(key.to_string().into_boxed_str())),
            )
        })
        .collect()
}

fn parts() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec(national::consistent(National2021::form()), 3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_sum_holds_and_one_wrong_cell_is_found(parts in parts(), at in any::<prop::sample::Index>(), by in 1..1000_u64) {
        let form = National2021::form();
        let mut total = sum(&parts);
        let report = rollup(&total, None, &children(&parts));
        prop_assert_eq!(report.counts.rules, 197);
        prop_assert!(report.findings.is_empty(), "{:?}", report);
        let adding: Vec<_> = form.indicators().iter().filter(|it| it.adds() && it.unit() != "万元").collect();
        let cell = at.get(&adding);
        let before = count(&total, cell.key());
        total.set(cell.key(), Some(Value::Count(before + by))).unwrap();
        let report = rollup(&total, None, &children(&parts));
        prop_assert_eq!(failed(&report), vec![("U001", cell.key())]);
        let finding = &report.findings[0];
        prop_assert_eq!(finding.sides.unwrap(), [before + by, before, by].map(i128::from));
        let sources: Vec<_> = finding.cells.iter().map(|it| it.source.as_deref()).collect();
        prop_assert_eq!(sources, vec![None, Some("甲县"), Some("乙县"), Some("丙县")]);
    }

    #[test]
    fn a_missing_part_is_named_and_leaves_the_sums_open(parts in parts()) {
        let total = sum(&parts);
        let mut children = children(&parts);
        children[1].record = None;
        let report = rollup(&total, None, &children);
        prop_assert_eq!(failed(&report), vec![("U002", "")]);
        prop_assert!(report.findings[0].message.zh.contains("3个下级中缺1个的报告：乙县"));
        prop_assert_eq!(report.counts.undetermined, 197);
        let open = report.findings.iter().find(|it| it.outcome == Outcome::Undetermined).unwrap();
        prop_assert!(open.message.zh.contains("乙县"));
    }
}

#[test]
fn a_sum_that_is_already_too_large_is_found_though_a_part_is_missing() {
    let (key, form) = ("requests.received.total", National2021::form());
    let with = |count| {
        let mut record = Record::new(form.clone());
        record.set(key, Some(Value::Count(count))).unwrap();
        record
    };
    let (parent, one) = (with(10), with(11));
    let known = Child {
        name: "甲县",
        record: Some(&one),
        year: None,
    };
    let lost = Child {
        name: "乙县",
        record: None,
        year: None,
    };
    assert_eq!(
        failed(&rollup(&parent, None, &[known, lost])),
        [("U002", ""), ("U001", key)]
    );
    assert_eq!(
        failed(&rollup(&with(12), None, &[known, lost])),
        [("U002", "")]
    );
}

#[test]
fn the_part_that_explains_a_difference_is_named() {
    let (key, form) = ("requests.received.total", National2021::form());
    let with = |count| {
        let mut record = Record::new(form.clone());
        record.set(key, Some(Value::Count(count))).unwrap();
        record
    };
    let parts = [with(120), with(37), with(205)];
    let message = |parent: u64| {
        let report = rollup(&with(parent), None, &children(&parts));
        report.failed().next().unwrap().message.clone()
    };
    for (parent, explanation) in [
        (120 + 205, "“乙县”的数可能漏加了。"),
        (120 + 2 * 37 + 205, "“乙县”的数可能加了两次。"),
        (1200 + 37 + 205, "“甲县”的数可能差了10倍或10000倍。"),
        (12 + 37 + 205, "“甲县”的数可能差了10倍或10000倍。"),
        (363, "请核对。"),
    ] {
        let zh = message(parent).zh;
        assert!(zh.ends_with(explanation), "{parent}: {zh}");
    }
    assert_eq!(
        message(325).en,
        "“本年新收政府信息公开申请数量（总计）” is 325 件, but its parts sum to 362: a difference of 37. The level above must equal \
         the sum of its parts: check them. “乙县” may have been left out."
    );
}

#[test]
fn what_does_not_add_is_left_alone() {
    let form = National2021::form();
    let mut parent = Record::new(form.clone());
    parent
        .set("disclosure.rules.issued", Some(Value::Count(5)))
        .unwrap();
    let child = Record::new(form.clone());
    let report = rollup(
        &parent,
        None,
        &[Child {
            name: "甲县",
            record: Some(&child),
            year: None,
        }],
    );
    assert!(failed(&report).is_empty());
}

/// Amounts are added exactly, and nothing overflows however large the figures.
#[test]
fn sums_are_exact() {
    let (key, form) = ("disclosure.fees.collected", National2021::form());
    let with = |amount: &str| {
        let mut record = Record::new(form.clone());
        record
            .set(key, Some(Value::Amount(amount.parse().unwrap())))
            .unwrap();
        record
    };
    let parts = [with("0.1"), with("0.2")];
    assert!(failed(&rollup(&with("0.3"), None, &children(&parts))).is_empty());
    assert_eq!(
        failed(&rollup(&with("0.30000001"), None, &children(&parts))),
        [("U001", key)]
    );
    let (most, count) = ("1000000000000000", "requests.received.total");
    let mut large = with(most);
    large.set(count, Some(Value::Count(u64::MAX))).unwrap();
    let parts = [large.clone(), large.clone(), large.clone()];
    let report = rollup(&large, None, &children(&parts));
    assert_eq!(failed(&report), [("U001", key), ("U001", count)]);
    assert_eq!(
        report.failed().nth(1).unwrap().sides.unwrap()[1].to_string(),
        "55340232221128654845"
    );
}

/// A part of another year, or on another form, is named and left out: its figures are not those of the whole.
#[test]
fn a_part_of_another_year_or_form_is_not_compared() {
    let key = "requests.received.total";
    let with = |form: &std::sync::Arc<xxgk::Form>, count| {
        let mut record = Record::new(form.clone());
        record.set(key, Some(Value::Count(count))).unwrap();
        record
    };
    let (of_2021, of_2019) = (National2021::form(), National2019::form());
    let (parent, one) = (with(of_2021, 10), with(of_2021, 4));
    let (other_form, other_year) = (with(of_2019, 9), with(of_2021, 9));
    let child = |name, record, year| Child {
        name,
        record: Some(record),
        year,
    };
    let children = [
        child("甲县", &one, Some(2024)),
        child("乙县", &other_year, Some(2023)),
        child("丙县", &other_form, None),
    ];
    let report = rollup(&parent, Some(2024), &children);
    assert_eq!(failed(&report), [("U003", "")]);
    assert!(
        report.findings[0]
            .message
            .zh
            .starts_with("“乙县”“丙县”的报告与汇总的报告年度不同")
    );
    // What the others have is already more than the whole.
    let report = rollup(&with(of_2021, 3), Some(2024), &children);
    assert_eq!(failed(&report), [("U003", ""), ("U001", key)]);
    // Where a year is not known, it is not another.
    assert_eq!(
        failed(&rollup(&with(of_2021, 13), None, &children[..2])),
        []
    );
}
