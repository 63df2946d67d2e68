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
    example: Example::Described([
        "单元格里写着27，前面有划掉的26。",
        "A cell that says 27, with a struck 26 before it.",
    ]),
};

/// `hidden` is the text that is struck out or not shown.
pub(crate) fn message(name: &str, hidden: &str) -> Text {
    Text::new(
        format!(
            "“{name}”的单元格里有划掉的或者不显示的文字“{hidden}”，未作为数值读取，请核对。"
        ),
        format!(
            "The cell of “{name}” has text that is struck out or not shown, “{hidden}”; it is not read as part of the value. Check it."
        ),
    )
}
