//! The records that `shared/tables.py` writes: a file of 32-bit integers for each cell of the nine-category form.

use std::error::Error;
use std::fs;
use std::path::Path;

use xxgk::Table;
use xxgk::nine_category::NineCategory;

/// The keys of the cells, in the order of the form.
#[must_use]
pub fn keys() -> Vec<String> {
    let indicators = NineCategory::form().indicators();
    indicators.iter().map(|it| it.key().to_owned()).collect()
}

/// The columns of a folder, in the order of the form.
///
/// # Errors
/// Where a file is missing, or holds something else.
pub fn read(folder: &Path) -> Result<Vec<Vec<u32>>, Box<dyn Error>> {
    let read = |key: String| -> Result<Vec<u32>, Box<dyn Error>> {
        let path = folder.join(format!("{key}.u32"));
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let (values, rest) = bytes.as_chunks();
        if rest.is_empty() {
            Ok(values.iter().copied().map(u32::from_le_bytes).collect())
        } else {
            Err(format!("{}: not whole values of 32 bits", path.display()).into())
        }
    };
    keys().into_iter().map(read).collect()
}
