//! Left − right of a comparison, over many records.

use std::ops::Range;

use super::block::Cells;
use super::column::{Integer, Values, each_type};
use crate::rule::compile::Linear;

/// An integer that sums are computed in. Where it is proven that a sum fits, what wraps on the way to it wraps back.
pub(super) trait Lane:
    Copy + Ord + Default + From<bool> + TryInto<u64> + Into<i128> + 'static
{
    /// Its low bits.
    fn low(wide: i128) -> Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
}

/// A value of which a lane takes the low bits.
pub(super) trait Load<L>: Integer + 'static {
    fn load(self) -> L;
}

macro_rules! lanes {
    ($lane:ty: $($value:ty),*) => {
        impl Lane for $lane {
            #[expect(clippy::cast_possible_truncation, reason = "that is what is asked for")]
            fn low(wide: i128) -> Self {
                wide as $lane
            }
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
        }
        $(impl Load<$lane> for $value {
            fn load(self) -> $lane {
                self as $lane
            }
        })*
    };
}
lanes!(i32: u32, i32, u64, i64, i128);
lanes!(i64: u32, i32, u64, i64, i128);

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
    /// `None` where 64 bits may not hold it, or a value is out of its domain.
    pub fn new(linear: &Linear, cells: &[Cells<'a>]) -> Option<Self> {
        let constant = linear.left.constant - linear.right.constant;
        let mut unit = constant.unsigned_abs();
        let mut most = unit;
        let mut terms = Vec::new();
        for (side, sign) in [(&linear.left, 1), (&linear.right, -1)] {
            for &(slot, coefficient) in &side.terms {
                let cells = cells.get(slot)?;
                let coefficient = i128::from(coefficient);
                most = cells
                    .most?
                    .checked_mul(coefficient.unsigned_abs())?
                    .checked_add(most)?;
                let coefficient = sign * coefficient * i128::from(cells.unit);
                unit = common_divisor(unit, coefficient.unsigned_abs());
                terms.extend(cells.values.map(|values| (values, coefficient)));
            }
        }
        let unit = i128::try_from(unit.max(1)).ok()?;
        terms
            .iter_mut()
            .for_each(|(_, coefficient)| *coefficient /= unit);
        let constant = constant / unit;
        let most = most / unit.unsigned_abs();
        let width = if most <= i32::MAX as u128 {
            let constant = i32::low(constant);
            let grouped = grouped::<i32, u32>(constant, &terms)
                .or_else(|| grouped::<i32, i32>(constant, &terms))
                .or_else(|| grouped::<i32, i64>(constant, &terms));
            Width::Narrow(grouped.unwrap_or_else(|| Sums::new(constant, terms)))
        } else if most <= i64::MAX as u128 {
            let constant = i64::low(constant);
            let grouped = grouped::<i64, i64>(constant, &terms);
            Width::Wide(grouped.unwrap_or_else(|| Sums::new(constant, terms)))
        } else {
            return None;
        };
        Some(Difference { width, unit })
    }
}

/// The largest number that divides both; of 0 and another, that other.
fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Values, and by what each is multiplied.
type Terms<'a> = Vec<(Values<'a>, i128)>;

/// A constant and terms, added up.
pub(super) struct Sums<'a, L> {
    /// The constant, with the terms that are added up in one loop.
    first: Loop<'a, L>,
    rest: Terms<'a>,
}

impl<'a, L: Lane> Sums<'a, L>
where
    u32: Load<L>,
    i32: Load<L>,
    u64: Load<L>,
    i64: Load<L>,
    i128: Load<L>,
{
    fn new(constant: L, rest: Terms<'a>) -> Self {
        Sums {
            first: Box::new(move |_, sums| sums.fill(constant)),
            rest,
        }
    }

    /// The sums of these records of the block.
    pub fn over(&self, records: Range<usize>, sums: &mut [L]) {
        (self.first)(records.clone(), sums);
        for (values, coefficient) in &self.rest {
            let coefficient = L::low(*coefficient);
            each_type!(*values, values => {
                let values = values.get(records.clone()).unwrap_or_default();
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum = sum.plus(coefficient.times(value.load()));
                }
            });
        }
    }
}

