//! Documents of which it is known where each value stands, so that what is read can be held against what stands there. The
//! other side of the reader: it shares no code with it.

use std::collections::HashSet;

use xxgk::{Form, Reading, Record, Value, Within};

use super::layout::{self, Layout};
use super::matrix::{self, Line, Names};
use super::random::Random;

/// How plain text sets its cells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// As one of the layouts that write a row without looking at the others.
    Rows(Layout),
    /// One row a line, two spaces between the cells.
    TwoSpaces,
    /// One row a line, one space between the cells.
    OneSpace,
    /// Columns as wide as their widest cell, as the text of a PDF has them.
    Aligned,
}

impl Plain {
    pub const ALL: [Plain; 11] = [
        Plain::Rows(Layout::CellsPiped),
        Plain::Rows(Layout::CellsPlain),
        Plain::Rows(Layout::CellsSpaced),
        Plain::Rows(Layout::RowsPiped),
        Plain::Rows(Layout::RowsEnclosed),
        Plain::Rows(Layout::Markdown),
        Plain::Rows(Layout::Tabs),
        Plain::Rows(Layout::Csv),
        Plain::TwoSpaces,
        Plain::OneSpace,
        Plain::Aligned,
    ];

    /// Whether a blank cell can be seen to stand where it stands.
    pub fn keeps_blanks(self) -> bool {
        match self {
            Plain::Rows(layout) => !matches!(layout, Layout::CellsPlain | Layout::CellsSpaced),
            Plain::TwoSpaces | Plain::OneSpace | Plain::Aligned => false,
        }
    }
}

/// A mark in the place of the value of a cell, until the text is laid out.
pub fn mark(cell: usize) -> String {
    char::from_u32(0xF_0000 + u32::try_from(cell).unwrap())
        .unwrap()
        .to_string()
}

/// The cell that a mark stands for.
pub fn marked(c: char) -> Option<usize> {
    let number = u32::from(c).checked_sub(0xF_0000)?;
    (number < 0x1000).then_some(number as usize)
}

/// A plain text, and where in it the value of each cell stands.
#[derive(Clone, Debug)]
pub struct Written {
    pub text: String,
    /// By cell: the line and the column, from 1.
    pub places: Vec<Option<(usize, usize)>>,
    /// The bytes at which the values stand.
    spans: Vec<std::ops::Range<usize>>,
}

/// The lines of a report of any form; the values are marks.
pub fn report(form: &Form, style: Style, names: &Names) -> Vec<Line> {
    match style {
        Style::List(style) => {
            let rows = layout::rows(form, style, &names.rows, mark);
            let text = |text: &str| Line::Text(text.to_owned());
            let mut out = vec![text("政府信息公开情况统计表(2017年度)")];
            out.extend(rows.into_iter().map(Line::Row));
            out.push(text("单位负责人:某甲"));
            out
        }
        Style::Matrix(style) => matrix::lines(form, style, names, 2022, mark),
    }
}

/// How labels and merged cells are written: as forms of one value a row, or of several, are.
#[derive(Clone, Copy, Debug)]
pub enum Style {
    List(layout::Style),
    Matrix(matrix::Style),
}

impl Style {
    /// One that the form may be written in.
    pub fn random(form: &Form, plain: Plain, random: &mut Random) -> Self {
        let mut flag = || random.one_in(2);
        if form.sections().iter().all(|it| it.columns().is_empty()) {
            let traceless = !plain.keeps_blanks();
            let numbering = layout::Numbering::ALL;
            return Style::List(layout::Style {
                notes: flag(),
                // A comma within a cell is quoted in CSV, and a number then no longer stands by itself.
                full_width: flag() && flag(),
                thousands: flag() && plain != Plain::Rows(Layout::Csv),
                spaced: flag() && !traceless,
                serial: flag() && flag() && !traceless,
                heading_unit: if flag() { "—" } else { "----" },
                numbering: numbering[random.below(5) as usize],
            });
        }
        let across = matches!(plain, Plain::Aligned | Plain::OneSpace | Plain::TwoSpaces);
        // One cell a line, blanks can be told from what merged cells have left only where each row has as many lines.
        let piped = plain == Plain::Rows(Layout::CellsPiped);
        let padded = flag() || plain == Plain::Aligned;
        Style::Matrix(matrix::Style {
            padded,
            repeated: flag() && !across,
            total_first: flag() && flag(),
            short: flag(),
            split: flag() && flag() && !across && !(piped && padded),
            rows: flag(),
        })
    }

