//! A cell of a form as it stands in the document: its value, or why it has none.

use rust_decimal::Decimal;

use super::unit::Contradiction;
use crate::check::cell;
use crate::document::{Look, TextCell, quoted};
use crate::form::{Indicator, Kind};
use crate::number::Value;
use crate::number::written::{Unread, Written, measure, multiple, read};
use crate::report::kind;
use crate::report::{Cell, Finding};
use crate::rule::Severity::Hard;
use crate::unicode::compatible;

/// One cell of a form, as it stands in the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stands<'t> {
    pub label: TextCell<'t>,
    /// The label is not the form's.
    pub misspelt: bool,
    pub unit: Result<&'t str, Contradiction<'t>>,
    pub value: Option<TextCell<'t>>,
}

/// Why a cell has no value: as it is written, or as it is shown.
pub(crate) enum Why {
    Written(Unread),
    Uncalculated,
    Unfollowed,
    Broken,
    /// Two units are stated for it.
    Units,
}

pub(crate) fn written(row: &Indicator, line: &Stands<'_>) -> Result<Written, Why> {
    let text = line.value.map_or("", |value| value.text);
    match line.value.and_then(|value| value.flaw?.unread) {
        Some(Look::Uncalculated) => return Err(Why::Uncalculated),
        Some(_) => return Err(Why::Unfollowed),
        None if text.contains(char::REPLACEMENT_CHARACTER) => return Err(Why::Broken),
        None => {}
    }
    let read = |unit: &str| read(text, row.kind(), row.unit(), &compatible(unit));
    match line.unit {
        Ok(unit) => read(unit).map_err(Why::Written),
        // What is written beside the number counts more than both.
        Err(Contradiction(one, other)) => match (read(one), read(other)) {
            (Ok(one), Ok(other)) if one.value == other.value => Ok(one),
            (Err(Unread::WrongUnit(_)) | Ok(_), _) | (_, Ok(_)) => Err(Why::Units),
            (Err(unread), _) => Err(Why::Written(unread)),
        },
    }
}

/// Whether a unit is shown behind a number that was converted from it.
fn scales(unit: &str) -> bool {
    measure(unit).is_some() || multiple(unit).is_some()
}

/// The cell of a line as findings show it.
pub(crate) fn placed(row: &Indicator, line: &Stands<'_>, value: Option<Value>) -> Cell {
    let place = line.value.as_ref().unwrap_or(&line.label).place();
    Cell {
        place: Some(place),
        ..cell(row, value)
    }
}

