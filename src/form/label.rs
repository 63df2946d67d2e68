//! Which rows a label in a document can mean.

use rustc_hash::FxHashMap;

use super::beginning::Beginnings;
use super::row::Row;
use crate::unicode::{is_ideograph, letters};

/// The rows of a form by the letters of their labels.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    rows: FxHashMap<String, Vec<usize>>,
    beginnings: Beginnings,
    /// The first letters of the labels without their numbers, in order.
    first: Vec<char>,
    longest: usize,
    /// The labels without their numbers, for what is none of them and may be meant for one.
    spellings: Vec<Spelling>,
}

/// One way to write a label.
#[derive(Clone, Debug)]
struct Spelling {
    letters: String,
    length: usize,
    set: u64,
    rows: Vec<usize>,
}

/// A misspelt label differs from the form's in no more letters, nor in more than one in [`LETTERS_TO_ONE`].
const MAX_DISTANCE: usize = 2;
const LETTERS_TO_ONE: usize = 3;
/// A shortened label has as many letters at least.
const MIN_SHORTENED: usize = 4;
/// What is left away at the end of a label without a change of its meaning.
const COUNT_WORDS: [&str; 3] = ["数", "数量", "总数"];

const NUMERALS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Takes a number in front, and 其中, off the letters of a label.
fn without_number(letters: &str) -> &str {
    let core = letters.trim_start_matches(NUMERALS);
    let core = core.trim_start_matches(|c: char| c.is_ascii_digit());
    core.strip_prefix("其中").unwrap_or(core)
}

/// The number in front of a label, however it is written: `(十二)`, `12.`, `⑫`.
pub(crate) fn number(label: &str) -> Option<u32> {
    let letters = letters(label);
    let number = letters.strip_suffix(without_number(&letters))?;
    let number = number.strip_suffix("其中").unwrap_or(number);
    let digit = |text: &str| match text.chars().collect::<Vec<_>>()[..] {
        [] => None,
        [c] => (1..).zip(NUMERALS).find(|(_, it)| **it == c).map(|it| it.0),
        _ => None,
    };
    match number.split_once('十') {
        None => number.parse().ok().or_else(|| digit(number)),
        Some(("", "")) => Some(10),
        Some(("", ones)) => Some(10 + digit(ones)?),
        Some((tens, "")) => Some(10 * digit(tens)?),
        Some((tens, ones)) => Some(10 * digit(tens)? + digit(ones)?),
    }
}

/// The letters of a text as a set, of which several may share a place: texts that are `n` letters apart differ in `n` places
/// at most, which is quickly seen.
fn set(letters: &str) -> u64 {
    letters.chars().fold(0, |set, c| set | 1 << (c as u32 % 64))
}

/// The rows that are meant by what several spellings have in common.
#[derive(Clone, Copy, Default)]
enum Meant<'a> {
    #[default]
    Nothing,
    Rows(&'a [usize]),
    Several,
}

