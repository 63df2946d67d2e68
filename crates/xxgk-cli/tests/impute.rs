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
