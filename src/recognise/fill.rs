//! The cells that were found to a record, with a finding for whatever is not as it should be.

use std::sync::Arc;

use super::align::{Aligned, Cells, Entry};
use super::figure::year_of;
use super::header::ValueColumn;
use super::order::Trouble;
use super::refused::{Refused, cannot_be_told, mixed, trouble};
use super::resolve::{resolve, resolve_near};
use super::said::{
    blanks, left_out, no_row, not_filled_in, other_heading, other_spelling, several_columns,
    too_many_rows, uncalculated, unknown_row, which_column,
};
use super::settle::{Settled, Unclear, settle};
use super::stands::{Stands, is_blank_cell, one_line, placed, several_lines, zero};
use super::sums::PrintedSum;
use super::unit::Units;
use super::{Blanks, Reading};
use crate::document::TextCell;
use crate::form::{Form, Indicator, Row as FormRow};
use crate::number::written::is_blank;
use crate::record::Record;
use crate::report::Finding;
use crate::rule::Outcome;

/// One in so many cells of the form must be there for a text to hold a table of it.
const ENOUGH: usize = 8;

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

/// Whether the rows of a table are there, and nothing in them.
fn is_empty(lines_of: &[Vec<Stands<'_>>]) -> bool {
    let blank = |line: &Stands<'_>| {
        line.value
            .is_none_or(|value| is_blank(value.text) && value.flaw.is_none())
    };
    lines_of.iter().flatten().all(blank)
}
