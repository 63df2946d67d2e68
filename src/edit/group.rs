//! The hard rules of a form as integer constraints, in groups that have no cell in common.

use std::sync::Arc;

use crate::form::{Form, Kind};
use crate::integer::{Formula, Limit, Seen, System};
use crate::rule::Severity;

/// A hard rule as it is said of the whole table, or of one row or column.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub id: Arc<str>,
    /// Over the slots of the form.
    pub formula: Formula,
    /// The cells that it speaks of, in form order.
    pub cells: Vec<usize>,
}

/// Hard rules that are linked by cells, and all of these cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub edits: Vec<Edit>,
    /// In form order.
    pub cells: Vec<usize>,
    /// For each cell, the edits that speak of it.
    pub of_cell: Vec<Vec<usize>>,
    /// Whether each edit is one constraint.
    pub plain: bool,
}

/// The least and the largest integer that a cell can hold.
pub(crate) fn domain(form: &Form, cell: usize) -> [i128; 2] {
    let kind = form.indicator(cell).map_or(Kind::Count, |it| it.kind());
    kind.domain()
}

/// The groups of a form's hard rules, in the order of their first rules.
pub(crate) fn groups(form: &Form) -> Vec<Group> {
    let instances = form.instances();
    let hard = instances.filter(|(rule, _)| rule.severity() == Severity::Hard);
    let mut groups: Vec<Group> = Vec::new();
    for (_, instance) in hard {
        let formula = Formula::of(&instance.node, true);
        let mut cells = instance.slots().to_vec();
        cells.retain(|slot| *slot < form.cells());
        cells.sort_unstable();
        let edit = Edit {
            id: instance.id.clone(),
            formula,
            cells,
        };
        let linked = |group: &Group| edit.cells.iter().any(|cell| group.cells.contains(cell));
        let mut joined = Group::default();
        let mut at = groups.len();
        for index in (0..groups.len()).rev() {
            if groups.get(index).is_some_and(linked) {
                let mut group = groups.remove(index);
                group.cells.append(&mut joined.cells);
                group.edits.append(&mut joined.edits);
                joined = group;
                at = index;
            }
        }
        joined.cells.extend(&edit.cells);
        joined.cells.sort_unstable();
        joined.cells.dedup();
        joined.edits.push(edit);
        groups.insert(at, joined);
    }
    groups.into_iter().map(Group::indexed).collect()
}

/// What some edits say of unknown cells, among which are all blank ones that they speak of.
pub(super) fn system(
    form: &Form,
    values: &[Option<i128>],
    edits: &[&Edit],
    unknown: &[usize],
) -> Result<System, Limit> {
    let seen = |slot: usize| {
        let value = values.get(slot).copied().flatten();
        match unknown.iter().position(|cell| *cell == slot) {
            Some(number) => Seen::Unknown(number),
            None => Seen::Known(value.unwrap_or_default()),
        }
    };
    let formulas = edits.iter().map(|edit| edit.formula.given(&seen));
    Ok(System {
        formulas: formulas.collect::<Result<_, _>>()?,
        domains: unknown.iter().map(|cell| domain(form, *cell)).collect(),
    })
}

/// The edits that speak of some unknown cells, over these: a system of its own, everything else being known.
#[derive(Debug)]
pub(super) struct Part {
    /// The unknown cells, as the system numbers them.
    pub unknown: Vec<usize>,
    /// The edits of the group that the system's formulas are.
    pub edits: Vec<usize>,
    pub system: System,
}

impl Group {
    fn indexed(mut self) -> Self {
        let holds = |edit: &Edit| matches!(edit.formula, Formula::Holds(_));
        self.plain = self.edits.iter().all(holds);
        let edits = self.edits.iter().enumerate();
        let of_cell = |cell: &usize| {
            let speaking = edits.clone().filter(|(_, edit)| edit.cells.contains(cell));
            speaking.map(|(at, _)| at).collect()
        };
        self.of_cell = self.cells.iter().map(of_cell).collect();
        self
    }

    /// The group with the edits only that are to be kept.
    pub fn only(&self, keep: impl Fn(usize, &Edit) -> bool) -> Self {
        let edits = self.edits.iter().enumerate();
        let edits = edits.filter(|(at, edit)| keep(*at, edit));
        Group {
            edits: edits.map(|(_, edit)| edit.clone()).collect(),
            cells: self.cells.clone(),
            ..Group::default()
        }
        .indexed()
    }

    /// The edits that speak of a cell of the form.
    pub fn edits_of(&self, cell: usize) -> &[usize] {
        let at = self.cells.binary_search(&cell).ok();
        at.and_then(|at| self.of_cell.get(at))
            .map_or(&[], |edits| edits)
    }

    /// What the hard rules demand of some cells that may change, and of the blank ones that they are linked with.
    pub fn part(
        &self,
        form: &Form,
        values: &[Option<i128>],
        change: &[usize],
    ) -> Result<Part, Limit> {
        let known = |cell: usize| values.get(cell).is_some_and(Option::is_some);
        let mut unknown = change.to_vec();
        let mut edits: Vec<usize> = Vec::new();
        let mut next = 0;
        while let Some(cell) = unknown.get(next).copied() {
            next += 1;
            for edit in self.edits_of(cell) {
                if edits.contains(edit) {
                    continue;
                }
                edits.push(*edit);
                let cells = self.edits.get(*edit).map_or(&[][..], |edit| &edit.cells);
                for other in cells {
                    if !known(*other) && !unknown.contains(other) {
                        unknown.push(*other);
                    }
                }
            }
        }
        edits.sort_unstable();
        let of_part = edits.iter().filter_map(|at| self.edits.get(*at));
        let of_part: Vec<&Edit> = of_part.collect();
        Ok(Part {
            system: system(form, values, &of_part, &unknown)?,
            unknown,
            edits,
        })
    }
}
