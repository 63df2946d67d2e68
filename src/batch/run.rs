//! A plan over columns: block by block, rule by rule, run by run.

use std::ops::Range;

use super::block::{BLOCK, Cells, There};
use super::column::Columns;
use super::exact;
use super::plan::{Failure, Planned, Tally};
use super::quick::Quick;
use super::sum::{Difference, Width};
use super::truth::{Marks, RUN, ThreeValued, Truth, TwoValued, ones, positions};
use crate::number::Number;
use crate::rule::compile::{Linear, Node};
use crate::rule::{Operator, Outcome};

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
        let mut scratch = Scratch::default();
        for start in (0..self.records).step_by(BLOCK) {
            let block = start..self.records.min(start + BLOCK);
            let cells = self.cells(&block);
            let known = failures.as_ref().map_or(0, |failures| failures.len());
            for (rule, (planned, tally)) in rules.iter().zip(&mut tallies).enumerate() {
                let mut found = Found {
                    rule,
                    first: start,
                    tally,
                    failures: failures.as_deref_mut(),
                };
                let node = &planned.instance.node;
                let quick = match node {
                    Node::Compare(linear) => {
                        scratch.quickly(linear, &cells, block.len(), &mut found)
                    }
                    _ => None,
                };
                if quick.is_some() {
                    continue;
                }
                match node.try_map(&|linear| Comparison::new(linear, &cells)) {
                    Some(node) => scratch.check(&node, block.len(), &mut found),
                    None => self.exactly(planned, block.clone(), &mut found),
                }
            }
            if let Some(of_block) = failures.as_mut().and_then(|all| all.get_mut(known..)) {
                by_record(of_block);
            }
        }
        tallies
    }

    /// The cells of a block, of which the rules speak.
    fn cells(&self, block: &Range<usize>) -> Vec<Cells<'_>> {
        let slots = self.slots.iter().enumerate();
        let cells = |(index, slot)| {
            let used = self.plan.slots.contains(&index);
            Cells::new(slot, if used { block.clone() } else { 0..0 })
        };
        slots.map(cells).collect()
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

/// Sorts failures that stand rule by rule, each by record.
fn by_record(failures: &mut [Failure]) {
    let places = failures.iter().enumerate();
    let mut places: Vec<(usize, usize)> = places.map(|(at, it)| (it.record, at)).collect();
    // Stable, since it finds what is sorted already, and only merges.
    places.sort();
    let sorted = places
        .iter()
        .filter_map(|(_, at)| failures.get(*at).copied());
    let sorted: Vec<Failure> = sorted.collect();
    failures.copy_from_slice(&sorted);
}

/// How many records are looked at together where failures are listed.
const FEW: usize = 128;

/// Where that goes which is found of one rule in one block.
struct Found<'a> {
    rule: usize,
    /// The first record of the block.
    first: usize,
    tally: &'a mut Tally,
    /// `None` where they are only counted.
    failures: Option<&'a mut Vec<Failure>>,
}

impl Found<'_> {
    fn list(&mut self, at: usize, residual: Option<Number>) {
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

/// A comparison over the columns of a block.
struct Comparison<'a> {
    difference: Difference<'a>,
    operator: Operator,
    scale: u32,
    /// Where none of its cells is blank.
    there: There,
}

