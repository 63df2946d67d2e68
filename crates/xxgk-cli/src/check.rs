//! `xxgk check`: every input in order, whatever becomes of the others.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Document, Lang, LastYear, Options, Reading, Report, Unlike, read_document};

use crate::Status;
use crate::args::{BesideArgs, Check, Switch};
use crate::input;
use crate::output::Output;
use crate::previous::{Previous, Unpaired};
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
    inputs.tell_skipped(args.output.verbose, lang);
    if inputs.files.is_empty() {
        tell(input::nothing(lang));
        return Ok(Status::Unreadable);
    }
    let options = Options {
        prose: args.prose == Switch::On,
        report: args.report == Switch::On,
        ..args.read.options()
    };
    let path = args.beside.previous.as_deref();
    let asked = path.map(|path| (path, Previous::read(path, args.jobs, forms, lang)));
    let previous = match asked {
        None => Previous::None,
        Some((_, Ok(previous))) => previous,
        Some((path, Err(report))) => {
            let mut output = Output::new(&args.output, forms, lang, out)?;
            output.unread(path, *report)?;
            return output.close();
        }
    };
    let mut output = Output::new(&args.output, forms, lang, out)?;
    let mut unpaired = Unpaired::default();
    let checked = |path: &Path, mut reading: Reading| {
        declare(&mut reading, &args.beside);
        let before = previous.of(path, &reading);
        (check(&reading, before.ok().flatten()), before, reading)
    };
    let work = Work {
        inputs: &inputs.files,
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
        for (number, (mut checked, before, reading)) in tables {
            match (before, checked.unlike) {
                (Ok(Some(before)), Some(why)) => {
                    output.refuse(&not_compared(before, why, path, lang));
                }
                (Err(why), _) => unpaired.add(path, why),
                _ => {}
            }
            checked.report.table = number;
            let text = (document.text(), &mut source);
            output.write(path, checked.report, &reading, text)?;
        }
        output.end_input()
    })?;
    unpaired.tell(args.output.verbose, lang);
    output.close()
}

/// Checks a table, also against that of the year before.
pub fn check(reading: &Reading, previous: Option<&LastYear>) -> Checked {
    let mut report = reading.check();
    let compared = previous.map(|previous| previous.compare(reading, &mut report));
    Checked {
        report,
        unlike: compared.and_then(Result::err),
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

/// Reads the report of the year before; or the report that says why there is nothing.
pub fn previous(path: &Path, forms: &[Arc<Form>]) -> Result<LastYear, Box<Report>> {
    let document = input::read(path).map_err(|error| error.report())?;
    LastYear::read(&document, forms, &path.display().to_string())
}

/// Says why a table was not compared with the report that was given as that of the year before.
pub fn not_compared(previous: &LastYear, why: Unlike, path: &Path, lang: Lang) -> String {
    let (name, path, why) = (shown(previous.name()), path.shown(), why.reason(lang));
    match lang {
        Lang::Zh => format!("{name} 不能作为 {path} 的上年报告：{why}，未作比较"),
        Lang::En => format!(
            "{name} cannot be the report of the year before {path}: {why}. They were not compared"
        ),
    }
}

/// The only table of a document that can be read, or the reading that says why there is none; where there are several, how many.
pub fn only_table(document: &Document, forms: &[Arc<Form>]) -> Result<Reading, usize> {
    let options = Options {
        prose: false,
        report: false,
        ..Options::default()
    };
    let mut tables: Vec<Reading> = read_document(document, forms, &options).collect();
    let is_read = |it: &Reading| it.record.is_some();
    match tables.iter().filter(|it| is_read(it)).count() {
        several @ 2.. => Err(several),
        // There is always one reading at least.
        _ => Ok(tables.swap_remove(tables.iter().position(is_read).unwrap_or(0))),
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
