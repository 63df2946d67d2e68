//! Tables whose rows say where their cells end. Which columns a cell goes over is told by the ends in all rows.

use xxgk::GridCell;

use crate::blocks::{Block, Cell};
use crate::css::Paint;
use crate::error::{Limit, ReadError};
use crate::limits::{MAX_CELLS, MAX_COLUMNS};

/// Ends of cells that are no further apart, in twentieths of a point, are one: programs round them.
const SAME: i32 = 40;

/// What is said of a cell beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Layout {
    /// Where it ends, from the left.
    pub end: i32,
    /// It is merged with the one before it, or above it.
    pub beside: bool,
    pub below: bool,
    /// What is behind its text.
    pub behind: Option<Paint>,
}

/// A row of a table.
pub(crate) struct Row {
    /// Where it begins, from the left, where that is known.
    pub start: Option<i32>,
    pub cells: Vec<(Layout, Vec<Block>)>,
}

/// The cells of some rows, each at its place.
pub(crate) fn place(rows: Vec<Row>) -> Result<Vec<Cell>, ReadError> {
    let (left, ends) = edges(&rows);
    // A cell may go over all columns in every row.
    if ends.len().saturating_mul(rows.len()) > MAX_CELLS * MAX_COLUMNS {
        return Err(ReadError::TooLarge(Limit::Cells));
    }
    let mut cells: Vec<Cell> = Vec::new();
    // For each column, the cell of the rows above that goes on below.
    let mut above: Vec<Option<usize>> = vec![None; ends.len()];
    for (number, row) in rows.into_iter().enumerate() {
        let until = |end: i32| ends.partition_point(|it| *it <= end.saturating_add(SAME / 2));
        let away = row.start.filter(|start| *start > left.saturating_add(SAME));
        let mut column = away.map_or(0, until);
        above.iter_mut().take(column).for_each(|it| *it = None);
        let mut last: Option<usize> = None;
        for (layout, blocks) in row.cells {
            let columns = until(layout.end).saturating_sub(column).max(1);
            let merged = match (layout.beside, layout.below) {
                (true, _) => last,
                (_, true) => above.get(column).copied().flatten(),
                _ => None,
            };
            match merged.and_then(|index| cells.get_mut(index)) {
                Some(cell) if layout.beside => cell.place.columns += columns,
                Some(cell) => {
                    cell.place.rows = number + 1 - cell.place.row;
                    last = merged;
                }
                None => {
                    last = Some(cells.len());
                    let mut place = GridCell::new(number, column, "");
                    place.columns = columns;
                    cells.push(Cell {
                        place,
                        blocks,
                        hidden: false,
                        times: 1,
                    });
                }
            }
            for above in above.iter_mut().skip(column).take(columns) {
                *above = last;
            }
            column += columns;
        }
    }
    Ok(cells)
}

/// Where the table begins, and where cells of any row end, from left to right: a row that begins further in begins where one ends.
fn edges(rows: &[Row]) -> (i32, Vec<i32>) {
    let starts = || rows.iter().filter_map(|row| row.start);
    let left = starts().min().unwrap_or_default();
    let away = starts().filter(|start| *start > left.saturating_add(SAME));
    let mut all: Vec<i32> = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|(layout, _)| layout.end)
        .chain(away)
        .collect();
    all.sort_unstable();
    let mut ends: Vec<i32> = Vec::new();
    for end in all {
        match ends.last_mut() {
            Some(last) if end.saturating_sub(*last) <= SAME => *last = end,
            _ => ends.push(end),
        }
    }
    (left, ends)
}
