//! S024: of many records, one is there twice.

use super::{Example, FindingKind};
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S024",
    title: ["记录重复", "record twice"],
    meaning: [
        "一个文件中有两条记录的标识相同：第二条起各报一次。有年度列的，各文件中标识和年度都相同的也算。各条都照常审核。",
        "Two records of a file have one key; where a column says the year, two records of any files have one key and one year. Reported at the second, and at each further one. All of them are checked.",
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
