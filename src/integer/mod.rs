//! Systems of linear constraints over bounded integers, decided exactly: whether they can hold together, why not, and what
//! range they leave to a variable.
//!
//! - [`Constraint`]: one linear sum that is 0, or not negative
//! - [`Formula`]: constraints joined by *all* and *any*
//! - [`System`]: formulas over variables with a domain
//! - [`Blame`]: which formulas a contradiction comes from
//!
//! Integers are computed with in 128 bits, checked: where they do not fit, and where the work becomes too much, there is a
//! [`Limit`] instead of an answer, never a wrong one.

mod bounds;
mod cases;
mod constraint;
mod eliminate;

pub(crate) use cases::{Range, System};
pub(crate) use constraint::{Constraint, Formula, Seen};

/// The work became too much, or a number too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit;

/// How much may still be done, in terms of constraints that are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work(u64);

impl Work {
    pub fn new(terms: u64) -> Self {
        Work(terms)
    }

    pub fn spend(&mut self, terms: usize) -> Result<(), Limit> {
        self.0 = self.0.checked_sub(terms as u64 + 1).ok_or(Limit)?;
        Ok(())
    }

    /// Does something that may take so much of it, and no more.
    pub fn at_most<T>(&mut self, terms: u64, ask: impl FnOnce(&mut Work) -> T) -> T {
        let given = self.0.min(terms);
        let mut part = Work(given);
        let answer = ask(&mut part);
        self.0 -= given - part.0;
        answer
    }
}

/// Formulas of a system, by their numbers, that cannot hold together within the domains of the variables. There may be
/// fewer of them that cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Blame(Vec<u64>);

impl Blame {
    pub fn on(formula: usize) -> Self {
        let mut words = vec![0; formula / 64 + 1];
        if let Some(word) = words.last_mut() {
            *word = 1 << (formula % 64);
        }
        Blame(words)
    }

    pub fn join(&mut self, other: &Blame) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    pub fn and(mut self, other: &Blame) -> Self {
        self.join(other);
        self
    }

    /// The formulas, in order.
    pub fn formulas(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        })
    }
}

/// What a decision comes to.
pub(crate) type Decision = Result<(), Blame>;
