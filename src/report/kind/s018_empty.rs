//! S018: a table has its rows, and nothing in them.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S018",
    title: ["表没有填写", "the table is not filled in"],
    meaning: [
        "表中各行都在，但一个数也没有填。",
        "The table has its rows, and not one number in them.",
    ],
    severity: Severity::Soft,
    example: Example::Document(
        "\
         政府信息公开情况统计表（2017年度）\n\
         统计指标 | 单位 | 统计数\n\
         (一)收到申请数 | 件 | —\n\
         1.当面申请数 | 件 | —\n\
         2.传真申请数 | 件 | —\n\
         3.网络申请数 | 件 | —\n\
         4.信函申请数 | 件 | —\n\
         (二)申请办结数 | 件 | —\n\
         1.按时办结数 | 件 | —\n\
         2.延期办结数 | 件 | —\n\
         ",
    ),
};

/// `title` is that of the form.
pub(crate) fn message(title: &str) -> Text {
    Text::new(
        format!("《{title}》没有填写：各行都在，但一个数也没有。请填写后再审核。"),
        format!(
            "“{title}” is not filled in: its rows are there, and not one number. Fill it in first."
        ),
    )
}
