//! `xxgk extract`: the tables as they were read, for other programs. [`wide`]: a line a table, which `batch` reads.

mod wide;

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use xxgk::form::Form;
use xxgk::{Finding, Lang, Reading, Record};

use crate::Status;
use crate::args::{Extract, ExtractFormat};
use crate::input;
use crate::render::Objects;
use crate::shown::{PathShown, shown, tell};
use crate::sink::inert;
use crate::work::Work;
use wide::Wide;

/// One table as it was read.
#[derive(Serialize)]
struct Extracted<'a> {
    schema: &'static str,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<usize>,
    form: Option<&'a str>,
    year: Option<u16>,
    /// What could not be read, or not as it should be.
    findings: Vec<Said<'a>>,
    /// Nested by key, as the typed struct; null where no table could be read.
    cells: Option<&'a Record>,
}

/// A structural finding, in short.
#[derive(Serialize)]
struct Said<'a> {
    rule: &'a str,
    message: &'a str,
}

/// Reads the inputs and writes their tables.
pub fn run(
    args: &Extract,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let inputs = input::expand(&args.inputs);
    inputs.tell_skipped(false, lang);
    let binary = matches!(args.format, ExtractFormat::Parquet | ExtractFormat::Xlsx);
    if binary && io::stdout().is_terminal() {
        let file = lang.pick(
            "这种格式不能显示在终端上，请用 > 写入文件",
            "this format is for a file: write it there with >",
        );
        tell(file);
        return Ok(Status::Unreadable);
    }
    if inputs.files.is_empty() {
        tell(input::nothing(lang));
        return Ok(Status::Unreadable);
    }
    let options = args.read.options();
    let work = Work {
        inputs: &inputs.files,
        jobs: args.jobs,
        forms,
        options: &options,
    };
    let mut writer = Writer::new(args.format, lang, out)?;
    work.tables(
        |_, reading| reading,
        |path, tables| match tables {
            Ok((_, tables)) => {
                for (number, reading) in tables {
                    writer.table(path, number, Some(&reading), &reading.findings)?;
                }
                Ok(())
            }
            Err(report) => writer.table(path, None, None, &report.findings),
        },
    )?;
    writer.close()
}

/// Writes tables, in one of the formats.
struct Writer<'a, W: Write> {
    format: ExtractFormat,
    lang: Lang,
    out: &'a mut W,
    objects: Objects,
    status: Status,
    /// The lines of whole tables, where such are written.
    wide: Option<Wide>,
}

impl<'a, W: Write> Writer<'a, W> {
    fn new(format: ExtractFormat, lang: Lang, out: &'a mut W) -> io::Result<Self> {
        if format == ExtractFormat::Csv {
            csv(
                out,
                &[
                    "source", "table", "form", "year", "key", "code", "label", "unit", "value",
                    "place",
                ],
            )?;
        }
        Ok(Writer {
            format,
            lang,
            out,
            objects: match format {
                ExtractFormat::Jsonl => Objects::lines(),
                _ => Objects::array(),
            },
            status: Status::Clean,
            wide: Wide::new(format),
        })
    }

    fn table(
        &mut self,
        path: &Path,
        table: Option<usize>,
        reading: Option<&Reading>,
        findings: &[Finding],
    ) -> io::Result<()> {
        let record = reading.and_then(|it| it.record.as_ref());
        if record.is_none() {
            self.status = Status::Unreadable;
            input::complain(path, findings, self.lang);
        }
        let said = findings.iter().map(|finding| Said {
            rule: &finding.rule,
            message: finding.message.get(self.lang),
        });
        let extracted = Extracted {
            schema: "xxgk/table/1",
            source: path.display().to_string(),
            table,
            form: record.map(|record| record.form().id()),
            year: reading.and_then(|it| it.year),
            findings: said.collect(),
            cells: record,
        };
        match self.format {
            ExtractFormat::Json | ExtractFormat::Jsonl => {
                self.objects.write(self.out, &extracted)?;
            }
            ExtractFormat::Toml => {
                let tables = std::collections::BTreeMap::from([("table", [extracted])]);
                let text = toml::to_string(&tables).map_err(io::Error::other)?;
                writeln!(self.out, "{text}")?;
            }
            ExtractFormat::Csv => {
                if let (Some(reading), Some(record)) = (reading, record) {
                    self.lines(&extracted, reading, record)?;
                }
            }
            ExtractFormat::WideCsv | ExtractFormat::Parquet | ExtractFormat::Xlsx => {
                if let (Some(reading), Some(record)) = (reading, record) {
                    self.line(path, &extracted, reading, record)?;
                }
            }
        }
        Ok(())
    }

