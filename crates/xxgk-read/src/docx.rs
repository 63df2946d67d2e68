//! Documents since Word 2007: paragraphs and tables, as they stand when all changes are accepted.

use std::collections::HashMap;

use xxgk::{Grid, GridCell, Look, Run};

use crate::error::{Format, ReadError};
use crate::output::{Output, Shown};
use crate::xml::{Node, Tag, Xml};

/// A cell spans no more columns, whatever it says; Word stops at 63.
const MAX_SPAN: usize = 1000;

pub(crate) fn read(text: &str, output: &mut Output) -> Result<(), ReadError> {
    let mut reader = Reader::default();
    let mut xml = Xml::new(text, Format::Docx);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => {
                if reader.open(&tag) {
                    xml.skip()?;
                }
            }
            Node::Text(text) => reader.text(&text),
            Node::Close(name) => reader.close(&name, output)?,
        }
    }
    for block in reader.blocks {
        match block {
            Block::Paragraph(text) => output.paragraph(&text),
            Block::Table(grid) => output.table(&grid)?,
        }
    }
    Ok(())
}

/// What stands in the document, or in a cell.
enum Block {
    Paragraph(String),
    Table(Grid),
}

#[derive(Default)]
struct Reader {
    /// What stands outside of the open tables.
    blocks: Vec<Block>,
    /// The open tables, each within the one before.
    tables: Vec<Table>,
    /// The open paragraphs: one may stand in a text box that is anchored in another.
    paragraphs: Vec<Shown>,
    /// Within the text of a run.
    in_text: bool,
    in_run: bool,
    /// The run is not shown.
    hidden: bool,
    in_row_properties: bool,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    /// Rows so far.
    rows: usize,
    column: usize,
    row_deleted: bool,
    /// The cells of the row above and of this one that go on below: their columns, and their places in the list.
    above: HashMap<usize, usize>,
    below: HashMap<usize, usize>,
    /// The cell that is open.
    open: Option<Open>,
    /// Where the cells of the row begin in the list.
    row: usize,
}

struct Cell {
    place: GridCell,
    blocks: Vec<Block>,
}

#[derive(Default)]
struct Open {
    columns: usize,
    merge: Merge,
    beside: bool,
    blocks: Vec<Block>,
}

#[derive(Default, PartialEq)]
enum Merge {
    #[default]
    No,
    Begins,
    GoesOn,
}

impl Reader {
    /// An element begins; whether it is left out.
    fn open(&mut self, tag: &Tag<'_>) -> bool {
        let span = |tag: &Tag<'_>| tag.number("val").unwrap_or(1).clamp(1, MAX_SPAN);
        let table = self.tables.last_mut();
        match tag.name() {
            // Deleted, moved away, spoken forms, and what older programs show in the place of something else.
            "del" => {
                if let Some(table) = table.filter(|_| self.in_row_properties) {
                    table.row_deleted = true;
                }
                return true;
            }
            "moveFrom" | "rt" | "Fallback" | "instrText" | "sdtPr" | "pPr" => return true,
            "p" => self.paragraphs.push(Shown::default()),
            "r" => (self.in_run, self.hidden) = (true, false),
            "vanish" => self.hidden |= self.in_run && tag.is_on(),
            "t" => self.in_text = true,
            "tab" | "ptab" => self.text_of("\t"),
            "br" | "cr" => self.text_of("\n"),
            "noBreakHyphen" => self.text_of("-"),
            "tbl" => self.tables.push(Table::default()),
            "trPr" => self.in_row_properties = true,
            "tr" => {
                if let Some(table) = table {
                    table.begin_row();
                }
            }
            "gridBefore" => {
                if let Some(table) = table {
                    table.column = tag.number("val").unwrap_or(0).min(MAX_SPAN);
                }
            }
            "tc" => {
                if let Some(table) = table {
                    table.open = Some(Open {
                        columns: 1,
                        ..Open::default()
                    });
                }
            }
            name @ ("gridSpan" | "vMerge" | "hMerge") => {
                if let Some(cell) = table.and_then(|table| table.open.as_mut()) {
                    let begins = tag.get("val").is_some_and(|it| it == "restart");
                    match name {
                        "gridSpan" => cell.columns = span(tag),
                        "vMerge" if begins => cell.merge = Merge::Begins,
                        "vMerge" => cell.merge = Merge::GoesOn,
                        _ => cell.beside = !begins,
                    }
                }
            }
            _ => {}
        }
        false
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.text_of(text);
        }
    }

    fn text_of(&mut self, text: &str) {
        let in_cell = !self.tables.is_empty();
        if self.in_run
            && !self.hidden
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.push(text, !in_cell, Look::Plain);
        }
    }

    fn close(&mut self, name: &str, output: &mut Output) -> Result<(), ReadError> {
        match name {
            "t" => self.in_text = false,
            "r" => self.in_run = false,
            "trPr" => self.in_row_properties = false,
            "p" => {
                let text =
                    crate::output::running(&self.paragraphs.pop().unwrap_or_default().take());
                if !text.trim().is_empty() {
                    self.around().push(Block::Paragraph(text));
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let mut blocks = table.blocks(output)?;
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
            Some(cell) => &mut cell.blocks,
            None => &mut self.blocks,
        }
    }
}

impl Table {
    fn begin_row(&mut self) {
        self.column = 0;
        self.row_deleted = false;
        self.row = self.cells.len();
    }

    fn end_row(&mut self) {
        if self.row_deleted {
            self.cells.truncate(self.row);
            self.below.clear();
            return;
        }
        for index in self.below.values() {
            if let Some(cell) = self.cells.get_mut(*index) {
                cell.place.rows = (self.rows + 1).saturating_sub(cell.place.row);
            }
        }
        self.above = std::mem::take(&mut self.below);
        self.rows += 1;
    }

    fn end_cell(&mut self) {
        let Some(open) = self.open.take() else { return };
        let column = self.column;
        self.column = column.saturating_add(open.columns);
        if open.beside
            && self.cells.len() > self.row
            && let Some(cell) = self.cells.last_mut()
        {
            cell.place.columns = cell.place.columns.saturating_add(open.columns);
            return;
        }
        let above = self.above.get(&column).copied();
        if let Some(above) = above.filter(|_| open.merge == Merge::GoesOn) {
            self.below.insert(column, above);
            return;
        }
        if open.merge != Merge::No {
            self.below.insert(column, self.cells.len());
        }
        let mut place = GridCell::new(self.rows, column, "");
        place.columns = open.columns;
        self.cells.push(Cell {
            place,
            blocks: open.blocks,
        });
    }

    /// The table, and behind it those that stand within its cells. A table of one cell only lays the page out.
    fn blocks(self, output: &mut Output) -> Result<Vec<Block>, ReadError> {
        let mut cells = self.cells;
        if cells.len() == 1 {
            return Ok(cells.pop().map(|cell| cell.blocks).unwrap_or_default());
        }
        let (mut grid, mut inner) = (Grid::new(), Vec::new());
        for Cell { mut place, blocks } in cells {
            for block in blocks {
                match block {
                    Block::Paragraph(text) => {
                        let text = if place.is_blank() {
                            text
                        } else {
                            format!(" {text}")
                        };
                        place.runs.push(Run::new(text, Look::Plain));
                    }
                    Block::Table(_) => inner.push(block),
                }
            }
            output.cell(&mut grid, place)?;
        }
        let mut blocks = vec![Block::Table(grid)];
        blocks.append(&mut inner);
        Ok(blocks)
    }
}
