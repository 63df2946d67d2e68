//! `xxgk impute`: the blanks that the rules leave one value are filled in, and the table is printed.

use std::io::{self, Write};
use std::path::Path;
use std::slice;
use std::sync::Arc;

use xxgk::edit::{Imputation, impute};
use xxgk::form::Form;
use xxgk::{Finding, Lang, Options, Reading, Report};

use crate::Status;
use crate::args::Impute;
use crate::check::check;
use crate::render::Source;
use crate::render::text::{self, Given};
use crate::tables::Tables;
use crate::work::Work;

/// One table, with what could be filled in.
struct Imputed {
    /// With the record that is filled in.
    reading: Reading,
    /// `None` where there is no record.
    imputation: Option<Imputation>,
    report: Report,
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
    let mut writer = Tables::new("xxgk/impute/1", args.format, forms, lang, out);
    work.tables(
        |_, reading| imputed(reading),
        |path, tables| {
            let (document, tables) = match tables {
                Ok(tables) => tables,
                Err(report) => return put(&mut writer, path, report, None, &mut Source::new("")),
            };
            let mut source = Source::new(document.text());
            for (number, mut table) in tables {
                let report = Report {
                    table: number,
                    ..std::mem::take(&mut table.report)
                };
                put(&mut writer, path, report, Some(&table), &mut source)?;
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
        let view = imputation.view();
        let is_filled = |key: &str| view.filled.iter().any(|it| it.key == key);
        reading.findings.retain(|it| !is_settled(it, is_filled));
    }
    Imputed {
        report: check(&reading, None).report,
        imputation,
        reading,
    }
}

/// Whether a finding says of cells that they are blank or their row is missing, and all of them were filled in.
fn is_settled(finding: &Finding, is_filled: impl Fn(&str) -> bool) -> bool {
    let is_blank = matches!(&*finding.rule, "S001" | "S008");
    let mut keys = finding.cells.iter().map(|it| it.key.as_deref());
    is_blank && !finding.cells.is_empty() && keys.all(|it| it.is_some_and(&is_filled))
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
}

/// Writes a table, or why there is none.
fn put(
    writer: &mut Tables<'_, impl Write>,
    path: &Path,
    mut report: Report,
    table: Option<&Imputed>,
    source: &mut Source<'_>,
) -> io::Result<()> {
    let given = table.map(Imputed::given).unwrap_or_default();
    let imputation = table.and_then(|it| it.imputation.as_ref());
    let open = imputation.map_or(0, |it| it.open.len());
    let record = table.and_then(|it| it.reading.record.as_ref());
    report.source = Some(path.display().to_string());
    let done = imputation.map(Imputation::view).unwrap_or_default();
    writer.write(path, &report, record, done, |errors, context| {
        text::imputed(errors, (&given, open), &report, source, context)
    })
}
