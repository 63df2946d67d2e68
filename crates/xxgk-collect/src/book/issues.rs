//! 问题清单: what is wrong, a row each.

use super::sheet::{Cell, Sheet};
use super::{Book, BookError};
use crate::collection::{Collection, Entry};
use crate::filed::Filed;

const HEADS: [&str; 8] = [
    "单位", "文件", "性质", "位置", "指标", "问题", "现值", "应为",
];
const WIDTHS: [u16; 8] = [24, 24, 9, 18, 26, 60, 12, 12];

/// The issues of all agencies, in this order.
pub(super) fn write(
    book: &mut Book,
    collection: &Collection,
    entries: &[&Entry],
) -> Result<(), BookError> {
    let mut sheet = begin(book)?;
    for entry in entries {
        for remark in &entry.remarks {
            let Some(weight) = remark.weight else {
                continue;
            };
            let sentence = remark.sentence.as_str().into();
            let blank = || Cell::Blank;
            sheet.row([
                entry.name.as_str().into(),
                files(collection, entry).into(),
                weight.name().into(),
                blank(),
                blank(),
                sentence,
                blank(),
                blank(),
            ])?;
        }
        for filed in collection.tables(entry) {
            of_table(&mut sheet, &entry.name, filed)?;
        }
    }
    sheet.end(1)
}

/// The issues of some tables.
pub(super) fn of_tables(book: &mut Book, filed: &[Filed]) -> Result<(), BookError> {
    let mut sheet = begin(book)?;
    for it in filed {
        of_table(&mut sheet, it.agency.as_deref().unwrap_or_default(), it)?;
    }
    sheet.end(1)
}

fn begin(book: &mut Book) -> Result<Sheet<'_>, BookError> {
    let mut sheet = Sheet::new(book, "问题清单", &WIDTHS)?;
    sheet.head(&HEADS)?;
    Ok(sheet)
}

fn of_table(sheet: &mut Sheet<'_>, agency: &str, filed: &Filed) -> Result<(), BookError> {
    for issue in &filed.issues {
        sheet.row([
            agency.into(),
            filed.said().into(),
            issue.weight.name().into(),
            issue.place.as_str().into(),
            issue.row.as_str().into(),
            issue.sentence.as_str().into(),
            issue.current.clone().into(),
            issue.should.into(),
        ])?;
    }
    Ok(())
}

/// The files of an agency, of which none is of the year those of others.
pub(super) fn files(collection: &Collection, entry: &Entry) -> String {
    let indices = match entry.filed.is_empty() {
        true => &entry.others,
        false => &entry.filed,
    };
    let filed = indices.iter().filter_map(|it| collection.filed.get(*it));
    let files: Vec<String> = filed.map(Filed::said).collect();
    files.join("、")
}
