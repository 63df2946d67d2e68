//! Sheets of workbooks, which give their cells and their merged regions apart.

use std::collections::HashMap;
use std::ops::Range;

use xxgk::{Grid, GridCell, Look, Run};

use crate::error::{Limit, ReadError};
use crate::limits::{MAX_CELLS, MAX_TEXT};
use crate::output::{Output, weight};
use crate::sources::CellSpans;

/// Under merged cells so far to the right no text is looked for: the widest table ends long before.
const WIDEST: usize = 256;

/// The sheets of a workbook. They are handed on when all are read: whether a zero was calculated shows in the others.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    sheets: Vec<Sheet>,
    cells: usize,
    text: usize,
}

impl Sheets {
    pub fn push(&mut self, sheet: Sheet) -> Result<(), ReadError> {
        self.cells = self.cells.saturating_add(sheet.cells.len());
        self.text = self.text.saturating_add(sheet.text);
        self.sheets.push(sheet);
        match (self.cells > MAX_CELLS, self.text > MAX_TEXT) {
            (true, _) => Err(ReadError::TooLarge(Limit::Cells)),
            (_, true) => Err(ReadError::TooLarge(Limit::Text)),
            _ => Ok(()),
        }
    }

    /// Hands the sheets on. Where the program asked for a calculation and no formula is stored with a result, it has left
    /// zeros in their place.
    pub fn end(self, asked: bool, output: &mut Output) -> Result<(), ReadError> {
        let left = asked && !self.sheets.iter().any(|sheet| sheet.calculated);
        for mut sheet in self.sheets {
            if left {
                sheet.zeros_are_left();
            }
            sheet.end(output)?;
        }
        Ok(())
    }
}

/// One sheet: what stands in it, in any order, what of it is merged, and what is hidden.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    name: String,
    hidden: bool,
    cells: Vec<GridCell>,
    merged: Vec<Merged>,
    text: usize,
    hidden_rows: Spans,
    hidden_columns: Spans,
    /// The cells whose formula is stored with a zero, or with nothing.
    zeros: Vec<usize>,
    /// A formula is stored with a value that was calculated.
    calculated: bool,
    /// The part of the file that it is, and where its cells stand in it, where that is asked for.
    part: Option<String>,
    spans: CellSpans,
}

/// A merged region: its first and last rows and columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merged {
    pub rows: (usize, usize),
    pub columns: (usize, usize),
}

/// What a formula is stored with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    /// It is no formula.
    Value,
    /// What a program calculated.
    Result,
    /// A zero or nothing, which may be there in place of a result.
    Zero,
}

impl Sheet {
    pub fn new(name: String, hidden: bool) -> Self {
        Sheet {
            name,
            hidden,
            ..Sheet::default()
        }
    }

    /// Its cells stand in that part of the file.
    pub fn stands_in(&mut self, part: &str) {
        self.part = Some(part.to_owned());
    }

    /// A cell stands there in its part.
    pub fn stands_at(&mut self, row: usize, column: usize, span: Range<usize>) {
        if self.part.is_some() && self.spans.len() < MAX_CELLS {
            self.spans.push(((row, column), span));
        }
    }

    /// Adds a cell, if there is anything in it.
    pub fn cell(
        &mut self,
        row: usize,
        column: usize,
        runs: Vec<Run>,
        stored: Stored,
    ) -> Result<(), ReadError> {
        self.calculated |= stored == Stored::Result;
        let blank = runs.iter().all(|run| run.text.trim().is_empty());
        let calculated = runs.iter().all(|run| run.look != Look::Uncalculated);
        if blank && calculated && stored != Stored::Zero {
            return Ok(());
        }
        self.text = self.text.saturating_add(weight(&runs));
        if self.cells.len() >= MAX_CELLS {
            return Err(ReadError::TooLarge(Limit::Cells));
        }
        if self.text > MAX_TEXT {
            return Err(ReadError::TooLarge(Limit::Text));
        }
        if stored == Stored::Zero {
            self.zeros.push(self.cells.len());
        }
        let mut cell = GridCell::new(row, column, "");
        cell.runs = runs;
        self.cells.push(cell);
        Ok(())
    }

    /// Rows that are hidden, the first and the last.
    pub fn hide_rows(&mut self, first: usize, last: usize) -> Result<(), ReadError> {
        self.hidden_rows.add(first, last)
    }

