//! A table with a column for each of several years is a table of each year.

mod support;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::consistent;
use support::layout::Layout;
use xxgk::nine_category::NineCategory;
use xxgk::{
    Document, Grid, GridCell, Options, Reading, Record, Table, Value, Verdict, read, read_document,
    strategies,
};

const HEADINGS: [[&str; 2]; 5] = [
    ["2016年", "2017年"],
    ["2016年统计数", "2017年统计数"],
    ["2016年度", "2017年度"],
    ["２０１６年", "２０１７年"],
    ["二〇一六年度", "二〇一七年度"],
];

/// The lines of a table with a column for each record.
fn lines(records: &[Record], headings: &[&str], remarks: bool) -> Vec<Vec<String>> {
    let remark = |text: &str| remarks.then(|| text.to_owned());
    let header = ["统计指标", "单位"]
        .into_iter()
        .chain(headings.iter().copied());
    let mut out = vec![header.map(String::from).chain(remark("备注")).collect()];
    for row in NineCategory::form().rows() {
        let cell = row.cells().next();
        let unit = if cell.is_none() { "—" } else { row.unit() };
        let mut line = vec![row.label().to_owned(), unit.to_owned()];
        for record in records {
            let value = cell.and_then(|cell| record.value(cell));
            line.push(value.map(|value| value.to_string()).unwrap_or_default());
        }
        line.extend(remark(if cell == Some(3) { "见附注" } else { "" }));
        out.push(line);
    }
    out
}

fn text(lines: &[Vec<String>], layout: Layout) -> String {
    lines.iter().map(|line| layout.row(line)).collect()
}

fn readings(text: &str, column: Option<&str>) -> Vec<Reading> {
    let options = Options {
        value_column: column.map(String::from),
        ..Options::default()
    };
    read(text, xxgk::forms(), &options).collect()
}

fn rules(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|it| &*it.rule).collect()
}

fn two() -> [Record; 2] {
    let mut last = consistent();
    support::set(
        &mut last,
        &[("requests.received.fax", 2), ("complaints", 5)],
    );
    [last, consistent()]
}

