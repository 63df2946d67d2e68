//! D007: what a template leaves to be filled in is left there.

use super::{Example, FindingKind};
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D007",
    title: ["模板中没有填写的内容", "left from a template"],
    meaning: [
        "报告里还留有模板的占位文字，如“××”“____”“此处填写”。",
        "The report has what a template leaves to be filled in, such as ××, ____ or 此处填写.",
    ],
    severity: Severity::Soft,
    example: Example::Report(
        "一、总体情况\n\
         2023年，××局认真做好政府信息公开工作。\n\
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

/// The first of them, and how many there are.
pub(crate) fn message(place: &Place, count: usize) -> Text {
    let text = &place.text;
    let (zh, en) = match count {
        0 | 1 => (String::new(), String::new()),
        _ => (format!("等{count}处"), format!(", and {} more,", count - 1)),
    };
    Text::new(
        format!(
            "“{text}”（{}）{zh}像是模板中没有填写的内容，请填写或者删去。",
            place.said(Lang::Zh)
        ),
        format!(
            "“{text}” ({}){en} looks like what a template leaves to be filled in: fill it in, or take it out.",
            place.said(Lang::En)
        ),
    )
}
