//! Tables of rich text: rows of cells that say where they end. Which columns a cell goes over is told by the ends in all rows.

use xxgk::{Grid, GridCell, Run};

use crate::error::ReadError;
use crate::output::Output;

/// Ends of cells that are no further apart, in twentieths of a point, are one: programs round them.
const SAME: i32 = 40;

/// What is said of a cell before its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layout {
    /// Where it ends, from the left.
    pub end: i32,
    /// It is merged with the one before it, or above it.
    pub beside: bool,
    pub below: bool,
    /// Behind its text stands a colour.
    pub painted: bool,
}

/// The rows that have been read of a table.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<(Layout, Vec<Run>)>>,
}

impl Table {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row: its cells in their order, with what is said of each. `false` where it says nothing of one of them.
    pub fn row(&mut self, layouts: &[Layout], cells: Vec<Vec<Run>>) -> bool {
        let known = cells.len() <= layouts.len();
        self.rows.push(layouts.iter().copied().zip(cells).collect());
        known
    }

    /// The paragraphs of a table of one cell, which only lays the page out; or the table.
    pub fn end(&mut self, output: &mut Output) -> Result<Vec<Run>, ReadError> {
        let mut rows = std::mem::take(&mut self.rows);
        if let [row] = &mut rows[..]
            && let [(_, runs)] = &mut row[..]
        {
            return Ok(std::mem::take(runs));
        }
        let ends = ends(&rows);
        let mut grid = Grid::new();
        // For each column, the cell of the rows above that goes on below.
        let mut above: Vec<Option<usize>> = vec![None; ends.len()];
        for (number, row) in rows.into_iter().enumerate() {
            let mut column = 0;
            let mut last: Option<usize> = None;
            for (layout, runs) in row {
                let until = ends.partition_point(|end| *end <= layout.end + SAME / 2);
                let columns = until.saturating_sub(column).max(1);
                let merged = match (layout.beside, layout.below) {
                    (true, _) => last,
                    (_, true) => above.get(column).copied().flatten(),
                    _ => None,
                };
                match merged.and_then(|index| grid.cells.get_mut(index)) {
                    Some(cell) if layout.beside => cell.columns += columns,
                    Some(cell) => {
                        cell.rows = number + 1 - cell.row;
                        last = merged;
                    }
                    None => {
                        let mut cell = GridCell::new(number, column, "");
                        (cell.columns, cell.runs) = (columns, runs);
                        output.cell(&mut grid, cell)?;
                        last = grid.cells.len().checked_sub(1);
                    }
                }
                for above in above.iter_mut().skip(column).take(columns) {
                    *above = last;
                }
                column += columns;
            }
        }
        output.table(&grid)?;
        Ok(Vec::new())
    }
}

/// Where cells of any row end, from left to right.
fn ends(rows: &[Vec<(Layout, Vec<Run>)>]) -> Vec<i32> {
    let mut all: Vec<i32> = rows
        .iter()
        .flatten()
        .map(|(layout, _)| layout.end)
        .collect();
    all.sort_unstable();
    let mut ends: Vec<i32> = Vec::new();
    for end in all {
        match ends.last_mut() {
            Some(last) if end - *last <= SAME => *last = end,
            _ => ends.push(end),
        }
    }
    ends
}
