//! What is said of the rows and columns of a table, and of many of its cells at once.

use super::Blanks;
use super::header::Header;
use super::stands::{Stands, placed, written};
use crate::check::cell;
use crate::document::{Look, TextCell, quoted};
use crate::form::{Form, Indicator, Row as FormRow};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Finding};
use crate::rule::Severity::{Hard, Soft};

/// More blank cells than these are said at once.
const MAX_BLANKS: usize = 8;

pub(crate) fn no_row(form: &Form, row: &FormRow, whole_part: bool) -> Finding {
    let (severity, message) = match whole_part {
        true => (
            Hard,
            kind::s001_no_row::part_message(row.name(), row.code()),
        ),
        false => (Soft, kind::s001_no_row::message(row.name(), row.code())),
    };
    let cells = row
        .cells()
        .filter_map(|index| Some(cell(form.indicator(index)?, None)));
    Finding::structural(kind::NO_ROW, cells.collect(), message).weighing(severity)
}

pub(crate) fn other_spelling(
    form: &Form,
    row: &FormRow,
    label: &TextCell<'_>,
    lines_of: &[Vec<Stands<'_>>],
) -> Finding {
    let cells = row.cells().filter_map(|index| {
        let indicator = form.indicator(index)?;
        let line = lines_of.get(index)?.first()?;
        let value = written(indicator, line).ok().map(|written| written.value);
        Some(Cell {
            place: Some(label.place()),
            ..cell(indicator, value)
        })
    });
    let message = kind::s012_other_spelling::message(&quoted(label.text), row.name());
    Finding::structural(kind::OTHER_SPELLING, cells.collect(), message)
}

/// A cell that is no cell of the form.
pub(crate) fn foreign(text: &TextCell<'_>) -> Cell {
    Cell {
        key: None,
        code: None,
        label: quoted(text.text).into(),
        value: None,
        source: None,
        place: Some(text.place()),
    }
}

pub(crate) fn unknown_row(cell: &TextCell<'_>) -> Finding {
    let message = kind::s007_unknown_row::message(&quoted(cell.text));
    Finding::structural(kind::UNKNOWN_ROW, vec![foreign(cell)], message)
}

/// What is said of blank cells: of each, where they are few.
pub(crate) fn blanks(
    blank: Vec<(&Indicator, Option<TextCell<'_>>, Cell)>,
    read_as: Blanks,
) -> Vec<Finding> {
    let names: Vec<&str> = blank.iter().map(|(row, ..)| row.name()).collect();
    let all = |kind, message| {
        let cells = blank.iter().map(|(.., cell)| cell.clone()).collect();
        vec![Finding::structural(kind, cells, message)]
    };
    match (read_as, blank.len()) {
        (_, 0) => Vec::new(),
        (Blanks::Zero, _) => all(
            kind::BLANK_AS_ZERO,
            kind::s023_blank_as_zero::message(&names),
        ),
        (Blanks::Missing, ..=MAX_BLANKS) => {
            let each = blank.iter().map(|(row, value, cell)| {
                let text = quoted(value.map_or("", |value| value.text));
                let message = kind::s008_blank::message(row.name(), &text);
                Finding::structural(kind::BLANK, vec![cell.clone()], message)
            });
            each.collect()
        }
        (Blanks::Missing, _) => all(kind::BLANK, kind::s008_blank::many(&names)),
    }
}

pub(crate) fn not_filled_in(form: &Form) -> Finding {
    let message = kind::s018_empty::message(form.title());
    Finding::structural(kind::EMPTY, Vec::new(), message)
}

/// The cells with text that is struck out or not shown, said at once.
pub(crate) fn left_out(
    form: &Form,
    record: &Record,
    lines_of: &[Vec<Stands<'_>>],
) -> Option<Finding> {
    let (mut names, mut cells) = (Vec::new(), Vec::new());
    for (index, (indicator, lines)) in form.indicators().iter().zip(lines_of).enumerate() {
        for line in lines {
            let flaw = line.value.and_then(|value| value.flaw);
            if let Some(flaw) = flaw.filter(|flaw| !flaw.left_out.is_empty()) {
                names.push((indicator.name(), quoted(&flaw.left_out)));
                cells.push(placed(indicator, line, record.value(index)));
            }
        }
    }
    let message = || kind::s015_left_out::message(&names);
    (!cells.is_empty()).then(|| Finding::structural(kind::LEFT_OUT, cells, message()))
}

/// The cells whose formulas nobody calculated, said at once.
pub(crate) fn uncalculated(form: &Form, lines_of: &[Vec<Stands<'_>>]) -> Option<Finding> {
    let is_one = |line: &Stands<'_>| {
        let flaw = line.value.and_then(|value| value.flaw);
        flaw.is_some_and(|flaw| flaw.unread == Some(Look::Uncalculated))
    };
    let of_cell = |(indicator, lines): (&Indicator, &Vec<Stands<'_>>)| {
        let line = lines.iter().find(|line| is_one(line))?;
        Some(placed(indicator, line, None))
    };
    let cells: Vec<Cell> = form
        .indicators()
        .iter()
        .zip(lines_of)
        .filter_map(of_cell)
        .collect();
    let message = kind::s016_uncalculated::message(cells.len());
    (!cells.is_empty()).then(|| Finding::structural(kind::UNCALCULATED, cells, message))
}

pub(crate) fn several_columns(header: &Header) -> Option<Finding> {
    let values = header
        .values
        .as_ref()
        .ok()
        .filter(|values| values.among.len() > 1)?;
    let read = values
        .columns
        .first()
        .and_then(|it| header.columns.get(it.column))?;
    let message = kind::s013_several_columns::message(&values.among, read);
    Some(Finding::structural(
        kind::SEVERAL_COLUMNS,
        Vec::new(),
        message,
    ))
}

pub(crate) fn which_column(columns: &[String]) -> Finding {
    let message = kind::s021_ambiguous::which_column(columns);
    Finding::structural(kind::AMBIGUOUS, Vec::new(), message)
}

pub(crate) fn other_heading(column: &str, heading: &TextCell<'_>) -> Finding {
    let message = kind::s012_other_spelling::heading_message(&quoted(heading.text), column);
    Finding::structural(kind::OTHER_SPELLING, vec![foreign(heading)], message)
}

pub(crate) fn too_many_rows(form: &Form) -> Finding {
    let message = kind::s021_ambiguous::too_many_rows(form.rows().len());
    Finding::structural(kind::AMBIGUOUS, Vec::new(), message)
}
