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

/// The least and the largest value of a variable.
pub(crate) type Range = [i128; 2];

/// A disjunction that is still to be decided, and the formula that it comes from.
type Open<'a> = (&'a [Formula], usize);

/// What is done with a case: what it comes to, and whether that is enough.
type Each<'a> = dyn FnMut(Conjunction, &mut Work) -> Result<(Decision, bool), Limit> + 'a;

impl System {
    /// Whether all formulas can hold together.
    pub fn decide(&self, work: &mut Work) -> Result<Decision, Limit> {
        // A case that is easily seen to hold is not to wait for another that is hard to exclude.
        let has_cases = |it: &Formula| !matches!(it, Formula::Holds(_));
        if self.formulas.iter().any(has_cases) && self.has_witness(work)? {
            return Ok(Ok(()));
        }
        let mut found = false;
        let mut decide = |case: Conjunction, work: &mut Work| {
            let decision = case.decide(work)?;
            found |= decision.is_ok();
            Ok((decision, found))
        };
        let why = self.cases(work, &mut decide)?;
        Ok(if found { Ok(()) } else { Err(why) })
    }

    /// Whether values that satisfy all formulas are easily found.
    fn has_witness(&self, work: &mut Work) -> Result<bool, Limit> {
        let mut found = false;
        let mut look = |case: Conjunction, work: &mut Work| {
            found = case.witness(false, work)?.is_some() || case.witness(true, work)?.is_some();
            Ok((Ok(()), found))
        };
        self.cases(work, &mut look)?;
        Ok(found)
    }

    /// The least and the largest value that a variable can have; `None` where the formulas cannot hold together.
    pub fn range(&self, variable: usize, work: &mut Work) -> Result<Option<Range>, Limit> {
        let mut range = None;
        let mut widen = |case: Conjunction, work: &mut Work| {
            let of_case = case.range(variable, work)?;
            range = joined(range, of_case);
            Ok((Ok(()), false))
        };
        self.cases(work, &mut widen)?;
        Ok(range)
    }

    /// As [`range`](Self::range), of every variable, each found out within so much work; `None` for one that was not.
    pub fn ranges(&self, each: u64, work: &mut Work) -> Result<Option<Vec<Option<Range>>>, Limit> {
        let mut reached = Reached {
            ranges: vec![None; self.domains.len()],
            untold: vec![false; self.domains.len()],
        };
        let mut widen = |case: Conjunction, work: &mut Work| {
            reached.widen(&case, each, work)?;
            Ok((Ok(()), false))
        };
        self.cases(work, &mut widen)?;
        let Reached { ranges, untold } = reached;
        // Where there is a solution, every variable has a value.
        let any = ranges.iter().any(Option::is_some) || untold.contains(&true);
        let told = ranges.into_iter().zip(untold);
        let told = told.map(|(range, untold)| range.filter(|_| !untold));
        Ok(any.then(|| told.collect()))
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
            reasons: true,
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
    fn range(mut self, variable: usize, work: &mut Work) -> Result<Option<Range>, Limit> {
        if self.propagate(work)?.is_err() {
            return Ok(None);
        }
        let within = |least: i128, most: i128| self.within(variable, [least, most]);
        let bound = self.bound(variable);
        let [least, most] = [bound.least, bound.most];
        // Of many variables, it is tried whether the ends of the interval can be had.
        if self.open().len() > MANY
            && within(least, least).witness(false, work)?.is_some()
            && within(most, most).witness(false, work)?.is_some()
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

/// What the variables were found to be able to be.
struct Reached {
    ranges: Vec<Option<Range>>,
    /// Those of which it was not found out what else they can be.
    untold: Vec<bool>,
}

impl Reached {
    /// Adds what the variables can be in a case. One solution says something of all of them: each variable is driven to the
    /// ends of its interval, which are reached by many of them at once, and only what is not reached so is projected.
    fn widen(&mut self, case: &Conjunction, each: u64, work: &mut Work) -> Result<(), Limit> {
        let mut case = case.without_reasons();
        if case.propagate(work)?.is_err() {
            return Ok(());
        }
        for variable in 0..case.bounds.len() {
            match work.at_most(each, |work| self.reach(&case, variable, work)) {
                Ok(true) => {}
                Ok(false) => break,
                Err(Limit) => {
                    if let Some(untold) = self.untold.get_mut(variable) {
                        *untold = true;
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds what a variable can be in a case. `false` where the case has no solution.
    fn reach(
        &mut self,
        case: &Conjunction,
        variable: usize,
        work: &mut Work,
    ) -> Result<bool, Limit> {
        let bound = case.bound(variable);
        for end in [bound.least, bound.most] {
            let reached = self.ranges.get(variable).copied().flatten();
            if reached.is_some_and(|[least, most]| (least..=most).contains(&end)) {
                continue;
            }
            work.spend(case.bounds.len() + case.rows.len())?;
            match case.within(variable, [end, end]).witness(false, work)? {
                Some(values) => self.add(&values),
                None => {
                    let range = case.clone().range(variable, work)?;
                    if let Some(reached) = self.ranges.get_mut(variable) {
                        *reached = joined(*reached, range);
                    }
                    return Ok(range.is_some());
                }
            }
        }
        Ok(true)
    }

    fn add(&mut self, solution: &[i128]) {
        for (reached, value) in self.ranges.iter_mut().zip(solution) {
            *reached = joined(*reached, Some([*value, *value]));
        }
    }
}

/// What is in either range, and between them.
fn joined(one: Option<Range>, other: Option<Range>) -> Option<Range> {
    match (one, other) {
        (Some(one), Some(other)) => Some([one[0].min(other[0]), one[1].max(other[1])]),
        (one, other) => one.or(other),
    }
}

/// The first value from which on it holds; it holds at the last.
fn first(
    [mut low, mut high]: Range,
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
