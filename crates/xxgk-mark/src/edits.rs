//! Changes of a text, each at its place: all else stays as it is.

use std::ops::Range;

use crate::error::MarkError;

/// Changes by their places in the text as it was.
#[derive(Debug, Default)]
pub(crate) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text at a place, behind what was put there before.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Takes over the changes of a piece of the text that begins there.
    pub fn append(&mut self, piece: Edits, start: usize) {
        let moved =
            |(range, text): (Range<usize>, String)| (range.start + start..range.end + start, text);
        self.0.extend(piece.0.into_iter().map(moved));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all of them; none may change what another changes.
    pub fn apply(mut self, text: &str) -> Result<String, MarkError> {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.0.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut done = 0;
        for (range, new) in &self.0 {
            out += text.get(done..range.start).ok_or(MarkError::Unusual)?;
            out += new;
            done = range.end;
        }
        out += text.get(done..).ok_or(MarkError::Unusual)?;
        Ok(out)
    }
}

/// A text as it stands in XML, between tags and in attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            // XML has no such characters, in whatever way they are written.
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
