//! Documents since Word 2007: paragraphs and tables, as they stand when all changes are accepted.

use std::collections::HashMap;

use xxgk::{GridCell, LeftOut, Look, Run};

use crate::archive::Archive;
use crate::blocks::{self, Block, Cell};
use crate::css::Paint;
use crate::docxstyle::{Around, Styles, shading};
use crate::error::ReadError;
use crate::format::Format;
use crate::html;
use crate::looks::Properties;
use crate::output::{Output, Shown};
use crate::relations::{Relation, relations};
use crate::sniff::{Content, open};
use crate::xml::{Node, Tag, Xml};

/// A cell spans no more columns, whatever it says; Word stops at 63.
const MAX_SPAN: usize = 1000;

/// Reads the document whose text is in that part.
pub(crate) fn read(
    archive: &mut Archive<'_>,
    name: &str,
    output: &mut Output,
) -> Result<(), ReadError> {
    part(archive, name, output, true)
}

/// Reads a document; `chunks` says that documents within it are read, too.
fn part(
    archive: &mut Archive<'_>,
    name: &str,
    output: &mut Output,
    chunks: bool,
) -> Result<(), ReadError> {
    let text = archive.text(name)?;
    // Of a document within this one, the places are not those of the file.
    let before = output.begin_part(chunks.then_some(name));
    let relations = relations(archive, name)?;
    let styles = relations.values().find(|it| it.kind.ends_with("/styles"));
    let styles = match styles.filter(|it| archive.has(&it.target)) {
        Some(styles) => Styles::read(&archive.text(&styles.target)?)?,
        None => Styles::default(),
    };
    let mut reader = Reader::new(&styles);
    let mut xml = Xml::new(&text, Format::Docx);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => {
                if reader.open(&tag, xml.start()) {
                    xml.skip()?;
                }
            }
            Node::Text(text) => reader.text(&text),
            Node::Close(name) => reader.close(&name, xml.end(), output)?,
        }
    }
    for left in reader.left_out {
        output.leave_out(left);
    }
    for block in reader.blocks {
        match block {
            Block::Chunk(id) => match relations.get(&id).filter(|_| chunks) {
                Some(relation) => {
                    let outer = output.begin_part(None);
                    chunk(archive, relation, output)?;
                    output.restore_part(outer);
                }
                None => output.leave_out(LeftOut::Document),
            },
            block => block.put(output)?,
        }
    }
    output.restore_part(before);
    Ok(())
}

/// Reads a document that stands within this one, where it is one that is read.
fn chunk(
    archive: &mut Archive<'_>,
    relation: &Relation,
    output: &mut Output,
) -> Result<(), ReadError> {
    if !archive.has(&relation.target) {
        output.leave_out(LeftOut::Document);
        return Ok(());
    }
    let bytes = archive.bytes(&relation.target)?;
    match open(&bytes) {
        Ok(Content::Html(page) | Content::Mhtml(page)) => html::read(&page, output)?,
        Ok(Content::Text(text)) => output.paragraph(&text),
        Ok(Content::Docx(mut within, name)) => {
            // They share the room that is left.
            within.room = within.room.min(archive.room);
            let room = within.room;
            part(&mut within, &name, output, false)?;
            archive.room -= room - within.room;
        }
        Ok(_) | Err(_) => output.leave_out(LeftOut::Document),
    }
    Ok(())
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    shown: Shown,
    style: Option<String>,
    behind: Option<Paint>,
    start: usize,
}

struct Reader<'s> {
    styles: &'s Styles,
    /// What stands outside of the open tables.
    blocks: Vec<Block>,
    /// The open tables, each within the one before.
    tables: Vec<Table>,
    /// The open paragraphs: one may stand in a text box that is anchored in another.
    paragraphs: Vec<Paragraph>,
    left_out: Vec<LeftOut>,
    /// Within the text of a run.
    in_text: bool,
    in_run: bool,
    /// What the run says of itself, and its style.
    properties: Properties,
    run_style: Option<String>,
    /// Within so many elements whose text is shown by rules that are not followed.
    unfollowed: usize,
    in_ruby: bool,
    in_object: bool,
    /// The open fields: whether the result has begun.
    fields: Vec<bool>,
    /// Of these, those of which it has not.
    instructions: usize,
    /// Within the properties of a run, a paragraph, a row, a cell, a table.
    within: Within,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Within {
    #[default]
    Text,
    Run,
    Paragraph,
    Row,
    Cell,
    Table,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    /// Rows so far.
    rows: usize,
    column: usize,
    row_deleted: bool,
    row_hidden: bool,
    style: Option<String>,
    behind: Option<Paint>,
    /// The cells of the row above and of this one that go on below: their columns, and their places in the list.
    above: HashMap<usize, usize>,
    below: HashMap<usize, usize>,
    /// The cell that is open.
    open: Option<Open>,
    /// Where the cells of the row begin in the list.
    row: usize,
}

