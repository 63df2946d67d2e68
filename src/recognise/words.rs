//! The words of all forms that a document may be of, and those of any table.

use std::sync::Arc;

use super::figure::{Figure, figure, heads_labels, heads_numbers, heads_units};
use crate::form::Form;
use crate::number::written::measure;
use crate::unicode::compatible;

/// No unit is longer, in bytes.
const MAX_UNIT: usize = 24;

/// The words of some forms.
#[derive(Debug)]
pub(crate) struct Words<'f> {
    pub forms: &'f [Arc<Form>],
    /// Units that a form declares and other forms do not know.
    units: Vec<&'f str>,
}

impl<'f> Words<'f> {
    pub fn new(forms: &'f [Arc<Form>]) -> Self {
        let rows = forms.iter().flat_map(|form| form.rows());
        let mut units: Vec<&str> = rows.map(|row| row.unit()).collect();
        units.sort_unstable();
        units.dedup();
        units.retain(|unit| !unit.is_empty() && measure(unit).is_none());
        Words { forms, units }
    }

    /// Whether a text is a unit, alone or in brackets; shares have one too, although no cell of a form does.
    pub fn is_unit(&self, text: &str) -> bool {
        if text.len() > MAX_UNIT {
            return false;
        }
        let text = compatible(text);
        let unit = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        let unit = unit.unwrap_or(&text);
        measure(unit).is_some() || matches!(unit, "%" | "‰") || self.units.contains(&unit)
    }

    /// Whether a text is the label of a row of some form.
    pub fn is_label(&self, text: &str) -> bool {
        let mut forms = self.forms.iter();
        forms.any(|form| !form.labels().candidates(text).is_empty())
    }

    /// Whether letters are those of a word of a table: a label, a heading of a column, or the head of one.
    pub fn is_word(&self, letters: &str) -> bool {
        let of_form = |form: &Arc<Form>| {
            !form.labels().of_letters(letters).is_empty()
                || !form.headings().of_letters(letters).is_empty()
        };
        self.forms.iter().any(of_form)
            || heads_labels(letters)
            || heads_units(letters)
            || heads_numbers(letters)
            || figure(letters) == Figure::This
    }

    /// Whether letters are those of the label of a row that holds values.
    pub fn is_value_row(&self, letters: &str) -> bool {
        let holds = |form: &Arc<Form>| {
            let row = form.labels().of_letters(letters).first();
            let row = row.and_then(|row| form.rows().get(*row));
            row.is_some_and(|row| !row.cells().is_empty())
        };
        self.forms.iter().any(holds)
    }

    /// Whether letters are those of the heading of a column.
    pub fn is_heading(&self, letters: &str) -> bool {
        let mut forms = self.forms.iter();
        forms.any(|form| !form.headings().of_letters(letters).is_empty())
    }
}
