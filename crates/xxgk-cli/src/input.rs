//! Files, folders and standard input, as documents.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};
use xxgk::{Document, Finding, Lang, Report, Text};
use xxgk_read::{Format, ReadError};

use crate::fault::message;
use crate::shown::{PathShown, shown, tell};

/// No report is larger; what is, is not read to its end.
const MAX_BYTES: u64 = 1 << 30;
/// Other names of files that are read, and of files that may be reports, so that it is said that they are not read.
const OTHER_EXTENSIONS: [&str; 5] = ["text", "markdown", "shtml", "xhtml", "xlsb"];

/// Why an input is no document.
#[derive(Debug)]
pub enum InputError {
    Io(io::Error),
    TooLarge,
    Read(ReadError),
}

impl InputError {
    /// The report on an input that is no document.
    pub fn report(&self) -> Report {
        Report::not_read(match self {
            InputError::Io(error) => {
                let Text { zh, en } = message(error);
                Text::new(
                    format!("文件打不开：{zh}。"),
                    format!("the file cannot be opened: {en}."),
                )
            }
            InputError::TooLarge => Text::new(
                "文件超过1GiB，不会是一份年度报告。",
                "the file is larger than 1 GiB, which no report is.",
            ),
            InputError::Read(error) => error.message(),
        })
    }
}

/// What is said of folders without a report.
pub fn nothing(lang: Lang) -> &'static str {
    lang.pick(
        "文件夹中没有报告文件",
        "no file in the folder may be a report",
    )
}

/// Says on standard error why an input, or a table of it, could not be read.
pub fn complain(input: &Path, findings: &[Finding], lang: Lang) {
    for finding in findings {
        let message = finding.message.get(lang);
        tell(format_args!("{}: {}", input.shown(), shown(message)));
    }
}

/// The inputs in order, folders replaced by the documents in and below them, by name.
pub fn expand(inputs: &[PathBuf]) -> Vec<PathBuf> {
    let known = Format::ALL.iter().flat_map(|it| it.extensions());
    let extensions: Vec<&str> = known.copied().chain(OTHER_EXTENSIONS).collect();
    inputs
        .iter()
        .flat_map(|input| {
            if input.is_dir() {
                folder(input, &extensions)
            } else {
                vec![input.clone()]
            }
        })
        .collect()
}

/// The files with these extensions in and below a folder, by name.
pub fn folder(path: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    // Office programs leave ~$name beside a file that is open.
    let shown = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with(['.', '~'])
    };
    let looked_at = |path: &Path| {
        let extension = path
            .extension()
            .map(|it| it.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
    };
    let entries = WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(shown);
    // What cannot be listed is kept by its path: reading it says why.
    // A link to a file is one; a link to a folder may lead in a circle, and is not followed.
    let is_file = |entry: &DirEntry| {
        let of = entry.file_type();
        of.is_file() || (of.is_symlink() && entry.path().is_file())
    };
    let paths = entries.filter_map(|entry| match entry {
        Ok(entry) if is_file(&entry) => Some(entry.into_path()).filter(|path| looked_at(path)),
        Ok(_) => None,
        Err(error) => error.path().map(Path::to_owned),
    });
    paths.collect()
}

/// The document of an input.
pub fn read(input: &Path) -> Result<Document, InputError> {
    xxgk_read::read(&bytes(input)?).map_err(InputError::Read)
}

/// The bytes of an input.
pub fn bytes(input: &Path) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES + 1;
    let read = if input == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(input).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    let length = read.map_err(InputError::Io)?;
    if u64::try_from(length).is_ok_and(|length| length > MAX_BYTES) {
        return Err(InputError::TooLarge);
    }
    Ok(bytes)
}
