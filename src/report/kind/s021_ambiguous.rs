//! S021: it is not known which value belongs to which row, and the table is refused.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S021",
    title: ["无法辨认各行", "rows cannot be told apart"],
    meaning: [
        "转换时丢失了单元格，或同名的行失去了上下文，无法确定各数值属于哪一行。整张表不予采信，不作猜测。",
        "Cells were lost, or rows of the same label have lost their context, so that it is not known which value belongs to which row. The table is refused rather than guessed at.",
    ],
    severity: Severity::Hard,
    example: Example::Document(
        "\
         政府信息公开情况统计表（2017年度）\n\
         统计指标 | 单位 | 甲县 | 乙县\n\
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

/// Where a table has several columns of values, with these headings, and nothing says which is meant.
pub(crate) fn which_column(columns: &[String]) -> Text {
    let all = columns.join("”“");
    Text::new(
        format!("不能确定审核哪一列：表中的数值列有“{all}”。请指定列名。"),
        format!(
            "There is no telling which column to check: the table has “{all}”. Name one of them."
        ),
    )
}

/// Where rows cannot be told apart: the label of each, and the line that it stands on.
pub(crate) fn told_apart(rows: &[(String, usize)]) -> Text {
    const NAMED: usize = 8;
    let named = || rows.iter().take(NAMED);
    let zh: String = named()
        .map(|(label, line)| format!("“{label}”（第{line}行）"))
        .collect();
    let en: Vec<String> = named()
        .map(|(label, line)| format!("“{label}” (line {line})"))
        .collect();
    let (zh_more, en_more) = if rows.len() > NAMED {
        ("等", ", …")
    } else {
        ("", "")
    };
    Text::new(
        format!(
            "{zh}{zh_more}处的单元格有缺失或错位，不能确定各数值属于哪一行，整张表不予采信。请对照原表补全各行。"
        ),
        format!(
            "Cells are lost or displaced at {}{en_more}: it is not known which value belongs to which row, and the table is refused. Complete the rows from the original.",
            en.join(", ")
        ),
    )
}

/// Where a table has far more rows than its form, which has `rows`.
pub(crate) fn too_many_rows(rows: usize) -> Text {
    Text::new(
        format!("表中的行远多于表式的{rows}行，不能认定为这张表。"),
        format!(
            "The table has far more rows than the {rows} of the form, and cannot be taken for it."
        ),
    )
}
