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
    pub(crate) code: Arc<str>,
    pub(crate) key: Arc<str>,
    pub(crate) label: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) note: Option<String>,
    pub(crate) unit: String,
    pub(crate) kind: Kind,
    pub(crate) cell: Option<usize>,
    pub(crate) parent: Option<usize>,
    pub(crate) share_of: Option<usize>,
}

impl Row {
    /// The place in the form's numbering, such as `3.3.4.a`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The path in the typed struct, such as `requests.answered.refused.state_secret`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The label as it is printed, without the note: `(一)收到申请数`.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The label without its number and without 其中: `收到申请数`.
    #[must_use]
    pub fn name(&self) -> &str {
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
    pub(crate) key: Arc<str>,
    pub(crate) label: Text,
}

impl Parameter {
    /// The name that rules call it by.
    #[must_use]
    pub fn key(&self) -> &str {
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
    pub(crate) key: Arc<str>,
    pub(crate) label: Text,
    pub(crate) part: Arc<str>,
    pub(crate) base: Arc<str>,
}

impl Rate {
    /// The name in code, such as `on_time`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What it is called: 按时办结率.
    #[must_use]
    pub fn label(&self) -> &Text {
        &self.label
    }

    /// The key of the cell above the line.
    #[must_use]
    pub fn part(&self) -> &str {
        &self.part
    }

    /// The key of the cell below the line.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }
}
