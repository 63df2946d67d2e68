//! Tables of a page: the text of their cells.

use std::collections::HashMap;

use xxgk::{Look, Run};

use super::drawn::{Area, Glyph, Turn, Unit};
use super::lattice::{Cell, Lattice};
use super::line::{self, Line, lines};
use super::turn::turned;

/// What word processors leave at most between the text of a cell and its side.
const PADDING: Unit = 600;

/// A cell, and what stands in it.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    pub cell: Cell,
    pub runs: Vec<Run>,
    /// Its last line leaves no room for one more character: the text may go on behind a page break.
    pub is_full: bool,
}

/// A table of one page, or of several that follow each other.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub area: Area,
    /// Where its columns begin, and the last ends.
    pub edges: Vec<Unit>,
    pub rows: usize,
    pub cells: Vec<Filled>,
    /// The page of each row, from 1.
    pub pages: Vec<usize>,
    /// The lines that it is, where no rules part it.
    pub lines: Vec<Line>,
}

impl Table {
    /// The table of a lattice, with the glyphs that stand in it.
    pub fn of(lattice: &Lattice, glyphs: Vec<Glyph>, page: usize) -> Self {
        let mut held: HashMap<usize, Vec<Glyph>> = HashMap::new();
        let doubtful = across(lattice, &glyphs);
        for glyph in glyphs {
            if let Some(cell) = lattice.at(glyph.middle()) {
                held.entry(cell).or_default().push(glyph);
            }
        }
        let area = lattice.area();
        let rows = lattice.rows.len() - 1;
        let cells = lattice.cells.iter().cloned().enumerate();
        let cells = cells.map(|(number, cell)| {
            let edge = |column: usize| lattice.columns.get(column).copied().unwrap_or(0);
            let width = edge(cell.column + cell.columns) - edge(cell.column);
            let (mut runs, is_full) = text(held.remove(&number).unwrap_or_default(), width);
            if cell.is_doubtful || doubtful.contains(&number) {
                doubt(&mut runs);
            }
            Filled {
                cell,
                runs,
                is_full,
            }
        });
        Table {
            area,
            cells: cells.collect(),
            edges: lattice.columns.clone(),
            rows,
            pages: vec![page; rows],
            lines: Vec::new(),
        }
    }
}

/// The text of a cell so wide, and whether it fills its last line: what is turned in it is read as it is turned.
fn text(glyphs: Vec<Glyph>, width: Unit) -> (Vec<Run>, bool) {
    let (mut runs, mut is_full) = (Vec::new(), false);
    for turn in [Turn::Upright, Turn::Right, Turn::Left, Turn::Over] {
        let glyphs = glyphs.iter().filter(|it| it.turn() == turn);
        let lines = lines(glyphs.map(|glyph| turned(glyph, turn)).collect());
        is_full |=
            turn == Turn::Upright && lines.last().is_some_and(|it| fills(it, it.size, width));
        if turn == Turn::Upright && is_broken_number(&lines, width) {
            runs.extend(lines.iter().flat_map(Line::runs));
            continue;
        }
        for next in lines {
            line::join(&mut runs, next.runs());
        }
    }
    (runs, is_full)
}

/// Whether a line leaves no room for so much more in a cell so wide.
fn fills(line: &Line, more: Unit, width: Unit) -> bool {
    width - (line.right - line.left) < more + 2 * PADDING
}

/// Whether the lines of a cell are one number that did not fit: nothing else stands in it, each line but the last leaves no room
/// for one more digit, and they follow each other as lines of one text do.
fn is_broken_number(lines: &[Line], width: Unit) -> bool {
    let digits = |line: &Line| line.text().chars().all(|c| c.is_ascii_digit() || c == '.');
    let wide = |line: &Line| line.right - line.left;
    let digit = |line: &Line| wide(line) / count(&line.text());
    let full = |line: &Line| fills(line, digit(line), width);
    let mut pairs = lines.iter().zip(lines.iter().skip(1));
    lines.len() > 1
        && lines.iter().all(digits)
        && pairs.all(|(line, next)| {
            full(line) && next.base - line.base <= line.size * 3 / 2 && wide(next) <= wide(line)
        })
}

fn count(text: &str) -> Unit {
    Unit::try_from(text.chars().count())
        .unwrap_or(Unit::MAX)
        .max(1)
}

/// What is read here may be half of it, or more than it.
fn doubt(runs: &mut [Run]) {
    for run in runs.iter_mut().filter(|run| run.look == Look::Plain) {
        run.look = Look::Unfollowed;
    }
}

/// The cells whose text goes on beyond a rule: a number wider than its column, or one of the next that begins before it.
fn across(lattice: &Lattice, glyphs: &[Glyph]) -> Vec<usize> {
    let mut sorted: Vec<&Glyph> = glyphs
        .iter()
        .filter(|it| it.turn() == Turn::Upright && !it.text.is_whitespace())
        .filter(|it| it.look != Look::Hidden)
        .collect();
    sorted.sort_by_key(|glyph| (glyph.y, glyph.x));
    let mut doubtful = Vec::new();
    let pairs = sorted.iter().zip(sorted.iter().skip(1));
    for (glyph, next) in pairs {
        let (one, other) = (lattice.at(glyph.middle()), lattice.at(next.middle()));
        let gap = next.x - glyph.right();
        let touch = gap.saturating_mul(8) < glyph.size && next.x > glyph.x;
        if glyph.y.abs_diff(next.y) < glyph.size.unsigned_abs() / 8 && one != other && touch {
            doubtful.extend(one.into_iter().chain(other));
        }
    }
    doubtful
}
