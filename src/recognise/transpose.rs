//! Tables that are printed the other way round: labels beside each other, and below each of them its values.

use super::figure::{Figure, figure, heads_units};
use super::fold::{Row, Shape};
use super::token::{Class, Token};
use super::words::Words;

/// So many labels beside each other begin a table that is printed the other way round.
const MIN_LABELS: usize = 2;
/// Its header has so many rows at most.
const MAX_HEADER: usize = 3;

/// The rows with each table that is printed the other way round turned about: a row a label, with its values behind it.
pub(crate) fn turned<'t>(rows: Vec<Row<'t>>, words: &Words<'_>) -> Vec<Row<'t>> {
    let from = |at: usize| rows.get(at..).unwrap_or_default();
    if !(0..rows.len()).any(|at| block(from(at), words).is_some()) {
        return rows;
    }
    let mut out: Vec<Row<'t>> = Vec::with_capacity(rows.len());
    let mut rest = &rows[..];
    while let Some((row, behind)) = rest.split_first() {
        match block(rest, words) {
            Some(block) => {
                out.extend(turn(&block));
                rest = rest.get(block.length..).unwrap_or_default();
            }
            None => {
                out.push(row.clone());
                rest = behind;
            }
        }
    }
    out
}

/// A table that is printed the other way round.
struct Block<'a, 't> {
    labels: Vec<&'a Token<'t>>,
    rows: &'a [Row<'t>],
    length: usize,
}

/// The table that begins with the first of some rows, if it is one of those.
fn block<'a, 't>(rows: &'a [Row<'t>], words: &Words<'_>) -> Option<Block<'a, 't>> {
    let first = rows.first()?;
    let is_text = |row: &Row<'t>| !row.tokens.iter().any(|token| token.class == Class::Number);
    if first.is_stacked()
        || !is_text(first)
        || labels(std::slice::from_ref(first), words).is_empty()
    {
        return None;
    }
    let same = |row: &&Row<'t>| row.shape == first.shape && row.in_grid() == first.in_grid();
    let header = rows
        .iter()
        .take_while(same)
        .take_while(|row| is_text(row) && stub(row, words).is_none())
        .count();
    let labels = labels(rows.get(..header.min(MAX_HEADER))?, words);
    let values: &[Row<'t>] = rows.get(header..)?;
    let count = values
        .iter()
        .take_while(same)
        .take_while(|row| stub(row, words).is_some())
        .count();
    let values = values.get(..count)?;
    let number = values.iter().any(|row| !is_text(row));
    let there = |row: &Row<'t>| {
        labels
            .iter()
            .all(|label| at(row, label.cell.column).is_some())
    };
    let whole =
        labels.len() >= MIN_LABELS && number && header <= MAX_HEADER && values.iter().all(there);
    whole.then_some(Block {
        labels,
        rows: values,
        length: header + count,
    })
}

/// The lowest label of a row with values over each column.
fn labels<'a, 't>(header: &'a [Row<'t>], words: &Words<'_>) -> Vec<&'a Token<'t>> {
    let mut found: Vec<&Token<'t>> = Vec::new();
    for token in header.iter().flat_map(|row| &row.tokens) {
        if token.is_text() && words.is_value_row(&token.letters) {
            found.retain(|other| other.cell.column != token.cell.column);
            found.push(token);
        }
    }
    found.sort_by_key(|token| token.cell.column);
    found
}

/// The text before the values of a row, if it says which figures they are: the heading of a column, or 统计数, or 单位.
fn stub<'a, 't>(row: &'a Row<'t>, words: &Words<'_>) -> Option<&'a Token<'t>> {
    let first = row.tokens.iter().find(|token| !token.is_blank())?;
    let behind = row
        .tokens
        .iter()
        .filter(|token| token.cell.column > first.cell.column);
    let only = behind.into_iter().all(|token| !token.is_text());
    let figures = matches!(figure(&first.letters), Figure::This | Figure::Year(_));
    let heads = words.is_heading(&first.letters) || figures || heads_units(&first.letters);
    (first.is_text() && only && heads).then_some(first)
}

fn at<'a, 't>(row: &'a Row<'t>, column: usize) -> Option<&'a Token<'t>> {
    row.tokens.iter().find(|token| token.cell.column == column)
}

/// The rows of a table, a label each.
fn turn<'t>(block: &Block<'_, 't>) -> Vec<Row<'t>> {
    let row = |tokens: Vec<Token<'t>>| Row {
        lines: [
            tokens
                .iter()
                .map(|token| token.cell.line)
                .min()
                .unwrap_or(0),
            tokens
                .iter()
                .map(|token| token.cell.line)
                .max()
                .unwrap_or(0),
        ],
        shape: Shape::Stacked { marked: true },
        hidden: block.rows.first().is_some_and(|row| row.hidden),
        above: block.rows.first().map(|row| row.above).unwrap_or_default(),
        tokens,
    };
    let stubs = block
        .rows
        .iter()
        .filter_map(|row| row.tokens.iter().find(|token| token.is_text()));
    let headings = row(stubs
        .filter(|token| !heads_units(&token.letters))
        .cloned()
        .collect());
    let of_label = |label: &&Token<'t>| {
        let values = block
            .rows
            .iter()
            .filter_map(|row| at(row, label.cell.column));
        row(std::iter::once(*label).chain(values).cloned().collect())
    };
    std::iter::once(headings)
        .chain(block.labels.iter().map(of_label))
        .collect()
}
