//! The rows of a table: each with its label, unit and value, whatever the layout.
//!
//! A line of several cells is a row. Lines of one cell follow each other: a label of the form begins a row, and what
//! comes before the next label belongs to it.

use std::sync::Arc;

use super::MAX_WORD;
use super::header::{Header, heads_labels, heads_numbers, year_of};
use super::machine::Open;
use super::year::Title;
use crate::form::{Form, Kind};
use crate::grid::{Line, TextCell};
use crate::number::written::{is_blank, is_number, measure};
use crate::unicode::{compatible, letters};

/// A table has fewer rows than this times those of its form, or it is none.
const MAX_ROWS: usize = 8;
/// A header has fewer cells.
const MAX_HEADER: usize = 16;
/// No unit is longer, in bytes.
const MAX_UNIT: usize = 16;
/// A text that stands in the place of a number is shorter, in bytes: a longer one is a label, or prose.
const MAX_VALUE_WORD: usize = 30;

/// One table as it stands in the document.
#[derive(Debug)]
pub(crate) struct Table<'t, 'f> {
    pub year: Option<u16>,
    pub header: Option<Header>,
    pub rows: Vec<Row<'t, 'f>>,
    /// The table has so many rows that it cannot be one of the form.
    pub overflow: bool,
}

/// One row as it stands in the document.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t, 'f> {
    /// The rows of the form that the label can mean; none for a row that the form does not have.
    pub candidates: &'f [usize],
    pub label: TextCell<'t>,
    pub unit: &'t str,
    /// `None` where the row ends before its value.
    pub value: Option<TextCell<'t>>,
    /// The values in the other columns, where several are read.
    pub others: Vec<Option<TextCell<'t>>>,
    /// There are cells in the row that cannot be told apart.
    pub unclear: bool,
}

impl Row<'_, '_> {
    /// Whether a row that was found to be one of the form's has a label that is none.
    pub fn is_misspelt(&self) -> bool {
        self.candidates.is_empty()
    }

    /// The row as it would be with that one of the columns alone.
    pub fn in_column(&self, column: usize) -> Self {
        let others = || column.checked_sub(1).and_then(|it| *self.others.get(it)?);
        Row {
            value: if column == 0 { self.value } else { others() },
            others: Vec::new(),
            ..*self
        }
    }
}

/// Reads the tables of a document, fed line by line.
pub(crate) struct Tables<'t, 'f> {
    form: &'f Arc<Form>,
    column: Option<&'f str>,
    /// Tables that are whole and not yet handed on.
    done: Vec<Table<'t, 'f>>,
    draft: Draft<'t, 'f>,
    flow: Flow<'t, 'f>,
    /// The cell before, where lines of one cell follow each other.
    last: &'t str,
    /// A header that may begin another table, or be the same one printed again on a new page.
    boundary: Option<Header>,
    /// The year of the title above the next table.
    year: Option<u16>,
    report_year: Option<u16>,
}

/// The table that is being read.
#[derive(Default)]
struct Draft<'t, 'f> {
    header: Option<Header>,
    year: Option<u16>,
    rows: Vec<Row<'t, 'f>>,
    /// The rows of the form that have been seen, by index.
    seen: Vec<usize>,
    overflow: bool,
}

/// What lines of one cell are building up.
enum Flow<'t, 'f> {
    None,
    Header(Vec<String>),
    Row {
        candidates: &'f [usize],
        label: TextCell<'t>,
        marked: bool,
        cells: Vec<TextCell<'t>>,
    },
}

impl<'t, 'f> Tables<'t, 'f> {
    pub fn new(form: &'f Arc<Form>, column: Option<&'f str>) -> Self {
        Tables {
            form,
            column,
            done: Vec::new(),
            draft: Draft::default(),
            flow: Flow::None,
            last: "",
            boundary: None,
            year: None,
            report_year: None,
        }
    }

    /// Ends the document.
    pub fn end(&mut self) {
        self.end_flow(false);
        self.end_table();
    }

    /// The tables that are whole.
    pub fn take(&mut self) -> Vec<Table<'t, 'f>> {
        std::mem::take(&mut self.done)
    }

    /// The table that is being read.
    pub fn open(&self) -> Option<Open> {
        let rows = &self.draft.rows;
        let of_form = rows.iter().filter(|row| !row.candidates.is_empty());
        Some(Open {
            cells: of_form.count(),
            first: rows.first()?.label.line,
            last: rows.last()?.label.line,
        })
    }

    /// Forgets the table that is being read.
    pub fn forget(&mut self) {
        self.draft = Draft::default();
    }

