//! The forms that a document may be of, each read by itself, line by line; where two find a table in the same lines, the one
//! that knows more of it is right.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Reading;
use super::assemble;
use super::matrix::Sheets;
use super::rows::Tables;
use super::year::{Title, title};
use crate::form::Form;
use crate::grid::Line;

/// No row that only commas cut is longer, in bytes, if it has the end of a sentence in it.
const LONGEST_ROW: usize = 240;

/// Reads a document as one form.
enum Machine<'t, 'f> {
    /// A form of one value a row.
    List(&'f Arc<Form>, Tables<'t, 'f>),
    /// A form with columns.
    Matrix(&'f Arc<Form>, Sheets<'t, 'f>),
}

/// A table that one form has found.
struct Found {
    machine: usize,
    /// Several where it has a column for each of several years.
    readings: Vec<Reading>,
    /// How many cells were told, and how many rows are none of the form's.
    cells: usize,
    unknown: usize,
    /// The lines where it begins and ends.
    first: usize,
    last: usize,
}

/// The table that one form is reading.
pub(crate) struct Open {
    /// How many cells were told so far.
    pub cells: usize,
    /// The lines where it begins, and where its last row so far stands.
    pub first: usize,
    pub last: usize,
}

impl<'t, 'f> Machine<'t, 'f> {
    fn new(form: &'f Arc<Form>, column: Option<&'f str>) -> Self {
        let columns = form.sections().iter().any(|it| !it.columns().is_empty());
        if columns {
            Machine::Matrix(form, Sheets::new(form))
        } else {
            Machine::List(form, Tables::new(form, column))
        }
    }

    /// The tables that are whole.
    fn take(&mut self, machine: usize) -> (Vec<Found>, usize) {
        let mut rows = 0;
        let mut out = Vec::new();
        match self {
            Machine::List(form, tables) => {
                for table in tables.take() {
                    rows += table.rows.len();
                    let readings = assemble::readings(form, &table);
                    if readings.is_empty() {
                        continue;
                    }
                    let known = table.rows.iter().filter(|row| !row.candidates.is_empty());
                    let cells = known.count();
                    let line = |row: Option<&super::rows::Row<'_, '_>>| {
                        row.map_or(0, |row| row.label.line)
                    };
                    out.push(Found {
                        machine,
                        readings,
                        cells,
                        unknown: table.rows.len() - cells,
                        first: line(table.rows.first()),
                        last: line(table.rows.last()),
                    });
                }
            }
            Machine::Matrix(form, sheets) => {
                for sheet in sheets.take() {
                    rows += sheet.lines.len();
                    let Some(reading) = assemble::sheet(form, &sheet) else {
                        continue;
                    };
                    let cells = |line: &super::sheet::Entry<'_, '_>| {
                        line.values.as_ref().map_or(0, Vec::len)
                    };
                    let line = |row: Option<&super::sheet::Entry<'_, '_>>| {
                        row.map_or(0, |row| row.label.line)
                    };
                    let known = sheet
                        .lines
                        .iter()
                        .filter(|line| !line.candidates.is_empty());
                    let told = known.clone().filter(|line| line.values.is_some()).count();
                    out.push(Found {
                        machine,
                        readings: vec![reading],
                        cells: known.map(cells).sum(),
                        unknown: sheet.lines.len() - told,
                        first: line(sheet.lines.first()),
                        last: line(sheet.lines.last()),
                    });
                }
            }
        }
        (out, rows)
    }

    fn line(&mut self, line: &Line<'t>, title: Option<Title>) {
        match self {
            Machine::List(_, tables) => tables.line(line, title),
            Machine::Matrix(_, sheets) => sheets.line(line, title),
        }
    }

    fn sentences(&mut self) {
        match self {
            Machine::List(_, tables) => tables.sentences(),
            Machine::Matrix(_, sheets) => sheets.sentences(),
        }
    }

    fn end(&mut self) {
        match self {
            Machine::List(_, tables) => tables.end(),
            Machine::Matrix(_, sheets) => sheets.end(),
        }
    }

    fn open(&self) -> Option<Open> {
        match self {
            Machine::List(_, tables) => tables.open(),
            Machine::Matrix(_, sheets) => sheets.open(),
        }
    }

    fn forget(&mut self) {
        match self {
            Machine::List(_, tables) => tables.forget(),
            Machine::Matrix(_, sheets) => sheets.forget(),
        }
    }
}

/// Whether a line is a paragraph, and no row of a table: long, with the end of a sentence in it.
fn is_sentences(line: &Line<'_>) -> bool {
    let cut = line.marked || line.exact;
    !cut && line.text.len() > LONGEST_ROW && line.text.contains('。')
}

/// All forms that a document may be of.
pub(crate) struct Machines<'t, 'f> {
    machines: Vec<Machine<'t, 'f>>,
    rows: usize,
}

impl<'t, 'f> Machines<'t, 'f> {
    pub fn new(forms: &'f [Arc<Form>], column: Option<&'f str>) -> Self {
        Machines {
            machines: forms
                .iter()
                .map(|form| Machine::new(form, column))
                .collect(),
            rows: 0,
        }
    }

    /// How many rows were found in what was no table.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Reads the next line; tables that end with it are handed on.
    pub fn line(&mut self, line: &Line<'t>, ready: &mut VecDeque<Reading>) {
        if is_sentences(line) {
            self.machines.iter_mut().for_each(Machine::sentences);
            return;
        }
        let title = title(line.text);
        for machine in &mut self.machines {
            machine.line(line, title);
        }
        self.choose(ready);
    }

    /// Ends the document.
    pub fn end(&mut self, ready: &mut VecDeque<Reading>) {
        for machine in &mut self.machines {
            machine.end();
        }
        self.choose(ready);
    }

    /// Of the tables that end here, those that no other form knows more of.
    fn choose(&mut self, ready: &mut VecDeque<Reading>) {
        let mut found = Vec::new();
        for (index, machine) in self.machines.iter_mut().enumerate() {
            let (tables, rows) = machine.take(index);
            self.rows += rows;
            found.extend(tables);
        }
        // A table that another form was reading before these is whole.
        if let Some(first) = found.iter().map(|table| table.first).max() {
            for (index, machine) in self.machines.iter_mut().enumerate() {
                if machine.open().is_some_and(|open| open.last < first) {
                    machine.end();
                    let (tables, rows) = machine.take(index);
                    self.rows += rows;
                    found.extend(tables);
                }
            }
        }
        let in_force = |it: &Found| {
            let form = self.machines.get(it.machine).map(|machine| match machine {
                Machine::List(form, _) | Machine::Matrix(form, _) => form,
            });
            let mut years = it.readings.iter().filter_map(|reading| reading.year);
            years.any(|year| form.is_some_and(|form| form.years().contains(&year)))
        };
        let order = |it: &Found| (usize::MAX - it.cells, it.unknown, !in_force(it));
        found.sort_by_key(order);
        let mut chosen: Vec<Found> = Vec::new();
        for table in found {
            let overlaps = |other: &Found| other.first <= table.last && table.first <= other.last;
            let others = self.machines.iter().enumerate();
            let others = others.filter(|(index, _)| *index != table.machine);
            let mut open = others.filter_map(|(_, machine)| machine.open());
            let better = open.any(|it| it.cells > table.cells && it.first <= table.last);
            if !better && !chosen.iter().any(overlaps) {
                chosen.push(table);
            }
        }
        for table in &chosen {
            for (index, machine) in self.machines.iter_mut().enumerate() {
                let begun = machine.open().is_some_and(|it| it.first <= table.last);
                if index != table.machine && begun {
                    machine.forget();
                }
            }
        }
        chosen.sort_by_key(|table| table.first);
        let located = |table: Found| {
            let lines = table.first..table.last + 1;
            let readings = table.readings.into_iter();
            readings.map(move |reading| Reading {
                lines: lines.clone(),
                ..reading
            })
        };
        ready.extend(chosen.into_iter().flat_map(located));
    }
}
