//! A plan over columns: block by block, rule by rule, run by run.

use std::ops::Range;

use super::block::{BLOCK, BlockColumn, Cells, There};
use super::columns::Columns;
use super::comparison::Comparison;
use super::exact;
use super::found::{Found, by_record};
use super::plan::{Failure, Planned, Tally};
use super::sum::Width;
use super::truth::{RUN, Truth, ones, positions};
use crate::number::Number;
use crate::rule::Outcome;
use crate::rule::compile::Node;

impl Columns<'_> {
    /// What became of each rule.
    #[must_use]
    pub fn count(&self) -> Vec<Tally> {
        self.check(None)
    }

    /// What became of each rule; each failure is added to the list, by record and then by rule.
    pub fn list(&self, failures: &mut Vec<Failure>) -> Vec<Tally> {
        self.check(Some(failures))
    }

    fn check(&self, mut failures: Option<&mut Vec<Failure>>) -> Vec<Tally> {
        let rules = self.plan.rules();
        let mut tallies = vec![Tally::default(); rules.len()];
        let mut lanes = Lanes::default();
        for start in (0..self.records).step_by(BLOCK) {
            let block = start..self.records.min(start + BLOCK);
            let columns = self.block_columns(&block);
            let cells = self.slots.iter().zip(&columns);
            let cells: Vec<Cells<'_>> = cells
                .map(|(slot, column)| Cells::new(slot, column))
                .collect();
            let known = failures.as_ref().map_or(0, |failures| failures.len());
            for (rule, (planned, tally)) in rules.iter().zip(&mut tallies).enumerate() {
                let mut found = Found {
                    rule,
                    first: start,
                    tally: Tally::default(),
                    failures: failures.as_deref_mut(),
                };
                let node = &planned.instance.node;
                if !lanes.quickly(node, &cells, block.len(), &mut found) {
                    match node.try_map(&|linear| Comparison::new(linear, &cells)) {
                        Some(node) => lanes.check(&node, block.len(), &mut found),
                        None => self.exactly(planned, block.clone(), &mut found),
                    }
                }
                *tally += found.tally;
            }
            if let Some(of_block) = failures.as_mut().and_then(|all| all.get_mut(known..)) {
                by_record(of_block, start);
            }
        }
        tallies
    }

    /// The columns of a block, of which the rules speak.
    fn block_columns(&self, block: &Range<usize>) -> Vec<BlockColumn<'_>> {
        let slots = self.slots.iter().enumerate();
        let column = |(index, slot)| {
            let used = self.plan.slots.contains(&index);
            BlockColumn::new(slot, if used { block.clone() } else { 0..0 })
        };
        slots.map(column).collect()
    }

    /// By the engine itself.
    fn exactly(&self, planned: &Planned, block: Range<usize>, found: &mut Found<'_>) {
        let mut cells = vec![None; self.slots.len()];
        for (at, record) in block.enumerate() {
            exact::fill(self, &planned.instance, record, &mut cells);
            let (outcome, residual) = exact::outcome(&planned.instance, &cells);
            match outcome {
                Outcome::Pass => found.tally.passed += 1,
                Outcome::Undetermined => found.tally.undetermined += 1,
                Outcome::Fail => {
                    found.tally.failed += 1;
                    found.list(at, residual);
                }
            }
        }
    }
}

/// Left − right of a run, as computed last, and the bits of all values that were added in one loop.
struct Lanes {
    narrow: [i32; RUN],
    wide: [i64; RUN],
    bits: u128,
}

impl Default for Lanes {
    fn default() -> Self {
        Lanes {
            narrow: [0; RUN],
            wide: [0; RUN],
            bits: 0,
        }
    }
}

impl Lanes {
    /// A rule over the records of a block, in 32 bits, as nearly every rule can be; whether what is found is right. If not,
    /// nothing is.
    fn quickly<'a>(
        &mut self,
        node: &'a Node,
        cells: &[Cells<'a>],
        records: usize,
        found: &mut Found<'_>,
    ) -> bool {
        let Some(node) = node.try_map(&|linear| Comparison::quick(linear, cells, records)) else {
            return false;
        };
        let known = found.failures.as_ref().map_or(0, |failures| failures.len());
        self.bits = 0;
        self.check(&node, records, found);
        let proven = node.every(&|comparison| comparison.proven(cells, self.bits));
        if !proven {
            found.tally = Tally::default();
            if let Some(failures) = &mut found.failures {
                failures.truncate(known);
            }
        }
        proven
    }

    /// A rule over the records of a block.
    fn check(&mut self, node: &Node<Comparison<'_>>, records: usize, found: &mut Found<'_>) {
        let counted = match node {
            Node::Compare(comparison) if found.failures.is_none() => comparison.count(records),
            _ => None,
        };
        if let Some(broken) = counted {
            self.bits |= broken.bits;
            found.tally.failed += broken.count;
            found.tally.passed += records as u64 - broken.count;
            return;
        }
        let complete = node.every(&Comparison::is_complete);
        for start in (0..records).step_by(RUN) {
            let run = start..records.min(start + RUN);
            let length = run.len() as u64;
            let mut truth = self.node(node, &run);
            truth.cut(run.len());
            let Truth { holds, fails } = &truth;
            let failed = ones(fails);
            let held = if complete {
                length - failed
            } else {
                ones(holds)
            };
            found.tally.passed += held;
            found.tally.failed += failed;
            found.tally.undetermined += length - held - failed;
            if found.failures.is_some() {
                for at in positions(fails) {
                    found.list(start + at, self.residual(node, at));
                }
            }
        }
    }

    /// What is known of a statement.
    fn node(&mut self, node: &Node<Comparison<'_>>, run: &Range<usize>) -> Truth {
        match node {
            Node::Compare(comparison) => self.compare(comparison, run),
            Node::Not(inner) => self.node(inner, run).not(),
            Node::If(parts) => self.node(&parts.0, run).not().or(self.node(&parts.1, run)),
            Node::And(parts) => {
                let all = |known: Truth, part| known.and(self.node(part, run));
                parts.iter().fold(Truth::HOLDS, all)
            }
            Node::Or(parts) => {
                let any = |known: Truth, part| known.or(self.node(part, run));
                parts.iter().fold(Truth::HOLDS.not(), any)
            }
        }
    }

    fn compare(&mut self, comparison: &Comparison<'_>, run: &Range<usize>) -> Truth {
        let known = [&comparison.is_least, &comparison.is_most];
        if known == [&There::None; 2] {
            return Truth::UNKNOWN;
        }
        let known = known.map(|there| there.of_run(run));
        macro_rules! over {
            ($sums:expr, $lanes:ident) => {{
                let lanes = self.$lanes.get_mut(..run.len()).unwrap_or_default();
                self.bits |= $sums.over(run.clone(), lanes);
                Truth::compare(comparison.linear.operator, &self.$lanes, known)
            }};
        }
        match &comparison.difference.width {
            Width::Narrow(sums) => over!(sums, narrow),
            Width::Wide(sums) => over!(sums, wide),
        }
    }

    /// Left − right of a record of the run that was computed last, where the rule is one comparison.
    fn residual(&self, node: &Node<Comparison<'_>>, at: usize) -> Option<Number> {
        let Node::Compare(comparison) = node else {
            return None;
        };
        match comparison.difference.width {
            Width::Narrow(_) => self.narrow.get(at).map(|it| comparison.residual(*it)),
            Width::Wide(_) => self.wide.get(at).map(|it| comparison.residual(*it)),
        }
    }
}
