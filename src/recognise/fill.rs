//! The cells that were found to a record, with a finding for whatever is not as it should be.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::align::{Aligned, Cells, Entry};
use super::figure::year_of;
use super::header::{Header, ValueColumn};
use super::order::Trouble;
use super::resolve::{resolve, resolve_near};
use super::settle::{Settled, Unclear, settle};
use super::sums::PrintedSum;
use super::unit::{Contradiction, Units};
use super::{Blanks, Reading};
use crate::check::cell;
use crate::document::{Look, TextCell, quoted};
use crate::form::{Form, Indicator, Kind, Row as FormRow};
use crate::lang::Text;
use crate::number::written::{Unread, Written, is_blank, measure, multiple, read};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Finding};
use crate::rule::Outcome;
use crate::rule::Severity::{Hard, Soft};
use crate::unicode::compatible;

/// One in so many cells of the form must be there for a text to hold a table of it.
const ENOUGH: usize = 8;
/// More blank cells than these are said at once.
const MAX_BLANKS: usize = 8;

/// One cell of a form, as it stands in the document.
#[derive(Clone, Copy, Debug)]
struct Stands<'t> {
    label: TextCell<'t>,
    /// The label is not the form's.
    misspelt: bool,
    unit: Result<&'t str, Contradiction<'t>>,
    value: Option<TextCell<'t>>,
}

/// What a form makes of a report: a reading, or one for each year that has a column in it.
pub(crate) struct Filled {
    pub readings: Vec<Reading>,
    /// How many cells were told, how many are of the form by their labels, and how many rows are none of the form's.
    pub told: usize,
    pub cells: usize,
    /// Whether those are enough for this to be a report.
    pub enough: bool,
    /// How many cells stand under headings that are none of the form's.
    pub foreign: usize,
    pub unknown: usize,
    pub lines: [usize; 2],
}

/// A part of a report that could not be read.
struct Refused<'t> {
    section: usize,
    unclear: Unclear<'t>,
    at: Option<TextCell<'t>>,
}

/// How many cells the rows of a form that a label can mean have.
fn cells_of(form: &Form, rows: &[usize]) -> usize {
    let row = rows.first().and_then(|row| form.rows().get(*row));
    row.map_or(0, |row| width(form, row))
}

/// How many cells of a report are of a form by their labels.
pub(crate) fn cells_known(form: &Form, aligned: &Aligned<'_, '_>) -> usize {
    let entries = aligned.entries.iter();
    entries.map(|entry| cells_of(form, entry.rows)).sum()
}