/// Whether a layout says of every cell where it stands, blank or with a remark.
fn is_certain(layout: Layout, blanks: bool, remarks: bool) -> bool {
    match layout {
        Layout::CellsPlain | Layout::CellsSpaced => !blanks && !remarks,
        Layout::CellsPiped => !remarks,
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn each_year_is_read(
        filled in prop::array::uniform3(prop_oneof![strategies::consistent(), strategies::with_blanks()]),
        years in 2..=3_usize,
        layout in select(&Layout::ALL[..]),
        headings in select(&HEADINGS[..]),
        remarks in any::<bool>(),
    ) {
        let records: Vec<Record> = filled.iter().take(years).map(Record::from).collect();
        let headings: Vec<&str> = headings.iter().copied().chain(["2018年"]).take(years).collect();
        let blanks = records.iter().any(|record| record.cells().contains(&None));
        let text = format!("某局2018年政府信息公开工作年度报告\n{}", text(&lines(&records, &headings, remarks), layout));
        let found = readings(&text, None);
        if !is_certain(layout, blanks, remarks) {
            for reading in &found {
                if let Some(read) = &reading.record {
                    let year = usize::from(reading.year.unwrap());
                    prop_assert_eq!(Some(read), records.get(year - 2016));
                }
            }
            return Ok(());
        }
        prop_assert_eq!(found.len(), years, "{}", text);
        for ((reading, record), year) in found.iter().zip(&records).zip(2016..) {
            prop_assert_eq!(reading.record.as_ref(), Some(record), "{}\n{:?}", text, reading.findings);
            prop_assert_eq!(reading.year, Some(year));
            let blanks = record.cells().iter().filter(|cell| cell.is_none()).count();
            prop_assert_eq!(rules(reading), vec!["S008"; blanks]);
            for (cell, value) in record.cells().iter().enumerate() {
                let (Some(value), Some(place)) = (value, reading.place(cell)) else { continue };
                prop_assert_eq!(&place.text, &value.to_string());
                let line = text.split('\n').nth(place.line - 1).unwrap();
                let there: String = line.chars().skip(place.column - 1).collect();
                prop_assert!(there.starts_with(&place.text));
            }
        }
    }

    /// With a cell lost, anywhere, no value comes to stand in another year or row.
    #[test]
    fn a_lost_cell_is_never_made_up(
        filled in prop::array::uniform2(strategies::consistent()),
        layout in select(&Layout::ALL[..]),
        headings in select(&HEADINGS[..]),
        remarks in any::<bool>(),
        row in any::<Index>(),
        cell in any::<Index>(),
    ) {
        let records = filled.each_ref().map(Record::from);
        let mut lines = lines(&records, &headings, remarks);
        let row = row.index(lines.len());
        let cell = cell.index(lines[row].len());
        let lost = lines[row].remove(cell);
        let text = text(&lines, layout);
        for reading in readings(&text, None) {
            let Some(read) = &reading.record else { continue };
            let whole = match reading.year {
                Some(year) => &records[usize::from(year) - 2016],
                None => {
                    prop_assert!(row == 0);
                    continue;
                }
            };
            for (value, whole) in read.cells().iter().zip(whole.cells()) {
                prop_assert!(value.is_none() || value == whole, "{} {} {}\n{}", row, cell, lost, text);
            }
        }
    }
}

#[test]
fn the_years_are_checked_each_for_itself() {
    for layout in Layout::ALL {
        for headings in HEADINGS {
            let text = text(&lines(&two(), &headings, false), layout);
            let found = readings(&text, None);
            let reports: Vec<_> = found.iter().map(Reading::check).collect();
            let shown: Vec<_> = reports.iter().map(|it| (it.year, it.verdict())).collect();
            let expected = [
                (Some(2016), Verdict::Inconsistent),
                (Some(2017), Verdict::Consistent),
            ];
            assert_eq!(shown, expected, "{layout:?} {headings:?}");
            let failed = reports[0].finding("R301").unwrap();
            let place = failed.cells[2].place.as_ref().unwrap();
            assert_eq!(&*place.text, "2");
            let json = reports
                .iter()
                .map(|report| serde_json::to_string(report).unwrap());
            assert!(json.collect::<std::collections::HashSet<_>>().len() == 2);
        }
    }
}

#[test]
fn the_newer_year_may_stand_first_and_one_may_be_named() {
    let [last, this] = two();
    let lines = lines(&[this.clone(), last.clone()], &["2017年", "2016年"], true);
    let text = text(&lines, Layout::RowsPiped);
    let years = |column| -> Vec<_> {
        let found = readings(&text, column).into_iter();
        found
            .map(|it| (it.year, it.record, it.findings.len()))
            .collect()
    };
    let (last, this) = ((Some(2016), Some(last), 0), (Some(2017), Some(this), 0));
    assert_eq!(years(None), [this.clone(), last.clone()]);
    assert_eq!(years(Some("2016年")), [last]);
    assert_eq!(years(Some("2017年")), [this]);
    assert_eq!(years(Some("2015年"))[0].1, None);
}

#[test]
fn a_row_that_lacks_a_cell_refuses_the_table() {
    for layout in Layout::ALL {
        for cell in 1..4 {
            let mut lines = lines(&two(), &HEADINGS[0], false);
            let row = lines
                .iter()
                .position(|line| line[0].contains("传真申请数"))
                .unwrap();
            lines[row].remove(cell);
            let found = readings(&text(&lines, layout), None);
            assert_eq!(found.len(), 1, "{layout:?} {cell}");
            assert_eq!(rules(&found[0]), ["S021"], "{layout:?} {cell}");
        }
    }
}

#[test]
fn columns_that_are_not_all_years_of_their_own_are_as_they_were() {
    let of = |headings: [&str; 2]| {
        readings(
            &text(&lines(&two(), &headings, false), Layout::RowsPiped),
            None,
        )
    };
    for headings in [
        ["2017年统计数", "2017年度统计数"],
        ["上年统计数", "2017年统计数"],
    ] {
        let found = of(headings);
        assert_eq!(
            (found.len(), rules(&found[0])),
            (1, vec!["S013"]),
            "{headings:?}"
        );
        assert_eq!(found[0].record, Some(consistent()));
    }
    // Beside the change against it, the only year is that of the table.
    let found = of(["2017年", "增减"]);
    assert_eq!(
        (found[0].year, rules(&found[0])),
        (Some(2017), vec!["S013"])
    );
    assert_eq!(rules(&of(["2016年", "某某"])[0]), ["S021"]);
}

/// What one page says of its columns is not taken to hold of the next, whose header differs.
#[test]
fn a_header_of_other_years_begins_another_table() {
    let [last, this] = two();
    let records = [last.clone(), this.clone()];
    let first = lines(&records, &["2016年", "2017年"], false);
    let at = first
        .iter()
        .position(|line| line[0].contains("三、依申请"))
        .unwrap();
    let page = |headings: [&str; 2]| {
        let again = ["统计指标", "单位", headings[0], headings[1]].map(String::from);
        let mut lines = first.clone();
        lines.insert(at, again.into());
        text(&lines, Layout::RowsPiped)
    };
    let found = readings(&page(["2016年", "2017年"]), None);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].record.as_ref(), Some(&this));
    for headings in [
        ["2017年", "2016年"],
        ["2015年", "2016年"],
        ["2016年", "增减"],
    ] {
        for reading in readings(&page(headings), None) {
            let Some(read) = &reading.record else {
                continue;
            };
            let received = read.get("requests.received.fax").unwrap();
            if let (Some(value), true) = (received, headings.contains(&"增减")) {
                assert_eq!((reading.year, value), (Some(2016), Value::Count(2)));
            }
            if let (Some(value), true) = (received, headings[0] == "2017年") {
                let swapped = if reading.year == Some(2017) { 2 } else { 1 };
                assert_eq!(value, Value::Count(swapped));
            }
        }
    }
}

