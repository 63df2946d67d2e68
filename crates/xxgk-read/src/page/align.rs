//! Tables without rules: lines of text whose pieces stand below each other.

use xxgk::Run;

use super::drawn::{Area, Unit};
use super::lattice::Cell;
use super::line::Line;
use super::sheet::Item;
use super::table::Table;

/// So many rows that agree make a table.
const MIN_ROWS: usize = 3;

/// The tables among lines of text, and the lines that are in none.
pub(crate) fn tables(lines: Vec<Line>, page: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        let count = block(rest);
        let (lines, behind) = rest.split_at(count.max(1));
        match columns(lines).filter(|_| count > 0) {
            Some(columns) => items.push(Item::Table(table(lines, &columns, page))),
            None if count == 0 => items.push(Item::Line(first.clone())),
            None => items.extend(lines.iter().cloned().map(Item::Line)),
        }
        rest = behind;
    }
    items
}

/// How many lines may be the rows of one table: from the first that has several pieces to the last, none far below another.
fn block(lines: &[Line]) -> usize {
    if lines.first().is_none_or(|line| line.pieces.len() < 2) {
        return 0;
    }
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let near = pairs.take_while(|(one, next)| {
        next.base - one.base <= one.size.max(next.size).saturating_mul(4)
            && (next.pieces.len() > 1 || next.text().chars().count() <= 40)
    });
    let count = near.count() + 1;
    let block = lines.get(..count).unwrap_or(lines);
    block
        .iter()
        .rposition(|line| line.pieces.len() > 1)
        .map_or(0, |last| last + 1)
}

/// The columns in which the pieces stand, if every row agrees: none of a row with several goes over two columns.
fn columns(lines: &[Line]) -> Option<Vec<(Unit, Unit)>> {
    let rows: Vec<&Line> = lines.iter().filter(|line| line.pieces.len() > 1).collect();
    let mut spans: Vec<(Unit, Unit)> = rows
        .iter()
        .flat_map(|line| line.pieces.iter().map(|piece| (piece.left, piece.right)))
        .collect();
    spans.sort_unstable();
    let mut columns: Vec<(Unit, Unit)> = Vec::new();
    for (left, right) in spans {
        match columns.last_mut().filter(|column| left <= column.1) {
            Some(column) => column.1 = column.1.max(right),
            None => columns.push((left, right)),
        }
    }
    let one_each = |line: &&&Line| {
        let places: Vec<usize> = line
            .pieces
            .iter()
            .map(|piece| place(&columns, piece.left))
            .collect();
        places.windows(2).all(|pair| pair.first() < pair.last())
    };
    let has_number = |line: &&&Line| line.pieces.iter().any(|piece| is_number(&piece.runs));
    let agree = rows.iter().filter(one_each).count() == rows.len();
    let numbers = rows.iter().filter(has_number).count();
    (agree && columns.len() > 1 && numbers >= MIN_ROWS).then_some(columns)
}

fn place(columns: &[(Unit, Unit)], at: Unit) -> usize {
    let behind = columns.partition_point(|column| column.0 <= at);
    behind.saturating_sub(1)
}

fn is_number(runs: &[Run]) -> bool {
    let mut text = runs.iter().flat_map(|run| run.text.chars());
    text.all(|c| c.is_numeric() || matches!(c, '.' | ',' | '-' | '—' | '/' | '%'))
}

fn table(lines: &[Line], columns: &[(Unit, Unit)], page: usize) -> Table {
    let mut cells = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        for piece in &line.pieces {
            let column = place(columns, piece.left);
            let last = place(columns, piece.right).max(column);
            let cell = Cell {
                row,
                column,
                rows: 1,
                columns: last + 1 - column,
                is_doubtful: false,
            };
            cells.push((cell, piece.runs.clone()));
        }
    }
    let left = columns.iter().map(|column| column.0);
    let edges: Vec<Unit> = left.chain(columns.last().map(|it| it.1)).collect();
    let top = lines.first().map_or(0, Line::top);
    let bottom = lines.last().map_or(0, |line| line.base);
    let (from, to) = (edges.first().copied(), edges.last().copied());
    Table {
        area: Area::of((from.unwrap_or(0), top), (to.unwrap_or(0), bottom)),
        edges,
        rows: lines.len(),
        cells,
        pages: vec![page; lines.len()],
    }
}
