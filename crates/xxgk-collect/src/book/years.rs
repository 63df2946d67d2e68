//! 年度衔接: what was found between the years.

use super::sheet::{Cell, Sheet};
use super::{Book, BookError};
use crate::collection::{Collection, Entry};
use crate::filed::Before;

const HEADS: [&str; 9] = [
    "单位",
    "文件",
    "上年文件",
    "性质",
    "位置",
    "指标",
    "本年数",
    "上年数",
    "问题",
];
const WIDTHS: [u16; 9] = [24, 24, 24, 9, 18, 26, 12, 12, 60];

pub(super) fn write(
    book: &mut Book,
    collection: &Collection,
    entries: &[&Entry],
) -> Result<(), BookError> {
    let mut sheet = Sheet::new(book, "年度衔接", &WIDTHS)?;
    sheet.head(&HEADS)?;
    for entry in entries {
        for filed in collection.tables(entry) {
            let about = |before: &str| [&entry.name, &filed.said(), before].map(Cell::from);
            match &filed.before {
                None => {}
                Some(Before::Not(why)) => sheet.cells(with(about(""), nothing(why)))?,
                Some(Before::Compared { file, differences }) if differences.is_empty() => {
                    sheet.cells(with(about(file), nothing("已核对，没有问题。")))?;
                }
                Some(Before::Compared { file, differences }) => {
                    for it in differences {
                        let found = [
                            it.weight.name().into(),
                            it.place.as_str().into(),
                            it.row.as_str().into(),
                            it.current.clone().into(),
                            it.before.clone().into(),
                            it.sentence.as_str().into(),
                        ];
                        sheet.cells(with(about(file), found))?;
                    }
                }
            }
        }
    }
    sheet.end(1)
}

fn with(about: [Cell; 3], found: [Cell; 6]) -> impl Iterator<Item = Cell> {
    about.into_iter().chain(found)
}

/// A row without a figure.
fn nothing(sentence: &str) -> [Cell; 6] {
    let [a, b, c, d, e] = [const { Cell::Blank }; 5];
    [a, b, c, d, e, sentence.into()]
}
