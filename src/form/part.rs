//! The parts of the report that a form is printed in.

use super::file::{PartFile, SaysFile};
use crate::lang::Text;
use crate::unicode::letters;

/// A part of the report, under a heading of its own.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its title, without the number.
    pub title: String,
    pub says: Option<Says>,
    /// The letters of its title, and of others that are as good.
    titles: Vec<String>,
}

/// What a part has to say.
#[derive(Clone, Debug)]
pub(crate) struct Says {
    pub what: Text,
    /// One of these stands in the report where it is said.
    pub words: Vec<String>,
    /// What demands it.
    pub basis: Text,
}

impl Part {
    pub(super) fn of(file: &PartFile) -> Part {
        let titles = std::iter::once(&file.title).chain(&file.also);
        Part {
            title: file.title.clone(),
            says: file.says.as_ref().map(Says::of),
            titles: titles.map(|it| letters(it)).collect(),
        }
    }

    /// Whether some letters are those of its title.
    pub fn is_titled(&self, letters: &str) -> bool {
        self.titles.iter().any(|title| title == letters)
    }

    /// Whether one of its titles begins with a letter.
    pub fn may_begin(&self, first: char) -> bool {
        self.titles.iter().any(|title| title.starts_with(first))
    }

    /// Whether some letters begin with its title.
    pub fn begins(&self, letters: &str) -> bool {
        self.titles.iter().any(|title| letters.starts_with(title))
    }
}

impl Says {
    fn of(file: &SaysFile) -> Says {
        Says {
            what: file.what.clone(),
            words: file.words.clone(),
            basis: Text::new(&*file.basis, &*file.basis),
        }
    }
}
