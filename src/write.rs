//! A record as text: the other side of the reader.

use crate::document::layout::PIPES;
use crate::form::{Form, Kind, Row, Section};
use crate::number::written::measure;
use crate::record::Record;

/// Writes the table of a record as plain text: the title, the year, and each section as a Markdown table with the labels of
/// the form. [`read`](crate::read()) reads the same record and year from it, also where texts of other years stand before or
/// behind it.
///
/// A blank cell is left blank. What was declared beside the table is no part of it.
///
/// ```
/// use xxgk::{Options, Record, Value, forms, read, write};
/// # use xxgk::{Table, nine_category::NineCategory};
/// let mut record = Record::new(NineCategory::form().clone());
/// record.set("requests.received.total", Some(Value::Count(27)))?;
/// let text = write(&record, Some(2017));
/// assert!(text.starts_with("政府信息公开情况统计表\n(2017年度)\n\n| 统计指标 | 单位 | 统计数 |\n"));
/// assert!(text.contains("\n| (一)收到申请数 | 件 | 27 |\n| 1.当面申请数 | 件 |  |\n"));
/// let reading = read(&text, forms(), &Options::default()).next().unwrap();
/// assert_eq!((reading.record, reading.year), (Some(record), Some(2017)));
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[must_use]
pub fn write(record: &Record, year: Option<u16>) -> String {
    let form = record.form();
    let mut out = format!("{}\n", form.title());
    if let Some(year) = year {
        // On a line of its own it is read whatever the title is.
        out += &format!("({year}年度)\n");
    }
    for section in form.sections() {
        out.push('\n');
        table(&mut out, record, form, section);
    }
    out
}

/// One section. Every line has as many cells, or a blank at its end could be taken for one that was lost.
fn table(out: &mut String, record: &Record, form: &Form, section: &Section) {
    let labels: Vec<&str> = section.columns().iter().map(|it| it.label()).collect();
    let columns = match &labels[..] {
        [] => &["单位", "统计数"],
        labels => labels,
    };
    line(out, ["统计指标"].iter().chain(columns));
    line(out, vec!["---"; columns.len() + 1]);
    for row in form.rows().get(section.rows()).unwrap_or_default() {
        let mut cells = vec![label(row)];
        if labels.is_empty() {
            cells.push(unit(row).to_owned());
        }
        let values = row.cells().map(|cell| record.value(cell));
        cells.extend(values.map(|value| value.map_or_else(String::new, |it| it.to_string())));
        cells.resize(columns.len() + 1, String::new());
        line(out, &cells);
    }
}

/// The label as it is printed, with its note.
fn label(row: &Row) -> String {
    match row.note() {
        Some(note) => format!("{}({note})", row.label()),
        None => row.label().to_owned(),
    }
}

/// The unit, if the reader would not take it for something else.
fn unit(row: &Row) -> &str {
    match row.kind() {
        Kind::Heading => "—",
        _ if measure(row.unit()).is_some() => row.unit(),
        _ => "",
    }
}

/// One line of cells; what would end a cell or a line is a space in it.
fn line(out: &mut String, cells: impl IntoIterator<Item = impl AsRef<str>>) {
    out.push('|');
    for cell in cells {
        let ends = |c: char| c == '\n' || PIPES.contains(&c);
        out.push(' ');
        out.extend(cell.as_ref().chars().map(|c| if ends(c) { ' ' } else { c }));
        out.push_str(" |");
    }
    out.push('\n');
}
