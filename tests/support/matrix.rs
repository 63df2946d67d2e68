//! Writes a record of a form with columns as people's documents have it. The other side of the reader: it shares no code
//! with it, and knows the printed national forms by heart where the form's file does not say how they are printed.

use xxgk::form::{Row, Section};
use xxgk::{Record, Value};

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

/// The report of a record.
pub fn report(record: &Record, layout: Layout, style: Style, year: u16) -> String {
    let form = record.form().clone();
    let mut out = format!("某市{year}年政府信息公开工作年度报告\n本年度工作平稳,数字见下。\n");
    for (number, section) in form.sections().iter().enumerate() {
        out += &format!("\n第{number}部分、{}\n\n", section.title());
        let lines = match section.across() && !style.rows {
            true => across(record, section, style),
            false => rows(record, section, style),
        };
        for line in lines {
            out += &layout.row(&line);
        }
    }
    out + "\n五、存在的主要问题及改进情况\n下一步继续改进。\n"
}

fn order(section: &Section, style: Style) -> Vec<usize> {
    let mut order: Vec<usize> = (0..section.columns().len()).collect();
    if style.total_first && order.len() > 2 {
        order.rotate_right(1);
    }
    order
}

fn value(record: &Record, cell: usize) -> String {
    match record.value(cell) {
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

/// The header of ordinary rows: over two lines where columns have a label above them.
fn header(section: &Section, order: &[usize], style: Style) -> Vec<Vec<String>> {
    let columns = section.columns();
    let label = |column: &usize| {
        let column = &columns[*column];
        let short = column.also().last().filter(|_| style.short);
        short.cloned().unwrap_or_else(|| column.label().to_owned())
    };
    if columns.iter().all(|column| column.group().is_none()) {
        return vec![
            [
                vec!["信息内容".to_owned()],
                order.iter().map(label).collect(),
            ]
            .concat(),
        ];
    }
    let (mut upper, mut lower) = (vec!["申请人情况".to_owned()], vec![String::new()]);
    let mut last = None;
    for column in order {
        match columns[*column].group() {
            Some(group) => {
                match last == Some(group) {
                    false => upper.push(group.to_owned()),
                    true if style.repeated => upper.push(group.to_owned()),
                    true => upper.push(String::new()),
                }
                lower.push(label(column));
            }
            None => {
                upper.push(label(column));
                lower.push(if style.repeated {
                    label(column)
                } else {
                    String::new()
                });
            }
        }
        last = columns[*column].group();
    }
    if !style.padded && !style.repeated {
        upper.retain(|cell| !cell.is_empty());
        lower.retain(|cell| !cell.is_empty());
    }
    vec![upper, lower]
}

fn rows(record: &Record, section: &Section, style: Style) -> Vec<Vec<String>> {
    let form = record.form();
    let order = order(section, style);
    let mut out = header(section, &order, style);
    let all = &form.rows()[section.rows()];
    let depth = |row: &Row| {
        all.iter()
            .filter(|above| row.code().starts_with(&format!("{}.", above.code())))
            .count()
    };
    let deepest = all.iter().map(depth).max().unwrap_or(0);
    let mut shown: Vec<&str> = Vec::new();
    for row in all.iter().filter(|row| !row.cells().is_empty()) {
        let mut line = Vec::new();
        for above in all
            .iter()
            .filter(|above| row.code().starts_with(&format!("{}.", above.code())))
        {
            if style.repeated || !shown.contains(&above.code()) {
                line.push(label(above, style));
                shown.push(above.code());
            } else if style.padded {
                line.push(String::new());
            }
        }
        let own = label(row, style);
        match own.char_indices().nth(own.chars().count() / 2) {
            Some((middle, _)) if style.split && own.chars().count() > 6 => {
                line.push(own[..middle].to_owned());
                line.push(own[middle..].to_owned());
            }
            _ => line.push(own),
        }
        if style.padded {
            line.resize(line.len() + deepest - depth(row), String::new());
        }
        for column in &order {
            line.push(value(record, row.cells().start + column));
        }
        out.push(line);
    }
    out
}

/// One line of values, with the labels of the rows above the columns.
fn across(record: &Record, section: &Section, style: Style) -> Vec<Vec<String>> {
    let form = record.form();
    let all = &form.rows()[section.rows()];
    let order = order(section, style);
    let leaves = || {
        order
            .iter()
            .map(|column| section.columns()[*column].label().to_owned())
    };
    let (mut top, mut middle, mut bottom, mut values) = (vec![], vec![], vec![], vec![]);
    for row in all {
        let below = all
            .iter()
            .any(|other| other.code().starts_with(&format!("{}.", row.code())));
        let inside = all
            .iter()
            .any(|other| row.code().starts_with(&format!("{}.", other.code())));
        let blanks = |out: &mut Vec<String>, count: usize| {
            if style.padded {
                out.resize(out.len() + count, String::new());
            }
        };
        let width = order.len();
        if below {
            top.push(row.label().to_owned());
            let rows = all
                .iter()
                .filter(|other| other.code().starts_with(&format!("{}.", row.code())));
            blanks(&mut top, width * rows.count() - 1);
        } else if inside {
            middle.push(row.label().to_owned());
            blanks(&mut middle, width - 1);
            bottom.extend(leaves());
        } else {
            top.push(row.label().to_owned());
            blanks(&mut top, width - 1);
            middle.extend(leaves());
            blanks(&mut bottom, width);
        }
        if !row.cells().is_empty() {
            values.extend(
                order
                    .iter()
                    .map(|column| value(record, row.cells().start + column)),
            );
        }
    }
    vec![top, middle, bottom, values]
}
