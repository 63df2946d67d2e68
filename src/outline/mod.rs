//! The report as a whole, where its form says of which parts it consists: whether they are there, in order, with the tables that
//! belong in them; what they have to say; that it is of one year and one agency; and that nothing is left of a template.
//!
//! All of it is soft, and only said of what is a report: the first of its parts and two others have their headings, or all but one. A
//! table alone is none.
//!
//! - [`parts`]: the headings, and what stands under them
//! - [`traces`]: other years, another agency, and what a template leaves

mod parts;
mod traces;

use crate::document::{Line, quoted};
use crate::form::Form;
use crate::lang::Text;
use crate::place::Place;
use crate::report::{Finding, FindingKind};
use parts::Parts;
use traces::Traces;

/// What a report as a whole is read for.
pub(crate) struct Outline<'f> {
    form: &'f Form,
    parts: Parts<'f>,
    traces: Traces,
}

impl<'f> Outline<'f> {
    /// Of a report with a table of a form, of a year; `None` where the form does not say of which parts a report consists.
    pub fn new(form: &'f Form, year: Option<u16>, agency: Option<&str>) -> Option<Self> {
        (!form.parts().is_empty()).then(|| Outline {
            form,
            parts: Parts::new(form),
            traces: Traces::new(year, agency),
        })
    }

    /// Takes the next line of the report; whether it stands among the rows of a table.
    pub fn line(&mut self, line: &Line<'_>, in_table: bool) {
        let heading = self.parts.line(line, in_table);
        if !in_table && !heading {
            self.traces.line(line);
        }
    }

    /// What there is to say, in the order of the kinds. Each table is given as the index of its section, and the line where it begins.
    pub fn findings(self, tables: &[(usize, usize)]) -> Vec<Finding> {
        if !self.parts.is_report() {
            return Vec::new();
        }
        let source = Text::new(self.form.source(), self.form.source());
        let mut findings = self.parts.findings(tables);
        findings.extend(self.traces.findings());
        for finding in &mut findings {
            finding.basis.get_or_insert_with(|| source.clone().into());
        }
        findings
    }
}

/// A finding about a place of the report, or about what is nowhere.
fn finding(kind: FindingKind, place: Option<Place>, message: Text) -> Finding {
    let mut finding = Finding::structural(kind, Vec::new(), message);
    finding.claim = place;
    finding
}

/// The place of a part of a line, which begins at a byte.
fn place(line: &Line<'_>, start: usize, text: &str) -> Place {
    let before = line.text.get(..start).unwrap_or_default();
    Place {
        line: line.number,
        column: before.chars().count() + 1,
        text: quoted(text),
        within: line.within.cloned(),
    }
}
