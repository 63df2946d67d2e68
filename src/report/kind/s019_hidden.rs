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
    example: Example::Sheet {
        rows: "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
        hidden: true,
    },
};

/// `under` are the names of the hidden sheets, where they have any; `is_read` is whether the table that is checked is one of
/// them.
pub(crate) fn message(under: &[String], is_read: bool) -> Text {
    let names = under.join("”“");
    let [zh, en] = match under.is_empty() {
        true => [String::new(), String::new()],
        false => [format!("“{names}”"), format!(" “{names}”")],
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
