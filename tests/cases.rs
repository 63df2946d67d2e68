//! Texts as they are found, each with what is right: the figures, and what may be found in them.

mod support;

use support::expect::{Wrong, data, figures, form, judge, sample, with};
use xxgk::{Options, Outcome, Reading, Record, Value, Verdict, forms, read};

fn readings(text: &str) -> Vec<Reading> {
    let options = Options::default();
    read(text, forms(), &options).collect()
}

fn file(name: &str) -> String {
    let text = std::fs::read_to_string(data().join("cases").join(name)).unwrap();
    // Whoever reads files takes the mark of the encoding away.
    text.trim_start_matches('\u{feff}').to_owned()
}

/// The only reading of a text.
fn one(text: &str) -> Result<Reading, String> {
    let mut found = readings(text);
    match found.len() {
        1 => Ok(found.remove(0)),
        several => Err(format!("{several} tables are read")),
    }
}

fn tianmen() -> Record {
    let zeros = figures(&form("national-2021"), "0*200");
    with(
        zeros,
        &[
            ("disclosure.normative_documents.issued", "6"),
            ("disclosure.normative_documents.repealed", "6"),
            ("disclosure.normative_documents.in_force", "49"),
        ],
    )
}

/// Its prose says that 4 requests were received, and the table says none.
#[test]
fn files() {
    let jilin = || sample("jilin-2017");
    let cases = [
        ("read/rows-two-spaces-nine.txt", jilin(), ""),
        ("read/cr.csv", jilin(), ""),
        ("read/tab-after-number.csv", jilin(), ""),
        ("read/superscripts-nine.txt", jilin(), "[①|²]*2"),
        (
            "read/blank-last.txt",
            with(
                sample("suqian-2024"),
                &[("requests.carried_out.total", "-")],
            ),
            "S008",
        ),
        ("field/tianmen2025.txt", tianmen(), "S012+ N001?"),
        (
            "field/tuoshi2020.txt",
            figures(&form("national-2019"), "0*3 34 4 47 8 0 3 0*189"),
            "S012+ S007",
        ),
        (
            "field/huli2018.txt",
            with(jilin(), &[("disclosure.total", "1027")]),
            "",
        ),
        ("field/xuwen.txt", xuwen(), "S008? S012?"),
    ];
    let of = cases.len();
    let mut wrong = Wrong::default();
    for (name, record, found) in cases {
        let reading = one(&file(name));
        wrong.see(name, reading.and_then(|it| judge(&it, &record, found)));
    }
    wrong.none(of);
}

/// Only the totals are filled in.
fn xuwen() -> Record {
    let rows = "0 -*5 0 ".to_owned() + &"-*6 0 ".repeat(22) + "0 -*5 0 -*6 0";
    let form = form("national-2021");
    figures(&form, &format!("0*3 3 0 101 0*4 {rows} 0*15"))
}

/// A cell that is blank leaves open what needs it, and nothing else.
#[test]
fn a_blank_leaves_its_own_rules_open() {
    let reading = one(&file("read/blank-last.txt")).unwrap();
    let report = reading.check();
    let open = report.findings.iter();
    let open = open.filter(|it| it.outcome == Outcome::Undetermined);
    for finding in open {
        let blank = finding.cells.iter().filter(|it| it.value.is_none());
        let keys: Vec<&str> = blank.filter_map(|it| it.key.as_deref()).collect();
        assert_eq!(keys, ["requests.carried_out.total"], "{}", finding.rule);
    }
    assert_eq!(report.counts.failed, 0);
    assert!(report.counts.undetermined > 0);
}

/// Nothing is in doubt in it; if something is, that is one place.
#[test]
fn one_cell_a_line_copied_from_a_word_processor() {
    let reading = one(&file("read/one-cell-a-line-from-word.txt")).unwrap();
    if reading.record.is_some() {
        judge(&reading, &sample("suqian-2023"), "").unwrap();
        return;
    }
    let found: Vec<&str> = reading.findings.iter().map(|it| &*it.rule).collect();
    assert_eq!(found, ["S021"]);
    let cells = &reading.findings[0].cells;
    assert_eq!(cells.iter().filter(|it| it.place.is_some()).count(), 1);
}

/// Columns that only blanks align: read right, or not read, with the reason.
#[test]
fn columns_aligned_by_blanks() {
    let expected = figures(
        &form("national-2021"),
        "0*3 3 0 8 9487 2776 84 7545 95 0*5 95 0*7 50 0*5 50 9 0*5 9 0*14 1 0*5 1 0*14 1 0*5 1 1 0*5 1 0*7 \
         31 0*5 31 1 0*5 1 0*7 1 0*5 1 0*28 -*21 95 0*5 95 0*7 1 1 0 0 2 1 0 0 0 1 2 0 1 0 3",
    );
    let reading = one(&file("field/hongze2024-layout.txt")).unwrap();
    let record = reading.record.as_ref().unwrap();
    for (cell, value) in record.cells().iter().enumerate() {
        assert!(value.is_none() || *value == expected.value(cell), "{cell}");
    }
    let licences = record.get("disclosure.licences.decisions").unwrap();
    assert_eq!(licences, Some(Value::Count(9487)));
    let refused = reading
        .findings
        .iter()
        .find(|it| &*it.rule == "S021")
        .unwrap();
    let said = &refused.message.zh;
    assert!(said.contains('列') && said.contains("分隔"), "{said}");
    assert_eq!(reading.check().verdict(), Verdict::Incomplete);
}
