//! N002: what is listed behind 其中 does not sum to the number before it.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::{Number, Value};
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "N002",
    title: ["“其中”所列不等于总数", "a list that does not sum"],
    meaning: [
        "“其中”所列各项穷尽列举，合计应等于它前面的总数。",
        "What is listed behind 其中 is all there is, and sums to the number before it.",
    ],
    severity: Severity::Hard,
    example: Example::Sentence("全年收到政府信息公开申请27件，其中当面申请20件，网络申请5件。"),
};

/// The words of the text before the list, and of each thing in it; the sum of the list, the number before it, and by how much
/// they differ.
pub(crate) fn message(
    head: &str,
    items: &[String],
    sum: Value,
    whole: Value,
    difference: Number,
) -> Text {
    let shown: Vec<String> = items.iter().map(|item| format!("“{item}”")).collect();
    Text::new(
        format!(
            "正文“{head}”，“其中”所列{}合计为{sum}，不等于{whole}，相差{difference}。“其中”所列应当穷尽，请核对各数，或者写明还有其他情形。",
            shown.concat()
        ),
        format!(
            "The text says “{head}”, but what it lists behind 其中, {}, sums to {sum}, not to {whole}: a difference of {difference}. Such a list is closed: check its numbers, or say that there are others.",
            shown.join(", ")
        ),
    )
}
