//! S009: a value was written in another unit, and is converted.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::Value;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S009",
    title: ["换算了单位", "converted"],
    meaning: [
        "数值是用另一种单位写的，已精确换算成表式的单位。",
        "The value was written in another unit, and converted exactly to the form's.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 0.0026万\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `shown` is what was written, with its unit; `unit` that of the form.
pub(crate) fn message(name: &str, shown: &str, value: Value, unit: &str) -> Text {
    Text::new(
        format!("“{name}”写作“{shown}”，已换算为{value}{unit}，请确认并改用表式的单位。"),
        format!(
            "“{name}” is written “{shown}”, converted to {value} {unit}. Confirm, and use the unit of the form."
        ),
    )
}
