//! The values of key columns: as text, and which of them were there before.

use std::collections::HashMap;
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
pub(crate) type Fingerprint = u128;

/// How the records of a file are told apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity<'a> {
    /// The column whose values name the records.
    pub key: Option<&'a str>,
    /// The column that says of which year each is: then a record is one of its key and its year.
    pub year: Option<&'a str>,
}

/// The year that a value says, of four digits: 2023, 2023年.
fn year(array: &dyn Array, row: usize) -> Option<u16> {
    let text = key_text(array, row)?;
    let digits = text.trim().trim_end_matches('年');
    let all_digits = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| all_digits)
}

/// What the records of a block are known by, in few bytes; `None` where one has no key, or no year where there is a column of
/// years.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints(Vec<Option<Fingerprint>>);

impl Fingerprints {
    /// Of a column of keys, and of years, if there is one.
    #[must_use]
    pub fn of(keys: &dyn Array, years: Option<&dyn Array>) -> Self {
        Fingerprints::years_before(keys, years, 0)
    }

    /// Of the records of the year before: where no column says the year, it is another file that does.
    pub(crate) fn before(keys: &dyn Array, years: Option<&dyn Array>) -> Self {
        Fingerprints::years_before(keys, years, 1)
    }

    fn years_before(keys: &dyn Array, years: Option<&dyn Array>, back: u16) -> Self {
        let of_row = |row| {
            let key = key_text(keys, row).filter(|key| !key.is_empty())?;
            let year = match years {
                Some(years) => year(years, row)?.checked_sub(back)?,
                None => 0,
            };
            let half = |salt: u8| {
                let mut hasher = DefaultHasher::new();
                hasher.write_u8(salt);
                hasher.write_u16(year);
                hasher.write(key.as_bytes());
                u128::from(hasher.finish())
            };
            Some(half(0) << 64 | half(1))
        };
        Fingerprints((0..keys.len()).map(of_row).collect())
    }

    /// By record.
    pub(crate) fn each(&self) -> impl Iterator<Item = Option<Fingerprint>> {
        self.0.iter().copied()
    }

    /// How many records have none.
    #[must_use]
    pub fn unnamed(&self) -> usize {
        self.0.iter().filter(|it| it.is_none()).count()
    }
}

/// The keys of the records that were read, each with the number of the file that has it.
#[derive(Clone, Debug, Default)]
pub struct Keys(HashMap<Fingerprint, u32>);

/// Records, numbered from 0, whose key was there before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// In the same file.
    pub here: Vec<usize>,
    /// In a file before.
    pub elsewhere: Vec<usize>,
}

impl Keys {
    /// Adds the keys of records of a file; those that were there before.
    pub fn again(&mut self, keys: &Fingerprints, file: u32) -> Again {
        let mut again = Again::default();
        for (record, key) in keys.0.iter().enumerate() {
            match key.and_then(|key| self.0.insert(key, file)) {
                Some(before) if before == file => again.here.push(record),
                Some(_) => again.elsewhere.push(record),
                None => {}
            }
        }
        again
    }
}
