//! Files as they are found, each with what is right: the figures, and what may be found in them.

mod support;

use support::expect::{Wrong, figures, form, judge, sample, shows, with};
use support::{case, fixture, html, national, nine, office};
use xxgk::{Options, Outcome, Reading, Record, Severity, Verdict, forms, read_document};

/// What is read of a case, and what the sentences beside it say.
fn readings(name: &str) -> Result<Vec<Reading>, String> {
    let bytes = fixture(&format!("cases/{name}"));
    let document = xxgk_read::read(&bytes).map_err(|it| it.message().zh)?;
    let options = Options::default();
    Ok(read_document(&document, forms(), &options).collect())
}

fn one(name: &str) -> Result<Reading, String> {
    let mut found = readings(name)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        several => Err(format!("{several} tables are read")),
    }
}

/// Whether a field of a reading has that value, as its `Debug` shows it.
fn has(reading: &Reading, field: &str) -> bool {
    format!("{reading:?}").contains(field)
}

/// The figures of the reports of an invented district, which share a table.
const DISTRICT: &str = "0*3 2 10 14 120 33 4 15.5 12 3 0*2 1 0 16 1 0*5 1 6 2 0*2 1 0 9 2 0*5 2 0*21 1 0*5 1 0*21 1 0*5 1 2 1 \
                        0*4 3 0*63 1 0*5 1 13 3 0*2 1 0 17 0*7 1 0*3 1 0*10";
const PINGTAN: &str = "0*3 77 132 470 2629 1330 54 5949.088667 80 1 0*4 81 0*7 22 0*5 22 19 1 0*4 20 0*21 1 0*5 1 0*7 1 0*5 \
                       1*2 0*5 1 2 0*5 2 31 0*5 31 0*21 1 0*5 1 0*21 1 0*5 1 0*7 1 0*5 1 80 1 0*4 81 0*7 1*2 0*2 2 4 0*2 \
                       1 5 1 0 1 0 2";
const HUAIAN: &str = "1 0 11 8 26 66 447228 3985758 88283 96171.6 3001 53 0*2 61 4 3119 34 0*5 34 1288 21 0*2 50 3 1362 447 7 \
                      0*4 454 2 0*5 2 30 1 0*4 31 5 0*5 5 6 0*5 6 7 1 0*4 8 12 0*5 12 9 0*5 9 105 0*5 105 746 12 0*2 10 1 \
                      769 11 0*5 11 1 0*5 1 56 6 0*4 62 25 0*5 25 0*14 1 0*5 1 67 3 0*2 1 0 71 6 0*5 6 108 2 0*4 110 2932 \
                      53 0*2 61 4 3050 103 0*5 103 72 64 178 37 351 13 4 8 1 26 12 1*2 6 20";
const SHANGHAI: &str = "22 0 235 34 55 189 0*4 1259 36 0*4 1295 170 15 0*2 4 0 189 201 5 0*4 206 2 0*5 2 4 0*5 4 0*7 1 0*5 1 \
                        0*7 8 0*3 1 0 9 1 0*5 1 0*7 5 0*5 5 484 28 0*2 1 0 513 47 1 0*4 48 3 0*5 3 61 1 0*4 62 16 0*5 16 1 \
                        0*5 1*2 0*5 1 0*7 40 1 0*2 2 0 43 0*7 264 12 0*4 276 1139 48 0*2 4 0 1191 290 3 0*4 293 40 0 10 5 \
                        55 2 0 4 6 12 6 0 9 7 22";

#[test]
fn files() {
    let of_2021 = |text: &str| figures(&form("national-2021"), text);
    let jilin = || sample("jilin-2017");
    let calculated = [
        ("requests.received.total", "-"),
        ("requests.closed.total", "-"),
    ];
    let cases = [
        ("read/sup-circled.docx", sample("suqian-2023"), "[①]"),
        ("read/backslash-names.xlsx", jilin(), ""),
        (
            "read/xlsxwriter-formula-zero.xlsx",
            with(jilin(), &calculated),
            "[公式]? S008?",
        ),
        (
            "read/h-one-class-hidden.html",
            jilin(),
            "[936|隐藏|不显示|看不见]+",
        ),
        ("read/h-one-bad-byte.html", jilin(), "[字节|乱码|编码]+"),
        ("read/h-inputs.html", jilin(), ""),
        (
            "field/pingtan-cz2020.html",
            figures(
                &form("national-2019"),
                "0*3 6 4 11 0 1 0*12 2 98.4361 0*176",
            ),
            "S009 S005? D001",
        ),
        ("field/pingtan2023.html", of_2021(PINGTAN), "soft?"),
        (
            "field/putuo2025-reviews-carried.html",
            of_2021(HUAIAN),
            "D001",
        ),
        ("field/shanghai2025.html", of_2021(SHANGHAI), "soft?"),
        ("field/after-brackets-1.html", of_2021(DISTRICT), "soft?"),
        ("field/chuanshan2023.html", of_2021(DISTRICT), "D005"),
        ("field/monthly.html", of_2021(DISTRICT), "D005"),
    ];
    let of = cases.len();
    let mut wrong = Wrong::default();
    for (name, record, found) in cases {
        let judged = one(name).and_then(|it| judge(&it, &record, found));
        wrong.see(name, judged);
    }
    wrong.none(of);
}

