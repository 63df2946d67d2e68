//! S017: bytes of the file cannot be decoded.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S017",
    title: ["有损坏的字节", "broken bytes"],
    meaning: [
        "文件里有不能解码的字节。在表的单元格里的，该单元格不予采信；在其他地方的，不影响审核，但应核对文件是否完整。",
        "The file has bytes that cannot be decoded. A cell of the table that holds some is not read; elsewhere they change nothing, but the file may be damaged.",
    ],
    severity: Severity::Soft,
    example: Example::Document(
        "\
         某局2017年政府信息公开\u{fffd}作年度报告\n\
         政府信息公开情况统计表（2017年度）\n\
         统计指标 | 单位 | 统计数\n\
         (一)收到申请数 | 件 | 7\n\
         1.当面申请数 | 件 | 7\n\
         2.传真申请数 | 件 | 0\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         (二)申请办结数 | 件 | 7\n\
         1.按时办结数 | 件 | 7\n\
         2.延期办结数 | 件 | 0\n\
         ",
    ),
};

/// `lines` is in how many lines they stand.
pub(crate) fn message(lines: usize) -> Text {
    Text::new(
        format!("文件有{lines}处含有不能解码的字节，显示为“\u{fffd}”，请核对文件是否损坏。"),
        format!("{lines} lines of the file have bytes that cannot be decoded, shown as “\u{fffd}”: check whether it is damaged."),
    )
}
