//! A whole and its parts within one sentence, whatever they are of: 全市收到100件,其中市公安局60件、市教育局30件、其他部门20件.

use std::ops::Range;

use super::figure::{Figure, FigureKind};
use crate::place::Place;

/// Words of parts that may be counted more than once: what is published in several ways is one item.
const OVERLAPPING: &[&str] = &[
    "网站",
    "微博",
    "微信",
    "公报",
    "渠道",
    "方式",
    "平台",
    "公众号",
    "客户端",
    "含",
    "重复",
];
/// Words that begin the last part, which is all that is left.
const REST: &[&str] = &["其他", "其它", "其余", "余下", "剩余"];

/// A number of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// Its claim.
    claim: usize,
    value: u64,
    unit: Range<usize>,
    /// Its clause, as it is shown.
    clause: Range<usize>,
}

/// A whole, and the parts behind it so far.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    whole: Counted,
    parts: Vec<Counted>,
    /// In how many brackets it began.
    depth: usize,
    /// It says that it names all of the parts.
    complete: bool,
    /// Something among the parts may be counted twice, or is not exact.
    doubtful: bool,
}

/// A whole that the parts which are named behind it do not sum to.
#[derive(Clone, Debug)]
pub(super) struct Uneven {
    pub whole: (Place, u64),
    pub parts: Vec<Place>,
    pub sum: u64,
    /// The claims of all of them.
    pub claims: Vec<usize>,
}

impl Tally {
    /// A list of the parts of a number begins.
    pub fn of(whole: Counted, complete: bool, depth: usize) -> Self {
        Tally {
            whole,
            parts: Vec::new(),
            depth,
            complete,
            doubtful: false,
        }
    }

    /// What is said within the list: that it names all of the parts, or only some.
    pub fn says(&mut self, complete: bool, open: bool) {
        self.complete |= complete;
        self.doubtful |= open;
    }

    /// Whether it began within so many brackets.
    pub fn began_in(&self, depth: usize) -> bool {
        self.depth == depth
    }

    /// Takes the next number of the list; one that is not exact, or counts nothing, leaves it in doubt.
    pub fn add(&mut self, text: &str, part: Option<Counted>) {
        let of = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        match part {
            Some(part) if of(&part.unit) == of(&self.whole.unit) => {
                let clause = of(&part.clause);
                self.doubtful |= OVERLAPPING.iter().any(|word| clause.contains(word));
                self.complete |= REST.iter().any(|word| clause.starts_with(word));
                self.parts.push(part);
            }
            Some(_) => {}
            None => self.doubtful = true,
        }
    }

    /// The list has ended: what it should sum to, where it does not.
    pub fn uneven(self, place: impl Fn(Range<usize>) -> Place) -> Option<Uneven> {
        let parts = || self.parts.iter();
        let sum = parts().try_fold(0_u64, |sum, part| sum.checked_add(part.value))?;
        let several = parts().filter(|part| part.value > 0).count() > 1;
        if sum == self.whole.value || !self.complete || !several || self.doubtful {
            return None;
        }
        let all = std::iter::once(&self.whole).chain(parts());
        Some(Uneven {
            whole: (place(self.whole.clause.clone()), self.whole.value),
            parts: parts().map(|it| place(it.clause.clone())).collect(),
            sum,
            claims: all.map(|it| it.claim).collect(),
        })
    }
}

impl Counted {
    /// A number of a claim that counts things exactly; its clause as it is shown.
    pub fn of(text: &str, figure: &Figure, claim: usize, clause: Range<usize>) -> Option<Counted> {
        if figure.kind != FigureKind::Things || figure.approximate {
            return None;
        }
        let digits = text.get(figure.range.start..figure.unit.start)?;
        let value = figure
            .spelled
            .or_else(|| digits.replace(',', "").parse().ok())?;
        Some(Counted {
            claim,
            value,
            unit: figure.unit.clone(),
            clause,
        })
    }
}
