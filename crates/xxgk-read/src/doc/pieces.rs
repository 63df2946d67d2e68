//! The table of pieces: where in the stream each stretch of the text stands, for a file that was saved in haste keeps old text.

use encoding_rs::WINDOWS_1252;

use super::fib::size_at;
use crate::ole::u16_at;

/// Its characters take one byte each.
const ONE_BYTE: usize = 1 << 30;

/// A stretch of the text.
#[derive(Clone, Copy)]
struct Piece<'b> {
    /// Its first character, and the one behind its last.
    from: usize,
    to: usize,
    /// Where it stands.
    at: usize,
    one_byte: bool,
    changes: Changes<'b>,
}

/// What a piece says beyond the properties that its text has where it stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Changes<'b> {
    /// One modifier, by its number and its operand.
    One(u16, [u8; 1]),
    List(&'b [u8]),
}

/// A character, or the half of one, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Unit<'b> {
    pub unit: u16,
    pub at: usize,
    pub changes: Changes<'b>,
}

pub(super) struct Pieces<'b> {
    stream: &'b [u8],
    pieces: Vec<Piece<'b>>,
    /// What each byte stands for.
    characters: Vec<u16>,
}

impl<'b> Pieces<'b> {
    pub fn read(stream: &'b [u8], mut table: &'b [u8]) -> Option<Self> {
        let mut lists = Vec::new();
        while *table.first()? == 1 {
            let end = 3 + usize::from(u16_at(table, 1)?);
            lists.push(table.get(3..end)?);
            table = table.get(end..)?;
        }
        if *table.first()? != 2 {
            return None;
        }
        let places = table.get(5..size_at(table, 1)?.checked_add(5)?)?;
        let count = places.len().checked_sub(4)? / 12;
        let mut pieces = Vec::new();
        for number in 0..count {
            let (from, to) = (
                size_at(places, 4 * number)?,
                size_at(places, 4 * (number + 1))?,
            );
            let entry = places.get(4 * (count + 1) + 8 * number..)?;
            let at = size_at(entry, 2)?;
            let one_byte = at & ONE_BYTE != 0;
            let at = at & (ONE_BYTE - 1);
            let follows = pieces.last().map_or(0, |last: &Piece<'_>| last.to) == from;
            if !follows || to < from {
                return None;
            }
            pieces.push(Piece {
                from,
                to,
                at: if one_byte { at / 2 } else { at },
                one_byte,
                changes: changes(u16_at(entry, 6)?, &lists)?,
            });
        }
        // Pieces of one and the same text could make it longer without end.
        let length = pieces.last().map_or(0, |last| last.to);
        let decoded = |byte: u8| {
            let byte = [byte];
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
            text.encode_utf16().next().unwrap_or_default()
        };
        (length <= stream.len()).then_some(Pieces {
            stream,
            pieces,
            characters: (0..=255).map(decoded).collect(),
        })
    }

    /// The characters from one to another. `None` for one that stands nowhere.
    pub fn units(&self, from: usize, to: usize) -> impl Iterator<Item = Option<Unit<'b>>> {
        let first = self.pieces.partition_point(|piece| piece.to <= from);
        let pieces = self.pieces.iter().skip(first);
        let of = pieces.take_while(move |piece| piece.from < to);
        let units = of.flat_map(move |piece| {
            let within = from.max(piece.from)..to.min(piece.to);
            within.map(move |number| self.unit(piece, number - piece.from))
        });
        let last = self.pieces.last().map_or(0, |last| last.to);
        units.chain((to > last).then_some(None))
    }

    fn unit(&self, piece: &Piece<'b>, number: usize) -> Option<Unit<'b>> {
        let size = if piece.one_byte { 1 } else { 2 };
        let at = piece.at.checked_add(number.checked_mul(size)?)?;
        let unit = match piece.one_byte {
            true => *self.characters.get(usize::from(*self.stream.get(at)?))?,
            false => u16_at(self.stream, at)?,
        };
        Some(Unit {
            unit,
            at,
            changes: piece.changes,
        })
    }
}

/// What the last word of a piece's entry says.
fn changes<'b>(word: u16, lists: &[&'b [u8]]) -> Option<Changes<'b>> {
    if word & 1 != 0 {
        return Some(Changes::List(lists.get(usize::from(word >> 1))?));
    }
    // Modifiers that fit in have numbers of their own, those of Word 6.
    let number = match (word >> 1) & 0x7f {
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x4d => 0x2a0c,
        0x50 => 0x0811,
        0x53 => 0x2a33,
        0x57 => 0x0837,
        0x5c => 0x083c,
        0x62 => 0x2a42,
        0x68 => 0x2a48,
        0x73 => 0x2a53,
        0x75 => 0x0855,
        _ => return Some(Changes::List(&[])),
    };
    let [_, operand] = word.to_le_bytes();
    Some(Changes::One(number, [operand]))
}
