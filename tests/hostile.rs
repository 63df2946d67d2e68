//! Whatever comes in, a finding or a clear error comes out: no panic, bounded time, bounded memory.
//!
//! Time is bounded by the sizes below, not by a clock: a test that took more than a fraction of a second here would be
//! quadratic.

mod support;

use proptest::prelude::*;
use support::consistent;
use support::layout::{Layout, Style, table};
use xxgk::nine_category::NineCategory;
use xxgk::{Options, Report, Table, Verdict, read};

fn reports(text: &str) -> Vec<Report> {
    let options = Options::default();
    read(text, xxgk::forms(), &options)
        .map(|reading| reading.check())
        .collect()
}

#[track_caller]
fn unreadable(text: &str) {
    let reports = reports(text);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].verdict(), Verdict::Unreadable);
    assert!(!reports[0].findings.is_empty());
}

const MEGABYTE: usize = 1 << 20;

#[test]
fn megabytes_of_anything() {
    for scrap in [
        "|",
        "|\n",
        "\t",
        "\t\n",
        ",",
        ",\n",
        "\"",
        "\",\n",
        "0|\n",
        "a|b\n",
        "件\n",
        "—\n",
        "统计指标\n",
        "统计指标|单位|统计数\n",
        "收到申请数|件|\n",
        "收到申请数\n件\n",
        "被依法纠错数|件|0\n",
        "2017年",
        "(",
        "9",
        "\0",
        "\u{200b}",
        "政府信息公开情况统计表\n",
        "自然人\n",
        "自然人|法人或其他组织|总计|\n",
        "行政复议\n",
        "规章|0|0|0|\n",
        "规章\n0\n0\n0\n",
        "总计\n0\n",
        "3.其他|1|\n",
        "本年制发件数\n规章\n",
    ] {
        let text = scrap.repeat(8 * MEGABYTE / scrap.len());
        assert!(!reports(&text).is_empty(), "{scrap:?}");
    }
}

#[test]
fn far_more_rows_than_the_form_has() {
    unreadable(&"| 收到申请数 | 件 | 27 |\n".repeat(10_000));
    let rows = table(&consistent(), Layout::RowsEnclosed, Style::FORM);
    let (first, rest) = rows.split_at(rows.find("| (二)申请办结数").unwrap());
    unreadable(&format!(
        "{first}{}{rest}",
        "| 某某数 | 件 | 1 |\n".repeat(10_000)
    ));
}

#[test]
fn a_value_of_ten_thousand_digits() {
    let rows = table(&consistent(), Layout::RowsEnclosed, Style::FORM);
    let digits = "9".repeat(10_000);
    let text = rows.replace(
        "| 2.传真申请数 | 件 | 1 |",
        &format!("| 2.传真申请数 | 件 | {digits} |"),
    );
    let report = &reports(&text)[0];
    assert_eq!(&*report.findings[0].rule, "S011");
    assert!(
        report.findings[0].message.zh.len() < 1000,
        "the digits are not all repeated"
    );
    let cells = table(&consistent(), Layout::CellsPlain, Style::FORM).replace(
        "2.传真申请数\n件\n1\n",
        &format!("2.传真申请数\n件\n{digits}\n"),
    );
    assert_eq!(&*reports(&cells)[0].findings[0].rule, "S011");
}

#[test]
fn many_tables_in_one_text() {
    let rows = table(&consistent(), Layout::Csv, Style::FORM);
    let reports = reports(&rows.repeat(200));
    assert_eq!(reports.len(), 200);
    assert!(
        reports
            .iter()
            .all(|report| report.verdict() == Verdict::Consistent)
    );
}

proptest! {
    #[test]
    fn scraps_of_tables_in_any_order(
        lines in prop::collection::vec(any::<prop::sample::Index>(), 0..120),
        layout in prop::sample::select(&Layout::ALL[..]),
        noise in ".{0,20}",
    ) {
        let text = table(&consistent(), layout, Style::FORM);
        let all: Vec<&str> = text.lines().chain([noise.as_str(), "统计指标", "2017年度"]).collect();
        let text: String = lines.iter().map(|line| format!("{}\n", line.get(&all))).collect();
        for report in reports(&text) {
            prop_assert!(report.verdict() != Verdict::Unreadable || !report.findings.is_empty());
        }
    }

    /// Whatever two lines are lost, each cell that is read is read right: where a blank cell leaves a trace, that is.
    #[test]
    fn two_lost_lines_never_move_a_value(
        filled in xxgk::strategies::with_blanks(),
        lost in any::<[prop::sample::Index; 2]>(),
        near in 1..8_usize,
        layout in prop::sample::select(&[Layout::CellsPiped, Layout::RowsPiped, Layout::Markdown, Layout::Tabs, Layout::Csv][..]),
        header in any::<bool>(),
    ) {
        let record = xxgk::Record::from(filled);
        let text = table(&record, layout, Style::FORM);
        let lines: Vec<&str> = text.lines().skip(if header { 0 } else { 3 }).collect();
        let first = lost[0].index(lines.len());
        let lost = [first, first + near];
        let rest: String = lines.iter().enumerate().filter(|(i, _)| !lost.contains(i)).map(|(_, line)| format!("{line}\n")).collect();
        let options = Options::default();
        for reading in read(&rest, std::slice::from_ref(NineCategory::form()), &options) {
            let Some(read) = reading.record else { continue };
            for (cell, (before, after)) in record.cells().iter().zip(read.cells()).enumerate() {
                prop_assert!(after.is_none() || before == after, "cell {} after losing lines {:?}", cell, lost);
            }
        }
    }

    /// Whatever single line is lost, each cell that is read is read right.
    #[test]
    fn a_lost_line_never_moves_a_value(
        filled in xxgk::strategies::consistent(),
        lost in any::<prop::sample::Index>(),
        layout in prop::sample::select(&Layout::ALL[..]),
    ) {
        let record = xxgk::Record::from(filled);
        let text = table(&record, layout, Style::FORM);
        let lines: Vec<&str> = text.lines().collect();
        let lost = lost.index(lines.len());
        let rest: String = lines.iter().enumerate().filter(|(i, _)| *i != lost).map(|(_, line)| format!("{line}\n")).collect();
        let options = Options::default();
        for reading in read(&rest, std::slice::from_ref(NineCategory::form()), &options) {
            let Some(read) = reading.record else { continue };
            for (cell, (before, after)) in record.cells().iter().zip(read.cells()).enumerate() {
                prop_assert!(after.is_none() || before == after, "cell {} after losing {:?}", cell, lines[lost]);
            }
        }
    }
}
