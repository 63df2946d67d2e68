//! Left − right of a comparison, over many records.

use super::block::Cells;
use super::column::Values;
use super::group::{Sums, Terms, grouped};
use crate::rule::compile::Linear;

/// Left − right of a comparison over a block.
pub(super) struct Difference<'a> {
    pub width: Width<'a>,
    /// What the sums count in, so that they are small: of an amount that is compared with 0, whole columns.
    pub unit: i128,
}

/// Sums in integers that hold them.
pub(super) enum Width<'a> {
    Narrow(Sums<'a, i32>),
    Wide(Sums<'a, i64>),
}

impl<'a> Difference<'a> {
    /// In 32 bits, whether or not they hold it. `None` where the columns are not added in one loop.
    pub fn quick(linear: &Linear, cells: &[Cells<'a>]) -> Option<Self> {
        let (constant, terms, unit) = terms(linear, cells)?;
        let sums = narrow(constant, terms);
        sums.rest.is_empty().then_some(Difference {
            width: Width::Narrow(sums),
            unit,
        })
    }

    /// `None` where 64 bits may not hold it, or a value is out of its domain.
    pub fn new(linear: &Linear, cells: &[Cells<'a>]) -> Option<Self> {
        let mut most = linear.net.constant.unsigned_abs();
        for (slot, coefficient) in &linear.net.terms {
            let of_cell = cells.get(*slot)?.most()?;
            let coefficient = u128::from(coefficient.unsigned_abs());
            most = of_cell.checked_mul(coefficient)?.checked_add(most)?;
        }
        let (constant, terms, unit) = terms(linear, cells)?;
        let most = most / unit.unsigned_abs();
        let width = if most <= i32::MAX as u128 {
            Width::Narrow(narrow(constant, terms))
        } else if most <= i64::MAX as u128 {
            Width::Wide(grouped::<i64, i64>(constant, terms))
        } else {
            return None;
        };
        Some(Difference { width, unit })
    }
}

/// Sums in 32 bits, grouped by the type that there is.
fn narrow(constant: i128, terms: Terms<'_>) -> Sums<'_, i32> {
    let is = |is: fn(Values<'_>) -> bool| terms.iter().any(|(values, _)| is(*values));
    if is(|values| matches!(values, Values::U32(_))) {
        grouped::<i32, u32>(constant, terms)
    } else if is(|values| matches!(values, Values::I64(_))) {
        grouped::<i32, i64>(constant, terms)
    } else {
        grouped::<i32, i32>(constant, terms)
    }
}

/// The constant and the terms of left − right, and the unit in which they count: a common divisor.
fn terms<'a>(linear: &Linear, cells: &[Cells<'a>]) -> Option<(i128, Terms<'a>, i128)> {
    let constant = linear.net.constant;
    let mut unit = constant.unsigned_abs();
    let mut terms = Terms::new();
    for &(slot, coefficient) in &linear.net.terms {
        let cells = cells.get(slot)?;
        let coefficient = i128::from(coefficient) * i128::from(cells.unit);
        unit = common_divisor(unit, coefficient.unsigned_abs());
        terms.extend(cells.values.map(|values| (values, coefficient)));
    }
    let unit = i128::try_from(unit.max(1)).ok()?;
    terms
        .iter_mut()
        .for_each(|(_, coefficient)| *coefficient /= unit);
    Some((constant / unit, terms, unit))
}

/// The largest number that divides both; of 0 and another, that other.
fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
