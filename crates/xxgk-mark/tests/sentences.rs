//! Every rule of every form has its sentence in the copy, and none shows a key.

mod support;

use std::collections::BTreeSet;

use support::written::office;
use support::written::{national, nine};
use support::{annotated, comments_of_docx};
use xxgk::{Form, Record, Value, forms};

/// A record that breaks a rule: what the example of the rule has, and zeros.
fn broken(form: &std::sync::Arc<Form>, rule: &xxgk::form::Rule) -> Record {
    let mut record = Record::new(form.clone());
    for cell in form.indicators() {
        let zero = match cell.kind() {
            xxgk::form::Kind::Amount => Value::Amount(0.into()),
            xxgk::form::Kind::Change => Value::Change(0),
            _ => Value::Count(0),
        };
        record.set(cell.key(), Some(zero)).unwrap();
    }
    for (cell, value) in rule.fails() {
        let key = form.indicators()[*cell].key();
        record.set(key, Some(*value)).unwrap();
    }
    record
}

#[test]
fn every_rule_has_its_sentence_and_none_shows_a_key() {
    for form in forms() {
        let mut silent = BTreeSet::new();
        for rule in form.rules() {
            let record = broken(form, rule);
            let printed = match form.id() {
                "nine-category" => nine(&record, true),
                _ => national(&record),
            };
            let copy = annotated(&office::docx(&printed, false));
            let comments = comments_of_docx(&copy.file);
            let text: String = comments.iter().map(|it| &*it.2).collect();
            if !text.contains(&format!("（{}）", rule.id())) {
                silent.insert(rule.id().to_owned());
            }
            let shown = form.indicators().iter().find(|it| text.contains(it.key()));
            assert!(shown.is_none(), "{text}");
            assert!(!text.contains(['{', '_']), "{text}");
        }
        assert!(silent.is_empty(), "{}: {silent:?}", form.id());
    }
}
