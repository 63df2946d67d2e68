//! What a check found.

use std::borrow::Cow;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::correction::Correction;
use crate::kind;
use crate::lang::{Lang, Text};
use crate::number::{Number, Value};
use crate::place::{Place, Within};
use crate::prose::ClaimCounts;
use crate::rule::{Bound, Outcome, Severity};

/// What a check of one table found.
///
/// It serialises as the JSON of the command, `xxgk/report/1`, with messages in Chinese; for English, or with the
/// undetermined findings, serialise [`Report::view`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was checked, such as the name of a file; set by whoever has one.
    pub source: Option<String>,
    /// Which table of the source it is, from 1, where the source has several.
    pub table: Option<usize>,
    /// The agency that the source names for the table (填报单位, the title), where it names one.
    pub agency: Option<String>,
    /// The sheet or the heading that the table stands under.
    pub under: Option<String>,
    /// Whether the table is hidden in the source, as a hidden sheet is.
    pub hidden: bool,
    /// The id of the form; `None` where no table could be recognised.
    pub form: Option<Cow<'static, str>>,
    /// The year that the table is on, where the source says it.
    pub year: Option<u16>,
    /// How many rules there are, and what became of them.
    pub counts: Counts,
    /// What became of the claims that the text makes about the table; `None` where there was no text to compare.
    pub claims: Option<Box<ClaimCounts>>,
    /// The rules of the form that are switched off, with the reason.
    pub off: Vec<SwitchedOff>,
    /// What could not be read, and the rules that failed or are undetermined.
    pub findings: Vec<Finding>,
    /// What to correct, so that every hard rule holds: filled in where a document is checked
    /// ([`Reading::check`](crate::Reading::check)); [`check`](crate::check()) leaves it empty.
    pub corrections: Vec<Correction>,
}

/// A rule of the form that does not apply here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchedOff {
    /// The id of the rule.
    pub rule: Arc<str>,
    /// Why it does not apply.
    pub reason: Text,
}

/// How many rules there are, and what became of them. A rule over rows or columns counts once for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All rules of the form that are not switched off.
    pub rules: usize,
    /// Rules that hold.
    pub passed: usize,
    /// Rules that do not hold.
    pub failed: usize,
    /// Rules that blank cells leave open: they hold or fail by what these cells hold.
    pub undetermined: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.rules += 1;
        match outcome {
            Outcome::Pass => self.passed += 1,
            Outcome::Fail => self.failed += 1,
            Outcome::Undetermined => self.undetermined += 1,
        }
    }
}

/// The sum of a report: the first of these that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No table could be recognised; the findings say why.
    Unreadable,
    /// Something that must hold does not.
    Inconsistent,
    /// A rule that must hold is undetermined.
    Incomplete,
    /// Only questions.
    Query,
    /// Nothing to say.
    Consistent,
}

/// One finding: the proof that a rule does not hold, or what could not be read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The id of the rule, such as `R306`, or of the structural finding, such as `S008`.
    pub rule: Arc<str>,
    /// The [`Instance::id`](crate::form::Instance::id) of a rule of the form: of which row or column it is said.
    pub instance: Option<Arc<str>>,
    /// How much it weighs.
    pub severity: Severity,
    /// [`Outcome::Fail`], or [`Outcome::Undetermined`] where blank cells leave the rule open.
    pub outcome: Outcome,
    /// What the rule demands, in the rule language; `None` for a structural finding.
    pub statement: Option<Arc<str>>,
    /// What the rule rests on.
    pub basis: Option<Arc<Text>>,
    /// Left, right, and left − right of the comparison that shows the failure.
    pub sides: Option<[Number; 3]>,
    /// How each of the sides stands to the true one. Where cells are blank and the rule fails whatever they hold, a side may
    /// be a bound.
    pub bounds: [Bound; 3],
    /// The cells that the finding speaks of.
    pub cells: Vec<Cell>,
    /// What was declared beside the table and enters the rule, where it is not zero.
    pub declared: Vec<Declared>,
    /// Where the text claims what the table does not bear out; the text there is the clause that claims it.
    pub claim: Option<Place>,
    /// The finding as a sentence, with the names of the rows, the figures, and what to do.
    pub message: Text,
}

/// A cell as a finding shows it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// The key of its row; `None` for a row that the form does not have.
    pub key: Option<Arc<str>>,
    /// The code of its row.
    pub code: Option<Arc<str>>,
    /// The official name of its row, or what stands in the document where the form has no such row.
    pub label: Arc<str>,
    /// What it holds; `None` where it is blank or could not be read.
    pub value: Option<Value>,
    /// The document that it stands in, where that is another than the one checked: last year's report, or that of a level
    /// below.
    pub source: Option<Arc<str>>,
    /// Where it stands in the source.
    pub place: Option<Place>,
}

