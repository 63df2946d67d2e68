//! Tables whose rows say where their cells end. Which columns a cell goes over is told by the ends in all rows.

use xxgk::GridCell;

use crate::blocks::{Block, Cell};
use crate::css::Paint;
use crate::error::{Limit, ReadError};
use crate::limits::{MAX_CELLS, MAX_COLUMNS};

/// Ends of cells that are no further apart, in twentieths of a point, are one: programs round them.
const SAME: i32 = 40;
const NEAR: u32 = SAME.unsigned_abs();

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
    let ends = ends(&rows);
    // A cell may go over all columns in every row.
    if ends.len().saturating_mul(rows.len()) > MAX_CELLS * MAX_COLUMNS {
        return Err(ReadError::TooLarge(Limit::Cells));
    }
    let mut cells: Vec<Cell> = Vec::new();
    // For each column, the cell of the rows above that goes on below.
    let mut above: Vec<Option<usize>> = vec![None; ends.len()];
    for (number, row) in rows.into_iter().enumerate() {
        let until = |end: i32| ends.partition_point(|it| *it <= end.saturating_add(SAME / 2));
        // A row may begin further in: where a cell ends in another row, and nowhere else.
        let before = row.start.map_or(0, until);
        let edge = before.checked_sub(1).and_then(|it| ends.get(it)).copied();
        let near = edge
            .zip(row.start)
            .is_some_and(|(edge, start)| edge.abs_diff(start) <= NEAR);
        let mut column = if near { before } else { 0 };
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
                        span: None,
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

/// Where cells of any row end, from left to right.
fn ends(rows: &[Row]) -> Vec<i32> {
    let cells = rows.iter().flat_map(|row| &row.cells);
    let mut all: Vec<i32> = cells.map(|(layout, _)| layout.end).collect();
    all.sort_unstable();
    let mut ends: Vec<i32> = Vec::new();
    for end in all {
        match ends.last_mut() {
            Some(last) if end.saturating_sub(*last) <= SAME => *last = end,
            _ => ends.push(end),
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of the cells of rows, which begin and end there.
    fn columns(rows: &[(i32, &[i32])]) -> Vec<[usize; 3]> {
        let layout = |end: &i32| Layout {
            end: *end,
            ..Layout::default()
        };
        let row = |(start, ends): &(i32, &[i32])| Row {
            start: Some(*start),
            cells: ends.iter().map(|end| (layout(end), Vec::new())).collect(),
        };
        let cells = place(rows.iter().map(row).collect()).unwrap();
        let of = |it: &Cell| [it.place.row, it.place.column, it.place.columns];
        cells.iter().map(of).collect()
    }

    #[test]
    fn rows_that_begin_further_in() {
        let whole: (i32, &[i32]) = (0, &[1000, 2000, 3000]);
        let first = [[0, 0, 1], [0, 1, 1], [0, 2, 1]];
        for (start, second) in [
            (5, [[1, 0, 2], [1, 2, 1]]),
            (1010, [[1, 1, 1], [1, 2, 1]]),
            // Somebody has moved the edge of the table by hand.
            (150, [[1, 0, 2], [1, 2, 1]]),
        ] {
            let all = columns(&[whole, (start, &[2010, 2990])]);
            assert_eq!(all, [&first[..], &second].concat(), "{start}");
        }
    }
}
