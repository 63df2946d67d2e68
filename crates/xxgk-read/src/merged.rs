//! Sheets of workbooks, which give their cells and their merged regions apart.

use std::collections::HashMap;

use xxgk::{Grid, GridCell};

use crate::error::{Limit, ReadError};
use crate::limits::MAX_CELLS;
use crate::output::Output;

/// Under merged cells so far to the right no text is looked for: the widest table ends long before.
const WIDEST: usize = 256;

/// One sheet: what stands in it, in any order, and what of it is merged.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    name: String,
    cells: Vec<GridCell>,
    merged: Vec<Merged>,
    text: usize,
}

/// A merged region: its first and last rows and columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merged {
    pub rows: (usize, usize),
    pub columns: (usize, usize),
}

impl Sheet {
    pub fn new(name: String) -> Self {
        Sheet {
            name,
            ..Sheet::default()
        }
    }

    /// Adds a cell, if there is anything in it.
    pub fn cell(&mut self, row: usize, column: usize, text: &str) -> Result<(), ReadError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.text += text.len();
        if self.cells.len() >= MAX_CELLS {
            return Err(ReadError::TooLarge(Limit::Cells));
        }
        if self.text > crate::limits::MAX_TEXT {
            return Err(ReadError::TooLarge(Limit::Text));
        }
        self.cells.push(GridCell::new(row, column, text));
        Ok(())
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
    pub fn end(mut self, output: &mut Output) -> Result<(), ReadError> {
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
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut grid = Grid::sheet(self.name);
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
        output.table(&grid)
    }
}
