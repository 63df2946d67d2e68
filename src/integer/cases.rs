//! Formulas over bounded variables: the cases that *any* opens, each decided by itself.

use super::bounds::{Conjunction, Interval};
use super::constraint::Formula;
use super::eliminate::MANY;
use super::{Blame, Decision, Limit, Work};

/// A case of a case, and so on, so many times is too much.
const MOST_DEPTH: usize = 256;
/// All of them together, as each has its own intervals and rows, may have so many of these.
const MOST_COPIED: usize = 1 << 20;

/// Formulas over variables with a domain. The formulas are numbered as they stand, for [`Blame`].
#[derive(Clone, Debug, Default)]
pub(crate) struct System {
    /// The least and the largest value of each variable.
    pub domains: Vec<[i128; 2]>,
    pub formulas: Vec<Formula>,
}

/// A disjunction that is still to be decided, and the formula that it comes from.
type Open<'a> = (&'a [Formula], usize);

/// What is done with a case: what it comes to, and whether that is enough.
type Each<'a> = dyn FnMut(Conjunction, &mut Work) -> Result<(Decision, bool), Limit> + 'a;

impl System {
    /// Whether all formulas can hold together.
    pub fn decide(&self, work: &mut Work) -> Result<Decision, Limit> {
        let mut found = false;
        let mut decide = |case: Conjunction, work: &mut Work| {
            let decision = case.decide(work)?;
            found |= decision.is_ok();
            Ok((decision, found))
        };
        let why = self.cases(work, &mut decide)?;
        Ok(if found { Ok(()) } else { Err(why) })
    }

    /// The least and the largest value that a variable can have; `None` where the formulas cannot hold together.
    pub fn range(&self, variable: usize, work: &mut Work) -> Result<Option<[i128; 2]>, Limit> {
        let mut range: Option<[i128; 2]> = None;
        let mut widen = |case: Conjunction, work: &mut Work| {
            let of_case = case.range(variable, work)?;
            range = match (range, of_case) {
                (Some(one), Some(other)) => Some([one[0].min(other[0]), one[1].max(other[1])]),
                (one, other) => one.or(other),
            };
            Ok((Ok(()), false))
        };
        self.cases(work, &mut widen)?;
        Ok(range)
    }

    /// Goes through the cases, until one says that it is enough. What comes back is what those are to blame on that were
    /// decided in the negative.
    fn cases(&self, work: &mut Work, each: &mut Each<'_>) -> Result<Blame, Limit> {
        let domains = self.domains.iter();
        let mut case = Conjunction {
            bounds: domains
                .map(|[least, most]| Interval::new(*least, *most))
                .collect(),
            rows: Vec::new(),
        };
        let mut open = Vec::new();
        for (number, formula) in self.formulas.iter().enumerate() {
            if let Err(why) = case.assume(formula, number, &mut open) {
                return Ok(why);
            }
        }
        let mut why = Blame::default();
        case.split(open, 0, work, each, &mut why)?;
        Ok(why)
    }
}

impl Conjunction {
    /// Adds what a formula says without alternatives; the others are open.
    fn assume<'a>(
        &mut self,
        formula: &'a Formula,
        number: usize,
        open: &mut Vec<Open<'a>>,
    ) -> Decision {
        match formula {
            Formula::Holds(constraint) => self.add(constraint.clone(), Blame::on(number)),
            Formula::All(parts) => parts
                .iter()
                .try_for_each(|part| self.assume(part, number, open)),
            Formula::Any(parts) => {
                open.push((parts, number));
                Ok(())
            }
        }
    }

    /// Distinguishes the cases of what is open. True where one says that it is enough.
    fn split(
        mut self,
        mut open: Vec<Open<'_>>,
        depth: usize,
        work: &mut Work,
        each: &mut Each<'_>,
        why: &mut Blame,
    ) -> Result<bool, Limit> {
        if depth > MOST_DEPTH || depth * (self.bounds.len() + self.rows.len()) > MOST_COPIED {
            return Err(Limit);
        }
        if !open.is_empty() {
            if let Err(because) = self.propagate(work)? {
                why.join(&because);
                return Ok(false);
            }
        }
        let Some((parts, number)) = open.pop() else {
            let (decision, enough) = each(self, work)?;
            if let Err(because) = decision {
                why.join(&because);
            }
            return Ok(enough);
        };
        if parts.is_empty() {
            why.join(&Blame::on(number));
        }
        for part in parts {
            let (mut case, mut open) = (self.clone(), open.clone());
            match case.assume(part, number, &mut open) {
                Err(because) => why.join(&because),
                Ok(()) => {
                    if case.split(open, depth + 1, work, each, why)? {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// The least and the largest value of a variable, the rows holding; `None` where they cannot.
    fn range(mut self, variable: usize, work: &mut Work) -> Result<Option<[i128; 2]>, Limit> {
        if self.propagate(work)?.is_err() {
            return Ok(None);
        }
        let within = |least: i128, most: i128| {
            let mut narrowed = self.clone();
            if let Some(bound) = narrowed.bounds.get_mut(variable) {
                bound.least = bound.least.max(least);
                bound.most = bound.most.min(most);
            }
            narrowed
        };
        let bound = self.bound(variable);
        let [least, most] = [bound.least, bound.most];
        // Of many variables, it is tried whether the ends of the interval can be had.
        if self.open().len() > MANY
            && within(least, least).has_witness(false, work)?
            && within(most, most).has_witness(false, work)?
        {
            return Ok(Some([least, most]));
        }
        let Some(([least, most], exact)) = self.clone().project(variable, work)? else {
            return Ok(None);
        };
        if exact {
            return Ok(Some([least, most]));
        }
        if within(least, most).decide(work)?.is_err() {
            return Ok(None);
        }
        let least = first([least, most], &mut |value| {
            Ok(within(least, value).decide(work)?.is_ok())
        })?;
        let most = first([-most, -least], &mut |value| {
            Ok(within(-value, most).decide(work)?.is_ok())
        })?;
        Ok(Some([least, -most]))
    }
}

/// The first value from which on it holds; it holds at the last.
fn first(
    [mut low, mut high]: [i128; 2],
    holds: &mut dyn FnMut(i128) -> Result<bool, Limit>,
) -> Result<i128, Limit> {
    // Nearly always it is the first.
    if holds(low)? {
        return Ok(low);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match holds(middle)? {
            true => high = middle,
            false => low = middle,
        }
    }
    Ok(high)
}
