//! The text around a table: what is held against it, left out, and shown as understood.

mod support;

use serde_json::Value;
use support::{code, folder, jsonl, root, sample, xxgk};

#[test]
fn the_text_is_left_out_on_demand() {
    let wrong = sample().replace("收到申请27件", "收到申请28件");
    let folder = folder(&[("wrong.txt", wrong.as_bytes())]);
    let path = folder.path().join("wrong.txt");
    let path = path.to_str().unwrap();
    let [report] = &jsonl(&[path])[..] else {
        panic!("one report")
    };
    let finding = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["rule"] == "N001")
        .unwrap();
    assert_eq!(finding["claim"]["line"], 10);
    assert_eq!(finding["claim"]["text"], "共收到申请28件");
    assert_eq!(finding["cells"][0]["line"], 86);
    assert_eq!(
        [&finding["left"], &finding["right"], &finding["difference"]],
        ["28", "27", "1"]
    );
    assert_eq!(report["claims"]["contradict"], 1);
    assert_eq!(code(&["check", path]), 1);
    assert_eq!(code(&["check", "--prose=off", path]), 0);
    let [report] = &jsonl(&["--prose=off", path])[..] else {
        panic!("one report")
    };
    assert_eq!(report["claims"], Value::Null);
}

#[test]
fn what_was_understood_of_the_text_is_shown_on_demand() {
    let text = sample().replacen(
        "附件",
        "四、依申请公开情况\n2017年,本机关收到政府信息公开申请27件。市公安局收到申请9件。上半年收到申请5件。\n附件",
        1,
    );
    let folder = folder(&[("report.txt", text.as_bytes())]);
    let shown = |args: &[&str]| {
        let args = [&["check"], args, &["report.txt"]].concat();
        let output = xxgk(&args).current_dir(folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!shown(&[]).contains("正文中的说法"));
    let claims = |text: String| {
        let lines = text.lines().skip_while(|line| !line.ends_with(['：', ':']));
        lines.map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!("claims_zh", claims(shown(&["--verbose"])));
    insta::assert_snapshot!("claims_en", claims(shown(&["--verbose", "--lang", "en"])));
    assert!(!shown(&["--verbose", "--prose=off"]).contains("正文中的说法"));
}

#[test]
fn the_report_as_a_whole_is_left_out_on_demand() {
    let table =
        std::fs::read_to_string(root().join("tests/data/suqian-2023/rows-piped.txt")).unwrap();
    let (title, table) = table.split_once('\n').unwrap();
    let parts = "一、总体情况\n工作平稳。\n二、主动公开政府信息情况\n见下。\n三、收到和处理政府信息公开申请情况\n见下。\n";
    let folder = folder(&[("report.txt", format!("{title}\n{parts}{table}").as_bytes())]);
    let rules = |args: &[&str]| {
        let args = [&["check", "--format", "json"], args, &["report.txt"]].concat();
        let output = xxgk(&args).current_dir(folder.path()).output().unwrap();
        let reports: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = reports[0]["findings"].as_array().unwrap().clone();
        let rules = findings
            .iter()
            .map(|it| it["rule"].as_str().unwrap().to_owned());
        rules
            .filter(|rule| rule.starts_with('D'))
            .collect::<Vec<_>>()
    };
    assert!(rules(&[]).contains(&"D001".to_owned()), "{:?}", rules(&[]));
    assert_eq!(rules(&["--report=off"]), [""; 0]);
}
