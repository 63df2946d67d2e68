//! Lines of cells to records: which row of a form each line is, and what stands in it.
//!
//! Nothing is guessed. A label is a row of the form or it is not; a label that the form has twice is told apart by the
//! rows around it; and where cells were lost, so that it is not known which value belongs to which row, that part of the
//! report is refused.
//!
//! - [`token`]: a cell, and what kind of text it holds; [`words`]: the words of all forms
//! - [`fold`]: lines to rows, whatever the layout; [`spaced`]: lines that only spaces cut
//! - [`region`]: which rows are of one report; [`year`]: the year in a title
//! - [`align`]: the rows of a report and one form; [`label`]: which text is the label of a row
//! - [`order`]: the headings of columns, and their order; [`header`], [`list`]: the same where a row has one value
//! - [`figure`]: what a heading says of the figures below it
//! - [`settle`]: which cells of a row are its values; [`resolve`]: which row of the form each is
//! - [`near`]: which row a misspelt label may mean
//! - [`fill`]: the values, and the structural findings

mod align;
mod figure;
mod fill;
mod fold;
mod header;
mod label;
mod list;
mod near;
mod order;
mod region;
mod resolve;
mod settle;
mod spaced;
mod token;
mod words;
mod year;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use crate::check::check;
use crate::edit::{Localiser, diagnose};
use crate::form::Form;
use crate::grid::{Document, Line};
use crate::place::Place;
use crate::prose::Claims;
use crate::record::Record;
use crate::report::kind;
use crate::report::{Finding, Report};
use crate::rule::Severity;
use crate::text;
use align::align;
use fill::{Filled, fill};
use region::{Region, Regions};
use words::Words;
use year::{Title, title};

/// No heading of a column is longer, in bytes.
const MAX_WORD: usize = 60;

/// So many tables of one document are looked at to say which of them its sentences are about.
const TOGETHER: usize = 16;

/// How a document is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The heading of the column whose values are read, where a table has several. Without it, columns that are headed by
    /// different years are tables of their own, each with its year.
    pub value_column: Option<String>,
    /// Whether the sentences around the tables are read too; they are, by default.
    pub prose: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            value_column: None,
            prose: true,
        }
    }
}

/// One table of a document, as it was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading {
    /// The form that the table is of; `None` where no table could be recognised.
    pub form: Option<Arc<Form>>,
    /// The year in the title, or in the heading of its column.
    pub year: Option<u16>,
    /// The cells; `None` where no table could be recognised. A caller may declare carry-overs on it before the check.
    pub record: Option<Record>,
    /// What could not be read, or not as it should be.
    pub findings: Vec<Finding>,
    /// What the sentences around the table claim; `None` where there are none, or where it is not certain that they are about
    /// this table: in a document of several, they are about the only one of the year in the title of the report.
    pub claims: Option<Claims>,
    /// Where each cell was read.
    places: Vec<Option<Place>>,
    /// The lines of the document from the first row to the last.
    lines: Range<usize>,
}

impl Reading {
    /// Where the cell of that index was read.
    #[must_use]
    pub fn place(&self, cell: usize) -> Option<&Place> {
        self.places.get(cell)?.as_ref()
    }

    /// Checks the table: what could not be read, then the rules, each cell with its place, and what to correct where a hard
    /// rule does not hold, or cannot be told to.
    #[must_use]
    pub fn check(&self) -> Report {
        let Some(record) = &self.record else {
            return Report {
                year: self.year,
                ..Report::unreadable(self.findings.clone())
            };
        };
        let mut report = check(record);
        report.year = self.year;
        // What is no rule, an amount that is none, has no instance.
        let mut rules = report.findings.iter().filter(|it| it.instance.is_some());
        if rules.any(|rule| rule.severity == Severity::Hard) {
            report.corrections = Localiser::new(record.form()).localise(record);
            diagnose(&mut report.corrections, record, None);
        }
        if let Some(claims) = &self.claims {
            let (counts, findings) = claims.compare(record);
            report.claims = Some(counts.into());
            report.findings.extend(findings);
        }
        self.locate(&mut report.findings, None);
        report.findings.splice(0..0, self.findings.iter().cloned());
        report
    }

    /// Fills in where the cells of findings were read: those of this table, which findings call `source`.
    pub fn locate(&self, findings: &mut [Finding], source: Option<&str>) {
        let Some(form) = &self.form else { return };
        let cells = findings.iter_mut().flat_map(|finding| &mut finding.cells);
        for cell in cells.filter(|cell| cell.source.as_deref() == source) {
            let index = cell.key.as_ref().and_then(|key| form.cell(key));
            if let Some(place) = index.and_then(|index| self.place(index)) {
                cell.place = Some(place.clone());
            }
        }
    }

    /// A document, or a table of it, that could not be read.
    fn unreadable(year: Option<u16>, findings: Vec<Finding>) -> Self {
        Reading {
            form: None,
            year,
            record: None,
            findings,
            claims: None,
            places: Vec::new(),
            lines: 0..0,
        }
    }
}

/// Reads the tables of some forms in a text, in any of the plain-text layouts, one at a time: memory does not grow with
/// their number. Which form a table is of is told by its labels; a table with a column for each of several years is read as
/// one a year. There is always one reading at least: where there is no table, it says so and has no record. The sentences
/// around a table are read too ([`Reading::claims`]), unless the options leave them out.
///
/// ```
/// use xxgk::{Options, Verdict, forms, read};
/// let options = Options::default();
/// let mut readings = read("这里没有表。", forms(), &options);
/// assert_eq!(readings.next().unwrap().check().verdict(), Verdict::Unreadable);
/// assert!(readings.next().is_none());
/// ```
pub fn read<'a>(
    text: &'a str,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    readings(text::lines(text), text::lines(text).whole(), forms, options)
}

