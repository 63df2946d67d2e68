//! Documents become the lines that `batch` reads: what it finds in them is what `check` finds in the documents.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const NINE: &str = include_str!("../../../tests/data/jilin-2017/rows-piped.txt");
const NATIONAL: &str = include_str!("../../../tests/data/suqian-2023/rows-piped.txt");

/// The table of the nine categories as it is, with a total that is too large, and without a figure; one of another form.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    let changed = |from: &str, to: &str| {
        assert!(NINE.contains(from), "{from}");
        NINE.replacen(from, to, 1)
    };
    put("a.txt", NINE.to_owned());
    put(
        "b.txt",
        changed("收到申请数 | 件 | 27", "收到申请数 | 件 | 28"),
    );
    put(
        "c.txt",
        changed("兼职人员数 | 人 | 3", "兼职人员数 | 人 | "),
    );
    put("d.txt", NATIONAL.to_owned());
    folder
}

fn xxgk(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    command.current_dir(folder).args(args).output().unwrap()
}

fn lines(text: &str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn batch_finds_in_the_lines_what_check_finds_in_the_documents() {
    let folder = folder();
    let wide = xxgk(
        &folder,
        &[
            "extract",
            ".",
            "--format",
            "wide-csv",
            "--form",
            "nine-category",
        ],
    );
    let csv = String::from_utf8(wide.stdout).unwrap();
    assert_eq!(csv.lines().count(), 1 + 3, "{csv}");
    fs::write(folder.path().join("wide.csv"), csv).unwrap();
    let args = ["batch", "wide.csv", "--key", "record", "--out", "out.jsonl"];
    let batch = xxgk(&folder, &args);
    let said = String::from_utf8_lossy(&batch.stdout);
    assert_eq!(
        batch.status.code(),
        Some(1),
        "{said}{}",
        String::from_utf8_lossy(&batch.stderr)
    );

    let out = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    let by_batch: BTreeSet<(String, String)> = lines(&out)
        .map(|it| (text(&it["record"]), text(&it["rule"])))
        .collect();
    let checked = xxgk(
        &folder,
        &[
            "check",
            ".",
            "--format",
            "jsonl",
            "--prose",
            "off",
            "--form",
            "nine-category",
        ],
    );
    let checked = String::from_utf8(checked.stdout).unwrap();
    let by_check: BTreeSet<(String, String)> = lines(&checked)
        .flat_map(|report| {
            let source = text(&report["source"]);
            let findings = report["findings"].as_array().unwrap().clone();
            // What is no rule of the form is not asked of a line: how the text was read, and the blank.
            let rules = findings
                .into_iter()
                .filter(|it| !text(&it["rule"]).starts_with(['S', 'D']));
            rules.map(move |it| (source.clone(), text(&it["rule"])))
        })
        .collect();
    assert!(by_check.len() > 3, "{by_check:?}");
    assert_eq!(by_batch, by_check);
}

#[test]
fn a_table_of_another_form_is_told_and_not_written() {
    let folder = folder();
    let wide = xxgk(&folder, &["extract", ".", "--format", "wide-csv"]);
    let said = String::from_utf8(wide.stderr).unwrap();
    assert_eq!(wide.status.code(), Some(2), "{said}");
    assert!(
        said.contains("d.txt") && said.contains("没有写入"),
        "{said}"
    );
    assert_eq!(
        String::from_utf8(wide.stdout).unwrap().lines().count(),
        1 + 3
    );
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
