//! Documents: the tables in them, and what is found of these.

use std::sync::Arc;

use pyo3::prelude::*;
use xxgk::edit::{Apply, apply, impute};
use xxgk::form::Form;
use xxgk::{Lang, LastYear, Options, Reading, read_document};
use xxgk_show::html::{self, Page};
use xxgk_show::message::message;

use crate::XxgkError;
use crate::arrow::stream;
use crate::forms::Forms;
use crate::json::object;

mod cells;

/// A table as it was read from a document; or the document itself, where none could be.
#[pyclass(frozen, module = "xxgk._xxgk")]
#[derive(Debug)]
pub struct Table {
    /// `None` where the bytes are no document that is read.
    reading: Option<Reading>,
    /// What was found of it without any comparison.
    report: xxgk::Report,
    source: Arc<Source>,
}

/// Where tables come from.
#[derive(Debug)]
struct Source {
    text: String,
    forms: Vec<Arc<Form>>,
    lang: Lang,
}

/// Reads the tables of a document: one at least, which says so where there is none.
#[pyfunction]
#[pyo3(signature = (name, data, forms, carried_in=0, carried_out=0))]
pub fn read(
    py: Python<'_>,
    name: &str,
    data: &[u8],
    forms: &Forms,
    carried_in: u64,
    carried_out: u64,
) -> Vec<Table> {
    let carried = [("carried_in", carried_in), ("carried_out", carried_out)];
    py.detach(|| tables(name, data, forms, carried))
}

fn tables(name: &str, data: &[u8], forms: &Forms, carried: [(&str, u64); 2]) -> Vec<Table> {
    let source = |text: &str| {
        Arc::new(Source {
            text: text.to_owned(),
            forms: forms.forms.clone(),
            lang: forms.lang,
        })
    };
    let document = match xxgk_read::read(data) {
        Ok(document) => document,
        Err(error) => {
            let mut report = xxgk::Report::not_read(error.message());
            report.source = Some(name.to_owned());
            return vec![Table {
                reading: None,
                report,
                source: source(""),
            }];
        }
    };
    let mut readings: Vec<Reading> =
        read_document(&document, &forms.forms, &Options::default()).collect();
    let several = readings.len() > 1;
    for record in readings.iter_mut().filter_map(|it| it.record.as_mut()) {
        for (key, count) in carried {
            // A form that has rows for them has no such parameter.
            _ = record.declare(key, count);
        }
    }
    let source = source(document.text());
    let tables = (1..).zip(readings).map(|(number, reading)| {
        let mut report = reading.check();
        report.source = Some(name.to_owned());
        report.table = several.then_some(number);
        Table {
            reading: Some(reading),
            report,
            source: source.clone(),
        }
    });
    tables.collect()
}

#[pymethods]
impl Table {
    /// The id of the form; None where no table could be read.
    #[getter]
    fn form(&self) -> Option<&str> {
        self.report.form.as_deref()
    }

    /// The year that the document says.
    #[getter]
    fn year(&self) -> Option<u16> {
        self.report.year
    }

    /// The agency that the document names.
    #[getter]
    fn agency(&self) -> Option<&str> {
        self.report.agency.as_deref()
    }

    /// The cells, nested by their keys: a blank is None, an amount a text. None where no table could be read.
    #[getter]
    fn cells<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let record = self.record();
        record.map(|record| object(py, record)).transpose()
    }

    /// Checks the table, beside that of the year before where one is given.
    #[pyo3(signature = (previous=None))]
    fn check(&self, py: Python<'_>, previous: Option<(String, Vec<u8>)>) -> PyResult<Report> {
        py.detach(|| self.checked(previous))
    }

    /// Fills in the blank cells that the rules leave one value: the cells, what was filled in and why, and between which values
    /// the others lie.
    fn impute<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(record) = self.record() else {
            return Ok(None);
        };
        let imputation = py.detach(|| impute(record));
        object(py, &cells::imputed(&imputation)).map(Some)
    }

    /// A row a cell, for frames: key, code, label, unit, value, place.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let batch = cells::frame(self.reading.as_ref(), self.source.lang)
            .map_err(|error| XxgkError::new_err(error.to_string()))?;
        stream(py, batch.schema(), vec![batch], requested_schema)
    }

    fn __repr__(&self) -> String {
        let form = self.form().unwrap_or("None");
        let year = self
            .year()
            .map_or("None".to_owned(), |year| year.to_string());
        format!("<xxgk.Table form={form} year={year}>")
    }
}

impl Table {
    fn record(&self) -> Option<&xxgk::Record> {
        self.reading.as_ref()?.record.as_ref()
    }

    fn checked(&self, previous: Option<(String, Vec<u8>)>) -> PyResult<Report> {
        let lang = self.source.lang;
        let mut report = self.report.clone();
        if let (Some((name, data)), Some(reading)) = (previous, &self.reading) {
            let document = xxgk_read::read(&data)
                .map_err(|error| refused(&name, error.message().get(lang)))?;
            let last_year = LastYear::read(&document, &self.source.forms, &name)
                .map_err(|report| refused(&name, &xxgk_show::words::summary(&report, lang)))?;
            last_year
                .compare(reading, &mut report)
                .map_err(|unlike| refused(&name, unlike.reason(lang)))?;
        }
        Ok(Report {
            report,
            reading: self.reading.clone(),
            source: self.source.clone(),
        })
    }
}

fn refused(name: &str, why: &str) -> PyErr {
    XxgkError::new_err(format!("{name}: {why}"))
}

/// What was found of a table.
#[pyclass(frozen, module = "xxgk._xxgk")]
#[derive(Debug)]
pub struct Report {
    report: xxgk::Report,
    reading: Option<Reading>,
    source: Arc<Source>,
}

#[pymethods]
impl Report {
    /// All of it, as `xxgk check --format json --verbose` writes it (docs/schema/report.schema.json).
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.report.view(self.source.lang, true))
    }

    /// The page of `xxgk check --format html`.
    fn to_html(&self) -> String {
        let mut page = Page::new(self.source.lang);
        page.add(&html::Table {
            report: &self.report,
            reading: self.reading.as_ref(),
            text: &self.source.text,
        });
        page.whole()
    }

    /// The same for a notebook, in a frame of its own: its style does not reach what stands around it.
    fn _repr_html_(&self) -> String {
        let page = self.to_html().replace('&', "&amp;").replace('"', "&quot;");
        format!(
            "<iframe sandbox srcdoc=\"{page}\" style=\"width:100%;height:40em;border:0\"></iframe>"
        )
    }

    /// The corrections that leave no choice, applied: the cells, and what was changed. With `unique`, also those of which only
    /// the cells are known to be wrong: they become blank. None where no table could be read.
    #[pyo3(signature = (unique=false))]
    fn repair<'py>(&self, py: Python<'py>, unique: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(record) = self.reading.as_ref().and_then(|it| it.record.as_ref()) else {
            return Ok(None);
        };
        let which = if unique {
            Apply::Unique
        } else {
            Apply::Determined
        };
        let applied = apply(record, &self.report.corrections, which);
        object(py, &cells::repaired(&applied)).map(Some)
    }

    fn __str__(&self) -> String {
        let form = self.reading.as_ref().and_then(|it| it.form.as_deref());
        message(&self.report, form, self.source.lang)
    }
}
