//! Y902: a figure is that of the year before, but for powers of ten.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::Value;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "Y902",
    title: ["与上年差10的若干次方", "a power of ten"],
    meaning: [
        "数字与上年相同（至少三位有效数字）而位数不同，或者金额约为上年的一万倍或万分之一，可能是小数点、位数或单位（元与万元）错了。",
        "The digits are those of the year before (three significant ones at least) with the point elsewhere, or an amount is about ten thousand times the other: the point, the digits or the unit (元 for 万元) may be wrong.",
    ],
    severity: Severity::Soft,
    example: Example::Years(&[("requests.received.total", 159, 1590)]),
};

/// The figures of last year and of this.
pub(crate) fn message(name: &str, unit: &str, [before, now]: [Value; 2]) -> Text {
    Text::new(
        format!(
            "“{name}”为{now}{unit}，上年为{before}{unit}，数字相同或相近而差了10的若干次方。请核对小数点、位数和单位（是否把元写成了万元）。"
        ),
        format!(
            "“{name}” is {now} {unit}, last year {before} {unit}: the digits are the same or nearly, but powers of ten apart. Check the decimal point, the number of digits and the unit (元 for 万元?)."
        ),
    )
}
