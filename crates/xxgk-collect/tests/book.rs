//! The workbook, as other programs read it.

mod support;

use calamine::Data;
use support::{beside, filed, list, report, report_before, sheet, sheets, text, xml};
use xxgk::{Document, LastYear, Number, Value, forms};
use xxgk_collect::{Collection, Figure, Filed, book, collect};

const HOSTILE: &str = "<script>alert(1)</script>\u{202e}txt.docx\u{1b}[31m";

fn collection() -> Collection {
    let agencies = list(&[
        ("某市", ""),
        ("甲区", "某市"),
        ("甲区教育局", "甲区"),
        ("甲区民政局", "甲区"),
        ("乙区", "某市"),
        ("某县", ""),
        ("未报局", "某县"),
        ("坏局", "某县"),
        ("空白局", "某县"),
        ("旧局", "某县"),
        ("双局", "某县"),
    ]);
    let before = Document::plain(report_before("甲区民政局"));
    let before = LastYear::read(&before, forms(), "上年/民政局.txt").unwrap();
    let changed = report("甲区民政局", 1);
    let files = [
        ("1.txt", report("某市", 3)),
        ("2.txt", report("甲区", 2)),
        (
            "3.txt",
            report("甲区教育局", 1).replacen("| 3440 |", "| 3402 |", 1),
        ),
        ("5.txt", report("乙区", 1)),
        ("坏局.txt", "没有表".to_owned()),
        ("7.txt", report("空白局", 1).replacen("| 3440 |", "|  |", 1)),
        ("8.txt", report_before("旧局")),
        ("9.txt", report("双局", 1)),
        ("10.txt", report("双局", 2)),
        ("11.txt", report("名单外局", 1)),
    ];
    let mut all: Vec<Filed> = files
        .iter()
        .flat_map(|(file, text)| filed(file, text))
        .collect();
    for (file, name) in [("12.txt", "=cmd|' /C calc'!A0"), (HOSTILE, "+1\u{202e}")] {
        let mut hostile = filed(file, &report("局", 1));
        hostile[0].agency = Some(name.to_owned());
        all.extend(hostile);
    }
    all.extend(beside("4.txt", &changed, Some(&before)));
    collect(
        Some(&agencies),
        None,
        all,
        vec!["~$1.docx".into(), "图\u{202e}.png".into()],
    )
}

#[test]
fn what_people_read() {
    let bytes = book(&collection()).unwrap();
    let names: Vec<String> = sheets(&bytes).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "总览",
            "问题清单",
            "年度衔接",
            "汇总核对",
            "数据",
            "跳过的文件"
        ]
    );
    for name in ["总览", "问题清单", "年度衔接", "汇总核对", "跳过的文件"] {
        insta::assert_snapshot!(name, text(&sheet(&bytes, name)));
    }
}

#[test]
fn every_figure_is_read_back_as_it_was() {
    let collection = collection();
    let rows = sheet(&book(&collection).unwrap(), "数据");
    let [head, rows @ ..] = &rows[..] else {
        panic!("no headings");
    };
    let mut rows = rows.iter();
    for entry in &collection.entries {
        let read: Vec<&Filed> = collection.tables(entry).filter(|it| it.is_read()).collect();
        if read.is_empty() {
            assert_eq!(rows.next().unwrap()[0], Data::String(entry.name.clone()));
        }
        for filed in read {
            let (row, record) = (rows.next().unwrap(), filed.record.as_ref().unwrap());
            assert_eq!(head.len(), 5 + record.cells().len());
            for (cell, value) in row[5..].iter().zip(record.cells()) {
                assert_eq!(number(cell), value.map(Number::from), "{}", entry.name);
            }
        }
    }
    assert_eq!(rows.next(), None);
}

