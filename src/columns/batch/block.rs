//! A block of records: long enough that columns are read at the speed of memory, short enough that they stay in the cache.

use std::cell::OnceCell;
use std::ops::Range;

use super::column::{Column, Values};
use super::slot::{Domain, Slot};
use super::truth::RUN;

/// How many records a block has; the last one of a table has fewer. Columns lie far apart in memory: what is read of
/// each at once must be long, for the processor to read ahead.
pub(super) const BLOCK: usize = 65536;

/// One cell or parameter over the records of a block.
pub(super) struct Cells<'a> {
    /// `None` where there is no column: every value is 0, or blank.
    pub values: Option<Values<'a>>,
    /// By what the values are multiplied for the engine.
    pub unit: i64,
    pub there: &'a There,
    pub domain: Domain,
    most: OnceCell<Option<u128>>,
}

/// Which values of a block are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum There {
    All,
    None,
    /// A bit each, from the lowest.
    Some(Vec<u64>),
}

impl<'a> Cells<'a> {
    /// The cells of the records of which this is the column.
    pub fn new(slot: &Slot<'a>, column: &'a BlockColumn<'a>) -> Self {
        let filled = column.filled.as_ref().map(Owned::borrowed);
        Cells {
            values: filled.or(column.values),
            unit: slot.unit(),
            there: &column.there,
            domain: slot.domain,
            most: OnceCell::new(),
        }
    }

    /// No value is further from 0, in the engine's unit. `None` where one may be out of the domain of the cell.
    pub fn most(&self) -> Option<u128> {
        let bound = || match self.values {
            Some(values) => bound(values, self.domain.least < 0),
            None => Some(0),
        };
        *self.most.get_or_init(|| self.within(bound()?))
    }

    /// What a bound of the values comes to in the engine's unit, where that is within the domain.
    pub fn within(&self, bound: u128) -> Option<u128> {
        let most = bound.checked_mul(u128::from(self.unit.unsigned_abs()))?;
        (most <= self.domain.most.unsigned_abs()).then_some(most)
    }
}

/// A column of a block, and which of its values are there.
pub(super) struct BlockColumn<'a> {
    values: Option<Values<'a>>,
    /// The values with 0 where they are blank, where any is: what stands there in the column is of no matter.
    filled: Option<Owned>,
    there: There,
}

impl<'a> BlockColumn<'a> {
    pub fn new(slot: &Slot<'a>, records: Range<usize>) -> Self {
        let length = records.len();
        let column = slot.column.map(|column| column.slice(records));
        let there = match &column {
            Some(column) => There::of(column, length),
            None if slot.parameter => There::All,
            None => There::None,
        };
        let values = column.map(|column| column.values);
        let filled = match (values, &there) {
            (Some(values), There::Some(there)) => Some(Owned::of(values, there)),
            _ => None,
        };
        BlockColumn {
            values,
            filled,
            there,
        }
    }
}

macro_rules! owned {
    ($($variant:ident $type:ty),*) => {
        enum Owned {
            $($variant(Vec<$type>),)*
        }

        impl Owned {
            /// The values that are there, and 0 for the others.
            fn of(values: Values<'_>, there: &[u64]) -> Self {
                match values {
                    $(Values::$variant(values) => Owned::$variant(filled(values, there)),)*
                }
            }

            fn borrowed(&self) -> Values<'_> {
                match self {
                    $(Owned::$variant(values) => Values::$variant(values),)*
                }
            }
        }
    };
}
owned!(U32 u32, I32 i32, U64 u64, I64 i64, I128 i128);

fn filled<V: Copy + Default>(values: &[V], there: &[u64]) -> Vec<V> {
    let mut filled = Vec::with_capacity(values.len());
    for (values, word) in values.chunks(64).zip(there) {
        match *word {
            u64::MAX => filled.extend_from_slice(values),
            word => filled.extend(values.iter().enumerate().map(|(bit, value)| {
                if word >> bit & 1 == 1 {
                    *value
                } else {
                    V::default()
                }
            })),
        }
    }
    filled
}

impl There {
    /// The words of the records of a run; `None` where all are there.
    pub fn of_run(&self, run: &Range<usize>) -> Option<&[u64]> {
        const NONE: [u64; RUN / 64] = [0; RUN / 64];
        match self {
            There::All => None,
            There::None => Some(&NONE),
            There::Some(words) => {
                let from = words.get(run.start / 64..).unwrap_or_default();
                let words = from.get(..RUN / 64).unwrap_or(from);
                words.iter().any(|word| *word != u64::MAX).then_some(words)
            }
        }
    }

    fn of(column: &Column<'_>, length: usize) -> Self {
        let Some(bitmap) = column.valid else {
            return There::All;
        };
        let word = |index: usize| {
            let within = match length - index * 64 {
                rest @ 0..64 => (1 << rest) - 1,
                _ => u64::MAX,
            };
            bitmap.word(index * 64) | !within
        };
        let words: Vec<u64> = (0..length.div_ceil(64)).map(word).collect();
        match words.iter().all(|word| *word == u64::MAX) {
            true => There::All,
            false => There::Some(words),
        }
    }

    /// Where both are there.
    pub fn and(self, other: &There) -> There {
        match (self, other) {
            (There::None, _) | (_, There::None) => There::None,
            (There::All, other) => other.clone(),
            (there, There::All) => there,
            (There::Some(mut words), There::Some(others)) => {
                words
                    .iter_mut()
                    .zip(others)
                    .for_each(|(word, other)| *word &= other);
                There::Some(words)
            }
        }
    }
}

/// A power of two that every value is nearer to 0 than, told from the highest bit of any; `None` where one is negative
/// that must not be.
fn bound(values: Values<'_>, negative: bool) -> Option<u128> {
    macro_rules! highest {
        ($values:expr, $type:ty, $unsigned:ty) => {{
            let all = match negative {
                // Of a negative number −(x + 1), whose highest bit is at most one lower than that of −x.
                true => any_bit($values, 0, |all, value| all | (value ^ (value >> (<$type>::BITS - 1)))),
                false => any_bit($values, 0, |all, value| all | value),
            };
            <$unsigned>::try_from(all).ok()?.checked_ilog2()
        }};
    }
    let highest = match values {
        Values::U32(values) => any_bit(values, 0, |all, value| all | value).checked_ilog2(),
        Values::U64(values) => any_bit(values, 0, |all, value| all | value).checked_ilog2(),
        Values::I32(values) => highest!(values, i32, u32),
        Values::I64(values) => highest!(values, i64, u64),
        Values::I128(values) => highest!(values, i128, u128),
    };
    let bits = highest.map_or(0, |highest| highest + 1);
    1_u128.checked_shl(bits + u32::from(negative))
}

/// The bits that any value has, several at once.
fn any_bit<V: Copy>(values: &[V], none: V, join: impl Fn(V, V) -> V) -> V {
    let mut all = [none; 32];
    let mut chunks = values.chunks_exact(32);
    for chunk in &mut chunks {
        for (all, value) in all.iter_mut().zip(chunk) {
            *all = join(*all, *value);
        }
    }
    all.iter()
        .chain(chunks.remainder())
        .fold(none, |all, value| join(all, *value))
}
