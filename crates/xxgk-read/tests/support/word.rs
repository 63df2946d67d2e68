//! Documents as Word 97 writes them: the text in pieces, properties in pages, a style sheet.

use std::io::{Cursor, Write};

use xxgk::{Grid, GridCell, Look, Run};

use super::rich::Part;

/// Where the text begins in its stream.
const TEXT: usize = 2048;
const PAGE: usize = 512;
/// In the style sheet: one of characters, struck out; one of paragraphs, hidden.
const STRUCK: u16 = 11;
const HIDDEN: u16 = 12;
const NO_BASE: u16 = 0x0fff;

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap().to_le_bytes()
}

fn long(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}

pub fn modifier(number: u16, operand: &[u8]) -> Vec<u8> {
    [&number.to_le_bytes()[..], operand].concat()
}

/// Properties from one byte of the stream to another.
type Stretch = (usize, usize, Vec<u8>);

/// A file that is being written.
#[derive(Default)]
pub struct Writer {
    /// The bytes of the text, from its beginning.
    text: Vec<u8>,
    /// The pieces: how many characters, where, whether they take one byte each, and what is said of them.
    pub pieces: Vec<(usize, usize, bool, u16)>,
    characters: Vec<Stretch>,
    paragraphs: Vec<Stretch>,
    data: Vec<u8>,
    /// So many characters at the end stand in text boxes.
    pub boxes: usize,
    /// Paragraphs so far, in a table.
    number: usize,
}

impl Writer {
    /// A piece of the text; one that can is written with a byte to each character.
    pub fn piece(&mut self, text: &str, properties: Vec<u8>, changes: u16) {
        let units: Vec<u16> = text.encode_utf16().collect();
        if units.is_empty() {
            return;
        }
        let from = TEXT + self.text.len();
        let one_byte = text.is_ascii();
        match one_byte {
            true => self.text.extend(text.bytes()),
            false => (self.text).extend(units.iter().flat_map(|it| it.to_le_bytes())),
        }
        self.pieces.push((units.len(), from, one_byte, changes));
        self.characters
            .push((from, TEXT + self.text.len(), properties));
    }

    /// The end of a paragraph, with what is said of that from its beginning.
    pub fn mark(&mut self, mark: &str, style: u16, properties: &[u8]) {
        self.piece(mark, Vec::new(), 0);
        let from = self.paragraphs.last().map_or(TEXT, |it| it.1);
        let list = [&style.to_le_bytes()[..], properties].concat();
        self.paragraphs.push((from, TEXT + self.text.len(), list));
    }

    /// Text that was left in the stream when the file was saved in haste.
    fn leave_old_text(&mut self) {
        let from = TEXT + self.text.len();
        self.text.extend(b"9\x079\r");
        let to = TEXT + self.text.len();
        self.characters.push((from, to, Vec::new()));
        self.paragraphs.push((from, to, vec![0, 0]));
    }

    fn run(&mut self, run: &Run) {
        // What a style says, directly, by a piece; relative to the style.
        let odd = self.number % 2 == 1;
        let (properties, changes) = match run.look {
            Look::Raised => (modifier(0x2a48, &[1]), 0),
            Look::Struck if odd => (modifier(0x4a30, &STRUCK.to_le_bytes()), 0),
            Look::Struck => (modifier(0x0837, &[1]), 0),
            Look::Hidden if odd => (Vec::new(), 0x01 << 8 | 0x5c << 1),
            Look::Hidden => (modifier(0x083c, &[0x81]), 0),
            Look::Unfollowed => (modifier(0xca78, &[6, 2, 0, 0, 0, 0, 0]), 0),
            _ => (modifier(0x083c, &[0x80]), 0),
        };
        self.piece(&run.text, properties, changes);
    }

    fn paragraph(&mut self, text: &str) {
        // What was deleted, and a field of which only the result counts.
        self.piece("9", modifier(0x0800, &[1]), 0);
        self.piece("\u{13} PAGE 9 \u{14}", modifier(0x0855, &[1]), 0);
        self.piece(text, Vec::new(), 0);
        self.piece("\u{15}", modifier(0x0855, &[1]), 0);
        self.mark("\r", 0, &[]);
        self.piece("9", Vec::new(), 0);
        self.mark("\r", HIDDEN, &[]);
        self.leave_old_text();
    }

