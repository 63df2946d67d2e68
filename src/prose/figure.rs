//! The figures of a sentence: what is a number of things, an amount, a percentage, and what is a date or something else.

use std::ops::Range;

use super::numeral::{self, Numeral, numeral};
use super::sentence::Has;
use crate::number::written::{Measure, measure};

/// One number of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// The number with its unit.
    pub range: Range<usize>,
    /// Its unit.
    pub unit: Range<usize>,
    pub kind: FigureKind,
    /// Its value, where that is written out: 十二件.
    pub spelled: Option<u64>,
    /// It is said to be about so many.
    pub approximate: bool,
}

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FigureKind {
    Things,
    Money,
    Percent,
    Year(u16),
    /// A date, an ordinal, a number without a unit.
    Other,
}

/// Words before a number that is not exact; and behind it, before its unit or behind that.
pub(super) const ABOUT: &[&str] = &[
    "近", "约", "超", "超过", "逾", "接近", "不足", "不到", "至少", "至多", "突破", "上下",
];
const OR_SO: &[&str] = &["余", "多", "来"];
const SOME: &[&str] = &["左右", "以上", "以下", "以内", "上下", "余", "多"];

/// The numbers of a sentence, from left to right.
pub(super) fn figures(text: &str, has: Has) -> Vec<Figure> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(first_digit) {
        let start = at + found;
        let mut end = start;
        while digit(end) {
            end += 1;
        }
        let thousands = |at: usize| {
            bytes.get(at) == Some(&b',') && (1..=3).all(|next| digit(at + next)) && !digit(at + 4)
        };
        if end - start <= 3 {
            while thousands(end) {
                end += 4;
            }
        }
        if bytes.get(end) == Some(&b'.') && digit(end + 1) {
            end += 1;
            while digit(end) {
                end += 1;
            }
        }
        out.push(figure(text, start..end));
        at = end;
    }
    if has.numerals {
        out.extend(spelled(text));
        out.sort_by_key(|figure| figure.range.start);
    }
    out
}

/// Where the first digit stands. Most bytes are none, and are passed over many at a time, without a branch for each.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    const MANY: usize = 32;
    let any = |some: &[u8]| some.iter().fold(false, |any, it| any | it.is_ascii_digit());
    let without = bytes.chunks_exact(MANY).take_while(|some| !any(some));
    let start = MANY * without.count();
    let mut rest = bytes.get(start..)?.iter();
    rest.position(u8::is_ascii_digit).map(|at| start + at)
}

/// The numbers that are written out and count something.
fn spelled(text: &str) -> impl Iterator<Item = Figure> {
    let mut done = 0;
    let starts = text.char_indices().filter(|(_, c)| numeral::begins(*c));
    starts.filter_map(move |(start, _)| {
        if start < done {
            return None;
        }
        let rest = text.get(start..)?;
        let Numeral { value, length } = numeral(rest)?;
        done = start + length;
        let behind = rest.get(length..)?;
        let (unit, kind) = unit(behind);
        // 第三次, 数十件, 三个方面, 两次办: none of them counts what a row does.
        let other = |c: char| c.is_ascii_alphanumeric() || "第数几上近约十百千万亿.-".contains(c);
        let single = length == '一'.len_utf8() && behind.starts_with('个');
        let next = behind.get(unit..)?;
        let counts = kind == FigureKind::Things
            && !text.get(..start)?.ends_with(other)
            && !single
            && !next.starts_with(['性', '办', '以', '余', '多', '左']);
        counts.then(|| Figure {
            range: start..done + unit,
            unit: done..done + unit,
            kind,
            spelled: Some(value),
            approximate: false,
        })
    })
}

