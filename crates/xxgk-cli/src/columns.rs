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

use crate::fault::read_text;
use crate::shown::PathShown;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    /// From a name of the indicator to that of the column.
    columns: Mapping,
}

/// The mapping of a file; without one, columns are found by their names alone. `Err` holds what to tell the user.
pub fn read(path: Option<&Path>, lang: Lang) -> Result<Mapping, String> {
    let Some(path) = path else {
        return Ok(Mapping::new());
    };
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.shown());
    let text = read_text(path, lang)?;
    let file: Columns = toml::from_str(&text).map_err(|error| wrong(&error))?;
    Ok(file.columns)
}
