//! What `xxgk impute` fills in, says and prints, and how it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use xxgk::edit::impute;
use xxgk::{Options, Record, Table, nine_category::NineCategory, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A report without three figures: one follows from its sum, one from others, and one may be anything.
fn blank() -> String {
    let path = root().join("tests/data/jilin-2017/rows-piped.txt");
    let mut text = fs::read_to_string(path).unwrap();
    for (from, to) in [
        ("收到申请数 | 件 | 27", "收到申请数 | 件 | "),
        ("兼职人员数 | 人 | 3", "兼职人员数 | 人 | "),
        ("接受培训人员数 | 人次 | ", "接受培训人员数 | 人次 | 空"),
    ] {
        assert!(text.contains(from), "{from}");
        let at = text.find(from).unwrap();
        let end = text[at..].find('\n').map_or(text.len(), |it| at + it);
        text.replace_range(at..end, to.trim_end_matches('空'));
    }
    text
}

/// What it prints and says, and how it ends.
fn run(text: &str, args: &[&str]) -> (String, String, i32) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    let command = command.current_dir(&folder).arg("impute").args(args);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        text(output.stdout),
        text(output.stderr),
        output.status.code().unwrap(),
    )
}

fn record(text: &str) -> Record {
    let forms = std::slice::from_ref(NineCategory::form());
    let options = Options::default();
    let mut tables = read(text, forms, &options);
    tables.find_map(|it| it.record).unwrap()
}

#[test]
fn what_follows_from_the_rules_is_filled_in_and_said() {
    let (table, said, code) = run(&blank(), &["a.txt"]);
    insta::assert_snapshot!("impute_zh", format!("{said}\n=> {code}"));
    let (english, said, _) = run(&blank(), &["a.txt", "--lang", "en"]);
    insta::assert_snapshot!("impute_en", said);
    assert_eq!(table, english);
    // What is printed reads back to what was filled in.
    assert_eq!(record(&table), impute(&record(&blank())).record);
    let (again, said, _) = run(&table, &["a.txt"]);
    assert!(
        again == table && said.contains("共补填0处，另有1处空白"),
        "{said}"
    );
}

#[test]
fn as_json_it_is_what_the_library_gives() {
    let (json, _, code) = run(&blank(), &["a.txt", "--format", "jsonl"]);
    let object: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(object["schema"], "xxgk/impute/1");
    let form = NineCategory::form();
    let record = record(&blank());
    let imputation = impute(&record);
    let key = |cell: usize| form.indicator(cell).unwrap().key();
    let filled = object["filled"].as_array().unwrap();
    assert_eq!(filled.len(), imputation.filled.len());
    for (said, filled) in filled.iter().zip(&imputation.filled) {
        assert_eq!(said["key"], key(filled.cell));
        assert_eq!(
            said["value"]
                .as_str()
                .map(str::to_owned)
                .unwrap_or(said["value"].to_string()),
            filled.value.to_string()
        );
        let rules: Vec<&str> = filled.rules.iter().map(|it| &**it).collect();
        assert_eq!(said["rules"], serde_json::json!(rules));
    }
    let open = object["open"].as_array().unwrap();
    assert_eq!(open.len(), imputation.open.len());
    // As large as anything is no number.
    assert_eq!(
        (&open[0]["key"], &open[0]["max"]),
        (&key(imputation.open[0].cell).into(), &Value::Null)
    );
    assert_eq!(
        object["cells"],
        serde_json::to_value(&imputation.record).unwrap()
    );
    assert_eq!(code, 0);
}

#[test]
fn nothing_is_derived_from_what_is_in_doubt_and_what_is_no_table_is_said() {
    let doubtful = blank().replacen("当面申请数 | 件 | ", "当面申请数 | 件 | 9", 1);
    let (_, said, code) = run(&doubtful, &["a.txt"]);
    assert_eq!(code, 1, "{said}");
    assert!(!said.contains("“收到申请数”空白，只能是"), "{said}");
    let (table, said, code) = run("没有表", &["a.txt"]);
    assert_eq!((table.as_str(), code), ("", 2), "{said}");
    let (json, said, code) = run("没有表", &["a.txt", "--format", "json"]);
    assert_eq!(code, 2, "{said}");
    assert_eq!(
        serde_json::from_str::<Value>(&json).unwrap()[0]["cells"],
        Value::Null
    );
}

#[test]
fn what_was_filled_in_is_no_longer_said_to_be_missing_and_the_rest_is() {
    let row = |name: &str, value: &str| format!("{name};件;{value}\n");
    let rows: String = [
        ("收到申请数", "27"),
        ("当面申请数", ""),
        ("传真申请数", "0"),
        ("网络申请数", "0"),
        ("信函申请数", "0"),
        ("申请办结数", "27"),
        ("按时办结数", ""),
        ("延期办结数", ""),
    ]
    .map(|(name, value)| row(name, value))
    .concat();
    let (_, said, _) = run(
        &format!("政府信息公开情况统计表（2017年度）\n{rows}"),
        &["a.txt"],
    );
    // 申请答复数 has no row, and is filled in as 申请办结数.
    let missing = said.lines().filter(|it| it.contains("缺少行"));
    let missing: Vec<&str> = missing.collect();
    assert_eq!(missing.len(), 2, "{said}");
    for line in missing {
        assert!(!line.contains("申请答复数"), "{line}");
    }
    for (name, is_said) in [("当面", false), ("按时", true), ("延期", true)] {
        let words = if name == "当面" {
            "申请数"
        } else {
            "办结数"
        };
        let blank = format!("[S008]: “{name}{words}”空白");
        assert_eq!(said.contains(&blank), is_said, "{said}");
    }
}

#[test]
fn many_blanks_of_which_one_is_filled_in_are_still_told() {
    let path = root().join("tests/data/jilin-2017/rows-piped.txt");
    let text = fs::read_to_string(path).unwrap();
    // All is blank but a sum and all of its parts save one.
    let mut blanks = 0;
    let lines = text.lines().map(
        |line| match line.trim_end_matches(" |").rsplit_once(" | ") {
            Some((row, value)) if value.trim().chars().all(|c| c.is_ascii_digit()) => {
                let keep = ["收到申请数", "传真", "网络", "信函"];
                match keep.iter().any(|it| row.contains(it)) {
                    true => line.to_owned(),
                    false => {
                        blanks += 1;
                        format!("{row} |  |")
                    }
                }
            }
            _ => line.to_owned(),
        },
    );
    let text = lines.collect::<Vec<_>>().join("\n");
    assert!(blanks > 20, "{blanks}");
    let (_, said, _) = run(&text, &["a.txt"]);
    assert!(said.contains("“当面申请数”空白，只能是27件"), "{said}");
    assert!(said.contains("[S008]"), "{said}");
}
