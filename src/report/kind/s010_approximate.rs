//! S010: a value is approximate.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S010",
    title: ["约数", "approximate"],
    meaning: [
        "写的是约数（约、近、余），不能用来核对，单元格按缺失处理。",
        "The value is approximate (约, 近, 余), which nothing can be checked against; the cell is missing.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 约26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `name` is that of the row, `text` what stands in the cell.
pub(crate) fn message(name: &str, text: &str) -> Text {
    Text::new(
        format!("“{name}”填的是约数“{text}”，不能用来核对，请填准确的数。"),
        format!("“{name}” is approximate, “{text}”, and cannot be checked: give the exact number."),
    )
}
