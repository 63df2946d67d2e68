//! Writes a record of a form with columns as people's documents have it. The other side of the reader: it shares no code
//! with it, and knows the printed national forms by heart where the form's file does not say how they are printed.

use xxgk::form::{Column, Row, Section};
use xxgk::{Form, Record, Value};

use super::layout::Layout;

/// What is done to merged cells and to labels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Blank cells stand in the place of merged ones; otherwise they are left away.
    pub padded: bool,
    /// The headings that a row stands under are repeated on every row, not only on the first.
    pub repeated: bool,
    /// The last column stands first.
    pub total_first: bool,
    /// Notes and numbers are dropped, and the shortest label is taken.
    pub short: bool,
    /// A label is broken over two cells, or lines.
    pub split: bool,
    /// A section that is printed across is written row by row.
    pub rows: bool,
}

/// What stands in a document: running text, or one row of a table.
#[derive(Clone, Debug)]
pub enum Line {
    Text(String),
    Row(Vec<String>),
}

/// What the rows and the columns of a form are called in a document.
#[derive(Clone, Debug)]
pub struct Names {
    /// By the index of the row.
    pub rows: Vec<String>,
    /// By the index of the section, and of the column in it.
    pub columns: Vec<Vec<String>>,
}

impl Names {
    pub fn new(form: &Form, style: Style) -> Self {
        let column = |column: &Column| {
            let short = column.also().last().filter(|_| style.short);
            short.cloned().unwrap_or_else(|| column.label().to_owned())
        };
        let columns = form.sections().iter();
        Names {
            rows: form.rows().iter().map(|row| label(row, style)).collect(),
            columns: columns
                .map(|section| section.columns().iter().map(column).collect())
                .collect(),
        }
    }
}

/// The report of a record.
pub fn report(record: &Record, layout: Layout, style: Style, year: u16) -> String {
    let form = record.form();
    let names = Names::new(form, style);
    let lines = lines(form, style, &names, year, |cell| value(record.value(cell)));
    let lines = lines.iter().map(|line| match line {
        Line::Text(text) => format!("{text}\n"),
        Line::Row(row) => layout.row(row),
    });
    lines.collect()
}

/// What stands in the report of a form, with the value of each cell as `value` gives it.
pub fn lines(
    form: &Form,
    style: Style,
    names: &Names,
    year: u16,
    value: impl Fn(usize) -> String,
) -> Vec<Line> {
    let text = |text: &str| Line::Text(text.to_owned());
    let mut out = vec![Line::Text(format!("某市{year}年政府信息公开工作年度报告"))];
    out.push(text("本年度工作平稳,数字见下。"));
    for (number, section) in form.sections().iter().enumerate() {
        out.extend([
            text(""),
            Line::Text(format!("第{number}部分、{}", section.title())),
            text(""),
        ]);
        let table = Table {
            form,
            section,
            style,
            rows: &names.rows,
            columns: &names.columns[number],
        };
        let rows = match section.across() && !style.rows {
            true => table.across(&value),
            false => table.down(&value),
        };
        out.extend(rows.into_iter().map(Line::Row));
    }
    out.extend(["", "五、存在的主要问题及改进情况", "下一步继续改进。"].map(text));
    out
}

/// One section, to be written.
struct Table<'a> {
    form: &'a Form,
    section: &'a Section,
    style: Style,
    rows: &'a [String],
    columns: &'a [String],
}

fn order(section: &Section, style: Style) -> Vec<usize> {
    let mut order: Vec<usize> = (0..section.columns().len()).collect();
    if style.total_first && order.len() > 2 {
        order.rotate_right(1);
    }
    order
}

/// A value as it is written; a blank is nothing.
pub fn value(value: Option<Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Change(change)) if change > 0 => format!("+{change}"),
        Some(value) => value.to_string(),
    }
}

fn label(row: &Row, style: Style) -> String {
    let note = row
        .note()
        .map(|note| format!("({note})"))
        .unwrap_or_default();
    match style.short {
        false => format!("{}{note}", row.label()),
        true => row
            .also()
            .last()
            .cloned()
            .unwrap_or_else(|| row.label().to_owned()),
    }
}

/// Whether a row stands below another.
pub fn is_below(row: &Row, above: &Row) -> bool {
    row.code().starts_with(&format!("{}.", above.code()))
}

