//! A comparison computed at once, and proven right afterwards.

use std::ops::Range;

use super::block::{Cells, There};
use super::group::Test;
use super::sum::{Sums, narrow, terms};
use crate::rule::Operator;
use crate::rule::compile::Linear;

/// A comparison of columns of one type, none of them blank, none of what can be negative, added or taken away as they are.
/// It is computed in 32 bits without looking at the values first. The bits that they turn out to have prove that nothing
/// has wrapped, or not: then the comparison is computed otherwise.
pub(super) struct Quick<'a> {
    pub sums: Sums<'a, i32>,
    /// What the sums count in.
    pub unit: i128,
    constant: u128,
    terms: u128,
}

impl<'a> Quick<'a> {
    pub fn new(linear: &Linear, cells: &[Cells<'a>]) -> Option<Self> {
        let plain = |cells: &Cells<'_>| cells.there == There::All && cells.domain.least == 0;
        if !slots(linear).all(|slot| cells.get(slot).is_some_and(plain)) {
            return None;
        }
        let (constant, terms, unit) = terms(linear, cells)?;
        // Then it is not cut off below.
        i32::try_from(constant).ok()?;
        let number = terms.len() as u128;
        let sums = narrow(constant, terms);
        (sums.rest.is_empty() && number > 0).then_some(Quick {
            sums,
            unit,
            constant: constant.unsigned_abs(),
            terms: number,
        })
    }

    /// How many of so many records break the comparison; adds to `parts` where they are, so few at a time. `None` where that
    /// cannot be told in 32 bits.
    pub fn broken(
        &self,
        linear: &Linear,
        cells: &[Cells<'a>],
        records: usize,
        few: usize,
        parts: &mut Vec<Range<usize>>,
    ) -> Option<u64> {
        let (test, breaks) = asked(linear.operator);
        let (mut failed, mut bits) = (0, 0);
        for start in (0..records).step_by(few) {
            let part = start..records.min(start + few);
            let seen = self.sums.first.look(part.clone(), test);
            bits |= seen.bits?;
            let broken = if breaks {
                seen.count
            } else {
                part.len() as u64 - seen.count
            };
            if broken > 0 {
                failed += broken;
                parts.push(part);
            }
        }
        let bound = 1_u128.checked_shl(bits.checked_ilog2().map_or(0, |highest| highest + 1))?;
        let within = |slot: usize| cells.get(slot).is_some_and(|it| it.within(bound).is_some());
        let most = bound.checked_mul(self.terms)?.checked_add(self.constant)?;
        (most <= i32::MAX as u128 && slots(linear).all(within)).then_some(failed)
    }
}

fn slots(linear: &Linear) -> impl Iterator<Item = usize> {
    let terms = linear.left.terms.iter().chain(&linear.right.terms);
    terms.map(|(slot, _)| *slot)
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
