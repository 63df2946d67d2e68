//! S022: a file is no document that can be read. Its sentence is the reason, which whoever reads the file gives.

use super::{Example, FindingKind};
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S022",
    title: ["文件不能读取", "not a document"],
    meaning: [
        "文件打不开，或者其格式、编码不能读取；原因写在提示里。",
        "The file cannot be opened, or its format or encoding cannot be read; the message says why.",
    ],
    severity: Severity::Hard,
    example: Example::File(b"%PDF-1.7"),
};
