//! Sentences: written alike, whatever signs and spaces a report uses, and the headings that they stand under.

use std::ops::Range;

use crate::unicode::is_quote;

/// No heading is longer, in bytes.
const MAX_HEADING: usize = 180;
/// A sentence longer than this, in bytes, is none.
const MAX_SENTENCE: usize = 4096;

/// One sentence of a line.
pub(super) struct Sentence<'t> {
    /// The line that it stands in.
    pub line: &'t str,
    /// Where in the line it begins and ends.
    pub range: Range<usize>,
    /// The sentence with full-width signs and digits as ASCII, without spaces.
    pub text: String,
    pub has: Has,
    /// From which byte of that on which byte of the line is meant: between two of these, both go on alike.
    runs: Vec<(usize, usize)>,
    /// Where in the text something is quoted: between “ and ”.
    quoted: Vec<Range<usize>>,
}

impl Sentence<'_> {
    /// Where a part of the text stands in the line.
    pub fn in_line(&self, part: Range<usize>) -> Range<usize> {
        let start = self.at(part.start);
        let Some(last) = part.end.checked_sub(1).filter(|last| *last >= part.start) else {
            return start..start;
        };
        // The last character may be longer in the line than here.
        let mut end = self.at(last) + 1;
        while !self.line.is_char_boundary(end) {
            end += 1;
        }
        // The quotation mark before a part is shown with it.
        let before = self.line.get(self.range.start..start).unwrap_or_default();
        let quote = before.chars().next_back().filter(|c| is_quote(*c));
        start - quote.map_or(0, char::len_utf8)..end
    }

    /// Whether a part of the text is quoted with words before it: “收到申请99件”的说法.
    pub fn quotes(&self, part: &Range<usize>) -> bool {
        let around = |it: &Range<usize>| it.start < part.start && part.end <= it.end;
        self.quoted.iter().any(around)
    }

    fn at(&self, byte: usize) -> usize {
        let run = self.runs.partition_point(|(start, _)| *start <= byte);
        let run = run.checked_sub(1).and_then(|run| self.runs.get(run));
        run.map_or(self.range.start, |(start, at)| {
            (at + byte - start).min(self.range.end)
        })
    }
}

/// The sentences of a line that may claim something: with where each begins. Headings are noted on the way.
pub(super) fn sentences<'t>(
    line: &'t str,
    headings: &mut Headings,
    mut each: impl FnMut(&Sentence<'t>, &Headings),
) {
    let mut start = 0;
    while let Some(rest) = line.get(start..).filter(|rest| !rest.is_empty()) {
        let (length, has) = next_sentence(rest);
        let range = start..start + length;
        start = range.end;
        headings.note(line.get(range.clone()).unwrap_or_default());
        if has != Has::default() && length <= MAX_SENTENCE {
            each(&written_alike(line, range, has), headings);
        }
    }
}

/// What stands in a sentence that may claim something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Has {
    pub digits: bool,
    /// A number that is written out, before what it counts.
    pub numerals: bool,
    /// A word that says that there is none of something.
    pub none: bool,
}

/// How long the sentence is that a text begins with, and what stands in it.
fn next_sentence(text: &str) -> (usize, Has) {
    let bytes = text.as_bytes();
    let mut has = Has::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let three = || match bytes.get(at..at + 3) {
            Some([one, two, three]) => [*one, *two, *three],
            _ => [0; 3],
        };
        match byte {
            b'0'..=b'9' => has.digits = true,
            b'!' | b'?' => return (at + 1, has),
            // 。, then ！ ？ and full-width digits, then 未 没 无.
            0xe3 if three() == [0xe3, 0x80, 0x82] => return (at + 3, has),
            0xef => match three() {
                [_, 0xbc, 0x81 | 0x9f] => return (at + 3, has),
                [_, 0xbc, 0x90..=0x99] => has.digits = true,
                _ => {}
            },
            0xe4 | 0xe5 | 0xe7 if is_numeral(three()) => {
                has.numerals |= counts(text.get(at + 3..).unwrap_or_default());
            }
            0xe6 => {
                has.none |= matches!(three(), [_, 0x9c, 0xaa] | [_, 0xb2, 0xa1] | [_, 0x97, 0xa0])
            }
            _ => {}
        }
        at += width(*byte);
    }
    (bytes.len(), has)
}

