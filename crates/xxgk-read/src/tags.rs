//! Feeds a page to the parser in pieces, and stops it where a tag has more attributes than any tag has: the parser compares
//! each attribute of a tag with all before it, so that one tag of a megabyte takes minutes.
//!
//! The tokens that come out say where the parser is. A piece ends before each `<`, so that a tag can begin only where a piece
//! does; and while it is open, nothing comes out.

use std::cell::Cell;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer};

use crate::error::{Limit, ReadError};
use crate::limits::MAX_ATTRIBUTES;

/// No piece is longer, in bytes.
const PIECE: usize = 4096;

/// Feeds a page, and asks after each piece whether to go on.
pub(crate) fn feed<S: TokenSink>(
    page: &str,
    tokenizer: &Tokenizer<Watched<S>>,
    go_on: impl Fn(&S) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let queue = BufferQueue::default();
    let mut place = Place::Outside;
    let mut rest = page;
    while !rest.is_empty() {
        let mut end = PIECE.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (piece, _) = rest.split_at(end);
        let next = piece.bytes().skip(1).position(|byte| byte == b'<');
        let (piece, behind) = rest.split_at(next.map_or(end, |next| next + 1));
        rest = behind;
        // Most pieces are short: only what is left open by the one before can add up.
        if let Place::Tag(attributes) = &mut place {
            attributes.count(piece)?;
        }
        queue.push_back(StrTendril::from_slice(piece));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        let sink = &tokenizer.sink;
        let (markup, text) = (sink.markup.take(), sink.text.take());
        place = match place {
            _ if markup => Place::Outside,
            place @ (Place::Tag(_) | Place::Comment) if !text => place,
            _ => Place::after(piece)?,
        };
        go_on(&sink.sink)?;
    }
    Ok(())
}

/// Where the parser is.
enum Place {
    Outside,
    Tag(Attributes),
    Comment,
}

impl Place {
    /// Where it is after a piece that did not begin within anything, and out of which nothing but text came.
    fn after(piece: &str) -> Result<Self, ReadError> {
        let Some(rest) = piece.strip_prefix('<') else {
            return Ok(Place::Outside);
        };
        if rest.starts_with(['!', '?']) {
            return Ok(Place::Comment);
        }
        let mut attributes = Attributes::default();
        attributes.count(rest)?;
        Ok(Place::Tag(attributes))
    }
}

/// Counts attributes as the parser tells them apart.
#[derive(Default)]
struct Attributes {
    count: usize,
    at: At,
}

#[derive(Clone, Copy, Default)]
enum At {
    /// In the name of the tag or of an attribute.
    #[default]
    Name,
    /// Behind one.
    Between,
    Equals,
    Value,
    Quoted(char),
}

impl Attributes {
    fn count(&mut self, piece: &str) -> Result<(), ReadError> {
        for c in piece.chars() {
            let space = c.is_ascii_whitespace();
            self.at = match self.at {
                At::Name | At::Between if c == '=' => At::Equals,
                At::Name | At::Between if space || c == '/' => At::Between,
                At::Name => At::Name,
                At::Between => {
                    self.count += 1;
                    At::Name
                }
                At::Equals if space => At::Equals,
                At::Equals if c == '"' || c == '\'' => At::Quoted(c),
                At::Equals => At::Value,
                At::Value if space => At::Between,
                At::Value => At::Value,
                At::Quoted(quote) if c == quote => At::Between,
                At::Quoted(quote) => At::Quoted(quote),
            };
        }
        match self.count > MAX_ATTRIBUTES {
            true => Err(ReadError::TooLarge(Limit::Attributes)),
            false => Ok(()),
        }
    }
}

/// A sink that remembers whether markup or text came.
#[derive(Debug)]
pub(crate) struct Watched<S> {
    pub sink: S,
    markup: Cell<bool>,
    text: Cell<bool>,
}

impl<S> Watched<S> {
    pub fn new(sink: S) -> Self {
        Watched {
            sink,
            markup: Cell::new(false),
            text: Cell::new(false),
        }
    }
}

impl<S: TokenSink> TokenSink for Watched<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        match &token {
            Token::TagToken(_) | Token::CommentToken(_) | Token::DoctypeToken(_) => {
                self.markup.set(true);
            }
            Token::CharacterTokens(_) | Token::NullCharacterToken => self.text.set(true),
            Token::EOFToken | Token::ParseError(_) => {}
        }
        self.sink.process_token(token, line)
    }

    fn end(&self) {
        self.sink.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.sink
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}
