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
//! - [`under`]: what a header says of the columns of each section
//! - [`unit`]: the unit of a value, from wherever it is stated
//! - [`figure`]: what a heading says of the figures below it
//! - [`settle`]: which cells of a row are its values; [`resolve`]: which row of the form each is
//! - [`near`]: which row a misspelt label may mean
//! - [`fill`]: the values, and the structural findings; [`stands`]: the value of one cell; [`said`]: what is said of rows, columns
//!   and many cells; [`refused`]: what cannot be read, and why

mod agency;
mod align;
mod figure;
mod fill;
mod fold;
mod header;
mod label;
mod list;
mod near;
mod order;
mod refused;
mod region;
mod resolve;
mod said;
mod sections;
mod settle;
mod spaced;
mod stands;
pub(crate) mod sums;
mod token;
mod transpose;
mod under;
mod unit;
mod words;
mod year;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;

use crate::document::layout;
use crate::document::{Document, LeftOut, Line};
use crate::form::Form;
use crate::place::{Place, Within};
use crate::prose::Claims;
use crate::record::Record;
use crate::report::Finding;
use crate::report::kind;
use align::align;
use fill::{Filled, cells_known, fill};
use region::{Region, Regions};
use sums::PrintedSum;
use words::Words;

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
    /// Whether the report around a table is looked at as a whole: its parts, its year, what a template left. It is, by default.
    pub report: bool,
    /// What a blank cell is read as.
    pub blanks: Blanks,
}

/// What a blank cell of a row that is there is read as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blanks {
    /// Missing: a blank is not a zero.
    #[default]
    Missing,
    /// Zero, by the word of whoever asks: an agency may print blanks for zeros throughout. It is said in the report. A table with
    /// nothing but blanks is not filled in, and a row that is not there has no zeros.
    Zero,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            value_column: None,
            prose: true,
            report: true,
            blanks: Blanks::default(),
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
    /// The agency that the document names, in the title of the report or behind 填报单位.
    pub agency: Option<String>,
    /// What the table stands under: the sheet, or the heading above it.
    pub under: Option<String>,
    /// The sheet, or the table, is hidden: there is no visible one.
    pub hidden: bool,
    /// The heading of the column that was read, where each of several is a table of its own.
    pub column: Option<String>,
    /// The cells; `None` where no table could be recognised. A caller may declare carry-overs on it before the check.
    pub record: Option<Record>,
    /// What could not be read, or not as it should be.
    pub findings: Vec<Finding>,
    /// What the sentences around the table claim; `None` where there are none, or where it is not certain that they are about
    /// this table: in a document of several, they are about the only one of the year in the title of the report.
    pub claims: Option<Claims>,
    /// What there is to say of the report as a whole, where its form lays down of which parts it consists.
    pub outline: Vec<Finding>,
    /// The figures of the year before, where the table has a column of them: the check compares them.
    pub before: Option<Box<Reading>>,
    /// Sums that are printed in the place of the rows that they are of.
    pub(crate) sums: Vec<PrintedSum>,
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

    fn is_no_table(&self) -> bool {
        self.record.is_none()
            && self
                .findings
                .iter()
                .any(|it| *it.rule == *kind::NO_TABLE.id)
    }

    /// A document, or a table of it, that could not be read.
    fn unreadable(year: Option<u16>, findings: Vec<Finding>) -> Self {
        Reading {
            form: None,
            year,
            agency: None,
            under: None,
            hidden: false,
            column: None,
            record: None,
            findings,
            claims: None,
            outline: Vec::new(),
            before: None,
            sums: Vec::new(),
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
    readings(
        layout::lines(text),
        layout::lines(text).whole(),
        forms,
        options,
    )
}

/// Reads the tables of some forms in a document, as [`read`] does in a text.
pub fn read_document<'a>(
    document: &'a Document,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    let mut readings = readings(document.lines(), document.paragraphs(), forms, options);
    let mut first = true;
    std::iter::from_fn(move || {
        let mut reading = readings.next()?;
        if std::mem::take(&mut first) && reading.is_no_table() {
            let mut findings = reading.findings.iter_mut();
            if let Some(finding) = findings.find(|it| *it.rule == *kind::NO_TABLE.id) {
                left_out(document, finding);
            }
        }
        Some(reading)
    })
}

