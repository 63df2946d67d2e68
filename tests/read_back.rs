//! Random records of every form in every layout, with blanks anywhere, are read back whole, each cell at its place, or are
//! refused: no other value is ever read.

mod support;

use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use support::expect;
use support::grids::{Printed, Shape};
use support::random::Random;
use support::written::{Plain, Style, Written, blank, misplaced, report, share};
use xxgk::form::Kind;
use xxgk::strategies::{self, national};
use xxgk::{Form, Options, Reading, Record, Value, forms, read, read_document};

/// How many records of each form are written in each layout.
const RECORDS: usize = 60;

/// Records of a form with at most two cells of five blank: every other one consistent, the others with figures that are all
/// different, so that one which comes to stand in another cell is seen.
fn records(form: &Arc<Form>, random: &mut Random) -> Vec<Record> {
    let mut runner = TestRunner::deterministic();
    let consistent = match form.id() {
        "nine-category" => strategies::consistent()
            .prop_map(|table| Record::from(&table))
            .boxed(),
        _ => national::consistent(form),
    };
    let mut out = Vec::new();
    for number in 0..RECORDS {
        let mut record = match number % 2 {
            0 => consistent.new_tree(&mut runner).unwrap().current(),
            _ => different(form, random),
        };
        let per_thousand = [0, 5, 20, 100, 400][random.below(5) as usize];
        blank(&mut record, per_thousand, random);
        out.push(record);
    }
    out
}

fn different(form: &Arc<Form>, random: &mut Random) -> Record {
    let mut record = Record::new(form.clone());
    for (cell, indicator) in form.indicators().iter().enumerate() {
        let number = 1000 + 7 * cell as u64 + random.below(7);
        let value = match indicator.kind() {
            Kind::Amount => Value::Amount(rust_decimal::Decimal::new(number as i64, 2)),
            Kind::Change if random.one_in(2) => Value::Change(-(number as i64)),
            Kind::Change => Value::Change(number as i64),
            _ => Value::Count(number),
        };
        record.set(indicator.key(), Some(value)).unwrap();
    }
    record
}

/// What became of the records in one layout.
#[derive(Default)]
struct Tally {
    whole: usize,
    refused: usize,
    /// Those of which another value is read, or at another place, with the first of them.
    wrong: usize,
    first: Option<String>,
    /// The first that is refused.
    example: Option<String>,
}

impl Tally {
    fn all(&self) -> usize {
        self.whole + self.refused + self.wrong
    }

    /// Sees what is read of a record, and whether each of its cells is at its place.
    fn see(
        &mut self,
        readings: &[Reading],
        record: &Record,
        wrong: impl Fn(&Reading) -> Option<String>,
        shown: impl Fn() -> String,
    ) {
        let said = readings.iter().find_map(|reading| {
            let read = reading.record.as_ref()?;
            // Where most of a table cannot be told, its form may not be either, which is said.
            let refused = reading.findings.iter().any(|it| &*it.rule == "S021");
            if read.form().id() != record.form().id() && refused {
                return None;
            }
            if read.form().id() != record.form().id() {
                return Some(format!("read as {}", read.form().id()));
            }
            let cells = 0..record.form().cells();
            let other = cells.into_iter().find(|it| {
                let value = read.value(*it);
                value.is_some() && value != record.value(*it)
            });
            let key = |it: usize| record.form().indicator(it).unwrap().key().to_owned();
            other
                .map(|it| {
                    format!(
                        "{}: {:?} for {:?}",
                        key(it),
                        read.value(it),
                        record.value(it)
                    )
                })
                .or_else(|| wrong(reading))
        });
        if let Some(said) = said {
            self.wrong += 1;
            self.first
                .get_or_insert_with(|| format!("{said}\n{}", shown()));
        } else if let [reading] = readings
            && reading.record.as_ref() == Some(record)
        {
            self.whole += 1;
        } else {
            self.refused += 1;
            self.example.get_or_insert_with(|| {
                let findings = readings.iter().flat_map(|it| &it.findings);
                let findings = findings.map(|it| format!("{} {}\n", it.rule, it.message.zh));
                findings.take(4).collect::<String>() + &shown()
            });
        }
    }
}

