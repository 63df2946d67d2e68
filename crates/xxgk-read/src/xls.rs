//! Workbooks before Excel 2007. Only the records of cells, their strings and what is merged are looked at; formulas give the
//! value that was stored with them.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::Encoding;
use xxgk::{LeftOut, Look, Run};

use crate::biff::{Record, Records, Rich, encoding};
use crate::cellstyle::{CellStyle, Font};
use crate::css::{Paint, WHITE};
use crate::error::{Limit, ReadError};
use crate::format::Format;
use crate::limits::MAX_UNPACKED;
use crate::merged::{Merged, Sheet, Sheets, Stored};
use crate::number::shown;
use crate::numfmt::NumberFormat;
use crate::output::Output;
use crate::xlsx::builtin;

// Of the records, those that are read.
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FILEPASS: u16 = 0x002f;
const CODEPAGE: u16 = 0x0042;
const DATEMODE: u16 = 0x0022;
const BOUNDSHEET: u16 = 0x0085;
const SST: u16 = 0x00fc;
const FORMAT: u16 = 0x041e;
const XF: u16 = 0x00e0;
const LABELSST: u16 = 0x00fd;
const LABEL: u16 = 0x0204;
const RSTRING: u16 = 0x00d6;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027e;
const MULRK: u16 = 0x00bd;
const FORMULA: u16 = 0x0006;
const FORMULA_3: u16 = 0x0206;
const FORMULA_4: u16 = 0x0406;
const STRING: u16 = 0x0207;
const BOOLERR: u16 = 0x0205;
const MERGECELLS: u16 = 0x00e5;
const FONT: u16 = 0x0031;
const PALETTE: u16 = 0x0092;
const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007d;
const OBJ: u16 = 0x005d;

/// The kind of an object that is a picture.
const PICTURE: u16 = 8;

const EXCEL_97: u16 = 0x0600;
const EXCEL_95: u16 = 0x0500;

pub(crate) fn read(stream: &[u8], output: &mut Output) -> Result<(), ReadError> {
    let damaged = || ReadError::Damaged(Format::Xls);
    let book = Book::read(stream)?;
    let mut read = 0;
    let mut sheets = Sheets::default();
    for (name, at, hidden) in &book.sheets {
        let mut records = Records { stream, at: *at };
        if records.next().ok_or_else(damaged)?.kind != BOF {
            return Err(damaged());
        }
        let mut sheet = Sheet::new(name.clone(), *hidden);
        // Charts within a sheet begin and end as sheets do.
        let mut within = 0_usize;
        let mut formula = None;
        loop {
            // Many sheets may be said to begin at one place.
            let before = records.at;
            let record = records.next().ok_or_else(damaged)?;
            read += records.at - before;
            if read > MAX_UNPACKED {
                return Err(ReadError::TooLarge(Limit::Unpacked));
            }
            match record.kind {
                BOF => within += 1,
                EOF if within == 0 => break,
                EOF => within -= 1,
                _ if within > 0 => {}
                STRING => {
                    if let Some(((row, column), style)) = formula.take() {
                        let text = book.string(&record, 0).ok_or_else(damaged)?;
                        let runs = book.style(style).text(text);
                        sheet.cell(row, column, runs, Stored::Result)?;
                    }
                }
                FORMULA | FORMULA_3 | FORMULA_4 if record.is_text() => {
                    formula = record.index(0).zip(record.index(2)).zip(record.index(4));
                }
                OBJ if record.u16(4) == Some(PICTURE) => output.leave_out(LeftOut::Picture),
                _ => book.record(&record, &mut sheet)?,
            }
        }
        sheets.push(sheet)?;
    }
    sheets.end(true, output)
}

impl Record<'_> {
    /// Whether the value of a formula is a text, which the next record has.
    fn is_text(&self) -> bool {
        self.u16(12) == Some(0xffff) && self.data().get(6) == Some(&0)
    }
}

struct Book {
    excel_97: bool,
    encoding: &'static Encoding,
    from_1904: bool,
    strings: Vec<Rich>,
    fonts: Vec<Font>,
    styles: Vec<CellStyle>,
    /// The colours are the workbook's own.
    palette: bool,
    /// Name and beginning of each, and whether it is hidden.
    sheets: Vec<(String, usize, bool)>,
}