impl Table<'_> {
    /// The rows of the section, each with what it is called.
    fn all(&self) -> impl DoubleEndedIterator<Item = (&Row, &String)> + Clone {
        let rows = self.section.rows();
        self.form.rows()[rows.clone()].iter().zip(&self.rows[rows])
    }

    /// The header of ordinary rows.
    fn header(&self, order: &[usize], depth: usize) -> Vec<Vec<String>> {
        let mut lines = self.headings(order);
        if self.style.padded {
            for line in &mut lines {
                line.splice(1..1, vec![String::new(); depth]);
            }
        }
        lines
    }

    /// The headings over ordinary rows: on two lines where columns have a label above them.
    fn headings(&self, order: &[usize]) -> Vec<Vec<String>> {
        let columns = self.section.columns();
        let label = |column: &usize| self.columns[*column].clone();
        if columns.iter().all(|column| column.group().is_none()) {
            let first = vec!["信息内容".to_owned()];
            return vec![[first, order.iter().map(label).collect()].concat()];
        }
        let (mut upper, mut lower) = (vec!["申请人情况".to_owned()], vec![String::new()]);
        let mut last = None;
        for column in order {
            match columns[*column].group() {
                Some(group) => {
                    match last == Some(group) {
                        false => upper.push(group.to_owned()),
                        true if self.style.repeated => upper.push(group.to_owned()),
                        true => upper.push(String::new()),
                    }
                    lower.push(label(column));
                }
                None => {
                    upper.push(label(column));
                    lower.push(if self.style.repeated {
                        label(column)
                    } else {
                        String::new()
                    });
                }
            }
            last = columns[*column].group();
        }
        if !self.style.padded && !self.style.repeated {
            upper.retain(|cell| !cell.is_empty());
            lower.retain(|cell| !cell.is_empty());
        }
        vec![upper, lower]
    }

    /// Row by row.
    fn down(&self, value: impl Fn(usize) -> String) -> Vec<Vec<String>> {
        let style = self.style;
        let order = order(self.section, style);
        let depth = |row: &Row| self.all().filter(|(above, _)| is_below(row, above)).count();
        let deepest = self.all().map(|(row, _)| depth(row)).max().unwrap_or(0);
        let mut out = self.header(&order, deepest);
        let mut shown: Vec<&str> = Vec::new();
        for (row, own) in self.all().filter(|(row, _)| !row.cells().is_empty()) {
            let mut line = Vec::new();
            for (above, label) in self.all().filter(|(above, _)| is_below(row, above)) {
                if style.repeated || !shown.contains(&above.code()) {
                    line.push(label.clone());
                    shown.push(above.code());
                } else if style.padded {
                    line.push(String::new());
                }
            }
            match own.char_indices().nth(own.chars().count() / 2) {
                Some((middle, _)) if style.split && own.chars().count() > 6 => {
                    line.push(own[..middle].to_owned());
                    line.push(own[middle..].to_owned());
                }
                _ => line.push(own.clone()),
            }
            if style.padded {
                line.resize(line.len() + deepest - depth(row), String::new());
            }
            for column in &order {
                line.push(value(row.cells().start + column));
            }
            out.push(line);
        }
        out
    }

    /// One line of values, with the labels of the rows above the columns.
    fn across(&self, value: impl Fn(usize) -> String) -> Vec<Vec<String>> {
        let order = order(self.section, self.style);
        let leaves = || order.iter().map(|column| self.columns[*column].clone());
        let (mut top, mut middle, mut bottom, mut values) = (vec![], vec![], vec![], vec![]);
        for (row, label) in self.all() {
            let below = self.all().filter(|(other, _)| is_below(other, row)).count();
            let inside = self.all().any(|(other, _)| is_below(row, other));
            let blanks = |out: &mut Vec<String>, count: usize| {
                if self.style.padded {
                    out.resize(out.len() + count, String::new());
                }
            };
            let width = order.len();
            if below > 0 {
                top.push(label.clone());
                blanks(&mut top, width * below - 1);
            } else if inside {
                middle.push(label.clone());
                blanks(&mut middle, width - 1);
                bottom.extend(leaves());
            } else {
                top.push(label.clone());
                blanks(&mut top, width - 1);
                middle.extend(leaves());
                blanks(&mut bottom, width);
            }
            if !row.cells().is_empty() {
                values.extend(order.iter().map(|column| value(row.cells().start + column)));
            }
        }
        vec![top, middle, bottom, values]
    }
}