/// How many more slices than one are added up in one loop.
const MORE: usize = 8;

type Loop<'a, L> = Box<dyn Fn(Range<usize>, &mut [L]) + 'a>;

/// The terms that are columns of this type, added or taken away as they are, in one loop: what nearly every rule is made of.
/// It is compiled for each number of them, which is three times as fast as going through them one by one.
fn grouped<'a, L: Lane, V: Load<L>>(constant: L, terms: &Terms<'a>) -> Option<Sums<'a, L>> {
    let grouped = |(values, coefficient): &(Values<'a>, i128), sign| {
        *coefficient == sign && V::of(*values).is_some()
    };
    let with = |sign| {
        terms
            .iter()
            .filter(move |term| grouped(term, sign))
            .map(|(values, _)| *values)
    };
    let few_are = if with(1).count() < with(-1).count() {
        1
    } else {
        -1
    };
    let (mut few, mut many) = (with(few_are), with(-few_are));
    let (one, one_is) = match few.next() {
        Some(one) => (one, few_are),
        None => (many.next()?, -few_are),
    };
    let others: Vec<&[V]> = many.by_ref().take(MORE).filter_map(V::of).collect();
    let one = V::of(one)?;
    let first = match (one_is > 0, few_are > 0) {
        (true, true) => numbered::<L, V, true, false>(constant, one, others),
        (true, false) => numbered::<L, V, true, true>(constant, one, others),
        (false, true) => numbered::<L, V, false, false>(constant, one, others),
        (false, false) => numbered::<L, V, false, true>(constant, one, others),
    };
    let left = few
        .map(|values| (values, few_are))
        .chain(many.map(|values| (values, -few_are)));
    let other = terms
        .iter()
        .filter(|term| !grouped(term, 1) && !grouped(term, -1))
        .copied();
    Some(Sums {
        first: first?,
        rest: left.chain(other).collect(),
    })
}

/// The loop for as many slices as there are.
fn numbered<'a, L: Lane, V: Load<L>, const ONE: bool, const OTHERS: bool>(
    constant: L,
    one: &'a [V],
    others: Vec<&'a [V]>,
) -> Option<Loop<'a, L>> {
    macro_rules! any {
        ($($number:literal),*) => {
            match others.len() {
                $($number => {
                    let others: [&[V]; $number] = others.try_into().ok()?;
                    Box::new(move |records, sums| {
                        let others = others.map(|other| cut(other, &records));
                        add_up::<L, V, $number, ONE, OTHERS>(constant, cut(one, &records), others, sums);
                    })
                })*
                _ => return None,
            }
        };
    }
    Some(any!(0, 1, 2, 3, 4, 5, 6, 7, 8))
}

fn cut<'a, V>(values: &'a [V], records: &Range<usize>) -> &'a [V] {
    values.get(records.clone()).unwrap_or_default()
}

/// A constant and a slice and others, each added or taken away.
#[expect(
    clippy::indexing_slicing,
    reason = "the slices are of one length: a column has as many values as there are records"
)]
fn add_up<L: Lane, V: Load<L>, const N: usize, const ONE: bool, const OTHERS: bool>(
    constant: L,
    one: &[V],
    others: [&[V]; N],
    sums: &mut [L],
) {
    let join = |add: bool, sum: L, value: V| {
        if add {
            sum.plus(value.load())
        } else {
            sum.minus(value.load())
        }
    };
    let length = sums.len();
    let (one, others) = (&one[..length], others.map(|other| &other[..length]));
    for index in 0..length {
        let mut sum = join(ONE, constant, one[index]);
        for other in &others {
            sum = join(OTHERS, sum, other[index]);
        }
        sums[index] = sum;
    }
}
