//! What the heading of a column says of its figures: those of the year, those of another time, or something else.

use super::year::year;

/// The words of a heading that make its figures others than those of the year, and the kind that they are of.
const OTHERS: &[(&str, Other)] = &[
    ("上一年", Other::LastYear),
    ("上年", Other::LastYear),
    ("去年", Other::LastYear),
    ("上期", Other::LastYear),
    ("上年度", Other::LastYear),
    ("同期", Other::LastYear),
    ("历年", Other::Cumulative),
    ("累计", Other::Cumulative),
    ("年初", Other::Cumulative),
    ("季度", Other::PartOfYear),
    ("上半年", Other::PartOfYear),
    ("下半年", Other::PartOfYear),
    ("旬", Other::PartOfYear),
    ("月", Other::PartOfYear),
    ("以来", Other::Cumulative),
    ("至今", Other::Cumulative),
    ("截至", Other::Cumulative),
    ("截止", Other::Cumulative),
    ("同比", Other::Change),
    ("环比", Other::Change),
    ("增减", Other::Change),
    ("本年增", Other::Change),
    ("增长", Other::Change),
    ("增幅", Other::Change),
    ("比重", Other::Share),
    ("占比", Other::Share),
    ("比例", Other::Share),
    ("百分比", Other::Share),
    ("率", Other::Share),
    ("计划", Other::Plan),
    ("预算", Other::Plan),
    ("目标", Other::Plan),
    ("平均", Other::Average),
    ("排名", Other::Remark),
    ("名次", Other::Remark),
    ("序号", Other::Remark),
    ("编码", Other::Remark),
    ("编号", Other::Remark),
    ("代码", Other::Remark),
    ("备注", Other::Remark),
    ("说明", Other::Remark),
    ("行次", Other::Remark),
];

/// What figures may be, if they are not those of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    LastYear,
    Cumulative,
    PartOfYear,
    Change,
    Share,
    Plan,
    Average,
    /// Those of another body than the one that reports.
    Body,
    /// No figure of anything: a serial number, a code, a remark.
    Remark,
}

/// What a heading says of the figures below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    /// They are those of the year.
    This,
    /// They are those of the year that it names.
    Year(u16),
    Other(Other),
    Unknown,
}

/// The kind of other figures that a heading, by its letters, says its column to have.
pub(crate) fn other(letters: &str) -> Option<Other> {
    if !letters.contains(is_telling) {
        return None;
    }
    let found = OTHERS.iter().find(|(word, _)| letters.contains(word));
    found.map(|(_, other)| *other)
}

/// Whether a heading stands over the figures of the year before, and not over a comparison with them: 上年数, not 比上年增减
/// nor 上年结转.
pub(crate) fn is_last_year(letters: &str) -> bool {
    let words = || OTHERS.iter().filter(|(word, _)| letters.contains(word));
    words().next().is_some()
        && words().all(|(_, it)| *it == Other::LastYear)
        && !letters.contains(['比', '较', '转'])
}

/// Whether a letter is one that each of those words has, and few labels.
fn is_telling(c: char) -> bool {
    matches!(
        c,
        '上' | '去'
            | '历'
            | '累'
            | '初'
            | '季'
            | '半'
            | '月'
            | '旬'
            | '来'
            | '截'
            | '率'
            | '今'
            | '同'
            | '环'
            | '增'
            | '重'
            | '占'
            | '例'
            | '百'
            | '划'
            | '预'
            | '标'
            | '均'
            | '排'
            | '次'
            | '序'
            | '编'
            | '代'
            | '备'
            | '说'
    )
}

/// Whether a text heads the column of labels.
pub(crate) fn heads_labels(letters: &str) -> bool {
    matches!(
        letters,
        "统计指标"
            | "指标"
            | "指标名称"
            | "统计项目"
            | "项目"
            | "统计内容"
            | "信息内容"
            | "统计指标名称"
    )
}

/// Whether a text heads the column of units.
pub(crate) fn heads_units(letters: &str) -> bool {
    matches!(letters, "单位" | "计量单位" | "计算单位")
}

/// Whether a text heads a column that comes before the labels.
pub(crate) fn heads_numbers(letters: &str) -> bool {
    matches!(letters, "序号" | "编号" | "行次")
}

/// Words that head figures and say nothing of which.
fn is_plain(letters: &str) -> bool {
    letters.contains("统计数")
        || matches!(
            letters,
            "数量"
                | "数值"
                | "数据"
                | "合计"
                | "总计"
                | "本年"
                | "本期"
                | "本年度"
                | "本年数"
                | "本期数"
                | "件数"
                | "数"
        )
}

/// Whether a heading says no more than whose figures stand below it, and that it is a part or another level.
fn is_body(letters: &str) -> bool {
    matches!(
        letters,
        "省级"
            | "市级"
            | "区级"
            | "县级"
            | "乡级"
            | "镇级"
            | "村级"
            | "部门"
            | "社区"
            | "街道"
            | "乡镇"
    )
}

/// What a heading, by its letters, says of the figures below it.
pub(crate) fn figure(letters: &str) -> Figure {
    if let Some(other) = other(letters) {
        return Figure::Other(other);
    }
    match year_of(letters) {
        _ if is_body(letters) => Figure::Other(Other::Body),
        Some(year) => Figure::Year(year),
        None if is_plain(letters) => Figure::This,
        None => Figure::Unknown,
    }
}

/// The year that the heading of a column of values names: `2017年`, `2017年度统计数`, `2017`.
pub(crate) fn year_of(letters: &str) -> Option<u16> {
    if let Ok(number) = letters.parse::<u16>() {
        return Some(number).filter(|it| letters.len() == 4 && (2000..2100).contains(it));
    }
    let (digits, rest) = letters.split_once('年')?;
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    let heads = rest.is_empty() || is_plain(rest);
    let year = || year(letters);
    (heads && digits.chars().count() == 4).then(year).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_a_letter_that_tells() {
        for (word, kind) in OTHERS {
            assert_eq!(other(&format!("数{word}数")), Some(*kind), "{word}");
        }
    }
}
