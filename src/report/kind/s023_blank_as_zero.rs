//! S023: blank cells were read as zero, because whoever asked for the check said so.

use super::s008_blank::some;
use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S023",
    title: ["空白按0审核", "blanks read as zero"],
    meaning: [
        "按审核人的要求，空白的单元格按0审核。表中没有的行不在其内。",
        "Blank cells were read as zero, as was asked for. Rows that are not there were not.",
    ],
    severity: Severity::Soft,
    example: Example::BlankRows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 27\n\
         2.传真申请数 | 件 | —\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 |\n\
         ",
    ),
};

/// The names of the rows whose cells were blank.
pub(crate) fn message(names: &[&str]) -> Text {
    let (count, [zh, en]) = (names.len(), some(names));
    Text::new(
        format!("按要求把{count}个空白单元格按0审核：{zh}，请确认这些确实是0。"),
        format!("{count} blank cells were read as 0, as was asked for: {en}. Confirm that they are."),
    )
}
