//! Columns added up in one loop.

use std::ops::Range;

use super::column::{Values, each_type};
use super::lane::{Lane, Load};

/// A constant, and columns of one type that are added or taken away as they are.
type Group<'a, L> = Box<dyn Loops<L> + 'a>;

/// Values, and by what each is multiplied.
pub(super) type Terms<'a> = Vec<(Values<'a>, i128)>;

/// A constant and terms, added up.
pub(super) struct Sums<'a, L> {
    pub first: Group<'a, L>,
    pub rest: Terms<'a>,
}

impl<'a, L: Lane> Sums<'a, L>
where
    u32: Load<L>,
    i32: Load<L>,
    u64: Load<L>,
    i64: Load<L>,
    i128: Load<L>,
{
    /// The sums of these records of the block; returns the bits of the values that are added in one loop.
    pub fn over(&self, records: Range<usize>, sums: &mut [L]) -> u128 {
        let bits = self.first.sums(records.clone(), sums);
        for (values, coefficient) in &self.rest {
            let coefficient = L::low(*coefficient);
            each_type!(*values, values => {
                let values = values.get(records.clone()).unwrap_or_default();
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum = sum.plus(coefficient.times(value.load()));
                }
            });
        }
        bits
    }
}

/// How many columns beside the first are added up in one loop.
const MORE: usize = 8;

/// What a loop tells of some records at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// How many of the sums are what is asked for.
    pub count: u64,
    /// The bits that any value has; all, where one is negative.
    pub bits: u128,
}

/// What sums are asked: the three questions that a processor can put to many integers at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    Zero,
    Positive,
    Negative,
}

pub(super) trait Loops<L> {
    /// The sums of these records. Returns the bits that any value has; all, where one is negative.
    fn sums(&self, records: Range<usize>, sums: &mut [L]) -> u128;

    /// What there is to tell of these records, without keeping their sums. They are so few that a lane can count them.
    fn look(&self, records: Range<usize>, test: Test) -> Seen;
}

/// A loop that is compiled for its number of columns, which is three times as fast as adding them one by one.
struct Fixed<'a, L, V, const N: usize, const ONE: bool, const OTHERS: bool> {
    constant: L,
    one: &'a [V],
    others: [&'a [V]; N],
}

impl<L: Lane, V: Load<L>, const N: usize, const ONE: bool, const OTHERS: bool>
    Fixed<'_, L, V, N, ONE, OTHERS>
{
    /// Goes through the sums of these records, with the bits of the values that they are made of.
    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        reason = "the slices are of one length: a column has as many values as there are records"
    )]
    fn each(&self, records: Range<usize>, mut each: impl FnMut(usize, L, V)) {
        let join = |add: bool, sum: L, value: V| match add {
            true => sum.plus(value.load()),
            false => sum.minus(value.load()),
        };
        let one = &self.one[records.clone()];
        let others = self
            .others
            .map(|other| &other[records.clone()][..one.len()]);
        for index in 0..one.len() {
            let mut bits = one[index];
            let mut sum = join(ONE, self.constant, one[index]);
            for other in &others {
                bits = bits | other[index];
                sum = join(OTHERS, sum, other[index]);
            }
            each(index, sum, bits);
        }
    }

    #[inline(always)]
    fn count(&self, records: Range<usize>, is: impl Fn(L) -> bool) -> Seen {
        let (mut count, mut bits) = (L::default(), V::default());
        self.each(records, |_, sum, of_values| {
            count = count.plus(L::from(is(sum)));
            bits = bits | of_values;
        });
        Seen {
            count: count.try_into().unwrap_or_default(),
            bits: bits.try_into().unwrap_or(u128::MAX),
        }
    }
}

