//! How an amount is written in JSON, TOML and the like: always as a string; read from a string, an integer, or a
//! float whose digits say the decimal beyond doubt.
//!
//! For `#[serde(with = "…")]` on an `Option<Decimal>`.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

/// A float holds every decimal of so many digits apart from its neighbours; beyond, digits are lost before we see them.
const FLOAT_DIGITS: usize = 15;

/// Writes an amount as a string, a blank as null.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(
    amount: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => serializer.collect_str(amount),
        None => serializer.serialize_none(),
    }
}

/// Reads an amount; null is a blank. Where a format hands over floats, as JSON does for `1.5`, what was written beyond
/// their precision is gone before it comes here: amounts that need more than 15 digits are to be written as strings.
///
/// # Errors
/// Where the text is not a decimal number that [`Decimal`] holds exactly, or a float has more than 15 digits.
pub fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    deserializer.deserialize_option(Blank)
}

/// An arbitrary amount, for fuzzing: any decimal at all, in range or not.
///
/// # Errors
/// Where the bytes run out.
#[cfg(feature = "arbitrary")]
pub fn arbitrary(bytes: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Option<Decimal>> {
    let (lo, mid, hi, negative, scale): (u32, u32, u32, bool, u8) = bytes.arbitrary()?;
    let amount = Decimal::from_parts(lo, mid, hi, negative, u32::from(scale % 29));
    Ok(bytes.arbitrary::<bool>()?.then_some(amount))
}

struct Blank;

impl<'de> Visitor<'de> for Blank {
    type Value = Option<Decimal>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount or nothing")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(Amount).map(Some)
    }
}

struct Amount;

impl Visitor<'_> for Amount {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount in 万元, such as \"1.5\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        // `Decimal` also takes 1_000; a published table never means that.
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        plain
            .then(|| Decimal::from_str_exact(text).ok())
            .flatten()
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
        let text = number.to_string();
        let digits = text
            .trim_start_matches(['-', '0', '.'])
            .bytes()
            .filter(u8::is_ascii_digit)
            .count();
        if digits > FLOAT_DIGITS {
            return Err(E::custom(format_args!(
                "the amount {text} has more digits than a float holds exactly: write it as a string"
            )));
        }
        self.visit_str(&text)
    }
}
