//! Arrays of any type that holds numbers, as the columns of the engine.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, StringArrayType};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;
use xxgk::batch::Column;

use crate::error::Problem;
use crate::number;

/// The cells of an indicator.
#[derive(Debug)]
pub(crate) enum Cells<'a> {
    /// As they lie in the array.
    Lent(Column<'a>),
    /// Made from what is in the array.
    Made {
        values: Made,
        decimals: u32,
        valid: Option<NullBuffer>,
    },
}

/// In 64 bits where all fit, which the engine is faster with.
#[derive(Debug)]
pub(crate) enum Made {
    I64(Vec<i64>),
    I128(Vec<i128>),
}

/// Why an array cannot be the cells of an indicator.
#[derive(Debug)]
pub(crate) enum Unfit {
    Type,
    /// The value of a row.
    Value(usize, Wrong),
}

/// A value that is no number, or not an exact one.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    pub value: String,
    pub problem: Problem,
}

/// What reads the value of a row, one that is there; `None` is a blank all the same.
type Read<'a> = Box<dyn Fn(usize) -> Result<Option<i128>, Wrong> + 'a>;

impl Cells<'_> {
    pub fn column(&self) -> Column<'_> {
        match self {
            Cells::Lent(column) => *column,
            Cells::Made {
                values,
                decimals,
                valid,
            } => {
                let column = match values {
                    Made::I64(values) => Column::from(&values[..]),
                    Made::I128(values) => Column::from(&values[..]),
                };
                with(column.decimals(*decimals), valid.as_ref())
            }
        }
    }
}

fn with<'a>(column: Column<'a>, valid: Option<&'a NullBuffer>) -> Column<'a> {
    match valid {
        Some(valid) => column.valid(valid.validity(), valid.offset()),
        None => column,
    }
}

/// The cells of an indicator of so many decimals.
pub(crate) fn cells(array: &dyn Array, decimals: u32) -> Result<Cells<'_>, Unfit> {
    fn lent<'a, T: ArrowPrimitiveType>(array: &'a dyn Array) -> Cells<'a>
    where
        Column<'a>: From<&'a [T::Native]>,
    {
        let values: &[T::Native] = array.as_primitive::<T>().values();
        Cells::Lent(with(Column::from(values), array.nulls()))
    }
    Ok(match array.data_type() {
        DataType::Int32 => lent::<Int32Type>(array),
        DataType::UInt32 => lent::<UInt32Type>(array),
        DataType::Int64 => lent::<Int64Type>(array),
        DataType::UInt64 => lent::<UInt64Type>(array),
        DataType::Null => Cells::Made {
            values: Made::I64(vec![0; array.len()]),
            decimals,
            valid: array.logical_nulls(),
        },
        _ => {
            let read = reader(array, decimals).ok_or(Unfit::Type)?;
            let (values, valid) = made(array, &read)?;
            Cells::Made {
                values,
                decimals,
                valid,
            }
        }
    })
}

fn made(array: &dyn Array, read: &Read<'_>) -> Result<(Made, Option<NullBuffer>), Unfit> {
    let nulls = array.logical_nulls();
    let mut short = Vec::with_capacity(array.len());
    let mut long = Vec::new();
    let mut blank = vec![];
    for row in 0..array.len() {
        let there = nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
        let value = match there {
            true => read(row).map_err(|wrong| Unfit::Value(row, wrong))?,
            false => None,
        };
        if there && value.is_none() {
            blank.push(row);
        }
        let value = value.unwrap_or(0);
        match i64::try_from(value) {
            Ok(value) if long.is_empty() => short.push(value),
            _ => {
                long.extend(short.drain(..).map(i128::from));
                long.push(value);
            }
        }
    }
    let values = match long.is_empty() {
        true => Made::I64(short),
        false => Made::I128(long),
    };
    if blank.is_empty() {
        return Ok((values, nulls));
    }
    let mut there = nulls.map_or_else(
        || vec![true; array.len()],
        |nulls| nulls.iter().collect::<Vec<bool>>(),
    );
    for row in blank {
        if let Some(there) = there.get_mut(row) {
            *there = false;
        }
    }
    Ok((values, Some(there.into())))
}