/// The year below a title, where cells stand one a line, is not the heading of a column.
#[test]
fn a_single_year_is_that_of_the_table() {
    let lines = lines(&[consistent()], &["统计数"], false);
    let table = text(&lines, Layout::CellsPlain);
    for year in ["2017年度", "(2017年度)"] {
        let found = readings(
            &table.replacen("统计数\n", &format!("统计数\n{year}\n"), 1),
            None,
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].year, &found[0].record),
            (Some(2017), &Some(consistent()))
        );
    }
}

/// A merged heading with the years below it.
#[test]
fn years_below_a_merged_heading() {
    let lines = lines(&two(), &["统计数", ""], false);
    let mut grid = Grid::new();
    let years = ["", "", "2016年", "2017年"].map(String::from).to_vec();
    let all = [&lines[..1], &[years], &lines[1..]].concat();
    for (row, line) in all.iter().enumerate() {
        for (column, text) in line.iter().enumerate() {
            grid.cells.push(GridCell::new(row, column, text.clone()));
        }
    }
    let mut document = Document::new();
    document.table(&grid);
    let options = Options::default();
    let merged: Vec<Reading> = read_document(&document, xxgk::forms(), &options).collect();
    for found in [merged, readings(&text(&all, Layout::RowsEnclosed), None)] {
        let read: Vec<_> = found
            .iter()
            .map(|it| (it.year, it.record.clone()))
            .collect();
        let [last, this] = two();
        assert_eq!(read, [(Some(2016), Some(last)), (Some(2017), Some(this))]);
    }
}

/// The sentences of a report are about the year in its title.
#[test]
fn sentences_are_about_the_year_of_the_report() {
    let lines = lines(&two(), &HEADINGS[0], false);
    let table = text(&lines, Layout::RowsPiped);
    let text = format!("某局2017年政府信息公开工作年度报告\n2017年共收到申请26件。\n{table}");
    let found = readings(&text, None);
    let claimed: Vec<_> = found
        .iter()
        .map(|it| (it.year, it.claims.is_some()))
        .collect();
    assert_eq!(claimed, [(Some(2016), false), (Some(2017), true)]);
}
