//! The tags of a text of XML, and where each stands in it.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::MarkError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    /// One that is closed at once: `<p/>`.
    Empty,
    Close,
}

/// A tag.
#[derive(Clone, Debug)]
pub(crate) struct Tag<'t> {
    pub kind: Kind,
    /// As it is written.
    pub text: &'t str,
    pub start: usize,
    /// In so many elements; the root is in none.
    pub depth: usize,
}

/// Goes through the tags of a text, from first to last.
pub(crate) struct Tags<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    depth: usize,
}

/// The tags of a text, which may be one element of a larger one.
pub(crate) fn tags(text: &str) -> Tags<'_> {
    Tags {
        text,
        reader: Reader::from_str(text),
        depth: 0,
    }
}

impl<'t> Tags<'t> {
    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Goes to the end of an element that was opened last, and returns where that is.
    pub fn leave(&mut self, tag: &Tag<'_>) -> Result<usize, MarkError> {
        if tag.kind == Kind::Empty {
            return Ok(tag.end());
        }
        for inner in self {
            let inner = inner?;
            if inner.kind == Kind::Close && inner.depth == tag.depth {
                return Ok(inner.end());
            }
        }
        Err(MarkError::Unusual)
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Result<Tag<'t>, MarkError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.at();
            let (kind, depth) = match self.reader.read_event() {
                Ok(Event::Start(_)) => {
                    self.depth += 1;
                    (Kind::Open, self.depth - 1)
                }
                Ok(Event::Empty(_)) => (Kind::Empty, self.depth),
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    (Kind::Close, self.depth)
                }
                Ok(Event::Eof) if self.depth == 0 => return None,
                Ok(Event::Eof | Event::DocType(_)) | Err(_) => {
                    return Some(Err(MarkError::Unusual));
                }
                Ok(_) => continue,
            };
            let text = self.text.get(start..self.at());
            return Some(text.ok_or(MarkError::Unusual).map(|text| Tag {
                kind,
                text,
                start,
                depth,
            }));
        }
    }
}

impl<'t> Tag<'t> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn span(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Its name as it is written, with the prefix.
    pub fn full_name(&self) -> &'t str {
        let name = self.text.trim_start_matches(['<', '/']);
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        end.and_then(|end| name.get(..end)).unwrap_or(name)
    }

    pub fn name(&self) -> &'t str {
        let name = self.full_name();
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix of its name, with the colon.
    pub fn prefix(&self) -> &'t str {
        let name = self.full_name();
        name.find(':').and_then(|at| name.get(..=at)).unwrap_or("")
    }

    /// Whether it begins an element of that name.
    pub fn begins(&self, name: &str) -> bool {
        self.kind != Kind::Close && self.name() == name
    }

    pub fn ends(&self, name: &str) -> bool {
        self.kind == Kind::Close && self.name() == name
    }

    /// The value of an attribute as it is written, by its name with or without a prefix.
    pub fn get(&self, name: &str) -> Option<&'t str> {
        self.text.get(self.value(name)?)
    }

    /// It with another value of an attribute.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut text = self.text.to_owned();
        if let Some(range) = self.value(name) {
            text.replace_range(range, value);
        } else {
            let end = text.trim_end_matches('>').trim_end_matches('/').len();
            text.insert_str(end, &format!(" {name}=\"{value}\""));
        }
        text
    }

    /// Where the value of an attribute stands in the tag.
    fn value(&self, name: &str) -> Option<Range<usize>> {
        let mut at = 1 + self.full_name().len();
        loop {
            let rest = self.text.get(at..)?;
            let (key, behind) = rest.split_once('=')?;
            let quote = behind.trim_start().chars().next()?;
            let start = self.text.len() - behind.trim_start().len() + 1;
            let length = self.text.get(start..)?.find(quote)?;
            let key = key.trim();
            let local = key.split_once(':').map_or(key, |(_, local)| local);
            if key == name || local == name && !key.starts_with("xmlns:") {
                return Some(start..start + length);
            }
            at = start + length + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_and_set() {
        let text = "<x:c r = 'C1' x:s=\"5\" xmlns:id=\"n\"/>";
        let tag = tags(text).next().unwrap().unwrap();
        assert_eq!(
            (tag.full_name(), tag.name(), tag.prefix()),
            ("x:c", "c", "x:")
        );
        assert_eq!(
            (tag.get("r"), tag.get("s"), tag.get("id")),
            (Some("C1"), Some("5"), None)
        );
        assert_eq!(
            tag.with("s", "7"),
            "<x:c r = 'C1' x:s=\"7\" xmlns:id=\"n\"/>"
        );
        assert_eq!(
            tag.with("t", "n"),
            "<x:c r = 'C1' x:s=\"5\" xmlns:id=\"n\" t=\"n\"/>"
        );
    }
}