/// A declared parameter as a finding shows it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Declared {
    /// The key of the parameter.
    pub key: Arc<str>,
    /// What it is called.
    pub label: Text,
    /// What was declared.
    pub value: u64,
}

impl Finding {
    /// A structural finding.
    pub(crate) fn structural(
        id: &str,
        severity: Severity,
        cells: Vec<Cell>,
        message: Text,
    ) -> Self {
        Finding {
            rule: id.into(),
            instance: None,
            severity,
            outcome: Outcome::Fail,
            statement: None,
            basis: None,
            sides: None,
            bounds: [Bound::Exact; 3],
            cells,
            declared: Vec::new(),
            claim: None,
            message,
        }
    }
}

impl Report {
    /// The report on a source in which no table could be recognised.
    #[must_use]
    pub fn unreadable(findings: Vec<Finding>) -> Self {
        Report {
            findings,
            ..Report::default()
        }
    }

    /// The report on a source that cannot be read as a document, with the reason in Chinese and in English.
    #[must_use]
    pub fn not_read(reason: Text) -> Self {
        Self::unreadable(vec![Finding::structural(
            kind::NOT_READ,
            Severity::Hard,
            Vec::new(),
            reason,
        )])
    }

    /// The sum of the report.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let any = |severity, outcome| {
            self.findings
                .iter()
                .any(|finding| finding.severity == severity && finding.outcome == outcome)
        };
        if self.form.is_none() {
            Verdict::Unreadable
        } else if any(Severity::Hard, Outcome::Fail) {
            Verdict::Inconsistent
        } else if any(Severity::Hard, Outcome::Undetermined) {
            Verdict::Incomplete
        } else if any(Severity::Soft, Outcome::Fail) {
            Verdict::Query
        } else {
            Verdict::Consistent
        }
    }

    /// Whether every hard rule holds, and nothing that must be right is wrong.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        matches!(self.verdict(), Verdict::Query | Verdict::Consistent)
    }

    /// The findings that say something is wrong or asked for: all but the undetermined rules.
    pub fn failed(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.outcome == Outcome::Fail)
    }

    /// Adds what another look at the same table found: its counts, its findings, what it corrects, and the rules that
    /// are switched off.
    pub fn merge(&mut self, other: Report) {
        self.counts.rules += other.counts.rules;
        self.counts.passed += other.counts.passed;
        self.counts.failed += other.counts.failed;
        self.counts.undetermined += other.counts.undetermined;
        self.off.extend(other.off);
        self.findings.extend(other.findings);
        self.corrections.extend(other.corrections);
    }

    /// The finding of a rule.
    #[must_use]
    pub fn finding(&self, rule: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| &*finding.rule == rule)
    }

    /// The report in a language, with the undetermined findings or without, ready to be serialised.
    #[must_use]
    pub fn view(&self, lang: Lang, undetermined: bool) -> View<'_> {
        View {
            report: self,
            lang,
            undetermined,
        }
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view(Lang::Zh, false).serialize(serializer)
    }
}

/// A report in a language: see [`Report::view`].
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    report: &'a Report,
    lang: Lang,
    undetermined: bool,
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let shown = report
            .findings
            .iter()
            .filter(|it| self.undetermined || it.outcome == Outcome::Fail);
        let findings: Vec<_> = shown
            .map(|finding| FindingView {
                finding,
                lang: self.lang,
            })
            .collect();
        let off = report.off.iter().map(|it| OffView {
            it,
            lang: self.lang,
        });
        let off: Vec<_> = off.collect();
        let mut out = serializer.serialize_struct("Report", 14)?;
        out.serialize_field("schema", "xxgk/report/1")?;
        out.serialize_field("source", &report.source)?;
        match &report.table {
            Some(table) => out.serialize_field("table", table)?,
            None => out.skip_field("table")?,
        }
        for (name, value) in [("agency", &report.agency), ("under", &report.under)] {
            match value {
                Some(value) => out.serialize_field(name, value)?,
                None => out.skip_field(name)?,
            }
        }
        match report.hidden {
            true => out.serialize_field("hidden", &true)?,
            false => out.skip_field("hidden")?,
        }
        out.serialize_field("form", &report.form)?;
        out.serialize_field("year", &report.year)?;
        out.serialize_field("verdict", &report.verdict())?;
        out.serialize_field("counts", &report.counts)?;
        match &report.claims {
            Some(claims) => out.serialize_field("claims", claims)?,
            None => out.skip_field("claims")?,
        }
        if off.is_empty() {
            out.skip_field("off")?;
        } else {
            out.serialize_field("off", &off)?;
        }
        out.serialize_field("findings", &findings)?;
        if report.corrections.is_empty() {
            out.skip_field("corrections")?;
        } else {
            out.serialize_field("corrections", &report.corrections)?;
        }
        out.end()
    }
}

