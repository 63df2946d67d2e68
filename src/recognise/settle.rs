//! Which cells of a row are its values, now that all rows of its section are known.

use std::collections::HashMap;
use std::ops::Range;

use super::align::{Cells, Entry, Several};
use super::order::Trouble;
use super::token::{Class, Token, trimmed};
use crate::document::TextCell;
use crate::form::Form;

/// What stands in the place of a number is no longer, in letters: a longer text is a label.
const MAX_ODD: usize = 6;

/// Why there is no telling the values of a row.
#[derive(Clone, Debug)]
pub(crate) enum Unclear<'t> {
    /// The headings of its columns.
    Heading(Trouble<'t>),
    /// Its cells are not as many as there are columns.
    Count { found: usize, expected: usize },
    /// A blank at its edge may be a value, or what a merged cell has left.
    Edge,
    /// It has a value and a unit too many, or cells of two rows.
    Mixed,
}

/// The values of a row of the form's columns, in their order.
pub(crate) type Settled<'t> = Result<Vec<TextCell<'t>>, Unclear<'t>>;

/// What the rows of one section have in common.
#[derive(Default)]
struct Common {
    /// One of them has more cells than the section has columns.
    padded: bool,
    /// For the rows that stand below each other, the first and the last column in which any of them has a number.
    numbers: HashMap<(usize, usize), [usize; 2]>,
    /// For the same, the column behind the label that goes farthest to the right.
    from: HashMap<(usize, usize), usize>,
}

/// The values of each row that has several; `None` for the others.
pub(crate) fn settle<'t>(form: &Form, entries: &[Entry<'t, '_>]) -> Vec<Option<Settled<'t>>> {
    let section = |entry: &Entry<'_, '_>| {
        let row = entry.meant().first()?;
        Some(form.rows().get(*row)?.section())
    };
    let mut common: HashMap<usize, Common> = HashMap::new();
    for entry in entries {
        if let (Cells::Several(row), Some(section)) = (&entry.cells, section(entry)) {
            let width = form
                .sections()
                .get(section)
                .map_or(1, |it| it.columns().len());
            common.entry(section).or_default().add(row, width);
        }
    }
    let none = Common::default();
    entries
        .iter()
        .map(|entry| match &entry.cells {
            Cells::One(_) => None,
            Cells::Several(row) => {
                let of_section = section(entry).and_then(|section| common.get(&section));
                Some(values(row, of_section.unwrap_or(&none)))
            }
        })
        .collect()
}

impl Common {
    /// The columns of the document in which the rows of a frame have their values.
    ///
    /// In a text, a row may be as wide as others by a separator too many: only where all rows are equally wide can a blank
    /// behind a label be what a merged cell has left.
    fn values(&self, frame: (usize, usize), width: usize) -> Option<Range<usize>> {
        let [first, last] = *self.numbers.get(&frame)?;
        let uniform = self.from.len() == 1 || frame.0 != usize::MAX;
        if last - first + 1 == width && uniform {
            return Some(first..last + 1);
        }
        // All that stands behind the labels.
        let behind = *self.from.get(&frame)?;
        let all = uniform && frame.0 == usize::MAX && first >= behind;
        (all && frame.1 == behind + width).then_some(behind..frame.1)
    }

    fn add(&mut self, row: &Several<'_>, width: usize) {
        self.padded |= row.cells.len() > width;
        let numbers = || {
            row.cells
                .iter()
                .filter(|token| token.class == Class::Number)
        };
        if let Some(frame) = row.frame {
            let from = self.from.entry(frame).or_default();
            *from = row.from.max(*from);
        }
        let first = numbers().map(|token| token.cell.column).min();
        let last = numbers().map(|token| token.cell.column).max();
        if let (Some(frame), Some(first), Some(last)) = (row.frame, first, last) {
            let known = self.numbers.entry(frame).or_insert([first, last]);
            *known = [known[0].min(first), known[1].max(last)];
        }
    }
}

fn values<'t>(row: &Several<'t>, common: &Common) -> Settled<'t> {
    let order = row
        .order
        .as_ref()
        .map_err(|trouble| Unclear::Heading(trouble.clone()))?;
    let width = order.len();
    if row.cells.is_empty() {
        return match width {
            // A single value that is not there is as blank as one that is written as a blank.
            1 => Ok(Vec::new()),
            _ => Err(Unclear::Count {
                found: 0,
                expected: width,
            }),
        };
    }
    if let Some(found) = row
        .columns
        .as_ref()
        .and_then(|columns| within(row, columns))
    {
        return Ok(found);
    }
    let in_order = |cells: Vec<TextCell<'t>>| {
        let mut values = vec![None; width];
        for (column, cell) in order.iter().zip(cells) {
            if let Some(value) = values.get_mut(*column) {
                *value = Some(cell);
            }
        }
        values.into_iter().collect::<Option<Vec<_>>>()
    };
    let below = row.frame.and_then(|frame| common.values(frame, width));
    let below = below.and_then(|columns| at(row, &columns.collect::<Vec<_>>()));
    if let Some(found) = below.and_then(in_order) {
        return Ok(found);
    }
    counted(row, width, common.padded).and_then(|cells| in_order(cells).ok_or(Unclear::Mixed))
}

/// The cells of a row in these columns of the document, if each is there.
fn at<'t>(row: &Several<'t>, columns: &[usize]) -> Option<Vec<TextCell<'t>>> {
    let cell = |column: &usize| {
        let mut cells = row.cells.iter();
        let token = cells.find(|token| token.cell.column == *column)?;
        (token.cell.columns == 1).then_some(token.cell)
    };
    columns.iter().map(cell).collect()
}

/// The one cell of a row in each of these stretches of the document's columns: where several stand in one, the one that is not
/// blank.
fn within<'t>(row: &Several<'t>, columns: &[[usize; 2]]) -> Option<Vec<TextCell<'t>>> {
    let cell = |[first, last]: &[usize; 2]| {
        let inside = |token: &&Token<'t>| {
            let end = token.cell.column + token.cell.columns;
            *first <= token.cell.column && end <= last + 1
        };
        let mut inside = row.cells.iter().filter(inside);
        let any = inside.clone().next()?;
        let mut said = inside.by_ref().filter(|token| !token.is_blank());
        let Some(value) = said.next() else {
            return Some(any.cell);
        };
        let same = said.all(|other| other.cell.text == value.cell.text);
        same.then_some(value.cell)
    };
    columns.iter().map(cell).collect()
}

/// The cells of a row, if they are as many as there are columns.
fn counted<'t>(row: &Several<'t>, width: usize, padded: bool) -> Settled<'t> {
    // Another label among the cells is that of another row; and where a cell was lost, the others have moved.
    let label = |token: &Token<'t>| token.is_text() && token.letters.chars().count() > MAX_ODD;
    if row.cells.iter().any(label) || (row.lost && row.cells.len() != width) {
        return Err(Unclear::Mixed);
    }
    let Some(cells) = trimmed(&row.cells, width) else {
        let found = row.cells.len();
        return Err(Unclear::Count {
            found,
            expected: width,
        });
    };
    let blank = |token: Option<&Token<'t>>| token.is_some_and(Token::is_blank);
    let all_blank = cells.iter().all(Token::is_blank);
    let edge = blank(cells.first()) || blank(cells.last());
    if row.cells.len() == width && width > 1 && !all_blank && edge && (padded || row.lost) {
        return Err(Unclear::Edge);
    }
    Ok(cells.iter().map(|token| token.cell).collect())
}
