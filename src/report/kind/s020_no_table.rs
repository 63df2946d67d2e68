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
