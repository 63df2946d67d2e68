//! S011: a value is larger than any cell can hold, or has too many decimals.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::Value;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S011",
    title: ["超出范围", "out of range"],
    meaning: [
        "数值超出可表示的范围：件数不超过18446744073709551615，金额不超过10^15万元、最多八位小数。单元格按缺失处理。",
        "The value is out of range: counts reach 18446744073709551615, amounts 10^15 万元 with at most eight decimals. The cell is missing.",
    ],
    severity: Severity::Hard,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26000000000000000000\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `name` is that of the row, `text` what stands in the cell.
pub(crate) fn message(name: &str, text: &str) -> Text {
    Text::new(
        format!("“{name}”填的是“{text}”，超出范围，请改正。"),
        format!("“{name}” is “{text}”, out of range: correct it."),
    )
}

/// Of an amount that a record holds.
pub(crate) fn amount_message(name: &str, amount: Value) -> Text {
    Text::new(
        format!(
            "“{name}”为{amount}万元，超出范围（不超过10^15万元，最多八位小数），该单元格未参加审核，请核对。"
        ),
        format!(
            "“{name}” is {amount} 万元, out of range (at most 10^15 万元, eight decimals): the cell is left out of the check."
        ),
    )
}
