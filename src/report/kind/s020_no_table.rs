//! S020: a document holds no table of the forms.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S020",
    title: ["没有统计表", "no table"],
    meaning: [
        "文中没有找到统计表。",
        "No table of the form was found in the text.",
    ],
    severity: Severity::Hard,
    example: Example::Document("今年的统计表另行公布。"),
};

/// `titles` are those of the forms that were looked for, `rows` how many lines look like rows of them.
pub(crate) fn message(titles: &[&str], rows: usize) -> Text {
    let (zh, en) = (titles.join("》或《"), titles.join("” or “"));
    if rows == 0 {
        return Text::new(
            format!("没有找到《{zh}》。请确认文件中有这张表，并且每行都有指标名称和数值。"),
            format!(
                "No “{en}” was found. Make sure that the file has the table, each row with its label and value."
            ),
        );
    }
    Text::new(
        format!("没有找到《{zh}》：只有{rows}行像是表中的指标，不足以认定。请确认文件完整。"),
        format!(
            "No “{en}” was found: only {rows} lines look like rows of it. Make sure that the file is whole."
        ),
    )
}

/// Where the table is of a form that was not asked for: the title and the source of that, and the titles of those that were.
pub(crate) fn other_form(title: &str, source: &str, asked: &[&str]) -> Text {
    let (zh, en) = (asked.join("》或《"), asked.join("” or “"));
    Text::new(
        format!("文件里的表是《{title}》（{source}），不是指定的《{zh}》。请改用与表相符的表式。"),
        format!(
            "The table of the file is “{title}” ({source}), not “{en}”, which was asked for. Name the form that it is of."
        ),
    )
}

/// Said behind the others where the file has pictures.
pub(crate) fn picture() -> Text {
    Text::new(
        "文件里有图片，统计表可能是以图片插入的，请改为可编辑的表格。",
        "The file has pictures: the table may be one of them. Put it in as a table that can be edited.",
    )
}

/// Said behind the others where the file has a workbook embedded.
pub(crate) fn workbook() -> Text {
    Text::new(
        "文件里嵌入了电子表格，统计表可能在其中，请把它另存为单独的文件再审核。",
        "The file has a workbook embedded, which may hold the table: save it as a file of its own.",
    )
}

/// Said behind the others where the file has another file embedded that is not read.
pub(crate) fn embedded() -> Text {
    Text::new(
        "文件里嵌入了另一个文件，其格式不能读取，统计表可能在其中，请把它另存为单独的文件再审核。",
        "The file has another file embedded, in a format that is not read, which may hold the table: save it as a file of its own.",
    )
}

/// Said behind the others where the file does not say which characters some of its glyphs are.
pub(crate) fn characters() -> Text {
    Text::new(
        "文件里有的字只有字形，没有字符编码，不能识别。请从原文件另存为 docx 或 xlsx。",
        "The file has glyphs without characters, which are not read: save the original as docx or xlsx.",
    )
}

/// Said behind the others where numbers stand on a page in no columns that can be told.
pub(crate) fn columns() -> Text {
    Text::new(
        "文件里有没有框线的表，各列对不齐，不能确定数值属于哪一列。请给表格加上框线，或者从原文件另存为 docx 或 xlsx。",
        "The file has a table without rules whose columns cannot be told: give it rules, or save the original as docx or xlsx.",
    )
}
