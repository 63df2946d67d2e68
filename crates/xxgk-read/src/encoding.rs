//! Bytes to text: by their mark, as UTF-8, or as GB18030, of which GBK and GB2312 are parts.
//!
//! What a page says of its encoding is not asked for. It is often wrong; and where it is right, it is one of these: what is
//! valid UTF-8 with any character beyond ASCII is hardly ever anything else, and the rest of what China publishes is GB18030.
//! A detector of encodings would have nothing to decide: it takes a few characters of GBK for those of other languages.
//!
//! A few broken bytes do not make a file unreadable: each becomes U+FFFD, which stands in no number.

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};

use crate::error::ReadError;

/// A text has so many characters to each that is broken, or it is none.
const CHARACTERS_PER_BREAK: usize = 200;
/// So many characters beyond ASCII that are right, to each that is broken, make a text UTF-8: GB18030 read as UTF-8 has more
/// broken ones than right ones.
const RIGHT_PER_BREAK: usize = 20;

/// The text of a file that is no known binary format.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return readable(nearly(encoding, rest));
    }
    if let Some(text) = exactly(UTF_8, bytes) {
        return readable(Some((text, 0)));
    }
    let utf_8 = nearly(UTF_8, bytes).filter(|(text, broken)| {
        let right = text.chars().filter(|c| !c.is_ascii()).count();
        right.saturating_sub(*broken) >= RIGHT_PER_BREAK * broken
    });
    readable(utf_8.or_else(|| nearly(GB18030, bytes)))
}

/// The text of a file of lines: some end them with CR alone, which people count as lines, too.
pub(crate) fn with_lines(text: String) -> String {
    let alone = |(at, _): &(usize, &str)| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|it| alone(&it)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((line, behind)) = rest.split_once('\r') {
        out.push_str(line);
        out.push_str(if behind.starts_with('\n') { "\r" } else { "\n" });
        rest = behind;
    }
    out + rest
}

/// Decoded without one error.
pub(crate) fn exactly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Decoded with U+FFFD for what is broken, and how often that is; `None` where it is too often.
fn nearly(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, usize)> {
    let most = bytes.len() / CHARACTERS_PER_BREAK;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(bytes.len())?;
    let mut text = String::with_capacity(room);
    let (mut rest, mut broken) = (bytes, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return Some((text, broken)),
            DecoderResult::OutputFull => text.reserve(rest.len().saturating_mul(3) + 16),
            DecoderResult::Malformed(..) if broken < most => {
                broken += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
            DecoderResult::Malformed(..) => return None,
        }
    }
}

/// The text, unless too much of it is broken. A character that only steers a terminal is broken, too.
fn readable(decoded: Option<(String, usize)>) -> Result<String, ReadError> {
    let (mut text, mut broken) = decoded.ok_or(ReadError::NotText)?;
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c');
    // Nearly every text has none, and nothing broken, which its bytes tell.
    if may_have_controls(text.as_bytes()) {
        broken += text.chars().filter(|c| control(*c)).count();
        text = text.replace(control, "\u{fffd}");
    }
    match broken > 0 && broken.saturating_mul(CHARACTERS_PER_BREAK) > text.chars().count() {
        true => Err(ReadError::NotText),
        false => Ok(text),
    }
}

/// Whether bytes of UTF-8 may hold a character that only steers a terminal: those below space, DEL, and those that begin with C2. (Every
/// byte is looked at, without a branch, which is done many at a time.)
fn may_have_controls(bytes: &[u8]) -> bool {
    let may_be = |byte: &u8| {
        let line = matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c');
        (*byte < b' ' && !line) | matches!(byte, 0x7f | 0xc2)
    };
    bytes
        .chunks(1024)
        .any(|some| some.iter().fold(false, |found, it| found | may_be(it)))
}