/// The readings of a report on a form; `None` where too few cells are of the form for it to be one.
pub(crate) fn fill(
    form: &Arc<Form>,
    aligned: &Aligned<'_, '_>,
    year: Option<u16>,
    overflow: bool,
    blanks: Blanks,
) -> Option<Filled> {
    let entries = &aligned.entries;
    let candidates: Vec<&[usize]> = entries.iter().map(|entry| entry.rows).collect();
    let cells_of = |rows: &[usize]| cells_of(form, rows);
    let of_form = cells_known(form, aligned);
    if of_form == 0 {
        return None;
    }
    let settled = settle(form, entries);
    let is_foreign =
        |settled: &&Option<Settled<'_>>| matches!(settled, Some(Err(Unclear::Heading(_))));
    let rows = entries.iter().zip(&settled);
    let foreign = rows.filter(|(_, settled)| is_foreign(settled));
    let foreign: usize = foreign.map(|(entry, _)| cells_of(entry.rows)).sum();
    let unknown = candidates.iter().filter(|rows| rows.is_empty()).count();
    let done = |readings: Vec<Reading>, told: usize| Filled {
        readings,
        told,
        cells: of_form,
        foreign,
        enough: of_form >= form.cells().div_ceil(ENOUGH),
        unknown,
        lines: aligned.lines,
    };
    let refuse = |finding| Some(done(vec![Reading::unreadable(year, vec![finding])], 0));
    if overflow {
        return refuse(too_many_rows(form));
    }
    let columns = match aligned.header.as_ref().map(|header| &header.values) {
        Some(Err(columns)) if entries.iter().any(|it| matches!(it.cells, Cells::One(_))) => {
            return refuse(which_column(columns));
        }
        Some(Ok(values)) => match of_another_year(aligned, year) {
            Some(heading) => return refuse(which_column(&[heading])),
            None => &values.columns[..],
        },
        _ => &[ValueColumn {
            column: 0,
            year: None,
        }],
    };
    let (mut rows, mut refused) = match resolve(&candidates) {
        Ok(rows) => (rows, Vec::new()),
        Err(lines) => {
            let refused = lines.iter().filter_map(|at| mixed(form, entries, *at));
            (
                candidates.iter().map(|rows| only(rows)).collect(),
                refused.collect(),
            )
        }
    };
    let near = entries
        .iter()
        .zip(&settled)
        .map(|(entry, settled)| match settled {
            Some(Err(_)) => &[][..],
            _ => &entry.near[..],
        });
    resolve_near(&mut rows, &near.collect::<Vec<_>>());
    for ((entry, settled), row) in entries.iter().zip(&settled).zip(&rows) {
        refused.extend(trouble(form, entry, settled.as_ref(), *row));
    }
    for (section, trouble, values) in &aligned.refused {
        let at = match trouble {
            Trouble::Heading(heading) => *heading,
            Trouble::Headings | Trouble::Spaces => *values,
        };
        refused.push(Refused {
            section: *section,
            unclear: Unclear::Heading(trouble.clone()),
            at: Some(at),
        });
    }
    refused.sort_by_key(|it| it.at.map(|at| (at.line, at.before.len())));
    let whole = |section: usize| refused.iter().all(|it| it.section != section);
    let sections: Vec<usize> = (0..form.sections().len()).filter(|it| whole(*it)).collect();
    let read = |row: &Option<usize>| {
        let row = row.and_then(|row| form.rows().get(row));
        row.filter(|row| sections.contains(&row.section()))
    };
    let told: usize = rows
        .iter()
        .filter_map(read)
        .map(|row| width(form, row))
        .sum();
    if told == 0 || (!refused.is_empty() && is_one_list(form)) {
        return refuse(cannot_be_told(form, &refused, true));
    }
    let filling = Filling {
        form,
        aligned,
        settled: &settled,
        rows: &rows,
        sections: &sections,
        blanks,
    };
    let readings = columns.iter().enumerate().map(|(index, column)| {
        let mut findings = filling.findings();
        if !refused.is_empty() {
            // The rest is read: the report is not wrong for it, but its check is not complete.
            let told = cannot_be_told(form, &refused, false);
            findings.insert(
                0,
                Finding {
                    outcome: Outcome::Undetermined,
                    ..told
                },
            );
        }
        let heading = aligned
            .header
            .as_ref()
            .and_then(|it| it.columns.get(column.column));
        let headed = || year_of(heading?);
        let year = column.year.or(year).or_else(headed);
        let reading = filling.reading(index, year, findings);
        Reading {
            before: filling.before(columns.len(), year),
            column: heading.filter(|_| columns.len() > 1).cloned(),
            sums: filling.sums(),
            ..reading
        }
    });
    Some(done(readings.collect(), told))
}

/// What is stated of the unit of a cell: in which column of its section, and in which of the columns that are read.
fn units<'t>(entry: &Entry<'t, '_>, column: usize, read: usize) -> Units<'t> {
    let heading = match &entry.cells {
        Cells::Several(row) => {
            let mut units = row.units.iter();
            units
                .find(|(of, _)| *of == column)
                .map(|(_, stated)| *stated)
        }
        Cells::One(list) => list.headings.get(read).copied(),
    };
    Units {
        heading: heading.unwrap_or_default(),
        ..entry.units
    }
}

