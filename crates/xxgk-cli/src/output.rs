//! Where the reports go, and what they come to.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use annotate_snippets::Renderer;
use serde::Serialize;
use xxgk::form::Form;
use xxgk::{Lang, Report, Severity, Verdict};

use crate::Status;
use crate::args::{Format, OutputArgs};
use crate::show::{self, Source, Tally};

/// Objects as one array, or one a line.
pub struct Objects {
    lines: bool,
    first: bool,
}

impl Objects {
    pub fn new(lines: bool) -> Self {
        Objects { lines, first: true }
    }

    pub fn write(&mut self, out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
        if self.lines {
            serde_json::to_writer(&mut *out, object)?;
            return out.write_all(b"\n");
        }
        out.write_all(if self.first { b"[\n" } else { b",\n" })?;
        self.first = false;
        Ok(serde_json::to_writer_pretty(out, object)?)
    }

    pub fn close(self, out: &mut impl Write) -> io::Result<()> {
        let end: &[u8] = match (self.lines, self.first) {
            (true, _) => b"",
            (false, true) => b"[]\n",
            (false, false) => b"\n]\n",
        };
        out.write_all(end)
    }
}

/// Where the reports go, and what they come to.
pub struct Output<'a, W> {
    args: &'a OutputArgs,
    forms: &'a [Arc<Form>],
    lang: Lang,
    out: &'a mut W,
    status: Status,
    renderer: Renderer,
    tally: Tally,
    objects: Objects,
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
            objects: Objects::new(args.format == Format::Jsonl),
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
            Format::Json | Format::Jsonl => self.objects.write(self.out, &view)?,
        }
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
            Format::Json | Format::Jsonl => self.objects.close(self.out)?,
        }
        Ok(self.status)
    }
}

/// What a report comes to; with `strict`, soft findings too.
pub fn status_of(report: &Report, strict: bool) -> Status {
    let counts = |severity| strict || severity == Severity::Hard;
    if report.verdict() == Verdict::Unreadable {
        Status::Unreadable
    } else if report.failed().any(|finding| counts(finding.severity)) {
        Status::Findings
    } else {
        Status::Clean
    }
}
