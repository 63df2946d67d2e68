//! Documents become the lines that `batch` reads: what it finds in them is what `check` finds in the documents.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Cursor;
use std::process::{Command, Output};

use arrow_array::Array as _;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Decimal128Type, UInt16Type, UInt64Type};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
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

/// The tables of the folder in a file that `batch` reads: a workbook as its sheet would be saved.
fn extracted(folder: &TempDir, format: &str) -> &'static str {
    let args = [
        "extract",
        ".",
        "--format",
        format,
        "--form",
        "nine-category",
    ];
    let bytes = xxgk(folder, &args).stdout;
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    match format {
        "parquet" => {
            put("wide.parquet", &bytes);
            return "wide.parquet";
        }
        "xlsx" => put("wide.csv", saved(&bytes).as_bytes()),
        _ => put("wide.csv", &bytes),
    }
    let csv = fs::read_to_string(folder.path().join("wide.csv")).unwrap();
    assert_eq!(csv.lines().count(), 1 + 3, "{csv}");
    "wide.csv"
}

/// The only sheet of a workbook as a spreadsheet saves it as CSV.
fn saved(book: &[u8]) -> String {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in sheet.rows() {
        writer
            .write_record(row.iter().map(Data::to_string))
            .unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn batch_finds_in_the_lines_what_check_finds_in_the_documents() {
    for format in ["wide-csv", "parquet", "xlsx"] {
        let folder = folder();
        let wide = extracted(&folder, format);
        same_findings(&folder, wide);
    }
}

fn same_findings(folder: &TempDir, wide: &str) {
    let args = ["batch", wide, "--key", "record", "--out", "out.jsonl"];
    let batch = xxgk(folder, &args);
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
        folder,
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
fn the_columns_of_parquet_hold_each_number_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let text = NINE
        .replacen(
            "收到申请数 | 件 | 27",
            "收到申请数 | 件 | 18446744073709551615",
            1,
        )
        .replacen("| 万元 | 1.5", "| 万元 | 1.123456789", 1);
    fs::write(folder.path().join("=a.txt"), text).unwrap();
    let wide = xxgk(&folder, &["extract", "=a.txt", "--format", "parquet"]);
    let said = String::from_utf8(wide.stderr).unwrap();
    let path = folder.path().join("wide.parquet");
    fs::write(&path, wide.stdout).unwrap();
    let batches = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap());
    let batch = batches.unwrap().build().unwrap().next().unwrap().unwrap();
    let count = batch["requests.received.total"].as_primitive::<UInt64Type>();
    assert_eq!(count.value(0), u64::MAX);
    assert_eq!(batch["record"].as_string::<i32>().value(0), "=a.txt");
    assert_eq!(batch["year"].as_primitive::<UInt16Type>().value(0), 2017);
    // What is not written is said.
    let amount = batch["capacity.budget"].as_primitive::<Decimal128Type>();
    assert!(amount.is_null(0) && said.contains("1.123456789"), "{said}");
}

#[test]
fn what_could_not_be_read_is_no_silent_blank() {
    let folder = folder();
    let unread = NINE.replacen("收到申请数 | 件 | 27", "收到申请数 | 件 | 廿七", 1);
    fs::write(folder.path().join("e.txt"), unread).unwrap();
    for format in ["wide-csv", "parquet", "xlsx"] {
        let args = ["extract", "c.txt", "e.txt", "--format", format];
        let wide = xxgk(&folder, &args);
        let said = String::from_utf8(wide.stderr).unwrap();
        assert_eq!(wide.status.code(), Some(0), "{said}");
        assert!(
            said.starts_with("xxgk: e.txt 第") && said.contains("廿七"),
            "{said}"
        );
        // A blank of the table is one of the line.
        assert!(!said.contains("c.txt"), "{said}");
    }
    let english = ["extract", "e.txt", "--format", "parquet", "--lang", "en"];
    let said = String::from_utf8(xxgk(&folder, &english).stderr).unwrap();
    assert!(said.starts_with("xxgk: e.txt line "), "{said}");
    fs::write(folder.path().join("f.txt"), "没有表").unwrap();
    let wide = xxgk(
        &folder,
        &["extract", "a.txt", "f.txt", "--format", "parquet"],
    );
    let said = String::from_utf8(wide.stderr).unwrap();
    assert_eq!(wide.status.code(), Some(2), "{said}");
    assert!(said.contains("f.txt"), "{said}");
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