/// The heading of the only column that is read, if it names another year than the report does, and the caller did not choose it.
fn of_another_year(aligned: &Aligned<'_, '_>, year: Option<u16>) -> Option<String> {
    let lists = aligned
        .entries
        .iter()
        .any(|it| matches!(it.cells, Cells::One(_)));
    let header = aligned.header.as_ref().filter(|_| lists)?;
    let [ValueColumn { column, year: None }] = header.values.as_ref().ok()?.columns[..] else {
        return None;
    };
    let heading = header.columns.get(column)?;
    let named = year_of(heading)?;
    year.is_some_and(|year| year != named)
        .then(|| heading.clone())
}

/// Whether a form is one table of one value a row.
fn is_one_list(form: &Form) -> bool {
    form.sections().len() == 1
}

/// How many values a row, or the sum of the rows below it, may hold.
fn width(form: &Form, row: &FormRow) -> usize {
    let section = form.sections().get(row.section());
    section.map_or(1, |section| section.columns().len().max(1))
}

fn only(rows: &[usize]) -> Option<usize> {
    match rows {
        [row] => Some(*row),
        _ => None,
    }
}

/// The section of a row of which its label does not say which it is.
fn mixed<'t>(form: &Form, entries: &[Entry<'t, '_>], at: usize) -> Option<Refused<'t>> {
    let entry = entries.get(at)?;
    let row = form.rows().get(*entry.meant().first()?)?;
    Some(Refused {
        section: row.section(),
        unclear: Unclear::Mixed,
        at: Some(entry.label),
    })
}

/// What keeps the values of a row of the form from being told.
fn trouble<'t>(
    form: &Form,
    entry: &Entry<'t, '_>,
    settled: Option<&Settled<'t>>,
    row: Option<usize>,
) -> Option<Refused<'t>> {
    let row = form
        .rows()
        .get(row.or_else(|| entry.rows.first().copied())?)?;
    let unclear = match (&entry.cells, settled) {
        (_, Some(Err(unclear))) => unclear.clone(),
        (Cells::One(list), _) if list.unclear && row.kind() != Kind::Heading => Unclear::Mixed,
        _ => return None,
    };
    let at = match &unclear {
        Unclear::Heading(Trouble::Heading(heading)) => *heading,
        _ => entry.label,
    };
    Some(Refused {
        section: row.section(),
        unclear,
        at: Some(at),
    })
}

/// What is known of a report when it is filled in.
struct Filling<'a, 't, 'f> {
    form: &'a Arc<Form>,
    aligned: &'a Aligned<'t, 'f>,
    settled: &'a [Option<Settled<'t>>],
    /// The row of the form that each entry is.
    rows: &'a [Option<usize>],
    /// The sections that are read.
    sections: &'a [usize],
    blanks: Blanks,
}

