//! `xxgk batch`: many records, in the columns of Parquet and CSV files.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use arrow_array::RecordBatch;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};
use indicatif::{ProgressBar, ProgressStyle};
use xxgk::batch::{Plan, Planned, Tally};
use xxgk::form::Form;
use xxgk::{FindingKind, Lang, Number, Severity};
use xxgk_batch::{
    BatchError, Checked, Checker, Findings, Input, Mapping, OUTSIDE, Pace, counts, fit,
    is_contained, key_text,
};

use crate::Status;
use crate::args::Batch;
use crate::columns;
use crate::input;
use crate::sink::{Format, Sink};

/// The files of a folder that are read.
const EXTENSIONS: &[&str] = &["parquet", "csv"];
/// Of the indicators without a column, so many are named.
const NAMED: usize = 8;

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
            eprintln!("xxgk: {message}");
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
    let mut inputs = Vec::new();
    for input in &args.inputs {
        inputs.extend(expand(input, lang)?);
    }
    if inputs.is_empty() {
        let nothing = lang.pick(
            "文件夹中没有 parquet 或 csv 文件",
            "there is no Parquet or CSV file in the folder",
        );
        return Err(nothing.to_owned());
    }
    if let Some(path) = args.out.as_ref().filter(|path| is_input(path, &inputs)) {
        let also = lang.pick("输出文件也是输入文件", "the output file is an input too");
        return Err(format!("{}: {also}", path.display()));
    }
    let form = match forms {
        [form] => form.clone(),
        _ => form_of(&inputs, forms, &mapping, lang)?,
    };
    Ok((inputs, mapping, form))
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
    let wrong = |error: &dyn std::fmt::Display| format!("{pattern}: {error}");
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
        let most = fits.clone().max().unwrap_or(0);
        if most == 0 {
            let none = lang.pick(
                "没有一列对应任何表式的指标。列名请用指标的 key 或编码，或用 --columns 给出对照",
                "no column stands for an indicator of any form: name the columns by keys or codes, or give --columns",
            );
            why.push(format!("{}: {none}", path.display()));
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
        return Err(format!("{}: {which} ({ids})", path.display()));
    }
    Err(why.join("\nxxgk: "))
}

/// An error, with the file that it is about.
fn said(path: &Path, error: &BatchError, lang: Lang) -> String {
    format!("{}: {}", path.display(), error.message().get(lang))
}

/// The largest difference between the sides of a rule, and where it is.
#[derive(Clone)]
struct Worst {
    residual: Number,
    record: String,
    source: String,
}

