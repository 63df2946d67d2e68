//! S001: the form has an indicator that the document has no row for.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S001",
    title: ["缺少行", "no such row"],
    meaning: [
        "表中没有该指标的行，单元格按缺失处理。个别行缺失可能是较早的或地方的表式，属核实性；所在的部分整个缺失说明表不完整，属强制性。",
        "The document has no row for the indicator; the cell is missing. Soft for a single row, which an older or local form may lack; hard where the whole part that it belongs to is absent: the table is cut.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         ",
    ),
};

/// `name` and `code` are those of the row on the form.
pub(crate) fn message(name: &str, code: &str) -> Text {
    Text::new(
        format!("缺少“{name}”（编码{code}）一行，请核对是否漏了这一行。"),
        format!("There is no row “{name}” ({code}): check whether it was left out."),
    )
}

/// Where the whole part of the form that the row belongs to is absent, which is hard.
pub(crate) fn part_message(name: &str, code: &str) -> Text {
    Text::new(
        format!("缺少“{name}”（编码{code}）一行：它所在的部分整个缺失，表不完整，请补全。"),
        format!(
            "There is no row “{name}” ({code}): the whole part that it belongs to is absent. Complete the table."
        ),
    )
}
