//! The words of all forms that a document may be of, and those of any table.

use std::sync::Arc;

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

    /// Whether a text is a unit, alone or in brackets.
    pub fn is_unit(&self, text: &str) -> bool {
        if text.len() > MAX_UNIT {
            return false;
        }
        let text = compatible(text);
        let unit = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        let unit = unit.unwrap_or(&text);
        measure(unit).is_some() || self.units.contains(&unit)
    }
}