/// The tables of a document, with what its sentences claim.
fn readings<'a>(
    lines: impl Iterator<Item = Line<'a>> + Clone + 'a,
    paragraphs: impl Iterator<Item = Line<'a>> + Clone + 'a,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    let mut tables = tables(lines, forms, options);
    let (mut held, mut begun) = (VecDeque::new(), false);
    std::iter::from_fn(move || {
        if !std::mem::replace(&mut begun, true) {
            held.extend(tables.by_ref().take(TOGETHER + 1));
            hide(&mut held);
            if let Some(first) = held.front_mut() {
                first.findings.extend(broken(paragraphs.clone()));
            }
            if held.len() <= TOGETHER {
                sections::assign(held.make_contiguous(), &paragraphs, options);
            }
        }
        held.pop_front().or_else(|| tables.next())
    })
}

/// What stands in the place of bytes that could not be decoded.
static REPLACED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{fffd}"));

/// Says that lines of a document have bytes that could not be decoded.
fn broken<'a>(lines: impl Iterator<Item = Line<'a>>) -> Option<Finding> {
    let count = lines
        .filter(|line| REPLACED.find(line.text.as_bytes()).is_some())
        .count();
    let message = || kind::s017_broken::message(count);
    (count > 0).then(|| Finding::structural(kind::BROKEN, Vec::new(), message()))
}

/// Where a visible table was read, hidden ones are only said to be there.
fn hide(readings: &mut VecDeque<Reading>) {
    let is_read = |reading: &Reading| reading.record.is_some();
    let hidden = readings.iter().filter(|it| it.hidden && is_read(it));
    let under: Vec<String> = hidden.filter_map(|it| it.under.clone()).collect();
    let any = readings.iter().any(|it| it.hidden && is_read(it));
    if readings.iter().any(|it| !it.hidden && is_read(it)) {
        readings.retain(|it| !it.hidden);
    }
    if any {
        for reading in readings {
            let message = kind::s019_hidden::message(&under, reading.hidden);
            let finding = Finding::structural(kind::HIDDEN, Vec::new(), message);
            reading.findings.insert(0, finding);
        }
    }
}

/// Adds to the finding that there is no table what the file has that is not read.
fn left_out(document: &Document, finding: &mut Finding) {
    use kind::s020_no_table as sentences;
    for part in document.left_out() {
        let sentence = match part {
            LeftOut::Picture => sentences::picture(),
            LeftOut::Workbook => sentences::workbook(),
            LeftOut::Document => sentences::embedded(),
            LeftOut::Columns => sentences::columns(),
            LeftOut::Characters => sentences::characters(),
        };
        finding.message.zh.push_str(&sentence.zh);
        finding.message.en.push_str(&format!(" {}", sentence.en));
    }
}

/// The tables of a document, one at a time.
fn tables<'a>(
    lines: impl Iterator<Item = Line<'a>> + Clone + 'a,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    let named = options.value_column.as_deref();
    let again = lines.clone();
    let mut lines = lines;
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
                let found = of_region(region, regions.words(), options);
                rows += if found.is_empty() { 1 } else { 0 };
                ready.extend(found);
            }
        }
        let reading = ready.pop_front();
        let nothing = reading.is_none() && !said;
        said = true;
        reading.or_else(|| {
            nothing.then(|| {
                let other = of_another_form(again.clone(), forms, options);
                let finding = other.unwrap_or_else(|| no_table(forms, rows));
                Reading::unreadable(None, vec![finding])
            })
        })
    })
}

/// Says of which form the table of a document is, if it is none of those asked for.
fn of_another_form<'a>(
    mut lines: impl Iterator<Item = Line<'a>>,
    asked: &[Arc<Form>],
    options: &Options,
) -> Option<Finding> {
    let is_asked = |form: &&Arc<Form>| asked.iter().any(|other| other.id() == form.id());
    let others: Vec<Arc<Form>> = crate::forms()
        .iter()
        .filter(|form| !is_asked(form))
        .cloned()
        .collect();
    if others.is_empty() || asked.is_empty() {
        return None;
    }
    let mut regions = Regions::new(&others, options.value_column.as_deref());
    let mut found = Vec::new();
    while found.is_empty() {
        match lines.next() {
            Some(line) => regions.line(&line),
            None => {
                regions.end();
                found = regions.take();
                break;
            }
        }
        found = regions.take();
    }
    let readings = found
        .into_iter()
        .flat_map(|region| of_region(region, regions.words(), options));
    let form = readings.filter_map(|reading| reading.form).next()?;
    let asked: Vec<&str> = asked.iter().map(|form| form.title()).collect();
    let message = kind::s020_no_table::other_form(form.title(), form.source(), &asked);
    Some(Finding::structural(kind::NO_TABLE, Vec::new(), message))
}

