//! A form: its rows, and the rules among them. All of it is data, read from one TOML file.
//!
//! - [`Section`]: one table of the form, with its [`Column`]s
//! - [`Row`]: one printed row, a heading or a row of cells
//! - [`Indicator`]: one cell, which holds a value
//! - [`Rule`]: one relation among the cells (勾稽关系), with its [`Instance`]s
//! - [`Parameter`]: what the form has no row for and a caller may declare
//! - [`Rate`]: a percentage with a name of its own, such as 按时办结率
//! - [`Names`]: what a column of records may be called that holds a cell of each
//! - [`FormError`]: why a file is not a form, and where in the file

mod beginning;
mod build;
mod called;
mod error;
mod extend;
mod file;
mod heading;
mod label;
mod message;
mod part;
mod phrase;
mod row;
mod rule;
mod sentence;
mod slot;
mod sound;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::sync::{Arc, OnceLock};

pub use called::Names;
pub use error::{FormError, FormErrorKind};
pub(crate) use heading::{Headed, Heading, Headings, is_near, without_brackets};
pub(crate) use label::{Labels, number};
pub(crate) use part::Part;
pub(crate) use phrase::{Named, Phrase, Phrases, Role, Subject};
pub use row::{Column, Indicator, Parameter, Rate, Row, Section};
pub use rule::{Instance, Rule, SwitchedOff};

use crate::lang::Lang;
pub use crate::number::Kind;
use crate::rule::{Atom, Operator, Statement, Sum, Term};
use crate::toml_file::nearest;
use file::FormFile;
pub(crate) use slot::Slot;

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
    sections: Vec<Section>,
    rows: Vec<Row>,
    indicators: Vec<Indicator>,
    parameters: Vec<Parameter>,
    rates: Vec<Rate>,
    definitions: Vec<Definition>,
    rules: Vec<Arc<Rule>>,
    series: Vec<Arc<Rule>>,
    by_key: HashMap<Arc<str>, usize>,
    row_by_key: HashMap<Arc<str>, usize>,
    labels: Labels,
    headings: Headings,
    phrases: Phrases,
    parts: Vec<Part>,
    /// For a cell, the cells that a rule says must sum to it; found when they are first asked for.
    sums: OnceLock<HashMap<usize, Vec<usize>>>,
    /// How many instances the rules have that are not switched off, and those that are.
    live: usize,
    switched_off: Vec<SwitchedOff>,
    /// The fields that all of this was built from.
    file: Arc<FormFile>,
}

/// A sum with a name, written out.
#[derive(Clone, Debug)]
struct Definition {
    key: Arc<str>,
    sum: Sum,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The JSON Schema of a form's file, and that of an extension's, for editors to complete them by.
#[cfg(feature = "schema")]
#[must_use]
pub fn schemas() -> [schemars::Schema; 2] {
    [
        schemars::schema_for!(FormFile),
        schemars::schema_for!(file::ExtensionFile),
    ]
}

impl Form {
    /// Reads a form of its own from the text of its TOML file. For one that extends a built-in form, see
    /// [`load`](crate::load).
    ///
    /// # Errors
    /// Where the text is not TOML, or not a form: the error says why and points at the place.
    pub fn from_toml(text: &str) -> Result<Form, FormError> {
        let file = file::own_fields(text)?;
        if let Some(after) = file.all_rows().find_map(|row| row.after.as_ref()) {
            return Err(FormError::new(FormErrorKind::After, text, after.span()));
        }
        build::form(file, text)
    }

