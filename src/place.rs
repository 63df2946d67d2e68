//! Where in a source something stands.

use std::fmt;
use std::sync::Arc;

use crate::lang::Lang;

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
        /// The page, from 1, where the file has pages.
        page: Option<usize>,
        /// Which table of the text, or of the page, from 1.
        table: usize,
        /// The row, from 1; of a table that goes on over pages, on this one.
        row: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A paragraph outside of tables.
    Paragraph {
        /// The page on which it begins, from 1, where the file has pages.
        page: Option<usize>,
        /// Which paragraph of the text, or of the page, from 1.
        paragraph: usize,
    },
}

impl Place {
    /// The place as a person counts, in the same words wherever it is named: `第97行第1列`; of a file that is no plain text as
    /// [`Within::said`] has it.
    ///
    /// ```
    /// use xxgk::{Lang, Place};
    /// let place = Place { line: 97, column: 1, text: "27".into(), within: None };
    /// assert_eq!(place.said(Lang::Zh), "第97行第1列");
    /// assert_eq!(place.said(Lang::En), "line 97, column 1");
    /// ```
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let Place { line, column, .. } = self;
        match (&self.within, lang) {
            (Some(within), _) => within.said(lang),
            (None, Lang::Zh) => format!("第{line}行第{column}列"),
            (None, Lang::En) => format!("line {line}, column {column}"),
        }
    }
}

impl Within {
    /// The place as a person counts: `Sheet1!C14`, `表2第14行第3列`, `第3页，表1，第12行第3列`, `第12段`.
    ///
    /// ```
    /// use xxgk::{Lang, Within};
    /// let cell = Within::Table { page: None, table: 2, row: 14, column: 3 };
    /// assert_eq!(cell.said(Lang::Zh), "表2第14行第3列");
    /// assert_eq!(cell.said(Lang::En), "table 2, row 14, column 3");
    /// let cell = Within::Cell { sheet: "Sheet1".into(), row: 14, column: 3 };
    /// assert_eq!(cell.said(Lang::Zh), "Sheet1!C14");
    /// let paragraph = Within::Paragraph { page: Some(3), paragraph: 12 };
    /// assert_eq!(paragraph.said(Lang::En), "page 3, paragraph 12");
    /// ```
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        match (self, lang) {
            (Within::Cell { sheet, .. }, _) => {
                format!("{sheet}!{}", self.cell().unwrap_or_default())
            }
            (
                Within::Table {
                    page,
                    table,
                    row,
                    column,
                },
                lang,
            ) => {
                let cell = match (page, lang) {
                    (None, Lang::Zh) => format!("表{table}第{row}行第{column}列"),
                    (Some(_), Lang::Zh) => format!("表{table}，第{row}行第{column}列"),
                    (_, Lang::En) => format!("table {table}, row {row}, column {column}"),
                };
                on_page(*page, &cell, lang)
            }
            (Within::Paragraph { page, paragraph }, lang) => {
                let paragraph = match lang {
                    Lang::Zh => format!("第{paragraph}段"),
                    Lang::En => format!("paragraph {paragraph}"),
                };
                on_page(*page, &paragraph, lang)
            }
        }
    }

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

/// A place of a page, behind the page.
fn on_page(page: Option<usize>, place: &str, lang: Lang) -> String {
    match (page, lang) {
        (None, _) => place.to_owned(),
        (Some(page), Lang::Zh) => format!("第{page}页，{place}"),
        (Some(page), Lang::En) => format!("page {page}, {place}"),
    }
}

impl fmt::Display for Within {
    /// As [`said`](Within::said) in Chinese.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Lang::Zh))
    }
}
