//! One way to read characters that look alike: full-width forms, circled digits, parenthesised numerals.

use std::borrow::Cow;

use unicode_normalization::char::decompose_compatible;

/// Whether a character is one of the common ideographs: asked first, for the tables of the standard library are slow to
/// say what those are.
pub(crate) fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a character is a quotation mark around words; those around titles (《》) are none.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '「' | '」')
}

/// Whether a character stands for itself: ideographs and ASCII, which nearly every cell consists of.
fn is_plain(c: char) -> bool {
    is_ideograph(c) || matches!(c, '\u{20}'..='\u{7e}')
}

/// The text with compatibility characters taken apart (１ → 1, （ → (, ① → 1, ㈠ → (一)) and invisible ones left out.
pub(crate) fn for_each_compatible(text: &str, mut push: impl FnMut(char)) {
    for c in text.chars() {
        match c {
            c if is_plain(c) => push(c),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            _ => decompose_compatible(c, &mut push),
        }
    }
}

/// As [`for_each_compatible`], trimmed.
pub(crate) fn compatible(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for_each_compatible(text, |c| out.push(c));
    Cow::Owned(out.trim().to_owned())
}

/// Only the letters, digits and ideographs: what is left of a label when spaces, brackets and punctuation, in which
/// reports differ, are taken out.
pub(crate) fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for_each_compatible(text, |c| {
        if is_ideograph(c) || c.is_alphanumeric() {
            out.push(c);
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_look_alike_read_alike() {
        assert_eq!(compatible("\u{3000}１，２３４．５\u{200b}"), "1,234.5");
        assert_eq!(letters("（一） 收 到 申请数"), letters("㈠收到申请数"));
        assert_eq!(letters("①当面"), "1当面");
    }
}