    /// What rows and columns are called.
    pub fn names(self, form: &Form) -> Names {
        match self {
            Style::List(style) => Names {
                rows: layout::labels(form, style),
                columns: Vec::new(),
            },
            Style::Matrix(style) => Names::new(form, style),
        }
    }

    /// A value as it is written.
    pub fn value(self, value: Option<Value>) -> String {
        match self {
            Style::List(style) => style.value(value),
            Style::Matrix(_) => matrix::value(value),
        }
    }

    /// All values of a record, as they are written.
    pub fn values(self, record: &Record) -> Vec<String> {
        let cells = record.cells().iter();
        cells.map(|value| self.value(*value)).collect()
    }
}

/// How wide a text is shown.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c < '\u{2000}' { 1 } else { 2 })
        .sum()
}

/// The lines as text, still with marks.
fn laid_out(lines: &[Line], plain: Plain, values: &[String]) -> String {
    let shown = |cell: &String| -> usize {
        let of = |c: char| marked(c).map_or_else(|| width(&c.to_string()), |it| width(&values[it]));
        cell.chars().map(of).sum()
    };
    let mut out = String::new();
    let is_row = |line: &Line| matches!(line, Line::Row(_));
    for block in lines.chunk_by(|one, other| is_row(one) == is_row(other)) {
        let mut widths: Vec<usize> = Vec::new();
        for line in block {
            let Line::Row(row) = line else { continue };
            widths.resize(widths.len().max(row.len()), 0);
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = shown(cell).max(*widest);
            }
        }
        for (at, line) in block.iter().enumerate() {
            match line {
                Line::Text(text) => out += &format!("{text}\n"),
                Line::Row(row) => match plain {
                    Plain::Rows(layout) => {
                        out += &layout.row(row);
                        if layout == Layout::Markdown && at == 0 {
                            out += &layout.row(&vec!["---".to_owned(); row.len()]);
                        }
                    }
                    Plain::TwoSpaces => out += &format!("{}\n", row.join("  ")),
                    Plain::OneSpace => out += &format!("{}\n", row.join(" ")),
                    Plain::Aligned => {
                        for (cell, widest) in row.iter().zip(&widths) {
                            let before = if cell.chars().any(|c| marked(c).is_some()) {
                                widest - shown(cell)
                            } else {
                                0
                            };
                            let behind = widest - shown(cell) - before + 3;
                            out += &format!("{}{cell}{}", " ".repeat(before), " ".repeat(behind));
                        }
                        out = out.trim_end_matches(' ').to_owned() + "\n";
                    }
                },
            }
        }
    }
    out
}

impl Written {
    /// Lays out lines whose values are marks.
    pub fn new(lines: &[Line], plain: Plain, values: &[String]) -> Self {
        let mut written = Written {
            text: String::new(),
            places: vec![None; values.len()],
            spans: Vec::new(),
        };
        let (mut line, mut column) = (1, 1);
        for c in laid_out(lines, plain, values).chars() {
            let Some(cell) = marked(c) else {
                written.text.push(c);
                (line, column) = if c == '\n' {
                    (line + 1, 1)
                } else {
                    (line, column + 1)
                };
                continue;
            };
            if !values[cell].is_empty() {
                written.places[cell] = Some((line, column));
            }
            let from = written.text.len();
            written.text += &values[cell];
            written.spans.push(from..written.text.len());
            column += values[cell].chars().count();
        }
        written
    }

    /// Whether a value stands at that byte.
    pub fn is_value(&self, at: usize) -> bool {
        self.spans.iter().any(|span| span.contains(&at))
    }

    /// Whether taking away these bytes joins a value to other digits.
    pub fn joins(&self, gone: std::ops::Range<usize>) -> bool {
        let before = self.text[..gone.start].char_indices().next_back();
        let behind = self.text[gone.end..].chars().next();
        let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let value = before.is_some_and(|(at, _)| self.is_value(at)) || self.is_value(gone.end);
        value && is_digit(before.map(|(_, c)| c)) && is_digit(behind)
    }

    /// Whether a new line before that byte cuts a value.
    pub fn cuts(&self, at: usize) -> bool {
        self.spans
            .iter()
            .any(|span| span.start < at && at < span.end)
    }

    /// Whether a value is told to stand where it stands.
    pub fn is_placed(&self, reading: &Reading, cell: usize) -> bool {
        let Some((line, column)) = self.places[cell] else {
            return true;
        };
        reading.place(cell).is_some_and(|place| {
            let end = place.column + place.text.chars().count();
            place.line == line && (place.column..end).contains(&column)
        })
    }
}

