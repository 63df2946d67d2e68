//! A report as JSON, `xxgk/report/1`: what programs read and write. It has its messages in one language, so that a [`Report`] is
//! more than can be read back from it; what can is a [`View`], and written again it is the same text.
//!
//! ```
//! use xxgk::{Lang, Table, Verdict, View, nine_category::NineCategory};
//! let json = serde_json::to_string(&NineCategory::default().check().view(Lang::En, true))?;
//! let view: View = serde_json::from_str(&json)?;
//! assert_eq!((view.verdict, view.counts.undetermined), (Verdict::Incomplete, 28));
//! assert_eq!(serde_json::to_string(&view)?, json);
//! # Ok::<(), serde_json::Error>(())
//! ```

use serde::{Deserialize, Serialize, Serializer};

pub use super::correction::{CellSetView, ChangeView, CorrectionView, ToView};
use super::finding::{Cell, Declared, Finding};
use super::{ClaimCounts, Counts, Report, Verdict};
use crate::form::SwitchedOff;
use crate::lang::Lang;
use crate::number::Number;
use crate::place::{Place, Within};
use crate::rule::{Bound, Outcome, Severity};

impl Report {
    /// The report in a language, with the undetermined findings or without, as it is written.
    #[must_use]
    pub fn view(&self, lang: Lang, undetermined: bool) -> View {
        let findings = self.findings.iter();
        let shown = findings.filter(|it| undetermined || it.is_said());
        View {
            schema: Schema::Report1,
            source: self.source.clone(),
            table: self.table,
            agency: self.agency.clone(),
            under: self.under.clone(),
            hidden: self.hidden,
            form: self.form.as_deref().map(str::to_owned),
            year: self.year,
            verdict: self.verdict(),
            counts: self.counts,
            claims: self.claims.as_deref().copied(),
            off: self.off.iter().map(|it| off(it, lang)).collect(),
            findings: shown.map(|it| it.view(lang)).collect(),
            corrections: self.corrections.iter().map(Into::into).collect(),
        }
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view(Lang::Zh, false).serialize(serializer)
    }
}

/// What the JSON of a report says that it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Schema {
    /// The first, and so far the only one.
    #[default]
    #[serde(rename = "xxgk/report/1")]
    Report1,
}

/// A report in a language: see [`Report::view`]. The fields are those of the [`Report`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct View {
    /// What it is.
    pub schema: Schema,
    /// What was checked, such as the name of a file.
    pub source: Option<String>,
    /// Which table of the source it is, from 1, where the source has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<usize>,
    /// The agency that the source names for the table, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The sheet or the heading that the table stands under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// Whether the table is hidden in the source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// The id of the form; null where no table could be recognised.
    pub form: Option<String>,
    /// The year that the table is on, where the source says it.
    pub year: Option<u16>,
    /// The sum of the report.
    pub verdict: Verdict,
    /// How many rules there are, and what became of them.
    pub counts: Counts,
    /// What became of the claims that the text makes about the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<ClaimCounts>,
    /// The rules of the form that are switched off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<OffView>,
    /// What could not be read, and the rules that failed or are undetermined.
    pub findings: Vec<FindingView>,
    /// What to correct, so that every hard rule holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionView>,
}

fn is_false(it: &bool) -> bool {
    !it
}

/// A rule that is switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OffView {
    /// Its id.
    pub rule: String,
    /// Why it does not apply.
    pub reason: String,
}

fn off(it: &SwitchedOff, lang: Lang) -> OffView {
    OffView {
        rule: it.rule.to_string(),
        reason: it.reason.get(lang).to_owned(),
    }
}

/// A [`Finding`] in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FindingView {
    /// The id of the rule, or of the kind of finding.
    pub rule: String,
    /// Of a rule that is said of each row or column, which of its instances it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// Whether it fails, or blank cells leave it open.
    pub outcome: Outcome,
    /// What the rule demands, in the rule language.
    pub statement: Option<String>,
    /// The left side.
    pub left: Option<Number>,
    /// The right side.
    pub right: Option<Number>,
    /// Left − right.
    pub difference: Option<Number>,
    /// How each of these stands to the true one, where not all are exact.
    #[serde(default, skip_serializing_if = "all_exact")]
    pub bounds: [Bound; 3],
    /// The cells that it speaks of.
    pub cells: Vec<CellView>,
    /// Where the text claims what the table does not bear out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<PlaceView>,
    /// What was declared beside the table and enters the rule, where it is not zero.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<DeclaredView>,
    /// What the rule rests on.
    pub basis: Option<String>,
    /// The finding as a sentence.
    pub message: String,
}

