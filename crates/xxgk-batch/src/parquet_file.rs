//! Parquet files: row groups in pieces, so that several threads read one file.

use std::cell::Cell;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};

use crate::bind::Binding;
use crate::error::BatchError;

/// So many records are read by one thread at a time.
const PIECE: u64 = 1 << 16;
/// To begin within a row group, a reader passes over the pages before: of a huge one there are no more pieces than this.
const PIECES: u64 = 64;

/// A Parquet file.
#[derive(Debug)]
pub(crate) struct ParquetFile {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    rows: Vec<u64>,
}

/// Some records of a row group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    group: usize,
    offset: u64,
    pub records: u64,
    /// The number of the first of them in the file, from 1.
    pub first: u64,
}

impl ParquetFile {
    pub fn open(path: &Path) -> Result<Self, BatchError> {
        let file = File::open(path)?;
        let metadata = contained(|| {
            ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(damaged)
        })?;
        let groups = metadata.metadata().row_groups().iter();
        let rows: Result<Vec<u64>, _> = groups.map(|it| u64::try_from(it.num_rows())).collect();
        let rows = rows.ok().filter(|rows| {
            rows.iter()
                .try_fold(0, |all: u64, it| all.checked_add(*it))
                .is_some()
        });
        Ok(ParquetFile {
            path: path.to_owned(),
            rows: rows.ok_or_else(|| BatchError::Damaged("number of rows".to_owned()))?,
            metadata,
        })
    }

    pub fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    pub fn records(&self) -> u64 {
        self.rows.iter().sum()
    }

    /// The same file, with the texts of cells read as views: a value of a dictionary that many rows have is then in memory
    /// once, however long it is.
    pub fn with_views(mut self, binding: &Binding) -> Result<Self, BatchError> {
        let view = |(column, field): (usize, &Arc<Field>)| -> Arc<Field> {
            let at = binding.columns.binary_search(&column);
            let text = matches!(field.data_type(), DataType::Utf8 | DataType::LargeUtf8);
            match at {
                Ok(at) if text && binding.is_cells(at) => {
                    let field = Field::clone(field).with_data_type(DataType::Utf8View);
                    Arc::new(field)
                }
                _ => field.clone(),
            }
        };
        let schema = self.schema();
        let fields: Vec<_> = schema.fields().iter().enumerate().map(view).collect();
        let schema = Schema::new_with_metadata(fields, schema.metadata().clone());
        let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
        let metadata = self.metadata.metadata().clone();
        self.metadata =
            contained(|| ArrowReaderMetadata::try_new(metadata, options).map_err(damaged))?;
        Ok(self)
    }

    /// The pieces, in the order of the records.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut first = 1;
        for (group, rows) in self.rows.iter().copied().enumerate() {
            let size = PIECE.max(rows.div_ceil(PIECES));
            for number in 0..rows.div_ceil(size) {
                let offset = number * size;
                let records = size.min(rows - offset);
                pieces.push(Piece {
                    group,
                    offset,
                    records,
                    first,
                });
                first += records;
            }
        }
        pieces
    }

    /// The records of a piece, of the columns that are looked at.
    pub fn read(
        &self,
        piece: Piece,
        columns: &[usize],
        batch: usize,
    ) -> Result<Batches, BatchError> {
        // Each reader moves the place in its file: a file of its own for each.
        let file = File::open(&self.path)?;
        let schema = self.metadata.parquet_schema();
        let mask = ProjectionMask::roots(schema, columns.iter().copied());
        let too_many = |_| BatchError::Damaged("number of rows".to_owned());
        let reader = contained(|| {
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_projection(mask)
                .with_row_groups(vec![piece.group])
                .with_offset(usize::try_from(piece.offset).map_err(too_many)?)
                .with_limit(usize::try_from(piece.records).map_err(too_many)?)
                .with_batch_size(batch)
                .build()
                .map_err(damaged)
        })?;
        Ok(Batches {
            reader,
            left: piece.records,
        })
    }
}

/// The records of a piece, batch by batch. After an error there is nothing more.
pub(crate) struct Batches {
    reader: ParquetRecordBatchReader,
    left: u64,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        let batch = contained(|| {
            self.reader
                .next()
                .transpose()
                .map_err(|error| arrow(&error))
        });
        let short = || BatchError::Damaged("fewer rows than announced".to_owned());
        let batch = batch.and_then(|batch| batch.ok_or_else(short));
        self.left = match &batch {
            Ok(batch) => self.left.saturating_sub(batch.num_rows() as u64),
            Err(_) => 0,
        };
        Some(batch)
    }
}

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be that of the reader of Parquet on a damaged file, which becomes a
/// [`BatchError::Damaged`]. For the panic hook of a program, which need not print it then.
#[must_use]
pub fn is_contained() -> bool {
    CONTAINED.get()
}

/// The reader of Parquet checks much of what it is given, and panics where it does not: on a damaged file, that is what is wrong with the file.
fn contained<T>(read: impl FnOnce() -> Result<T, BatchError>) -> Result<T, BatchError> {
    CONTAINED.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    CONTAINED.set(false);
    read.unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        Err(BatchError::Damaged(words.unwrap_or("panic").to_owned()))
    })
}

fn damaged(error: parquet::errors::ParquetError) -> BatchError {
    BatchError::Damaged(error.to_string())
}

fn arrow(error: &ArrowError) -> BatchError {
    BatchError::Damaged(error.to_string())
}
