//! `xxgk check`: every input in order, whatever becomes of the others.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use annotate_snippets::Renderer;
use xxgk::form::Form;
use xxgk::{Lang, Options, Reading, Report, Severity, Verdict, read};

use crate::Status;
use crate::args::{Check, Format};
use crate::input::{self, InputError};
use crate::show::{self, Source, Tally};

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
    };
    let mut output = Output {
        args,
        forms,
        lang,
        out,
        status: Status::Clean,
        renderer: show::renderer(),
        tally: Tally::default(),
        first: true,
    };
    for path in &inputs {
        match input::read(path) {
            Err(error) => {
                let report = Report::not_text(&error.reason(Lang::Zh), &error.reason(Lang::En));
                output.write(path, report, &mut Source::new(""))?;
            }
            Ok(text) => {
                let mut source = Source::new(&text);
                let mut readings = (1..).zip(read(&text, &forms[0], &options)).peekable();
                while let Some((table, reading)) = readings.next() {
                    let mut report = checked(reading, args)?;
                    // An input nearly always holds one table: only where it holds more are they counted.
                    report.table = (table > 1 || readings.peek().is_some()).then_some(table);
                    output.write(path, report, &mut source)?;
                }
            }
        }
    }
    output.close()
}

fn checked(mut reading: Reading, args: &Check) -> io::Result<Report> {
    if let Some(record) = &mut reading.record {
        for (key, count) in [
            ("carried_in", args.carried_in),
            ("carried_out", args.carried_out),
        ] {
            let parameters = record.form().parameters();
            // A form with rows of its own for these takes them from the table.
            if count > 0 && parameters.iter().any(|it| it.key() == key) {
                record.declare(key, count).map_err(io::Error::other)?;
            }
        }
    }
    Ok(reading.check())
}

/// Where the reports go, and what they come to.
struct Output<'a, W> {
    args: &'a Check,
    forms: &'a [Arc<Form>],
    lang: Lang,
    out: &'a mut W,
    status: Status,
    renderer: Renderer,
    tally: Tally,
    first: bool,
}

impl<W: Write> Output<'_, W> {
    fn write(
        &mut self,
        path: &Path,
        mut report: Report,
        source: &mut Source<'_>,
    ) -> io::Result<()> {
        report.source = Some(path.display().to_string());
        self.status = self.status.max(status_of(&report, self.args.strict));
        let view = report.view(self.lang, self.args.verbose);
        match self.args.format {
            Format::Text => {
                self.tally.add(&report);
                show::report(
                    self.out,
                    &self.renderer,
                    &report,
                    self.forms,
                    source,
                    self.lang,
                    self.args.verbose,
                )?;
            }
            Format::Json => {
                self.out
                    .write_all(if self.first { b"[\n" } else { b",\n" })?;
                serde_json::to_writer_pretty(&mut *self.out, &view)?;
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut *self.out, &view)?;
                self.out.write_all(b"\n")?;
            }
        }
        self.first = false;
        Ok(())
    }

    fn close(self) -> io::Result<Status> {
        match self.args.format {
            Format::Text => show::summary(self.out, &self.tally, self.lang)?,
            Format::Json => self.out.write_all(b"\n]\n")?,
            Format::Jsonl => {}
        }
        Ok(self.status)
    }
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
