//! The rows of one table to a record, with a finding for whatever is not as it should be.

use std::sync::Arc;

use super::Reading;
use super::header::ValueColumn;
use super::near::add_near;
use super::resolve::{resolve, resolve_near};
use super::rows::{Row, Table};
use super::sheet::{self, Sheet};
use crate::check::cell;
use crate::form::{Form, Indicator, Kind, Row as FormRow};
use crate::grid::{TextCell, quoted};
use crate::lang::Text;
use crate::number::written::{Unread, Written, measure, read};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Finding};
use crate::rule::Severity::{Hard, Soft};
use crate::unicode::compatible;

/// One in so many cells of the form must be there for a text to hold a table of it.
const ENOUGH: usize = 8;

/// The readings of a table: one, or one for each year that has a column in it; none where too few rows are of the form for
/// it to be one.
pub(crate) fn readings(form: &Arc<Form>, table: &Table<'_, '_>) -> Vec<Reading> {
    let candidates: Vec<&[usize]> = table.rows.iter().map(|row| row.candidates).collect();
    let of_form = candidates.iter().filter(|rows| !rows.is_empty()).count();
    if of_form < form.cells().div_ceil(ENOUGH) {
        return Vec::new();
    }
    let refuse = |finding| vec![Reading::unreadable(table.year, vec![finding])];
    if table.overflow {
        return refuse(too_many_rows(form));
    }
    let columns: &[ValueColumn] = match table.header.as_ref().map(|header| &header.values) {
        Some(Err(columns)) => return refuse(which_column(columns)),
        Some(Ok(values)) => &values.columns,
        None => &[ValueColumn {
            column: 0,
            year: None,
        }],
    };
    let unclear: Vec<usize> = (0..)
        .zip(&table.rows)
        .filter(|(_, row)| row.unclear && !is_heading(form, row))
        .map(|(line, _)| line)
        .collect();
    let mut rows = match resolve(&candidates) {
        Ok(rows) if unclear.is_empty() => rows,
        Ok(_) => return refuse(cannot_be_told_apart(table, &unclear)),
        Err(lines) => return refuse(cannot_be_told_apart(table, &lines)),
    };
    add_near(form, &table.rows, &mut rows);
    let reading = |(index, column): (usize, &ValueColumn)| {
        let mut findings: Vec<Finding> = several_columns(table).into_iter().collect();
        let mut lines_of: Vec<Vec<Row<'_, '_>>> = vec![Vec::new(); form.cells()];
        for (line, row) in table.rows.iter().zip(&rows) {
            let cell = row.and_then(|row| form.rows().get(row)?.cells().next());
            match cell.and_then(|cell| lines_of.get_mut(cell)) {
                Some(lines) => lines.push(line.in_column(index)),
                None if row.is_none() => findings.push(unknown_row(&line.label)),
                None => {}
            }
        }
        filled(form, column.year.or(table.year), &lines_of, findings)
    };
    columns.iter().enumerate().map(reading).collect()
}

/// The reading of a report on a form with columns; `None` where too few cells are of the form for it to be one.
pub(crate) fn sheet(form: &Arc<Form>, sheet: &Sheet<'_, '_>) -> Option<Reading> {
    let candidates: Vec<&[usize]> = sheet.lines.iter().map(|line| line.candidates).collect();
    let cells = |rows: &&[usize]| {
        rows.first()
            .and_then(|row| Some(form.rows().get(*row)?.cells().len()))
    };
    let of_form: usize = candidates.iter().filter_map(cells).sum();
    if of_form < form.cells().div_ceil(ENOUGH) {
        return None;
    }
    let refuse = |finding| Some(Reading::unreadable(sheet.year, vec![finding]));
    if sheet.overflow {
        return refuse(too_many_rows(form));
    }
    let unclear = |lines: &[usize]| {
        let labels = lines
            .iter()
            .filter_map(|line| Some(&sheet.lines.get(*line)?.label));
        refuse(told_apart(&labels.collect::<Vec<_>>()))
    };
    let without: Vec<usize> = (0..)
        .zip(&sheet.lines)
        .filter(|(_, line)| line.values.is_none())
        .map(|(index, _)| index)
        .collect();
    if !without.is_empty() {
        return unclear(&without);
    }
    let mut rows = match resolve(&candidates) {
        Ok(rows) => rows,
        Err(lines) => return unclear(&lines),
    };
    if sheet.lines.iter().any(|line| !line.near.is_empty()) {
        let near: Vec<&[usize]> = sheet.lines.iter().map(|line| &*line.near).collect();
        resolve_near(&mut rows, &near);
    }
    let unknown = sheet
        .lines
        .iter()
        .zip(&rows)
        .filter(|(_, row)| row.is_none());
    let findings = unknown.map(|(line, _)| unknown_row(&line.label)).collect();
    let lines = sheet::lines_of(form, sheet, &rows);
    Some(filled(form, sheet.year, &lines, findings))
}

