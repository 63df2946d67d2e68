//! N001: the text says otherwise than the table.

use super::{Example, FindingKind, claimed};
use crate::lang::Text;
use crate::number::{Number, Value};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "N001",
    title: ["正文与表不一致", "text against table"],
    meaning: [
        "正文中说的数与表中的不同。只比较能够确定所指指标的说法；部门、区县或者部分月份的数，约数，都不比较。没有写明是全部（如共、全市、本机关）而报告中还提到其他单位的，以及用简称的，属核实性。",
        "A number in the text is not that of the table. Only what is certain to be about a row is compared; numbers of a department, a district or a part of the year are not, nor approximate ones. Soft where the sentence does not say that it is of the whole body and the report names others too, or where the row has a short name only.",
    ],
    severity: Severity::Hard,
    example: Example::Sentence("全年收到政府信息公开申请28件。"),
};

/// A number: where the text says it, the cells that it may mean by name and figure, the unit, by how much the first is off, and
/// how much that weighs.
pub(crate) fn message(
    claim: &Place,
    sums: &[(Text, Value)],
    unit: &str,
    difference: Number,
    severity: Severity,
) -> Text {
    let [zh, en, total] = match sums.first() {
        Some((name, total)) => [name.zh.clone(), name.en.clone(), total.to_string()],
        None => Default::default(),
    };
    // Of sums that come to the same, one is enough.
    let others = sums.iter().skip(1);
    let others = others.filter(|(_, other)| sums.first().is_none_or(|(_, first)| first != other));
    let zh_others: String = others
        .clone()
        .map(|(name, total)| format!("，{}合计为{total}{unit}", name.zh))
        .collect();
    let en_others: String = others
        .map(|(name, total)| format!(", and {} {total}", name.en))
        .collect();
    let (says, remedy) = (claimed(claim), remedy(severity));
    Text::new(
        format!(
            "{}，表中{zh}为{total}{unit}{zh_others}，相差{difference}{unit}，{}。",
            says.zh, remedy.zh
        ),
        format!(
            "{}, but in the table {en} is {total}{en_others}: a difference of {difference}. {}.",
            says.en, remedy.en
        ),
    )
}

/// That all of one thing is of one kind: where the text says it, the part and the whole by name and figure, and how much it
/// weighs.
pub(crate) fn all_message(
    claim: &Place,
    part: (&Text, Value),
    whole: (&Text, Value),
    severity: Severity,
) -> Text {
    let ((part, some), (whole, all)) = (part, whole);
    let (says, remedy) = (claimed(claim), remedy(severity));
    Text::new(
        format!(
            "{}，表中{}为{some}，{}为{all}，并非全部，{}。",
            says.zh, part.zh, whole.zh, remedy.zh
        ),
        format!(
            "{}, but in the table {} is {some} and {} {all}, which is not all. {}.",
            says.en, part.en, whole.en, remedy.en
        ),
    )
}

/// What to do about it.
fn remedy(severity: Severity) -> Text {
    match severity {
        Severity::Hard => Text::new(
            "请核对是正文还是表有误",
            "Check whether the text or the table is wrong",
        ),
        Severity::Soft => Text::new(
            "请核对两处的口径（是否为同一单位、同一时期的数），口径相同的请改正有误的一处",
            "Check whether both are of the same body and the same time; if they are, correct the one that is wrong",
        ),
    }
}
