//! U001: the figure of a level is not the sum of those of the levels below.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::Number;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "U001",
    title: ["汇总不等", "not the sum"],
    meaning: [
        "上级的数不等于各下级之和。只核对可以相加的指标；有下级缺数的，只在已有的和已经超过上级时判定。",
        "The figure of the level above is not the sum of those of its parts. Only indicators that add are compared; where a part has no figure, only a sum that is already too large is one.",
    ],
    severity: Severity::Hard,
    example: Example::Levels("requests.received.total", 30, &[Some(10), Some(15)]),
};

/// `sides` are the figure of the level, the sum of its parts, and how far apart they are; where not the whole sum is known, the
/// last two are the least that they can be. `why` says which part would explain it.
pub(crate) fn message(
    name: &str,
    unit: &str,
    sides: [Number; 3],
    whole: bool,
    why: &Text,
) -> Text {
    let [parent, sum, difference] = sides;
    let off = difference.abs();
    let [is, least, at_least] = match whole {
        true => ["为", "", ""],
        false => ["至少为", "至少", "at least "],
    };
    Text::new(
        format!(
            "“{name}”本级为{parent}{unit}，而各下级之和{is}{sum}{unit}，相差{least}{off}{unit}。上级应等于各下级之和，请核对。{}",
            why.zh
        ),
        format!(
            "“{name}” is {parent} {unit}, but its parts sum to {at_least}{sum}: a difference of {at_least}{off}. The level above must equal the sum of its parts: check them.{}",
            why.en
        ),
    )
}

/// Where the sum cannot be told, since these levels have no value.
pub(crate) fn open_message(name: &str, missing: &[&str]) -> Text {
    Text::new(
        format!("“{name}”不能核对汇总，缺少{}的数值。", missing.join("、")),
        format!("The sum of “{name}” is open: no value of {}.", missing.join(", ")),
    )
}
