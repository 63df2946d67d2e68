//! What is asked of the rules: each by itself, the hard ones of each part together, and each soft one with them.

use std::collections::{BTreeMap, BTreeSet};

use super::remark::Found;
use super::scope::{Said, Scope};
use super::{CellRange, RemarkKind};
use crate::edit::domain;
use crate::form::Form;
use crate::integer::{Formula, Limit, Range, Work};
use crate::number::Value;

/// No question takes more than this part of all work.
const SHARE: u64 = 10;

/// Hard rules that are linked by slots, but those that every table satisfies.
struct Part {
    rules: Vec<usize>,
    state: State,
}

#[derive(Default)]
struct Parts {
    all: Vec<Part>,
    /// Which of them speaks of a slot.
    of_slot: BTreeMap<usize, usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its rules can hold together; those that follow from the others are not among them any more.
    Consistent,
    Contradictory,
    Untold,
}

/// What a rule says by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    Holds,
    Fails,
    Depends,
}

pub(super) struct Run<'f> {
    form: &'f Form,
    said: Vec<Said<'f>>,
    work: Work,
    /// How much may be done for one question.
    each: u64,
    found: Vec<Found>,
    untold_rules: BTreeSet<usize>,
    untold_cells: BTreeSet<usize>,
}

impl<'f> Run<'f> {
    pub fn new(form: &'f Form, work: u64) -> Self {
        let said = form.instances();
        let said = said.map(|(rule, instance)| Said { rule, instance });
        Run {
            form,
            said: said.collect(),
            work: Work::new(work),
            each: work / SHARE,
            found: Vec::new(),
            untold_rules: BTreeSet::new(),
            untold_cells: BTreeSet::new(),
        }
    }

    /// The rules, by whose numbers it is said what was found.
    pub fn rules(&self) -> &[Said<'f>] {
        &self.said
    }

    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// Asks everything. The ranges of all cells come back.
    pub fn all(&mut self) -> Vec<CellRange> {
        let alone: Vec<Alone> = (0..self.said.len()).map(|at| self.alone(at)).collect();
        let is = |at: usize, what: Alone| alone.get(at) == Some(&what);
        let mut parts = self.parts(&|at| !is(at, Alone::Holds));
        let mut ranges: BTreeMap<usize, Option<Range>> = BTreeMap::new();
        for part in &mut parts.all {
            let never = part.rules.iter().any(|at| is(*at, Alone::Fails));
            part.rules.retain(|at| !is(*at, Alone::Fails));
            self.part(part, never, &mut ranges);
        }
        for at in 0..self.said.len() {
            let soft = self.said.get(at).is_some_and(|it| !it.is_hard());
            if soft && is(at, Alone::Depends) {
                self.soft(at, &parts);
            }
        }
        self.unused();
        if !self.untold_rules.is_empty() || !self.untold_cells.is_empty() {
            self.found.push(Found {
                rules: self.untold_rules.iter().copied().collect(),
                cells: self.untold_cells.iter().copied().collect(),
                ..Found::new(RemarkKind::Untold)
            });
        }
        self.ranges(&ranges)
    }

    /// What a rule says by itself, which is remarked on.
    fn alone(&mut self, at: usize) -> Alone {
        match self.asked_alone(at) {
            Err(Limit) => {
                self.untold_rules.insert(at);
                Alone::Depends
            }
            Ok(alone) => {
                let kind = match alone {
                    Alone::Depends => return alone,
                    Alone::Holds => RemarkKind::NeverFails,
                    Alone::Fails => RemarkKind::NeverHolds,
                };
                self.found.push(Found {
                    rules: vec![at],
                    ..Found::new(kind)
                });
                alone
            }
        }
    }

    fn asked_alone(&mut self, at: usize) -> Result<Alone, Limit> {
        let said = self.said.get(at).ok_or(Limit)?;
        let slots = said.instance.slots();
        let scope = Scope::new(self.form, &self.said, &[], slots, &mut self.work)?;
        let mut possible = |formula: Formula| {
            let formula = scope.over(&formula)?;
            let ask = |work: &mut Work| scope.decide(&[], Some(&formula), work);
            self.work.at_most(self.each, ask).map(|it| it.is_ok())
        };
        Ok(match (possible(said.holds())?, possible(said.fails())?) {
            (true, true) => Alone::Depends,
            (true, false) => Alone::Holds,
            (false, _) => Alone::Fails,
        })
    }

