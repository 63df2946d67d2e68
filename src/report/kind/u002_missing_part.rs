//! U002: a level below has not reported, or its report cannot be read.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "U002",
    title: ["缺少下级", "a part is missing"],
    meaning: [
        "汇总清单中的下级没有报告，或者报告无法读取。",
        "A part of the roll-up has not reported, or its report cannot be read.",
    ],
    severity: Severity::Hard,
    example: Example::Levels("requests.received.total", 30, &[Some(10), None]),
};

/// The names of those that are missing, of how many.
pub(crate) fn message(missing: &[&str], all: usize) -> Text {
    let count = missing.len();
    Text::new(
        format!(
            "{all}个下级中缺{count}个的报告：{}。各项汇总不能核对完全，请补齐后再审核。",
            missing.join("、")
        ),
        format!(
            "Of {all} parts {count} are missing: {}. The sums cannot be checked in full: add them and check again.",
            missing.join(", ")
        ),
    )
}
