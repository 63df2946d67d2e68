//! Why a file is not a form.

use std::ops::Range;

use crate::rule::{CompileError, ParseError};
use crate::toml_file::{self, TomlError, TomlProblem};

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
    Toml(TomlProblem),
    /// A key is not of the form `name.name`.
    #[error("`{0}` is not a key: names of a-z, 0-9 and _ that begin with a letter, joined by dots")]
    Key(String),
    /// Two rows, or two rules, of one name.
    #[error("`{0}` stands twice: rename or delete one")]
    Twice(String),
    /// An id that is no name of a form.
    #[error("`{0}` cannot be the id of a form: use letters, digits and -")]
    FormId(String),
    /// An id that is no name of a rule.
    #[error("`{0}` cannot be the id of a rule: use a capital letter and digits, such as `H001`")]
    RuleId(String),
    /// An id of findings that are no rule of a form.
    #[error("`{0}` is the id of a finding that is no rule of a form: use another, such as `H001`")]
    ReservedId(String),
    /// A rule that is switched off without a reason.
    #[error("a rule is switched off without a reason: write one in both languages behind `off`")]
    NoReason,
    /// No year that a form could be of.
    #[error("{0} is no year: write four digits, such as 2023")]
    Year(u16),
    /// A form that ends before it begins.
    #[error("the last year, {to}, is before the first, {from}: correct one of them")]
    Years {
        /// The first year.
        from: u16,
        /// The last year.
        to: u16,
    },
    /// A row or column without a label to tell it by.
    #[error("the label is empty: write the one that is printed on the form")]
    NoLabel,
    /// Two rows of one heading, or two columns, of one label.
    #[error(
        "the label `{0}` stands twice under one heading, so that its rows or columns cannot be told apart: change one of them"
    )]
    SameLabel(String),
    /// A rule that is changed twice.
    #[error("the rule `{0}` is changed twice: keep one [[override]] for it")]
    TwoOverrides(String),
    /// A row with a value whose key other keys lie below, or a row below one.
    #[error("`{0}` cannot hold a value and have `{1}` below it: give one of them another key")]
    Nested(String, String),
    /// A heading with a unit, or a row with a value and none.
    #[error(
        "`{0}` has a `unit` without a `kind`, or a `kind` without a `unit`: a row with a value has both, a heading has neither"
    )]
    Unit(String),
    /// An amount in another unit than 万元.
    #[error("amounts are in 万元, not in `{0}`: write unit = \"万元\", or another `kind`")]
    AmountUnit(String),
    /// A key that names nothing, and the nearest that does.
    #[error("nothing here has the key `{key}`{}", meant(nearest))]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest key, where one is near.
        nearest: Option<String>,
    },
    /// A form that is extended, and that there is not; and the nearest that there is.
    #[error("there is no form `{form}` to extend{}", meant(nearest))]
    UnknownForm {
        /// The id.
        form: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// A rule that is changed, and that the form does not have; and the nearest that it has.
    #[error("the form has no rule `{rule}`{}", meant(nearest))]
    UnknownRule {
        /// The id.
        rule: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// A quantified rule whose section the form does not have, or which names none where there are several.
    #[error("the rule is over rows or columns: name one of the sections that have columns ({0})")]
    Section(String),
    /// `after` in a form of its own.
    #[error(
        "`after` places the rows of an extension: here rows stand in the order of the file, so delete it"
    )]
    After,
    /// Columns for rows that have columns.
    #[error("the rows have columns already: delete this one")]
    Columns,
    /// An override that changes nothing.
    #[error("an override gives a `severity`, or says with `off` why the rule is switched off")]
    NoOverride,
    /// More than a form can have.
    #[error("a form has at most 65536 cells, and its rules 65536 instances")]
    TooLarge,
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
    /// An example that is not what it is said to be.
    #[error("the example does not {} the rule: correct the example or the statement", if *passes { "satisfy" } else { "break" })]
    WrongExample {
        /// Whether it should satisfy the rule.
        passes: bool,
    },
}

/// The end of a message that says which name was meant.
fn meant(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map(|nearest| format!(": did you mean `{nearest}`?"))
        .unwrap_or_default()
}

impl FormError {
    pub(super) fn new(kind: FormErrorKind, text: &str, span: Range<usize>) -> Self {
        let (line, column) = toml_file::place(text, span.start);
        FormError {
            kind,
            line,
            column,
            span,
        }
    }
}

impl From<TomlError> for FormError {
    fn from(error: TomlError) -> Self {
        FormError {
            kind: FormErrorKind::Toml(error.problem),
            span: error.span,
            line: error.line,
            column: error.column,
        }
    }
}