/// The reading of the lines that were found for each cell of a form.
fn filled(
    form: &Arc<Form>,
    year: Option<u16>,
    lines_of: &[Vec<Row<'_, '_>>],
    mut findings: Vec<Finding>,
) -> Reading {
    let mut places = vec![None; form.cells()];
    let mut record = Record::new(form.clone());
    let absent = absent_parts(form, lines_of);
    for (index, (indicator, lines)) in form.indicators().iter().zip(lines_of).enumerate() {
        let place = lines
            .first()
            .and_then(|line| line.value.as_ref())
            .map(TextCell::place);
        if let Some(slot) = places.get_mut(index) {
            slot.clone_from(&place);
        }
        // What is said of a row is said once, of all of its cells.
        let row = form.rows().get(indicator.row());
        let row = row.filter(|row| row.cells().start == index);
        if let (Some(row), Some(line)) = (row, lines.first().filter(|line| line.is_misspelt())) {
            findings.push(other_spelling(form, row, &line.label, lines_of));
        }
        let value = match &lines[..] {
            [] => {
                if let Some(row) = row {
                    findings.push(no_row(form, row, absent.contains(&part(indicator))));
                }
                None
            }
            [line] => one_line(indicator, line, &mut findings),
            _ => several_lines(indicator, lines, &mut findings),
        };
        // The reader gives each cell a value of its kind.
        _ = record.set_cell(index, value);
    }
    Reading {
        form: Some(form.clone()),
        year,
        record: Some(record),
        findings,
        claims: None,
        places,
        lines: 0..0,
    }
}

fn is_heading(form: &Form, row: &Row<'_, '_>) -> bool {
    let kind = row
        .candidates
        .first()
        .and_then(|row| form.rows().get(*row))
        .map(FormRow::kind);
    kind == Some(Kind::Heading)
}

/// The top-level part of the form that a row belongs to.
fn part(row: &Indicator) -> &str {
    row.code().split('.').next().unwrap_or_default()
}

/// The parts of the form of which the table has no row with a value.
fn absent_parts<'f>(form: &'f Form, lines: &[Vec<Row<'_, '_>>]) -> Vec<&'f str> {
    let mut parts: Vec<&str> = form.indicators().iter().map(part).collect();
    parts.dedup();
    let present = |name: &str| {
        form.indicators()
            .iter()
            .zip(lines)
            .any(|(row, lines)| part(row) == name && !lines.is_empty())
    };
    parts.retain(|name| !present(name));
    parts
}

fn written(row: &Indicator, line: &Row<'_, '_>) -> Result<Written, Unread> {
    let text = line.value.map_or("", |value| value.text);
    read(text, row.kind(), row.unit(), &compatible(line.unit))
}

/// The cell of a line as findings show it.
fn placed(row: &Indicator, line: &Row<'_, '_>, value: Option<crate::Value>) -> Cell {
    let place = line.value.as_ref().unwrap_or(&line.label).place();
    Cell {
        place: Some(place),
        ..cell(row, value)
    }
}

