//! The lines of a source, with the cells underlined that a finding speaks of.

use std::io;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Renderer, Snippet};
use anstream::{AutoStream, ColorChoice};
use xxgk::{Lang, Place, Within};

use crate::shown::{ours, shown};

/// A source line longer than this, in bytes, is not shown.
const MAX_LINE: usize = 1000;

/// The text of an input, from a line on: reports come in the order of the text, so that it is walked through once,
/// however many tables it has.
pub struct Source<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Source<'t> {
    pub fn new(text: &'t str) -> Self {
        Source {
            rest: text,
            line: 1,
        }
    }

    /// The text from a line on.
    fn from(&self, line: usize) -> Option<&'t str> {
        match line.checked_sub(self.line)? {
            0 => Some(self.rest),
            before => {
                let (newline, _) = self.rest.match_indices('\n').nth(before - 1)?;
                self.rest.get(newline + 1..)
            }
        }
    }

    fn line(&self, line: usize) -> Option<&'t str> {
        self.from(line)?.split('\n').next()
    }

    pub fn advance_to(&mut self, line: usize) {
        while self.line < line {
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
            self.line += 1;
        }
    }
}

/// How findings are drawn: in colours only on a terminal, and not where the user wants none.
pub fn drawing() -> Renderer {
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Never => Renderer::plain(),
        _ => Renderer::styled(),
    }
}

/// How what is wrong with a form's file is drawn, on standard error.
pub fn drawing_for_errors() -> Renderer {
    match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => Renderer::plain(),
        _ => Renderer::styled(),
    }
}

/// What stands below the title of a finding.
pub type Shown<'a> = Vec<Element<'a>>;

/// The claim in its paragraph, underlined; of a long one, the renderer shows what stands near it.
pub fn sentence<'a>(
    text: &Source<'a>,
    source: &'a str,
    claim: &'a Place,
    label: &'a str,
    lang: Lang,
) -> Shown<'a> {
    let Some(line) = text.line(claim.line) else {
        return Vec::new();
    };
    let kind = AnnotationKind::Primary.span(span(line, claim));
    let snippet = Snippet::source(line)
        .path(located(source, claim, lang))
        .line_start(number(claim));
    vec![snippet.annotation(kind.label(label)).into()]
}

/// The name of a file; of one that is no plain text, with the place in it.
fn located(source: &str, place: &Place, lang: Lang) -> String {
    match &place.within {
        Some(within) => format!("{}:{}{END}", shown(source), shown(&within.said(lang))),
        None => shown(source).into_owned(),
    }
}

/// The end of a place that [`drawn`] keeps from being counted on.
const END: char = '\u{1}';

/// What groups look like. Behind the name of a source a drawing counts the line and the character, which is what editors jump
/// to; of a file that is no plain text that would be those of a line that it does not have.
///
/// Where something in them would be taken for a colour of ours, they have none.
pub fn drawn(drawing: &Renderer, groups: &[Group<'_>]) -> Vec<u8> {
    let plain = Renderer::plain().render(groups);
    if plain.contains('\u{1b}') {
        return uncounted(&plain).into_bytes();
    }
    ours(&uncounted(&drawing.render(groups)))
}

fn uncounted(drawn: &str) -> String {
    let mut pieces = drawn.split(END);
    let first = pieces.next().unwrap_or_default().to_owned();
    let counted = |sign: char| sign == ':' || sign.is_ascii_digit();
    pieces.fold(first, |all, piece| all + piece.trim_start_matches(counted))
}

/// The lines in which the cells stand, each cell underlined and named. Of a file that is no plain text, each row by itself,
/// with what the file calls its place.
pub fn rows<'a>(
    text: &Source<'a>,
    source: &'a str,
    places: &[(&'a Place, &'a str)],
    lang: Lang,
) -> Shown<'a> {
    if places.iter().all(|(place, _)| place.within.is_none()) {
        return snippet(text, source, places)
            .map(Into::into)
            .into_iter()
            .collect();
    }
    let mut rows = Vec::new();
    for row in places.chunk_by(|(one, _), (other, _)| one.line == other.line) {
        let Some((place, line)) = row
            .first()
            .and_then(|(it, _)| Some((it, text.line(it.line)?)))
        else {
            continue;
        };
        let mut snippet = Snippet::source(line)
            .path(located(source, place, lang))
            .line_start(number(place));
        for (index, (place, label)) in row.iter().enumerate() {
            let kind = match index {
                0 => AnnotationKind::Primary,
                _ => AnnotationKind::Context,
            };
            let label = shown(label);
            let label = match &place.within {
                Some(within @ Within::Cell { .. }) => {
                    format!("{} {label}", within.cell().unwrap_or_default())
                }
                Some(Within::Table { column, .. }) => match lang {
                    Lang::Zh => format!("第{column}列 {label}"),
                    Lang::En => format!("column {column} {label}"),
                },
                _ => label.into_owned(),
            };
            snippet = snippet.annotation(kind.span(span(line, place)).label(label));
        }
        rows.push(snippet.into());
    }
    rows
}

/// What stands in the margin beside a line: its number, or that of the row or the paragraph.
fn number(place: &Place) -> usize {
    match &place.within {
        Some(Within::Cell { row, .. } | Within::Table { row, .. }) => *row,
        Some(Within::Paragraph { paragraph, .. }) => *paragraph,
        _ => place.line,
    }
}

/// The lines of a plain text in which the cells stand, each cell underlined and named.
fn snippet<'a>(
    text: &Source<'a>,
    source: &'a str,
    places: &[(&'a Place, &'a str)],
) -> Option<Snippet<'a, Annotation<'a>>> {
    let first = places.iter().map(|(place, _)| place.line).min()?;
    let last = places.iter().map(|(place, _)| place.line).max()?;
    let rest = text.from(first)?;
    let lines: Vec<&str> = rest.split('\n').take(last - first + 1).collect();
    let length = lines.iter().map(|line| line.len() + 1).sum::<usize>() - 1;
    if lines.iter().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let mut snippet = Snippet::source(rest.get(..length)?)
        .line_start(first)
        .path(shown(source));
    let mut seen = Vec::new();
    for (index, (place, label)) in places.iter().enumerate() {
        let line_start: usize = lines
            .iter()
            .take(place.line - first)
            .map(|line| line.len() + 1)
            .sum();
        let span = span(lines.get(place.line - first)?, place);
        let span = line_start + span.start..line_start + span.end;
        if seen.contains(&span) {
            continue;
        }
        let kind = if index == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        snippet = snippet.annotation(kind.span(span.clone()).label(shown(label)));
        seen.push(span);
    }
    Some(snippet)
}

/// The bytes of a cell in its line; of a blank cell, the sign that ends it.
fn span(line: &str, place: &Place) -> Range<usize> {
    let start = line
        .char_indices()
        .nth(place.column - 1)
        .map_or(line.len(), |(start, _)| start);
    let rest = &line[start..];
    let length = if rest.starts_with(&*place.text) && !place.text.is_empty() {
        place.text.len()
    } else {
        rest.chars().next().map_or(0, char::len_utf8)
    };
    start..start + length
}