    /// Reads a line of sentences: nothing of a table goes on over it.
    pub fn sentences(&mut self) {
        self.end_flow(false);
    }

    /// Reads the next line, and what it says of a year.
    pub fn line(&mut self, line: &Line<'t>, title: Option<Title>) {
        // One cell a line, the heading of a column looks like the year below a title.
        let heading = matches!((title, &self.flow), (Some(Title::Year(_)), Flow::Header(_)))
            && !line.text.trim_start().starts_with(['(', '（']);
        if let Some(title) = title.filter(|_| !heading) {
            self.end_flow(false);
            match title {
                Title::Table(year) => {
                    self.end_table();
                    self.year = year;
                }
                Title::Year(year) => self.year = Some(year),
                Title::Report(year) => _ = self.report_year.get_or_insert(year),
            }
            return;
        }
        match &line.cells[..] {
            [] => self.end_flow(false),
            [cell] => self.single(*cell, line.marked),
            // Commas may stand in a label.
            cells @ [first, _, ..]
                if !line.marked
                    && self.is_known(line.text)
                    && !cells.iter().any(|cell| self.is_known(cell.text)) =>
            {
                self.single(
                    TextCell {
                        text: line.text.trim(),
                        ..*first
                    },
                    false,
                );
            }
            cells => {
                self.end_flow(false);
                if let Some(header) = Header::of(cells.iter().map(|cell| cell.text), self.column) {
                    self.boundary = Some(header);
                } else if let Some(header) = self.boundary.as_ref().and_then(|above| {
                    above.with_years_below(cells.iter().map(|cell| cell.text), self.column)
                }) {
                    self.boundary = Some(header);
                } else {
                    self.several(cells);
                }
            }
        }
    }

    fn is_known(&self, label: &str) -> bool {
        !self.form.labels().candidates(label).is_empty()
    }

    /// The header that the next row stands under.
    fn header(&self) -> Option<&Header> {
        self.boundary.as_ref().or(self.draft.header.as_ref())
    }

    // ---- lines of one cell ----

    fn single(&mut self, cell: TextCell<'t>, marked: bool) {
        let last = std::mem::replace(&mut self.last, cell.text);
        let candidates = self.form.labels().candidates(cell.text);
        if !candidates.is_empty() {
            self.end_flow(true);
            self.flow = Flow::Row {
                candidates,
                label: cell,
                marked,
                cells: Vec::new(),
            };
            return;
        }
        let word = if cell.text.len() <= MAX_WORD {
            letters(cell.text)
        } else {
            String::new()
        };
        if heads_labels(&word) {
            self.end_flow(false);
            let number = Some(letters(last)).filter(|last| heads_numbers(last));
            self.flow = Flow::Header(number.into_iter().chain([word]).collect());
            return;
        }
        let form = self.form;
        match &mut self.flow {
            Flow::None => self.unknown(cell, marked),
            Flow::Header(columns) if columns.len() < MAX_HEADER => columns.push(word),
            Flow::Header(_) => self.flow = Flow::None,
            Flow::Row {
                candidates,
                label,
                marked: row_marked,
                cells,
            } => {
                let is_note = || candidates.iter().any(|row| is_note(form, *row, cell.text));
                if *row_marked != marked {
                    self.end_flow(false);
                } else if is_unit(cell.text)
                    && cells.len() > 1
                    && cells.last().is_some_and(|it| is_label(it.text))
                {
                    // What was taken for a value is followed by a unit: it is the label of a row that the form lacks.
                    let unknown = cells.pop().unwrap_or(*label);
                    self.end_flow(true);
                    self.flow = Flow::Row {
                        candidates: &[],
                        label: unknown,
                        marked,
                        cells: vec![cell],
                    };
                } else if cells.is_empty() && is_note() {
                } else if !is_label(cell.text) || (cells.len() == 1 && is_short(cell.text)) {
                    // More than any row has: enough to see that it is unclear.
                    if cells.len() <= MAX_HEADER {
                        cells.push(cell);
                    }
                } else {
                    self.end_flow(false);
                    self.unknown(cell, marked);
                }
            }
        }
    }

    /// A cell that begins no row of the form may begin one of an office's own, if a unit follows.
    fn unknown(&mut self, label: TextCell<'t>, marked: bool) {
        if !self.draft.rows.is_empty() && is_label(label.text) {
            self.flow = Flow::Row {
                candidates: &[],
                label,
                marked,
                cells: Vec::new(),
            };
        }
    }

