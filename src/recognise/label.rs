//! The label of a row: which of its texts it is, and what it can mean.

use super::figure::other;
use super::order::MAX_PIECES;
use super::token::{Class, Token};
use crate::form::{Form, without_brackets};
use crate::unicode::letters;

/// The label of a row.
#[derive(Clone, Debug)]
pub(crate) struct Label<'f> {
    /// The rows of the form that it can mean; none where the form does not have it.
    pub rows: &'f [usize],
    /// How many of the texts before the row are its first pieces.
    pub before: usize,
    /// The first and the last of its texts in the row.
    pub first: usize,
    pub last: usize,
    /// It is the form's but for what stands in brackets.
    pub annotated: bool,
}

impl Label<'_> {
    /// How many of the row's own tokens stand before what follows the label.
    pub fn end(&self) -> usize {
        self.last + 1
    }
}

/// Where the values of a row begin at the latest: its first number behind a text.
pub(crate) fn first_number(tokens: &[Token<'_>]) -> usize {
    let text = tokens.iter().position(Token::is_text);
    let number = text.and_then(|text| {
        let behind = tokens.iter().skip(text);
        Some(text + behind.clone().position(|it| it.class == Class::Number)?)
    });
    number.unwrap_or(tokens.len())
}

/// The last of the texts before the values of a row that is a label of the form; texts before the row may be its first pieces.
pub(crate) fn find<'f>(
    form: &'f Form,
    before: &[&Token<'_>],
    tokens: &[Token<'_>],
) -> Option<Label<'f>> {
    let end = first_number(tokens);
    let texts: Vec<usize> = (0..end)
        .filter(|at| tokens.get(*at).is_some_and(Token::is_text))
        .collect();
    let found = (0..texts.len())
        .rev()
        .find_map(|at| ending_at(form, before, tokens, &texts, at));
    found.or_else(|| {
        texts
            .iter()
            .rev()
            .find_map(|at| annotated(form, tokens, *at))
    })
}

/// The longest label that ends with one of the texts of a row.
fn ending_at<'f>(
    form: &'f Form,
    before: &[&Token<'_>],
    tokens: &[Token<'_>],
    texts: &[usize],
    at: usize,
) -> Option<Label<'f>> {
    let last = *texts.get(at)?;
    // A sign without a letter, such as % in the column of units, is no piece of a label.
    if tokens.get(last)?.letters.is_empty() {
        return None;
    }
    let own = texts.get(..=at)?;
    let most = (own.len() + before.len()).min(MAX_PIECES);
    (1..=most).rev().find_map(|count| {
        let of_row = count.min(own.len());
        let from = own.get(own.len() - of_row..)?;
        let above = before.get(before.len() - (count - of_row)..)?;
        let pieces = above
            .iter()
            .copied()
            .chain(from.iter().filter_map(|at| tokens.get(*at)));
        let rows = match count {
            1 => form.labels().of_letters(&tokens.get(last)?.letters),
            _ if !form.labels().begins(&pieces.clone().next()?.letters) => return None,
            _ => {
                let letters = pieces.map(|it| it.letters.as_str());
                form.labels().of_letters(&letters.collect::<String>())
            }
        };
        (!rows.is_empty()).then(|| Label {
            rows,
            before: above.len(),
            first: from.first().copied().unwrap_or(last),
            last,
            annotated: false,
        })
    })
}

/// A label that is the form's but for a note in brackets. A note may make it another row: 占比(%).
fn annotated<'f>(form: &'f Form, tokens: &[Token<'_>], at: usize) -> Option<Label<'f>> {
    let token = tokens.get(at)?;
    let text = token.cell.text;
    if !text.contains(['(', '（', '[', '【']) || text.contains(['%', '％']) {
        return None;
    }
    let core = letters(&without_brackets(text));
    let rows = form.labels().of_letters(&core);
    let same = other(&core) == other(&token.letters);
    (same && !rows.is_empty()).then_some(Label {
        rows,
        before: 0,
        first: at,
        last: at,
        annotated: true,
    })
}

/// The label that texts before a row of nothing but values make.
pub(crate) fn above<'f>(form: &'f Form, before: &[&Token<'_>]) -> Option<Label<'f>> {
    (1..=before.len().min(MAX_PIECES)).rev().find_map(|count| {
        let pieces = before.get(before.len() - count..)?;
        let letters: String = pieces.iter().map(|it| it.letters.as_str()).collect();
        let rows = form.labels().of_letters(&letters);
        (!rows.is_empty()).then_some(Label {
            rows,
            before: count,
            first: 0,
            last: 0,
            annotated: false,
        })
    })
}
