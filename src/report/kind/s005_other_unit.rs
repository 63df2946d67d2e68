//! S005: the unit is not the form's.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S005",
    title: ["单位与表式不同", "another unit"],
    meaning: [
        "单位与表式不同。量词不同（如条、件）属核实性，数值保留；不是同类的量（如金额行写成件）属强制性，单元格按缺失处理。",
        "The unit is not the form's. Soft for another measure word (条 for 件): the value stands. Hard where it measures something else (件 in a row of money): the cell is missing.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 条 | 26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// Another measure word; `unit` is the one that is written, `of_form` that of the form.
pub(crate) fn message(name: &str, unit: &str, of_form: &str) -> Text {
    Text::new(
        format!("“{name}”的单位写作“{unit}”，表式为“{of_form}”，请核对。"),
        format!("The unit of “{name}” is “{unit}”, on the form “{of_form}”: check it."),
    )
}

/// A unit that measures something else, which is hard; `text` is what stands in the cell.
pub(crate) fn wrong_message(name: &str, text: &str, unit: &str, of_form: &str) -> Text {
    Text::new(
        format!(
            "“{name}”填的是“{text}”，单位“{unit}”与表式的“{of_form}”不是同类的量，请改正。"
        ),
        format!(
            "“{name}” is “{text}” in “{unit}”, which does not measure what “{of_form}” does: correct it."
        ),
    )
}

/// Two units of one value that are not the same, which is hard: it is not known which is meant.
pub(crate) fn contradiction(name: &str, text: &str, one: &str, other: &str) -> Text {
    Text::new(
        format!(
            "“{name}”填的是“{text}”，单位一处写作“{one}”，另一处写作“{other}”，不能确定是哪一个，请改为一致。"
        ),
        format!(
            "“{name}” is “{text}”, in “{one}” by one place and in “{other}” by another: make them agree."
        ),
    )
}
