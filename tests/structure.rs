//! What is not as it should be in a document is said, at its place, and nothing is guessed.

mod support;

use support::consistent;
use support::layout::{Layout, Style, table};
use xxgk::nine_category::NineCategory;
use xxgk::{Lang, Options, Reading, Report, Severity, Table, Value, Verdict, read};

fn readings(text: &str) -> Vec<Reading> {
    let options = Options::default();
    read(text, std::slice::from_ref(NineCategory::form()), &options).collect()
}

#[track_caller]
fn one(text: &str) -> (Reading, Report) {
    let mut readings = readings(text);
    assert_eq!(readings.len(), 1, "tables");
    let reading = readings.remove(0);
    let report = reading.check();
    (reading, report)
}

fn rows() -> String {
    table(&consistent(), Layout::RowsEnclosed, Style::FORM)
}

/// The table with one line replaced.
#[track_caller]
fn with(row: &str, line: &str) -> String {
    let text = rows();
    let old = text.lines().find(|line| line.contains(row)).unwrap();
    text.replacen(&format!("{old}\n"), line, 1)
}

/// The rules of the structural findings, with the severity and the text at the place of each.
fn found(report: &Report) -> Vec<(&str, Severity, &str)> {
    let structural = report.findings.iter().filter(|it| it.rule.starts_with('S'));
    structural
        .map(|it| {
            let place = it.cells.first().and_then(|cell| cell.place.as_ref());
            (
                &*it.rule,
                it.severity,
                place.map_or("", |place| &*place.text),
            )
        })
        .collect()
}

use Severity::{Hard, Soft};

#[test]
fn values_that_are_none() {
    for (written, rule, severity) in [
        ("", "S008", Soft),
        ("—", "S008", Soft),
        ("/", "S008", Soft),
        ("无", "S008", Soft),
        ("若干", "S002", Hard),
        ("5%", "S002", Hard),
        ("-1", "S003", Hard),
        ("1.5", "S004", Hard),
        ("5元", "S005", Hard),
        ("约5", "S010", Soft),
        ("近4万", "S010", Soft),
        ("99999999999999999999", "S011", Hard),
    ] {
        let text = with(
            "2.传真申请数",
            &format!("| 2.传真申请数 | 件 | {written} |\n"),
        );
        let (reading, report) = one(&text);
        assert_eq!(found(&report), [(rule, severity, written)], "{written}");
        assert_eq!(
            reading
                .record
                .unwrap()
                .get("requests.received.fax")
                .unwrap(),
            None,
            "{written}"
        );
        let verdict = if severity == Hard {
            Verdict::Inconsistent
        } else {
            Verdict::Incomplete
        };
        assert_eq!(report.verdict(), verdict, "{written}");
        for lang in [Lang::Zh, Lang::En] {
            assert!(
                report.findings[0].message.get(lang).contains("传真申请数"),
                "{written}"
            );
        }
    }
}

#[test]
fn values_that_are_read_with_a_remark() {
    for (row, line, rule, value) in [
        (
            "(四)政府信息公开专项经费",
            "| (四)政府信息公开专项经费 | 万元 | 15000元 |\n",
            "S009",
            "1.5",
        ),
        (
            "(四)政府信息公开专项经费",
            "| (四)政府信息公开专项经费 | 元 | 15000 |\n",
            "S009",
            "1.5",
        ),
        (
            "3.政策解读稿件发布数",
            "| 3.政策解读稿件发布数 | 条 | 93 |\n",
            "S005",
            "93",
        ),
        (
            "3.政策解读稿件发布数",
            "| 3.政策解读稿件发布数 | 篇 | 93(其中转载3篇) |\n",
            "",
            "93",
        ),
    ] {
        let (reading, report) = one(&with(row, line));
        let rules: Vec<&str> = found(&report).iter().map(|(rule, ..)| *rule).collect();
        assert_eq!(rules.join(""), rule, "{line}");
        let key = if row.contains("经费") {
            "capacity.budget"
        } else {
            "response.channels.policy_interpretations"
        };
        assert_eq!(
            reading
                .record
                .unwrap()
                .get(key)
                .unwrap()
                .unwrap()
                .to_string(),
            value,
            "{line}"
        );
    }
}

