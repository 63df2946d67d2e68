//! The file of a form, field by field, as it is read and written. What the fields mean is checked in [`build`](super::build).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::error::{FormError, FormErrorKind};
use crate::lang::Text;
use crate::rule::Severity;
use crate::toml_file::{self, TomlProblem};

/// A whole form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FormFile {
    /// The name that the form is called by: letters a-z, digits and -.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// The title printed on the form.
    pub title: String,
    /// The notice that the form comes from.
    pub source: String,
    /// The first year that the form was in force for.
    #[cfg_attr(feature = "schema", schemars(with = "u16"))]
    pub first_year: Spanned<u16>,
    /// The last year that the form was in force for.
    #[cfg_attr(feature = "schema", schemars(with = "u16"))]
    pub last_year: Spanned<u16>,
    /// What a caller may declare beside the table.
    #[serde(default, rename = "parameter", skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterFile>,
    /// Percentages with a name of their own.
    #[serde(default, rename = "rate", skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<RateFile>,
    /// Sums with a name, for rules to use.
    #[serde(default, rename = "definition", skip_serializing_if = "Vec::is_empty")]
    pub definitions: Vec<DefinitionFile>,
    /// The columns of the rows that stand in no section; none where each holds one value.
    #[serde(default, rename = "column", skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnFile>,
    /// The rows that stand in no section.
    #[serde(default, rename = "row", skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowFile>,
    /// The tables of a form that has several.
    #[serde(default, rename = "section", skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<SectionFile>,
    /// How reports call rows and columns in sentences, beside their labels.
    #[serde(default, rename = "phrase", skip_serializing_if = "Vec::is_empty")]
    pub phrases: Vec<PhraseFile>,
    /// The parts of the report that the form is printed in, in their order.
    #[serde(default, rename = "part", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartFile>,
    /// The rules of one table.
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleFile>,
    /// The rules between a table and that of the year before, whose keys begin with `previous.`.
    #[serde(default, rename = "series", skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<RuleFile>,
}

/// What a region or an office makes of a form: rows, columns and rules of its own, and other rules changed.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ExtensionFile {
    /// The id of the form that is extended.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub extends: Option<Spanned<String>>,
    /// The id of the extended form; that of the form itself where there is none.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub id: Option<Spanned<String>>,
    /// The title printed on the extended form.
    pub title: Option<String>,
    /// The notice that the extended form comes from.
    pub source: Option<String>,
    /// The first year that it was in force for.
    #[cfg_attr(feature = "schema", schemars(with = "Option<u16>"))]
    pub first_year: Option<Spanned<u16>>,
    /// The last year that it was in force for.
    #[cfg_attr(feature = "schema", schemars(with = "Option<u16>"))]
    pub last_year: Option<Spanned<u16>>,
    /// More to declare beside the table.
    #[serde(default, rename = "parameter")]
    pub parameters: Vec<ParameterFile>,
    /// More percentages.
    #[serde(default, rename = "rate")]
    pub rates: Vec<RateFile>,
    /// More sums with a name.
    #[serde(default, rename = "definition")]
    pub definitions: Vec<DefinitionFile>,
    /// Columns for the rows that stand in no section: every rule over them is then checked column by column.
    #[serde(default, rename = "column")]
    pub columns: Vec<ColumnFile>,
    /// More rows, each behind the row that it names with `after`, or at the end.
    #[serde(default, rename = "row")]
    pub rows: Vec<RowFile>,
    /// More tables.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionFile>,
    /// More ways to call rows and columns in sentences.
    #[serde(default, rename = "phrase")]
    pub phrases: Vec<PhraseFile>,
    /// More rules.
    #[serde(default, rename = "rule")]
    pub rules: Vec<RuleFile>,
    /// More rules between years.
    #[serde(default, rename = "series")]
    pub series: Vec<RuleFile>,
    /// Rules that weigh otherwise, or are switched off.
    #[serde(default, rename = "override")]
    pub overrides: Vec<OverrideFile>,
}