/// How many bytes the character has that begins with one.
fn width(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
    }
}

/// Whether these are the bytes of 二 三 四 五 六 七 八 九 十 两 百 千.
fn is_numeral(bytes: [u8; 3]) -> bool {
    matches!(
        bytes,
        [0xe4, 0xba, 0x8c | 0x94]
            | [0xe4, 0xb8, 0x83 | 0x89 | 0xa4]
            | [0xe4, 0xb9, 0x9d]
            | [0xe5, 0x9b, 0x9b]
            | [0xe5, 0x85, 0xab | 0xad]
            | [0xe5, 0x8d, 0x81 | 0x83]
            | [0xe7, 0x99, 0xbe]
    )
}

/// Whether a text begins with the first character of a measure word.
fn counts(text: &str) -> bool {
    text.starts_with(|c| "件条次人个期名份场篇项宗起例处".contains(c))
}

fn written_alike(line: &str, range: Range<usize>, has: Has) -> Sentence<'_> {
    let piece = line.get(range.clone()).unwrap_or_default();
    let mut text = String::with_capacity(piece.len());
    let mut runs = Vec::new();
    let mut add = |text: &mut String, part: &str, at: usize, spaced: bool| {
        // Two numbers do not become one.
        let digit = |c: char| c.is_ascii_digit();
        if spaced && text.ends_with(digit) && part.starts_with(digit) {
            text.push(' ');
        }
        runs.push((text.len(), range.start + at));
        text.push_str(part);
    };
    // Nearly all characters stay as they are, and are copied together.
    let (mut copied, mut spaced) = (0, false);
    let (mut quoted, mut open): (Vec<Range<usize>>, Option<usize>) = (Vec::new(), None);
    for (at, c) in others(piece) {
        let instead = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
            c if is_quote(c) => None,
            c if c.is_whitespace() => None,
            _ => continue,
        };
        if let Some(same) = piece.get(copied..at).filter(|same| !same.is_empty()) {
            add(&mut text, same, copied, std::mem::take(&mut spaced));
        }
        match instead {
            Some(instead) => add(
                &mut text,
                instead.encode_utf8(&mut [0; 4]),
                at,
                std::mem::take(&mut spaced),
            ),
            None => spaced |= c.is_whitespace(),
        }
        match c {
            '“' | '「' => open = Some(text.len()),
            '”' | '」' => quoted.extend(open.take().map(|open| open..text.len())),
            _ => {}
        }
        copied = at + c.len_utf8();
    }
    let rest = piece.get(copied..).unwrap_or_default();
    add(&mut text, rest, copied, spaced);
    Sentence {
        line,
        range,
        text,
        has,
        runs,
        quoted,
    }
}

/// The characters of a text that may be written otherwise, with where each stands: neither ideographs, which begin with these bytes, nor
/// the signs of ASCII but for its quotation mark.
fn others(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let byte = *text.as_bytes().get(at)?;
            if !matches!(byte, b'!' | b'#'..=b'~' | 0xe4..=0xe9) {
                break;
            }
            at += width(byte);
        }
        let start = at;
        let c = text.get(start..)?.chars().next()?;
        at += c.len_utf8();
        Some((start, c))
    })
}

/// The signs between the clauses of a sentence, with where each stands.
pub(super) fn signs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = text.as_bytes().get(at) {
            let start = at;
            at += width(*byte);
            let sign = match byte {
                b'(' | b')' | b',' | b';' | b':' => text.get(start..at),
                0xe3 => text.get(start..at).filter(|sign| *sign == "。"),
                _ => None,
            };
            if let Some(sign) = sign {
                return Some((start, sign));
            }
        }
        None
    })
}

