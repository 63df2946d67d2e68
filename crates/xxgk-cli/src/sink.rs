//! Arrow tables written to a file as Parquet, CSV or lines of JSON.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde::Serializer as _;
use serde_json::Value;
use xxgk::{Lang, Number};
use xxgk_batch::{JSON, key_text};

use crate::shown::PathShown;
use crate::whole::Unfinished;

/// What is written, told by the extension of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Parquet,
    Csv,
    Jsonl,
}

impl Format {
    /// `Err` holds what to tell the user.
    pub fn of(path: &Path, lang: Lang) -> Result<Format, String> {
        let extension = path
            .extension()
            .map(|it| it.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("parquet") => Ok(Format::Parquet),
            Some("csv") => Ok(Format::Csv),
            Some("jsonl") => Ok(Format::Jsonl),
            _ => {
                let known = lang.pick(
                    "输出文件的扩展名应为 parquet、csv 或 jsonl",
                    "the name of the output file must end with parquet, csv or jsonl",
                );
                Err(format!("{}: {known}", path.shown()))
            }
        }
    }
}

/// A file that is being written.
pub struct Sink {
    schema: SchemaRef,
    writer: Writer,
    name: Unfinished,
}

enum Writer {
    Parquet(Box<ArrowWriter<BufWriter<File>>>),
    Csv(Box<csv::Writer<File>>),
    Jsonl(BufWriter<File>),
}

impl Sink {
    pub fn create(path: &Path, format: Format, schema: &SchemaRef) -> io::Result<Sink> {
        let (name, file) = Unfinished::create(path)?;
        let writer = match format {
            Format::Parquet => {
                let compression = Compression::ZSTD(ZstdLevel::default());
                let properties = WriterProperties::builder().set_compression(compression);
                let file = BufWriter::new(file);
                let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties.build()));
                Writer::Parquet(writer?.into())
            }
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(schema.fields().iter().map(|field| field.name()))?;
                Writer::Csv(writer.into())
            }
            Format::Jsonl => Writer::Jsonl(BufWriter::new(file)),
        };
        Ok(Sink {
            schema: schema.clone(),
            writer,
            name,
        })
    }

    /// The columns.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        match &mut self.writer {
            Writer::Parquet(writer) => writer.write(batch)?,
            Writer::Csv(writer) => {
                for row in 0..batch.num_rows() {
                    for column in batch.columns() {
                        let text = text(column, row).unwrap_or_default();
                        writer.write_field(&*inert(&text))?;
                    }
                    writer.write_record(None::<&[u8]>)?;
                }
            }
            Writer::Jsonl(writer) => {
                let schema = batch.schema_ref();
                for row in 0..batch.num_rows() {
                    let columns = schema.fields().iter().zip(batch.columns());
                    let fields = columns.map(|(field, column)| {
                        let value = match field.extension_type_name() {
                            Some(JSON) => parsed(column, row),
                            _ => json(column, row),
                        };
                        (field.name(), value)
                    });
                    serde_json::Serializer::new(&mut *writer).collect_map(fields)?;
                    writer.write_all(b"\n")?;
                }
            }
        }
        Ok(())
    }

    /// Gives the file its name.
    pub fn close(mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Parquet(writer) => {
                writer.finish()?;
                writer.inner_mut().flush()?;
            }
            Writer::Csv(writer) => writer.flush()?,
            Writer::Jsonl(writer) => writer.flush()?,
        }
        self.name.finish()
    }
}

/// A text as a cell of a spreadsheet that is no formula: with an apostrophe before what one begins with.
pub fn inert(text: &str) -> Cow<'_, str> {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let digits = |sign: char| sign.is_ascii_digit() || sign == '.';
    let number = text
        .strip_prefix('-')
        .is_some_and(|rest| rest.chars().all(digits));
    match begins && !number {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// A text of JSON, which is one here.
fn parsed(array: &dyn Array, row: usize) -> Value {
    let text = key_text(array, row).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// A value as text; a decimal has no zeros that say nothing. `None` is a null.
fn text(array: &dyn Array, row: usize) -> Option<String> {
    match array.data_type() {
        DataType::Decimal128(_, scale) if array.is_valid(row) => {
            let value = array.as_primitive::<Decimal128Type>().value(row);
            let scale = u32::try_from(*scale).ok()?;
            Some(Number::new(value, scale).to_string())
        }
        _ => key_text(array, row),
    }
}

/// Counts are numbers; all else is text, so that no reader loses a digit.
fn json(array: &dyn Array, row: usize) -> Value {
    match array.data_type() {
        DataType::UInt64 if array.is_valid(row) => {
            array.as_primitive::<UInt64Type>().value(row).into()
        }
        _ => text(array, row).map_or(Value::Null, Value::String),
    }
}
