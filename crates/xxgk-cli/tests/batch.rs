//! What `xxgk batch` prints and writes, and how it ends.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, Int32Array, RecordBatch, StringArray};
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str =
    "机关,capacity.staff.total,capacity.staff.full_time,capacity.staff.part_time\n";

/// The staff of four agencies: right, one more than its parts, blank in part, fewer than none.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let column = |values: [Option<i32>; 4]| Arc::new(Int32Array::from(values.to_vec())) as ArrayRef;
    let batch = RecordBatch::try_from_iter([
        (
            "机关",
            Arc::new(StringArray::from(vec!["甲", "乙", "丙", "丁"])) as ArrayRef,
        ),
        (
            "capacity.staff.total",
            column([Some(3), Some(4), Some(3), Some(-1)]),
        ),
        (
            "capacity.staff.full_time",
            column([Some(1), Some(1), None, Some(1)]),
        ),
        (
            "capacity.staff.part_time",
            column([Some(2), Some(2), Some(2), Some(2)]),
        ),
    ]);
    write(&folder.path().join("a.parquet"), &batch.unwrap());
    fs::write(
        folder.path().join("b.csv"),
        format!("{HEADER}戊,30,10,8\n己,3,1,2\n"),
    )
    .unwrap();
    folder
}

fn write(path: &Path, batch: &RecordBatch) {
    let file = File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

/// The tables here have the columns of the staff alone.
fn xxgk(folder: &TempDir, args: &[&str]) -> Output {
    whole(folder, &[&["--partial"], args].concat())
}

fn whole(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    let command = command.current_dir(folder).arg("batch").args(args);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn run(folder: &TempDir, args: &[&str], code: i32) -> (String, String) {
    let output = xxgk(folder, args);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}{err}");
    (out, err)
}

#[test]
fn the_summary_as_a_person_reads_it() {
    let folder = folder();
    let args = [
        "a.parquet",
        "b.csv",
        "--form",
        "nine-category",
        "--key",
        "机关",
    ];
    let rules = folder.path().join("rules.toml");
    fs::write(rules, few_rules()).unwrap();
    let args = [&args[..], &["--rules", "rules.toml"]].concat();
    insta::assert_snapshot!("batch_zh", run(&folder, &args, 1).0);
    let english = [&args[..], &["--lang", "en"]].concat();
    insta::assert_snapshot!("batch_en", run(&folder, &english, 1).0);
    let counts = [&args[..], &["--counts", "--jobs", "1"]].concat();
    insta::assert_snapshot!("batch_counts", run(&folder, &counts, 1).0);
}

/// Of the rules, only those of the staff.
fn few_rules() -> String {
    let off = |id: &str| {
        format!("[[override]]\nrule = \"{id}\"\noff = {{ zh = \"例\", en = \"an example\" }}\n")
    };
    let form = xxgk::forms()
        .iter()
        .find(|form| form.id() == "nine-category")
        .unwrap();
    let rules = form.rules().iter().map(|rule| rule.id());
    let others = rules.filter(|id| !matches!(*id, "R801" | "R803"));
    format!(
        "extends = \"nine-category\"\n{}",
        others.map(off).collect::<String>()
    )
}

#[test]
fn findings_are_the_same_in_every_format() {
    let folder = folder();
    for name in ["out.parquet", "out.csv", "out.jsonl"] {
        run(&folder, &[".", "--out", name], 1);
        assert!(!folder.path().join(format!("{name}.partial")).exists());
        // The folder is read, and the findings of the last time would be too.
        fs::create_dir_all(folder.path().join(".out")).unwrap();
        fs::rename(
            folder.path().join(name),
            folder.path().join(".out").join(name),
        )
        .unwrap();
    }
    let lines = fs::read_to_string(folder.path().join(".out/out.jsonl")).unwrap();
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let first = &lines[0];
    assert_eq!(first["source"], "./a.parquet");
    assert_eq!(first["record"], 2);
    assert_eq!(first["rule"], "R801");
    assert_eq!(first["residual"], "1");
    assert_eq!(first["indicator"], Value::Null);
    let negative = lines.iter().find(|line| line["rule"] == "S003").unwrap();
    assert_eq!(negative["residual"], Value::Null);
    assert_eq!(negative["indicator"], "capacity.staff.total");
    assert_eq!(lines.last().unwrap()["residual"], "12");

    let as_text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let names = ["source", "record", "rule", "residual", "indicator"];
    let expected: Vec<Vec<String>> = lines
        .iter()
        .map(|line| names.map(|name| as_text(&line[name])).to_vec())
        .collect();

    let mut reader = csv::Reader::from_path(folder.path().join(".out/out.csv")).unwrap();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
    let records = reader
        .records()
        .map(|it| it.unwrap().iter().map(str::to_owned).collect());
    assert_eq!(records.collect::<Vec<Vec<String>>>(), expected);

    let file = File::open(folder.path().join(".out/out.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .unwrap()
        .build()
        .unwrap();
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.unwrap();
        let word = |name: &str, row: usize| {
            let words = batch[name].as_dictionary::<Int32Type>();
            let text = words.values().as_string::<i32>();
            words
                .key(row)
                .map_or(String::new(), |key| text.value(key).to_owned())
        };
        let residuals = batch["residual"].as_primitive::<Decimal128Type>();
        assert!(matches!(residuals.data_type(), DataType::Decimal128(38, _)));
        let unit = 10_i128.pow(u32::try_from(residuals.scale()).unwrap());
        for row in 0..batch.num_rows() {
            let residual = residuals.is_valid(row).then(|| residuals.value(row) / unit);
            rows.push(vec![
                word("source", row),
                batch["record"]
                    .as_primitive::<UInt64Type>()
                    .value(row)
                    .to_string(),
                word("rule", row),
                residual.map_or(String::new(), |it| it.to_string()),
                word("indicator", row),
            ]);
        }
    }
    assert_eq!(rows, expected);
}

#[test]
fn counts_and_keys_are_written() {
    let folder = folder();
    run(
        &folder,
        &["a.parquet", "--counts", "--out", "counts.jsonl"],
        1,
    );
    let lines = fs::read_to_string(folder.path().join("counts.jsonl")).unwrap();
    let staff = lines.lines().find(|line| line.contains("R801")).unwrap();
    let staff: Value = serde_json::from_str(staff).unwrap();
    assert_eq!(
        (&staff["passed"], &staff["failed"], &staff["undetermined"]),
        (&1.into(), &1.into(), &2.into())
    );
    run(
        &folder,
        &["a.parquet", "--key", "机关", "--out", "keys.csv"],
        1,
    );
    let keys = fs::read_to_string(folder.path().join("keys.csv")).unwrap();
    assert!(keys.contains("\na.parquet,乙,R801,1,\n"), "{keys}");
}

#[test]
fn exit_codes() {
    let folder = folder();
    let good = format!("{HEADER}甲,3,1,2\n");
    fs::write(folder.path().join("good.csv"), &good).unwrap();
    // No staff at all is possible, and asks for an explanation.
    fs::write(
        folder.path().join("soft.csv"),
        format!("{HEADER}甲,0,0,0\n"),
    )
    .unwrap();
    run(&folder, &["good.csv"], 0);
    run(&folder, &["b.csv"], 1);
    run(&folder, &["soft.csv"], 0);
    run(&folder, &["soft.csv", "--strict"], 1);
    for (args, why) in [
        (&["none.csv"][..], "none.csv"),
        (&["*.xlsx"], "没有这样的文件"),
        (&["good.csv", "--out", "findings.xlsx"], "扩展名"),
        (&["good.csv", "--out", "./good.csv"], "也是输入文件"),
        (&["good.csv", "--key", "名称"], "没有列“名称”"),
        (&["good.csv", "--form", "other"], "other"),
        (&["good.csv", "--columns", "none.toml"], "none.toml"),
    ] {
        let (_, err) = run(&folder, args, 2);
        assert!(err.contains(why), "{err}");
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("good.csv")).unwrap(),
        good
    );
}

#[test]
fn a_damaged_file_is_said_to_be_and_no_panic_is_shown() {
    let folder = folder();
    let whole = fs::read(folder.path().join("a.parquet")).unwrap();
    let mut damaged = 0;
    for at in (4..whole.len()).rev().step_by(13).take(100) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(folder.path().join("flipped.parquet"), &flipped).unwrap();
        let output = xxgk(&folder, &["flipped.parquet", "--form", "nine-category"]);
        let err = text(&output.stderr);
        assert!(!err.contains("panicked"), "{at}: {err}");
        damaged += u32::from(err.contains("flipped.parquet: 文件已损坏"));
    }
    assert!(damaged > 20, "{damaged}");
}