fn figure(text: &str, number: Range<usize>) -> Figure {
    let before = text.get(..number.start).unwrap_or_default();
    let mut rest = text.get(number.end..).unwrap_or_default();
    let mut approximate = ABOUT.iter().any(|word| before.ends_with(word));
    let skip = |words: &[&str], rest: &mut &str, approximate: &mut bool| {
        let found = words.iter().find_map(|word| rest.strip_prefix(word));
        if let Some(behind) = found {
            *rest = behind;
            *approximate = true;
        }
    };
    skip(OR_SO, &mut rest, &mut approximate);
    let large = rest.strip_prefix(['万', '亿']);
    if let Some(behind) = large.filter(|behind| !behind.starts_with('元')) {
        // 1.2万条 has been rounded.
        rest = behind;
        approximate = true;
    }
    skip(OR_SO, &mut rest, &mut approximate);
    let unit_start = text.len() - rest.len();
    let (length, kind) = unit(rest);
    let unit = unit_start..unit_start + length;
    let mut behind = text.get(unit.end..).unwrap_or_default();
    skip(SOME, &mut behind, &mut approximate);
    let joined = |c: char| c.is_ascii_alphanumeric() || "第.-〔[_/@".contains(c);
    let other = before.ends_with(joined) || rest.starts_with(['-', '_', '/', '@', '〕', ']']);
    let digits = text.get(number.clone()).unwrap_or_default();
    let kind = match kind {
        _ if other => FigureKind::Other,
        FigureKind::Year(_) => match digits.parse() {
            Ok(year @ 1990..2100) => FigureKind::Year(year),
            _ => FigureKind::Other,
        },
        kind => kind,
    };
    Figure {
        range: number.start..unit.end,
        unit,
        kind,
        spelled: None,
        approximate,
    }
}

/// How long the unit is that a text begins with, and what it measures.
fn unit(text: &str) -> (usize, FigureKind) {
    if text.starts_with('%') {
        return (1, FigureKind::Percent);
    }
    if text.starts_with('年') {
        return ('年'.len_utf8(), FigureKind::Year(0));
    }
    for length in [3, 2, 1] {
        let end = text
            .char_indices()
            .nth(length)
            .map_or(text.len(), |(end, _)| end);
        let unit = text.get(..end).unwrap_or_default();
        let kind = match measure(unit) {
            Some(Measure::Things(0)) => FigureKind::Things,
            Some(Measure::Money(_)) => FigureKind::Money,
            Some(Measure::Things(_)) | None => continue,
        };
        // 个 of 个月 and 个百分点 counts nothing.
        let behind = text.get(end..).unwrap_or_default();
        let counts = !(unit == "个" && behind.starts_with(['月', '百', '工', '小']))
            || (behind.starts_with("工作") && !behind.starts_with("工作日"));
        return (end, if counts { kind } else { FigureKind::Other });
    }
    (0, FigureKind::Other)
}

/// Whether a number in one unit may be that of a row in another: reports are free with measure words, not with what they
/// measure.
pub(super) fn units_agree(row: &str, said: &str) -> bool {
    let alike: &[&str] = match row {
        "件" | "条" | "篇" | "项" | "份" | "宗" | "起" => &[
            "件", "条", "篇", "项", "份", "宗", "起", "例", "件次", "条次", "个",
        ],
        "次" => &["次", "场", "场次", "个", "件", "起", "期", "条"],
        "个" => &["个", "处", "家", "所"],
        "人" => &["人", "名", "位"],
        "人次" => &["人次", "人", "名"],
        _ => &[],
    };
    row == said || alike.contains(&said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart_by_their_units() {
        use FigureKind::*;
        for (text, expected) in [
            (
                "2017年,收到27件",
                vec![("2017年", Year(2017), false), ("27件", Things, false)],
            ),
            (
                "占18.9%,提高2.5个百分点",
                vec![("18.9%", Percent, false), ("2.5个", Other, false)],
            ),
            ("共1,234条", vec![("1,234条", Things, false)]),
            (
                "收到十二件,办结10件",
                vec![("十二件", Things, false), ("10件", Things, false)],
            ),
            ("第三次,数十件,三个方面,一次性,两次办", vec![]),
            (
                "27件,100份",
                vec![("27件", Things, false), ("100份", Things, false)],
            ),
            ("1.2万条", vec![("1.2万条", Things, true)]),
            ("近4万人", vec![("4万人", Things, true)]),
            ("800余条", vec![("800余条", Things, true)]),
            ("30余万条", vec![("30余万条", Things, true)]),
            ("30件左右", vec![("30件", Things, true)]),
            ("1.5万元", vec![("1.5万元", Money, false)]),
            ("3人次", vec![("3人次", Things, false)]),
            ("第3条", vec![("3条", Other, false)]),
            (
                "国办发〔2014〕32号",
                vec![("2014", Other, false), ("32", Other, false)],
            ),
            ("12月31日", vec![("12", Other, false), ("31", Other, false)]),
            (
                "0432-12345678",
                vec![("0432", Other, false), ("12345678", Other, false)],
            ),
            (
                "1个查阅点,3个月",
                vec![("1个", Things, false), ("3个", Other, false)],
            ),
        ] {
            let has = Has {
                digits: true,
                numerals: true,
                none: true,
            };
            let found: Vec<_> = figures(text, has)
                .into_iter()
                .map(|it| (&text[it.range], it.kind, it.approximate))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
