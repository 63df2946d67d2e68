//! D002: a part of the report has another heading.

use super::{Example, FindingKind};
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D002",
    title: ["部分的标题不规范", "a part is headed otherwise"],
    meaning: [
        "报告的一个部分用了另外的标题，或者另外的序号。",
        "A part of the report has another title than the form gives it, or another number.",
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
         五、问题和打算\n\
         下一步继续改进。\n\
         六、其他需要报告的事项\n\
         本年度没有收取信息处理费。\n",
    ),
};

/// Where the heading stands, the number that the form gives the part, and its title.
pub(crate) fn message(place: &Place, numeral: char, title: &str) -> Text {
    let text = &place.text;
    Text::new(
        format!(
            "“{text}”（{}）不是规定的标题，应为“{numeral}、{title}”，请核对并改正。",
            place.said(Lang::Zh)
        ),
        format!(
            "“{text}” ({}) is not the heading of the form, which is “{numeral}、{title}”: check and correct it.",
            place.said(Lang::En)
        ),
    )
}
