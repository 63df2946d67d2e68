//! Elimination of variables, exactly in the integers: Gauß where an equality gives a variable by the others, Fourier and
//! Motzkin where inequalities bound it, and the Omega test (Pugh 1991) where the coefficients leave gaps between integers.

use super::bounds::{Conjunction, Interval, Row};
use super::constraint::Constraint;
use super::{Blame, Decision, Limit, Work};

/// Of so many variables, values that satisfy everything are looked for before any is eliminated.
pub(super) const MANY: usize = 6;
/// So many rows are too many.
const MOST_ROWS: usize = 4000;
/// So many cases of one variable, of those that the Omega test distinguishes, are too many.
const MOST_SPLINTERS: i128 = 200;

/// What a row says of a variable: `coefficient` · variable + rest ≥ 0 bounds it from below, or from above.
struct Sides {
    lower: Vec<Row>,
    upper: Vec<Row>,
}

/// How a variable is eliminated from inequalities that leave gaps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shadow {
    /// As if there were fractions: nothing is lost, what has no integer may be added.
    Real,
    /// Only where an integer surely fits.
    Dark,
}

impl Conjunction {
    /// Whether all rows can hold together.
    pub fn decide(mut self, work: &mut Work) -> Result<Decision, Limit> {
        let mut propagated = false;
        loop {
            if !propagated {
                if let Err(why) = self.propagate(work)? {
                    return Ok(Err(why));
                }
            }
            if let Err(why) = self.tidy(work)? {
                return Ok(Err(why));
            }
            if self.rows.is_empty() {
                return Ok(Ok(()));
            }
            if !propagated
                && self.open().len() > MANY
                && (self.witness(false, work)?.is_some() || self.witness(true, work)?.is_some())
            {
                return Ok(Ok(()));
            }
            propagated = true;
            match self.equality(None) {
                Some((at, Some(variable))) => {
                    if let Err(why) = self.substitute(at, variable, work)? {
                        return Ok(Err(why));
                    }
                }
                Some((at, None)) => {
                    if let Err(why) = self.divide(at, work)? {
                        return Ok(Err(why));
                    }
                }
                None => match self.cheapest(None) {
                    None => return Ok(Ok(())),
                    Some((variable, true)) => {
                        if let Err(why) = self.project_out(variable, Shadow::Real, work)? {
                            return Ok(Err(why));
                        }
                    }
                    Some((variable, false)) => return self.with_gaps(variable, work),
                },
            }
        }
    }

    /// The interval that the rows leave to a variable, and whether an integer can surely be had at both of its ends; else
    /// it may be too wide.
    pub fn project(
        mut self,
        keep: usize,
        work: &mut Work,
    ) -> Result<Option<([i128; 2], bool)>, Limit> {
        let mut exact = true;
        if self.propagate(work)?.is_err() {
            return Ok(None);
        }
        loop {
            if self.tidy(work)?.is_err() {
                return Ok(None);
            }
            let eliminated = match self.equality(Some(keep)) {
                Some((at, Some(variable))) => self.substitute(at, variable, work)?,
                Some((at, None)) => {
                    exact = false;
                    self.loosen(at)?;
                    Ok(())
                }
                None => match self.cheapest(Some(keep)) {
                    None => break,
                    Some((variable, gapless)) => {
                        exact &= gapless;
                        self.project_out(variable, Shadow::Real, work)?
                    }
                },
            };
            if eliminated.is_err() {
                return Ok(None);
            }
        }
        // What is left speaks of this variable only.
        if self.propagate(work)?.is_err() {
            return Ok(None);
        }
        let bound = self.bound(keep);
        Ok(Some(([bound.least, bound.most], exact)))
    }

    /// The variables that rows speak of.
    pub fn open(&self) -> Vec<usize> {
        let terms = self.rows.iter().flat_map(|row| &row.constraint.terms);
        let mut open: Vec<usize> = terms.map(|term| term.0).collect();
        open.sort_unstable();
        open.dedup();
        open
    }

