//! Whole tables in lines: as CSV while they are read; as Parquet and as a workbook, packed, when all were.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::{
    ArrayRef, Decimal128Array, Int64Array, RecordBatch, StringArray, UInt16Array, UInt64Array,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use xxgk::form::{Form, Kind};
use xxgk::number::AMOUNT_DECIMALS;
use xxgk::{Record, Value};

use super::csv;
use crate::args::ExtractFormat;

/// What a line has before its values: which table it is, for `batch --key`.
const ABOUT: [&str; 3] = ["record", "year", "agency"];
/// The most digits that a `Decimal128` has.
const DIGITS: u8 = 38;
/// So many tables are packed at once.
const BATCH: usize = 1 << 10;
/// A spreadsheet computes in floats: from here on, they do not hold every integer.
const EXACT: i128 = 1 << 53;

/// One table.
pub struct Line<'a> {
    pub name: &'a str,
    pub year: Option<u16>,
    pub agency: &'a str,
    pub record: &'a Record,
}

/// The lines, which all have the columns of the first table's form.
pub struct Wide {
    form: Option<Arc<Form>>,
    lines: Lines,
}

enum Lines {
    Csv,
    Parquet(Box<Packed>),
    Xlsx(Box<Sheet>),
}

/// A file of Parquet in memory, and the tables that it does not have yet.
#[derive(Default)]
struct Packed {
    writer: Option<ArrowWriter<Vec<u8>>>,
    lines: Vec<Kept>,
}

/// A table that is packed later.
struct Kept {
    name: String,
    year: Option<u16>,
    agency: String,
    record: Record,
}

/// A sheet that is written on.
struct Sheet {
    sheet: Worksheet,
    lines: u32,
}

impl Wide {
    /// `None` where the format has no lines of whole tables.
    pub fn new(format: ExtractFormat) -> Option<Self> {
        let lines = match format {
            ExtractFormat::WideCsv => Lines::Csv,
            ExtractFormat::Parquet => Lines::Parquet(Box::default()),
            ExtractFormat::Xlsx => Lines::Xlsx(Box::new(Sheet {
                sheet: Worksheet::new(),
                lines: 0,
            })),
            ExtractFormat::Json
            | ExtractFormat::Jsonl
            | ExtractFormat::Toml
            | ExtractFormat::Csv => return None,
        };
        Some(Wide { form: None, lines })
    }

    /// Adds a table; or gives the form of the lines, where that is another than the table's.
    pub fn add(
        &mut self,
        line: &Line<'_>,
        out: &mut impl Write,
    ) -> io::Result<Result<(), Arc<Form>>> {
        let is_first = self.form.is_none();
        let form = self.form.get_or_insert_with(|| line.record.form().clone());
        if form.id() != line.record.form().id() {
            return Ok(Err(form.clone()));
        }
        match &mut self.lines {
            Lines::Csv => {
                if is_first {
                    csv(out, &header(form))?;
                }
                let line: Vec<String> = line.texts().collect();
                let line: Vec<&str> = line.iter().map(String::as_str).collect();
                csv(out, &line)?;
            }
            Lines::Parquet(packed) => packed.add(form, line)?,
            Lines::Xlsx(sheet) => {
                if is_first {
                    sheet.header(form).map_err(io::Error::other)?;
                }
                sheet.line(line).map_err(io::Error::other)?;
            }
        }
        Ok(Ok(()))
    }

    /// Writes what was not written yet. Without a table there is no form, and there are no columns: nothing is written.
    pub fn close(self, out: &mut impl Write) -> io::Result<()> {
        let Some(form) = self.form else {
            return Ok(());
        };
        match self.lines {
            Lines::Csv => Ok(()),
            Lines::Parquet(packed) => out.write_all(&packed.file(&form)?),
            Lines::Xlsx(sheet) => {
                let mut book = Workbook::new();
                book.push_worksheet(sheet.sheet);
                out.write_all(&book.save_to_buffer().map_err(io::Error::other)?)
            }
        }
    }
}

fn header(form: &Form) -> Vec<&str> {
    let keys = form.indicators().iter().map(|cell| cell.key());
    ABOUT.into_iter().chain(keys).collect()
}

impl Line<'_> {
    fn texts(&self) -> impl Iterator<Item = String> {
        let year = self.year.map_or(String::new(), |it| it.to_string());
        let about = [self.name.to_owned(), year, self.agency.to_owned()];
        let values = self.record.cells().iter();
        let values = values.map(|it| it.map_or(String::new(), |it| it.to_string()));
        about.into_iter().chain(values)
    }
}

