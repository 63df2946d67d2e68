//! Lines of cells to records: which row of the form each line is, and what stands in it.
//!
//! Nothing is guessed. A label is a row of the form or it is not; a label that the form has twice is told apart by the
//! rows around it; and where cells were lost, so that it is not known which value belongs to which row, the table is
//! refused.
//!
//! - [`rows`]: the lines of a table, each with its label, unit and values
//! - [`header`]: which column is which
//! - [`resolve`]: which row of the form each of them is
//! - [`assemble`]: the values, and the structural findings
//! - [`year`]: the year from the title

mod assemble;
mod header;
mod resolve;
mod rows;
mod year;

use std::sync::Arc;

use crate::check::check;
use crate::form::Form;
use crate::lang::Text;
use crate::place::Place;
use crate::record::Record;
use crate::report::{Finding, Report};
use crate::rule::Severity;
use crate::{kind, text};

/// No heading of a column is longer, in bytes.
const MAX_WORD: usize = 60;

/// How a document is to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The heading of the column whose values are read, where a table has several.
    pub value_column: Option<String>,
}

/// One table of a document, as it was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading {
    /// The form that the table is of; `None` where no table could be recognised.
    pub form: Option<Arc<Form>>,
    /// The year in the title.
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
        for cell in report
            .findings
            .iter_mut()
            .flat_map(|finding| &mut finding.cells)
        {
            let index = cell.key.as_ref().and_then(|key| record.form().cell(key));
            cell.place = index.and_then(|index| self.place(index)).cloned();
        }
        report.findings.splice(0..0, self.findings.iter().cloned());
        report
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

/// Reads the tables of a form in a text, in any of the plain-text layouts, one at a time: memory does not grow with their
/// number. There is always one reading at least: where there is no table, it says so and has no record.
///
/// ```
/// use xxgk::{Options, Table, Verdict, nine_category::NineCategory, read};
/// let options = Options::default();
/// let mut readings = read("这里没有表。", NineCategory::form(), &options);
/// assert_eq!(readings.next().unwrap().check().verdict(), Verdict::Unreadable);
/// assert!(readings.next().is_none());
/// ```
pub fn read<'a>(
    text: &'a str,
    form: &'a Arc<Form>,
    options: &'a Options,
) -> impl Iterator<Item = Reading> + 'a {
    let mut tables = rows::tables(form, text::lines(text), options.value_column.as_deref());
    let (mut rows, mut said) = (0, false);
    std::iter::from_fn(move || {
        for table in tables.by_ref() {
            rows += table.rows.len();
            if let Some(reading) = assemble::reading(form, &table) {
                said = true;
                return Some(reading);
            }
        }
        let nothing = !std::mem::replace(&mut said, true);
        nothing.then(|| Reading::unreadable(None, vec![no_table(form, rows)]))
    })
}

fn no_table(form: &Form, rows: usize) -> Finding {
    let (title, all) = (form.title(), form.cells());
    let message = if rows == 0 {
        Text::new(
            format!(
                "没有找到《{title}》。请确认文件中有这张表,并且每行都有指标名称、单位和统计数。"
            ),
            format!(
                "No “{title}” was found. Make sure that the file has the table, each row with its label, unit and value."
            ),
        )
    } else {
        Text::new(
            format!(
                "没有找到《{title}》:只有{rows}行像是表中的指标(全表{all}个),不足以认定。请确认文件完整。"
            ),
            format!(
                "No “{title}” was found: only {rows} lines look like rows of it, which has {all}. Make sure that the file is whole."
            ),
        )
    };
    Finding::structural(kind::NO_TABLE, Severity::Hard, Vec::new(), message)
}
