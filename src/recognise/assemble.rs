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
    let mut report = |kind, value, message| {
        let cells = vec![placed(row, line, value)];
        let finding = Finding::structural(kind, cells, message);
        findings.push(finding);
    };
    match written(row, line) {
        Ok(Written {
            value,
            converted,
            other_unit,
        }) => {
            if converted {
                let has_unit = text.contains(|c: char| c.is_alphabetic());
                let shown = match measure(&compatible(line.unit)) {
                    Some(_) if !has_unit => format!("{text}{}", line.unit),
                    _ => text.clone(),
                };
                let message = kind::s009_converted::message(name, &shown, value, row.unit());
                report(kind::CONVERTED, Some(value), message);
            }
            if let Some(unit) = other_unit {
                let message = kind::s005_other_unit::message(name, &unit, row.unit());
                report(kind::OTHER_UNIT, Some(value), message);
            }
            Some(value)
        }
        Err(unread) => {
            let finding = not_read(row, &text, &unread, placed(row, line, None));
            findings.push(finding);
            None
        }
    }
}

/// The finding of a cell whose text is no value.
fn not_read(row: &Indicator, text: &str, unread: &Unread, cell: Cell) -> Finding {
    let name = row.name();
    let (kind, message) = match unread {
        Unread::Blank => (kind::BLANK, kind::s008_blank::message(name, text)),
        Unread::NotANumber => {
            let message = kind::s002_not_a_number::message(name, text);
            (kind::NOT_A_NUMBER, message)
        }
        Unread::Negative => (kind::NEGATIVE, kind::s003_negative::message(name, text)),
        Unread::Fraction => (kind::FRACTION, kind::s004_fraction::message(name, text)),
        Unread::OutOfRange => {
            let message = kind::s011_out_of_range::message(name, text);
            (kind::OUT_OF_RANGE, message)
        }
        Unread::Approximate => {
            let message = kind::s010_approximate::message(name, text);
            (kind::APPROXIMATE, message)
        }
        Unread::WrongUnit(unit) => {
            let message = kind::s005_other_unit::wrong_message(name, text, unit, row.unit());
            return Finding::structural(kind::OTHER_UNIT, vec![cell], message).weighing(Hard);
        }
    };
    Finding::structural(kind, vec![cell], message)
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
    let message = kind::s006_contradiction::message(row.name(), &texts);
    findings.push(Finding::structural(kind::CONTRADICTION, cells, message));
    None
}

fn no_row(form: &Form, row: &FormRow, whole_part: bool) -> Finding {
    let (severity, message) = match whole_part {
        true => (
            Hard,
            kind::s001_no_row::part_message(row.name(), row.code()),
        ),
        false => (Soft, kind::s001_no_row::message(row.name(), row.code())),
    };
    let cells = row
        .cells()
        .filter_map(|index| Some(cell(form.indicator(index)?, None)));
    Finding::structural(kind::NO_ROW, cells.collect(), message).weighing(severity)
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
    let message = kind::s012_other_spelling::message(&quoted(label.text), row.name());
    Finding::structural(kind::OTHER_SPELLING, cells.collect(), message)
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
    let message = kind::s007_unknown_row::message(&quoted(cell.text));
    Finding::structural(kind::UNKNOWN_ROW, vec![foreign(cell)], message)
}

fn several_columns(table: &Table<'_, '_>) -> Option<Finding> {
    let values = table
        .header
        .as_ref()?
        .values
        .as_ref()
        .ok()
        .filter(|values| values.among.len() > 1)?;
    let read = values
        .columns
        .first()
        .and_then(|it| table.header.as_ref()?.columns.get(it.column))?;
    let message = kind::s013_several_columns::message(&values.among, read);
    Some(Finding::structural(
        kind::SEVERAL_COLUMNS,
        Vec::new(),
        message,
    ))
}

fn which_column(columns: &[String]) -> Finding {
    let message = kind::s021_ambiguous::which_column(columns);
    Finding::structural(kind::AMBIGUOUS, Vec::new(), message)
}

fn cannot_be_told_apart(table: &Table<'_, '_>, lines: &[usize]) -> Finding {
    let rows = lines.iter().filter_map(|line| table.rows.get(*line));
    told_apart(&rows.map(|row| &row.label).collect::<Vec<_>>())
}

/// The finding that names the rows which cannot be told apart.
fn told_apart(rows: &[&TextCell<'_>]) -> Finding {
    let named: Vec<(String, usize)> = rows
        .iter()
        .map(|row| (quoted(row.text), row.line))
        .collect();
    let message = kind::s021_ambiguous::told_apart(&named);
    let cells = rows.iter().take(64).map(|row| foreign(row)).collect();
    Finding::structural(kind::AMBIGUOUS, cells, message)
}

fn too_many_rows(form: &Form) -> Finding {
    let message = kind::s021_ambiguous::too_many_rows(form.rows().len());
    Finding::structural(kind::AMBIGUOUS, Vec::new(), message)
}