    /// Puts in the values of variables that have one only, and leaves out rows that hold anyway and those that say no more
    /// than another.
    fn tidy(&mut self, work: &mut Work) -> Result<Decision, Limit> {
        for mut row in std::mem::take(&mut self.rows) {
            work.spend(row.constraint.terms.len())?;
            let fixed = |term: &(usize, i128)| self.bound(term.0).is_fixed();
            if row.constraint.terms.iter().any(fixed) {
                let (known, open): (Vec<_>, Vec<_>) =
                    row.constraint.terms.into_iter().partition(fixed);
                for (variable, coefficient) in known {
                    let interval = self.bound(variable);
                    let product = coefficient.checked_mul(interval.least);
                    let sum = product.and_then(|it| row.constraint.constant.checked_add(it));
                    row.constraint.constant = sum.ok_or(Limit)?;
                    row.why.join(&interval.why_least);
                    row.why.join(&interval.why_most);
                }
                row.constraint.terms = open;
            }
            if self.holds_anyway(&row.constraint)? {
                continue;
            }
            if let Err(why) = self.add(row.constraint, row.why) {
                return Ok(Err(why));
            }
        }
        if self.rows.len() > MOST_ROWS {
            return Err(Limit);
        }
        self.rows
            .sort_by(|one, other| one.constraint.cmp(&other.constraint));
        self.rows.dedup_by(|next, kept| {
            let (next, kept) = (&next.constraint, &kept.constraint);
            // The constant of the first is the least, which demands most.
            next.terms == kept.terms
                && next.equal == kept.equal
                && (!next.equal || next.constant == kept.constant)
        });
        Ok(Ok(()))
    }

    /// An equality, the shortest that gives a variable by the others, with that variable; else one that gives none so.
    /// Without the variable that is kept, there has to be another in it.
    fn equality(&self, keep: Option<usize>) -> Option<(usize, Option<usize>)> {
        let mut found: Option<(usize, Option<usize>, usize)> = None;
        for (at, row) in self.rows.iter().enumerate() {
            let terms = &row.constraint.terms;
            if !row.constraint.equal || terms.iter().all(|term| Some(term.0) == keep) {
                continue;
            }
            let mut others = terms.iter().filter(|term| Some(term.0) != keep);
            let unit = others.find(|term| term.1.abs() == 1).map(|term| term.0);
            let better = found.is_none_or(|(_, variable, length)| {
                (unit.is_none(), terms.len()) < (variable.is_none(), length)
            });
            if better {
                found = Some((at, unit, terms.len()));
            }
        }
        found.map(|(at, variable, _)| (at, variable))
    }

    /// Puts what an equality says of a variable, whose coefficient is 1 or −1, in its place everywhere.
    fn substitute(
        &mut self,
        equality: usize,
        variable: usize,
        work: &mut Work,
    ) -> Result<Decision, Limit> {
        let Row { constraint, why } = self.rows.swap_remove(equality);
        let unit = constraint.coefficient(variable);
        for row in std::mem::take(&mut self.rows) {
            let coefficient = row.constraint.coefficient(variable);
            if coefficient == 0 {
                self.rows.push(row);
                continue;
            }
            work.spend(row.constraint.terms.len() + constraint.terms.len())?;
            let by = coefficient.checked_mul(-unit).ok_or(Limit)?;
            let mut put = row.constraint.combined(1, &constraint, by)?;
            put.equal = row.constraint.equal;
            if let Err(why) = self.add(put, row.why.and(&why)) {
                return Ok(Err(why));
            }
        }
        let interval = self.bound(variable).clone();
        for (sign, end, of_end) in [
            (1, interval.least, &interval.why_least),
            (-1, interval.most, &interval.why_most),
        ] {
            // sign · (variable − end) ≥ 0
            let bound = Constraint {
                terms: vec![(variable, sign)],
                constant: end.checked_mul(-sign).ok_or(Limit)?,
                equal: false,
            };
            let mut put = bound.combined(1, &constraint, -sign * unit)?;
            put.equal = false;
            if let Err(why) = self.add(put, why.clone().and(of_end)) {
                return Ok(Err(why));
            }
        }
        Ok(Ok(()))
    }

