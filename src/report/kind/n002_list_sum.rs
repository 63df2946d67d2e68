//! N002: what is listed behind 其中 does not sum to the number before it.

use std::fmt::Display;

use super::{Example, FindingKind, claimed};
use crate::lang::Text;
use crate::number::Number;
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "N002",
    title: ["“其中”所列不等于总数", "a list that does not sum"],
    meaning: [
        "“其中”所列各项列出了表式的全部分项，或者写明“分别为”“分为”，合计应等于它前面的总数。",
        "A list behind 其中 that names all parts of the form, or says that it does (分别为, 分为), sums to the number before it.",
    ],
    severity: Severity::Soft,
    example: Example::Sentence("全年收到政府信息公开申请27件，其中分为当面申请20件，网络申请5件。"),
};

/// Where the text says the number before the list, the words of each thing in the list, the sum of these, that number, and by how
/// much they differ.
pub(crate) fn message(
    head: &Place,
    items: &[String],
    sum: impl Display,
    whole: impl Display,
    difference: Number,
) -> Text {
    let shown: Vec<String> = items.iter().map(|item| format!("“{item}”")).collect();
    let says = claimed(head);
    Text::new(
        format!(
            "{}，“其中”所列{}合计为{sum}，不等于{whole}，相差{difference}，请核对各数，或者写明还有其他情形。",
            says.zh,
            shown.concat()
        ),
        format!(
            "{}, but what it lists behind 其中, {}, sums to {sum}, not to {whole}: a difference of {difference}. Check the numbers, or say that there are others.",
            says.en,
            shown.join(", ")
        ),
    )
}
