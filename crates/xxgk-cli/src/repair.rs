//! `xxgk repair`: what can be corrected in one way only is corrected, and the table is printed.

use std::io::{self, Write};
use std::path::Path;
use std::slice;
use std::sync::Arc;

use serde::Serialize;
use xxgk::edit::apply;
use xxgk::form::Form;
use xxgk::{Correction, Lang, LastYear, PlaceView, Reading, Report, Value};

use crate::Status;
use crate::args::Repair;
use crate::check::{self, Checked, check, declare, not_compared};
use crate::input;
use crate::render::Source;
use crate::render::text::{self, Made};
use crate::shown::tell;
use crate::tables::Tables;
use crate::work::Work;

/// One table, corrected.
struct Repaired {
    /// With the corrected record.
    reading: Reading,
    applied: Vec<Correction>,
    /// The check of the corrected record.
    checked: Checked,
}

/// What was done to a table, as programs read it.
#[derive(Serialize)]
struct Done<'a> {
    changes: Vec<Changed<'a>>,
    /// What was not applied.
    left: &'a [Correction],
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
    let mut writer = Tables::new("xxgk/repair/1", args.format, forms, lang, out);
    work.tables(
        |_, reading| repaired(reading, args, previous.as_ref()),
        |path, tables| {
            let (document, tables) = match tables {
                Ok(tables) => tables,
                Err(report) => return put(&mut writer, path, report, None, &mut Source::new("")),
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
                put(&mut writer, path, report, Some(&table), &mut source)?;
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
    fn new(made: &Made<'a>, lang: Lang) -> Self {
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

/// Writes a table, or why there is none.
fn put(
    writer: &mut Tables<'_, impl Write>,
    path: &Path,
    mut report: Report,
    table: Option<&Repaired>,
    source: &mut Source<'_>,
) -> io::Result<()> {
    let made: Vec<Made<'_>> = table.into_iter().flat_map(Repaired::made).collect();
    let record = table.and_then(|it| it.reading.record.as_ref());
    let lang = writer.context.lang;
    report.source = Some(path.display().to_string());
    let done = Done {
        changes: made.iter().map(|made| Changed::new(made, lang)).collect(),
        left: &report.corrections,
    };
    writer.write(path, &report, record, done, |errors, context| {
        text::repaired(errors, &made, &report, source, context)
    })
}
