//! Forms with columns read back from every layout to the record they were written from, as the form that they are; and what
//! has lost a cell is refused or read right, never wrong.

mod support;

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::layout::Layout;
use support::matrix::{Style, report};
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::strategies::{self, national};
use xxgk::{Form, Options, Outcome, Reading, Record, Table, Value, Verdict, forms, load, read};

fn style() -> impl Strategy<Value = Style> {
    any::<[bool; 6]>().prop_map(
        |[padded, repeated, total_first, short, split, rows]| Style {
            padded,
            repeated,
            total_first,
            short,
            split,
            rows,
        },
    )
}

fn readings(text: &str) -> Vec<Reading> {
    let options = Options::default();
    read(text, forms(), &options).collect()
}

fn suqian(year: u16) -> Record {
    let path = format!("tests/data/suqian-{year}/figures.json");
    let table: National2021 =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    Record::from(table)
}

#[test]
fn real_years_in_every_layout() {
    for year in [2023, 2024] {
        for layout in Layout::ALL {
            for bits in 0..64_u8 {
                let [padded, repeated, total_first, short, split, rows] =
                    [0, 1, 2, 3, 4, 5].map(|bit| bits >> bit & 1 == 1);
                let style = Style {
                    padded,
                    repeated,
                    total_first,
                    short,
                    split,
                    rows,
                };
                let text = report(&suqian(year), layout, style, year);
                let found = readings(&text);
                assert_eq!(found.len(), 1, "{layout:?} {style:?}\n{text}");
                let checked = found[0].check();
                assert_eq!(
                    found[0].record.as_ref(),
                    Some(&suqian(year)),
                    "{layout:?} {style:?}\n{text}\n{:?}",
                    checked.findings.first()
                );
                assert_eq!(
                    checked.verdict(),
                    Verdict::Consistent,
                    "{layout:?} {style:?}\n{text}\n{:?}",
                    checked.findings
                );
                assert_eq!(
                    (checked.year, checked.form.as_deref()),
                    (Some(year), Some("national-2021"))
                );
            }
        }
    }
}

fn any_record() -> impl Strategy<Value = Record> {
    prop_oneof![
        national::consistent(National2021::form()),
        national::consistent(National2019::form()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read(record in any_record(), layout in select(&Layout::ALL[..]), style in style()) {
        let text = report(&record, layout, style, 2022);
        let found = readings(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].record.as_ref(), Some(&record), "{}\n{:?}", text, found[0].findings.first());
        for cell in 0..record.form().cells() {
            let place = found[0].place(cell).unwrap();
            let line = text.split('\n').nth(place.line - 1).unwrap();
            let there: String = line.chars().skip(place.column - 1).collect();
            prop_assert!(there.starts_with(&place.text) && !place.text.is_empty());
        }
    }

    /// Blanks are read as blanks, or the table is refused: no value comes to stand in another cell.
    #[test]
    fn blanks_are_blanks(record in any_record(), layout in select(&Layout::ALL[..]), style in style(), at in prop::collection::vec(any::<Index>(), 1..6)) {
        let mut record = record;
        let form = record.form().clone();
        for at in at {
            let key = form.indicator(at.index(form.cells())).unwrap().key();
            record.set(key, None).unwrap();
        }
        let found = readings(&report(&record, layout, style, 2022));
        prop_assert_eq!(found.len(), 1);
        let said = |it: &xxgk::Finding| matches!(&*it.rule, "S001" | "S021");
        let refused = found[0].findings.iter().any(said);
        match &found[0].record {
            Some(read) if refused => {
                for (read, written) in read.cells().iter().zip(record.cells()) {
                    prop_assert!(read.is_none() || read == written);
                }
            }
            Some(read) => prop_assert_eq!(read, &record),
            None => prop_assert!(refused),
        }
    }

    /// A cell that is lost leaves no value in another cell.
    #[test]
    fn a_lost_cell_is_never_made_up(record in any_record(), layout in select(&Layout::ALL[..]), style in style(), at in any::<Index>()) {
        let text = report(&record, layout, style, 2022);
        let separators: Vec<usize> = text.match_indices(['|', '\t', ',']).map(|(at, _)| at).collect();
        let cells = separators.windows(2).map(|pair| pair[0]..pair[1]);
        let cells: Vec<_> = cells.filter(|cell| !text[cell.clone()].contains('\n')).collect();
        let lost = if cells.is_empty() {
            let lines: Vec<&str> = text.lines().collect();
            let line = at.index(lines.len());
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != line);
            kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
        } else {
            let cell = at.get(&cells);
            format!("{}{}", &text[..cell.start], &text[cell.end..])
        };
        for reading in readings(&lost) {
            let Some(read) = &reading.record else { continue };
            prop_assert_eq!(read.form().id(), record.form().id(), "{}", lost);
            for (cell, value) in read.cells().iter().enumerate() {
                prop_assert!(value.is_none() || *value == record.value(cell), "{}\n{:?}", lost, read.form().indicator(cell));
            }
        }
    }
}

