//! Where in a source something stands.

use std::fmt;
use std::sync::Arc;

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The line, from 1; lines end in `\n`. Of a file that is no plain text, in the text of its
    /// [`Document`](crate::Document).
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The text at that place, as it is written.
    pub text: String,
    /// The place in the file itself, where that is no plain text.
    pub within: Option<Within>,
}

/// A place in a file that is no plain text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Within {
    /// A cell of a sheet, which spreadsheets call `C14`.
    Cell {
        /// The name of the sheet.
        sheet: Arc<str>,
        /// The row, from 1.
        row: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A cell of a table in a text.
    Table {
        /// Which table, from 1.
        table: usize,
        /// The row, from 1.
        row: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A paragraph outside of tables, from 1.
    Paragraph(usize),
}

impl Within {
    /// What spreadsheets call the cell: `C14`; `None` where it is none of a sheet.
    ///
    /// ```
    /// use xxgk::Within;
    /// let place = |column| Within::Cell { sheet: "Sheet1".into(), row: 14, column };
    /// assert_eq!(place(3).cell().unwrap(), "C14");
    /// assert_eq!(place(28).cell().unwrap(), "AB14");
    /// ```
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        let Within::Cell { row, column, .. } = self else {
            return None;
        };
        let mut letters = Vec::new();
        let mut rest = *column;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + u8::try_from(rest % 26).ok()?));
            rest /= 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        Some(format!("{letters}{row}"))
    }
}

impl fmt::Display for Within {
    /// As it stands behind the name of a file: `Sheet1!C14`, `表2:14:3`, `¶12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Within::Cell { sheet, .. } => {
                write!(f, "{sheet}!{}", self.cell().unwrap_or_default())
            }
            Within::Table { table, row, column } => write!(f, "表{table}:{row}:{column}"),
            Within::Paragraph(paragraph) => write!(f, "¶{paragraph}"),
        }
    }
}
