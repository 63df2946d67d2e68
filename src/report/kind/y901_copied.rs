//! Y901: a table repeats that of the year before.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "Y901",
    title: ["与上年雷同", "a copied report"],
    meaning: [
        "不小于10的数中至少有5个、且至少一半与上年完全相同，可能误用了上年的报告。",
        "Of the figures from 10 up at least five, and at least half, are those of the year before: last year's report may have been left in place.",
    ],
    severity: Severity::Soft,
    example: Example::Years(&[
        ("requests.received.total", 27, 27),
        ("requests.received.in_person", 26, 26),
        ("requests.closed.total", 27, 27),
        ("requests.closed.on_time", 27, 27),
        ("requests.answered.total", 27, 27),
    ]),
};

/// Of `all` figures from `small` up, `same` are those of the year before.
pub(crate) fn message(small: u64, all: usize, same: usize) -> Text {
    Text::new(
        format!(
            "不小于{small}的{all}个数中有{same}个与上年完全相同。请核对是否误用了上年的报告或者漏改了数字。"
        ),
        format!(
            "Of the {all} figures from {small} up, {same} are those of last year. Check whether last year's report, or its figures, were left in place."
        ),
    )
}
