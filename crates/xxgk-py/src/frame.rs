//! Frames: a record a row, a column an indicator.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int32Array, RecordBatch, RecordBatchReader, StringArray,
};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;
use rayon::prelude::*;
use serde::Serialize;
use xxgk::Severity;
use xxgk::batch::{Plan, Tally};
use xxgk::form::Form;
use xxgk_batch::{BatchError, Blanks, Checker, Mapping, fit};

use crate::XxgkError;
use crate::arrow::stream;
use crate::forms::Forms;
use crate::json::object;

/// So many records are one piece of work.
const PIECE: usize = 1 << 16;

/// What was found of the records of a frame: a frame itself, with a row a finding.
#[pyclass(frozen, module = "xxgk._xxgk")]
#[derive(Debug)]
pub struct Findings {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    plan: Plan,
    tallies: Vec<Tally>,
    records: usize,
}

/// What became of a rule.
#[derive(Serialize)]
struct Summed<'a> {
    rule: &'a str,
    severity: Severity,
    statement: &'a str,
    passed: u64,
    failed: u64,
    undetermined: u64,
}

/// Checks the records of a frame: anything with the Arrow C stream interface. `columns` names columns that are called otherwise,
/// by key, code or label of their indicator; `key` is the column that names the records; `blanks` are texts that stand for a blank.
#[pyfunction]
#[pyo3(signature = (frame, forms, columns, key, blanks))]
pub fn check_frame(
    py: Python<'_>,
    frame: PyRecordBatchReader,
    forms: &Forms,
    columns: Mapping,
    key: Option<&str>,
    blanks: Vec<String>,
) -> PyResult<Findings> {
    let reader = frame.into_reader()?;
    let found = py.detach(|| checked(reader, forms, &columns, key, &Blanks::new(blanks)));
    found.map_err(|error| {
        XxgkError::new_err(match error {
            Wrong::Records(error) => error.message().get(forms.lang).to_owned(),
            Wrong::Form => forms
                .lang
                .pick(
                    "列名对几种表式同样符合，请用 form 指定",
                    "the columns fit several forms: name one by `form`",
                )
                .to_owned(),
            Wrong::Frame(error) => error.to_string(),
        })
    })
}

/// Why a frame is not checked.
enum Wrong {
    Records(BatchError),
    /// Its columns are as much those of one form as of another.
    Form,
    /// Whoever made the frame could not hand it over.
    Frame(ArrowError),
}

impl From<BatchError> for Wrong {
    fn from(error: BatchError) -> Self {
        Wrong::Records(error)
    }
}

impl From<ArrowError> for Wrong {
    fn from(error: ArrowError) -> Self {
        Wrong::Frame(error)
    }
}

fn checked(
    reader: Box<dyn RecordBatchReader + Send>,
    forms: &Forms,
    columns: &Mapping,
    key: Option<&str>,
    blanks: &Blanks,
) -> Result<Findings, Wrong> {
    let schema = reader.schema();
    let plan = Plan::new(best(forms, &schema, columns)?);
    let checker = Checker::new(&plan, &schema, columns, key)?.blanks(blanks);
    checker.enough()?;
    let writer = xxgk_batch::Findings::new(&checker, false)?;
    let mut first = 1;
    let mut pieces = Vec::new();
    for batch in reader {
        let batch = batch?;
        for from in (0..batch.num_rows()).step_by(PIECE) {
            let piece = batch.slice(from, PIECE.min(batch.num_rows() - from));
            let records = piece.num_rows();
            pieces.push((piece, first));
            first += records as u64;
        }
    }
    let done = pieces.into_par_iter().map(|(piece, first)| {
        let checked = checker.check(&piece, first)?;
        let findings = with_severity(&plan, &writer.batch(&checked, "")?)?;
        Ok((checked.tallies, findings))
    });
    let done: Vec<_> = done.collect::<Result<_, Wrong>>()?;
    let mut tallies = vec![Tally::default(); plan.rules().len()];
    let mut batches = Vec::with_capacity(done.len());
    for (of_piece, findings) in done {
        for (sum, tally) in tallies.iter_mut().zip(of_piece) {
            *sum += tally;
        }
        batches.push(findings);
    }
    Ok(Findings {
        schema: with_severity(&plan, &RecordBatch::new_empty(writer.schema().clone()))?.schema(),
        batches,
        tallies,
        records: usize::try_from(first - 1).unwrap_or(usize::MAX),
        plan,
    })
}

/// The form with the most indicators among the columns. Where none has any, the first is as good: the checker says so.
fn best<'f>(forms: &'f Forms, schema: &Schema, columns: &Mapping) -> Result<&'f Arc<Form>, Wrong> {
    let fits = forms
        .forms
        .iter()
        .map(|form| (form, fit(form, schema, columns)));
    let fits: Vec<(&Arc<Form>, usize)> = fits.collect();
    let most = fits.iter().map(|(_, fit)| *fit).max().unwrap_or(0);
    let mut fitting = fits.iter().filter(|(_, fit)| *fit == most);
    match (fitting.next(), fitting.next()) {
        (Some((form, _)), None) => Ok(form),
        (Some((form, _)), Some(_)) if most == 0 => Ok(form),
        _ => Err(Wrong::Form),
    }
}

/// Findings with a column that says how much each weighs. What is no rule's is hard.
fn with_severity(plan: &Plan, findings: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let soft = |rule: &i32| {
        let rule = usize::try_from(*rule)
            .ok()
            .and_then(|rule| plan.rules().get(rule));
        rule.is_some_and(|it| it.rule().severity() == Severity::Soft)
    };
    let Some(at) = findings.schema_ref().index_of("rule").ok() else {
        return Ok(findings.clone());
    };
    let rules = findings.column(at).as_dictionary::<Int32Type>().keys();
    let keys: Int32Array = rules
        .values()
        .iter()
        .map(|rule| i32::from(soft(rule)))
        .collect();
    let words: ArrayRef = Arc::new(StringArray::from_iter_values(["hard", "soft"]));
    let severity = DictionaryArray::<Int32Type>::try_new(keys, words)?;
    let mut fields = findings.schema_ref().fields().to_vec();
    let mut columns = findings.columns().to_vec();
    fields.insert(
        at + 1,
        Field::new("severity", severity.data_type().clone(), false).into(),
    );
    columns.insert(at + 1, Arc::new(severity));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

#[pymethods]
impl Findings {
    /// How many records were checked.
    #[getter]
    fn records(&self) -> usize {
        self.records
    }

    /// The id of the form.
    #[getter]
    fn form(&self) -> &str {
        self.plan.form().id()
    }

    /// What became of each rule: a list of dictionaries.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let rules = self.plan.rules().iter().zip(&self.tallies);
        let rules = rules.map(|(rule, tally)| Summed {
            rule: rule.instance().id(),
            severity: rule.rule().severity(),
            statement: rule.instance().text(),
            passed: tally.passed,
            failed: tally.failed,
            undetermined: tally.undetermined,
        });
        object(py, &rules.collect::<Vec<_>>())
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// A row a finding: record, rule, severity, residual, indicator.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        stream(
            py,
            self.schema.clone(),
            self.batches.clone(),
            requested_schema,
        )
    }

    fn __repr__(&self) -> String {
        let (records, findings) = (self.records, self.__len__());
        format!(
            "<xxgk.Findings form={} records={records} findings={findings}>",
            self.form()
        )
    }
}
