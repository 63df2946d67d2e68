//! Deductive imputation: blank cells whose values the rules determine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::group::{Edit, Group, domain, groups, system};
use super::localise::WORK;
use super::search::Search;
use crate::check::{cells, check};
use crate::form::Form;
use crate::integer::{Blame, Constraint, Formula, Limit, Work};
use crate::number::Value;
use crate::record::Record;
use crate::report::Report;

/// What could be filled in, and what not.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Imputation {
    /// The record with what was filled in.
    pub record: Record,
    /// The cells that were filled in, in the order of their derivation: each from cells that stood in the record, or were
    /// filled in before it.
    pub filled: Vec<Filled>,
    /// The other blank cells, in form order.
    pub open: Vec<OpenCell>,
    /// Every rule over the record with what was filled in.
    pub report: Report,
}

/// A blank cell that can have one value only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filled {
    /// The index of the cell in its form.
    pub cell: usize,
    /// The value.
    pub value: Value,
    /// The hard rules that leave no other, by [`Instance::id`](crate::form::Instance::id): none of them could be left away.
    pub rules: Vec<Arc<str>>,
    /// The other cells that these speak of, and whose values were known.
    pub from: Vec<usize>,
}

/// A blank cell that can have several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenCell {
    /// The index of the cell in its form.
    pub cell: usize,
    /// The least and the largest value that the hard rules leave to it; `None` where that was not found out within the bound
    /// on work.
    pub range: Option<[Value; 2]>,
}

impl OpenCell {
    /// The least and the largest value that the cell can have; `None` where it can be as small, or as large, as anything, and
    /// where that was not found out.
    #[must_use]
    pub fn bounds(&self) -> [Option<Value>; 2] {
        let Some([least, most]) = self.range else {
            return [None; 2];
        };
        let [small, large] = Value::open([least, most]);
        // That a count is not negative is a bound, although none to speak of.
        let small = small && matches!(least, Value::Change(_));
        [(!small).then_some(least), (!large).then_some(most)]
    }
}

/// Fills in every blank cell whose value the hard rules determine, with the derivation, and gives the range of the others.
///
/// Nothing is derived from a cell that is in doubt: one of a rule that fails, or of rules that no values of their blank
/// cells satisfy.
///
/// ```
/// use xxgk::edit::impute;
/// # use xxgk::{Table, nine_category::NineCategory};
/// let mut table = NineCategory::default();
/// table.requests.closed.total = Some(27);
/// table.requests.closed.extended = Some(3);
/// table.litigation.total = Some(0);
/// let imputation = impute(&table.record(Default::default()));
/// let filled = NineCategory::from_record(&imputation.record)?;
/// assert_eq!(filled.requests.closed.on_time, Some(24));   // closed.total - closed.extended
/// assert_eq!(filled.requests.received.total, Some(27));   // what is received is answered, what is answered is closed
/// assert_eq!(filled.litigation.corrected, Some(0));       // parts of nothing
/// assert_eq!(filled.requests.received.fax, None);         // from 0 to 27
/// assert_eq!(*imputation.filled[0].rules[0], *"R302");
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[must_use]
pub fn impute(record: &Record) -> Imputation {
    let form = record.form();
    let mut imputer = Imputer {
        form,
        record: record.clone(),
        values: cells(record).0,
        work: Work::new(WORK),
        filled: Vec::new(),
        ranges: BTreeMap::new(),
    };
    for cell in 0..form.cells() {
        imputer.ranges.insert(cell, Some(domain(form, cell)));
    }
    for group in groups(form) {
        for cell in imputer.blank(&group) {
            imputer.ranges.insert(cell, None);
        }
        // What is not found out has no range.
        _ = imputer.group(&group);
    }
    let Imputer {
        record,
        filled,
        ranges,
        ..
    } = imputer;
    let blank = (0..form.cells()).filter(|cell| record.value(*cell).is_none());
    let open = blank.map(|cell| {
        let kind = form.indicator(cell).map(|it| it.kind());
        let range = ranges.get(&cell).copied().flatten().zip(kind);
        let range =
            range.and_then(|([least, most], kind)| Some([kind.value(least)?, kind.value(most)?]));
        OpenCell { cell, range }
    });
    Imputation {
        filled,
        open: open.collect(),
        report: check(&record),
        record,
    }
}

struct Imputer<'a> {
    form: &'a Form,
    record: Record,
    /// As the engine computes with them.
    values: Vec<Option<i128>>,
    work: Work,
    filled: Vec<Filled>,
    /// What is left to a cell, where that is known.
    ranges: BTreeMap<usize, Option<[i128; 2]>>,
}

