//! S006: an indicator stands more than once, with different values.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S006",
    title: ["同一指标两个值", "two values"],
    meaning: [
        "同一指标出现多次而数值不同。不在其中任选一个，单元格按缺失处理。",
        "An indicator stands more than once, with different values. Neither is chosen; the cell is missing.",
    ],
    severity: Severity::Hard,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26\n\
         1.当面申请数 | 件 | 25\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `texts` are what stands in the cells.
pub(crate) fn message(name: &str, texts: &[String]) -> Text {
    let times = texts.len();
    Text::new(
        format!(
            "“{name}”出现了{times}次，数值不同：“{}”。不能确定哪个是对的，请核对并只保留一个。",
            texts.join("”“")
        ),
        format!(
            "“{name}” stands {times} times with different values: “{}”. Check, and keep one.",
            texts.join("”, “")
        ),
    )
}
