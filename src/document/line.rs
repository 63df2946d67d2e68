//! A line of a document, cut into cells; how the text of a cell is shown.

use crate::place::{Place, Within};

/// More columns than any table of a report has; a line with more is no row of one.
pub(crate) const MAX_COLUMNS: usize = 128;
/// So many characters of a cell are quoted in a finding.
const QUOTED: usize = 120;
/// No row that nothing but spaces or commas cut is longer, in bytes, if it has the end of a sentence in it.
const LONGEST_ROW: usize = 240;

/// Whether a text is too long for a row, with the end of a sentence in it.
pub(crate) fn is_sentences(text: &str) -> bool {
    text.len() > LONGEST_ROW && text.contains('。')
}

/// How a stretch of text is shown, as far as it matters to what the text says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Look {
    /// As the text around it.
    #[default]
    Plain,
    /// Above or below the line: a mark, and no part of a number.
    Raised,
    /// Struck out: no text of the cell.
    Struck,
    /// Not shown: no text of the cell.
    Hidden,
    /// A formula that no program has calculated; the text is what is stored in place of its value, or nothing.
    Uncalculated,
    /// Shown by a rule that the reader does not follow (a fraction, a field, text in another direction): what it says is not
    /// known.
    Unfollowed,
}

/// What of a cell is not its text, or keeps it from being read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// What is raised or lowered: the mark of a note.
    pub marks: String,
    /// What is struck out or not shown.
    pub left_out: String,
    /// What is shown by a formula that nobody calculated, or by a rule that the reader does not follow.
    pub unread: Option<Look>,
}

/// One line of a document, cut into cells.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// The whole line.
    pub text: &'t str,
    /// Which one it is, from 1.
    pub number: usize,
    /// Its cells; a blank cell has an empty text. None where the line is too wide for a row.
    pub cells: Vec<TextCell<'t>>,
    /// What sets its cells apart.
    pub cut: Cut,
    /// Whether it is a row of a hidden table.
    pub hidden: bool,
    /// Where in the file it stands, where that is not a plain text.
    pub within: Option<&'t Within>,
}

/// What sets the cells of a line apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing: the line is one cell, or a sentence.
    Whole,
    /// Commas or semicolons, which may be punctuation.
    Commas,
    /// Pipes or tabs: a blank cell is seen as one.
    Marks,
    /// It is a row of a table of a file, and every merged cell is known.
    Grid {
        /// Which table of the document.
        grid: usize,
        /// The row is as wide as its table: none of its cells can have been lost.
        whole: bool,
    },
}

/// One cell: its text without the space around it, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextCell<'t> {
    pub text: &'t str,
    /// The line, from 1.
    pub line: usize,
    /// What stands before the cell in its line.
    pub before: &'t str,
    /// Its column in the table, from 0, and over how many it goes. In a text, how many cells stand before it in its line.
    pub column: usize,
    pub columns: usize,
    /// What of it is not its text, or keeps it from being read.
    pub flaw: Option<&'t Flaw>,
    /// Where in the file it stands, where that is not a plain text.
    pub within: Option<&'t Within>,
}

impl TextCell<'_> {
    /// The place of the cell.
    pub fn place(&self) -> Place {
        Place {
            line: self.line,
            column: self.before.chars().count() + 1,
            text: quoted(self.text),
            within: self.within.cloned(),
        }
    }
}

/// The beginning of a text, short enough to be shown.
pub(crate) fn quoted(text: &str) -> String {
    if text.len() <= QUOTED {
        return text.to_owned();
    }
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
    }
}
