//! What the examples of the findings raise that are no rule of a form.

use std::sync::Arc;

use xxgk::nine_category::NineCategory;
use xxgk::prose::Claims;
use xxgk::ratio::{Base, check_stated};
use xxgk::rollup::{Child, rollup};
use xxgk::series::compare;
use xxgk::{
    Blanks, Document, Example, Finding, Form, Grid, GridCell, Look, Options, Record, Run, Table,
    Value, forms, read, read_document,
};

const TITLE: &str = "政府信息公开情况统计表（2017年度）\n统计指标 | 单位 | 统计数\n";
#[allow(dead_code, reason = "only the tests of the kinds name it")]
pub const RECEIVED: &str = "(一)收到申请数 | 件 | 27\n1.当面申请数 | 件 | 26\n2.传真申请数 | 件 | 1\n\
    3.网络申请数 | 件 | 0\n4.信函申请数 | 件 | 0\n";
const CLOSED: &str = "(二)申请办结数 | 件 | 27\n1.按时办结数 | 件 | 27\n2.延期办结数 | 件 | 0\n\
    (三)申请答复数 | 件 | 27\n1.属于已主动公开范围数 | 件 | 0\n2.同意公开答复数 | 件 | 27\n";

fn form() -> &'static Arc<Form> {
    NineCategory::form()
}

fn document(text: &str, blanks: Blanks) -> Vec<Finding> {
    let options = Options {
        blanks,
        ..Options::default()
    };
    let reading = read(text, std::slice::from_ref(form()), &options).next();
    reading.unwrap().check().findings
}

/// What is found in a report on 2023 with the figures of Suqian.
fn report(text: &str) -> Vec<Finding> {
    let sample = include_str!("../data/suqian-2023/rows-piped.txt");
    let tables: Vec<&str> = sample.split("\n\n").filter(|it| it.contains('|')).collect();
    let [documents, decisions, fees, requests, disputes] = tables[..] else {
        panic!("the sample has {} tables", tables.len());
    };
    let title = "某市教育局2023年政府信息公开工作年度报告";
    let text = text
        .replace("{2}", &[documents, decisions, fees].join("\n"))
        .replace("{3}", requests)
        .replace("{4}", disputes);
    let text = format!("{title}\n{text}");
    let reading = read(&text, forms(), &Options::default()).next();
    reading.unwrap().check().findings
}

/// What is found on a sheet: a stretch between `~~` is struck out, and `=` is a formula that was not calculated.
fn sheet(rows: &str, hidden: bool) -> Vec<Finding> {
    let mut grid = Grid::sheet("统计表");
    grid.hidden = hidden;
    for (row, line) in rows.lines().enumerate() {
        for (column, text) in line.split(" | ").enumerate() {
            let mut cell = GridCell::new(row, column, "");
            let look = |index: usize| match (text, index % 2) {
                ("=", _) => Look::Uncalculated,
                (_, 0) => Look::Plain,
                _ => Look::Struck,
            };
            let stretches = text.split("~~").enumerate();
            cell.runs = stretches.map(|(at, it)| Run::new(it, look(at))).collect();
            grid.cells.push(cell);
        }
    }
    let mut document = Document::new();
    document.table(&grid);
    let options = Options::default();
    let reading = read_document(&document, std::slice::from_ref(form()), &options).next();
    reading.unwrap().check().findings
}

fn record(cells: &[(&str, u64)]) -> Record {
    let mut record = NineCategory::default().record(Default::default());
    for (key, figure) in cells {
        record.set(key, Some(Value::Count(*figure))).unwrap();
    }
    record
}

/// What is found at a level above others that report of some year.
fn levels(key: &str, figure: u64, parts: &[Option<u64>], year: u16) -> Vec<Finding> {
    let parts: Vec<Option<Record>> = parts
        .iter()
        .map(|part| Some(record(&[(key, (*part)?)])))
        .collect();
    let children = parts.iter().map(|part| Child {
        name: "下级",
        record: part.as_ref(),
        year: Some(year),
    });
    rollup(
        &record(&[(key, figure)]),
        Some(2017),
        &children.collect::<Vec<_>>(),
    )
    .findings
}

/// What an example raises.
pub fn raised(example: Example) -> Vec<Finding> {
    match example {
        Example::Rows(rows) => document(&format!("{TITLE}{rows}{CLOSED}"), Blanks::Missing),
        Example::BlankRows(rows) => document(&format!("{TITLE}{rows}{CLOSED}"), Blanks::Zero),
        Example::Document(text) => document(text, Blanks::Missing),
        Example::Report(text) => report(text),
        Example::Sheet { rows, hidden } => sheet(&format!("{TITLE}{rows}{CLOSED}"), hidden),
        Example::Sentence(sentence) => {
            let claims = Claims::of_text(sentence, form(), Some(2017));
            let record = record(&[
                ("requests.received.total", 27),
                ("requests.received.in_person", 20),
                ("requests.received.online", 5),
                ("requests.received.letter", 2),
            ]);
            claims.compare(&record).1
        }
        Example::Share { part, base, stated } => {
            let record = record(&[part, base]);
            let stated = stated.parse().unwrap();
            let finding = check_stated(&record, part.0, Base::Row(base.0), stated);
            finding.unwrap().into_iter().collect()
        }
        Example::Years(figures) => {
            let before: Vec<_> = figures.iter().map(|it| (it.0, it.1)).collect();
            let now: Vec<_> = figures.iter().map(|it| (it.0, it.2)).collect();
            compare(&record(&before), &record(&now), "2016").findings
        }
        Example::Levels(key, figure, parts) => levels(key, figure, parts, 2017),
        Example::OtherYear(key, figure, parts) => levels(key, figure, parts, 2016),
        other => panic!("{other:?} cannot be run here"),
    }
}
