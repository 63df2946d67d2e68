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

use crate::blank::Blanks;
use crate::error::Problem;
use crate::key::key_text;
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

/// The cells of an indicator, and the rows whose values are no number, or not an exact one: they are blank.
#[derive(Debug)]
pub(crate) struct Read<'a> {
    pub cells: Cells<'a>,
    pub wrong: Vec<(usize, Problem)>,
}

/// What reads the value of a row, one that is there; `None` is a blank all the same.
type Reader<'a> = Box<dyn Fn(usize) -> Result<Option<i128>, Problem> + 'a>;

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

    /// The value of a row in units of 10^−`decimals`, of which it has no more; `None` is a blank.
    pub fn value(&self, row: usize, decimals: u32) -> Option<i128> {
        let own = match self {
            Cells::Lent(_) => 0,
            Cells::Made { decimals, .. } => *decimals,
        };
        let up = 10_i128.saturating_pow(decimals.saturating_sub(own));
        self.column().value(row).map(|it| it.saturating_mul(up))
    }
}

fn with<'a>(column: Column<'a>, valid: Option<&'a NullBuffer>) -> Column<'a> {
    match valid {
        Some(valid) => column.valid(valid.validity(), valid.offset()),
        None => column,
    }
}

/// The cells of an indicator of so many decimals; `None` where the array is of a type that holds no numbers.
pub(crate) fn cells<'a>(
    array: &'a dyn Array,
    decimals: u32,
    blanks: &'a Blanks,
) -> Option<Read<'a>> {
    fn lent<'a, T: ArrowPrimitiveType>(array: &'a dyn Array) -> Cells<'a>
    where
        Column<'a>: From<&'a [T::Native]>,
    {
        let values: &[T::Native] = array.as_primitive::<T>().values();
        Cells::Lent(with(Column::from(values), array.nulls()))
    }
    let cells = match array.data_type() {
        DataType::Null => Cells::Made {
            values: Made::I64(vec![0; array.len()]),
            decimals,
            valid: array.logical_nulls(),
        },
        DataType::Int32 if !blanks.any_number() => lent::<Int32Type>(array),
        DataType::UInt32 if !blanks.any_number() => lent::<UInt32Type>(array),
        DataType::Int64 if !blanks.any_number() => lent::<Int64Type>(array),
        DataType::UInt64 if !blanks.any_number() => lent::<UInt64Type>(array),
        _ => {
            return Some(made(
                array,
                decimals,
                blanks,
                &reader(array, decimals, blanks)?,
            ));
        }
    };
    Some(Read {
        cells,
        wrong: Vec::new(),
    })
}

fn made<'a>(array: &'a dyn Array, decimals: u32, blanks: &Blanks, read: &Reader<'a>) -> Read<'a> {
    let nulls = array.logical_nulls();
    let no_value = blanks.numbers(decimals);
    let mut short = Vec::with_capacity(array.len());
    let mut long = Vec::new();
    let (mut blank, mut wrong) = (vec![], vec![]);
    for row in 0..array.len() {
        let there = nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
        let mut value = match there {
            true => read(row).unwrap_or_else(|problem| {
                wrong.push((row, problem));
                None
            }),
            false => None,
        };
        if !no_value.is_empty() && value.is_some_and(|it| no_value.contains(&it)) {
            value = None;
        }
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
    let valid = match blank.is_empty() {
        true => nulls,
        false => Some(without(nulls, array.len(), &blank)),
    };
    Read {
        cells: Cells::Made {
            values,
            decimals,
            valid,
        },
        wrong,
    }
}

/// The rows that are there, without some.
fn without(nulls: Option<NullBuffer>, rows: usize, blank: &[usize]) -> NullBuffer {
    let mut there = nulls.map_or_else(
        || vec![true; rows],
        |nulls| nulls.iter().collect::<Vec<bool>>(),
    );
    for row in blank {
        if let Some(there) = there.get_mut(*row) {
            *there = false;
        }
    }
    there.into()
}

/// What reads the values of an array in units of 10^−`decimals`; `None` where its type holds no numbers.
fn reader<'a>(array: &'a dyn Array, decimals: u32, blanks: &'a Blanks) -> Option<Reader<'a>> {
    fn integers<'a, T: ArrowPrimitiveType>(array: &'a dyn Array, decimals: u32) -> Reader<'a>
    where
        i128: From<T::Native>,
    {
        let values: &[T::Native] = array.as_primitive::<T>().values();
        reading(values, move |value| {
            number::decimal(value.into(), 0, decimals)
        })
    }
    fn decimal<'a, T: ArrowPrimitiveType>(
        array: &'a dyn Array,
        from: i8,
        decimals: u32,
    ) -> Reader<'a>
    where
        i128: From<T::Native>,
    {
        let values: &[T::Native] = array.as_primitive::<T>().values();
        reading(values, move |value| {
            number::decimal(value.into(), from, decimals)
        })
    }
    fn texts<'a, A: StringArrayType<'a> + 'a>(
        array: A,
        decimals: u32,
        blanks: &'a Blanks,
    ) -> Reader<'a> {
        Box::new(move |row| {
            let text = array.value(row);
            if text.is_empty() {
                return Ok(None);
            }
            match number::text(text, decimals) {
                Ok(value) => Ok(Some(value)),
                Err(_) => unusual(text, decimals, blanks),
            }
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
            Box::new(move |row| number::text(&array.value_as_string(row), decimals).map(Some))
        }
        DataType::Float32 => reading(array.as_primitive::<Float32Type>().values(), move |value| {
            number::float_32(value, decimals)
        }),
        DataType::Float64 => reading(array.as_primitive::<Float64Type>().values(), move |value| {
            number::float_64(value, decimals)
        }),
        DataType::Utf8 => texts(array.as_string::<i32>(), decimals, blanks),
        DataType::LargeUtf8 => texts(array.as_string::<i64>(), decimals, blanks),
        DataType::Utf8View => texts(array.as_string_view(), decimals, blanks),
        DataType::Dictionary(_, _) => dictionary(array, decimals, blanks)?,
        _ => return None,
    })
}

