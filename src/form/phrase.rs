//! How reports call the rows of a form in sentences.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;
use toml::Spanned;

use super::Form;
use super::file::FormFile;
use super::row::Row;
use crate::unicode::is_quote;

/// The phrases of a form, found by the character that they end or begin with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    all: Vec<Phrase>,
    /// Those whose number stands behind them, by their last character.
    ends: FxHashMap<char, Vec<usize>>,
    /// The same, by their first character.
    starts: FxHashMap<char, Vec<usize>>,
    /// Those whose number stands within them or before them, by the first character behind the number.
    around: FxHashMap<char, Vec<usize>>,
    /// For each row, what its sentences must and must not say.
    subjects: Vec<Subject>,
    /// The words that say what any of the rows is about.
    about: Option<AhoCorasick>,
}

/// One way to call a row, or a column.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// The words before the number; between two of them only words stand that say nothing.
    pub left: Vec<String>,
    /// The words behind the number.
    pub right: Vec<String>,
    pub of: Named,
    pub role: Role,
    /// As the form's file writes it.
    pub text: String,
    /// Nothing but words that say nothing stands before it in its clause.
    pub alone: bool,
    /// Rows, by their index, that its number may include.
    pub with: Vec<usize>,
    /// How many characters it fixes: of two phrases, the one that fixes more is meant.
    pub weight: usize,
}

/// What a phrase calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Named {
    /// A row by its index; of a heading, the rows below it together.
    Row(usize),
    /// Columns of a section by their indexes: from one to another.
    Columns {
        section: usize,
        first: usize,
        last: usize,
    },
}

/// Where a phrase may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Before or around its number.
    Said,
    /// The same, where the whole that it is a part of was named before.
    Short,
    /// Behind 占, as the whole that something is a share of.
    Base,
}

/// What the sentences about a row must and must not say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    /// One of these stands in the sentence or in the headings above it.
    pub near: Vec<String>,
    /// None of these stands before the phrase in its clause.
    pub unless: Vec<String>,
    /// The measure words of its numbers; any that fit, where there are none.
    pub units: Vec<String>,
    /// Other things are called so too.
    pub shared: bool,
}

impl Phrase {
    /// Reads a phrase: words with spaces where words may stand that say nothing, `#` where the number stands, if that is
    /// not the end, and `^` in front where nothing else may stand before it. `None` where it has no words.
    pub fn parse(text: &str, of: Named, role: Role) -> Option<Phrase> {
        let (alone, words_of) = (text.starts_with('^'), text.trim_start_matches('^'));
        // Sentences are read without quotation marks.
        let plain = |text: &str| text.chars().filter(|c| !is_quote(*c)).collect::<String>();
        let words = |text: &str| plain(text).split_whitespace().map(str::to_owned).collect();
        let (left, right) = words_of.split_once('#').unwrap_or((words_of, ""));
        let (left, right): (Vec<String>, Vec<String>) = (words(left), words(right));
        let weight = left
            .iter()
            .chain(&right)
            .map(|word| word.chars().count())
            .sum();
        (weight > 0).then(|| Phrase {
            left,
            right,
            of,
            role,
            text: text.to_owned(),
            alone,
            with: Vec::new(),
            weight,
        })
    }
}

impl Phrases {
    fn new(rows: usize) -> Self {
        Phrases {
            subjects: vec![Subject::default(); rows],
            ..Phrases::default()
        }
    }

    fn add(&mut self, phrase: Phrase) {
        let index = self.all.len();
        let last = phrase.left.last().and_then(|word| word.chars().last());
        let first = phrase.left.first().and_then(|word| word.chars().next());
        match (phrase.right.is_empty(), first, last) {
            (true, Some(first), Some(last)) => {
                self.ends.entry(last).or_default().push(index);
                self.starts.entry(first).or_default().push(index);
            }
            _ => {
                let behind = phrase.right.first().and_then(|word| word.chars().next());
                self.around
                    .entry(behind.unwrap_or_default())
                    .or_default()
                    .push(index);
            }
        }
        self.all.push(phrase);
    }

    /// What the sentences about a row must and must not say.
    pub fn subject(&self, row: usize) -> Option<&Subject> {
        self.subjects.get(row)
    }

    /// Whether a text has a word that says what any of the rows is about, such as 公开申请: one of them must stand near what is said
    /// of it.
    pub fn say_about(&self, text: &str) -> bool {
        self.about
            .as_ref()
            .is_some_and(|words| words.is_match(text))
    }

    /// The phrases that may end in a character.
    pub fn ending(&self, c: char) -> impl Iterator<Item = &Phrase> {
        self.of(self.ends.get(&c).map_or(&[], Vec::as_slice))
    }

    /// The phrases that may begin with a character.
    pub fn beginning(&self, c: char) -> impl Iterator<Item = &Phrase> {
        self.of(self.starts.get(&c).map_or(&[], Vec::as_slice))
    }

    /// The phrases around a number, or before it, behind which a character may stand.
    pub fn around(&self, behind: char) -> impl Iterator<Item = &Phrase> {
        self.of(self.around.get(&behind).map_or(&[], Vec::as_slice))
    }

