//! What the script of the page gets of a file.

use serde_json::Value;
use xxgk::Lang;
use xxgk_web::{check, tables};

const JILIN: &[u8] = include_bytes!("../../../tests/data/jilin-2017/cells-piped.txt");
const WRONG: &[u8] = include_bytes!("../../xxgk-read/tests/office/docx-n21-upright-wrong.docx");

#[test]
fn text() {
    let found = tables("甲.txt", JILIN, Lang::Zh);
    let [table] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!((table.class, table.hard, table.soft), ("query", 0, 1));
    assert_eq!(table.verdict, "需要核实");
    assert_eq!(table.which, "2017年");
    assert!(
        table.summary.starts_with("28条规则，27条符合"),
        "{}",
        table.summary
    );
    assert!(table.view.contains("id=\"t1\""));
    assert!(table.text.contains("\n须核实：\n1．"), "{}", table.text);
}

#[test]
fn a_wrong_cell() {
    let found = tables("乙.docx", WRONG, Lang::Zh);
    let table = &found[0];
    assert_eq!(table.class, "inconsistent");
    for said in [&table.view, &table.sheet, &table.text] {
        assert!(said.contains("986") && said.contains("本机关不掌握相关政府信息"));
    }
    let found = tables("b.docx", WRONG, Lang::En);
    assert!(
        found[0].text.contains("Verdict: inconsistent. "),
        "{}",
        found[0].text
    );
}

#[test]
fn what_cannot_be_read_has_its_reason() {
    let found = tables("丙.png", b"\x89PNG\r\n\x1a\n", Lang::Zh);
    assert_eq!((found.len(), found[0].class), (1, "unreadable"));
    assert!(found[0].summary.contains("这是图片"));
    assert!(found[0].text.contains("这是图片"));
    let found = tables("丁.txt", "没有表格的一句话。".as_bytes(), Lang::Zh);
    assert_eq!((found.len(), found[0].class), (1, "unreadable"));
}

#[test]
fn several_tables_are_counted() {
    let found = tables("戊.txt", &[JILIN, b"\n\n", JILIN].concat(), Lang::Zh);
    let ids = ["id=\"t1\"", "id=\"t2\""];
    assert_eq!(found.len(), 2);
    for (table, id) in found.iter().zip(ids) {
        assert!(table.view.contains(id) && table.which.contains('第'));
    }
}

#[test]
fn names_are_inert() {
    let name = "<img src=x onerror=alert(1)>\u{202e}.txt";
    for file in [JILIN, b"\x89PNG\r\n\x1a\n"] {
        let json: Value = serde_json::from_str(&check(name, file, false)).unwrap();
        for html in ["view", "sheet"] {
            let html = json[0][html].as_str().unwrap();
            assert!(!html.contains("<img") && html.contains("&lt;img"), "{html}");
            assert!(!html.contains('\u{202e}'));
        }
        assert!(!json[0]["text"].as_str().unwrap().contains('\u{202e}'));
    }
}
