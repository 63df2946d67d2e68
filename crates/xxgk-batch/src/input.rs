//! Files of records, checked piece by piece on several threads, in the order of the records.

use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use crate::bind::Binding;
use crate::check::{Checked, Checker};
use crate::csv_file::CsvFile;
use crate::error::BatchError;
use crate::parquet_file::{ParquetFile, Piece};

/// What became of so many batches of a piece waits for its turn, before the thread that works on the piece waits too.
const WAITING: usize = 16;
/// More threads than any machine has a use for.
const MOST_JOBS: usize = 1 << 10;

/// How a file is read. What is found does not depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How many threads read and check, at the most: there are no more than there is work for.
    pub jobs: NonZeroUsize,
    /// How many records are checked at once.
    pub batch: NonZeroUsize,
}

impl Pace {
    /// So many threads, and batches that fit in the caches.
    #[must_use]
    pub fn new(jobs: NonZeroUsize) -> Self {
        Pace {
            jobs,
            batch: NonZeroUsize::MIN.saturating_add((1 << 13) - 1),
        }
    }
}

/// A file of records: Parquet, told by its content, or else CSV in UTF-8, UTF-16 or GB18030 whose first line names the columns.
#[derive(Debug)]
pub struct Input(Source);

#[derive(Debug)]
enum Source {
    Parquet(ParquetFile),
    Csv(Box<CsvFile>),
}

/// What a thread does next.
enum Work {
    Piece(Arc<ParquetFile>, Piece),
    Records(u64, RecordBatch),
    Wrong(BatchError),
}

impl Input {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it cannot be read, or is damaged.
    pub fn open(path: &Path) -> Result<Input, BatchError> {
        // It is read more than once: from a pipe, nothing would come any more, and from a device, no end.
        if !std::fs::metadata(path)?.is_file() {
            return Err(BatchError::NoFile);
        }
        let mut magic = Vec::new();
        File::open(path)?.take(4).read_to_end(&mut magic)?;
        let extension = path.extension();
        let named_parquet = extension.is_some_and(|it| it.eq_ignore_ascii_case("parquet"));
        Ok(Input(match &magic[..] {
            b"PAR1" => Source::Parquet(ParquetFile::open(path)?),
            b"PARE" => return Err(BatchError::Encrypted),
            _ if named_parquet => {
                return Err(BatchError::Damaged("no Parquet file".to_owned()));
            }
            _ => Source::Csv(CsvFile::open(path)?.into()),
        }))
    }

    /// Its columns.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        match &self.0 {
            Source::Parquet(file) => file.schema(),
            Source::Csv(file) => file.schema(),
        }
    }

    /// How many records it has, where that is known before they are read.
    #[must_use]
    pub fn records(&self) -> Option<u64> {
        match &self.0 {
            Source::Parquet(file) => Some(file.records()),
            Source::Csv(_) => None,
        }
    }

    /// Checks all records, in bounded memory whatever their number. `map` makes something of what was found on some
    /// records, on any thread; that is handed to `each` in the order of the records.
    ///
    /// # Errors
    /// Why the rest of the file is not read, or the first error of `map` or `each`. What comes before in the file was
    /// handed on.
    pub fn check<T: Send, E: From<BatchError> + Send>(
        self,
        checker: &Checker<'_>,
        pace: Pace,
        map: impl Fn(Checked) -> Result<T, E> + Sync,
        each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let check = |first, records: &RecordBatch| map(checker.check_projected(records, first)?);
        self.read(checker.binding(), pace, check, each)
    }

    /// Reads the columns that are bound of all records: `map` has the number of the first of some records, and these.
    pub(crate) fn read<T: Send, E: From<BatchError> + Send>(
        self,
        binding: &Binding,
        pace: Pace,
        map: impl Fn(u64, &RecordBatch) -> Result<T, E> + Sync,
        mut each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let batch = pace.batch.get();
        let jobs = pace.jobs.get().min(self.pieces()).min(MOST_JOBS);
        let work = Mutex::new(self.work(binding, batch)?);
        let (queue, queued) = sync_channel(jobs);
        // A thread takes the next piece of work and, at once, the place in the queue of what will become of it.
        let take = |queue: &SyncSender<_>| {
            let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
            let next = work.next()?;
            let (done, becoming) = sync_channel(WAITING);
            queue.send(becoming).ok().map(|()| (next, done))
        };
        let run = |queue: SyncSender<_>| {
            while let Some((next, done)) = take(&queue) {
                next.run(&binding.columns, batch, |records| {
                    let made = records.map_err(E::from);
                    let made = made.and_then(|(first, records)| map(first, &records));
                    done.send(made).is_ok()
                });
            }
        };
        thread::scope(|scope| {
            for _ in 0..jobs {
                let queue = queue.clone();
                let thread = thread::Builder::new().spawn_scoped(scope, || run(queue));
                thread.map_err(BatchError::from)?;
            }
            drop(queue);
            // Whoever returns early drops the queue, and the threads find no one to send to.
            for becoming in queued {
                for done in becoming {
                    each(done?)?;
                }
            }
            Ok(())
        })
    }

    /// How many pieces of work it has, at the most.
    fn pieces(&self) -> usize {
        match &self.0 {
            Source::Parquet(file) => file.pieces().len().max(1),
            Source::Csv(file) => file.pieces(),
        }
    }

    fn work(
        self,
        binding: &Binding,
        batch: usize,
    ) -> Result<Box<dyn Iterator<Item = Work> + Send>, BatchError> {
        let columns = binding.columns.clone();
        Ok(match self.0 {
            Source::Parquet(file) => {
                let file = Arc::new(file.with_views(binding)?);
                let pieces = file.pieces().into_iter();
                Box::new(pieces.map(move |piece| Work::Piece(file.clone(), piece)))
            }
            Source::Csv(file) => {
                let mut file = Some(file);
                Box::new(std::iter::from_fn(move || {
                    match file.as_mut()?.next(&columns, batch) {
                        Ok(records) => records.map(|(first, it)| Work::Records(first, it)),
                        Err(error) => {
                            file = None;
                            Some(Work::Wrong(error))
                        }
                    }
                }))
            }
        })
    }
}

impl Work {
    /// Hands on the records, batch by batch, while someone wants them.
    fn run(
        self,
        columns: &[usize],
        batch: usize,
        mut hand_on: impl FnMut(Result<(u64, RecordBatch), BatchError>) -> bool,
    ) {
        match self {
            Work::Wrong(error) => _ = hand_on(Err(error)),
            Work::Records(first, records) => _ = hand_on(Ok((first, records))),
            Work::Piece(file, piece) => {
                let mut first = piece.first;
                let batches = match file.read(piece, columns, batch) {
                    Ok(batches) => batches,
                    Err(error) => {
                        hand_on(Err(error));
                        return;
                    }
                };
                for records in batches {
                    let count = records.as_ref().map_or(0, RecordBatch::num_rows);
                    if !hand_on(records.map(|records| (first, records))) {
                        return;
                    }
                    first += count as u64;
                }
            }
        }
    }
}
