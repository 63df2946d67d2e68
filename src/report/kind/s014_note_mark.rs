//! S014: the mark of a note stands behind a value.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::Value;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S014",
    title: ["数值带注号", "a note mark"],
    meaning: [
        "数值后面带有注号（如上标、①、*），注号不是数值的一部分，按去掉注号后的数审核。",
        "A mark of a note (raised, ①, *) stands behind the value; it is no part of it, and the value is checked without it.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26①\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `written` is what stands in the cell, with the mark, and `value` what is read.
pub(crate) fn message(name: &str, written: &str, value: Value) -> Text {
    Text::new(
        format!(
            "“{name}”写作“{written}”，后面的注号不是数值的一部分，按{value}审核，请确认。"
        ),
        format!(
            "“{name}” is written “{written}”; the mark behind it is no part of the value, which is read as {value}. Confirm."
        ),
    )
}
