//! `xxgk batch`: many records, in the columns of Parquet and CSV files.
//!
//! - [`prepare`]: what can be told before a record is read
//! - [`names`]: what the records are known by: which are there again, and which are missing
//! - [`years`]: the records of the year before, and what is told of them
//! - [`summary`]: what it comes to, for people
//! - [`template`]: which column stands for which indicator, to be written on

mod names;
mod prepare;
mod summary;
mod template;
mod years;

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use arrow_array::RecordBatch;
use indicatif::{ProgressBar, ProgressStyle};
use xxgk::batch::{OutOfDomain, Plan, Planned, Tally};
use xxgk::form::Form;
use xxgk::{Lang, Number};
use xxgk_batch::{
    BatchError, Blanks, Checked, Checker, Findings, Fingerprints, Identity, Input, Mapping,
    OUTSIDE, Pace, Previous, counts, is_contained, key_text,
};

use crate::Status;
use crate::args::Batch;
use crate::fault;
use crate::shown::{PathShown, shown, tell};
use crate::sink::{Format, Sink};
use names::Names;
use summary::Corrected;
use years::Beside;

/// Checks the records of the inputs and writes what was found.
pub fn run(
    args: &Batch,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !is_contained() {
            print(info);
        }
    }));
    if args.template {
        return template::run(args, forms, lang, out);
    }
    match prepare::prepare(args, forms, lang) {
        Ok((inputs, mapping, form)) => {
            let plan = Plan::new(&form);
            let names = match Names::new(args, lang) {
                Ok(names) => names,
                Err(message) => {
                    tell(message);
                    return Ok(Status::Unreadable);
                }
            };
            let pace = pace(args);
            let previous = match years::read(args, &inputs, &mapping, &form, pace, lang) {
                Ok(previous) => previous,
                Err(message) => {
                    tell(message);
                    return Ok(Status::Unreadable);
                }
            };
            let of = (&plan, previous.as_ref());
            let mut run = Run::new(args, of, names, &mapping, pace, lang);
            for input in &inputs {
                if let Err(error) = run.file(input) {
                    return Ok(run.unwritten(&error));
                }
            }
            run.close(out)
        }
        Err(message) => {
            tell(message);
            Ok(Status::Unreadable)
        }
    }
}

/// An error, with the file that it is about.
fn said(path: &Path, error: &BatchError, lang: Lang) -> String {
    format!("{}: {}", path.shown(), shown(error.message().get(lang)))
}

/// The largest difference between the sides of a rule, and where it is.
#[derive(Clone)]
struct Worst {
    residual: Number,
    record: String,
    source: String,
}

/// The first of the findings of a kind that is no rule's.
#[derive(Clone)]
struct First {
    source: String,
    record: String,
    /// The cell, and what stands there.
    cell: Option<String>,
}

type Firsts = [Option<First>; OUTSIDE.len()];

/// What was found on some records.
struct Part {
    checked: Checked,
    /// What the records are known by, where a column names them.
    keys: Fingerprints,
    /// By rule.
    worst: Vec<(usize, Worst)>,
    findings: Option<RecordBatch>,
}

/// Why a file is not read to its end.
enum Stop {
    Input(BatchError),
    Output(io::Error),
}

impl From<BatchError> for Stop {
    fn from(error: BatchError) -> Self {
        Stop::Input(error)
    }
}

/// The whole of it, and what it comes to.
struct Run<'a> {
    args: &'a Batch,
    plan: &'a Plan,
    previous: Option<&'a Previous>,
    /// Those of the plan, and then those between years.
    rules: Vec<&'a Planned>,
    mapping: &'a Mapping,
    lang: Lang,
    pace: Pace,
    blanks: Blanks,
    bar: ProgressBar,
    sink: Option<Sink>,
    files: u64,
    unread: u64,
    records: u64,
    tallies: Vec<Tally>,
    outside: [u64; OUTSIDE.len()],
    firsts: Firsts,
    worst: Vec<Option<Worst>>,
    names: Names,
    beside: Beside,
    corrected: Corrected,
    /// The indicators that a file has no column for, and the files, as far as they differ.
    blank: Vec<(Vec<&'a str>, PathBuf)>,
}