impl<L: Lane, V: Load<L>, const N: usize, const ONE: bool, const OTHERS: bool> Loops<L>
    for Fixed<'_, L, V, N, ONE, OTHERS>
{
    #[expect(
        clippy::indexing_slicing,
        reason = "as many sums are asked for as there are records"
    )]
    fn sums(&self, records: Range<usize>, sums: &mut [L]) -> u128 {
        let sums = &mut sums[..records.len()];
        let mut bits = V::default();
        self.each(records, |index, sum, of_values| {
            sums[index] = sum;
            bits = bits | of_values;
        });
        bits.try_into().unwrap_or(u128::MAX)
    }

    fn look(&self, records: Range<usize>, test: Test) -> Seen {
        let zero = L::default();
        match test {
            Test::Zero => self.count(records, |sum| sum == zero),
            Test::Positive => self.count(records, |sum| sum > zero),
            Test::Negative => self.count(records, |sum| sum < zero),
        }
    }
}

/// No column at all.
struct Constant<L>(L);

impl<L: Lane> Loops<L> for Constant<L> {
    fn sums(&self, _: Range<usize>, sums: &mut [L]) -> u128 {
        sums.fill(self.0);
        0
    }

    fn look(&self, records: Range<usize>, test: Test) -> Seen {
        let is = match test {
            Test::Zero => self.0 == L::default(),
            Test::Positive => self.0 > L::default(),
            Test::Negative => self.0 < L::default(),
        };
        Seen {
            count: if is { records.len() as u64 } else { 0 },
            bits: 0,
        }
    }
}

/// The terms that are columns of this type, added or taken away as they are, in one group, and the others behind it.
pub(super) fn grouped<L: Lane, V: Load<L>>(constant: i128, terms: Terms<'_>) -> Sums<'_, L> {
    let (mut plus, mut minus, mut rest) = (Vec::new(), Vec::new(), Terms::new());
    for (values, coefficient) in terms {
        match coefficient {
            1 if V::of(values).is_some() => plus.push(values),
            -1 if V::of(values).is_some() => minus.push(values),
            _ => rest.push((values, coefficient)),
        }
    }
    let constant = L::low(constant);
    // The first is of the side that has fewer; where that has none, of the other.
    let plus_is_few = plus.len() < minus.len();
    let (mut few, mut many) = match plus_is_few {
        true => (plus.into_iter(), minus.into_iter()),
        false => (minus.into_iter(), plus.into_iter()),
    };
    let few_first = few.len() > 0;
    let one = few.next().or_else(|| many.next());
    let others: Vec<Values<'_>> = many.by_ref().take(MORE).collect();
    let sign = |plus: bool| if plus { 1 } else { -1 };
    rest.extend(few.map(|values| (values, sign(plus_is_few))));
    rest.extend(many.map(|values| (values, sign(!plus_is_few))));
    let columns = one
        .and_then(V::of)
        .zip(others.into_iter().map(V::of).collect());
    let first = columns.and_then(|(one, others): (_, Vec<&[V]>)| {
        match (few_first == plus_is_few, !plus_is_few) {
            (true, true) => fixed::<L, V, true, true>(constant, one, others),
            (true, false) => fixed::<L, V, true, false>(constant, one, others),
            (false, true) => fixed::<L, V, false, true>(constant, one, others),
            (false, false) => fixed::<L, V, false, false>(constant, one, others),
        }
    });
    Sums {
        first: first.unwrap_or_else(|| Box::new(Constant(constant))),
        rest,
    }
}

/// The loop for as many columns as there are.
fn fixed<'a, L: Lane, V: Load<L>, const ONE: bool, const OTHERS: bool>(
    constant: L,
    one: &'a [V],
    others: Vec<&'a [V]>,
) -> Option<Group<'a, L>> {
    macro_rules! of {
        ($($number:literal),*) => {
            match others.len() {
                $($number => {
                    let others: [&[V]; $number] = others.try_into().ok()?;
                    Some(Box::new(Fixed::<L, V, $number, ONE, OTHERS> { constant, one, others }))
                })*
                _ => None,
            }
        };
    }
    of!(0, 1, 2, 3, 4, 5, 6, 7, 8)
}
