//! What is kept of a file that was read: what the workbook needs, and not the document.

use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Finding, Lang, Number, Outcome, Record, Report, Severity, Verdict};
use xxgk_show::html::Table;
use xxgk_show::words;

use crate::issue::{Figure, Issue, Weight, current, determined, issues};

/// One table of a file, or a file in which there is none.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Filed {
    /// The file, by its name in the folder.
    pub file: String,
    /// Which table of the file it is, from 1, where the file has several.
    pub table: Option<usize>,
    /// The agency that the file names for it.
    pub agency: Option<String>,
    /// The year that it is on, where the file says it.
    pub year: Option<u16>,
    /// The sum of what was found.
    pub verdict: Verdict,
    /// How many findings must be corrected.
    pub hard: usize,
    /// How many findings are to be looked at.
    pub soft: usize,
    /// What is wrong.
    pub issues: Vec<Issue>,
    /// What its figures are; `None` where there is no table to be read.
    pub record: Option<Record>,
    /// The report of the year before, where one was asked for.
    pub before: Option<Before>,
    /// Keys of the cells that take part in a hard finding.
    pub(crate) doubted: Vec<Arc<str>>,
    /// What wrong cells should hold, by their keys.
    pub(crate) determined: Vec<(String, Number)>,
}

/// What became of the comparison with the year before.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Before {
    /// It was compared with this file.
    Compared {
        /// The file, by its name in the folder of the year before.
        file: String,
        /// What was found.
        differences: Vec<Difference>,
    },
    /// It was not, for this reason.
    Not(String),
}

/// Something between two years.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// How much it weighs.
    pub weight: Weight,
    /// Where in the file of this year.
    pub place: String,
    /// The official name of the row.
    pub row: String,
    /// What stands there.
    pub current: Option<Figure>,
    /// What stands in the file of the year before.
    pub before: Option<Figure>,
    /// What is found, and what to do.
    pub sentence: String,
}

impl Filed {
    /// What is kept of a table that was checked. The source of its report is the name of the file.
    #[must_use]
    pub fn new(table: &Table<'_>) -> Self {
        let report = table.report;
        let hard = report.failed().filter(|it| it.severity == Severity::Hard);
        let mut doubted: Vec<Arc<str>> = hard
            .flat_map(|it| it.cells.iter().filter_map(|cell| cell.key.clone()))
            .collect();
        doubted.sort_unstable();
        doubted.dedup();
        Filed {
            file: report.source.clone().unwrap_or_default(),
            table: report.table,
            agency: report.agency.clone(),
            year: report.year,
            verdict: report.verdict(),
            hard: words::number_of(report, Severity::Hard),
            soft: words::number_of(report, Severity::Soft),
            issues: issues(table),
            record: table.reading.and_then(|it| it.record.clone()),
            before: None,
            doubted,
            determined: determined(&report.corrections),
        }
    }

    /// The same, with what became of the comparison with the year before: that file, or why there was none.
    #[must_use]
    pub fn beside(mut self, report: &Report, previous: Result<String, String>) -> Self {
        self.before = Some(match previous {
            Ok(file) => Before::Compared {
                file,
                differences: report.failed().filter_map(difference).collect(),
            },
            Err(why) => Before::Not(why),
        });
        self
    }

    /// Its form.
    #[must_use]
    pub fn form(&self) -> Option<&Arc<Form>> {
        self.record.as_ref().map(Record::form)
    }

    /// Whether it holds a table that can be read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.record.is_some()
    }

    /// The file, and which of its tables.
    #[must_use]
    pub fn said(&self) -> String {
        match self.table {
            Some(table) => format!("{}（第{table}张表）", self.file),
            None => self.file.clone(),
        }
    }
}

/// A finding that speaks of a cell of the year before.
fn difference(finding: &Finding) -> Option<Difference> {
    let before = finding.cells.iter().find(|it| it.source.is_some())?;
    let cell = finding.cells.iter().find(|it| it.source.is_none());
    let place = cell.and_then(|it| it.place.as_ref());
    let hard = finding.severity == Severity::Hard && finding.outcome == Outcome::Fail;
    Some(Difference {
        weight: if hard { Weight::Hard } else { Weight::Soft },
        place: place.map(|it| it.said(Lang::Zh)).unwrap_or_default(),
        row: cell.map(|it| it.label.to_string()).unwrap_or_default(),
        current: cell.and_then(current),
        before: current(before),
        sentence: finding.message.zh.clone(),
    })
}
