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
    /// As they stand, and without the cells by which broken labels make them longer.
    standing: Frames,
    mended: Frames,
}

/// The rows that stand below each other, cell by cell.
#[derive(Default)]
struct Frames {
    /// The first and the last column in which any of them has a number.
    numbers: HashMap<(usize, usize), [usize; 2]>,
    /// The column behind the label that goes farthest to the right.
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
    fn add(&mut self, row: &Several<'_>, width: usize) {
        self.padded |= row.cells.len() > width;
        self.standing.add(row, 0);
        self.mended.add(row, row.shift);
    }

    /// Whether a row that is as wide as the header stands below it, cell by cell. In a text it may be so by a cell that it has
    /// lost, or by one that its label makes more.
    fn is_below_header(&self, row: &Several<'_>) -> bool {
        let in_table = row.frame.is_some_and(|(table, _)| table != usize::MAX);
        let mended = row.shift == 0 && self.mended.is_uniform();
        in_table || mended || self.standing.is_uniform()
    }

    /// The values of a row, by the columns in which the rows around it have theirs.
    fn values<'t>(&self, row: &Several<'t>, width: usize) -> Option<Vec<TextCell<'t>>> {
        let (frames, shift) = match self.standing.is_uniform() {
            true => (&self.standing, 0),
            false => (&self.mended, row.shift),
        };
        let columns = frames.columns(frame(row, shift)?, width)?;
        let cell = |column: usize| {
            let mut cells = row.cells.iter();
            let token = cells.find(|token| token.cell.column == column + shift)?;
            (token.cell.columns == 1).then_some(token.cell)
        };
        columns.map(cell).collect()
    }
}

/// Which rows a row stands below, were it shorter by so many cells.
fn frame(row: &Several<'_>, shift: usize) -> Option<(usize, usize)> {
    let (table, width) = row.frame?;
    Some((table, width.saturating_sub(shift)))
}

impl Frames {
    fn is_uniform(&self) -> bool {
        self.from.len() == 1
    }

    /// The columns of the document in which the rows of a frame have their values.
    ///
    /// In a text, a row may be as wide as others by a separator too many: only where all rows are equally wide can a blank
    /// behind a label be what a merged cell has left.
    fn columns(&self, frame: (usize, usize), width: usize) -> Option<Range<usize>> {
        let [first, last] = *self.numbers.get(&frame)?;
        let uniform = self.is_uniform() || frame.0 != usize::MAX;
        if last - first + 1 == width && uniform {
            return Some(first..last + 1);
        }
        // All that stands behind the labels.
        let behind = *self.from.get(&frame)?;
        let all = uniform && frame.0 == usize::MAX && first >= behind;
        (all && frame.1 == behind + width).then_some(behind..frame.1)
    }

    fn add(&mut self, row: &Several<'_>, shift: usize) {
        let Some(frame) = frame(row, shift) else {
            return;
        };
        let from = self.from.entry(frame).or_default();
        *from = row.from.saturating_sub(shift).max(*from);
        let numbers = row.cells.iter().filter(|it| it.class == Class::Number);
        let columns = numbers.map(|token| token.cell.column.saturating_sub(shift));
        if let (Some(first), Some(last)) = (columns.clone().min(), columns.max()) {
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
    let columns = row.columns.as_ref().filter(|_| common.is_below_header(row));
    if let Some(found) = columns.and_then(|columns| within(row, columns)) {
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
    if let Some(found) = common.values(row, width).and_then(in_order) {
        return Ok(found);
    }
    counted(row, width, common).and_then(|cells| in_order(cells).ok_or(Unclear::Mixed))
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
fn counted<'t>(row: &Several<'t>, width: usize, common: &Common) -> Settled<'t> {
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
    let (first, last) = (blank(cells.first()), blank(cells.last()));
    let unclear = (first && row.padded) || ((first || last) && (common.padded || row.lost));
    if row.cells.len() == width && width > 1 && !all_blank && unclear {
        return Err(Unclear::Edge);
    }
    Ok(cells.iter().map(|token| token.cell).collect())
}
