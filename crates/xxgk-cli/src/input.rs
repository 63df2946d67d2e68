//! Files, folders and standard input, as text.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};
use xxgk::{Lang, Report};

/// No report is larger; what is, is not read to its end.
const MAX_BYTES: u64 = 1 << 30;
/// The files of a folder that are looked at.
const EXTENSIONS: &[&str] = &["txt", "md", "markdown", "csv", "tsv", "text"];

/// Why an input is no text.
#[derive(Debug)]
pub enum InputError {
    Io(io::Error),
    TooLarge,
    NotUtf8,
}

impl InputError {
    /// The report on an input that is no text.
    pub fn report(&self) -> Report {
        Report::not_text(&self.reason(Lang::Zh), &self.reason(Lang::En))
    }

    /// Why, as the end of a sentence.
    fn reason(&self, lang: Lang) -> String {
        match (self, lang) {
            (InputError::Io(error), Lang::Zh) => format!("文件打不开:{error}"),
            (InputError::Io(error), Lang::En) => format!("the file cannot be opened: {error}"),
            (InputError::TooLarge, Lang::Zh) => "文件超过1GiB,不会是一份年度报告".into(),
            (InputError::TooLarge, Lang::En) => {
                "the file is larger than 1 GiB, which no report is".into()
            }
            (InputError::NotUtf8, Lang::Zh) => "内容不是UTF-8编码的文本,请另存为UTF-8文本".into(),
            (InputError::NotUtf8, Lang::En) => {
                "the file is not text in UTF-8: save it as that".into()
            }
        }
    }
}

/// The inputs in order, folders replaced by the text files in and below them, by name.
pub fn expand(inputs: &[PathBuf]) -> Vec<PathBuf> {
    inputs
        .iter()
        .flat_map(|input| {
            if input.is_dir() {
                folder(input)
            } else {
                vec![input.clone()]
            }
        })
        .collect()
}

fn folder(path: &Path) -> Vec<PathBuf> {
    let shown = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let is_text = |path: &Path| {
        let extension = path
            .extension()
            .map(|it| it.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
    };
    let entries = WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(shown);
    // What cannot be listed is kept by its path: reading it says why.
    let paths = entries.filter_map(|entry| match entry {
        Ok(entry) => entry
            .file_type()
            .is_file()
            .then(|| entry.into_path())
            .filter(|path| is_text(path)),
        Err(error) => error.path().map(Path::to_owned),
    });
    paths.collect()
}

/// The text of an input.
pub fn read(input: &Path) -> Result<String, InputError> {
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
    String::from_utf8(bytes).map_err(|_| InputError::NotUtf8)
}
