//! CSV files, whose first line names the columns.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use crate::decode::{Broken, Utf8};
use crate::error::BatchError;

/// No record is longer, in bytes.
const MAX_RECORD: usize = 1 << 24;
/// A batch ends where its texts are longer than this, whatever the number of its records.
const MAX_BATCH: usize = 1 << 24;

/// A CSV file.
#[derive(Debug)]
pub(crate) struct CsvFile {
    reader: Reader<Limited>,
    schema: SchemaRef,
    record: ByteRecord,
    read: u64,
    /// How long the file is, in bytes.
    length: u64,
}

/// A file of which only so much is read for one record.
#[derive(Debug)]
struct Limited {
    file: Utf8<File>,
    left: usize,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.file.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

impl CsvFile {
    pub fn open(path: &Path) -> Result<Self, BatchError> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let file = Limited {
            file: Utf8::new(file),
            left: MAX_RECORD,
        };
        let mut reader = ReaderBuilder::new()
            .buffer_capacity(1 << 17)
            .from_reader(file);
        let header = reader.byte_headers().map_err(|error| wrong(error, 0))?;
        let mut fields = Vec::with_capacity(header.len());
        for name in header {
            let name = str::from_utf8(name).map_err(|_| not_utf8(header))?;
            fields.push(Field::new(name, DataType::Utf8, false));
        }
        Ok(CsvFile {
            reader,
            schema: Arc::new(Schema::new(fields)),
            record: ByteRecord::new(),
            read: 0,
            length,
        })
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// How many threads there is work for: one that has less than this to check is done before the next has begun.
    pub fn pieces(&self) -> usize {
        const PIECE: u64 = 1 << 16;
        usize::try_from(self.length.div_ceil(PIECE)).map_or(usize::MAX, |it| it.max(1))
    }

    /// The next records, of the columns that are looked at, and the number of the first; `None` at the end.
    pub fn next(
        &mut self,
        columns: &[usize],
        batch: usize,
    ) -> Result<Option<(u64, RecordBatch)>, BatchError> {
        let first = self.read + 1;
        let mut builders: Vec<StringBuilder> =
            columns.iter().map(|_| StringBuilder::new()).collect();
        let (mut records, mut bytes) = (0, 0);
        while records < batch && bytes < MAX_BATCH {
            self.reader.get_mut().left = MAX_RECORD;
            let record = self.read + 1;
            let more = self.reader.read_byte_record(&mut self.record);
            if !more.map_err(|error| wrong(error, record))? {
                break;
            }
            self.read = record;
            records += 1;
            for (builder, column) in builders.iter_mut().zip(columns) {
                let field = self.record.get(*column).unwrap_or_default();
                let text = str::from_utf8(field).map_err(|_| not_utf8(&self.record))?;
                bytes += text.len();
                builder.append_value(text);
            }
        }
        if records == 0 {
            return Ok(None);
        }
        let schema = self.schema.project(columns);
        let schema = schema.map_err(|_| BatchError::OtherColumns)?;
        let arrays = builders
            .iter_mut()
            .map(|it| Arc::new(it.finish()) as ArrayRef);
        let options = RecordBatchOptions::new().with_row_count(Some(records));
        RecordBatch::try_new_with_options(Arc::new(schema), arrays.collect(), &options)
            .map(|batch| Some((first, batch)))
            .map_err(|_| BatchError::OtherColumns)
    }
}

/// A record has bytes that are no UTF-8: on which of its lines.
fn not_utf8(record: &ByteRecord) -> BatchError {
    let first = record.position().map_or(1, |position| position.line());
    let newlines = |field: &[u8]| field.iter().filter(|byte| **byte == b'\n').count() as u64;
    let mut line = first;
    for field in record {
        if let Err(error) = str::from_utf8(field) {
            line += newlines(field.get(..error.valid_up_to()).unwrap_or_default());
            break;
        }
        line += newlines(field);
    }
    BatchError::Broken {
        encoding: "UTF-8",
        line,
    }
}

fn wrong(error: csv::Error, record: u64) -> BatchError {
    match error.into_kind() {
        ErrorKind::Io(error) if error.get_ref().is_some_and(|it| it.is::<Broken>()) => {
            let broken = error
                .into_inner()
                .and_then(|it| it.downcast::<Broken>().ok());
            let Broken { encoding, line } = broken.map_or_else(Broken::default, |it| *it);
            BatchError::Broken { encoding, line }
        }
        ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            BatchError::TooLong { record }
        }
        ErrorKind::Io(error) => BatchError::Io(error),
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => BatchError::Fields {
            record,
            expected: expected_len,
            found: len,
        },
        kind => BatchError::Damaged(format!("{kind:?}")),
    }
}
