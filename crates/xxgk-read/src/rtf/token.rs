//! The tokens of rich text: groups, control words with their number, characters.

/// The longest control word; longer ones are none.
const MAX_WORD: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// `\par`, `\fs24`: without the backslash, with its number.
    Word(&'b str, Option<i32>),
    /// `\~`, `\*`.
    Symbol(u8),
    /// A byte of text, from `\'b7` or as it stands.
    Byte(u8),
}

/// The tokens from a byte on.
#[derive(Debug)]
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Tokens { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn word(&mut self) -> Option<Token<'b>> {
        let rest = self.bytes.get(self.at..)?;
        let letters = |it: &&u8| it.is_ascii_alphabetic();
        let length = rest.iter().take_while(letters).count();
        let name = std::str::from_utf8(rest.get(..length.min(MAX_WORD))?).ok()?;
        self.at += length;
        let rest = self.bytes.get(self.at..)?;
        let negative = rest.first() == Some(&b'-');
        let digits = rest.get(usize::from(negative)..)?;
        let digits = digits.iter().take_while(|it| it.is_ascii_digit()).count();
        let mut number = None;
        if digits > 0 {
            let length = usize::from(negative) + digits;
            let text = std::str::from_utf8(rest.get(..length)?).ok()?;
            // A number that is too large is as good as none.
            number = Some(text.parse().unwrap_or(0));
            self.at += length;
        }
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if name == "bin" {
            let length = number.and_then(|it| usize::try_from(it).ok());
            self.at = self.at.saturating_add(length.unwrap_or(0));
        }
        Some(Token::Word(name, number))
    }

    fn escaped(&mut self) -> Option<Token<'b>> {
        let byte = self.peek()?;
        if byte.is_ascii_alphabetic() {
            return self.word();
        }
        self.at += 1;
        if byte != b'\'' {
            return Some(match byte {
                b'\\' | b'{' | b'}' => Token::Byte(byte),
                b'\n' | b'\r' => Token::Word("par", None),
                _ => Token::Symbol(byte),
            });
        }
        let digits = self.bytes.get(self.at..self.at + 2)?;
        self.at += 2;
        let digits = std::str::from_utf8(digits).ok();
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        Some(byte.map_or(Token::Symbol(b'\''), Token::Byte))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.escaped(),
                // The file is broken into lines anywhere.
                b'\n' | b'\r' | 0 => continue,
                _ => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_all_kinds() {
        let tokens: Vec<Token<'_>> =
            Tokens::new(b"{\\b\\fs-24 a\\'b7\\~\\{\r\n\\bin2 }}x}").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("b", None),
                Token::Word("fs", Some(-24)),
                Token::Byte(b'a'),
                Token::Byte(0xb7),
                Token::Symbol(b'~'),
                Token::Byte(b'{'),
                Token::Word("bin", Some(2)),
                Token::Byte(b'x'),
                Token::Close,
            ]
        );
        assert_eq!(Tokens::new(b"\\").count(), 0);
        assert_eq!(Tokens::new(b"\\'b").count(), 0);
    }
}
