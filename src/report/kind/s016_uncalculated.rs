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
    example: Example::Sheet {
        rows: "\
         (一)收到申请数 | 件 | =\n\
         1.当面申请数 | 件 | 26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | 0\n\
         4.信函申请数 | 件 | 0\n\
         ",
        hidden: false,
    },
};

/// `cells` is how many cells are formulas.
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
