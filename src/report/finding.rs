//! One finding, with the cells that it speaks of.

use std::sync::Arc;

use super::kind::FindingKind;
use crate::lang::Text;
use crate::number::{Number, Value};
use crate::place::Place;
use crate::rule::{Bound, Outcome, Severity};

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
    /// Whether it says something by itself: it is no rule or sum that missing figures leave open.
    #[must_use]
    pub fn is_said(&self) -> bool {
        let of_reading = || FindingKind::of(&self.rule).is_some_and(|kind| kind.is_structural());
        self.outcome == Outcome::Fail || of_reading()
    }

    /// A finding that is no rule of a form, of the severity of its kind.
    pub(crate) fn structural(kind: FindingKind, cells: Vec<Cell>, message: Text) -> Self {
        Finding {
            rule: kind.id.into(),
            instance: None,
            severity: kind.severity,
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

    /// The finding where it weighs otherwise than its kind.
    pub(crate) fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