fn two_columns() -> Arc<Form> {
    Arc::new(load(include_str!("data/variant/two-columns.toml")).unwrap())
}

/// A regional variant: rows and a column of its own.
#[test]
fn a_variant_of_two_value_columns_is_read() {
    let form = two_columns();
    proptest!(ProptestConfig::with_cases(60), |(tables in prop::array::uniform2(strategies::consistent()), layout in select(&Layout::ALL[..]))| {
        let mut record = Record::new(form.clone());
        for (table, column) in tables.iter().zip(["departments", "communities"]) {
            let table = Record::from(table);
            for (cell, indicator) in table.form().indicators().iter().enumerate() {
                record.set(&format!("{}.{column}", indicator.key()), table.value(cell)).unwrap();
            }
            for key in ["capacity.leaders", "disclosure.channels.notice_boards"] {
                record.set(&format!("{key}.{column}"), Some(Value::Count(1))).unwrap();
            }
        }
        let mut text = String::from("某区政府信息公开情况统计表(2017年度)\n");
        let header = ["统计指标", "单位", "部门统计数", "社区统计数"].map(String::from);
        text += &layout.row(&header);
        for row in form.rows() {
            let mut line = vec![row.label().to_owned()];
            line.push(if row.cells().is_empty() { "—".into() } else { row.unit().to_owned() });
            let values = row.cells().map(|cell| record.value(cell).unwrap().to_string());
            line.extend(values);
            line.resize(4, "—".to_owned());
            text += &layout.row(&line);
        }
        let options = Options::default();
        let found: Vec<Reading> = read(&text, std::slice::from_ref(&form), &options).collect();
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].record.as_ref(), Some(&record), "{}\n{:?}", text, found[0].findings.first());
        let report = found[0].check();
        prop_assert_eq!((report.verdict(), report.year), (Verdict::Consistent, Some(2017)));
        prop_assert_eq!(&*report.off[0].rule, "R204");
    });
}

#[test]
fn several_reports_of_several_forms_in_one_text() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let old = national::consistent(National2019::form())
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let text = [
        std::fs::read_to_string("tests/data/jilin-2017/rows-piped.txt").unwrap(),
        report(&old, Layout::RowsPiped, Style::default(), 2020),
        report(&suqian(2023), Layout::CellsPiped, Style::default(), 2023),
        report(&suqian(2024), Layout::Tabs, Style::default(), 2024),
    ]
    .concat();
    let found = readings(&text);
    let shown: Vec<_> = found
        .iter()
        .map(|it| (it.form.as_ref().map(|form| form.id()), it.year))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("nine-category"), Some(2017)),
            (Some("national-2019"), Some(2020)),
            (Some("national-2021"), Some(2023)),
            (Some("national-2021"), Some(2024)),
        ]
    );
    assert_eq!(found[3].record.as_ref(), Some(&suqian(2024)));
}

/// A table whose header is lost, or whose columns stand in no certain order, is refused; the rest of the report is read.
#[test]
fn a_header_that_does_not_say_its_columns_is_refused() {
    let text = report(&suqian(2023), Layout::RowsPiped, Style::default(), 2023);
    for (part, old, new) in [
        (
            "requests.",
            "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |",
            "商业企业 | 科研机构 | 社会公益组织 | 其他 |",
        ),
        (
            "requests.",
            "自然人 | 法人或其他组织 | 总计 |",
            "自然人 | 总计 |",
        ),
        ("disputes.", "行政复议 | 行政诉讼 |", "行政复议 |"),
        (
            "requests.",
            "自然人 | 法人或其他组织 | 总计 |",
            "法人或其他组织 | 总计 |",
        ),
    ] {
        let changed = text.replace(old, new);
        assert_ne!(changed, text);
        let found = readings(&changed);
        let finding = &found[0].findings[0];
        assert_eq!(&*finding.rule, "S021");
        assert_eq!(finding.outcome, Outcome::Undetermined);
        let record = found[0].record.as_ref().unwrap();
        let cells = record.form().indicators().iter().zip(record.cells());
        for (indicator, cell) in cells {
            let refused = indicator.key().starts_with(part);
            assert_eq!(cell.is_none(), refused, "{} in {changed}", indicator.key());
        }
    }
}
