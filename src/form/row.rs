//! What is printed on a form: sections, rows and columns, and the cells where they meet.

use std::ops::Range;
use std::sync::Arc;

use crate::lang::Text;
use crate::number::Kind;

/// One table of a form. A form of one list of rows has one section, without a key.
#[derive(Clone, Debug)]
pub struct Section {
    pub(crate) key: Arc<str>,
    pub(crate) title: String,
    pub(crate) cells: Option<String>,
    pub(crate) across: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Range<usize>,
}

impl Section {
    /// The name that quantified rules call it by; empty for the rows that stand in no section.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The title printed over it.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The name of the typed struct that holds one row, in the form's file.
    #[must_use]
    pub fn cells_name(&self) -> Option<&str> {
        self.cells.as_deref()
    }

    /// Whether it is printed as one line of values, its rows being headings above the columns.
    #[must_use]
    pub fn across(&self) -> bool {
        self.across
    }

    /// Its columns; none where each row holds one value.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The indexes of its rows among all of the form.
    #[must_use]
    pub fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }
}

/// One column of values in a section.
#[derive(Clone, Debug)]
pub struct Column {
    pub(crate) key: Arc<str>,
    pub(crate) label: String,
    pub(crate) name: Arc<str>,
    pub(crate) also: Vec<String>,
    pub(crate) group: Option<String>,
    pub(crate) whole: bool,
}

impl Column {
    /// What it adds to the keys of the rows, such as `natural_person`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The label as it is printed.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What messages call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Other ways to write the label.
    #[must_use]
    pub fn also(&self) -> &[String] {
        &self.also
    }

    /// The label printed above it and its neighbours: 法人或其他组织.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// Whether it is the row as a whole, which a sentence means that names no column: 总计.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.whole
    }
}

/// One printed row of a form: a heading, or one cell a column (one, where its section has no columns).
#[derive(Clone, Debug)]
pub struct Row {
    pub(crate) code: Arc<str>,
    pub(crate) key: Arc<str>,
    pub(crate) label: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) also: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) unit: String,
    pub(crate) kind: Kind,
    pub(crate) section: usize,
    pub(crate) cells: Range<usize>,
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

    /// What messages call it: the label without its number and without 其中, `收到申请数`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Other ways to write the label.
    #[must_use]
    pub fn also(&self) -> &[String] {
        &self.also
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

    /// What the row holds; a column may hold something else.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The index of the row that it stands below in the form's numbering, a heading or a row with values.
    ///
    /// ```
    /// use xxgk::{Table, nine_category::NineCategory};
    /// let rows = NineCategory::form().rows();
    /// let parent = NineCategory::form().row("requests.received.fax").unwrap().parent().unwrap();
    /// assert_eq!(rows[parent].key(), "requests.received.total");
    /// ```
    #[must_use]
    pub fn parent(&self) -> Option<usize> {
        self.parent
    }

    /// The index of its section.
    #[must_use]
    pub fn section(&self) -> usize {
        self.section
    }

    /// The indexes of its cells, in the order of the columns; none for a heading.
    #[must_use]
    pub fn cells(&self) -> Range<usize> {
        self.cells.clone()
    }
}

/// One cell of a form, as a caller and a rule name it: where a row and a column meet, or a row that has no columns.
#[derive(Clone, Debug)]
pub struct Indicator {
    pub(crate) code: Arc<str>,
    pub(crate) key: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) unit: Arc<str>,
    pub(crate) kind: Kind,
    pub(crate) row: usize,
    pub(crate) column: Option<usize>,
    pub(crate) adds: bool,
}

impl Indicator {
    /// The place in the form's numbering: that of the row, and behind a slash the number of the column: `3.1/7`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The path in the typed struct: the key of the row, and that of the column.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The name of the row, and in brackets that of the column: `予以公开（自然人）`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The unit printed on the form.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// What it holds; never [`Kind::Heading`].
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The index of its row.
    #[must_use]
    pub fn row(&self) -> usize {
        self.row
    }

    /// The index of its column in its section.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.column
    }

    /// Whether the figures of the level below sum to that of the level above.
    #[must_use]
    pub fn adds(&self) -> bool {
        self.adds
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

    /// The key of the cell above the line; of the row, where rows have columns.
    #[must_use]
    pub fn part(&self) -> &str {
        &self.part
    }

    /// The key of the cell below the line; of the row, where rows have columns.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }
}
