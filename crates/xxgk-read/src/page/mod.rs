//! Pages that only draw, to paragraphs and tables: one mechanism for every format that has glyphs at places and lines between
//! them.
//!
//! - [`drawn`]: what is drawn on a page, and what of it is seen
//! - [`turn`]: pages and text that are turned
//! - [`line`]: glyphs to lines of text
//! - [`rules`]: the rules of a page, and which meet
//! - [`lattice`]: the cells that rules enclose
//! - [`table`]: the text of their cells
//! - [`align`]: tables without rules
//! - [`sheet`]: a page, taken apart by all of these
//! - [`margin`]: page numbers and running lines
//! - [`flow`]: lines to paragraphs
//! - [`follow`]: tables that go on over pages

mod align;
pub(crate) mod drawn;
mod flow;
mod follow;
mod lattice;
mod line;
mod margin;
mod rules;
mod sheet;
mod table;
mod turn;

use std::collections::HashMap;

use xxgk::{Grid, GridCell, LeftOut};

use crate::error::{Limit, ReadError};
use crate::limits::{MAX_GLYPHS, MAX_PAGES};
use crate::output::{Output, running};
use drawn::Page;
use flow::{Margins, Paragraph};
use margin::without_margins;
use sheet::{Item, Sheet, sheet};
use table::{Filled, Table};

/// The pages of a document, taken apart one by one: what was drawn on them is not kept.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    sheets: Vec<Sheet>,
    glyphs: usize,
}

impl Pages {
    pub fn push(&mut self, page: Page) -> Result<(), ReadError> {
        self.glyphs += page.glyphs.len();
        if page.has_too_much || self.glyphs > MAX_GLYPHS {
            return Err(ReadError::TooLarge(Limit::Glyphs));
        }
        if self.sheets.len() >= MAX_PAGES {
            return Err(ReadError::TooLarge(Limit::Pages));
        }
        self.sheets.push(sheet(page, self.sheets.len() + 1));
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// Hands on what stands on the pages.
    pub fn write(mut self, output: &mut Output) -> Result<(), ReadError> {
        let pictures = self.sheets.iter().filter(|it| it.is_picture).count();
        if pictures > 0
            && self
                .sheets
                .iter()
                .all(|it| it.items.is_empty() || it.is_picture)
        {
            return Err(ReadError::Scan);
        }
        if self.sheets.iter().any(|it| it.has_picture) {
            output.leave_out(LeftOut::Picture);
        }
        if self.sheets.iter().any(|it| it.has_unknown) {
            output.leave_out(LeftOut::Characters);
        }
        without_margins(&mut self.sheets);
        if align::doubt(&mut self.sheets) {
            output.leave_out(LeftOut::Columns);
        }
        let mut writer = Writer {
            output,
            paragraph: None,
            table: None,
        };
        let mut as_wide: HashMap<i32, Vec<&Sheet>> = HashMap::new();
        for sheet in &self.sheets {
            as_wide.entry(sheet.width).or_default().push(sheet);
        }
        let known: HashMap<i32, Margins> = as_wide
            .into_iter()
            .map(|(width, sheets)| (width, Margins::of(&sheets)))
            .collect();
        for sheet in self.sheets {
            let margins = known.get(&sheet.width).copied().unwrap_or_default();
            writer.sheet(sheet, margins)?;
        }
        writer.end_paragraph();
        writer.end_table()
    }
}

/// Hands on paragraphs and tables, each when it is whole.
struct Writer<'o> {
    output: &'o mut Output,
    paragraph: Option<Paragraph>,
    table: Option<Table>,
}

impl Writer<'_> {
    fn sheet(&mut self, sheet: Sheet, margins: Margins) -> Result<(), ReadError> {
        let mut is_first = true;
        for item in sheet.items {
            match item {
                Item::Line(line) => {
                    self.end_table()?;
                    match &mut self.paragraph {
                        Some(paragraph) if paragraph.takes(&line, margins) => {
                            paragraph.push(&line, margins);
                        }
                        _ => {
                            self.end_paragraph();
                            let paragraph = Paragraph::begin(&line, sheet.number, margins);
                            self.paragraph = Some(paragraph);
                        }
                    }
                }
                Item::Table(table) => {
                    self.end_paragraph();
                    match &mut self.table {
                        Some(before) if is_first && before.goes_on(&table) => before.append(table),
                        _ => {
                            self.end_table()?;
                            self.table = Some(table);
                        }
                    }
                }
            }
            is_first = false;
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.end_page();
        }
        Ok(())
    }

    fn end_paragraph(&mut self) {
        if let Some(paragraph) = self.paragraph.take() {
            self.output.page(paragraph.page);
            self.output.paragraph(&running(&paragraph.runs));
        }
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        let Some(table) = self.table.take() else {
            return Ok(());
        };
        let mut grid = Grid::new();
        grid.pages = table.pages;
        for Filled { cell, runs, .. } in table.cells {
            let place = GridCell {
                row: cell.row,
                column: cell.column,
                rows: cell.rows,
                columns: cell.columns,
                runs,
            };
            self.output.cell(&mut grid, place)?;
        }
        self.output.table(&grid)
    }
}
