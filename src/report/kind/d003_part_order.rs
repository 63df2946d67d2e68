//! D003: the parts of a report are out of order.

use super::{Example, FindingKind};
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D003",
    title: ["部分的顺序不对", "parts are out of order"],
    meaning: [
        "报告的各个部分没有按规定的顺序排列。",
        "The parts of the report do not stand in their order.",
    ],
    severity: Severity::Soft,
    example: Example::Report(
        "一、总体情况\n\
         2023年，我局认真做好政府信息公开工作。\n\
         二、主动公开政府信息情况\n\
         {2}\n\
         四、政府信息公开行政复议、行政诉讼情况\n\
         {4}\n\
         三、收到和处理政府信息公开申请情况\n\
         {3}\n\
         五、存在的主要问题及改进情况\n\
         下一步继续改进。\n\
         六、其他需要报告的事项\n\
         本年度没有收取信息处理费。\n",
    ),
};

/// The heading that comes too early, and the one that it should follow.
pub(crate) fn message(early: &Place, late: &Place) -> Text {
    let (one, other) = (&early.text, &late.text);
    Text::new(
        format!(
            "“{one}”（{}）排在“{other}”（{}）的前面，请按规定的顺序排列。",
            early.said(Lang::Zh),
            late.said(Lang::Zh)
        ),
        format!(
            "“{one}” ({}) stands before “{other}” ({}): put the parts in their order.",
            early.said(Lang::En),
            late.said(Lang::En)
        ),
    )
}
