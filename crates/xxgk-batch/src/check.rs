//! Batches of records against the rules.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema, SchemaRef};
use xxgk::batch::{Failure, OutOfDomain, Plan, Tally};

use crate::bind::{Binding, Mapping};
use crate::cells::{Unfit, Wrong, cells};
use crate::error::BatchError;

/// The rules of a form, bound to the columns of a schema.
#[derive(Clone, Debug)]
pub struct Checker<'p> {
    plan: &'p Plan,
    binding: Binding,
    schema: SchemaRef,
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
    /// The values that no cell can hold, by record. The rules take them for blanks.
    pub outside: Vec<OutOfDomain>,
    /// The values of the column that names the records, where there is one.
    pub keys: Option<ArrayRef>,
}

impl<'p> Checker<'p> {
    /// Finds the column of each indicator that the rules speak of: by the mapping, by its key
    /// (`requests.received.total`), or by its code (`3.1`). The parameters of the form are columns too, and 0 where there is
    /// none. `key` is the column whose values name the records.
    ///
    /// # Errors
    /// Where the mapping names what there is not, a column stands for two indicators or two for one, or none for any.
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
        })
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
    /// Where a value is no number or not exact, or the batch has not the columns of the schema.
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
        for bound in &self.binding.bound {
            let (Some(array), Some(field)) = (
                batch.columns().get(bound.at),
                self.schema.fields().get(bound.at),
            ) else {
                return Err(BatchError::OtherColumns);
            };
            let column = field.name();
            let cells = cells(array, bound.decimals).map_err(|unfit| match unfit {
                Unfit::Type => BatchError::Type {
                    column: column.clone(),
                    found: array.data_type().to_string(),
                },
                Unfit::Value(row, Wrong { value, problem }) => BatchError::Cell {
                    record: first + row as u64,
                    column: column.clone(),
                    value,
                    problem,
                },
            })?;
            all.push((bound, cells));
        }
        let mut columns = self.plan.columns(records);
        for (bound, cells) in &all {
            // The keys are the plan's, and an array has as many values as its batch has rows.
            let set = columns.set(&bound.key, cells.column());
            set.map_err(|_| BatchError::OtherColumns)?;
        }
        let mut failures = Vec::new();
        let tallies = columns.list(&mut failures);
        Ok(Checked {
            first,
            records,
            tallies,
            failures,
            outside: columns.out_of_domain(),
            keys: self
                .binding
                .key
                .and_then(|at| batch.columns().get(at))
                .cloned(),
        })
    }
}
