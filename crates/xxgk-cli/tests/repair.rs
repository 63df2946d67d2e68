//! What `xxgk repair` prints, and how it ends.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SAMPLE: &str = "tests/data/jilin-2017/cells-piped.txt";

/// A figure that can have one value, a sum in which any figure may be wrong, and with the rule one that can have several.
const RULES: &str = r#"
extends = "nine-category"

[[rule]]
id = "H001"
severity = "hard"
statement = "capacity.reading_points >= 2"
basis = { zh = "本市规定:至少设两个查阅点", en = "house rule: two reading points at least" }
"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sample() -> String {
    std::fs::read_to_string(root().join(SAMPLE)).unwrap()
}

fn wrong() -> String {
    let received = |count: u64| format!("(一)收到申请数 |\n件 |\n{count} |");
    sample().replacen(&received(27), &received(72), 1)
}

fn very_wrong() -> String {
    let upheld = |count: u64| format!("(一)维持具体行政行为数 |\n件 |\n{count} |");
    wrong().replacen(&upheld(0), &upheld(3), 1)
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn xxgk(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    command
        .current_dir(folder)
        .args(args)
        .env_remove("CLICOLOR_FORCE");
    command
}

/// What it prints and says, and how it ends.
#[track_caller]
fn run(folder: &Path, args: &[&str]) -> (String, String, i32) {
    let Output {
        stdout,
        stderr,
        status,
    } = xxgk(folder, args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(stdout), text(stderr), status.code().unwrap())
}

/// The same, of a text on standard input.
#[track_caller]
fn given(text: &str, args: &[&str]) -> (String, i32) {
    let mut child = xxgk(&root(), args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(text.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let code = output.status.code().unwrap();
    (String::from_utf8(output.stdout).unwrap(), code)
}

/// The tables in a text: the year and the cells of each.
#[track_caller]
fn tables(text: &str) -> Vec<(Value, Value)> {
    let (text, _) = given(text, &["extract", "--format", "jsonl", "-"]);
    let tables = text.lines().map(|line| {
        let table: Value = serde_json::from_str(line).unwrap();
        (table["year"].clone(), table["cells"].clone())
    });
    tables.collect()
}

#[test]
fn what_was_changed_as_a_person_reads_it() {
    let folder = folder(&[
        ("wrong.txt", very_wrong().as_bytes()),
        ("rules.toml", RULES.as_bytes()),
    ]);
    let repair = |args: &[&str]| {
        let args = [&["repair", "--rules", "rules.toml", "wrong.txt"], args].concat();
        run(folder.path(), &args)
    };
    let (table, said, code) = repair(&[]);
    assert_eq!(code, 1);
    assert!(!said.contains('\u{1b}'));
    insta::assert_snapshot!("repair_table", table);
    insta::assert_snapshot!("repair_zh", said);
    insta::assert_snapshot!("repair_en", repair(&["--lang", "en"]).1);
    let (unique, said, _) = repair(&["--apply", "unique"]);
    insta::assert_snapshot!("repair_unique_zh", said);
    insta::assert_snapshot!(
        "repair_unique_en",
        repair(&["--lang", "en", "--apply", "unique"]).1
    );
    let points = |count| format!("(二)设置政府信息公开查阅点数 | 个 | {count} |");
    assert_eq!(table.replacen(&points("1"), &points(""), 1), unique);
}

#[test]
fn the_corrected_table_is_the_original() {
    let folder = folder(&[("wrong.txt", wrong().as_bytes())]);
    let (table, _, code) = run(folder.path(), &["repair", "wrong.txt"]);
    assert_eq!(code, 0);
    assert_eq!(tables(&table), tables(&sample()));
    assert_eq!(given(&table, &["check", "-"]).1, 0);
    // There is nothing more to correct.
    assert_eq!(given(&table, &["repair", "-"]), (table, 0));
}

#[test]
fn as_programs_read_it() {
    let folder = folder(&[
        ("wrong.txt", very_wrong().as_bytes()),
        ("rules.toml", RULES.as_bytes()),
        ("none.txt", "这里没有表。".as_bytes()),
    ]);
    let json = |args: &[&str]| {
        let args = [&["repair", "--format", "json"], args].concat();
        let (text, said, code) = run(folder.path(), &args);
        let array: Value = serde_json::from_str(&text).unwrap();
        (array, said, code)
    };
    let args = ["--apply", "unique", "--rules", "rules.toml", "wrong.txt"];
    let (mut array, said, code) = json(&args);
    assert_eq!((array.as_array().unwrap().len(), &*said, code), (1, "", 1));
    let (text, _, _) = run(folder.path(), &[&["repair"], &args[..]].concat());
    assert_eq!(array[0]["cells"].take(), tables(&text)[0].1);
    insta::assert_snapshot!("repair_json", serde_json::to_string_pretty(&array).unwrap());

    let (array, said, code) = json(&["none.txt"]);
    assert_eq!((&array[0]["verdict"], code), (&"unreadable".into(), 2));
    assert_eq!(array[0]["cells"], Value::Null);
    assert!(said.contains("没有找到"), "{said}");
    let (lines, _, _) = run(folder.path(), &["repair", "--format", "jsonl", "wrong.txt"]);
    assert_eq!(lines.lines().count(), 1);
}

#[test]
fn several_tables_of_several_years() {
    let of = |year: u16| {
        std::fs::read_to_string(root().join(format!("tests/data/synthetic/{year}.txt"))).unwrap()
    };
    let national = root().join("tests/data/suqian-2023/rows-piped.txt");
    let national = std::fs::read_to_string(national).unwrap();
    let right = [of(2015), of(2016), national].concat();
    let sums = [("1776111534", "1776111543"), ("| 3402 |", "| 3420 |")];
    let wrong = sums.iter().fold(right.clone(), |text, (sum, other)| {
        text.replacen(sum, other, 1)
    });
    let folder = folder(&[("wrong.txt", wrong.as_bytes())]);
    let (text, said, code) = run(folder.path(), &["repair", "wrong.txt"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(said.matches("已改").count(), 2, "{said}");
    assert!(
        said.contains("1776111543") && said.contains("第3张"),
        "{said}"
    );
    let found = tables(&text);
    assert_eq!(found.len(), 3);
    assert_eq!(found, tables(&right));
}

#[test]
fn a_page_and_a_workbook() {
    let rows: String = [
        ("统计指标", "单位", "统计数"),
        ("(一)收到申请数", "件", "28"),
        ("1.当面申请数", "件", "27"),
        ("2.传真申请数", "件", "0"),
        ("3.网络申请数", "件", "0"),
        ("4.信函申请数", "件", "0"),
        ("(二)申请办结数", "件", "27"),
        ("1.按时办结数", "件", "27"),
        ("2.延期办结数", "件", "0"),
        ("(三)申请答复数", "件", "27"),
    ]
    .iter()
    .map(|(label, unit, value)| format!("<tr><td>{label}<td>{unit}<td>{value}"))
    .collect();
    let page = format!("<h1>2017年政府信息公开工作年度报告</h1><table>{rows}</table>");
    let folder = folder(&[("page.html", page.as_bytes())]);
    let (text, said, _) = run(folder.path(), &["repair", "page.html"]);
    insta::assert_snapshot!("repair_page", said.split("\n\n").next().unwrap());
    assert!(text.contains("| (一)收到申请数 | 件 | 27 |"), "{text}");
    let (json, _, _) = run(folder.path(), &["repair", "--format", "json", "page.html"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let place = &json[0]["changes"][0]["place"];
    assert_eq!(
        [&place["table"], &place["row"], &place["column"]],
        [1, 2, 3]
    );

    let book = "fuzz/seeds/xls/small.xls";
    let (text, _, code) = run(&root(), &["repair", book]);
    let (cells, _, _) = run(&root(), &["extract", "--format", "jsonl", book]);
    let cells: Value = serde_json::from_str(&cells).unwrap();
    assert_eq!(
        tables(&text),
        [(cells["year"].clone(), cells["cells"].clone())]
    );
    // Parts of the form are missing there.
    assert_eq!(code, 1);
}

#[test]
fn what_stands_beside_the_table() {
    let folder = folder(&[("right.txt", sample().as_bytes())]);
    let code = |args: &[&str]| run(folder.path(), &[&["repair", "right.txt"], args].concat()).2;
    assert_eq!(code(&[]), 0);
    // What is received or answered is another figure then.
    assert_eq!(code(&["--carried-out", "2"]), 1);
    assert_eq!(code(&["--carried-in", "2", "--carried-out", "2"]), 0);

    let two = "统计指标 | 单位 | 部门统计数 | 社区统计数\n".to_owned()
        + &["(一)收到申请数 | 件 | 28 | 9", "1.当面申请数 | 件 | 27 | 9"].join("\n")
        + "\n2.传真申请数 | 件 | 0 | 0\n3.网络申请数 | 件 | 0 | 0\n4.信函申请数 | 件 | 0 | 0\n"
        + "(二)申请办结数 | 件 | 27 | 9\n1.按时办结数 | 件 | 27 | 9\n2.延期办结数 | 件 | 0 | 0\n"
        + "(三)申请答复数 | 件 | 27 | 9\n";
    let (text, _) = given(&two, &["repair", "--column", "部门统计数", "-"]);
    assert!(text.contains("收到申请数 | 件 | 27 |\n"), "{text}");
    let (text, _) = given(&two, &["repair", "-"]);
    assert!(text.contains("收到申请数 | 件 | 9 |\n"), "{text}");

    let years = [
        "tests/data/suqian-2023/rows-piped.txt",
        "tests/data/suqian-2024/markdown.md",
    ];
    let after = |before: &str| {
        let (text, said, code) = run(&root(), &["repair", "--previous", before, years[1]]);
        assert_eq!(text.is_empty(), before == "none.txt");
        (said, code)
    };
    assert_eq!(after(years[0]).1, 0);
    let (said, code) = after(years[1]);
    assert!(said.contains("年度不相邻") && code == 2, "{said}");
    let (said, code) = after("none.txt");
    assert!(said.contains("none.txt") && code == 2, "{said}");
}

#[test]
fn exit_codes() {
    let folder = folder(&[
        ("very.txt", very_wrong().as_bytes()),
        ("prose.txt", "这里没有表。".as_bytes()),
    ]);
    let code = |args: &[&str]| run(folder.path(), &[&["repair"], args].concat()).2;
    assert_eq!(code(&["very.txt"]), 1);
    assert_eq!(code(&["prose.txt"]), 2);
    assert_eq!(code(&["none.txt"]), 2);
    assert_eq!(code(&["--apply", "all", "very.txt"]), 2);
    assert_eq!(code(&["very.txt", "very.txt"]), 2);
    assert_eq!(code(&[]), 2);
    assert_eq!(run(&root(), &["repair", SAMPLE]).2, 0);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let many = sample().repeat(200);
    let folder = folder(&[("many.txt", many.as_bytes())]);
    let mut child = xxgk(folder.path(), &["repair", "--format", "jsonl", "many.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
