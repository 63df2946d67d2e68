//! Constraints that hold together, and interval propagation over them: what each leaves to each of its variables.

use std::collections::VecDeque;

use super::constraint::{Constraint, Simplified};
use super::{Blame, Decision, Limit, Work};

/// A row is looked at so many times at most: intervals that creep towards each other one by one are left to elimination.
const ROUNDS: u8 = 12;

/// What is left to a variable, and why no more.
#[derive(Clone, Debug)]
pub(crate) struct Interval {
    pub least: i128,
    pub most: i128,
    pub(super) why_least: Blame,
    pub(super) why_most: Blame,
}

impl Interval {
    pub fn new(least: i128, most: i128) -> Self {
        Interval {
            least,
            most,
            why_least: Blame::default(),
            why_most: Blame::default(),
        }
    }

    pub fn is_fixed(&self) -> bool {
        self.least == self.most
    }

    /// The end that makes `coefficient` times the variable largest, with the reason.
    fn largest(&self, coefficient: i128) -> (i128, &Blame) {
        match coefficient > 0 {
            true => (self.most, &self.why_most),
            false => (self.least, &self.why_least),
        }
    }
}

/// A constraint, and the formulas that it comes from.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub constraint: Constraint,
    pub why: Blame,
}

/// Rows that hold together, over variables with an interval each.
#[derive(Clone, Debug)]
pub(super) struct Conjunction {
    pub bounds: Vec<Interval>,
    pub rows: Vec<Row>,
    /// Whether it is kept where everything comes from.
    pub reasons: bool,
}