    /// Ends what lines of one cell have built up; `by_label` says that a label of the form ends it.
    fn end_flow(&mut self, by_label: bool) {
        match std::mem::replace(&mut self.flow, Flow::None) {
            Flow::None => {}
            Flow::Header(mut columns) => {
                // The columns before the first label have come to stand behind the header.
                let before = columns.iter().position(|column| heads_labels(column));
                columns.truncate(columns.len() - before.filter(|_| by_label).unwrap_or(0));
                // A single year is no heading, but that of the table.
                let year = |column: &String| year_of(column).filter(|_| column.ends_with('度'));
                if columns.iter().filter_map(|it| year_of(it)).count() == 1 {
                    if let Some(at) = columns.iter().position(|it| year(it).is_some()) {
                        self.year = columns.get(at).and_then(year);
                        columns.truncate(at);
                    }
                }
                if let Some(header) = Header::of(columns.iter().map(String::as_str), self.column) {
                    self.boundary = Some(header);
                }
            }
            Flow::Row {
                candidates,
                label,
                marked,
                mut cells,
            } => {
                let mut unclear = false;
                if let Some(header) = self.header().filter(|header| header.label > 0) {
                    // The columns before the next label have come to stand behind this row.
                    let row = header.columns.len();
                    if cells.len() + 1 == row {
                        cells.truncate(row - 1 - header.label);
                    } else {
                        unclear = by_label && cells.iter().any(|cell| is_number(cell.text));
                    }
                }
                let known = !candidates.is_empty();
                let has_unit = cells.first().is_some_and(|cell| is_unit(cell.text));
                // A line of prose can be the same as a label: a row has cells, or stands between rows.
                if known
                    && (!cells.is_empty() || marked || (by_label && !self.draft.rows.is_empty()))
                    || has_unit
                {
                    let mut row = self.row(candidates, label, &cells, None);
                    row.unclear |= unclear;
                    self.push(row);
                }
            }
        }
    }

    // ---- lines of several cells ----

