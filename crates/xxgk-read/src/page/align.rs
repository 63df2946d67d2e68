//! Tables without rules, and text in columns: lines whose pieces stand below each other.

use xxgk::Run;

use super::drawn::{Area, Unit};
use super::follow::begins_anew;
use super::lattice::Cell;
use super::line::{self, Line, Piece};
use super::sheet::{Item, Sheet};
use super::table::{Filled, Table};

/// So many rows that agree make a table.
const MIN_ROWS: usize = 3;
/// A column of running text has lines of so many characters.
const MIN_COLUMN: usize = 8;

/// The tables among lines of text, and the lines that are in none; whether some of these have numbers side by side.
pub(crate) fn tables(lines: Vec<Line>, page: usize) -> (Vec<Item>, bool) {
    let (mut items, mut has_unaligned) = (Vec::new(), false);
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        let count = block(rest);
        if count == 0 {
            items.push(Item::Line(first.clone()));
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let columns = columns(rest.get(..count).unwrap_or_default());
        let more = columns.as_deref().map_or(0, |it| more(rest, count, it));
        let (lines, behind) = rest.split_at(count + more);
        rest = behind;
        match (has_numbers(lines), columns) {
            (true, Some(columns)) if several(lines).count() >= MIN_ROWS => {
                items.push(Item::Table(table(lines, &columns, page)));
            }
            (false, Some(columns)) if is_prose(lines) => {
                items.extend(by_column(lines, &columns));
            }
            (numbers, _) => {
                has_unaligned |= numbers && several(lines).count() > 1;
                items.extend(lines.iter().cloned().map(Item::Line));
            }
        }
    }
    (items, has_unaligned)
}

/// Takes the tables without rules for lines of text again, unless all of them are whole: no line beside them has numbers side by
/// side, and each begins with its headings, or at the top of a page behind another. Whether it did.
pub(crate) fn doubt(sheets: &mut [Sheet]) -> bool {
    let mut doubtful = sheets.iter().any(|sheet| sheet.has_unaligned);
    let mut goes_on = false;
    let aligned = |item: &Item| matches!(item, Item::Table(table) if !table.lines.is_empty());
    for sheet in sheets.iter() {
        for (index, item) in sheet.items.iter().enumerate() {
            if let Item::Table(table) = item
                && let Some(first) = several(&table.lines).next()
            {
                doubtful |= is_of_numbers(first) && !(index == 0 && goes_on);
            }
        }
        goes_on = sheet.items.last().is_some_and(aligned);
    }
    if doubtful {
        for sheet in sheets.iter_mut() {
            let items = std::mem::take(&mut sheet.items).into_iter();
            sheet.items = items.flat_map(unaligned).collect();
        }
    }
    doubtful
}

fn unaligned(item: Item) -> Vec<Item> {
    match item {
        Item::Table(table) if !table.lines.is_empty() => {
            table.lines.into_iter().map(Item::Line).collect()
        }
        item => vec![item],
    }
}

/// The lines that have something beside something else.
fn several(lines: &[Line]) -> impl Iterator<Item = &Line> {
    lines.iter().filter(|line| line.pieces.len() > 1)
}

/// Whether a number stands for itself beside something.
fn has_numbers(lines: &[Line]) -> bool {
    several(lines).any(is_of_numbers)
}

fn is_of_numbers(line: &Line) -> bool {
    line.pieces.iter().any(|piece| is_number(&piece.runs))
}

/// Whether what stands side by side is running text: half of it fills its column.
fn is_prose(lines: &[Line]) -> bool {
    let pieces = || lines.iter().flat_map(|line| &line.pieces);
    let long = |piece: &&Piece| {
        let chars = piece.runs.iter().flat_map(|run| run.text.chars());
        chars.count() >= MIN_COLUMN
    };
    lines.len() > MIN_ROWS && pieces().filter(long).count() * 2 >= pieces().count()
}

/// The lines of text that stands in columns, one column after the other.
fn by_column(lines: &[Line], columns: &[(Unit, Unit)]) -> Vec<Item> {
    let mut items = Vec::new();
    for number in 0..columns.len() {
        for line in lines {
            let of = |piece: &&Piece| place(columns, piece.left) == number;
            for piece in line.pieces.iter().filter(of) {
                items.push(Item::Line(Line {
                    left: piece.left,
                    right: piece.right,
                    pieces: vec![piece.clone()],
                    ..line.clone()
                }));
            }
        }
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

/// How many lines behind the last row go on with its label.
fn more(lines: &[Line], count: usize, columns: &[(Unit, Unit)]) -> usize {
    let behind = lines.get(count.saturating_sub(1)..).unwrap_or_default();
    let pairs = behind.iter().zip(behind.iter().skip(1));
    pairs
        .take_while(|(one, next)| goes_on(one, next, columns))
        .count()
}

/// Whether a line goes on with the label of the line above it, which fills its column.
fn goes_on(above: &Line, line: &Line, columns: &[(Unit, Unit)]) -> bool {
    let [piece] = line.pieces.as_slice() else {
        return false;
    };
    let (Some(label), Some(column)) = (above.pieces.first(), columns.first()) else {
        return false;
    };
    let is_near = (line.base - above.base).saturating_mul(5) <= line.size.saturating_mul(9);
    let is_full = label.right > column.1 - line.size;
    is_near && is_full && place(columns, piece.right) == 0 && !begins_anew(&piece.runs)
}

/// The columns in which the pieces stand, if every row agrees: each begins in the first column, and none of those with several
/// pieces has two in one column.
fn columns(lines: &[Line]) -> Option<Vec<(Unit, Unit)>> {
    let rows: Vec<&Line> = several(lines).collect();
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
    let first = |line: &&Line| place(&columns, line.left) == 0;
    let agree = rows.iter().filter(one_each).count() == rows.len()
        && lines.iter().filter(first).count() == lines.len();
    (agree && columns.len() > 1).then_some(columns)
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
    let mut cells: Vec<Filled> = Vec::new();
    let (mut rows, mut above, mut label) = (0, None, 0);
    for line in lines {
        let before = above.replace(line);
        if before.is_some_and(|before| goes_on(before, line, columns)) {
            if let Some(label) = cells.get_mut(label) {
                line::join(&mut label.runs, line.runs());
            }
            continue;
        }
        let row = rows;
        (rows, label) = (rows + 1, cells.len());
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
            cells.push(Filled {
                cell,
                runs: piece.runs.clone(),
                is_full: false,
            });
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
        rows,
        cells,
        pages: vec![page; rows],
        lines: lines.to_vec(),
    }
}