    fn table(&mut self, grid: &Grid) {
        let end = |it: &GridCell| [it.row + it.rows, it.column + it.columns];
        let ends = grid.cells.iter().map(end);
        let [rows, columns] =
            ends.fold([0, 0], |one, other| [0, 1].map(|at| one[at].max(other[at])));
        for row in 0..rows {
            let mut cells = Vec::new();
            let mut column = 0;
            while column < columns {
                let over = grid.cells.iter().find(|it| {
                    (it.row..it.row + it.rows).contains(&row)
                        && (it.column..it.column + it.columns).contains(&column)
                });
                let (to, merged, runs) = match over {
                    None => (column + 1, 0, &[][..]),
                    Some(it) if it.row < row => (it.column + it.columns, 0x20, &[][..]),
                    Some(it) => {
                        let merged = if it.rows > 1 { 0x60 } else { 0 };
                        (it.column + it.columns, merged, &it.runs[..])
                    }
                };
                // Older programs merge as many cells as there are columns, newer ones write a wide one.
                let first = if row % 2 == 0 { column + 1 } else { to };
                let beside = if first < to { 1 } else { 0 };
                cells.push((first, merged | beside));
                runs.iter().for_each(|run| self.run(run));
                self.cell();
                for next in first + 1..=to {
                    cells.push((next, merged & 0x20 | 2));
                    self.cell();
                }
                column = to;
            }
            self.row(row, &cells);
        }
        self.paragraph("");
    }

    pub fn cell(&mut self) {
        self.number += 1;
        self.mark("\u{7}", 0, &modifier(0x2416, &[1]));
    }