struct FindingView<'a> {
    finding: &'a Finding,
    lang: Lang,
}

impl Serialize for FindingView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.finding;
        let side = |index: usize| finding.sides.as_ref().and_then(|sides| sides.get(index));
        let lang = self.lang;
        let cells = finding.cells.iter().map(|cell| CellView { cell, lang });
        let cells: Vec<_> = cells.collect();
        let declared: Vec<_> = finding
            .declared
            .iter()
            .map(|it| DeclaredView {
                it,
                lang: self.lang,
            })
            .collect();
        let mut out = serializer.serialize_struct("Finding", 14)?;
        out.serialize_field("rule", &finding.rule)?;
        match &finding.instance {
            Some(instance) if *instance != finding.rule => {
                out.serialize_field("instance", instance)?;
            }
            _ => out.skip_field("instance")?,
        }
        out.serialize_field("severity", &finding.severity)?;
        out.serialize_field("outcome", &finding.outcome)?;
        out.serialize_field("statement", &finding.statement)?;
        out.serialize_field("left", &side(0))?;
        out.serialize_field("right", &side(1))?;
        out.serialize_field("difference", &side(2))?;
        if finding.bounds == [Bound::Exact; 3] {
            out.skip_field("bounds")?;
        } else {
            out.serialize_field("bounds", &finding.bounds)?;
        }
        out.serialize_field("cells", &cells)?;
        match &finding.claim {
            Some(claim) => out.serialize_field("claim", &claim.view(self.lang))?,
            None => out.skip_field("claim")?,
        }
        if declared.is_empty() {
            out.skip_field("declared")?;
        } else {
            out.serialize_field("declared", &declared)?;
        }
        out.serialize_field(
            "basis",
            &finding.basis.as_ref().map(|basis| basis.get(self.lang)),
        )?;
        out.serialize_field("message", finding.message.get(self.lang))?;
        out.end()
    }
}

struct CellView<'a> {
    cell: &'a Cell,
    lang: Lang,
}

impl Serialize for CellView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = self.cell;
        let mut out = serializer.serialize_struct("Cell", 9)?;
        out.serialize_field("key", &cell.key)?;
        out.serialize_field("code", &cell.code)?;
        out.serialize_field("label", &cell.label)?;
        out.serialize_field("value", &cell.value)?;
        match &cell.source {
            Some(source) => out.serialize_field("source", source)?,
            None => out.skip_field("source")?,
        }
        if let Some(place) = &cell.place {
            place.serialize_into(&mut out, self.lang)?;
        }
        out.end()
    }
}

impl Place {
    /// The place with its name in a language, ready to be serialised.
    #[must_use]
    pub fn view(&self, lang: Lang) -> PlaceView<'_> {
        PlaceView { place: self, lang }
    }

    /// The fields that say where something stands: in the file as its users count, or in the text, and in words.
    fn serialize_into<S: SerializeStruct>(&self, out: &mut S, lang: Lang) -> Result<(), S::Error> {
        out.serialize_field("place", &self.said(lang))?;
        match &self.within {
            None => {
                out.serialize_field("line", &self.line)?;
                out.serialize_field("column", &self.column)?;
            }
            Some(within @ Within::Cell { sheet, .. }) => {
                out.serialize_field("sheet", sheet)?;
                out.serialize_field("cell", &within.cell())?;
            }
            Some(Within::Table { table, row, column }) => {
                out.serialize_field("table", table)?;
                out.serialize_field("row", row)?;
                out.serialize_field("column", column)?;
            }
            Some(Within::Paragraph(paragraph)) => {
                out.serialize_field("paragraph", paragraph)?;
                out.serialize_field("column", &self.column)?;
            }
        }
        out.serialize_field("text", &self.text)
    }
}

impl Serialize for Place {
    /// With the place in the file as its users count, where it has one.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view(Lang::Zh).serialize(serializer)
    }
}

/// A place in a language: see [`Place::view`].
#[derive(Clone, Copy, Debug)]
pub struct PlaceView<'a> {
    place: &'a Place,
    lang: Lang,
}

impl Serialize for PlaceView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Place", 5)?;
        self.place.serialize_into(&mut out, self.lang)?;
        out.end()
    }
}

struct OffView<'a> {
    it: &'a SwitchedOff,
    lang: Lang,
}

impl Serialize for OffView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("SwitchedOff", 2)?;
        out.serialize_field("rule", &self.it.rule)?;
        out.serialize_field("reason", self.it.reason.get(self.lang))?;
        out.end()
    }
}

struct DeclaredView<'a> {
    it: &'a Declared,
    lang: Lang,
}

impl Serialize for DeclaredView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Declared", 3)?;
        out.serialize_field("key", &self.it.key)?;
        out.serialize_field("label", self.it.label.get(self.lang))?;
        out.serialize_field("value", &self.it.value.to_string())?;
        out.end()
    }
}
