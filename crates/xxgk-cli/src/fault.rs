//! Why a file cannot be read or written, as it is said.

use std::path::Path;
use std::{fs, io};

use xxgk::Lang;
use xxgk_batch::io_text;

use crate::shown::{PathShown, shown};

/// The text of a file. `Err` holds what to tell the user.
pub fn read_text(path: &Path, lang: Lang) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {}", path.shown(), why(&error, lang)))
}

/// Says why an output, to a file or to whoever reads us, cannot be written.
pub fn unwritten(error: &io::Error, path: Option<&Path>, lang: Lang) -> String {
    let cannot = lang.pick("无法写出：", "cannot be written: ");
    let path = path.map(|path| format!("{}: ", path.shown()));
    format!("{}{cannot}{}", path.unwrap_or_default(), why(error, lang))
}

fn why(error: &io::Error, lang: Lang) -> String {
    shown(io_text(error).get(lang)).into_owned()
}
