//! Exact numbers: what a cell holds ([`Value`]) and what a rule computes ([`Number`]).

pub mod amount;
pub(crate) mod written;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Decimals that an amount may have. Amounts are in 万元, so the last of them is 0.0001 元.
pub const AMOUNT_DECIMALS: u32 = 8;
/// The largest amount, in 万元: far above any budget, and small enough that no sum of a rule can overflow.
pub const AMOUNT_MAX: u64 = 1_000_000_000_000_000;
/// Ten to the power of [`AMOUNT_DECIMALS`]: the engine counts amounts in this fraction of a 万元.
pub(crate) const AMOUNT_UNIT: i64 = 100_000_000;

/// What a row or a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nothing: it is printed over the rows below it.
    Heading,
    /// A number of things: a `u64`.
    Count,
    /// Money in 万元: a `Decimal` of at most eight decimals.
    Amount,
    /// By how much a number of things grew, negative where it fell: an `i64`.
    Change,
}

/// What one cell of a form holds. A blank cell has no value: it is `Option<Value>::None`, never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number of things (件, 条, 次, 篇, 个, 人, 人次).
    Count(u64),
    /// An amount of money in 万元.
    Amount(Decimal),
    /// By how much a number of things grew; negative where it fell.
    Change(i64),
}

impl Kind {
    /// The least and the largest integer that a cell of this kind can hold, in the unit of the engine.
    pub(crate) fn domain(self) -> [i128; 2] {
        match self {
            Kind::Amount => [0, i128::from(AMOUNT_MAX) * i128::from(AMOUNT_UNIT)],
            Kind::Change => [i128::from(i64::MIN), i128::from(i64::MAX)],
            Kind::Count | Kind::Heading => [0, i128::from(u64::MAX)],
        }
    }

    /// The value of a cell of this kind, of an integer of the engine; `None` where it can hold no such value.
    pub(crate) fn value(self, integer: i128) -> Option<Value> {
        match self {
            Kind::Heading => None,
            Kind::Count => integer.try_into().ok().map(Value::Count),
            Kind::Change => integer.try_into().ok().map(Value::Change),
            Kind::Amount => {
                let amount = Decimal::try_from_i128_with_scale(integer, AMOUNT_DECIMALS).ok()?;
                Some(Value::Amount(amount.normalize()))
            }
        }
    }
}

impl Value {
    /// What kind of cell holds it.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Value::Count(_) => Kind::Count,
            Value::Amount(_) => Kind::Amount,
            Value::Change(_) => Kind::Change,
        }
    }

    /// The value as the integer that the engine computes with: a count as it is, an amount in units of
    /// 10⁻⁸ 万元. `None` where an amount has more decimals or is larger than an amount may be.
    pub(crate) fn scaled(self) -> Option<i128> {
        match self {
            Value::Count(count) => Some(i128::from(count)),
            Value::Amount(amount) => scaled_amount(amount),
            Value::Change(change) => Some(i128::from(change)),
        }
    }

    /// Whether what is between two values can be as small, and as large, as anything in such a cell. A part of a sum that may be
    /// as large as anything stays below that by the other parts: what no agency counts is no bound to speak of.
    pub(crate) fn open([least, most]: [Value; 2]) -> [bool; 2] {
        const FAR: u32 = 1000;
        let least = match least {
            Value::Count(least) => least == 0,
            Value::Amount(least) => least.is_zero(),
            Value::Change(least) => least <= i64::MIN / i64::from(FAR),
        };
        let most = match most {
            Value::Count(most) => most >= u64::MAX / u64::from(FAR),
            Value::Amount(most) => most >= (AMOUNT_MAX / u64::from(FAR)).into(),
            Value::Change(most) => most >= i64::MAX / i64::from(FAR),
        };
        [least, most]
    }
}