fn one_line(
    row: &Indicator,
    line: &Row<'_, '_>,
    findings: &mut Vec<Finding>,
) -> Option<crate::Value> {
    let name = row.name();
    let text = quoted(line.value.map_or("", |value| value.text));
    let mut report = |id, severity, value, zh: String, en: String| {
        findings.push(Finding::structural(
            id,
            severity,
            vec![placed(row, line, value)],
            Text::new(zh, en),
        ));
    };
    match written(row, line) {
        Ok(Written {
            value,
            converted,
            other_unit,
        }) => {
            if converted {
                let unit = row.unit();
                let shown = if measure(&compatible(line.unit)).is_some()
                    && !text.contains(|c: char| c.is_alphabetic())
                {
                    format!("{text}{}", line.unit)
                } else {
                    text.clone()
                };
                report(
                    kind::CONVERTED,
                    Soft,
                    Some(value),
                    format!("“{name}”写作“{shown}”,已换算为{value}{unit},请确认并改用表式的单位。"),
                    format!(
                        "“{name}” is written “{shown}”, converted to {value} {unit}. Confirm, and use the unit of the form."
                    ),
                );
            }
            if let Some(unit) = other_unit {
                let form = row.unit();
                report(
                    kind::OTHER_UNIT,
                    Soft,
                    Some(value),
                    format!("“{name}”的单位写作“{unit}”,表式为“{form}”,请核对。"),
                    format!("The unit of “{name}” is “{unit}”, on the form “{form}”: check it."),
                );
            }
            Some(value)
        }
        Err(unread) => {
            let (id, severity, zh, en) = match unread {
                Unread::Blank if text.is_empty() => (
                    kind::BLANK,
                    Soft,
                    "空白。空白不等于0,请补填;确实没有的填0".into(),
                    "blank. A blank is not a zero: fill it in, with 0 if there is none".into(),
                ),
                Unread::Blank => (
                    kind::BLANK,
                    Soft,
                    format!("填的是“{text}”,不是数,按空白处理。请补填;确实没有的填0"),
                    format!(
                        "“{text}”, which is read as a blank. Fill it in, with 0 if there is none"
                    ),
                ),
                Unread::NotANumber => (
                    kind::NOT_A_NUMBER,
                    Hard,
                    format!("填的是“{text}”,不是数,请改正"),
                    format!("“{text}”, which is not a number: correct it"),
                ),
                Unread::Negative => (
                    kind::NEGATIVE,
                    Hard,
                    format!("填的是“{text}”,不能为负,请改正"),
                    format!("“{text}”; it cannot be negative: correct it"),
                ),
                Unread::Fraction => (
                    kind::FRACTION,
                    Hard,
                    format!("填的是“{text}”,应为整数,请改正"),
                    format!("“{text}”; it must be a whole number: correct it"),
                ),
                Unread::OutOfRange => (
                    kind::OUT_OF_RANGE,
                    Hard,
                    format!("填的是“{text}”,超出范围,请改正"),
                    format!("“{text}”, out of range: correct it"),
                ),
                Unread::Approximate => (
                    kind::APPROXIMATE,
                    Soft,
                    format!("填的是约数“{text}”,不能用来核对,请填准确的数"),
                    format!("approximate, “{text}”, and cannot be checked: give the exact number"),
                ),
                Unread::WrongUnit(unit) => (
                    kind::OTHER_UNIT,
                    Hard,
                    format!(
                        "填的是“{text}”,单位“{unit}”与表式的“{}”不是同类的量,请改正",
                        row.unit()
                    ),
                    format!(
                        "“{text}” in “{unit}”, which does not measure what “{}” does: correct it",
                        row.unit()
                    ),
                ),
            };
            report(
                id,
                severity,
                None,
                format!("“{name}”{zh}。"),
                format!("“{name}” is {en}."),
            );
            None
        }
    }
}

/// An indicator that stands several times: with one value, that; else a contradiction, and no value.
fn several_lines(
    row: &Indicator,
    lines: &[Row<'_, '_>],
    findings: &mut Vec<Finding>,
) -> Option<crate::Value> {
    let values: Vec<_> = lines
        .iter()
        .map(|line| written(row, line).ok().map(|written| written.value))
        .collect();
    if let (Some(line), true) = (
        lines.first(),
        values.windows(2).all(|pair| pair.first() == pair.last()),
    ) {
        return one_line(row, line, findings);
    }
    let cells: Vec<Cell> = lines
        .iter()
        .zip(&values)
        .map(|(line, value)| placed(row, line, *value))
        .collect();
    let texts: Vec<String> = lines
        .iter()
        .map(|line| quoted(line.value.map_or("", |value| value.text)))
        .collect();
    let (name, times) = (row.name(), lines.len());
    let message = Text::new(
        format!(
            "“{name}”出现了{times}次,数值不同:“{}”。不能确定哪个是对的,请核对并只保留一个。",
            texts.join("”“")
        ),
        format!(
            "“{name}” stands {times} times with different values: “{}”. Check, and keep one.",
            texts.join("”, “")
        ),
    );
    findings.push(Finding::structural(
        kind::CONTRADICTION,
        Hard,
        cells,
        message,
    ));
    None
}

fn no_row(form: &Form, row: &FormRow, whole_part: bool) -> Finding {
    let (name, code) = (row.name(), row.code());
    let (severity, message) = if whole_part {
        let zh = format!("缺少“{name}”(编码{code})一行:它所在的部分整个缺失,表不完整,请补全。");
        let en = format!(
            "There is no row “{name}” ({code}): the whole part that it belongs to is absent. Complete the table."
        );
        (Hard, Text::new(zh, en))
    } else {
        let zh = format!("缺少“{name}”(编码{code})一行,请核对是否漏了这一行。");
        let en = format!("There is no row “{name}” ({code}): check whether it was left out.");
        (Soft, Text::new(zh, en))
    };
    let cells = row
        .cells()
        .filter_map(|index| Some(cell(form.indicator(index)?, None)));
    Finding::structural(kind::NO_ROW, severity, cells.collect(), message)
}

