//! `xxgk impute`: the blanks that the rules leave one value are filled in, and the table is printed.

use std::io::{self, Write};
use std::path::Path;
use std::slice;
use std::sync::Arc;

use serde::Serialize;
use xxgk::edit::{Imputation, impute};
use xxgk::form::Form;
use xxgk::{Lang, Options, Reading, Record, Report, Value, Verdict, write};

use crate::Status;
use crate::args::{Impute, RepairFormat};
use crate::check::check;
use crate::input;
use crate::output::status_of;
use crate::render::text::{self, Given};
use crate::render::{Context, Objects, Source};
use crate::shown::{As, Inert};
use crate::work::Work;

/// One table, with what could be filled in.
struct Imputed {
    /// With the record that is filled in.
    reading: Reading,
    /// `None` where there is no record.
    imputation: Option<Imputation>,
    report: Report,
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
    /// In the order in which one follows from the others.
    filled: Vec<Filled<'a>>,
    /// The cells that stay blank.
    open: Vec<Open<'a>>,
    verdict: Verdict,
    /// Nested by key, as the typed struct; null where no table could be read.
    cells: Option<&'a Record>,
}

/// A cell that was filled in, the rules that leave no other value, and the cells that it follows from.
#[derive(Serialize)]
struct Filled<'a> {
    key: &'a str,
    value: Value,
    rules: Vec<&'a str>,
    from: Vec<&'a str>,
}

/// A cell that stays blank, with the least and the largest value that it can have; null where there is no bound to speak of.
#[derive(Serialize)]
struct Open<'a> {
    key: &'a str,
    min: Option<Value>,
    max: Option<Value>,
}

/// Fills in the tables of an input and writes them.
pub fn run(
    args: &Impute,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let options = Options {
        value_column: args.column.clone(),
        prose: false,
        report: false,
        ..Options::default()
    };
    let work = Work {
        inputs: slice::from_ref(&args.input),
        jobs: None,
        forms,
        options: &options,
    };
    let mut writer = Writer {
        format: args.format,
        context: Context {
            forms,
            lang,
            verbose: false,
        },
        objects: match args.format {
            RepairFormat::Jsonl => Objects::lines(),
            RepairFormat::Text | RepairFormat::Json => Objects::array(),
        },
        tables: 0,
        status: Status::Clean,
        out,
    };
    work.tables(
        |_, reading| imputed(reading),
        |path, tables| {
            let (document, tables) = match tables {
                Ok(tables) => tables,
                Err(report) => return writer.write(path, report, None, &mut Source::new("")),
            };
            let mut source = Source::new(document.text());
            for (number, mut table) in tables {
                let report = Report {
                    table: number,
                    ..std::mem::take(&mut table.report)
                };
                writer.write(path, report, Some(&table), &mut source)?;
            }
            Ok(())
        },
    )?;
    writer.close()
}

/// Fills in a table, and checks what has become of it.
fn imputed(mut reading: Reading) -> Imputed {
    let imputation = reading.record.as_ref().map(impute);
    if let Some(imputation) = &imputation {
        reading.record = Some(imputation.record.clone());
        let filled = imputation.filled.iter();
        let keys: Vec<&str> = filled.map(|it| key(&imputation.record, it.cell)).collect();
        // A blank that was filled in is none any more.
        reading.findings.retain(|finding| {
            let mut cells = finding.cells.iter();
            *finding.rule != *"S008"
                || !cells.any(|it| it.key.as_deref().is_some_and(|it| keys.contains(&it)))
        });
    }
    Imputed {
        report: check(&reading, None).report,
        imputation,
        reading,
    }
}

fn key(record: &Record, cell: usize) -> &str {
    let indicator = record.form().indicator(cell);
    indicator.map_or("", |it| it.key())
}

impl Imputed {
    fn given(&self) -> Vec<Given<'_>> {
        let all = self.imputation.iter();
        let filled = all.flat_map(|it| it.filled.iter().map(move |filled| (it, filled)));
        let given = filled.map(|(imputation, filled)| Given {
            message: filled.message(&imputation.record),
            rules: &filled.rules,
            place: self.reading.place(filled.cell),
        });
        given.collect()
    }

    fn filled(&self) -> Vec<Filled<'_>> {
        let all = self.imputation.iter();
        let filled = all.flat_map(|it| it.filled.iter().map(move |filled| (&it.record, filled)));
        let filled = filled.map(|(record, filled)| Filled {
            key: key(record, filled.cell),
            value: filled.value,
            rules: filled.rules.iter().map(|rule| &**rule).collect(),
            from: filled.from.iter().map(|cell| key(record, *cell)).collect(),
        });
        filled.collect()
    }

    fn open(&self) -> Vec<Open<'_>> {
        let all = self.imputation.iter();
        let open = all.flat_map(|it| it.open.iter().map(move |open| (&it.record, open)));
        let open = open.map(|(record, open)| {
            let [min, max] = open.bounds();
            Open {
                key: key(record, open.cell),
                min,
                max,
            }
        });
        open.collect()
    }
}

/// Writes tables: the text of each and on standard error what was filled in, or all of it as an object.
struct Writer<'a, W> {
    format: RepairFormat,
    context: Context<'a>,
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
        table: Option<&Imputed>,
        source: &mut Source<'_>,
    ) -> io::Result<()> {
        report.source = Some(path.display().to_string());
        self.status = self.status.max(status_of(&report, false));
        let record = table.and_then(|it| it.reading.record.as_ref());
        match self.format {
            RepairFormat::Text => {
                let given = table.map(Imputed::given).unwrap_or_default();
                let open = table.and_then(|it| it.imputation.as_ref());
                let open = open.map_or(0, |it| it.open.len());
                let errors = &mut Inert::new(io::stderr().lock(), As::Text);
                // Whoever does not read what was done is still given the table.
                _ = text::imputed(errors, (&given, open), &report, source, &self.context);
                if let Some(record) = record {
                    let between = if self.tables > 0 { "\n" } else { "" };
                    write!(self.out, "{between}{}", write(record, report.year))?;
                    self.tables += 1;
                }
            }
            RepairFormat::Json | RepairFormat::Jsonl => {
                if record.is_none() {
                    input::complain(path, &report.findings, self.context.lang);
                }
                let object = Object {
                    schema: "xxgk/impute/1",
                    source: report.source.as_deref(),
                    table: report.table,
                    form: report.form.as_deref(),
                    year: report.year,
                    filled: table.map(Imputed::filled).unwrap_or_default(),
                    open: table.map(Imputed::open).unwrap_or_default(),
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
