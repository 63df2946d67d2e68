//! Every line is a command of ours, and what it says is what was found.

mod support;

use support::formats::{asked, report, table, written};
use xxgk::{Lang, Report, Within};
use xxgk_show::github::Github;

/// A command as the runner of GitHub takes it apart: its name, its properties, its message.
type Command = (String, Vec<(String, String)>, String);

fn command(line: &str) -> Command {
    let rest = line.strip_prefix("::").unwrap();
    let (head, message) = rest.split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let decoded = |text: &str, pairs: &[(&str, &str)]| {
        let text = pairs
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        text.replace("%25", "%")
    };
    let lines = [("%0D", "\r"), ("%0A", "\n")];
    let all = [lines[0], lines[1], ("%3A", ":"), ("%2C", ",")];
    let property = |text: &str| {
        let (name, value) = text.split_once('=').unwrap();
        (name.to_owned(), decoded(value, &all))
    };
    let properties = properties.split(',').map(property).collect();
    (name.to_owned(), properties, decoded(message, &lines))
}

fn commands(reports: &[Report], verbose: bool) -> Vec<Command> {
    let text = written(Github::new(asked(Lang::Zh, verbose)), reports);
    text.lines().map(command).collect()
}

#[test]
fn what_is_corrected_together_is_one_command() {
    let text = written(
        Github::new(asked(Lang::Zh, true)),
        &[report("a.txt", &table())],
    );
    insta::assert_snapshot!("github_zh", text);
    let text = written(
        Github::new(asked(Lang::En, false)),
        &[report("a.txt", &table())],
    );
    insta::assert_snapshot!("github_en", text);
}

#[test]
fn only_a_text_has_lines() {
    let mut report = report("表.docx", &table());
    report.findings.retain(|it| &*it.rule == "R204");
    report.corrections.clear();
    for cell in &mut report.findings[0].cells {
        cell.place.as_mut().unwrap().within = Some(Within::Table {
            page: None,
            table: 1,
            row: 12,
            column: 3,
        });
    }
    let (_, properties, message) = commands(&[report], false).remove(0);
    let names: Vec<&str> = properties.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["file", "title"]);
    assert!(message.starts_with("表1第12行第3列："), "{message}");
}

#[test]
fn standard_input_is_no_file() {
    let mut report = report("-", &table());
    report.table = Some(2);
    for (_, properties, message) in commands(&[report], false) {
        assert!(properties.iter().all(|(name, _)| name == "title"));
        assert!(message.starts_with("标准输入（第2张表）："), "{message}");
    }
}

#[test]
fn nothing_in_a_cell_or_a_name_begins_a_command() {
    let source = "a,title=b:c%0A\r\n::error file=x::y.txt";
    let said =
        "甲::乙\r\n::set-output name=x::y\n##[error]z%0A\u{2028}::stop-commands::t\u{1b}[31m";
    let mut wrong = report(source, &table());
    for finding in &mut wrong.findings {
        finding.message.zh = said.to_owned();
    }
    let plain = commands(&[report("a.txt", &table())], false);
    let hostile = commands(&[wrong], false);
    assert_eq!(hostile.len(), plain.len());
    for ((name, properties, message), (as_before, ..)) in hostile.iter().zip(&plain) {
        assert_eq!(name, as_before);
        assert_eq!(properties[0], ("file".to_owned(), source.to_owned()));
        let shown = said.replace(['\u{2028}', '\u{1b}'], "\u{fffd}");
        assert!(message.ends_with(&shown), "{message}");
    }
}
