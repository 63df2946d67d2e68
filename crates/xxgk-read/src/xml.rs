//! The XML of office files as opened elements, text and closed elements. Only the five entities of XML are known; a
//! document type, by which more could be declared, is refused.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::error::{Limit, ReadError};
use crate::format::Format;
use crate::limits::MAX_DEPTH;

/// What comes next.
pub(crate) enum Node<'x> {
    Open(Tag<'x>),
    Close(Cow<'x, str>),
    Text(Cow<'x, str>),
}

/// An element that is opened.
pub(crate) struct Tag<'x> {
    start: BytesStart<'x>,
}

impl Tag<'_> {
    /// Its name without the prefix, which is the writer's choice.
    pub fn name(&self) -> &str {
        local(self.start.name().into_inner())
    }

    /// The attribute of that name, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        self.find(|key| local(key) == name)
    }

    /// The attribute of that name and prefix: OpenDocument has names twice.
    pub fn exact(&self, name: &str) -> Option<String> {
        self.find(|key| key == name)
    }

    /// The attribute of that name as a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether a property that stands by itself is on.
    pub fn is_on(&self) -> bool {
        !matches!(
            self.get("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }

    fn find(&self, is: impl Fn(&str) -> bool) -> Option<String> {
        // The check for an attribute given twice looks through all before it.
        let mut attributes = self.start.attributes();
        let attribute = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| is(attribute.key.into_inner()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }
}

/// Reads a text of XML.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// Where what came last begins, in bytes.
    start: usize,
    format: Format,
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str, format: Format) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            depth: 0,
            start: 0,
            format,
        }
    }

    /// Where what came last begins, in bytes of the text.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Where what came last ends.
    pub fn end(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next node; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Node<'x>>, ReadError> {
        let damaged = ReadError::Damaged(self.format);
        loop {
            self.start = self.end();
            return Ok(Some(match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(ReadError::TooLarge(Limit::Depth));
                    }
                    Node::Open(Tag { start })
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(Cow::Owned(local(end.name().into_inner()).to_owned()))
                }
                Ok(Event::Text(text)) => Node::Text(text.xml10_content()),
                Ok(Event::CData(text)) => Node::Text(text.xml10_content()),
                Ok(Event::GeneralRef(name)) => {
                    let c = match name.resolve_char_ref() {
                        Ok(Some(c)) => c,
                        Ok(None) => match &*name.into_inner() {
                            "amp" => '&',
                            "lt" => '<',
                            "gt" => '>',
                            "quot" => '"',
                            "apos" => '\'',
                            _ => return Err(damaged),
                        },
                        Err(_) => return Err(damaged),
                    };
                    Node::Text(Cow::Owned(c.to_string()))
                }
                Ok(Event::Eof) if self.depth == 0 => return Ok(None),
                Ok(Event::Eof | Event::DocType(_)) | Err(_) => return Err(damaged),
                Ok(Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
            }));
        }
    }

    /// Leaves out all that is within the element that was opened last, and its end.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}
