//! Why a file is not a form.

use std::ops::Range;

use crate::rule::{CompileError, ParseError};

/// Why a text is not a form, or not a file of rules, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct FormError {
    /// What is wrong.
    pub kind: FormErrorKind,
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormErrorKind {
    /// Not TOML, or not with the fields of a form.
    #[error("{0}")]
    Toml(String),
    /// A key is not of the form `name.name`.
    #[error("`{0}` is not a key: names of a-z, 0-9 and _ that begin with a letter, joined by dots")]
    Key(String),
    /// Two rows, or two rules, of one name.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A row with a value whose key other keys lie below, or a row below one.
    #[error("`{0}` cannot hold a value and have `{1}` below it")]
    Nested(String, String),
    /// A heading with a unit, or a row with a value and none.
    #[error("a row with a value has a unit, a heading has none: `{0}`")]
    Unit(String),
    /// An amount in another unit than 万元.
    #[error("amounts are in 万元, not in `{0}`")]
    AmountUnit(String),
    /// A key that no row with a value has.
    #[error("no row with a value has the key `{0}`")]
    UnknownKey(String),
    /// The statement of a rule cannot be parsed.
    #[error("{0}")]
    Parse(ParseError),
    /// The statement of a rule does not fit the form.
    #[error("{0}")]
    Compile(CompileError),
    /// A message has a place that names nothing.
    #[error(
        "the message has the place `{0}`, which is no side, no difference and no key of the form"
    )]
    Message(String),
    /// A message shows sides, but the statement has no comparison whose sides would show why it failed.
    #[error("the message shows a side, but an `or` has no one comparison that decides it")]
    NoSides,
    /// A cell of an example is not in the rule, or its value is not of the row's kind.
    #[error(
        "the example has `{0}`, which the rule does not speak of, or which cannot hold that value"
    )]
    Example(String),
}

impl FormError {
    pub(super) fn new(kind: FormErrorKind, text: &str, span: Range<usize>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        FormError {
            kind,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            span,
        }
    }
}