    /// The form as a TOML file: read again, it is the same.
    ///
    /// ```
    /// use xxgk::{Form, Table, nine_category::NineCategory};
    /// let text = NineCategory::form().to_toml();
    /// assert_eq!(Form::from_toml(&text)?.to_toml(), text);
    /// # Ok::<(), xxgk::form::FormError>(())
    /// ```
    #[must_use]
    pub fn to_toml(&self) -> String {
        #[expect(
            clippy::expect_used,
            reason = "the fields are strings, numbers and lists, which TOML has"
        )]
        toml::to_string(&*self.file).expect("a form's fields")
    }

    /// The form with what a region or an office makes of it: the TOML text may add rows, columns and rules, weigh rules
    /// otherwise, and switch rules off with a reason.
    ///
    /// ```
    /// use xxgk::{Table, nine_category::NineCategory};
    /// let form = NineCategory::form().extend(r#"
    ///     [[rule]]
    ///     id = "H001"
    ///     severity = "soft"
    ///     statement = "capacity.staff.full_time >= 1"
    ///     basis = { zh = "本市要求配备专职人员", en = "house rule: full-time staff is required" }
    ///
    ///     [[override]]
    ///     rule = "R204"
    ///     off = { zh = "本市把热点以外的答复也计入", en = "other answers are counted here too" }
    /// "#)?;
    /// assert_eq!(form.rules().len(), 29);
    /// assert!(form.rule("R204").unwrap().off().is_some());
    /// # Ok::<(), xxgk::form::FormError>(())
    /// ```
    ///
    /// # Errors
    /// Where the text is not TOML, extends another form, or does not fit this one.
    pub fn extend(&self, text: &str) -> Result<Form, FormError> {
        extend::extend(self, text)
    }

    /// The id of the form that a TOML text extends; `None` where it is a form of its own.
    ///
    /// # Errors
    /// Where the text is not TOML.
    pub fn extends(text: &str) -> Result<Option<String>, FormError> {
        file::extends(text)
    }

    /// The error that a text extends a form which there is not; `ids` are those that there are.
    pub(crate) fn unknown_base(text: &str, id: &str, ids: &[&str]) -> FormError {
        let kind = FormErrorKind::UnknownForm {
            form: id.to_owned(),
            nearest: nearest(id, ids.iter().copied()),
        };
        let at = text.find(id).map_or(0..0, |at| at..at + id.len());
        FormError::new(kind, text, at)
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

    /// Its tables, from top to bottom.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The section of this key.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| *section.key == *key)
    }

    /// Every printed row, headings too, from top to bottom.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row with this key.
    #[must_use]
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows.get(*self.row_by_key.get(key)?)
    }

    /// How many cells hold a value.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.indicators.len()
    }

    /// The cells, row by row.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The cell of an index.
    #[must_use]
    pub fn indicator(&self, cell: usize) -> Option<&Indicator> {
        self.indicators.get(cell)
    }

    /// The index of the cell with this key.
    #[must_use]
    pub fn cell(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The cell that this one is a share of: in the row that the form names, or in the next above it in the tree that
    /// holds a value.
    #[must_use]
    pub fn share_base(&self, indicator: &Indicator) -> Option<&Indicator> {
        let above = |row: &Row| self.rows.get(row.parent?);
        let row = self.rows.get(indicator.row)?;
        let named = row.share_of.and_then(|base| self.rows.get(base));
        let base = named.or_else(|| {
            std::iter::successors(above(row), |row| above(row)).find(|row| !row.cells.is_empty())
        })?;
        let cell = base.cells.start + indicator.column.unwrap_or(0);
        self.indicator(cell).filter(|_| base.cells.contains(&cell))
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

    /// The rules of one table, in the order of the file, those that are switched off too.
    #[must_use]
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// The rules between a table and that of the year before: see [`series`](crate::series).
    #[must_use]
    pub fn series(&self) -> &[Arc<Rule>] {
        &self.series
    }

    /// The rule with this id, of one table or between years.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Arc<Rule>> {
        let mut rules = self.rules.iter().chain(&self.series);
        rules.find(|rule| rule.id() == id)
    }

    /// Where the statement of a rule stands in the text that the form was read from, in bytes; `None` where it does not stand
    /// there: it is a rule of the form that the text extends, or none.
    ///
    /// ```
    /// let (id, text) = xxgk::FILES[0];
    /// let form = &xxgk::forms()[0];
    /// let statement = &text[form.span_of_rule("R305").unwrap()];
    /// assert_eq!((form.id(), statement), (id, r#""requests.answered.total = requests.closed.total""#));
    /// ```
    #[must_use]
    pub fn span_of_rule(&self, id: &str) -> Option<Range<usize>> {
        let mut rules = self.file.rules.iter().chain(&self.file.series);
        let rule = rules.find(|rule| rule.id.get_ref() == id)?;
        // What stands in another text has lost its place.
        Some(rule.statement.span()).filter(|span| !span.is_empty())
    }

    /// What the slot of a rule is called: a cell, a parameter, or a cell of the year before.
    #[must_use]
    pub fn slot_name(&self, slot: usize, lang: Lang) -> Option<String> {
        let name = |cell: usize| Some(self.indicator(cell)?.name.to_string());
        match self.slot_at(slot) {
            Slot::Cell(cell) => name(cell),
            Slot::Parameter(it) => Some(self.parameters.get(it)?.label.get(lang).to_owned()),
            Slot::Previous(cell) => {
                Some(lang.pick("上年报告的", "last year's ").to_owned() + &name(cell)?)
            }
        }
    }

    /// The key of the slot of a rule of one table: of a cell, or of a parameter.
    #[must_use]
    pub fn slot_key(&self, slot: usize) -> Option<&str> {
        match self.slot_at(slot) {
            Slot::Cell(cell) => self.indicator(cell).map(Indicator::key),
            Slot::Parameter(parameter) => self.parameters.get(parameter).map(Parameter::key),
            Slot::Previous(_) => None,
        }
    }

    /// The index of the cell, or of the parameter behind the cells, with this key.
    pub(crate) fn slot(&self, key: &str) -> Option<usize> {
        self.cell(key).or_else(|| {
            let parameter = self.parameters.iter().position(|it| *it.key == *key)?;
            Some(self.index_of(Slot::Parameter(parameter)))
        })
    }

    /// The rules of one table that are not switched off, each as it is said of the whole table, or of every row or column.
    ///
    /// ```
    /// let form = &xxgk::forms()[0];
    /// assert!(form.instances().all(|(rule, instance)| instance.id().starts_with(rule.id())));
    /// ```
    pub fn instances(&self) -> impl Iterator<Item = (&Arc<Rule>, &Instance)> {
        let live = self.live_rules();
        live.flat_map(|rule| rule.instances().iter().map(move |it| (rule, it)))
    }

    /// The cells that must sum to some others: themselves, where they are several; else those of a rule that says only that.
    pub(crate) fn parts_of<'a>(&'a self, whole: &'a [usize]) -> Option<&'a [usize]> {
        let [cell] = whole else {
            return Some(whole);
        };
        let sums = self.sums.get_or_init(|| {
            let mut sums = HashMap::new();
            for (_, instance) in self.instances() {
                if let Some((whole, parts)) = self.sum_of(instance.statement()) {
                    sums.entry(whole).or_insert(parts);
                }
            }
            sums
        });
        sums.get(cell).map(Vec::as_slice)
    }

    /// The cell that a statement says is the sum of others, and these.
    fn sum_of(&self, statement: &Statement) -> Option<(usize, Vec<usize>)> {
        let Statement::Compare(it) = statement else {
            return None;
        };
        let cells = |sum: &Sum| -> Option<Vec<usize>> {
            let cell = |term: &Term| match (&term.atom, term.negative, term.coefficient) {
                (Atom::Key(key), false, None) => self.cell(key),
                _ => None,
            };
            sum.iter().map(cell).collect()
        };
        let (left, right) = (cells(&it.left)?, cells(&it.right)?);
        match left[..] {
            [whole] if it.operator == Operator::Equal && right.len() > 1 => Some((whole, right)),
            _ => None,
        }
    }

    /// The rules of one table that are not switched off.
    pub(crate) fn live_rules(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.rules.iter().filter(|rule| rule.off.is_none())
    }

    /// How many instances those have.
    pub(crate) fn live(&self) -> usize {
        self.live
    }

    /// The rules that are switched off.
    pub(crate) fn switched_off(&self) -> &[SwitchedOff] {
        &self.switched_off
    }

    pub(crate) fn labels(&self) -> &Labels {
        &self.labels
    }

    pub(crate) fn headings(&self) -> &Headings {
        &self.headings
    }

    /// The parts of the report that it is printed in, in their order; none where that is not laid down.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(crate) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// The rows with values that stand below a row, by their indexes.
    pub(crate) fn rows_below(&self, row: usize) -> impl Iterator<Item = usize> {
        let rows = self.rows.iter().enumerate();
        let below = rows.filter(move |(_, it)| it.parent == Some(row) && !it.cells.is_empty());
        below.map(|(index, _)| index)
    }

    /// The index of a row in [`rows`](Form::rows).
    pub(crate) fn row_index(&self, row: &Row) -> Option<usize> {
        self.row_by_key.get(&row.key).copied()
    }
}
