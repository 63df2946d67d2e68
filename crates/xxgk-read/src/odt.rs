//! OpenDocument texts: `content.xml`, as it stands when all changes are accepted.

use xxgk::{Grid, GridCell, LeftOut, Look, Run};

use crate::archive::Archive;
use crate::error::{Format, ReadError};
use crate::odfstyle::{Style, Styles};
use crate::output::{Output, Shown, running};
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
        match block {
            Block::Paragraph(runs) => output.paragraph(&running(&runs)),
            Block::Table(grid) => output.table(&grid)?,
        }
    }
    Ok(())
}

/// What stands in the document, or in a cell.
enum Block {
    Paragraph(Vec<Run>),
    Table(Grid),
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
    /// The cell that is open.
    open: Option<Cell>,
}

struct Cell {
    place: GridCell,
    style: Style,
    blocks: Vec<Block>,
    /// How many columns there are like it.
    times: usize,
    hidden: bool,
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
                let around = self
                    .cell()
                    .map(|cell| cell.style.clone())
                    .unwrap_or_default();
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
                    self.around().push(Block::Paragraph(runs));
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
                    let mut blocks = table.blocks(output)?;
                    self.around().append(&mut blocks);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.tables.last_mut().and_then(|table| table.open.as_mut())
    }

    /// Where paragraphs and tables come to stand now.
    fn around(&mut self) -> &mut Vec<Block> {
        let cell = self.tables.last_mut().and_then(|table| table.open.as_mut());
        match cell {
            Some(cell) => &mut cell.blocks,
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
                self.open = Some(Cell {
                    place,
                    style: styles.get(tag.exact("table:style-name")),
                    blocks: Vec::new(),
                    times,
                    hidden: self.hidden,
                });
                self.column = self.column.saturating_add(times);
            }
        }
    }

    fn end_cell(&mut self) {
        self.cells.extend(self.open.take());
    }

    /// The table, and behind it those that stand within its cells. A table of one cell only lays the page out.
    fn blocks(self, output: &mut Output) -> Result<Vec<Block>, ReadError> {
        let mut cells = self.cells;
        if cells.len() == 1 {
            return Ok(cells.pop().map(|cell| cell.blocks).unwrap_or_default());
        }
        let (mut grid, mut inner) = (Grid::new(), Vec::new());
        for cell in cells {
            let mut shown = Shown::default();
            for block in cell.blocks {
                match block {
                    Block::Paragraph(runs) => shown.append(&runs),
                    Block::Table(_) => inner.push(block),
                }
            }
            let mut runs = shown.take();
            if cell.hidden {
                runs.iter_mut().for_each(|run| run.look = Look::Hidden);
            }
            for column in 0..cell.times {
                let mut place = cell.place.clone();
                place.column = place.column.saturating_add(column);
                place.runs.clone_from(&runs);
                output.cell(&mut grid, place)?;
            }
        }
        let mut blocks = vec![Block::Table(grid)];
        blocks.append(&mut inner);
        Ok(blocks)
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
