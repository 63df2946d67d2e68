//! A form: its rows, and the rules among them. All of it is data, read from one TOML file.
//!
//! - [`Row`]: one printed row, a heading or an [indicator](Row::cell) that holds a value
//! - [`Rule`]: one relation among the cells (勾稽关系)
//! - [`Parameter`]: what the form has no row for and a caller may declare
//! - [`Rate`]: a percentage with a name of its own, such as 按时办结率
//! - [`FormError`]: why a file is not a form, and where in the file

mod error;
mod file;
mod label;
mod message;
mod row;
mod rule;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

pub use error::{FormError, FormErrorKind};
pub(crate) use label::Labels;
pub use row::{Kind, Parameter, Rate, Row};
pub use rule::Rule;

/// A form edition.
///
/// ```
/// use xxgk::{Table, nine_category::NineCategory};
/// let form = NineCategory::form();
/// assert_eq!(form.title(), "政府信息公开情况统计表");
/// assert_eq!((form.rows().len(), form.cells(), form.rules().len()), (65, 58, 28));
/// assert_eq!(form.row("requests.answered.refused.total").unwrap().code(), "3.3.4");
/// ```
#[derive(Clone)]
pub struct Form {
    id: Cow<'static, str>,
    title: String,
    source: String,
    years: RangeInclusive<u16>,
    rows: Vec<Row>,
    /// The row of each cell.
    cells: Vec<usize>,
    parameters: Vec<Parameter>,
    rates: Vec<Rate>,
    rules: Vec<Arc<Rule>>,
    by_key: HashMap<Arc<str>, usize>,
    labels: Labels,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// Reads a form from the text of its TOML file.
    ///
    /// # Errors
    /// Where the text is not TOML, or not a form: the error says why and points at the place.
    pub fn from_toml(text: &str) -> Result<Form, FormError> {
        file::form(text)
    }

    /// The form with more rules: those of a TOML text with the same `[[rule]]` tables that a form has.
    ///
    /// ```
    /// use xxgk::{Table, nine_category::NineCategory};
    /// let form = NineCategory::form().with_rules(r#"
    ///     [[rule]]
    ///     id = "H001"
    ///     severity = "soft"
    ///     statement = "capacity.staff.full_time >= 1"
    ///     basis = { zh = "本市要求配备专职人员", en = "house rule: full-time staff is required" }
    /// "#)?;
    /// assert_eq!(form.rules().len(), 29);
    /// # Ok::<(), xxgk::form::FormError>(())
    /// ```
    ///
    /// # Errors
    /// Where the text is not TOML, a rule is not well formed, or its id is taken.
    pub fn with_rules(&self, text: &str) -> Result<Form, FormError> {
        let mut form = self.clone();
        file::add_rules(&mut form, text)?;
        Ok(form)
    }

    /// The id, such as `nine-category`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The id as it stands in reports.
    pub(crate) fn shared_id(&self) -> Cow<'static, str> {
        self.id.clone()
    }

    /// The built-in form, whose id costs nothing to copy.
    pub(crate) fn built_in(mut self, id: &'static str) -> Self {
        self.id = Cow::Borrowed(id);
        self
    }

    /// The title printed on the form.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The notice that the form comes from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The years that the form was in force for.
    #[must_use]
    pub fn years(&self) -> RangeInclusive<u16> {
        self.years.clone()
    }

    /// Every printed row, headings too, from top to bottom.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many cells hold a value.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// The rows that hold a value, in the order of the cells.
    pub fn indicators(&self) -> impl Iterator<Item = &Row> {
        self.cells.iter().filter_map(|row| self.rows.get(*row))
    }

    /// The row of a cell.
    #[must_use]
    pub fn indicator(&self, cell: usize) -> Option<&Row> {
        self.rows.get(*self.cells.get(cell)?)
    }

    /// The row with this key.
    #[must_use]
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows.get(*self.by_key.get(key)?)
    }

    /// The row that this one is a share of: the one that the form names, or the next above it in the tree that holds a
    /// value.
    #[must_use]
    pub fn share_base(&self, row: &Row) -> Option<&Row> {
        let above = |row: &Row| self.rows.get(row.parent?);
        let named = row.share_of.and_then(|base| self.rows.get(base));
        named.or_else(|| {
            std::iter::successors(above(row), |row| above(row)).find(|row| row.cell.is_some())
        })
    }

    /// What a caller may declare beside the table.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The percentages that have a name of their own.
    #[must_use]
    pub fn rates(&self) -> &[Rate] {
        &self.rates
    }

    /// The rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// The rule with this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.iter().find(|rule| rule.id() == id)
    }

    pub(crate) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The index of a row in [`rows`](Form::rows).
    pub(crate) fn row_index(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }
}
