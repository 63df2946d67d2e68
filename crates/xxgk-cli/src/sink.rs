//! Arrow tables written to a file as Parquet, CSV or lines of JSON, and other files written whole. Until the end a file has
//! another name, so that one that is cut short is not taken for whole.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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
use xxgk_batch::key_text;

use crate::shown::PathShown;

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
    path: PathBuf,
    /// What it is called until it is whole; `None` once it is.
    partial: Option<PathBuf>,
    schema: SchemaRef,
    writer: Writer,
}

enum Writer {
    Parquet(Box<ArrowWriter<BufWriter<File>>>),
    Csv(Box<csv::Writer<File>>),
    Jsonl(BufWriter<File>),
}

impl Sink {
    pub fn create(path: &Path, format: Format, schema: &SchemaRef) -> io::Result<Sink> {
        let path = pointed_to(path);
        // What is no file, such as a pipe, has no other name meanwhile, and nothing to be taken for whole.
        let is_file = fs::metadata(&path).map_or(true, |it| it.is_file());
        let partial = is_file.then(|| partial(&path));
        let file = File::create(partial.as_deref().unwrap_or(&path))?;
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
            path,
            partial,
            schema: schema.clone(),
            writer,
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
                    let fields = columns.map(|(field, column)| (field.name(), json(column, row)));
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
        match self.partial.take() {
            Some(partial) => fs::rename(partial, &self.path),
            None => Ok(()),
        }
    }
}

/// The file that is written while this one is not whole.
fn partial(path: &Path) -> PathBuf {
    let mut partial = OsString::from(path);
    partial.push(".partial");
    PathBuf::from(partial)
}

/// Writes a file whole, or leaves it as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = pointed_to(path);
    if fs::metadata(&path).is_ok_and(|it| !it.is_file()) {
        // What is no file, such as a pipe, has no other name meanwhile.
        return fs::write(path, bytes);
    }
    let partial = partial(&path);
    let written = fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, &path));
    if written.is_err() {
        // Why it could not be written is said, and not why what is left of it stays.
        _ = fs::remove_file(&partial);
    }
    written
}

/// Removes what a run that was killed has left of a file.
pub fn clear(path: &Path) {
    // Where there is none, or it cannot be removed, writing will say so.
    _ = fs::remove_file(partial(&pointed_to(path)));
}

/// Where a link leads, so that the link stays one.
fn pointed_to(path: &Path) -> PathBuf {
    // As many links as a kernel follows.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
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

impl Drop for Sink {
    fn drop(&mut self) {
        if let Some(partial) = self.partial.take() {
            // What is left of it says by its name that it is not whole.
            _ = fs::remove_file(partial);
        }
    }
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
