//! The agency that a document names.

use super::fold::Row;
use super::year::year;
use crate::unicode::compatible;

/// No name of an agency is longer, in characters.
const LONGEST: usize = 40;
/// What stands before the name of the agency on a form.
const STATED: [&str; 4] = ["填报单位", "填表单位", "报送单位", "单位名称"];

/// The agency that stands behind 填报单位 among the rows of a table.
pub(crate) fn stated(rows: &[Row<'_>]) -> Option<String> {
    let texts = || {
        rows.iter()
            .flat_map(|row| &row.tokens)
            .filter(|token| token.is_text())
    };
    let at = texts().position(|token| STATED.iter().any(|word| token.letters.starts_with(word)))?;
    let (here, next) = (texts().nth(at)?, texts().nth(at + 1));
    let inside = behind_colon(here.cell.text);
    inside.or_else(|| next.and_then(|next| name(next.cell.text)))
}

fn behind_colon(text: &str) -> Option<String> {
    let (_, behind) = text.split_once([':', '：'])?;
    name(behind)
}

/// The agency in the title of a report: what stands before the year, or between it and 政府信息公开.
pub(crate) fn in_title(title: &str) -> Option<String> {
    let title = compatible(title);
    let title: String = title
        .chars()
        .filter(|c| !c.is_whitespace() && !"《》“”".contains(*c))
        .collect();
    year(&title)?;
    let (before, behind) = title.split_once('年')?;
    let digits = before
        .chars()
        .rev()
        .take(4)
        .map(char::len_utf8)
        .sum::<usize>();
    let before = before.get(..before.len().checked_sub(digits)?)?;
    let behind = behind.strip_prefix('度').unwrap_or(behind);
    let between = behind
        .split_once("政府信息公开")
        .map_or("", |(between, _)| between);
    name(before.strip_prefix("关于").unwrap_or(before)).or_else(|| name(between))
}

fn name(text: &str) -> Option<String> {
    let text = compatible(text);
    let text = text
        .split(['(', ':', '，', ',', '。'])
        .next()
        .unwrap_or_default()
        .trim();
    let length = text.chars().count();
    (1 < length && length <= LONGEST).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_in_titles() {
        for (title, expected) in [
            ("某县某局2023年政府信息公开工作年度报告", Some("某县某局")),
            ("2023年某县某局政府信息公开工作年度报告", Some("某县某局")),
            (
                "关于某县 ２０２３ 年度政府信息公开工作年度报告",
                Some("某县"),
            ),
            ("2023年政府信息公开工作年度报告", None),
            ("政府信息公开工作年度报告", None),
        ] {
            assert_eq!(in_title(title).as_deref(), expected, "{title}");
        }
    }
}
