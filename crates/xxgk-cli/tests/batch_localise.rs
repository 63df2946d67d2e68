//! `xxgk batch --localise`: the corrections of each record are those of the library.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::Command;

use arrow_array::cast::AsArray;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use tempfile::TempDir;
use xxgk::edit::{Localiser, diagnose};
use xxgk::{Record, Table, nine_category::NineCategory, strategies};

/// Records that are right, broken, and with blanks, in a CSV file.
fn records(folder: &TempDir) -> Vec<Record> {
    let form = NineCategory::form();
    let tables = prop_oneof![
        strategies::consistent(),
        strategies::any_broken().prop_map(|(_, table)| table),
        strategies::blanked(strategies::any_broken().prop_map(|(_, table)| table)),
    ];
    let mut runner = TestRunner::deterministic();
    let mut record = || Record::from(&tables.new_tree(&mut runner).unwrap().current());
    let records: Vec<Record> = (0..300).map(|_| record()).collect();
    let keys: Vec<&str> = form.indicators().iter().map(|it| it.key()).collect();
    let mut lines = format!("id,{}\n", keys.join(","));
    for (number, record) in records.iter().enumerate() {
        let cells = record.cells().iter();
        let cells: Vec<String> = cells
            .map(|it| it.map_or(String::new(), |it| it.to_string()))
            .collect();
        lines += &format!("=机关{number},{}\n", cells.join(","));
    }
    fs::write(folder.path().join("records.csv"), lines).unwrap();
    records
}

fn run(folder: &TempDir, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    let always = ["batch", "records.csv", "--key", "id", "--localise"];
    let output = command
        .current_dir(folder)
        .args(always)
        .args(args)
        .output()
        .unwrap();
    let (said, err) = (String::from_utf8(output.stdout).unwrap(), output.stderr);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{said}{}",
        String::from_utf8_lossy(&err)
    );
    said
}

/// The corrections by record, in the order of their texts; each stands once.
fn by_record(lines: impl Iterator<Item = (String, Value)>) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (record, corrections) in lines {
        let corrections = corrections.as_array().cloned().unwrap_or_default();
        let texts = corrections.iter().map(Value::to_string);
        let of_record: Vec<String> = texts.collect();
        if !of_record.is_empty() {
            all.entry(record).or_default().extend(of_record);
        }
    }
    all.values_mut().for_each(|it| it.sort());
    all
}

#[test]
fn the_corrections_of_each_record_are_those_of_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let records = records(&folder);
    let localiser = Localiser::new(NineCategory::form());
    let expected = by_record(records.iter().enumerate().map(|(number, record)| {
        let mut corrections = localiser.localise(record);
        diagnose(&mut corrections, record, None);
        (
            format!("=机关{number}"),
            serde_json::to_value(corrections).unwrap(),
        )
    }));
    assert!(expected.len() > 100, "{}", expected.len());

    let one = run(&folder, &["--out", "out.jsonl", "--jobs", "1"]);
    let said = format!("最小改法：{}条记录需要改数", expected.len());
    assert!(one.contains(&said), "{one}");
    let text = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert!(!text.contains("9223372036854775807") && !text.contains("18446744073709551615"));
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let lines = lines.map(|it| {
        (
            it["record"].as_str().unwrap().to_owned(),
            it["corrections"].clone(),
        )
    });
    assert_eq!(by_record(lines), expected);

    let english = run(
        &folder,
        &["--out", "two.jsonl", "--jobs", "2", "--lang", "en"],
    );
    let said = format!("Smallest corrections: {} records need one;", expected.len());
    assert!(english.contains(&said), "{english}");
    assert!(text == fs::read_to_string(folder.path().join("two.jsonl")).unwrap());

    run(&folder, &["--out", "out.csv"]);
    let mut reader = csv::Reader::from_path(folder.path().join("out.csv")).unwrap();
    let lines = reader.records().map(|line| {
        let line = line.unwrap();
        let corrections = serde_json::from_str(&line[5]).unwrap_or_default();
        // A key that begins a formula has an apostrophe before it.
        (line[1].trim_start_matches('\'').to_owned(), corrections)
    });
    assert_eq!(by_record(lines), expected);

    run(&folder, &["--out", "out.parquet"]);
    let file = File::open(folder.path().join("out.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .unwrap()
        .build()
        .unwrap();
    let mut lines = Vec::new();
    for batch in reader {
        let batch = batch.unwrap();
        let text = |name: &str, row| batch[name].as_string::<i32>().value(row).to_owned();
        for row in 0..batch.num_rows() {
            let corrections = serde_json::from_str(&text("corrections", row));
            lines.push((text("record", row), corrections.unwrap_or_default()));
        }
    }
    assert_eq!(by_record(lines.into_iter()), expected);
}

/// Rules that are open each by itself, and contradict each other.
#[test]
fn what_only_rules_together_forbid_has_a_row_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "extends = \"nine-category\"\n\
        [[rule]]\nid = \"H001\"\nseverity = \"hard\"\nstatement = \"disclosure.total <= requests.received.total\"\n\
        basis = { zh = \"例\", en = \"an example\" }\nmessage = { zh = \"例\", en = \"an example\" }\n\
        [[rule]]\nid = \"H002\"\nseverity = \"hard\"\nstatement = \"disclosure.total >= response.topics\"\n\
        basis = { zh = \"例\", en = \"an example\" }\nmessage = { zh = \"例\", en = \"an example\" }\n";
    fs::write(folder.path().join("rules.toml"), rules).unwrap();
    let line = "id,requests.received.total,disclosure.total,response.topics\n甲,3,,5\n乙,5,,3\n";
    fs::write(folder.path().join("records.csv"), line).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    let args = "batch records.csv --key id --localise --partial --rules rules.toml --out out.jsonl";
    let output = command
        .current_dir(&folder)
        .args(args.split(' '))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    let rows: Vec<Value> = text
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    let corrected: Vec<&Value> = rows
        .iter()
        .filter(|it| !it["corrections"].is_null())
        .collect();
    let [row] = corrected[..] else {
        panic!("{text}")
    };
    assert_eq!(
        (&row["record"], &row["residual"]),
        (&"甲".into(), &Value::Null)
    );
    assert_eq!(
        row["corrections"][0]["rules"],
        serde_json::json!(["H001", "H002"])
    );
}
