//! Which rows a label in a document can mean.

use std::collections::HashMap;

use super::row::Row;
use crate::unicode::{is_ideograph, letters};

/// The rows of a form by the letters of their labels.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    rows: HashMap<String, Vec<usize>>,
    /// The first letters of the labels without their numbers, in order.
    first: Vec<char>,
    longest: usize,
}

const NUMERALS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Takes a number in front, and 其中, off the letters of a label.
fn without_number(letters: &str) -> &str {
    let core = letters.trim_start_matches(NUMERALS);
    let core = core.trim_start_matches(|c: char| c.is_ascii_digit());
    core.strip_prefix("其中").unwrap_or(core)
}

/// Takes a number in front (`(一)`, `一、`, `1.`), and `其中:`, off a printed label.
pub(super) fn name(label: &str) -> &str {
    let numeral = |c: char| NUMERALS.contains(&c) || c.is_ascii_digit();
    let bracketed = label
        .strip_prefix('(')
        .and_then(|rest| rest.trim_start_matches(numeral).strip_prefix(')'));
    let counted = || {
        let rest = label.trim_start_matches(numeral);
        (rest.len() < label.len())
            .then(|| rest.strip_prefix(['、', '.']))
            .flatten()
    };
    let rest = bracketed.or_else(counted).unwrap_or(label);
    rest.strip_prefix("其中:").unwrap_or(rest)
}

impl Labels {
    /// Every way to write each label: with its number or without, with the note, with the unit.
    pub fn new(rows: &[Row]) -> Self {
        let mut labels = Labels::default();
        for (index, row) in rows.iter().enumerate() {
            let note = letters(row.note.as_deref().unwrap_or_default());
            let unit = letters(&row.unit);
            let spellings = row.also.iter().map(String::as_str);
            for label in std::iter::once(&*row.label).chain(spellings) {
                let full = letters(label);
                for tail in ["", &note, &unit] {
                    for core in [full.as_str(), without_number(&full)] {
                        let rows = labels.rows.entry(format!("{core}{tail}")).or_default();
                        if !rows.contains(&index) {
                            rows.push(index);
                        }
                    }
                }
                labels.first.extend(without_number(&full).chars().next());
                labels.first.extend(full.contains("其中").then_some('其'));
                labels.longest = labels
                    .longest
                    .max(4 * (full.len() + note.len() + unit.len()));
            }
        }
        labels.first.sort_unstable();
        labels.first.dedup();
        labels
    }

    /// Whether a character is a Chinese numeral, as labels are numbered with.
    pub fn is_numeral(&self, c: char) -> bool {
        NUMERALS.contains(&c)
    }

    /// Whether a label may begin like this. Where it may with a compatibility character, its letters have to be looked at.
    pub fn may_begin(&self, text: &str) -> bool {
        let number = |c: char| match is_ideograph(c) {
            true => NUMERALS.contains(&c),
            false => c.is_ascii_digit() || !c.is_alphanumeric(),
        };
        let first = text.chars().find(|c| !number(*c));
        first.is_some_and(|c| !is_ideograph(c) || self.first.binary_search(&c).is_ok())
    }

    /// The rows that a text can be the label of: none, one, or, for a label that the form has twice, several.
    pub fn candidates(&self, text: &str) -> &[usize] {
        // No label is so long, even with a space between all of its characters; and nearly all that is not one begins
        // with another letter.
        if text.len() > self.longest || !self.may_begin(text) {
            return &[];
        }
        let letters = letters(text);
        let found = self
            .rows
            .get(&letters)
            .or_else(|| self.rows.get(without_number(&letters)));
        found.map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_without_their_number() {
        for (label, expected) in [
            ("一、主动公开情况", "主动公开情况"),
            ("(十二)收到申请数", "收到申请数"),
            ("1.当面申请数", "当面申请数"),
            ("其中:涉及国家秘密", "涉及国家秘密"),
            ("三类内部事务信息", "三类内部事务信息"),
        ] {
            assert_eq!(name(label), expected);
        }
    }
}
