//! What is found of a rule in a block, and the order in which it is listed.

use super::block::BLOCK;
use super::plan::{Failure, Tally};
use crate::number::Number;

/// What is found of one rule in one block.
pub(super) struct Found<'a> {
    pub rule: usize,
    /// The first record of the block.
    pub first: usize,
    pub tally: Tally,
    /// `None` where they are only counted.
    pub failures: Option<&'a mut Vec<Failure>>,
}

impl Found<'_> {
    pub fn list(&mut self, at: usize, residual: Option<Number>) {
        if let Some(failures) = &mut self.failures {
            let record = self.first + at;
            failures.push(Failure {
                record,
                rule: self.rule,
                residual,
            });
        }
    }
}

/// Sorts failures of a block that stand rule by rule, each by record: by the lower half of its number, then by the upper.
pub(super) fn by_record(failures: &mut [Failure], first: usize) {
    let mut halfway = failures.to_vec();
    scatter(failures, &mut halfway, |failure| {
        (failure.record - first) % DIGITS
    });
    scatter(&halfway, failures, |failure| {
        (failure.record - first) / DIGITS
    });
}

/// How many values half of the number of a record in its block has.
const DIGITS: usize = 256;
const _: () = assert!(BLOCK <= DIGITS * DIGITS);

/// Puts failures in the order of a digit; those of the same digit stay in theirs.
fn scatter(from: &[Failure], to: &mut [Failure], digit: impl Fn(&Failure) -> usize) {
    let mut places = [0; DIGITS];
    for failure in from {
        if let Some(count) = places.get_mut(digit(failure)) {
            *count += 1;
        }
    }
    let mut before = 0;
    for place in &mut places {
        before += std::mem::replace(place, before);
    }
    for failure in from {
        let Some(place) = places.get_mut(digit(failure)) else {
            continue;
        };
        if let Some(to) = to.get_mut(*place) {
            *to = *failure;
        }
        *place += 1;
    }
}
