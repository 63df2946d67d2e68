//! A line whose cells nothing but spaces set apart.

use super::token::Class;
use super::token::Token;
use super::words::Words;
use crate::document::{MAX_COLUMNS, TextCell};
use crate::unicode::letters;

/// So many spaces are a gap between cells, whatever stands on its sides.
const GAP: usize = 2;
/// A heading has so many spaces within it at most, less one.
const MAX_SPACED: usize = 8;

/// No unit that we do not know is longer, in letters.
const MAX_ODD_UNIT: usize = 3;

/// The cells of a line with spaces between them; none where it may as well be one cell.
///
/// Two spaces or more set cells apart, one does where it stands before a number or a unit at the end of the line: a label has
/// spaces of its own (收 到 申请数).
pub(crate) fn spaced<'t>(
    text: &'t str,
    cell: &TextCell<'t>,
    words: &Words<'_>,
) -> Vec<TextCell<'t>> {
    if !cell.text.contains(char::is_whitespace) {
        return Vec::new();
    }
    let wide = pieces(text, cell, GAP);
    let class = |cell: &TextCell<'t>| Token::new(*cell, words).class;
    // A number before a label alone is part of it: 1  政府公报公开政府信息数.
    let of_values = |cells: &[TextCell<'t>]| {
        let numbered = cells.len() == 2 && cells.last().map(class) == Some(Class::Text);
        let value = |cell| matches!(class(cell), Class::Number | Class::Unit);
        !numbered && cells.iter().any(value)
    };
    if wide.len() > 1 && wide.len() <= MAX_COLUMNS {
        // Without a value among them, what stands between wide gaps is cells only where one of them is a heading.
        let heading = |cell: &TextCell<'t>| {
            cell.text.len() <= super::MAX_WORD && words.is_word(&letters(cell.text))
        };
        let headings = wide.iter().any(heading);
        if of_values(&wide) || headings {
            return split_tail(text, wide, words);
        }
    }
    let headings = headings(text, cell, words);
    if headings.len() > 1 {
        return headings;
    }
    let narrow = split_tail(text, vec![*cell], words);
    let numbers = narrow
        .iter()
        .filter(|cell| Token::new(**cell, words).class == Class::Number);
    match narrow.len() > 1 && narrow.len() <= MAX_COLUMNS && numbers.count() > 0 {
        true => narrow,
        false => Vec::new(),
    }
}

/// The headings that a line consists of, single spaces between them and within them. One of them may be none of ours; where
/// anything else stands there, there are none.
fn headings<'t>(text: &'t str, cell: &TextCell<'t>, words: &Words<'_>) -> Vec<TextCell<'t>> {
    let pieces = pieces(text, cell, 1);
    let mut out: Vec<TextCell<'t>> = Vec::new();
    let (mut at, mut unknown) = (0, 0);
    while let Some(first) = pieces.get(at) {
        let joined = |count: &usize| {
            let some = pieces.get(at..at + count).unwrap_or_default();
            let word = || some.iter().map(|it| letters(it.text)).collect::<String>();
            some.len() == *count && words.is_word(&word())
        };
        let known = (1..=MAX_SPACED).rev().find(joined);
        // What has a digit is no heading, but a value.
        let digits = first.text.contains(|c: char| c.is_numeric());
        unknown += if known.is_some() {
            0
        } else {
            1 + usize::from(digits)
        };
        let count = known.unwrap_or(1);
        let last = pieces.get(at + count - 1).unwrap_or(first);
        let end = last.before.len() + last.text.len() - cell.before.len();
        let start = first.before.len() - cell.before.len();
        out.push(TextCell {
            text: cell.text.get(start..end).unwrap_or(first.text),
            column: out.len(),
            ..*first
        });
        at += count;
    }
    let few = unknown == 0 || (unknown == 1 && out.len() > 2);
    out.retain(|_| few);
    out
}

/// Takes numbers and units off the ends of cells, where single spaces set them apart.
fn split_tail<'t>(text: &'t str, cells: Vec<TextCell<'t>>, words: &Words<'_>) -> Vec<TextCell<'t>> {
    let mut out = Vec::with_capacity(cells.len());
    for cell in cells {
        let parts = pieces(text, &cell, 1);
        let value = |part: &&TextCell<'t>| Token::new(**part, words).class != Class::Text;
        let tail = parts.iter().rev().take_while(value).count();
        let head = parts.len() - tail;
        let (Some(last), true) = (head.checked_sub(1).and_then(|at| parts.get(at)), tail > 0)
        else {
            match tail > 1 {
                true => out.extend(parts),
                false => out.push(cell),
            }
            continue;
        };
        let to = |piece: &TextCell<'t>| {
            let end = piece.before.len() + piece.text.len() - cell.before.len();
            let text = cell.text.get(..end).unwrap_or(cell.text);
            TextCell { text, ..cell }
        };
        let (mut label, mut head) = (to(last), head);
        // What stands between a label and its value is a unit, also one that is none of ours.
        let short = last.text.chars().count() <= MAX_ODD_UNIT;
        let before = head.checked_sub(2).and_then(|at| parts.get(at)).map(to);
        let known = before.filter(|it| words.is_label(it.text) && !words.is_label(label.text));
        if let Some(known) = known.filter(|_| short) {
            (label, head) = (known, head - 1);
        }
        // A label may stand behind the one that its row stands under.
        let labels = headings(text, &label, words);
        match labels.len() > 1 && !words.is_label(label.text) {
            true => out.extend(labels),
            false => out.push(label),
        }
        out.extend(parts.into_iter().skip(head));
    }
    for (column, cell) in out.iter_mut().enumerate() {
        cell.column = column;
    }
    out
}

/// The pieces of a cell between so many spaces or more.
fn pieces<'t>(line: &'t str, cell: &TextCell<'t>, gap: usize) -> Vec<TextCell<'t>> {
    let mut out: Vec<TextCell<'t>> = Vec::new();
    let (mut start, mut spaces) = (None, 0);
    let mut end = 0;
    let mut push = |from: usize, to: usize| {
        if let Some(text) = cell.text.get(from..to) {
            out.push(TextCell {
                text,
                before: line.get(..cell.before.len() + from).unwrap_or(line),
                ..*cell
            });
        }
    };
    for (at, c) in cell.text.char_indices() {
        if c.is_whitespace() {
            // An ideographic space is as wide as a character.
            spaces += if c == '\u{3000}' || c == '\t' { GAP } else { 1 };
            continue;
        }
        if let Some(from) = start.filter(|_| spaces >= gap) {
            push(from, end);
            start = None;
        }
        start.get_or_insert(at);
        spaces = 0;
        end = at + c.len_utf8();
    }
    if let Some(from) = start {
        push(from, end);
    }
    out
}
