//! Which column stands for which indicator, as a TOML file says it:
//!
//! ```toml
//! [columns]
//! "requests.received.total" = "收到申请数"
//! "3.2" = "办结"
//! ```

use std::path::Path;

use serde::Deserialize;
use xxgk::form::Form;
use xxgk_batch::Mapping;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    /// From the key or the code of the indicator to the name of the column.
    columns: Mapping,
}

/// The mapping of a file; without one, columns are found by key and by code alone. `Err` holds what to tell the user.
pub fn read(path: Option<&Path>) -> Result<Mapping, String> {
    let Some(path) = path else {
        return Ok(Mapping::new());
    };
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    let file: Columns = toml::from_str(&text).map_err(|error| wrong(&error))?;
    Ok(file.columns)
}

/// The key of the one indicator with this code.
pub fn key<'a>(form: &'a Form, code: &str) -> Option<&'a str> {
    let mut coded = form.indicators().iter().filter(|it| it.code() == code);
    match (coded.next(), coded.next()) {
        (Some(indicator), None) => Some(indicator.key()),
        _ => None,
    }
}
