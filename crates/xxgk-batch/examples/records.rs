//! Writes a Parquet file of nine-category records that are consistent, but for one in twenty, of which one cell is changed:
//! what `scripts/scale` measures with.
//!
//! usage: records COUNT FILE

use std::error::Error;
use std::fs::File;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use xxgk::form::Kind;
use xxgk::nine_category::NineCategory;
use xxgk::{Record, Table, Value, strategies};

const GROUP: usize = 1 << 17;
/// So many tables are drawn. A record is two of them added up, which is as consistent, and there are a million pairs.
const TABLES: usize = 997;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(count), Some(path)) = (args.next(), args.next()) else {
        return Err("usage: records COUNT FILE".into());
    };
    let count: usize = count.parse()?;
    let form = NineCategory::form();
    let cells = form.indicators();
    let tables = tables(form.cells())?;
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(GROUP))
        .set_compression(Compression::SNAPPY);
    let mut writer = None;
    for first in (0..count).step_by(GROUP) {
        let records = first..count.min(first + GROUP);
        let columns = cells.iter().enumerate().map(|(cell, indicator)| {
            let values = records.clone().map(|record| {
                let pair = [record, record / TABLES * 389];
                let of_table = |at: usize| tables.get(at % TABLES)?.get(cell).copied();
                let value: i32 = pair.into_iter().filter_map(of_table).sum();
                // A number that is no divisor of the tables', nor of the cells'.
                let changed = record % 20 == 7 && record / 20 % cells.len() == cell;
                value + i32::from(changed)
            });
            let array: ArrayRef = Arc::new(Int32Array::from_iter_values(values));
            (indicator.key(), array)
        });
        let batch = RecordBatch::try_from_iter(columns)?;
        let writer = match &mut writer {
            Some(writer) => writer,
            None => {
                let properties = properties.clone().build();
                let file = File::create(&path)?;
                writer.insert(ArrowWriter::try_new(
                    file,
                    batch.schema(),
                    Some(properties),
                )?)
            }
        };
        writer.write(&batch)?;
    }
    if let Some(writer) = writer {
        writer.close()?;
    }
    Ok(())
}

/// Consistent tables whose amounts are whole, and of numbers whose sum fits.
fn tables(cells: usize) -> Result<Vec<Vec<i32>>, Box<dyn Error>> {
    let mut runner = TestRunner::deterministic();
    let strategy = strategies::consistent();
    let mut tables = Vec::new();
    while tables.len() < TABLES {
        let table = strategy
            .new_tree(&mut runner)
            .map_err(|why| why.to_string())?
            .current();
        let record = Record::from(&table);
        let value = |cell: usize| match record.value(cell)? {
            Value::Count(count) => i32::try_from(count).ok(),
            Value::Change(change) => i32::try_from(change).ok(),
            Value::Amount(amount) => {
                debug_assert_eq!(record.form().indicator(cell)?.kind(), Kind::Amount);
                amount.trunc().to_string().parse().ok()
            }
        };
        let fits = |value: i32| (value < 1 << 30).then_some(value);
        let table = (0..cells).map(|cell| value(cell).and_then(fits));
        tables.extend(table.collect::<Option<Vec<i32>>>());
    }
    Ok(tables)
}
