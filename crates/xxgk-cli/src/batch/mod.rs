//! `xxgk batch`: many records, in the columns of Parquet and CSV files.
//!
//! - [`summary`]: what it comes to, for people
//! - [`template`]: which column stands for which indicator, to be written on

mod summary;
mod template;

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use arrow_array::RecordBatch;
use indicatif::{ProgressBar, ProgressStyle};
use xxgk::batch::{OutOfDomain, Plan, Tally};
use xxgk::form::Form;
use xxgk::{Lang, Number};
use xxgk_batch::{
    BatchError, Blanks, Checked, Checker, Findings, Fingerprints, Input, Keys, Mapping, OUTSIDE,
    Pace, counts, fit, is_contained, key_text, nearest,
};

use crate::Status;
use crate::args::Batch;
use crate::columns;
use crate::input;
use crate::shown::{PathShown, shown, tell};
use crate::sink::{self, Format, Sink};

/// The files of a folder that are read.
const EXTENSIONS: &[&str] = &["parquet", "csv"];

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
    match prepare(args, forms, lang) {
        Ok((inputs, mapping, form)) => {
            let plan = Plan::new(&form);
            let mut run = Run::new(args, &plan, &mapping, lang);
            for input in &inputs {
                run.file(input)?;
            }
            run.close(out)
        }
        Err(message) => {
            tell(message);
            Ok(Status::Unreadable)
        }
    }
}

type Prepared = (Vec<PathBuf>, Mapping, Arc<Form>);

/// What can be told before a record is read. `Err` holds what to tell the user.
fn prepare(args: &Batch, forms: &[Arc<Form>], lang: Lang) -> Result<Prepared, String> {
    if let Some(path) = &args.out {
        Format::of(path, lang)?;
    }
    let mapping = columns::read(args.columns.as_deref())?;
    let inputs = inputs(args, lang)?;
    if inputs.is_empty() {
        let nothing = lang.pick(
            "文件夹中没有 parquet 或 csv 文件",
            "there is no Parquet or CSV file in the folder",
        );
        return Err(nothing.to_owned());
    }
    if let Some(path) = &args.out {
        if is_input(path, &inputs) {
            let also = lang.pick("输出文件也是输入文件", "the output file is an input too");
            return Err(format!("{}: {also}", path.shown()));
        }
        sink::clear(path);
    }
    let form = match forms {
        [form] => form.clone(),
        _ => form_of(&inputs, forms, &mapping, lang)?,
    };
    Ok((inputs, mapping, form))
}

/// The files that the arguments stand for.
fn inputs(args: &Batch, lang: Lang) -> Result<Vec<PathBuf>, String> {
    let mut inputs = Vec::new();
    for input in &args.inputs {
        inputs.extend(expand(input, lang)?);
    }
    Ok(inputs)
}

/// Whether a file is among the inputs, however it is called there.
fn is_input(path: &Path, inputs: &[PathBuf]) -> bool {
    let Ok(path) = path.canonicalize() else {
        return false;
    };
    let mut inputs = inputs.iter();
    inputs.any(|input| input.canonicalize().is_ok_and(|input| input == path))
}

/// The files that an argument stands for.
fn expand(input: &Path, lang: Lang) -> Result<Vec<PathBuf>, String> {
    if input.is_dir() {
        return Ok(input::folder(input, EXTENSIONS));
    }
    let pattern = input.to_str().filter(|text| text.contains(['*', '?', '[']));
    let (Some(pattern), false) = (pattern, input.exists()) else {
        return Ok(vec![input.to_owned()]);
    };
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", shown(pattern));
    let paths = glob::glob(pattern).map_err(|error| wrong(&error))?;
    let paths: Result<Vec<_>, _> = paths.collect();
    let paths = paths.map_err(|error| wrong(&error))?;
    match paths.is_empty() {
        true => Err(wrong(&lang.pick("没有这样的文件", "there is no such file"))),
        false => Ok(paths),
    }
}

/// The form with the most indicators among the columns of the first input that has any.
fn form_of(
    inputs: &[PathBuf],
    forms: &[Arc<Form>],
    mapping: &Mapping,
    lang: Lang,
) -> Result<Arc<Form>, String> {
    let mut why = Vec::new();
    for path in inputs {
        let input = match Input::open(path) {
            Ok(input) => input,
            Err(error) => {
                why.push(said(path, &error, lang));
                continue;
            }
        };
        let fits = forms.iter().map(|form| fit(form, input.schema(), mapping));
        let fits: Vec<usize> = fits.collect();
        let most = fits.iter().copied().max().unwrap_or(0);
        if most == 0 {
            why.push(format!(
                "{}: {}",
                path.shown(),
                none_fits(&input, forms, lang)
            ));
            continue;
        }
        let of_most = forms.iter().zip(fits).filter(|(_, fit)| *fit == most);
        let fitting: Vec<&Arc<Form>> = of_most.map(|(form, _)| form).collect();
        if let [form] = fitting[..] {
            return Ok(form.clone());
        }
        let ids: Vec<&str> = fitting.iter().map(|form| form.id()).collect();
        let (which, ids) = (
            lang.pick(
                "列名对几种表式同样符合，请用 --form 指定",
                "the columns fit several forms: name one with --form",
            ),
            ids.join(", "),
        );
        return Err(format!("{}: {which} ({ids})", path.shown()));
    }
    Err(why.join("\nxxgk: "))
}