impl<'a> Run<'a> {
    fn new(
        args: &'a Batch,
        (plan, previous): (&'a Plan, Option<&'a Previous>),
        names: Names,
        mapping: &'a Mapping,
        pace: Pace,
        lang: Lang,
    ) -> Self {
        let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {eta}");
        let bar = match style {
            Ok(style) if io::stderr().is_terminal() => ProgressBar::new(0).with_style(style),
            _ => ProgressBar::hidden(),
        };
        let years = previous.map_or(&[][..], |it| it.plan().rules());
        let rules: Vec<&Planned> = plan.rules().iter().chain(years).collect();
        Run {
            args,
            plan,
            previous,
            mapping,
            lang,
            pace,
            blanks: Blanks::new(&args.blank),
            bar,
            sink: None,
            files: 0,
            unread: 0,
            records: 0,
            tallies: vec![Tally::default(); rules.len()],
            outside: Default::default(),
            firsts: Default::default(),
            worst: vec![None; rules.len()],
            rules,
            names,
            beside: Beside::default(),
            corrected: Corrected::default(),
            blank: Vec::new(),
        }
    }

    /// Checks one file. What is wrong with it is said, and the next one is read all the same; that nothing can be written is
    /// an error.
    fn file(&mut self, path: &Path) -> io::Result<()> {
        match self.check(path) {
            Ok(()) => self.files += 1,
            Err(Stop::Input(error)) => {
                self.unread += 1;
                let said = said(path, &error, self.lang);
                self.bar.suspend(|| tell(said));
            }
            Err(Stop::Output(error)) => return Err(error),
        }
        Ok(())
    }

    fn check(&mut self, path: &Path) -> Result<(), Stop> {
        let input = Input::open(path)?;
        let mut checker = Checker::beside(
            self.plan,
            input.schema(),
            self.mapping,
            identity(self.args),
            self.previous,
        )?;
        if !self.args.partial {
            checker.enough()?;
        }
        checker = checker.blanks(&self.blanks);
        if self.args.localise {
            checker = checker.localise();
        }
        let blank: Vec<&str> = checker.blank().collect();
        if self.blank.iter().all(|(other, _)| *other != blank) {
            self.blank.push((blank, path.to_owned()));
        }
        let findings = Findings::new(&checker, true)?;
        let wanted = self.open_sink(&findings)?;
        if let Some(records) = input.records() {
            self.bar.inc_length(records);
        }
        let counted = input.records().is_some();
        let source = path.display().to_string();
        let map = |checked: Checked| {
            let rows = wanted.then(|| findings.batch(&checked, &source));
            Ok(Part {
                findings: rows.transpose()?,
                keys: checked.fingerprints(),
                worst: worst(&checked, &source),
                checked,
            })
        };
        let pace = self.pace;
        self.names.next_file();
        input.check(&checker, pace, map, |mut part| {
            let records = part.checked.records as u64;
            if !counted {
                self.bar.inc_length(records);
            }
            self.bar.inc(records);
            let twice = self.names.add(&part.checked, &part.keys, &source);
            if !twice.is_empty() {
                part.checked.twice(&twice);
                let rows = wanted.then(|| findings.batch(&part.checked, &source));
                part.findings = rows.transpose()?;
            }
            self.add(part, &source).map_err(Stop::Output)
        })
    }

    /// Opens the file of findings with the first input, whose key column says the type of its own. Whether there is one.
    fn open_sink(&mut self, findings: &Findings) -> Result<bool, Stop> {
        let (Some(path), false) = (&self.args.out, self.args.counts) else {
            return Ok(false);
        };
        match &self.sink {
            Some(sink) if sink.schema() != findings.schema() => {
                Err(BatchError::OtherColumns.into())
            }
            Some(_) => Ok(true),
            None => {
                let sink = create(path, findings.schema(), self.lang);
                self.sink = Some(sink.map_err(Stop::Output)?);
                Ok(true)
            }
        }
    }

    fn add(&mut self, part: Part, source: &str) -> io::Result<()> {
        let checked = &part.checked;
        self.records += checked.records as u64;
        self.beside.add(checked, source);
        self.corrected.add(checked);
        for (all, some) in self.tallies.iter_mut().zip(&checked.tallies) {
            *all += *some;
        }
        for found in &checked.outside {
            let Some(kind) = OUTSIDE.iter().position(|id| *id == found.rule) else {
                continue;
            };
            self.outside[kind] += 1;
            if self.firsts[kind].is_none() {
                self.firsts[kind] = Some(self.first(checked, found, source));
            }
        }
        for (rule, found) in part.worst {
            if let Some(worst) = self.worst.get_mut(rule) {
                let larger = worst
                    .as_ref()
                    .is_none_or(|worst| worst.residual.abs() < found.residual.abs());
                if larger {
                    *worst = Some(found);
                }
            }
        }
        match (&mut self.sink, part.findings) {
            (Some(sink), Some(findings)) => sink.write(&findings),
            _ => Ok(()),
        }
    }