fn all_exact(bounds: &[Bound; 3]) -> bool {
    *bounds == [Bound::Exact; 3]
}

impl Finding {
    /// The finding in a language, as it is written.
    #[must_use]
    pub fn view(&self, lang: Lang) -> FindingView {
        let [left, right, difference] = match self.sides {
            Some(sides) => sides.map(Some),
            None => [None; 3],
        };
        let instance = self.instance.as_ref().filter(|it| **it != self.rule);
        let declared = |it: &Declared| DeclaredView {
            key: it.key.to_string(),
            label: it.label.get(lang).to_owned(),
            value: Number::new(it.value.into(), 0),
        };
        FindingView {
            rule: self.rule.to_string(),
            instance: instance.map(|it| it.to_string()),
            severity: self.severity,
            outcome: self.outcome,
            statement: self.statement.as_ref().map(|it| it.to_string()),
            left,
            right,
            difference,
            bounds: self.bounds,
            cells: self.cells.iter().map(|it| it.view(lang)).collect(),
            claim: self.claim.as_ref().map(|it| it.view(lang)),
            declared: self.declared.iter().map(declared).collect(),
            basis: self.basis.as_ref().map(|it| it.get(lang).to_owned()),
            message: self.message.get(lang).to_owned(),
        }
    }
}

/// What was declared beside the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeclaredView {
    /// The key of the parameter.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What was declared.
    pub value: Number,
}

/// A [`Cell`] of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CellView {
    /// The key of its row.
    pub key: Option<String>,
    /// The code of its row.
    pub code: Option<String>,
    /// The official name of its row.
    pub label: String,
    /// What it holds; null where it is blank or could not be read.
    pub value: Option<Number>,
    /// The document that it stands in, where that is another than the one checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it stands in the source.
    #[serde(flatten)]
    pub place: Option<PlaceView>,
}

impl Cell {
    fn view(&self, lang: Lang) -> CellView {
        CellView {
            key: self.key.as_ref().map(|it| it.to_string()),
            code: self.code.as_ref().map(|it| it.to_string()),
            label: self.label.to_string(),
            value: self.value.map(Into::into),
            source: self.source.as_ref().map(|it| it.to_string()),
            place: self.place.as_ref().map(|it| it.view(lang)),
        }
    }
}

/// A place in a language: see [`Place::view`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PlaceView {
    /// The place in words.
    pub place: String,
    /// The same in numbers.
    #[serde(flatten)]
    pub at: At,
    /// The text at that place, as it is written.
    pub text: String,
}

/// Where something stands: in the file as its users count, or in the text. All are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum At {
    /// In a plain text.
    #[non_exhaustive]
    Line {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// In a sheet.
    #[non_exhaustive]
    Cell {
        /// The name of the sheet.
        sheet: String,
        /// What spreadsheets call the cell: `C14`.
        cell: Option<String>,
    },
    /// In a table of a text.
    #[non_exhaustive]
    Table {
        /// The page, where the file has pages.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        page: Option<usize>,
        /// Which table of the text, or of the page.
        table: usize,
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// In a paragraph outside of tables.
    #[non_exhaustive]
    Paragraph {
        /// The page on which it begins, where the file has pages.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        page: Option<usize>,
        /// Which paragraph of the text, or of the page.
        paragraph: usize,
        /// The column, in characters.
        column: usize,
    },
}

impl Place {
    /// The place with its name in a language, as it is written: in the file as its users count, or in the text.
    #[must_use]
    pub fn view(&self, lang: Lang) -> PlaceView {
        PlaceView {
            place: self.said(lang),
            at: self.at(),
            text: self.text.clone(),
        }
    }

    fn at(&self) -> At {
        let Place { line, column, .. } = *self;
        match &self.within {
            None => At::Line { line, column },
            Some(within @ Within::Cell { sheet, .. }) => At::Cell {
                sheet: sheet.to_string(),
                cell: within.cell(),
            },
            Some(Within::Table {
                page,
                table,
                row,
                column,
            }) => At::Table {
                page: *page,
                table: *table,
                row: *row,
                column: *column,
            },
            Some(Within::Paragraph { page, paragraph }) => At::Paragraph {
                page: *page,
                paragraph: *paragraph,
                column,
            },
        }
    }
}

impl Serialize for Place {
    /// With the place in the file as its users count, where it has one.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view(Lang::Zh).serialize(serializer)
    }
}

/// The JSON Schema of `xxgk/report/1`.
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(View)
}
