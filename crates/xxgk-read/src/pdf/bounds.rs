//! What a hostile file would take of time and memory, before it takes it.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::dict::keys::{ANNOTS, AP, N, RESOURCES, SUBTYPE};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

use crate::error::{Limit, ReadError};
use crate::format::Format;
use crate::limits::MAX_UNPACKED;

/// Instructions of all pages, those of the forms that they draw with each drawing. A page of text has some thousand.
pub(crate) const MAX_STEPS: usize = 20_000_000;
/// What it takes to look for a form and to open it, in instructions.
const FORM: usize = 500;
/// The end of a file is told within so many bytes of it.
const TAIL: usize = 2048;
/// The dictionary of a stream is looked for so far before it.
const DICTIONARY: usize = 400;
/// Forms within each other; the interpreter goes no deeper.
const MAX_NESTED: usize = 50;

/// Unpacks each stream for its length: the interpreter would keep it, and read what is left of a damaged one.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<(), ReadError> {
    let damaged = ReadError::Damaged(Format::Pdf);
    // What was cut short has no end, and the interpreter would read the pages that are left.
    let tail = bytes
        .get(bytes.len().saturating_sub(TAIL)..)
        .unwrap_or_default();
    if !has(tail, b"%%EOF") {
        return Err(damaged);
    }
    let encrypted = has(bytes, b"/Encrypt");
    let mut room = MAX_UNPACKED;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        let before = rest
            .get(at.saturating_sub(DICTIONARY)..at)
            .unwrap_or_default();
        let own = before
            .get(rfind(before, b" obj").unwrap_or(0)..)
            .unwrap_or_default();
        rest = rest.get(at + b"stream".len()..).unwrap_or_default();
        let data = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"));
        let Some(data) = data.or_else(|| rest.strip_prefix(b"\r")) else {
            continue;
        };
        // No writer packs what is packed; a few bytes may so become any number.
        if times(own, b"FlateDecode") + times(own, b"LZWDecode") > 1 {
            return Err(ReadError::TooLarge(Limit::Unpacked));
        }
        let mut unpacked = ZlibDecoder::new(data).take(room as u64 + 1);
        let taken = std::io::copy(&mut unpacked, &mut std::io::sink());
        let is_text = has(own, b"/Filter/FlateDecode") || has(own, b"/Filter /FlateDecode");
        if taken.is_err() && is_text && !has(own, b"/Image") && !encrypted {
            return Err(damaged);
        }
        let taken = usize::try_from(taken.unwrap_or(0)).unwrap_or(usize::MAX);
        let left = room.checked_sub(taken);
        room = left.ok_or(ReadError::TooLarge(Limit::Unpacked))?;
    }
    Ok(())
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

fn times(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).filter(|it| it == &word).count()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|it| it == word)
}

fn rfind(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|it| it == word)
}

/// Counts the instructions of a page: a form that draws two forms, each of which draws two, is short and without end.
pub(crate) fn steps(page: &Page<'_>, room: &mut usize) -> Result<(), ReadError> {
    let mut open: Vec<(Stream<'_>, Resources<'_>, usize)> = Vec::new();
    let forms = page.typed_operations();
    count(forms, page.resources(), 0, room, &mut open)?;
    if let Some(notes) = page.raw().get::<Array<'_>>(ANNOTS) {
        for note in notes.iter::<Dict<'_>>() {
            let look = note.get::<Dict<'_>>(AP);
            let look = look.and_then(|it| it.get::<Stream<'_>>(N));
            open.extend(look.map(|look| (look, page.resources().clone(), 1)));
        }
    }
    while let Some((form, around, depth)) = open.pop() {
        let Ok(data) = form.decoded_data() else {
            continue;
        };
        let own = form.dict().get::<Dict<'_>>(RESOURCES).map(Resources::new);
        let resources = own.unwrap_or(around);
        // Unpacking it is work too.
        *room = room.saturating_sub(data.len() / 64);
        count(TypedIter::new(&data), &resources, depth, room, &mut open)?;
    }
    Ok(())
}

/// Counts instructions, and lists the forms that they draw.
fn count<'p>(
    mut instructions: TypedIter<'_>,
    resources: &Resources<'p>,
    depth: usize,
    room: &mut usize,
    open: &mut Vec<(Stream<'p>, Resources<'p>, usize)>,
) -> Result<(), ReadError> {
    while let Some(instruction) = instructions.next() {
        let left = room.checked_sub(1);
        *room = left.ok_or(ReadError::TooLarge(Limit::Steps))?;
        if let TypedInstruction::XObject(object) = instruction
            && depth < MAX_NESTED
            && let Some(stream) = resources.get_x_object(object.0)
            && stream
                .dict()
                .get::<Name<'_>>(SUBTYPE)
                .is_some_and(|it| &*it == b"Form")
        {
            *room = room.saturating_sub(FORM);
            open.push((stream, resources.clone(), depth + 1));
        }
    }
    Ok(())
}
