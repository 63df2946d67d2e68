//! S017: a file has bytes that cannot be decoded. Its sentence is that of whoever reads the file.

use super::{Example, FindingKind};
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S017",
    title: ["有损坏的字节", "broken bytes"],
    meaning: [
        "文件里有不能解码的字节；在表格单元格里的，该单元格不予采信。",
        "The file has bytes that cannot be decoded; a cell of the table that holds some is not read.",
    ],
    severity: Severity::Soft,
    example: Example::Described([
        "下载中断的网页，有一个字只剩一半。",
        "A page whose download broke off within a character.",
    ]),
};