/// Reads the tables of some forms in a document, as [`read`] does in a text.
pub fn read_document<'a>(
    document: &'a Document,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    readings(document.lines(), document.paragraphs(), forms, options)
}

/// The tables of a document, with what its sentences claim.
fn readings<'a>(
    lines: impl Iterator<Item = Line<'a>> + 'a,
    paragraphs: impl Iterator<Item = Line<'a>> + Clone + 'a,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    let mut tables = tables(lines, forms, options);
    let mut held = VecDeque::new();
    let mut paragraphs = Some(paragraphs).filter(|_| options.prose);
    std::iter::from_fn(move || {
        if let Some(paragraphs) = paragraphs.take() {
            held.extend(tables.by_ref().take(TOGETHER + 1));
            if held.len() <= TOGETHER {
                claim(held.make_contiguous(), paragraphs);
            }
        }
        held.pop_front().or_else(|| tables.next())
    })
}

/// Reads what the sentences of a document claim of the table that they are about.
fn claim<'a>(readings: &mut [Reading], lines: impl Iterator<Item = Line<'a>> + Clone) {
    let tables: Vec<Range<usize>> = readings.iter().map(|it| it.lines.clone()).collect();
    let mut read: Vec<&mut Reading> = readings
        .iter_mut()
        .filter(|it| it.record.is_some())
        .collect();
    if read.len() > 1 {
        let year = lines.clone().find_map(|line| match title(line.text)? {
            Title::Report(year) => Some(year),
            Title::Table(_) | Title::Year(_) => None,
        });
        read.retain(|it| year.is_some() && it.year == year);
    }
    let [reading] = &mut read[..] else { return };
    if let Some(form) = &reading.form {
        let claims = Claims::of_lines(lines, form, reading.year, &tables);
        reading.claims = claims.filter(|claims| !claims.all().is_empty());
    }
}

/// The tables of a document, one at a time.
fn tables<'a>(
    mut lines: impl Iterator<Item = Line<'a>> + 'a,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    let named = options.value_column.as_deref();
    let mut regions = Regions::new(forms, named);
    let (mut ready, mut said, mut ended, mut rows) = (VecDeque::new(), false, false, 0);
    std::iter::from_fn(move || {
        while ready.is_empty() && !ended {
            match lines.next() {
                Some(line) => regions.line(&line),
                None => {
                    ended = true;
                    regions.end();
                }
            }
            for region in regions.take() {
                let found = of_region(region, regions.words(), named);
                rows += if found.is_empty() { 1 } else { 0 };
                ready.extend(found);
            }
        }
        let reading = ready.pop_front();
        let nothing = reading.is_none() && !said;
        said = true;
        reading.or_else(|| nothing.then(|| Reading::unreadable(None, vec![no_table(forms, rows)])))
    })
}

/// The tables that some rows hold: of the form that knows most of them, and before and behind it those of other forms.
fn of_region(region: Region<'_>, words: &Words<'_>, named: Option<&str>) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut rest = vec![region];
    while let Some(region) = rest.pop() {
        let Some(found) = best(&region, words, named) else {
            continue;
        };
        let [first, last] = found.lines;
        let before = |line: usize| move |row: &fold::Row<'_>| row.lines[1] < line;
        let start = region
            .rows
            .iter()
            .take_while(|row| before(first)(row))
            .count();
        let end = region
            .rows
            .iter()
            .take_while(|row| row.lines[0] <= last)
            .count();
        let parts = [region.rows.get(end..), region.rows.get(..start)];
        let parts = parts.into_iter().flatten();
        for rows in parts.filter(|rows| rows.len() < region.rows.len()) {
            rest.push(Region {
                rows: rows.to_vec(),
                ..region
            });
        }
        let lines = first..last + 1;
        out.extend(found.readings.into_iter().map(|reading| Reading {
            lines: lines.clone(),
            ..reading
        }));
    }
    out.sort_by_key(|reading: &Reading| reading.lines.start);
    out
}

/// What the form that knows most of some rows makes of them.
fn best(region: &Region<'_>, words: &Words<'_>, named: Option<&str>) -> Option<Filled> {
    let filled = words.forms.iter().filter_map(|form| {
        let aligned = align(form, words, named, &region.rows);
        let filled = fill(form, &aligned, region.year(), region.overflow)?;
        let mut years = filled.readings.iter().filter_map(|reading| reading.year);
        let in_force = years.any(|year| form.years().contains(&year));
        Some((filled, in_force))
    });
    let best = filled.min_by_key(|(filled, in_force)| {
        (
            usize::MAX - filled.told,
            usize::MAX - filled.cells,
            filled.unknown,
            !in_force,
        )
    });
    best.map(|(filled, _)| filled)
}

fn no_table(forms: &[Arc<Form>], rows: usize) -> Finding {
    let mut titles: Vec<&str> = forms.iter().map(|form| form.title()).collect();
    titles.dedup();
    let message = kind::s020_no_table::message(&titles, rows);
    Finding::structural(kind::NO_TABLE, Vec::new(), message)
}
