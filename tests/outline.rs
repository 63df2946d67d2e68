//! The report as a whole: what is said of its parts, its year and its agency, and that nothing is said of one that is in order, or of a
//! table alone.

mod support;

use support::expect::sample;
use support::matrix::{Names, Style};
use support::printed::national_named;
use xxgk::{Document, Options, Severity, forms, read, read_document};

const TITLE: &str = "某市教育局2023年政府信息公开工作年度报告";
const PARTS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

/// The lines of a report in order; `@2` to `@4` stand for its tables.
fn lines() -> Vec<String> {
    let text = [
        TITLE,
        PARTS[0],
        "2023年，我局认真做好政府信息公开工作，统计期限自2023年1月1日起至2023年12月31日止。",
        PARTS[1],
        "@2",
        PARTS[2],
        "@3",
        PARTS[3],
        "@4",
        PARTS[4],
        "2022年的问题已经改进。",
        PARTS[5],
        "本年度没有收取信息处理费。本报告由某市教育局编制，如有疑问，请与市教育局办公室联系。",
    ];
    text.map(str::to_owned).to_vec()
}

/// What is said of a report as a whole, as a text and as a document with tables.
fn found(lines: &[String]) -> Vec<String> {
    let in_text = said_of_text(&text(lines));
    let document = document(lines);
    let reading = read_document(&document, forms(), &Options::default()).next();
    let findings = reading.unwrap().check().findings;
    let in_document: Vec<String> = findings
        .iter()
        .filter(|it| it.rule.starts_with('D'))
        .map(|it| it.rule.to_string())
        .collect();
    assert_eq!(in_text, in_document, "{}", text(lines));
    in_text
}

fn said_of_text(text: &str) -> Vec<String> {
    let reading = read(text, forms(), &Options::default()).next();
    let findings = reading.unwrap().check().findings;
    let found = findings.iter().filter(|it| it.rule.starts_with('D'));
    found
        .map(|it| {
            assert_eq!(it.severity, Severity::Soft);
            assert!(it.basis.is_some());
            it.rule.to_string()
        })
        .collect()
}

fn text(lines: &[String]) -> String {
    let sample = include_str!("data/suqian-2023/rows-piped.txt");
    let tables: Vec<&str> = sample.split("\n\n").filter(|it| it.contains('|')).collect();
    let [documents, decisions, fees, requests, disputes] = tables[..] else {
        panic!("the sample has {} tables", tables.len());
    };
    let second = [documents, decisions, fees].join("\n");
    let tables = [("@2", &*second), ("@3", requests), ("@4", disputes)];
    let text = lines.join("\n") + "\n";
    tables
        .iter()
        .fold(text, |text, (at, table)| text.replace(at, table))
}

fn document(lines: &[String]) -> Document {
    let record = sample("suqian-2023");
    let report = national_named(&record, 2023, &Names::new(record.form(), Style::default()));
    let mut document = Document::new();
    for line in lines {
        let tables = match &**line {
            "@2" => &report.tables[..1],
            "@3" => &report.tables[1..2],
            "@4" => &report.tables[2..],
            _ => {
                document.paragraph(line);
                continue;
            }
        };
        for (_, table) in tables {
            let mut grid = xxgk::Grid::new();
            for put in table {
                let mut cell = xxgk::GridCell::new(put.row, put.column, put.text.as_str());
                (cell.rows, cell.columns) = (put.rows, put.columns);
                grid.cells.push(cell);
            }
            document.table(&grid);
        }
    }
    document
}

#[test]
fn nothing_is_said_of_a_report_in_order_or_of_a_table_alone() {
    assert_eq!(found(&lines()), [""; 0]);
    let tables: Vec<String> = lines()
        .into_iter()
        .filter(|it| it.starts_with('@') || PARTS[1..4].contains(&&**it))
        .collect();
    assert_eq!(found(&tables), [""; 0]);
    for sample in ["suqian-2023", "suqian-2024"] {
        for file in [
            "cells-piped.txt",
            "rows-piped.txt",
            "markdown.md",
            "tabs.tsv",
        ] {
            let path = format!("{}/tests/data/{sample}/{file}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).unwrap();
            assert_eq!(said_of_text(&text), [""; 0], "{sample}/{file}");
        }
    }
    let options = Options {
        report: false,
        ..Options::default()
    };
    let without = text(&lines()[..11]);
    let reading = read(&without, forms(), &options).next().unwrap();
    assert!(reading.outline.is_empty());
}

#[test]
fn a_part_that_is_missing_is_named() {
    for part in PARTS {
        let rest: Vec<String> = lines().into_iter().filter(|it| it != part).collect();
        assert_eq!(found(&rest), ["D001"], "{part}");
    }
}

#[test]
fn each_other_fault_is_said_alone() {
    let changed = |at: usize, line: &str| {
        let mut lines = lines();
        line.clone_into(&mut lines[at]);
        lines
    };
    let swapped = |one, other| {
        let mut lines = lines();
        lines.swap(one, other);
        lines
    };
    for (lines, expected) in [
        (changed(9, "五、问题和打算"), "D002"),
        (changed(11, "七、其他需要报告的事项"), "D002"),
        (swapped(9, 11), "D003"),
        (swapped(4, 8), "D004"),
        (changed(12, "没有其他事项。"), "D005"),
        (
            changed(2, "统计期限自2022年1月1日起至2022年12月31日止。"),
            "D006",
        ),
        (
            changed(2, "统计期限自2023年1月1日起至2022年12月31日止。"),
            "D006",
        ),
        (changed(2, "2022年，我局认真做好政府信息公开工作。"), "D006"),
        (changed(10, "存在××问题。"), "D007"),
        (changed(10, "20XX年，我局做了以下工作。"), "D007"),
        (changed(10, "（此处填写存在的问题）"), "D007"),
        (
            changed(12, "没有收取信息处理费。本报告由某市体育局编制。"),
            "D008",
        ),
    ] {
        assert_eq!(found(&lines), [expected], "{lines:?}");
    }
}

#[test]
fn headings_may_be_written_in_other_ways() {
    let written = |line: &str| match line.split_once('、') {
        Some((number, title)) if PARTS.contains(&line) => [
            format!("第{number}部分 {title}"),
            format!("## {line}"),
            format!("{number}．{}", title.replace('、', "")),
            title.to_owned(),
        ],
        _ => [(); 4].map(|()| line.to_owned()),
    };
    for way in 0..4 {
        let lines: Vec<String> = lines().iter().map(|it| written(it)[way].clone()).collect();
        assert_eq!(found(&lines), [""; 0], "{lines:?}");
    }
    let four = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况";
    let all = lines();
    let lines = all.iter().map(|it| if it == PARTS[3] { four } else { it });
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    assert_eq!(found(&lines), [""; 0]);
}
