//! `xxgk collect`, and `check` over folders and patterns.

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;
use support::{folder, root, run, xxgk};
use tempfile::TempDir;

const LIST: &str =
    "名称,上级,别名\n某区,,\n某区教育局,某区,教育局、区教委\n某区民政局,某区,\n某区财政局,某区,\n";

fn seed(year: u16, agency: &str) -> String {
    let path = format!("tests/data/suqian-{year}/rows-piped.txt");
    let text = fs::read_to_string(root().join(path)).unwrap();
    text.replacen("某市", agency, 1)
}

/// What agencies have filed, with what an office finds beside it.
fn filed() -> TempDir {
    let page = |text: &str| format!("<html><pre>{}</pre></html>", text.replace('<', "&lt;"));
    let wrong = seed(2024, "某区教育局").replacen("| 3440 |", "| 3402 |", 1);
    let hostile = seed(2024, "=cmd()").replacen("=cmd()", "\u{202e}<b>=cmd", 1);
    folder(&[
        ("收件/教育局/2024.html", page(&wrong).as_bytes()),
        ("收件/民政局2024年.txt", seed(2024, "某区民政局").as_bytes()),
        ("收件/财政局.txt", "没有表".as_bytes()),
        ("收件/\u{1b}[31m\u{202e}=cmd.txt", hostile.as_bytes()),
        ("收件/~$某局.docx", b"lock"),
        ("收件/说明.png", b"\x89PNG\r\n\x1a\n"),
        (
            "上年/某区教育局2023年.txt",
            seed(2023, "某区教育局").as_bytes(),
        ),
        (
            "上年/某区民政局2023年.txt",
            seed(2023, "某区民政局").as_bytes(),
        ),
        ("名单.csv", LIST.as_bytes()),
    ])
}

#[track_caller]
fn collect(folder: &Path, args: &[&str]) -> (Output, String, String) {
    let args = [&["collect", "收件"], args].concat();
    let output = xxgk(&args).current_dir(folder).output().unwrap();
    let [out, err] =
        [&output.stdout, &output.stderr].map(|it| String::from_utf8(it.clone()).unwrap());
    (output, out, err)
}

