//! The rules of a page: pieces to whole ones, and which of them belong together.

use super::drawn::Rule;

/// Rules that stand nearer to each other are one that was drawn in pieces, or twice.
const SAME: i32 = 100;
/// Pieces of a rule that leave no more between them are one.
const GAP: i32 = 300;
/// A rule that ends so near to another meets it.
const MEET: i32 = 220;
/// So many of a page are looked at, the longest ones: more are a drawing's.
const MAX_RULES: usize = 1_000;

/// Rules that meet each other, whether directly or by others.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    pub level: Vec<Rule>,
    pub upright: Vec<Rule>,
}

/// Makes one rule of its pieces.
pub(crate) fn whole(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_unstable();
    let mut all: Vec<Rule> = Vec::new();
    let mut rest = rules.as_slice();
    while let Some(first) = rest.first() {
        let count = rest
            .iter()
            .take_while(|it| it.at - first.at <= SAME)
            .count();
        let (near, behind) = rest.split_at(count);
        rest = behind;
        let mut near: Vec<Rule> = near.to_vec();
        near.sort_unstable_by_key(|it| (it.from, it.to));
        let before = all.len();
        for rule in near {
            let known = all.len() > before;
            let last = all.last_mut().filter(|_| known);
            match last.filter(|last| rule.from - last.to <= GAP) {
                Some(last) => last.to = last.to.max(rule.to),
                None => all.push(Rule {
                    at: first.at,
                    ..rule
                }),
            }
        }
    }
    if all.len() > MAX_RULES {
        all.sort_unstable_by_key(|rule| rule.from - rule.to);
        all.truncate(MAX_RULES);
        all.sort_unstable();
    }
    all
}

/// Puts together the rules that meet.
pub(crate) fn frames(level: &[Rule], upright: &[Rule]) -> Vec<Frame> {
    let mut groups = Groups::new(level.len() + upright.len());
    for (row, one) in level.iter().enumerate() {
        for (column, other) in upright.iter().enumerate() {
            if meets(one, other) {
                groups.join(row, level.len() + column);
            }
        }
    }
    let mut frames: Vec<Frame> = Vec::new();
    let mut known: Vec<Option<usize>> = vec![None; level.len() + upright.len()];
    let all = level.iter().map(|it| (it, true));
    let all = all.chain(upright.iter().map(|it| (it, false)));
    for (index, (rule, is_level)) in all.enumerate() {
        let Some(slot) = known.get_mut(groups.of(index)) else {
            continue;
        };
        let number = *slot.get_or_insert_with(|| {
            frames.push(Frame::default());
            frames.len() - 1
        });
        if let Some(frame) = frames.get_mut(number) {
            match is_level {
                true => frame.level.push(*rule),
                false => frame.upright.push(*rule),
            }
        }
    }
    frames
}

fn meets(level: &Rule, upright: &Rule) -> bool {
    let near = |at: i32, rule: &Rule| at >= rule.from - MEET && at <= rule.to + MEET;
    near(upright.at, level) && near(level.at, upright)
}

/// Things of which some belong together.
#[derive(Debug)]
pub(crate) struct Groups(Vec<usize>);

impl Groups {
    pub fn new(count: usize) -> Self {
        Groups((0..count).collect())
    }

    /// The first of those that belong together with this one.
    pub fn of(&mut self, index: usize) -> usize {
        let mut at = index;
        while let Some(&up) = self.0.get(at).filter(|up| **up != at) {
            let further = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = further;
            }
            at = further;
        }
        at
    }

    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        let (first, second) = (one.min(other), one.max(other));
        if let Some(slot) = self.0.get_mut(second) {
            *slot = first;
        }
    }
}
