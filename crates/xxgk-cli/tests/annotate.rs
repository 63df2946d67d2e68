//! `xxgk annotate`: the copy appears whole or not at all, and what could not be marked is told.

mod support;

use std::fs;
use std::path::Path;

use support::{folder, root, xxgk};

const WRONG: &str = "crates/xxgk-read/tests/office/docx-n9-small-wrong.docx";

fn annotate(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = xxgk(&[&["annotate"], args].concat())
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn wrong() -> Vec<u8> {
    fs::read(root().join(WRONG)).unwrap()
}

#[test]
fn the_copy_is_beside_the_file_and_reads_as_it_does() {
    let folder = folder(&[("a.docx", &wrong())]);
    let (code, said) = annotate(folder.path(), &["a.docx", "-o", "b.docx"]);
    assert_eq!((code, &*said), (Some(1), "xxgk: b.docx：批注6处\n"));
    let check = |name: &str| {
        let output = xxgk(&["extract", name, "--format", "csv"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().replace(name, "")
    };
    assert_eq!(check("a.docx"), check("b.docx"));
    assert_eq!(fs::read(folder.path().join("a.docx")).unwrap(), wrong());
    let names = fs::read_dir(folder.path()).unwrap();
    assert_eq!(names.count(), 2, "nothing else is left");
    let (code, said) = annotate(folder.path(), &["--lang", "en", "a.docx", "-o", "c.docx"]);
    assert_eq!(
        (code, &*said),
        (Some(1), "xxgk: c.docx: annotated at 6 places\n")
    );
}

#[test]
fn the_file_itself_is_never_written() {
    let folder = folder(&[("a.docx", &wrong())]);
    fs::create_dir(folder.path().join("d")).unwrap();
    for same in ["a.docx", "./a.docx", "d/../a.docx"] {
        let (code, said) = annotate(folder.path(), &["a.docx", "-o", same]);
        assert_eq!(code, Some(2));
        assert!(said.contains("不能写到原文件上"), "{said}");
    }
    assert_eq!(fs::read(folder.path().join("a.docx")).unwrap(), wrong());
}

#[test]
fn without_a_table_or_in_another_format_there_is_no_copy() {
    let text = fs::read(root().join(support::SAMPLE)).unwrap();
    let folder = folder(&[
        ("a.txt", &text),
        ("b.txt", "这里没有表。".as_bytes()),
        ("c.docx", &wrong()[..2000]),
    ]);
    for (name, what) in [
        (
            "a.txt",
            "TXT 文件中不能加批注。请用 xxgk check --format html",
        ),
        ("b.txt", "没有"),
        ("c.docx", "已损坏"),
        ("d.docx", "没有这个文件"),
    ] {
        let (code, said) = annotate(folder.path(), &[name, "-o", "out"]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(what), "{said}");
        assert!(!folder.path().join("out").exists());
    }
    let (_, said) = annotate(folder.path(), &["a.txt", "-o", "out", "--lang", "en"]);
    assert!(said.contains("TXT files are not annotated."), "{said}");
}

#[test]
fn a_copy_that_cannot_be_written_leaves_nothing() {
    let folder = folder(&[("a.docx", &wrong())]);
    let (code, said) = annotate(folder.path(), &["a.docx", "-o", "no/b.docx"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("无法写出"), "{said}");
}

#[test]
fn what_has_no_certain_place_is_told() {
    let page = "<div><p>政府信息公开情况统计表(2017年度)</p>2017年，共收到政府信息公开申请35件。</div><table>\
        <tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>\
        <tr><td>(一)收到申请数</td><td>件</td><td>27</td></tr>\
        <tr><td>1.当面申请数</td><td>件</td><td>27</td></tr>\
        <tr><td>2.传真申请数</td><td>件</td><td>0</td></tr>\
        <tr><td>3.网络申请数</td><td>件</td><td>0</td></tr>\
        <tr><td>4.信函申请数</td><td>件</td><td>0</td></tr>\
        <tr><td>(二)申请办结数</td><td>件</td><td>27</td></tr>\
        <tr><td>1.按时办结数</td><td>件</td><td>27</td></tr>\
        <tr><td>2.延期办结数</td><td>件</td><td>0</td></tr></table>";
    let folder = folder(&[("a.html", page.as_bytes())]);
    let (code, said) = annotate(folder.path(), &["a.html", "-o", "b.html"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("以下问题不能确定在文件中的位置"), "{said}");
    assert!(said.contains("\nxxgk: 第2段：强制性审核："), "{said}");
}
