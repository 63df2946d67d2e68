//! Writes a record as people's documents have it, in every plain-text layout. The other side of the reader: it shares no
//! code with it.

use xxgk::form::{Kind, Row};
use xxgk::{Form, Record, Value};

/// Where cells end and rows end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One cell a line, a pipe behind each.
    CellsPiped,
    /// One cell a line and nothing else; a blank cell leaves no trace.
    CellsPlain,
    /// One cell a line, blank lines between.
    CellsSpaced,
    /// One row a line, pipes between the cells and behind them.
    RowsPiped,
    /// One row a line, pipes on both sides.
    RowsEnclosed,
    /// A Markdown table.
    Markdown,
    /// One row a line, tabs between the cells.
    Tabs,
    /// One row a line, commas between the cells.
    Csv,
}

impl Layout {
    pub const ALL: [Layout; 8] = [
        Layout::CellsPiped,
        Layout::CellsPlain,
        Layout::CellsSpaced,
        Layout::RowsPiped,
        Layout::RowsEnclosed,
        Layout::Markdown,
        Layout::Tabs,
        Layout::Csv,
    ];

    /// The name of a sample file in this layout.
    pub fn file(self) -> &'static str {
        match self {
            Layout::CellsPiped => "cells-piped.txt",
            Layout::CellsPlain => "cells-plain.txt",
            Layout::CellsSpaced => "cells-spaced.txt",
            Layout::RowsPiped => "rows-piped.txt",
            Layout::RowsEnclosed => "rows-enclosed.txt",
            Layout::Markdown => "markdown.md",
            Layout::Tabs => "tabs.tsv",
            Layout::Csv => "commas.csv",
        }
    }

    pub fn row(self, cells: &[String]) -> String {
        let each = |before: &str, after: &str| {
            cells
                .iter()
                .map(|cell| format!("{before}{cell}{after}"))
                .collect::<String>()
        };
        let quoted = |cell: &String| {
            if cell.contains([',', '"']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        match self {
            Layout::CellsPiped => each("", " |\n"),
            Layout::CellsPlain => each("", "\n").replace("\n\n", "\n"),
            Layout::CellsSpaced => each("", "\n\n"),
            Layout::RowsPiped => format!("{}\n", each("", " | ").trim_end()),
            Layout::RowsEnclosed | Layout::Markdown => format!("|{}\n", each(" ", " |")),
            Layout::Tabs => cells.join("\t") + "\n",
            Layout::Csv => cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n",
        }
    }
}

/// How numbers stand before labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// As on the form: 一、 (一) 1.
    Form,
    /// Full-width: 一、 （一） 1．
    FullWidth,
    /// 一、 （一） 1、
    Commas,
    /// 一、 (一) ①
    Circled,
    /// None at all.
    Dropped,
}

impl Numbering {
    pub const ALL: [Numbering; 5] = [
        Numbering::Form,
        Numbering::FullWidth,
        Numbering::Commas,
        Numbering::Circled,
        Numbering::Dropped,
    ];

    fn apply(self, label: &str) -> String {
        let numeral = |c: char| "一二三四五六七八九".contains(c);
        let item = label
            .split_once('.')
            .and_then(|(number, rest)| Some((number.parse::<u32>().ok()?, rest)));
        match (self, item) {
            (Numbering::Form, _) => label.to_owned(),
            (Numbering::FullWidth, Some((number, rest))) => format!("{number}．{rest}"),
            (Numbering::Commas, Some((number, rest))) => format!("{number}、{rest}"),
            (Numbering::Circled, Some((number, rest))) => {
                format!("{}{rest}", char::from_u32('①' as u32 + number - 1).unwrap())
            }
            (Numbering::Dropped, Some((_, rest))) => rest.to_owned(),
            (Numbering::Dropped, None) => {
                let rest = label.trim_start_matches(|c| numeral(c) || "()、".contains(c));
                rest.trim_start_matches("其中:").to_owned()
            }
            (Numbering::Circled, None) => label.to_owned(),
            (_, None) => label.replace('(', "（").replace(')', "）"),
        }
    }
}