/// What was found on some records.
struct Part {
    records: u64,
    tallies: Vec<Tally>,
    outside: [u64; 2],
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
    bar: ProgressBar,
    sink: Option<Sink>,
    files: u64,
    unread: u64,
    records: u64,
    tallies: Vec<Tally>,
    outside: [u64; 2],
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
            bar,
            sink: None,
            files: 0,
            unread: 0,
            records: 0,
            tallies: vec![Tally::default(); rules],
            outside: [0; 2],
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
                self.bar.suspend(|| eprintln!("xxgk: {said}"));
            }
            Err(Stop::Output(error)) => {
                let out = self.args.out.as_deref().unwrap_or(Path::new("-"));
                return Err(io::Error::other(format!("{}: {error}", out.display())));
            }
        }
        Ok(())
    }

    fn check(&mut self, path: &Path) -> Result<(), Stop> {
        let input = Input::open(path)?;
        let key = self.args.key.as_deref();
        let checker = Checker::new(self.plan, input.schema(), self.mapping, key)?;
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
            Ok(Part {
                records: checked.records as u64,
                outside: OUTSIDE.map(|id| {
                    let of_kind = checked.outside.iter().filter(|it| it.rule == id);
                    of_kind.count() as u64
                }),
                worst: worst(&checked, &source),
                tallies: checked.tallies,
                findings: rows.transpose()?,
            })
        };
        let pace = self.pace;
        input.check(&checker, pace, map, |part| {
            if !counted {
                self.bar.inc_length(part.records);
            }
            self.bar.inc(part.records);
            self.add(part).map_err(Stop::Output)
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

    fn add(&mut self, part: Part) -> io::Result<()> {
        self.records += part.records;
        for (all, some) in self.tallies.iter_mut().zip(&part.tallies) {
            *all += *some;
        }
        for (all, some) in self.outside.iter_mut().zip(part.outside) {
            *all += some;
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
            eprintln!("xxgk: {partial}");
            if let Some(path) = &self.args.out {
                let unwritten = lang.pick("未写出", "not written");
                eprintln!("xxgk: {}: {unwritten}", path.display());
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

    /// How many hard findings there are, and soft ones.
    fn failed(&self) -> [u64; 2] {
        let rules = self.plan.rules().iter().zip(&self.tallies);
        let of = |severity| {
            let rules = rules
                .clone()
                .filter(move |(it, _)| it.rule().severity() == severity);
            rules.map(|(_, tally)| tally.failed).sum::<u64>()
        };
        let outside: u64 = self.outside.iter().sum();
        [of(Severity::Hard) + outside, of(Severity::Soft)]
    }

    /// The rules that fail or are left open somewhere; with `--counts` every rule.
    fn table(&self) -> Table {
        let lang = self.lang;
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED);
        table.set_header([
            lang.pick("编号", "id"),
            lang.pick("性质", "severity"),
            lang.pick("规则", "rule"),
            lang.pick("符合", "passed"),
            lang.pick("不符", "failed"),
            lang.pick("无法判定", "undetermined"),
            lang.pick("最大差额", "largest difference"),
            lang.pick("所在记录", "record"),
        ]);
        for number in 3..7 {
            if let Some(column) = table.column_mut(number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for (id, count) in OUTSIDE.iter().zip(self.outside) {
            let kind = FindingKind::of(id);
            if let (Some(kind), 1..) = (kind, count) {
                let [zh, en] = kind.title;
                let (severity, title) = (kind.severity.name(lang), lang.pick(zh, en));
                let count = count.to_string();
                table.add_row([*id, severity, title, "", &count, "", "", ""]);
            }
        }
        let rules = self.plan.rules().iter().zip(&self.tallies).zip(&self.worst);
        for ((planned, tally), worst) in rules {
            if tally.failed + tally.undetermined == 0 && !self.args.counts {
                continue;
            }
            let (difference, record) = match worst {
                Some(worst) => (
                    worst.residual.to_string(),
                    format!("{} {}", worst.source, worst.record),
                ),
                None => Default::default(),
            };
            table.add_row([
                planned.instance().id(),
                planned.rule().severity().name(lang),
                &words(planned, lang),
                &tally.passed.to_string(),
                &tally.failed.to_string(),
                &tally.undetermined.to_string(),
                &difference,
                &record,
            ]);
        }
        table
    }

    fn write_total(&self, out: &mut impl Write) -> io::Result<()> {
        let (files, records, rules) = (self.files, self.records, self.plan.rules().len());
        let [hard, soft] = self.failed();
        let open: u64 = self.tallies.iter().map(|tally| tally.undetermined).sum();
        let (unread, form) = (self.unread, self.plan.form().id());
        match self.lang {
            Lang::Zh => writeln!(
                out,
                "共审核{files}个文件、{records}条记录、{rules}条规则（{form}）：强制性问题{hard}处，核实性问题{soft}处，无法判定{open}处；未能读完{unread}个文件。"
            ),
            Lang::En => writeln!(
                out,
                "Checked {files} files, {records} records, {rules} rules ({form}): {hard} hard findings, {soft} soft, {open} undetermined; {unread} files not read to their end."
            ),
        }
    }

    /// Which indicators are blank because there is no column for them.
    fn write_blank(&self, out: &mut impl Write) -> io::Result<()> {
        for (keys, source) in self.blank.iter().filter(|(keys, _)| !keys.is_empty()) {
            let some: Vec<&str> = keys.iter().take(NAMED).copied().collect();
            let more = if keys.len() > NAMED { "…" } else { "" };
            let (some, count, source) = (some.join(", "), keys.len(), source.display());
            match self.lang {
                Lang::Zh => writeln!(
                    out,
                    "{source}：有{count}个指标没有对应的列，按空白处理：{some}{more}"
                )?,
                Lang::En => writeln!(
                    out,
                    "{source}: no column for {count} indicators, which are blank: {some}{more}"
                )?,
            }
        }
        Ok(())
    }
}

fn create(path: &Path, schema: &arrow_schema::SchemaRef, lang: Lang) -> io::Result<Sink> {
    let format = Format::of(path, lang).map_err(io::Error::other)?;
    Sink::create(path, format, schema)
        .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
}

/// What a rule says, of which row or column.
fn words(planned: &Planned, lang: Lang) -> String {
    let words = planned.rule().words().get(lang);
    match planned.instance().name() {
        Some(name) => format!("{words} ({name})"),
        None => words.to_owned(),
    }
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
        let record = match &checked.keys {
            Some(keys) => key_text(keys, record).unwrap_or_default(),
            None => (checked.first + record as u64).to_string(),
        };
        let worst = Worst {
            residual,
            record,
            source: source.to_owned(),
        };
        (rule, worst)
    });
    worst.collect()
}
