//! Puts what [`xxgk`] found into a copy of the file that was checked, where the person who corrects it looks: as comments and
//! colours at the wrong cells of DOCX, XLSX and HTML, and at the paragraphs of DOCX and HTML that the table does not bear out.
//!
//! ```
//! use xxgk::{Lang, Options, forms, read_document};
//!
//! # fn annotated(file: &[u8]) -> Result<Vec<u8>, xxgk_mark::MarkError> {
//! let document = xxgk_read::read(file)?;
//! let options = Options::default();
//! let readings: Vec<_> = read_document(&document, forms(), &options).collect();
//! let tables: Vec<_> = readings.iter().map(|it| (it.check(), Some(it))).collect();
//! let annotated = xxgk_mark::annotate(file, &tables, Lang::Zh)?;
//! for sentence in &annotated.left {
//!     println!("{sentence}");
//! }
//! Ok(annotated.file)
//! # }
//! ```
//!
//! # What holds
//!
//! - The copy reads as the file does: it is read again, and no copy is given otherwise.
//! - All else in the file stays as it is: parts that nothing is put into are copied as they are packed, and the others have the
//!   same text around what is put in.
//! - Something is put at a place only where the reader knows for certain that it is the one: [`Annotated::left`] has the rest.
//! - No input makes the crate panic. It does no I/O, and has no clock: the copy is the same each time.
//! - What comes from a file is text in the comments, whatever stands in it; signs that are not to be seen are written out.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::unreachable
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)
)]

mod docx;
mod edits;
mod error;
mod html;
mod package;
mod say;
mod tags;
mod xlsx;

pub use error::MarkError;

use std::collections::HashMap;
use std::sync::Arc;

use xxgk::{Document, Grid, Lang, Place, Reading, Report};
use xxgk_read::{Format, Source, Sources};

use package::Package;
use say::{At, Said, said};

/// More sentences than this are not said at one place.
const MOST: usize = 30;
/// What must be corrected is red, what is to be looked at yellow.
const RED: &str = "FF9999";
const YELLOW: &str = "FFFF66";

/// A copy of a file with marks.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The copy.
    pub file: Vec<u8>,
    /// At how many places something is said.
    pub places: usize,
    /// What is not said in the copy, each with its place: no place of the file is known for certain to be that one.
    pub left: Vec<String>,
}

/// What is put beside one cell or paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    source: Source,
    /// What it is called in the document; `None` for what is said of the table.
    place: Option<Place>,
    /// Its colour, as RGB; `None` where the table as a whole is meant.
    color: Option<&'static str>,
    sentences: Vec<String>,
}

/// A copy of a file with what was found of its tables, each with the table as it was read.
///
/// # Errors
///
/// Why there is none, and what to do: [`MarkError::message`].
pub fn annotate(
    bytes: &[u8],
    tables: &[(Report, Option<&Reading>)],
    lang: Lang,
) -> Result<Annotated, MarkError> {
    let format = xxgk_read::format(bytes)?;
    if !matches!(format, Format::Docx | Format::Xlsx | Format::Html) {
        return Err(MarkError::Format(format));
    }
    let (document, sources) = xxgk_read::read_with_sources(bytes)?;
    let mut left = Vec::new();
    let mut marks = Marks::default();
    for (report, reading) in tables {
        for said in said(report, *reading, lang) {
            for at in &said.at {
                let found = find(at, &document, &sources);
                match found {
                    Some(source) => marks.add(source, *at, &said, lang),
                    None => left.push(unsaid(*at, &said.sentences, lang)),
                }
            }
        }
    }
    let mut marks = marks.all;
    // In the order of the text; some cells of a sheet have no element in it.
    marks.sort_by_key(|it| {
        let in_text = it.source.span.as_ref().filter(|_| format != Format::Xlsx);
        let start = in_text.map(|span| span.start);
        (it.source.part.clone(), start, it.source.cell)
    });
    for mark in &mut marks {
        shorten(mark, lang);
    }
    copy(bytes, format, &document, marks, left, lang)
}

fn find(at: &At<'_>, document: &Document, sources: &Sources) -> Option<Source> {
    match at {
        At::Place(place) => sources.find(document, place),
        At::Table(place) => sources.first_of_table((*place)?),
    }
}

/// The marks so far, and which of them is at which place.
#[derive(Default)]
struct Marks {
    all: Vec<Mark>,
    at: HashMap<Source, usize>,
}

