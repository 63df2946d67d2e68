//! S015: a cell has text that is struck out or not shown.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S015",
    title: ["有删除或隐藏的文字", "struck or hidden text"],
    meaning: [
        "单元格里有划掉的或者不显示的文字，不作为单元格的内容。",
        "The cell has text that is struck out or not shown; it is no part of what the cell says.",
    ],
    severity: Severity::Soft,
    example: Example::Sheet {
        rows: "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26 ~~25~~\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
        hidden: false,
    },
};

/// `text` is what is struck out or not shown.
pub(crate) fn message(name: &str, text: &str) -> Text {
    Text::new(
        format!("“{name}”的单元格里有划掉的或者不显示的文字“{text}”，未作为数值读取，请核对。"),
        format!(
            "The cell of “{name}” has text that is struck out or not shown, “{text}”; it is not read as part of the value. Check it."
        ),
    )
}
