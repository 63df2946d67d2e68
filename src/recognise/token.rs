//! A cell as it is recognised: what kind of text stands in it, told once.

use super::words::Words;
use crate::document::TextCell;
use crate::number::written::{is_blank, is_number};
use crate::unicode::letters;

/// No label is longer, in bytes: a longer text is prose.
const MAX_LABEL: usize = 480;

/// One cell, and what kind of text it holds.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    pub cell: TextCell<'t>,
    pub class: Class,
    /// The letters of a text that may be a label or a heading; empty for any other.
    pub letters: String,
}

/// What kind of text a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Nothing, or a sign for nothing.
    Blank,
    /// A number, with whatever people write beside one.
    Number,
    /// The unit of a number.
    Unit,
    /// Anything else: a label, a heading, prose, or something odd in the place of a number.
    Text,
}

impl<'t> Token<'t> {
    pub fn new(cell: TextCell<'t>, words: &Words<'_>) -> Self {
        let class = match cell.text {
            _ if cell.flaw.is_some_and(|flaw| flaw.unread.is_some()) => Class::Number,
            text if is_blank(text) => Class::Blank,
            text if is_number(text) => Class::Number,
            text if words.is_unit(text) => Class::Unit,
            _ => Class::Text,
        };
        let label = class == Class::Text && cell.text.len() <= MAX_LABEL;
        let letters = if label {
            letters(cell.text)
        } else {
            String::new()
        };
        Token {
            cell,
            class,
            letters,
        }
    }

    pub fn is_text(&self) -> bool {
        self.class == Class::Text
    }

    /// Whether it stands where a value may: a number, or nothing.
    pub fn is_value(&self) -> bool {
        matches!(self.class, Class::Blank | Class::Number)
    }

    pub fn is_blank(&self) -> bool {
        self.class == Class::Blank
    }
}

/// So many of the cells, without the blanks that merged cells have left before and behind them; `None` where that leaves a
/// choice.
pub(crate) fn trimmed<'a, 't>(cells: &'a [Token<'t>], width: usize) -> Option<&'a [Token<'t>]> {
    let said = |token: &Token<'_>| !token.is_blank();
    let (Some(first), Some(last)) = (cells.iter().position(said), cells.iter().rposition(said))
    else {
        return cells.get(..width);
    };
    if cells.len() == width {
        return Some(cells);
    }
    cells
        .get(first..=last)
        .filter(|values| values.len() == width)
}
