//! D001: a part of the report is missing.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D001",
    title: ["报告缺少一部分", "a part of the report is missing"],
    meaning: [
        "没有找到报告的一个部分：既没有它的标题，也没有同一序号的其他标题。",
        "A part of the report was not found: neither its title nor another one with its number.",
    ],
    severity: Severity::Soft,
    example: Example::Report(
        "一、总体情况\n\
         2023年，我局认真做好政府信息公开工作。\n\
         二、主动公开政府信息情况\n\
         {2}\n\
         三、收到和处理政府信息公开申请情况\n\
         {3}\n\
         四、政府信息公开行政复议、行政诉讼情况\n\
         {4}\n\
         六、其他需要报告的事项\n\
         本年度没有收取信息处理费。\n",
    ),
};

/// Which part, its number as it is printed, and its title.
pub(crate) fn message(number: usize, numeral: char, title: &str) -> Text {
    Text::new(
        format!(
            "没有找到报告的第{numeral}部分“{title}”，请核对是否漏写；已经写了的，标题请用规定的写法。"
        ),
        format!(
            "Part {number} of the report, “{title}”, was not found: check whether it was left out, and head it as the form does."
        ),
    )
}