    /// Makes an equality smaller in which no coefficient is 1: with m the smallest plus 1, all coefficients modulo m, m
    /// times a new variable; this gives a variable by the others.
    fn divide(&mut self, equality: usize, work: &mut Work) -> Result<Decision, Limit> {
        let Some(row) = self.rows.get(equality).cloned() else {
            return Ok(Ok(()));
        };
        work.spend(row.constraint.terms.len())?;
        let smallest = row.constraint.terms.iter().map(|term| term.1.abs()).min();
        let modulus = smallest.and_then(|it| it.checked_add(1)).ok_or(Limit)?;
        // Between −modulus / 2 and modulus / 2.
        let residue = |number: i128| {
            let half = modulus / 2;
            number
                .checked_add(half)
                .map(|it| it.rem_euclid(modulus) - half)
        };
        let new = self.bounds.len();
        let mut constraint = Constraint {
            terms: Vec::new(),
            constant: residue(row.constraint.constant).ok_or(Limit)?,
            equal: true,
        };
        for &(variable, coefficient) in &row.constraint.terms {
            match residue(coefficient).ok_or(Limit)? {
                0 => {}
                residue => constraint.terms.push((variable, residue)),
            }
        }
        // What the residues can sum to bounds the new variable.
        let most = self.largest(&constraint, 1)?.div_euclid(modulus);
        let least = -self.largest(&constraint, -1)?.div_euclid(modulus);
        let why = row.why.clone();
        let why = why.and(&self.why_largest(&constraint, 1, None));
        let why = why.and(&self.why_largest(&constraint, -1, None));
        if least > most {
            return Ok(Err(why));
        }
        self.bounds.push(Interval {
            least,
            most,
            why_least: why.clone(),
            why_most: why,
        });
        constraint.terms.push((new, -modulus));
        self.rows.push(Row {
            constraint,
            why: row.why,
        });
        Ok(Ok(()))
    }

    /// Makes two inequalities of an equality.
    fn loosen(&mut self, equality: usize) -> Result<(), Limit> {
        let Row { constraint, why } = self.rows.swap_remove(equality);
        for sign in [1, -1] {
            let mut half = constraint.combined(sign, &constraint, 0)?;
            half.equal = false;
            self.rows.push(Row {
                constraint: half,
                why: why.clone(),
            });
        }
        Ok(())
    }

    /// The variable whose elimination makes the fewest rows, one that leaves no gaps before all others, and whether it
    /// leaves none. There are no equalities in it.
    fn cheapest(&self, keep: Option<usize>) -> Option<(usize, bool)> {
        let mut of: std::collections::BTreeMap<usize, [(usize, bool); 2]> = Default::default();
        for row in &self.rows {
            for &(variable, coefficient) in &row.constraint.terms {
                if Some(variable) == keep {
                    continue;
                }
                let [lower, upper] = of.entry(variable).or_insert([(0, true); 2]);
                let side = if coefficient > 0 { lower } else { upper };
                side.0 += 1;
                side.1 &= coefficient.abs() == 1;
            }
        }
        let cost = |variable: usize, [lower, upper]: [(usize, bool); 2]| {
            let gapless = lower.1 || upper.1;
            (!gapless, lower.0 * upper.0, variable)
        };
        let costs = of
            .into_iter()
            .map(|(variable, sides)| cost(variable, sides));
        costs.min().map(|(gaps, _, variable)| (variable, !gaps))
    }

