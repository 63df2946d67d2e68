//! OpenDocument texts: `content.xml`, as it stands when all changes are accepted.

use xxgk::{GridCell, LeftOut, Look};

use crate::archive::Archive;
use crate::blocks::{self, Block, Cell};
use crate::error::ReadError;
use crate::format::Format;
use crate::odfstyle::{Style, Styles};
use crate::output::{Output, Shown};
use crate::xml::{Node, Tag, Xml};

/// A cell spans no more columns or rows, and is repeated no more often, whatever it says.
const MAX_SPAN: usize = 1000;

pub(crate) fn read(archive: &mut Archive<'_>, output: &mut Output) -> Result<(), ReadError> {
    let mut styles = Styles::read(archive, Format::Odt)?;
    let text = archive.text("content.xml")?;
    let mut xml = Xml::new(&text, Format::Odt);
    let mut reader = Reader::default();
    while let Some(node) = xml.next()? {
        styles.node(&node);
        match node {
            Node::Open(tag) => {
                if reader.open(&tag, &styles, output) {
                    xml.skip()?;
                }
            }
            Node::Text(text) => reader.text(&text),
            Node::Close(name) => reader.close(&name, output)?,
        }
    }
    for block in reader.blocks {
        block.put(output)?;
    }
    Ok(())
}

/// A paragraph that is being read, with the styles of its stretches, each within the one before.
struct Paragraph {
    shown: Shown,
    styles: Vec<Style>,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    row: usize,
    column: usize,
    /// The row is not shown.
    hidden: bool,
    /// The cell that is open, and its style.
    open: Option<(Cell, Style)>,
}

#[derive(Default)]
struct Reader {
    /// What stands outside of the open tables.
    blocks: Vec<Block>,
    /// The open tables, each within the one before.
    tables: Vec<Table>,
    /// The open paragraphs: one may stand in a text box that is anchored in another.
    paragraphs: Vec<Paragraph>,
    in_ruby: bool,
}

impl Reader {
    /// An element begins; whether it is left out.
    fn open(&mut self, tag: &Tag<'_>, styles: &Styles, output: &mut Output) -> bool {
        if is_left_out(tag) {
            return true;
        }
        match tag.name() {
            "p" | "h" => {
                let cell = self.tables.last().and_then(|table| table.open.as_ref());
                let around = cell.map(|(_, style)| style.clone()).unwrap_or_default();
                let own = styles.get(tag.exact("text:style-name"));
                self.paragraphs.push(Paragraph {
                    shown: Shown::default(),
                    styles: vec![own.or(around)],
                });
            }
            "span" => {
                let own = styles.get(tag.exact("text:style-name"));
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    let around = paragraph.styles.last().cloned().unwrap_or_default();
                    paragraph.styles.push(own.or(around));
                }
            }
            "s" => self.text(" "),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            "ruby" => self.in_ruby = true,
            "image" => {
                output.leave_out(LeftOut::Picture);
                return true;
            }
            "object" | "object-ole" => {
                output.leave_out(LeftOut::Document);
                return true;
            }
            "table" => self.tables.push(Table::default()),
            "table-row" | "table-cell" | "covered-table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    table.open(tag, styles);
                }
            }
            _ => {}
        }
        false
    }

    fn text(&mut self, text: &str) {
        let in_cell = !self.tables.is_empty();
        let not_followed = self.in_ruby && text.contains(char::is_numeric);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let look = paragraph.styles.last().map_or(Look::Plain, Style::look);
            let look = match look {
                Look::Hidden | Look::Struck => look,
                _ if not_followed => Look::Unfollowed,
                look => look,
            };
            paragraph.shown.push(text, !in_cell, look);
        }
    }

    fn close(&mut self, name: &str, output: &mut Output) -> Result<(), ReadError> {
        match name {
            "p" | "h" => {
                let runs = self.paragraphs.pop().map(|mut it| it.shown.take());
                let runs = runs.unwrap_or_default();
                if runs.iter().any(|run| !run.text.trim().is_empty()) {
                    self.around().push(Block::Paragraph(runs, None));
                }
            }
            "span" => {
                if let Some(paragraph) = self.paragraphs.last_mut()
                    && paragraph.styles.len() > 1
                {
                    paragraph.styles.pop();
                }
            }
            "ruby" => self.in_ruby = false,
            "table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                }
            }
            "table" => {
                if let Some(table) = self.tables.pop() {
                    let mut blocks = blocks::table(table.cells, output)?;
                    self.around().append(&mut blocks);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Where paragraphs and tables come to stand now.
    fn around(&mut self) -> &mut Vec<Block> {
        let cell = self.tables.last_mut().and_then(|table| table.open.as_mut());
        match cell {
            Some((cell, _)) => &mut cell.blocks,
            None => &mut self.blocks,
        }
    }
}

impl Table {
    /// A row or a cell begins.
    fn open(&mut self, tag: &Tag<'_>, styles: &Styles) {
        let number = |name: &str| {
            let number = tag.exact(name).and_then(|it| it.trim().parse().ok());
            number.unwrap_or(1_usize).clamp(1, MAX_SPAN)
        };
        let times = number("table:number-columns-repeated");
        match tag.name() {
            "table-row" => {
                self.column = 0;
                let visibility = tag.exact("table:visibility");
                self.hidden = matches!(visibility.as_deref(), Some("collapse" | "filter"));
            }
            "covered-table-cell" => self.column = self.column.saturating_add(times),
            _ => {
                let mut place = GridCell::new(self.row, self.column, "");
                place.rows = number("table:number-rows-spanned");
                place.columns = number("table:number-columns-spanned");
                let cell = Cell {
                    place,
                    blocks: Vec::new(),
                    times,
                    span: None,
                    hidden: self.hidden,
                };
                self.open = Some((cell, styles.get(tag.exact("table:style-name"))));
                self.column = self.column.saturating_add(times);
            }
        }
    }

    fn end_cell(&mut self) {
        self.cells.extend(self.open.take().map(|(cell, _)| cell));
    }
}

/// What was deleted, notes, spoken forms, declarations, scripts, and what is hidden by a condition.
fn is_left_out(tag: &Tag<'_>) -> bool {
    let hidden = || tag.exact("text:display").is_some_and(|it| it == "none");
    match tag.name() {
        "tracked-changes" | "note" | "annotation" | "ruby-text" | "forms" | "script"
        | "sequence-decls" | "variable-decls" | "user-field-decls" | "hidden-text"
        | "table-source" | "shapes" => true,
        "hidden-paragraph" => tag.exact("text:is-hidden").is_some_and(|it| it == "true"),
        "section" | "variable-set" | "user-field-get" | "expression" => hidden(),
        _ => false,
    }
}
