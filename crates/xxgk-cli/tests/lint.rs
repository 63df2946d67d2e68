//! What `xxgk lint` prints, and how it ends.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A region's rules: one follows from another, two contradict those of the form, one of them a soft one, one asks for
/// nothing.
const HOUSE: &str = r#"extends = "nine-category"
id = "somewhere"

[[rule]]
id = "H001"
severity = "hard"
statement = "capacity.staff.full_time <= capacity.staff.total"
basis = { zh = "本市要求", en = "house rule" }

[[rule]]
id = "H002"
severity = "hard"
statement = "requests.closed.total = requests.answered.total + 1"
basis = { zh = "本市要求", en = "house rule" }

[[rule]]
id = "H003"
severity = "soft"
statement = "capacity.staff.part_time > capacity.staff.total"
basis = { zh = "本市要求", en = "house rule" }

[[rule]]
id = "H004"
severity = "soft"
statement = "fees >= 0"
basis = { zh = "本市要求", en = "house rule" }

[[rule]]
id = "H005"
severity = "hard"
statement = "complaints <= 100"
basis = { zh = "本市要求", en = "house rule" }
"#;

/// A form of three cells.
const SMALL: &str = r#"id = "small"
title = "小表"
source = "-"
first_year = 2000
last_year = 2001
row = [
    { code = "1", key = "a", label = "甲", unit = "件", kind = "count" },
    { code = "2", key = "b", label = "乙", unit = "件", kind = "count" },
    { code = "3", key = "c", label = "丙", unit = "件", kind = "count" },
]

[[rule]]
id = "A1"
severity = "hard"
statement = "a = b + 3"
basis = { zh = "-", en = "-" }
"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rule = |id: &str, severity: &str, statement: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nseverity = \"{severity}\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"-\", en = \"-\" }}\n"
        )
    };
    for (name, text) in [
        ("house.toml", HOUSE.to_owned()),
        ("small.toml", SMALL.to_owned()),
        ("more.toml", rule("A2", "hard", "a >= b")),
        ("fixed.toml", rule("A2", "hard", "c = 7")),
        ("never.toml", rule("A2", "soft", "2 * a = 2 * b + 1")),
        ("wrong.toml", rule("A2", "hard", "a >= d")),
        ("alone.toml", rule("H001", "hard", "fees <= 100")),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[track_caller]
fn lint(folder: &TempDir, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xxgk"))
        .current_dir(folder)
        .arg("lint")
        .args(args)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

#[test]
fn the_rules_of_a_region_as_a_person_reads_it() {
    let folder = folder();
    let (code, text, _) = lint(&folder, &["house.toml"]);
    assert_eq!(code, 1);
    assert!(!text.contains('\u{1b}'));
    insta::assert_snapshot!("lint_zh", text);
    let (code, text, _) = lint(&folder, &["house.toml", "--lang", "en"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_en", text);
}

#[test]
fn the_built_in_forms() {
    let folder = folder();
    let (code, text, _) = lint(&folder, &[]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("lint_built_in", text);
    // What no rule speaks of is a note, what follows from others is none.
    assert_eq!(lint(&folder, &["--strict", "nine-category"]).0, 0);
    assert_eq!(lint(&folder, &["--strict", "national-2021"]).0, 1);
    assert_eq!(lint(&folder, &["--strict", "--form", "national-2021"]).0, 1);
}

#[test]
fn a_place_is_one_of_the_file_that_the_rule_stands_in() {
    let folder = folder();
    let (code, text, _) = lint(&folder, &["house.toml", "--format", "jsonl"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&text).unwrap();
    let remark = &report["remarks"][0];
    assert_eq!(remark["kind"], "contradiction");
    assert_eq!(remark["rules"], serde_json::json!(["R305", "H002"]));
    let places = remark["places"].as_array().unwrap();
    let sources: Vec<&str> = places
        .iter()
        .map(|it| it["source"].as_str().unwrap())
        .collect();
    assert_eq!(sources, ["nine-category", "house.toml"]);
    let built_in = xxgk::FILES
        .iter()
        .find(|(id, _)| *id == "nine-category")
        .unwrap()
        .1;
    for (place, text, statement) in [
        (
            &places[0],
            built_in,
            "requests.answered.total = requests.closed.total",
        ),
        (
            &places[1],
            HOUSE,
            "requests.closed.total = requests.answered.total + 1",
        ),
    ] {
        let [line, column] = ["line", "column"].map(|key| place[key].as_u64().unwrap() as usize);
        let line = text.lines().nth(line - 1).unwrap();
        assert!(
            line[column - 1..].starts_with(&format!("\"{statement}\"")),
            "{line}"
        );
    }
}

#[test]
fn a_file_of_rules_for_a_form() {
    let folder = folder();
    let of = |rules: &str| ["--form", "small.toml", rules, "--format", "json"].map(str::to_owned);
    let (code, text, _) = lint(&folder, &of("more.toml").each_ref().map(|it| &**it));
    assert_eq!(code, 0);
    insta::assert_snapshot!("lint_json", text);
    let args = of("more.toml");
    let strict = [&args.each_ref().map(|it| &**it)[..], &["--strict"]].concat();
    assert_eq!(lint(&folder, &strict).0, 1);
    // A cell that can have one value only may be meant so.
    let (code, text, _) = lint(&folder, &["--form", "small.toml", "fixed.toml", "--strict"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("lint_fixed", text);
    // A soft rule that no table satisfies.
    assert_eq!(lint(&folder, &["--form", "small.toml", "never.toml"]).0, 1);
}

#[test]
fn what_cannot_be_read() {
    let folder = folder();
    let (code, text, errors) = lint(&folder, &["missing.toml", "house.toml", "no-form"]);
    assert_eq!(code, 2);
    assert!(text.contains("H002"), "the others are linted: {text}");
    assert!(
        errors.contains("missing.toml") && errors.contains("no-form"),
        "{errors}"
    );
    let (code, text, errors) = lint(&folder, &["--form", "small.toml", "wrong.toml"]);
    assert_eq!((code, &*text), (2, ""));
    assert!(errors.contains("wrong.toml:4:19"), "{errors}");
    // Rules of which it is not said what form they are for.
    let (code, text, errors) = lint(&folder, &["alone.toml", "--lang", "en"]);
    assert_eq!((code, &*text), (2, ""));
    assert!(errors.contains("say which form"), "{errors}");
    let (code, _, errors) = lint(&folder, &["alone.toml", "--form", "nine-category"]);
    assert_eq!((code, &*errors), (0, ""));
    assert_eq!(lint(&folder, &["--format", "yaml"]).0, 2);
}

#[test]
fn one_report_a_form() {
    let folder = folder();
    let (_, text, _) = lint(&folder, &["--format", "jsonl"]);
    let forms: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<&str> = forms
        .iter()
        .map(|it| it["form"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["nine-category", "national-2019", "national-2021"]);
    assert!(forms.iter().all(|it| it["schema"] == "xxgk/lint/1"));
    let (_, text, _) = lint(&folder, &["--format", "json"]);
    assert_eq!(serde_json::from_str::<Vec<Value>>(&text).unwrap(), forms);
    assert_eq!(forms[0]["ranges"].as_array().unwrap().len(), 58);
}