    /// The rows of a variable, taken out, with its interval as rows.
    fn take(&mut self, variable: usize) -> Sides {
        let mut sides = Sides {
            lower: Vec::new(),
            upper: Vec::new(),
        };
        for row in std::mem::take(&mut self.rows) {
            match row.constraint.coefficient(variable) {
                0 => self.rows.push(row),
                coefficient if coefficient > 0 => sides.lower.push(row),
                _ => sides.upper.push(row),
            }
        }
        let interval = self.bound(variable);
        let bound = |sign: i128, end: i128, why: &Blame| Row {
            constraint: Constraint {
                terms: vec![(variable, sign)],
                constant: end,
                equal: false,
            },
            why: why.clone(),
        };
        sides
            .lower
            .push(bound(1, -interval.least, &interval.why_least));
        sides
            .upper
            .push(bound(-1, interval.most, &interval.why_most));
        sides
    }

    /// Eliminates a variable from inequalities.
    fn project_out(
        &mut self,
        variable: usize,
        shadow: Shadow,
        work: &mut Work,
    ) -> Result<Decision, Limit> {
        let sides = self.take(variable);
        for lower in &sides.lower {
            for upper in &sides.upper {
                let (one, other) = (&lower.constraint, &upper.constraint);
                work.spend(one.terms.len() + other.terms.len())?;
                let (a, b) = (one.coefficient(variable), -other.coefficient(variable));
                let mut pair = one.combined(b, other, a)?;
                if shadow == Shadow::Dark {
                    let gap = (a - 1).checked_mul(b - 1).ok_or(Limit)?;
                    pair.constant = pair.constant.checked_sub(gap).ok_or(Limit)?;
                }
                if self.holds_anyway(&pair)? {
                    continue;
                }
                if let Err(why) = self.add(pair, lower.why.clone().and(&upper.why)) {
                    return Ok(Err(why));
                }
            }
        }
        match self.rows.len() > MOST_ROWS {
            true => Err(Limit),
            false => Ok(Ok(())),
        }
    }

    /// Decides where the coefficients of a variable leave gaps: without it as if there were fractions; without it where an
    /// integer surely fits; and else, since it then lies near a lower bound, for each of the few values that this leaves.
    fn with_gaps(self, variable: usize, work: &mut Work) -> Result<Decision, Limit> {
        let mut real = self.clone();
        match real.project_out(variable, Shadow::Real, work)? {
            Ok(()) => {}
            Err(why) => return Ok(Err(why)),
        }
        if let Err(why) = real.decide(work)? {
            return Ok(Err(why));
        }
        let mut dark = self.clone();
        let mut why = match dark.project_out(variable, Shadow::Dark, work)? {
            Ok(()) => match dark.decide(work)? {
                Ok(()) => return Ok(Ok(())),
                Err(why) => why,
            },
            Err(why) => why,
        };
        let sides = self.clone().take(variable);
        for row in sides.lower.iter().chain(&sides.upper) {
            why.join(&row.why);
        }
        let coefficients = sides.upper.iter();
        let most = coefficients
            .map(|row| -row.constraint.coefficient(variable))
            .max()
            .unwrap_or(1);
        for row in &sides.lower {
            let a = row.constraint.coefficient(variable);
            // (a · most − a − most) / most
            let product = (a - 1).checked_mul(most - 1).ok_or(Limit)?;
            let last = (product - 1).div_euclid(most);
            if last >= MOST_SPLINTERS {
                return Err(Limit);
            }
            for above in 0..=last {
                let mut splinter = self.clone();
                let mut at = row.constraint.clone();
                at.equal = true;
                at.constant = at.constant.checked_sub(above).ok_or(Limit)?;
                let decision = match splinter.add(at, row.why.clone()) {
                    Ok(()) => splinter.decide(work)?,
                    never => never,
                };
                match decision {
                    Ok(()) => return Ok(Ok(())),
                    Err(because) => why.join(&because),
                }
            }
        }
        Ok(Err(why))
    }
}
