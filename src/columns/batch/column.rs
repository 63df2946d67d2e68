//! One indicator over many records: a slice of integers, and which of them are there.

use std::ops::{BitOr, Range};

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

    pub(super) fn len(&self) -> usize {
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

    /// The value of a record in units of its last decimal; `None` is a blank.
    #[must_use]
    pub fn value(&self, record: usize) -> Option<i128> {
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
    /// How many bits there are.
    pub fn len(&self) -> usize {
        (self.bytes.len() * 8).saturating_sub(self.offset)
    }

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
