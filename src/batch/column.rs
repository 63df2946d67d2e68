//! The cells of many records, one slice an indicator.

use std::ops::{BitOr, Range};

use super::block::{BLOCK, BlockColumn, Cells};
use super::plan::Plan;
use crate::form::Kind;
use crate::kind;
use crate::number::{AMOUNT_DECIMALS, AMOUNT_MAX, AMOUNT_UNIT, power_of_ten};

/// The values of a column, as they lie in memory.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Values<'a> {
    U32(&'a [u32]),
    I32(&'a [i32]),
    U64(&'a [u64]),
    I64(&'a [i64]),
    I128(&'a [i128]),
}

/// Runs the same expression over the values, whatever their type.
macro_rules! each_type {
    ($values:expr, $slice:ident => $body:expr) => {
        match $values {
            Values::U32($slice) => $body,
            Values::I32($slice) => $body,
            Values::U64($slice) => $body,
            Values::I64($slice) => $body,
            Values::I128($slice) => $body,
        }
    };
}
pub(super) use each_type;

/// An integer that a column may be made of.
pub(super) trait Integer: Copy + Default + BitOr<Output = Self> + TryInto<u128> {
    /// The values, where they are of this type.
    fn of(values: Values<'_>) -> Option<&[Self]>;
}

macro_rules! from_slices {
    ($($type:ty => $variant:ident),*) => {$(
        impl Integer for $type {
            fn of(values: Values<'_>) -> Option<&[Self]> {
                match values {
                    Values::$variant(values) => Some(values),
                    _ => None,
                }
            }
        }

        impl<'a> From<&'a [$type]> for Column<'a> {
            fn from(values: &'a [$type]) -> Self {
                Column { values: Values::$variant(values), decimals: 0, valid: None }
            }
        }
    )*};
}
from_slices!(u32 => U32, i32 => I32, u64 => U64, i64 => I64, i128 => I128);

/// One indicator over many records: integers, how many of their digits are decimals, and which of them are there.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    pub(super) values: Values<'a>,
    pub(super) decimals: u32,
    pub(super) valid: Option<Bitmap<'a>>,
}

impl<'a> Column<'a> {
    /// The last so many digits of each value are decimals: 1.50 万元 with two is 150. Only amounts have decimals, eight at
    /// most.
    #[must_use]
    pub fn decimals(mut self, decimals: u32) -> Self {
        self.decimals = decimals;
        self
    }

    /// Which values are there, the others being blank: the bit of value `i` is bit `(offset + i) % 8`, from the lowest, of
    /// byte `(offset + i) / 8`. This is Arrow's validity bitmap. What stands in the slice for a blank is of no matter.
    #[must_use]
    pub fn valid(mut self, bytes: &'a [u8], offset: usize) -> Self {
        self.valid = Some(Bitmap { bytes, offset });
        self
    }

    fn len(&self) -> usize {
        each_type!(self.values, values => values.len())
    }

    /// The values from one record to another, which are there.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        macro_rules! cut {
            ($($variant:ident),*) => {
                match self.values {
                    $(Values::$variant(all) => Values::$variant(all.get(range.clone()).unwrap_or_default()),)*
                }
            };
        }
        Column {
            values: cut!(U32, I32, U64, I64, I128),
            decimals: self.decimals,
            valid: self.valid.map(|valid| Bitmap {
                offset: valid.offset + range.start,
                ..valid
            }),
        }
    }

    fn value(&self, record: usize) -> Option<i128> {
        if self.valid.is_some_and(|valid| !valid.bit(record)) {
            return None;
        }
        match self.values {
            Values::U32(values) => values.get(record).copied().map(i128::from),
            Values::I32(values) => values.get(record).copied().map(i128::from),
            Values::U64(values) => values.get(record).copied().map(i128::from),
            Values::I64(values) => values.get(record).copied().map(i128::from),
            Values::I128(values) => values.get(record).copied(),
        }
    }
}

/// Bits packed in bytes, from the lowest, behind an offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bitmap<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl Bitmap<'_> {
    fn bit(&self, index: usize) -> bool {
        let at = self.offset + index;
        self.bytes
            .get(at / 8)
            .is_some_and(|byte| byte >> (at % 8) & 1 == 1)
    }

    /// The 64 bits from an index on; those beyond the end are 0.
    pub fn word(&self, index: usize) -> u64 {
        let at = self.offset + index;
        let bytes = self.bytes.get(at / 8..).unwrap_or_default();
        let eight = bytes.first_chunk().copied().unwrap_or_else(|| {
            let mut eight = [0; 8];
            eight
                .iter_mut()
                .zip(bytes)
                .for_each(|(to, from)| *to = *from);
            eight
        });
        let ninth = bytes.get(8).copied().unwrap_or_default();
        let nine = u128::from(ninth) << 64 | u128::from(u64::from_le_bytes(eight));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the bits beyond belong to the next word"
        )]
        let word = (nine >> (at % 8)) as u64;
        word
    }
}

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

