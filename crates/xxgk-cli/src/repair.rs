//! `xxgk repair`: what can be corrected in one way only is corrected, and the table is printed.

use std::io::{self, Write};
use std::path::Path;
use std::slice;
use std::sync::Arc;

use serde::Serialize;
use xxgk::edit::apply;
use xxgk::form::Form;
use xxgk::{Correction, Lang, LastYear, PlaceView, Reading, Record, Report, Value, Verdict, write};

use crate::Status;
use crate::args::{Repair, RepairFormat};
use crate::check::{self, Checked, check, declare, not_compared};
use crate::input;
use crate::output::status_of;
use crate::render::text::{self, Made};
use crate::render::{Context, Objects, Source};
use crate::shown::{As, Inert, tell};
use crate::work::Work;

/// One table, corrected.
struct Repaired {
    /// With the corrected record.
    reading: Reading,
    applied: Vec<Correction>,
    /// The check of the corrected record.
    checked: Checked,
}

/// A table as programs read it.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<usize>,
    form: Option<&'a str>,
    year: Option<u16>,
    changes: Vec<Changed<'a>>,
    /// What was not applied.
    left: &'a [Correction],
    verdict: Verdict,
    /// Nested by key, as the typed struct; null where no table could be read.
    cells: Option<&'a Record>,
}

/// A change that was made; to blank, with the least and the largest value that the cell can have.
#[derive(Serialize)]
struct Changed<'a> {
    key: &'a str,
    name: &'a str,
    from: Value,
    to: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<Value>,
    place: Option<PlaceView>,
    rules: Vec<&'a str>,
}

/// Corrects the tables of an input and writes them.
pub fn run(
    args: &Repair,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let path = args.beside.previous.as_deref();
    let previous = match path.map(|path| (path, check::previous(path, forms))) {
        None => None,
        Some((_, Ok(previous))) => Some(previous),
        Some((path, Err(report))) => {
            input::complain(path, &report.findings, lang);
            return Ok(Status::Unreadable);
        }
    };
    let options = args.read.options();
    let work = Work {
        inputs: slice::from_ref(&args.input),
        jobs: None,
        forms,
        options: &options,
    };
    let mut writer = Writer {
        format: args.format,
        forms,
        lang,
        objects: match args.format {
            RepairFormat::Jsonl => Objects::lines(),
            RepairFormat::Text | RepairFormat::Json => Objects::array(),
        },
        tables: 0,
        status: Status::Clean,
        out,
    };
    work.tables(
        |_, reading| repaired(reading, args, previous.as_ref()),
        |path, tables| {
            let (document, tables) = match tables {
                Ok(tables) => tables,
                Err(report) => return writer.write(path, report, None, &mut Source::new("")),
            };
            let mut source = Source::new(document.text());
            for (number, mut table) in tables {
                if let Some((previous, why)) = previous.as_ref().zip(table.checked.unlike) {
                    tell(not_compared(previous, why, path, lang));
                    writer.status = Status::Unreadable;
                }
                let report = Report {
                    table: number,
                    ..std::mem::take(&mut table.checked.report)
                };
                writer.write(path, report, Some(&table), &mut source)?;
            }
            Ok(())
        },
    )?;
    writer.close()
}

/// Corrects a table, and checks what has become of it.
fn repaired(mut reading: Reading, args: &Repair, previous: Option<&LastYear>) -> Repaired {
    declare(&mut reading, &args.beside);
    let mut checked = check(&reading, previous);
    let corrections = std::mem::take(&mut checked.report.corrections);
    let mut applied = Vec::new();
    if let Some(record) = &reading.record {
        let repair = apply(record, &corrections, args.apply.into());
        applied = repair.applied.into_iter().cloned().collect();
        reading.record = Some(repair.record);
    }
    if applied.is_empty() {
        checked.report.corrections = corrections;
    } else {
        checked = check(&reading, previous);
        forget_places(&mut checked.report, &applied);
    }
    Repaired {
        reading,
        applied,
        checked,
    }
}

