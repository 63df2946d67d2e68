//! CSV files in UTF-8, whose first line names the columns.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

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
}

/// A file of which only so much is read for one record.
#[derive(Debug)]
struct Limited {
    file: File,
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
        let file = Limited {
            file: File::open(path)?,
            left: MAX_RECORD,
        };
        let mut reader = ReaderBuilder::new()
            .buffer_capacity(1 << 17)
            .from_reader(file);
        let header = reader.byte_headers().map_err(|error| wrong(error, 0))?;
        let mut fields = Vec::with_capacity(header.len());
        for name in header {
            let name = str::from_utf8(name).map_err(|_| BatchError::NotUtf8 { record: 0 })?;
            fields.push(Field::new(name, DataType::Utf8, false));
        }
        Ok(CsvFile {
            reader,
            schema: Arc::new(Schema::new(fields)),
            record: ByteRecord::new(),
            read: 0,
        })
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.schema
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
                let text = str::from_utf8(field).map_err(|_| BatchError::NotUtf8 { record })?;
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

fn wrong(error: csv::Error, record: u64) -> BatchError {
    match error.into_kind() {
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