#[test]
fn a_partial_result_says_so_and_leaves_no_file_that_looks_whole() {
    let folder = folder();
    let whole = fs::read(folder.path().join("a.parquet")).unwrap();
    fs::write(folder.path().join("cut.parquet"), &whole[..whole.len() / 2]).unwrap();
    let args = ["cut.parquet", "a.parquet", "--out", "out.csv"];
    let (out, err) = run(&folder, &args, 2);
    assert!(out.contains("R801"), "{out}");
    assert!(
        err.contains("cut.parquet: 文件已损坏") && err.contains("结果不完整"),
        "{err}"
    );
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["a.parquet", "b.csv", "cut.parquet"]);
    let english = run(&folder, &["cut.parquet", "a.parquet", "--lang", "en"], 2).1;
    assert!(english.contains("the result is partial"), "{english}");
}

#[test]
fn columns_by_a_mapping_and_files_by_a_pattern() {
    let folder = folder();
    let header = "总数,专职,兼职\n";
    for (name, row) in [("2016.csv", "3,1,2"), ("2017.csv", "5,1,2")] {
        fs::write(folder.path().join(name), format!("{header}{row}\n")).unwrap();
    }
    let map = "[columns]\n\"capacity.staff.total\" = \"总数\"\n\"capacity.staff.full_time\" = \"专职\"\n\"capacity.staff.part_time\" = \"兼职\"\n";
    fs::write(folder.path().join("map.toml"), map).unwrap();
    let args = [
        "20*.csv",
        "--columns",
        "map.toml",
        "--out",
        "out.jsonl",
        "--form",
        "nine-category",
    ];
    let (out, _) = run(&folder, &args, 1);
    assert!(
        out.contains("2017.csv 1") && out.contains("共审核2个文件、2条记录"),
        "{out}"
    );
    let lines = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert_eq!(
        lines.lines().filter(|line| line.contains("R801")).count(),
        1
    );
    fs::write(
        folder.path().join("map.toml"),
        map.replace("staff.total", "stuff"),
    )
    .unwrap();
    assert!(
        run(&folder, &args, 2)
            .1
            .contains("没有指标“capacity.stuff”")
    );
}