#[derive(Default)]
struct Open {
    columns: usize,
    merge: Merge,
    beside: bool,
    blocks: Vec<Block>,
    behind: Option<Paint>,
    /// Where it begins; `None` in a text box, where nothing can be put beside it.
    start: Option<usize>,
}

#[derive(Default, PartialEq)]
enum Merge {
    #[default]
    No,
    Begins,
    GoesOn,
}

impl<'s> Reader<'s> {
    fn new(styles: &'s Styles) -> Self {
        Reader {
            styles,
            blocks: Vec::new(),
            tables: Vec::new(),
            paragraphs: Vec::new(),
            left_out: Vec::new(),
            in_text: false,
            in_run: false,
            properties: Properties::default(),
            run_style: None,
            unfollowed: 0,
            in_ruby: false,
            in_object: false,
            fields: Vec::new(),
            instructions: 0,
            within: Within::Text,
        }
    }

    /// An element begins there in the part; whether it is left out.
    fn open(&mut self, tag: &Tag<'_>, start: usize) -> bool {
        if self.is_left_out(tag) {
            return true;
        }
        if self.within != Within::Text {
            self.property(tag);
            return false;
        }
        match tag.name() {
            "rPr" => self.within = Within::Run,
            "pPr" => self.within = Within::Paragraph,
            "trPr" => self.within = Within::Row,
            "tcPr" => self.within = Within::Cell,
            "tblPr" => self.within = Within::Table,
            "p" => self.paragraphs.push(Paragraph {
                start,
                ..Paragraph::default()
            }),
            "r" => {
                self.in_run = true;
                self.properties = Properties::default();
                self.run_style = None;
            }
            "t" => self.in_text = true,
            "tab" | "ptab" => self.text_of("\t"),
            "br" | "cr" => self.text_of("\n"),
            "noBreakHyphen" => self.text_of("-"),
            "sym" => self.symbol(tag),
            "bdo" | "oMath" => self.unfollowed += 1,
            "rubyBase" => self.in_ruby = true,
            "fldChar" => self.field(tag),
            "object" => self.in_object = true,
            "blip" => self.leave_out(LeftOut::Picture),
            "imagedata" if !self.in_object => self.leave_out(LeftOut::Picture),
            "OLEObject" => self.embedded(tag),
            "altChunk" => self.chunk(tag),
            "tbl" => self.tables.push(Table::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
            }
            "tc" => {
                let in_box = !self.paragraphs.is_empty();
                if let Some(table) = self.tables.last_mut() {
                    table.open = Some(Open {
                        columns: 1,
                        start: (!in_box).then_some(start),
                        ..Open::default()
                    });
                }
            }
            _ => {}
        }
        false
    }