impl Book {
    /// Reads what stands before the sheets.
    fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let damaged = || ReadError::Damaged(Format::Xls);
        let mut records = Records { stream, at: 0 };
        let first = records.next().filter(|record| record.kind == BOF);
        let mut book = Book {
            excel_97: match first.and_then(|record| record.u16(0)) {
                Some(EXCEL_97) => true,
                Some(EXCEL_95) => false,
                Some(_) => return Err(ReadError::Other("Excel 4")),
                None => return Err(damaged()),
            },
            encoding: encoding(0),
            from_1904: false,
            strings: Vec::new(),
            fonts: Vec::new(),
            styles: Vec::new(),
            palette: false,
            sheets: Vec::new(),
        };
        let mut formats = HashMap::new();
        loop {
            let record = records.next().ok_or_else(damaged)?;
            match record.kind {
                EOF => return Ok(book),
                FILEPASS => return Err(ReadError::Encrypted),
                _ => {}
            }
            book.global(&record, &mut formats).ok_or_else(damaged)?;
        }
    }

    fn global(
        &mut self,
        record: &Record<'_>,
        formats: &mut HashMap<usize, Rc<NumberFormat>>,
    ) -> Option<()> {
        match record.kind {
            CODEPAGE => self.encoding = encoding(record.u16(0)?),
            DATEMODE => self.from_1904 = record.u16(0)? == 1,
            PALETTE => self.palette = true,
            FONT => {
                let color = self.color(record.u16(4)?);
                self.fonts.push(Font {
                    struck: record.u16(2)? & 8 != 0,
                    raised: record.u16(8)? != 0,
                    color,
                });
            }
            FORMAT => {
                let code = match self.excel_97 {
                    true => self.string(record, 2)?,
                    false => self.short(record, 2)?,
                };
                formats.insert(record.index(0)?, Rc::new(NumberFormat::new(&code)));
            }
            XF => {
                let format = record.index(2)?;
                let builtin = || Rc::new(builtin(format));
                let style = CellStyle {
                    format: formats.entry(format).or_insert_with(builtin).clone(),
                    font: self.font(record.index(0)?),
                    behind: self.behind(record),
                };
                self.styles.push(style);
            }
            BOUNDSHEET => {
                let name = self.short(record, 6)?;
                let hidden = record.data().get(4)? & 3 != 0;
                // Others are charts and macros.
                if record.data().get(5) == Some(&0) {
                    let at = usize::try_from(record.u32(0)?).ok()?;
                    self.sheets.push((name, at, hidden));
                }
            }
            SST => {
                let mut bytes = record.bytes(4);
                let count = bytes.u32()?;
                for _ in 0..count {
                    let length = usize::from(bytes.u16()?);
                    self.strings.push(bytes.rich(length)?);
                }
            }
            _ => {}
        }
        Some(())
    }

    /// A font by its number, of which there is no 4.
    fn font(&self, number: usize) -> Font {
        let index = if number > 4 { number - 1 } else { number };
        self.fonts.get(index).copied().unwrap_or_default()
    }

    /// A colour by its number: ink and paper, unless the workbook has colours of its own.
    fn color(&self, number: u16) -> Paint {
        match number {
            0x7fff | 0 | 64 => Paint::Rgb(0, 0, 0),
            1 | 65 => WHITE,
            8 if !self.palette => Paint::Rgb(0, 0, 0),
            9 if !self.palette => WHITE,
            _ => Paint::Unknown,
        }
    }

    /// What is behind the cells of a style.
    fn behind(&self, style: &Record<'_>) -> Paint {
        if !self.excel_97 {
            return WHITE;
        }
        match (style.u16(16), style.u16(18)) {
            (Some(pattern), _) if pattern >> 10 == 0 => WHITE,
            (Some(pattern), Some(colors)) if pattern >> 10 == 1 => self.color(colors & 0x7f),
            (Some(_), Some(_)) => Paint::Unknown,
            _ => WHITE,
        }
    }

    fn style(&self, number: usize) -> CellStyle {
        self.styles.get(number).cloned().unwrap_or_default()
    }

    /// A string whose length stands in one byte before it.
    fn short(&self, record: &Record<'_>, at: usize) -> Option<String> {
        let mut bytes = record.bytes(at);
        let length = usize::from(bytes.u8()?);
        match self.excel_97 {
            true => bytes.unicode(length),
            false => bytes.bytes(length, self.encoding),
        }
    }

    /// A string whose length stands in two bytes before it.
    fn string(&self, record: &Record<'_>, at: usize) -> Option<String> {
        let mut bytes = record.bytes(at);
        let length = usize::from(bytes.u16()?);
        match self.excel_97 {
            true => bytes.unicode(length),
            false => bytes.bytes(length, self.encoding),
        }
    }

    fn record(&self, record: &Record<'_>, sheet: &mut Sheet) -> Result<(), ReadError> {
        let damaged = || ReadError::Damaged(Format::Xls);
        match record.kind {
            MERGECELLS => {
                let count = record.index(0).ok_or_else(damaged)?;
                for region in 0..count {
                    let at = |number: usize| record.index(2 + region * 8 + number * 2);
                    let rows = at(0).zip(at(1)).ok_or_else(damaged)?;
                    let columns = at(2).zip(at(3)).ok_or_else(damaged)?;
                    sheet.merge(Merged { rows, columns })?;
                }
            }
            MULRK => {
                let place = record.index(0).zip(record.index(2));
                let (row, first) = place.ok_or_else(damaged)?;
                // Behind the numbers stands the last column.
                let numbers = record.data().get(4..).unwrap_or_default().chunks_exact(6);
                for (index, number) in numbers.enumerate() {
                    let at = 4 + index * 6;
                    debug_assert_eq!(number.len(), 6);
                    let text = record.u32(at + 2).zip(record.index(at));
                    let (number, style) = text.ok_or_else(damaged)?;
                    let runs = self.number(rk(number), style);
                    sheet.cell(row, first + index, runs, Stored::Value)?;
                }
            }
            ROW if record.u16(12).is_some_and(|flags| flags & 0x20 != 0) => {
                let row = record.index(0).ok_or_else(damaged)?;
                sheet.hide_rows(row, row)?;
            }
            COLINFO => {
                let columns = record.index(0).zip(record.index(2));
                let (first, last) = columns.ok_or_else(damaged)?;
                let hidden = record.u16(8).is_some_and(|flags| flags & 1 != 0);
                if hidden || record.u16(4) == Some(0) {
                    sheet.hide_columns(first, last)?;
                }
            }
            LABELSST | LABEL | RSTRING | NUMBER | RK | FORMULA | FORMULA_3 | FORMULA_4
            | BOOLERR => {
                let place = record.index(0).zip(record.index(2));
                let (row, column) = place.ok_or_else(damaged)?;
                let (runs, stored) = self.cell(record).ok_or_else(damaged)?;
                sheet.cell(row, column, runs, stored)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What is shown in a cell, and what its formula is stored with.
    fn cell(&self, record: &Record<'_>) -> Option<(Vec<Run>, Stored)> {
        let number = record.index(4)?;
        let style = self.style(number);
        let runs = match record.kind {
            LABELSST => {
                let index = usize::try_from(record.u32(6)?).ok()?;
                self.rich(self.strings.get(index)?, &style)
            }
            NUMBER => self.number(record.f64(6)?, number),
            RK => self.number(rk(record.u32(6)?), number),
            BOOLERR => style.text(told(
                record.data().get(7) == Some(&1),
                *record.data().get(6)?,
            )),
            FORMULA | FORMULA_3 | FORMULA_4 => return self.formula(record, number),
            _ => self.rich(&self.label(record)?, &style),
        };
        Some((runs, Stored::Value))
    }

    /// The value that is stored with a formula. One that is to be calculated when the file is opened, and is stored with a
    /// zero, may never have been.
    fn formula(&self, record: &Record<'_>, style: usize) -> Option<(Vec<Run>, Stored)> {
        const ON_LOAD: u16 = 3;
        if record.u16(12)? == 0xffff {
            let value = *record.data().get(8)?;
            let text = match record.data().get(6)? {
                1 => told(false, value),
                2 => told(true, value),
                3 => return Some((vec![Run::new("", Look::Plain)], Stored::Zero)),
                _ => String::new(),
            };
            return Some((self.style(style).text(text), Stored::Result));
        }
        let value = record.f64(6)?;
        let zero = value == 0.0 && record.u16(14).is_some_and(|flags| flags & ON_LOAD != 0);
        let stored = if zero { Stored::Zero } else { Stored::Result };
        Some((self.number(value, style), stored))
    }

    /// A text that stands in the cell itself, with the fonts of its stretches.
    fn label(&self, record: &Record<'_>) -> Option<Rich> {
        let mut bytes = record.bytes(6);
        let length = usize::from(bytes.u16()?);
        let text = match self.excel_97 {
            true => bytes.rich(length)?.text,
            false => bytes.bytes(length, self.encoding)?,
        };
        let mut fonts = Vec::new();
        if record.kind == RSTRING && self.excel_97 {
            for _ in 0..bytes.u16()? {
                fonts.push((usize::from(bytes.u16()?), usize::from(bytes.u16()?)));
            }
        } else if record.kind == RSTRING {
            for _ in 0..bytes.u8()? {
                fonts.push((usize::from(bytes.u8()?), usize::from(bytes.u8()?)));
            }
        }
        Some(Rich { text, fonts })
    }

    /// The stretches of a text: each font is that from a character on.
    fn rich(&self, rich: &Rich, style: &CellStyle) -> Vec<Run> {
        let mut pieces: Vec<(&str, Option<Font>)> = Vec::new();
        let (mut rest, mut at, mut font) = (&*rich.text, 0, None);
        for (from, number) in &rich.fonts {
            // Characters are counted as UTF-16 does.
            let units = from.saturating_sub(at);
            let mut seen = 0;
            let end = rest.char_indices().find(|(_, c)| {
                let here = seen >= units;
                seen += c.len_utf16();
                here
            });
            let (piece, behind) = rest.split_at(end.map_or(rest.len(), |it| it.0));
            pieces.push((piece, font));
            (rest, at, font) = (behind, (*from).max(at), Some(self.font(*number)));
        }
        pieces.push((rest, font));
        style.rich(pieces.into_iter())
    }

    fn number(&self, number: f64, style: usize) -> Vec<Run> {
        let style = self.style(style);
        match style.format.days {
            true => style.day(number, self.from_1904),
            false => style.number(&shown(number)),
        }
    }
}

/// A number of 30 bits: an integer or the upper half of a double, perhaps a hundredth of it.
fn rk(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    if bits & 1 == 0 {
        number
    } else {
        number / 100.0
    }
}

/// What is shown for a truth value or an error.
fn told(error: bool, value: u8) -> String {
    match (error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A workbook of one sheet.
    fn book(version: u16, globals: &[Vec<u8>], name: &[u8], cells: &[Vec<u8>]) -> Vec<u8> {
        let start = record(BOF, &words(&[version, 5]));
        let globals = globals.concat();
        let length = start.len() + 4 + 6 + name.len() + globals.len() + 4;
        let at = u32::try_from(length).unwrap().to_le_bytes();
        let sheet = record(BOUNDSHEET, &[&at[..], &[0, 0], name].concat());
        let begin = record(BOF, &words(&[version, 16]));
        let end = record(EOF, &[]);
        [
            start,
            sheet,
            globals,
            end.clone(),
            begin,
            cells.concat(),
            end,
        ]
        .concat()
    }

    fn text(stream: &[u8]) -> Result<String, ReadError> {
        let mut output = Output::new();
        read(stream, &mut output)?;
        Ok(output.document().text().to_owned())
    }

    #[test]
    fn a_workbook_of_excel_95_in_gbk() {
        let label = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
        let cell = label("收到申请数");
        let place = |row, column| words(&[row, column, 0]);
        let cells = [
            record(LABEL, &[place(0, 0), words(&[10]), cell].concat()),
            record(
                NUMBER,
                &[place(0, 1), 27_f64.to_le_bytes().to_vec()].concat(),
            ),
            record(
                FORMULA,
                &[place(0, 2), vec![0, 0, 0, 0, 0, 0, 255, 255, 0, 0]].concat(),
            ),
            record(STRING, &[words(&[2]), label("件")].concat()),
        ];
        let name = [vec![4], label("表一")].concat();
        let globals = [record(CODEPAGE, &936_u16.to_le_bytes())];
        let stream = book(EXCEL_95, &globals, &name, &cells);
        assert_eq!(text(&stream).unwrap(), "收到申请数 | 27 | 件\n");
        let globals = [record(FILEPASS, &[0; 4])];
        let stream = book(EXCEL_95, &globals, &name, &cells);
        assert_eq!(text(&stream), Err(ReadError::Encrypted));
    }

    /// A string that goes on in the next record, where its characters become wide.
    #[test]
    fn a_workbook_of_excel_97_with_strings_in_two_records() {
        let first = [&[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0][..], b"27"].concat();
        let more = [vec![1], words(&[0x4ef6, 0x6b21])].concat();
        let style = |format: u16| record(XF, &words(&[0, format]));
        let globals = [
            record(SST, &first),
            record(0x3c, &more),
            style(0),
            style(14),
        ];
        let rk = |bits: u32| bits.to_le_bytes();
        let numbers = [
            &words(&[0, 1, 0])[..],
            &rk(27 << 2 | 2),
            &words(&[0]),
            &rk(37 << 2 | 3),
            &words(&[1]),
            &rk(43_100 << 2 | 2),
            &words(&[3]),
        ];
        let cells = [
            record(LABELSST, &words(&[0, 0, 0, 0, 0])),
            record(MULRK, &numbers.concat()),
            record(BOOLERR, &[words(&[1, 0, 0]), vec![0x17, 1]].concat()),
            record(MERGECELLS, &words(&[1, 1, 1, 0, 3])),
        ];
        let stream = book(EXCEL_97, &globals, b"\x01\x00S", &cells);
        let expected = "27件次 | 27 | 0.37 | 2017-12-31\n#REF! |  |  | \n";
        assert_eq!(text(&stream).unwrap(), expected);
        assert_eq!(
            text(&stream[..stream.len() - 1]),
            Err(ReadError::Damaged(Format::Xls))
        );
    }
}
