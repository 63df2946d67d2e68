//! P001: a percentage that is stated does not follow from its figures.

use super::{Example, FindingKind, claimed};
use crate::lang::Text;
use crate::number::Value;
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "P001",
    title: ["百分比不对", "wrong percentage"],
    meaning: [
        "写明的百分比与由件数算出的不同，相差超过末位1个单位。正文中的百分比属核实性。",
        "The percentage that is stated does not follow from its counts, by more than one unit in the last place. Soft in a sentence.",
    ],
    severity: Severity::Hard,
    example: Example::Share {
        part: ("requests.received.in_person", 30),
        base: ("requests.received.total", 159),
        stated: "19.8%",
    },
};

/// `part` and `base` are each a name and a figure; `derived` is the percentage that follows from them. P002 says the same.
pub(crate) fn message(
    part: (&str, Value),
    base: (&str, Value),
    stated: &str,
    derived: &str,
) -> Text {
    let ((name, value), (of, whole)) = (part, base);
    Text::new(
        format!("“{name}”{value}占“{of}”{whole}的比例写作{stated}，应为{derived}，请核对。"),
        format!(
            "“{name}” {value} of “{of}” {whole} is stated as {stated}; it is {derived}. Check it."
        ),
    )
}

/// Where the text states it; the names of the part and the base in both languages, each with its figure.
pub(crate) fn claim_message(
    claim: &Place,
    part: (&Text, Value),
    base: (&Text, Value),
    derived: &str,
) -> Text {
    let ((name, some), (of, all)) = (part, base);
    let says = claimed(claim);
    Text::new(
        format!(
            "{}，按表中{}{some}、{}{all}计算，应为{derived}，请核对。",
            says.zh, name.zh, of.zh
        ),
        format!(
            "{}, but from {}, {some}, and {}, {all}, follows {derived}. Check it.",
            says.en, name.en, of.en
        ),
    )
}
