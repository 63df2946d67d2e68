//! All sets of cells of the smallest weight whose change lets every rule of a group hold.
//!
//! A *conflict* is a set of cells of which at least one has to change: the cells of a rule that fails, or those of an
//! implied edit, found where a set of cells turned out not to be enough. Every set that is enough meets every conflict. So
//! the smallest sets that meet the conflicts known so far are tried, and each that is not enough adds a conflict. Conflicts
//! that have no cell in common, even after all that follows from them, are searched apart.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use super::group::{Group, Part};
use super::single::Single;
use crate::form::Form;
use crate::integer::{Blame, Limit, Seen, Work};

/// Cells of which at least one has to change.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    pub cells: Cells,
    /// The edits that say so together, by their numbers in the group.
    pub edits: Vec<usize>,
}

/// Conflicts of a group that have to do with each other.
#[derive(Debug)]
pub(super) struct Cluster {
    /// Those from which it is searched.
    pub roots: Vec<Conflict>,
    /// Those that were found since.
    implied: Vec<Conflict>,
    /// All cells of its conflicts.
    cells: Cells,
    /// Those, and what the sets are linked with.
    reach: Cells,
    searched: bool,
    /// The smallest sets that are enough; none where none is.
    pub sets: Vec<Cells>,
}

/// A group over a record, and what is known of its cells.
pub(super) struct Search<'a> {
    pub form: &'a Form,
    pub group: &'a Group,
    pub values: &'a [Option<i128>],
    /// What the change of each cell of the form costs; 1 where nothing is said.
    pub weights: &'a [NonZeroU32],
}

/// A set of the group's cells, by their numbers in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cells(Vec<u64>);

impl Cells {
    fn none(group: &Group) -> Self {
        Cells(vec![0; group.cells.len().div_ceil(64)])
    }

    fn insert(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub fn meets(&self, other: &Cells) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .any(|(one, other)| one & other != 0)
    }

    fn without(&self, other: &Cells) -> Cells {
        let words = self.0.iter().zip(&other.0);
        Cells(words.map(|(one, other)| one & !other).collect())
    }

    pub fn join(&mut self, other: &Cells) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    pub fn within(&self, other: &Cells) -> Cells {
        let words = self.0.iter().zip(&other.0);
        Cells(words.map(|(one, other)| one & other).collect())
    }

    /// The numbers of the cells, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let bits = (0..64).filter(move |bit| word >> bit & 1 == 1);
            bits.map(move |bit| at * 64 + bit)
        })
    }
}

