//! What the script of the page gets of a file.

use serde_json::Value;
use xxgk_web::{Checker, List};

const JILIN: &[u8] = include_bytes!("../../../tests/data/jilin-2017/cells-piped.txt");
const WRONG: &[u8] = include_bytes!("../../xxgk-read/tests/office/docx-n21-upright-wrong.docx");

#[test]
fn text() {
    let found = Checker::new(false).tables("甲.txt", JILIN);
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
    let found = Checker::new(false).tables("乙.docx", WRONG);
    let table = &found[0];
    assert_eq!(table.class, "inconsistent");
    for said in [&table.view, &table.sheet, &table.text] {
        assert!(said.contains("986") && said.contains("本机关不掌握相关政府信息"));
    }
    let found = Checker::new(true).tables("b.docx", WRONG);
    assert!(
        found[0].text.contains("Verdict: inconsistent. "),
        "{}",
        found[0].text
    );
}

#[test]
fn what_cannot_be_read_has_its_reason() {
    let found = Checker::new(false).tables("丙.png", b"\x89PNG\r\n\x1a\n");
    assert_eq!((found.len(), found[0].class), (1, "unreadable"));
    assert!(found[0].summary.contains("这是图片"));
    assert!(found[0].text.contains("这是图片"));
    let found = Checker::new(false).tables("丁.txt", "没有表格的一句话。".as_bytes());
    assert_eq!((found.len(), found[0].class), (1, "unreadable"));
}

#[test]
fn several_tables_are_counted() {
    let found = Checker::new(false).tables("戊.txt", &[JILIN, b"\n\n", JILIN].concat());
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
        let json: Value = serde_json::from_str(&Checker::new(false).check(name, file)).unwrap();
        for html in ["view", "sheet"] {
            let html = json[0][html].as_str().unwrap();
            assert!(!html.contains("<img") && html.contains("&lt;img"), "{html}");
            assert!(!html.contains('\u{202e}'));
        }
        assert!(!json[0]["text"].as_str().unwrap().contains('\u{202e}'));
    }
}

/// A table of one year: how many requests were received, how many settled.
fn year(year: u16, received: u32, settled: u32) -> String {
    let rows = format!(
        "收到申请数;件;{received}\n当面申请数;件;{received}\n传真申请数;件;0\n网络申请数;件;0\n信函申请数;件;0"
    );
    format!(
        "政府信息公开情况统计表({year}年度)\n{rows}\n申请办结数;件;{settled}\n按时办结数;件;{settled}\n延期办结数;件;0"
    )
}

#[test]
fn beside_the_report_of_the_year_before() {
    let table = year(2017, 12340, 12340);
    let mut checker = Checker::new(false);
    let alone = checker.tables("今年.txt", table.as_bytes());
    assert!(!alone[0].text.contains("去年"), "{}", alone[0].text);
    let said = checker.last_year("去年.txt", year(2016, 1234, 1234).as_bytes());
    assert_eq!(said, "");
    let beside = checker.tables("今年.txt", table.as_bytes());
    assert_eq!(beside[0].note, "");
    assert!(
        beside[0].soft > alone[0].soft && beside[0].text.contains("上年"),
        "{}",
        beside[0].text
    );
    // One of another year is not compared, and that is said.
    let other = checker.tables("前年.txt", year(2015, 99, 99).as_bytes());
    assert_eq!(other[0].note, "未与上年报告比较：年度不相邻。");
    // One that cannot be read takes the place of the one before it.
    let said = checker.last_year("去年.png", b"\x89PNG\r\n\x1a\n");
    assert!(said.contains("这是图片"), "{said}");
    let alone = checker.tables("今年.txt", table.as_bytes());
    assert_eq!(
        (&*alone[0].note, alone[0].text.contains("上年")),
        ("", false)
    );
}

#[test]
fn what_was_carried_over_is_told() {
    let mut checker = Checker::new(false);
    assert_eq!(checker.tables("甲.txt", JILIN)[0].hard, 0);
    checker.carried(5, 0);
    // 27 were settled, and five of these are of the year before.
    let table = &checker.tables("甲.txt", JILIN)[0];
    assert!(
        table.hard > 0 && table.text.contains("应为22件"),
        "{}",
        table.text
    );
    checker.carried(5, 5);
    assert_eq!(checker.tables("甲.txt", JILIN)[0].hard, 0);
    // A form that has rows for them is asked nothing else.
    let hard = |checker: &Checker| checker.tables("乙.docx", WRONG)[0].hard;
    assert_eq!(hard(&checker), hard(&Checker::new(false)));
}

#[test]
fn a_copy_with_comments_reads_as_the_file() {
    let checker = Checker::new(false);
    let copy = checker.annotate(WRONG).expect("a document of Word");
    assert_eq!(copy.left, "");
    let (one, other) = (
        checker.tables("乙.docx", WRONG),
        checker.tables("乙.docx", &copy.file),
    );
    assert_eq!(one[0].text, other[0].text);
    assert!(
        checker.annotate(JILIN).is_none(),
        "text has no room for comments"
    );
    assert!(checker.annotate(b"\x89PNG\r\n\x1a\n").is_none());
}

#[test]
fn the_list_has_every_file() {
    let checker = Checker::new(false);
    let mut list = List::new();
    let empty = list.book().expect("an empty list");
    list.add(&checker, "甲.txt", JILIN);
    list.add(&checker, "乙.docx", WRONG);
    list.add(&checker, "丙.png", b"\x89PNG\r\n\x1a\n");
    let book = list.book().expect("a list");
    assert!(book.starts_with(b"PK") && book.len() > empty.len());
}

#[test]
fn certain_corrections_make_a_table_that_holds() {
    let text = std::str::from_utf8(JILIN).unwrap();
    // The first of them is what was received.
    let wrong = text.replacen("\n27 |", "\n28 |", 1);
    let checker = Checker::new(false);
    let tables = checker.tables("甲.txt", wrong.as_bytes());
    assert!(tables[0].correctable && tables[0].hard > 0);
    let corrected = checker.correct(wrong.as_bytes(), 1);
    let tables = checker.tables("甲.txt", corrected.as_bytes());
    assert!(!tables[0].correctable);
    assert_eq!((tables[0].hard, &*tables[0].which), (0, "2017年"));
    assert_eq!(checker.correct(wrong.as_bytes(), 2), "");
    assert_eq!(checker.correct(JILIN, 1), "");
}
