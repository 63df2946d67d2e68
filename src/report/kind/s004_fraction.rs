//! S004: a count has decimals.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S004",
    title: ["件数有小数", "a count with decimals"],
    meaning: [
        "件数必须是整数，单元格按缺失处理。",
        "A count is a whole number; the cell is missing.",
    ],
    severity: Severity::Hard,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26.5\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `name` is that of the row, `text` what stands in the cell.
pub(crate) fn message(name: &str, text: &str) -> Text {
    Text::new(
        format!("“{name}”填的是“{text}”，应为整数，请改正。"),
        format!("“{name}” is “{text}”; it must be a whole number: correct it."),
    )
}