/// The source has another figure where a cell was changed: a rule that speaks of it does not show that.
fn forget_places(report: &mut Report, applied: &[Correction]) {
    let sets = applied.iter().flat_map(|it| &it.sets);
    let changed: Vec<&str> = sets.flat_map(|it| &it.cells).map(|it| &*it.key).collect();
    let rules = report.findings.iter_mut();
    let rules = rules.filter(|it| it.statement.is_some());
    for cell in rules.flat_map(|it| &mut it.cells) {
        let key = cell.key.as_deref();
        if cell.source.is_none() && key.is_some_and(|key| changed.contains(&key)) {
            cell.place = None;
        }
    }
}

impl Repaired {
    fn made(&self) -> impl Iterator<Item = Made<'_>> {
        self.applied.iter().flat_map(move |correction| {
            let sets = correction.sets.iter();
            let cells = sets.flat_map(|set| set.cells.iter().map(move |change| (set, change)));
            cells.map(|(set, change)| Made {
                change,
                error: set.error(change.cell),
                rules: &correction.rules,
                place: self.reading.place(change.cell),
            })
        })
    }
}

impl<'a> Changed<'a> {
    fn new(made: Made<'a>, lang: Lang) -> Self {
        let change = made.change;
        let [least, most] = change.bounds();
        let open = |bound: Option<Value>| bound.filter(|_| change.to().is_none());
        Changed {
            key: &change.key,
            name: &change.name,
            from: change.from,
            to: change.to(),
            min: open(least),
            max: open(most),
            place: made.place.map(|place| place.view(lang)),
            rules: made.rules.iter().map(|id| &**id).collect(),
        }
    }
}

/// Writes tables: the text of each and on standard error what was done, or all of it as an object.
struct Writer<'a, W> {
    format: RepairFormat,
    forms: &'a [Arc<Form>],
    lang: Lang,
    objects: Objects,
    tables: usize,
    status: Status,
    out: &'a mut W,
}

impl<W: Write> Writer<'_, W> {
    fn write(
        &mut self,
        path: &Path,
        mut report: Report,
        table: Option<&Repaired>,
        source: &mut Source<'_>,
    ) -> io::Result<()> {
        report.source = Some(path.display().to_string());
        self.status = self.status.max(status_of(&report, false));
        let made = table.into_iter().flat_map(Repaired::made);
        let record = table.and_then(|it| it.reading.record.as_ref());
        match self.format {
            RepairFormat::Text => {
                let made: Vec<_> = made.collect();
                let errors = &mut Inert::new(io::stderr().lock(), As::Text);
                let context = Context {
                    forms: self.forms,
                    lang: self.lang,
                    verbose: false,
                };
                // Whoever does not read what was done is still given the table.
                _ = text::repaired(errors, &made, &report, source, &context);
                if let Some(record) = record {
                    let between = if self.tables > 0 { "\n" } else { "" };
                    write!(self.out, "{between}{}", write(record, report.year))?;
                    self.tables += 1;
                }
            }
            RepairFormat::Json | RepairFormat::Jsonl => {
                if record.is_none() {
                    input::complain(path, &report.findings, self.lang);
                }
                let object = Object {
                    schema: "xxgk/repair/1",
                    source: report.source.as_deref(),
                    table: report.table,
                    form: report.form.as_deref(),
                    year: report.year,
                    changes: made.map(|made| Changed::new(made, self.lang)).collect(),
                    left: &report.corrections,
                    verdict: report.verdict(),
                    cells: record,
                };
                self.objects.write(self.out, &object)?;
            }
        }
        Ok(())
    }

    fn close(self) -> io::Result<Status> {
        if self.format != RepairFormat::Text {
            self.objects.end(self.out)?;
        }
        Ok(self.status)
    }
}