impl<'t> Filling<'_, 't, '_> {
    /// What is said of rows and columns, and not of a cell.
    fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        let lists = self
            .aligned
            .entries
            .iter()
            .any(|it| matches!(it.cells, Cells::One(_)));
        findings.extend(
            self.aligned
                .header
                .as_ref()
                .filter(|_| lists)
                .and_then(several_columns),
        );
        for (section, column, heading) in &self.aligned.misspelt {
            let section = self
                .form
                .sections()
                .get(*section)
                .filter(|_| self.sections.contains(section));
            let column = section.and_then(|it| it.columns().get(*column));
            findings.extend(column.map(|column| other_heading(column.label(), heading)));
        }
        let known = self.aligned.entries.iter().zip(self.rows);
        let unknown = known.filter(|(_, row)| row.is_none());
        findings.extend(unknown.map(|(entry, _)| unknown_row(&entry.label)));
        findings
    }

    /// The figures of the year before, in a column beside the only one that is read.
    fn before(&self, columns: usize, year: Option<u16>) -> Option<Box<Reading>> {
        let header = self.aligned.header.as_ref()?;
        let heading = header.columns.get(header.last_year?)?;
        // What of them cannot be read is left blank: they are not what is checked.
        let reading = self.reading(columns, year.map(|year| year - 1), Vec::new());
        let known = reading.record.as_ref()?.cells().iter().any(Option::is_some);
        known.then(|| {
            Box::new(Reading {
                column: Some(heading.clone()),
                ..reading
            })
        })
    }

    /// The sums that are printed in the place of the rows below a heading.
    fn sums(&self) -> Vec<PrintedSum> {
        let entries = self.aligned.entries.iter().zip(self.settled).zip(self.rows);
        let of_entry =
            |((_, settled), row): ((&Entry<'t, '_>, &Option<Settled<'t>>), &Option<usize>)| {
                let (Some(Ok(cells)), Some(row)) = (settled, row) else {
                    return None;
                };
                let heading = self
                    .form
                    .rows()
                    .get(*row)
                    .filter(|it| it.cells().is_empty())?;
                let rows: Vec<usize> = self.form.rows_below(*row).collect();
                let printed = self.rows.iter().flatten().any(|row| rows.contains(row));
                let read_here =
                    self.sections.contains(&heading.section()) && !printed && !rows.is_empty();
                read_here.then(|| PrintedSum::new(self.form, *row, &rows, cells))
            };
        entries.filter_map(of_entry).collect()
    }

    fn reading(&self, column: usize, year: Option<u16>, findings: Vec<Finding>) -> Reading {
        let mut lines: Vec<Vec<Stands<'t>>> = vec![Vec::new(); self.form.cells()];
        for ((entry, settled), row) in self.aligned.entries.iter().zip(self.settled).zip(self.rows)
        {
            let Some(row) = row.and_then(|row| self.form.rows().get(row)) else {
                continue;
            };
            if !self.sections.contains(&row.section()) {
                continue;
            }
            for (at, cell) in row.cells().enumerate() {
                let value = match (&entry.cells, settled) {
                    (Cells::One(list), _) => list.in_column(column),
                    (Cells::Several(_), Some(Ok(values))) => values.get(at).copied(),
                    (Cells::Several(_), _) => None,
                };
                let kind = self
                    .form
                    .indicator(cell)
                    .map_or(row.kind(), Indicator::kind);
                let list = matches!(entry.cells, Cells::One(_));
                if let Some(lines) = lines.get_mut(cell) {
                    lines.push(Stands {
                        label: entry.label,
                        misspelt: entry.rows.is_empty() || entry.annotated,
                        unit: units(entry, at, column).resolve(kind, list),
                        value,
                    });
                }
            }
        }
        let summed: Vec<usize> = self
            .sums()
            .iter()
            .flat_map(|sum| sum.rows.clone())
            .collect();
        filled(self, year, &lines, &summed, findings)
    }
}

