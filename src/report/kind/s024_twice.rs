//! S024: of many records, one is there twice.

use super::{Example, FindingKind};
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S024",
    title: ["记录重复", "record twice"],
    meaning: [
        "一个文件中有两条记录的标识相同：第二条起各报一次。各条都照常审核。",
        "Two records of a file have one key: reported at the second, and at each further one. All of them are checked.",
    ],
    severity: Severity::Hard,
    example: Example::Records(
        "\
         id,requests.received.total\n\
         甲,27\n\
         乙,3\n\
         甲,27\n\
         ",
    ),
};
