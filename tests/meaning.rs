//! What a table means where its units, its headings or what is written beside a number say more than the number: it is read as
//! a person reads it, or something is said at the cell. Each text is a sample changed in one place.

mod support;

use support::expect::{Wrong, data, judge, sample, with};
use xxgk::{Options, Reading, Record, Value, forms, read};

fn text(name: &str) -> String {
    std::fs::read_to_string(data().join(name)).unwrap()
}

fn readings(text: &str) -> Vec<Reading> {
    read(text, forms(), &Options::default()).collect()
}

fn one(text: &str) -> Result<Reading, String> {
    let mut found = readings(text);
    match found.len() {
        1 => Ok(found.remove(0)),
        several => Err(format!("{several} tables are read")),
    }
}

#[test]
fn files() {
    let jilin = || sample("jilin-2017");
    let suqian = || sample("suqian-2023");
    let key = |code: &str| {
        let form = jilin().form().clone();
        let row = form.indicators().iter().find(|it| it.code() == code);
        row.unwrap().key().to_owned()
    };
    let unread = || with(jilin(), &[(&key("2.2.3"), "-")]);
    let cases: Vec<(&str, Record, &str)> = vec![
        ("national-fee-caption-thousand.tsv", suqian(), "S009"),
        ("national-fee-row-yuan.tsv", suqian(), "S009 S012"),
        ("unit-caption-yuan.tsv", jilin(), "S009"),
        ("unit-heading-thousand.tsv", jilin(), "S009"),
        ("value-subscript.tsv", jilin(), "S014"),
        ("value-corrected-bracket.tsv", unread(), "S002"),
        ("value-paren-cum.tsv", unread(), "S002"),
        ("value-paren-neg.tsv", unread(), "S002"),
        ("value-paren-void.tsv", unread(), "S002"),
        ("value-paren-year.tsv", unread(), "S002"),
        ("row-percent-label.tsv", unread(), "S001 S007"),
    ];
    let of = cases.len();
    let mut wrong = Wrong::default();
    for (name, record, found) in cases {
        let reading = one(&text(&format!("cases/meaning/{name}")));
        wrong.see(name, reading.and_then(|it| judge(&it, &record, found)));
    }
    wrong.none(of);
}

/// The figures of the year before, in a column beside those that are read, are compared with them as another report's would be.
#[test]
fn a_column_of_the_year_before_is_compared() {
    let record = sample("jilin-2017");
    let table = |heading: &str, last: &dyn Fn(Value) -> String| {
        let rows = record.form().indicators().iter().zip(record.cells());
        let rows = rows.map(|(row, value)| {
            let (label, value) = (record.form().rows()[row.row()].label(), value.unwrap());
            format!("{label}\t{}\t{}\t{value}\n", row.unit(), last(value))
        });
        let rows: String = rows.collect();
        format!("政府信息公开情况统计表（2017年度）\n统计指标\t单位\t{heading}\t统计数\n{rows}")
    };
    let same = |value: Value| value.to_string();
    let reading = one(&table("上年数", &same)).unwrap();
    assert_eq!(reading.record.as_ref(), Some(&record));
    let before = reading.before.as_ref().unwrap();
    assert_eq!(
        (before.year, before.record.as_ref()),
        (Some(2016), Some(&record))
    );
    let report = reading.check();
    let copied = report
        .findings
        .iter()
        .find(|it| &*it.rule == "Y901")
        .unwrap();
    let mut sources = copied.cells.iter().map(|it| it.source.as_deref());
    assert!(sources.all(|it| it.is_none_or(|it| it == "上年数")));
    assert!(copied.cells.iter().all(|it| it.place.is_some()));
    // What changed against it is no figure of the year before.
    for heading in ["比上年增减", "上年同期增长", "上年结转", "计划数", "备注"]
    {
        let reading = one(&table(heading, &same)).unwrap();
        assert!(reading.before.is_none(), "{heading}");
    }
    // What cannot be read of it is left out, and nothing is said of it.
    let reading = one(&table("上年数", &|_| "约3".to_owned())).unwrap();
    assert!(reading.before.is_none());
    assert!(reading.findings.iter().all(|it| &*it.rule == "S013"));
}
