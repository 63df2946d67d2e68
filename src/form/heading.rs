//! What the heading of a column in a document can mean.

use rustc_hash::FxHashMap;

use super::beginning::Beginnings;
use super::row::Section;
use crate::unicode::{for_each_compatible, letters};

/// The headings of a form's columns, by their letters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headings {
    meanings: FxHashMap<String, Vec<Heading>>,
    beginnings: Beginnings,
}

/// What a heading can mean in one section of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub section: usize,
    pub meaning: Headed,
}

/// What a heading stands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Headed {
    /// One column, by its index.
    Column(usize),
    /// Several columns with a label in common, by the first of them.
    Group(usize),
}

/// A misspelt heading differs from the form's in no more letters, nor in more than one in [`LETTERS_TO_ONE`].
const MAX_DISTANCE: usize = 2;
const LETTERS_TO_ONE: usize = 3;
/// A shortened heading has as many letters at least.
const MIN_SHORTENED: usize = 3;

/// What a text in brackets adds to a label: a note, a year, a unit.
pub(crate) fn without_brackets(text: &str) -> String {
    let (mut out, mut depth) = (String::with_capacity(text.len()), 0_usize);
    for_each_compatible(text, |c| match c {
        '(' | '[' | '【' | '〔' => depth += 1,
        ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
        c if depth == 0 => out.push(c),
        _ => {}
    });
    out
}

impl Headings {
    /// Every way to write the heading of a column, and of a group of columns.
    pub fn new(sections: &[Section]) -> Self {
        let mut headings = Headings::default();
        for (section, it) in sections.iter().enumerate() {
            for (index, column) in it.columns().iter().enumerate() {
                let also = column.also().iter().map(String::as_str);
                for label in std::iter::once(column.label()).chain(also) {
                    let meaning = Headed::Column(index);
                    headings.add(label, Heading { section, meaning });
                }
                if let Some(group) = column.group() {
                    let mut columns = it.columns().iter();
                    let first = columns.position(|other| other.group() == Some(group));
                    let meaning = Headed::Group(first.unwrap_or(index));
                    headings.add(group, Heading { section, meaning });
                }
            }
        }
        headings.beginnings = Beginnings::new(headings.meanings.keys());
        headings
    }

    /// Whether these letters may be the first piece of a heading that is broken.
    pub fn begins(&self, letters: &str) -> bool {
        self.beginnings.has(letters)
    }

    fn add(&mut self, label: &str, heading: Heading) {
        let letters = letters(label);
        let meanings = self.meanings.entry(letters).or_default();
        if !meanings.contains(&heading) {
            meanings.push(heading);
        }
    }

    /// What a heading of these letters can mean.
    pub fn of_letters(&self, letters: &str) -> &[Heading] {
        self.meanings.get(letters).map_or(&[], Vec::as_slice)
    }
}

/// Whether the letters of a heading may be a misspelling, or the beginning, of those of a column.
pub(crate) fn is_near(letters: &str, column: &str) -> bool {
    let (one, other) = (letters.chars().count(), column.chars().count());
    let begins = one >= MIN_SHORTENED && column.starts_with(letters);
    let apart = one.abs_diff(other);
    let distance = || strsim::osa_distance(letters, column);
    begins
        || (apart <= MAX_DISTANCE && {
            let distance = distance();
            distance <= MAX_DISTANCE && distance * LETTERS_TO_ONE <= one.min(other)
        })
}