impl Packed {
    fn add(&mut self, form: &Form, line: &Line<'_>) -> io::Result<()> {
        self.lines.push(Kept {
            name: line.name.to_owned(),
            year: line.year,
            agency: line.agency.to_owned(),
            record: line.record.clone(),
        });
        match self.lines.len() < BATCH {
            true => Ok(()),
            false => self.pack(form),
        }
    }

    fn pack(&mut self, form: &Form) -> io::Result<()> {
        let batch = batch(form, &self.lines).map_err(io::Error::other)?;
        self.lines.clear();
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                let compression = Compression::ZSTD(ZstdLevel::default());
                let properties = WriterProperties::builder().set_compression(compression);
                let properties = Some(properties.build());
                let writer = ArrowWriter::try_new(Vec::new(), batch.schema(), properties)?;
                self.writer.insert(writer)
            }
        };
        Ok(writer.write(&batch)?)
    }

    fn file(mut self, form: &Form) -> io::Result<Vec<u8>> {
        if !self.lines.is_empty() {
            self.pack(form)?;
        }
        match self.writer {
            Some(writer) => Ok(writer.into_inner()?),
            None => Ok(Vec::new()),
        }
    }
}

impl Sheet {
    fn header(&mut self, form: &Form) -> Result<(), XlsxError> {
        for (column, name) in (0..).zip(header(form)) {
            self.sheet.write_string(0, column, name)?;
        }
        self.sheet.set_freeze_panes(1, 1)?;
        Ok(())
    }

    /// Texts are written as texts: none becomes a formula. So are numbers that a spreadsheet would round.
    fn line(&mut self, line: &Line<'_>) -> Result<(), XlsxError> {
        self.lines += 1;
        let about = ABOUT.len();
        for ((column, text), cell) in (0..).zip(line.texts()).zip(0..) {
            let value = usize::checked_sub(cell, about).and_then(|cell| line.record.value(cell));
            match value.and_then(number) {
                _ if text.is_empty() => {}
                Some(number) => _ = self.sheet.write_number(self.lines, column, number)?,
                None => _ = self.sheet.write_string(self.lines, column, text)?,
            }
        }
        Ok(())
    }
}

/// A value as a spreadsheet has it, if it has it exactly.
fn number(value: Value) -> Option<f64> {
    let whole = match value {
        Value::Count(count) => i128::from(count),
        Value::Change(change) => i128::from(change),
        // A double of fifteen digits shows the decimals that it was written with.
        Value::Amount(amount) if amount.mantissa().abs() < 1_000_000_000_000_000 => {
            return value.to_string().parse().ok();
        }
        Value::Amount(_) => return None,
    };
    let exact = (-EXACT..=EXACT).contains(&whole);
    exact.then(|| value.to_string().parse().ok()).flatten()
}

/// The lines as columns: counts, changes and amounts of the type that holds each exactly.
fn batch(form: &Form, lines: &[Kept]) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let names = lines.iter().map(|it| &it.name);
    let agencies = lines
        .iter()
        .map(|it| Some(&it.agency).filter(|it| !it.is_empty()));
    let years: UInt16Array = lines.iter().map(|it| it.year).collect();
    let about: [ArrayRef; ABOUT.len()] = [
        Arc::new(StringArray::from_iter_values(names)),
        Arc::new(years),
        Arc::new(agencies.collect::<StringArray>()),
    ];
    let cells = form.indicators().iter().enumerate();
    let cells = cells.map(|(cell, indicator)| {
        let values = lines.iter().map(|it| it.record.value(cell));
        (indicator.key(), column(indicator.kind(), values))
    });
    let columns = ABOUT.into_iter().zip(about).chain(cells);
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true)))
}

/// An amount in units of its last decimal: what has more decimals is read as out of range, and said.
fn units(mut amount: Decimal) -> i128 {
    amount.rescale(AMOUNT_DECIMALS);
    amount.mantissa()
}

/// The values of a cell. Each is of its kind.
fn column(kind: Kind, values: impl Iterator<Item = Option<Value>>) -> ArrayRef {
    match kind {
        Kind::Change => Arc::new(Int64Array::from_iter(values.map(|it| match it? {
            Value::Change(change) => Some(change),
            _ => None,
        }))),
        Kind::Amount => {
            let units = values.map(|it| match it? {
                Value::Amount(amount) => Some(units(amount)),
                _ => None,
            });
            let scale = i8::try_from(AMOUNT_DECIMALS).unwrap_or(i8::MAX);
            let amounts = Decimal128Array::from_iter(units);
            Arc::new(amounts.with_data_type(arrow_schema::DataType::Decimal128(DIGITS, scale)))
        }
        _ => Arc::new(UInt64Array::from_iter(values.map(|it| match it? {
            Value::Count(count) => Some(count),
            _ => None,
        }))),
    }
}
