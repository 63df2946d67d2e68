//! Error localisation: which cells to change.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::group::{Group, groups};
use super::search::{Cells, Cluster, Search};
use super::single::{Looked, Single};
use crate::check::cells;
use crate::form::Form;
use crate::integer::{Limit, Work};
use crate::record::{Record, RecordError};
use crate::report::correction::{CellSet, Certainty, Change, Correction};

/// What is done at most for one record, in terms of constraints that are looked at: some tenths of a second.
pub(super) const WORK: u64 = 20_000_000;

/// Finds what to correct in the records of one form: **all** sets of cells of the smallest weight whose change lets every
/// hard rule hold (the principle of Fellegi and Holt), with the exact range of each cell.
///
/// Every cell weighs 1 unless it is said otherwise, so that the smallest weight is the fewest cells. Blank cells cost
/// nothing: they are free to have any value that the rules allow.
///
/// ```
/// use xxgk::edit::Localiser;
/// use xxgk::{Certainty, Record, Value};
/// # use xxgk::{Table, nine_category::NineCategory};
/// # let form = NineCategory::form();
/// let mut record = Record::new(form.clone());
/// for (key, count) in [("total", 27), ("on_time", 23), ("extended", 3)] {
///     record.set(&format!("requests.closed.{key}"), Some(Value::Count(count)))?;
/// }
/// let localiser = Localiser::new(form);
/// let corrections = localiser.localise(&record);
/// assert_eq!(*corrections[0].rules[0], *"R302");
/// assert_eq!(corrections[0].certainty, Certainty::Alternatives);
/// let to: Vec<_> = corrections[0].sets.iter().map(|set| set.cells[0].to().unwrap().to_string()).collect();
/// assert_eq!(to, ["26", "24", "4"]);
///
/// // Another rule says how many were closed.
/// record.set("requests.answered.total", Some(Value::Count(27)))?;
/// record.set("requests.received.total", Some(Value::Count(27)))?;
/// assert_eq!(localiser.localise(&record)[0].sets.len(), 2);
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Localiser {
    form: Arc<Form>,
    groups: Vec<Group>,
    /// By cell; all alike where there are none.
    weights: Vec<NonZeroU32>,
    work: u64,
}

impl Localiser {
    /// For records of this form.
    #[must_use]
    pub fn new(form: &Arc<Form>) -> Self {
        Localiser {
            form: form.clone(),
            groups: groups(form),
            weights: Vec::new(),
            work: WORK,
        }
    }

    /// What it costs to change a cell: more for one that is more surely right.
    ///
    /// # Errors
    /// Where the form has no cell of that key.
    pub fn weigh(mut self, key: &str, weight: NonZeroU32) -> Result<Self, RecordError> {
        let Some(cell) = self.form.cell(key) else {
            return Err(RecordError::UnknownKey {
                form: self.form.id().to_owned(),
                key: key.to_owned(),
            });
        };
        self.weights.resize(self.form.cells(), NonZeroU32::MIN);
        if let Some(of_cell) = self.weights.get_mut(cell) {
            *of_cell = weight;
        }
        Ok(self)
    }

    /// How much is done for one record before it is given up, in terms of constraints that are looked at. The default is
    /// some tenths of a second.
    #[must_use]
    pub fn with_work(mut self, terms: u64) -> Self {
        self.work = terms;
        self
    }

    /// The corrections of a record of the form: none where every hard rule holds, and where blank cells leave rules open
    /// that some values of theirs would satisfy.
    #[must_use]
    pub fn localise(&self, record: &Record) -> Vec<Correction> {
        self.localise_weighted(record, &self.weights)
    }

    /// As [`localise`](Self::localise), with weights for this record, one a cell in form order; those that are missing
    /// are 1.
    #[must_use]
    pub fn localise_weighted(&self, record: &Record, weights: &[NonZeroU32]) -> Vec<Correction> {
        let (values, _) = cells(record);
        let mut work = Work::new(self.work);
        let mut corrections = Vec::new();
        for group in &self.groups {
            let search = Search {
                form: &self.form,
                group,
                values: &values,
                weights,
            };
            match group.look(&self.form, &values) {
                Looked::Holds => {}
                Looked::Fails(rules, singles) => match search.cheapest(singles) {
                    Some(singles) => corrections.push(self.single(group, rules, &singles, &values)),
                    None => self.search(&search, &mut work, &mut corrections),
                },
                Looked::Open => self.search(&search, &mut work, &mut corrections),
            }
        }
        corrections
    }

