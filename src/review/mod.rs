//! What is said of a table that was read: what could not be read, the rules, what to correct, and what the text around it claims
//! otherwise.

mod last_year;

pub use last_year::{LastYear, Unlike};

use std::borrow::Cow;

use crate::across::series;
use crate::check::check;
use crate::edit::{Localiser, diagnose};
use crate::recognise::sums::PrintedSum;
use crate::recognise::{Reading, sums};
use crate::record::Record;
use crate::report::{Finding, Report};
use crate::rule::Severity;

fn with_sums<'r>(sums: &[PrintedSum], record: &'r Record) -> Cow<'r, Record> {
    sums::put(sums, record).map_or(Cow::Borrowed(record), Cow::Owned)
}

impl Reading {
    /// Checks the table: what could not be read, then the rules, each cell with its place, and what to correct where a hard
    /// rule does not hold, or cannot be told to.
    #[must_use]
    pub fn check(&self) -> Report {
        let mut report = self.reviewed();
        report.year = self.year;
        report.agency.clone_from(&self.agency);
        report.under.clone_from(&self.under);
        report.hidden = self.hidden;
        report
    }

    /// The record as its rules are applied: that of the table, but where a sum is printed in the place of its rows, the sum
    /// stands in one of them.
    #[must_use]
    pub fn checked(&self) -> Option<Cow<'_, Record>> {
        let record = self.record.as_ref()?;
        Some(with_sums(&self.sums, record))
    }

    fn reviewed(&self) -> Report {
        let Some(record) = &self.record else {
            return Report::unreadable(self.findings.clone());
        };
        let checked = &*with_sums(&self.sums, record);
        let mut report = check(checked);
        // What is no rule, an amount that is none, has no instance.
        let mut rules = report.findings.iter().filter(|it| it.instance.is_some());
        if rules.any(|rule| rule.severity == Severity::Hard) {
            report.corrections = Localiser::new(record.form()).localise(checked);
            diagnose(&mut report.corrections, checked, None);
        }
        if let Some(claims) = &self.claims {
            let (counts, findings) = claims.compare(record);
            report.claims = Some(counts.into());
            report.findings.extend(findings);
        }
        report.findings.extend(self.outline.iter().cloned());
        self.locate(&mut report.findings, None);
        for finding in &mut report.findings {
            sums::show(&self.sums, &mut finding.cells, record.form());
        }
        report.findings.splice(0..0, self.findings.iter().cloned());
        self.compare(record, &mut report);
        report
    }

    /// Compares the table with the figures of the year before that it has in a column of its own.
    fn compare(&self, record: &Record, report: &mut Report) {
        let Some(before) = &self.before else { return };
        let (Some(figures), Some(heading)) = (&before.record, &before.column) else {
            return;
        };
        let mut found = series::compare(figures, record, heading);
        self.locate(&mut found.findings, None);
        before.locate(&mut found.findings, Some(heading));
        report.merge(found);
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
}
