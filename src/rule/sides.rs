//! What is known of the sides of a comparison, some cells of which may be blank.

use serde::{Deserialize, Serialize};

use super::ast::Operator;
use super::outcome::Outcome;
use crate::number::Number;

/// How a number that is shown stands to the true one. They are the same where no cell is blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The number is the true one.
    #[default]
    Exact,
    /// The true one is the same or larger: blank cells add to it.
    AtLeast,
    /// The true one is the same or smaller: blank cells are taken away from it.
    AtMost,
    /// The true one may be anything.
    Open,
}

/// A sum in which blank cells count as nothing, and which way the true sum can differ.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub sum: i128,
    /// Whether the true sum cannot be less.
    pub is_least: bool,
    /// Whether the true sum cannot be more.
    pub is_most: bool,
}

impl Range {
    pub fn exact(sum: i128) -> Self {
        Range {
            sum,
            is_least: true,
            is_most: true,
        }
    }

    /// Whether the true sum is as large as this.
    fn at_least(self, least: i128) -> Outcome {
        match self.sum >= least {
            true if self.is_least => Outcome::Pass,
            false if self.is_most => Outcome::Fail,
            _ => Outcome::Undetermined,
        }
    }

    /// Whether the true sum compares so with 0.
    pub fn outcome(self, operator: Operator) -> Outcome {
        let (zero, one) = (self.at_least(0), self.at_least(1));
        match operator {
            Operator::Equal => zero & !one,
            Operator::NotEqual => !zero | one,
            Operator::Less => !zero,
            Operator::LessOrEqual => !one,
            Operator::Greater => one,
            Operator::GreaterOrEqual => zero,
        }
    }

    fn bound(self) -> Bound {
        match (self.is_least, self.is_most) {
            (true, true) => Bound::Exact,
            (true, false) => Bound::AtLeast,
            (false, true) => Bound::AtMost,
            (false, false) => Bound::Open,
        }
    }
}

/// Left, right, and left − right of a comparison, as a finding shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sides {
    pub numbers: [Number; 3],
    pub bounds: [Bound; 3],
}

impl Sides {
    pub fn new(ranges: [Range; 3], scale: u32) -> Self {
        Sides {
            numbers: ranges.map(|range| Number::new(range.sum, scale)),
            bounds: ranges.map(Range::bound),
        }
    }
}