/// The number in a cell, digit for digit.
#[track_caller]
fn number(cell: &Data) -> Option<Number> {
    match cell {
        Data::Empty => None,
        Data::Float(float) => Some(float.to_string().parse().unwrap()),
        Data::Int(int) => Some(Number::new((*int).into(), 0)),
        Data::String(text) if text.is_empty() => None,
        Data::String(text) => Some(text.parse().unwrap()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_is_read_back_as_it_was() {
    let collection = collection();
    let rows = sheet(&book(&collection).unwrap(), "问题清单");
    let issues = collection
        .entries
        .iter()
        .flat_map(|it| collection.tables(it));
    for issue in issues.flat_map(|it| &it.issues) {
        let row = rows
            .iter()
            .find(|row| row[5] == Data::String(issue.sentence.clone()));
        let row = row.unwrap_or_else(|| panic!("{issue:?}"));
        assert_eq!(row[2], Data::String(issue.weight.name().to_owned()));
        match &issue.current {
            Some(Figure::Number(it)) => assert_eq!(number(&row[6]), Some(*it)),
            Some(Figure::Text(it)) => assert_eq!(row[6], Data::String(it.clone())),
            None => assert!(row[6].to_string().is_empty()),
        }
        assert_eq!(number(&row[7]), issue.should);
    }
}

#[test]
fn numbers_beyond_what_a_spreadsheet_keeps_are_texts() {
    let mut all = filed("1.txt", &report("甲局", 1));
    let record = all[0].record.as_mut().unwrap();
    let amount = "999999999999999.12345678".parse().unwrap();
    let keys = [
        "requests.received.natural_person",
        "requests.carried_in.natural_person",
    ];
    for (key, count) in keys.iter().zip([(1 << 53) + 1, 999_999_999_999_999]) {
        record.set(key, Some(Value::Count(count))).unwrap();
    }
    let form = record.form().clone();
    let money = form
        .indicators()
        .iter()
        .find(|it| it.unit() == "万元")
        .unwrap();
    record
        .set(money.key(), Some(Value::Amount(amount)))
        .unwrap();
    let rows = sheet(
        &book(&collect(None, None, all, Vec::new())).unwrap(),
        "数据",
    );
    let cell = |key: &str| &rows[1][5 + form.cell(key).unwrap()];
    assert_eq!(*cell(keys[0]), Data::String("9007199254740993".into()));
    assert_eq!(*cell(keys[1]), Data::Float(999_999_999_999_999.0));
    assert_eq!(
        *cell(money.key()),
        Data::String("999999999999999.12345678".into())
    );
}

#[test]
fn the_same_collection_makes_the_same_bytes() {
    let first = book(&collection()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(first == book(&collection()).unwrap());
}

/// Names and cells may be anything: no part of the workbook has a formula, a link, or a sign that is not to be seen.
#[test]
fn what_is_hostile_is_inert() {
    let bytes = book(&collection()).unwrap();
    for (name, text) in xml(&bytes) {
        for forbidden in [
            "<f>",
            "<f ",
            "<hyperlink",
            "externalLink",
            "\u{202e}",
            "\u{1b}",
            "<script",
        ] {
            assert!(!text.contains(forbidden), "{name}: {forbidden}");
        }
        let external = text.contains("TargetMode=\"External\"");
        assert!(!external, "{name}");
    }
    let rows = sheet(&bytes, "总览");
    let cell = |text: &str| {
        rows.iter()
            .flatten()
            .any(|it| *it == Data::String(text.to_owned()))
    };
    assert!(cell("=cmd|' /C calc'!A0"), "{}", text(&rows));
    assert!(
        cell("<script>alert(1)</script>\\u{202e}txt.docx\\u{1b}[31m"),
        "{}",
        text(&rows)
    );
    // What a spreadsheet would decode is not decoded.
    let mut all = filed("_x202E__x003D_1+1.txt", &report("甲局", 1));
    all[0].agency = Some("_x202E_甲".into());
    let rows = sheet(
        &book(&collect(None, None, all, Vec::new())).unwrap(),
        "数据",
    );
    assert_eq!(rows[1][0], Data::String("_x202E_甲".into()));
}

#[test]
fn only_the_list() {
    let wrong = report("甲局", 1).replacen("| 3440 |", "| 3402 |", 1);
    let reading = xxgk::read(&wrong, forms(), &xxgk::Options::default())
        .next()
        .unwrap();
    let mut report = reading.check();
    report.source = Some("甲.txt".into());
    let table = xxgk_show::html::Table {
        report: &report,
        reading: Some(&reading),
        text: &wrong,
    };
    let filed = [Filed::new(&table), Filed::new(&table)];
    let bytes = xxgk_collect::list(&filed).unwrap();
    let all = sheets(&bytes);
    assert_eq!(all.len(), 1);
    let (name, rows) = &all[0];
    assert_eq!((name.as_str(), rows.len()), ("问题清单", 3));
    assert_eq!(rows[1], rows[2]);
    assert_eq!(rows[1][0], Data::String("甲局".into()));
    assert_eq!(xxgk_collect::list(&filed).unwrap(), bytes);
}
