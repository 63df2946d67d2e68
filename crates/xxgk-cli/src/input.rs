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

/// What is to be read of the inputs, and what is not.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The documents, in order.
    pub files: Vec<PathBuf>,
    /// What folders have besides.
    pub skipped: Vec<PathBuf>,
}

/// The inputs in order: folders replaced by the documents in and below them, by name, and patterns that no shell has expanded
/// by what they match.
pub fn expand(inputs: &[PathBuf]) -> Inputs {
    let mut all = Inputs::default();
    for input in inputs {
        match matching(input) {
            Some(paths) => paths.iter().for_each(|path| all.add_matched(path)),
            None => all.add(input),
        }
    }
    all
}

impl Inputs {
    /// The documents in and below a folder.
    pub fn of_folder(path: &Path) -> Self {
        let mut all = Inputs::default();
        all.add_folder(path);
        all
    }

    fn add(&mut self, path: &Path) {
        match path.is_dir() {
            true => self.add_folder(path),
            false => self.files.push(path.to_owned()),
        }
    }

    /// A pattern matches what office programs leave beside a file that is open, too.
    fn add_matched(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default();
        match name.to_string_lossy().starts_with("~$") {
            true => self.skipped.push(path.to_owned()),
            false => self.add(path),
        }
    }

    fn add_folder(&mut self, path: &Path) {
        let known = Format::ALL.iter().flat_map(|it| it.extensions());
        let extensions: Vec<&str> = known.copied().chain(OTHER_EXTENSIONS).collect();
        let Walk { files, skipped } = walk(path, &extensions);
        self.files.extend(files);
        self.skipped.extend(skipped);
    }

    /// Says on standard error what was skipped: how many files, and the first of them, or all (`verbose`).
    pub fn tell_skipped(&self, verbose: bool, lang: Lang) {
        if self.skipped.is_empty() {
            return;
        }
        let names: Vec<String> = self.skipped.iter().map(|it| it.shown()).collect();
        let count = names.len();
        let names = first_names(&names, verbose, lang);
        tell(match lang {
            Lang::Zh => format!("跳过{count}个不是报告的文件：{names}"),
            Lang::En => format!("skipped, for they are no reports ({count}): {names}"),
        });
    }
}

/// The first of many names, or all.
pub fn first_names(names: &[String], all: bool, lang: Lang) -> String {
    const FIRST: usize = 5;
    let shown = if all { names.len() } else { FIRST };
    let more = match names.len() > shown {
        true => lang.pick("等", ", …"),
        false => "",
    };
    let first: Vec<&str> = names.iter().take(shown).map(String::as_str).collect();
    first.join(lang.pick("、", ", ")) + more
}

/// What a pattern matches, in order, where the input is one that no shell has expanded; nothing where it matches nothing, so
/// that reading it says that there is no such file.
fn matching(input: &Path) -> Option<Vec<PathBuf>> {
    let pattern = input.to_str().filter(|it| it.contains(['*', '?']))?;
    if input.exists() {
        return None;
    }
    let paths: Vec<PathBuf> = glob::glob(pattern).ok()?.filter_map(Result::ok).collect();
    (!paths.is_empty()).then_some(paths)
}

/// What a file of a folder is called: its path in it, with slashes.
pub fn name_in(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    let parts = inside.iter().map(|it| it.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The files with these extensions in and below a folder, by name.
pub fn folder(path: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    walk(path, extensions).files
}

/// What stands in and below a folder.
struct Walk {
    files: Vec<PathBuf>,
    skipped: Vec<PathBuf>,
}

fn walk(path: &Path, extensions: &[&str]) -> Walk {
    // Office programs leave ~$name beside a file that is open.
    let hidden = |entry: &DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with(['.', '~'])
    };
    let looked_at = |path: &Path| {
        let extension = path
            .extension()
            .map(|it| it.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
    };
    // A link to a file is one; a link to a folder may lead in a circle, and is not followed.
    let is_file = |entry: &DirEntry| {
        let of = entry.file_type();
        of.is_file() || (of.is_symlink() && entry.path().is_file())
    };
    let (mut files, mut skipped) = (Vec::new(), Vec::new());
    let mut entries = WalkDir::new(path).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if hidden(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                skipped.push(entry.into_path());
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if is_file(&entry) && looked_at(entry.path()) => {
                files.push(entry.into_path())
            }
            Ok(entry) => skipped.push(entry.into_path()),
            // What cannot be listed is kept by its path: reading it says why.
            Err(error) => files.extend(error.path().map(Path::to_owned)),
        }
    }
    Walk { files, skipped }
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