#[test]
fn a_row_that_is_missing() {
    let (reading, report) = one(&with("2.传真申请数", ""));
    assert_eq!(found(&report), [("S001", Soft, "")]);
    assert_eq!(
        report.findings[0].cells[0].key.as_deref(),
        Some("requests.received.fax")
    );
    assert_eq!(
        reading
            .record
            .unwrap()
            .get("requests.received.fax")
            .unwrap(),
        None
    );
    assert_eq!(report.verdict(), Verdict::Incomplete);
    // A heading holds nothing: nobody misses it.
    assert_eq!(
        one(&with("三、依申请公开情况", "")).1.verdict(),
        Verdict::Consistent
    );
}

#[test]
fn a_table_cut_in_half() {
    let text = rows();
    let half: String = text
        .lines()
        .take(40)
        .map(|line| format!("{line}\n"))
        .collect();
    let (_, report) = one(&half);
    let missing = found(&report);
    assert!(
        missing.iter().all(|(rule, ..)| *rule == "S001"),
        "{missing:?}"
    );
    assert!(
        missing.iter().any(|(_, severity, _)| *severity == Hard),
        "whole parts are gone"
    );
    assert_eq!(report.verdict(), Verdict::Inconsistent);
    assert_eq!(
        report
            .findings
            .iter()
            .filter(|finding| finding.rule.starts_with('R'))
            .filter(|it| it.outcome == xxgk::Outcome::Fail)
            .count(),
        0
    );
}

#[test]
fn a_row_that_the_form_does_not_have() {
    for text in [
        with(
            "1.当面申请数",
            "| 1.当面申请数 | 件 | 20 |\n| 机构领导信息 | 条 | 3 |\n",
        ),
        table(&consistent(), Layout::CellsPiped, Style::FORM).replace(
            "2.传真申请数 |",
            "机构领导信息 |\n条 |\n3 |\n2.传真申请数 |",
        ),
        table(&consistent(), Layout::CellsPlain, Style::FORM)
            .replace("2.传真申请数\n", "机构领导信息\n条\n3\n2.传真申请数\n"),
    ] {
        let (reading, report) = one(&text);
        assert_eq!(found(&report), [("S007", Soft, "机构领导信息")], "{text}");
        assert_eq!(reading.record, Some(consistent()));
        assert_eq!(report.verdict(), Verdict::Query);
    }
}

#[test]
fn a_row_that_stands_twice() {
    let again =
        |second: &str| format!("| (一)收到申请数 | 件 | 27 |\n| 收到申请数 | 件 | {second} |\n");
    let (reading, report) = one(&with("(一)收到申请数", &again("27")));
    assert_eq!(
        (reading.record, report.verdict()),
        (Some(consistent()), Verdict::Consistent)
    );
    let (reading, report) = one(&with("(一)收到申请数", &again("28")));
    assert_eq!(found(&report), [("S006", Hard, "27")]);
    let finding = report.finding("S006").unwrap();
    let texts: Vec<&str> = finding
        .cells
        .iter()
        .map(|cell| &*cell.place.as_ref().unwrap().text)
        .collect();
    assert_eq!(texts, ["27", "28"]);
    assert_eq!(
        reading
            .record
            .unwrap()
            .get("requests.received.total")
            .unwrap(),
        None
    );
    // A blank is another value too.
    assert_eq!(
        found(&one(&with("(一)收到申请数", &again(""))).1),
        [("S006", Hard, "27")]
    );
}

#[test]
fn rows_of_one_label_are_told_apart_by_their_place() {
    let mut record = consistent();
    support::set(
        &mut record,
        &[
            ("reconsideration.corrected", 7),
            ("litigation.corrected", 9),
        ],
    );
    for layout in Layout::ALL {
        let (reading, _) = one(&table(&record, layout, Style::FORM));
        assert_eq!(reading.record.as_ref(), Some(&record), "{layout:?}");
    }
}