    /// Deleted, moved away, spoken forms, what older programs show in the place of something else, properties as they were
    /// before a change.
    fn is_left_out(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "del" => {
                if let Some(table) = self
                    .tables
                    .last_mut()
                    .filter(|_| self.within == Within::Row)
                {
                    table.row_deleted = true;
                }
                true
            }
            "moveFrom" | "rt" | "Fallback" | "instrText" | "delInstrText" | "delText" | "sdtPr"
            | "sectPr" | "extLst" => true,
            // The mark at the end of a paragraph is no text.
            "rPr" => self.within == Within::Paragraph,
            name => name.ends_with("PrChange"),
        }
    }

    /// Takes a property of a run, a paragraph, a row, a cell or a table.
    fn property(&mut self, tag: &Tag<'_>) {
        let name = tag.name();
        match (self.within, name) {
            (Within::Run, "rStyle") => self.run_style = tag.get("val"),
            (Within::Run, _) => self.properties.take(tag),
            (Within::Paragraph, "pStyle" | "shd") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    match name {
                        "shd" => paragraph.behind = shading(tag),
                        _ => paragraph.style = tag.get("val"),
                    }
                }
            }
            (within, _) => {
                if let Some(table) = self.tables.last_mut() {
                    table.property(within, tag);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.text_of(text);
        }
    }

    fn text_of(&mut self, text: &str) {
        let look = self.look(text);
        self.show(text, look);
    }

    fn show(&mut self, text: &str, look: Look) {
        let in_cell = !self.tables.is_empty();
        if self.in_run
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.shown.push(text, !in_cell, look);
        }
    }

    fn look(&self, text: &str) -> Look {
        // What says which result a field has is not shown.
        if self.instructions > 0 {
            return Look::Hidden;
        }
        let paragraph = self.paragraphs.last();
        let table = self.tables.last();
        let cell = table.and_then(|table| table.open.as_ref());
        let around = Around {
            run_style: self.run_style.as_deref(),
            paragraph_style: paragraph.and_then(|it| it.style.as_deref()),
            table_style: table.map(|table| table.style.as_deref()),
            behind: (paragraph.and_then(|it| it.behind))
                .or_else(|| cell.and_then(|it| it.behind))
                .or_else(|| table.and_then(|it| it.behind)),
        };
        let look = self.styles.look(&self.properties, &around, text);
        let not_followed = self.unfollowed > 0 || self.in_ruby && text.contains(char::is_numeric);
        match look {
            Look::Hidden | Look::Struck => look,
            _ if not_followed => Look::Unfollowed,
            look => look,
        }
    }

    /// A character of a font that has shapes of its own.
    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = tag
            .get("char")
            .and_then(|it| u32::from_str_radix(&it, 16).ok());
        let c = code
            .and_then(char::from_u32)
            .filter(|c| !c.is_control() && !c.is_whitespace());
        let text = c.unwrap_or(char::REPLACEMENT_CHARACTER).to_string();
        let look = match self.look(&text) {
            look @ (Look::Hidden | Look::Struck) => look,
            _ => Look::Unfollowed,
        };
        self.show(&text, look);
    }

    fn field(&mut self, tag: &Tag<'_>) {
        match tag.get("fldCharType").as_deref() {
            Some("begin") => {
                self.fields.push(false);
                self.instructions += 1;
            }
            Some("separate") => {
                if let Some(result) = self.fields.last_mut()
                    && !std::mem::replace(result, true)
                {
                    self.instructions -= 1;
                }
            }
            Some("end") => {
                let instruction = self.fields.pop() == Some(false);
                self.instructions -= usize::from(instruction);
            }
            _ => {}
        }
    }

    /// A file of another program, of which a picture is shown.
    fn embedded(&mut self, tag: &Tag<'_>) {
        let program = tag.get("ProgID").unwrap_or_default();
        match blocks::embedded(&program) {
            Some(part) => self.leave_out(part),
            None => self.show("□", Look::Unfollowed),
        }
    }

    fn leave_out(&mut self, part: LeftOut) {
        if !self.left_out.contains(&part) {
            self.left_out.push(part);
        }
    }

    fn chunk(&mut self, tag: &Tag<'_>) {
        if self.tables.is_empty() {
            self.blocks
                .push(Block::Chunk(tag.get("id").unwrap_or_default()));
            return;
        }
        // A cell that holds a document holds no value that is known.
        self.leave_out(LeftOut::Document);
        let unknown = Run::new("□", Look::Unfollowed);
        self.around().push(Block::Paragraph(vec![unknown], None));
    }

    /// An element ends there in the part.
    fn close(&mut self, name: &str, end: usize, output: &mut Output) -> Result<(), ReadError> {
        match name {
            "rPr" | "pPr" | "trPr" | "tcPr" | "tblPr" => self.within = Within::Text,
            "t" => self.in_text = false,
            "r" => self.in_run = false,
            "bdo" | "oMath" => self.unfollowed = self.unfollowed.saturating_sub(1),
            "rubyBase" => self.in_ruby = false,
            "object" => self.in_object = false,
            "p" => {
                let Paragraph {
                    mut shown, start, ..
                } = self.paragraphs.pop().unwrap_or_default();
                let runs = shown.take();
                let in_box = !self.paragraphs.is_empty();
                if runs.iter().any(|run| !run.text.trim().is_empty()) {
                    let span = (!in_box).then_some(start..end);
                    self.around().push(Block::Paragraph(runs, span));
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(end);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "tbl" => {
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
            Some(cell) => &mut cell.blocks,
            None => &mut self.blocks,
        }
    }
}

impl Table {
    /// Takes a property of the table, of the row or of the cell that is open.
    fn property(&mut self, within: Within, tag: &Tag<'_>) {
        let number = tag.number("val");
        let begins = tag.get("val").is_some_and(|it| it == "restart");
        match (within, tag.name(), &mut self.open) {
            (Within::Row, "gridBefore", _) => self.column = number.unwrap_or(0).min(MAX_SPAN),
            (Within::Row, "hidden", _) => self.row_hidden = tag.is_on(),
            (Within::Table, "tblStyle", _) => self.style = tag.get("val"),
            (Within::Table, "shd", _) => self.behind = shading(tag),
            (Within::Cell, name, Some(cell)) => match name {
                "gridSpan" => cell.columns = number.unwrap_or(1).clamp(1, MAX_SPAN),
                "vMerge" if begins => cell.merge = Merge::Begins,
                "vMerge" => cell.merge = Merge::GoesOn,
                "hMerge" => cell.beside = !begins,
                "shd" => cell.behind = shading(tag),
                _ => {}
            },
            _ => {}
        }
    }

    fn begin_row(&mut self) {
        self.column = 0;
        self.row_deleted = false;
        self.row_hidden = false;
        self.row = self.cells.len();
    }

    fn end_row(&mut self) {
        if self.row_deleted {
            self.cells.truncate(self.row);
            self.below.clear();
            return;
        }
        let hidden = self.row_hidden;
        for cell in self.cells.iter_mut().skip(self.row) {
            cell.hidden = hidden;
        }
        for index in self.below.values() {
            if let Some(cell) = self.cells.get_mut(*index) {
                cell.place.rows = (self.rows + 1).saturating_sub(cell.place.row);
            }
        }
        self.above = std::mem::take(&mut self.below);
        self.rows += 1;
    }

    fn end_cell(&mut self, end: usize) {
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
            hidden: false,
            times: 1,
            span: open.start.map(|start| start..end),
        });
    }
}
