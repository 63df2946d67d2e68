//! Tables as arrays of any type that holds them.

use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::{Int8Type, UInt32Type};
use arrow_array::*;
use arrow_buffer::i256;

/// The values of an indicator, in units of its last decimal.
pub type Values = Vec<Option<i128>>;

/// How many ways there are to write a column.
pub const WAYS: usize = 20;

/// A number as it is written, in units of 10^−`decimals`.
pub fn written(value: i128, decimals: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let unit = 10_u128.pow(decimals);
    let value = value.unsigned_abs();
    match decimals {
        0 => format!("{sign}{value}"),
        _ => format!(
            "{sign}{}.{:0width$}",
            value / unit,
            value % unit,
            width = decimals as usize
        ),
    }
}

/// The column in one of the ways; `None` where that type does not hold all of the values.
pub fn column(values: &Values, decimals: u32, way: usize) -> Option<ArrayRef> {
    let unit = 10_i128.pow(decimals);
    fn whole<T: TryFrom<i128>>(values: &Values, unit: i128) -> Option<Vec<Option<T>>> {
        let one = |value: &Option<i128>| match value {
            None => Some(None),
            Some(value) if value % unit == 0 => T::try_from(value / unit).ok().map(Some),
            Some(_) => None,
        };
        values.iter().map(one).collect()
    }
    let times = |by: i128| -> Option<Values> {
        let one = |value: &Option<i128>| match value {
            None => Some(None),
            Some(value) => value.checked_mul(by).map(Some),
        };
        values.iter().map(one).collect()
    };
    let text = |value: i128| written(value, decimals);
    let texts = || values.iter().map(|value| value.map(text));
    // The last two digits of these types are zeros, and are to be taken off exactly.
    let scale = i8::try_from(decimals).unwrap() + 2;
    let scaled = |most: u32| {
        times(100).filter(|all| {
            all.iter()
                .flatten()
                .all(|it| it.unsigned_abs() < 10_u128.pow(most))
        })
    };
    let narrow = |most: u32| -> Option<Vec<Option<i64>>> {
        Some(
            scaled(most)?
                .iter()
                .map(|it| it.map(|it| i64::try_from(it).unwrap()))
                .collect(),
        )
    };
    let certain = |most: usize| {
        values.iter().flatten().all(|value| {
            let text = text(*value);
            let digits = text.trim_start_matches(['-', '0', '.']).replace('.', "");
            digits.len() <= most
        })
    };
    Some(match way {
        0 => Arc::new(Int8Array::from(whole::<i8>(values, unit)?)),
        1 => Arc::new(Int16Array::from(whole::<i16>(values, unit)?)),
        2 => Arc::new(Int32Array::from(whole::<i32>(values, unit)?)),
        3 => Arc::new(Int64Array::from(whole::<i64>(values, unit)?)),
        4 => Arc::new(UInt8Array::from(whole::<u8>(values, unit)?)),
        5 => Arc::new(UInt16Array::from(whole::<u16>(values, unit)?)),
        6 => Arc::new(UInt32Array::from(whole::<u32>(values, unit)?)),
        7 => Arc::new(UInt64Array::from(whole::<u64>(values, unit)?)),
        8 => {
            let narrow = narrow(9)?
                .into_iter()
                .map(|it| it.map(|it| i32::try_from(it).unwrap()));
            let array: Decimal32Array = narrow.collect();
            // Nine digits, of which ten were decimals, is no decimal type.
            (scale <= 9)
                .then(|| array.with_precision_and_scale(9, scale).unwrap())
                .map(Arc::new)?
        }
        9 => {
            let array: Decimal64Array = narrow(18)?.into_iter().collect();
            Arc::new(array.with_precision_and_scale(18, scale).unwrap())
        }
        10 => {
            let array: Decimal128Array = scaled(38)?.into_iter().collect();
            Arc::new(array.with_precision_and_scale(38, scale).unwrap())
        }
        11 => {
            let wide = values
                .iter()
                .map(|it| it.map(|it| i256::from_i128(it) * i256::from_i128(100)));
            let array: Decimal256Array = wide.collect();
            Arc::new(array.with_precision_and_scale(76, scale).unwrap())
        }
        12 => Arc::new(texts().collect::<StringArray>()),
        13 => Arc::new(texts().collect::<LargeStringArray>()),
        14 => Arc::new(texts().collect::<StringViewArray>()),
        15 => {
            let mut builder = StringDictionaryBuilder::<UInt32Type>::new();
            texts().for_each(|it| builder.append_option(it));
            Arc::new(builder.finish())
        }
        16 => {
            let whole = whole::<i64>(values, unit)?;
            let mut distinct: Vec<i64> = whole.iter().flatten().copied().collect();
            distinct.sort_unstable();
            distinct.dedup();
            let key = |value: &Option<i64>| match value {
                None => Some(None),
                Some(value) => i8::try_from(distinct.binary_search(value).unwrap())
                    .ok()
                    .map(Some),
            };
            let keys: Int8Array = whole.iter().map(key).collect::<Option<Vec<_>>>()?.into();
            let values = Arc::new(Int64Array::from(distinct));
            Arc::new(DictionaryArray::<Int8Type>::new(keys, values))
        }
        17 => {
            let floats = texts().map(|it| it.map(|it| it.parse::<f64>().unwrap()));
            certain(15).then(|| Arc::new(floats.collect::<Float64Array>()))?
        }
        18 => {
            let floats = texts().map(|it| it.map(|it| it.parse::<f32>().unwrap()));
            certain(6).then(|| Arc::new(floats.collect::<Float32Array>()))?
        }
        19 => values
            .iter()
            .all(Option::is_none)
            .then(|| Arc::new(NullArray::new(values.len())))?,
        _ => return None,
    })
}
