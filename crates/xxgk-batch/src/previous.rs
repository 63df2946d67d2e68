//! The records of the year before, which those of this year are held against.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_buffer::BooleanBufferBuilder;
use xxgk::Form;
use xxgk::batch::{Column, Failure, Plan, Tally};

use crate::bind::{Binding, Bound, Mapping};
use crate::blank::Blanks;
use crate::cells::Cells;
use crate::check::{Unread, read};
use crate::error::BatchError;
use crate::input::{Input, Pace};
use crate::key::{Fingerprint, Fingerprints, Identity};

/// The rules between years, and what they speak of in the records of the year before. It is held in memory: a few bytes for each
/// of these cells, and for each key.
#[derive(Debug)]
pub struct Previous {
    plan: Plan,
    /// By the key of the record, its place in the columns; `None` where several records have that key.
    places: HashMap<Fingerprint, Option<u32>>,
    /// The cells that the rules speak of, by key.
    columns: Vec<(Arc<str>, Kept)>,
    records: u32,
}

/// Why the rules between years are not asked of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// There is no record of its key in the year before.
    None,
    /// There are several, and which is meant is not known.
    Several,
    /// It has no key; or no year, where a column says it.
    Unnamed,
}

/// What is told of a file of the year before.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// How many records it has.
    pub records: u64,
    /// The keys of the cells that the rules between years speak of and no column stands for.
    pub blank: Vec<String>,
    /// How many values are none that the cell can hold: they are blank.
    pub wrong: u64,
    /// The first value that is no number, and the number of its record, from 1.
    pub unread: Option<(u64, Unread)>,
}

/// What the comparison has found.
pub(crate) struct Compared {
    pub tallies: Vec<Tally>,
    /// By record, and then by rule between years.
    pub failures: Vec<Failure>,
    pub alone: Vec<(usize, Alone)>,
}

/// The cells of an indicator that are kept, in units of 10^−`decimals`.
#[derive(Debug)]
struct Kept {
    decimals: u32,
    there: BooleanBufferBuilder,
    /// As far as all fit in 64 bits, they are here; else in `long`.
    short: Vec<i64>,
    long: Vec<i128>,
}

impl Kept {
    fn new(decimals: u32) -> Self {
        Kept {
            decimals,
            there: BooleanBufferBuilder::new(0),
            short: Vec::new(),
            long: Vec::new(),
        }
    }

    fn push(&mut self, value: Option<i128>) {
        self.there.append(value.is_some());
        let value = value.unwrap_or(0);
        match i64::try_from(value) {
            Ok(value) if self.long.is_empty() => self.short.push(value),
            _ => {
                self.long.extend(self.short.drain(..).map(i128::from));
                self.long.push(value);
            }
        }
    }

    fn get(&self, at: usize) -> Option<i128> {
        if at >= self.there.len() || !self.there.get_bit(at) {
            return None;
        }
        let short = self.short.get(at).copied().map(i128::from);
        short.or_else(|| self.long.get(at).copied())
    }

    fn append(&mut self, other: &Kept) {
        for at in 0..other.there.len() {
            self.push(other.get(at));
        }
    }

    fn column(&self) -> Column<'_> {
        let column = match self.long.is_empty() {
            true => Column::from(&self.short[..]),
            false => Column::from(&self.long[..]),
        };
        let column = column.decimals(self.decimals);
        column.valid(self.there.as_slice(), 0)
    }
}

/// What is kept of some records.
struct Part {
    keys: Fingerprints,
    cells: Vec<Kept>,
    wrong: u64,
    unread: Option<(u64, Unread)>,
}

impl Previous {
    /// No records yet, for the rules between years of a form.
    #[must_use]
    pub fn new(form: &Arc<Form>) -> Self {
        let plan = Plan::between_years(form);
        let keys: Vec<Arc<str>> = plan.previous_keys().map(Into::into).collect();
        let decimals = |key: &str| {
            let cell = form.cell(key).and_then(|cell| form.indicator(cell));
            cell.map_or(0, |cell| Bound::decimals(cell.kind()))
        };
        let columns = keys.into_iter().map(|key| {
            let kept = Kept::new(decimals(&key));
            (key, kept)
        });
        Previous {
            columns: columns.collect(),
            plan,
            places: HashMap::new(),
            records: 0,
        }
    }

    /// The rules between years.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The slots of this year's table that they speak of.
    pub(crate) fn slots(&self) -> impl Iterator<Item = usize> {
        let slots = self.plan.rules().iter();
        let slots = slots.flat_map(|rule| rule.instance().slots().iter().copied());
        slots.filter(|slot| self.plan.form().slot_key(*slot).is_some())
    }

