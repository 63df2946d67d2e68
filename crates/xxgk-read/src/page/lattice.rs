//! The cells that rules enclose: what no rule parts is one merged cell.

use super::drawn::{Area, Rule, Unit};
use super::rules::{Frame, Groups};

/// Rules nearer to each other are one that is drawn double. No type is so small that a cell between them could hold any.
const DOUBLE: Unit = 420;
/// So many columns and rows a page has room for.
const MAX_COLUMNS: usize = 200;
const MAX_ROWS: usize = 1_000;

/// The cells of a frame of rules.
#[derive(Debug)]
pub(crate) struct Lattice {
    /// Where its columns and rows begin, and the last ends.
    pub columns: Vec<Unit>,
    pub rows: Vec<Unit>,
    pub cells: Vec<Cell>,
    /// Which cell stands in each place, row by row.
    places: Vec<usize>,
}

/// A cell, merged over one place or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    /// It is no rectangle: a piece of a rule is missing, and what it parts is not known.
    pub is_doubtful: bool,
}

impl Lattice {
    /// The cells of a frame; `None` where it parts nothing.
    pub fn of(frame: &Frame) -> Option<Self> {
        let columns = edges(&frame.upright, &frame.level)?;
        let rows = edges(&frame.level, &frame.upright)?;
        let (width, height) = (columns.len() - 1, rows.len() - 1);
        if width > MAX_COLUMNS || height > MAX_ROWS || width * height < 2 {
            return None;
        }
        let mut groups = Groups::new(width * height);
        let sides = parted(&frame.upright, &columns, &rows);
        let bottoms = parted(&frame.level, &rows, &columns);
        for row in 0..height {
            for column in 0..width {
                let place = row * width + column;
                if column + 1 < width && !is_parted(&sides, column + 1, row, height) {
                    groups.join(place, place + 1);
                }
                if row + 1 < height && !is_parted(&bottoms, row + 1, column, width) {
                    groups.join(place, place + width);
                }
            }
        }
        let (cells, places) = cells(&mut groups, width, height);
        (cells.len() > 1).then_some(Lattice {
            columns,
            rows,
            cells,
            places,
        })
    }

    /// What it takes up of the page.
    pub fn area(&self) -> Area {
        let ends = |edges: &[Unit]| {
            let first = edges.first().copied().unwrap_or(0);
            (first, edges.last().copied().unwrap_or(first))
        };
        let (x, y) = (ends(&self.columns), ends(&self.rows));
        Area::of((x.0, y.0), (x.1, y.1))
    }

    /// The cell at a place of the page, by its number.
    pub fn at(&self, (x, y): (Unit, Unit)) -> Option<usize> {
        let between = |edges: &[Unit], at: Unit| {
            let behind = edges.partition_point(|edge| *edge <= at);
            (behind < edges.len()).then_some(behind.checked_sub(1)?)
        };
        let (column, row) = (between(&self.columns, x)?, between(&self.rows, y)?);
        let place = row * (self.columns.len() - 1) + column;
        self.places.get(place).copied()
    }
}

/// Where rules stand, and where the rules across them end if those go further: a table may be open at its sides.
fn edges(rules: &[Rule], across: &[Rule]) -> Option<Vec<Unit>> {
    let mut at: Vec<Unit> = rules.iter().map(|rule| rule.at).collect();
    at.extend(across.iter().map(|rule| rule.from).min());
    at.extend(across.iter().map(|rule| rule.to).max());
    at.sort_unstable();
    let mut edges: Vec<Unit> = Vec::new();
    for at in at {
        if edges.last().is_none_or(|last| at - last > DOUBLE) {
            edges.push(at);
        }
    }
    (edges.len() > 1).then_some(edges)
}

/// For each edge, between which two edges across it a rule stands on it: for at least half of the way.
fn parted(rules: &[Rule], edges: &[Unit], across: &[Unit]) -> Vec<bool> {
    let steps = across.len() - 1;
    let mut parted = vec![false; edges.len() * steps];
    for rule in rules {
        let edge = edges
            .partition_point(|edge| *edge <= rule.at)
            .saturating_sub(1);
        let spans = across.iter().zip(across.iter().skip(1)).enumerate();
        for (step, (from, to)) in spans {
            let shared = rule.to.min(*to) - rule.from.max(*from);
            if shared.saturating_mul(2) >= to - from
                && let Some(slot) = parted.get_mut(edge * steps + step)
            {
                *slot = true;
            }
        }
    }
    parted
}

fn is_parted(parted: &[bool], edge: usize, step: usize, steps: usize) -> bool {
    parted.get(edge * steps + step).copied().unwrap_or(true)
}

/// The cells of places that belong together, and which of them stands in each place.
fn cells(groups: &mut Groups, width: usize, height: usize) -> (Vec<Cell>, Vec<usize>) {
    let mut corners: Vec<Option<(Cell, usize)>> = vec![None; width * height];
    for place in 0..width * height {
        let (row, column) = (place / width, place % width);
        let Some(slot) = corners.get_mut(groups.of(place)) else {
            continue;
        };
        let (cell, count) = slot.get_or_insert_with(|| (Cell::at(row, column), 0));
        *count += 1;
        cell.rows = cell.rows.max(row + 1 - cell.row);
        if column < cell.column {
            cell.columns += cell.column - column;
            cell.column = column;
        }
        cell.columns = cell.columns.max(column + 1 - cell.column);
    }
    let mut cells: Vec<Cell> = Vec::new();
    let mut places = vec![0; width * height];
    let mut numbers: Vec<Option<usize>> = vec![None; width * height];
    for place in 0..width * height {
        let group = groups.of(place);
        let Some(Some((cell, count))) = corners.get(group) else {
            continue;
        };
        let is_whole = cell.rows * cell.columns == *count;
        let mut add = |cell: Cell| {
            cells.push(cell);
            cells.len() - 1
        };
        let number = match numbers.get_mut(group) {
            Some(slot) if is_whole => *slot.get_or_insert_with(|| add(cell.clone())),
            _ => add(Cell {
                is_doubtful: true,
                ..Cell::at(place / width, place % width)
            }),
        };
        if let Some(slot) = places.get_mut(place) {
            *slot = number;
        }
    }
    (cells, places)
}

impl Cell {
    fn at(row: usize, column: usize) -> Self {
        Cell {
            row,
            column,
            rows: 1,
            columns: 1,
            is_doubtful: false,
        }
    }
}
