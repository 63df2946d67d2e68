//! `xxgk check`: every input in order, whatever becomes of the others.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use xxgk::edit::diagnose;
use xxgk::form::Form;
use xxgk::{Document, Lang, Options, Reading, Report, read_document, series};

use crate::Status;
use crate::args::{BesideArgs, Check, Switch};
use crate::input;
use crate::output::Output;
use crate::render::Source;
use crate::work::Work;

/// One table, checked.
pub struct Checked {
    pub report: Report,
    /// The report of the year before is not that of the year before.
    pub not_the_year_before: bool,
}

/// Checks the inputs and writes what was found.
pub fn run(
    args: &Check,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let inputs = input::expand(&args.inputs);
    if inputs.is_empty() {
        eprintln!("xxgk: {}", input::nothing(lang));
        return Ok(Status::Unreadable);
    }
    let options = Options {
        value_column: args.column.clone(),
        prose: args.prose == Switch::On,
    };
    let path = args.beside.previous.as_deref();
    let previous = match path.map(|path| (path, previous(path, forms))) {
        None => None,
        Some((_, Ok(reading))) => Some(reading),
        Some((path, Err(report))) => {
            let mut output = Output::new(&args.output, forms, lang, out)?;
            output.write(path, *report, &mut Source::new(""))?;
            return output.close();
        }
    };
    let mut output = Output::new(&args.output, forms, lang, out)?;
    let checked = |mut reading: Reading| {
        declare(&mut reading, &args.beside);
        check(&reading, previous.as_ref())
    };
    let work = Work {
        inputs: &inputs,
        jobs: args.jobs,
        forms,
        options: &options,
    };
    work.tables(checked, |path, tables| {
        let (document, tables) = match tables {
            Ok(tables) => tables,
            Err(report) => {
                output.write(path, report, &mut Source::new(""))?;
                return output.end_input();
            }
        };
        let mut source = Source::new(document.text());
        for (number, mut checked) in tables {
            if let Some(previous) = previous.as_ref().filter(|_| checked.not_the_year_before) {
                output.refuse(&previous.not_the_year_before(path, lang));
            }
            checked.report.table = number;
            output.write(path, checked.report, &mut source)?;
        }
        output.end_input()
    })?;
    output.close()
}

/// Checks a table, also against that of the year before.
pub fn check(reading: &Reading, previous: Option<&Previous>) -> Checked {
    let mut report = reading.check();
    let follows = previous.is_none_or(|previous| follows(reading, previous));
    if let Some(previous) = previous.filter(|_| follows) {
        compare(&mut report, reading, previous);
    }
    Checked {
        report,
        not_the_year_before: !follows,
    }
}

/// Puts the carry-overs beside a table whose form has no row for them.
pub fn declare(reading: &mut Reading, beside: &BesideArgs) {
    let Some(record) = &mut reading.record else {
        return;
    };
    for (key, count) in [
        ("carried_in", beside.carried_in),
        ("carried_out", beside.carried_out),
    ] {
        if count > 0 {
            // A form that has rows for them has no such parameter.
            _ = record.declare(key, count);
        }
    }
}

/// The report of the year before, with its name.
pub struct Previous {
    name: String,
    reading: Reading,
}

/// Reads the report of the year before: the first table of the file that can be read, or the reading that says why there is
/// none.
pub fn previous(path: &Path, forms: &[Arc<Form>]) -> Result<Previous, Box<Report>> {
    let document = input::read(path).map_err(|error| error.report())?;
    let reading = first_table(&document, forms);
    if reading.record.is_none() {
        return Err(reading.check().into());
    }
    Ok(Previous {
        name: path.display().to_string(),
        reading,
    })
}

/// The first table of a document that can be read, or the reading that says why there is none.
pub fn first_table(document: &Document, forms: &[Arc<Form>]) -> Reading {
    let options = Options {
        prose: false,
        ..Options::default()
    };
    let mut first = None;
    for reading in read_document(document, forms, &options) {
        if reading.record.is_some() {
            return reading;
        }
        first.get_or_insert(reading);
    }
    first.unwrap_or_else(|| unreachable!("there is always one reading at least"))
}

impl Previous {
    pub fn not_the_year_before(&self, path: &Path, lang: Lang) -> String {
        let (name, path) = (&self.name, path.display());
        match lang {
            Lang::Zh => format!("{name} 不是 {path} 的上年报告，年度不相邻，未作比较"),
            Lang::En => format!("{name} is not of the year before {path}: they were not compared"),
        }
    }
}

/// Whether a table is of the year after, as far as both say their year.
fn follows(reading: &Reading, previous: &Previous) -> bool {
    match (previous.reading.year, reading.year) {
        (Some(before), Some(year)) => before + 1 == year,
        _ => true,
    }
}

/// Adds to a report what the comparison with the year before finds, also about its corrections.
fn compare(report: &mut Report, reading: &Reading, previous: &Previous) {
    let (Some(record), Some(before)) = (&reading.record, &previous.reading.record) else {
        return;
    };
    let mut found = series::compare(before, record, &previous.name);
    reading.locate(&mut found.findings, None);
    previous
        .reading
        .locate(&mut found.findings, Some(&previous.name));
    report.merge(found);
    diagnose(&mut report.corrections, record, Some(before));
}
