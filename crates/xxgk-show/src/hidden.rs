//! Signs that are not to be seen, written out: no text that comes from a file, a name or an argument moves a cursor, colours
//! what follows, turns the direction of reading, or begins a line.

use std::borrow::Cow;

/// Whether a sign is none to be seen: a control character, or one that turns the direction of reading.
#[must_use]
pub fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// A text in one line, with signs that are not to be seen written as `\u{1b}` and `\n`.
///
/// ```
/// assert_eq!(xxgk_show::hidden::shown("红\u{1b}[31m\n"), "红\\u{1b}[31m\\n");
/// ```
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden, |sign, out| {
        out.extend(sign.escape_default())
    })
}

/// A text whose lines are ours.
#[must_use]
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    let is_hidden = |sign| is_hidden(sign) && !matches!(sign, '\n' | '\t');
    escaped(text, is_hidden, |sign, out| {
        out.extend(sign.escape_default())
    })
}

/// A text in which each sign of a kind, among those that are not to be seen, is written as `write` does.
pub fn escaped(
    text: &str,
    is_hidden: impl Fn(char) -> bool,
    mut write: impl FnMut(char, &mut String),
) -> Cow<'_, str> {
    // All of the signs begin with one of these bytes, and few other signs do.
    let may_be = |byte: u8| matches!(byte, ..0x20 | 0x7f | 0xc2 | 0xd8 | 0xe2);
    if !text.bytes().any(may_be) || !text.contains(&is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match is_hidden(sign) {
            true => write(sign, &mut out),
            false => out.push(sign),
        }
    }
    Cow::Owned(out)
}
