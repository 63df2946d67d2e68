//! One edit that a person would notice, in a document that is right: what is read is what the document now says, or nothing.
//! Never is the verdict "consistent" with the old values where the document says otherwise, and never does a cell hold a
//! number that does not stand at the place that is told.
//!
//! `scripts/edits` runs a million of them: it sets `XXGK_EDITS`.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use support::edit::{Document, Edited};
use support::random::Random;
use support::{expect, tables};
use xxgk::{Form, Options, Reading, Record, Verdict, forms, read, read_document};

/// How many edits `cargo test` makes.
const EDITS: u64 = 4000;
/// A document is made anew after so many.
const OF_ONE: u64 = 10;

/// A record that is right: a sample of those published, or a random one.
fn right(form: &Arc<Form>, random: &mut Random) -> Record {
    match (form.id(), random.below(4)) {
        ("nine-category", 0) => expect::sample("jilin-2017"),
        ("nine-category", 1) => support::consistent(),
        ("national-2021", 0) => expect::sample("suqian-2023"),
        ("national-2021", 1) => expect::sample("suqian-2024"),
        _ => tables::consistent(form, random),
    }
}

/// What is wrong with what is read of an edited document.
fn wrong(edited: &Edited, before: &Record) -> Option<String> {
    let options = Options::default();
    let readings: Vec<Reading> = match &edited.document {
        Document::Text(text) => read(text, forms(), &options).collect(),
        Document::Grids(document, _) => read_document(document, forms(), &options).collect(),
    };
    readings.iter().find_map(|reading| {
        let read = reading.record.as_ref()?;
        if read.form().id() != before.form().id() {
            return None;
        }
        let misplaced = match &edited.document {
            Document::Text(text) => support::written::misplaced(&**text, reading),
            Document::Grids(_, cells) => support::written::misplaced(cells, reading),
        };
        if misplaced.is_some() {
            return misplaced;
        }
        if edited.says_otherwise
            && read == before
            && reading.check().verdict() == Verdict::Consistent
        {
            return Some("consistent with what stood there before".to_owned());
        }
        let mut cells = (0..read.form().cells()).filter(|it| read.value(*it).is_some());
        let other = cells.find(|it| !edited.allows(*it, read.value(*it)))?;
        let key = read.form().indicator(other).unwrap().key();
        Some(format!(
            "{key} = {:?}, and before the edit {:?}",
            read.value(other),
            before.value(other)
        ))
    })
}

/// Makes edits until there are enough of them; what is wrong is sent to `say`.
fn make(seed: u64, edits: u64, say: &mut dyn FnMut(String)) {
    let mut random = Random(seed);
    let mut made = 0;
    while made < edits {
        let form = &forms()[random.below(forms().len() as u64) as usize];
        let record = right(form, &mut random);
        let original = support::edit::Original::new(record.clone(), &mut random);
        for _ in 0..OF_ONE {
            let Some(edited) = original.edit(&mut random) else {
                continue;
            };
            made += 1;
            if let Some(error) = wrong(&edited, &record) {
                let shown = edited.shown();
                let what = &edited.what;
                say(format!("{what} ({:?}): {error}\n{shown}", original.kind()));
            }
        }
    }
}

#[test]
fn an_edit_is_seen() {
    let edits = std::env::var("XXGK_EDITS")
        .ok()
        .map(|it| it.parse().unwrap());
    let edits: u64 = edits.unwrap_or(EDITS);
    let seed = std::env::var("XXGK_SEED")
        .ok()
        .map(|it| it.parse().unwrap());
    let seed: u64 = seed.unwrap_or(1);
    let (done, found) = (AtomicU64::new(0), std::sync::Mutex::new(Vec::new()));
    const EACH: u64 = 500;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let from = done.fetch_add(EACH, Ordering::Relaxed);
                    if from >= edits || found.lock().unwrap().len() > 1000 {
                        break;
                    }
                    let number = EACH.min(edits - from);
                    make(
                        seed.wrapping_mul(0x9e37_79b9).wrapping_add(from),
                        number,
                        &mut |it| {
                            found.lock().unwrap().push(it);
                        },
                    );
                }
            });
        }
    });
    let found = found.into_inner().unwrap();
    let mut kinds: std::collections::BTreeMap<&str, (usize, &str)> = Default::default();
    for error in &found {
        let kind = error.split(" (").next().unwrap();
        kinds.entry(kind).or_insert((0, error)).0 += 1;
    }
    println!(
        "{edits} edits, {} misread: {:?}",
        found.len(),
        kinds
            .iter()
            .map(|(kind, (times, _))| (kind, times))
            .collect::<Vec<_>>()
    );
    let shown: Vec<String> = kinds
        .values()
        .map(|(times, first)| format!("{times} times, such as: {first}"))
        .collect();

    assert!(found.is_empty(), "{}", shown.join("\n\n"));
}