/// Files of which a heading or a unit says more than the numbers.
#[test]
fn headings_and_units() {
    let cases = [
        ("two-level-last-this.docx", sample("jilin-2017"), "S013"),
        ("two-level-last-this.xlsx", sample("jilin-2017"), "S013"),
        ("unit-right-of-value.html", sample("jilin-2017"), ""),
        (
            "national-fee-heading-yuan.html",
            sample("suqian-2023"),
            "S009 S012",
        ),
    ];
    let read = |name: &str| {
        let document = xxgk_read::read(&case(name)).unwrap();
        let options = Options::default();
        read_document(&document, forms(), &options).collect::<Vec<_>>()
    };
    let of = cases.len();
    let mut wrong = Wrong::default();
    for (name, record, found) in cases {
        wrong.see(name, judge(&read(name)[0], &record, found));
    }
    wrong.none(of);
    for name in [
        "merged-heading-two-columns.xlsx",
        "two-columns-no-heading.html",
    ] {
        let found = read(name);
        assert!(found.iter().all(|it| it.record.is_none()), "{name}");
        assert_eq!(&*found[0].findings[0].rule, "S021", "{name}");
    }
}

/// Each report with its own table and its own sentences.
#[test]
fn two_years_in_one_document() {
    let found = readings("read/two-years.docx").unwrap();
    assert_eq!(found.len(), 2);
    for (reading, year) in found.iter().zip([2023, 2024]) {
        assert_eq!(reading.year, Some(year));
        judge(reading, &sample(&format!("suqian-{year}")), "").unwrap();
        let claims = reading.check().claims.unwrap();
        assert!(
            claims.agree >= 5 && claims.contradict == 0,
            "{year}: {claims:?}"
        );
    }
}

#[test]
fn an_empty_template_is_one_finding() {
    let found = readings("read/template-empty.docx").unwrap();
    assert_eq!(found.len(), 1);
    let report = found[0].check();
    let blank = |record: &Record| record.cells().iter().all(Option::is_none);
    assert!(found[0].record.as_ref().is_none_or(blank));
    let fails = report.findings.iter();
    let fails: Vec<_> = fails.filter(|it| it.outcome == Outcome::Fail).collect();
    assert_eq!(
        fails.len(),
        1,
        "{:?}",
        fails.iter().map(|it| &it.rule).collect::<Vec<_>>()
    );
    assert!(
        fails[0].message.zh.contains('填'),
        "{}",
        fails[0].message.zh
    );
    assert_ne!(report.verdict(), Verdict::Consistent);
}

/// What no program has calculated is said to be so, and nothing is read in its place.
#[test]
fn formulas_that_were_never_calculated() {
    let found = readings("read/formula-never-calculated.xlsx").unwrap();
    assert_eq!(found.len(), 1);
    let whole = sample("suqian-2023");
    if let Some(record) = &found[0].record {
        let cells = record.cells().iter().zip(whole.cells());
        assert!(
            cells
                .clone()
                .all(|(read, right)| read.is_none() || read == right)
        );
        let blank = cells.filter(|(read, _)| read.is_none());
        assert_eq!(blank.count(), 31);
    }
    let report = found[0].check();
    let said = report.findings.iter();
    let said: Vec<_> = said.filter(|it| it.message.zh.contains("公式")).collect();
    assert!(!said.is_empty());
    assert!(
        said.iter().any(|it| it.message.zh.contains("保存")),
        "{}",
        said[0].message.zh
    );
}

/// The zeros that a writer leaves for formulas are no values.
#[test]
fn zeros_that_stand_for_formulas_are_said() {
    let found = one("read/xlsxwriter-formula-zero.xlsx").unwrap();
    let report = found.check();
    assert!(report.findings.iter().any(|it| shows(it, "公式")));
    let hard = report.findings.iter();
    let mut hard = hard.filter(|it| it.severity == Severity::Hard && it.instance.is_some());
    assert!(hard.all(|it| it.outcome == Outcome::Undetermined));
}

/// The table that a person sees is checked; the other is said to be hidden.
#[test]
fn a_hidden_sheet() {
    let found = readings("read/hidden.xlsx").unwrap();
    let (hidden, seen): (Vec<_>, Vec<_>) = found.iter().partition(|it| has(it, "hidden: true"));
    assert_eq!(seen.len(), 1);
    judge(seen[0], &sample("suqian-2023"), "[隐藏]?").unwrap();
    let said = |it: &Reading| it.check().findings.iter().any(|it| shows(it, "隐藏"));
    assert!(!hidden.is_empty() || said(seen[0]));
}