    /// The end of a row, of whose cells each ends at a column and has such flags.
    pub fn row(&mut self, row: usize, cells: &[(usize, u16)]) {
        // Programs round the edges of cells, each as it likes.
        let edge = |column: usize| short(1000 * column + (row + column) % 3 * 5);
        let mut table = vec![u8::try_from(cells.len()).unwrap()];
        table.extend(edge(0));
        table.extend(cells.iter().flat_map(|(column, _)| edge(*column)));
        for (_, flags) in cells {
            table.extend(flags.to_le_bytes());
            table.extend([0; 18]);
        }
        let table = modifier(0xd608, &[&short(table.len() + 1)[..], &table].concat());
        let mut properties = [modifier(0x2416, &[1]), modifier(0x2417, &[1])].concat();
        if row.is_multiple_of(3) || table.len() > 400 {
            let at = self.data.len();
            self.data.extend(short(table.len()));
            self.data.extend(table);
            properties.extend(modifier(0x646b, &long(at)));
        } else {
            properties.extend(table);
        }
        self.mark("\u{7}", 0, &properties);
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        let (mut from, mut places, mut entries) = (0, Vec::new(), Vec::new());
        for (count, at, one_byte, changes) in &self.pieces {
            places.extend(long(from));
            let at = if *one_byte { (2 * at) | (1 << 30) } else { *at };
            entries.extend([0, 0]);
            entries.extend(long(at));
            entries.extend(changes.to_le_bytes());
            from += count;
        }
        places.extend(long(from));
        places.extend(entries);
        let pieces = [&[2][..], &long(places.len()), &places].concat();

        let mut stream = vec![0; TEXT];
        stream.extend(&self.text);
        stream.resize(stream.len().next_multiple_of(PAGE), 0);
        let (pages_of, characters) = pages(&self.characters, false, stream.len() / PAGE);
        stream.extend(pages_of);
        let (pages_of, paragraphs) = pages(&self.paragraphs, true, stream.len() / PAGE);
        stream.extend(pages_of);
        let mut tables = Vec::new();
        for (number, part) in [
            (1, styles()),
            (12, characters),
            (13, paragraphs),
            (33, pieces),
        ] {
            let place = 154 + 8 * number;
            stream[place..place + 4].copy_from_slice(&long(tables.len()));
            stream[place + 4..place + 8].copy_from_slice(&long(part.len()));
            tables.extend(part);
        }
        // A file of Word 97, whose tables stand in the second stream.
        stream[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
        stream[10..12].copy_from_slice(&short(0x1200));
        stream[76..80].copy_from_slice(&long(from - self.boxes));
        stream[100..104].copy_from_slice(&long(self.boxes));
        compound(&[
            ("WordDocument", &stream),
            ("1Table", &tables),
            ("Data", &self.data),
        ])
    }
}

/// The pages of some stretches, and the table of these, the first of which has that number.
fn pages(stretches: &[Stretch], paragraphs: bool, first: usize) -> (Vec<u8>, Vec<u8>) {
    let entry = if paragraphs { 13 } else { 1 };
    let (mut pages, mut starts, mut rest) = (Vec::new(), Vec::new(), stretches);
    while !rest.is_empty() {
        let mut page = vec![0; PAGE];
        let (mut count, mut free) = (0, PAGE - 2);
        let mut offsets = Vec::new();
        for (_, _, list) in rest {
            let mut bytes = list.clone();
            match (paragraphs, list.len() % 2) {
                (false, _) => bytes.insert(0, u8::try_from(list.len()).unwrap()),
                (true, 1) => bytes.insert(0, u8::try_from(list.len().div_ceil(2)).unwrap()),
                (true, _) => _ = bytes.splice(0..0, [0, u8::try_from(list.len() / 2).unwrap()]),
            }
            let at = free.saturating_sub(bytes.len()) & !1;
            if at < 4 * (count + 2) + entry * (count + 1) {
                break;
            }
            page[at..at + bytes.len()].copy_from_slice(&bytes);
            offsets.push(u8::try_from(at / 2).unwrap());
            (count, free) = (count + 1, at);
        }
        assert!(count > 0, "properties that no page holds");
        let (here, behind) = rest.split_at(count);
        for (index, (from, to, _)) in here.iter().enumerate() {
            page[4 * index..4 * index + 4].copy_from_slice(&long(*from));
            page[4 * index + 4..4 * index + 8].copy_from_slice(&long(*to));
            page[4 * (count + 1) + entry * index] = offsets[index];
        }
        page[PAGE - 1] = u8::try_from(count).unwrap();
        starts.push(here[0].0);
        pages.extend(page);
        rest = behind;
    }
    let mut table: Vec<u8> = starts.iter().flat_map(|it| long(*it)).collect();
    table.extend(stretches.last().map_or(long(TEXT), |it| long(it.1)));
    table.extend((first..first + starts.len()).flat_map(long));
    (pages, table)
}

/// A style of a kind, 1 for paragraphs and 2 for characters, that says so much of characters.
fn style(kind: u16, base: u16, properties: &[u8]) -> Vec<u8> {
    let lists = if kind == 1 { 2_u16 } else { 1 };
    let mut style = Vec::new();
    for word in [0, base << 4 | kind, lists, 0, 0, 1, u16::from(b'x'), 0] {
        style.extend(word.to_le_bytes());
    }
    if kind == 1 {
        style.extend([2, 0, 0, 0]);
    }
    style.extend(short(properties.len()));
    style.extend(properties);
    [&short(style.len())[..], &style, &vec![0; style.len() % 2]].concat()
}

fn styles() -> Vec<u8> {
    let mut sheet = vec![4, 0];
    sheet.extend([13, 0, 10, 0]);
    sheet.extend(style(1, NO_BASE, &[]));
    sheet.extend([0; 2 * 9]);
    sheet.extend(style(2, NO_BASE, &[]));
    sheet.extend(style(2, 10, &modifier(0x0837, &[1])));
    sheet.extend(style(1, 0, &modifier(0x083c, &[1])));
    sheet
}

/// The file.
pub fn doc(parts: &[Part<'_>]) -> Vec<u8> {
    let mut writer = Writer::default();
    for part in parts {
        match part {
            Part::Paragraph(text) => writer.paragraph(text),
            Part::Table(grid) => writer.table(grid),
        }
    }
    writer.file()
}

/// The container of some streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        let mut stream = file.create_stream(format!("/{name}")).unwrap();
        stream.write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}
