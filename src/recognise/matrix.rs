//! The tables of a form with columns: labels, headings of columns and values in the order in which a document has them,
//! whatever the layout.
//!
//! A row is a label and the values behind it; a header is the headings of columns before the rows. How many values a row
//! must have is known from the form, and which column each is in from the header: a row with fewer values, or with more
//! than blanks can explain, is unclear, and so is one whose header does not say its columns for certain.

use std::collections::HashSet;
use std::sync::Arc;

use super::columns::{Across, Columns, Heading, Order};
use super::machine::Open;
use super::near::{MAX_UNKNOWN, near};
use super::rows::{is_unit, is_value};
use super::sheet::{Draft, Sheet, settle, trimmed};
use super::year::Title;
use crate::form::{Form, Section};
use crate::grid::{Line, TextCell};
use crate::number::written::{is_blank, is_number};
use crate::unicode::{is_ideograph, letters};

/// No label is longer in pieces, in bytes: a longer text is prose.
const MAX_PIECE: usize = 240;
/// A label is broken into so many pieces at most.
const MAX_PIECES: usize = 3;
/// No row has more cells; what follows is not kept.
const MAX_VALUES: usize = 64;
/// A header has no more headings.
const MAX_HEADINGS: usize = 128;
/// A document has fewer rows than this times those of its form, or it is none.
const MAX_ROWS: usize = 8;

/// A text that may be the beginning of a label.
struct Piece<'t> {
    cell: TextCell<'t>,
    letters: String,
}

impl<'t> Piece<'t> {
    fn of(cell: TextCell<'t>) -> Self {
        Piece {
            cell,
            letters: letters(cell.text),
        }
    }
}

/// Reads the reports of a document, fed line by line.
pub(crate) struct Sheets<'t, 'f> {
    form: &'f Arc<Form>,
    columns: Columns,
    done: Vec<Sheet<'t, 'f>>,
    rows: Vec<Draft<'t, 'f>>,
    seen: HashSet<usize>,
    overflow: bool,
    /// How many rows have had labels that are none of the form's.
    unknown: usize,
    /// The headings of the rows that follow, or that are being collected.
    header: Vec<Heading>,
    collecting: bool,
    /// A header came since the last row: rows that stand again behind it are of another report.
    boundary: bool,
    /// Where lines of one cell follow each other: the row that they build up.
    open: Option<Draft<'t, 'f>>,
    /// Labels without values: headings, or headings of columns.
    bare: Vec<Draft<'t, 'f>>,
    /// The labels of rows that stand in the header.
    above: Vec<(&'f [usize], TextCell<'t>)>,
    /// The values of a section that is printed across, behind its header.
    across: Vec<TextCell<'t>>,
    /// Texts that may be the beginning of a label.
    pieces: Vec<Piece<'t>>,
    year: Option<u16>,
}

impl<'t, 'f> Sheets<'t, 'f> {
    pub fn new(form: &'f Arc<Form>) -> Self {
        Sheets {
            form,
            columns: Columns::new(form),
            done: Vec::new(),
            rows: Vec::new(),
            seen: HashSet::new(),
            overflow: false,
            unknown: 0,
            header: Vec::new(),
            collecting: false,
            boundary: false,
            open: None,
            bare: Vec::new(),
            above: Vec::new(),
            across: Vec::new(),
            pieces: Vec::new(),
            year: None,
        }
    }

    /// Ends the document.
    pub fn end(&mut self) {
        self.close();
        self.end_sheet();
    }

    /// The reports that are whole.
    pub fn take(&mut self) -> Vec<Sheet<'t, 'f>> {
        std::mem::take(&mut self.done)
    }

    /// The report that is being read.
    pub fn open(&self) -> Option<Open> {
        let told = |row: &Draft<'_, '_>| Some(row.cells.len().min(row.order.as_ref()?.len()));
        let known = self.rows.iter().filter(|row| !row.candidates.is_empty());
        Some(Open {
            cells: known.filter_map(told).sum(),
            first: self.rows.first()?.label.line,
            last: self.rows.last()?.label.line,
        })
    }

