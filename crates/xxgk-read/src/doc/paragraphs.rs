//! The paragraphs of a part of the text: where each ends, what its mark ends beside it, and the row in which it stands.

use std::rc::Rc;

use super::props::Format;
use super::row::RowFormat;
use super::source::Source;
use crate::error::{Limit, ReadError};
use crate::format::Format as File;
use crate::limits::{MAX_CELLS, MAX_DEPTH};

const PARAGRAPH: u16 = 0x0d;
const CELL: u16 = 0x07;
const PAGE: u16 = 0x0c;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mark {
    Paragraph,
    Cell,
    Row,
}

pub(super) struct Paragraph {
    /// Its first character, and its mark.
    pub from: usize,
    pub mark_at: usize,
    pub mark: Mark,
    pub format: Rc<Format>,
    /// The row around it, of the innermost table.
    pub row: Option<Rc<RowFormat>>,
}

/// The paragraphs between two characters.
pub(super) fn paragraphs(
    source: &mut Source<'_>,
    from: usize,
    to: usize,
) -> Result<Vec<Paragraph>, ReadError> {
    let damaged = || ReadError::Damaged(File::Doc);
    let mut all = Vec::new();
    let mut begins = from;
    let units: Vec<_> = (source.pieces.units(from, to).zip(from..))
        .filter(|(unit, _)| {
            let unit = unit.map(|it| it.unit);
            unit.is_none_or(|it| matches!(it, PARAGRAPH | CELL | PAGE))
        })
        .take(MAX_CELLS + 1)
        .collect();
    if units.len() > MAX_CELLS {
        return Err(ReadError::TooLarge(Limit::Cells));
    }
    for (unit, at) in units {
        let unit = unit.ok_or_else(damaged)?;
        let marked = source.paragraph(&unit).ok_or_else(damaged)?;
        let depth = marked.format.tables();
        if depth > MAX_DEPTH {
            return Err(ReadError::TooLarge(Limit::Depth));
        }
        // A page begins within a cell, too.
        if unit.unit == PAGE && depth > 0 {
            continue;
        }
        let mark = mark(unit.unit, &marked.format);
        if mark != Mark::Paragraph && depth == 0 {
            return Err(damaged());
        }
        all.push(Paragraph {
            from: begins,
            mark_at: at,
            mark,
            row: marked.row.filter(|_| mark == Mark::Row),
            format: marked.format,
        });
        begins = at + 1;
    }
    // The text ends with a mark.
    if begins != to {
        return Err(damaged());
    }
    rows(&mut all).ok_or_else(damaged)?;
    Ok(all)
}

fn mark(unit: u16, format: &Format) -> Mark {
    match unit {
        CELL if format.ends_row => Mark::Row,
        CELL => Mark::Cell,
        PARAGRAPH if format.ends_inner_row => Mark::Row,
        PARAGRAPH if format.ends_inner_cell => Mark::Cell,
        _ => Mark::Paragraph,
    }
}

/// Gives each paragraph in a table its row, of which the mark at its end says how it is. `None` where a row has no end.
fn rows(all: &mut [Paragraph]) -> Option<()> {
    let mut rows: Vec<Option<Rc<RowFormat>>> = Vec::new();
    for paragraph in all.iter_mut().rev() {
        let depth = paragraph.format.tables();
        rows.resize(depth, None);
        if let Some(row) = rows.last_mut() {
            if paragraph.mark == Mark::Row {
                row.clone_from(&paragraph.row);
            }
            paragraph.row = Some(row.clone()?);
        }
    }
    Some(())
}
