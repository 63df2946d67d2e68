//! The information block at the beginning of the document's stream: what kind of file it is, and where the rest stands.

use crate::error::ReadError;
use crate::format::Format;
use crate::ole::{u16_at, u32_at};

/// What it begins with, since Word 97.
const MAGIC: u16 = 0xa5ec;
/// Older ones begin so, or have a lower number.
const OLD_MAGIC: u16 = 0xa5dc;
const LAST_OLD: u16 = 0x0069;
const ENCRYPTED: u16 = 1 << 8;
const WHICH_TABLE: u16 = 1 << 9;

/// The parts of the stream of tables that are read, by their places in the block.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Styles = 1,
    Characters = 12,
    Paragraphs = 13,
    Pieces = 33,
    Drawings = 50,
}

pub(super) struct Fib<'b> {
    stream: &'b [u8],
    /// Of the two streams that hold tables, the second counts.
    pub second_table: bool,
    /// The characters of the document itself.
    pub text: usize,
    /// Those before the text boxes, and those of the text boxes.
    pub before_boxes: usize,
    pub boxes: usize,
}

impl<'b> Fib<'b> {
    pub fn read(stream: &'b [u8]) -> Result<Self, ReadError> {
        let damaged = || ReadError::Damaged(Format::Doc);
        let magic = u16_at(stream, 0).ok_or_else(damaged)?;
        let version = u16_at(stream, 2).ok_or_else(damaged)?;
        let flags = u16_at(stream, 10).ok_or_else(damaged)?;
        if !matches!(magic, MAGIC | OLD_MAGIC) {
            return Err(damaged());
        }
        if magic == OLD_MAGIC || version <= LAST_OLD {
            return Err(ReadError::Other("Word 95"));
        }
        if flags & ENCRYPTED != 0 {
            return Err(ReadError::Encrypted);
        }
        // The lengths of text, notes, headers, macros, comments, end notes and text boxes stand in this order.
        let length = |at| size_at(stream, at).ok_or_else(damaged);
        let mut before_boxes = 0_usize;
        for at in [76, 80, 84, 88, 92, 96] {
            before_boxes = before_boxes.saturating_add(length(at)?);
        }
        Ok(Fib {
            stream,
            second_table: flags & WHICH_TABLE != 0,
            text: length(76)?,
            before_boxes,
            boxes: length(100)?,
        })
    }

    /// A part of the stream of tables; it is empty where there is none.
    pub fn part<'t>(&self, tables: &'t [u8], part: Part) -> Option<&'t [u8]> {
        let at = 154 + 8 * part as usize;
        let (start, length) = (size_at(self.stream, at)?, size_at(self.stream, at + 4)?);
        match length {
            0 => Some(&[]),
            _ => tables.get(start..start.checked_add(length)?),
        }
    }
}

pub(super) fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_older_or_encrypted_is_refused() {
        let refused = |head: [u8; 4], flags: u8| {
            let mut stream = vec![0; 1024];
            stream[..4].copy_from_slice(&head);
            stream[11] = flags;
            Fib::read(&stream).err()
        };
        assert_eq!(refused([0xec, 0xa5, 0xc1, 0], 0x12), None);
        assert_eq!(
            refused([0xec, 0xa5, 0xc1, 0], 0x13),
            Some(ReadError::Encrypted)
        );
        for old in [[0xdc, 0xa5, 0x65, 0], [0xec, 0xa5, 0x68, 0]] {
            assert_eq!(refused(old, 0), Some(ReadError::Other("Word 95")));
        }
        let damaged = Some(ReadError::Damaged(Format::Doc));
        assert_eq!(refused([0; 4], 0), damaged);
        assert_eq!(Fib::read(&[0xec, 0xa5, 0xc1, 0]).err(), damaged);
    }
}