    /// Forgets the report that is being read.
    pub fn forget(&mut self) {
        self.rows.clear();
        self.seen.clear();
        self.unknown = 0;
        self.overflow = false;
    }

    /// Reads the next line, and what it says of a year.
    pub fn line(&mut self, line: &Line<'t>, title: Option<Title>) {
        if let Some(title) = title {
            self.close();
            match title {
                Title::Table(year) => {
                    self.end_sheet();
                    self.year = year.or(self.year);
                }
                // The same title may stand on every page.
                Title::Year(year) | Title::Report(year) if self.year != Some(year) => {
                    self.end_sheet();
                    self.year = Some(year);
                }
                Title::Year(_) | Title::Report(_) => {}
            }
            return;
        }
        match &line.cells[..] {
            [] => {}
            [cell] => self.single(*cell),
            // Commas may stand in a label.
            [first, ..] if !line.marked && !self.candidates(line.text.trim()).is_empty() => {
                self.single(TextCell {
                    text: line.text.trim(),
                    ..*first
                });
            }
            cells if cells.iter().all(|cell| !cell.covered) => self.several(cells, line),
            cells => {
                // What a merged cell covers is no blank.
                let there = cells.iter().filter(|cell| !cell.covered).copied();
                self.several(&there.collect::<Vec<_>>(), line);
            }
        }
    }

    /// Reads a line of sentences: nothing of a table goes on over it.
    pub fn sentences(&mut self) {
        self.close();
        self.bare.clear();
        self.pieces.clear();
    }

