//! Workbooks before Excel 2007. Only the records of cells, their strings and what is merged are looked at; formulas give the
//! value that was stored with them.

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::biff::{Record, Records, encoding};
use crate::error::{Format, Limit, ReadError};
use crate::limits::MAX_UNPACKED;
use crate::merged::{Merged, Sheet};
use crate::number::{date, is_builtin_date, is_date_format, shown};
use crate::output::Output;

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

const EXCEL_97: u16 = 0x0600;
const EXCEL_95: u16 = 0x0500;

pub(crate) fn read(stream: &[u8], output: &mut Output) -> Result<(), ReadError> {
    let damaged = || ReadError::Damaged(Format::Xls);
    let book = Book::read(stream)?;
    let mut read = 0;
    for (name, at) in &book.sheets {
        let mut records = Records { stream, at: *at };
        if records.next().ok_or_else(damaged)?.kind != BOF {
            return Err(damaged());
        }
        let mut sheet = Sheet::new(name.clone());
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
                    if let Some((row, column)) = formula.take() {
                        let text = book.string(&record, 0).ok_or_else(damaged)?;
                        sheet.cell(row, column, &text)?;
                    }
                }
                FORMULA | FORMULA_3 | FORMULA_4 if record.is_text() => {
                    formula = record.index(0).zip(record.index(2));
                }
                _ => book.record(&record, &mut sheet)?,
            }
        }
        sheet.end(output)?;
    }
    Ok(())
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
    strings: Vec<String>,
    /// Of each style of cells, whether its numbers are days.
    dates: Vec<bool>,
    /// Name and beginning of each.
    sheets: Vec<(String, usize)>,
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
            dates: Vec::new(),
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

    fn global(&mut self, record: &Record<'_>, formats: &mut HashMap<usize, bool>) -> Option<()> {
        match record.kind {
            CODEPAGE => self.encoding = encoding(record.u16(0)?),
            DATEMODE => self.from_1904 = record.u16(0)? == 1,
            FORMAT => {
                let code = match self.excel_97 {
                    true => self.string(record, 2)?,
                    false => self.short(record, 2)?,
                };
                formats.insert(record.index(0)?, is_date_format(&code));
            }
            XF => {
                let format = record.index(2)?;
                let builtin = || is_builtin_date(format);
                self.dates
                    .push(formats.get(&format).copied().unwrap_or_else(builtin));
            }
            BOUNDSHEET => {
                let name = self.short(record, 6)?;
                // Others are charts and macros.
                if record.data().get(5) == Some(&0) {
                    self.sheets
                        .push((name, usize::try_from(record.u32(0)?).ok()?));
                }
            }
            SST => {
                let mut bytes = record.bytes(4);
                let count = bytes.u32()?;
                for _ in 0..count {
                    let length = usize::from(bytes.u16()?);
                    self.strings.push(bytes.unicode(length)?);
                }
            }
            _ => {}
        }
        Some(())
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
                    sheet.cell(row, first + index, &self.number(rk(number), style))?;
                }
            }
            LABELSST | LABEL | RSTRING | NUMBER | RK | FORMULA | FORMULA_3 | FORMULA_4
            | BOOLERR => {
                let place = record.index(0).zip(record.index(2));
                let (row, column) = place.ok_or_else(damaged)?;
                sheet.cell(row, column, &self.cell(record).ok_or_else(damaged)?)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&self, record: &Record<'_>) -> Option<String> {
        let style = record.index(4)?;
        Some(match record.kind {
            LABELSST => {
                let index = usize::try_from(record.u32(6)?).ok()?;
                self.strings.get(index)?.clone()
            }
            NUMBER => self.number(record.f64(6)?, style),
            RK => self.number(rk(record.u32(6)?), style),
            BOOLERR => told(record.data().get(7) == Some(&1), *record.data().get(6)?),
            FORMULA | FORMULA_3 | FORMULA_4 if record.u16(12)? == 0xffff => {
                let value = *record.data().get(8)?;
                match record.data().get(6)? {
                    1 => told(false, value),
                    2 => told(true, value),
                    _ => String::new(),
                }
            }
            FORMULA | FORMULA_3 | FORMULA_4 => self.number(record.f64(6)?, style),
            _ => self.string(record, 6)?,
        })
    }

    fn number(&self, number: f64, style: usize) -> String {
        match self.dates.get(style) {
            Some(true) => date(number, self.from_1904),
            _ => shown(number),
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
