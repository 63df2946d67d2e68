//! Which properties hold where in the stream: pages of 512 bytes, each with stretches of text and their properties, and a table of
//! the pages.

use super::fib::size_at;
use crate::ole::u16_at;

const PAGE: usize = 512;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Characters,
    Paragraphs,
}

/// A stretch of the stream, and what is said of it.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'b> {
    pub from: usize,
    pub to: usize,
    /// The style of a paragraph.
    pub style: u16,
    pub list: &'b [u8],
}

impl Stretch<'_> {
    pub fn has(&self, at: usize) -> bool {
        (self.from..self.to).contains(&at)
    }
}

pub(super) struct Places<'b> {
    kind: Kind,
    stream: &'b [u8],
    /// Where each page begins to count, and its number.
    pages: Vec<(usize, usize)>,
}

impl<'b> Places<'b> {
    pub fn read(kind: Kind, stream: &'b [u8], table: &[u8]) -> Option<Self> {
        let count = table.len().saturating_sub(4) / 8;
        let mut pages = Vec::new();
        for number in 0..count {
            let from = size_at(table, 4 * number)?;
            let page = size_at(table, 4 * (count + 1) + 4 * number)? & 0x3f_ffff;
            pages.push((from, page));
        }
        pages.is_sorted_by_key(|it| it.0).then_some(Places {
            kind,
            stream,
            pages,
        })
    }

    /// What is said of the text at a place. `None` where nothing is said.
    pub fn find(&self, at: usize) -> Option<Stretch<'b>> {
        let behind = self.pages.partition_point(|(from, _)| *from <= at);
        let (_, number) = self.pages.get(behind.checked_sub(1)?)?;
        let start = number.checked_mul(PAGE)?;
        let page = self.stream.get(start..start.checked_add(PAGE)?)?;
        let count = usize::from(*page.last()?);
        for index in 0..count {
            let (from, to) = (size_at(page, 4 * index)?, size_at(page, 4 * (index + 1))?);
            if (from..to).contains(&at) {
                let (style, list) = self.properties(page, 4 * (count + 1), index)?;
                return Some(Stretch {
                    from,
                    to,
                    style,
                    list,
                });
            }
        }
        None
    }

    fn properties(&self, page: &'b [u8], entries: usize, index: usize) -> Option<(u16, &'b [u8])> {
        let size = if self.kind == Kind::Characters { 1 } else { 13 };
        let at = 2 * usize::from(*page.get(entries + size * index)?);
        if at == 0 {
            return Some((0, &[]));
        }
        let length = usize::from(*page.get(at)?);
        if self.kind == Kind::Characters {
            return Some((0, page.get(at + 1..at + 1 + length)?));
        }
        // The length is that of words, or stands behind a zero.
        let (start, length) = match length {
            0 => (at + 2, 2 * usize::from(*page.get(at + 1)?)),
            _ => (at + 1, 2 * length - 1),
        };
        let list = page.get(start..start + length)?;
        Some((u16_at(list, 0)?, list.get(2..)?))
    }
}
