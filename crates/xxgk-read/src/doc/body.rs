//! The text with its tables: each stretch with how it is shown, of fields what they show.

use xxgk::{LeftOut, Look};

use super::paragraphs::{Mark, Paragraph};
use super::pieces::Unit;
use super::props::Characters;
use super::source::Source;
use crate::blocks::{self, Block};
use crate::error::{Limit, ReadError};
use crate::format::Format;
use crate::limits::MAX_DEPTH;
use crate::looks::Layers;
use crate::output::{Output, Shown};
use crate::rows::{Row, place};

/// The program that a field names stands among its first characters.
const MAX_CODE: usize = 100;

/// Characters that are looked at together.
const AT_ONCE: usize = 4096;

/// A table that is being read.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    /// The cells of the row so far, and what stands in the one that is open.
    cells: Vec<Vec<Block>>,
    open: Vec<Block>,
}

/// A field that has begun.
#[derive(Default)]
struct Field {
    code: String,
    /// Its result has begun.
    result: bool,
}

/// Text that is shown in one way.
#[derive(Default)]
struct Stretch {
    units: Vec<u16>,
    layers: Layers,
}

pub(super) struct Body<'s, 'b, 'o> {
    source: &'s mut Source<'b>,
    output: &'o mut Output,
    /// There are pictures among what is drawn.
    pictures: bool,
    blocks: Vec<Block>,
    /// The open tables, each within the one before.
    tables: Vec<Table>,
    fields: Vec<Field>,
    /// Of these, those of which the result has not begun.
    codes: usize,
    shown: Shown,
    stretch: Stretch,
}

impl<'s, 'b, 'o> Body<'s, 'b, 'o> {
    pub fn new(source: &'s mut Source<'b>, pictures: bool, output: &'o mut Output) -> Self {
        Body {
            source,
            output,
            pictures,
            blocks: Vec::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            codes: 0,
            shown: Shown::default(),
            stretch: Stretch::default(),
        }
    }

    pub fn read(mut self, paragraphs: &[Paragraph]) -> Result<(), ReadError> {
        for paragraph in paragraphs {
            self.paragraph(paragraph)?;
        }
        self.tables_to(0)?;
        // What stands behind a field that does not end would be taken for its code.
        if self.codes > 0 {
            return Err(ReadError::Damaged(Format::Doc));
        }
        for block in self.blocks {
            block.put(self.output)?;
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), ReadError> {
        let damaged = || ReadError::Damaged(Format::Doc);
        let depth = paragraph.format.tables();
        self.tables_to(depth)?;
        while self.tables.len() < depth {
            self.tables.push(Table::default());
        }
        let mut from = paragraph.from;
        while from < paragraph.mark_at {
            let to = paragraph.mark_at.min(from + AT_ONCE);
            for unit in self.units(from, to)? {
                let characters = self.source.characters(&unit).ok_or_else(damaged)?;
                self.unit(unit.unit, &characters, paragraph)?;
            }
            from = to;
        }
        self.flush();
        let runs = self.shown.take();
        if runs.iter().any(|run| !run.text.trim().is_empty()) {
            self.around().push(Block::Paragraph(runs, None));
        }
        if depth > 0 {
            let marks = self.units(paragraph.mark_at, paragraph.mark_at + 1)?;
            let of_mark = marks.first().and_then(|it| self.source.characters(it));
            let deleted = of_mark.ok_or_else(damaged)?.deleted;
            if let Some(table) = self.tables.last_mut() {
                table.mark(paragraph, deleted)?;
            }
        }
        Ok(())
    }

    fn units(&self, from: usize, to: usize) -> Result<Vec<Unit<'b>>, ReadError> {
        let units: Option<Vec<Unit<'b>>> = self.source.pieces.units(from, to).collect();
        units.ok_or(ReadError::Damaged(Format::Doc))
    }

    /// Ends tables until so many are open.
    fn tables_to(&mut self, depth: usize) -> Result<(), ReadError> {
        while self.tables.len() > depth
            && let Some(table) = self.tables.pop()
        {
            if !table.cells.is_empty() || !table.open.is_empty() {
                return Err(ReadError::Damaged(Format::Doc));
            }
            if !table.rows.is_empty() {
                let mut blocks = blocks::table(place(table.rows)?, self.output)?;
                self.around().append(&mut blocks);
            }
        }
        Ok(())
    }

    /// Where paragraphs and tables come to stand now.
    fn around(&mut self) -> &mut Vec<Block> {
        match self.tables.last_mut() {
            Some(table) => &mut table.open,
            None => &mut self.blocks,
        }
    }

