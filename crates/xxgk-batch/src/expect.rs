//! Lists of the keys that are expected.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use arrow_array::cast::AsArray as _;

use crate::csv_file::CsvFile;
use crate::decode::{Broken, Utf8};
use crate::error::BatchError;

/// No list with a key a line is longer, in bytes.
const MOST: u64 = 1 << 30;
/// So many lines of a CSV file are read at once.
const BATCH: usize = 1 << 13;

/// The keys of a list, without those that are empty: of a file that is called `.csv`, the column of this name, else the first; of
/// any other, a key a line, spaces around it left away. In UTF-8, UTF-16 or GB18030.
///
/// # Errors
/// Where the file cannot be read.
pub fn expected(path: &Path, column: Option<&str>) -> Result<Vec<String>, BatchError> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(BatchError::NoFile);
    }
    let extension = path.extension().unwrap_or_default();
    let mut keys = match extension.eq_ignore_ascii_case("csv") {
        true => of_csv(path, column)?,
        false => of_lines(path)?,
    };
    keys.retain(|key| !key.is_empty());
    Ok(keys)
}

fn of_csv(path: &Path, column: Option<&str>) -> Result<Vec<String>, BatchError> {
    let mut file = CsvFile::open(path)?;
    let named = column.and_then(|name| file.schema().column_with_name(name));
    let at = named.map_or(0, |(at, _)| at);
    let mut keys = Vec::new();
    while let Some((_, batch)) = file.next(&[at], BATCH)? {
        let column = batch.column(0).as_string::<i32>();
        keys.extend(column.iter().flatten().map(str::to_owned));
    }
    Ok(keys)
}

fn of_lines(path: &Path) -> Result<Vec<String>, BatchError> {
    let mut text = String::new();
    let file = Utf8::new(File::open(path)?);
    let read = file.take(MOST + 1).read_to_string(&mut text);
    if read.map_err(broken)? as u64 > MOST {
        return Err(BatchError::LongList);
    }
    let text = text.trim_start_matches('\u{feff}');
    Ok(text.lines().map(|line| line.trim().to_owned()).collect())
}

/// Bytes that are no text are said to be, with their line.
fn broken(error: io::Error) -> BatchError {
    match error.get_ref().and_then(|it| it.downcast_ref::<Broken>()) {
        Some(Broken { encoding, line }) => BatchError::Broken {
            encoding,
            line: *line,
        },
        None => error.into(),
    }
}
