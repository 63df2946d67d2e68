//! S013: a table has several columns of values, of which one is read.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S013",
    title: ["有多个数值列", "several value columns"],
    meaning: [
        "表中有多个数值列，只审核其中一列；可以指定是哪一列。各列分属不同年份的，每年各按一张表审核，不在此列。",
        "The table has several columns of values, of which one is checked; the caller may name it. Columns of different years are none of this: each is checked as a table of its own.",
    ],
    severity: Severity::Soft,
    example: Example::Document(
        "\
         政府信息公开情况统计表（2017年度）\n\
         统计指标 | 单位 | 部门统计数 | 社区统计数\n\
         (一)收到申请数 | 件 | 27 | 0\n\
         1.当面申请数 | 件 | 26 | 0\n\
         2.传真申请数 | 件 | 1 | 0\n\
         3.网络申请数 | 件 | 0 | 0\n\
         4.信函申请数 | 件 | 0 | 0\n\
         (二)申请办结数 | 件 | 27 | 0\n\
         1.按时办结数 | 件 | 27 | 0\n\
         2.延期办结数 | 件 | 0 | 0\n\
         ",
    ),
};

/// `all` are the headings of the columns, `read` that of the one which is checked.
pub(crate) fn message(all: &[String], read: &str) -> Text {
    let all = all.join("”“");
    Text::new(
        format!("表中有多个数值列：“{all}”。审核的是“{read}”；要审核另一列，请指定列名。"),
        format!(
            "The table has several columns of values: “{all}”. “{read}” is checked; name another to have that checked."
        ),
    )
}
