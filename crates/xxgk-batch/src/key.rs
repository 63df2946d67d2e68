//! The values of key columns: as text, and which of them were there before.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_schema::DataType;

/// Whether a column of this type can name records: texts, whole numbers, decimals.
pub(crate) fn is_key(of: &DataType) -> bool {
    match of {
        DataType::Dictionary(_, values) => is_key(values),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Decimal128(_, _) => {
            true
        }
        other => other.is_integer(),
    }
}

/// A value of a column that names records, as text; `None` where it is null.
#[must_use]
pub fn key_text(array: &dyn Array, row: usize) -> Option<String> {
    if row >= array.len() || array.is_null(row) {
        return None;
    }
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).to_owned(),
        DataType::Utf8View => array.as_string_view().value(row).to_owned(),
        DataType::Int8 => array.as_primitive::<Int8Type>().value(row).to_string(),
        DataType::Int16 => array.as_primitive::<Int16Type>().value(row).to_string(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).to_string(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::UInt8 => array.as_primitive::<UInt8Type>().value(row).to_string(),
        DataType::UInt16 => array.as_primitive::<UInt16Type>().value(row).to_string(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).to_string(),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row).to_string(),
        DataType::Decimal128(_, _) => array.as_primitive::<Decimal128Type>().value_as_string(row),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let key = key_text(dictionary.keys(), row)?.parse().ok()?;
            return key_text(dictionary.values(), key);
        }
        _ => return None,
    })
}

/// A key in few bytes. So many are as good as the key itself: that any two of a thousand million keys are taken for one is less
/// likely than an error of the memory that they stand in.
type Fingerprint = u128;

/// The keys of the records of a block, in few bytes; `None` where a record has none.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints(Vec<Option<Fingerprint>>);

impl Fingerprints {
    /// Of a column of keys.
    #[must_use]
    pub fn of(keys: &dyn Array) -> Self {
        let of_row = |row| {
            let key = key_text(keys, row).filter(|key| !key.is_empty())?;
            let half = |salt: u8| {
                let mut hasher = DefaultHasher::new();
                hasher.write_u8(salt);
                hasher.write(key.as_bytes());
                u128::from(hasher.finish())
            };
            Some(half(0) << 64 | half(1))
        };
        Fingerprints((0..keys.len()).map(of_row).collect())
    }
}

/// The keys of the records of a file that were read.
#[derive(Clone, Debug, Default)]
pub struct Keys(HashSet<Fingerprint>);

impl Keys {
    /// Adds the keys of records; the records, numbered from 0, whose key was there before.
    pub fn again(&mut self, keys: &Fingerprints) -> Vec<usize> {
        let mut again = Vec::new();
        for (record, key) in keys.0.iter().enumerate() {
            if key.is_some_and(|key| !self.0.insert(key)) {
                again.push(record);
            }
        }
        again
    }
}