fn sheet(path: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn text(rows: &[Vec<Data>]) -> String {
    let line = |row: &Vec<Data>| {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_an_office_sends_back() {
    let folder = filed();
    let args = [
        "-o",
        "收件/清单.xlsx",
        "--agencies",
        "名单.csv",
        "--previous",
        "上年",
        "--letters",
        "收件/审核单",
    ];
    let (output, out, err) = collect(folder.path(), &args);
    assert_eq!(output.status.code(), Some(2), "{err}");
    insta::assert_snapshot!("collect_says", format!("{out}\n{err}"));
    let path = folder.path().join("收件/清单.xlsx");
    for name in ["总览", "问题清单", "年度衔接", "汇总核对", "跳过的文件"] {
        insta::assert_snapshot!(format!("collect_{name}"), text(&sheet(&path, name)));
    }
    assert_eq!(sheet(&path, "数据").len(), 1 + 5);
    // What the command itself has written is not read: the next run says the same.
    let bytes = fs::read(&path).unwrap();
    let (_, again, _) = collect(folder.path(), &args);
    assert_eq!(again, out);
    assert!(fs::read(&path).unwrap() == bytes);
    assert!(!folder.path().join("收件/清单.xlsx.partial").exists());
}

#[test]
fn letters_are_inert_and_have_safe_names() {
    let folder = filed();
    let (_, out, err) = collect(folder.path(), &["-o", "a.xlsx", "--letters", "审核单"]);
    let letters = fs::read_dir(folder.path().join("审核单")).unwrap();
    let mut names = Vec::new();
    for letter in letters {
        let path = letter.unwrap().path();
        let page = fs::read_to_string(&path).unwrap();
        assert!(page.contains("审核单") && !page.contains("<b>=cmd") && !page.contains("<script"));
        names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        for text in [&page, &out, &err, names.last().unwrap()] {
            assert!(!text.contains(['\u{202e}', '\u{1b}']), "{path:?}: {text}");
        }
    }
    names.sort();
    assert_eq!(
        names,
        [
            "b=cmd.html",
            "某区教育局.html",
            "某区民政局.html",
            "财政局.html"
        ]
    );
}

/// A list is the same as a workbook, as CSV in an old encoding, and in TOML.
#[test]
fn a_list_may_be_a_workbook_csv_or_toml() {
    let folder = filed();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(LIST.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save(folder.path().join("名单.xlsx")).unwrap();
    let agencies = LIST.lines().skip(1).map(|line| {
        let [name, parent, aliases] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let parent = match parent {
            "" => String::new(),
            parent => format!("parent = \"{parent}\"\n"),
        };
        let aliases: Vec<&str> = aliases.split('、').filter(|it| !it.is_empty()).collect();
        format!("[[agency]]\nname = \"{name}\"\n{parent}aliases = {aliases:?}\n")
    });
    fs::write(
        folder.path().join("名单.toml"),
        agencies.collect::<String>(),
    )
    .unwrap();
    let said = ["名单.csv", "名单.xlsx", "名单.toml"].map(|list| {
        let output = format!("{list}.xlsx");
        let (_, out, err) = collect(folder.path(), &["-o", &output, "--agencies", list]);
        assert!(out.contains("已写出"), "{err}");
        fs::read(folder.path().join(output)).unwrap()
    });
    assert!(said[0] == said[1] && said[1] == said[2]);
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_written() {
    let folder = filed();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("圈.csv"), "名称,上级\n甲,乙\n乙,甲\n").unwrap();
    fs::write(path("错.toml"), "[[agency]]\nnane = \"甲\"\n").unwrap();
    fs::create_dir(path("空")).unwrap();
    let mut said = Vec::new();
    for args in [
        &["-o", "a.csv"][..],
        &["-o", "没有/a.xlsx"],
        &["-o", "a.xlsx", "--agencies", "没有.csv"],
        &["-o", "a.xlsx", "--agencies", "圈.csv"],
        &["-o", "a.xlsx", "--agencies", "错.toml"],
        &["-o", "a.xlsx", "--previous", "名单.csv"],
    ] {
        let (output, out, err) = collect(folder.path(), args);
        assert_eq!(
            (output.status.code(), out.as_str()),
            (Some(2), ""),
            "{args:?}"
        );
        said.push(format!("{args:?}\n{err}"));
    }
    let empty = xxgk(&["collect", "空", "-o", "a.xlsx"]);
    let empty = { empty }.current_dir(folder.path()).output().unwrap();
    assert_eq!(empty.status.code(), Some(2));
    insta::assert_snapshot!(said.join("\n"));
    assert!(!path("a.xlsx").exists() && !path("a.csv").exists());
    // What was there before stays, where the new one cannot be written.
    let (output, _, err) = collect(folder.path(), &["-o", "空"]);
    assert_eq!(output.status.code(), Some(2), "{err}");
}

#[test]
fn a_folder_is_checked_against_a_folder() {
    let folder = filed();
    let check = |args: &[&str]| {
        let args = [&["check"], args].concat();
        let output = xxgk(&args).current_dir(folder.path()).output().unwrap();
        let code = output.status.code();
        (
            code,
            [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap()),
        )
    };
    fs::write(folder.path().join("收件/新局.txt"), seed(2024, "新局")).unwrap();
    let (code, [out, err]) = check(&["收件", "--previous", "上年", "--format", "jsonl"]);
    assert_eq!(code, Some(2));
    // The relations between years are counted where there was a report of the year before.
    let compared: Vec<bool> = out.lines().map(|it| it.contains("\"rules\":55")).collect();
    assert_eq!(compared.iter().filter(|it| **it).count(), 2, "{out}");
    assert!(
        err.contains("2个文件没有对应的上年报告，没有核对年度之间的关系：")
            && err.contains("新局.txt"),
        "{err}"
    );
    assert!(
        err.contains("跳过2个不是报告的文件：收件/~$某局.docx、收件/说明.png"),
        "{err}"
    );
    // A pattern that no shell has expanded.
    let (code, [out, _]) = check(&["收件/*年.txt", "--format", "jsonl"]);
    assert_eq!((code, out.lines().count()), (Some(0), 1), "{out}");
    let (code, [_, err]) = check(&["收件/*.docx", "收件/民政局2024年.txt"]);
    assert_eq!(code, Some(0));
    assert!(
        err.contains("跳过1个不是报告的文件：收件/~$某局.docx"),
        "{err}"
    );
    assert_eq!(check(&["没有*.txt"]).0, Some(2));
    // Many names are cut, unless all are asked for.
    for number in 0..9 {
        fs::write(folder.path().join(format!("收件/{number}.jpg")), b"x").unwrap();
    }
    let (_, [_, err]) = check(&["收件"]);
    assert!(
        err.contains("跳过11个不是报告的文件：") && err.contains('等'),
        "{err}"
    );
    let (_, [_, err]) = check(&["收件", "--verbose"]);
    assert!(err.contains("8.jpg") && !err.contains('等'), "{err}");
}

#[test]
fn help_is_there() {
    let (output, text) = run(&["collect", "--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text.contains("退回修改清单") && text.contains("--letters"));
}
