//! S016: cells hold formulas that no program has calculated.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S016",
    title: ["公式未计算", "formulas not calculated"],
    meaning: [
        "单元格是公式，文件里没有算出的结果，按空白处理。用电子表格软件打开、保存后再审核。",
        "The cells hold formulas that no program has calculated; they are blank. Open and save the file in a spreadsheet program first.",
    ],
    severity: Severity::Soft,
    example: Example::Described([
        "由程序写出、从未用电子表格软件打开过的表，单元格里是 =SUM(C4:C7)。",
        "A cell with =SUM(C4:C7) in a workbook that a program wrote and nobody has opened.",
    ]),
};

/// Of so many cells, said at once.
pub(crate) fn message(cells: usize) -> Text {
    Text::new(
        format!(
            "有{cells}个单元格是公式，文件里没有算出的结果，按空白处理。请用电子表格软件打开，保存后再审核。"
        ),
        format!(
            "{cells} cells hold formulas that no program has calculated; they are blank. Open and save the file in a spreadsheet program first."
        ),
    )
}
