//! What the records are known by: which are there again, and which of those that are expected are missing.

use std::collections::BTreeMap;
use std::io::{self, Write};

use xxgk::Lang;
use xxgk_batch::{Checked, Fingerprints, Keys, expected, key_text};

use super::{Run, record};
use crate::args::Batch;
use crate::input::first_names;
use crate::shown::{PathShown, shown};

/// So many records are named, of those that no list bounds.
const NAMED: usize = 5;

/// The keys of all records.
pub(super) struct Names {
    keys: Keys,
    file: u32,
    /// Where a column says the year, a record is one of its year whatever the file.
    by_year: bool,
    unnamed: u64,
    elsewhere: u64,
    /// The first of those.
    first_elsewhere: Option<String>,
    /// The keys that are expected, and whether each has come.
    expected: Option<BTreeMap<String, bool>>,
    unexpected: u64,
    first_unexpected: Vec<String>,
}

impl Names {
    /// `Err` holds what to tell the user.
    pub fn new(args: &Batch, lang: Lang) -> Result<Self, String> {
        let list = args.expect.as_deref().map(|path| {
            let keys = expected(path, args.key.as_deref()).map_err(|error| {
                let said = shown(error.message().get(lang)).into_owned();
                format!("{}: {said}", path.shown())
            })?;
            match keys.is_empty() {
                true => Err(format!(
                    "{}: {}",
                    path.shown(),
                    lang.pick("名单是空的", "there is no key in the list")
                )),
                false => Ok(keys.into_iter().map(|key| (key, false)).collect()),
            }
        });
        Ok(Names {
            keys: Keys::default(),
            file: 0,
            by_year: args.year.is_some(),
            unnamed: 0,
            elsewhere: 0,
            first_elsewhere: None,
            expected: list.transpose()?,
            unexpected: 0,
            first_unexpected: Vec::new(),
        })
    }

    pub fn next_file(&mut self) {
        self.file += 1;
    }

    /// Adds the records of a block; those that are there twice.
    pub fn add(&mut self, checked: &Checked, keys: &Fingerprints, source: &str) -> Vec<usize> {
        self.unnamed += keys.unnamed() as u64;
        self.expect(checked, source);
        let mut again = self.keys.again(keys, self.file);
        if self.by_year {
            again.here.append(&mut again.elsewhere);
            again.here.sort_unstable();
        }
        self.elsewhere += again.elsewhere.len() as u64;
        if let (None, Some(first)) = (&self.first_elsewhere, again.elsewhere.first()) {
            self.first_elsewhere = Some(format!("{source} {}", record(checked, *first)));
        }
        again.here
    }

    /// Notes which keys have come.
    fn expect(&mut self, checked: &Checked, source: &str) {
        let (Some(expected), Some(keys)) = (&mut self.expected, &checked.keys) else {
            return;
        };
        for row in 0..keys.len() {
            let key = key_text(keys, row).unwrap_or_default();
            match expected.get_mut(&key) {
                Some(come) => *come = true,
                None if key.is_empty() => {}
                None => {
                    self.unexpected += 1;
                    if self.first_unexpected.len() <= NAMED {
                        let name = format!("{source} {}", record(checked, row));
                        self.first_unexpected.push(shown(&name).into_owned());
                    }
                }
            }
        }
    }

    fn missing_keys(&self) -> Vec<String> {
        let expected = self.expected.iter().flatten();
        let missing = expected.filter(|(_, come)| !**come);
        missing.map(|(key, _)| shown(key).into_owned()).collect()
    }

    /// How many keys are missing.
    pub fn missing(&self) -> usize {
        let expected = self.expected.iter().flatten();
        expected.filter(|(_, come)| !**come).count()
    }

    /// How many records no one expects.
    pub fn unexpected(&self) -> u64 {
        self.unexpected
    }
}

impl Run<'_> {
    /// Which records are missing, not expected, without a key, or in several files.
    pub(super) fn write_names(&self, out: &mut impl Write) -> io::Result<()> {
        let (names, lang) = (&self.names, self.lang);
        if let Some(expected) = &names.expected {
            self.write_missing(expected.len(), out)?;
        }
        if names.unexpected > 0 {
            let (count, first) = (names.unexpected, &names.first_unexpected);
            let first = first_names(first, false, lang);
            match lang {
                Lang::Zh => writeln!(out, "不在名单中的记录{count}条：{first}")?,
                Lang::En => writeln!(out, "{count} records are not in the list: {first}")?,
            }
        }
        if names.unnamed > 0 {
            let count = names.unnamed;
            match (lang, names.by_year) {
                (Lang::Zh, false) => writeln!(out, "没有标识的记录{count}条，不能判断是否重复。")?,
                (Lang::Zh, true) => {
                    writeln!(out, "没有标识或年度的记录{count}条，不能判断是否重复。")?
                }
                (Lang::En, false) => writeln!(
                    out,
                    "{count} records have no key: whether they are there twice is not known."
                )?,
                (Lang::En, true) => writeln!(
                    out,
                    "{count} records have no key or no year: whether they are there twice is not known."
                )?,
            }
        }
        if let Some(first) = &names.first_elsewhere {
            let (count, first) = (names.elsewhere, shown(first));
            match lang {
                Lang::Zh => writeln!(
                    out,
                    "有{count}条记录的标识在前面的文件中也有，如 {first}。是不是同一年的，要有年度列才能判断。"
                )?,
                Lang::En => writeln!(
                    out,
                    "{count} records have a key that an earlier file has too, such as {first}. Whether they are of one year, only a column of years can tell."
                )?,
            }
        }
        Ok(())
    }

    /// What of a list is missing. Of files that were not read to their end, that is not known.
    fn write_missing(&self, expected: usize, out: &mut impl Write) -> io::Result<()> {
        let missing = self.names.missing_keys();
        let count = missing.len();
        let names = first_names(&missing, true, self.lang);
        match (self.unread, count, self.lang) {
            (1.., _, Lang::Zh) => {
                writeln!(out, "名单{expected}个：有文件未能读完，缺少哪些不能判断。")
            }
            (1.., _, Lang::En) => writeln!(
                out,
                "{expected} in the list: what is missing is not known, for not every file was read to its end."
            ),
            (0, 0, Lang::Zh) => writeln!(out, "名单{expected}个，没有缺少的。"),
            (0, 0, Lang::En) => writeln!(out, "{expected} in the list, none is missing."),
            (0, _, Lang::Zh) => writeln!(out, "名单{expected}个，缺少{count}个：{names}"),
            (0, _, Lang::En) => {
                writeln!(out, "{expected} in the list, {count} missing: {names}")
            }
        }
    }
}
