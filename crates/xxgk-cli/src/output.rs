//! Where the reports go, and what they come to.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use annotate_snippets::Renderer;
use xxgk::form::Form;
use xxgk::{Lang, Report, Severity, Verdict};

use crate::Status;
use crate::args::{Format, OutputArgs};
use crate::show::{self, Source, Tally};

/// Where the reports go, and what they come to.
pub struct Output<'a, W> {
    args: &'a OutputArgs,
    forms: &'a [Arc<Form>],
    lang: Lang,
    out: &'a mut W,
    status: Status,
    renderer: Renderer,
    tally: Tally,
    first: bool,
}

impl<'a, W: Write> Output<'a, W> {
    pub fn new(args: &'a OutputArgs, forms: &'a [Arc<Form>], lang: Lang, out: &'a mut W) -> Self {
        Output {
            args,
            forms,
            lang,
            out,
            status: Status::Clean,
            renderer: show::renderer(),
            tally: Tally::default(),
            first: true,
        }
    }

    /// Writes one report on a source.
    pub fn write(
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

    /// Ends what is written on one input: on a terminal it is shown at once.
    pub fn end_input(&mut self) -> io::Result<()> {
        match io::stdout().is_terminal() {
            true => self.out.flush(),
            false => Ok(()),
        }
    }

    /// Says why something that was asked for was not done.
    pub fn refuse(&mut self, message: &str) {
        eprintln!("xxgk: {message}");
        self.status = Status::Unreadable;
    }

    /// Writes what all reports come to.
    pub fn close(self) -> io::Result<Status> {
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
