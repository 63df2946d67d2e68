//! Tables that a command changes and prints: the text of each, and on standard error what was done; or all of it as an object.

use std::io::{self, StderrLock, Write};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use xxgk::form::Form;
use xxgk::{Lang, Record, Report, Verdict, write};

use crate::Status;
use crate::args::RepairFormat;
use crate::input;
use crate::output::status_of;
use crate::render::{Context, Objects};
use crate::shown::{As, Inert};

/// A table as programs read it, with what was done to it.
#[derive(Serialize)]
struct Object<'a, D> {
    schema: &'static str,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<usize>,
    form: Option<&'a str>,
    year: Option<u16>,
    #[serde(flatten)]
    done: D,
    verdict: Verdict,
    /// Nested by key, as the typed struct; null where no table could be read.
    cells: Option<&'a Record>,
}

/// Standard error, with nothing in it that steers a terminal.
pub type Errors = Inert<StderrLock<'static>>;

/// Writes tables, in the order in which they come.
pub struct Tables<'a, W> {
    schema: &'static str,
    format: RepairFormat,
    pub context: Context<'a>,
    objects: Objects,
    /// How many were printed.
    printed: usize,
    pub status: Status,
    out: &'a mut W,
}

impl<'a, W: Write> Tables<'a, W> {
    pub fn new(
        schema: &'static str,
        format: RepairFormat,
        forms: &'a [Arc<Form>],
        lang: Lang,
        out: &'a mut W,
    ) -> Self {
        Tables {
            schema,
            format,
            context: Context {
                forms,
                lang,
                verbose: false,
            },
            objects: match format {
                RepairFormat::Jsonl => Objects::lines(),
                RepairFormat::Text | RepairFormat::Json => Objects::array(),
            },
            printed: 0,
            status: Status::Clean,
            out,
        }
    }

    /// Writes a table of a file, or why there is none. What was done is told to people by `tell`, and to programs by `done`.
    pub fn write(
        &mut self,
        path: &Path,
        report: &Report,
        record: Option<&Record>,
        done: impl Serialize,
        tell: impl FnOnce(&mut Errors, &Context<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        self.status = self.status.max(status_of(report, false));
        if self.format == RepairFormat::Text {
            let errors = &mut Inert::new(io::stderr().lock(), As::Text);
            // Whoever does not read what was done is still given the table.
            _ = tell(errors, &self.context);
            let Some(record) = record else { return Ok(()) };
            let between = if self.printed > 0 { "\n" } else { "" };
            self.printed += 1;
            return write!(self.out, "{between}{}", write(record, report.year));
        }
        if record.is_none() {
            input::complain(path, &report.findings, self.context.lang);
        }
        let object = Object {
            schema: self.schema,
            source: report.source.as_deref(),
            table: report.table,
            form: report.form.as_deref(),
            year: report.year,
            done,
            verdict: report.verdict(),
            cells: record,
        };
        self.objects.write(self.out, &object)
    }

    pub fn close(self) -> io::Result<Status> {
        if self.format != RepairFormat::Text {
            self.objects.end(self.out)?;
        }
        Ok(self.status)
    }
}
