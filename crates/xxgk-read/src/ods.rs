//! OpenDocument workbooks: `content.xml`, whose rows and cells may say that they stand there many times.

use xxgk::{Grid, GridCell, Look, Run};

use crate::archive::Archive;
use crate::error::{Format, ReadError};
use crate::number::written;
use crate::output::{Output, Shown};
use crate::xml::{Node, Tag, Xml};

/// A cell spans no more columns or rows, whatever it says.
const MAX_SPAN: usize = 1 << 20;

pub(crate) fn read(archive: &mut Archive<'_>, output: &mut Output) -> Result<(), ReadError> {
    let text = archive.text("content.xml")?;
    let mut xml = Xml::new(&text, Format::Ods);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "table" => {
                let name = tag.exact("table:name").unwrap_or_default();
                sheet(&mut xml, name, output)?;
            }
            "tracked-changes" | "named-expressions" | "database-ranges" | "automatic-styles" => {
                xml.skip()?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn sheet(xml: &mut Xml<'_>, name: String, output: &mut Output) -> Result<(), ReadError> {
    let mut grid = Grid::sheet(name);
    let mut row = 0_usize;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "table-row" => {
                    let times = repeated(&tag, "table:number-rows-repeated");
                    let cells = cells(xml, row)?;
                    for _ in 0..if cells.is_empty() { 0 } else { times } {
                        for (cell, columns) in &cells {
                            for column in 0..*columns {
                                let mut cell = cell.clone();
                                cell.row = row;
                                cell.column = cell.column.saturating_add(column);
                                output.cell(&mut grid, cell)?;
                            }
                        }
                        row += 1;
                    }
                    if cells.is_empty() {
                        row = row.saturating_add(times);
                    }
                }
                "table-row-group" | "table-rows" | "table-header-rows" => {}
                // Pictures, forms, and what was there before.
                _ => xml.skip()?,
            },
            Node::Close(name) if name == "table" => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    output.table(&grid)
}

fn repeated(tag: &Tag<'_>, name: &str) -> usize {
    let times = tag.exact(name).and_then(|it| it.trim().parse().ok());
    times.unwrap_or(1).min(MAX_SPAN)
}

/// The cells of a row that have a text or are merged, each with how many times it stands there.
fn cells(xml: &mut Xml<'_>, row: usize) -> Result<Vec<(GridCell, usize)>, ReadError> {
    let (mut cells, mut column) = (Vec::new(), 0_usize);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "table-cell" => {
                    let times = repeated(&tag, "table:number-columns-repeated");
                    let rows = repeated(&tag, "table:number-rows-spanned").max(1);
                    let columns = repeated(&tag, "table:number-columns-spanned").max(1);
                    let text = text(xml, &tag)?;
                    if !text.trim().is_empty() || rows > 1 || columns > 1 {
                        let cell = GridCell {
                            row,
                            column,
                            rows,
                            columns,
                            runs: vec![Run::new(text, Look::Plain)],
                        };
                        cells.push((cell, times));
                    }
                    column = column.saturating_add(times);
                }
                "covered-table-cell" => {
                    let times = repeated(&tag, "table:number-columns-repeated");
                    column = column.saturating_add(times);
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Node::Close(name) if name == "table-row" => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(cells)
}

/// What is shown in a cell; of a number, the number itself.
fn text(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<String, ReadError> {
    let mut shown = Shown::default();
    let mut within = 0;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "p" | "h" => {
                    within += 1;
                    shown.space();
                }
                "s" | "tab" | "line-break" => shown.space(),
                "span" | "a" => {}
                // Notes on the cell, pictures above it, a sheet within it.
                _ => xml.skip()?,
            },
            Node::Text(text) if within > 0 => shown.push(&text, false, Look::Plain),
            Node::Text(_) => {}
            Node::Close(name) if name == "p" || name == "h" => within -= 1,
            Node::Close(name) if name == "table-cell" => break,
            Node::Close(_) => {}
        }
    }
    let attribute = |name: &str| tag.exact(name);
    let value = match attribute("office:value-type").as_deref() {
        Some("float" | "percentage" | "currency") => {
            attribute("office:value").map(|value| written(&value))
        }
        Some("date") => attribute("office:date-value"),
        Some("string") => attribute("office:string-value"),
        _ => None,
    };
    Ok(value.unwrap_or_else(|| crate::output::running(&shown.take())))
}
