//! What the fuzz targets do: the library's tests replay the seeds through the same functions.

use super::naive;
use arbitrary::Unstructured;
use xxgk::analyse::{RemarkKind, analyse_within};
use xxgk::batch::{Column, Plan};
use xxgk::edit::{Apply, Localiser, apply, diagnose, impute};
use xxgk::nine_category::{Declared, NineCategory};
use xxgk::prose::Claims;
use xxgk::rule::Statement;
use xxgk::{
    CellSet, Correction, Form, Number, Options, Outcome, Record, Report, Severity, Table, Value,
    Verdict, check, evaluate, read, write,
};

/// The lines of a text as an editor counts them: old programs end a line with CR alone.
fn lines(text: &str) -> Vec<&str> {
    let lines = text.split('\n');
    lines
        .flat_map(|it| it.trim_end_matches('\r').split('\r'))
        .collect()
}

/// Any text is read to tables, each with every cell at its place, which are read again from what is written of them; or to a
/// reading that says why there is none.
pub fn text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let lines = lines(text);
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
        if let Some(record) = &reading.record {
            let written = write(record, reading.year);
            let mut again = read(&written, xxgk::forms(), &options);
            let again = again.next().map(|it| (it.record, it.year));
            assert_eq!(
                again,
                Some((Some(record.clone()), reading.year)),
                "{written}"
            );
        }
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
    let lines = lines(text);
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
            let mut record = Record::new(form.into());
            _ = check(&record);
            _ = xxgk::series::compare(&record, &record, "");
            for cell in 0..record.form().cells() {
                let cell = record.form().indicators()[cell].clone();
                _ = record.set(cell.key(), Some(Value::Count(1)));
            }
            let localiser = Localiser::new(record.form()).with_work(100_000);
            corrected(&record, &localiser.localise(&record));
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

/// Any table, with any carry-overs.
fn table(bytes: &[u8]) -> Option<(NineCategory, Declared)> {
    let (table, carried_in, carried_out) = Unstructured::new(bytes).arbitrary().ok()?;
    let declared = Declared {
        carried_in,
        carried_out,
    };
    Some((table, declared))
}

