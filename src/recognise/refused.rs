//! Parts of a report that cannot be read, and why.

use super::align::{Cells, Entry};
use super::order::Trouble;
use super::said::foreign;
use super::settle::{Settled, Unclear};
use crate::document::{TextCell, quoted};
use crate::form::{Form, Kind};
use crate::lang::Text;
use crate::report::Finding;
use crate::report::kind;

/// A part of a report that could not be read.
pub(crate) struct Refused<'t> {
    pub section: usize,
    pub unclear: Unclear<'t>,
    pub at: Option<TextCell<'t>>,
}

/// The section of a row of which its label does not say which it is.
pub(crate) fn mixed<'t>(form: &Form, entries: &[Entry<'t, '_>], at: usize) -> Option<Refused<'t>> {
    let entry = entries.get(at)?;
    let row = form.rows().get(*entry.meant().first()?)?;
    Some(Refused {
        section: row.section(),
        unclear: Unclear::Mixed,
        at: Some(entry.label),
    })
}

/// What keeps the values of a row of the form from being told.
pub(crate) fn trouble<'t>(
    form: &Form,
    entry: &Entry<'t, '_>,
    settled: Option<&Settled<'t>>,
    row: Option<usize>,
) -> Option<Refused<'t>> {
    let row = form
        .rows()
        .get(row.or_else(|| entry.rows.first().copied())?)?;
    let unclear = match (&entry.cells, settled) {
        (_, Some(Err(unclear))) => unclear.clone(),
        (Cells::One(list), _) if list.unclear && row.kind() != Kind::Heading => Unclear::Mixed,
        _ => return None,
    };
    let at = match &unclear {
        Unclear::Heading(Trouble::Heading(heading)) => *heading,
        _ => entry.label,
    };
    Some(Refused {
        section: row.section(),
        unclear,
        at: Some(at),
    })
}

/// What cannot be told: the first cell where that is so, and what would make the table readable.
pub(crate) fn cannot_be_told(form: &Form, refused: &[Refused<'_>], all: bool) -> Finding {
    let cells = refused
        .iter()
        .take(1)
        .filter_map(|it| Some(foreign(&it.at?)))
        .collect();
    let first = refused.first();
    let why = first.map_or_else(Text::default, why);
    let mut titles: Vec<&str> = Vec::new();
    for it in refused {
        let title = form.sections().get(it.section).map_or("", |it| it.title());
        let title = if title.is_empty() {
            form.title()
        } else {
            title
        };
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let message = kind::s021_ambiguous::message(&why, if all { None } else { Some(&titles) });
    Finding::structural(kind::AMBIGUOUS, cells, message)
}

/// Why a part of a report cannot be read, and what to do about it.
fn why(refused: &Refused<'_>) -> Text {
    use kind::s021_ambiguous as sentences;
    let Some(at) = refused.at else {
        return Text::default();
    };
    let (text, place) = (quoted(at.text), at.place());
    match &refused.unclear {
        Unclear::Heading(Trouble::Heading(_)) => sentences::heading(&text, &place),
        Unclear::Heading(Trouble::Headings) => sentences::headings(&text, &place),
        Unclear::Heading(Trouble::Spaces) => sentences::spaces(&text, &place),
        Unclear::Count { found, expected } => sentences::count(&text, &place, *found, *expected),
        Unclear::Edge => sentences::blanks(&text, &place),
        Unclear::Mixed => sentences::rows(&text, &place),
    }
}
