//! A log of SARIF is what its schema says, and no place in it is a lie.

mod support;

use serde_json::Value;
use support::formats::{asked, report, table, written};
use xxgk::{Lang, Report, Within};
use xxgk_show::sarif::Sarif;

/// The log, as the types made of the official schema read it, and as it is.
#[track_caller]
fn log(reports: &[Report], lang: Lang) -> Value {
    let text = written(Sarif::new(asked(lang, true)), reports);
    let read: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    assert_eq!(read.runs.len(), 1);
    serde_json::from_str(&text).unwrap()
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

#[track_caller]
fn result<'l>(log: &'l Value, rule: &str) -> &'l Value {
    results(log).iter().find(|it| it["ruleId"] == rule).unwrap()
}

#[test]
fn a_finding_is_a_result_of_a_rule_that_says_what_it_rests_on() {
    let log = log(&[report("reports/a.txt", &table())], Lang::En);
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    for found in results(&log) {
        let index = found["ruleIndex"].as_u64().unwrap();
        assert_eq!(
            rules[usize::try_from(index).unwrap()]["id"],
            found["ruleId"]
        );
    }
    let levels = |rule| result(&log, rule)["level"].as_str().unwrap();
    assert_eq!(
        [
            levels("R301"),
            levels("R204"),
            levels("R801"),
            levels("S008")
        ],
        ["error", "warning", "note", "warning"]
    );
    let rule = rules.iter().find(|it| it["id"] == "R204").unwrap();
    let shown = [rule, result(&log, "R204")].map(|it| format!("{it:#}"));
    insta::assert_snapshot!("sarif_en", shown.join("\n"));
}

#[test]
fn a_region_holds_the_text_that_it_says() {
    let text = table();
    let log = log(&[report("a.txt", &text)], Lang::Zh);
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let mut seen = 0;
    for found in results(&log) {
        let related = found["relatedLocations"].as_array().into_iter().flatten();
        for location in related.chain(found["locations"].as_array().unwrap()) {
            let region = &location["physicalLocation"]["region"];
            let at = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
            assert_eq!(at("startLine"), at("endLine"));
            let line = &lines[at("startLine") - 1];
            let marked: String = line[at("startColumn") - 1..at("endColumn") - 1]
                .iter()
                .collect();
            assert_eq!(region["snippet"]["text"], *marked);
            seen += 1;
        }
    }
    assert!(seen > 10);
}

#[test]
fn a_file_that_is_no_text_has_cells_and_no_lines() {
    let mut report = report("年报/表.xlsx", &table());
    for cell in report.findings.iter_mut().flat_map(|it| &mut it.cells) {
        if let Some(place) = &mut cell.place {
            place.within = Some(Within::Cell {
                sheet: "附件".into(),
                row: place.line,
                column: 3,
            });
        }
    }
    let log = log(&[report], Lang::Zh);
    let found = result(&log, "R204");
    let location = &found["locations"][0];
    assert_eq!(
        location["physicalLocation"],
        serde_json::json!({"artifactLocation": {"uri": "%E5%B9%B4%E6%8A%A5/%E8%A1%A8.xlsx"}})
    );
    assert_eq!(
        location["logicalLocations"],
        serde_json::json!([{"fullyQualifiedName": "附件!C80", "kind": "cell"}])
    );
    assert!(
        found["message"]["text"]
            .as_str()
            .unwrap()
            .starts_with("附件!C80：")
    );
}

#[test]
fn a_finding_is_known_again_when_lines_move_and_figures_change() {
    let text = table();
    let moved = format!("某某年度报告\n\n{}", text.replacen("\n34 |", "\n35 |", 1));
    let prints = |text: &str| {
        let log = log(&[report("a.txt", text)], Lang::Zh);
        let of = |it: &Value| {
            let print = it["partialFingerprints"]["xxgkFinding/v1"].as_str();
            (
                it["ruleId"].as_str().unwrap().to_owned(),
                print.unwrap().to_owned(),
            )
        };
        results(&log).iter().map(of).collect::<Vec<_>>()
    };
    let (before, after) = (prints(&text), prints(&moved));
    // The text says 34 too, which is a finding more.
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|it| after.contains(it)));
    let mut different: Vec<&String> = before.iter().map(|(_, print)| print).collect();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), before.len());
}

#[test]
fn two_editions_of_a_form_may_have_rules_of_one_id() {
    let mut report = report("a.txt", &table());
    report.form = Some("national-2021".into());
    report.corrections.clear();
    report.findings.retain(|it| &*it.rule == "R204");
    report.findings[0].rule = "G401".into();
    let log = log(&[report], Lang::Zh);
    let index = results(&log)[0]["ruleIndex"].as_u64().unwrap();
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][usize::try_from(index).unwrap()];
    assert_eq!(
        (&rule["id"], &rule["properties"]["tags"][0]),
        (&"G401".into(), &"national-2021".into())
    );
}

#[test]
fn an_input_that_cannot_be_read_is_a_result_of_a_run_that_did_not_succeed() {
    let good = include_str!("../../../tests/data/jilin-2017/cells-piped.txt");
    let log = log(&[report("a.txt", good), report("-", "没有表")], Lang::Zh);
    let unread = result(&log, "S020");
    assert_eq!(unread["level"], "error");
    let uri = &unread["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "stdin:");
    let run = &log["runs"][0]["invocations"][0];
    assert_eq!(run["executionSuccessful"], false);
    assert_eq!(
        run["toolExecutionNotifications"][0]["message"]["text"],
        "无法读取1处，原因见审核结果。"
    );
}

#[test]
fn a_run_without_findings_has_no_results() {
    let log = log(&[], Lang::En);
    assert_eq!(results(&log), [Value::Null; 0]);
    assert_eq!(
        log["runs"][0]["invocations"][0]["executionSuccessful"],
        true
    );
}

#[test]
fn nothing_in_a_cell_or_a_name_becomes_a_link() {
    let mut report = report("[a](b).txt", &table());
    for finding in &mut report.findings {
        finding.message.zh = "请看[说明](https://example.org/)".to_owned();
    }
    let log = log(&[report], Lang::Zh);
    for found in results(&log) {
        let said = found["message"]["text"].as_str().unwrap();
        assert!(
            said.contains("[说明] (https") && !said.contains("]("),
            "{said}"
        );
    }
}