/// An amount in units of 10⁻⁸ 万元, or `None` where it is not a whole number of them or out of range.
pub(crate) fn scaled_amount(amount: Decimal) -> Option<i128> {
    let (mantissa, scale) = (amount.mantissa(), amount.scale());
    let scaled = match AMOUNT_DECIMALS.checked_sub(scale) {
        // A mantissa is below 2^96 and the power at most 10^8: the product is below 2^123 and cannot wrap.
        Some(up) => mantissa.wrapping_mul(power_of_ten(up)?),
        None => {
            let step = power_of_ten(scale - AMOUNT_DECIMALS)?;
            if mantissa % step != 0 {
                return None;
            }
            mantissa / step
        }
    };
    const LIMIT: i128 = AMOUNT_MAX as i128 * AMOUNT_UNIT as i128;
    (-LIMIT..=LIMIT).contains(&scaled).then_some(scaled)
}

/// As [`scaled_amount`], of the amounts that are usual: not negative, and less than 1.8·10¹¹ 万元.
#[inline]
pub(crate) fn short_amount(amount: Decimal) -> Option<u64> {
    const POWERS: [u64; 9] = [
        100_000_000,
        10_000_000,
        1_000_000,
        100_000,
        10_000,
        1000,
        100,
        10,
        1,
    ];
    let power = POWERS.get(amount.scale() as usize)?;
    u64::try_from(amount.mantissa()).ok()?.checked_mul(*power)
}

/// Ten to a power, where it fits.
pub(crate) fn power_of_ten(exponent: u32) -> Option<i128> {
    POWERS.get(exponent as usize).copied()
}

/// The powers of ten that fit.
#[expect(clippy::indexing_slicing, reason = "the compiler runs it")]
const POWERS: [i128; 39] = {
    let mut powers = [1; 39];
    let mut exponent = 1;
    while exponent < 39 {
        powers[exponent] = 10 * powers[exponent - 1];
        exponent += 1;
    }
    powers
};

impl fmt::Display for Value {
    /// Plain digits; an amount without trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Count(count) => count.fmt(f),
            Value::Amount(amount) => amount.normalize().fmt(f),
            Value::Change(change) => change.fmt(f),
        }
    }
}

impl Serialize for Value {
    /// Always a string, so that no reader loses a digit.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An exact decimal number: a side of a comparison, or the distance between two sides.
///
/// It holds every value that a rule over a form can reach, which is more than a `Decimal` or a `u64` could.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    mantissa: i128,
    scale: u32,
}

impl Number {
    /// `mantissa` × 10^−`scale`, with trailing zeros taken off.
    ///
    /// ```
    /// use xxgk::Number;
    /// assert_eq!(Number::new(1500, 3).to_string(), "1.5");
    /// ```
    #[must_use]
    pub fn new(mut mantissa: i128, mut scale: u32) -> Self {
        if mantissa == 0 {
            scale = 0;
        }
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Number { mantissa, scale }
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        // A side stays below 2^126 (see `rule::compile`), so that the negation cannot overflow.
        Number {
            mantissa: self.mantissa.saturating_abs(),
            scale: self.scale,
        }
    }

    /// The digits without the point, and how many of them stand behind it.
    #[must_use]
    pub fn parts(self) -> (i128, u32) {
        (self.mantissa, self.scale)
    }
}

impl Number {
    /// The difference of two numbers; `None` where it has too many digits.
    ///
    /// ```
    /// use xxgk::Number;
    /// let difference = Number::new(15, 1).checked_sub(Number::new(25, 2));
    /// assert_eq!(difference, Some(Number::new(125, 2)));
    /// ```
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let up = |it: Self| power_of_ten(scale - it.scale)?.checked_mul(it.mantissa);
        Some(Number::new(up(self)?.checked_sub(up(other)?)?, scale))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale < other.scale {
            return other.cmp(self).reverse();
        }
        let power = power_of_ten(self.scale - other.scale);
        match power.and_then(|power| other.mantissa.checked_mul(power)) {
            Some(up) => self.mantissa.cmp(&up),
            // It is so far from 0 that its sign decides.
            None => match other.mantissa {
                0 => self.mantissa.cmp(&0),
                mantissa => 0.cmp(&mantissa),
            },
        }
    }
}

