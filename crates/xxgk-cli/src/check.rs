//! `xxgk check`: every input in order, whatever becomes of the others.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Lang, Options, Reading, Report, read, series};

use crate::Status;
use crate::args::Check;
use crate::input;
use crate::output::Output;
use crate::show::Source;

/// Checks the inputs and writes what was found.
pub fn run(
    args: &Check,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let inputs = input::expand(&args.inputs);
    if inputs.is_empty() {
        let zh = "文件夹中没有文本文件(txt、md、csv、tsv)";
        eprintln!(
            "xxgk: {}",
            lang.pick(zh, "no text files (txt, md, csv, tsv) in the folder")
        );
        return Ok(Status::Unreadable);
    }
    let options = Options {
        value_column: args.column.clone(),
        ..Options::default()
    };
    let previous = match args
        .previous
        .as_deref()
        .map(|path| previous(path, forms, &options))
    {
        None => None,
        Some(Ok(reading)) => Some(reading),
        Some(Err(report)) => {
            let mut output = Output::new(&args.output, forms, lang, out);
            let path = args.previous.as_deref().unwrap_or(Path::new("-"));
            output.write(path, *report, &mut Source::new(""))?;
            return output.close();
        }
    };
    let mut output = Output::new(&args.output, forms, lang, out);
    for path in &inputs {
        match input::read(path) {
            Err(error) => output.write(path, error.report(), &mut Source::new(""))?,
            Ok(text) => {
                let mut source = Source::new(&text);
                let mut readings = (1..).zip(read(&text, forms, &options)).peekable();
                while let Some((table, mut reading)) = readings.next() {
                    declare(&mut reading, args)?;
                    let mut report = reading.check();
                    match &previous {
                        Some(previous) if follows(&reading, previous) => {
                            compare(&mut report, &reading, previous);
                        }
                        Some(previous) => {
                            output.refuse(&previous.not_the_year_before(path, lang));
                        }
                        None => {}
                    }
                    // An input nearly always holds one table: only where it holds more are they counted.
                    report.table = (table > 1 || readings.peek().is_some()).then_some(table);
                    output.write(path, report, &mut source)?;
                }
            }
        }
    }
    output.close()
}

/// Puts the carry-overs beside a table whose form has no row for them.
fn declare(reading: &mut Reading, args: &Check) -> io::Result<()> {
    let Some(record) = &mut reading.record else {
        return Ok(());
    };
    for (key, count) in [
        ("carried_in", args.carried_in),
        ("carried_out", args.carried_out),
    ] {
        let mut parameters = record.form().parameters().iter();
        if count > 0 && parameters.any(|it| it.key() == key) {
            record.declare(key, count).map_err(io::Error::other)?;
        }
    }
    Ok(())
}

/// The report of the year before, with its name.
struct Previous {
    name: String,
    reading: Reading,
}

/// Reads the report of the year before: the first table of the file that can be read, or the report that says why there is
/// none.
fn previous(path: &Path, forms: &[Arc<Form>], options: &Options) -> Result<Previous, Box<Report>> {
    let text = input::read(path).map_err(|error| error.report())?;
    let mut unread = None;
    for reading in read(&text, forms, options) {
        if reading.record.is_some() {
            let name = path.display().to_string();
            return Ok(Previous { name, reading });
        }
        unread.get_or_insert(reading);
    }
    Err(unread.map(|it| it.check()).unwrap_or_default().into())
}

impl Previous {
    fn not_the_year_before(&self, path: &Path, lang: Lang) -> String {
        let (name, path) = (&self.name, path.display());
        match lang {
            Lang::Zh => format!("{name} 不是 {path} 的上年报告,年度不相邻,未作比较"),
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

/// Adds to a report what the comparison with the year before finds.
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
}