    /// Adds the records of a file, and tells of them.
    ///
    /// # Errors
    /// Why it is not read to its end; where fewer than half of the cells that are asked of it have a column, and `partial` does
    /// not allow that.
    pub fn add(
        &mut self,
        input: Input,
        mapping: &Mapping,
        identity: Identity<'_>,
        blanks: &Blanks,
        partial: bool,
        pace: Pace,
    ) -> Result<Told, BatchError> {
        let form = self.plan.form();
        let used = self.columns.iter().filter_map(|(key, _)| form.cell(key));
        let binding = Binding::new(form, input.schema(), mapping, identity, used.collect())?;
        if !partial {
            binding.enough(form)?;
        }
        let key_of = |cell: &usize| form.indicator(*cell).map(|it| it.key().to_owned());
        let mut told = Told {
            blank: binding.blank.iter().filter_map(key_of).collect(),
            ..Told::default()
        };
        let plan = self.plan.clone();
        let map = |first, batch: &RecordBatch| part(&plan, &binding, batch, blanks, first);
        input.read(&binding, pace, map, |part| {
            told.records += part.keys.each().count() as u64;
            told.wrong += part.wrong;
            if told.unread.is_none() {
                told.unread = part.unread;
            }
            self.keep(&binding, &part.keys, &part.cells)
        })?;
        Ok(told)
    }

    /// Adds the cells of some records, as they are bound.
    fn keep(
        &mut self,
        binding: &Binding,
        keys: &Fingerprints,
        cells: &[Kept],
    ) -> Result<(), BatchError> {
        for key in keys.each() {
            let place = self.records;
            self.records = place.checked_add(1).ok_or(BatchError::TooMany)?;
            let Some(key) = key else { continue };
            match self.places.entry(key) {
                Entry::Vacant(entry) => _ = entry.insert(Some(place)),
                Entry::Occupied(mut entry) => _ = entry.insert(None),
            }
        }
        for (key, kept) in &mut self.columns {
            let bound = binding.bound.iter().zip(cells);
            match bound.into_iter().find(|(bound, _)| *bound.key == **key) {
                Some((_, cells)) => kept.append(cells),
                None => keys.each().for_each(|_| kept.push(None)),
            }
        }
        Ok(())
    }

    /// Holds records against those of the year before, whose keys are given: the cells of the former, as they are bound.
    pub(crate) fn compare<'c>(
        &self,
        before: &Fingerprints,
        cells: impl Iterator<Item = (&'c Bound, &'c Cells<'c>)>,
    ) -> Result<Compared, BatchError> {
        let (mut pairs, mut alone) = (Vec::new(), Vec::new());
        for (record, key) in before.each().enumerate() {
            match key.map(|key| self.places.get(&key).copied()) {
                Some(Some(Some(place))) => pairs.push((record, place as usize)),
                Some(Some(None)) => alone.push((record, Alone::Several)),
                Some(None) => alone.push((record, Alone::None)),
                None => alone.push((record, Alone::Unnamed)),
            }
        }
        let keys: Vec<&str> = self.plan.keys().collect();
        let now = cells.filter(|(bound, _)| keys.contains(&&*bound.key));
        let now: Vec<(&str, Kept)> = now
            .map(|(bound, cells)| (&*bound.key, picked(bound, cells, &pairs)))
            .collect();
        let then = self.columns.iter().map(|(key, kept)| {
            let mut picked = Kept::new(kept.decimals);
            pairs
                .iter()
                .for_each(|(_, place)| picked.push(kept.get(*place)));
            (key, picked)
        });
        let then: Vec<(&Arc<str>, Kept)> = then.collect();
        let mut columns = self.plan.columns(pairs.len());
        for (key, kept) in &now {
            let set = columns.set(key, kept.column());
            set.map_err(|_| BatchError::OtherColumns)?;
        }
        for (key, kept) in &then {
            let set = columns.set_previous(key, kept.column());
            set.map_err(|_| BatchError::OtherColumns)?;
        }
        let mut failures = Vec::new();
        let tallies = columns.list(&mut failures);
        for failure in &mut failures {
            if let Some((record, _)) = pairs.get(failure.record) {
                failure.record = *record;
            }
        }
        Ok(Compared {
            tallies,
            failures,
            alone,
        })
    }
}

/// The cells of the records that are compared.
fn picked(bound: &Bound, cells: &Cells<'_>, pairs: &[(usize, usize)]) -> Kept {
    let mut kept = Kept::new(bound.decimals);
    for (record, _) in pairs {
        kept.push(cells.value(*record, bound.decimals));
    }
    kept
}

/// What is kept of a batch, whose first record has a number.
fn part(
    plan: &Plan,
    binding: &Binding,
    batch: &RecordBatch,
    blanks: &Blanks,
    first: u64,
) -> Result<Part, BatchError> {
    let columns = read(binding, batch.schema_ref(), batch, blanks)?;
    let records = batch.num_rows();
    let mut before = plan.columns(records);
    let mut kept = Vec::with_capacity(binding.bound.len());
    for (bound, cells) in binding.bound.iter().zip(&columns.cells) {
        let set = before.set_previous(&bound.key, cells.column());
        set.map_err(|_| BatchError::OtherColumns)?;
        let mut of_column = Kept::new(bound.decimals);
        (0..records).for_each(|record| of_column.push(cells.value(record, bound.decimals)));
        kept.push(of_column);
    }
    let wrong = columns.wrong.len() + before.out_of_domain().len();
    let named = |at: Option<usize>| at.and_then(|at| batch.columns().get(at)).map(|it| &**it);
    let keys = named(binding.key).map(|keys| Fingerprints::of(keys, named(binding.year)));
    let unread = columns.unread;
    Ok(Part {
        keys: keys.unwrap_or_default(),
        cells: kept,
        wrong: wrong as u64,
        unread: unread.map(|unread| (first + unread.record as u64, unread)),
    })
}
