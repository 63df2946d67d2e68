//! xxgk's side of `benches/localise/run`: a folder of records a line on standard input, each answered by a line of JSON on what
//! there is to correct in them. Only the localisation is timed, with the [`Localiser`] made anew each time.
#![forbid(unsafe_code)]

use std::error::Error;
use std::io::{self, BufRead};
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use xxgk::edit::Localiser;
use xxgk::form::Kind;
use xxgk::nine_category::NineCategory;
use xxgk::{Record, Severity, Table, Value};
use xxgk_benches::columns;
use xxgk_benches::spent::{Spent, timed};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The records are gone through again until it took so many, of the processor's time.
const SECONDS: f64 = 1.0;

fn main() -> Result<()> {
    println!("{}", describe());
    for folder in io::stdin().lock().lines() {
        println!("{}", localise(&records(Path::new(folder?.trim()))?));
    }
    Ok(())
}

/// What the driver has to know before it asks.
fn describe() -> Json {
    let rules = NineCategory::form().rules().iter();
    let hard = rules.filter(|rule| rule.severity() == Severity::Hard);
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "cells": columns::keys(),
        "rules": hard.map(|rule| rule.text()).collect::<Vec<_>>(),
    })
}

fn records(folder: &Path) -> Result<Vec<Record>> {
    let (form, columns) = (NineCategory::form(), columns::read(folder)?);
    let mut records = vec![Record::new(form.clone()); columns.first().map_or(0, Vec::len)];
    for (indicator, column) in form.indicators().iter().zip(columns) {
        for (record, value) in records.iter_mut().zip(column) {
            let value = match indicator.kind() {
                Kind::Amount => Value::Amount(Decimal::from(value)),
                _ => Value::Count(value.into()),
            };
            record.set(indicator.key(), Some(value))?;
        }
    }
    Ok(records)
}

/// The smallest number of cells to change in each record, 0 where that was not found out, and how many sets there are of them.
fn localise(records: &[Record]) -> Json {
    let (mut spent, mut passes) = (Spent::default(), 0);
    loop {
        let mut sets = 0;
        let (more, cells) = timed(|| {
            let localiser = Localiser::new(NineCategory::form());
            let smallest = |record| {
                let corrections = localiser.localise(record);
                sets += corrections.iter().map(|it| it.sets.len()).sum::<usize>();
                let of_each = corrections
                    .iter()
                    .map(|it| Some(it.sets.first()?.cells.len()));
                of_each.sum::<Option<usize>>().unwrap_or_default()
            };
            records.iter().map(smallest).collect::<Vec<_>>()
        });
        spent.add(more);
        passes += 1;
        if spent.cpu >= SECONDS {
            return json!({
                "cpu": spent.cpu, "wall": spent.wall, "passes": passes, "sets": sets, "cells": cells,
            });
        }
    }
}
