//! 跳过的文件: those that were not read.

use super::sheet::Sheet;
use super::{Book, BookError};
use crate::collection::Collection;

/// Writes the sheet, if there are any.
pub(super) fn write(book: &mut Book, collection: &Collection) -> Result<(), BookError> {
    if collection.skipped.is_empty() {
        return Ok(());
    }
    let mut sheet = Sheet::new(book, "跳过的文件", &[80])?;
    sheet.head(&["文件"])?;
    for name in &collection.skipped {
        sheet.row([name.as_str().into()])?;
    }
    sheet.end(0)
}
