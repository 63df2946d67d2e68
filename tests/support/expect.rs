//! What a document is expected to be read as, and what may be found in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxgk::form::Kind;
use xxgk::{Finding, Form, Outcome, Reading, Record, Severity, Table, Value, check};

/// The folder of the core's test data, from whichever crate's tests.
pub fn data() -> PathBuf {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let of = |folder: &Path| folder.join("tests/data");
    folders
        .find_map(|it| Some(of(it)).filter(|it| it.join("jilin-2017").exists()))
        .unwrap()
}

/// The figures of a sample: jilin-2017, suqian-2023 or suqian-2024.
pub fn sample(name: &str) -> Record {
    let text = std::fs::read_to_string(data().join(name).join("figures.json")).unwrap();
    match name {
        "jilin-2017" => {
            let table: xxgk::nine_category::NineCategory = serde_json::from_str(&text).unwrap();
            Record::from(table)
        }
        _ => {
            let table: xxgk::national_2021::National2021 = serde_json::from_str(&text).unwrap();
            Record::from(table)
        }
    }
}

/// The form of that id.
pub fn form(id: &str) -> Arc<Form> {
    let forms = [
        xxgk::nine_category::NineCategory::form(),
        xxgk::national_2019::National2019::form(),
        xxgk::national_2021::National2021::form(),
    ];
    forms
        .into_iter()
        .find(|form| form.id() == id)
        .unwrap()
        .clone()
}

fn value(kind: Kind, text: &str) -> Option<Value> {
    if text == "-" {
        return None;
    }
    Some(match kind {
        Kind::Amount => Value::Amount(text.parse().unwrap()),
        Kind::Change => Value::Change(text.parse().unwrap()),
        _ => Value::Count(text.parse().unwrap()),
    })
}

/// A record of figures in form order: `0*3 2 - 15.5` is three zeros, a two, a blank and an amount.
#[track_caller]
pub fn figures(form: &Arc<Form>, figures: &str) -> Record {
    let mut record = Record::new(form.clone());
    let each = figures.split_whitespace().flat_map(|figure| {
        let (figure, times) = figure.split_once('*').unwrap_or((figure, "1"));
        std::iter::repeat_n(figure, times.parse().unwrap())
    });
    let each: Vec<&str> = each.collect();
    assert_eq!(each.len(), form.cells());
    for (cell, text) in each.iter().enumerate() {
        let indicator = form.indicator(cell).unwrap();
        let value = value(indicator.kind(), text);
        record.set(indicator.key(), value).unwrap();
    }
    record
}

/// A record with some cells changed; `-` is a blank.
#[track_caller]
pub fn with(mut record: Record, cells: &[(&str, &str)]) -> Record {
    for (key, text) in cells {
        let cell = record.form().cell(key).unwrap_or_else(|| panic!("{key}"));
        let kind = record.form().indicator(cell).unwrap().kind();
        record.set(key, value(kind, text)).unwrap();
    }
    record
}

/// Whether a finding shows some text: in its message, or at the place of a cell.
pub fn shows(finding: &Finding, text: &str) -> bool {
    let places = finding.cells.iter().filter_map(|cell| cell.place.as_ref());
    let mut texts = places.map(|place| &*place.text);
    finding.message.zh.contains(text) || texts.any(|it| it.contains(text))
}

/// Whether a finding is what a word of [`judge`] speaks of.
fn is_of(word: &str, finding: &Finding) -> bool {
    let soft = finding.severity == Severity::Soft;
    match word {
        "soft" => soft,
        _ => match word.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(texts) => soft && texts.split('|').any(|it| shows(finding, it)),
            None => *word == *finding.rule,
        },
    }
}

/// What is wrong with what was read: the record, or what is found beside the rules of the form that the record breaks.
///
/// The words of `found` say what must or may be found; all else must not. `S012` must be found once, `S008*3` three times,
/// `S012+` at least once, `S009?` may be found, `soft?` is any soft finding, and `[①|²]+` one that shows ① or ².
pub fn judge(reading: &Reading, expected: &Record, found: &str) -> Result<(), String> {
    let report = reading.check();
    let shown = || {
        let findings = report
            .findings
            .iter()
            .filter(|it| it.outcome == Outcome::Fail);
        let shown =
            findings.map(|it| format!("\n  {} {:?} {}", it.rule, it.severity, it.message.zh));
        shown.take(8).collect::<String>()
    };
    let Some(record) = &reading.record else {
        return Err(format!("not read:{}", shown()));
    };
    if record.form().id() != expected.form().id() {
        return Err(format!("read as {}", record.form().id()));
    }
    if record != expected {
        let cells =
            (0..record.form().cells()).filter(|it| record.value(*it) != expected.value(*it));
        let cells = cells.map(|it| {
            let key = record.form().indicator(it).unwrap().key();
            format!(
                "\n  {key}: {:?}, expected {:?}",
                record.value(it),
                expected.value(it)
            )
        });
        let cells: Vec<String> = cells.collect();
        let some: String = cells.iter().take(6).map(String::as_str).collect();
        return Err(format!(
            "{} cells read otherwise:{some}{}",
            cells.len(),
            shown()
        ));
    }
    judge_findings(&report.findings, expected, found).map_err(|it| format!("{it}:{}", shown()))
}

fn judge_findings(all: &[Finding], expected: &Record, found: &str) -> Result<(), String> {
    let fails = |it: &&Finding| it.outcome == Outcome::Fail;
    let mut all: Vec<&Finding> = all.iter().filter(fails).collect();
    for broken in check(expected).findings.iter().filter(fails) {
        let same = |it: &&Finding| (&it.rule, &it.instance) == (&broken.rule, &broken.instance);
        let Some(at) = all.iter().position(same) else {
            return Err(format!("{} is not found", broken.rule));
        };
        all.remove(at);
    }
    for word in found.split_whitespace() {
        let (name, at_least, at_most) = match word.split_once('*') {
            Some((name, times)) => (name, times.parse().unwrap(), times.parse().unwrap()),
            None if word.ends_with('?') => (&word[..word.len() - 1], 0, usize::MAX),
            None if word.ends_with('+') => (&word[..word.len() - 1], 1, usize::MAX),
            None => (word, 1, 1),
        };
        let before = all.len();
        all.retain(|it| !is_of(name, it));
        let times = before - all.len();
        if !(at_least..=at_most).contains(&times) {
            return Err(format!("{name} is found {times} times"));
        }
    }
    match all.first() {
        None => Ok(()),
        Some(other) => Err(format!("{} is found", other.rule)),
    }
}

/// Collects what is wrong with each of several cases, to show them all.
#[derive(Default)]
pub struct Wrong(Vec<String>);

impl Wrong {
    pub fn see(&mut self, name: &str, result: Result<(), String>) {
        if let Err(error) = result {
            self.0.push(format!("{name}: {error}"));
        }
    }

    #[track_caller]
    pub fn none(self, of: usize) {
        assert!(
            self.0.is_empty(),
            "{} of {of} wrong\n{}",
            self.0.len(),
            self.0.join("\n")
        );
    }
}
