//! The year that a title names.

use crate::unicode::{compatible, letters};

/// No title is longer, in bytes.
const MAX_TITLE: usize = 240;

/// What a line says about the year of what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Title {
    /// The title of a table, with its year if it has one: `政府信息公开情况统计表(2017年度)`.
    Table(Option<u16>),
    /// The year on a line of its own, as it stands below the title of a table: `(2017年度)`.
    Year(u16),
    /// The title of a report: `2017年政府信息公开工作年度报告`.
    Report(u16),
}

/// Reads a line as a title, if it is one.
pub(crate) fn title(line: &str) -> Option<Title> {
    let may_be_one = line.len() <= MAX_TITLE && (line.contains('年') || line.contains('表'));
    // A sentence that mentions a report or a table is no title of one.
    if !may_be_one || line.contains('。') {
        return None;
    }
    let line: String = compatible(line)
        .chars()
        .filter(|c| !c.is_whitespace() && !"|,\"".contains(*c))
        .collect();
    let year = year(&line);
    if line.contains("情况统计表") && !line.contains("续") {
        return Some(Title::Table(year));
    }
    let year = year?;
    let alone = line.trim_matches(['(', ')']).chars().count() <= "2017年度".chars().count();
    if alone && (line.contains("年度") || line.starts_with('(')) {
        return Some(Title::Year(year));
    }
    let report = line.contains("报告") || line.contains("年报");
    report.then_some(Title::Report(year))
}

/// Whether a title that names a report is that of one, and not a line that mentions another.
pub(crate) fn is_report(text: &str) -> bool {
    let letters = letters(text);
    letters.contains("政府信息公开") && (letters.ends_with("报告") || letters.ends_with("年报"))
}

/// The first year in a text: four digits, or four Chinese ones, before 年.
pub(crate) fn year(text: &str) -> Option<u16> {
    text.match_indices('年').find_map(|(at, _)| {
        let before: Vec<char> = text.get(..at)?.chars().rev().take(5).collect();
        let mut digits = before.get(..4)?.iter().rev().map(|c| digit(*c));
        let year = digits.try_fold(0, |year: u16, digit| Some(year * 10 + digit?))?;
        let longer = before.get(4).is_some_and(|c| digit(*c).is_some());
        ((2000..2100).contains(&year) && !longer).then_some(year)
    })
}

fn digit(c: char) -> Option<u16> {
    let chinese = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match c {
        '零' | '○' | 'O' | 'o' => Some(0),
        _ => c
            .to_digit(10)
            .and_then(|digit| u16::try_from(digit).ok())
            .or_else(|| {
                let digit = chinese.iter().position(|other| *other == c)?;
                u16::try_from(digit).ok()
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_what_is_none() {
        for (line, expected) in [
            ("2017年政府信息公开工作年度报告", Some(Title::Report(2017))),
            ("某局二〇一六年政府信息公开年报", Some(Title::Report(2016))),
            (
                "政府信息公开情况统计表(2017年度)",
                Some(Title::Table(Some(2017))),
            ),
            (
                "政 府 信 息 公 开 情 况 统 计 表 |||",
                Some(Title::Table(None)),
            ),
            ("（２０１７年度）", Some(Title::Year(2017))),
            ("(2018年2月26日)", None),
            ("2018年2月26日", None),
            ("全文见政府信息公开情况统计表。", None),
            ("联系电话: 00000000 填报日期:2018年2月26日", None),
            ("120171年度报告", None),
        ] {
            assert_eq!(title(line), expected, "{line}");
        }
    }
}
