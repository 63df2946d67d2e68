//! Rules that are linked by cells, as one system of constraints.

use std::collections::BTreeMap;

use crate::edit::domain;
use crate::form::{Form, Instance, Rule};
use crate::integer::{Constraint, Formula, Limit, Range, Seen, System, Work};
use crate::rule::compile::Node;
use crate::rule::{Operator, Severity};

/// A rule as it is said of the whole table, or of one row or column.
#[derive(Debug)]
pub(super) struct Said<'f> {
    pub rule: &'f Rule,
    pub instance: &'f Instance,
}

impl Said<'_> {
    pub fn is_hard(&self) -> bool {
        self.rule.severity() == Severity::Hard
    }

    /// That it holds, over the slots of the form.
    pub fn holds(&self) -> Formula {
        Formula::of(&self.instance.node, true)
    }

    /// That it fails.
    pub fn fails(&self) -> Formula {
        Formula::of(&self.instance.node, false)
    }

    /// That it holds, and its sides are not equal, where it is an inequality that holds if they are.
    pub fn apart(&self) -> Option<Formula> {
        let Node::Compare(linear) = &self.instance.node else {
            return None;
        };
        match (linear.operator, self.holds()) {
            (Operator::LessOrEqual | Operator::GreaterOrEqual, Formula::Holds(sum)) => {
                Some(Formula::Holds(Constraint {
                    constant: sum.constant - 1,
                    ..sum
                }))
            }
            _ => None,
        }
    }
}

/// Some rules, and all slots that they speak of.
#[derive(Debug)]
pub(super) struct Scope {
    /// In form order: so the variables are numbered.
    pub slots: Vec<usize>,
    domains: Vec<Range>,
    /// The rules by their numbers, over the variables.
    formulas: BTreeMap<usize, Formula>,
}

/// Whether rules can hold together; else those that cannot, of which some may be left away.
pub(super) type Together = Result<(), Vec<usize>>;

impl Scope {
    /// The scope of these rules. What is asked of it may also speak of the slots of `more`.
    pub fn new(
        form: &Form,
        said: &[Said<'_>],
        rules: &[usize],
        more: &[usize],
        work: &mut Work,
    ) -> Result<Self, Limit> {
        let rules = rules.iter().filter_map(|at| Some((*at, said.get(*at)?)));
        let of_rules = rules.clone().flat_map(|(_, it)| it.instance.slots());
        let mut slots: Vec<usize> = of_rules.chain(more).copied().collect();
        work.spend(slots.len())?;
        slots.sort_unstable();
        slots.dedup();
        let mut scope = Scope {
            domains: slots.iter().map(|slot| domain(form, *slot)).collect(),
            slots,
            formulas: BTreeMap::new(),
        };
        for (at, it) in rules {
            let formula = scope.over(&it.holds())?;
            scope.formulas.insert(at, formula);
        }
        Ok(scope)
    }

    /// A formula over slots as one over the variables.
    pub fn over(&self, formula: &Formula) -> Result<Formula, Limit> {
        formula.given(&|slot| match self.slots.binary_search(&slot) {
            Ok(variable) => Seen::Unknown(variable),
            Err(_) => Seen::Known(0),
        })
    }

    /// Some of the rules, and something else that is to hold.
    fn system(&self, rules: &[usize], with: Option<&Formula>) -> System {
        let formulas = rules.iter().filter_map(|at| self.formulas.get(at));
        System {
            domains: self.domains.clone(),
            formulas: formulas.chain(with).cloned().collect(),
        }
    }

    /// Whether these of the rules can hold together, and with something else.
    pub fn decide(
        &self,
        rules: &[usize],
        with: Option<&Formula>,
        work: &mut Work,
    ) -> Result<Together, Limit> {
        work.spend(self.slots.len() + rules.len())?;
        let decision = self.system(rules, with).decide(work)?;
        Ok(decision.map_err(|blame| {
            let blamed = blame.formulas().filter_map(|at| rules.get(at));
            blamed.copied().collect()
        }))
    }

    /// As few as possible of these rules, which cannot hold together, and whether it is certain that none of them could be
    /// left away. The later ones are left away first.
    pub fn minimal(
        &self,
        mut rules: Vec<usize>,
        with: Option<&Formula>,
        each: u64,
        work: &mut Work,
    ) -> (Vec<usize>, bool) {
        let mut minimal = true;
        let mut next = rules.len();
        while let Some(at) = next.checked_sub(1) {
            next = at;
            let ask = |work: &mut Work| {
                work.spend(rules.len())?;
                let (before, rest) = rules.split_at(at);
                let others = [before, rest.get(1..).unwrap_or_default()].concat();
                self.decide(&others, with, work)
            };
            match work.at_most(each, ask) {
                Ok(Ok(())) => {}
                // Those that were found to be needed are among them, and stand behind the one that is not.
                Ok(Err(enough)) => {
                    let tried = rules.get(at).copied();
                    next = enough.partition_point(|rule| Some(*rule) < tried);
                    rules = enough;
                }
                Err(Limit) => minimal = false,
            }
        }
        (rules, minimal)
    }

    /// The least and the largest value of each variable; `None` for one of which that was not found out.
    pub fn ranges(&self, rules: &[usize], each: u64, work: &mut Work) -> Vec<Option<Range>> {
        let ranges = self.system(rules, None).ranges(each, work);
        let untold = || vec![None; self.slots.len()];
        ranges.ok().flatten().unwrap_or_else(untold)
    }

    /// That a variable has another value than this.
    pub fn other_than(variable: usize, value: i128) -> Formula {
        let beyond = |sign: i128| {
            Formula::Holds(Constraint {
                terms: vec![(variable, sign)],
                constant: -sign * value - 1,
                equal: false,
            })
        };
        Formula::Any(vec![beyond(1), beyond(-1)])
    }
}
