//! The cells of a table: as a frame, and what was filled in or corrected.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use serde::Serialize;
use xxgk::edit::{Applied, Imputation, ImputationView};
use xxgk::{Lang, Reading, Record, Value};

/// A row a cell; values are texts, for a column of counts and amounts has no other exact type.
pub fn frame(reading: Option<&Reading>, lang: Lang) -> Result<RecordBatch, ArrowError> {
    let table = reading.and_then(|it| Some((it, it.record.as_ref()?)));
    let rows: Vec<[Option<String>; 6]> = table.map_or_else(Vec::new, |(reading, record)| {
        let cells = record.form().indicators().iter().enumerate();
        cells
            .map(|(index, cell)| {
                [
                    Some(cell.key().to_owned()),
                    Some(cell.code().to_owned()),
                    Some(cell.name().to_owned()),
                    Some(cell.unit().to_owned()),
                    record.value(index).map(|value| value.to_string()),
                    reading.place(index).map(|place| place.said(lang)),
                ]
            })
            .collect()
    });
    let names = ["key", "code", "label", "unit", "value", "place"];
    RecordBatch::try_from_iter_with_nullable(names.iter().enumerate().map(|(at, name)| {
        let column = rows.iter().map(|row| row.get(at)?.as_deref());
        let column: ArrayRef = Arc::new(StringArray::from_iter(column));
        (*name, column, true)
    }))
}

/// What was filled in.
#[derive(Debug, Serialize)]
pub struct Imputed<'a> {
    cells: &'a Record,
    #[serde(flatten)]
    view: ImputationView<'a>,
}

pub fn imputed(imputation: &Imputation) -> Imputed<'_> {
    Imputed {
        cells: &imputation.record,
        view: imputation.view(),
    }
}

/// What was corrected.
#[derive(Debug, Serialize)]
pub struct Repaired<'a> {
    cells: &'a Record,
    changes: Vec<Changed<'a>>,
}

/// A cell that was changed; to None, where it is wrong and can have several values.
#[derive(Debug, Serialize)]
struct Changed<'a> {
    key: &'a str,
    from: Value,
    to: Option<Value>,
}

pub fn repaired<'a>(applied: &'a Applied<'_>) -> Repaired<'a> {
    let sets = applied.applied.iter().flat_map(|it| &it.sets);
    let changes = sets.flat_map(|set| &set.cells).map(|change| Changed {
        key: &change.key,
        from: change.from,
        to: change.to(),
    });
    Repaired {
        cells: &applied.record,
        changes: changes.collect(),
    }
}