    fn candidates(&self, text: &str) -> &'f [usize] {
        self.form.labels().candidates(text)
    }

    // ---- lines of one cell ----

    fn single(&mut self, cell: TextCell<'t>) {
        if is_blank(cell.text) || is_number(cell.text) {
            self.value(cell);
            return;
        }
        if let Some(open) = self.open.as_mut().filter(|open| open.cells.is_empty()) {
            if open.unit.is_empty() && is_unit(cell.text) {
                open.unit = cell.text;
                return;
            }
        }
        self.text(cell);
    }

    fn value(&mut self, cell: TextCell<'t>) {
        if let Some(open) = &mut self.open {
            if open.cells.len() <= MAX_VALUES {
                open.cells.push(cell);
            }
        } else if self.collecting && self.pieces.is_empty() {
            let leaf = self.header.last().is_some_and(|it| it.is_leaf());
            let begun = !self.across.is_empty();
            if (leaf && !is_blank(cell.text) || begun) && self.across.len() <= MAX_VALUES {
                self.across.push(cell);
            }
        }
    }

    /// A cell that is no value: a label, the heading of a column, a piece of one of them, or nothing of ours.
    fn text(&mut self, cell: TextCell<'t>) {
        // The longest label that ends here: a label may be broken over cells, and its first piece be one itself.
        let mut pieces = std::mem::take(&mut self.pieces);
        if is_unit(cell.text) {
            self.close();
            self.bare.clear();
            return;
        }
        if let Some(open) = self.open.as_ref().filter(|open| open.cells.is_empty()) {
            pieces = vec![Piece::of(open.label)];
        }
        if let Some((candidates, first)) = self.joined(&pieces, cell) {
            self.open = None;
            self.label(candidates, first);
            return;
        }
        let heading = self.columns.heading(cell.text, cell.line);
        let candidates = self.candidates(cell.text);
        match (heading, candidates.is_empty()) {
            (Some(heading), true) => self.heading(heading),
            (Some(heading), false)
                if self.collecting && self.columns.wants(&self.header, &heading) =>
            {
                self.heading(heading);
            }
            (_, false) => self.label(candidates, cell),
            (None, true) => {
                self.close();
                self.bare.clear();
                if self.may_be_piece(&pieces, cell.text) {
                    pieces.retain(|_| self.open.is_none());
                    pieces.push(Piece::of(cell));
                    let surplus = pieces.len().saturating_sub(MAX_PIECES - 1);
                    pieces.drain(..surplus);
                    self.pieces = pieces;
                }
            }
        }
    }

    fn label(&mut self, candidates: &'f [usize], label: TextCell<'t>) {
        // A merged cell that is repeated is still one label.
        let repeated =
            |open: &Draft<'_, '_>| open.cells.is_empty() && open.candidates == candidates;
        if self.open.as_ref().is_some_and(repeated) {
            return;
        }
        self.close();
        self.open = Some(Draft::of(candidates, label));
    }

    fn heading(&mut self, heading: Heading) {
        self.close();
        if !self.collecting {
            self.header.clear();
            self.above.clear();
            self.collecting = true;
            self.boundary = true;
        }
        // What was taken for rows without values were headings of columns.
        for bare in std::mem::take(&mut self.bare) {
            self.name_above(bare.candidates, bare.label);
            let bare = self.columns.of_row(bare.candidates, bare.label);
            self.header.push(bare);
        }
        if self.header.len() < MAX_HEADINGS {
            self.header.push(heading);
        }
    }

    /// Keeps the label of a row that stands in the header.
    fn name_above(&mut self, candidates: &'f [usize], label: TextCell<'t>) {
        if self.above.len() < MAX_HEADINGS {
            self.above.push((candidates, label));
        }
    }

    /// Ends the row that lines of one cell have built up, and the values that stand across.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            if open.cells.iter().all(|cell| is_blank(cell.text)) {
                if self.bare.len() < MAX_HEADINGS {
                    self.bare.push(open);
                }
            } else {
                self.push(open);
            }
        }
        let across = std::mem::take(&mut self.across);
        if !across.is_empty() {
            self.push_across(&across, None);
        }
    }

    // ---- lines of several cells ----

    fn several(&mut self, cells: &[TextCell<'t>], line: &Line<'t>) {
        self.close();
        let texts = || cells.iter().filter(|cell| !is_value(cell.text));
        let has_number = cells.iter().any(|cell| is_number(cell.text));
        let headings = texts().filter_map(|cell| self.columns.heading(cell.text, cell.line));
        let headings: Vec<Heading> = headings.collect();
        if !has_number && !headings.is_empty() && self.is_header(cells, &headings) {
            self.pieces.clear();
            for cell in texts() {
                if let Some(heading) = self.columns.heading(cell.text, cell.line) {
                    self.heading(heading);
                } else if let candidates @ [_, ..] = self.candidates(cell.text) {
                    let bare = self.columns.of_row(candidates, *cell);
                    self.heading(bare);
                    self.name_above(candidates, *cell);
                }
            }
            return;
        }
        // The last label of the line is the row's; those before it are the headings that it stands under.
        let mut labels: Vec<(usize, &'f [usize], TextCell<'t>)> = Vec::new();
        let mut pieces = std::mem::take(&mut self.pieces);
        for (index, cell) in cells.iter().enumerate() {
            if is_value(cell.text) {
                continue;
            }
            let joined = self.joined(&pieces, *cell);
            let alone = self.candidates(cell.text);
            if let Some((candidates, first)) = joined {
                labels.retain(|(_, _, label)| *label != first);
                labels.push((index, candidates, first));
                pieces = vec![Piece::of(first), Piece::of(*cell)];
            } else if !alone.is_empty() {
                labels.push((index, alone, *cell));
                pieces = vec![Piece::of(*cell)];
            } else if self.may_be_piece(&pieces, cell.text) {
                pieces.push(Piece::of(*cell));
                let surplus = pieces.len().saturating_sub(MAX_PIECES - 1);
                pieces.drain(..surplus);
            }
        }
        let row = labels.last().copied();
        let rest = row
            .and_then(|(index, ..)| cells.get(index + 1..))
            .unwrap_or_default();
        // A heading and a label that is none of the form's.
        let another = || {
            rest.first()
                .is_some_and(|cell| !is_value(cell.text) && !is_unit(cell.text))
        };
        let row = row
            .filter(|(_, candidates, _)| !(self.is_heading(candidates) && has_number && another()));
        let Some((_, candidates, label)) = row else {
            self.unlabelled(cells, line, has_number, pieces);
            return;
        };
        let no_values = rest.iter().all(|cell| is_blank(cell.text));
        if rest.is_empty() || (no_values && self.is_heading(candidates)) {
            // Headings, or a row whose values stand on the lines that follow.
            for (_, candidates, label) in labels {
                self.label(candidates, label);
            }
            return;
        }
        let (unit, rest) = match rest.split_first() {
            Some((unit, rest)) if is_unit(unit.text) => (unit.text, rest),
            _ => ("", rest),
        };
        self.push(Draft {
            unit,
            cells: rest.iter().copied().take(MAX_VALUES + 1).collect(),
            width: Some(cells.len()),
            exact: line.exact,
            short: line.short,
            ..Draft::of(candidates, label)
        });
    }

    /// Whether a text may be the next piece of a label: the first begins like one.
    fn may_be_piece(&self, pieces: &[Piece<'t>], text: &str) -> bool {
        // Of a number that stands apart, only what follows begins like a label.
        let number = || {
            !text
                .chars()
                .any(|c| is_ideograph(c) && !self.form.labels().is_numeral(c))
        };
        let first = || self.form.labels().may_begin(text) || number();
        text.len() <= MAX_PIECE && (!pieces.is_empty() || first())
    }

    /// A label that the pieces before a cell make with it, and its first piece.
    fn joined(
        &self,
        pieces: &[Piece<'t>],
        cell: TextCell<'t>,
    ) -> Option<(&'f [usize], TextCell<'t>)> {
        if pieces.is_empty() || cell.text.len() > self.form.labels().longest() {
            return None;
        }
        let last = letters(cell.text);
        (0..pieces.len()).find_map(|from| {
            let parts = pieces.get(from..)?.iter().map(|piece| &*piece.letters);
            let joined: Vec<&str> = parts.chain([&*last]).collect();
            let candidates = self.form.labels().of_letters(&joined.concat());
            Some((candidates, pieces.get(from)?.cell)).filter(|_| !candidates.is_empty())
        })
    }

    /// Whether a line without numbers is one of a header: every label of a row in it could head columns.
    fn is_header(&self, cells: &[TextCell<'t>], headings: &[Heading]) -> bool {
        let rows = cells
            .iter()
            .filter(|cell| !self.candidates(cell.text).is_empty());
        let only_rows = rows
            .clone()
            .filter(|cell| self.columns.heading(cell.text, cell.line).is_none());
        let across = only_rows.clone().all(|cell| {
            let mut rows = self.candidates(cell.text).iter();
            rows.all(|row| self.section(*row).is_some_and(Section::across))
        });
        across && (headings.len() > 1 || rows.count() == 0 || self.collecting)
    }

    fn section(&self, row: usize) -> Option<&'f Section> {
        self.form
            .sections()
            .get(self.form.rows().get(row)?.section())
    }

    fn is_heading(&self, candidates: &[usize]) -> bool {
        let cells = |row: &usize| {
            self.form
                .rows()
                .get(*row)
                .map_or(0, |row| row.cells().len())
        };
        candidates.iter().all(|row| cells(row) == 0)
    }

    /// A line without the label of a row of the form: values that stand across, a row that the form does not have, or a
    /// piece.
    fn unlabelled(
        &mut self,
        cells: &[TextCell<'t>],
        line: &Line<'t>,
        has_number: bool,
        pieces: Vec<Piece<'t>>,
    ) {
        let values = cells.iter().all(|cell| is_value(cell.text));
        if values && has_number && self.collecting && self.pieces.is_empty() {
            self.push_across(cells, Some(line));
        } else if has_number && !self.rows.is_empty() {
            let texts = |cell: &TextCell<'_>| !is_value(cell.text);
            let Some(last) = cells.iter().rposition(texts) else {
                return;
            };
            let (before, behind) = cells.split_at(last + 1);
            // Prose with a comma in it is no row.
            if behind.is_empty() {
                return;
            }
            let (label, unit) = match before {
                [.., label, unit] if is_unit(unit.text) && texts(label) => (label, unit.text),
                [.., label] => (label, ""),
                [] => return,
            };
            let mut row = Draft::of(&[], *label);
            self.unknown += 1;
            // Of a label broken over cells, a piece may look like another row's.
            let broken = before.iter().filter(|cell| {
                texts(cell) && !is_unit(cell.text) && self.candidates(cell.text).is_empty()
            });
            if self.unknown <= MAX_UNKNOWN && broken.count() == 1 {
                let near = near(self.form, label.text, unit);
                row.order = self.order(&near);
                row = Draft {
                    near,
                    unit,
                    cells: behind.iter().copied().take(MAX_VALUES + 1).collect(),
                    width: Some(cells.len()),
                    exact: line.exact,
                    short: line.short,
                    ..row
                };
            }
            self.keep(row);
        } else if !has_number {
            self.pieces = pieces;
        }
    }

    // ---- rows ----

    /// Adds the rows of a section that is printed across; of one cell a line, there is no line.
    fn push_across(&mut self, cells: &[TextCell<'t>], line: Option<&Line<'t>>) {
        let across = self.columns.across(self.form, &self.header);
        self.collecting = false;
        let (Some(Across { rows, order }), Some(first)) = (across, cells.first()) else {
            // The rows are there, but the header does not say where.
            for (candidates, label) in std::mem::take(&mut self.above) {
                if !self.is_heading(candidates) {
                    self.keep(Draft::of(candidates, label));
                }
            }
            return;
        };
        let values = trimmed(cells, order.len() * rows.len());
        for (index, row) in rows.iter().enumerate() {
            let part = values.and_then(|it| it.chunks(order.len()).nth(index));
            let known = self.above.iter().rev();
            let mut known = known.filter(|(candidates, _)| candidates.contains(row));
            let Some((candidates, label)) = known.next().copied() else {
                continue;
            };
            // The line is that of the values.
            let label = TextCell {
                line: first.line,
                ..label
            };
            self.keep(Draft {
                cells: part.unwrap_or_default().to_vec(),
                exact: line.is_some_and(|line| line.exact),
                short: line.is_some_and(|line| line.short),
                order: Some(order.clone()),
                ..Draft::of(candidates, label)
            });
        }
    }

    fn push(&mut self, row: Draft<'t, 'f>) {
        // Labels that stood before it without values were headings; or rows that have lost them.
        for bare in std::mem::take(&mut self.bare) {
            self.push_row(bare);
        }
        self.push_row(row);
    }

    fn push_row(&mut self, mut row: Draft<'t, 'f>) {
        if self.is_heading(row.candidates) {
            return;
        }
        row.order = self.order(row.candidates);
        self.collecting = false;
        self.keep(row);
    }

    /// The columns of a row, as the header says that they follow each other.
    fn order(&self, rows: &[usize]) -> Option<Order> {
        let section = |row: &usize| Some(self.form.rows().get(*row)?.section());
        let sections: Vec<usize> = rows.iter().filter_map(section).collect();
        match sections.split_first() {
            Some((section, others)) if others.iter().all(|other| other == section) => {
                self.columns.order(self.form, *section, &self.header)
            }
            _ => None,
        }
    }

    fn keep(&mut self, row: Draft<'t, 'f>) {
        if let [only] = row.candidates {
            if self.seen.contains(only) && self.boundary {
                let header = (std::mem::take(&mut self.header), self.collecting);
                self.end_sheet();
                (self.header, self.collecting) = header;
            }
            self.seen.insert(*only);
        }
        self.boundary = false;
        if self.rows.is_empty() && row.candidates.is_empty() {
            return;
        }
        if self.rows.len() >= MAX_ROWS * self.form.rows().len() {
            self.overflow = true;
            return;
        }
        self.rows.push(row);
    }

    /// Hands the report on, if there is one.
    fn end_sheet(&mut self) {
        // At the end of a table a label without values is as likely a line of prose.
        self.bare.clear();
        let rows = std::mem::take(&mut self.rows);
        self.seen.clear();
        self.header.clear();
        self.collecting = false;
        let overflow = std::mem::take(&mut self.overflow);
        let unknown = std::mem::take(&mut self.unknown);
        if rows.is_empty() {
            return;
        }
        let lines = settle(self.form, rows, unknown <= MAX_UNKNOWN);
        self.done.push(Sheet {
            year: self.year,
            lines,
            overflow,
        });
    }
}