impl Marks {
    /// Adds what is said to the mark of its place.
    fn add(&mut self, source: Source, at: At<'_>, said: &Said<'_>, lang: Lang) {
        let index = *self.at.entry(source.clone()).or_insert(self.all.len());
        if index == self.all.len() {
            self.all.push(Mark {
                source,
                place: None,
                color: None,
                sentences: Vec::new(),
            });
        }
        let Some(mark) = self.all.get_mut(index) else {
            return;
        };
        let mut sentences = said.sentences.clone();
        match (at, sentences.first_mut()) {
            (At::Place(place), _) => {
                mark.place.get_or_insert_with(|| place.clone());
                let color = if said.soft { YELLOW } else { RED };
                mark.color = mark.color.filter(|it| *it == RED).or(Some(color));
            }
            (At::Table(_), Some(first)) => {
                first.insert_str(0, lang.pick("全表，", "The whole table. "));
            }
            (At::Table(_), None) => {}
        }
        mark.sentences.append(&mut sentences);
    }
}

/// Leaves out what nobody would read to its end.
fn shorten(mark: &mut Mark, lang: Lang) {
    let more = mark.sentences.len().saturating_sub(MOST);
    if more > 0 {
        mark.sentences.truncate(MOST);
        mark.sentences.push(match lang {
            Lang::Zh => format!("另有{more}条，见完整的审核结果。"),
            Lang::En => format!("{more} more: see the whole report."),
        });
    }
}

/// What is told of a place at which nothing can be said.
fn unsaid(at: At<'_>, sentences: &[String], lang: Lang) -> String {
    let place = match at {
        At::Place(place) => place.said(lang),
        At::Table(_) => lang.pick("全表", "the whole table").to_owned(),
    };
    let between = lang.pick("：", ": ");
    format!("{place}{between}{}", sentences.join(lang.pick("", " ")))
}

/// The copy with the marks: with colours, or without where some text would not be seen on them.
fn copy(
    bytes: &[u8],
    format: Format,
    document: &Document,
    mut marks: Vec<Mark>,
    left: Vec<String>,
    lang: Lang,
) -> Result<Annotated, MarkError> {
    let tables = xxgk_read::tables(bytes)?;
    for colored in [true, false] {
        if !colored {
            marks.iter_mut().for_each(|it| it.color = None);
        }
        let (file, mut unsure) = write(bytes, format, &marks, lang)?;
        if reads_as(&file, document, &tables)? {
            let places = marks.len() - unsure.len();
            unsure.splice(0..0, left.iter().cloned());
            return Ok(Annotated {
                file,
                places,
                left: unsure,
            });
        }
    }
    Err(MarkError::Changed)
}

/// Whether a copy reads as the file: the same text, and each stretch of a cell shown as before.
fn reads_as(file: &[u8], document: &Document, tables: &[Grid]) -> Result<bool, MarkError> {
    let text = xxgk_read::read(file)?;
    let copied = xxgk_read::tables(file)?;
    let same =
        |(one, other): (&Grid, &Grid)| one.cells == other.cells && one.hidden == other.hidden;
    Ok(text.text() == document.text()
        && copied.len() == tables.len()
        && copied.iter().zip(tables).all(same))
}

/// The file with the marks, and what of them it has no room for.
fn write(
    bytes: &[u8],
    format: Format,
    marks: &[Mark],
    lang: Lang,
) -> Result<(Vec<u8>, Vec<String>), MarkError> {
    let tell = |unsure: Vec<&Mark>| {
        let told = unsure.into_iter().map(|mark| {
            let at = mark.place.as_ref().map_or(At::Table(None), At::Place);
            unsaid(at, &mark.sentences, lang)
        });
        told.collect::<Vec<String>>()
    };
    if format == Format::Html {
        let (file, unsure) = html::put(bytes, marks)?;
        return Ok((file, tell(unsure)));
    }
    let mut package = Package::open(bytes)?;
    let author = lang.pick("统计表核对", "xxgk");
    let mut left = Vec::new();
    for of_part in marks.chunk_by(|one, other| one.source.part == other.source.part) {
        let Some(part) = of_part.first().map(|it| Arc::clone(&it.source.part)) else {
            continue;
        };
        let unsure = match format {
            Format::Docx => docx::put(&mut package, &part, of_part, author)?,
            _ => xlsx::put(&mut package, &part, of_part, author)?,
        };
        left.extend(tell(unsure));
    }
    Ok((package.finish()?, left))
}