/// Blanks, and a total that is less than one of its parts whatever they hold.
#[test]
fn an_error_that_no_blank_can_mend() {
    let record = figures(
        &form("national-2021"),
        &DISTRICT.replace("1 0*3 1 0*10", "3 -*3 1 0*10"),
    );
    let reading = one("field/blank-certain-error.html").unwrap();
    judge(&reading, &record, "S008*3 D005").unwrap();
    assert_eq!(reading.check().verdict(), Verdict::Inconsistent);
}

/// A report that LibreOffice has written.
#[test]
fn an_open_text() {
    let reading = one("formats/n21-clean.odt").unwrap();
    judge(&reading, &sample("suqian-2023"), "").unwrap();
    let counts = reading.claims.as_ref().map(|it| it.bound().count());
    assert_eq!(counts, Some(5));
}

fn of_bytes(bytes: &[u8]) -> Result<Reading, String> {
    let document = xxgk_read::read(bytes).map_err(|it| it.message().zh)?;
    let options = Options::default();
    let mut found: Vec<Reading> = read_document(&document, forms(), &options).collect();
    match found.len() {
        1 => Ok(found.remove(0)),
        several => Err(format!("{several} tables are read")),
    }
}

/// The cell in which a byte is broken is not read; the others are.
#[test]
fn a_broken_byte_in_a_cell() {
    let page = html::write(&nine(&sample("jilin-2017"), false), html::Style::default());
    for (cell, broken, key) in [
        (
            "<td>93</td>",
            &b"<td>9\xe63</td>"[..],
            Some("response.channels.policy_interpretations"),
        ),
        (
            "<td>93</td>",
            b"<td>93\xff</td>",
            Some("response.channels.policy_interpretations"),
        ),
        ("<h1>", b"<h1>\xe6", None),
    ] {
        let at = page.find(cell).unwrap();
        let bytes = [
            &page.as_bytes()[..at],
            broken,
            &page.as_bytes()[at + cell.len()..],
        ]
        .concat();
        let reading = of_bytes(&bytes).unwrap();
        let blank: Vec<_> = key.iter().map(|key| (*key, "-")).collect();
        let record = with(sample("jilin-2017"), &blank);
        assert_eq!(reading.record.as_ref(), Some(&record));
        let said = ["字节", "乱码", "编码"];
        let findings = &reading.check().findings;
        assert!(
            findings
                .iter()
                .any(|it| said.iter().any(|said| shows(it, said)))
        );
    }
}

/// Programs write `Word/Document.xml` too: the names of parts are the same in any case.
#[test]
fn names_of_parts_in_another_case() {
    let body = office::docx_body(&national(&sample("suqian-2023")), false);
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut wrong = Wrong::default();
    for name in [
        "word/document.xml",
        "Word/Document.xml",
        "WORD/DOCUMENT.XML",
        "word\\document.xml",
    ] {
        let bytes = office::archive(&[
            ("[content_types].xml", b"<Types/>"),
            (name, document.as_bytes()),
        ]);
        wrong.see(
            name,
            of_bytes(&bytes).and_then(|it| judge(&it, &sample("suqian-2023"), "")),
        );
    }
    wrong.none(4);
}

/// What cannot be told is named by the place that the user's own program shows.
#[test]
fn a_refusal_names_the_users_own_place() {
    let mut report = national(&sample("suqian-2023"));
    let table = &mut report.tables[0].1;
    for (name, from) in [
        ("甲数", "本年制发件数"),
        ("乙数", "本年废止件数"),
        ("丙数", "现行有效件数"),
    ] {
        table.iter_mut().find(|it| it.text == from).unwrap().text = name.into();
    }
    let file = office::xlsx(&report, office::Numbers::Floats, true, (3, 2));
    let reading = of_bytes(&file).unwrap();
    let findings = reading.findings.iter();
    let said: Vec<&str> = findings
        .filter(|it| &*it.rule == "S021")
        .map(|it| &*it.message.zh)
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    // The title stands in C4, the article in C5, the headings from D6 on.
    assert!(
        said[0].contains("甲数") && said[0].contains("D6"),
        "{}",
        said[0]
    );
}

/// Rows of a table of a page, with values in the fields of a form.
#[test]
fn values_in_fields() {
    let page = html::write(&national(&sample("suqian-2023")), html::Style::default());
    let mut fields = String::new();
    let mut rest = &page[..];
    while let Some(at) = rest.find("<td>") {
        let end = at + rest[at..].find("</td>").unwrap();
        let text = &rest[at + 4..end];
        fields += &rest[..at];
        fields += &match text.parse::<f64>() {
            Ok(_) => format!("<td><input value={text}></td>"),
            Err(_) => format!("<td>{text}</td>"),
        };
        rest = &rest[end + 5..];
    }
    let reading = of_bytes((fields + rest).as_bytes());
    reading
        .and_then(|it| judge(&it, &sample("suqian-2023"), ""))
        .unwrap();
}