    fn of<'a>(&'a self, indexes: &'a [usize]) -> impl Iterator<Item = &'a Phrase> {
        indexes.iter().filter_map(|index| self.all.get(*index))
    }
}

/// What is left of a label when a word for "number" is taken off its end, as sentences do.
pub(super) fn without_count(label: &str) -> &str {
    const ENDS: [&str; 5] = ["总次数", "总数", "次数", "数量", "数"];
    let cut = ENDS.iter().find_map(|end| label.strip_suffix(end));
    cut.filter(|rest| !rest.is_empty()).unwrap_or(label)
}

/// The phrases of a form: those of its file, and the labels of its rows. `Err` holds a key that names nothing.
pub(super) fn build<'f>(form: &Form, file: &'f FormFile) -> Result<Phrases, &'f Spanned<String>> {
    let mut phrases = Phrases::new(form.rows.len());
    for (index, row) in form.rows.iter().enumerate() {
        // In a table of columns, a label calls the row as a whole, if one of them is that.
        let section = form.sections.get(row.section);
        let columns = section.map_or(&[][..], |section| &section.columns);
        let called = columns.is_empty() || columns.iter().any(|column| column.whole);
        let names = std::iter::once(&*row.name).chain(row.also.iter().map(String::as_str));
        for name in names.filter(|_| called && !row.cells.is_empty()) {
            let said = Phrase::parse(without_count(name), Named::Row(index), Role::Said);
            said.into_iter().for_each(|phrase| phrases.add(phrase));
        }
    }
    let row = |key: &'f Spanned<String>| form.row_by_key.get(key.get_ref().as_str()).ok_or(key);
    for it in &file.phrases {
        let of = match &it.columns[..] {
            [] => Named::Row(*row(&it.of)?),
            [first, ..] => {
                let section = form.sections.iter();
                let section = section
                    .zip(0..)
                    .find(|(other, _)| *other.key == **it.of.get_ref());
                let (columns, section) = section.ok_or(&it.of)?;
                let column = |key: &'f Spanned<String>| {
                    let mut columns = columns.columns.iter();
                    columns.position(|it| *it.key == **key.get_ref()).ok_or(key)
                };
                let last = it.columns.last().unwrap_or(first);
                Named::Columns {
                    section,
                    first: column(first)?,
                    last: column(last)?,
                }
            }
        };
        let with = it.with.iter().map(|key| row(key).copied());
        let with = with.collect::<Result<Vec<usize>, _>>()?;
        for (texts, role) in [
            (&it.said, Role::Said),
            (&it.short, Role::Short),
            (&it.base, Role::Base),
        ] {
            let parsed = texts
                .iter()
                .filter_map(|text| Phrase::parse(text, of, role));
            parsed.for_each(|phrase| {
                phrases.add(Phrase {
                    with: with.clone(),
                    ..phrase
                });
            });
        }
        if let Named::Row(index) = of {
            if let Some(subject) = phrases.subjects.get_mut(index) {
                subject.near.extend(it.near.iter().cloned());
                subject.unless.extend(it.unless.iter().cloned());
                subject.units.extend(it.units.iter().cloned());
                subject.shared |= it.shared;
            }
        }
    }
    phrases.inherit(&form.rows);
    let near = phrases
        .subjects
        .iter()
        .flat_map(|subject| subject.near.iter().map(String::as_str));
    // It cannot fail but for more words than a file holds.
    phrases.about = AhoCorasick::new(near.collect::<BTreeSet<&str>>()).ok();
    Ok(phrases)
}

impl Phrases {
    /// Hands down what sentences must and must not say: rows stand behind those above them.
    fn inherit(&mut self, rows: &[Row]) {
        for (index, row) in rows.iter().enumerate() {
            let Some(above) = row.parent.and_then(|it| self.subjects.get(it)).cloned() else {
                continue;
            };
            if let Some(subject) = self.subjects.get_mut(index) {
                if subject.near.is_empty() {
                    subject.near = above.near;
                }
                if subject.units.is_empty() {
                    subject.units = above.units;
                }
                subject.shared |= above.shared;
                // What is not said of a row with figures may be said of its parts.
                if row
                    .parent
                    .and_then(|it| rows.get(it))
                    .is_some_and(|it| it.cells.is_empty())
                {
                    subject.unless.extend(above.unless);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_said_without_its_number_word() {
        for (label, said) in [
            ("收到申请数", "收到申请"),
            ("制发规范性文件总数", "制发规范性文件"),
            ("政府网站在线访谈次数", "政府网站在线访谈"),
            ("行政复议数量", "行政复议"),
            ("规章", "规章"),
            ("数", "数"),
        ] {
            assert_eq!(without_count(label), said);
        }
    }

    #[test]
    fn a_phrase_has_words_on_both_sides_of_its_number() {
        let phrase = Phrase::parse("设 #查阅点", Named::Row(0), Role::Said).unwrap();
        assert_eq!(
            (phrase.left, phrase.right),
            (vec!["设".into()], vec!["查阅点".into()])
        );
        assert_eq!(phrase.weight, 4);
        assert!(Phrase::parse(" # ", Named::Row(0), Role::Said).is_none());
    }
}
