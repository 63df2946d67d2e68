//! Errors in one cell: the interval that all rules together leave to a cell that stands in every rule that fails.

use super::group::{Edit, Group, domain};
use crate::form::Form;
use crate::integer::{Constraint, Formula};

/// A cell whose change alone lets every rule of the group hold, and what it can be changed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Single {
    pub cell: usize,
    pub least: i128,
    pub most: i128,
}

/// The rules of a group over a record.
#[derive(Debug)]
pub(super) enum Looked {
    /// Every rule holds.
    Holds,
    /// These rules fail, by their numbers, and these are all the cells that explain it alone, if there are any.
    Fails(Vec<usize>, Vec<Single>),
    /// It takes more than plain arithmetic to tell: a cell is blank, or a rule has alternatives.
    Open,
}

impl Group {
    /// Looks for errors in one cell.
    pub fn look(&self, form: &Form, values: &[Option<i128>]) -> Looked {
        if !self.plain {
            return Looked::Open;
        }
        let mut fails = Vec::new();
        for (at, edit) in self.edits.iter().enumerate() {
            match sum(edit, values) {
                None => return Looked::Open,
                Some((constraint, sum)) if !holds(constraint, sum) => fails.push(at),
                Some(_) => {}
            }
        }
        let Some((first, others)) = fails.split_first() else {
            return Looked::Holds;
        };
        let cells = |at: usize| self.edits.get(at).map_or(&[][..], |edit| &edit.cells);
        let in_others = |cell: &&usize| others.iter().all(|at| cells(*at).contains(cell));
        let candidates = cells(*first).iter().filter(in_others);
        let singles = candidates.filter_map(|cell| self.interval(form, values, *cell));
        let singles = singles.collect();
        Looked::Fails(fails, singles)
    }

    /// What the rules leave to a cell, all others being as they are.
    fn interval(&self, form: &Form, values: &[Option<i128>], cell: usize) -> Option<Single> {
        let value = values.get(cell).copied().flatten()?;
        let [mut least, mut most] = domain(form, cell);
        for edit in self.edits_of(cell) {
            let (constraint, sum) = sum(self.edits.get(*edit)?, values)?;
            let coefficient = constraint.coefficient(cell);
            if coefficient == 0 {
                if holds(constraint, sum) {
                    continue;
                }
                return None;
            }
            // coefficient · x + rest, which has room as the sum has.
            let rest = sum - coefficient * value;
            if constraint.equal {
                if rest % coefficient != 0 {
                    return None;
                }
                let only = -rest / coefficient;
                (least, most) = (least.max(only), most.min(only));
            } else if coefficient > 0 {
                least = least.max(-rest.div_euclid(coefficient));
            } else {
                most = most.min(rest.div_euclid(-coefficient));
            }
        }
        (least <= most).then_some(Single { cell, least, most })
    }
}

/// The one constraint of a plain edit, with its sum; `None` where a cell is blank, or it is none.
fn sum<'a>(edit: &'a Edit, values: &[Option<i128>]) -> Option<(&'a Constraint, i128)> {
    let Formula::Holds(constraint) = &edit.formula else {
        return None;
    };
    // A rule's sides stay below 2^126: see `rule::compile`.
    let mut sum = constraint.constant;
    for (slot, coefficient) in &constraint.terms {
        sum += coefficient * (*values.get(*slot)?)?;
    }
    Some((constraint, sum))
}

fn holds(constraint: &Constraint, sum: i128) -> bool {
    match constraint.equal {
        true => sum == 0,
        false => sum >= 0,
    }
}
