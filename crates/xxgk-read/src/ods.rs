//! OpenDocument workbooks: `content.xml`, whose rows and cells may say that they stand there many times.

use xxgk::{Grid, GridCell, LeftOut, Look, Run};

use crate::archive::Archive;
use crate::error::ReadError;
use crate::format::Format;
use crate::number::written;
use crate::numfmt::as_shown;
use crate::odfstyle::{Style, Styles};
use crate::output::{Output, Shown};
use crate::xml::{Node, Tag, Xml};

/// A cell spans no more columns or rows, whatever it says.
const MAX_SPAN: usize = 1 << 20;

pub(crate) fn read(archive: &mut Archive<'_>, output: &mut Output) -> Result<(), ReadError> {
    let mut styles = Styles::read(archive, Format::Ods)?;
    let text = archive.text("content.xml")?;
    let mut xml = Xml::new(&text, Format::Ods);
    while let Some(node) = xml.next()? {
        styles.node(&node);
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "table" => {
                let mut grid = Grid::sheet(tag.exact("table:name").unwrap_or_default());
                let style = styles.get(tag.exact("table:style-name"));
                grid.hidden = style.hidden == Some(true);
                sheet(&mut xml, grid, &styles, output)?;
            }
            "tracked-changes" | "named-expressions" | "database-ranges" => xml.skip()?,
            _ => {}
        }
    }
    if archive.has_within("pictures/") {
        output.leave_out(LeftOut::Picture);
    }
    Ok(())
}

/// Columns that stand beside each other and are alike: up to which, the style of their cells, whether they are hidden.
struct Columns {
    until: usize,
    style: Option<String>,
    hidden: bool,
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(
        tag.exact("table:visibility").as_deref(),
        Some("collapse" | "filter")
    )
}

fn sheet(
    xml: &mut Xml<'_>,
    mut grid: Grid,
    styles: &Styles,
    output: &mut Output,
) -> Result<(), ReadError> {
    let mut row = 0_usize;
    let mut columns: Vec<Columns> = Vec::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "table-column" => {
                    let before = columns.last().map_or(0, |it| it.until);
                    let times = repeated(&tag, "table:number-columns-repeated");
                    columns.push(Columns {
                        until: before.saturating_add(times),
                        style: tag.exact("table:default-cell-style-name"),
                        hidden: is_hidden(&tag),
                    });
                }
                "table-row" => {
                    let times = repeated(&tag, "table:number-rows-repeated");
                    let hidden = is_hidden(&tag);
                    let mut cells = cells(xml, row, &columns, styles)?;
                    for (cell, _) in cells.iter_mut().filter(|it| hidden && it.0.rows == 1) {
                        cell.runs.iter_mut().for_each(|run| run.look = Look::Hidden);
                    }
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
                "table-row-group"
                | "table-rows"
                | "table-header-rows"
                | "table-column-group"
                | "table-columns"
                | "table-header-columns" => {}
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
fn cells(
    xml: &mut Xml<'_>,
    row: usize,
    all: &[Columns],
    styles: &Styles,
) -> Result<Vec<(GridCell, usize)>, ReadError> {
    let (mut cells, mut column) = (Vec::new(), 0_usize);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "table-cell" => {
                    let times = repeated(&tag, "table:number-columns-repeated");
                    let rows = repeated(&tag, "table:number-rows-spanned").max(1);
                    let columns = repeated(&tag, "table:number-columns-spanned").max(1);
                    let at = all.partition_point(|it| it.until <= column);
                    let beside = all.get(at);
                    let own = tag.exact("table:style-name");
                    let style = own.or_else(|| beside.and_then(|it| it.style.clone()));
                    let mut runs = content(xml, &tag, &styles.get(style), styles)?;
                    // A merged cell is shown where one of its columns is.
                    let last = column.saturating_add(columns - 1);
                    if beside.is_some_and(|it| it.hidden && last < it.until) {
                        runs.iter_mut().for_each(|run| run.look = Look::Hidden);
                    }
                    let blank = runs
                        .iter()
                        .all(|run| run.text.trim().is_empty() && run.look == Look::Plain);
                    if !blank || rows > 1 || columns > 1 {
                        let cell = GridCell {
                            row,
                            column,
                            rows,
                            columns,
                            runs,
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
fn content(
    xml: &mut Xml<'_>,
    tag: &Tag<'_>,
    style: &Style,
    styles: &Styles,
) -> Result<Vec<Run>, ReadError> {
    let attribute = |name: &str| tag.exact(name);
    let (kind, value) = (attribute("office:value-type"), attribute("office:value"));
    let (formula, date) = (
        attribute("table:formula").is_some(),
        attribute("office:date-value"),
    );
    let string = attribute("office:string-value");
    let (runs, written_out) = paragraphs(xml, style, styles)?;
    let kind = kind.as_deref().unwrap_or_default();
    let text: String = runs.iter().map(|run| &*run.text).collect();
    let own = style.look();
    let one = |(text, look)| vec![Run::new(text, if own == Look::Plain { look } else { own })];
    let stored = value.map(|value| written(&value));
    let nothing = matches!(stored.as_deref(), None | Some("0"));
    if formula && !written_out && nothing && kind != "string" && date.is_none() {
        return Ok(vec![Run::new(
            stored.unwrap_or_default(),
            Look::Uncalculated,
        )]);
    }
    Ok(match (kind, stored) {
        ("float" | "percentage" | "currency", Some(stored)) => match written_out {
            true => one(as_shown(&stored, &text)),
            false if kind == "percentage" => one((stored, Look::Unfollowed)),
            false => one((stored, Look::Plain)),
        },
        ("date", _) if date.is_some() => one((date.unwrap_or_default(), Look::Plain)),
        ("string", _) if !written_out => one((string.unwrap_or_default(), Look::Plain)),
        _ => runs,
    })
}

/// The paragraphs of a cell, and whether there are any.
fn paragraphs(
    xml: &mut Xml<'_>,
    style: &Style,
    styles: &Styles,
) -> Result<(Vec<Run>, bool), ReadError> {
    let mut shown = Shown::default();
    let (mut within, mut any) = (0, false);
    let mut open = vec![style.clone()];
    let mut look = style.look();
    let mut in_ruby = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "p" | "h" => {
                    within += 1;
                    any = true;
                    shown.space();
                }
                "s" | "tab" | "line-break" => shown.space(),
                "span" => {
                    let own = styles.get(tag.exact("text:style-name"));
                    let span = own.or(open.last().cloned().unwrap_or_default());
                    look = span.look();
                    open.push(span);
                }
                "a" => {}
                // What is spoken stands above the text; above a number it may say something else.
                "ruby" => in_ruby = true,
                "ruby-base" => {}
                // Notes on the cell, pictures above it, a sheet within it.
                _ => xml.skip()?,
            },
            Node::Text(text) if within > 0 => {
                let not_followed = in_ruby && text.contains(char::is_numeric);
                let look = if not_followed { Look::Unfollowed } else { look };
                shown.push(&text, false, look);
            }
            Node::Text(_) => {}
            Node::Close(name) => match &*name {
                "p" | "h" => within -= 1,
                "ruby" => in_ruby = false,
                "span" => {
                    open.pop();
                    look = open.last().map_or(Look::Plain, Style::look);
                }
                "table-cell" => break,
                _ => {}
            },
        }
    }
    Ok((shown.take(), any))
}