/// Prints the tallies, and fails where a value was misread, or where more than one in a hundred was refused that need not be.
fn judge(tallies: Vec<(String, bool, Tally)>) {
    let mut failed = String::new();
    for (name, _, tally) in &tallies {
        let all = tally.all();
        println!(
            "{name:24} {} whole, {} refused, {} wrong, of {all}",
            share(tally.whole, all),
            share(tally.refused, all),
            share(tally.wrong, all)
        );
        if let Some(first) = &tally.first {
            failed += &format!("{name}: {} misread, such as {first}\n", tally.wrong);
        }
    }
    let kept = || tallies.iter().filter(|(_, keeps_blanks, _)| *keeps_blanks);
    let refused: usize = kept().map(|(.., tally)| tally.refused).sum();
    let all: usize = kept().map(|(.., tally)| tally.all()).sum();
    if refused * 100 > all {
        let example = kept().find_map(|(.., tally)| tally.example.as_deref());
        let example = example.unwrap_or_default();
        failed += &format!("{refused} of {all} refused, such as\n{example}\n");
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn plain_text() {
    let mut random = Random(14);
    let mut tallies = Vec::new();
    for plain in Plain::ALL {
        let mut tally = Tally::default();
        for form in forms() {
            for record in records(form, &mut random) {
                let style = Style::random(form, plain, &mut random);
                let lines = report(form, style, &style.names(form));
                let written = Written::new(&lines, plain, &style.values(&record));
                let options = Options::default();
                let readings: Vec<Reading> = read(&written.text, forms(), &options).collect();
                let cells = 0..form.cells();
                let wrong = |reading: &Reading| {
                    let read = reading.record.as_ref()?;
                    let mut read = cells.clone().filter(|it| read.value(*it).is_some());
                    let away = read.find(|it| !written.is_placed(reading, *it));
                    let said = |it| format!("cell {it} at {:?}", reading.place(it));
                    away.map(said)
                        .or_else(|| misplaced(&*written.text, reading))
                };
                tally.see(&readings, &record, wrong, || {
                    format!("{style:?}\n{}", written.text)
                });
            }
        }
        tallies.push((format!("{plain:?}"), plain.keeps_blanks(), tally));
    }
    judge(tallies);
}

/// Tables with merged cells, as pages, documents and workbooks have them.
#[test]
fn grids() {
    let mut random = Random(15);
    let mut tallies = Vec::new();
    for shape in Shape::ALL {
        let mut tally = Tally::default();
        for form in forms() {
            for record in records(form, &mut random) {
                let printed = Printed::new(&record, shape);
                let (document, cells) = printed.document();
                let options = Options::default();
                let readings: Vec<Reading> = read_document(&document, forms(), &options).collect();
                let wrong = |reading: &Reading| {
                    let read = reading.record.as_ref()?;
                    let cells_read = (0..form.cells()).filter(|it| read.value(*it).is_some());
                    let mut away = cells_read.filter(|it| !printed.is_placed(reading, *it));
                    let said = |it| format!("cell {it} at {:?}", reading.place(it));
                    away.next().map(said).or_else(|| misplaced(&cells, reading))
                };
                tally.see(&readings, &record, wrong, || document.text().to_owned());
            }
        }
        tallies.push((format!("{shape:?}"), true, tally));
    }
    judge(tallies);
}

#[test]
fn the_samples_are_read_and_their_places_judged() {
    for (name, year) in [("suqian-2023", 2023), ("suqian-2024", 2024)] {
        let record = expect::sample(name);
        let text =
            std::fs::read_to_string(expect::data().join(name).join("rows-piped.txt")).unwrap();
        let options = Options::default();
        let found: Vec<Reading> = read(&text, forms(), &options).collect();
        assert_eq!(found[0].record.as_ref(), Some(&record), "{year}");
        assert_eq!(misplaced(&*text, &found[0]), None);
        // And the judge of places sees a number that does not stand there, or that is a part of another.
        for (old, new) in [
            ("| 2 | 0 | 11 |", "| 2 | 0 | 12 |"),
            ("| 2 | 0 | 11 |", "| 2 | 0 | 119 |"),
        ] {
            let other = text.replacen(old, new, 1);
            assert_eq!(misplaced(&*other, &found[0]).is_some(), other != text);
        }
    }
}