impl Search<'_> {
    fn set<'c>(&self, cells: impl IntoIterator<Item = &'c usize>) -> Cells {
        let mut set = Cells::none(self.group);
        for cell in cells {
            if let Ok(at) = self.group.cells.binary_search(cell) {
                set.insert(at);
            }
        }
        set
    }

    /// The cells of a set, as the form numbers them.
    pub fn cells(&self, set: &Cells) -> Vec<usize> {
        set.iter()
            .filter_map(|at| self.group.cells.get(at).copied())
            .collect()
    }

    fn known(&self, cell: usize) -> bool {
        self.values.get(cell).is_some_and(Option::is_some)
    }

    fn cost(&self, at: usize) -> u64 {
        self.group
            .cells
            .get(at)
            .map_or(1, |cell| self.weight(*cell))
    }

    fn weight(&self, cell: usize) -> u64 {
        self.weights
            .get(cell)
            .map_or(1, |weight| u64::from(weight.get()))
    }

    /// Of the cells each of which is enough, the cheapest; `None` where there are none, or several others together might
    /// be cheaper.
    pub fn cheapest(&self, mut singles: Vec<Single>) -> Option<Vec<Single>> {
        let least = singles.iter().map(|it| self.weight(it.cell)).min()?;
        if !self.weights.is_empty() {
            let cheapest = self
                .group
                .cells
                .iter()
                .map(|cell| self.weight(*cell))
                .min()?;
            if least >= cheapest.saturating_mul(2) {
                return None;
            }
            singles.retain(|it| self.weight(it.cell) == least);
        }
        Some(singles)
    }

    /// What is wrong before anything is changed: each rule that fails, and the rules that no values of blank cells satisfy.
    pub fn conflicts(&self, work: &mut Work) -> Result<Vec<Conflict>, Limit> {
        let mut conflicts = Vec::new();
        let mut blank: Vec<usize> = Vec::new();
        for (at, edit) in self.group.edits.iter().enumerate() {
            let unknown = edit.cells.iter().filter(|cell| !self.known(**cell));
            let before = blank.len();
            blank.extend(unknown);
            if blank.len() > before {
                continue;
            }
            let seen =
                |slot: usize| Seen::Known(self.values.get(slot).copied().flatten().unwrap_or(0));
            work.spend(edit.cells.len())?;
            if edit.formula.given(&seen)?.is_false() {
                conflicts.push(Conflict {
                    cells: self.set(&edit.cells),
                    edits: vec![at],
                });
            }
        }
        let mut seen = BTreeSet::new();
        for cell in blank {
            if seen.contains(&cell) {
                continue;
            }
            let part = self.group.part(self.form, self.values, &[cell])?;
            seen.extend(part.unknown.iter().copied());
            if let Err(blame) = part.system.decide(work)? {
                conflicts.push(self.conflict(&part, &blame));
            }
        }
        Ok(conflicts)
    }

    /// The known cells of the edits that are to blame in a part.
    fn conflict(&self, part: &Part, blame: &Blame) -> Conflict {
        let edits = blame.formulas().filter_map(|at| part.edits.get(at));
        let edits: Vec<usize> = edits.copied().collect();
        let blamed = edits.iter().filter_map(|at| self.group.edits.get(*at));
        let cells = blamed.flat_map(|edit| &edit.cells);
        Conflict {
            cells: self.set(cells.filter(|cell| self.known(**cell))),
            edits,
        }
    }

    /// The smallest sets that are enough, those of conflicts that have to do with each other together, in the order of their
    /// first rules.
    pub fn clusters(
        &self,
        conflicts: Vec<Conflict>,
        work: &mut Work,
    ) -> Result<Vec<Cluster>, Limit> {
        let mut clusters: Vec<Cluster> = conflicts.into_iter().map(Cluster::of).collect();
        loop {
            while let Some((one, other)) = linked(&clusters, work)? {
                let other = clusters.remove(other);
                if let Some(one) = clusters.get_mut(one) {
                    one.take(other);
                }
            }
            match clusters.iter_mut().find(|cluster| !cluster.searched) {
                Some(cluster) => cluster.search(self, work)?,
                None => break,
            }
        }
        clusters.sort_by_key(Cluster::first);
        Ok(clusters)
    }

    /// The cells that edits link with some cells, directly or over blank ones.
    fn linked_with(&self, cells: &Cells) -> Cells {
        let mut linked = cells.clone();
        let mut open = self.cells(cells);
        while let Some(cell) = open.pop() {
            let edits = self.group.edits_of(cell).iter();
            let edits = edits.filter_map(|edit| self.group.edits.get(*edit));
            for other in edits.flat_map(|edit| &edit.cells) {
                let set = self.set([other]);
                if !linked.meets(&set) {
                    linked.join(&set);
                    if !self.known(*other) {
                        open.push(*other);
                    }
                }
            }
        }
        linked
    }

    /// Whether a change of these cells is enough, of all that edits link with them; else a conflict.
    fn check(&self, set: &Cells, work: &mut Work) -> Result<Result<(), Conflict>, Limit> {
        let part = self.group.part(self.form, self.values, &self.cells(set))?;
        let decision = part.system.decide(work)?;
        Ok(decision.map_err(|blame| {
            let mut conflict = self.conflict(&part, &blame);
            conflict.cells = conflict.cells.without(set);
            conflict
        }))
    }

    /// The cells of a cluster's sets in parts that no edit links: its sets are one of each part, in any combination.
    pub fn factors(&self, cluster: &Cluster) -> Vec<Cells> {
        let mut left = cluster.support(self.group);
        let mut factors = Vec::new();
        loop {
            let first = left.iter().next();
            let Some(at) = first else {
                return factors;
            };
            let mut factor = Cells::none(self.group);
            factor.insert(at);
            loop {
                let grown = self.linked_with(&factor).within(&left);
                if grown == factor {
                    break;
                }
                factor = grown;
            }
            left = left.without(&factor);
            factors.push(factor);
        }
    }
}

/// Two clusters of which one's conflicts reach into what the other's sets are linked with.
fn linked(clusters: &[Cluster], work: &mut Work) -> Result<Option<(usize, usize)>, Limit> {
    for (at, one) in clusters.iter().enumerate() {
        work.spend(clusters.len())?;
        let links =
            |other: &Cluster| one.reach.meets(&other.cells) || other.reach.meets(&one.cells);
        if let Some(other) = clusters.iter().skip(at + 1).position(links) {
            return Ok(Some((at, at + 1 + other)));
        }
    }
    Ok(None)
}

impl Cluster {
    fn of(conflict: Conflict) -> Self {
        Cluster {
            cells: conflict.cells.clone(),
            reach: conflict.cells.clone(),
            roots: vec![conflict],
            implied: Vec::new(),
            sets: Vec::new(),
            searched: false,
        }
    }

