//! A misspelt or shortened label is read as the row that it can only be, and said to be one; otherwise its row is unknown. It
//! never puts a value into another row.

mod support;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::consistent;
use support::layout::{Layout, Numbering, Style, relabelled};
use support::matrix::{self, report};
use xxgk::form::Row;
use xxgk::nine_category::NineCategory;
use xxgk::strategies::{self, national};
use xxgk::{Options, Reading, Record, Table, Value, Verdict, forms, national_2021, read};

fn one(text: &str) -> Reading {
    let options = Options::default();
    let form = std::slice::from_ref(NineCategory::form());
    let mut readings: Vec<Reading> = read(text, form, &options).collect();
    assert_eq!(readings.len(), 1, "{text}");
    readings.remove(0)
}

fn rules(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|it| &*it.rule).collect()
}

/// The rows with a value, by their index.
fn rows() -> Vec<(usize, &'static Row)> {
    let rows = NineCategory::form().rows().iter().enumerate();
    rows.filter(|(_, row)| !row.cells().is_empty()).collect()
}

/// A slip of the pen, at the letter that `at` picks.
#[derive(Clone, Copy, Debug)]
enum Slip {
    Substitute(char),
    Insert(char),
    Delete,
    Transpose,
}

impl Slip {
    fn make(self, label: &str, at: Index) -> String {
        let mut chars: Vec<char> = label.chars().collect();
        let numeral = |c: char| "一二三四五六七八九十".contains(c);
        let is_letter = |at: &usize| chars[*at] >= '\u{4e00}' && !numeral(chars[*at]);
        let letters: Vec<usize> = (0..chars.len()).filter(is_letter).collect();
        let Some(place) = letters.get(at.index(letters.len().max(1))) else {
            return label.to_owned();
        };
        match self {
            Slip::Substitute(c) => chars[*place] = c,
            Slip::Insert(c) => chars.insert(*place, c),
            Slip::Delete => _ = chars.remove(*place),
            Slip::Transpose if place + 1 < chars.len() => chars.swap(*place, place + 1),
            Slip::Transpose => {}
        }
        chars.into_iter().collect()
    }
}

/// Whether a slip has made another label of the form: 不同意公开答复数 without 不.
fn is_a_label(written: &str) -> bool {
    let written: String = written.chars().filter(|c| c.is_alphanumeric()).collect();
    let number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let name = written.trim_start_matches(number);
    rows().iter().any(|(_, row)| row.name() == name)
}

