//! D008: the text of the report names another agency.

use super::{Example, FindingKind};
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D008",
    title: ["单位不一致", "the report names another agency"],
    meaning: [
        "正文说明编制报告的单位，与标题中的单位不同。",
        "The text says that the report is of another agency than the title does.",
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
         五、存在的主要问题及改进情况\n\
         下一步继续改进。\n\
         六、其他需要报告的事项\n\
         本年度没有收取信息处理费。本报告由某市体育局编制。\n",
    ),
};

/// Where another agency stands, its name, and that in the title.
pub(crate) fn message(place: &Place, other: &str, agency: &str) -> Text {
    Text::new(
        format!(
            "正文写的是“{other}”（{}），而标题中的单位是“{agency}”，请核对是否为同一单位。",
            place.said(Lang::Zh)
        ),
        format!(
            "The text names “{other}” ({}), but the title “{agency}”: check whether they are one agency.",
            place.said(Lang::En)
        ),
    )
}
