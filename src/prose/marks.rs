//! Which of the words stand in a sentence that are asked for at each of its numbers: found in one pass, so that a sentence without
//! them is not looked through for each.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::scope::DENIED;
use super::words::{MADE, RESPECTIVELY, TAKEN};

/// What a word is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It says that something is not so.
    Denied,
    /// It says that numbers stand in the order of their names.
    Respectively,
    /// Documents were made, or something was taken in.
    Made,
    Taken,
    /// A list of parts begins.
    List,
}

/// The words of a sentence that are marks, by what they are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks([bool; 5]);

struct Finder {
    /// `None` where it cannot be built: then every sentence is looked through.
    words: Option<AhoCorasick>,
    marks: Vec<Mark>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let lists: [(&[&str], Mark); 5] = [
        (DENIED, Mark::Denied),
        (RESPECTIVELY, Mark::Respectively),
        (MADE, Mark::Made),
        (TAKEN, Mark::Taken),
        (&["其中"], Mark::List),
    ];
    let words = lists
        .iter()
        .flat_map(|(words, mark)| words.iter().map(|word| (*word, *mark)));
    let (words, marks): (Vec<&str>, Vec<Mark>) = words.unzip();
    let words = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words);
    Finder {
        words: words.ok(),
        marks,
    }
});

impl Marks {
    pub fn of(text: &str) -> Marks {
        let Some(words) = &FINDER.words else {
            return Marks([true; 5]);
        };
        let mut found = Marks::default();
        for word in words.find_iter(text) {
            let mark = FINDER.marks.get(word.pattern().as_usize());
            if let Some(has) = mark.and_then(|mark| found.0.get_mut(*mark as usize)) {
                *has = true;
            }
        }
        found
    }

    pub fn has(self, mark: Mark) -> bool {
        self.0.get(mark as usize) == Some(&true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_found_wherever_it_stands() {
        for (words, mark) in [
            (DENIED, Mark::Denied),
            (MADE, Mark::Made),
            (TAKEN, Mark::Taken),
        ] {
            for word in words {
                assert!(Marks::of(&format!("共{word}27件")).has(mark), "{word}");
            }
        }
        assert_eq!(Marks::of("共27件"), Marks::default());
    }
}