impl PartialEq<i128> for Number {
    fn eq(&self, other: &i128) -> bool {
        self.scale == 0 && self.mantissa == *other
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let decimals = self.scale as usize;
        let sign = if self.mantissa < 0 { "-" } else { "" };
        if decimals == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - decimals);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

impl Serialize for Number {
    /// Always a string, so that no reader loses a digit.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<Value> for Number {
    /// The number that a cell holds, whatever kind it is.
    fn from(value: Value) -> Self {
        match value {
            Value::Count(count) => Number::new(count.into(), 0),
            Value::Amount(amount) => Number::new(amount.mantissa(), amount.scale()),
            Value::Change(change) => Number::new(change.into(), 0),
        }
    }
}

/// The text is no decimal number, or has more digits than a [`Number`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no decimal number of up to 38 digits")]
pub struct NoNumber(pub String);

impl FromStr for Number {
    type Err = NoNumber;

    /// Reads what a number prints: digits, with a sign and a point where they are needed.
    ///
    /// ```
    /// use xxgk::Number;
    /// assert_eq!("-1.50".parse(), Ok(Number::new(-15, 1)));
    /// assert!("1e3".parse::<Number>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, NoNumber> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        let sign = if digits.len() < text.len() { "-" } else { "" };
        let read = || {
            let mantissa = format!("{sign}{whole}{fraction}").parse().ok()?;
            let scale = fraction.len().try_into().ok()?;
            power_of_ten(scale).map(|_| Number::new(mantissa, scale))
        };
        let number = (all(whole) && all(fraction)).then(read).flatten();
        number.ok_or_else(|| NoNumber(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Number {
    /// From a string, as it is written.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An exact decimal number, in a string so that no reader loses a digit.",
            "type": "string",
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_prints_its_digits_and_no_more() {
        for (mantissa, scale, text) in [
            (0, 5, "0"),
            (15, 1, "1.5"),
            (-5, 2, "-0.05"),
            (-1200, 2, "-12"),
            (i128::MAX, 0, "170141183460469231731687303715884105727"),
            (i128::MIN, 38, "-1.70141183460469231731687303715884105728"),
        ] {
            assert_eq!(Number::new(mantissa, scale).to_string(), text);
        }
    }

    #[test]
    fn numbers_have_an_order() {
        let rising = [
            Number::new(i128::MIN, 0),
            Number::new(i128::MIN, 1),
            Number::new(-15, 1),
            Number::new(-1, 0),
            Number::new(-1, 60),
            Number::new(0, 0),
            Number::new(1, 60),
            Number::new(i128::MAX, 39),
            Number::new(15, 1),
            Number::new(151, 2),
            Number::new(2, 0),
            Number::new(i128::MAX, 0),
        ];
        for (at, one) in rising.iter().enumerate() {
            for (other_at, other) in rising.iter().enumerate() {
                assert_eq!(one.cmp(other), at.cmp(&other_at), "{one} {other}");
            }
        }
    }

    #[test]
    fn an_amount_is_scaled_exactly_or_not_at_all() {
        assert_eq!(scaled_amount(amount("1.5")), Some(150_000_000));
        assert_eq!(scaled_amount(amount("-0.00000001")), Some(-1));
        assert_eq!(scaled_amount(amount("1.500000000000")), Some(150_000_000));
        assert_eq!(scaled_amount(amount("0.000000001")), None);
        assert_eq!(
            scaled_amount(amount("1000000000000000")),
            Some(100_000_000_000_000_000_000_000)
        );
        assert_eq!(scaled_amount(amount("1000000000000000.00000001")), None);
        assert_eq!(scaled_amount(Decimal::MAX), None);
    }
}
