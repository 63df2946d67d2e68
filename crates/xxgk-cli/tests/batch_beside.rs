//! What `xxgk batch` holds records against that is not in them: the year before, a list of those that are expected, each other.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "机关,年度,requests.carried_in.total,requests.carried_out.total";

/// Rules of the national form, those of one table switched off: between years nothing is.
fn rules() -> String {
    let form = xxgk::forms().iter().find(|it| it.id() == "national-2021");
    let off = |id: &str| {
        format!("[[override]]\nrule = \"{id}\"\noff = {{ zh = \"例\", en = \"an example\" }}\n")
    };
    let rules = form.unwrap().rules().iter();
    let kept = |id: &&str| *id == "G303";
    let all: String = rules
        .map(|it| it.id())
        .filter(|id| !kept(id))
        .map(off)
        .collect();
    format!("extends = \"national-2021\"\n{all}")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.toml"), rules()).unwrap();
    for (name, lines) in files {
        fs::write(folder.path().join(name), format!("{HEADER}\n{lines}")).unwrap();
    }
    folder
}

#[track_caller]
fn run(folder: &TempDir, args: &[&str], code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    let always = [
        "batch",
        "--partial",
        "--form",
        "national-2021",
        "--rules",
        "rules.toml",
        "--key",
        "机关",
    ];
    let command = command.current_dir(folder).args(always).args(args);
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// What stands below the table of rules.
fn below(said: &str) -> &str {
    let end = said.rfind('┘').unwrap();
    said[end..].trim_start_matches(['┘', '\n'])
}

fn lines(folder: &TempDir, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.path().join(name)).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// Two years: carried in as it was carried out, not so, of an agency that is new, twice in the year before, without a key.
fn two_years() -> TempDir {
    folder(&[
        (
            "2022.csv",
            "甲,2022,0,5\n乙,2022,0,7\n丁,2022,1,1\n丁,2022,2,2\n戊,2022,0,\n",
        ),
        (
            "2023.csv",
            "甲,2023,5,0\n乙,2023,6,0\n丙,2023,1,0\n丁,2023,1,0\n,2023,1,0\n戊,2023,3,0\n",
        ),
    ])
}

#[test]
fn last_years_file_as_a_person_reads_it() {
    let folder = two_years();
    let args = ["2023.csv", "--previous", "2022.csv", "--out", "out.jsonl"];
    insta::assert_snapshot!("between_years_zh", below(&run(&folder, &args, 1)));
    let found = lines(&folder, "out.jsonl");
    assert_eq!(found.len(), 1, "{found:?}");
    let text = |name: &str| found[0][name].as_str().unwrap();
    assert_eq!(
        [text("record"), text("rule"), text("residual")],
        ["乙", "Y301[total]", "-1"]
    );
    let english = [&args[..], &["--lang", "en"]].concat();
    insta::assert_snapshot!("between_years_en", below(&run(&folder, &english, 1)));
    run(
        &folder,
        &[
            "2023.csv",
            "--previous",
            "2022.csv",
            "--counts",
            "--out",
            "out.csv",
        ],
        1,
    );
    let counts = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(counts.contains("\nY301[total],1,1,1\n"), "{counts}");
}

#[test]
fn several_years_of_one_file_are_told_apart_by_a_column() {
    let folder = folder(&[(
        "all.csv",
        "甲,2021,0,5\n甲,2022,5,7\n甲,2023,6,0\n甲,2025,1,0\n乙,2023,0,0\n乙,2023,0,0\n",
    )]);
    let said = run(
        &folder,
        &["all.csv", "--year", "年度", "--out", "out.jsonl"],
        1,
    );
    assert!(said.contains("与上年对照的记录2条"), "{said}");
    let found: Vec<String> = lines(&folder, "out.jsonl")
        .iter()
        .map(|it| {
            ["record", "year", "rule"]
                .map(|name| it[name].as_str().unwrap())
                .join(" ")
        })
        .collect();
    assert_eq!(found, ["甲 2023 Y301[total]", "乙 2023 S024"]);
    // Whatever the number of threads, and in other files too.
    let text = fs::read_to_string(folder.path().join("all.csv")).unwrap();
    let (one, other) = text.split_at(text.find("甲,2023").unwrap());
    fs::write(folder.path().join("one.csv"), one).unwrap();
    fs::write(
        folder.path().join("other.csv"),
        format!("{HEADER}\n{other}"),
    )
    .unwrap();
    let args = ["one.csv", "other.csv", "--year", "年度", "--jobs", "1"];
    let split = run(&folder, &args, 1);
    assert!(
        split.contains("other.csv 甲 2023") && split.contains("与上年对照的记录2条"),
        "{split}"
    );
}

#[test]
fn a_key_that_another_file_has_too_is_said_and_with_years_it_is_found() {
    let line = "甲,2023,0,0\n";
    let folder = folder(&[("a.csv", line), ("b.csv", line)]);
    let said = run(&folder, &["a.csv", "b.csv"], 0);
    assert!(
        said.contains("有1条记录的标识在前面的文件中也有，如 b.csv 甲。"),
        "{said}"
    );
    let said = run(&folder, &["a.csv", "b.csv", "--year", "年度"], 1);
    assert!(
        said.contains("S024") && said.contains("b.csv 甲 2023"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_with_last_years_file_is_said() {
    let folder = two_years();
    fs::write(
        folder.path().join("odd.csv"),
        "机关,requests.carried_out.total\n甲,many\n乙,-1\n",
    )
    .unwrap();
    let said = run(&folder, &["2023.csv", "--previous", "odd.csv"], 0);
    assert!(said.contains("odd.csv：有2个值不是指标能有的数，按空白处理，如第1条记录“requests.carried_out.total”列的“many”"), "{said}");
    assert!(said.contains("个指标没有对应的列，按空白处理"), "{said}");
    for (name, why) in [("none.csv", "没有这个文件"), ("rules.toml", "没有列“机关”")]
    {
        let said = run(&folder, &["2023.csv", "--previous", name], 2);
        assert!(said.contains(name) && said.contains(why), "{said}");
    }
    let before = fs::read(folder.path().join("2022.csv")).unwrap();
    run(
        &folder,
        &["2023.csv", "--previous", "2022.csv", "--out", "2022.csv"],
        2,
    );
    assert!(before == fs::read(folder.path().join("2022.csv")).unwrap());
}

#[test]
fn what_is_expected_is_missing_or_there() {
    let folder = folder(&[("a.csv", "甲,2023,0,0\n丙,2023,0,0\n=1+1,2023,0,0\n")]);
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put(
        "list.txt",
        "\u{feff}甲\r\n\r\n 乙 \n\u{1b}[31m丁\n".as_bytes(),
    );
    let args = ["a.csv", "--expect", "list.txt"];
    insta::assert_snapshot!("expected_zh", below(&run(&folder, &args, 1)));
    let english = [&args[..], &["--lang", "en"]].concat();
    insta::assert_snapshot!("expected_en", below(&run(&folder, &english, 1)));
    // The column of the key, else the first; in the encoding of Excel.
    put("key.csv", "编号,机关\n1,甲\n2,丙\n3,=1+1\n".as_bytes());
    let said = run(&folder, &["a.csv", "--expect", "key.csv", "--strict"], 0);
    assert!(said.contains("名单3个，没有缺少的。"), "{said}");
    put(
        "first.CSV",
        b"\xc3\xfb\xb3\xc6,no\n\xbc\xd7,1\n\xb1\xfb,2\n",
    );
    let said = run(&folder, &["a.csv", "--expect", "first.CSV"], 0);
    assert!(said.contains("不在名单中的记录1条：a.csv =1+1"), "{said}");
    run(&folder, &["a.csv", "--expect", "first.CSV", "--strict"], 1);
    put("empty.txt", b"\n");
    for (name, why) in [("empty.txt", "名单是空的"), ("none.txt", "没有这个文件")] {
        let said = run(&folder, &["a.csv", "--expect", name], 2);
        assert!(said.contains(why), "{said}");
    }
    // What is in a file that was not read is not missing.
    put("b.csv", format!("{HEADER}\n乙,2023\n").as_bytes());
    let said = run(&folder, &["a.csv", "b.csv", "--expect", "list.txt"], 2);
    assert!(said.contains("缺少哪些不能判断"), "{said}");
}
