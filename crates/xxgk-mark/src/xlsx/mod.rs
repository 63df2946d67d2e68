//! Comments and colours in workbooks since Excel 2007.

mod comments;
mod drawing;
mod styles;

use crate::Mark;
use crate::edits::Edits;
use crate::error::MarkError;
use crate::package::Package;
use crate::tags::tags;

use comments::Comments;
use drawing::Drawing;
use styles::Styles;

const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";

/// Puts the marks into the sheet of that part, and returns those for which there is no place.
pub(crate) fn put<'m>(
    package: &mut Package<'_>,
    part: &str,
    marks: &'m [Mark],
    author: &str,
) -> Result<Vec<&'m Mark>, MarkError> {
    let sheet = package.text(part)?;
    // A strict workbook has other names for all that is added here.
    let root = tags(&sheet).next().ok_or(MarkError::Unusual)??;
    if root.text.contains(STRICT) {
        return Err(MarkError::Unusual);
    }
    let mut comments = Comments::of(package, part)?;
    let mut drawing = Drawing::of(package, part, &sheet)?;
    let mut styles = Styles::of(package)?;
    let (mut edits, mut left) = (Edits::default(), Vec::new());
    for mark in marks {
        let Some((row, column)) = mark.source.cell else {
            left.push(mark);
            continue;
        };
        match comments.add(&name(row, column), mark, author)? {
            Added::New => drawing.add(row, column),
            Added::ToAnother => {}
            Added::Nowhere => {
                left.push(mark);
                continue;
            }
        }
        if let Some(styles) = &mut styles {
            paint(&sheet, mark, styles, &mut edits)?;
        }
    }
    comments.end(package, part)?;
    drawing.end(package, part, &mut edits)?;
    if let Some(styles) = styles {
        styles.end(package)?;
    }
    if !edits.is_empty() {
        package.put(part, edits.apply(&sheet)?);
    }
    Ok(left)
}

/// What became of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Added {
    New,
    /// It stands behind one that the cell has.
    ToAnother,
    /// The cell has one of another kind, to which nothing is added.
    Nowhere,
}

/// Gives the cell of a mark its colour, where the sheet has an element for it.
fn paint(
    sheet: &str,
    mark: &Mark,
    styles: &mut Styles,
    edits: &mut Edits,
) -> Result<(), MarkError> {
    let Some((span, color)) = mark.source.span.clone().zip(mark.color) else {
        return Ok(());
    };
    let element = sheet.get(span.clone()).ok_or(MarkError::Unusual)?;
    let cell = tags(element).next().ok_or(MarkError::Unusual)??;
    let style = cell.get("s").and_then(|it| it.trim().parse().ok());
    if let Some(style) = styles.painted(style.unwrap_or(0), color) {
        let range = span.start..span.start + cell.text.len();
        edits.replace(range, cell.with("s", &style.to_string()));
    }
    Ok(())
}

/// What spreadsheets call a cell, by its row and its column from 0.
fn name(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        let letter = u32::try_from(rest % 26).unwrap_or_default();
        letters.extend(char::from_u32(u32::from('A') + letter));
        rest /= 26;
    }
    let letters: String = letters.chars().rev().collect();
    format!("{letters}{}", row + 1)
}
