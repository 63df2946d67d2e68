//! Lines of cells to records: which row of the form each line is, and what stands in it.
//!
//! Nothing is guessed. A label is a row of the form or it is not; a label that the form has twice is told apart by the
//! rows around it; and where cells were lost, so that it is not known which value belongs to which row, the table is
//! refused.
//!
//! - [`rows`]: the lines of a table of one value a row, each with its label, unit and value
//! - [`header`]: which column is which there
//! - [`matrix`]: the rows of a form with columns, each with its values
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
mod year;

use std::collections::VecDeque;
use std::sync::Arc;

use crate::check::check;
use crate::form::Form;
use crate::grid::{Document, Line};
use crate::lang::Text;
use crate::place::Place;
use crate::record::Record;
use crate::report::{Finding, Report};
use crate::rule::Severity;
use crate::{kind, text};
use machine::Machines;

/// No heading of a column is longer, in bytes.
const MAX_WORD: usize = 60;

/// How a document is to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The heading of the column whose values are read, where a table has several. Without it, columns that are headed by
    /// different years are tables of their own, each with its year.
    pub value_column: Option<String>,
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
    /// Where each cell was read.
    places: Vec<Option<Place>>,
}

impl Reading {
    /// Where the cell of that index was read.
    #[must_use]
    pub fn place(&self, cell: usize) -> Option<&Place> {
        self.places.get(cell)?.as_ref()
    }

    /// Checks the table: what could not be read, then the rules, each cell with its place.
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
            places: Vec::new(),
        }
    }
}

/// Reads the tables of some forms in a text, in any of the plain-text layouts, one at a time: memory does not grow with
/// their number. Which form a table is of is told by its labels. A table with a column for each of several years is read as
/// one table a year. There is always one reading at least: where there is no
/// table, it says so and has no record.
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
    readings(text::lines(text), forms, options)
}

/// Reads the tables of some forms in a document, as [`read`] does in a text.
pub fn read_document<'a>(
    document: &'a Document,
    forms: &'a [Arc<Form>],
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    readings(document.lines(), forms, options)
}

fn readings<'a>(
    mut lines: impl Iterator<Item = Line<'a>> + Clone + 'a,
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
    let titles: Vec<&str> = forms.iter().map(|form| form.title()).collect();
    let (mut zh, mut en) = (titles.clone(), titles);
    zh.dedup();
    en.dedup();
    let (zh, en) = (zh.join("》或《"), en.join("” or “"));
    let message = if rows == 0 {
        Text::new(
            format!("没有找到《{zh}》。请确认文件中有这张表,并且每行都有指标名称和数值。"),
            format!(
                "No “{en}” was found. Make sure that the file has the table, each row with its label and value."
            ),
        )
    } else {
        Text::new(
            format!("没有找到《{zh}》:只有{rows}行像是表中的指标,不足以认定。请确认文件完整。"),
            format!(
                "No “{en}” was found: only {rows} lines look like rows of it. Make sure that the file is whole."
            ),
        )
    };
    Finding::structural(kind::NO_TABLE, Severity::Hard, Vec::new(), message)
}
