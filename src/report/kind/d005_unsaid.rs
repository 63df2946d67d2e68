//! D005: the report does not say what it has to.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "D005",
    title: ["应当写明的没有写", "what has to be said is not"],
    meaning: [
        "报告没有写明规定要写的内容，例如收取信息处理费的情况。",
        "The report does not say what it has to, such as what was charged for processing information.",
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
         没有其他需要报告的事项。\n",
    ),
};

/// The number of the part and its title, and what it has to say.
pub(crate) fn message(numeral: char, title: &str, what: &Text) -> Text {
    Text::new(
        format!(
            "报告没有写明{}，请写在第{numeral}部分“{title}”里。",
            what.zh
        ),
        format!("The report does not say {}: say it in the part “{title}”.", what.en),
    )
}
