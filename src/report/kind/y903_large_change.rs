//! Y903: a figure has changed far more than the others.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::Value;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "Y903",
    title: ["变动过大", "a large change"],
    meaning: [
        "与上年之比超过全表各数变动倍数中位数的10倍，且两年中较大的数不小于100。中位数不受个别大变动的影响。",
        "The ratio to the year before is more than ten times the median ratio of the table, and the larger of the two figures is 100 at least. The median is not moved by single large changes.",
    ],
    severity: Severity::Soft,
    example: Example::Years(&[
        ("requests.received.total", 27, 900),
        ("requests.received.in_person", 26, 28),
        ("requests.closed.total", 27, 30),
        ("requests.closed.on_time", 27, 31),
        ("requests.answered.total", 27, 29),
    ]),
};

/// The figures of last year and of this, how many times apart they are, and the median of that over the table.
pub(crate) fn message(
    name: &str,
    unit: &str,
    [before, now]: [Value; 2],
    times: &str,
    usual: &str,
) -> Text {
    let grew = now.scaled() > before.scaled();
    let (zh, en) = if grew {
        ("增加到", "times as much")
    } else {
        ("减少到", "times as little")
    };
    Text::new(
        format!(
            "“{name}”由上年的{before}{unit}{zh}{now}{unit}，相差{times}倍以上，而全表各数变动倍数的中位数为{usual}。请核对；属实的请说明原因。"
        ),
        format!(
            "“{name}” went from {before} {unit} last year to {now} {unit}, {times} {en}, while the median of the table is {usual}. Check it, or explain."
        ),
    )
}
