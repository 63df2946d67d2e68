//! Batches of records against the rules.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema, SchemaRef};
use xxgk::batch::{Failure, OutOfDomain, Plan, Planned, Tally};
use xxgk::{FindingKind, Form};

use crate::bind::{Binding, Mapping};
use crate::blank::Blanks;
use crate::cells::{Cells, Read, cells, shown};
use crate::correct::{Corrected, Corrector};
use crate::error::{BatchError, Problem};
use crate::key::{Fingerprints, Identity};
use crate::previous::{Alone, Previous};

/// The rules of a form, bound to the columns of a schema.
#[derive(Clone, Debug)]
pub struct Checker<'p> {
    plan: &'p Plan,
    binding: Binding,
    schema: SchemaRef,
    blanks: Blanks,
    previous: Option<&'p Previous>,
    corrector: Option<Corrector>,
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
    /// What became of each rule of the plan, and then of each rule between years: of the latter, in the records that have one
    /// of the year before.
    pub tallies: Vec<Tally>,
    /// The rules that do not hold, by record, numbered from 0 here, and then by rule.
    pub failures: Vec<Failure>,
    /// The values that are no number, or that no cell can hold, by record. The rules take them for blanks.
    pub outside: Vec<OutOfDomain>,
    /// The first value that is no number, or not an exact one: they are among those of `outside`.
    pub unread: Option<Unread>,
    /// The values of the column that names the records, where there is one.
    pub keys: Option<ArrayRef>,
    /// The values of the column that says of which year they are, likewise.
    pub years: Option<ArrayRef>,
    /// The records, in order, that the rules between years are not asked of, where they are asked.
    pub alone: Vec<(usize, Alone)>,
    /// What to correct, by record, where that is asked for.
    pub corrections: Vec<Corrected>,
}