    /// The hard rules that say something, in parts that have no slot in common.
    fn parts(&self, says: &dyn Fn(usize) -> bool) -> Parts {
        let hard = self.said.iter().enumerate();
        let hard = hard.filter(|(at, it)| it.is_hard() && says(*at));
        let mut of_slot: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, it) in hard.clone() {
            for slot in it.instance.slots() {
                of_slot.entry(*slot).or_default().push(at);
            }
        }
        let mut parts = Parts::default();
        let mut seen = BTreeSet::new();
        for (first, _) in hard {
            if !seen.insert(first) {
                continue;
            }
            let mut rules = vec![first];
            let mut next = 0;
            while let Some(rule) = rules.get(next).and_then(|at| self.said.get(*at)) {
                next += 1;
                for slot in rule.instance.slots() {
                    parts.of_slot.insert(*slot, parts.all.len());
                    let linked = of_slot.remove(slot).unwrap_or_default();
                    rules.extend(linked.into_iter().filter(|at| seen.insert(*at)));
                }
            }
            rules.sort_unstable();
            parts.all.push(Part {
                rules,
                state: State::Untold,
            });
        }
        parts
    }

    /// Asks what the hard rules of a part say of each other; `never` where one that no table satisfies was taken out.
    fn part(&mut self, part: &mut Part, never: bool, ranges: &mut BTreeMap<usize, Option<Range>>) {
        let scope = Scope::new(self.form, &self.said, &part.rules, &[], &mut self.work);
        let state = match &scope {
            Ok(scope) => self.contradictions(scope, part.rules.clone()),
            Err(Limit) => Err(Limit),
        };
        let slots = scope.as_ref().map_or(&[][..], |scope| &scope.slots);
        ranges.extend(slots.iter().map(|slot| (*slot, None)));
        part.state = match (state, &scope) {
            (Ok(true), Ok(scope)) if !never => {
                self.redundant(scope, &mut part.rules);
                self.only_equal(scope, &part.rules);
                self.bounded(scope, &part.rules, ranges);
                State::Consistent
            }
            (Ok(_), _) => State::Contradictory,
            (Err(Limit), _) => {
                self.untold_rules.extend(&part.rules);
                let rules = part.rules.iter().filter_map(|at| self.said.get(*at));
                let slots = rules.flat_map(|it| it.instance.slots()).copied();
                let cells = slots.filter(|slot| *slot < self.form.cells());
                for cell in cells {
                    self.untold_cells.insert(cell);
                    ranges.insert(cell, None);
                }
                State::Untold
            }
        };
    }

    /// Whether the rules can hold together; else some that cannot are found, then others that have none in common with
    /// them, and so on.
    fn contradictions(&mut self, scope: &Scope, mut rules: Vec<usize>) -> Result<bool, Limit> {
        let mut consistent = true;
        loop {
            let ask = |work: &mut Work| scope.decide(&rules, None, work);
            match self.work.at_most(self.each, ask) {
                Ok(Ok(())) => return Ok(consistent),
                Ok(Err(blamed)) => {
                    let found = scope.minimal(blamed, None, self.each, &mut self.work);
                    rules.retain(|at| !found.0.contains(at));
                    self.found.push(Found {
                        rules: found.0,
                        minimal: found.1,
                        ..Found::new(RemarkKind::Contradiction)
                    });
                    consistent = false;
                }
                // What else there may be is asked when this is mended.
                Err(Limit) if !consistent => return Ok(false),
                Err(Limit) => return Err(Limit),
            }
        }
    }

    /// Takes out the rules that follow from the others, the later first.
    fn redundant(&mut self, scope: &Scope, rules: &mut Vec<usize>) {
        for at in rules.clone().into_iter().rev() {
            let fails = self.said.get(at).map(Said::fails);
            if let Some(blamed) = self.excluded(scope, at, rules, fails.clone()) {
                self.follows(RemarkKind::Redundant, scope, at, blamed, fails);
                rules.retain(|it| *it != at);
            }
        }
    }

    fn only_equal(&mut self, scope: &Scope, rules: &[usize]) {
        for at in rules {
            let apart = self.said.get(*at).and_then(Said::apart);
            if let Some(blamed) = self.excluded(scope, *at, rules, apart.clone()) {
                self.follows(RemarkKind::OnlyEqual, scope, *at, blamed, apart);
            }
        }
    }

    /// Asks of a rule whether the others of some rules exclude a formula about it; then those that are to blame come back.
    /// Where it is not found out, that is remarked on.
    fn excluded(
        &mut self,
        scope: &Scope,
        at: usize,
        rules: &[usize],
        formula: Option<Formula>,
    ) -> Option<Vec<usize>> {
        let formula = formula?;
        let ask = |work: &mut Work| {
            work.spend(rules.len())?;
            let others: Vec<usize> = rules.iter().copied().filter(|it| *it != at).collect();
            scope.decide(&others, Some(&scope.over(&formula)?), work)
        };
        match self.work.at_most(self.each, ask) {
            Ok(together) => together.err(),
            Err(Limit) => {
                self.untold_rules.insert(at);
                None
            }
        }
    }

    /// Remarks that something follows for a rule, as these rules exclude the opposite.
    fn follows(
        &mut self,
        kind: RemarkKind,
        scope: &Scope,
        at: usize,
        blamed: Vec<usize>,
        opposite: Option<Formula>,
    ) {
        let opposite = opposite.and_then(|it| scope.over(&it).ok());
        let (by, minimal) = scope.minimal(blamed, opposite.as_ref(), self.each, &mut self.work);
        self.found.push(Found {
            rules: vec![at],
            by,
            minimal,
            ..Found::new(kind)
        });
    }

    /// Finds what the rules leave to each slot, and why it is one value only.
    fn bounded(
        &mut self,
        scope: &Scope,
        rules: &[usize],
        ranges: &mut BTreeMap<usize, Option<Range>>,
    ) {
        let of_slots = scope.ranges(rules, self.each, &mut self.work);
        for (variable, (slot, range)) in scope.slots.iter().zip(of_slots).enumerate() {
            ranges.insert(*slot, range);
            if *slot >= self.form.cells() {
                continue;
            }
            let Some([least, most]) = range else {
                self.untold_cells.insert(*slot);
                continue;
            };
            if least < most {
                continue;
            }
            let other = Scope::other_than(variable, least);
            let ask = |work: &mut Work| scope.decide(rules, Some(&other), work);
            let blamed = match self.work.at_most(self.each, ask) {
                Ok(Err(blamed)) => blamed,
                _ => rules.to_vec(),
            };
            let (by, minimal) = scope.minimal(blamed, Some(&other), self.each, &mut self.work);
            self.found.push(Found {
                cells: vec![*slot],
                value: self.value(*slot, least),
                by,
                minimal,
                ..Found::new(RemarkKind::Bounded)
            });
        }
    }

    /// Asks what the hard rules say of a soft one.
    fn soft(&mut self, at: usize, parts: &Parts) {
        let Some(said) = self.said.get(at) else {
            return;
        };
        let slots = said.instance.slots();
        let linked = slots.iter().filter_map(|slot| parts.of_slot.get(slot));
        let linked: BTreeSet<usize> = linked.copied().collect();
        let linked = linked.iter().filter_map(|at| parts.all.get(*at));
        let linked: Vec<&Part> = linked.collect();
        if linked.iter().any(|part| part.state == State::Contradictory) {
            return;
        }
        if linked.iter().any(|part| part.state == State::Untold) {
            self.untold_rules.insert(at);
            return;
        }
        let mut rules: Vec<usize> = linked
            .iter()
            .flat_map(|part| &part.rules)
            .copied()
            .collect();
        rules.sort_unstable();
        if rules.is_empty() {
            return;
        }
        let (holds, fails, apart) = (said.holds(), said.fails(), said.apart());
        let Ok(scope) = Scope::new(self.form, &self.said, &rules, slots, &mut self.work) else {
            self.untold_rules.insert(at);
            return;
        };
        for (kind, opposite) in [
            (RemarkKind::NeverTogether, Some(holds)),
            (RemarkKind::Redundant, Some(fails)),
            (RemarkKind::OnlyEqual, apart),
        ] {
            if let Some(blamed) = self.excluded(&scope, at, &rules, opposite.clone()) {
                self.follows(kind, &scope, at, blamed, opposite);
                return;
            }
        }
    }

    fn unused(&mut self) {
        let series = self
            .form
            .series()
            .iter()
            .filter(|rule| rule.off().is_none());
        let series = series.flat_map(|rule| rule.instances());
        let rules = self.said.iter().map(|it| it.instance).chain(series);
        let slots = rules.flat_map(|it| it.slots());
        let used: BTreeSet<usize> = slots
            .filter_map(|slot| self.form.slot_at(*slot).cell())
            .collect();
        let cells: Vec<usize> = (0..self.form.cells())
            .filter(|cell| !used.contains(cell))
            .collect();
        if !cells.is_empty() {
            self.found.push(Found {
                cells,
                ..Found::new(RemarkKind::Unused)
            });
        }
    }

    /// The ranges of all cells; those that no hard rule speaks of have their domain.
    fn ranges(&self, found: &BTreeMap<usize, Option<Range>>) -> Vec<CellRange> {
        let cells = self.form.indicators().iter().enumerate();
        let ranges = cells.map(|(cell, indicator)| {
            let range = found.get(&cell).copied();
            let range = range.unwrap_or_else(|| Some(domain(self.form, cell)));
            let range = range.and_then(|[least, most]| {
                Some([self.value(cell, least)?, self.value(cell, most)?])
            });
            CellRange {
                cell,
                key: indicator.key.clone(),
                range,
            }
        });
        ranges.collect()
    }

    fn value(&self, cell: usize, integer: i128) -> Option<Value> {
        self.form.indicator(cell)?.kind().value(integer)
    }
}
