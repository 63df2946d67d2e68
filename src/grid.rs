//! A document as lines of cells, whatever file it came from: what a reader hands to the recogniser.

use crate::place::Place;

/// More columns than any table of a report has; a line with more is no row of one.
pub(crate) const MAX_COLUMNS: usize = 64;
/// So many characters of a cell are quoted in a finding.
const QUOTED: usize = 120;

/// One line of a document, cut into cells.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// The whole line.
    pub text: &'t str,
    /// Its cells; a blank cell has an empty text. None where the line is too wide for a row.
    pub cells: Vec<TextCell<'t>>,
    /// Whether pipes or tabs mark where cells end, so that a blank cell is seen as one. (Commas may be punctuation.)
    pub marked: bool,
}

/// One cell: its text without the space around it, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextCell<'t> {
    pub text: &'t str,
    /// The line, from 1.
    pub line: usize,
    /// What stands before the cell in its line.
    pub before: &'t str,
}

impl TextCell<'_> {
    /// The place of the cell.
    pub fn place(&self) -> Place {
        Place {
            line: self.line,
            column: self.before.chars().count() + 1,
            text: quoted(self.text),
        }
    }
}

/// The beginning of a text, short enough to be shown.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
    }
}
