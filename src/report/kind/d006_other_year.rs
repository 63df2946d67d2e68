//! D006: the text of the report is of another year.

use super::{Example, FindingKind};
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D006",
    title: ["年度不一致", "the report is of another year"],
    meaning: [
        "正文写的统计期限或者年度，与统计表的年度不同。",
        "The period or the year in the text is another than that of the table.",
    ],
    severity: Severity::Soft,
    example: Example::Report(
        "一、总体情况\n\
         2022年1月1日至12月31日，我局认真做好政府信息公开工作。\n\
         二、主动公开政府信息情况\n\
         {2}\n\
         三、收到和处理政府信息公开申请情况\n\
         {3}\n\
         四、政府信息公开行政复议、行政诉讼情况\n\
         {4}\n\
         五、存在的主要问题及改进情况\n\
         下一步继续改进。\n\
         六、其他需要报告的事项\n\
         本年度没有收取信息处理费。\n",
    ),
};

/// Where another year stands, that year, and the year of the table.
pub(crate) fn message(place: &Place, other: u16, year: u16) -> Text {
    let text = &place.text;
    Text::new(
        format!(
            "“{text}”（{}）说的是{other}年，而这是{year}年的报告，请核对并改正。",
            place.said(Lang::Zh)
        ),
        format!(
            "“{text}” ({}) is of {other}, but the report is on {year}: check and correct it.",
            place.said(Lang::En)
        ),
    )
}