    fn unit(
        &mut self,
        unit: u16,
        characters: &Characters,
        paragraph: &Paragraph,
    ) -> Result<(), ReadError> {
        let is_field = matches!(unit, 0x13..=0x15);
        if self.codes > 0 && !is_field {
            if let Some(field) = self.fields.last_mut().filter(|it| it.code.len() < MAX_CODE) {
                field.code.extend(char::from_u32(u32::from(unit)));
            }
            return Ok(());
        }
        let layers = self.layers(characters, paragraph);
        if is_field || layers != self.stretch.layers {
            self.flush();
            self.stretch.layers = layers;
        }
        if is_field {
            return self.field(unit, characters.deleted);
        }
        if characters.deleted {
            return Ok(());
        }
        match unit {
            0x01 if characters.object => self.embedded(),
            0x01 => self.output.leave_out(LeftOut::Picture),
            0x08 if self.pictures => self.output.leave_out(LeftOut::Picture),
            0x28 if characters.symbol.is_some() => self.symbol(characters.symbol),
            0x0b | 0x0c | 0x0e => self.stretch.units.push(u16::from(b'\n')),
            0x1e => self.stretch.units.push(u16::from(b'-')),
            0x09 | 0x20.. => self.stretch.units.push(unit),
            _ => {}
        }
        Ok(())
    }

    /// Hands on the text that is shown in one way.
    fn flush(&mut self) {
        if self.stretch.units.is_empty() {
            return;
        }
        let text = String::from_utf16_lossy(&self.stretch.units);
        self.stretch.units.clear();
        let look = self.stretch.layers.look(&text);
        self.show(&text, look);
    }

    fn show(&mut self, text: &str, look: Look) {
        self.shown.push(text, self.tables.is_empty(), look);
    }

    fn layers(&self, characters: &Characters, paragraph: &Paragraph) -> Layers {
        let styles = &self.source.styles;
        let of_paragraph = styles.paragraph(paragraph.format.style);
        let row = paragraph.row.as_ref();
        let table = styles.table(row.and_then(|row| row.style).unwrap_or_default());
        let cells = self.tables.last().map_or(0, |table| table.cells.len());
        let mut layers = Layers {
            run: styles.characters(characters.style).properties,
            paragraph: of_paragraph.properties,
            table: table.properties,
            behind: (paragraph.format.behind)
                .or(of_paragraph.behind)
                .or(row.and_then(|row| row.behind(cells))),
            paints: table.paints,
            ..Layers::default()
        };
        layers.own = characters.over([
            layers.styled(|it| it.struck),
            layers.styled(|it| it.struck_twice),
            layers.styled(|it| it.vanished),
        ]);
        layers
    }

    /// A character of a font that has shapes of its own.
    fn symbol(&mut self, symbol: Option<u16>) {
        self.flush();
        let c = symbol.and_then(|it| char::from_u32(u32::from(it)));
        let c = c.filter(|c| !c.is_control() && !c.is_whitespace());
        let text = c.unwrap_or(char::REPLACEMENT_CHARACTER).to_string();
        self.unfollowed(&text);
    }

    fn unfollowed(&mut self, text: &str) {
        let look = match self.stretch.layers.look(text) {
            look @ (Look::Hidden | Look::Struck) => look,
            _ => Look::Unfollowed,
        };
        self.show(text, look);
    }

    fn field(&mut self, unit: u16, deleted: bool) -> Result<(), ReadError> {
        match unit {
            0x13 if self.fields.len() >= MAX_DEPTH => {
                return Err(ReadError::TooLarge(Limit::Depth));
            }
            0x13 => {
                self.fields.push(Field::default());
                self.codes += 1;
            }
            0x14 => {
                if let Some(field) = self.fields.last_mut()
                    && !std::mem::replace(&mut field.result, true)
                {
                    self.codes -= 1;
                }
            }
            _ => {
                let Some(field) = self.fields.pop() else {
                    return Ok(());
                };
                self.codes -= usize::from(!field.result);
                if field.is_laid_out() && self.codes == 0 && !deleted {
                    self.unfollowed("□");
                }
            }
        }
        Ok(())
    }

    /// A file of another program, of which a picture is shown. The field around it names the program.
    fn embedded(&mut self) {
        self.flush();
        let code = self.fields.last().map_or("", |field| &field.code);
        let program = code.split_whitespace().nth(1).unwrap_or_default();
        match blocks::embedded(program) {
            Some(part) => self.output.leave_out(part),
            None => self.unfollowed("□"),
        }
    }
}

impl Field {
    /// Programs lay out what it says: circled and raised digits, fractions.
    fn is_laid_out(&self) -> bool {
        let name = self.code.split_whitespace().next().unwrap_or_default();
        !self.result && name.eq_ignore_ascii_case("EQ")
    }
}

impl Table {
    /// A paragraph has ended, and with it perhaps a cell or a row.
    fn mark(&mut self, paragraph: &Paragraph, deleted: bool) -> Result<(), ReadError> {
        match (paragraph.mark, &paragraph.row) {
            (Mark::Cell, _) => self.cells.push(std::mem::take(&mut self.open)),
            (Mark::Row, Some(row)) => {
                let cells = std::mem::take(&mut self.cells);
                let layouts = row.layouts();
                if cells.len() != layouts.len() || !self.open.is_empty() {
                    return Err(ReadError::Damaged(Format::Doc));
                }
                if !deleted {
                    self.rows.push(Row {
                        start: Some(row.start()),
                        cells: layouts.into_iter().zip(cells).collect(),
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }
}
