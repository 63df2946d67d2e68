//! A whole and its parts within one sentence, whatever they are of: 全市收到100件,其中市公安局60件、市教育局30件、其他部门20件.

use std::ops::Range;

use super::bind::{Binder, Context, Walk};
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
}

impl Binder<'_> {
    /// Takes the next number of a sentence: a part of the whole before it, or what may be the next whole.
    pub fn tally(&self, walk: &mut Walk, at: &Context<'_>, figure: &Figure, claim: usize) {
        let counted = counted(walk, at, figure, claim);
        let Some(tally) = &mut walk.now.tally else {
            walk.now.counted_last = counted;
            return;
        };
        let unit = |range: &Range<usize>| at.text.get(range.clone()).unwrap_or_default();
        match counted {
            Some(part) if unit(&part.unit) == unit(&tally.whole.unit) => {
                let clause = at.text.get(part.clause.clone()).unwrap_or_default();
                tally.doubtful |= OVERLAPPING.iter().any(|word| clause.contains(word));
                tally.complete |= REST.iter().any(|word| clause.starts_with(word));
                tally.parts.push(part);
            }
            Some(_) => {}
            None => tally.doubtful = true,
        }
    }

    /// The list ends: it is kept where it should sum, and does not.
    pub fn end_tally(&mut self, walk: &mut Walk, at: &Context<'_>) {
        let Some(tally) = walk.now.tally.take() else {
            return;
        };
        let sum = tally
            .parts
            .iter()
            .try_fold(0_u64, |sum, part| sum.checked_add(part.value));
        let several = tally.parts.iter().filter(|part| part.value > 0).count() > 1;
        let Some(sum) = sum.filter(|sum| *sum != tally.whole.value) else {
            return;
        };
        if tally.complete && several && !tally.doubtful {
            let place = |counted: &Counted| (at.place)(counted.clause.clone());
            self.uneven.push(Uneven {
                whole: (place(&tally.whole), tally.whole.value),
                parts: tally.parts.iter().map(place).collect(),
                sum,
                claims: std::iter::once(&tally.whole)
                    .chain(&tally.parts)
                    .map(|it| it.claim)
                    .collect(),
            });
        }
    }
}

/// A number that counts things exactly.
fn counted(walk: &Walk, at: &Context<'_>, figure: &Figure, claim: usize) -> Option<Counted> {
    if figure.kind != FigureKind::Things || figure.approximate {
        return None;
    }
    let digits = at.text.get(figure.range.start..figure.unit.start)?;
    let value = figure
        .spelled
        .or_else(|| digits.replace(',', "").parse().ok())?;
    Some(Counted {
        claim,
        value,
        unit: figure.unit.clone(),
        clause: at.shown(walk.counted, figure.range.clone()),
    })
}
