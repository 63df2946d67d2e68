//! The cells of many records, one slice an indicator.

use std::ops::Range;

use super::block::{BLOCK, BlockColumn, Cells};
use super::column::Column;
use super::plan::Plan;
use super::slot::{Domain, Slot};
use crate::form::{self, Kind};
use crate::number::AMOUNT_DECIMALS;
use crate::record::Record;

/// Why a column cannot be the cells of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnError {
    /// The form has no such row with a value, or no such parameter.
    #[error("the form `{form}` has no `{key}`")]
    UnknownKey {
        /// The id of the form.
        form: String,
        /// The key.
        key: String,
    },
    /// The column or its bitmap has not as many values as there are records.
    #[error("`{key}` has {found} values for {expected} records")]
    Length {
        /// The key.
        key: String,
        /// How many records there are.
        expected: usize,
        /// How many values, or bits, the column has.
        found: usize,
    },
    /// A count with decimals, or an amount with more than eight.
    #[error("`{key}` cannot have {decimals} decimals")]
    Decimals {
        /// The key.
        key: String,
        /// How many it was given.
        decimals: u32,
    },
}

/// A value that no cell can hold. The rules take it for a blank, as [`check`](crate::check()) does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfDomain {
    /// The record, from 0.
    pub record: usize,
    /// The cell, or the parameter behind the cells.
    pub slot: usize,
    /// The kind of finding: `S003` negative, `S011` out of range.
    pub rule: &'static str,
}

/// The cells of many records.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    pub(super) plan: &'a Plan,
    pub(super) records: usize,
    /// A column for each cell, then for each parameter; between years, then for each cell of the year before.
    pub(super) slots: Vec<Slot<'a>>,
}

impl Plan {
    /// Columns for so many records: every cell blank, every parameter of the form 0.
    #[must_use]
    pub fn columns(&self, records: usize) -> Columns<'_> {
        Columns::new(self, records)
    }
}

impl<'a> Columns<'a> {
    pub(super) fn new(plan: &'a Plan, records: usize) -> Self {
        let form = plan.form();
        let slot = |kind: Kind, parameter: bool| Slot {
            domain: Domain::of(kind),
            column: None,
            parameter,
        };
        let cells = form.indicators().iter().map(|it| slot(it.kind(), false));
        let parameters = form.parameters().iter().map(|_| slot(Kind::Count, true));
        let before = if plan.between_years {
            form.indicators()
        } else {
            &[]
        };
        let before = before.iter().map(|it| slot(it.kind(), false));
        Columns {
            plan,
            records,
            slots: cells.chain(parameters).chain(before).collect(),
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records
    }

    /// Sets the cells of an indicator, or the values of a parameter of the form.
    ///
    /// # Errors
    /// Where the form has no such key, the column is not as long as the records are many, or cannot have its decimals.
    pub fn set(&mut self, key: &str, column: Column<'a>) -> Result<(), ColumnError> {
        self.set_slot(self.plan.form().slot(key), key, column)
    }

    /// Sets the cells of an indicator in the year before, for a plan of the rules [between years](Plan::between_years).
    ///
    /// # Errors
    /// As for [`set`](Self::set).
    pub fn set_previous(&mut self, key: &str, column: Column<'a>) -> Result<(), ColumnError> {
        let form = self.plan.form();
        let cell = form.cell(key);
        self.set_slot(
            cell.map(|cell| form.index_of(form::Slot::Previous(cell))),
            key,
            column,
        )
    }

    fn set_slot(
        &mut self,
        slot: Option<usize>,
        key: &str,
        column: Column<'a>,
    ) -> Result<(), ColumnError> {
        let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) else {
            return Err(ColumnError::UnknownKey {
                form: self.plan.form().id().to_owned(),
                key: key.to_owned(),
            });
        };
        let bits = column.valid.map(|valid| valid.len());
        let found = column.len().min(bits.unwrap_or(usize::MAX));
        if column.len() != self.records || found < self.records {
            return Err(ColumnError::Length {
                key: key.to_owned(),
                expected: self.records,
                found: if column.len() == self.records {
                    found
                } else {
                    column.len()
                },
            });
        }
        if column.decimals
            > if slot.domain.amount {
                AMOUNT_DECIMALS
            } else {
                0
            }
        {
            return Err(ColumnError::Decimals {
                key: key.to_owned(),
                decimals: column.decimals,
            });
        }
        slot.column = Some(column);
        Ok(())
    }

    /// One of the records, as the engine that checks one takes it. What no cell can hold is blank.
    #[must_use]
    pub fn record(&self, record: usize) -> Record {
        let form = self.plan.form();
        let mut filled = Record::new(form.clone());
        for (index, slot) in self.slots.iter().enumerate() {
            let Some(value) = slot.value(record).ok().flatten() else {
                continue;
            };
            // The value is in the domain of its cell, so that it is of its kind.
            match form.slot_at(index) {
                form::Slot::Cell(cell) => {
                    let kind = form.indicator(cell).map(|it| it.kind());
                    let value = kind.and_then(|kind| kind.value(value));
                    _ = filled.set_cell(cell, value);
                }
                form::Slot::Parameter(parameter) => {
                    let key = form.parameters().get(parameter).map_or("", |it| it.key());
                    _ = filled.declare(key, u64::try_from(value).unwrap_or_default());
                }
                form::Slot::Previous(_) => {}
            }
        }
        filled
    }

    /// The records of a range, numbered from 0 again; of a range that is not all there, none.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Columns<'a> {
        let range = if range.start <= range.end && range.end <= self.records {
            range
        } else {
            0..0
        };
        let cut = |slot: &Slot<'a>| Slot {
            column: slot.column.map(|column| column.slice(range.clone())),
            ..*slot
        };
        Columns {
            plan: self.plan,
            records: range.len(),
            slots: self.slots.iter().map(cut).collect(),
        }
    }

    /// The values that no cell can hold, by record and then by slot.
    #[must_use]
    pub fn out_of_domain(&self) -> Vec<OutOfDomain> {
        let mut out = Vec::new();
        for start in (0..self.records).step_by(BLOCK) {
            let block = start..self.records.min(start + BLOCK);
            let known = out.len();
            for (index, slot) in self.slots.iter().enumerate() {
                let column = BlockColumn::new(slot, block.clone());
                if Cells::new(slot, &column).most().is_some() {
                    continue;
                }
                for record in block.clone() {
                    if let Err(kind) = slot.value(record) {
                        out.push(OutOfDomain {
                            record,
                            slot: index,
                            rule: kind.id,
                        });
                    }
                }
            }
            if let Some(of_block) = out.get_mut(known..) {
                of_block.sort_unstable_by_key(|it| (it.record, it.slot));
            }
        }
        out
    }
}
