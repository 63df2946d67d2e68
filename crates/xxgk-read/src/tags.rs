//! Feeds a page to the parser in pieces, and stops it where a tag has more attributes than any tag has: the parser compares
//! each attribute of a tag with all before it, so that one tag of a megabyte takes minutes.
//!
//! The tokens that come out say where the parser is. A piece ends before each `<`, so that a tag can begin only where a piece
//! does; and while it is open, nothing comes out.

use std::cell::Cell;
use std::ops::Range;

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
    at: &At<'_>,
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
        let end = page.len() - rest.len();
        at.moves(end - piece.len()..end, matches!(place, Place::Outside));
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

/// Where in a page the parser is.
#[derive(Debug)]
pub(crate) struct At<'p> {
    page: &'p str,
    /// Where what is open may have begun.
    begun: Cell<usize>,
    piece: Cell<(usize, usize)>,
}

impl<'p> At<'p> {
    pub fn new(page: &'p str) -> Self {
        At {
            page,
            begun: Cell::new(0),
            piece: Cell::new((0, 0)),
        }
    }

    /// It is given a piece, with nothing open before it or with a tag.
    fn moves(&self, piece: Range<usize>, outside: bool) {
        if outside {
            self.begun.set(piece.start);
        }
        self.piece.set((piece.start, piece.end));
    }

    /// Where the tag of that name stands that has just come out; `None` where that is not certain.
    pub fn tag(&self, name: &str) -> Option<Range<usize>> {
        let (start, end) = self.piece.get();
        let mut starts = [self.begun.get(), start].into_iter();
        starts.find_map(|begin| {
            let length = length_of_tag(self.page.get(begin..end)?, name)?;
            // What came out has ended in the piece.
            (begin + length > start).then_some(begin..begin + length)
        })
    }
}

/// How long the tag is that a text begins with, if it is of that name.
fn length_of_tag(text: &str, name: &str) -> Option<usize> {
    let named = text.strip_prefix('<')?;
    let head = named.get(..name.len())?;
    let behind = named.get(name.len()..)?;
    if !head.eq_ignore_ascii_case(name)
        || !behind.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
    {
        return None;
    }
    let mut attributes = Attributes::default();
    for (at, c) in behind.char_indices() {
        if c == '>' && !matches!(attributes.at, In::Quoted(_)) {
            return Some(1 + name.len() + at + 1);
        }
        attributes.take(c);
    }
    None
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
    at: In,
}

#[derive(Clone, Copy, Default)]
enum In {
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
        piece.chars().for_each(|c| self.take(c));
        match self.count > MAX_ATTRIBUTES {
            true => Err(ReadError::TooLarge(Limit::Attributes)),
            false => Ok(()),
        }
    }

    fn take(&mut self, c: char) {
        let space = c.is_ascii_whitespace();
        self.at = match self.at {
            In::Name | In::Between if c == '=' => In::Equals,
            In::Name | In::Between if space || c == '/' => In::Between,
            In::Name => In::Name,
            In::Between => {
                self.count += 1;
                In::Name
            }
            In::Equals if space => In::Equals,
            In::Equals if c == '"' || c == '\'' => In::Quoted(c),
            In::Equals => In::Value,
            In::Value if space => In::Between,
            In::Value => In::Value,
            In::Quoted(quote) if c == quote => In::Between,
            In::Quoted(quote) => In::Quoted(quote),
        };
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