/// How labels and numbers are written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub numbering: Numbering,
    /// The note behind the label is kept.
    pub notes: bool,
    /// A space between all characters of a label.
    pub spaced: bool,
    /// １２ for 12.
    pub full_width: bool,
    /// 1,234 for 1234.
    pub thousands: bool,
    /// The headings' unit, in place of a dash.
    pub heading_unit: &'static str,
    /// A column 序号 before the labels.
    pub serial: bool,
}

impl Style {
    /// As the form is printed.
    pub const FORM: Style = Style {
        numbering: Numbering::Form,
        notes: true,
        spaced: false,
        full_width: false,
        thousands: false,
        heading_unit: "—",
        serial: false,
    };

    fn label(self, row: &Row) -> String {
        let note = row
            .note()
            .filter(|_| self.notes)
            .map(|note| format!("({note})"))
            .unwrap_or_default();
        let label = self.numbering.apply(row.label()) + &note;
        if self.spaced {
            label
                .chars()
                .map(|c| format!("{c} "))
                .collect::<String>()
                .trim_end()
                .to_owned()
        } else {
            label
        }
    }

    /// A value as it is written; a blank is nothing.
    pub fn value(self, value: Option<Value>) -> String {
        let mut text = match value {
            None => return String::new(),
            Some(Value::Count(count)) if self.thousands => {
                let digits = count.to_string();
                let mut out = String::new();
                for (i, digit) in digits.chars().enumerate() {
                    if i > 0 && (digits.len() - i) % 3 == 0 {
                        out.push(',');
                    }
                    out.push(digit);
                }
                out
            }
            Some(value) => value.to_string(),
        };
        if self.full_width {
            let wide = |c: char| char::from_u32(c as u32 + 0xfee0).unwrap();
            text = text.chars().map(wide).collect();
        }
        text
    }
}

/// The table of a record.
pub fn table(record: &Record, layout: Layout, style: Style) -> String {
    relabelled(record, layout, style, |_, label| label)
}

/// The labels of all rows.
pub fn labels(form: &Form, style: Style) -> Vec<String> {
    form.rows().iter().map(|row| style.label(row)).collect()
}

/// The table of a record, with labels changed; a row is given by its index.
pub fn relabelled(
    record: &Record,
    layout: Layout,
    style: Style,
    mut label: impl FnMut(usize, String) -> String,
) -> String {
    let labels = labels(record.form(), style).into_iter().enumerate();
    let labels: Vec<String> = labels.map(|(row, text)| label(row, text)).collect();
    let value = |cell| style.value(record.value(cell));
    let rows = rows(record.form(), style, &labels, value);
    rows.iter()
        .enumerate()
        .map(|(at, row)| {
            let rule = layout == Layout::Markdown && at == 0;
            let rule = rule.then(|| layout.row(&vec!["---".to_owned(); row.len()]));
            layout.row(row) + &rule.unwrap_or_default()
        })
        .collect()
}

/// The rows of the table of a form, the header first, with the value of each cell as `value` gives it.
pub fn rows(
    form: &Form,
    style: Style,
    labels: &[String],
    value: impl Fn(usize) -> String,
) -> Vec<Vec<String>> {
    let header = ["统 计 指 标", "单位", "统计数"].map(String::from);
    let mut out = vec![header.to_vec()];
    for (row, label) in form.rows().iter().zip(labels) {
        let unit = match row.kind() {
            Kind::Heading => style.heading_unit,
            _ => row.unit(),
        };
        let value = row.cells().next().map(&value).unwrap_or_default();
        out.push(vec![label.clone(), unit.to_owned(), value]);
    }
    if style.serial {
        for (at, row) in out.iter_mut().enumerate() {
            row.insert(
                0,
                if at == 0 {
                    "序号".into()
                } else {
                    at.to_string()
                },
            );
        }
    }
    out
}