/// A rule of the form that weighs otherwise, or is switched off.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct OverrideFile {
    /// The id of the rule.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub rule: Spanned<String>,
    /// What it weighs here.
    pub severity: Option<Severity>,
    /// Why it is switched off here: the reports say so.
    pub off: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterFile {
    /// The name that rules call it by.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub key: Spanned<String>,
    /// What it is called.
    pub label: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RateFile {
    /// The name in code.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub key: Spanned<String>,
    /// What it is called.
    pub label: Text,
    /// The key of the cell above the line.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub part: Spanned<String>,
    /// The key of the cell below the line.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub base: Spanned<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct DefinitionFile {
    /// The name that rules call it by.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub key: Spanned<String>,
    /// The sum, in the rule language; it may use the definitions before it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub sum: Spanned<String>,
}

/// How reports call a row or a column in sentences. A space in a phrase stands for words that say nothing, `#` for the number;
/// without it the number stands behind the phrase. Behind a `^` in front, nothing else may stand before it in its clause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseFile {
    /// The key of a row; of a heading, for the rows below it together. Of a section, where `columns` are named.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub of: Spanned<String>,
    /// The keys of the first and the last of the columns that are called so together, or of the only one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub columns: Vec<Spanned<String>>,
    /// What stands before or around the number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<String>,
    /// The same, where the whole that the row is a part of was named before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub short: Vec<String>,
    /// What it is called where something is a share of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base: Vec<String>,
    /// One of these stands in the sentence or in the headings above it; for the rows below too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<String>,
    /// Words that, standing before the phrase, make it something else; for the rows below too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// The measure words of its numbers, for the rows below too; without them any word will do that counts what the row counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Other things are called so too: it is meant only where the clause names its own, or no other was named last.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// The keys of rows that the number may include.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub with: Vec<Spanned<String>>,
}

/// A part of the report, which stands under a heading of its own. The sections of the same title stand in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PartFile {
    /// Its title, without the number.
    pub title: String,
    /// Other titles that are as good.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What it has to say.
    pub says: Option<SaysFile>,
}

/// What a part of a report has to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SaysFile {
    /// What it is called.
    pub what: Text,
    /// One of these stands in the report where it is said.
    pub words: Vec<String>,
    /// What demands it.
    pub basis: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SectionFile {
    /// The name that quantified rules call it by: `for each row of KEY: …`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub key: Spanned<String>,
    /// The title printed over it.
    pub title: String,
    /// The name of the typed struct that holds one row, a field a column.
    pub cells: Option<String>,
    /// Printed as one line of values, the rows being headings above the columns.
    #[serde(default, skip_serializing_if = "is_false")]
    pub across: bool,
    /// Its columns; none where each row holds one value.
    #[serde(default, rename = "column", skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnFile>,
    /// Its rows.
    #[serde(rename = "row")]
    pub rows: Vec<RowFile>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    /// What it adds to the keys of the rows.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub key: Spanned<String>,
    /// The label as it is printed.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub label: Spanned<String>,
    /// What messages call it, where that is not the label.
    pub name: Option<String>,
    /// Other ways to write the label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The label that is printed above it and its neighbours.
    pub group: Option<String>,
    /// The unit, where it is another than the row's.
    pub unit: Option<String>,
    /// What it holds, where that is something else than the row's.
    pub kind: Option<KindFile>,
    /// It is the row as a whole, which a sentence means that names no column.
    #[serde(default, skip_serializing_if = "is_false")]
    pub whole: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RowFile {
    /// The place in the form's numbering; 3.3.4.a stands below 3.3.4.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub code: Spanned<String>,
    /// The path in the typed struct.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub key: Spanned<String>,
    /// The label as it is printed, without the note.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub label: Spanned<String>,
    /// What messages call it, where that is not the label without its number.
    pub name: Option<String>,
    /// Other ways to write the label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The note printed in brackets behind the label.
    pub note: Option<String>,
    /// The unit printed on the form.
    pub unit: Option<String>,
    /// What it holds; a row without is a heading.
    pub kind: Option<KindFile>,
    /// The key of the row that it is a share of, where the tree does not give it.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub share_of: Option<Spanned<String>>,
    /// Whether the figures of the level below sum to that of the level above.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub adds: bool,
    /// In an extension: the key of the row that it is printed behind.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub after: Option<Spanned<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum KindFile {
    /// A number of things, not negative.
    Count,
    /// Money in 万元, not negative.
    Amount,
    /// By how much a number of things grew; negative where it fell.
    Change,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    /// The id; ids are permanent.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: Spanned<String>,
    /// Whether it must hold, or asks for an explanation.
    pub severity: Severity,
    /// What it demands, in the rule language.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub statement: Spanned<String>,
    /// What it rests on.
    pub basis: Text,
    /// What is said when it is broken.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub message: Option<Spanned<Text>>,
    /// Cells that satisfy it, the others being 0.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<BTreeMap<String, ExampleFile>>")
    )]
    pub passes: Option<Spanned<BTreeMap<String, ExampleFile>>>,
    /// Cells that break it, the others being 0.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<BTreeMap<String, ExampleFile>>")
    )]
    pub fails: Option<Spanned<BTreeMap<String, ExampleFile>>>,
    /// Why it is switched off.
    pub off: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "a whole number or an amount in quotes")]