/// The headings that a sentence stands under: `四、…` and `(二)…`.
#[derive(Debug, Default)]
pub(super) struct Headings {
    first: String,
    second: String,
}

impl Headings {
    /// Whether a word stands in one of them.
    pub fn contain(&self, word: &str) -> bool {
        self.first.contains(word) || self.second.contains(word)
    }

    fn note(&mut self, piece: &str) {
        let piece = piece.trim();
        let numeral = |c: char| "一二三四五六七八九十".contains(c);
        let begins = piece.starts_with(numeral);
        let bracketed = piece.strip_prefix(['(', '（', '㈠']);
        if begins
            && piece
                .trim_start_matches(numeral)
                .starts_with(['、', '.', '．'])
        {
            self.first = heading(piece);
            self.second.clear();
        } else if bracketed.is_some_and(|rest| {
            rest.starts_with(numeral) && rest.trim_start_matches(numeral).starts_with([')', '）'])
        }) {
            self.second = heading(piece);
        }
    }
}

fn heading(piece: &str) -> String {
    let mut end = piece.len().min(MAX_HEADING);
    while !piece.is_char_boundary(end) {
        end -= 1;
    }
    piece
        .get(..end)
        .unwrap_or_default()
        .split_whitespace()
        .collect()
}

/// Where the clause begins that ends at a byte, and not before another; what stands in brackets is skipped.
pub(super) fn clause_start(text: &str, end: usize, floor: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text
        .get(floor..end)
        .unwrap_or_default()
        .char_indices()
        .rev()
    {
        match c {
            ')' => depth += 1,
            '(' if depth == 0 => return floor + at + 1,
            '(' => depth -= 1,
            ',' | ';' | ':' | '。' if depth == 0 => return floor + at + c.len_utf8(),
            _ => {}
        }
    }
    floor
}

/// Where the clause ends that begins at a byte.
pub(super) fn clause_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find([',', ';', ':', '(', ')', '。', '!', '?']);
    end.map_or(text.len(), |end| start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(line: &str) -> Vec<String> {
        let mut out = Vec::new();
        sentences(line, &mut Headings::default(), |it, _| {
            out.push(it.text.clone())
        });
        out
    }

    #[test]
    fn sentences_are_written_alike() {
        assert_eq!(
            all("一、概述。全年共收到 申请 ２７ 件，占１００％。没有数字吗？未收到。"),
            ["全年共收到申请27件,占100%。", "没有数字吗?", "未收到。"]
        );
        assert_eq!(all("收到12 34件"), ["收到12 34件"]);
    }

    #[test]
    fn what_stands_in_a_sentence_is_told_from_its_bytes() {
        for c in "二三四五六七八九十两百千".chars() {
            assert!(next_sentence(&format!("{c}件")).1.numerals, "{c}");
            assert!(!next_sentence(&format!("{c}级")).1.numerals, "{c}");
        }
        for c in "未没无".chars() {
            assert!(next_sentence(&c.to_string()).1.none, "{c}");
        }
        assert_eq!(next_sentence("全年工作平稳").1, Has::default());
    }

    #[test]
    fn a_part_stands_where_it_is_written() {
        let line = "前文。共 收到 ２７ 件。";
        sentences(line, &mut Headings::default(), |it, _| {
            let at = it.text.find("27").unwrap();
            assert_eq!(&line[it.in_line(at..at + 2)], "２７");
            assert_eq!(&line[it.in_line(0..at)], "共 收到");
        });
    }

    #[test]
    fn clauses_go_over_brackets() {
        let text = "前文,专职人员数(不包括其他,人员)为3人";
        let end = text.find('3').unwrap();
        assert!(text[clause_start(text, end, 0)..].starts_with("专职"));
        let inside = text.find("人员)").unwrap();
        assert!(text[clause_start(text, inside, 0)..].starts_with("人员)"));
    }
}