impl Conjunction {
    #[expect(
        clippy::indexing_slicing,
        reason = "every variable of a row has its interval"
    )]
    pub fn bound(&self, variable: usize) -> &Interval {
        &self.bounds[variable]
    }

    /// The same with less left to a variable.
    pub fn within(&self, variable: usize, [least, most]: [i128; 2]) -> Self {
        let mut narrowed = self.clone();
        if let Some(bound) = narrowed.bounds.get_mut(variable) {
            bound.least = bound.least.max(least);
            bound.most = bound.most.min(most);
        }
        narrowed
    }

    /// Adds a row, unless it holds anyway. `Err` where it cannot hold.
    pub fn add(&mut self, constraint: Constraint, why: Blame) -> Decision {
        match constraint.simplified() {
            Simplified::Always => Ok(()),
            Simplified::Never => Err(why),
            Simplified::Open(constraint) => {
                self.rows.push(Row { constraint, why });
                Ok(())
            }
        }
    }

    /// The largest that the sum of a constraint can be, times `sign`, which is 1 or −1.
    pub fn largest(&self, constraint: &Constraint, sign: i128) -> Result<i128, Limit> {
        let mut sum = constraint.constant.checked_mul(sign).ok_or(Limit)?;
        for &(variable, coefficient) in &constraint.terms {
            let coefficient = coefficient * sign;
            let (end, _) = self.bound(variable).largest(coefficient);
            let product = match coefficient {
                1 => Some(end),
                -1 => end.checked_neg(),
                _ => coefficient.checked_mul(end),
            };
            let with = product.and_then(|product| sum.checked_add(product));
            sum = with.ok_or(Limit)?;
        }
        Ok(sum)
    }

    /// Whether the intervals alone make a constraint hold.
    pub fn holds_anyway(&self, constraint: &Constraint) -> Result<bool, Limit> {
        Ok(!constraint.equal && self.largest(constraint, -1)? <= 0)
    }

    /// The reasons for the ends at which a constraint times `sign` is largest, but for that of one variable.
    pub fn why_largest(&self, constraint: &Constraint, sign: i128, but: Option<usize>) -> Blame {
        let mut why = Blame::default();
        for &(variable, coefficient) in &constraint.terms {
            if Some(variable) != but {
                why.join(self.bound(variable).largest(coefficient * sign).1);
            }
        }
        why
    }

    /// The reasons of what a row times `sign` leaves to one variable, or of that it cannot hold.
    fn why_of(&self, row: &Row, sign: i128, but: Option<usize>) -> Blame {
        if !self.reasons {
            return Blame::default();
        }
        let others = self.why_largest(&row.constraint, sign, but);
        row.why.clone().and(&others)
    }

    /// Which rows a variable stands in.
    pub fn index(&self) -> Vec<Vec<usize>> {
        let mut index = vec![Vec::new(); self.bounds.len()];
        for (at, row) in self.rows.iter().enumerate() {
            for (variable, _) in &row.constraint.terms {
                if let Some(rows) = index.get_mut(*variable) {
                    rows.push(at);
                }
            }
        }
        index
    }

    /// Narrows the intervals by the rows, as far as that goes in bounded time. `Err` where nothing is left to a variable.
    pub fn propagate(&mut self, work: &mut Work) -> Result<Decision, Limit> {
        let index = self.index();
        self.propagate_from((0..self.rows.len()).collect(), &index, work)
    }

    /// As [`propagate`](Self::propagate), beginning with some rows.
    pub fn propagate_from(
        &mut self,
        rows: VecDeque<usize>,
        index: &[Vec<usize>],
        work: &mut Work,
    ) -> Result<Decision, Limit> {
        // The rows stay as they are, while the intervals change.
        let all = std::mem::take(&mut self.rows);
        let decision = self.propagate_along(&all, rows, index, work);
        self.rows = all;
        decision
    }

    fn propagate_along(
        &mut self,
        all: &[Row],
        rows: VecDeque<usize>,
        index: &[Vec<usize>],
        work: &mut Work,
    ) -> Result<Decision, Limit> {
        let mut waiting = vec![false; all.len()];
        let mut looked = vec![0_u8; all.len()];
        for row in &rows {
            if let Some(waiting) = waiting.get_mut(*row) {
                *waiting = true;
            }
        }
        let mut queue = rows;
        while let Some(at) = queue.pop_front() {
            if let Some(waiting) = waiting.get_mut(at) {
                *waiting = false;
            }
            let Some(row) = all.get(at) else {
                continue;
            };
            match looked.get_mut(at) {
                Some(times) if *times < ROUNDS => *times += 1,
                _ => continue,
            }
            work.spend(row.constraint.terms.len())?;
            let mut narrowed = Vec::new();
            let signs: &[i128] = if row.constraint.equal { &[1, -1] } else { &[1] };
            for sign in signs {
                if let Err(why) = self.narrow(row, *sign, &mut narrowed)? {
                    return Ok(Err(why));
                }
            }
            for other in narrowed
                .into_iter()
                .filter_map(|it| index.get(it))
                .flatten()
            {
                match waiting.get_mut(*other) {
                    Some(waiting) if !*waiting && *other != at => *waiting = true,
                    _ => continue,
                }
                queue.push_back(*other);
            }
        }
        Ok(Ok(()))
    }

    /// Narrows the intervals of a row's variables by: the sum times `sign` is at least 0.
    fn narrow(
        &mut self,
        row: &Row,
        sign: i128,
        narrowed: &mut Vec<usize>,
    ) -> Result<Decision, Limit> {
        let room = self.largest(&row.constraint, sign)?;
        if room < 0 {
            return Ok(Err(self.why_of(row, sign, None)));
        }
        for &(variable, coefficient) in &row.constraint.terms {
            let coefficient = coefficient * sign;
            let interval = self.bound(variable);
            // Nearly all are 1 or −1, and a division of wide integers is slow.
            let steps = match coefficient {
                1 | -1 => room,
                _ => room.div_euclid(coefficient.abs()),
            };
            // An interval is never wider than the room that is left.
            if steps >= interval.most.checked_sub(interval.least).ok_or(Limit)? {
                continue;
            }
            let why = self.why_of(row, sign, Some(variable));
            let Some(interval) = self.bounds.get_mut(variable) else {
                continue;
            };
            if coefficient > 0 {
                interval.least = interval.most - steps;
                interval.why_least = why;
            } else {
                interval.most = interval.least + steps;
                interval.why_most = why;
            }
            narrowed.push(variable);
        }
        Ok(Ok(()))
    }

    /// Values of the variables that satisfy every row, looked for by giving one after the other its least value (or its
    /// largest) and propagating. `None` where none were found so.
    pub fn witness(&self, largest: bool, work: &mut Work) -> Result<Option<Vec<i128>>, Limit> {
        let mut tried = self.without_reasons();
        let index = tried.index();
        let all = (0..tried.rows.len()).collect();
        if tried.propagate_from(all, &index, work)?.is_err() {
            return Ok(None);
        }
        for (variable, rows) in index.iter().enumerate() {
            let Some(interval) = tried.bounds.get_mut(variable) else {
                continue;
            };
            if interval.is_fixed() {
                continue;
            }
            match largest {
                true => interval.least = interval.most,
                false => interval.most = interval.least,
            }
            let rows = rows.iter().copied().collect();
            if tried.propagate_from(rows, &index, work)?.is_err() {
                return Ok(None);
            }
        }
        // A row was perhaps not looked at often enough.
        for row in &tried.rows {
            let sum = tried.largest(&row.constraint, 1)?;
            if sum < 0 || row.constraint.equal && sum != 0 {
                return Ok(None);
            }
        }
        Ok(Some(tried.bounds.iter().map(|it| it.least).collect()))
    }

    /// The same without the reasons, which take most of the time of propagation.
    pub fn without_reasons(&self) -> Self {
        let bounds = self.bounds.iter();
        let rows = self.rows.iter().map(|row| Row {
            constraint: row.constraint.clone(),
            why: Blame::default(),
        });
        Conjunction {
            bounds: bounds.map(|it| Interval::new(it.least, it.most)).collect(),
            rows: rows.collect(),
            reasons: false,
        }
    }
}