/// What a slot can hold, in the units of the engine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Domain {
    pub least: i128,
    pub most: i128,
    /// Whether it is an amount, which the engine counts in 10⁻⁸ 万元.
    pub amount: bool,
}

/// The cells of many records.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    pub(super) plan: &'a Plan,
    pub(super) records: usize,
    /// A column for each cell, then for each parameter.
    pub(super) slots: Vec<Slot<'a>>,
}

/// A cell or parameter, over all records.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    pub domain: Domain,
    /// What is there; without, every cell is blank, and every parameter 0.
    pub column: Option<Column<'a>>,
    pub parameter: bool,
}

impl Slot<'_> {
    /// By what a value of the column is multiplied for the engine.
    pub fn unit(&self) -> i64 {
        let decimals = self.column.map_or(0, |column| column.decimals);
        let up = AMOUNT_DECIMALS.checked_sub(decimals).and_then(power_of_ten);
        match self.domain.amount {
            true => up
                .and_then(|up| i64::try_from(up).ok())
                .unwrap_or(AMOUNT_UNIT),
            false => 1,
        }
    }

    /// The value in the engine's unit; `Err` where no cell can hold it.
    pub fn value(&self, record: usize) -> Result<Option<i128>, &'static str> {
        let Some(column) = &self.column else {
            return Ok(self.parameter.then_some(0));
        };
        let Some(value) = column.value(record) else {
            return Ok(None);
        };
        match value.checked_mul(i128::from(self.unit())) {
            Some(value) if value > self.domain.most => Err(kind::OUT_OF_RANGE),
            Some(value) if value >= self.domain.least => Ok(Some(value)),
            _ if value < 0 && self.domain.least == 0 => Err(kind::NEGATIVE),
            _ => Err(kind::OUT_OF_RANGE),
        }
    }
}

impl<'a> Columns<'a> {
    pub(super) fn new(plan: &'a Plan, records: usize) -> Self {
        let form = plan.form();
        let slot = |kind: Kind, parameter: bool| Slot {
            domain: match kind {
                Kind::Amount => Domain {
                    least: 0,
                    most: i128::from(AMOUNT_MAX) * i128::from(AMOUNT_UNIT),
                    amount: true,
                },
                Kind::Change => Domain {
                    least: i128::from(i64::MIN),
                    most: i128::from(i64::MAX),
                    amount: false,
                },
                Kind::Count | Kind::Heading => Domain {
                    least: 0,
                    most: i128::from(u64::MAX),
                    amount: false,
                },
            },
            column: None,
            parameter,
        };
        let cells = form.indicators().iter().map(|it| slot(it.kind(), false));
        let parameters = form.parameters().iter().map(|_| slot(Kind::Count, true));
        Columns {
            plan,
            records,
            slots: cells.chain(parameters).collect(),
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
        let form = self.plan.form();
        let Some(slot) = form.slot(key).and_then(|slot| self.slots.get_mut(slot)) else {
            return Err(ColumnError::UnknownKey {
                form: form.id().to_owned(),
                key: key.to_owned(),
            });
        };
        let bits = column
            .valid
            .map(|it| (it.bytes.len() * 8).saturating_sub(it.offset));
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
                    if let Err(rule) = slot.value(record) {
                        out.push(OutOfDomain {
                            record,
                            slot: index,
                            rule,
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
