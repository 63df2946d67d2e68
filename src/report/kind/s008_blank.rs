//! S008: nothing is written, or a sign for nothing.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S008",
    title: ["空白", "blank"],
    meaning: [
        "单元格空白，或只写了-、—、/、无。空白不等于0，单元格按缺失处理。",
        "Nothing is written, or only a sign for nothing (-, —, /, 无). A blank is not a zero; the cell is missing.",
    ],
    severity: Severity::Soft,
    example: Example::Rows(
        "\
         (一)收到申请数 | 件 | 27\n\
         1.当面申请数 | 件 | 26\n\
         2.传真申请数 | 件 | 1\n\
         3.网络申请数 | 件 | —\n\
         4.信函申请数 | 件 | 0\n\
         ",
    ),
};

/// `text` is what stands in the cell: nothing, or a sign for nothing.
pub(crate) fn message(name: &str, text: &str) -> Text {
    if text.is_empty() {
        return Text::new(
            format!("“{name}”空白。空白不等于0，请补填；确实没有的填0。"),
            format!(
                "“{name}” is blank. A blank is not a zero: fill it in, with 0 if there is none."
            ),
        );
    }
    Text::new(
        format!("“{name}”填的是“{text}”，不是数，按空白处理。请补填；确实没有的填0。"),
        format!(
            "“{name}” is “{text}”, which is read as a blank. Fill it in, with 0 if there is none."
        ),
    )
}

/// Many cells of a table, whose rows have these names: blanks may stand for zeros there.
pub(crate) fn many(names: &[&str]) -> Text {
    let (count, [zh, en]) = (names.len(), some(names));
    Text::new(
        format!(
            "有{count}个单元格空白或者只写了“-”“/”“无”：{zh}。空白不等于0，请逐一补填，确实没有的填0；如果都是0，也可以要求把空白按0审核。"
        ),
        format!(
            "{count} cells are blank or hold only a sign for nothing: {en}. A blank is not a zero: fill them in, with 0 where there is none; or, if all of them are zero, ask for blanks to be read so."
        ),
    )
}

/// The first of some names, and that there are more.
pub(crate) fn some(names: &[&str]) -> [String; 2] {
    const SHOWN: usize = 3;
    let shown = names.get(..SHOWN).unwrap_or(names);
    let (zh, en) = (shown.join("”“"), shown.join("”, “"));
    match names.len() > SHOWN {
        true => [format!("“{zh}”等"), format!("“{en}” and others")],
        false => [format!("“{zh}”"), format!("“{en}”")],
    }
}
