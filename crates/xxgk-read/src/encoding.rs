//! Bytes to text, by the mark, as UTF-8, by what a page says of itself, or by what it looks like. No byte is replaced.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};

use crate::error::ReadError;

/// A page says its encoding within so many bytes.
const HEAD: usize = 4096;

/// The text of a file that is no known binary format.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let text = text_of(bytes).ok_or(ReadError::NotText)?;
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c');
    if text.contains(control) {
        return Err(ReadError::NotText);
    }
    Ok(text)
}

fn text_of(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return exactly(encoding, bytes.get(mark..)?);
    }
    exactly(UTF_8, bytes)
        .or_else(|| exactly(declared(bytes)?, bytes))
        .or_else(|| exactly(looks_like(bytes)?, bytes))
}

/// Decoded without one error.
fn exactly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// The encoding that a page says it is in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head: String = head
        .iter()
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let (_, rest) = head.split_once("charset")?;
    let rest = rest.trim_start().strip_prefix('=')?;
    let rest = rest.trim_start_matches([' ', '"', '\'']);
    let label = rest.split(['"', '\'', ' ', '>', ';', '/']).next()?;
    // What is UTF-16 to the eye of a parser of single bytes is not; and any bytes are text in one of single bytes.
    Encoding::for_label(label.as_bytes()).filter(|it| is_chinese(it))
}

fn looks_like(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // Few characters may look like any language: in these files they are Chinese.
    Some(if is_chinese(guess) { guess } else { GB18030 })
}

fn is_chinese(encoding: &'static Encoding) -> bool {
    [GBK, GB18030, BIG5].contains(&encoding)
}
