//! Where the reports go, and what they come to.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Lang, Reading, Report, Severity, Verdict};
use xxgk_show::html::Table;

use crate::Status;
use crate::args::OutputArgs;
use crate::render::{Context, Renderer, Source, renderer};
use crate::shown::tell;

/// Where the reports go, and what they come to.
pub struct Output<'a, W> {
    strict: bool,
    out: &'a mut W,
    status: Status,
    renderer: Box<dyn Renderer + 'a>,
}

impl<'a, W: Write> Output<'a, W> {
    /// Begins what is written.
    pub fn new(
        args: &OutputArgs,
        forms: &'a [Arc<Form>],
        lang: Lang,
        out: &'a mut W,
    ) -> io::Result<Self> {
        let context = Context {
            forms,
            lang,
            verbose: args.verbose,
        };
        let mut renderer = renderer(args.format, context, args.strict);
        renderer.begin(out)?;
        Ok(Output {
            strict: args.strict,
            out,
            status: Status::Clean,
            renderer,
        })
    }

    /// Writes one report on a table of a source, whose text is given.
    pub fn write(
        &mut self,
        path: &Path,
        mut report: Report,
        reading: &Reading,
        (text, source): (&str, &mut Source<'_>),
    ) -> io::Result<()> {
        report.source = Some(path.display().to_string());
        self.put(&report, Some(reading), text, source)
    }

    /// Writes the report on a source that could not be read.
    pub fn unread(&mut self, path: &Path, mut report: Report) -> io::Result<()> {
        report.source = Some(path.display().to_string());
        self.put(&report, None, "", &mut Source::new(""))
    }

    fn put(
        &mut self,
        report: &Report,
        reading: Option<&Reading>,
        text: &str,
        source: &mut Source<'_>,
    ) -> io::Result<()> {
        self.status = self.status.max(status_of(report, self.strict));
        let table = Table {
            report,
            reading,
            text,
        };
        self.renderer.report(self.out, &table, source)
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
        tell(message);
        self.status = Status::Unreadable;
    }

    /// Ends what is written.
    pub fn close(mut self) -> io::Result<Status> {
        self.renderer.end(self.out)?;
        Ok(self.status)
    }
}

/// What a report comes to; with `strict`, soft findings too.
pub fn status_of(report: &Report, strict: bool) -> Status {
    let counts = |severity| strict || severity == Severity::Hard;
    if report.verdict() == Verdict::Unreadable {
        Status::Unreadable
    } else if report.verdict() == Verdict::Incomplete
        || report.failed().any(|finding| counts(finding.severity))
    {
        // What a blank leaves open is not known to be right.
        Status::Findings
    } else {
        Status::Clean
    }
}