    /// Columns that are hidden, the first and the last.
    pub fn hide_columns(&mut self, first: usize, last: usize) -> Result<(), ReadError> {
        self.hidden_columns.add(first, last)
    }

    /// Says of the formulas that are stored with a zero that nobody has calculated them.
    fn zeros_are_left(&mut self) {
        for index in std::mem::take(&mut self.zeros) {
            for run in self
                .cells
                .get_mut(index)
                .iter_mut()
                .flat_map(|cell| &mut cell.runs)
            {
                run.look = Look::Uncalculated;
            }
        }
    }

    /// Adds a merged region.
    pub fn merge(&mut self, region: Merged) -> Result<(), ReadError> {
        if self.merged.len() >= MAX_CELLS {
            return Err(ReadError::TooLarge(Limit::Cells));
        }
        let whole = region.rows.0 <= region.rows.1 && region.columns.0 <= region.columns.1;
        if whole && (region.rows.0, region.columns.0) != (region.rows.1, region.columns.1) {
            self.merged.push(region);
        }
        Ok(())
    }

    /// Hands the sheet on as a table.
    fn end(mut self, output: &mut Output) -> Result<(), ReadError> {
        let at: HashMap<(usize, usize), usize> = (self.cells.iter().enumerate())
            .map(|(index, cell)| ((cell.row, cell.column), index))
            .collect();
        for region in &self.merged {
            let (row, column) = (region.rows.0, region.columns.0);
            let known = at.get(&(row, column)).copied();
            let index = known.unwrap_or(self.cells.len());
            if known.is_none() {
                // A region that is blank is one blank cell.
                self.cells.push(GridCell::new(row, column, ""));
            }
            if let Some(cell) = self.cells.get_mut(index) {
                cell.rows = region.rows.1 - row + 1;
                cell.columns = region.columns.1 - column + 1;
            }
        }
        self.hide();
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut grid = Grid::sheet(self.name);
        grid.hidden = self.hidden;
        let mut until = [0; WIDEST];
        for cell in self.cells {
            // Spreadsheets do not show what was left under a merged cell.
            if until
                .get(cell.column)
                .is_some_and(|until| cell.row < *until)
            {
                continue;
            }
            if cell.rows > 1 || cell.columns > 1 {
                let end = cell.column.saturating_add(cell.columns).min(WIDEST);
                for until in until.get_mut(cell.column..end).unwrap_or_default() {
                    *until = cell.row + cell.rows;
                }
            }
            output.cell(&mut grid, cell)?;
        }
        let before = output.begin_part(self.part.as_deref());
        output.table_at(&grid, &self.spans, true)?;
        output.restore_part(before);
        Ok(())
    }

    /// What stands in hidden rows and columns is not shown; a merged cell is where one of its rows and columns is.
    fn hide(&mut self) {
        self.hidden_rows.settle();
        self.hidden_columns.settle();
        for cell in &mut self.cells {
            let (bottom, right) = (cell.row + cell.rows - 1, cell.column + cell.columns - 1);
            let hidden = self.hidden_rows.cover(cell.row, bottom)
                || self.hidden_columns.cover(cell.column, right);
            for run in cell.runs.iter_mut().filter(|_| hidden) {
                run.look = Look::Hidden;
            }
        }
    }
}

/// Spans of rows, or of columns.
#[derive(Debug, Default)]
struct Spans(Vec<(usize, usize)>);

impl Spans {
    fn add(&mut self, first: usize, last: usize) -> Result<(), ReadError> {
        let full = self.0.len() >= MAX_CELLS;
        match self.0.last_mut() {
            Some((_, before)) if first == before.saturating_add(1) => *before = last.max(*before),
            _ if full => return Err(ReadError::TooLarge(Limit::Cells)),
            _ => self.0.push((first, last)),
        }
        Ok(())
    }

    /// Sorts them, and joins those that touch.
    fn settle(&mut self) {
        self.0.sort_unstable();
        self.0.dedup_by(|next, span| {
            let touches = next.0 <= span.1.saturating_add(1);
            if touches {
                span.1 = span.1.max(next.1);
            }
            touches
        });
    }

    /// Whether one of them covers all from the first to the last.
    fn cover(&self, first: usize, last: usize) -> bool {
        let behind = self.0.partition_point(|span| span.0 <= first);
        let span = behind.checked_sub(1).and_then(|at| self.0.get(at));
        span.is_some_and(|span| last <= span.1)
    }
}
