//! `xxgk check`: every input in order, whatever becomes of the others.

use std::io::{self, Write};
use std::path::Path;

use xxgk::{Lang, Options, Reading, Report, Severity, Verdict, read};

use crate::Status;
use crate::args::{Check, Format};
use crate::input::{self, InputError};
use crate::show::{self, Tally};

/// Checks the inputs and writes what was found.
pub fn run(args: &Check, lang: Lang, out: &mut impl Write) -> io::Result<Status> {
    let inputs = input::expand(&args.inputs);
    if inputs.is_empty() {
        eprintln!(
            "xxgk: {}",
            match lang {
                Lang::Zh => "文件夹中没有文本文件(txt、md、csv、tsv)",
                Lang::En => "no text files (txt, md, csv, tsv) in the folder",
            }
        );
        return Ok(Status::Unreadable);
    }
    let options = Options {
        value_column: args.column.clone(),
    };
    let (mut status, mut tally, mut first) = (Status::Clean, Tally::default(), true);
    for path in &inputs {
        let source = input::read(path);
        for report in reports(path, &source, args, &options) {
            status = status.max(status_of(&report, args.strict));
            match args.format {
                Format::Text => {
                    tally.add(&report);
                    show::report(
                        out,
                        &report,
                        source.as_deref().unwrap_or_default(),
                        lang,
                        args.verbose,
                    )?;
                }
                Format::Json => {
                    out.write_all(if first { b"[\n" } else { b",\n" })?;
                    serde_json::to_writer_pretty(&mut *out, &report.view(lang, args.verbose))?;
                }
                Format::Jsonl => {
                    serde_json::to_writer(&mut *out, &report.view(lang, args.verbose))?;
                    out.write_all(b"\n")?;
                }
            }
            first = false;
        }
    }
    match args.format {
        Format::Text => show::summary(out, &tally, lang)?,
        Format::Json => out.write_all(b"\n]\n")?,
        Format::Jsonl => {}
    }
    out.flush()?;
    Ok(status)
}

/// A report for each table of one input, or the one that says why there is none.
fn reports(
    path: &Path,
    source: &Result<String, InputError>,
    args: &Check,
    options: &Options,
) -> Vec<Report> {
    let mut reports = match source {
        Ok(text) => read(text, &args.form, options)
            .into_iter()
            .map(|reading| checked(reading, args))
            .collect(),
        Err(error) => vec![Report::not_text(
            &error.reason(Lang::Zh),
            &error.reason(Lang::En),
        )],
    };
    let several = reports.len() > 1;
    for (table, report) in (1..).zip(&mut reports) {
        report.source = Some(path.display().to_string());
        report.table = several.then_some(table);
    }
    reports
}

fn checked(mut reading: Reading, args: &Check) -> Report {
    if let Some(record) = &mut reading.record {
        for (key, count) in [
            ("carried_in", args.carried_in),
            ("carried_out", args.carried_out),
        ] {
            if count > 0 && record.declare(key, count).is_err() {
                // A form with rows for what is carried over has no such parameter, and reads them from the table.
                eprintln!(
                    "xxgk: --{} has no meaning for this form",
                    key.replace('_', "-")
                );
            }
        }
    }
    reading.check()
}

fn status_of(report: &Report, strict: bool) -> Status {
    let counts = |severity| strict || severity == Severity::Hard;
    if report.verdict() == Verdict::Unreadable {
        Status::Unreadable
    } else if report.failed().any(|finding| counts(finding.severity)) {
        Status::Findings
    } else {
        Status::Clean
    }
}

impl InputError {
    /// Why, as the end of a sentence.
    fn reason(&self, lang: Lang) -> String {
        match (self, lang) {
            (InputError::Io(error), Lang::Zh) => format!("文件打不开:{error}"),
            (InputError::Io(error), Lang::En) => format!("the file cannot be opened: {error}"),
            (InputError::TooLarge, Lang::Zh) => "文件超过1GiB,不会是一份年度报告".into(),
            (InputError::TooLarge, Lang::En) => {
                "the file is larger than 1 GiB, which no report is".into()
            }
            (InputError::NotUtf8, Lang::Zh) => "内容不是UTF-8编码的文本,请另存为UTF-8文本".into(),
            (InputError::NotUtf8, Lang::En) => {
                "the file is not text in UTF-8: save it as that".into()
            }
        }
    }
}