/// Any table is judged by the engine and by the typed check as by the naive evaluator.
pub fn engine(bytes: &[u8]) {
    let Some((table, declared)) = table(bytes) else {
        return;
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

/// Of any table, what is said to be enough is enough, and what is filled in breaks no rule.
pub fn edit(bytes: &[u8]) {
    let Some((table, declared)) = table(bytes) else {
        return;
    };
    let record = table.record(declared);
    let mut corrections = Localiser::new(record.form()).localise(&record);
    corrected(&record, &corrections);
    let before = corrections.clone();
    diagnose(&mut corrections, &record, Some(&record));
    for (before, after) in before.iter().zip(&corrections) {
        assert_eq!(before.sets.len(), after.sets.len());
    }
    for which in [Apply::Determined, Apply::Unique] {
        let applied = apply(&record, &corrections, which);
        assert_eq!(
            applied.applied.len() + applied.left.len(),
            corrections.len()
        );
        if applied.left.is_empty() {
            assert_eq!(hard(&check(&applied.record)), 0);
        }
    }
    let imputation = impute(&record);
    if corrections.is_empty() {
        assert_eq!(hard(&check(&imputation.record)), 0);
    }
}

/// With any set of cells whose values are given, of each correction, no hard rule fails.
fn corrected(record: &Record, corrections: &[Correction]) {
    let mut corrected = record.clone();
    let form = record.form().clone();
    for correction in corrections {
        let given =
            |set: &&CellSet| set.cells.len() == 1 || set.cells.iter().all(|it| it.to().is_some());
        let Some(set) = correction.sets.iter().find(given) else {
            return;
        };
        for change in &set.cells {
            corrected
                .set(form.indicators()[change.cell].key(), Some(change.least))
                .unwrap();
        }
    }
    assert_eq!(hard(&check(&corrected)), 0, "{corrections:?}");
}

/// What is said of any rules is so of any table.
pub fn analyse(bytes: &[u8]) {
    let mut bytes = Unstructured::new(bytes);
    let Ok(([a, b], c, d)) = bytes.arbitrary::<([u8; 2], i8, u8)>() else {
        return;
    };
    let mut text = HEAD.to_owned();
    for rule in 0..8 {
        let Ok((severity, statement)) = statement(&mut bytes) else {
            break;
        };
        text += &format!(
            "[[rule]]\nid = \"R{rule}\"\nseverity = \"{severity}\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"-\", en = \"-\" }}\n"
        );
    }
    let mut record = Record::new(Form::from_toml(&text).unwrap().into());
    let values = [
        ("a", Value::Count(a.into())),
        ("b", Value::Count(b.into())),
        ("c", Value::Change(c.into())),
        ("d", Value::Amount(d.into())),
    ];
    for (key, value) in values {
        record.set(key, Some(value)).unwrap();
    }
    let evaluations: Vec<_> = evaluate(&record).collect();
    let holds = |id: &str| {
        let mut evaluations = evaluations.iter();
        evaluations.any(|it| it.instance.id() == id && it.outcome == Outcome::Pass)
    };
    let analysis = analyse_within(record.form(), 200_000);
    for remark in &analysis.remarks {
        let all = remark.rules.iter().all(|id| holds(id));
        if !remark.by.iter().all(|id| holds(id)) {
            continue;
        }
        match remark.kind {
            RemarkKind::Contradiction | RemarkKind::NeverHolds | RemarkKind::NeverTogether => {
                assert!(!all, "{text} {remark:?}");
            }
            RemarkKind::NeverFails | RemarkKind::Redundant => assert!(all, "{text} {remark:?}"),
            RemarkKind::Bounded => {
                for key in &remark.cells {
                    let cell = record.form().cell(key).unwrap();
                    let range = analysis.ranges[cell].range.unwrap();
                    assert_eq!(
                        range.map(Some),
                        [record.value(cell); 2],
                        "{text} {remark:?}"
                    );
                }
            }
            RemarkKind::OnlyEqual => {
                let equal = [Some(Number::new(0, 0)), None];
                let mut evaluations = evaluations.iter();
                let evaluation = evaluations.find(|it| *it.instance.id() == *remark.rules[0]);
                let difference = evaluation.unwrap().sides.map(|sides| sides[2]);
                assert!(!all || equal.contains(&difference), "{text} {remark:?}");
            }
            _ => {}
        }
    }
    if hard(&check(&record)) == 0 {
        for range in &analysis.ranges {
            let number = |value: Value| value.to_string().parse::<rust_decimal::Decimal>().unwrap();
            let value = record.value(range.cell).map(number).unwrap();
            // What was not found out has none.
            if let Some([least, most]) = range.range {
                assert!(
                    (number(least)..=number(most)).contains(&value),
                    "{text} {range:?}"
                );
            }
        }
    }
}

const HEAD: &str = r#"
id = "small"
title = "-"
source = "-"
first_year = 2000
last_year = 2001
row = [
    { code = "1", key = "a", label = "a", unit = "件", kind = "count" },
    { code = "2", key = "b", label = "b", unit = "件", kind = "count" },
    { code = "3", key = "c", label = "c", unit = "件", kind = "change" },
    { code = "4", key = "d", label = "d", unit = "万元", kind = "amount" },
]
"#;

/// Any rule over these cells.
fn statement(bytes: &mut Unstructured<'_>) -> arbitrary::Result<(&'static str, String)> {
    let severity = if bytes.ratio(3, 4)? { "hard" } else { "soft" };
    let mut line = || -> arbitrary::Result<String> {
        let ([a, b, c, d], constant): ([i8; 4], i16) = bytes.arbitrary()?;
        let signed = |number: i32| match number < 0 {
            true => format!("- {}", -number),
            false => format!("+ {number}"),
        };
        let terms = [(a, "a"), (b, "b"), (c, "c"), (d, "d")];
        // Small coefficients, and often none, are what rules have.
        let terms = terms.map(|(by, key)| format!("{} * {key} ", signed(i32::from(by) / 32)));
        let operator = ["=", "!=", "<", "<=", ">", ">="][bytes.choose_index(6)?];
        Ok(format!(
            "0 {}{operator} 0 {}",
            terms.concat(),
            signed(constant.into())
        ))
    };
    let (one, other) = (line()?, line()?);
    let statement = match bytes.choose_index(6)? {
        0 => format!("if {one} then {other}"),
        1 => format!("{one} or {other}"),
        2 => format!("not ({one} and {other})"),
        _ => one,
    };
    Ok((severity, statement))
}

/// How many hard rules fail.
fn hard(report: &Report) -> usize {
    let hard = report
        .failed()
        .filter(|it| it.severity == Severity::Hard && it.statement.is_some());
    hard.count()
}

/// Any tables, as columns of any of the types that hold them, are judged as by the engine.
pub fn columns(bytes: &[u8]) {
    let mut bytes = Unstructured::new(bytes);
    let form = NineCategory::form();
    let mut tables: Vec<Record> = Vec::new();
    let Ok(choice) = bytes.arbitrary::<u64>() else {
        return;
    };
    while let (Ok(table), true) = (bytes.arbitrary::<NineCategory>(), tables.len() < 100) {
        tables.push(table.record(Declared::default()));
        if bytes.is_empty() {
            break;
        }
    }
    let plan = Plan::new(form);
    let mut columns = plan.columns(tables.len());
    let mut owned = Vec::new();
    for cell in 0..form.cells() {
        // In units of the eighth decimal. What has more is blank, as it is to the engine.
        let value = |value: Value| match value {
            Value::Count(count) => Some(i128::from(count)),
            Value::Change(change) => Some(i128::from(change)),
            Value::Amount(amount) => {
                let amount = amount.normalize();
                let up = 8_u32.checked_sub(amount.scale())?;
                amount.mantissa().checked_mul(10_i128.pow(up))
            }
        };
        let values = tables.iter().map(|table| table.value(cell).and_then(value));
        owned.push(values.collect::<Vec<Option<i128>>>());
    }
    type Held = (Vec<i128>, Option<Vec<u64>>, Option<Vec<u32>>, Vec<u8>);
    let held: Vec<Held> = owned
        .iter()
        .map(|values| {
            let plain: Vec<i128> = values
                .iter()
                .map(|it| it.unwrap_or(i128::from(choice)))
                .collect();
            let mut valid = vec![0_u8; values.len() / 8 + 1];
            for (index, value) in values.iter().enumerate() {
                valid[index / 8] |= u8::from(value.is_some()) << (index % 8);
            }
            let wide = plain.iter().map(|it| u64::try_from(*it).ok()).collect();
            let narrow = plain.iter().map(|it| u32::try_from(*it).ok()).collect();
            (plain, wide, narrow, valid)
        })
        .collect();
    for (index, (indicator, (plain, wide, narrow, valid))) in
        form.indicators().iter().zip(&held).enumerate()
    {
        let column = match (choice >> (index % 64) & 1, wide, narrow) {
            (0, _, Some(narrow)) => Column::from(&narrow[..]),
            (_, Some(wide), _) => Column::from(&wide[..]),
            _ => Column::from(&plain[..]),
        };
        let decimals = if indicator.unit() == "万元" { 8 } else { 0 };
        let column = column.decimals(decimals).valid(valid, 0);
        columns.set(indicator.key(), column).unwrap();
    }
    let mut failures = Vec::new();
    let tallies = columns.list(&mut failures);
    assert_eq!(columns.count(), tallies);
    let mut failures = failures.iter();
    for (record, table) in tables.iter().enumerate() {
        for (rule, evaluation) in evaluate(table).enumerate() {
            if evaluation.outcome == Outcome::Fail {
                let failure = failures.next().unwrap();
                assert_eq!((failure.record, failure.rule), (record, rule));
                if let Some(residual) = failure.residual {
                    assert_eq!(Some(residual), evaluation.sides.map(|sides| sides[2]));
                }
            }
        }
    }
    assert!(failures.next().is_none());
    let judged: u64 = tallies
        .iter()
        .map(|it| it.passed + it.failed + it.undetermined)
        .sum();
    assert_eq!(judged, (tables.len() * tallies.len()) as u64);
}
