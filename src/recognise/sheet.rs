//! The rows of one report on a form with columns: which of their cells are the values, now that all of a section are known.

use std::collections::HashMap;

use super::columns::Order;
use super::rows::Row;
use crate::form::Form;
use crate::grid::TextCell;
use crate::number::written::is_blank;

/// The tables of one report, as they stand in the document.
#[derive(Debug, Default)]
pub(crate) struct Sheet<'t, 'f> {
    pub year: Option<u16>,
    pub lines: Vec<Entry<'t, 'f>>,
    /// There are so many rows that this cannot be a report on the form.
    pub overflow: bool,
}

/// One row as it stands in the document.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'t, 'f> {
    /// The rows of the form that the label can mean; none for a row that the form does not have.
    pub candidates: &'f [usize],
    /// The rows that a label which is none of the form's may be a misspelling of.
    pub near: Vec<usize>,
    pub label: TextCell<'t>,
    pub unit: &'t str,
    /// In the order of the form's columns; `None` where the row is unclear.
    pub values: Option<Vec<TextCell<'t>>>,
}

/// A row before it is known which of its cells are which.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'t, 'f> {
    pub candidates: &'f [usize],
    pub near: Vec<usize>,
    pub label: TextCell<'t>,
    pub unit: &'t str,
    pub cells: Vec<TextCell<'t>>,
    /// How many cells the line has, where the row is one line.
    pub width: Option<usize>,
    /// Every cell of the row is known: there is none more or less than there should be.
    pub exact: bool,
    /// Its line ends before the others: the cells behind one that was lost have moved up.
    pub short: bool,
    pub order: Option<Order>,
}

impl<'t, 'f> Draft<'t, 'f> {
    /// A row of which nothing is known but its label.
    pub fn of(candidates: &'f [usize], label: TextCell<'t>) -> Self {
        Draft {
            candidates,
            near: Vec::new(),
            label,
            unit: "",
            cells: Vec::new(),
            width: None,
            exact: false,
            short: false,
            order: None,
        }
    }

    /// The rows of the form that it is or may be.
    pub fn meant(&self) -> &[usize] {
        match self.candidates {
            [] => &self.near,
            candidates => candidates,
        }
    }
}

/// Says of each row which of its cells are the values, now that all of its section are known; and whether labels may be
/// misspelt.
pub(crate) fn settle<'t, 'f>(
    form: &Form,
    rows: Vec<Draft<'t, 'f>>,
    misspelt: bool,
) -> Vec<Entry<'t, 'f>> {
    let section = |row: &[usize]| Some(form.rows().get(*row.first()?)?.section());
    // Where one row of a section has cells to spare, a blank at the edge of another may be one of those.
    let (mut padded, mut widest) = (HashMap::new(), HashMap::new());
    for row in &rows {
        let (Some(section), Some(order)) = (section(row.candidates), &row.order) else {
            continue;
        };
        *padded.entry(section).or_insert(false) |= row.cells.len() > order.len().max(1);
        let width: &mut usize = widest.entry(section).or_default();
        *width = row.width.unwrap_or(0).max(*width);
    }
    rows.into_iter()
        .map(|row| {
            let section = section(row.meant());
            let padded = section.is_some_and(|it| padded.get(&it) == Some(&true));
            let narrow = row.width.is_some_and(|width| {
                section.is_some_and(|it| widest.get(&it).is_some_and(|most| width < *most))
            });
            let lines = row.width.is_none() && !row.exact;
            let mut near = row.near.clone();
            let mut values = values(&row, padded || row.short || (narrow && !row.exact), lines);
            if row.candidates.is_empty() {
                near.retain(|_| misspelt && values.is_some());
                values = values.or(Some(Vec::new()));
            }
            Entry {
                values,
                near,
                candidates: row.candidates,
                label: row.label,
                unit: row.unit,
            }
        })
        .collect()
}

/// The values of a row in the order of the form's columns; `None` where they cannot be told for certain.
fn values<'t>(row: &Draft<'t, '_>, loose: bool, one_a_line: bool) -> Option<Vec<TextCell<'t>>> {
    let order = row.order.as_ref()?;
    let width = order.len();
    // A single value that is not there is as blank as one that is written as a blank.
    if width == 1 && row.cells.is_empty() {
        return Some(Vec::new());
    }
    let cells = trimmed(&row.cells, width)?;
    let blank = |cell: Option<&TextCell<'_>>| cell.is_some_and(|cell| is_blank(cell.text));
    let all_blank = cells.iter().all(|cell| is_blank(cell.text));
    let edge = blank(cells.first()) || blank(cells.last());
    let suspicious = row.cells.len() == width
        && width > 1
        && !all_blank
        && ((loose && edge) || (one_a_line && blank(cells.first()) && row.order.is_some()));
    if suspicious {
        return None;
    }
    let mut values = vec![None; width];
    for (column, cell) in order.iter().zip(cells) {
        *values.get_mut(*column)? = Some(*cell);
    }
    values.into_iter().collect()
}

/// So many of the cells, without the blanks that merged cells have left before and behind them; `None` where that leaves a
/// choice.
pub(crate) fn trimmed<'a, 't>(
    cells: &'a [TextCell<'t>],
    width: usize,
) -> Option<&'a [TextCell<'t>]> {
    let said = |cell: &TextCell<'_>| !is_blank(cell.text);
    let (Some(first), Some(last)) = (cells.iter().position(said), cells.iter().rposition(said))
    else {
        return cells.get(..width);
    };
    if cells.len() == width {
        return Some(cells);
    }
    cells
        .get(first..=last)
        .filter(|values| values.len() == width)
}

/// The rows of a sheet as the lines of the form's cells: for each cell, where it stands.
pub(crate) fn lines_of<'t, 'f>(
    form: &Form,
    sheet: &Sheet<'t, 'f>,
    rows: &[Option<usize>],
) -> Vec<Vec<Row<'t, 'f>>> {
    let mut lines = vec![Vec::new(); form.cells()];
    for (entry, row) in sheet.lines.iter().zip(rows) {
        let cells = row
            .and_then(|row| form.rows().get(row))
            .map(|row| row.cells());
        for (at, cell) in cells.into_iter().flatten().enumerate() {
            if let Some(lines) = lines.get_mut(cell) {
                lines.push(Row {
                    candidates: entry.candidates,
                    label: entry.label,
                    unit: entry.unit,
                    value: entry
                        .values
                        .as_ref()
                        .and_then(|values| values.get(at).copied()),
                    others: Vec::new(),
                    unclear: false,
                });
            }
        }
    }
    lines
}
