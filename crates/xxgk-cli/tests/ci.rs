//! The formats that programs for CI show: the same findings, the same exit status, and samples that work.

mod support;

use serde_json::Value;
use support::{SAMPLE, code, folder, root, run, sample, xxgk};

const FORMATS: [&str; 3] = ["sarif", "junit", "github"];

fn wrong() -> String {
    let right = "(一)收到申请数 |\n件 |\n27 |";
    assert!(sample().contains(right));
    sample().replacen(right, "(一)收到申请数 |\n件 |\n28 |", 1)
}

#[test]
fn the_exit_status_is_that_of_every_format() {
    let folder = folder(&[("wrong.txt", wrong().as_bytes()), ("none.txt", b"-")]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    for format in FORMATS {
        let code = |args: &[&str]| code(&[&["check", "--format", format], args].concat());
        assert_eq!(code(&[SAMPLE]), 0, "{format}");
        assert_eq!(code(&["--strict", SAMPLE]), 1, "{format}");
        assert_eq!(code(&[&path("wrong.txt")]), 1, "{format}");
        assert_eq!(code(&[SAMPLE, &path("none.txt")]), 2, "{format}");
        assert_eq!(code(&[&path("no such file")]), 2, "{format}");
    }
}

#[test]
fn many_inputs_are_one_run() {
    let folder = folder(&[
        ("a.txt", wrong().as_bytes()),
        ("b.txt", sample().as_bytes()),
        ("c.txt", b"-"),
    ]);
    let shown = |format: &str, more: &[&str]| {
        let args = [&["check", "--format", format], more, &["."]].concat();
        let output = xxgk(&args).current_dir(folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let sarif: Value = serde_json::from_str(&shown("sarif", &[])).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let file =
        |it: &Value| it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    let mut files: Vec<Value> = results.iter().map(file).collect();
    files.dedup();
    assert_eq!(files, ["a.txt", "b.txt", "c.txt"]);
    let junit = shown("junit", &[]);
    assert_eq!(junit.matches("<testsuite ").count(), 3);
    insta::assert_snapshot!("github_zh", shown("github", &[]));
    insta::assert_snapshot!(
        "github_en",
        shown("github", &["--lang", "en", "--prose=off"])
    );
}

#[test]
fn a_roll_up_has_no_tests() {
    let (output, text) = run(&["rollup", "--format", "junit", SAMPLE, SAMPLE]);
    assert_eq!((output.status.code(), text.as_str()), (Some(2), ""));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        said,
        "xxgk: 汇总没有 junit 格式，请用 sarif、github 或 json\n"
    );
    let (_, text) = run(&["rollup", "--format", "sarif", SAMPLE, SAMPLE]);
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}

#[cfg(unix)]
#[test]
fn a_file_name_is_no_command_and_no_escape() {
    let name = "a\n::error::x\u{1b}[31m\u{202e}.txt";
    let folder = folder(&[(name, wrong().as_bytes())]);
    for format in FORMATS {
        let output = xxgk(&["check", "--format", format, name])
            .current_dir(folder.path())
            .output();
        let text = String::from_utf8(output.unwrap().stdout).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format}");
        assert!(
            !text.lines().any(|line| line.starts_with("::error::")),
            "{format}"
        );
    }
}

/// The commands of a sample, without where their output goes.
fn commands(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    let command = |line: &str| -> Option<Vec<String>> {
        let (_, command) = line.split_once("xxgk check ")?;
        let command = command.split(" > ").next()?;
        Some(command.split(' ').map(str::to_owned).collect())
    };
    text.lines().filter_map(command).collect()
}

#[test]
fn the_samples_call_the_command_as_it_is() {
    let folder = folder(&[("reports/2017.txt", sample().as_bytes())]);
    let mut formats: Vec<&str> = Vec::new();
    for file in ["examples/ci/github.yml", "examples/ci/gitlab.yml"] {
        for command in commands(file) {
            let args: Vec<&str> = ["check"]
                .into_iter()
                .chain(command.iter().map(String::as_str))
                .collect();
            let output = xxgk(&args).current_dir(folder.path()).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{file}: {args:?}");
            formats.extend(FORMATS.into_iter().filter(|it| args.contains(it)));
        }
    }
    formats.sort_unstable();
    assert_eq!(formats, ["github", "junit", "sarif"]);
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        assert!(text.contains("examples/ci/github.yml") && text.contains("examples/ci/gitlab.yml"));
    }
}

/// What pre-commit would hand over: the files of its pattern, each a kind that the command reads.
#[test]
fn the_hook_is_for_the_files_that_are_read() {
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    assert!(hooks.contains("entry: xxgk check\n"));
    let pattern = hooks
        .lines()
        .find_map(|line| line.trim().strip_prefix("files: "));
    let pattern = pattern.unwrap().trim_matches('\'');
    let names = pattern
        .strip_prefix("(?i)\\.(")
        .and_then(|it| it.strip_suffix(")$"))
        .unwrap();
    let (_, formats) = run(&["formats"]);
    for name in names.split('|') {
        assert!(
            formats.to_lowercase().contains(name),
            "{name} is in no line of `xxgk formats`"
        );
    }
}
