//! Which column stands for which indicator, as a TOML file says it:
//!
//! ```toml
//! [columns]
//! "requests.received.total" = "收到申请数"
//! "3.2" = "办结"
//! ```

use std::path::Path;

use serde::Deserialize;
use xxgk::Lang;
use xxgk_batch::Mapping;

use crate::toml_files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    /// From a name of the indicator to that of the column.
    columns: Mapping,
}

/// The mapping of a file; without one, columns are found by their names alone. `Err` holds what to tell the user.
pub fn read(path: Option<&Path>, lang: Lang) -> Result<Mapping, String> {
    match path {
        None => Ok(Mapping::new()),
        Some(path) => toml_files::read(path, lang).map(|file: Columns| file.columns),
    }
}
