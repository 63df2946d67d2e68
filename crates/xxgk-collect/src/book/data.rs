//! 数据: an agency a row, a cell a column; a sheet for each form, that of most agencies first.

use std::sync::Arc;

use xxgk::Number;
use xxgk::form::Form;

use super::sheet::{Cell, Sheet};
use super::{Book, BookError};
use crate::collection::{Collection, Entry};
use crate::filed::Filed;

const ABOUT: [&str; 5] = ["单位", "上级", "状态", "年度", "文件"];
const WIDTHS: [u16; 5] = [24, 24, 10, 8, 24];

pub(super) fn write(book: &mut Book, collection: &Collection) -> Result<(), BookError> {
    let forms = forms(collection);
    for (number, form) in (1..).zip(&forms) {
        let name = match number {
            1 => "数据".to_owned(),
            _ => format!("数据{number}"),
        };
        of_form(book, &name, form, number == 1, collection)?;
    }
    if forms.is_empty() {
        let mut sheet = Sheet::new(book, "数据", &WIDTHS)?;
        sheet.head(&ABOUT)?;
        sheet.end(1)?;
    }
    Ok(())
}

/// The forms of the tables, that of most of them first.
fn forms(collection: &Collection) -> Vec<Arc<Form>> {
    let mut forms: Vec<(Arc<Form>, usize)> = Vec::new();
    let entries = collection.entries.iter();
    let tables = entries.flat_map(|entry| collection.tables(entry));
    for form in tables.filter_map(Filed::form) {
        match forms.iter_mut().find(|(other, _)| other.id() == form.id()) {
            Some((_, count)) => *count += 1,
            None => forms.push((form.clone(), 1)),
        }
    }
    forms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    forms.into_iter().map(|(form, _)| form).collect()
}

/// The agencies that filled in a form; on the first sheet, those without a table too.
fn of_form(
    book: &mut Book,
    name: &str,
    form: &Arc<Form>,
    first: bool,
    collection: &Collection,
) -> Result<(), BookError> {
    let mut sheet = Sheet::new(book, name, &WIDTHS)?;
    let names = form.indicators().iter().map(|it| it.name());
    sheet.head(&ABOUT.into_iter().chain(names).collect::<Vec<_>>())?;
    for entry in &collection.entries {
        let read: Vec<&Filed> = collection.tables(entry).filter(|it| it.is_read()).collect();
        for filed in read
            .iter()
            .filter(|it| it.form().is_some_and(|it| it.id() == form.id()))
        {
            sheet.cells(about(entry, Some(filed)).into_iter().chain(values(filed)))?;
        }
        if first && read.is_empty() {
            sheet.cells(about(entry, None))?;
        }
    }
    sheet.end(1)
}

fn about(entry: &Entry, filed: Option<&Filed>) -> [Cell; 5] {
    let year = filed.and_then(|it| it.year);
    [
        entry.name.as_str().into(),
        entry.parent.as_deref().into(),
        entry.status.name().into(),
        year.map(usize::from).into(),
        filed.map(Filed::said).into(),
    ]
}

/// Every cell of the form; what is blank stays blank.
fn values(filed: &Filed) -> impl Iterator<Item = Cell> + '_ {
    let cells = filed.record.iter().flat_map(|it| it.cells());
    cells.map(|value| value.map(Number::from).into())
}
