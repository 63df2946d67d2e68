//! A report, a record and a consistent table read back from JSON to what was written, and what is not so is refused.

use proptest::prelude::*;
use serde::de::DeserializeSeed;
use xxgk::nine_category::NineCategory;
use xxgk::view::{At, FindingView};
use xxgk::{
    Consistent, Lang, Options, Place, PlaceView, Record, RecordOf, Report, Table, Value, View,
    Within, read, strategies,
};

const SAMPLES: [&str; 3] = [
    include_str!("data/jilin-2017/cells-piped.txt"),
    include_str!("data/suqian-2023/rows-piped.txt"),
    include_str!("data/suqian-2024/markdown.md"),
];

/// A report on each sample, and on each after a figure of it was changed, one lost, and a row put in.
fn reports() -> Vec<Report> {
    let mut texts: Vec<String> = SAMPLES.iter().map(|it| (*it).to_owned()).collect();
    let right = "(一)收到申请数 |\n件 |\n27 |";
    assert!(SAMPLES[0].contains(right));
    for wrong in ["28 |", "约28 |", " |", "28 |\n附加行 |\n件 |\n5 |"] {
        let wrong = right.replace("27 |", wrong);
        texts.push(SAMPLES[0].replacen(right, &wrong, 1));
    }
    let row = SAMPLES[1]
        .lines()
        .find(|line| line.contains("本年新收"))
        .unwrap();
    let changed = row.replace('|', "|7");
    texts.push(SAMPLES[1].replacen(row, &changed, 1));
    texts.push("没有表".to_owned());
    let read = |text: &String| {
        let options = Options::default();
        let read = read(text, xxgk::forms(), &options);
        read.map(|it| it.check()).collect::<Vec<_>>()
    };
    texts.iter().flat_map(read).collect()
}

#[test]
fn a_report_reads_back_to_the_same_text() {
    let (mut findings, mut corrections) = (0, 0);
    for (index, mut report) in reports().into_iter().enumerate() {
        report.source = Some(format!("{index}.txt"));
        report.table = (index % 2 == 0).then_some(index);
        for (lang, verbose) in [(Lang::Zh, false), (Lang::En, true)] {
            let view = report.view(lang, verbose);
            let text = serde_json::to_string(&view).unwrap();
            let again: View = serde_json::from_str(&text).unwrap();
            assert_eq!(again, view);
            assert_eq!(serde_json::to_string(&again).unwrap(), text);
            findings += view.findings.len();
            corrections += view.corrections.len();
        }
    }
    assert!(
        findings > 40 && corrections == 4,
        "{findings}, {corrections}"
    );
}

