//! What a table means where its units, its headings or what is written beside a number say more than the number: it is read as
//! a person reads it, or something is said at the cell. Each text is a sample changed in one place.

mod support;

use support::expect::{Wrong, data, judge, sample, with};
use xxgk::{Options, Reading, Record, forms, read};

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