    /// Where a finding that is no rule's is.
    fn first(&self, checked: &Checked, found: &OutOfDomain, source: &str) -> First {
        let unread = checked.unread.as_ref();
        let unread = unread
            .filter(|it| it.record == found.record && it.problem.kind() == found.rule)
            .map(|unread| format!("{} {}", unread.column, unread.value));
        let cell = || self.plan.form().slot_name(found.slot, self.lang);
        First {
            source: source.to_owned(),
            record: record(checked, found.record),
            cell: unread.or_else(cell),
        }
    }

    /// Writes what it comes to.
    fn close(mut self, out: &mut impl Write) -> io::Result<Status> {
        self.bar.finish_and_clear();
        writeln!(out, "{}", self.table())?;
        self.write_total(out)?;
        self.write_blank(out)?;
        self.write_beside(out)?;
        self.write_corrected(out)?;
        self.write_names(out)?;
        if self.unread > 0 {
            let lang = self.lang;
            let partial = lang.pick(
                "结果不完整：有文件未能读完，其余记录未审核",
                "the result is partial: not every file was read to its end",
            );
            tell(partial);
            if let Some(path) = &self.args.out {
                let unwritten = lang.pick("未写出", "not written");
                tell(format_args!("{}: {unwritten}", path.shown()));
            }
            return Ok(Status::Unreadable);
        }
        if let Err(error) = self.write_file() {
            return Ok(self.unwritten(&error));
        }
        let [hard, soft] = self.failed();
        let found = hard > 0 || self.names.missing() > 0;
        let asked = soft > 0 || self.names.unexpected() > 0;
        Ok(match found || (self.args.strict && asked) {
            true => Status::Findings,
            false => Status::Clean,
        })
    }

    /// Ends the file that was asked for, which has all counts or all findings now.
    fn write_file(&mut self) -> io::Result<()> {
        if let (Some(path), true) = (&self.args.out, self.args.counts) {
            let counts =
                counts(&self.rules, &self.tallies, self.outside).map_err(io::Error::other)?;
            let mut sink = create(path, counts.schema_ref(), self.lang)?;
            sink.write(&counts)?;
            self.sink = Some(sink);
        }
        self.sink.take().map_or(Ok(()), Sink::close)
    }

    /// Says why that file cannot be written.
    fn unwritten(&self, error: &io::Error) -> Status {
        self.bar.finish_and_clear();
        tell(fault::unwritten(error, self.args.out.as_deref(), self.lang));
        Status::Unreadable
    }
}

/// How the files are read.
fn pace(args: &Batch) -> Pace {
    let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Pace::new(args.jobs.unwrap_or_else(cores))
}

/// How the records are told apart.
fn identity(args: &Batch) -> Identity<'_> {
    Identity {
        key: args.key.as_deref(),
        year: args.year.as_deref(),
    }
}

fn create(path: &Path, schema: &arrow_schema::SchemaRef, lang: Lang) -> io::Result<Sink> {
    let format = Format::of(path, lang).map_err(io::Error::other)?;
    Sink::create(path, format, schema)
}

/// The largest difference of each rule that has one.
fn worst(checked: &Checked, source: &str) -> Vec<(usize, Worst)> {
    let mut largest: Vec<Option<(Number, usize)>> = vec![None; checked.tallies.len()];
    for failure in &checked.failures {
        if let (Some(residual), Some(largest)) = (failure.residual, largest.get_mut(failure.rule)) {
            let larger = largest.is_none_or(|(it, _)| it.abs() < residual.abs());
            if larger {
                *largest = Some((residual, failure.record));
            }
        }
    }
    let found = largest.into_iter().enumerate();
    let found = found.filter_map(|(rule, largest)| Some((rule, largest?)));
    let worst = found.map(|(rule, (residual, record))| {
        let worst = Worst {
            residual,
            record: self::record(checked, record),
            source: source.to_owned(),
        };
        (rule, worst)
    });
    worst.collect()
}

/// What a record, by its number in a block, is called: by its key, and its year where a column says it; or by its number in the
/// file.
fn record(checked: &Checked, record: usize) -> String {
    let of = |column| key_text(column, record).unwrap_or_default();
    match (&checked.keys, &checked.years) {
        (Some(keys), Some(years)) => format!("{} {}", of(keys), of(years)),
        (Some(keys), None) => of(keys),
        (None, _) => (checked.first + record as u64).to_string(),
    }
}
