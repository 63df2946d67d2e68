//! The workbook (退回修改清单): one file a sheet.
//!
//! - [`overview`]: 总览; [`issues`]: 问题清单; [`years`]: 年度衔接; [`levels`]: 汇总核对; [`data`]: 数据; [`skipped`]: 跳过的文件
//! - [`sheet`]: how a sheet is written
//!
//! Strings are strings and never formulas, numbers are exact or else text, and signs that are not to be seen are written out. The
//! same collection makes the same bytes.

mod data;
mod issues;
mod levels;
mod overview;
mod sheet;
mod skipped;
mod years;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use thiserror::Error;

use crate::collection::{Collection, Entry};
use crate::filed::Filed;
use sheet::Formats;

/// A workbook cannot be written.
#[derive(Debug, Error)]
#[error("the workbook cannot be written")]
pub struct BookError(#[from] XlsxError);

/// The workbook of a collection, as the bytes of an XLSX file.
///
/// # Errors
///
/// It cannot be written: there is more than a workbook holds.
pub fn book(collection: &Collection) -> Result<Vec<u8>, BookError> {
    let mut book = Book::new()?;
    let entries = in_order(collection);
    overview::write(&mut book, collection, &entries)?;
    issues::write(&mut book, collection, &entries)?;
    years::write(&mut book, collection, &entries)?;
    levels::write(&mut book, collection)?;
    data::write(&mut book, collection)?;
    skipped::write(&mut book, collection)?;
    book.bytes()
}

/// Only the list of what is wrong (问题清单), for some tables, as the bytes of an XLSX file. The sources of their reports are the
/// names of the files.
///
/// # Errors
///
/// As for [`book`].
///
/// ```
/// use xxgk::{Options, forms, read};
/// use xxgk_show::html::Table;
/// let text = "政府信息公开情况统计表(2017年度)\n收到申请数;件;27\n当面申请数;件;26\n传真申请数;件;0\n网络申请数;件;0\n信函申请数;件;0";
/// let reading = read(text, forms(), &Options::default()).next().unwrap();
/// let report = reading.check();
/// let filed = xxgk_collect::Filed::new(&Table { report: &report, reading: Some(&reading), text });
/// let bytes = xxgk_collect::list(&[filed])?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), xxgk_collect::BookError>(())
/// ```
pub fn list(tables: &[Filed]) -> Result<Vec<u8>, BookError> {
    let mut book = Book::new()?;
    issues::of_tables(&mut book, tables)?;
    book.bytes()
}

/// A workbook that is being written.
struct Book {
    workbook: Workbook,
    formats: Formats,
}

impl Book {
    fn new() -> Result<Self, BookError> {
        let mut workbook = Workbook::new();
        // A fixed day, so that the same collection makes the same bytes.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        Ok(Book {
            workbook,
            formats: Formats::default(),
        })
    }

    fn bytes(mut self) -> Result<Vec<u8>, BookError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}

/// The agencies in the order in which they are to be dealt with: by their status, those of the list first.
fn in_order(collection: &Collection) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = collection.entries.iter().collect();
    entries.sort_by_key(|it| (it.status, !it.listed));
    entries
}
