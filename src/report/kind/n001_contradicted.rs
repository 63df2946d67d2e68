//! N001: the text says otherwise than the table.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::number::{Number, Value};
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "N001",
    title: ["正文与表不一致", "text against table"],
    meaning: [
        "正文中说的数与表中的不同。只比较能够确定所指指标的说法；约数不比较。",
        "A number in the text is not that of the table. Only what is certain to be about a row is compared; approximate numbers are not.",
    ],
    severity: Severity::Hard,
    example: Example::Sentence("全年收到政府信息公开申请28件。"),
};

/// A number: the words of the text, the cells that they may mean by name and figure, the unit, and by how much the first is off.
pub(crate) fn message(text: &str, sums: &[(Text, Value)], unit: &str, difference: Number) -> Text {
    let (first, others) = (sums.first(), sums.get(1..).unwrap_or_default());
    let [zh, en, total] = match first {
        Some((name, total)) => [name.zh.clone(), name.en.clone(), total.to_string()],
        None => Default::default(),
    };
    let zh_others: String = others
        .iter()
        .map(|(name, total)| format!("，{}合计为{total}{unit}", name.zh))
        .collect();
    let en_others: String = others
        .iter()
        .map(|(name, total)| format!(", and {} {total}", name.en))
        .collect();
    Text::new(
        format!(
            "正文称“{text}”，而表中{zh}为{total}{unit}{zh_others}，相差{difference}{unit}。请核对是正文还是表有误，并改正。"
        ),
        format!(
            "The text says “{text}”, but in the table {en} is {total}{en_others}: a difference of {difference}. The two must agree: check both, and correct the one that is wrong."
        ),
    )
}

/// That all of one thing is of one kind: the words of the text, and the part and the whole by name and figure.
pub(crate) fn all_message(text: &str, part: (&Text, Value), whole: (&Text, Value)) -> Text {
    let ((part, some), (whole, all)) = (part, whole);
    Text::new(
        format!(
            "正文称“{text}”，而表中{}为{some}，{}为{all}，并非全部。请核对是正文还是表有误，并改正。",
            part.zh, whole.zh
        ),
        format!(
            "The text says “{text}”, but in the table {} is {some} and {} {all}, which is not all. Check both, and correct the one that is wrong.",
            part.en, whole.en
        ),
    )
}
