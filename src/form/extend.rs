//! A form with what a region or an office makes of it.

use std::collections::HashSet;

use super::Form;
use super::build;
use super::error::{FormError, FormErrorKind};
use super::file::{ExtensionFile, FormFile, RuleFile, fields};
use super::sound;
use crate::toml_file::nearest;

/// The form of an extension's text over its base.
pub(super) fn extend(base: &Form, text: &str) -> Result<Form, FormError> {
    let extension: ExtensionFile = fields(text)?;
    let fail = |kind, span| Err(FormError::new(kind, text, span));
    if let Some(extends) = extension
        .extends
        .as_ref()
        .filter(|it| it.get_ref() != base.id())
    {
        let kind = FormErrorKind::UnknownForm {
            form: extends.get_ref().clone(),
            nearest: Some(base.id().to_owned()),
        };
        return fail(kind, extends.span());
    }
    let mut file: FormFile = (*base.file).clone();
    file.forget_places();
    let mut changed = HashSet::new();
    for change in &extension.overrides {
        let (id, severity, off) = (change.rule.get_ref(), change.severity, change.off.clone());
        if severity.is_none() && off.is_none() {
            return fail(FormErrorKind::NoOverride, change.rule.span());
        }
        if off.as_ref().is_some_and(sound::is_blank) {
            return fail(FormErrorKind::NoReason, change.rule.span());
        }
        if !changed.insert(id) {
            return fail(FormErrorKind::TwoOverrides(id.clone()), change.rule.span());
        }
        let mut rules = file.rules.iter_mut().chain(&mut file.series);
        match rules.find(|rule| rule.id.get_ref() == id) {
            Some(rule) => {
                rule.severity = severity.unwrap_or(rule.severity);
                rule.off = off.or_else(|| rule.off.take());
            }
            None => {
                let ids = |rules: &[RuleFile]| -> Vec<String> {
                    rules.iter().map(|it| it.id.get_ref().clone()).collect()
                };
                let ids = [ids(&file.rules), ids(&file.series)].concat();
                let kind = FormErrorKind::UnknownRule {
                    rule: id.clone(),
                    nearest: nearest(id, ids.iter().map(String::as_str)),
                };
                return fail(kind, change.rule.span());
            }
        }
    }
    if let Some(column) = extension
        .columns
        .first()
        .filter(|_| !file.columns.is_empty())
    {
        return fail(FormErrorKind::Columns, column.key.span());
    }
    for mut row in extension.rows {
        let Some(after) = row.after.take() else {
            file.rows.push(row);
            continue;
        };
        let mut lists = std::iter::once(&mut file.rows)
            .chain(file.sections.iter_mut().map(|section| &mut section.rows));
        let place = lists.find_map(|rows| {
            let at = rows
                .iter()
                .position(|it| it.key.get_ref() == after.get_ref())?;
            Some((rows, at))
        });
        match place {
            Some((rows, at)) => rows.insert(at + 1, row),
            None => {
                let keys: Vec<String> =
                    file.all_rows().map(|it| it.key.get_ref().clone()).collect();
                let kind = FormErrorKind::UnknownKey {
                    key: after.get_ref().clone(),
                    nearest: nearest(after.get_ref(), keys.iter().map(String::as_str)),
                };
                return fail(kind, after.span());
            }
        }
    }
    file.id = extension.id.unwrap_or(file.id);
    file.title = extension.title.unwrap_or(file.title);
    file.source = extension.source.unwrap_or(file.source);
    file.first_year = extension.first_year.unwrap_or(file.first_year);
    file.last_year = extension.last_year.unwrap_or(file.last_year);
    file.columns.extend(extension.columns);
    file.parameters.extend(extension.parameters);
    file.rates.extend(extension.rates);
    file.definitions.extend(extension.definitions);
    file.sections.extend(extension.sections);
    file.phrases.extend(extension.phrases);
    file.rules.extend(extension.rules);
    file.series.extend(extension.series);
    build::form(file, text)
}
