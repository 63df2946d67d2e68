//! Texts that come from files, names and arguments, as they may reach a terminal: no sign in them moves the cursor, colours
//! what follows, turns the direction of reading, or begins a line.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};
use std::path::Path;

pub use xxgk_show::hidden::shown;
use xxgk_show::hidden::{escaped, is_hidden, shown_lines};

/// In an output, the byte of an escape that is ours. No text has it in UTF-8, so that no text can pretend to it.
const OWN_ESCAPE: u8 = 0xff;
const ESCAPE: &str = "\u{1b}";

/// A text of JSON, in which such signs stand in strings only.
fn shown_json(text: &str) -> Cow<'_, str> {
    let is_hidden = |sign| is_hidden(sign) && !matches!(sign, '\n' | '\t');
    escaped(text, is_hidden, |sign, out| {
        // To write to a string cannot fail, and none of these signs is beyond four digits.
        _ = write!(out, "\\u{:04x}", u32::from(sign));
    })
}

/// A path, in one line.
pub trait PathShown {
    fn shown(&self) -> String;
}

impl PathShown for Path {
    fn shown(&self) -> String {
        shown(&self.to_string_lossy()).into_owned()
    }
}

/// Says something on standard error, if someone listens.
pub fn tell(message: impl Display) {
    let message = format!("xxgk: {message}\n");
    _ = io::stderr().write_all(shown_lines(&message).as_bytes());
}

/// What an output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// For people.
    Text,
    Json,
    /// For programs, in a notation that has no escapes: as it is.
    Raw,
}

/// An output that no text gets through to with signs that are not to be seen.
pub struct Inert<W> {
    out: W,
    of: As,
    /// The beginning of a sign whose end was not yet written.
    begun: Vec<u8>,
}

impl<W: Write> Inert<W> {
    pub fn new(out: W, of: As) -> Self {
        Inert {
            out,
            of,
            begun: Vec::new(),
        }
    }

    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        for chunk in bytes.utf8_chunks() {
            let text = match self.of {
                As::Json => shown_json(chunk.valid()),
                _ => shown_lines(chunk.valid()),
            };
            self.out.write_all(text.as_bytes())?;
            let invalid = chunk.invalid();
            rest = rest
                .get(chunk.valid().len() + invalid.len()..)
                .unwrap_or_default();
            match invalid {
                [OWN_ESCAPE] => self.out.write_all(ESCAPE.as_bytes())?,
                _ if rest.is_empty() && invalid.len() < 4 => self.begun = invalid.to_vec(),
                _ => self.out.write_all(invalid)?,
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for Inert<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.of == As::Raw {
            return self.out.write(bytes);
        }
        if self.begun.is_empty() {
            self.pass(bytes)?;
        } else {
            let mut whole = std::mem::take(&mut self.begun);
            whole.extend(bytes);
            self.pass(&whole)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Something drawn, with escapes that are ours, for an [`Inert`] output.
pub fn ours(drawn: &str) -> Vec<u8> {
    let own = |byte| match byte {
        0x1b => OWN_ESCAPE,
        other => other,
    };
    drawn.bytes().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(of: As, pieces: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut inert = Inert::new(&mut out, of);
        for piece in pieces {
            inert.write_all(piece).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn signs_that_are_not_to_be_seen_are_written_out() {
        let text = "红\u{1b}[31m\u{7}字\u{202e}左\u{9b}2J\u{7f}\r\n…“好”";
        assert_eq!(
            shown(text),
            "红\\u{1b}[31m\\u{7}字\\u{202e}左\\u{9b}2J\\u{7f}\\r\\n…“好”"
        );
        assert_eq!(
            written(As::Text, &[text.as_bytes()]),
            "红\\u{1b}[31m\\u{7}字\\u{202e}左\\u{9b}2J\\u{7f}\\r\n…“好”"
        );
        let json = written(As::Json, &["\"\u{202e}\u{9b}\u{7f}\"\n".as_bytes()]);
        assert_eq!(json, "\"\\u202e\\u009b\\u007f\"\n");
        assert_eq!(written(As::Raw, &[text.as_bytes()]), text);
        assert!(matches!(shown("办结—27件"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_our_own_escapes_are_escapes() {
        let drawn = ours("\u{1b}[1m红\u{1b}[0m");
        assert_eq!(written(As::Text, &[&drawn]), "\u{1b}[1m红\u{1b}[0m");
        let both = written(As::Text, &[b"\x1b[1m", &drawn]);
        assert_eq!(both, "\\u{1b}[1m\u{1b}[1m红\u{1b}[0m");
    }

    #[test]
    fn a_sign_may_come_in_pieces() {
        let text = "左\u{202e}右";
        for at in 1..text.len() {
            let (one, other) = text.as_bytes().split_at(at);
            assert_eq!(written(As::Text, &[one, other]), "左\\u{202e}右", "{at}");
        }
    }
}
