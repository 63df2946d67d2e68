//! What all formats write to: a document with room for so much.

use xxgk::{Document, Grid, GridCell};

use crate::error::{Limit, ReadError};
use crate::limits::{MAX_CELLS, MAX_COLUMNS, MAX_TEXT};

/// The document, and how much may still come.
#[derive(Debug)]
pub(crate) struct Output {
    document: Document,
    /// Cells that may still be collected.
    cells: usize,
    /// Rows times columns that may still be laid out.
    area: usize,
    text: usize,
}

impl Output {
    pub fn new() -> Self {
        Output {
            document: Document::new(),
            cells: MAX_CELLS,
            area: MAX_CELLS,
            text: MAX_TEXT,
        }
    }

    pub fn document(self) -> Document {
        self.document
    }

    /// Adds running text.
    pub fn paragraph(&mut self, text: &str) {
        self.document.paragraph(text);
    }

    /// Adds a cell to a table that is being collected.
    pub fn cell(&mut self, grid: &mut Grid, cell: GridCell) -> Result<(), ReadError> {
        let take = |room: usize, amount, limit| {
            let left = room.checked_sub(amount);
            left.ok_or(ReadError::TooLarge(limit))
        };
        self.cells = take(self.cells, 1, Limit::Cells)?;
        let text = cell.runs.iter().map(|run| run.text.len()).sum();
        self.text = take(self.text, text, Limit::Text)?;
        grid.cells.push(cell);
        Ok(())
    }

    /// Adds a table that is whole.
    pub fn table(&mut self, grid: &Grid) -> Result<(), ReadError> {
        let said = || grid.cells.iter().filter(|it| !it.is_blank());
        let first = said().map(|cell| cell.column).min().unwrap_or(0);
        let last = said().map(|cell| cell.column.saturating_add(cell.columns));
        let width = last.max().unwrap_or(0).saturating_sub(first);
        let mut rows: Vec<usize> = said().map(|cell| cell.row).collect();
        rows.sort_unstable();
        rows.dedup();
        let area = rows.len().saturating_mul(width.min(MAX_COLUMNS));
        let left = self.area.checked_sub(area);
        self.area = left.ok_or(ReadError::TooLarge(Limit::Cells))?;
        self.document.table(grid);
        Ok(())
    }
}

/// Text as it is shown: white space of all kinds, of which several in a row are one, and none at the edges of a line.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    text: String,
    space: bool,
}

impl Shown {
    /// Adds text; `keep` keeps line breaks and tabs.
    pub fn push(&mut self, text: &str, keep: bool) {
        for c in text.chars() {
            match c {
                '\n' if keep => self.end_line(),
                '\t' if keep => self.text.push('\t'),
                c if c.is_whitespace() => self.space = true,
                c => {
                    if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
                        self.text.push(' ');
                    }
                    self.space = false;
                    self.text.push(c);
                }
            }
        }
    }

    /// A space, if more follows.
    pub fn space(&mut self) {
        self.space = true;
    }

    /// Ends a line.
    pub fn end_line(&mut self) {
        self.space = false;
        self.text.push('\n');
    }

    pub fn take(&mut self) -> String {
        self.space = false;
        std::mem::take(&mut self.text)
    }
}
