//! Three-valued logic over the records of a run, a bit each.

use super::lane::Lane;
use crate::rule::Operator;

/// How many records are computed at once: few enough that their sums stay in the nearest cache.
pub(super) const RUN: usize = 1024;

/// A bit for every record of a run, from the lowest of the first word.
pub(super) type Marks = [u64; RUN / 64];

/// Where a statement holds, and where it fails; where neither, it is undetermined.
pub(super) struct Truth {
    pub holds: Marks,
    pub fails: Marks,
}

impl Truth {
    /// Of every record that it holds.
    pub const HOLDS: Truth = Truth {
        holds: [u64::MAX; RUN / 64],
        fails: [0; RUN / 64],
    };

    /// Of none what it is.
    pub const UNKNOWN: Truth = Truth {
        holds: [0; RUN / 64],
        fails: [0; RUN / 64],
    };

    /// Of a comparison, by its left − right, in which a blank cell is 0. `known` are the records whose true difference is no
    /// less than that, and those where it is no more, if not all are.
    pub fn compare<L: Lane>(
        operator: Operator,
        differences: &[L; RUN],
        known: [Option<&[u64]>; 2],
    ) -> Self {
        if known == [None; 2] {
            let fails = broken(operator, differences);
            let holds = fails.map(|word| !word);
            return Truth { holds, fails };
        }
        let positive = || Truth::of(broken(Operator::Greater, differences), known);
        let not_negative = || Truth::of(broken(Operator::GreaterOrEqual, differences), known);
        match operator {
            Operator::Equal => not_negative().and(positive().not()),
            Operator::NotEqual => not_negative().not().or(positive()),
            Operator::Less => not_negative().not(),
            Operator::LessOrEqual => positive().not(),
            Operator::Greater => positive(),
            Operator::GreaterOrEqual => not_negative(),
        }
    }

    /// That the true difference is at least so much: `fails` where that with 0 for blanks is not.
    fn of(mut fails: Marks, [least, most]: [Option<&[u64]>; 2]) -> Self {
        let mut holds = fails.map(|word| !word);
        let keep = |marks: &mut Marks, known: Option<&[u64]>| {
            let words = marks.iter_mut().zip(known.unwrap_or_default());
            words.for_each(|(word, known)| *word &= known);
        };
        keep(&mut holds, least);
        keep(&mut fails, most);
        Truth { holds, fails }
    }

    /// Forgets what is known beyond the first so many records.
    pub fn cut(&mut self, records: usize) {
        if records == RUN {
            return;
        }
        let words = self.holds.iter_mut().zip(&mut self.fails);
        for (index, (holds, fails)) in words.enumerate() {
            let within = match records.saturating_sub(index * 64) {
                rest @ 0..64 => (1 << rest) - 1,
                _ => u64::MAX,
            };
            *holds &= within;
            *fails &= within;
        }
    }

    pub fn not(self) -> Self {
        Truth {
            holds: self.fails,
            fails: self.holds,
        }
    }

    pub fn and(mut self, other: Self) -> Self {
        join(&mut self.holds, &other.holds, |a, b| a & b);
        join(&mut self.fails, &other.fails, |a, b| a | b);
        self
    }

    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

fn join(into: &mut Marks, from: &Marks, join: impl Fn(u64, u64) -> u64) {
    for (into, from) in into.iter_mut().zip(from) {
        *into = join(*into, *from);
    }
}

/// Marks the differences that break the comparison.
fn broken<L: Lane>(operator: Operator, differences: &[L; RUN]) -> Marks {
    let zero = L::default();
    match operator {
        Operator::Equal => marks(differences, |difference| difference != zero),
        Operator::NotEqual => marks(differences, |difference| difference == zero),
        Operator::Less => marks(differences, |difference| difference >= zero),
        Operator::LessOrEqual => marks(differences, |difference| difference > zero),
        Operator::Greater => marks(differences, |difference| difference <= zero),
        Operator::GreaterOrEqual => marks(differences, |difference| difference < zero),
    }
}

fn marks<L: Lane>(differences: &[L; RUN], is: impl Fn(L) -> bool) -> Marks {
    let mut marks = [0; RUN / 64];
    for (marks, differences) in marks.iter_mut().zip(differences.chunks_exact(64)) {
        // Bytes first, which a processor can compute many of at once.
        let mut bytes = [0_u8; 64];
        for (byte, difference) in bytes.iter_mut().zip(differences) {
            *byte = u8::from(is(*difference));
        }
        // What nearly always is so of a rule.
        if bytes.iter().fold(0, |any, byte| any | byte) == 0 {
            continue;
        }
        for eight in bytes.chunks_exact(8).rev() {
            let eight = u64::from_le_bytes(eight.try_into().unwrap_or_default());
            *marks = *marks << 8 | eight.wrapping_mul(GATHER) >> 56;
        }
    }
    marks
}

/// Times eight bytes of 0 or 1, it has them as the bits of the highest byte: byte `i` is moved from bit `8 i` to bit
/// `56 + i`, and no two sums of others meet there.
const GATHER: u64 = 0x0102_0408_1020_4080;

/// How many records are marked.
pub(super) fn ones(marks: &Marks) -> u64 {
    let some = marks.iter().filter(|word| **word != 0);
    some.map(|word| u64::from(word.count_ones())).sum()
}

/// Which records are marked.
pub(super) fn positions(marks: &Marks) -> impl Iterator<Item = usize> {
    let words = marks.iter().enumerate().filter(|(_, word)| **word != 0);
    words.flat_map(|(index, word)| {
        let rest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
        let marks = std::iter::successors(Some(*word), rest);
        marks.map(move |word| index * 64 + word.trailing_zeros() as usize)
    })
}
