//! The records of a workbook before Excel 2007, and the strings in them.

use encoding_rs::{Encoding, GBK};

use crate::encoding::exactly;
use crate::ole::{u16_at, u32_at};

const CONTINUE: u16 = 0x003c;

/// One record, with the records that continue it.
#[derive(Debug)]
pub(crate) struct Record<'b> {
    pub kind: u16,
    pieces: Vec<&'b [u8]>,
}

impl<'b> Record<'b> {
    /// What stands in it up to where another record continues it.
    pub fn data(&self) -> &'b [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }

    pub fn u16(&self, at: usize) -> Option<u16> {
        u16_at(self.data(), at)
    }

    pub fn index(&self, at: usize) -> Option<usize> {
        Some(usize::from(self.u16(at)?))
    }

    pub fn u32(&self, at: usize) -> Option<u32> {
        u32_at(self.data(), at)
    }

    pub fn f64(&self, at: usize) -> Option<f64> {
        let bytes = self.data().get(at..at.checked_add(8)?)?;
        Some(f64::from_le_bytes(bytes.try_into().ok()?))
    }

    /// Its bytes from one on, over all pieces.
    pub fn bytes(&self, at: usize) -> Bytes<'_, 'b> {
        Bytes {
            pieces: &self.pieces,
            piece: 0,
            at,
        }
    }
}

/// The records of a stream from a byte on. Ends where they do, or where one is cut short.
#[derive(Clone, Debug)]
pub(crate) struct Records<'b> {
    pub stream: &'b [u8],
    pub at: usize,
}

impl<'b> Records<'b> {
    fn one(&mut self) -> Option<(u16, &'b [u8])> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some((kind, data))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (kind, data) = self.one()?;
        let mut pieces = vec![data];
        while u16_at(self.stream, self.at) == Some(CONTINUE) {
            pieces.push(self.one()?.1);
        }
        Some(Record { kind, pieces })
    }
}

/// A text, and from which characters on it has which fonts, by their numbers.
#[derive(Clone, Debug)]
pub(crate) struct Rich {
    pub text: String,
    pub fonts: Vec<(usize, usize)>,
}

/// A place in the bytes of a record.
#[derive(Debug)]
pub(crate) struct Bytes<'r, 'b> {
    pieces: &'r [&'b [u8]],
    piece: usize,
    at: usize,
}

impl<'b> Bytes<'_, 'b> {
    /// What is left of the piece; the next piece where nothing is.
    fn rest(&mut self) -> Option<&'b [u8]> {
        loop {
            let rest = self.pieces.get(self.piece)?.get(self.at..)?;
            if !rest.is_empty() {
                return Some(rest);
            }
            (self.piece, self.at) = (self.piece + 1, 0);
        }
    }

    pub fn u8(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let step = self.rest()?.len().min(count);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    /// A string of Excel 97 and later, of so many characters: of two bytes each or of one, which may change where a record
    /// is continued.
    pub fn unicode(&mut self, length: usize) -> Option<String> {
        Some(self.rich(length)?.text)
    }

    /// The same, with the fonts of its stretches.
    pub fn rich(&mut self, length: usize) -> Option<Rich> {
        let flags = self.u8()?;
        let runs = if flags & 8 != 0 { self.u16()? } else { 0 };
        let extra = if flags & 4 != 0 { self.u32()? } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            let piece = self.piece;
            let mut rest = self.rest()?;
            if self.piece != piece {
                wide = self.u8()? & 1 != 0;
                rest = self.pieces.get(self.piece)?.get(self.at..)?;
            }
            let size = if wide { 2 } else { 1 };
            let count = (rest.len() / size).min(length - units.len());
            if count == 0 {
                return None;
            }
            let taken = rest.get(..count * size)?;
            units.extend(taken.chunks_exact(size).map(|unit| match unit {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => u16::from(unit.first().copied().unwrap_or_default()),
            }));
            self.at += count * size;
        }
        let mut fonts: Vec<(usize, usize)> = Vec::new();
        for _ in 0..runs {
            let (from, font) = (usize::from(self.u16()?), usize::from(self.u16()?));
            // One that begins nowhere, or where another does, is for no character.
            let ahead = fonts.last().is_none_or(|(before, _)| *before < from);
            if ahead && from < length {
                fonts.push((from, font));
            }
        }
        self.skip(usize::try_from(extra).ok()?)?;
        let text = String::from_utf16(&units).ok()?;
        Some(Rich { text, fonts })
    }

    /// A string of Excel 95, of so many bytes in the encoding of the workbook.
    pub fn bytes(&mut self, length: usize, encoding: &'static Encoding) -> Option<String> {
        let bytes: Vec<u8> = (0..length).map(|_| self.u8()).collect::<Option<_>>()?;
        exactly(encoding, &bytes)
    }
}

/// The encoding that a workbook of Excel 95 names. Chinese ones that name none are in GBK.
pub(crate) fn encoding(page: u16) -> &'static Encoding {
    match page {
        950 => encoding_rs::BIG5,
        1252 | 0x8001 => encoding_rs::WINDOWS_1252,
        _ => GBK,
    }
}