#[test]
fn rows_that_cannot_be_told_apart_refuse_the_table() {
    let text = rows();
    let without = |labels: &[&str]| -> String {
        text.lines()
            .filter(|line| !labels.iter().any(|label| line.contains(label)))
            .map(|line| format!("{line}\n"))
            .collect()
    };
    // Without the rows between them, (二)被依法纠错数 of 四 or of 五 is all the same.
    let mut lost = without(&["五、行政诉讼数量", "维持具体行政行为或者驳回"]);
    let second = lost.rfind("| (二)被依法纠错数").unwrap();
    lost.truncate(second);
    lost += "| 六、举报投诉数量 | 件 | 0 |\n";
    let (reading, report) = one(&lost);
    assert_eq!(report.verdict(), Verdict::Unreadable);
    assert!(reading.record.is_none() && report.form.is_none());
    let finding = report.finding("S021").unwrap();
    // The first row that cannot be told is named.
    let named = |name| finding.message.zh.contains(name);
    assert!(
        named("被依法纠错数") && !named("其他情形数"),
        "{}",
        finding.message.zh
    );
    assert!(finding.cells.iter().all(|cell| cell.place.is_some()));

    // A label is lost, and its unit and value have come to stand behind another.
    let cells =
        table(&consistent(), Layout::CellsPiped, Style::FORM).replace("3.网络申请数 |\n", "");
    let (_, report) = one(&cells);
    assert_eq!(report.verdict(), Verdict::Unreadable);
    assert!(
        report
            .finding("S021")
            .unwrap()
            .message
            .zh
            .contains("传真申请数")
    );
}

#[test]
fn two_value_columns() {
    let two = |text: &str| -> String {
        text.lines()
            .enumerate()
            .map(|(i, line)| {
                if i == 0 {
                    "| 统计指标 | 单位 | 部门统计数 | 社区统计数 |\n".into()
                } else {
                    format!("{line} 5 |\n")
                }
            })
            .collect()
    };
    let text = two(&rows());
    let (reading, report) = one(&text);
    assert_eq!(found(&report)[0], ("S013", Soft, ""));
    assert_eq!(
        reading.record.unwrap().get("disclosure.total").unwrap(),
        Some(Value::Count(5))
    );
    let named = |name: &str| {
        let options = Options {
            value_column: Some(name.into()),
            ..Options::default()
        };
        read(&text, std::slice::from_ref(NineCategory::form()), &options)
            .next()
            .unwrap()
    };
    assert_eq!(named("部门统计数").record, Some(consistent()));
    assert_eq!(named("部门统计数").findings, []);
    let refused = named("街道统计数").check();
    assert_eq!(refused.verdict(), Verdict::Unreadable);
    assert!(refused.findings[0].message.zh.contains("社区统计数"));
    // Two columns of which neither is headed like 统计数.
    let (_, report) = one(&text
        .replace("部门统计数", "部门")
        .replace("社区统计数", "社区"));
    assert_eq!(report.verdict(), Verdict::Unreadable);
}

#[test]
fn two_tables_in_one_text() {
    let first = format!("政府信息公开情况统计表(2016年度)\n{}", rows());
    let second = format!(
        "政府信息公开情况统计表\n(2017年度)\n{}",
        with("2.传真申请数", "| 2.传真申请数 | 件 | 2 |\n")
    );
    let text = first + &second;
    let reports: Vec<Report> = readings(&text).iter().map(Reading::check).collect();
    let summary: Vec<_> = reports
        .iter()
        .map(|report| (report.year, report.verdict()))
        .collect();
    assert_eq!(
        summary,
        [
            (Some(2016), Verdict::Consistent),
            (Some(2017), Verdict::Inconsistent)
        ]
    );
    let place = reports[1].finding("R301").unwrap().cells[2]
        .place
        .clone()
        .unwrap();
    let line = text
        .lines()
        .position(|line| line == "| 2.传真申请数 | 件 | 2 |")
        .unwrap();
    assert_eq!((place.line, &*place.text), (line + 1, "2"));

    // Without titles, the header and the first rows again begin another table.
    let text = rows() + &rows();
    assert_eq!(readings(&text).len(), 2);
    // A header that is printed again on the next page does not.
    let paged = with(
        "三、依申请公开情况",
        "| 统计指标 | 单位 | 统计数 |\n| 三、依申请公开情况 | — | |\n",
    );
    assert_eq!(one(&paged).0.record, Some(consistent()));
}

