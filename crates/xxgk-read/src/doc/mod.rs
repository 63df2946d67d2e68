//! Documents of Word 97 to 2003, and `.wps` of WPS: paragraphs and tables, as they stand when all changes are accepted.
//!
//! - [`fib`]: where everything stands
//! - [`pieces`]: the text
//! - [`sprm`], [`fkp`]: lists of properties, and where they hold
//! - [`props`], [`row`], [`styles`]: what they say of characters and paragraphs, of rows, in styles
//! - [`source`]: all of these together
//! - [`paragraphs`], [`body`]: paragraphs and rows to tables

mod body;
mod fib;
mod fkp;
mod paragraphs;
mod pieces;
mod props;
mod row;
mod source;
mod sprm;
mod styles;

use crate::error::ReadError;
use crate::format::Format;
use crate::ole::{Compound, u16_at};
use crate::output::Output;
use body::Body;
use fib::{Fib, Part, size_at};
use paragraphs::paragraphs;
use source::Source;

/// The streams of a document.
#[derive(Debug)]
pub(crate) struct Streams {
    document: Vec<u8>,
    tables: [Vec<u8>; 2],
    data: Vec<u8>,
}

impl Streams {
    pub fn open(compound: &Compound<'_>) -> Result<Self, ReadError> {
        let stream = |name| match compound.has(name) {
            true => compound.stream(name),
            false => Some(Vec::new()),
        };
        let streams = || {
            Some(Streams {
                document: stream("WordDocument")?,
                tables: [stream("0Table")?, stream("1Table")?],
                data: stream("Data")?,
            })
        };
        streams().ok_or(ReadError::Damaged(Format::Doc))
    }
}

pub(crate) fn read(streams: &Streams, output: &mut Output) -> Result<(), ReadError> {
    let damaged = || ReadError::Damaged(Format::Doc);
    let fib = Fib::read(&streams.document)?;
    let [first, second] = &streams.tables;
    let tables = if fib.second_table { second } else { first };
    let source = Source::read(&fib, &streams.document, tables, &streams.data);
    let mut source = source.ok_or_else(damaged)?;
    let drawings = fib.part(tables, Part::Drawings).ok_or_else(damaged)?;
    let pictures = has_pictures(drawings);
    let boxes_end = fib.before_boxes.saturating_add(fib.boxes);
    for (from, to) in [(0, fib.text), (fib.before_boxes, boxes_end)] {
        let paragraphs = paragraphs(&mut source, from, to)?;
        Body::new(&mut source, pictures, output).read(&paragraphs)?;
    }
    Ok(())
}

/// Whether there are pictures among what is drawn: the list of all drawings holds a list of them.
fn has_pictures(drawings: &[u8]) -> bool {
    let mut rest = drawings.get(8..).unwrap_or_default();
    while let (Some(kind), Some(length)) = (u16_at(rest, 2), size_at(rest, 4)) {
        if kind == 0xf001 {
            return length > 0;
        }
        rest = rest.get(length.saturating_add(8)..).unwrap_or_default();
    }
    false
}
