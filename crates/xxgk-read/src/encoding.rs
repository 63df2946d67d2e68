//! Bytes to text: by their mark, as UTF-8, or as GB18030, of which GBK and GB2312 are parts. No byte is replaced.
//!
//! What a page says of its encoding is not asked for. It is often wrong; and where it is right, it is one of these: what is
//! valid UTF-8 with any character beyond ASCII is hardly ever anything else, and the rest of what China publishes is GB18030.
//! A detector of encodings would have nothing to decide: it takes a few characters of GBK for those of other languages.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::error::ReadError;

/// The text of a file that is no known binary format.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => exactly(encoding, bytes.get(mark..).unwrap_or_default()),
        None => exactly(UTF_8, bytes).or_else(|| exactly(GB18030, bytes)),
    };
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c');
    let text = text.filter(|text| !text.contains(control));
    text.ok_or(ReadError::NotText)
}

/// Decoded without one error.
pub(crate) fn exactly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}