/// The reading of what was found for each cell of a form.
fn filled(
    filling: &Filling<'_, '_, '_>,
    year: Option<u16>,
    lines_of: &[Vec<Stands<'_>>],
    summed: &[usize],
    mut findings: Vec<Finding>,
) -> Reading {
    let (form, sections) = (filling.form, filling.sections);
    let empty = is_empty(lines_of);
    let mut blank = Vec::new();
    let mut places = vec![None; form.cells()];
    let mut record = Record::new(form.clone());
    let absent = absent_parts(form, lines_of);
    for (index, (indicator, lines)) in form.indicators().iter().zip(lines_of).enumerate() {
        let of_row = form.rows().get(indicator.row());
        if of_row.is_none_or(|row| !sections.contains(&row.section())) {
            continue;
        }
        let place = lines
            .first()
            .and_then(|line| line.value.as_ref())
            .map(TextCell::place);
        if let Some(slot) = places.get_mut(index) {
            slot.clone_from(&place);
        }
        // What is said of a row is said once, of all of its cells.
        let row = of_row.filter(|row| row.cells().start == index);
        if let (Some(row), Some(line)) = (row, lines.first().filter(|line| line.misspelt)) {
            findings.push(other_spelling(form, row, &line.label, lines_of));
        }
        let value = match &lines[..] {
            [] => {
                if let Some(row) = row.filter(|_| !summed.contains(&indicator.row())) {
                    findings.push(no_row(form, row, absent.contains(&part(indicator))));
                }
                None
            }
            [line] => one_line(indicator, line, &mut findings),
            _ => several_lines(indicator, lines, &mut findings),
        };
        let is_blank = value.is_none()
            && !lines.is_empty()
            && lines.iter().all(|line| is_blank_cell(indicator, line));
        let value = match (is_blank && !empty, filling.blanks) {
            (true, Blanks::Zero) => Some(zero(indicator.kind())),
            _ => value,
        };
        if let (true, Some(line)) = (is_blank, lines.first()) {
            blank.push((indicator, line.value, placed(indicator, line, value)));
        }
        // The reader gives each cell a value of its kind.
        _ = record.set_cell(index, value);
    }
    findings.extend(uncalculated(form, lines_of));
    findings.extend(left_out(form, &record, lines_of));
    findings.extend(blanks(blank, filling.blanks));
    if empty {
        findings = vec![not_filled_in(form)];
    }
    Reading {
        record: Some(record),
        form: Some(form.clone()),
        places,
        ..Reading::unreadable(year, findings)
    }
}

/// The top-level part of the form that a row belongs to.
fn part(row: &Indicator) -> &str {
    row.code().split('.').next().unwrap_or_default()
}

/// The parts of the form of which the table has no row with a value.
fn absent_parts<'f>(form: &'f Form, lines: &[Vec<Stands<'_>>]) -> Vec<&'f str> {
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

/// Why a cell has no value: as it is written, or as it is shown.
enum Why {
    Written(Unread),
    Uncalculated,
    Unfollowed,
    Broken,
    /// Two units are stated for it.
    Units,
}

fn written(row: &Indicator, line: &Stands<'_>) -> Result<Written, Why> {
    let text = line.value.map_or("", |value| value.text);
    match line.value.and_then(|value| value.flaw?.unread) {
        Some(Look::Uncalculated) => return Err(Why::Uncalculated),
        Some(_) => return Err(Why::Unfollowed),
        None if text.contains(char::REPLACEMENT_CHARACTER) => return Err(Why::Broken),
        None => {}
    }
    let read = |unit: &str| read(text, row.kind(), row.unit(), &compatible(unit));
    match line.unit {
        Ok(unit) => read(unit).map_err(Why::Written),
        // What is written beside the number counts more than both.
        Err(Contradiction(one, other)) => match (read(one), read(other)) {
            (Ok(one), Ok(other)) if one.value == other.value => Ok(one),
            (Err(Unread::WrongUnit(_)) | Ok(_), _) | (_, Ok(_)) => Err(Why::Units),
            (Err(unread), _) => Err(Why::Written(unread)),
        },
    }
}

/// Whether a unit is shown behind a number that was converted from it.
fn scales(unit: &str) -> bool {
    measure(unit).is_some() || multiple(unit).is_some()
}

/// The cell of a line as findings show it.
fn placed(row: &Indicator, line: &Stands<'_>, value: Option<crate::Value>) -> Cell {
    let place = line.value.as_ref().unwrap_or(&line.label).place();
    Cell {
        place: Some(place),
        ..cell(row, value)
    }
}

fn one_line(
    row: &Indicator,
    line: &Stands<'_>,
    findings: &mut Vec<Finding>,
) -> Option<crate::Value> {
    let name = row.name();
    let text = || quoted(line.value.map_or("", |value| value.text));
    let mut report = |kind, value, message| {
        let cells = vec![placed(row, line, value)];
        findings.push(Finding::structural(kind, cells, message));
    };
    match written(row, line) {
        Ok(Written {
            value,
            converted,
            other_unit,
            marked,
        }) => {
            let flaw = line.value.and_then(|value| value.flaw);
            let marks = flaw
                .map(|flaw| &*flaw.marks)
                .filter(|marks| !marks.is_empty());
            if marked || marks.is_some() {
                let written = format!("{}{}", text(), marks.unwrap_or_default());
                let message = kind::s014_note_mark::message(name, &written, value);
                report(kind::NOTE_MARK, Some(value), message);
            }
            if converted {
                let text = text();
                let has_unit = text.contains(|c: char| c.is_alphabetic());
                let unit = line.unit.unwrap_or_default();
                let shown = match scales(&compatible(unit)) {
                    true if !has_unit => format!("{text}{unit}"),
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
        // All of those are said at once.
        Err(Why::Uncalculated) => None,
        Err(Why::Unfollowed) => {
            let message = kind::s002_not_a_number::unfollowed(name, &text());
            report(kind::NOT_A_NUMBER, None, message);
            None
        }
        Err(Why::Units) => {
            if let Err(Contradiction(one, other)) = line.unit {
                let message = kind::s005_other_unit::contradiction(name, &text(), one, other);
                let cells = vec![placed(row, line, None)];
                findings.push(Finding::structural(kind::OTHER_UNIT, cells, message).weighing(Hard));
            }
            None
        }
        Err(Why::Broken) => {
            let message = kind::s002_not_a_number::broken(name);
            report(kind::NOT_A_NUMBER, None, message);
            None
        }
        Err(Why::Written(unread)) => {
            let cell = placed(row, line, None);
            findings.extend(not_read(row, &text(), &unread, cell));
            None
        }
    }
}

/// The finding of a cell whose text is no value.
fn not_read(row: &Indicator, text: &str, unread: &Unread, cell: Cell) -> Option<Finding> {
    let name = row.name();
    let (kind, message) = match unread {
        // All of those are said together.
        Unread::Blank => return None,
        Unread::NotANumber => {
            let message = kind::s002_not_a_number::message(name, text);
            (kind::NOT_A_NUMBER, message)
        }
        Unread::Qualified => {
            let message = kind::s002_not_a_number::qualified(name, text);
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
            return Some(Finding::structural(kind::OTHER_UNIT, vec![cell], message).weighing(Hard));
        }
    };
    Some(Finding::structural(kind, vec![cell], message))
}

/// An indicator that stands several times: with one value, that; else a contradiction, and no value.
fn several_lines(
    row: &Indicator,
    lines: &[Stands<'_>],
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
    lines_of: &[Vec<Stands<'_>>],
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

/// Whether the rows of a table are there, and nothing in them.
fn is_empty(lines_of: &[Vec<Stands<'_>>]) -> bool {
    let blank = |line: &Stands<'_>| {
        line.value
            .is_none_or(|value| is_blank(value.text) && value.flaw.is_none())
    };
    lines_of.iter().flatten().all(blank)
}

fn is_blank_cell(row: &Indicator, line: &Stands<'_>) -> bool {
    matches!(written(row, line), Err(Why::Written(Unread::Blank)))
}

fn zero(kind: Kind) -> crate::Value {
    match kind {
        Kind::Amount => crate::Value::Amount(Decimal::ZERO),
        Kind::Change => crate::Value::Change(0),
        Kind::Count | Kind::Heading => crate::Value::Count(0),
    }
}

/// What is said of blank cells: of each, where they are few.
fn blanks(blank: Vec<(&Indicator, Option<TextCell<'_>>, Cell)>, read_as: Blanks) -> Vec<Finding> {
    let names: Vec<&str> = blank.iter().map(|(row, ..)| row.name()).collect();
    let all = |kind, message| {
        let cells = blank.iter().map(|(.., cell)| cell.clone()).collect();
        vec![Finding::structural(kind, cells, message)]
    };
    match (read_as, blank.len()) {
        (_, 0) => Vec::new(),
        (Blanks::Zero, _) => all(
            kind::BLANK_AS_ZERO,
            kind::s023_blank_as_zero::message(&names),
        ),
        (Blanks::Missing, ..=MAX_BLANKS) => {
            let each = blank.iter().map(|(row, value, cell)| {
                let text = quoted(value.map_or("", |value| value.text));
                let message = kind::s008_blank::message(row.name(), &text);
                Finding::structural(kind::BLANK, vec![cell.clone()], message)
            });
            each.collect()
        }
        (Blanks::Missing, _) => all(kind::BLANK, kind::s008_blank::many(&names)),
    }
}

fn not_filled_in(form: &Form) -> Finding {
    let message = kind::s018_empty::message(form.title());
    Finding::structural(kind::EMPTY, Vec::new(), message)
}

/// The cells with text that is struck out or not shown, said at once.
fn left_out(form: &Form, record: &Record, lines_of: &[Vec<Stands<'_>>]) -> Option<Finding> {
    let (mut names, mut cells) = (Vec::new(), Vec::new());
    for (index, (indicator, lines)) in form.indicators().iter().zip(lines_of).enumerate() {
        for line in lines {
            let flaw = line.value.and_then(|value| value.flaw);
            if let Some(flaw) = flaw.filter(|flaw| !flaw.left_out.is_empty()) {
                names.push((indicator.name(), quoted(&flaw.left_out)));
                cells.push(placed(indicator, line, record.value(index)));
            }
        }
    }
    let message = || kind::s015_left_out::message(&names);
    (!cells.is_empty()).then(|| Finding::structural(kind::LEFT_OUT, cells, message()))
}

/// The cells whose formulas nobody calculated, said at once.
fn uncalculated(form: &Form, lines_of: &[Vec<Stands<'_>>]) -> Option<Finding> {
    let is_one = |line: &Stands<'_>| {
        let flaw = line.value.and_then(|value| value.flaw);
        flaw.is_some_and(|flaw| flaw.unread == Some(Look::Uncalculated))
    };
    let of_cell = |(indicator, lines): (&Indicator, &Vec<Stands<'_>>)| {
        let line = lines.iter().find(|line| is_one(line))?;
        Some(placed(indicator, line, None))
    };
    let cells: Vec<Cell> = form
        .indicators()
        .iter()
        .zip(lines_of)
        .filter_map(of_cell)
        .collect();
    let message = kind::s016_uncalculated::message(cells.len());
    (!cells.is_empty()).then(|| Finding::structural(kind::UNCALCULATED, cells, message))
}

fn several_columns(header: &Header) -> Option<Finding> {
    let values = header
        .values
        .as_ref()
        .ok()
        .filter(|values| values.among.len() > 1)?;
    let read = values
        .columns
        .first()
        .and_then(|it| header.columns.get(it.column))?;
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

fn other_heading(column: &str, heading: &TextCell<'_>) -> Finding {
    let message = kind::s012_other_spelling::heading_message(&quoted(heading.text), column);
    Finding::structural(kind::OTHER_SPELLING, vec![foreign(heading)], message)
}

/// What cannot be told: the first cell where that is so, and what would make the table readable.
fn cannot_be_told(form: &Form, refused: &[Refused<'_>], all: bool) -> Finding {
    let cells = refused
        .iter()
        .take(1)
        .filter_map(|it| Some(foreign(&it.at?)))
        .collect();
    let first = refused.first();
    let why = first.map_or_else(Text::default, why);
    let mut titles: Vec<&str> = Vec::new();
    for it in refused {
        let title = form.sections().get(it.section).map_or("", |it| it.title());
        let title = if title.is_empty() {
            form.title()
        } else {
            title
        };
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let message = kind::s021_ambiguous::message(&why, if all { None } else { Some(&titles) });
    Finding::structural(kind::AMBIGUOUS, cells, message)
}

/// Why a part of a report cannot be read, and what to do about it.
fn why(refused: &Refused<'_>) -> Text {
    use kind::s021_ambiguous as sentences;
    let Some(at) = refused.at else {
        return Text::default();
    };
    let (text, place) = (quoted(at.text), at.place());
    match &refused.unclear {
        Unclear::Heading(Trouble::Heading(_)) => sentences::heading(&text, &place),
        Unclear::Heading(Trouble::Headings) => sentences::headings(&text, &place),
        Unclear::Heading(Trouble::Spaces) => sentences::spaces(&text, &place),
        Unclear::Count { found, expected } => sentences::count(&text, &place, *found, *expected),
        Unclear::Edge => sentences::blanks(&text, &place),
        Unclear::Mixed => sentences::rows(&text, &place),
    }
}

fn too_many_rows(form: &Form) -> Finding {
    let message = kind::s021_ambiguous::too_many_rows(form.rows().len());
    Finding::structural(kind::AMBIGUOUS, Vec::new(), message)
}
