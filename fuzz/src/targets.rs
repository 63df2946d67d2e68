//! What the fuzz targets do: the library's tests replay the seeds through the same functions.

use super::naive;
use arbitrary::Unstructured;
use xxgk::nine_category::{Declared, NineCategory};
use xxgk::prose::Claims;
use xxgk::rule::Statement;
use xxgk::{Form, Options, Outcome, Record, Table, Value, Verdict, check, evaluate, read};

/// Any text is read to tables, each with every cell at its place, or to a reading that says why there is none.
pub fn text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let lines: Vec<&str> = text.split('\n').collect();
    let options = Options::default();
    let mut readings = read(text, xxgk::forms(), &options).peekable();
    assert!(readings.peek().is_some());
    for reading in readings {
        let report = reading.check();
        assert_eq!(
            reading.record.is_none(),
            report.verdict() == Verdict::Unreadable
        );
        assert!(reading.record.is_some() || !report.findings.is_empty());
        let cells = reading.form.as_ref().map_or(0, |form| form.cells());
        for cell in 0..cells {
            let Some(place) = reading.place(cell) else {
                continue;
            };
            let rest: String = lines[place.line - 1]
                .chars()
                .skip(place.column - 1)
                .collect();
            let shown = place
                .text
                .lines()
                .next()
                .unwrap_or_default()
                .trim_end_matches('…');
            assert!(
                rest.trim_start_matches('\u{feff}').starts_with(shown) || place.line == 1,
                "{place:?}"
            );
        }
    }
}

/// Any text claims what it claims at the places that it says, and every claim agrees, contradicts or is left open.
pub fn prose(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let lines: Vec<&str> = text.split('\n').collect();
    for form in xxgk::forms() {
        let claims = Claims::of_text(text, form, Some(2017));
        for claim in claims.all() {
            let line = lines[claim.place.line - 1];
            let rest: String = line.chars().skip(claim.place.column - 1).collect();
            let shown = claim.place.text.trim_end_matches('…');
            assert!(
                rest.starts_with(shown) || claim.place.line == 1,
                "{claim:?}"
            );
        }
        let mut record = Record::new(form.clone());
        let (open, findings) = claims.compare(&record);
        assert_eq!((open.agree, open.contradict), (0, 0));
        // A list that does not sum is wrong whatever the table says.
        assert!(findings.iter().all(|it| &*it.rule == "N002"));
        for cell in form.indicators() {
            let zero = match cell.unit() {
                "万元" => Value::Amount(0.into()),
                _ => Value::Count(0),
            };
            // A change is no count: its cell stays blank.
            _ = record.set(cell.key(), Some(zero));
        }
        let (counts, _) = claims.compare(&record);
        assert_eq!(counts.bound + counts.unbound, claims.all().len());
        assert!(counts.agree + counts.contradict <= counts.bound);
    }
}

/// Any text is parsed to a rule that prints back to itself, or to an error that points into the text.
pub fn rule(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match text.parse::<Statement>() {
        Ok(statement) => assert_eq!(statement.to_string().parse(), Ok(statement)),
        Err(error) => assert!(text.get(error.span.clone()).is_some(), "{error:?}"),
    }
}

/// Any text is a form, or is refused with an error that points into the text.
pub fn form(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match xxgk::load(text) {
        Ok(form) => {
            let written = form.to_toml();
            assert_eq!(Form::from_toml(&written).unwrap().to_toml(), written);
            let record = Record::new(form.into());
            _ = check(&record);
            _ = xxgk::series::compare(&record, &record, "");
        }
        Err(error) => assert!(error.span.end <= text.len(), "{error:?}"),
    }
}

/// Any JSON is refused, or is a table that writes and reads back, and is checked.
pub fn json(bytes: &[u8]) {
    let Ok(table) = serde_json::from_slice::<NineCategory>(bytes) else {
        return;
    };
    let json = serde_json::to_string(&table).unwrap();
    assert_eq!(serde_json::from_str::<NineCategory>(&json).unwrap(), table);
    serde_json::to_string(&table.check()).unwrap();
}

/// Any table is judged by the engine and by the typed check as by the naive evaluator.
pub fn engine(bytes: &[u8]) {
    let mut bytes = Unstructured::new(bytes);
    let Ok((table, carried_in, carried_out)) = bytes.arbitrary::<(NineCategory, u64, u64)>() else {
        return;
    };
    let declared = Declared {
        carried_in,
        carried_out,
    };
    let record = table.record(declared);
    assert_eq!(NineCategory::from_record(&record).as_ref(), Ok(&table));
    for evaluation in evaluate(&record) {
        let naive = match naive::holds(evaluation.instance.statement(), &|key| {
            naive::cell(&record, key)
        }) {
            Some(true) => Outcome::Pass,
            Some(false) => Outcome::Fail,
            None => Outcome::Undetermined,
        };
        assert_eq!(evaluation.outcome, naive, "{}", evaluation.rule.id());
    }
    assert_eq!(table.check_with(declared), check(&record));
}
