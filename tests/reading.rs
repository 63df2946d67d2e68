//! Every example of `docs/reading.md`, and of its Chinese twin, is so.

mod support;

use std::collections::BTreeSet;

use support::expect::{data, sample};
use xxgk::form::Indicator;
use xxgk::{
    Document, Grid, GridCell, Look, Options, Outcome, Reading, Record, Run, forms, read_document,
};

/// The rows that the examples change: articles of interpretation, and the budget.
const COUNT: &str = "2.2.3";
const AMOUNT: &str = "8.4";

/// A table of the nine-category form in which one row is changed.
struct Printed {
    above: String,
    headings: Vec<String>,
    /// The code of the row, its label, unit and values.
    row: (&'static str, String, String, Vec<Vec<Run>>),
}

/// The stretches of a cell as the page writes them: `<sup>` is raised, `<del>` struck out.
fn runs(text: &str) -> Vec<Run> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (tag, look) = match rest[at..].starts_with("<sup>") {
            true => ("sup", Look::Raised),
            false => ("del", Look::Struck),
        };
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let (inside, behind) = rest[at + open.len()..].split_once(&close).unwrap();
        out.push(Run::new(&rest[..at], Look::Plain));
        out.push(Run::new(inside, look));
        rest = behind;
    }
    out.push(Run::new(rest, Look::Plain));
    out
}

fn indicator<'r>(record: &'r Record, code: &str) -> &'r Indicator {
    let mut indicators = record.form().indicators().iter();
    indicators.find(|it| it.code() == code).unwrap()
}

impl Printed {
    fn readings(&self) -> Vec<Reading> {
        let record = sample("jilin-2017");
        let mut grid = Grid::new();
        let mut put = |row: usize, column: usize, runs: Vec<Run>| {
            let mut cell = GridCell::new(row, column, "");
            cell.runs = runs;
            grid.cells.push(cell);
        };
        for (column, heading) in self.headings.iter().enumerate() {
            put(0, column, runs(heading));
        }
        for (at, (row, value)) in record
            .form()
            .indicators()
            .iter()
            .zip(record.cells())
            .enumerate()
        {
            let (code, label, unit, values) = &self.row;
            let changed = row.code() == *code;
            let of_form = &record.form().rows()[row.row()];
            put(
                at + 1,
                0,
                runs(if changed { label } else { of_form.label() }),
            );
            put(at + 1, 1, runs(if changed { unit } else { row.unit() }));
            let value = value.map_or(String::new(), |value| value.to_string());
            for column in 2..self.headings.len() {
                let runs = match changed {
                    true => values[column - 2].clone(),
                    false => runs(&value),
                };
                put(at + 1, column, runs);
            }
        }
        let mut document = Document::new();
        document.paragraph("政府信息公开情况统计表(2017年度)");
        document.paragraph(&self.above);
        document.table(&grid);
        read_document(&document, forms(), &Options::default()).collect()
    }
}

/// What is read of a row, and what is said of how the table was read.
fn outcome(found: &[Reading], code: &str) -> (Option<String>, BTreeSet<String>) {
    let [reading] = found else {
        return (None, BTreeSet::from([format!("{} tables", found.len())]));
    };
    let value = reading.record.as_ref().and_then(|record| {
        let key = indicator(record, code).key();
        record.get(key).unwrap()
    });
    let said = reading
        .findings
        .iter()
        .filter(|it| it.outcome == Outcome::Fail);
    (
        value.map(|it| it.to_string()),
        said.map(|it| it.rule.to_string()).collect(),
    )
}

/// The tables of a page: the cells of each row below the header.
fn examples(page: &str) -> Vec<Vec<Vec<String>>> {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
        inner
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut within = false;
    for line in page.lines() {
        let is_row = line.starts_with('|');
        if is_row && !within {
            tables.push(Vec::new());
        }
        if is_row {
            tables.last_mut().unwrap().push(cells(line));
        }
        within = is_row;
    }
    for table in &mut tables {
        table.drain(..2);
    }
    tables
}

/// A value of the page: nothing for the words that say that there is none.
fn value(text: &str) -> Option<String> {
    let none = ["unread", "blank", "none", "不读", "空白", "都不读"];
    (!none.contains(&text)).then(|| text.to_owned())
}

fn said(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn headings(last: &[&str]) -> Vec<String> {
    let all = ["统计指标", "单位"].into_iter().chain(last.iter().copied());
    all.map(str::to_owned).collect()
}

/// The table that an example speaks of, and the code of the row that it changes.
fn printed(table: usize, example: &[String]) -> Printed {
    let record = sample("jilin-2017");
    let of_form = |code| {
        let row = indicator(&record, code);
        (
            record.form().rows()[row.row()].label().to_owned(),
            row.unit().to_owned(),
        )
    };
    let (label, unit) = of_form(COUNT);
    let cells: Vec<&str> = example.iter().map(String::as_str).collect();
    match (table, &cells[..]) {
        (0, [cell, ..]) => Printed {
            above: String::new(),
            headings: headings(&["统计数"]),
            row: (COUNT, label, unit, vec![runs(cell)]),
        },
        (1, [cell, column, of_label, heading, above, ..]) => Printed {
            above: (*above).to_owned(),
            headings: headings(&[&format!("统计数{heading}")]),
            row: (
                AMOUNT,
                format!("{}{of_label}", indicator(&record, AMOUNT).name()),
                (*column).to_owned(),
                vec![runs(cell)],
            ),
        },
        (2, [all, ..]) => {
            let all: Vec<&str> = all.split('、').collect();
            let values = (0..all.len()).map(|column| runs(&(70 + column).to_string()));
            Printed {
                above: String::new(),
                headings: headings(&all),
                row: (COUNT, label, unit, values.collect()),
            }
        }
        (3, [label, ..]) => Printed {
            above: String::new(),
            headings: headings(&["统计数"]),
            row: (COUNT, (*label).to_owned(), unit, vec![runs("93")]),
        },
        other => panic!("{other:?}"),
    }
}

/// What the page says of an example: the value, and what is found.
fn told(table: usize, example: &[String]) -> (Option<String>, BTreeSet<String>) {
    let [.., read, found] = example else {
        panic!("{example:?}");
    };
    let read = match table {
        // The page names the column, in which stands its number.
        2 => {
            let mut columns = example[0].split('、');
            value(read).map(|read| (70 + columns.position(|it| it == read).unwrap()).to_string())
        }
        _ => value(read),
    };
    (read, said(found))
}

#[test]
fn every_example_of_the_page() {
    let docs = data().join("../../docs");
    for page in ["reading.md", "reading.zh-CN.md"] {
        let text = std::fs::read_to_string(docs.join(page)).unwrap();
        let mut wrong = Vec::new();
        let tables = examples(&text);
        assert_eq!(tables.len(), 4);
        for (table, examples) in tables.iter().enumerate() {
            for example in examples {
                let printed = printed(table, example);
                let found = outcome(&printed.readings(), printed.row.0);
                if found != told(table, example) {
                    wrong.push(format!("{}: {found:?}", example.join(" | ")));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{page}: {} wrong\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}

#[test]
fn both_pages_have_the_same_examples() {
    let docs = data().join("../../docs");
    let examples = |page| examples(&std::fs::read_to_string(docs.join(page)).unwrap());
    let plain = |tables: Vec<Vec<Vec<String>>>| {
        let cells = tables.into_iter().flatten().flatten();
        cells.filter(|it| value(it).is_some()).collect::<Vec<_>>()
    };
    assert_eq!(
        plain(examples("reading.md")),
        plain(examples("reading.zh-CN.md"))
    );
}