/// What reads the values of an array in units of 10^−`decimals`; `None` where its type holds no numbers.
fn reader(array: &dyn Array, decimals: u32) -> Option<Read<'_>> {
    fn integers<'a, T: ArrowPrimitiveType>(array: &'a dyn Array, decimals: u32) -> Read<'a>
    where
        i128: From<T::Native>,
    {
        let values: &[T::Native] = array.as_primitive::<T>().values();
        let show = |value: T::Native| i128::from(value).to_string();
        reading(values, show, move |value| {
            number::decimal(value.into(), 0, decimals)
        })
    }
    fn decimal<'a, T: ArrowPrimitiveType>(array: &'a dyn Array, from: i8, decimals: u32) -> Read<'a>
    where
        i128: From<T::Native>,
    {
        let values: &[T::Native] = array.as_primitive::<T>().values();
        let show = move |value: T::Native| written(value.into(), from);
        reading(values, show, move |value| {
            number::decimal(value.into(), from, decimals)
        })
    }
    fn texts<'a, A: StringArrayType<'a> + 'a>(array: A, decimals: u32) -> Read<'a> {
        Box::new(move |row| match array.value(row) {
            "" => Ok(None),
            text => number::text(text, decimals)
                .map(Some)
                .map_err(|problem| Wrong {
                    value: shortened(text),
                    problem,
                }),
        })
    }
    Some(match array.data_type() {
        DataType::Int8 => integers::<Int8Type>(array, decimals),
        DataType::Int16 => integers::<Int16Type>(array, decimals),
        DataType::Int32 => integers::<Int32Type>(array, decimals),
        DataType::Int64 => integers::<Int64Type>(array, decimals),
        DataType::UInt8 => integers::<UInt8Type>(array, decimals),
        DataType::UInt16 => integers::<UInt16Type>(array, decimals),
        DataType::UInt32 => integers::<UInt32Type>(array, decimals),
        DataType::UInt64 => integers::<UInt64Type>(array, decimals),
        DataType::Decimal32(_, from) => decimal::<Decimal32Type>(array, *from, decimals),
        DataType::Decimal64(_, from) => decimal::<Decimal64Type>(array, *from, decimals),
        DataType::Decimal128(_, from) => decimal::<Decimal128Type>(array, *from, decimals),
        DataType::Decimal256(_, _) => {
            let array = array.as_primitive::<Decimal256Type>();
            Box::new(move |row| {
                let value = array.value_as_string(row);
                number::text(&value, decimals)
                    .map(Some)
                    .map_err(|problem| Wrong { value, problem })
            })
        }
        DataType::Float32 => reading(
            array.as_primitive::<Float32Type>().values(),
            |value| value.to_string(),
            move |value| number::float_32(value, decimals),
        ),
        DataType::Float64 => reading(
            array.as_primitive::<Float64Type>().values(),
            |value| value.to_string(),
            move |value| number::float_64(value, decimals),
        ),
        DataType::Utf8 => texts(array.as_string::<i32>(), decimals),
        DataType::LargeUtf8 => texts(array.as_string::<i64>(), decimals),
        DataType::Utf8View => texts(array.as_string_view(), decimals),
        DataType::Dictionary(_, _) => dictionary(array, decimals)?,
        _ => return None,
    })
}

fn reading<'a, N: Copy>(
    values: &'a [N],
    show: impl Fn(N) -> String + 'a,
    read: impl Fn(N) -> Result<i128, Problem> + 'a,
) -> Read<'a> {
    Box::new(move |row| {
        let Some(value) = values.get(row).copied() else {
            return Ok(None);
        };
        read(value).map(Some).map_err(|problem| Wrong {
            value: show(value),
            problem,
        })
    })
}

/// Each value is read once. One that no row has may be anything.
fn dictionary(array: &dyn Array, decimals: u32) -> Option<Read<'_>> {
    let dictionary = array.as_any_dictionary();
    let values = dictionary.values();
    let read = reader(values, decimals)?;
    let nulls = values.logical_nulls();
    let there = |row| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
    let read: Vec<Result<Option<i128>, Wrong>> = (0..values.len())
        .map(|row| if there(row) { read(row) } else { Ok(None) })
        .collect();
    // Without a value there is no row but blanks.
    let keys = match values.is_empty() {
        true => Vec::new(),
        false => dictionary.normalized_keys(),
    };
    Some(Box::new(move |row| {
        let key = keys.get(row).copied();
        key.and_then(|key| read.get(key).cloned())
            .unwrap_or(Ok(None))
    }))
}

/// A decimal as it stands in the file.
fn written(mantissa: i128, scale: i8) -> String {
    match u32::try_from(scale) {
        Ok(scale) => xxgk::Number::new(mantissa, scale).to_string(),
        Err(_) => format!("{mantissa}e{}", -i32::from(scale)),
    }
}

/// A text of which no more is shown than a number could need.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}
