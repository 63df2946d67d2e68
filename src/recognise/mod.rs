//! Lines of cells to records: which row of the form each line is, and what stands in it.
//!
//! Nothing is guessed. A label is a row of the form or it is not; a label that the form has twice is told apart by the
//! rows around it; and where cells were lost, so that it is not known which value belongs to which row, the table is
//! refused.
//!
//! - [`rows`]: the lines of a table of one value a row, each with its label, unit and value
//! - [`header`]: which column is which there
//! - [`matrix`]: the rows of a form with columns, as they follow each other; [`sheet`]: which of their cells are the values
//! - [`columns`]: the headings of those columns, and their order
//! - [`machine`]: either of them for one form, and which of several forms a table is of
//! - [`resolve`]: which row of the form each of them is
//! - [`near`]: which row a misspelt label may mean
//! - [`assemble`]: the values, and the structural findings
//! - [`year`]: the year from the title

mod assemble;
mod columns;
mod header;
mod machine;
mod matrix;
mod near;
mod resolve;
mod rows;
mod sheet;
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
use machine::Machines;
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
    let mut machines = Machines::new(forms, options.value_column.as_deref());
    let (mut ready, mut said, mut ended) = (VecDeque::new(), false, false);
    std::iter::from_fn(move || {
        while ready.is_empty() && !ended {
            match lines.next() {
                Some(line) => machines.line(&line, &mut ready),
                None => {
                    ended = true;
                    machines.end(&mut ready);
                }
            }
        }
        let reading = ready.pop_front();
        let nothing = reading.is_none() && !said;
        said = true;
        reading.or_else(|| {
            nothing.then(|| Reading::unreadable(None, vec![no_table(forms, machines.rows())]))
        })
    })
}

fn no_table(forms: &[Arc<Form>], rows: usize) -> Finding {
    let mut titles: Vec<&str> = forms.iter().map(|form| form.title()).collect();
    titles.dedup();
    let message = kind::s020_no_table::message(&titles, rows);
    Finding::structural(kind::NO_TABLE, Vec::new(), message)
}
