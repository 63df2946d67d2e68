//! A comparison over the columns of a block, in integers that are proven to hold it.

use super::block::{Cells, There};
use super::group::{Seen, Test};
use super::sum::{Difference, Width};
use crate::number::Number;
use crate::rule::Operator;
use crate::rule::compile::Linear;

pub(super) struct Comparison<'a> {
    pub linear: &'a Linear,
    /// In which a blank cell is 0.
    pub difference: Difference<'a>,
    /// Where no blank cell can make the true difference less.
    pub is_least: There,
    /// Where no blank cell can make it more.
    pub is_most: There,
}

impl<'a> Comparison<'a> {
    /// Of columns of one type, none of what can be negative, added or taken away as they are. It is computed in 32 bits without
    /// looking at the values first: see [`proven`](Self::proven).
    pub fn quick(linear: &'a Linear, cells: &[Cells<'a>], records: usize) -> Option<Self> {
        let positive = |slot: usize| cells.get(slot).is_some_and(|it| it.domain.least == 0);
        if !slots(linear).all(positive) {
            return None;
        }
        let difference = Difference::quick(linear, cells)?;
        let comparison = Comparison::of(linear, cells, difference)?;
        // Large numbers are seldom alone: a glance at a few spares most that would be computed in vain.
        let glance = comparison.look(records.min(64), Test::Zero)?;
        comparison.proven(cells, glance.bits).then_some(comparison)
    }

    /// Of any columns, whose values are looked at first. `None` where 64 bits may not hold it.
    pub fn new(linear: &'a Linear, cells: &[Cells<'a>]) -> Option<Self> {
        let difference = Difference::new(linear, cells)?;
        Comparison::of(linear, cells, difference)
    }

    fn of(linear: &'a Linear, cells: &[Cells<'a>], difference: Difference<'a>) -> Option<Self> {
        let (mut is_least, mut is_most) = (There::All, There::All);
        for (slot, coefficient) in &linear.net.terms {
            let cells = cells.get(*slot)?;
            let signed = cells.domain.least < 0;
            if signed || *coefficient < 0 {
                is_least = is_least.and(cells.there);
            }
            if signed || *coefficient > 0 {
                is_most = is_most.and(cells.there);
            }
        }
        Some(Comparison {
            linear,
            difference,
            is_least,
            is_most,
        })
    }

    /// Whether no cell is blank that it depends on.
    pub fn is_complete(&self) -> bool {
        self.is_least == There::All && self.is_most == There::All
    }

    /// Whether a quick comparison was right: values that have no other bits than these are in the domains of their cells, and
    /// no sum of them has wrapped.
    pub fn proven(&self, cells: &[Cells<'a>], bits: u128) -> bool {
        let bits = bits.checked_ilog2().map_or(0, |highest| highest + 1);
        let most = |bound: u128| {
            let unit = self.difference.unit.unsigned_abs();
            let mut most = self.linear.net.constant.unsigned_abs() / unit;
            for slot in slots(self.linear) {
                cells.get(slot)?.within(bound)?;
                most = most.checked_add(bound)?;
            }
            Some(most)
        };
        let most = 1_u128.checked_shl(bits).and_then(most);
        most.is_some_and(|most| most <= i32::MAX as u128)
    }

    pub fn residual(&self, difference: impl Into<i128>) -> Number {
        Number::new(difference.into() * self.difference.unit, self.linear.scale)
    }

    /// How many of so many records break it, and the bits of their values; `None` where its columns are not added in one loop,
    /// or some are blank.
    pub fn count(&self, records: usize) -> Option<Seen> {
        if !self.is_complete() {
            return None;
        }
        let (test, breaks) = asked(self.linear.operator);
        let seen = self.look(records, test)?;
        Some(match breaks {
            true => seen,
            false => Seen {
                count: records as u64 - seen.count,
                ..seen
            },
        })
    }

    fn look(&self, records: usize, test: Test) -> Option<Seen> {
        match &self.difference.width {
            Width::Narrow(sums) if sums.rest.is_empty() => Some(sums.first.look(0..records, test)),
            Width::Wide(sums) if sums.rest.is_empty() => Some(sums.first.look(0..records, test)),
            _ => None,
        }
    }
}

fn slots(linear: &Linear) -> impl Iterator<Item = usize> {
    linear.net.terms.iter().map(|(slot, _)| *slot)
}

/// What left − right is asked, and the answer that breaks the comparison.
fn asked(operator: Operator) -> (Test, bool) {
    match operator {
        Operator::Equal => (Test::Zero, false),
        Operator::NotEqual => (Test::Zero, true),
        Operator::Less => (Test::Negative, false),
        Operator::LessOrEqual => (Test::Positive, true),
        Operator::Greater => (Test::Positive, false),
        Operator::GreaterOrEqual => (Test::Negative, true),
    }
}
