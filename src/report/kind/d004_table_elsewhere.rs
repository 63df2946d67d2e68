//! D004: a table stands in another part of the report.

use super::{Example, FindingKind};
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D004",
    title: ["表不在应在的部分", "a table stands in another part"],
    meaning: [
        "统计表没有放在同名的部分里。",
        "A table does not stand in the part of its name.",
    ],
    severity: Severity::Soft,
    example: Example::Report(
        "一、总体情况\n\
         2023年，我局认真做好政府信息公开工作。\n\
         二、主动公开政府信息情况\n\
         见下。\n\
         三、收到和处理政府信息公开申请情况\n\
         {2}\n\
         {3}\n\
         四、政府信息公开行政复议、行政诉讼情况\n\
         {4}\n\
         五、存在的主要问题及改进情况\n\
         下一步继续改进。\n\
         六、其他需要报告的事项\n\
         本年度没有收取信息处理费。\n",
    ),
};

/// The title of the table, the heading that it stands under, if there is one, and the number of the part that it belongs in.
pub(crate) fn message(title: &str, found: Option<&Place>, numeral: char) -> Text {
    let zh = found.map_or_else(
        || "没有放在任何部分里".to_owned(),
        |it| format!("放在“{}”（{}）里", it.text, it.said(Lang::Zh)),
    );
    let en = found.map_or_else(
        || "in no part at all".to_owned(),
        |it| format!("under “{}” ({})", it.text, it.said(Lang::En)),
    );
    Text::new(
        format!("《{title}》的表{zh}，应当放在第{numeral}部分，请移过去。"),
        format!("The table “{title}” stands {en}: put it in the part of that title."),
    )
}