impl<'a> Meant<'a> {
    fn or(self, other: Meant<'a>) -> Self {
        match (self, other) {
            (Meant::Nothing, it) | (it, Meant::Nothing) => it,
            (Meant::Rows(one), Meant::Rows(other)) if one == other => self,
            _ => Meant::Several,
        }
    }
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
        labels.beginnings = Beginnings::new(labels.rows.keys());
        labels.first.sort_unstable();
        labels.first.dedup();
        let named = labels.rows.iter();
        let named = named.filter(|(letters, _)| without_number(letters).len() == letters.len());
        labels.spellings = named
            .map(|(letters, rows)| Spelling {
                letters: letters.clone(),
                length: letters.chars().count(),
                set: set(letters),
                rows: rows.clone(),
            })
            .collect();
        labels
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
        self.of_letters(&letters(text))
    }

    /// The same, of the letters of a text.
    pub fn of_letters(&self, letters: &str) -> &[usize] {
        let core = || Some(without_number(letters)).filter(|core| core.len() < letters.len());
        let found = self.rows.get(letters);
        let found = found.or_else(|| self.rows.get(core()?));
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether these letters are those of a Chinese number, as it stands in front of a label, or none at all.
    pub fn is_numeral(letters: &str) -> bool {
        letters.chars().all(|c| NUMERALS.contains(&c))
    }

    /// Whether these letters may be the first piece of a label that is broken.
    pub fn begins(&self, letters: &str) -> bool {
        self.beginnings.has(without_number(letters))
    }

    /// The rows that a text which is no label is likely to mean: those of the one label that it is a misspelling or the
    /// beginning of. What is as near to another label means none.
    pub fn nearest(&self, text: &str) -> &[usize] {
        if text.len() > self.longest {
            return &[];
        }
        let letters = letters(text);
        let name = without_number(&letters);
        let (length, of_name) = (name.chars().count(), set(name));
        let (mut whole, mut begun, mut near) = (Meant::Nothing, Meant::Nothing, Meant::Nothing);
        let mut nearest = MAX_DISTANCE;
        for spelling in &self.spellings {
            let rows = Meant::Rows(&spelling.rows);
            if let Some(rest) = spelling.letters.strip_prefix(name) {
                if length >= MIN_SHORTENED && COUNT_WORDS.contains(&rest) {
                    whole = whole.or(rows);
                } else if length >= MIN_SHORTENED {
                    begun = begun.or(rows);
                }
            }
            let apart = |one: u64, other: u64| (one & !other).count_ones() as usize > nearest;
            if length.abs_diff(spelling.length) > nearest
                || apart(of_name, spelling.set)
                || apart(spelling.set, of_name)
            {
                continue;
            }
            let distance = strsim::osa_distance(name, &spelling.letters);
            if distance > nearest || distance * LETTERS_TO_ONE > length.min(spelling.length) {
                continue;
            }
            near = match distance < nearest {
                true => rows,
                false => near.or(rows),
            };
            nearest = distance;
        }
        let shortened = match whole {
            Meant::Nothing => begun,
            _ => whole,
        };
        match shortened.or(near) {
            Meant::Rows(rows) => rows,
            Meant::Nothing | Meant::Several => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Table;
    use crate::nine_category::NineCategory;

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

    #[test]
    fn numbers_in_front_of_labels() {
        for (label, expected) in [
            ("一、主动公开情况", Some(1)),
            ("（十二）收到申请数", Some(12)),
            ("二十、收到申请数", Some(20)),
            ("二十三、收到申请数", Some(23)),
            ("⑫当面申请数", Some(12)),
            ("3.其中:当面申请数", Some(3)),
            ("其中:涉及国家秘密", None),
            ("收到申请数", None),
            ("三三收到申请数", None),
        ] {
            assert_eq!(number(label), expected, "{label}");
        }
    }

    #[test]
    fn the_label_that_is_meant() {
        let form = NineCategory::form();
        let labels = form.labels();
        for (text, expected) in [
            ("(一)收到申清数", "收到申请数"),
            ("收到申请", "收到申请数"),
            ("收到请申数", "收到申请数"),
            ("制发规范性文件数", "制发规范性文件总数"),
            ("制发规范性文件", "制发规范性文件总数"),
            ("涉及国家秘蜜", "涉及国家秘密"),
            ("维持具体行政行为", "维持具体行政行为数"),
            (
                "维持具体行政行为或者驳回",
                "维持具体行政行为或者驳回原告诉讼请求数",
            ),
            (
                "专职人员数(不包括政府公报和政府网站工作人员数)",
                "专职人员数",
            ),
            ("政务微博", "政务微博公开政府信息数"),
            // As near to one as to another.
            ("政务微傅公开政府信息数", ""),
            ("某职人员数", ""),
            ("政府信息公开", ""),
            ("维持具体行政行为或", ""),
            // Too far for so few letters.
            ("收到诉请数", "收到申请数"),
            ("受理申清数", ""),
            ("收到", ""),
            ("某某数", ""),
            ("", ""),
        ] {
            let names = labels.nearest(text).iter();
            let names: Vec<&str> = names.map(|row| form.rows()[*row].name()).collect();
            assert_eq!(names.join(""), expected, "{text}");
        }
        let corrected = labels.nearest("被依法纠措数");
        assert_eq!(corrected.len(), 2);
    }
}
