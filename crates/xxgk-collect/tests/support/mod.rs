//! Reports of agencies, made of the figures of a published one.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use xxgk::{LastYear, Options, Reading, Report, forms, read};
use xxgk_collect::{Agencies, Agency, Filed};
use xxgk_show::html::Table;

const SEED: &str = include_str!("../../../../tests/data/suqian-2024/rows-piped.txt");
const SEED_BEFORE: &str = include_str!("../../../../tests/data/suqian-2023/rows-piped.txt");

/// The report of an agency for 2024, all of its figures so many times those of the seed.
pub fn report(agency: &str, times: i64) -> String {
    multiplied(SEED, times).replacen("某市", agency, 1)
}

/// The report of an agency for 2023.
pub fn report_before(agency: &str) -> String {
    SEED_BEFORE.replacen("某市", agency, 1)
}

fn multiplied(text: &str, times: i64) -> String {
    let cell = |cell: &str| match cell.trim().split_once('.') {
        // Amounts have four decimals.
        Some((whole, decimals)) if decimals.len() == 4 => {
            let amount: i64 = format!("{whole}{decimals}").parse().unwrap();
            let amount = amount * times;
            format!(" {}.{:04} ", amount / 10_000, amount % 10_000)
        }
        _ => match cell.trim().parse::<i64>() {
            Ok(count) => format!(" {} ", count * times),
            Err(_) => cell.to_owned(),
        },
    };
    let line = |line: &str| line.split('|').map(cell).collect::<Vec<_>>().join("|");
    text.lines().map(|it| line(it) + "\n").collect()
}

/// The tables of a file.
pub fn filed(file: &str, text: &str) -> Vec<Filed> {
    beside(file, text, None)
}

/// The tables of a file, compared with a report of the year before.
pub fn beside(file: &str, text: &str, previous: Option<&LastYear>) -> Vec<Filed> {
    let readings: Vec<Reading> = read(text, forms(), &Options::default()).collect();
    let several = readings.len() > 1;
    let tables = (1..).zip(&readings);
    tables
        .map(|(number, reading)| {
            let mut report: Report = reading.check();
            report.source = Some(file.to_owned());
            report.table = several.then_some(number);
            let before = previous.map(|it| match it.compare(reading, &mut report) {
                Ok(()) => Ok(it.name().to_owned()),
                Err(why) => Err(why.reason(xxgk::Lang::Zh).to_owned()),
            });
            let filed = Filed::new(&Table {
                report: &report,
                reading: Some(reading),
                text,
            });
            match before {
                Some(before) => filed.beside(&report, before),
                None => filed,
            }
        })
        .collect()
}

/// A list of names, each with the name above it.
pub fn list(agencies: &[(&str, &str)]) -> Agencies {
    let agency = |(name, parent): &(&str, &str)| Agency {
        name: (*name).to_owned(),
        parent: (!parent.is_empty()).then(|| (*parent).to_owned()),
        aliases: Vec::new(),
    };
    Agencies::new(agencies.iter().map(agency).collect()).unwrap()
}

/// The cells of the sheets of a workbook, as another program reads them, by the names of the sheets.
pub fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheets = book.worksheets().into_iter();
    sheets
        .map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect()))
        .collect()
}

/// One of them.
pub fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let found = sheets(bytes).into_iter().find(|(it, _)| it == name);
    found.unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// A sheet as text: a row a line.
pub fn text(rows: &[Vec<Data>]) -> String {
    let line = |row: &Vec<Data>| {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The XML of a workbook.
pub fn xml(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}