impl<'a> Comparison<'a> {
    fn new(linear: &Linear, cells: &[Cells<'a>]) -> Option<Self> {
        let mut there = There::All;
        for (slot, _) in linear.left.terms.iter().chain(&linear.right.terms) {
            there = there.and(&cells.get(*slot)?.there);
        }
        Some(Comparison {
            difference: Difference::new(linear, cells)?,
            operator: linear.operator,
            scale: linear.scale,
            there,
        })
    }

    fn residual(&self, difference: i128) -> Number {
        Number::new(difference * self.difference.unit, self.scale)
    }
}

/// What is computed of a run.
struct Scratch {
    lanes: Lanes,
    two_valued: TwoValued,
    three_valued: ThreeValued,
}

/// Left − right of a run, as computed last.
struct Lanes {
    narrow: [i32; RUN],
    wide: [i64; RUN],
}

impl Default for Scratch {
    fn default() -> Self {
        Scratch {
            lanes: Lanes {
                narrow: [0; RUN],
                wide: [0; RUN],
            },
            two_valued: TwoValued::BLANK,
            three_valued: ThreeValued::BLANK,
        }
    }
}

/// Computes left − right of a run, and goes on with it, whatever its width.
macro_rules! differences {
    ($comparison:expr, $run:expr, $lanes:expr, $differences:ident => $body:expr) => {
        match &$comparison.difference.width {
            Width::Narrow(sums) => {
                let $differences = $lanes.narrow.get_mut(..$run.len()).unwrap_or_default();
                sums.over($run.clone(), $differences);
                $body
            }
            Width::Wide(sums) => {
                let $differences = $lanes.wide.get_mut(..$run.len()).unwrap_or_default();
                sums.over($run.clone(), $differences);
                $body
            }
        }
    };
}

impl Scratch {
    /// One comparison over the records of a block, if it can be computed at once: what nearly every rule is.
    fn quickly(
        &mut self,
        linear: &Linear,
        cells: &[Cells<'_>],
        records: usize,
        found: &mut Found<'_>,
    ) -> Option<()> {
        let quick = Quick::new(linear, cells)?;
        // Where failures are listed, they are looked for among few records: most of these have none.
        let few = if found.failures.is_some() { FEW } else { RUN };
        let mut parts = Vec::new();
        let failed = quick.broken(linear, cells, records, few, &mut parts)?;
        found.tally.failed += failed;
        found.tally.passed += records as u64 - failed;
        if found.failures.is_none() {
            return Some(());
        }
        for part in parts {
            let sums = self.lanes.narrow.get_mut(..part.len()).unwrap_or_default();
            quick.sums.over(part.clone(), sums);
            self.two_valued.compare(linear.operator, sums, None);
            for at in positions(&self.two_valued.fails, &part) {
                let sum = sums.get(at).copied().map(i128::from);
                let residual = sum.map(|sum| Number::new(sum * quick.unit, linear.scale));
                found.list(part.start + at, residual);
            }
        }
        Some(())
    }

    /// A rule over the records of a block.
    fn check(&mut self, node: &Node<Comparison<'_>>, records: usize, found: &mut Found<'_>) {
        let complete = node.every(&|comparison| comparison.there == There::All);
        for start in (0..records).step_by(RUN) {
            let run = start..records.min(start + RUN);
            let length = run.len() as u64;
            let (held, failed) = match complete {
                true => {
                    self.lanes.node(node, &run, &mut self.two_valued);
                    let fails = &self.two_valued.fails;
                    let failed = ones(fails, &run);
                    if failed > 0 {
                        self.lanes.list(node, fails, &run, found);
                    }
                    (length - failed, failed)
                }
                false => {
                    self.lanes.node(node, &run, &mut self.three_valued);
                    let ThreeValued { holds, fails } = &self.three_valued;
                    let failed = ones(fails, &run);
                    if failed > 0 {
                        self.lanes.list(node, fails, &run, found);
                    }
                    (ones(holds, &run), failed)
                }
            };
            found.tally.passed += held;
            found.tally.failed += failed;
            found.tally.undetermined += length - held - failed;
        }
    }
}

impl Lanes {
    /// What is known of a statement.
    fn node<T: Truth>(&mut self, node: &Node<Comparison<'_>>, run: &Range<usize>, truth: &mut T) {
        match node {
            Node::Compare(comparison) => {
                let there = match &comparison.there {
                    There::None => {
                        *truth = T::BLANK;
                        return;
                    }
                    There::All => None,
                    There::Some(words) => words.get(run.start / 64..),
                };
                differences!(comparison, run, self, differences => {
                    truth.compare(comparison.operator, differences, there);
                });
            }
            Node::Not(inner) => {
                self.node(inner, run, truth);
                truth.not();
            }
            Node::If(parts) => {
                self.node(&parts.0, run, truth);
                truth.not();
                self.join(std::slice::from_ref(&parts.1), run, truth, T::or);
            }
            Node::And(parts) | Node::Or(parts) => {
                let Some((first, rest)) = parts.split_first() else {
                    return;
                };
                self.node(first, run, truth);
                let and = matches!(node, Node::And(_));
                self.join(rest, run, truth, if and { T::and } else { T::or });
            }
        }
    }

    fn join<T: Truth>(
        &mut self,
        parts: &[Node<Comparison<'_>>],
        run: &Range<usize>,
        truth: &mut T,
        join: fn(&mut T, &T),
    ) {
        let mut other = T::BLANK;
        for part in parts {
            self.node(part, run, &mut other);
            join(truth, &other);
        }
    }

    /// Lists the records of a run that are marked.
    fn list(
        &self,
        node: &Node<Comparison<'_>>,
        fails: &Marks,
        run: &Range<usize>,
        found: &mut Found<'_>,
    ) {
        if found.failures.is_none() {
            return;
        }
        for at in positions(fails, run) {
            let residual = match node {
                Node::Compare(comparison) => {
                    let difference = match comparison.difference.width {
                        Width::Narrow(_) => self.narrow.get(at).copied().map(i128::from),
                        Width::Wide(_) => self.wide.get(at).copied().map(i128::from),
                    };
                    difference.map(|difference| comparison.residual(difference))
                }
                _ => None,
            };
            found.list(run.start + at, residual);
        }
    }
}