    /// The whole table in one line.
    fn line(
        &mut self,
        path: &Path,
        of: &Extracted<'_>,
        reading: &Reading,
        record: &Record,
    ) -> io::Result<()> {
        tell_unread(path, reading, record, self.lang);
        let table = of.table.map(|it| format!("#{it}")).unwrap_or_default();
        let line = wide::Line {
            name: &format!("{}{table}", of.source),
            year: of.year,
            agency: reading.agency.as_deref().unwrap_or_default(),
            record,
        };
        let Some(wide) = &mut self.wide else {
            return Ok(());
        };
        if let Err(form) = wide.add(&line, self.out)? {
            self.status = Status::Unreadable;
            tell(other_form(path, &form, record.form(), self.lang));
        }
        Ok(())
    }

    /// One line a cell.
    fn lines(&mut self, of: &Extracted<'_>, reading: &Reading, record: &Record) -> io::Result<()> {
        let table = of.table.map(|it| it.to_string()).unwrap_or_default();
        let year = of.year.map(|it| it.to_string()).unwrap_or_default();
        let form = of.form.unwrap_or_default();
        for (index, cell) in record.form().indicators().iter().enumerate() {
            let value = record.value(index).map(|it| it.to_string());
            let place = reading.place(index).map(|place| place.said(self.lang));
            let (value, place) = (value.unwrap_or_default(), place.unwrap_or_default());
            csv(
                self.out,
                &[
                    &of.source,
                    &table,
                    form,
                    &year,
                    cell.key(),
                    cell.code(),
                    cell.name(),
                    cell.unit(),
                    &value,
                    &place,
                ],
            )?;
        }
        Ok(())
    }

    fn close(self) -> io::Result<Status> {
        if let ExtractFormat::Json | ExtractFormat::Jsonl = self.format {
            self.objects.end(self.out)?;
        }
        if let Some(wide) = self.wide {
            wide.close(self.out)?;
        }
        Ok(self.status)
    }
}

/// Says where a line has a blank and the table has something that could not be read: a line has no other place for it.
fn tell_unread(path: &Path, reading: &Reading, record: &Record, lang: Lang) {
    for finding in &reading.findings {
        // What is blank in the table is blank in the line.
        let is_blank = *finding.rule == *"S008";
        let missing = finding.cells.iter().find(|cell| {
            let key = cell.key.as_deref();
            key.is_some_and(|key| record.get(key) == Ok(None))
        });
        if let (Some(cell), false) = (missing, is_blank) {
            let place = cell.place.as_ref().map(|place| place.said(lang));
            let place = place.map_or(String::new(), |place| format!(" {}", shown(&place)));
            let message = shown(finding.message.get(lang)).into_owned();
            tell(format_args!("{}{place}: {message}", path.shown()));
        }
    }
}

/// Says that a table has other columns than the lines.
fn other_form(path: &Path, form: &Form, other: &Form, lang: Lang) -> String {
    let (path, form, other) = (path.shown(), form.title(), other.title());
    match lang {
        Lang::Zh => format!(
            "{path}：这是“{other}”，与前面的“{form}”列不相同，没有写入。请用 --form 指定一种表式，分别提取"
        ),
        Lang::En => format!(
            "{path}: its form ({other}) has other columns than that of the lines before it ({form}), and it is not written. Choose a form by --form, and extract each by itself"
        ),
    }
}

/// Writes one line of comma-separated values.
fn csv(out: &mut impl Write, values: &[&str]) -> io::Result<()> {
    let mut line = csv::WriterBuilder::new().from_writer(out);
    line.write_record(values.iter().map(|text| inert(text).into_owned()))?;
    line.flush()
}
