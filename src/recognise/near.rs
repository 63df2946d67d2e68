//! What a label that is none of the form's may be a misspelling of.

use super::figure::other;
use crate::form::{Form, number};
use crate::number::written::{Measure, measure};
use crate::unicode::{compatible, letters};

/// A table with more rows whose labels are none of the form's is one of another form, or a region's, rather than misspelt: a
/// bound to what is spent on it, too.
pub(crate) const MAX_UNKNOWN: usize = 32;

/// The rows that a label which is none of the form's may mean. What is printed beside it must not speak against them: a
/// number in front of it, and a unit; nor must it name other figures than they do: 占比(%), 上年.
pub(crate) fn near(form: &Form, label: &str, unit: &str) -> Vec<usize> {
    if label.contains(['%', '％', '‰']) {
        return Vec::new();
    }
    let mut rows = form.labels().nearest(label).to_vec();
    let figures = other(&letters(label));
    let (number_here, unit) = (number(label), measure(&compatible(unit)));
    let money = |unit: Measure| matches!(unit, Measure::Money(_));
    rows.retain(|row| {
        form.rows().get(*row).is_some_and(|row| {
            let same_number = number_here.is_none_or(|here| {
                let printed = number(row.label());
                printed.is_none_or(|printed| printed == here)
            });
            let of_form = measure(row.unit());
            let same_kind =
                unit.is_none_or(|unit| of_form.is_none_or(|of_form| money(unit) == money(of_form)));
            let same_figures = figures == other(&letters(row.label()));
            !row.cells().is_empty() && same_number && same_kind && same_figures
        })
    });
    rows
}
