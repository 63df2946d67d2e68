//! Three-valued logic over the records of a run.

use std::ops::Range;

use super::sum::Lane;
use crate::rule::Operator;

/// How many records are computed at once: few enough that their sums stay in the nearest cache.
pub(super) const RUN: usize = 1024;

/// Marks the differences that break the comparison.
fn mark<L: Lane>(operator: Operator, differences: &[L], marks: &mut Marks) {
    let zero = L::default();
    match operator {
        Operator::Equal => each(differences, marks, |difference| difference != zero),
        Operator::NotEqual => each(differences, marks, |difference| difference == zero),
        Operator::Less => each(differences, marks, |difference| difference >= zero),
        Operator::LessOrEqual => each(differences, marks, |difference| difference > zero),
        Operator::Greater => each(differences, marks, |difference| difference <= zero),
        Operator::GreaterOrEqual => each(differences, marks, |difference| difference < zero),
    }
}

fn each<L: Lane>(differences: &[L], marks: &mut Marks, is: impl Fn(L) -> bool) {
    for (mark, difference) in marks.iter_mut().zip(differences) {
        *mark = u8::from(is(*difference));
    }
}

/// For every record of a run 1, or 0.
pub(super) type Marks = [u8; RUN];

/// What is known of a statement, for every record of a run.
pub(super) trait Truth {
    /// Of nothing yet.
    const BLANK: Self;

    /// Of a comparison, by its left − right; `there` are the records of which that is known.
    fn compare<L: Lane>(&mut self, operator: Operator, differences: &[L], there: Option<&[u64]>);
    fn not(&mut self);
    fn and(&mut self, other: &Self);
    fn or(&mut self, other: &Self);
}

/// Where a statement fails; elsewhere it holds: of a run in which nothing is blank.
pub(super) struct TwoValued {
    pub fails: Marks,
}

impl Truth for TwoValued {
    const BLANK: Self = TwoValued { fails: [0; RUN] };

    fn compare<L: Lane>(&mut self, operator: Operator, differences: &[L], _: Option<&[u64]>) {
        mark(operator, differences, &mut self.fails);
    }

    fn not(&mut self) {
        self.fails.iter_mut().for_each(|fail| *fail ^= 1);
    }

    fn and(&mut self, other: &Self) {
        join(&mut self.fails, &other.fails, |a, b| a | b);
    }

    fn or(&mut self, other: &Self) {
        join(&mut self.fails, &other.fails, |a, b| a & b);
    }
}

/// Where a statement holds, and where it fails; where neither, it is undetermined.
pub(super) struct ThreeValued {
    pub holds: Marks,
    pub fails: Marks,
}

impl Truth for ThreeValued {
    const BLANK: Self = ThreeValued {
        holds: [0; RUN],
        fails: [0; RUN],
    };

    fn compare<L: Lane>(&mut self, operator: Operator, differences: &[L], there: Option<&[u64]>) {
        mark(operator, differences, &mut self.fails);
        self.holds = [1; RUN];
        if let Some(there) = there {
            let bytes = there.iter().flat_map(|word| word.to_le_bytes());
            for (byte, eight) in bytes.zip(self.holds.chunks_exact_mut(8)) {
                eight.copy_from_slice(MARKS.get(usize::from(byte)).unwrap_or(&[0; 8]));
            }
            join(&mut self.fails, &self.holds, |fail, there| fail & there);
        }
        join(&mut self.holds, &self.fails, |there, fail| there ^ fail);
    }

    fn not(&mut self) {
        std::mem::swap(&mut self.holds, &mut self.fails);
    }

    fn and(&mut self, other: &Self) {
        join(&mut self.holds, &other.holds, |a, b| a & b);
        join(&mut self.fails, &other.fails, |a, b| a | b);
    }

    fn or(&mut self, other: &Self) {
        join(&mut self.holds, &other.holds, |a, b| a | b);
        join(&mut self.fails, &other.fails, |a, b| a & b);
    }
}

fn join(into: &mut Marks, from: &Marks, join: impl Fn(u8, u8) -> u8) {
    for (into, from) in into.iter_mut().zip(from) {
        *into = join(*into, *from);
    }
}

/// How many records of the run are marked.
pub(super) fn ones(marks: &Marks, run: &Range<usize>) -> u64 {
    let marks = marks.get(..run.len()).unwrap_or_default();
    // So few that their sum fits in a byte, which is what the compiler adds up fastest.
    let few = marks
        .chunks(128)
        .map(|few| few.iter().fold(0_u8, |sum, mark| sum.wrapping_add(*mark)));
    few.map(u64::from).sum()
}

/// Which records of the run are marked, from its first on.
pub(super) fn positions(marks: &Marks, run: &Range<usize>) -> impl Iterator<Item = usize> {
    let length = run.len();
    let eights = marks.chunks_exact(8).take(length.div_ceil(8));
    let words = eights.map(|eight| u64::from_le_bytes(eight.try_into().unwrap_or_default()));
    let some = words.enumerate().filter(|(_, word)| *word != 0);
    let all = some.flat_map(|(index, word)| {
        let rest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
        let marks = std::iter::successors(Some(word), rest);
        marks.map(move |word| index * 8 + word.trailing_zeros() as usize / 8)
    });
    all.filter(move |at| *at < length)
}

/// The bits of a byte as bytes.
#[expect(clippy::indexing_slicing, reason = "the compiler runs it")]
const MARKS: [[u8; 8]; 256] = {
    let mut marks = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            marks[byte][bit] = (byte >> bit & 1) as u8;
            bit += 1;
        }
        byte += 1;
    }
    marks
};