    fn several(&mut self, cells: &[TextCell<'t>]) {
        let known = |cell: &TextCell<'_>| self.is_known(cell.text);
        // Where one label follows another at once, the first is the heading that the row stands under.
        let first = cells.iter().take(4).position(known);
        let found = first.map(|first| {
            first
                + cells
                    .iter()
                    .skip(first + 1)
                    .take_while(|cell| known(cell))
                    .count()
        });
        if found.is_none() && self.draft.rows.is_empty() {
            return;
        }
        let expected = || self.header().map(|header| header.label);
        let other = || cells.iter().position(|cell| is_label(cell.text));
        let at = found.or_else(expected).or_else(other);
        let Some((label, rest)) = at.and_then(|at| Some((*cells.get(at)?, cells.get(at + 1..)?)))
        else {
            return;
        };
        let candidates = self.form.labels().candidates(label.text);
        let units = || rest.iter().any(|cell| is_unit(cell.text));
        let is_row = if candidates.is_empty() {
            is_label(label.text) && units()
        } else {
            units() || rest.iter().all(|cell| !is_label(cell.text))
        };
        if is_row {
            let row = self.row(candidates, label, rest, Some(cells));
            self.push(row);
        }
    }

    // ---- rows ----

    /// The unit and the value among the cells behind a label. `line` is the whole line where the row is one.
    fn row(
        &self,
        candidates: &'f [usize],
        label: TextCell<'t>,
        rest: &[TextCell<'t>],
        line: Option<&[TextCell<'t>]>,
    ) -> Row<'t, 'f> {
        let mut row = Row {
            candidates,
            label,
            unit: "",
            value: None,
            others: Vec::new(),
            unclear: false,
        };
        let blank = |cell: &TextCell<'_>| is_blank(cell.text);
        // Two units belong to two rows; and one cell a line, whatever stands beyond the row's end belongs to a row that has
        // lost its label.
        let columns = self.header().map_or(2, |header| {
            header.columns.len().saturating_sub(header.label + 1)
        });
        let beyond = rest.get(columns..).unwrap_or_default();
        let units = rest.iter().filter(|cell| is_unit(cell.text)).count();
        if units > 1 || (line.is_none() && !beyond.iter().all(blank)) {
            row.unclear = true;
            return row;
        }
        if let Some((header, Ok(values))) = self.header().map(|header| (header, &header.values)) {
            // Where cells stand one a line, those before the label are not among them.
            let (cells, missing) = line.map_or((rest, header.label + 1), |line| (line, 0));
            let at = |column: usize| {
                column
                    .checked_sub(missing)
                    .and_then(|column| cells.get(column))
            };
            let unit = header.unit.and_then(at);
            let (row_end, end) = (header.columns.len().saturating_sub(missing), cells.len());
            let fits = unit.is_none_or(|cell| blank(cell) || is_unit(cell.text))
                && cells.get(row_end..).unwrap_or_default().iter().all(blank);
            let mut columns = values.columns.iter().map(|it| at(it.column));
            let value = columns.next().flatten();
            let several = values.columns.len() > 1;
            // Where the header has lost its column of units, all that stands behind it is one column off.
            let displaced = several
                && columns
                    .clone()
                    .flatten()
                    .chain(value)
                    .any(|it| is_unit(it.text));
            let mut numbers = rest.iter().filter(|cell| is_number(cell.text));
            let (first, second) = (numbers.next(), numbers.next());
            // Cells at the end of a row may be left away where they are blank, and nothing else was.
            let in_place = end >= row_end
                || (second.is_none() && (first.is_none() || (!several && first == value)));
            if fits && in_place && !displaced {
                row.unit = unit.map_or("", |cell| cell.text);
                row.value = value.copied();
                row.others = columns.map(Option::<&_>::copied).collect();
                return row;
            }
            if several || values.among.len() > 1 || self.column.is_some() {
                row.unclear = true;
                return row;
            }
        }
        // Without a header, or with cells lost: the one number behind the label is the value.
        let (unit, rest) = match rest.split_first() {
            Some((unit, rest)) if is_unit(unit.text) || (blank(unit) && !rest.is_empty()) => {
                (unit.text, rest)
            }
            _ => ("", rest),
        };
        row.unit = unit;
        let mut said = rest.iter().filter(|cell| !blank(cell));
        let mut numbers = rest.iter().filter(|cell| is_number(cell.text));
        row.value = numbers
            .next()
            .or_else(|| said.next())
            .or(rest.first())
            .copied();
        row.unclear = numbers.next().is_some();
        row
    }

    fn push(&mut self, row: Row<'t, 'f>) {
        let again = row
            .candidates
            .iter()
            .any(|it| row.candidates.len() == 1 && self.draft.seen.contains(it));
        // The form's first heading can stand only once in a table.
        let first = row.candidates == [0]
            && self
                .form
                .rows()
                .first()
                .is_some_and(|row| row.kind() == Kind::Heading);
        // Figures of other years stand in another table.
        let other_years = self.boundary.as_ref().is_some_and(|next| {
            let years = |header: &Header| -> Vec<_> {
                header.years().iter().map(|column| column.year).collect()
            };
            years(next) != self.draft.header.as_ref().map(years).unwrap_or_default()
        });
        if other_years || (again && (first || self.boundary.is_some())) {
            self.end_table();
        }
        if let Some(header) = self.boundary.take() {
            self.draft.header = Some(header);
        }
        if self.draft.rows.is_empty() {
            if row.candidates.is_empty() {
                return;
            }
            self.draft.year = self.year.take();
        }
        if self.draft.rows.len() >= MAX_ROWS * self.form.rows().len() {
            self.draft.overflow = true;
            return;
        }
        self.draft
            .seen
            .extend(row.candidates.iter().filter(|_| row.candidates.len() == 1));
        self.draft.rows.push(row);
    }

    /// Hands the table on, if there is one.
    fn end_table(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        if !draft.rows.is_empty() {
            self.done.push(Table {
                year: draft.year.or(self.report_year),
                header: draft.header,
                rows: draft.rows,
                overflow: draft.overflow,
            });
        }
    }
}

/// Whether a text is the note that the form prints behind a label.
fn is_note(form: &Form, row: usize, text: &str) -> bool {
    let note = form.rows().get(row).and_then(|row| row.note());
    note.is_some_and(|note| letters(note) == letters(text))
}

/// Whether a text is short enough to stand where a number should.
fn is_short(text: &str) -> bool {
    text.len() <= MAX_VALUE_WORD && !text.contains([':', '：'])
}

pub(crate) fn is_unit(text: &str) -> bool {
    text.len() <= MAX_UNIT && measure(&compatible(text)).is_some()
}

/// Whether a text is written as a value, blank or not: certain or approximate, in range or not.
pub(crate) fn is_value(text: &str) -> bool {
    is_blank(text) || is_number(text)
}

/// Whether a text can only be a label: neither a unit nor a value.
fn is_label(text: &str) -> bool {
    !is_unit(text) && !is_value(text)
}
