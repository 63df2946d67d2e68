//! What to correct, from a text to the report.

use xxgk::nine_category::NineCategory;
use xxgk::{Certainty, HumanError, Lang, Options, Report, Table, Verdict, read};

/// A table of these rows, checked.
fn report(rows: &[(&str, &str)]) -> Report {
    let mut text = "政府信息公开情况统计表(2017年度)\n统计指标 | 单位 | 统计数\n".to_owned();
    for (label, value) in rows {
        text += &format!("{label} | 件 | {value}\n");
    }
    let options = Options::default();
    let mut readings = read(&text, std::slice::from_ref(NineCategory::form()), &options);
    readings.next().unwrap().check()
}

fn received(values: [&str; 8]) -> Report {
    let labels = [
        "(一)收到申请数",
        "1.当面申请数",
        "2.传真申请数",
        "3.网络申请数",
        "4.信函申请数",
        "(二)申请办结数",
        "1.按时办结数",
        "2.延期办结数",
    ];
    let rows: Vec<_> = labels.into_iter().zip(values).collect();
    report(&rows)
}

fn said(report: &Report, lang: Lang) -> String {
    let messages = report.corrections.iter();
    let messages = messages.map(|it| it.message(NineCategory::form()).get(lang).to_owned());
    messages.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_sum_that_is_off() {
    let report = received(["27", "26", "0", "0", "0", "27", "27", "0"]);
    assert_eq!(report.verdict(), Verdict::Inconsistent);
    let json = serde_json::to_value(&report).unwrap();
    insta::assert_json_snapshot!("corrections_json", json["corrections"]);
    insta::assert_snapshot!(
        "corrections_sum",
        format!("{}\n{}", said(&report, Lang::Zh), said(&report, Lang::En))
    );
}

#[test]
fn digits_that_are_exchanged_stand_first() {
    let report = received(["270", "26", "62", "61", "112", "27", "27", "0"]);
    let [correction] = &report.corrections[..] else {
        panic!("{:?}", report.corrections);
    };
    // 26 + 62 + 61 + 112 = 261, nine too few: an exchange of two digits is off by a multiple of nine.
    let first = &correction.sets[0];
    assert_eq!(first.diagnosis[0].error, HumanError::Transposed);
    insta::assert_snapshot!("corrections_transposed", said(&report, Lang::Zh));
}

#[test]
fn two_rules_that_one_figure_breaks() {
    let report = report(&[
        ("(一)收到申请数", "28"),
        ("1.当面申请数", "27"),
        ("2.传真申请数", "0"),
        ("3.网络申请数", "0"),
        ("4.信函申请数", "0"),
        ("(二)申请办结数", "27"),
        ("1.按时办结数", "27"),
        ("2.延期办结数", "0"),
        ("(三)申请答复数", "27"),
    ]);
    let [correction] = &report.corrections[..] else {
        panic!("{:?}", report.corrections);
    };
    assert_eq!(correction.certainty, Certainty::Determined);
    assert_eq!(
        correction.rules.iter().map(|it| &**it).collect::<Vec<_>>(),
        ["R301", "R306"]
    );
    insta::assert_snapshot!(
        "corrections_two_rules",
        format!("{}\n{}", said(&report, Lang::Zh), said(&report, Lang::En))
    );
}

#[test]
fn nothing_is_corrected_where_nothing_has_to_be() {
    let report = received(["27", "27", "0", "0", "0", "27", "", "0"]);
    assert!(report.counts.failed == 0 && report.counts.undetermined > 0);
    assert!(report.corrections.is_empty());
    assert!(NineCategory::default().check().corrections.is_empty());
}
