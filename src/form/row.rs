//! The rows of a form, and what goes with them.

use std::sync::Arc;

use crate::lang::Text;

/// What a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nothing: it is printed over the rows below it.
    Heading,
    /// A number of things: a `u64`.
    Count,
    /// Money in 万元: a `Decimal` of at most eight decimals.
    Amount,
}

/// One printed row of a form.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) code: Arc<str>,
    pub(super) key: Arc<str>,
    pub(super) label: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) note: Option<String>,
    pub(super) unit: String,
    pub(super) kind: Kind,
    pub(super) cell: Option<usize>,
    pub(super) parent: Option<usize>,
    pub(super) share_of: Option<usize>,
}

impl Row {
    /// The place in the form's numbering, such as `3.3.4.a`.
    #[must_use]
    pub fn code(&self) -> &Arc<str> {
        &self.code
    }

    /// The path in the typed struct, such as `requests.answered.refused.state_secret`.
    #[must_use]
    pub fn key(&self) -> &Arc<str> {
        &self.key
    }

    /// The label as it is printed, without the note: `(一)收到申请数`.
    #[must_use]
    pub fn label(&self) -> &Arc<str> {
        &self.label
    }

    /// The label without its number and without 其中: `收到申请数`.
    #[must_use]
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The note printed in brackets behind the label.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The unit printed on the form; empty for a heading.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// What the row holds.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The index of its cell among those that hold a value; `None` for a heading.
    #[must_use]
    pub fn cell(&self) -> Option<usize> {
        self.cell
    }
}

/// What a form has no row for, and a caller may declare beside the table: a count, 0 where it is not declared.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub(super) key: Arc<str>,
    pub(super) label: Text,
}

impl Parameter {
    /// The name that rules call it by.
    #[must_use]
    pub fn key(&self) -> &Arc<str> {
        &self.key
    }

    /// What it is called.
    #[must_use]
    pub fn label(&self) -> &Text {
        &self.label
    }
}

/// A percentage with a name of its own: one cell as a share of another.
#[derive(Clone, Debug)]
pub struct Rate {
    pub(super) key: Arc<str>,
    pub(super) label: Text,
    pub(super) part: Arc<str>,
    pub(super) base: Arc<str>,
}

impl Rate {
    /// The name in code, such as `on_time`.
    #[must_use]
    pub fn key(&self) -> &Arc<str> {
        &self.key
    }

    /// What it is called: 按时办结率.
    #[must_use]
    pub fn label(&self) -> &Text {
        &self.label
    }

    /// The key of the cell above the line.
    #[must_use]
    pub fn part(&self) -> &Arc<str> {
        &self.part
    }

    /// The key of the cell below the line.
    #[must_use]
    pub fn base(&self) -> &Arc<str> {
        &self.base
    }
}
