//! Batches of records against the rules.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema, SchemaRef};
use xxgk::FindingKind;
use xxgk::batch::{Failure, OutOfDomain, Plan, Tally};

use crate::bind::{Binding, Mapping};
use crate::blank::Blanks;
use crate::cells::{Read, cells, shown};
use crate::error::{BatchError, Problem};

/// The rules of a form, bound to the columns of a schema.
#[derive(Clone, Debug)]
pub struct Checker<'p> {
    plan: &'p Plan,
    binding: Binding,
    schema: SchemaRef,
    blanks: Blanks,
}

/// A value that is no number, or not an exact one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The record, numbered as in [`OutOfDomain`].
    pub record: usize,
    /// The column.
    pub column: String,
    /// The value as it stands there.
    pub value: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What was found on some records.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The number of the first of them, from 1.
    pub first: u64,
    /// How many they are.
    pub records: usize,
    /// What became of each rule of the plan.
    pub tallies: Vec<Tally>,
    /// The rules that do not hold, by record, numbered from 0 here, and then by rule.
    pub failures: Vec<Failure>,
    /// The values that are no number, or that no cell can hold, by record. The rules take them for blanks.
    pub outside: Vec<OutOfDomain>,
    /// The first value that is no number, or not an exact one: they are among those of `outside`.
    pub unread: Option<Unread>,
    /// The values of the column that names the records, where there is one.
    pub keys: Option<ArrayRef>,
}

impl Checked {
    /// Adds that some records, by their numbers in order, were there before.
    pub fn twice(&mut self, records: &[usize]) {
        let [.., twice] = FindingKind::OF_RECORDS;
        self.outside
            .extend(records.iter().map(|record| OutOfDomain {
                record: *record,
                slot: usize::MAX,
                rule: twice.id,
            }));
        self.outside.sort_by_key(|it| (it.record, it.slot));
    }
}

impl<'p> Checker<'p> {
    /// Finds the column of each indicator that the rules speak of: by the mapping, or by one of its
    /// [`Names`](xxgk::form::Names). The parameters of the form are columns too, and 0 where there is none. `key` is the column
    /// whose values name the records.
    ///
    /// # Errors
    /// Where the mapping names what there is not, a name may mean several indicators, two columns stand for one, or none for
    /// any.
    pub fn new(
        plan: &'p Plan,
        schema: &Schema,
        mapping: &Mapping,
        key: Option<&str>,
    ) -> Result<Self, BatchError> {
        let binding = Binding::new(plan, schema, mapping, key)?;
        let schema = schema
            .project(&binding.columns)
            .map_err(|_| BatchError::OtherColumns)?;
        Ok(Checker {
            plan,
            binding,
            schema: Arc::new(schema),
            blanks: Blanks::default(),
        })
    }

    /// The same, where these stand for a blank too.
    #[must_use]
    pub fn blanks(mut self, blanks: &Blanks) -> Self {
        self.blanks = blanks.clone();
        self
    }

    /// Whether there are columns for what the rules speak of.
    ///
    /// # Errors
    /// Where fewer than half of the indicators have one: the columns are likely to be called otherwise, and every rule would
    /// be left open.
    pub fn enough(&self) -> Result<(), BatchError> {
        self.binding.enough(self.plan.form())
    }

    /// The rules.
    #[must_use]
    pub fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// The keys of the indicators that the rules speak of and no column stands for: they are blank in every record.
    pub fn blank(&self) -> impl Iterator<Item = &'p str> {
        let cells = self.binding.blank.iter();
        cells.filter_map(|cell| Some(self.plan.form().indicator(*cell)?.key()))
    }

    /// The type of the column that names the records.
    #[must_use]
    pub fn key_type(&self) -> Option<&DataType> {
        let at = self.binding.key?;
        self.schema.fields().get(at).map(|field| field.data_type())
    }

    /// The columns of the schema that are looked at, in its order.
    #[must_use]
    pub fn columns(&self) -> &[usize] {
        &self.binding.columns
    }

    /// Whether a column is an indicator's, and not only the name of the record; of those that are looked at.
    pub(crate) fn is_cells(&self, at: usize) -> bool {
        self.binding.bound.iter().any(|bound| bound.at == at) && self.binding.key != Some(at)
    }

    /// Checks records; `first` is the number of the first of them, from 1.
    ///
    /// # Errors
    /// Where a column is of a type that holds no numbers, or the batch has not the columns of the schema.
    pub fn check(&self, batch: &RecordBatch, first: u64) -> Result<Checked, BatchError> {
        let batch = batch
            .project(&self.binding.columns)
            .map_err(|_| BatchError::OtherColumns)?;
        self.check_projected(&batch, first)
    }

    /// Checks records of which only the columns that are looked at are there.
    pub(crate) fn check_projected(
        &self,
        batch: &RecordBatch,
        first: u64,
    ) -> Result<Checked, BatchError> {
        let names = |schema: &Schema| {
            let fields = schema.fields().iter();
            fields.map(|field| field.name().clone()).collect::<Vec<_>>()
        };
        let there = batch.schema_ref();
        if !Arc::ptr_eq(there, &self.schema) && names(there) != names(&self.schema) {
            return Err(BatchError::OtherColumns);
        }
        let records = batch.num_rows();
        let mut all = Vec::with_capacity(self.binding.bound.len());
        let (mut wrong, mut unread) = (Vec::new(), None);
        for bound in &self.binding.bound {
            let (Some(array), Some(field)) = (
                batch.columns().get(bound.at),
                self.schema.fields().get(bound.at),
            ) else {
                return Err(BatchError::OtherColumns);
            };
            let read = cells(array, bound.decimals, &self.blanks);
            let read = read.ok_or_else(|| BatchError::Type {
                column: field.name().clone(),
                found: array.data_type().to_string(),
            })?;
            wrong.extend(read.wrong.iter().map(|(record, problem)| OutOfDomain {
                record: *record,
                slot: bound.slot,
                rule: problem.kind(),
            }));
            unread = earlier(unread, first_unread(&read, array, field.name()));
            all.push((bound, read.cells));
        }
        let mut columns = self.plan.columns(records);
        for (bound, cells) in &all {
            // The keys are the plan's, and an array has as many values as its batch has rows.
            let set = columns.set(&bound.key, cells.column());
            set.map_err(|_| BatchError::OtherColumns)?;
        }
        let mut failures = Vec::new();
        let tallies = columns.list(&mut failures);
        let mut outside = columns.out_of_domain();
        if !wrong.is_empty() {
            outside.extend(wrong);
            outside.sort_unstable_by_key(|it| (it.record, it.slot));
        }
        Ok(Checked {
            first,
            records,
            tallies,
            failures,
            outside,
            unread,
            keys: self
                .binding
                .key
                .and_then(|at| batch.columns().get(at))
                .cloned(),
        })
    }
}

/// The first value of a column that is no number.
fn first_unread(read: &Read<'_>, array: &dyn Array, column: &str) -> Option<Unread> {
    let (record, problem) = read.wrong.first().copied()?;
    Some(Unread {
        record,
        column: column.to_owned(),
        value: shown(array, record),
        problem,
    })
}

/// The one of the earlier record; of one record, the first.
fn earlier(one: Option<Unread>, other: Option<Unread>) -> Option<Unread> {
    match (one, other) {
        (Some(one), Some(other)) if other.record < one.record => Some(other),
        (one, other) => one.or(other),
    }
}
