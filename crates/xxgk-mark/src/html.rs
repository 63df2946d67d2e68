//! Notes and colours in web pages.
//!
//! A note is the label of a button that does nothing: it is seen, also in print, and is no text of the cell that it stands in. The
//! style sheet at the end of the page gives cells and paragraphs their colours.

use std::ops::Range;

use crate::error::MarkError;
use crate::{Mark, RED, YELLOW};

const STYLE: &str = "\n<style>\
[data-xxgk=hard]{background:#FF9999!important}\
[data-xxgk=soft]{background:#FFFF66!important}\
.xxgk-note{display:block;max-width:30em;margin:.2em 0;padding:.3em;border:1px solid #666;background:#FFFFE1;color:#000;font:12px/1.5 sans-serif;text-align:left;white-space:pre-wrap}\
</style>\n";

/// The page with the marks, and those for which there is no place.
pub(crate) fn put<'m>(
    bytes: &[u8],
    marks: &'m [Mark],
) -> Result<(Vec<u8>, Vec<&'m Mark>), MarkError> {
    let text = xxgk_read::page(bytes)?.ok_or(MarkError::Unusual)?;
    let places = Places::of(bytes, &text)?;
    let (mut out, mut left, mut done) = (Vec::with_capacity(bytes.len()), Vec::new(), 0);
    for mark in marks {
        let at = mark.source.span.as_ref();
        let at = at.and_then(|span| places.tag(bytes, &text, span));
        let Some((name, end)) = at.filter(|(name, _)| *name >= done) else {
            left.push(mark);
            continue;
        };
        out.extend_from_slice(bytes.get(done..name).ok_or(MarkError::Unusual)?);
        out.extend_from_slice(attribute(mark).as_bytes());
        out.extend_from_slice(bytes.get(name..end).ok_or(MarkError::Unusual)?);
        out.extend_from_slice(note(mark).as_bytes());
        done = end;
    }
    out.extend_from_slice(bytes.get(done..).ok_or(MarkError::Unusual)?);
    if left.len() < marks.len() {
        out.extend_from_slice(STYLE.as_bytes());
    }
    Ok((out, left))
}

/// What gives the cell its colour.
fn attribute(mark: &Mark) -> &'static str {
    match mark.color {
        Some(RED) => " data-xxgk=\"hard\"",
        Some(YELLOW) => " data-xxgk=\"soft\"",
        _ => "",
    }
}

/// What is said, in ASCII, which all encodings of pages have.
fn note(mark: &Mark) -> String {
    let mut out = "<input type=\"button\" disabled class=\"xxgk-note\" value=\"".to_owned();
    for c in mark.sentences.join("\n").chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => out.push(c),
            c => out += &format!("&#{};", u32::from(c)),
        }
    }
    out + "\">"
}

/// Where the tags of a page begin in its text and in its bytes: where `<` is one byte, that byte is part of no other character.
struct Places(Vec<(usize, usize)>);

impl Places {
    fn of(bytes: &[u8], text: &str) -> Result<Self, MarkError> {
        let in_bytes = (0..).zip(bytes).filter(|(_, byte)| **byte == b'<');
        let in_text = text.match_indices('<').map(|(at, _)| at);
        let places: Vec<(usize, usize)> = in_text.zip(in_bytes.map(|(at, _)| at)).collect();
        let all = text.matches('<').count();
        // In UTF-16 it is two bytes, between which nothing may be put.
        let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let same = all == bytes.iter().filter(|byte| **byte == b'<').count();
        match same && !is_wide {
            true => Ok(Places(places)),
            false => Err(MarkError::Unusual),
        }
    }

    /// Where in the bytes the name of a tag ends, and the tag.
    fn tag(&self, bytes: &[u8], text: &str, tag: &Range<usize>) -> Option<(usize, usize)> {
        let index = self.0.binary_search_by_key(&tag.start, |it| it.0).ok()?;
        let (_, at) = self.0.get(index)?;
        let tag = text.get(tag.clone())?;
        let letters = tag.bytes().skip(1);
        let name = at + 1 + letters.take_while(u8::is_ascii_alphabetic).count();
        // The values of attributes may have `>` in them.
        let ends = bytes.get(*at..)?.iter().enumerate();
        let mut ends = ends.filter(|(_, byte)| **byte == b'>').map(|(end, _)| end);
        let end = ends.nth(tag.matches('>').count().checked_sub(1)?)?;
        Some((name, at + end + 1))
    }
}
