//! S019: a file has a hidden sheet or table.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S019",
    title: ["隐藏的表", "a hidden table"],
    meaning: [
        "文件里有隐藏的工作表或表格。有可见的表时只审核可见的；没有时审核隐藏的，并予说明。",
        "The file has a hidden sheet or table. Where there is a visible one, only that is checked; otherwise the hidden one is, and it is said.",
    ],
    severity: Severity::Soft,
    example: Example::Described([
        "工作簿里有隐藏的工作表“上报”，统计表在其中。",
        "A workbook whose hidden sheet has the table.",
    ]),
};

/// The names of what is hidden; `is_read` where it is checked, since there is no visible table.
pub(crate) fn message(names: &[String], is_read: bool) -> Text {
    let names = names.join("”“");
    let (zh, en) = match names.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("“{names}”"), format!(" “{names}”")),
    };
    match is_read {
        true => Text::new(
            format!("审核的表在隐藏的工作表或表格{zh}里，文件中没有可见的统计表，请确认。"),
            format!(
                "The table that is checked is hidden{en}; the file has no visible one. Confirm."
            ),
        ),
        false => Text::new(
            format!("文件里还有隐藏的统计表{zh}，没有审核，只审核了可见的，请确认。"),
            format!("The file has a hidden table too{en}, which is not checked. Confirm."),
        ),
    }
}
