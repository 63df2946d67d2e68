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
use crate::shown::{PathShown, shown, tell};
use crate::work::Work;

/// One table, checked.
pub struct Checked {
    pub report: Report,
    /// Why it was not compared with the report that was given as that of the year before.
    pub unlike: Option<Unlike>,
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
        tell(input::nothing(lang));
        return Ok(Status::Unreadable);
    }
    let options = Options {
        prose: args.prose == Switch::On,
        report: args.report == Switch::On,
        ..args.read.options()
    };
    let path = args.beside.previous.as_deref();
    let previous = match path.map(|path| (path, previous(path, forms))) {
        None => None,
        Some((_, Ok(reading))) => Some(reading),
        Some((path, Err(report))) => {
            let mut output = Output::new(&args.output, forms, lang, out)?;
            output.unread(path, *report)?;
            return output.close();
        }
    };
    let mut output = Output::new(&args.output, forms, lang, out)?;
    let checked = |mut reading: Reading| {
        declare(&mut reading, &args.beside);
        (check(&reading, previous.as_ref()), reading)
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
                output.unread(path, report)?;
                return output.end_input();
            }
        };
        let mut source = Source::new(document.text());
        for (number, (mut checked, reading)) in tables {
            if let Some((previous, why)) = previous.as_ref().zip(checked.unlike) {
                output.refuse(&previous.refused(why, path, lang));
            }
            checked.report.table = number;
            let text = (document.text(), &mut source);
            output.write(path, checked.report, &reading, text)?;
        }
        output.end_input()
    })?;
    output.close()
}

/// Checks a table, also against that of the year before.
pub fn check(reading: &Reading, previous: Option<&Previous>) -> Checked {
    let mut report = reading.check();
    let previous = previous.filter(|_| reading.record.is_some());
    let before = previous.map(|previous| (previous, previous.before(reading)));
    if let Some((previous, Ok(before))) = before {
        compare(&mut report, reading, before, &previous.name);
    }
    Checked {
        report,
        unlike: before.and_then(|(_, before)| before.err()),
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

/// The report of the year before: the tables of a file, and its name.
pub struct Previous {
    name: String,
    tables: Vec<Reading>,
}

/// Reads the report of the year before: what can be read of a file, or the reading that says why there is nothing.
pub fn previous(path: &Path, forms: &[Arc<Form>]) -> Result<Previous, Box<Report>> {
    let document = input::read(path).map_err(|error| error.report())?;
    match tables(&document, forms) {
        Ok(tables) => Ok(Previous {
            name: path.display().to_string(),
            tables,
        }),
        Err(reading) => Err(reading.check().into()),
    }
}

/// The tables of a document that can be read, or the reading that says why there is none.
fn tables(document: &Document, forms: &[Arc<Form>]) -> Result<Vec<Reading>, Box<Reading>> {
    let options = Options {
        prose: false,
        report: false,
        ..Options::default()
    };
    let (mut read, mut other) = (Vec::new(), None);
    for reading in read_document(document, forms, &options) {
        match reading.record {
            Some(_) => read.push(reading),
            None => other = other.or(Some(reading)),
        }
    }
    match other.filter(|_| read.is_empty()) {
        Some(reading) => Err(Box::new(reading)),
        None => Ok(read),
    }
}

/// The only table of a document that can be read, or the reading that says why there is none; where there are several, how many.
pub fn only_table(document: &Document, forms: &[Arc<Form>]) -> Result<Reading, usize> {
    match tables(document, forms) {
        Err(reading) => Ok(*reading),
        Ok(mut tables) => match tables.len() {
            1 => Ok(tables.remove(0)),
            several => Err(several),
        },
    }
}

/// Says that a file which should have one table has several.
pub fn several_tables(path: &Path, count: usize, lang: Lang) -> String {
    let path = path.shown();
    match lang {
        Lang::Zh => format!("{path} 中有{count}张统计表，不能确定用哪一张，请每个文件只留一张"),
        Lang::En => format!(
            "{path} has {count} tables, and which one is meant is not known: leave one in the file"
        ),
    }
}

impl Previous {
    /// Its table that is of the year before another, or why it has none.
    fn before(&self, reading: &Reading) -> Result<&Reading, Unlike> {
        match &self.tables[..] {
            [only] => unlike(reading, only).map_or(Ok(only), Err),
            several => {
                let mut like = several.iter().filter(|it| unlike(reading, it).is_none());
                match (like.next(), like.next()) {
                    (Some(table), None) => Ok(table),
                    _ => Err(Unlike::Several),
                }
            }
        }
    }

    /// Says why a table was not compared with it.
    pub fn refused(&self, why: Unlike, path: &Path, lang: Lang) -> String {
        let (name, path) = (shown(&self.name), path.shown());
        let [zh, en] = match why {
            Unlike::Year => ["年度不相邻", "they are not of years that follow each other"],
            Unlike::NoYear => ["其中一份没有写明年度", "one of them does not say its year"],
            Unlike::Agency => ["填报单位不同", "they are of different agencies"],
            Unlike::Several => [
                "其中有几张统计表，不能确定是哪一张",
                "it has several tables, and which one is meant is not known",
            ],
        };
        match lang {
            Lang::Zh => format!("{name} 不能作为 {path} 的上年报告：{zh}，未作比较"),
            Lang::En => format!(
                "{name} cannot be the report of the year before {path}: {en}. They were not compared"
            ),
        }
    }
}

/// Why a report is not that of the year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    Year,
    NoYear,
    Agency,
    Several,
}

/// What keeps a table from being compared with another as the one of the year after.
fn unlike(reading: &Reading, previous: &Reading) -> Option<Unlike> {
    match (previous.year, reading.year) {
        (Some(before), Some(year)) if before + 1 != year => return Some(Unlike::Year),
        (Some(_), Some(_)) => {}
        _ => return Some(Unlike::NoYear),
    }
    // One report may name its agency in full, and the other in short.
    let names = reading.agency.as_deref().zip(previous.agency.as_deref());
    let other = names.is_some_and(|(one, other)| !one.contains(other) && !other.contains(one));
    other.then_some(Unlike::Agency)
}

/// Adds to a report what the comparison with the year before finds, also about its corrections.
fn compare(report: &mut Report, reading: &Reading, before: &Reading, name: &str) {
    let (Some(record), Some(previous)) = (&reading.record, &before.record) else {
        return;
    };
    let mut found = series::compare(previous, record, name);
    reading.locate(&mut found.findings, None);
    before.locate(&mut found.findings, Some(name));
    report.merge(found);
    diagnose(&mut report.corrections, record, Some(previous));
}