impl Imputer<'_> {
    fn is_known(&self, cell: usize) -> bool {
        self.values.get(cell).is_some_and(Option::is_some)
    }

    fn blank(&self, group: &Group) -> Vec<usize> {
        let cells = group.cells.iter().copied();
        cells
            .filter(|cell| self.record.value(*cell).is_none())
            .collect()
    }

    fn group(&mut self, group: &Group) -> Result<(), Limit> {
        if self.blank(group).is_empty() {
            return Ok(());
        }
        let group = self.without_doubt(group)?;
        loop {
            while self.by_one_rule(&group)? {}
            if !self.by_several_rules(&group)? {
                return Ok(());
            }
        }
    }

    /// The group without the edits that speak of a cell in doubt.
    fn without_doubt(&mut self, group: &Group) -> Result<Group, Limit> {
        let mut group = group.only(|_, _| true);
        loop {
            let search = Search {
                form: self.form,
                group: &group,
                values: &self.values,
                weights: &[],
            };
            let conflicts = search.conflicts(&mut self.work)?;
            if conflicts.is_empty() {
                return Ok(group);
            }
            let cells = conflicts.iter().flat_map(|it| search.cells(&it.cells));
            let doubtful: BTreeSet<usize> = cells.collect();
            let blamed = |at: usize| conflicts.iter().any(|it| it.edits.contains(&at));
            let doubted = |edit: &Edit| edit.cells.iter().any(|cell| doubtful.contains(cell));
            group = group.only(|at, edit| !blamed(at) && !doubted(edit));
        }
    }

    /// Fills in what a single edit determines. Whether there was any.
    fn by_one_rule(&mut self, group: &Group) -> Result<bool, Limit> {
        let mut any = false;
        for edit in &group.edits {
            let blank = edit.cells.iter().filter(|cell| !self.is_known(**cell));
            let unknown: Vec<usize> = blank.copied().collect();
            let system = system(self.form, &self.values, &[edit], &unknown)?;
            for (variable, cell) in unknown.iter().enumerate() {
                let range = system.range(variable, &mut self.work)?;
                if let Some([only, _]) = range.filter(|[least, most]| least == most) {
                    any |= self.fill(*cell, only, &[edit]);
                }
            }
        }
        Ok(any)
    }

    /// Fills in one cell that several edits determine together, and finds the range of those before it. Whether there was
    /// one.
    fn by_several_rules(&mut self, group: &Group) -> Result<bool, Limit> {
        for cell in self.blank(group) {
            if self.ranges.get(&cell).is_some_and(Option::is_some) {
                continue;
            }
            let part = group.part(self.form, &self.values, &[cell])?;
            let range = part.system.range(0, &mut self.work)?.ok_or(Limit)?;
            self.ranges.insert(cell, Some(range));
            if range[0] == range[1] {
                let edits = part.edits.iter().filter_map(|at| group.edits.get(*at));
                let edits = self.needed(edits.collect(), cell, range[0])?;
                return Ok(self.fill(cell, range[0], &edits));
            }
        }
        Ok(false)
    }

    /// Of edits that leave a cell one value, some that do, none of which could be left away.
    fn needed<'e>(
        &mut self,
        edits: Vec<&'e Edit>,
        cell: usize,
        value: i128,
    ) -> Result<Vec<&'e Edit>, Limit> {
        let Some(why) = self.determined(&edits, cell, value)? else {
            return Ok(edits);
        };
        let blamed = why.formulas().filter_map(|at| edits.get(at).copied());
        let mut needed: Vec<&Edit> = blamed.collect();
        let mut at = 0;
        while at < needed.len() {
            let mut fewer = needed.clone();
            fewer.remove(at);
            match self.determined(&fewer, cell, value)? {
                Some(_) => needed = fewer,
                None => at += 1,
            }
        }
        Ok(needed)
    }

    /// Why edits leave a cell no other value, if they do not.
    fn determined(
        &mut self,
        edits: &[&Edit],
        cell: usize,
        value: i128,
    ) -> Result<Option<Blame>, Limit> {
        let cells = edits.iter().flat_map(|edit| &edit.cells);
        let mut unknown = vec![cell];
        for other in cells.filter(|cell| !self.is_known(**cell)) {
            if !unknown.contains(other) {
                unknown.push(*other);
            }
        }
        let mut system = system(self.form, &self.values, edits, &unknown)?;
        // It is more, or less.
        let other = |sign: i128| {
            Formula::Holds(Constraint {
                terms: vec![(0, sign)],
                constant: -sign * value - 1,
                equal: false,
            })
        };
        system
            .formulas
            .push(Formula::Any(vec![other(1), other(-1)]));
        Ok(system.decide(&mut self.work)?.err())
    }

    /// Fills in a cell, if it can hold the value.
    fn fill(&mut self, cell: usize, integer: i128, edits: &[&Edit]) -> bool {
        let kind = self.form.indicator(cell).map(|it| it.kind());
        let Some(value) = kind.and_then(|kind| kind.value(integer)) else {
            return false;
        };
        let cells = edits.iter().flat_map(|edit| &edit.cells);
        let known: BTreeSet<usize> = cells.copied().filter(|it| self.is_known(*it)).collect();
        if self.record.value(cell).is_some() || self.record.set_cell(cell, Some(value)).is_err() {
            return false;
        }
        if let Some(known) = self.values.get_mut(cell) {
            *known = Some(integer);
        }
        self.filled.push(Filled {
            cell,
            value,
            rules: edits.iter().map(|edit| edit.id.clone()).collect(),
            from: known.into_iter().collect(),
        });
        true
    }
}
