//! S003: a count or an amount is negative.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::Value;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S003",
    title: ["负数", "negative"],
    meaning: [
        "件数和金额都不能为负，单元格按缺失处理。",
        "Neither a count nor an amount can be negative; the cell is missing.",
    ],
    severity: Severity::Hard,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | -26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `name` is that of the row, `text` what stands in the cell.
pub(crate) fn message(name: &str, text: &str) -> Text {
    Text::new(
        format!("“{name}”填的是“{text}”，不能为负，请改正。"),
        format!("“{name}” is “{text}”; it cannot be negative: correct it."),
    )
}

/// Of an amount that a record holds.
pub(crate) fn amount_message(name: &str, amount: Value) -> Text {
    Text::new(
        format!("“{name}”为{amount}万元。金额不能为负，该单元格未参加审核，请核对。"),
        format!(
            "“{name}” is {amount} 万元. An amount cannot be negative: the cell is left out of the check."
        ),
    )
}