pub(crate) fn one_line(
    row: &Indicator,
    line: &Stands<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Value> {
    let name = row.name();
    let text = || quoted(line.value.map_or("", |value| value.text));
    let mut report = |kind, value, message| {
        let cells = vec![placed(row, line, value)];
        findings.push(Finding::structural(kind, cells, message));
    };
    match written(row, line) {
        Ok(Written {
            value,
            converted,
            other_unit,
            marked,
        }) => {
            let flaw = line.value.and_then(|value| value.flaw);
            let marks = flaw
                .map(|flaw| &*flaw.marks)
                .filter(|marks| !marks.is_empty());
            if marked || marks.is_some() {
                let written = format!("{}{}", text(), marks.unwrap_or_default());
                let message = kind::s014_note_mark::message(name, &written, value);
                report(kind::NOTE_MARK, Some(value), message);
            }
            if converted {
                let text = text();
                let has_unit = text.contains(|c: char| c.is_alphabetic());
                let unit = line.unit.unwrap_or_default();
                let shown = match scales(&compatible(unit)) {
                    true if !has_unit => format!("{text}{unit}"),
                    _ => text.clone(),
                };
                let message = kind::s009_converted::message(name, &shown, value, row.unit());
                report(kind::CONVERTED, Some(value), message);
            }
            if let Some(unit) = other_unit {
                let message = kind::s005_other_unit::message(name, &unit, row.unit());
                report(kind::OTHER_UNIT, Some(value), message);
            }
            Some(value)
        }
        // All of those are said at once.
        Err(Why::Uncalculated) => None,
        Err(Why::Unfollowed) => {
            let message = kind::s002_not_a_number::unfollowed(name, &text());
            report(kind::NOT_A_NUMBER, None, message);
            None
        }
        Err(Why::Units) => {
            if let Err(Contradiction(one, other)) = line.unit {
                let message = kind::s005_other_unit::contradiction(name, &text(), one, other);
                let cells = vec![placed(row, line, None)];
                findings.push(Finding::structural(kind::OTHER_UNIT, cells, message).weighing(Hard));
            }
            None
        }
        Err(Why::Broken) => {
            let message = kind::s002_not_a_number::broken(name);
            report(kind::NOT_A_NUMBER, None, message);
            None
        }
        Err(Why::Written(unread)) => {
            let cell = placed(row, line, None);
            findings.extend(not_read(row, &text(), &unread, cell));
            None
        }
    }
}

/// The finding of a cell whose text is no value.
fn not_read(row: &Indicator, text: &str, unread: &Unread, cell: Cell) -> Option<Finding> {
    let name = row.name();
    let (kind, message) = match unread {
        // All of those are said together.
        Unread::Blank => return None,
        Unread::NotANumber => {
            let message = kind::s002_not_a_number::message(name, text);
            (kind::NOT_A_NUMBER, message)
        }
        Unread::Qualified => {
            let message = kind::s002_not_a_number::qualified(name, text);
            (kind::NOT_A_NUMBER, message)
        }
        Unread::Negative => (kind::NEGATIVE, kind::s003_negative::message(name, text)),
        Unread::Fraction => (kind::FRACTION, kind::s004_fraction::message(name, text)),
        Unread::OutOfRange => {
            let message = kind::s011_out_of_range::message(name, text);
            (kind::OUT_OF_RANGE, message)
        }
        Unread::Approximate => {
            let message = kind::s010_approximate::message(name, text);
            (kind::APPROXIMATE, message)
        }
        Unread::WrongUnit(unit) => {
            let message = kind::s005_other_unit::wrong_message(name, text, unit, row.unit());
            return Some(Finding::structural(kind::OTHER_UNIT, vec![cell], message).weighing(Hard));
        }
    };
    Some(Finding::structural(kind, vec![cell], message))
}

/// An indicator that stands several times: with one value, that; else a contradiction, and no value.
pub(crate) fn several_lines(
    row: &Indicator,
    lines: &[Stands<'_>],
    findings: &mut Vec<Finding>,
) -> Option<Value> {
    let values: Vec<_> = lines
        .iter()
        .map(|line| written(row, line).ok().map(|written| written.value))
        .collect();
    if let (Some(line), true) = (
        lines.first(),
        values.windows(2).all(|pair| pair.first() == pair.last()),
    ) {
        return one_line(row, line, findings);
    }
    let cells: Vec<Cell> = lines
        .iter()
        .zip(&values)
        .map(|(line, value)| placed(row, line, *value))
        .collect();
    let texts: Vec<String> = lines
        .iter()
        .map(|line| quoted(line.value.map_or("", |value| value.text)))
        .collect();
    let message = kind::s006_contradiction::message(row.name(), &texts);
    findings.push(Finding::structural(kind::CONTRADICTION, cells, message));
    None
}

pub(crate) fn is_blank_cell(row: &Indicator, line: &Stands<'_>) -> bool {
    matches!(written(row, line), Err(Why::Written(Unread::Blank)))
}

pub(crate) fn zero(kind: Kind) -> Value {
    match kind {
        Kind::Amount => Value::Amount(Decimal::ZERO),
        Kind::Change => Value::Change(0),
        Kind::Count | Kind::Heading => Value::Count(0),
    }
}
