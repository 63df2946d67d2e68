//! A report as JSON: `xxgk/report/1`.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Report;
use super::finding::{Cell, Declared, Finding};
use crate::form::SwitchedOff;
use crate::lang::Lang;
use crate::place::{Place, Within};
use crate::rule::Bound;

impl Report {
    /// The report in a language, with the undetermined findings or without, ready to be serialised.
    #[must_use]
    pub fn view(&self, lang: Lang, undetermined: bool) -> View<'_> {
        View {
            report: self,
            lang,
            undetermined,
        }
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view(Lang::Zh, false).serialize(serializer)
    }
}

/// A report in a language: see [`Report::view`].
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    report: &'a Report,
    lang: Lang,
    undetermined: bool,
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let shown = report
            .findings
            .iter()
            .filter(|it| self.undetermined || it.is_said());
        let findings: Vec<_> = shown
            .map(|finding| FindingView {
                finding,
                lang: self.lang,
            })
            .collect();
        let off = report.off.iter().map(|it| OffView {
            it,
            lang: self.lang,
        });
        let off: Vec<_> = off.collect();
        let mut out = serializer.serialize_struct("Report", 14)?;
        out.serialize_field("schema", "xxgk/report/1")?;
        out.serialize_field("source", &report.source)?;
        match &report.table {
            Some(table) => out.serialize_field("table", table)?,
            None => out.skip_field("table")?,
        }
        for (name, value) in [("agency", &report.agency), ("under", &report.under)] {
            match value {
                Some(value) => out.serialize_field(name, value)?,
                None => out.skip_field(name)?,
            }
        }
        match report.hidden {
            true => out.serialize_field("hidden", &true)?,
            false => out.skip_field("hidden")?,
        }
        out.serialize_field("form", &report.form)?;
        out.serialize_field("year", &report.year)?;
        out.serialize_field("verdict", &report.verdict())?;
        out.serialize_field("counts", &report.counts)?;
        match &report.claims {
            Some(claims) => out.serialize_field("claims", claims)?,
            None => out.skip_field("claims")?,
        }
        if off.is_empty() {
            out.skip_field("off")?;
        } else {
            out.serialize_field("off", &off)?;
        }
        out.serialize_field("findings", &findings)?;
        if report.corrections.is_empty() {
            out.skip_field("corrections")?;
        } else {
            out.serialize_field("corrections", &report.corrections)?;
        }
        out.end()
    }
}

struct FindingView<'a> {
    finding: &'a Finding,
    lang: Lang,
}

impl Serialize for FindingView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.finding;
        let side = |index: usize| finding.sides.as_ref().and_then(|sides| sides.get(index));
        let lang = self.lang;
        let cells = finding.cells.iter().map(|cell| CellView { cell, lang });
        let cells: Vec<_> = cells.collect();
        let declared: Vec<_> = finding
            .declared
            .iter()
            .map(|it| DeclaredView {
                it,
                lang: self.lang,
            })
            .collect();
        let mut out = serializer.serialize_struct("Finding", 14)?;
        out.serialize_field("rule", &finding.rule)?;
        match &finding.instance {
            Some(instance) if *instance != finding.rule => {
                out.serialize_field("instance", instance)?;
            }
            _ => out.skip_field("instance")?,
        }
        out.serialize_field("severity", &finding.severity)?;
        out.serialize_field("outcome", &finding.outcome)?;
        out.serialize_field("statement", &finding.statement)?;
        out.serialize_field("left", &side(0))?;
        out.serialize_field("right", &side(1))?;
        out.serialize_field("difference", &side(2))?;
        if finding.bounds == [Bound::Exact; 3] {
            out.skip_field("bounds")?;
        } else {
            out.serialize_field("bounds", &finding.bounds)?;
        }
        out.serialize_field("cells", &cells)?;
        match &finding.claim {
            Some(claim) => out.serialize_field("claim", &claim.view(self.lang))?,
            None => out.skip_field("claim")?,
        }
        if declared.is_empty() {
            out.skip_field("declared")?;
        } else {
            out.serialize_field("declared", &declared)?;
        }
        out.serialize_field(
            "basis",
            &finding.basis.as_ref().map(|basis| basis.get(self.lang)),
        )?;
        out.serialize_field("message", finding.message.get(self.lang))?;
        out.end()
    }
}

struct CellView<'a> {
    cell: &'a Cell,
    lang: Lang,
}

impl Serialize for CellView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = self.cell;
        let mut out = serializer.serialize_struct("Cell", 9)?;
        out.serialize_field("key", &cell.key)?;
        out.serialize_field("code", &cell.code)?;
        out.serialize_field("label", &cell.label)?;
        out.serialize_field("value", &cell.value)?;
        match &cell.source {
            Some(source) => out.serialize_field("source", source)?,
            None => out.skip_field("source")?,
        }
        if let Some(place) = &cell.place {
            place.serialize_into(&mut out, self.lang)?;
        }
        out.end()
    }
}

impl Place {
    /// The place with its name in a language, ready to be serialised.
    #[must_use]
    pub fn view(&self, lang: Lang) -> PlaceView<'_> {
        PlaceView { place: self, lang }
    }

    /// The fields that say where something stands: in the file as its users count, or in the text, and in words.
    fn serialize_into<S: SerializeStruct>(&self, out: &mut S, lang: Lang) -> Result<(), S::Error> {
        out.serialize_field("place", &self.said(lang))?;
        match &self.within {
            None => {
                out.serialize_field("line", &self.line)?;
                out.serialize_field("column", &self.column)?;
            }
            Some(within @ Within::Cell { sheet, .. }) => {
                out.serialize_field("sheet", sheet)?;
                out.serialize_field("cell", &within.cell())?;
            }
            Some(Within::Table {
                page,
                table,
                row,
                column,
            }) => {
                if let Some(page) = page {
                    out.serialize_field("page", page)?;
                }
                out.serialize_field("table", table)?;
                out.serialize_field("row", row)?;
                out.serialize_field("column", column)?;
            }
            Some(Within::Paragraph { page, paragraph }) => {
                if let Some(page) = page {
                    out.serialize_field("page", page)?;
                }
                out.serialize_field("paragraph", paragraph)?;
                out.serialize_field("column", &self.column)?;
            }
        }
        out.serialize_field("text", &self.text)
    }
}

impl Serialize for Place {
    /// With the place in the file as its users count, where it has one.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view(Lang::Zh).serialize(serializer)
    }
}

/// A place in a language: see [`Place::view`].
#[derive(Clone, Copy, Debug)]
pub struct PlaceView<'a> {
    place: &'a Place,
    lang: Lang,
}

impl Serialize for PlaceView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Place", 5)?;
        self.place.serialize_into(&mut out, self.lang)?;
        out.end()
    }
}

struct OffView<'a> {
    it: &'a SwitchedOff,
    lang: Lang,
}

impl Serialize for OffView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("SwitchedOff", 2)?;
        out.serialize_field("rule", &self.it.rule)?;
        out.serialize_field("reason", self.it.reason.get(self.lang))?;
        out.end()
    }
}

struct DeclaredView<'a> {
    it: &'a Declared,
    lang: Lang,
}

impl Serialize for DeclaredView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Declared", 3)?;
        out.serialize_field("key", &self.it.key)?;
        out.serialize_field("label", self.it.label.get(self.lang))?;
        out.serialize_field("value", &self.it.value.to_string())?;
        out.end()
    }
}
