//! Text files in UTF-8, UTF-16 or GB18030 as UTF-8, while they are read.

use std::io::{self, Read};
use std::{error, fmt};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_16BE, UTF_16LE};

/// So many bytes are looked at at once.
const PIECE: usize = 1 << 16;

/// A file as UTF-8. One in UTF-8 is handed on as it is, whatever is broken in it; and so is ASCII, until other bytes tell what the
/// file is in.
pub(crate) struct Utf8<R> {
    file: R,
    state: State,
    /// What was read of the file and is not yet decoded, from where it is not.
    raw: Vec<u8>,
    decoded: usize,
    /// What is to be handed on, from where it is not.
    ready: Vec<u8>,
    used: usize,
    /// How many lines ended in what was handed on, while it is decoded.
    lines: u64,
}

enum State {
    /// Nothing was read.
    Begun,
    /// There was nothing but ASCII.
    Ascii,
    /// Nothing has to be decoded.
    Plain,
    Decoded(Box<Decoder>),
    /// What comes next is no text.
    Broken(&'static Encoding),
}

/// Bytes that are no text of the encoding, on a line from 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Broken {
    pub encoding: &'static str,
    pub line: u64,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not in {}", self.line, self.encoding)
    }
}

impl error::Error for Broken {}

impl<R> fmt::Debug for Utf8<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Utf8").finish_non_exhaustive()
    }
}

impl<R: Read> Utf8<R> {
    pub fn new(file: R) -> Self {
        Utf8 {
            file,
            state: State::Begun,
            raw: Vec::new(),
            decoded: 0,
            ready: Vec::new(),
            used: 0,
            lines: 0,
        }
    }

    /// Reads the next piece of the file.
    fn piece(&mut self) -> io::Result<Vec<u8>> {
        let mut piece = Vec::with_capacity(PIECE);
        let file = self.file.by_ref();
        file.take(PIECE as u64).read_to_end(&mut piece)?;
        Ok(piece)
    }

    /// Reads the next piece, and tells what the file is in, if the piece says so.
    fn tell(&mut self) -> io::Result<()> {
        let begun = matches!(self.state, State::Begun);
        let piece = self.piece()?;
        let (encoding, mark) = match begun.then(|| utf_16(&piece)).flatten() {
            Some((encoding, mark)) => (Some(encoding), mark),
            None if !piece.is_ascii() && is_gb18030(&piece) => (Some(GB18030), 0),
            None => (None, 0),
        };
        if let Some(encoding) = encoding {
            self.state = State::Decoded(encoding.new_decoder_without_bom_handling().into());
            self.raw = piece;
            self.decoded = mark;
            return Ok(());
        }
        self.state = match piece.is_ascii() {
            true => State::Ascii,
            false => State::Plain,
        };
        self.lines += newlines(&piece);
        (self.ready, self.used) = (piece, 0);
        Ok(())
    }

    /// Decodes more of what was read.
    fn decode(&mut self) -> io::Result<()> {
        if self.decoded >= self.raw.len() {
            self.raw = self.piece()?;
            self.decoded = 0;
        }
        let State::Decoded(decoder) = &mut self.state else {
            return Ok(());
        };
        let raw = self.raw.get(self.decoded..).unwrap_or_default();
        self.ready.resize(PIECE, 0);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(raw, &mut self.ready, raw.is_empty());
        self.ready.truncate(written);
        self.used = 0;
        self.decoded += read;
        self.lines += newlines(&self.ready);
        let ended = raw.is_empty() && result == DecoderResult::InputEmpty;
        match result {
            DecoderResult::Malformed(..) => self.state = State::Broken(decoder.encoding()),
            // What is left is handed on, and then nothing.
            _ if ended => self.state = State::Plain,
            _ => {}
        }
        Ok(())
    }

    fn broken(&self, encoding: &'static Encoding) -> io::Error {
        let encoding = match encoding.name() {
            "gb18030" => "GB18030",
            other => other,
        };
        let line = self.lines + 1;
        io::Error::other(Broken { encoding, line })
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.used >= self.ready.len() {
            match self.state {
                State::Plain => return self.file.read(buffer),
                State::Decoded(_) => self.decode()?,
                State::Broken(encoding) => return Err(self.broken(encoding)),
                State::Begun | State::Ascii => {
                    self.tell()?;
                    if matches!(self.state, State::Ascii) && self.ready.is_empty() {
                        return Ok(0);
                    }
                }
            }
        }
        let mut rest = self.ready.get(self.used..).unwrap_or_default();
        let length = rest.read(buffer)?;
        self.used += length;
        Ok(length)
    }
}

fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The UTF-16 that a file begins in, and how long its mark is: by the mark, or by the zeros beside every sign of ASCII.
fn utf_16(piece: &[u8]) -> Option<(&'static Encoding, usize)> {
    let zeros = |odd: usize| {
        let mut bytes = piece.iter().skip(odd).step_by(2);
        bytes.any(|byte| *byte == 0)
    };
    match (piece, zeros(0), zeros(1)) {
        ([0xff, 0xfe, ..], _, _) => Some((UTF_16LE, 2)),
        ([0xfe, 0xff, ..], _, _) => Some((UTF_16BE, 2)),
        (_, false, true) => Some((UTF_16LE, 0)),
        (_, true, false) => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// Whether a piece that is not all ASCII is in GB18030, or else in UTF-8, perhaps with broken bytes: Chinese in GB18030 is hardly
/// ever three bytes of UTF-8, and Chinese in UTF-8 always.
fn is_gb18030(piece: &[u8]) -> bool {
    let (mut chinese, mut broken) = (0_usize, 0_usize);
    for chunk in piece.utf8_chunks() {
        let long = chunk.valid().chars().filter(|c| c.len_utf8() > 2);
        chinese += long.count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // The end of the piece may be in the middle of a sign.
    let whole = match str::from_utf8(piece) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    !whole && chinese < broken
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands on a byte at a time, as a pipe may.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }

    fn decoded(bytes: &[u8]) -> Result<String, String> {
        let mut text = Vec::new();
        let read = Utf8::new(Slow(bytes)).read_to_end(&mut text);
        read.map_err(|error| error.to_string())?;
        Ok(String::from_utf8(text).unwrap())
    }

    fn utf_16(text: &str, of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(of).collect()
    }

    #[test]
    fn the_same_text_whatever_it_is_in() {
        // The first pieces are ASCII, and tell nothing; a sign lies across the end of a piece.
        for ascii in [0, 1, PIECE - 1, PIECE, 3 * PIECE + 1] {
            let text = "1".repeat(ascii) + "\n机关,收到申请数\n𠮷镇,27\n";
            let gb18030 = GB18030.encode(&text).0;
            for bytes in [
                text.as_bytes(),
                &gb18030,
                &[&[0xff, 0xfe], &*utf_16(&text, u16::to_le_bytes)].concat(),
                &[&[0xfe, 0xff], &*utf_16(&text, u16::to_be_bytes)].concat(),
                &utf_16(&text, u16::to_le_bytes),
                &utf_16(&text, u16::to_be_bytes),
            ] {
                assert!(
                    decoded(bytes).unwrap() == text,
                    "{ascii} {:x?}",
                    &bytes[..2]
                );
            }
        }
        assert_eq!(decoded(b"").unwrap(), "");
    }

    #[test]
    fn broken_bytes_are_refused_with_their_line() {
        let gb18030 = GB18030.encode("机关\n收到申请数\n").0;
        for (bytes, line) in [
            (
                [&gb18030, &b"\xff\xff\n"[..]].concat(),
                "line 3 is not in GB18030",
            ),
            (
                [&b"a\nb\n"[..], &gb18030, b"\xd6"].concat(),
                "line 5 is not in GB18030",
            ),
            (
                [
                    &[0xff, 0xfe][..],
                    &utf_16("a\nb", u16::to_le_bytes),
                    &[0, 0xdc],
                ]
                .concat(),
                "line 2 is not in UTF-16LE",
            ),
        ] {
            assert_eq!(decoded(&bytes).unwrap_err(), line);
        }
    }

    #[test]
    fn utf_8_is_handed_on_as_it_is() {
        let broken = "机关,收到申请数\n".as_bytes();
        let broken = [broken, b"\xff,1\n"].concat();
        let mut read = Vec::new();
        Utf8::new(&broken[..]).read_to_end(&mut read).unwrap();
        assert_eq!(read, broken);
    }
}