    fn take(&mut self, other: Cluster) {
        self.cells.join(&other.cells);
        self.reach = self.cells.clone();
        self.roots.extend(other.roots);
        self.implied.extend(other.implied);
        self.sets.clear();
        self.searched = false;
    }

    fn first(&self) -> Option<usize> {
        self.roots
            .iter()
            .filter_map(|root| root.edits.first())
            .min()
            .copied()
    }

    /// The edits that contradict each other whatever the cells hold, where that is why there are no sets.
    pub fn contradiction(&self) -> Option<&[usize]> {
        let mut conflicts = self.roots.iter().chain(&self.implied);
        let contradiction = conflicts.find(|it| it.cells.iter().next().is_none());
        contradiction.map(|it| &it.edits[..])
    }

    fn support(&self, group: &Group) -> Cells {
        let mut support = Cells::none(group);
        self.sets.iter().for_each(|set| support.join(set));
        support
    }

    /// Finds the smallest sets, by iterative deepening: all of weight `bound`, which grows to the next weight that there
    /// could be a set of.
    fn search(&mut self, search: &Search<'_>, work: &mut Work) -> Result<(), Limit> {
        let mut bound = 0;
        loop {
            let mut tree = Tree {
                search,
                cluster: self,
                bound,
                next: None,
                sets: Vec::new(),
            };
            let none = Cells::none(search.group);
            tree.visit(&none, &none, 0, work)?;
            let Tree { next, sets, .. } = tree;
            match next {
                Some(next) if sets.is_empty() => bound = next,
                _ => {
                    self.sets = sets;
                    break;
                }
            }
        }
        self.searched = true;
        self.reach = search.linked_with(&self.support(search.group));
        self.reach.join(&self.cells);
        Ok(())
    }
}

/// One round of a search.
struct Tree<'a, 's> {
    search: &'a Search<'s>,
    cluster: &'a mut Cluster,
    /// The largest weight that is looked at.
    bound: u64,
    /// The least weight beyond that there could be a set of.
    next: Option<u64>,
    sets: Vec<Cells>,
}

impl Tree<'_, '_> {
    /// Finds the sets that have these cells, and none of those that are left to other branches.
    fn visit(
        &mut self,
        set: &Cells,
        kept: &Cells,
        weight: u64,
        work: &mut Work,
    ) -> Result<(), Limit> {
        loop {
            let Some((least, smallest)) = self.unmet(set, kept, work)? else {
                return Ok(());
            };
            let least = weight.saturating_add(least);
            if least > self.bound {
                self.next = Some(self.next.map_or(least, |next| next.min(least)));
                return Ok(());
            }
            let Some(conflict) = smallest else {
                match self.search.check(set, work)? {
                    Ok(()) => {
                        self.sets.push(set.clone());
                        return Ok(());
                    }
                    Err(implied) => {
                        self.cluster.cells.join(&implied.cells);
                        self.cluster.implied.push(implied);
                        continue;
                    }
                }
            };
            let mut kept = kept.clone();
            for at in conflict.iter() {
                let mut with = set.clone();
                with.insert(at);
                let weight = weight.saturating_add(self.search.cost(at));
                self.visit(&with, &kept, weight, work)?;
                kept.insert(at);
            }
            return Ok(());
        }
    }

    /// The conflicts that a set does not meet: the least that meeting them costs, and the smallest of them. `None` where one
    /// of them cannot be met.
    fn unmet(
        &self,
        set: &Cells,
        kept: &Cells,
        work: &mut Work,
    ) -> Result<Option<(u64, Option<Cells>)>, Limit> {
        let conflicts = self.cluster.roots.iter().chain(&self.cluster.implied);
        let mut unmet: Vec<(usize, Cells)> = Vec::new();
        for Conflict {
            cells: conflict, ..
        } in conflicts
        {
            work.spend(conflict.0.len())?;
            if !conflict.meets(set) {
                let free = conflict.without(kept);
                match free.iter().count() {
                    0 => return Ok(None),
                    number => unmet.push((number, free)),
                }
            }
        }
        unmet.sort();
        // Those that have no cell in common cost each its cheapest cell.
        let mut least: u64 = 0;
        let mut counted = Cells::none(self.search.group);
        for (_, free) in &unmet {
            if !free.meets(&counted) {
                let cheapest = free.iter().map(|at| self.search.cost(at)).min();
                least = least.saturating_add(cheapest.unwrap_or(0));
                counted.join(free);
            }
        }
        let smallest = unmet.into_iter().next().map(|(_, free)| free);
        Ok(Some((least, smallest)))
    }
}
