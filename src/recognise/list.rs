//! The unit and the value of a row in a table of one value a row.

use super::fold::Row;
use super::header::Header;
use super::token::{Class, Token};
use super::unit::Stated;
use crate::document::TextCell;

/// One row of a form as it stands in the document.
#[derive(Clone, Debug)]
pub(crate) struct ListRow<'t> {
    pub unit: &'t str,
    /// `None` where the row ends before its value.
    pub value: Option<TextCell<'t>>,
    /// The values in the other columns, where several are read, or that of the year before.
    pub others: Vec<Option<TextCell<'t>>>,
    /// What the headings of the columns that are read state of units.
    pub headings: Vec<Stated<'t>>,
    /// There are cells in the row that cannot be told apart.
    pub unclear: bool,
}

impl<'t> ListRow<'t> {
    /// The value in one of the columns.
    pub fn in_column(&self, column: usize) -> Option<TextCell<'t>> {
        match column.checked_sub(1) {
            None => self.value,
            Some(other) => *self.others.get(other)?,
        }
    }

    fn unclear() -> Self {
        ListRow {
            unit: "",
            value: None,
            others: Vec::new(),
            headings: Vec::new(),
            unclear: true,
        }
    }
}

/// The cells behind the label of a row; `named` where the caller has named the column to be read.
pub(crate) fn list_row<'t>(
    header: Option<&Header>,
    named: bool,
    rest: &[Token<'t>],
    row: &Row<'t>,
) -> ListRow<'t> {
    let stacked = row.is_stacked();
    // Two units belong to two rows; and one cell a line, whatever stands beyond the row's end belongs to a row that has lost its
    // label.
    let columns = header.map_or(2, |header| {
        header.columns.len().saturating_sub(header.label + 1)
    });
    let beyond = rest.get(columns..).unwrap_or_default();
    let units = rest.iter().filter(|it| it.class == Class::Unit).count();
    if units > 1 || (stacked && !beyond.iter().all(Token::is_blank) && !ends_in_unit(rest)) {
        return ListRow::unclear();
    }
    if let Some((header, Ok(values))) = header.map(|header| (header, &header.values)) {
        let several = values.columns.len() > 1;
        if let Some(found) = by_header(header, rest, row) {
            return found;
        }
        if several || values.among.len() > 1 || named {
            return ListRow::unclear();
        }
    }
    alone(rest)
}

/// Whether the unit stands behind the value.
fn ends_in_unit(rest: &[Token<'_>]) -> bool {
    matches!(rest, [value, unit] if value.class == Class::Number && unit.class == Class::Unit)
}

/// The unit and the values where the header says that they stand; `None` where the row does not fit the header.
fn by_header<'t>(header: &Header, rest: &[Token<'t>], row: &Row<'t>) -> Option<ListRow<'t>> {
    let values = header.values.as_ref().ok()?;
    // Where cells stand one a line, those before the label are not among them.
    let missing = if row.is_stacked() {
        header.label + 1
    } else {
        0
    };
    let at = |column: usize| match row.is_stacked() {
        true => rest.get(column.checked_sub(missing)?),
        false => rest.iter().find(|token| token.cell.column == column),
    };
    let (row_end, end) = match row.shape {
        super::fold::Shape::Line { width, .. } => (header.columns.len(), width),
        super::fold::Shape::Stacked { .. } => {
            (header.columns.len().saturating_sub(missing), rest.len())
        }
    };
    let unit = header.unit.and_then(at);
    let is_beyond = |(index, token): (usize, &Token<'t>)| match row.is_stacked() {
        true => index >= row_end,
        false => token.cell.column >= row_end,
    };
    let mut beyond = rest.iter().enumerate().filter(|it| is_beyond(*it));
    // A number among the remarks of a text may be that of a column whose heading was lost.
    let remarks = || (0..row_end + missing).filter(|column| header.is_remark(*column));
    let number = |token: &Token<'_>| token.class == Class::Number;
    let among_remarks = || row.in_grid().is_none() && remarks().filter_map(at).any(number);
    let fits = unit.is_none_or(|it| it.is_blank() || it.class == Class::Unit || is_other_unit(it))
        && beyond.all(|(_, token)| token.is_blank())
        && !among_remarks();
    let mut columns = values.columns.iter().map(|it| at(it.column));
    let value = columns.next().flatten();
    let several = values.columns.len() > 1;
    // Where the header has lost its column of units, all that stands behind it is one column off.
    let is_unit = |token: &Token<'_>| token.class == Class::Unit;
    let displaced = several && columns.clone().flatten().chain(value).any(is_unit);
    let mut numbers = rest.iter().filter(|token| token.class == Class::Number);
    let (first, second) = (numbers.next(), numbers.next());
    // Cells at the end of a row may be left away where they are blank, and nothing else was.
    let is_first = || match (first, value) {
        (Some(first), Some(value)) => first.cell == value.cell,
        (None, None) => true,
        _ => false,
    };
    let in_place =
        end >= row_end || (second.is_none() && (first.is_none() || (!several && is_first())));
    (fits && in_place && !displaced).then(|| ListRow {
        unit: unit.map_or("", |token| token.cell.text),
        value: value.map(|token| token.cell),
        others: columns
            .chain(header.last_year.map(at))
            .map(|token| Some(token?.cell))
            .collect(),
        headings: Vec::new(),
        unclear: false,
    })
}

/// Whether a text stands where a unit does, and is short enough to be one that is not known.
fn is_other_unit(token: &Token<'_>) -> bool {
    token.is_text() && token.cell.text.chars().count() <= 3
}

/// Without a header, or with cells lost: the one number behind the label is the value.
fn alone<'t>(rest: &[Token<'t>]) -> ListRow<'t> {
    let (unit, rest) = match rest {
        [unit, rest @ ..] if unit.class == Class::Unit || (unit.is_blank() && !rest.is_empty()) => {
            (unit.cell.text, rest)
        }
        [rest @ .., unit] if unit.class == Class::Unit => (unit.cell.text, rest),
        [unit, value] if is_other_unit(unit) && value.class == Class::Number => {
            (unit.cell.text, std::slice::from_ref(value))
        }
        _ => ("", rest),
    };
    let mut said = rest.iter().filter(|token| !token.is_blank());
    let mut numbers = rest.iter().filter(|token| token.class == Class::Number);
    let value = numbers.next().or_else(|| said.next()).or(rest.first());
    ListRow {
        unit,
        value: value.map(|token| token.cell),
        others: Vec::new(),
        headings: Vec::new(),
        unclear: numbers.next().is_some(),
    }
}
