//! Pages that were saved with all that belongs to them in one file: the page is its first part that is one.

use mailparse::{ParsedMail, parse_mail};

use crate::encoding::decode;
use crate::error::ReadError;
use crate::format::Format;

/// Parts within each other; programs that save pages write one or two.
const MAX_NESTED: usize = 20;

/// Whether a file says at its beginning that it is such a one.
pub(crate) fn is_mhtml(bytes: &[u8]) -> bool {
    let head = bytes.get(..2000).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let lines = || head.lines().take(20);
    lines().any(|line| line.starts_with("mime-version:"))
        && lines().any(|line| line.contains("multipart/related"))
}

/// The page in a file.
pub(crate) fn page(bytes: &[u8]) -> Result<String, ReadError> {
    let damaged = || ReadError::Damaged(Format::Mhtml);
    // The parser goes down into parts as deep as they are, so that what says that it has many is no saved page.
    let multipart = b"multipart/";
    let starts = bytes.windows(multipart.len());
    let nested = starts
        .filter(|it| it.eq_ignore_ascii_case(multipart))
        .count();
    if nested > MAX_NESTED {
        return Err(damaged());
    }
    let mail = parse_mail(bytes).map_err(|_| damaged())?;
    let page = first_page(&mail).ok_or_else(damaged)?;
    // What the part says of its encoding is often wrong: as with any page, it is not asked for.
    let body = page.get_body_raw().map_err(|_| damaged())?;
    decode(&body)
}

fn first_page<'m>(mail: &'m ParsedMail<'m>) -> Option<&'m ParsedMail<'m>> {
    let mut parts = mail.parts();
    parts.find(|part| part.subparts.is_empty() && part.ctype.mimetype == "text/html")
}