/// What a text that is no plain number holds. Few are, and the others are not to wait for it.
#[cold]
fn unusual(text: &str, decimals: u32, blanks: &Blanks) -> Result<Option<i128>, Problem> {
    match blanks.contains(text) {
        true => Ok(None),
        false => number::written(text, decimals).map(Some),
    }
}

fn reading<'a, N: Copy>(
    values: &'a [N],
    read: impl Fn(N) -> Result<i128, Problem> + 'a,
) -> Reader<'a> {
    Box::new(move |row| values.get(row).copied().map(&read).transpose())
}

/// Each value is read once. One that no row has may be anything.
fn dictionary<'a>(array: &'a dyn Array, decimals: u32, blanks: &'a Blanks) -> Option<Reader<'a>> {
    let dictionary = array.as_any_dictionary();
    let values = dictionary.values();
    let read = reader(values, decimals, blanks)?;
    let nulls = values.logical_nulls();
    let there = |row| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
    let read: Vec<Result<Option<i128>, Problem>> = (0..values.len())
        .map(|row| if there(row) { read(row) } else { Ok(None) })
        .collect();
    // Without a value there is no row but blanks.
    let keys = match values.is_empty() {
        true => Vec::new(),
        false => dictionary.normalized_keys(),
    };
    Some(Box::new(move |row| {
        let key = keys.get(row).copied();
        key.and_then(|key| read.get(key).copied())
            .unwrap_or(Ok(None))
    }))
}

/// A value as it stands in the array, for a message.
pub(crate) fn shown(array: &dyn Array, row: usize) -> String {
    let written = |mantissa: i128, scale: i8| match u32::try_from(scale) {
        Ok(scale) => xxgk::Number::new(mantissa, scale).to_string(),
        Err(_) => format!("{mantissa}e{}", -i32::from(scale)),
    };
    match array.data_type() {
        _ if array.is_null(row) => String::new(),
        DataType::Float32 => array.as_primitive::<Float32Type>().value(row).to_string(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Decimal32(_, scale) => written(
            array.as_primitive::<Decimal32Type>().value(row).into(),
            *scale,
        ),
        DataType::Decimal64(_, scale) => written(
            array.as_primitive::<Decimal64Type>().value(row).into(),
            *scale,
        ),
        DataType::Decimal128(_, scale) => {
            written(array.as_primitive::<Decimal128Type>().value(row), *scale)
        }
        DataType::Decimal256(_, _) => array.as_primitive::<Decimal256Type>().value_as_string(row),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let key = dictionary.normalized_keys().get(row).copied();
            key.map_or(String::new(), |key| shown(dictionary.values(), key))
        }
        _ => shortened(&key_text(array, row).unwrap_or_default()),
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