pub(super) enum ExampleFile {
    Count(u64),
    Change(i64),
    Amount(String),
}

#[derive(Deserialize)]
struct Head {
    extends: Option<String>,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_true(flag: &bool) -> bool {
    *flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Reads a file's fields; where TOML or a field is wrong, the error points at it.
pub(super) fn fields<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, FormError> {
    toml_file::read(text).map_err(FormError::from)
}

/// The fields of a form of its own. A key that is misspelt may be one that only extensions have.
pub(super) fn own_fields(text: &str) -> Result<FormFile, FormError> {
    fields(text).map_err(|mut error: FormError| {
        if let FormErrorKind::Toml(TomlProblem::UnknownField { field, nearest, .. }) =
            &mut error.kind
        {
            let of_extensions = toml_file::nearest(field, ["extends", "override"].into_iter());
            *nearest = nearest.take().or(of_extensions);
        }
        error
    })
}

/// The id of the form that a file extends; `None` where it is a form of its own.
pub(super) fn extends(text: &str) -> Result<Option<String>, FormError> {
    Ok(fields::<Head>(text)?.extends)
}

impl FormFile {
    /// The sections with their rows, the unnamed one first.
    pub fn all_rows(&self) -> impl Iterator<Item = &RowFile> {
        self.rows
            .iter()
            .chain(self.sections.iter().flat_map(|section| &section.rows))
    }

    /// Forgets where things stand in the text that they were read from: errors are then not looked for there.
    pub fn forget_places(&mut self) {
        fn forget<T: Clone>(it: &mut Spanned<T>) {
            *it = Spanned::new(0..0, it.get_ref().clone());
        }
        fn forget_column(column: &mut ColumnFile) {
            forget(&mut column.key);
            forget(&mut column.label);
        }
        forget(&mut self.id);
        forget(&mut self.first_year);
        forget(&mut self.last_year);
        self.columns.iter_mut().for_each(forget_column);
        let rows = self.sections.iter_mut().flat_map(|section| {
            forget(&mut section.key);
            section.columns.iter_mut().for_each(forget_column);
            &mut section.rows
        });
        for row in self.rows.iter_mut().chain(rows) {
            forget(&mut row.code);
            forget(&mut row.key);
            forget(&mut row.label);
            row.share_of.iter_mut().for_each(forget);
        }
        for parameter in &mut self.parameters {
            forget(&mut parameter.key);
        }
        for rate in &mut self.rates {
            forget(&mut rate.key);
            forget(&mut rate.part);
            forget(&mut rate.base);
        }
        for definition in &mut self.definitions {
            forget(&mut definition.key);
            forget(&mut definition.sum);
        }
        for phrase in &mut self.phrases {
            forget(&mut phrase.of);
            let keys = phrase.columns.iter_mut().chain(&mut phrase.with);
            keys.for_each(forget);
        }
        for rule in self.rules.iter_mut().chain(&mut self.series) {
            forget(&mut rule.id);
            forget(&mut rule.statement);
            rule.message.iter_mut().for_each(forget);
            let examples = rule.passes.iter_mut().chain(&mut rule.fails);
            examples.for_each(forget);
        }
    }
}
