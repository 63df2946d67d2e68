//! Files in TOML: their fields, or what is wrong with them, where, and what to do about it.
//!
//! Forms, rules, maps of columns and manifests are written by people who read no English, while the parser of TOML and serde
//! speak nothing else. What they say is sorted into a [`TomlProblem`], which has its own sentences in both languages.

mod fields;
mod problem;
mod syntax;
mod words;

use std::ops::Range;

use serde::Deserialize;

pub use problem::TomlProblem;
pub use words::{Found, Wanted};

/// Why a text is not TOML, or has not the fields that it should, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct TomlError {
    /// What is wrong.
    pub problem: TomlProblem,
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// Reads the fields of a TOML text.
///
/// ```
/// #[derive(Debug, serde::Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct Place {
///     city: String,
/// }
/// let error = xxgk::toml_file::read::<Place>("ctiy = \"某市\"").unwrap_err();
/// assert_eq!(error.problem.message().zh, "不认识“ctiy”，是不是“city”？请改正或删去这一项");
/// ```
///
/// # Errors
/// Where the text is not TOML, or has not these fields.
pub fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, TomlError> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let (problem, span) = fields::problem(error.message(), text, &span)
            .map(|problem| (problem, fields::head(text, span.clone())))
            .unwrap_or_else(|| syntax::problem(error.message(), text, span));
        let (line, column) = place(text, span.start);
        TomlError {
            problem,
            span,
            line,
            column,
        }
    })
}

/// The line and the column of a byte of a text, both from 1.
pub(crate) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// The name that a misspelt one is likely to be: the only nearest within a third of its length.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    words::nearest(name, names)
}
