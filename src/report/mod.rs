//! What a check found: findings, what is to be corrected, and the verdict.
//!
//! - [`kind`]: the findings that are no rule of a form
//! - [`finding`]: one finding, with its cells
//! - [`correction`]: what to correct
//! - [`display`]: what is printed of them
//! - [`view`]: a report as JSON

pub(crate) mod correction;
mod display;
mod finding;
pub(crate) mod kind;
pub mod view;

use std::borrow::Cow;
use std::ops::AddAssign;

pub use correction::{CellSet, Certainty, Change, Correction, Diagnosis, HumanError};
pub use finding::{Cell, Declared, Finding};
pub use kind::{Example, FINDING_KINDS, FindingKind};
pub use view::{PlaceView, View};

use serde::{Deserialize, Serialize};

use crate::form::SwitchedOff;
use crate::lang::Text;
use crate::rule::{Outcome, Severity};

/// What a check of one table found.
///
/// It serialises as the JSON of the command, `xxgk/report/1`, with messages in Chinese; for English, or with the
/// undetermined findings, serialise [`Report::view`], which also reads back. What it prints is in Chinese.
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

/// How many rules there are, and what became of them. A rule over rows or columns counts once for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.rules += other.rules;
        self.passed += other.passed;
        self.failed += other.failed;
        self.undetermined += other.undetermined;
    }
}

/// How many claims there are, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimCounts {
    /// Claims about cells of the form.
    pub bound: usize,
    /// Claims of which that is not certain.
    pub unbound: usize,
    /// Bound claims that the table bears out.
    pub agree: usize,
    /// Bound claims that it does not. The rest cannot be compared: a cell is blank, or the number is not exact.
    pub contradict: usize,
}

/// The sum of a report: the first of these that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        self.findings.iter().filter(|finding| finding.is_said())
    }

    /// Adds what another look at the same table found: its counts, its findings, what it corrects, and the rules that
    /// are switched off.
    pub fn merge(&mut self, other: Report) {
        self.counts += other.counts;
        self.off.extend(other.off);
        self.findings.extend(other.findings);
        self.corrections.extend(other.corrections);
    }

    /// The finding of a rule.
    #[must_use]
    pub fn finding(&self, rule: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| &*finding.rule == rule)
    }
}