    /// The correction by cells each of which is enough.
    fn single(
        &self,
        group: &Group,
        edits: Vec<usize>,
        singles: &[Single],
        values: &[Option<i128>],
    ) -> Correction {
        let sets = singles.iter().filter_map(|it| {
            let cells = vec![self.change(it.cell, [it.least, it.most], values)?];
            Some(CellSet {
                cells,
                diagnosis: Vec::new(),
            })
        });
        correction(group, edits, sets.collect())
    }

    fn search(&self, search: &Search<'_>, work: &mut Work, corrections: &mut Vec<Correction>) {
        let group = search.group;
        let limit = |edits| Correction {
            certainty: Certainty::Limit,
            ..correction(group, edits, Vec::new())
        };
        let Ok(conflicts) = search.conflicts(work) else {
            corrections.push(limit((0..group.edits.len()).collect()));
            return;
        };
        let edits = conflicts.iter().flat_map(|conflict| &conflict.edits);
        let edits: Vec<usize> = edits.copied().collect();
        match search.clusters(conflicts, work) {
            Err(Limit) => corrections.push(limit(edits)),
            Ok(clusters) => {
                for cluster in &clusters {
                    self.cluster(search, cluster, work, corrections, &limit);
                }
            }
        }
    }

    /// The corrections of conflicts that have to do with each other: one where there are no sets, else one for each part of
    /// them that is independent of the others.
    fn cluster(
        &self,
        search: &Search<'_>,
        cluster: &Cluster,
        work: &mut Work,
        corrections: &mut Vec<Correction>,
        limit: &dyn Fn(Vec<usize>) -> Correction,
    ) {
        if cluster.sets.is_empty() {
            let contradiction = cluster.contradiction().unwrap_or_default().to_vec();
            corrections.push(correction(search.group, contradiction, Vec::new()));
        }
        for factor in search.factors(cluster) {
            let roots = cluster.roots.iter();
            let roots = roots.filter(|root| root.cells.meets(&factor));
            let edits: Vec<usize> = roots.flat_map(|root| &root.edits).copied().collect();
            let sets = cluster.sets.iter().map(|set| set.within(&factor));
            let mut sets: Vec<Cells> = sets.collect();
            sets.sort_by_cached_key(|set| search.cells(set));
            sets.dedup();
            let sets = sets.iter().map(|set| self.set(search, set, work));
            corrections.push(match sets.collect::<Result<Vec<_>, _>>() {
                Ok(sets) => correction(search.group, edits, sets),
                Err(Limit) => limit(edits),
            });
        }
    }

    /// A set with the range of each of its cells.
    fn set(&self, search: &Search<'_>, set: &Cells, work: &mut Work) -> Result<CellSet, Limit> {
        let cells = search.cells(set);
        let part = search.group.part(&self.form, search.values, &cells)?;
        let mut changes = Vec::with_capacity(cells.len());
        for (variable, cell) in cells.into_iter().enumerate() {
            let range = part.system.range(variable, work)?.ok_or(Limit)?;
            changes.push(self.change(cell, range, search.values).ok_or(Limit)?);
        }
        Ok(CellSet {
            cells: changes,
            diagnosis: Vec::new(),
        })
    }

    fn change(&self, cell: usize, range: [i128; 2], values: &[Option<i128>]) -> Option<Change> {
        let indicator = self.form.indicator(cell)?;
        let value = |integer| indicator.kind().value(integer);
        Some(Change {
            cell,
            key: indicator.key.clone(),
            name: indicator.name.clone(),
            from: value((*values.get(cell)?)?)?,
            least: value(range[0])?,
            most: value(range[1])?,
        })
    }
}

/// The correction of rules, by their numbers in the group, with all of its sets.
fn correction(group: &Group, mut edits: Vec<usize>, sets: Vec<CellSet>) -> Correction {
    edits.sort_unstable();
    edits.dedup();
    let edits = edits.into_iter().filter_map(|edit| group.edits.get(edit));
    let determined = |set: &CellSet| set.cells.iter().all(|cell| cell.to().is_some());
    Correction {
        rules: edits.map(|edit| edit.id.clone()).collect(),
        certainty: match &sets[..] {
            [] => Certainty::Impossible,
            [set] if determined(set) => Certainty::Determined,
            [_] => Certainty::Unique,
            _ => Certainty::Alternatives,
        },
        sets,
    }
}
