//! S012: a label is misspelt or shortened, and can mean one row only.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S012",
    title: ["指标名称与表式不同", "another spelling"],
    meaning: [
        "指标名称有错别字或是简写，只可能是表式中的某一行：与其他各行都不相近，位置、序号和单位也都相符。按该行审核。",
        "The label is misspelt or shortened, and can mean one row only: it is near to no other, and its place, its number and its unit agree. It is taken for that row.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信涵申请数 | 件 | 0\n\
         ",
    ),
};

/// `label` is that in the document, `name` that of the row.
pub(crate) fn message(label: &str, name: &str) -> Text {
    Text::new(
        format!("“{label}”不是表式的写法，按“{name}”审核，请核对并改正。"),
        format!(
            "“{label}” is not how the form spells it; it is taken for “{name}”. Check it and correct it."
        ),
    )
}

/// Of a heading: `heading` is that in the document, `column` that of the form.
pub(crate) fn heading_message(heading: &str, column: &str) -> Text {
    Text::new(
        format!("列标题“{heading}”不是表式的写法，按“{column}”审核，请核对并改正。"),
        format!(
            "The heading “{heading}” is not how the form spells it; it is taken for “{column}”. Check it and correct it."
        ),
    )
}
