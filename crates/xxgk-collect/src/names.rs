//! Names of agencies: when two of them are the same.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

/// A shorter name says too little to be found within another, in characters.
const SHORTEST: usize = 2;
/// Where the name of an agency ends in the name of a file.
const BEHIND: [&str; 7] = [
    "政府信息公开",
    "信息公开",
    "年度报告",
    "工作报告",
    "统计表",
    "年报",
    "报告",
];

/// A name as it is compared: compatibility characters taken apart (full-width forms, brackets), without spaces and signs that
/// are not to be seen.
///
/// ```
/// assert_eq!(xxgk_collect::names::normal("某区 教育局（本级）"), xxgk_collect::names::normal("某区教育局(本级)\u{200b}"));
/// ```
#[must_use]
pub fn normal(name: &str) -> String {
    let unseen = |c: char| {
        c.is_whitespace()
            || xxgk_show::hidden::is_hidden(c)
            || matches!(
                c,
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            )
    };
    name.nfkc().filter(|c| !unseen(*c)).collect()
}

/// What a name may mean among others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning<T> {
    /// It is that name.
    Same(T),
    /// It is another, but one of the two contains the other, and no other name does so.
    Contained(T),
    /// It may be one of several.
    Several(Vec<T>),
    /// It is none of them.
    None,
}

/// Names, each with what it stands for.
#[derive(Clone, Debug)]
pub struct Names<T> {
    exact: HashMap<String, Vec<T>>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Names {
            exact: HashMap::new(),
        }
    }
}

impl<T: Copy + Ord> Names<T> {
    /// Adds a name. What has no letter is none.
    pub fn add(&mut self, name: &str, of: T) {
        let name = normal(name);
        if !name.is_empty() {
            let all = self.exact.entry(name).or_default();
            if !all.contains(&of) {
                all.push(of);
            }
        }
    }

    /// What a name stands for: the same name, else the only one that contains it or that it contains.
    #[must_use]
    pub fn meaning(&self, name: &str) -> Meaning<T> {
        let name = normal(name);
        match self.exact.get(&name).map(Vec::as_slice) {
            Some([only]) => return Meaning::Same(*only),
            Some(several) => return Meaning::Several(several.to_vec()),
            None => {}
        }
        let long = |it: &str| it.chars().count() >= SHORTEST;
        if !long(&name) {
            return Meaning::None;
        }
        let alike = self
            .exact
            .iter()
            .filter(|(other, _)| long(other) && (other.contains(&name) || name.contains(&**other)));
        let mut found: Vec<T> = alike.flat_map(|(_, of)| of.iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        match found[..] {
            [] => Meaning::None,
            [only] => Meaning::Contained(only),
            _ => Meaning::Several(found),
        }
    }
}

/// The agency that the name of a file names, or of the folder that it is in: what stands before the year and the words of the
/// title, or between them.
///
/// ```
/// use xxgk_collect::names::in_file;
/// assert_eq!(in_file("03-某区教育局2024年政府信息公开工作年度报告.docx").as_deref(), Some("某区教育局"));
/// assert_eq!(in_file("某区教育局/2024年年报.docx").as_deref(), Some("某区教育局"));
/// assert_eq!(in_file("2024.docx"), None);
/// ```
#[must_use]
pub fn in_file(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    let file = parts.pop().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    in_stem(stem).or_else(|| in_stem(parts.pop()?))
}

fn in_stem(stem: &str) -> Option<String> {
    let stem = normal(stem);
    let pieces = without_year(&stem);
    let names = pieces.iter().map(|piece| {
        let end = BEHIND.iter().filter_map(|word| piece.find(word)).min();
        let name = piece.get(..end.unwrap_or(piece.len())).unwrap_or(piece);
        name.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
    });
    names.into_iter().find(|it| it.chars().count() >= SHORTEST)
}

/// The name of a file as those of two years are compared: without its folder, its extension and the year.
///
/// ```
/// use xxgk_collect::names::of_any_year;
/// assert_eq!(of_any_year("b/教育局2024年度.docx"), of_any_year("a/教育局 2023年度.doc"));
/// ```
#[must_use]
pub fn of_any_year(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    without_year(&normal(stem)).concat()
}

/// The pieces of a text before and behind its years (2024, 2024年, 2024年度).
fn without_year(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (head, tail) = rest.split_at(digits.max(first.len_utf8()));
        rest = tail;
        if digits == 4 && (head.starts_with("20") || head.starts_with("19")) {
            rest = rest.strip_prefix('年').unwrap_or(rest);
            rest = rest.strip_prefix('度').unwrap_or(rest);
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push_str(head);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_guessed_between_two() {
        let mut names = Names::default();
        for (index, name) in ["某区", "某区教育局", "某区卫生健康局", "某县"]
            .into_iter()
            .enumerate()
        {
            names.add(name, index);
        }
        names.add("区教委", 1);
        assert_eq!(names.meaning("某区 教育局"), Meaning::Same(1));
        assert_eq!(names.meaning("区教委"), Meaning::Same(1));
        assert_eq!(names.meaning("卫生健康局"), Meaning::Contained(2));
        assert_eq!(names.meaning("某县人民政府"), Meaning::Contained(3));
        assert_eq!(
            names.meaning("某区教育局机关"),
            Meaning::Several(vec![0, 1])
        );
        assert_eq!(names.meaning("某市"), Meaning::None);
        assert_eq!(names.meaning("局"), Meaning::None);
        assert_eq!(names.meaning(""), Meaning::None);
    }

    #[test]
    fn what_a_file_is_called() {
        for (file, expected) in [
            (
                "2024年某区教育局政府信息公开工作年度报告.pdf",
                Some("某区教育局"),
            ),
            ("某区教育局.docx", Some("某区教育局")),
            (
                "附件1：某区教育局统计表（2024）.xlsx",
                Some("附件1:某区教育局"),
            ),
            ("某区教育局\\2024.xlsx", Some("某区教育局")),
            ("12345.xlsx", None),
            ("", None),
        ] {
            assert_eq!(in_file(file).as_deref(), expected, "{file}");
        }
        assert_eq!(of_any_year("a/2024.txt"), "");
        assert_ne!(of_any_year("甲局2024"), of_any_year("乙局2024"));
    }
}
