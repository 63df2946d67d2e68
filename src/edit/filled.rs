//! What was filled in, by the keys of cells: as programs read it.

use serde::Serialize;

use super::{Filled, Imputation, OpenCell};
use crate::number::Value;
use crate::record::Record;

/// An [`Imputation`] without its record and report; in JSON, values are texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ImputationView<'a> {
    /// In the order in which one follows from the others.
    pub filled: Vec<FilledView<'a>>,
    /// The cells that stay blank, in form order.
    pub open: Vec<OpenView<'a>>,
}

/// A cell that was filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FilledView<'a> {
    /// Its key.
    pub key: &'a str,
    /// What it can only be.
    pub value: Value,
    /// The rules that leave no other value.
    pub rules: Vec<&'a str>,
    /// The keys of the cells that it follows from.
    pub from: Vec<&'a str>,
}

/// A cell that stays blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OpenView<'a> {
    /// Its key.
    pub key: &'a str,
    /// The least value that it can have: see [`OpenCell::bounds`].
    pub min: Option<Value>,
    /// The largest.
    pub max: Option<Value>,
}

impl Imputation {
    /// What was filled in and what was not, by the keys of the cells.
    #[must_use]
    pub fn view(&self) -> ImputationView<'_> {
        ImputationView {
            filled: self.filled.iter().map(|it| self.filled_view(it)).collect(),
            open: self.open.iter().map(|it| self.open_view(it)).collect(),
        }
    }

    fn filled_view<'a>(&'a self, filled: &'a Filled) -> FilledView<'a> {
        let from = filled.from.iter().map(|cell| key(&self.record, *cell));
        FilledView {
            key: key(&self.record, filled.cell),
            value: filled.value,
            rules: filled.rules.iter().map(|rule| &**rule).collect(),
            from: from.collect(),
        }
    }

    fn open_view(&self, open: &OpenCell) -> OpenView<'_> {
        let [min, max] = open.bounds();
        OpenView {
            key: key(&self.record, open.cell),
            min,
            max,
        }
    }
}

fn key(record: &Record, cell: usize) -> &str {
    let indicator = record.form().indicator(cell);
    indicator.map_or("", |it| it.key())
}