fn slip() -> impl Strategy<Value = Slip> {
    // The letters of other labels are the dangerous ones.
    let labels = NineCategory::form().rows().iter();
    let mut letters: Vec<char> = labels.flat_map(|row| row.name().chars()).collect();
    letters.extend("清某情蜜措申".chars());
    prop_oneof![
        4 => select(letters.clone()).prop_map(Slip::Substitute),
        1 => select(letters).prop_map(Slip::Insert),
        1 => Just(Slip::Delete),
        1 => Just(Slip::Transpose),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_slip_of_the_pen_never_moves_a_value(
        filled in prop_oneof![3 => strategies::consistent(), 1 => strategies::with_blanks()],
        layout in select(&Layout::ALL[..]),
        numbering in select(&Numbering::ALL[..]),
        [notes, spaced] in any::<[bool; 2]>(),
        row in select(rows()),
        slips in prop::collection::vec((slip(), any::<Index>()), 1..=2),
    ) {
        let record = Record::from(&filled);
        let style = Style { numbering, notes, spaced, ..Style::FORM };
        let mut written = String::new();
        let text = relabelled(&record, layout, style, |index, label| match index == row.0 {
            true => {
                written = slips.iter().fold(label, |label, (slip, at)| slip.make(&label, *at));
                written.clone()
            }
            false => label,
        });
        let reading = one(&text);
        let rules = rules(&reading);
        let Some(read) = &reading.record else {
            prop_assert!(rules == ["S021"], "{}\n{:?}", text, reading.findings);
            return Ok(());
        };
        for (cell, value) in read.cells().iter().enumerate() {
            prop_assert!(value.is_none() || *value == record.value(cell), "{}\n{:?}", text, reading.findings);
        }
        let said = rules.iter().filter(|rule| **rule == "S012").count();
        let missing = rules.contains(&"S001");
        prop_assert!(said + usize::from(missing) <= 1, "{}\n{:?}", text, reading.findings);
        if said == 1 {
            prop_assert_eq!(read, &record, "{}\n{:?}", text, reading.findings);
            let finding = reading.findings.iter().find(|it| &*it.rule == "S012").unwrap();
            let cell = &finding.cells[0];
            prop_assert_eq!(cell.key.as_deref(), Some(row.1.key()));
            prop_assert_eq!(&*cell.place.as_ref().unwrap().text, written.trim());
            for message in [&finding.message.zh, &finding.message.en] {
                prop_assert!(message.contains(written.trim()) && message.contains(row.1.name()), "{}", message);
            }
        }
    }

    /// Any two labels at once, so that neighbours and labels that stand twice may be hit together.
    #[test]
    fn nor_do_several(
        filled in strategies::consistent(),
        layout in select(&Layout::ALL[..]),
        first in select(rows()),
        apart in 1..9_usize,
        slips in prop::collection::vec((slip(), any::<Index>()), 3),
    ) {
        let record = Record::from(&filled);
        let text = relabelled(&record, layout, Style::FORM, |index, label| {
            let hit = index.checked_sub(first.0).filter(|it| it % apart == 0);
            let slip = hit.and_then(|it| slips.get(it / apart));
            let written = slip.map(|(slip, at)| slip.make(&label, *at));
            written.filter(|it| !is_a_label(it)).unwrap_or(label)
        });
        let Some(read) = one(&text).record else { return Ok(()) };
        for (cell, value) in read.cells().iter().enumerate() {
            prop_assert!(value.is_none() || *value == record.value(cell), "{}", text);
        }
    }

    /// The rows of a report on a form with columns.
    #[test]
    fn nor_in_rows_with_columns(
        record in national::consistent(national_2021::National2021::form()),
        layout in select(&Layout::ALL[..]),
        flags in any::<[bool; 4]>(),
        at in any::<Index>(),
        slips in prop::collection::vec((slip(), any::<Index>()), 1..=2),
    ) {
        let form = record.form().clone();
        let [padded, repeated, split, rows] = flags;
        let style = matrix::Style { padded, repeated, split, rows, ..matrix::Style::default() };
        let text = report(&record, layout, style, 2023);
        let row = at.get(form.rows());
        let written = slips.iter().fold(row.label().to_owned(), |label, (slip, at)| slip.make(&label, *at));
        let changed = text.replacen(row.label(), &written, 1);
        let options = Options::default();
        for reading in read(&changed, forms(), &options) {
            let Some(read) = &reading.record else { continue };
            prop_assert_eq!(read.form().id(), form.id());
            for (cell, value) in read.cells().iter().enumerate() {
                prop_assert!(value.is_none() || *value == record.value(cell), "{}\n{:?}", changed, reading.findings);
            }
        }
    }
}

/// The label with one letter of its name replaced, for each of them.
fn with_one_wrong_letter(row: &Row) -> Vec<String> {
    let (before, name) = row.label().split_at(row.label().find(row.name()).unwrap());
    let letters = name.char_indices().filter(|(_, c)| c.is_alphabetic());
    let wrong =
        |(at, c): (usize, char)| format!("{before}{}某{}", &name[..at], &name[at + c.len_utf8()..]);
    letters.map(wrong).collect()
}

/// Nearly every label of some length is still known with any one of its letters replaced.
#[test]
fn one_wrong_letter_in_a_long_label_is_seen_through() {
    let record = consistent();
    for layout in [
        Layout::RowsEnclosed,
        Layout::CellsPiped,
        Layout::CellsPlain,
        Layout::Csv,
    ] {
        let (mut all, mut refused) = (0, Vec::new());
        for (at, row) in rows() {
            for written in with_one_wrong_letter(row) {
                if row.name().chars().count() < 6 {
                    continue;
                }
                let text = relabelled(&record, layout, Style::FORM, |index, label| {
                    match index == at {
                        true => written.clone(),
                        false => label,
                    }
                });
                let reading = one(&text);
                all += 1;
                if rules(&reading) != ["S012"] {
                    refused.push(written);
                } else {
                    assert_eq!(reading.record.as_ref(), Some(&record));
                    assert_eq!(reading.check().verdict(), Verdict::Query);
                }
            }
        }
        // 政务微博 and 政务微信, 同意 and 不同意, are as near to each other.
        let expected = [
            "3.政务微某公开政府信息数",
            "4.政务微某公开政府信息数",
            "4.某同意公开答复数",
        ];
        assert_eq!(
            (refused, all),
            (expected.map(String::from).into(), 462),
            "{layout:?}"
        );
    }
}

/// A table in which rows of the same label hold different figures.
fn distinct() -> Record {
    let mut record = consistent();
    support::set(
        &mut record,
        &[
            ("reconsideration.corrected", 7),
            ("litigation.corrected", 9),
        ],
    );
    record
}

/// Its text, with other labels for the rows of some keys.
fn with(layout: Layout, labels: &[(&str, &str)]) -> String {
    relabelled(&distinct(), layout, Style::FORM, |index, label| {
        let key = NineCategory::form().rows()[index].key();
        let found = labels.iter().find(|(other, _)| *other == key);
        found.map_or(label, |(_, label)| (*label).to_owned())
    })
}

#[test]
fn labels_that_stand_twice_are_told_apart_by_their_place() {
    let both = [
        ("reconsideration.corrected", "(二)被依法纠措数"),
        ("litigation.corrected", "(二)被依发纠错数"),
    ];
    for layout in Layout::ALL {
        for labels in [&both[..], &both[..1], &both[1..]] {
            let reading = one(&with(layout, labels));
            assert_eq!(rules(&reading), vec!["S012"; labels.len()], "{layout:?}");
            assert_eq!(reading.record, Some(distinct()));
        }
    }
    // Without the rows around them nothing says which of the two a single one is.
    let text = with(Layout::RowsEnclosed, &both[..1]);
    let around = [
        "维持具体",
        "五、行政诉讼",
        "其他情形数",
        "驳回原告",
        "被依法纠错数",
    ];
    let kept = text
        .lines()
        .filter(|line| !around.iter().any(|it| line.contains(it)));
    let reading = one(&kept.map(|line| format!("{line}\n")).collect::<String>());
    assert!(rules(&reading).contains(&"S007"));
    assert_eq!(
        reading.record.unwrap().get("litigation.corrected").unwrap(),
        None
    );
}

#[test]
fn a_row_of_a_region_that_looks_like_one_of_the_form_is_unknown() {
    for layout in Layout::ALL {
        for (before, row) in [
            ("4.信函申请数", ["网站申请数", "件", "5"]),
            ("4.信函申请数", ["网络申请", "件", "5"]),
            ("(三)申请答复数", ["延期办结", "件", "2"]),
        ] {
            let text = with(layout, &[]);
            let line = text[..text.find(before).unwrap()].rfind('\n').unwrap() + 1;
            let row_more = layout.row(&row.map(String::from));
            let reading = one(&format!("{}{row_more}{}", &text[..line], &text[line..]));
            assert_eq!(rules(&reading), ["S007"], "{layout:?} {row:?}");
            assert_eq!(reading.record, Some(distinct()));
        }
    }
}

/// The table with another row in the place of 网络申请数, before the row that is given.
fn replaced(before: &str, row: &str) -> Reading {
    let mut out = String::new();
    for line in with(Layout::RowsEnclosed, &[]).lines() {
        if line.contains(before) {
            out += &format!("| {row} |\n");
        }
        if !line.contains("网络申请数") {
            out += &format!("{line}\n");
        }
    }
    one(&out)
}

#[test]
fn what_speaks_against_a_spelling() {
    let next = "4.信函申请数";
    for row in [
        "3.网站申请数 | 件 | 5",
        "网络申清数 | 件 | 5",
        "③网络申请 | 条 | 5",
        "网络申请数量 | 件 | 5",
    ] {
        let reading = replaced(next, row);
        assert!(rules(&reading).contains(&"S012"), "{row}");
        assert_eq!(reading.record, Some(distinct()), "{row}");
    }
    for (before, row) in [
        (next, "4.网站申请数 | 件 | 5"),
        (next, "网站申请数 | 万元 | 5"),
        ("1.当面申请数", "网站申请数 | 件 | 5"),
        ("(二)申请办结数", "网站申请数 | 件 | 5"),
        (next, "网上受理数 | 件 | 5"),
        (next, "申请数 | 件 | 5"),
        (next, "网络 | 件 | 5"),
        (next, "网站申请数 | 件 | 5 |\n| 网上申请数 | 件 | 6"),
    ] {
        let reading = replaced(before, row);
        let rules = rules(&reading);
        let times = |rule: &str| rules.iter().filter(|it| **it == rule).count();
        assert_eq!((times("S001"), times("S012")), (1, 0), "{row}: {rules:?}");
        assert_eq!(times("S007"), row.lines().count(), "{row}: {rules:?}");
        let mut expected = distinct();
        expected.set("requests.received.online", None).unwrap();
        assert_eq!(reading.record, Some(expected), "{row}");
    }
}

#[test]
fn a_shortened_label_is_read_where_it_begins_one_only() {
    let shortened = [
        ("requests.received.total", "(一)收到申请"),
        ("disclosure.channels.website", "政府网站公开"),
        ("litigation.upheld_or_dismissed", "维持具体行政行为或者驳回"),
        ("meetings_and_training.training_courses", "举办各类培训班"),
    ];
    for layout in Layout::ALL {
        let reading = one(&with(layout, &shortened));
        assert_eq!(rules(&reading), ["S012"; 4], "{layout:?}");
        assert_eq!(reading.record, Some(distinct()));
    }
}

#[test]
fn the_message_names_both_spellings() {
    let reading = one(&with(
        Layout::RowsPiped,
        &[("requests.received.total", "(一)收到申清数")],
    ));
    let finding = &reading.check().findings[0];
    let zh = "“(一)收到申清数”不是表式的写法，按“收到申请数”审核，请核对并改正。";
    assert_eq!(finding.message.zh, zh);
    let cell = &finding.cells[0];
    let named = (cell.key.as_deref(), cell.code.as_deref(), &*cell.label);
    assert_eq!(
        named,
        (Some("requests.received.total"), Some("3.1"), "收到申请数")
    );
    assert_eq!(cell.value, Some(Value::Count(27)));
    let place = cell.place.as_ref().unwrap();
    assert_eq!((place.column, &*place.text), (1, "(一)收到申清数"));
}

#[test]
fn a_row_with_columns() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let records = national::consistent(national_2021::National2021::form());
    let record = records.new_tree(&mut runner).unwrap().current();
    let style = matrix::Style {
        repeated: true,
        ..matrix::Style::default()
    };
    for layout in [
        Layout::RowsPiped,
        Layout::RowsEnclosed,
        Layout::Markdown,
        Layout::Tabs,
        Layout::Csv,
    ] {
        let text = report(&record, layout, style, 2023);
        for (old, new) in [
            ("1.属于国家秘密", "1.属于国家秘蜜"),
            ("行政处罚", "行政处法"),
            ("6.属于四类过程性信息", "6.四类过程信息"),
            (
                "二、上年结转政府信息公开申请数量",
                "二、上年结转政府信息公开申请",
            ),
        ] {
            let changed = text.replace(old, new);
            assert_ne!(changed, text);
            let options = Options::default();
            let readings: Vec<Reading> = read(&changed, forms(), &options).collect();
            assert_eq!(rules(&readings[0]), ["S012"], "{layout:?} {new} {changed}");
            assert_eq!(readings[0].record.as_ref(), Some(&record));
            let row = record
                .form()
                .rows()
                .iter()
                .find(|row| row.label() == old)
                .unwrap();
            assert_eq!(readings[0].findings[0].cells.len(), row.cells().len());
        }
    }
}

/// With very many unknown rows none is looked up; time is bounded as in `hostile.rs`.
#[test]
fn unknown_rows_without_end() {
    let text = with(
        Layout::RowsEnclosed,
        &[("requests.received.total", "(一)收到申清数")],
    );
    let many = |rows: usize| text.clone() + &"| 某某数 | 件 | 1 |\n".repeat(rows);
    assert!(rules(&one(&many(31))).contains(&"S012"));
    assert!(!rules(&one(&many(32))).contains(&"S012"));
    assert_eq!(rules(&one(&many(10_000))), ["S021"]);
    let unknown = "| 收到申清数 | 件 | 1 |\n| 政务微傅公开政府信息数 | 条 | 1 |\n".repeat(15);
    let table = text + &unknown;
    let tables = table.repeat((4 << 20) / table.len());
    let options = Options::default();
    let reports = read(&tables, forms(), &options).map(|it| it.check());
    assert!(
        reports
            .map(|it| it.verdict())
            .all(|it| it != Verdict::Consistent)
    );
}