fn other_spelling(
    form: &Form,
    row: &FormRow,
    label: &TextCell<'_>,
    lines_of: &[Vec<Row<'_, '_>>],
) -> Finding {
    let cells = row.cells().filter_map(|index| {
        let indicator = form.indicator(index)?;
        let line = lines_of.get(index)?.first()?;
        let value = written(indicator, line).ok().map(|written| written.value);
        Some(Cell {
            place: Some(label.place()),
            ..cell(indicator, value)
        })
    });
    let (name, label) = (row.name(), quoted(label.text));
    let message = Text::new(
        format!("“{label}”不是表式的写法,按“{name}”审核,请核对并改正。"),
        format!(
            "“{label}” is not how the form spells it; it is taken for “{name}”. Check it and correct it."
        ),
    );
    Finding::structural(kind::OTHER_SPELLING, Soft, cells.collect(), message)
}

/// A cell that is no cell of the form.
fn foreign(text: &TextCell<'_>) -> Cell {
    Cell {
        key: None,
        code: None,
        label: quoted(text.text).into(),
        value: None,
        source: None,
        place: Some(text.place()),
    }
}

fn unknown_row(cell: &TextCell<'_>) -> Finding {
    let label = quoted(cell.text);
    let message = Text::new(
        format!("“{label}”不是表式中的行,未参加审核。"),
        format!("“{label}” is no row of the form, and takes no part in the check."),
    );
    Finding::structural(kind::UNKNOWN_ROW, Soft, vec![foreign(cell)], message)
}

fn several_columns(table: &Table<'_, '_>) -> Option<Finding> {
    let values = table
        .header
        .as_ref()?
        .values
        .as_ref()
        .ok()
        .filter(|values| values.among.len() > 1)?;
    let (all, read) = (
        values.among.join("”“"),
        values
            .columns
            .first()
            .and_then(|it| table.header.as_ref()?.columns.get(it.column))?,
    );
    let message = Text::new(
        format!("表中有多个数值列:“{all}”。审核的是“{read}”;要审核另一列,请指定列名。"),
        format!(
            "The table has several columns of values: “{all}”. “{read}” is checked; name another to have that checked."
        ),
    );
    Some(Finding::structural(
        kind::SEVERAL_COLUMNS,
        Soft,
        Vec::new(),
        message,
    ))
}

fn which_column(columns: &[String]) -> Finding {
    let all = columns.join("”“");
    let message = Text::new(
        format!("不能确定审核哪一列:表中的数值列有“{all}”。请指定列名。"),
        format!(
            "There is no telling which column to check: the table has “{all}”. Name one of them."
        ),
    );
    Finding::structural(kind::AMBIGUOUS, Hard, Vec::new(), message)
}

fn cannot_be_told_apart(table: &Table<'_, '_>, lines: &[usize]) -> Finding {
    let rows = lines.iter().filter_map(|line| table.rows.get(*line));
    told_apart(&rows.map(|row| &row.label).collect::<Vec<_>>())
}

/// The finding that names the rows which cannot be told apart.
fn told_apart(rows: &[&TextCell<'_>]) -> Finding {
    let named: Vec<String> = rows
        .iter()
        .take(8)
        .map(|row| format!("“{}”(第{}行)", quoted(row.text), row.line))
        .collect();
    let en: Vec<String> = rows
        .iter()
        .take(8)
        .map(|row| format!("“{}” (line {})", quoted(row.text), row.line))
        .collect();
    let (zh_more, en_more) = if rows.len() > 8 {
        ("等", ", …")
    } else {
        ("", "")
    };
    let message = Text::new(
        format!(
            "{}{zh_more}处的单元格有缺失或错位,不能确定各数值属于哪一行,整张表不予采信。请对照原表补全各行。",
            named.join("")
        ),
        format!(
            "Cells are lost or displaced at {}{en_more}: it is not known which value belongs to which row, and the table is refused. Complete the rows from the original.",
            en.join(", ")
        ),
    );
    Finding::structural(
        kind::AMBIGUOUS,
        Hard,
        rows.iter().take(64).map(|row| foreign(row)).collect(),
        message,
    )
}

fn too_many_rows(form: &Form) -> Finding {
    let rows = form.rows().len();
    let message = Text::new(
        format!("表中的行远多于表式的{rows}行,不能认定为这张表。"),
        format!(
            "The table has far more rows than the {rows} of the form, and cannot be taken for it."
        ),
    );
    Finding::structural(kind::AMBIGUOUS, Hard, Vec::new(), message)
}