impl Checked {
    /// What the records are known by; nothing where no column names them.
    #[must_use]
    pub fn fingerprints(&self) -> Fingerprints {
        let keys = self.keys.as_deref();
        keys.map_or_else(Fingerprints::default, |keys| {
            Fingerprints::of(keys, self.years.as_deref())
        })
    }

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
        let identity = Identity { key, year: None };
        Checker::beside(plan, schema, mapping, identity, None)
    }

    /// The same, where a column may say of which year each record is, and each is held against that of the year before, too.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn beside(
        plan: &'p Plan,
        schema: &Schema,
        mapping: &Mapping,
        identity: Identity<'_>,
        previous: Option<&'p Previous>,
    ) -> Result<Self, BatchError> {
        let form = plan.form();
        let rules = plan.rules().iter();
        let mut used: BTreeSet<usize> = rules
            .flat_map(|rule| rule.instance().slots().iter().copied())
            .collect();
        used.extend(previous.iter().flat_map(|it| it.slots()));
        let binding = Binding::new(form, schema, mapping, identity, used)?;
        let schema = schema
            .project(&binding.columns)
            .map_err(|_| BatchError::OtherColumns)?;
        Ok(Checker {
            plan,
            binding,
            schema: Arc::new(schema),
            blanks: Blanks::default(),
            previous,
            corrector: None,
        })
    }

    /// The same, where these stand for a blank too.
    #[must_use]
    pub fn blanks(mut self, blanks: &Blanks) -> Self {
        self.blanks = blanks.clone();
        self
    }

    /// The same, and says what to correct in each record whose hard rules do not hold.
    #[must_use]
    pub fn localise(mut self) -> Self {
        self.corrector = Some(Corrector::new(self.plan));
        self
    }

    /// Whether it says what to correct.
    pub(crate) fn corrects(&self) -> bool {
        self.corrector.is_some()
    }

    /// Whether there are columns for what the rules speak of.
    ///
    /// # Errors
    /// Where fewer than half of the indicators have one: the columns are likely to be called otherwise, and every rule would
    /// be left open.
    pub fn enough(&self) -> Result<(), BatchError> {
        self.binding.enough(self.plan.form())
    }

    /// The form.
    #[must_use]
    pub fn form(&self) -> &'p Arc<Form> {
        self.plan.form()
    }

    /// The rules, those between years behind the others.
    pub fn rules(&self) -> impl Iterator<Item = &'p Planned> + use<'p> {
        let years = self.previous.map_or(&[][..], |it| it.plan().rules());
        self.plan.rules().iter().chain(years)
    }

    /// The keys of the indicators that the rules speak of and no column stands for: they are blank in every record.
    pub fn blank(&self) -> impl Iterator<Item = &'p str> {
        let cells = self.binding.blank.iter();
        cells.filter_map(|cell| Some(self.plan.form().indicator(*cell)?.key()))
    }

    /// The type of the column that names the records.
    #[must_use]
    pub fn key_type(&self) -> Option<&DataType> {
        self.type_of(self.binding.key)
    }

    /// The type of the column that says of which year they are.
    #[must_use]
    pub fn year_type(&self) -> Option<&DataType> {
        self.type_of(self.binding.year)
    }

    fn type_of(&self, at: Option<usize>) -> Option<&DataType> {
        self.schema.fields().get(at?).map(|field| field.data_type())
    }

    /// The columns of the schema that are looked at, in its order.
    #[must_use]
    pub fn columns(&self) -> &[usize] {
        &self.binding.columns
    }

    pub(crate) fn binding(&self) -> &Binding {
        &self.binding
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
        let mut read = read(&self.binding, &self.schema, batch, &self.blanks)?;
        let mut columns = self.plan.columns(records);
        for (bound, cells) in self.binding.bound.iter().zip(&read.cells) {
            // The keys are the plan's, and an array has as many values as its batch has rows.
            let set = columns.set(&bound.key, cells.column());
            set.map_err(|_| BatchError::OtherColumns)?;
        }
        let mut failures = Vec::new();
        let mut tallies = columns.list(&mut failures);
        let corrector = self.corrector.as_ref();
        let corrections = corrector.map(|it| it.corrections(&columns, &failures, &tallies));
        let mut outside = columns.out_of_domain();
        if !read.wrong.is_empty() {
            outside.append(&mut read.wrong);
            outside.sort_unstable_by_key(|it| (it.record, it.slot));
        }
        let named = |at: Option<usize>| at.and_then(|at| batch.columns().get(at)).cloned();
        let (keys, years) = (named(self.binding.key), named(self.binding.year));
        let mut alone = Vec::new();
        if let (Some(previous), Some(keys)) = (self.previous, &keys) {
            let before = Fingerprints::before(keys, years.as_deref());
            let cells = self.binding.bound.iter().zip(&read.cells);
            let compared = previous.compare(&before, cells)?;
            let behind = compared.failures.into_iter().map(|failure| Failure {
                rule: failure.rule + tallies.len(),
                ..failure
            });
            failures.extend(behind);
            failures.sort_unstable_by_key(|it| (it.record, it.rule));
            tallies.extend(compared.tallies);
            alone = compared.alone;
        }
        Ok(Checked {
            first,
            records,
            tallies,
            failures,
            outside,
            unread: read.unread,
            keys,
            years,
            alone,
            corrections: corrections.unwrap_or_default(),
        })
    }
}

/// What stands in the columns of a batch.
pub(crate) struct Columns<'a> {
    /// The cells of each that is bound.
    pub cells: Vec<Cells<'a>>,
    /// The values that are no number, or not an exact one: they are blank.
    pub wrong: Vec<OutOfDomain>,
    /// The first of them.
    pub unread: Option<Unread>,
}

/// Reads the columns that are bound of a batch that has those of the schema.
pub(crate) fn read<'a>(
    binding: &Binding,
    schema: &Schema,
    batch: &'a RecordBatch,
    blanks: &'a Blanks,
) -> Result<Columns<'a>, BatchError> {
    let mut columns = Columns {
        cells: Vec::with_capacity(binding.bound.len()),
        wrong: Vec::new(),
        unread: None,
    };
    for bound in &binding.bound {
        let (Some(array), Some(field)) =
            (batch.columns().get(bound.at), schema.fields().get(bound.at))
        else {
            return Err(BatchError::OtherColumns);
        };
        let read = cells(array, bound.decimals, blanks);
        let read = read.ok_or_else(|| BatchError::Type {
            column: field.name().clone(),
            found: array.data_type().to_string(),
        })?;
        let wrong = read.wrong.iter().map(|(record, problem)| OutOfDomain {
            record: *record,
            slot: bound.slot,
            rule: problem.kind(),
        });
        columns.wrong.extend(wrong);
        let unread = columns.unread.take();
        columns.unread = earlier(unread, first_unread(&read, array, field.name()));
        columns.cells.push(read.cells);
    }
    Ok(columns)
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
