//! What the formats of CI say in the same words: of which table a report is, where a finding stands, what corrects it.

use xxgk::form::Form;
use xxgk::{Cell, Correction, Finding, Lang, Place, Report};

use crate::groups::said;

/// What the command calls standard input.
pub const STDIN: &str = "-";

/// The name of what was checked, and which table of it where there are several.
pub fn name(report: &Report, lang: Lang) -> String {
    let source = match report.source.as_deref() {
        None | Some(STDIN) => lang.pick("标准输入", "standard input"),
        Some(source) => source,
    };
    match (report.table, lang) {
        (None, _) => source.to_owned(),
        (Some(table), Lang::Zh) => format!("{source}（第{table}张表）"),
        (Some(table), Lang::En) => format!("{source} (table {table})"),
    }
}

/// The cells of a finding that stand in the document itself, with their places.
pub fn cells(finding: &Finding) -> impl Iterator<Item = (&Place, &Cell)> {
    let cells = finding.cells.iter().filter(|cell| cell.source.is_none());
    cells.filter_map(|cell| Some((cell.place.as_ref()?, cell)))
}

/// Where a finding is shown: the clause that claims something, else the first of its cells.
pub fn place(finding: &Finding) -> Option<&Place> {
    let cell = || cells(finding).next().map(|(place, _)| place);
    finding.claim.as_ref().or_else(cell)
}

/// The sentence of what corrects a rule, behind its own.
pub fn corrected(
    correction: Option<&Correction>,
    form: Option<&Form>,
    verbose: bool,
    lang: Lang,
) -> Option<String> {
    let (correction, form) = correction.zip(form)?;
    Some(said(correction, form, verbose).get(lang).to_owned())
}

/// The column behind the end of a text of one line, and how many lines further it ends otherwise.
pub fn end(place: &Place) -> (usize, usize) {
    let mut lines = place.text.split('\n');
    let first = lines.next().unwrap_or_default().chars().count();
    match lines.next_back() {
        None => (place.line, place.column + first),
        Some(last) => {
            let further = place.text.matches('\n').count();
            (place.line + further, 1 + last.chars().count())
        }
    }
}
