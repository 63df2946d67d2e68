//! A row of the form that is printed as a heading above others, and holds their sum in a document that leaves those out:
//! (六)其他处理 in a table of 2021.

use std::sync::Arc;

use crate::document::TextCell;
use crate::form::Form;
use crate::number::Value;
use crate::number::written::read;
use crate::place::Place;
use crate::record::Record;
use crate::report::Cell;

/// The sum of some rows, printed in their place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PrintedSum {
    name: Arc<str>,
    /// The rows that it is the sum of.
    pub rows: Vec<usize>,
    /// For each column: the cells of those rows, what their sum is, and where it stands.
    columns: Vec<(Vec<usize>, Value, Place)>,
}

impl PrintedSum {
    pub fn new(form: &Form, heading: usize, rows: &[usize], cells: &[TextCell<'_>]) -> Self {
        let all = form.rows();
        let column = |(index, cell): (usize, &TextCell<'_>)| {
            let parts = rows
                .iter()
                .filter_map(|row| all.get(*row)?.cells().nth(index));
            let parts: Vec<usize> = parts.collect();
            let kind = form.indicator(*parts.first()?)?.kind();
            let value = read(cell.text, kind, "", "").ok()?.value;
            Some((parts, value, cell.place()))
        };
        PrintedSum {
            name: all.get(heading).map_or("", |row| row.name()).into(),
            rows: rows.to_vec(),
            columns: cells.iter().enumerate().filter_map(column).collect(),
        }
    }
}

/// The record with each sum in the last of its rows and nothing in the others: every rule over the whole sum is then decided as
/// it would be if the rows were known. `None` where there are no sums.
pub(crate) fn put(sums: &[PrintedSum], record: &Record) -> Option<Record> {
    if sums.is_empty() {
        return None;
    }
    let mut out = record.clone();
    for (parts, value, _) in sums.iter().flat_map(|sum| &sum.columns) {
        let zero = match value {
            Value::Count(_) => Value::Count(0),
            Value::Amount(_) => Value::Amount(rust_decimal::Decimal::ZERO),
            Value::Change(_) => Value::Change(0),
        };
        for (index, part) in parts.iter().enumerate() {
            let value = if index + 1 == parts.len() {
                *value
            } else {
                zero
            };
            // The cells are of the kind that the sum was read as.
            _ = out.set_cell(*part, Some(value));
        }
    }
    Some(out)
}

/// Shows a sum where a finding would show the cells that it was put in.
pub(crate) fn show(sums: &[PrintedSum], cells: &mut Vec<Cell>, form: &Form) {
    for sum in sums {
        for (parts, value, place) in &sum.columns {
            let is_part = |cell: &Cell| {
                let index = cell.key.as_ref().and_then(|key| form.cell(key));
                index.is_some_and(|index| parts.contains(&index))
            };
            let Some(first) = cells.iter().position(is_part) else {
                continue;
            };
            if let Some(cell) = cells.get_mut(first) {
                (cell.key, cell.code) = (None, None);
                cell.label = sum.name.clone();
                cell.value = Some(*value);
                cell.place = Some(place.clone());
            }
            cells.retain(|cell| !is_part(cell));
        }
    }
}