#[test]
fn the_form_is_told_by_the_columns_or_asked_for() {
    let folder = folder();
    let national = xxgk::forms()
        .iter()
        .filter(|form| form.id().starts_with("national"));
    let keys: Vec<Vec<&str>> = national
        .map(|form| form.indicators().iter().map(|it| it.key()).collect())
        .collect();
    let both = keys[0].iter().find(|key| keys[1].contains(key)).unwrap();
    fs::write(folder.path().join("tie.csv"), format!("{both}\n1\n")).unwrap();
    let (_, err) = run(&folder, &["tie.csv"], 2);
    assert!(
        err.contains("--form") && err.contains("national-2019, national-2021"),
        "{err}"
    );
    fs::write(folder.path().join("none.csv"), "a,b\n1,2\n").unwrap();
    assert!(
        run(&folder, &["none.csv"], 2)
            .1
            .contains("没有一列对应任何表式的指标")
    );
    // A file without a column of the form is refused, and the others are checked.
    let (out, err) = run(&folder, &["none.csv", "b.csv"], 2);
    assert!(
        out.contains("（nine-category）") && err.contains("none.csv"),
        "{out}{err}"
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder();
    let mut rows = HEADER.to_owned();
    for number in 0..40_000 {
        rows += &format!("机关{number},{},1,2\n", 3 + u32::from(number % 100 == 0));
    }
    fs::write(folder.path().join("many.csv"), rows).unwrap();
    let of = |jobs: &str| {
        let (out, _) = run(
            &folder,
            &["many.csv", "--jobs", jobs, "--out", "out.jsonl"],
            1,
        );
        (
            out,
            fs::read_to_string(folder.path().join("out.jsonl")).unwrap(),
        )
    };
    let one = of("1");
    assert_eq!(one.1.lines().count(), 400);
    assert!(one == of("2"));
}

/// The header of a table of the nine-category form, each column called by its label; where that stands twice, with what it stands
/// under.
fn labels() -> Vec<String> {
    let form = xxgk::forms().iter().find(|it| it.id() == "nine-category");
    let form = form.unwrap();
    let rows = form.rows().iter().filter(|row| !row.cells().is_empty());
    let label = |row: &xxgk::form::Row| match row.code().split('.').next() {
        Some("4") if row.code() != "4" => format!("四、行政复议数量/{}", row.label()),
        Some("5") if row.code() != "5" => format!("行政诉讼数量-{}", row.name()),
        _ => row.label().to_owned(),
    };
    rows.map(label).collect()
}

fn zeros(labels: &[String]) -> String {
    let quoted: Vec<String> = labels.iter().map(|it| format!("\"{it}\"")).collect();
    let zeros = vec!["0"; labels.len()].join(",");
    format!("{}\n{zeros}\n{zeros}\n", quoted.join(","))
}

#[test]
fn columns_by_the_official_labels() {
    let folder = folder();
    fs::write(folder.path().join("labels.csv"), zeros(&labels())).unwrap();
    let output = whole(&folder, &["labels.csv"]);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(
        out.contains("无法判定0处") && out.contains("（nine-category）"),
        "{out}{err}"
    );

    // One label for two indicators is not guessed at.
    let ambiguous = zeros(&labels()).replace("四、行政复议数量/(二)", "(二)");
    fs::write(folder.path().join("labels.csv"), ambiguous).unwrap();
    let output = whole(&folder, &["labels.csv"]);
    assert_eq!(output.status.code(), Some(2));
    let err = text(&output.stderr);
    assert!(
        err.contains("“行政复议数量/被依法纠错数”“行政诉讼数量/被依法纠错数”"),
        "{err}"
    );
}

#[test]
fn a_file_whose_columns_are_called_otherwise_is_refused_with_the_nearest_names() {
    let folder = folder();
    let misspelt = labels().join("\n").replace("申请", "申清");
    let misspelt: Vec<String> = misspelt.lines().take(30).map(str::to_owned).collect();
    fs::write(folder.path().join("other.csv"), zeros(&misspelt)).unwrap();
    for args in [
        &["other.csv"][..],
        &["other.csv", "--form", "nine-category"],
    ] {
        let output = whole(&folder, args);
        assert_eq!(output.status.code(), Some(2));
        let err = text(&output.stderr);
        assert!(err.contains("“(一)收到申清数”可能是“收到申请数”"), "{err}");
    }
}

#[test]
fn a_template_is_a_mapping_for_the_file_that_it_was_written_for() {
    let folder = folder();
    let mut labels = labels();
    labels[17] = "当面来的申请".to_owned();
    fs::write(folder.path().join("labels.csv"), zeros(&labels)).unwrap();
    let output = whole(&folder, &["labels.csv", "--template"]);
    let template = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{template}");
    let off = "# \"requests.received.in_person\" = \"\"";
    assert!(template.contains(off), "{template}");
    assert!(template.contains("# \"当面来的申请\""), "{template}");
    let on = "\"requests.received.in_person\" = \"当面来的申请\"";
    fs::write(folder.path().join("map.toml"), template.replace(off, on)).unwrap();
    let output = whole(&folder, &["labels.csv", "--columns", "map.toml"]);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(out.contains("无法判定0处"), "{out}{err}");

    let output = whole(&folder, &["--template", "--form", "national-2021"]);
    assert!(text(&output.stdout).contains("= \"规章/本年制发件数\""));
    assert_eq!(whole(&folder, &["--template"]).status.code(), Some(2));
}

#[test]
fn what_stands_for_a_blank_and_what_is_no_number() {
    let folder = folder();
    let rows = format!("{HEADER}甲,\"1,003\",1,1002\n乙,NA,1,2\n丙,-,n/a,2\n丁,3,1.5,2\n");
    fs::write(folder.path().join("na.csv"), rows).unwrap();
    let found = |blank: &str| {
        let args = [
            "na.csv", "--key", "机关", "--out", "out.csv", "--blank", blank,
        ];
        run(&folder, &args, 1);
        let found = fs::read_to_string(folder.path().join("out.csv")).unwrap();
        let lines: Vec<String> = found.lines().skip(1).map(str::to_owned).collect();
        lines
    };
    let fraction = "na.csv,丁,S004,,capacity.staff.full_time";
    assert_eq!(found("NA,n/a,-"), [fraction]);
    assert_eq!(
        found("-"),
        [
            "na.csv,乙,S002,,capacity.staff.total",
            "na.csv,丙,S002,,capacity.staff.full_time",
            fraction,
        ]
    );
}

#[test]
fn a_record_that_is_there_twice_is_found() {
    let folder = folder();
    let mut rows = HEADER.to_owned();
    for number in 0..20_000 {
        rows += &format!("机关{},3,1,2\n", number % 19_998);
    }
    fs::write(folder.path().join("twice.csv"), rows).unwrap();
    let args = ["twice.csv", "--key", "机关", "--out", "out.csv"];
    let (out, _) = run(&folder, &args, 1);
    assert!(out.contains("twice.csv 机关0"), "{out}");
    let found = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    let found: Vec<&str> = found.lines().skip(1).collect();
    assert_eq!(found, ["twice.csv,机关0,S024,,", "twice.csv,机关1,S024,,"]);
    // The same agency in another file is another record.
    let one = format!("{HEADER}甲,3,1,2\n");
    for year in ["2016.csv", "2017.csv"] {
        fs::write(folder.path().join(year), &one).unwrap();
    }
    run(&folder, &["2016.csv", "2017.csv", "--key", "机关"], 0);
}

#[test]
fn csv_files_in_other_encodings() {
    let folder = folder();
    let rows = format!("{HEADER}甲市,4,1,2\n");
    let gb18030: Vec<u8> = rows
        .replace("机关", "\u{1}")
        .replace("甲市", "\u{2}")
        .bytes()
        .flat_map(|byte| match byte {
            1 => b"\xbb\xfa\xb9\xd8".to_vec(),
            2 => b"\xbc\xd7\xca\xd0".to_vec(),
            byte => vec![byte],
        })
        .collect();
    let marked = "\u{feff}".to_owned() + &rows;
    let utf_16 = marked.encode_utf16().flat_map(u16::to_be_bytes);
    for bytes in [gb18030.clone(), utf_16.collect()] {
        fs::write(folder.path().join("a.csv"), bytes).unwrap();
        let (out, _) = run(&folder, &["a.csv", "--key", "机关"], 1);
        assert!(out.contains("a.csv 甲市"), "{out}");
    }
    let broken = [&gb18030, &b"\xff\xff,1,1,1\n"[..]].concat();
    fs::write(folder.path().join("a.csv"), broken).unwrap();
    let (_, err) = run(&folder, &["a.csv", "--key", "机关"], 2);
    assert!(err.contains("第3行有损坏的字节"), "{err}");
}
