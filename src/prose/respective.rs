//! Numbers that are named before them, one after the other: 当面申请、网络申请、信函申请分别为3件、20件、4件.

use super::bind::{Binder, Context, SAID, Target, Walk};
use super::figure::Figure;
use super::marks::Mark;
use super::subject::Found;
use super::words::RESPECTIVELY;

/// A list has no more numbers.
const MAX_NUMBERS: usize = 12;
impl Binder<'_> {
    /// What the numbers of such a list are of, of which one is the first; `None` where it is not, or where not every name is that of
    /// a number.
    pub fn respective(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
    ) -> Option<Vec<Target>> {
        if !at.marks.has(Mark::Respectively) {
            return None;
        }
        let before = at.before(figure.range.start, walk.done);
        let clause = at.text.get(before)?;
        let (names, link) = split_at_word(clause)?;
        let figures = numbers_from(at, figure)?;
        if !self.finder.words.is_plain(link) {
            return None;
        }
        let names = names_of(names, figures.len())?;
        let targets = figures.iter().enumerate();
        let targets: Vec<Target> = targets
            .map(|(index, figure)| self.named_in_list(walk, at, figure, &names, index))
            .collect::<Option<_>>()?;
        let distinct = |(at, target): (usize, &Target)| {
            let mut before = targets.iter().take(at);
            before.all(|other| other.cells != target.cells)
        };
        let all = targets.iter().enumerate().all(distinct);
        all.then_some(targets)
    }

    /// What one name of a list calls: by itself, or with what only the last of them has behind it.
    fn named_in_list(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        names: &[&str],
        index: usize,
    ) -> Option<Target> {
        let name = *names.get(index)?;
        let last = *names.last()?;
        let ends = last.char_indices().rev().map(|(at, _)| at);
        let ends = ends.filter(|_| index + 1 < names.len());
        let shared = ends.filter_map(|at| Some([name, last.get(at..)?].concat()));
        std::iter::once(name.to_owned())
            .chain(shared)
            .find_map(|text| self.called(walk, at, figure, &text))
    }

    fn called(&self, walk: &Walk, at: &Context<'_>, figure: &Figure, text: &str) -> Option<Target> {
        let found: Option<Found> = self.finder.before(text, SAID);
        self.target_in_list(walk, at, figure, text, found)
    }
}

/// The numbers from one on, between which there is nothing but what joins them; `None` where it is only one.
fn numbers_from<'a>(at: &Context<'a>, figure: &Figure) -> Option<&'a [Figure]> {
    let first = at.figures.iter().position(|it| it == figure)?;
    let figures = at.figures.get(first..)?;
    let joined = |(one, other): &(&Figure, &Figure)| {
        let between = at.text.get(one.range.end..other.range.start);
        between.is_some_and(|it| matches!(it, "、" | "," | "和" | "及" | "与" | "以及" | "、和"))
    };
    let pairs = figures.iter().zip(figures.get(1..)?);
    let count = 1 + pairs.take_while(joined).count();
    figures
        .get(..count)
        .filter(|_| (2..=MAX_NUMBERS).contains(&count))
}

/// The names before 分别, and what stands between it and the numbers.
fn split_at_word(clause: &str) -> Option<(&str, &str)> {
    let found = RESPECTIVELY
        .iter()
        .filter_map(|word| Some((clause.rfind(word)?, word)));
    let (at, word) = found.max()?;
    Some((clause.get(..at)?, clause.get(at + word.len()..)?))
}

/// So many names, which 、 sets apart, and perhaps a word the last two.
fn names_of(text: &str, count: usize) -> Option<Vec<&str>> {
    let mut names: Vec<&str> = text.trim_end_matches(['的', ':']).split('、').collect();
    if names.len() + 1 == count {
        let last = names.pop()?;
        let words = ["以及", "和", "及", "与"];
        let mut cuts = words.iter().filter_map(|word| last.split_once(word));
        let (one, other) = cuts.find(|(one, other)| !one.is_empty() && !other.is_empty())?;
        names.extend([one, other]);
    }
    (names.len() == count && names.iter().all(|it| !it.is_empty())).then_some(names)
}
