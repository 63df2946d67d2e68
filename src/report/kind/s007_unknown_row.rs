//! S007: the document has a row that the form does not have.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S007",
    title: ["表式之外的行", "an unknown row"],
    meaning: [
        "表中有表式没有的行，未参加审核。",
        "The document has a row that the form does not have; it takes no part in the check.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         5.公众号申请数 | 件 | 0\n\
         ",
    ),
};

/// `label` is that of the row in the document.
pub(crate) fn message(label: &str) -> Text {
    Text::new(
        format!("“{label}”不是表式中的行，未参加审核。"),
        format!("“{label}” is no row of the form, and takes no part in the check."),
    )
}
