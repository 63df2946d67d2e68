//! S015: a cell has text that is struck out or not shown.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S015",
    title: ["有删除或隐藏的文字", "struck or hidden text"],
    meaning: [
        "单元格里有划掉的或者不显示的文字，不作为单元格的内容。",
        "The cell has text that is struck out or not shown; it is no part of what the cell says.",
    ],
    severity: Severity::Soft,
    example: Example::Sheet {
        rows: "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26 ~~25~~\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
        hidden: false,
    },
};

/// So many cells are named.
const NAMED: usize = 3;

/// `cells` are the names of the cells, each with what is struck out or not shown in it.
pub(crate) fn message(cells: &[(&str, String)]) -> Text {
    let shown = cells.iter().take(NAMED);
    let zh: Vec<String> = shown
        .clone()
        .map(|(name, text)| format!("“{name}”中的“{text}”"))
        .collect();
    let en: Vec<String> = shown.map(|(name, text)| format!("“{text}” in “{name}”")).collect();
    let (more_zh, more_en) = match cells.len() > NAMED {
        true => (
            format!("等{}个单元格里的文字", cells.len()),
            format!(", and the text of {} more cells", cells.len() - NAMED),
        ),
        false => Default::default(),
    };
    Text::new(
        format!("{}{more_zh}是划掉的或者不显示的，未作为数值读取，请核对。", zh.join("、")),
        format!("Struck out or not shown: {}{more_en}. It is not read as part of the value. Check it.", en.join(", ")),
    )
}
