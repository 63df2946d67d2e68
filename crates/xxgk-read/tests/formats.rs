//! Tables that a library of the other side has written are read back to the record they were written from, in every format,
//! with every cell at its place; and what is blank stays blank, or the table is refused.

mod support;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::office::{self, Numbers};
use support::{Report, html, plain};
use xxgk::national_2021::National2021;
use xxgk::strategies::{self, national};
use xxgk::{Reading, Record, Table};
use xxgk_read::Format;

/// A record, the report it is printed in, whether blanks stand in it.
fn any_report() -> impl Strategy<Value = (Record, Report)> {
    let nine = prop_oneof![strategies::consistent(), strategies::with_blanks()];
    let nine = (nine, any::<bool>()).prop_map(|(table, titled)| {
        let record = Record::from(&table);
        let report = support::nine(&record, titled);
        (record, report)
    });
    let blanks = prop::collection::vec(any::<Index>(), 0..4);
    let national = (national::consistent(National2021::form()), blanks, 0..3_u8);
    let national = national.prop_map(|(mut record, blanks, with)| {
        let form = record.form().clone();
        for at in blanks.iter().filter(|_| with == 0) {
            let key = form.indicator(at.index(form.cells())).unwrap().key();
            record.set(key, None).unwrap();
        }
        let report = support::national(&record);
        (record, report)
    });
    prop_oneof![nine, national]
}

/// The one record that was written is the one that is read, with nothing but blanks to find; `place` says where a cell stands.
fn check(
    bytes: &[u8],
    format: Format,
    record: &Record,
    place: impl Fn(usize) -> Option<String>,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(xxgk_read::format(bytes), Ok(format));
    let found: Vec<Reading> = support::readings(bytes);
    prop_assert_eq!(found.len(), 1);
    let blanks = record.cells().iter().filter(|cell| cell.is_none()).count();
    let Some(read) = &found[0].record else {
        // In a form with columns a blank leaves a doubt, where it is not known which cells are merged.
        let text = xxgk_read::read(bytes).unwrap().text().to_owned();
        prop_assert!(
            format == Format::Text && blanks > 0 && record.form().id() != "nine-category",
            "{:?}\n{}",
            found[0].findings,
            text
        );
        prop_assert_eq!(&*found[0].findings[0].rule, "S021");
        return Ok(());
    };
    prop_assert_eq!(read, record);
    let rules: Vec<&str> = found[0].findings.iter().map(|it| &*it.rule).collect();
    prop_assert_eq!(rules, vec!["S008"; blanks]);
    let year = if record.form().id() == "nine-category" {
        2017
    } else {
        2023
    };
    prop_assert_eq!(found[0].year, Some(year));
    for (cell, value) in record
        .cells()
        .iter()
        .enumerate()
        .filter(|it| it.1.is_some())
    {
        let there = found[0].place(cell).unwrap();
        prop_assert!(!there.text.is_empty(), "{:?}", value);
        let there = there.within.as_ref().map(ToString::to_string);
        prop_assert_eq!(there, place(cell));
    }
    Ok(())
}

/// Where a cell stands in a text with tables, of which so many stand before ours.
fn in_table(report: &Report, cell: usize, before: usize) -> Option<String> {
    report
        .tables
        .iter()
        .enumerate()
        .find_map(|(table, (_, cells))| {
            let put = cells.iter().find(|put| put.cell == Some(cell))?;
            Some(format!(
                "表{}:{}:{}",
                table + 1 + before,
                put.row + 1,
                put.column + 1
            ))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn pages((record, report) in any_report(), [nested, split, unclosed, layout, shouted] in any::<[bool; 5]>()) {
        let style = html::Style { nested, split, unclosed, layout, shouted };
        let page = html::write(&report, style);
        check(page.as_bytes(), Format::Html, &record, |cell| in_table(&report, cell, 0))?;
    }

    #[test]
    fn workbooks((record, report) in any_report(), numbers in select(&[Numbers::Floats, Numbers::Texts, Numbers::Formulas][..]), sheets in any::<bool>(), away in (0..3_u32, 0..30_u16)) {
        let bytes = office::xlsx(&report, numbers, sheets, away);
        check(&bytes, Format::Xlsx, &record, |cell| Some(office::xlsx_place(&report, cell, sheets, away)))?;
    }

    #[test]
    fn open_workbooks((record, report) in any_report()) {
        // The title of the table stands above it.
        check(&office::ods(&report), Format::Ods, &record, |cell| Some(office::xlsx_place(&titled(&report), cell, true, (0, 0))))?;
    }

    #[test]
    fn documents((record, report) in any_report(), split in any::<bool>()) {
        check(&office::docx(&report, split), Format::Docx, &record, |cell| in_table(&report, cell, 0))?;
    }

    #[test]
    fn texts((record, report) in any_report(), separator in select(&b",;\t"[..]), encoding in 0..4_u8) {
        let text = plain::write(&report, separator);
        let bytes = match encoding {
            0 => text.clone().into_bytes(),
            1 => format!("\u{feff}{text}").into_bytes(),
            2 => encoding_rs::GBK.encode(&text).0.into_owned(),
            _ => [&b"\xff\xfe"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat(),
        };
        check(&bytes, Format::Text, &record, |_| None)?;
    }
}

/// The report with a title over every table.
fn titled(report: &Report) -> Report {
    let mut report = report.clone();
    for (title, _) in &mut report.tables {
        title.push(' ');
    }
    report
}
