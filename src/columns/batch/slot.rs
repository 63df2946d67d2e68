//! A cell or parameter over many records: what it can hold, and the column that holds it.

use super::column::Column;
use crate::form::Kind;
use crate::number::{AMOUNT_DECIMALS, AMOUNT_UNIT, power_of_ten};
use crate::report::kind::{self, FindingKind};

/// What a slot can hold, in the units of the engine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Domain {
    pub least: i128,
    pub most: i128,
    /// Whether it is an amount, which the engine counts in 10⁻⁸ 万元.
    pub amount: bool,
}

impl Domain {
    pub fn of(kind: Kind) -> Self {
        let [least, most] = kind.domain();
        Domain {
            least,
            most,
            amount: kind == Kind::Amount,
        }
    }
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
    pub fn value(&self, record: usize) -> Result<Option<i128>, &'static FindingKind> {
        let Some(column) = &self.column else {
            return Ok(self.parameter.then_some(0));
        };
        let Some(value) = column.value(record) else {
            return Ok(None);
        };
        match value.checked_mul(i128::from(self.unit())) {
            Some(value) if value > self.domain.most => Err(&kind::OUT_OF_RANGE),
            Some(value) if value >= self.domain.least => Ok(Some(value)),
            _ if value < 0 && self.domain.least == 0 => Err(&kind::NEGATIVE),
            _ => Err(&kind::OUT_OF_RANGE),
        }
    }
}
