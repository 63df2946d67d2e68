//! The integers that sums are computed in, and the values that they take.

use super::column::Integer;

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