/// The tables that some rows hold: of the form that knows most of them, and before and behind it those of other forms.
fn of_region(region: Region<'_>, words: &Words<'_>, options: &Options) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut rest = vec![Region {
        rows: transpose::turned(region.rows, words),
        ..region
    }];
    while let Some(region) = rest.pop() {
        let Some(found) = best(&region, words, options) else {
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
        let valued = |rows: &&[fold::Row<'_>]| rows.iter().any(fold::Row::has_number);
        for rows in parts
            .filter(|rows| rows.len() < region.rows.len())
            .filter(valued)
        {
            rest.push(Region {
                rows: rows.to_vec(),
                ..region
            });
        }
        let lines = first..last + 1;
        let (under, agency) = (under(&region), agency::stated(&region.rows));
        out.extend(found.readings.into_iter().map(|reading| Reading {
            lines: lines.clone(),
            agency: agency.clone(),
            under: under.clone(),
            hidden: region.hidden,
            ..reading
        }));
    }
    out.sort_by_key(|reading: &Reading| reading.lines.start);
    out
}

/// The sheet that the rows of a report stand on.
fn under(region: &Region<'_>) -> Option<String> {
    let mut cells = region.rows.iter().flat_map(|row| &row.tokens);
    cells.find_map(|token| match token.cell.within? {
        Within::Cell { sheet, .. } => Some(sheet.to_string()),
        _ => None,
    })
}

/// What the form that knows most of some rows makes of them.
fn best(region: &Region<'_>, words: &Words<'_>, options: &Options) -> Option<Filled> {
    let named = options.value_column.as_deref();
    let counts: Vec<usize> = words
        .forms
        .iter()
        .map(|form| labels(form, region))
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    // A form that has less than half of the labels of another is not looked at.
    let forms = words.forms.iter().zip(&counts);
    let forms = forms.filter(|(_, labels)| 2 * **labels >= most);
    let aligned = forms.map(|(form, _)| {
        let aligned = align(form, words, named, &region.rows);
        (form, cells_known(form, &aligned), aligned)
    });
    let mut aligned: Vec<_> = aligned.collect();
    aligned.sort_by_key(|(_, cells, _)| std::cmp::Reverse(*cells));
    // Labels and headings tell the forms apart, not how much of a table can be read.
    let score = |it: &Filled| it.cells.saturating_sub(2 * it.foreign);
    let order = |it: &Filled| (usize::MAX - score(it), usize::MAX - it.told, it.unknown);
    let key = |(it, not_in_force): &(Filled, bool)| (order(it), *not_in_force);
    let mut found: Vec<(Filled, bool)> = Vec::new();
    for (form, cells, aligned) in aligned {
        // A form that knows fewer cells than another has told for sure is not the one.
        if found.iter().any(|(best, _)| cells < score(best)) {
            break;
        }
        let year = region.year(aligned.year);
        let Some(filled) = fill(form, &aligned, year, region.overflow, options.blanks) else {
            continue;
        };
        let mut years = filled.readings.iter().filter_map(|reading| reading.year);
        let not_in_force = !years.any(|year| form.years().contains(&year));
        found.push((filled, not_in_force));
    }
    let best = found.iter().min_by_key(|it| key(it));
    // Where cells were lost, headings may be those of either form; the one in force goes first if it has no fewer of the labels.
    let cells = best.map_or(0, |(best, _)| best.cells);
    let may_be = |(it, not_in_force): &(Filled, bool)| !not_in_force && it.cells >= cells;
    if best.is_some_and(|(_, not_in_force)| *not_in_force) && found.iter().any(may_be) {
        found.retain(may_be);
    }
    let best = found.into_iter().min_by_key(key);
    best.map(|(filled, _)| filled)
        .filter(|filled| filled.enough)
}

/// How many rows of a region have a label of a form.
fn labels(form: &Form, region: &Region<'_>) -> usize {
    let labels = form.labels();
    let has_label = |row: &&fold::Row<'_>| {
        let mut texts = row.tokens.iter().filter(|token| token.is_text());
        texts.any(|token| !labels.of_letters(&token.letters).is_empty())
    };
    region.rows.iter().filter(has_label).count()
}

fn no_table(forms: &[Arc<Form>], rows: usize) -> Finding {
    let mut titles: Vec<&str> = forms.iter().map(|form| form.title()).collect();
    titles.dedup();
    let message = kind::s020_no_table::message(&titles, rows);
    Finding::structural(kind::NO_TABLE, Vec::new(), message)
}
