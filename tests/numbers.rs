//! Thousands of ways to write one number, put together from pieces of which each is known to leave the number as it is, to be said,
//! or to keep the cell from being read.

mod support;

use support::expect::sample;
use xxgk::{Options, Outcome, Value, forms, read};

/// What a piece does to the number that it stands beside.
#[derive(Clone, Copy)]
enum Does {
    Nothing,
    /// The number stands; this is said.
    Said(&'static str),
    /// Ten thousand times the number, which is said.
    Multiplies(&'static str),
    /// The cell is not read, for this reason.
    Unread(&'static str),
}

use Does::{Multiplies, Nothing, Said, Unread};

const DIGITS: [&str; 6] = [
    "1234",
    "１２３４",
    "1,234",
    "１，２３４",
    "01234",
    "1234.00",
];
const BEFORE: [(&str, Does); 11] = [
    ("", Nothing),
    (" ", Nothing),
    ("约", Unread("S010")),
    ("近", Unread("S010")),
    ("超过", Unread("S010")),
    ("-", Unread("S003")),
    ("负", Unread("S003")),
    ("+", Unread("S002")),
    ("增", Unread("S002")),
    ("共", Unread("S002")),
    ("2016年", Unread("S002")),
];
const UNITS: [(&str, Does); 10] = [
    ("", Nothing),
    ("篇", Nothing),
    (" 篇", Nothing),
    ("件", Said("S005")),
    ("万篇", Multiplies("S009")),
    ("元", Unread("S005")),
    ("%", Unread("S002")),
    ("余篇", Unread("S010")),
    ("多", Unread("S010")),
    ("增", Unread("S002")),
];
const NOTES: [(&str, Does); 9] = [
    ("", Nothing),
    ("（其中转载16篇）", Nothing),
    ("(含上年结转3篇)", Nothing),
    ("(篇)", Nothing),
    ("(注1)", Nothing),
    ("（应为1243）", Unread("S002")),
    ("(2016年)", Unread("S002")),
    ("(累计)", Unread("S002")),
    ("(1243)", Unread("S002")),
];
const MARKS: [(&str, Does); 4] = [
    ("", Nothing),
    ("①", Said("S014")),
    ("*", Said("S014")),
    ("²", Said("S014")),
];

/// The row of a table whose value is written so: its value, and what is found of it.
fn outcome(rows: &str, written: &str) -> (Option<Value>, Vec<String>) {
    let text = format!("{rows}3.政策解读稿件发布数\t篇\t{written}\n");
    let options = Options::default();
    let reading = read(&text, forms(), &options).next().unwrap();
    let record = reading.record.unwrap();
    let key = record
        .form()
        .indicators()
        .iter()
        .find(|it| it.code() == "2.2.3")
        .unwrap()
        .key();
    let of_cell = reading.findings.iter().filter(|it| {
        it.outcome == Outcome::Fail && it.cells.iter().any(|cell| cell.key.as_deref() == Some(key))
    });
    let mut said: Vec<String> = of_cell.map(|it| it.rule.to_string()).collect();
    said.sort();
    (record.get(key).unwrap(), said)
}

#[test]
fn every_way_to_write_a_number() {
    let record = sample("jilin-2017");
    let rows = record
        .form()
        .indicators()
        .iter()
        .zip(record.cells())
        .take(20);
    let rows = rows.filter(|(row, _)| row.code() != "2.2.3");
    let rows: String = rows
        .map(|(row, value)| {
            let label = record.form().rows()[row.row()].label();
            format!("{label}\t{}\t{}\n", row.unit(), value.unwrap())
        })
        .collect();
    let rows = format!("统计指标\t单位\t统计数\n{rows}");
    let (mut ways, mut wrong) = (0, Vec::new());
    for digits in DIGITS {
        for (before, one) in BEFORE {
            for (unit, two) in UNITS {
                for (note, three) in NOTES {
                    for (mark, four) in MARKS {
                        let written = format!("{before}{digits}{unit}{note}{mark}");
                        let (value, said) = outcome(&rows, &written);
                        ways += 1;
                        if !agrees([one, two, three, four], value, &said) {
                            wrong.push(format!("{written}: {value:?} {said:?}"));
                        }
                    }
                }
            }
        }
    }
    println!("{ways} ways to write a number");
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether what was read is what the pieces make of the number.
fn agrees(pieces: [Does; 4], value: Option<Value>, said: &[String]) -> bool {
    let unread: Vec<&str> = pieces
        .iter()
        .filter_map(|it| match it {
            Unread(why) => Some(*why),
            _ => None,
        })
        .collect();
    if !unread.is_empty() {
        // One reason is enough.
        return value.is_none() && said.len() == 1 && unread.contains(&said[0].as_str());
    }
    let mut expected: Vec<&str> = pieces
        .iter()
        .filter_map(|it| match it {
            Said(what) | Multiplies(what) => Some(*what),
            _ => None,
        })
        .collect();
    expected.sort_unstable();
    let times = if pieces.iter().any(|it| matches!(it, Multiplies(_))) {
        10_000
    } else {
        1
    };
    value == Some(Value::Count(1234 * times)) && said == expected
}