/// That no column stands for an indicator, and what the columns may be meant for.
fn none_fits(input: &Input, forms: &[Arc<Form>], lang: Lang) -> String {
    let near = |form: &Arc<Form>| {
        let columns = input.schema().fields().iter();
        nearest(form, columns.map(|field| field.name().as_str()))
    };
    let near = forms.iter().map(near).max_by_key(Vec::len);
    let near = near.unwrap_or_default().into_iter();
    let near = near.map(|(column, name)| match lang {
        Lang::Zh => format!("“{column}”可能是“{name}”"),
        Lang::En => format!("`{column}` may be `{name}`"),
    });
    let near: Vec<String> = near.collect();
    let none = lang.pick(
        "没有一列对应任何表式的指标。列名请用指标的名称、键或编码，或用 --template 写出列名对照",
        "no column stands for an indicator of any form: name the columns by labels, keys or codes, or write a mapping with --template",
    );
    match near[..] {
        [] => none.to_owned(),
        _ => format!(
            "{none}{}{}",
            lang.pick("。", ". "),
            near.join(lang.pick("，", ", "))
        ),
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
    /// The keys of the records, where they have some.
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
    /// The indicators that a file has no column for, and the files, as far as they differ.
    blank: Vec<(Vec<&'a str>, PathBuf)>,
}

impl<'a> Run<'a> {
    fn new(args: &'a Batch, plan: &'a Plan, mapping: &'a Mapping, lang: Lang) -> Self {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {eta}");
        let bar = match style {
            Ok(style) if io::stderr().is_terminal() => ProgressBar::new(0).with_style(style),
            _ => ProgressBar::hidden(),
        };
        let rules = plan.rules().len();
        Run {
            args,
            plan,
            mapping,
            lang,
            pace: Pace::new(args.jobs.unwrap_or_else(cores)),
            blanks: Blanks::new(&args.blank),
            bar,
            sink: None,
            files: 0,
            unread: 0,
            records: 0,
            tallies: vec![Tally::default(); rules],
            outside: Default::default(),
            firsts: Default::default(),
            worst: vec![None; rules],
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
            Err(Stop::Output(error)) => {
                let out = self.args.out.as_deref().unwrap_or(Path::new("-"));
                return Err(io::Error::other(format!("{}: {error}", out.shown())));
            }
        }
        Ok(())
    }

    fn check(&mut self, path: &Path) -> Result<(), Stop> {
        let input = Input::open(path)?;
        let key = self.args.key.as_deref();
        let checker = Checker::new(self.plan, input.schema(), self.mapping, key)?;
        if !self.args.partial {
            checker.enough()?;
        }
        let checker = checker.blanks(&self.blanks);
        let blank: Vec<&str> = checker.blank().collect();
        if self.blank.iter().all(|(other, _)| *other != blank) {
            self.blank.push((blank, path.to_owned()));
        }
        let findings = Findings::new(self.plan, checker.key_type(), true)?;
        let wanted = self.open_sink(&findings)?;
        if let Some(records) = input.records() {
            self.bar.inc_length(records);
        }
        let counted = input.records().is_some();
        let source = path.display().to_string();
        let map = |checked: Checked| {
            let rows = wanted.then(|| findings.batch(&checked, &source));
            let keys = checked.keys.as_deref().map(Fingerprints::of);
            Ok(Part {
                findings: rows.transpose()?,
                keys: keys.unwrap_or_default(),
                worst: worst(&checked, &source),
                checked,
            })
        };
        let pace = self.pace;
        let mut keys = Keys::default();
        input.check(&checker, pace, map, |mut part| {
            let records = part.checked.records as u64;
            if !counted {
                self.bar.inc_length(records);
            }
            self.bar.inc(records);
            let twice = keys.again(&part.keys);
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
        if let (Some(path), true) = (&self.args.out, self.args.counts) {
            let counts =
                counts(self.plan, &self.tallies, self.outside).map_err(io::Error::other)?;
            let mut sink = create(path, counts.schema_ref(), self.lang)?;
            sink.write(&counts)?;
            self.sink = Some(sink);
        }
        if let Some(sink) = self.sink.take() {
            sink.close()?;
        }
        let [hard, soft] = self.failed();
        Ok(match hard > 0 || (self.args.strict && soft > 0) {
            true => Status::Findings,
            false => Status::Clean,
        })
    }
}

fn create(path: &Path, schema: &arrow_schema::SchemaRef, lang: Lang) -> io::Result<Sink> {
    let format = Format::of(path, lang).map_err(io::Error::other)?;
    Sink::create(path, format, schema)
        .map_err(|error| io::Error::other(format!("{}: {error}", path.shown())))
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

/// What a record, by its number in a block, is called: by its key, or by its number in the file.
fn record(checked: &Checked, record: usize) -> String {
    match &checked.keys {
        Some(keys) => key_text(keys, record).unwrap_or_default(),
        None => (checked.first + record as u64).to_string(),
    }
}