#[test]
fn a_place_is_written_as_its_users_count() {
    let place = |within| Place {
        line: 97,
        column: 3,
        text: "27".into(),
        within,
    };
    let cell = Within::Cell {
        sheet: "附件".into(),
        row: 14,
        column: 3,
    };
    let of_table = |page| Within::Table {
        page,
        table: 2,
        row: 14,
        column: 3,
    };
    let paragraph = Within::Paragraph {
        page: Some(3),
        paragraph: 12,
    };
    for (place, written) in [
        (
            place(None),
            r#"{"place":"第97行第3列","line":97,"column":3,"text":"27"}"#,
        ),
        (
            place(Some(cell)),
            r#"{"place":"附件!C14","sheet":"附件","cell":"C14","text":"27"}"#,
        ),
        (
            place(Some(of_table(None))),
            r#"{"place":"表2第14行第3列","table":2,"row":14,"column":3,"text":"27"}"#,
        ),
        (
            place(Some(of_table(Some(3)))),
            r#"{"place":"第3页，表2，第14行第3列","page":3,"table":2,"row":14,"column":3,"text":"27"}"#,
        ),
        (
            place(Some(paragraph)),
            r#"{"place":"第3页，第12段","page":3,"paragraph":12,"column":3,"text":"27"}"#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&place).unwrap(), written);
        let again: PlaceView = serde_json::from_str(written).unwrap();
        assert_eq!(again, place.view(Lang::Zh));
    }
    let again: PlaceView =
        serde_json::from_str(r#"{"place":"","line":1,"column":2,"text":""}"#).unwrap();
    assert!(matches!(
        again.at,
        At::Line {
            line: 1,
            column: 2,
            ..
        }
    ));
}

#[test]
fn what_is_no_report_is_refused() {
    let finding = r#"{"rule":"R301","severity":"hard","outcome":"fail","statement":null,"left":"27","right":"26","difference":"1","cells":[],"basis":null,"message":""}"#;
    assert!(serde_json::from_str::<FindingView>(finding).is_ok());
    for (right, wrong) in [
        (r#""27""#, "27"),
        (r#""27""#, r#""27.""#),
        (r#""27""#, r#""1e3""#),
        (r#""27""#, r#""-""#),
        (r#""hard""#, r#""Hard""#),
        (r#""fail""#, r#""failed""#),
    ] {
        let wrong = finding.replacen(right, wrong, 1);
        assert!(
            serde_json::from_str::<FindingView>(&wrong).is_err(),
            "{wrong}"
        );
    }
    let json = serde_json::to_string(&NineCategory::default().check()).unwrap();
    let other = json.replace("xxgk/report/1", "xxgk/report/2");
    assert!(serde_json::from_str::<View>(&other).is_err());
}

fn record(json: &str) -> Result<Record, serde_json::Error> {
    RecordOf(NineCategory::form()).deserialize(&mut serde_json::Deserializer::from_str(json))
}

#[test]
fn a_record_has_only_what_its_form_has() {
    assert_eq!(
        record("{}").unwrap(),
        Record::new(NineCategory::form().clone())
    );
    let blank = record(r#"{"requests":{"received":{"total":null}}}"#).unwrap();
    assert_eq!(blank.get("requests.received.total"), Ok(None));
    for (json, said) in [
        (
            r#"{"requests":{"recieved":{}}}"#,
            "has no `requests.recieved`",
        ),
        (r#"{"requests":{"received":{"total":-1}}}"#, "-1"),
        (
            r#"{"requests":{"received":27}}"#,
            "beneath `requests.received`",
        ),
        (r#"{"requests":{"received":{"total":{"of":1}}}}"#, "map"),
        (r#"{"fees":0.12345678901234567}"#, "more digits"),
        ("[]", "the cells of the form `nine-category`"),
        (
            r#"{"requests":{"received":{"total":1,"total":2}}}"#,
            "`requests.received.total` stands twice",
        ),
        (
            r#"{"requests.received.total":null,"requests":{"received":{"total":2}}}"#,
            "`requests.received.total` stands twice",
        ),
    ] {
        let error = record(json).unwrap_err().to_string();
        assert!(error.contains(said), "{json}: {error}");
    }
}

#[test]
fn a_change_may_be_negative() {
    let form = xxgk::forms()
        .iter()
        .find(|it| it.id() == "national-2019")
        .unwrap();
    let change = form
        .indicators()
        .iter()
        .find(|it| it.kind() == xxgk::form::Kind::Change)
        .unwrap();
    let mut record = Record::new(form.clone());
    record.set(change.key(), Some(Value::Change(-3))).unwrap();
    let json = serde_json::to_string(&record).unwrap();
    let again = RecordOf(form).deserialize(&mut serde_json::Deserializer::from_str(&json));
    assert_eq!(again.unwrap(), record);
}

proptest! {
    #[test]
    fn a_record_reads_back(table in strategies::with_blanks()) {
        let written = Record::from(&table);
        let json = serde_json::to_string(&written).unwrap();
        prop_assert_eq!(record(&json).unwrap(), written);
    }

    #[test]
    fn a_consistent_table_reads_back_and_any_other_is_refused(table in strategies::with_blanks()) {
        let json = serde_json::to_string(&table).unwrap();
        let read = serde_json::from_str::<Consistent<NineCategory>>(&json);
        match table.validate() {
            Ok(()) => {
                let read = read.unwrap();
                prop_assert_eq!(serde_json::to_string(&read).unwrap(), json);
                prop_assert_eq!(read.into_inner(), table);
            }
            Err(report) => {
                let error = read.unwrap_err().to_string();
                let hard = |it: &&xxgk::Finding| it.severity == xxgk::Severity::Hard;
                let first = report.findings.iter().find(hard).unwrap();
                prop_assert!(error.contains(&*first.rule), "{}", error);
            }
        }
    }

    #[test]
    fn what_is_consistent_is_read(table in strategies::consistent()) {
        let json = serde_json::to_string(&table).unwrap();
        prop_assert!(table.validate().is_ok());
        prop_assert!(serde_json::from_str::<Consistent<NineCategory>>(&json).is_ok());
    }
}

#[test]
fn what_is_printed() {
    let mut report = reports().remove(3);
    report.source = Some("年报.txt".to_owned());
    insta::assert_snapshot!("printed", report);
}
