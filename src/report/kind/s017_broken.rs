//! S017: characters of the file cannot be told: bytes are broken, or how digits are shown is not known.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S017",
    title: ["有不能确定的字", "characters that cannot be told"],
    meaning: [
        "文件里有不能确定的字：字节损坏，或者其中的数字显示成什么样无法判断。在表的单元格里的，该单元格不予采信；在其他地方的，不影响审核，但应对照原文核对。",
        "The file has characters that cannot be told: bytes are broken, or how its digits are shown is not known. A cell of the table that holds some is not read; elsewhere they change nothing, but they should be looked at.",
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
        format!("文件有{lines}处含有不能确定的字，显示为“\u{fffd}”：字节损坏，或者数字的显示方式无法判断。请对照原文核对。"),
        format!("{lines} lines of the file have characters that cannot be told, shown as “\u{fffd}”: broken bytes, or digits that are shown in a way that is not followed. Check them against the original."),
    )
}
