//! P003: a percentage is stated of a base that is 0.

use super::{Example, FindingKind, claimed};
use crate::lang::Text;
use crate::number::Value;
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "P003",
    title: ["百分比没有基数", "no base"],
    meaning: [
        "基数为0，写明的百分比无从计算。",
        "The base is 0, so that no percentage follows from it.",
    ],
    severity: Severity::Soft,
    example: Example::Share {
        part: ("requests.received.in_person", 0),
        base: ("requests.received.total", 0),
        stated: "50%",
    },
};

/// `name` is that of the part; `base` a name and a figure.
pub(crate) fn message(name: &str, base: (&str, Value), stated: &str) -> Text {
    let (of, whole) = base;
    Text::new(
        format!("“{of}”为{whole}，“{name}”所占的比例{stated}无从计算，请核对。"),
        format!(
            "“{of}” is {whole}: the share of “{name}”, stated as {stated}, does not follow from it. Check it."
        ),
    )
}

/// Where the text states it; `base` is a name in both languages and a figure.
pub(crate) fn claim_message(claim: &Place, base: (&Text, Value)) -> Text {
    let ((of, all), says) = (base, claimed(claim));
    Text::new(
        format!("{}，表中{}为{all}，比例无从计算，请核对。", says.zh, of.zh),
        format!(
            "{}, but in the table {} is {all}: no percentage follows from that. Check it.",
            says.en, of.en
        ),
    )
}