#[test]
fn a_text_without_a_table() {
    for text in [
        "",
        "这里没有表。\n",
        "收到申请数,件,27\n",
        "\u{feff}",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ] {
        let (reading, report) = one(text);
        assert_eq!(report.verdict(), Verdict::Unreadable, "{text}");
        assert_eq!(&*report.findings[0].rule, "S020", "{text}");
        assert!(reading.record.is_none());
    }
}

#[test]
fn notes_on_lines_of_their_own_are_passed_over() {
    let text = table(&consistent(), Layout::CellsPlain, Style::FORM)
        .replace("(不同渠道", "\n(不同渠道")
        .replace("(不包括", "\n(不包括");
    let (reading, report) = one(&text);
    assert_eq!(
        (reading.record, report.verdict()),
        (Some(consistent()), Verdict::Consistent)
    );
}

#[test]
fn pages_have_numbers() {
    let text = table(&consistent(), Layout::CellsPiped, Style::FORM)
        .replace("三、依申请公开情况 |", "- 12 -\n三、依申请公开情况 |");
    assert_eq!(one(&text).0.record, Some(consistent()));
}

#[test]
fn commas_in_a_label_are_punctuation() {
    let plain = table(&consistent(), Layout::CellsPlain, Style::FORM);
    let text = plain.replace(
        "危及国家安全、公共安全、经济安全",
        "危及国家安全,公共安全,经济安全",
    );
    assert_ne!(text, plain);
    assert_eq!(one(&text).0.record, Some(consistent()));
}

#[test]
fn a_column_of_headings_before_the_labels() {
    let mut text = String::from("| 类别 | 统计指标 | 单位 | 统计数 |\n");
    for line in rows().lines().skip(1) {
        if !line.contains('—') {
            text += &format!("| 三、依申请公开情况 {line}\n");
        }
    }
    assert_eq!(one(&text).0.record, Some(consistent()));
}

#[test]
fn two_value_columns_one_cell_a_line() {
    let table = table(&consistent(), Layout::CellsPiped, Style::FORM);
    let (header, rows) = table.split_once("统计数 |\n").unwrap();
    let cells: Vec<&str> = rows.lines().collect();
    let rows: String = cells
        .chunks(3)
        .map(|row| format!("{}\n{}\n{}\n5 |\n", row[0], row[1], row[2]))
        .collect();
    let text = format!("{header}部门统计数 |\n社区统计数 |\n{rows}");
    let options = Options {
        value_column: Some("部门统计数".into()),
        ..Options::default()
    };
    let reading = read(&text, std::slice::from_ref(NineCategory::form()), &options)
        .next()
        .unwrap();
    assert_eq!(reading.record, Some(consistent()), "{:?}", reading.findings);
    assert_eq!(
        one(&text)
            .0
            .record
            .unwrap()
            .get("disclosure.total")
            .unwrap(),
        Some(Value::Count(5))
    );
}

#[test]
fn two_panels_side_by_side_are_refused() {
    let text = rows();
    let (header, lines) = text.split_once('\n').unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    let (left, right) = lines.split_at(33);
    let beside = |left: &str, right: &str| format!("{left} {}\n", &right[2..]);
    let panels: String = left
        .iter()
        .zip(right)
        .map(|(left, right)| beside(left, right))
        .collect();
    for text in [
        beside(header, header) + &panels,
        format!("{header}\n{panels}"),
        panels,
    ] {
        let (reading, report) = one(&text);
        assert!(reading.record.is_none(), "{report:?}");
        assert_eq!(&*report.findings[0].rule, "S021");
    }
}

#[test]
fn a_text_that_ends_anywhere_gives_no_wrong_value() {
    let full = consistent();
    for layout in [Layout::CellsPiped, Layout::RowsEnclosed] {
        let text = table(&full, layout, Style::FORM);
        for (end, _) in text.char_indices() {
            for reading in readings(&text[..end]) {
                let Some(record) = reading.record else {
                    continue;
                };
                let read = record.cells().iter().zip(full.cells());
                for (index, (read, whole)) in read.enumerate() {
                    // The number that the text breaks off in may be cut short, where no pipe is due behind it.
                    let last = layout == Layout::RowsEnclosed && reading_ends_in(&text[..end]);
                    assert!(
                        last || read.is_none() || read == whole,
                        "{layout:?} {end} {index}"
                    );
                }
            }
        }
    }
}

fn reading_ends_in(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit() || c == '.')
}
