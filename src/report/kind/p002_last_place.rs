//! P002: a percentage that is stated is one unit in the last place off. Its sentences are those of P001.

use super::{Example, FindingKind};
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "P002",
    title: ["百分比末位差1", "last place"],
    meaning: [
        "写明的百分比与四舍五入的结果相差末位1个单位，可能是截断，或为使合计等于100%而调整。",
        "The percentage that is stated is one unit in the last place from the rounded one: it may have been cut off, or nudged so that the shares total 100 %.",
    ],
    severity: Severity::Soft,
    example: Example::Share {
        part: ("requests.received.in_person", 30),
        base: ("requests.received.total", 159),
        stated: "18.8%",
    },
};
