//! What a table is held against: the report of the year before, the level above.

mod support;

use serde_json::Value;
use support::{YEARS, code, folder, jsonl, root, run, sample};

#[test]
fn last_years_figure_explains_what_is_wrong() {
    let text = std::fs::read_to_string(root().join(YEARS[1])).unwrap();
    let folder = folder(&[(
        "2024.md",
        text.replacen("| 3440 |", "| 3402 |", 1).as_bytes(),
    )]);
    let path = folder.path().join("2024.md");
    let corrections = |args: &[&str]| {
        let report = &jsonl(&[args, &[path.to_str().unwrap()]].concat())[0];
        report["corrections"].clone()
    };
    let expected = |diagnosis: Value| {
        serde_json::json!([{
            "rules": ["G301[natural_person]", "G303[requests.received]"],
            "certainty": "determined",
            "sets": [{
                "cells": [{ "key": "requests.received.natural_person", "from": "3402", "to": "3440" }],
                "diagnosis": diagnosis,
            }],
        }])
    };
    assert_eq!(corrections(&[]), expected(serde_json::json!([])));
    assert_eq!(
        corrections(&["--previous", YEARS[0]]),
        expected(serde_json::json!(["last_year"]))
    );
    let report = &jsonl(&[path.to_str().unwrap()])[0];
    let instances = report["findings"].as_array().unwrap().iter();
    let instances: Vec<_> = instances
        .map(|it| it["instance"].as_str().unwrap())
        .collect();
    assert_eq!(
        instances,
        ["G301[natural_person]", "G303[requests.received]"]
    );
}

#[test]
fn a_table_is_compared_with_the_year_before() {
    let report = &jsonl(&["--previous", YEARS[0], YEARS[1]])[0];
    assert_eq!(
        (
            report["verdict"].as_str(),
            report["counts"]["rules"].as_u64()
        ),
        (Some("consistent"), Some(46 + 9))
    );
    let text = std::fs::read_to_string(root().join(YEARS[1])).unwrap();
    let changed = text.replace(
        "| 118 | 3 | 0 | 0 | 0 | 0 | 121 |",
        "| 117 | 4 | 0 | 0 | 0 | 0 | 121 |",
    );
    let folder = folder(&[("2024.md", changed.as_bytes())]);
    let path = folder.path().join("2024.md");
    let (output, shown) = run(&["check", "--previous", YEARS[0], path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(
        "previous_zh",
        shown.replace(&folder.path().display().to_string(), "DIR")
    );
    // Another year than the one before, or one that cannot be read.
    assert_eq!(code(&["check", "--previous", YEARS[1], YEARS[0]]), 2);
    assert_eq!(code(&["check", "--previous", "none.txt", YEARS[1]]), 2);
    assert_eq!(code(&["check", "--previous", "Cargo.toml", YEARS[1]]), 2);
}

#[test]
fn a_roll_up_names_what_is_missing_and_what_explains_a_difference() {
    let one = sample();
    // All that adds is twice as much; but for the staff, which one part has counted twice.
    let doubled: String = one
        .lines()
        .map(|line| {
            match line
                .strip_suffix(" |")
                .and_then(|it| it.parse::<f64>().ok())
            {
                Some(number) => format!("{} |\n", 2.0 * number),
                None => format!("{line}\n"),
            }
        })
        .collect();
    let manifest = "parent = \"city.txt\"\n[[child]]\nname = \"甲县\"\nfile = \"a.txt\"\n[[child]]\nname = \"乙县\"\nfile = \"b.txt\"\n";
    let folder = folder(&[
        ("city.txt", doubled.as_bytes()),
        ("a.txt", one.as_bytes()),
        ("b.txt", one.as_bytes()),
        ("whole.toml", manifest.as_bytes()),
        (
            "part.toml",
            manifest.replace("file = \"b.txt\"\n", "").as_bytes(),
        ),
    ]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let rollup = |args: &[&str]| {
        let args = [&["rollup", "--format", "jsonl"], args].concat();
        let (output, text) = run(&args);
        (
            output.status.code().unwrap(),
            serde_json::from_str::<Value>(&text).unwrap(),
        )
    };
    let (city, a, b) = (path("city.txt"), path("a.txt"), path("b.txt"));
    let (code, report) = rollup(&[&city, &a, &b]);
    assert_eq!(
        (code, report["counts"]["failed"].as_u64()),
        (0, Some(0)),
        "{report}"
    );
    let (code, report) = rollup(&["--manifest", &path("part.toml")]);
    assert_eq!(
        (code, report["findings"][0]["rule"].as_str()),
        (1, Some("U002"))
    );
    let (code, report) = rollup(&[&a, &a, &b]);
    assert_eq!(code, 1);
    assert!(
        report["findings"][0]["cells"][1]["source"]
            .as_str()
            .unwrap()
            .ends_with("a.txt")
    );
    let (_, shown) = run(&["rollup", "--manifest", &path("whole.toml")]);
    assert!(shown.contains("强制性问题0处"), "{shown}");
    std::fs::write(
        folder.path().join("city.txt"),
        doubled.replace("6 |", "9 |"),
    )
    .unwrap();
    let (_, shown) = run(&["rollup", "--manifest", &path("whole.toml")]);
    insta::assert_snapshot!(
        "rollup_zh",
        shown.replace(&folder.path().display().to_string(), "DIR")
    );
}

/// What a report is to be held against must be of the year before, of the same agency, and the only one of its file.
#[test]
fn a_report_that_is_not_that_of_the_year_before_is_said() {
    let [before, this] = YEARS.map(|path| std::fs::read_to_string(root().join(path)).unwrap());
    let files = [
        ("undated.txt", before.replace("2023年", "")),
        ("other.txt", before.replace("某市2023年", "某县2023年")),
        (
            "short.txt",
            before.replace("某市2023年", "某市人民政府2023年"),
        ),
        (
            "two.txt",
            format!("{before}\n{}", before.replace("2023年", "2022年")),
        ),
        ("twice.txt", format!("{before}\n{before}")),
        ("this.md", this),
    ];
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let folder = folder(&files);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (name, status, said) in [
        ("undated.txt", 2, "没有写明年度"),
        ("other.txt", 2, "填报单位不同"),
        ("twice.txt", 2, "不能确定是哪一张"),
        ("short.txt", 0, ""),
        ("two.txt", 0, ""),
    ] {
        let (output, _) = run(&["check", "--previous", &path(name), &path("this.md")]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{name}: {errors}");
        assert!(errors.contains(said), "{name}: {errors}");
    }
    // The level above has to be one table, too; a part that is none is as good as missing.
    let (output, _) = run(&["rollup", &path("two.txt"), &path("this.md")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("有2张统计表")
    );
    let (output, shown) = run(&[
        "rollup",
        &path("this.md"),
        &path("two.txt"),
        &path("short.txt"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(shown.contains("U002") && shown.contains("U003"), "{shown}");
}