/// The decimal that digits say, whatever they look like; `None` where a text is no number.
fn decimal(text: &str) -> Option<rust_decimal::Decimal> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap(),
        _ => c,
    };
    let text: String = text.chars().map(narrow).filter(|c| *c != ',').collect();
    text.trim_start_matches('+').parse().ok()
}

/// The numbers of a text, each as long as its digits go on, with their signs.
fn numbers(text: &str) -> Vec<rust_decimal::Decimal> {
    let part =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || ".,．，+-－".contains(c);
    let runs = text.split(|c: char| !part(c)).filter(|run| !run.is_empty());
    runs.filter_map(decimal).collect()
}

/// The text at a place of a document, up to where the cell or the line ends at the latest.
pub trait Source {
    fn at(&self, reading: &Reading, cell: usize) -> Option<(String, (usize, usize, usize))>;
}

impl Source for str {
    fn at(&self, reading: &Reading, cell: usize) -> Option<(String, (usize, usize, usize))> {
        let place = reading.place(cell)?;
        let line: Vec<char> = self.split('\n').nth(place.line - 1)?.chars().collect();
        let from = place.column - 1;
        let told: String = line.get(from..)?.iter().collect();
        if !told.starts_with(&place.text) {
            return None;
        }
        // A number goes on for as long as its digits do, whatever part of it a reader has taken.
        let is_digit = |at: usize| line.get(at).is_some_and(|c| c.is_numeric());
        let mut start = from;
        while start > 0 && is_digit(start) && is_digit(start - 1) {
            start -= 1;
        }
        let mut end = from + place.text.chars().count();
        while end > 0 && is_digit(end) && is_digit(end - 1) {
            end += 1;
        }
        let whole = line.get(start..end)?.iter().collect();
        Some((whole, (0, place.line, place.column)))
    }
}

/// The texts of the cells of grids, by table or sheet, row and column, from 1.
pub struct Cells(pub Vec<std::collections::HashMap<(usize, usize), String>>);

impl Source for Cells {
    fn at(&self, reading: &Reading, cell: usize) -> Option<(String, (usize, usize, usize))> {
        let place = reading.place(cell)?;
        let (table, row, column) = match place.within.as_ref()? {
            Within::Table {
                table, row, column, ..
            } => (*table, *row, *column),
            Within::Cell { sheet, row, column } => (sheet[3..].parse().ok()?, *row, *column),
            _ => return None,
        };
        let text = self.0.get(table - 1)?.get(&(row, column))?;
        Some((text.clone(), (table, row, column)))
    }
}

/// What is wrong with the places of a reading: each cell that holds a number which does not stand where it is told to, or
/// at the place of another.
pub fn misplaced(source: &(impl Source + ?Sized), reading: &Reading) -> Option<String> {
    let record = reading.record.as_ref()?;
    let mut taken = HashSet::new();
    for (cell, value) in record.cells().iter().enumerate() {
        let Some(value) = value else { continue };
        let key = record.form().indicator(cell).map(|it| it.key().to_owned());
        let Some((text, place)) = source.at(reading, cell) else {
            return Some(format!(
                "{key:?} = {value} at no place: {:?}",
                reading.place(cell)
            ));
        };
        let number = match value {
            Value::Count(count) => (*count).into(),
            Value::Change(change) => (*change).into(),
            Value::Amount(amount) => *amount,
        };
        // 减3 is -3, and an amount may be written in another unit.
        let scale = [1, 10, 100, 1000, 10_000, 100_000_000];
        let said = |it: &rust_decimal::Decimal| {
            let is_amount = matches!(value, Value::Amount(_));
            let scales = &scale[..if is_amount { scale.len() } else { 1 }];
            let of = |by: &i64| {
                number * rust_decimal::Decimal::from(*by) == *it
                    || number == *it * rust_decimal::Decimal::from(*by)
            };
            scales.iter().any(of) || (text.contains('减') && number == -*it)
        };
        if !numbers(&text).iter().any(said) {
            return Some(format!("{key:?} = {value}, and there stands {text:?}"));
        }
        if !taken.insert(place) {
            return Some(format!(
                "{key:?} = {value} stands at the place of another cell"
            ));
        }
    }
    None
}

/// The share of a whole in percent, for people.
pub fn share(part: usize, whole: usize) -> String {
    format!("{:5.1} %", part as f64 * 100.0 / whole.max(1) as f64)
}

/// Makes so many of a thousand cells blank.
pub fn blank(record: &mut Record, per_thousand: u64, random: &mut Random) {
    for cell in 0..record.form().cells() {
        if random.below(1000) < per_thousand {
            let key = record.form().indicator(cell).unwrap().key().to_owned();
            record.set(&key, None).unwrap();
        }
    }
}
