//! 总览: how many agencies have which status below each agency, and all agencies by their status.

use super::issues::files;
use super::sheet::{Cell, Sheet};
use super::{Book, BookError};
use crate::collection::{Collection, Entry, Status};

const WIDTHS: [u16; 7] = [28, 24, 10, 10, 10, 30, 60];
/// What agencies stand under that have none above.
const TOP: &str = "（无上级）";
/// What agencies stand under that are not on the list.
const UNLISTED: &str = "（不在名单上）";

pub(super) fn write(
    book: &mut Book,
    collection: &Collection,
    entries: &[&Entry],
) -> Result<(), BookError> {
    let mut sheet = Sheet::new(book, "总览", &WIDTHS)?;
    let year = collection.year.map(|it| format!("{it}年"));
    let year = year.unwrap_or_default();
    sheet.title(&format!("{year}政府信息公开统计报送情况"))?;
    sheet.gap();
    counts(&mut sheet, collection)?;
    sheet.gap();
    sheet.head(&["单位", "上级", "状态", "须改正", "须核实", "文件", "说明"])?;
    for entry in entries {
        let count = |of: fn(&crate::Filed) -> usize| -> Cell {
            match entry.filed.is_empty() {
                true => Cell::Blank,
                false => collection.tables(entry).map(of).sum::<usize>().into(),
            }
        };
        sheet.row([
            entry.name.as_str().into(),
            above(entry).into(),
            entry.status.name().into(),
            count(|it| it.hard),
            count(|it| it.soft),
            files(collection, entry).into(),
            said(collection, entry).into(),
        ])?;
    }
    sheet.end(1)
}

/// How many agencies have which status, below each agency and in all.
fn counts(sheet: &mut Sheet<'_>, collection: &Collection) -> Result<(), BookError> {
    let names = Status::ALL.map(Status::name);
    sheet.head(&[&["上级", "单位数"][..], &names].concat())?;
    let mut groups: Vec<(&str, Vec<&Entry>)> = Vec::new();
    for entry in &collection.entries {
        match groups.iter_mut().find(|(name, _)| *name == above(entry)) {
            Some((_, group)) => group.push(entry),
            None => groups.push((above(entry), vec![entry])),
        }
    }
    let all: Vec<&Entry> = collection.entries.iter().collect();
    groups.push(("合计", all));
    for (name, group) in groups {
        let of_status = |status| group.iter().filter(|it| it.status == status).count();
        let counts = Status::ALL.map(|status| Cell::from(of_status(status)));
        sheet.cells([name.into(), group.len().into()].into_iter().chain(counts))?;
    }
    Ok(())
}

fn above(entry: &Entry) -> &str {
    match (&entry.parent, entry.listed) {
        (Some(parent), _) => parent,
        (None, true) => TOP,
        (None, false) => UNLISTED,
    }
}

/// All remarks on an agency; of one whose files cannot be read, the reasons.
fn said(collection: &Collection, entry: &Entry) -> String {
    let remarks = entry.remarks.iter().map(|it| it.sentence.as_str());
    let unread = collection.tables(entry).filter(|it| !it.is_read());
    let unread = unread.flat_map(|it| it.issues.iter().map(|it| it.sentence.as_str()));
    remarks.chain(unread).collect()
}
