//! S002: what stands in a cell is not a number.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S002",
    title: ["不是数", "not a number"],
    meaning: [
        "单元格的内容不是数，按缺失处理。",
        "What stands in the cell is not a number; the cell is missing.",
    ],
    severity: Severity::Hard,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 见附件\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `name` is that of the row, `text` what stands in the cell.
pub(crate) fn message(name: &str, text: &str) -> Text {
    Text::new(
        format!("“{name}”填的是“{text}”，不是数，请改正。"),
        format!("“{name}” is “{text}”, which is not a number: correct it."),
    )
}

/// Where something beside the number changes what it means, or may: a correction, another year, a sign.
pub(crate) fn qualified(name: &str, text: &str) -> Text {
    Text::new(
        format!("“{name}”填的是“{text}”，数以外的文字改变了数的意思，不能确定应按多少审核，请只填数。"),
        format!(
            "“{name}” is “{text}”: what is written beside the number changes what it means, so it is not known which number is meant. Write the number alone."
        ),
    )
}

/// Where the cell is shown in a way that is not followed: a fraction, a field, another direction.
pub(crate) fn unfollowed(name: &str, text: &str) -> Text {
    Text::new(
        format!(
            "“{name}”单元格里的“{text}”是用分数、域或者变换方向等方式显示的，不能确定显示的是什么数，请改为普通文字。"
        ),
        format!(
            "“{text}” in the cell of “{name}” is shown as a fraction, a field or in another direction, so it is not known which number is shown: write it as plain text."
        ),
    )
}

/// Where the cell has bytes that cannot be decoded.
pub(crate) fn broken(name: &str) -> Text {
    Text::new(
        format!("“{name}”的单元格里有损坏的字节，不能确定是什么数，请改正。"),
        format!(
            "The cell of “{name}” has broken bytes, so it is not known which number it holds: correct it."
        ),
    )
}
