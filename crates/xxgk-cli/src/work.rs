//! The tables of many inputs, read at once, in the order in which they were asked for.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use xxgk::form::Form;
use xxgk::{Document, Options, Reading, Report, read_document};

use crate::input;

/// So many inputs for each thread are worked on before what became of them is handed on.
const AHEAD: usize = 32;
/// More threads than any machine has a use for.
const MOST_JOBS: usize = 1 << 10;
/// The tables of a document with a longer text are read one at a time: however many it has, they are never all in memory.
/// Nearly every report is shorter.
const LONG: usize = 256 * 1024;

/// What is asked of the inputs.
pub struct Work<'a> {
    pub inputs: &'a [PathBuf],
    pub jobs: Option<NonZeroUsize>,
    pub forms: &'a [Arc<Form>],
    pub options: &'a Options,
}

/// The tables of one input, each with its number where there are several; or the report that it is no document.
pub type Tables<'a, T> = Result<(&'a Document, Numbered<'a, T>), Report>;
type Numbered<'a, T> = &'a mut dyn Iterator<Item = (Option<usize>, T)>;

/// What a thread has made of an input.
enum Done<T> {
    Unread(Report),
    /// It is long, and read when its turn comes.
    Long(Document),
    Read(Document, Vec<T>),
}

impl Work<'_> {
    /// Reads the tables of every input, makes something of each with `map`, on several threads, and hands it on in order.
    pub fn tables<T: Send>(
        &self,
        map: impl Fn(&Path, Reading) -> T + Sync,
        mut each: impl FnMut(&Path, Tables<'_, T>) -> io::Result<()>,
    ) -> io::Result<()> {
        let (forms, options) = (self.forms, self.options);
        let work = |path: &Path| match input::read(path) {
            Err(error) => Done::Unread(error.report()),
            Ok(document) if document.text().len() > LONG => Done::Long(document),
            Ok(document) => {
                let tables = read_document(&document, forms, options);
                let tables = tables.map(|reading| map(path, reading)).collect();
                Done::Read(document, tables)
            }
        };
        in_order(self.inputs, self.jobs, work, |path, done| match done {
            Done::Unread(report) => each(path, Err(report)),
            Done::Read(document, tables) => {
                each(path, Ok((&document, &mut numbered(tables.into_iter()))))
            }
            Done::Long(document) => {
                let tables = read_document(&document, forms, options);
                let tables = tables.map(|reading| map(path, reading));
                each(path, Ok((&document, &mut numbered(tables))))
            }
        })
    }
}

/// An input nearly always holds one table: only where it holds more are they counted.
fn numbered<T>(tables: impl Iterator<Item = T>) -> impl Iterator<Item = (Option<usize>, T)> {
    let mut tables = (1..).zip(tables).peekable();
    std::iter::from_fn(move || {
        let (number, table) = tables.next()?;
        let several = number > 1 || tables.peek().is_some();
        Some((several.then_some(number), table))
    })
}

/// Works on every input with so many threads (as many as there are cores, where none is given), and hands on what became of
/// each, in order. A bar shows how far it is, where there are several inputs and someone sees it.
pub fn in_order<T: Send>(
    inputs: &[PathBuf],
    jobs: Option<NonZeroUsize>,
    work: impl Fn(&Path) -> T + Sync,
    mut each: impl FnMut(&Path, T) -> io::Result<()>,
) -> io::Result<()> {
    let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let jobs = jobs.unwrap_or_else(cores).get();
    let jobs = jobs.min(inputs.len()).min(MOST_JOBS);
    if jobs <= 1 {
        let bar = Bar::new(inputs.len());
        for input in inputs {
            let done = work(input);
            bar.write(|| each(input, done))?;
            bar.inc();
        }
        bar.end();
        return Ok(());
    }
    let threads = ThreadPoolBuilder::new().num_threads(jobs).build();
    let threads = threads.map_err(io::Error::other)?;
    let bar = Bar::new(inputs.len());
    for some in inputs.chunks(jobs * AHEAD) {
        let done: Vec<T> = threads.install(|| {
            let work = |input: &PathBuf| {
                let done = work(input);
                bar.inc();
                done
            };
            some.par_iter().map(work).collect()
        });
        for (input, done) in some.iter().zip(done) {
            bar.write(|| each(input, done))?;
        }
    }
    bar.end();
    Ok(())
}

/// A bar on standard error, if that is a terminal and there is something to wait for.
struct Bar {
    bar: ProgressBar,
    /// What is written goes to a terminal too: the bar makes way for it.
    shared: bool,
}

impl Bar {
    fn new(inputs: usize) -> Self {
        let seen = inputs > 1 && io::stderr().is_terminal();
        let length = u64::try_from(inputs).unwrap_or(u64::MAX);
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
        let bar = match style {
            Ok(style) if seen => ProgressBar::new(length).with_style(style),
            _ => ProgressBar::hidden(),
        };
        Bar {
            bar,
            shared: seen && io::stdout().is_terminal(),
        }
    }

    fn inc(&self) {
        self.bar.inc(1);
    }

    fn write(&self, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self.shared {
            true => self.bar.suspend(write),
            false => write(),
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
