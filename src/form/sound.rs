//! What is wrong with the fields of a form that each for itself are well.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;

use super::error::FormErrorKind;
use super::file::{ColumnFile, FormFile, RowFile};
use crate::lang::Text;
use crate::unicode::letters;

/// What is wrong, and where.
type Wrong = (FormErrorKind, Range<usize>);

/// Years outside of these are slips of the hand.
const YEARS: std::ops::RangeInclusive<u16> = 1949..=2999;
/// An id of a rule stands in tables and file names.
const MAX_ID: usize = 32;

/// What is wrong with the name of a form, its years, or the labels that its rows and columns are told by.
pub(super) fn wrong(file: &FormFile) -> Option<Wrong> {
    let id = &file.id;
    if !is_form_id(id.get_ref()) {
        return Some((FormErrorKind::FormId(id.get_ref().clone()), id.span()));
    }
    years(&file.first_year, &file.last_year)
        .or_else(|| labels(&file.columns, &file.rows))
        .or_else(|| {
            let mut sections = file.sections.iter();
            sections.find_map(|it| labels(&it.columns, &it.rows))
        })
}

/// Whether a rule can be called so: a capital letter, then capital letters and digits.
pub(super) fn is_rule_id(id: &str) -> bool {
    let of_id =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
    id.starts_with(|c: char| c.is_ascii_uppercase()) && id.chars().all(of_id) && id.len() <= MAX_ID
}

/// Whether a reason is none: it is read in reports.
pub(super) fn is_blank(reason: &Text) -> bool {
    reason.zh.trim().is_empty() || reason.en.trim().is_empty()
}

/// Whether an id is one of the findings that are no rule of a form: see [`FindingKind`](crate::FindingKind).
pub(super) fn is_reserved(id: &str) -> bool {
    let digits = |rest: &str| rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    let of_kind = id
        .strip_prefix(['S', 'P', 'N', 'D', 'U'])
        .is_some_and(digits);
    of_kind || (id.starts_with("Y9") && id.get(1..).is_some_and(digits))
}

fn is_form_id(id: &str) -> bool {
    let of_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    id.starts_with(|c: char| c.is_ascii_alphanumeric()) && id.chars().all(of_id)
}

fn years(first: &Spanned<u16>, last: &Spanned<u16>) -> Option<Wrong> {
    let (from, to) = (*first.get_ref(), *last.get_ref());
    for year in [first, last] {
        if !YEARS.contains(year.get_ref()) {
            return Some((FormErrorKind::Year(*year.get_ref()), year.span()));
        }
    }
    // In an extension only one of the two stands in the text at hand.
    let span = match last.span() {
        here if here.is_empty() => first.span(),
        here => here,
    };
    (from > to).then_some((FormErrorKind::Years { from, to }, span))
}

/// Rows below one heading, and columns below one label, are told by their labels alone.
fn labels(columns: &[ColumnFile], rows: &[RowFile]) -> Option<Wrong> {
    let columns = columns
        .iter()
        .map(|it| (it.group.as_deref().unwrap_or_default(), &it.label));
    twice(columns).or_else(|| twice(rows.iter().map(|it| (above(it, rows), &it.label))))
}

/// The key of the row that a row stands below.
fn above<'f>(row: &'f RowFile, rows: &'f [RowFile]) -> &'f str {
    let code = row.code.get_ref().rsplit_once('.').map(|(above, _)| above);
    let above = rows
        .iter()
        .find(|it| Some(it.code.get_ref().as_str()) == code);
    above.map_or("", |it| it.key.get_ref())
}

fn twice<'f>(labels: impl Iterator<Item = (&'f str, &'f Spanned<String>)>) -> Option<Wrong> {
    let mut seen: HashMap<(&str, String), &Spanned<String>> = HashMap::new();
    for (above, label) in labels {
        let read = letters(label.get_ref());
        if read.is_empty() {
            return Some((FormErrorKind::NoLabel, label.span()));
        }
        if let Some(other) = seen.insert((above, read), label) {
            let span = if label.span().is_empty() {
                other.span()
            } else {
                label.span()
            };
            return Some((FormErrorKind::SameLabel(label.get_ref().clone()), span));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_findings_are_no_ids_of_rules() {
        for kind in crate::FINDING_KINDS {
            assert!(is_rule_id(kind.id) && is_reserved(kind.id), "{}", kind.id);
        }
        let of_rules = crate::forms()
            .iter()
            .flat_map(|form| form.rules().iter().chain(form.series()));
        for rule in of_rules {
            assert!(
                is_rule_id(rule.id()) && !is_reserved(rule.id()),
                "{}",
                rule.id()
            );
        }
    }
}
