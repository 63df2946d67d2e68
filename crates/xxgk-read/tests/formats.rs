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

/// The one record that was written is the one that is read, with nothing but blanks to find; `place` says where a cell
/// stands, `doubt` that it may be refused for a blank.
fn check(
    bytes: &[u8],
    format: Format,
    record: &Record,
    doubt: bool,
    place: impl Fn(usize) -> Option<String>,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(xxgk_read::format(bytes), Ok(format));
    let found: Vec<Reading> = support::readings(bytes);
    prop_assert_eq!(found.len(), 1);
    let blanks = record.cells().iter().filter(|cell| cell.is_none()).count();
    let Some(read) = &found[0].record else {
        // In a form with columns a blank at the edge leaves a doubt, where the row may have further cells.
        let text = xxgk_read::read(bytes).unwrap().text().to_owned();
        prop_assert!(
            doubt && blanks > 0 && record.form().id() != "nine-category",
            "{:?}\n{}",
            found[0].findings,
            text
        );
        prop_assert_eq!(&*found[0].findings[0].rule, "S021");
        return Ok(());
    };
    prop_assert_eq!(read, record);
    // The pages and documents have deleted and hidden text in their cells, which is said.
    let rules = found[0].findings.iter().map(|it| &*it.rule);
    let rules: Vec<&str> = rules.filter(|rule| *rule != "S015").collect();
    // A row of which nothing but the label is left may be none.
    let blank = |rule: &&str| *rule == "S008" || (doubt && *rule == "S001");
    prop_assert!(
        rules.iter().all(blank) && rules.len() == blanks,
        "{:?}",
        rules
    );
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
                "表{}第{}行第{}列",
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
        check(page.as_bytes(), Format::Html, &record, false, |cell| in_table(&report, cell, 0))?;
    }

    #[test]
    fn workbooks((record, report) in any_report(), numbers in select(&[Numbers::Floats, Numbers::Texts, Numbers::Formulas][..]), sheets in any::<bool>(), away in (0..3_u32, 0..30_u16)) {
        // Formulas that are stored with zeros only are ones that nobody calculated.
        let some = record.cells().iter().flatten().any(|value| value.to_string() != "0");
        prop_assume!(some || numbers != Numbers::Formulas);
        let bytes = office::xlsx(&report, numbers, sheets, away);
        check(&bytes, Format::Xlsx, &record, !sheets, |cell| Some(office::xlsx_place(&report, cell, sheets, away)))?;
    }

    #[test]
    fn open_workbooks((record, report) in any_report()) {
        // The title of the table stands above it.
        check(&office::ods(&report), Format::Ods, &record, false, |cell| Some(office::xlsx_place(&titled(&report), cell, true, (0, 0))))?;
    }

    #[test]
    fn open_texts((record, report) in any_report()) {
        check(&office::odt(&report), Format::Odt, &record, false, |cell| in_table(&report, cell, 0))?;
    }

    #[test]
    fn rich_texts((record, report) in any_report()) {
        check(&office::rtf(&report), Format::Rtf, &record, false, |cell| in_table(&report, cell, 0))?;
    }

    #[test]
    fn old_documents((record, report) in any_report()) {
        check(&office::doc(&report), Format::Doc, &record, false, |cell| in_table(&report, cell, 0))?;
    }

    #[test]
    fn saved_pages((record, report) in any_report()) {
        let page = html::write(&report, html::Style::default());
        let plain = support::readings(page.as_bytes());
        let saved = office::mhtml(&page);
        prop_assert_eq!(xxgk_read::format(&saved), Ok(Format::Mhtml));
        let saved = support::readings(&saved);
        prop_assert_eq!(saved.len(), 1);
        prop_assert_eq!(&saved[0].record, &Some(record));
        prop_assert_eq!(&saved[0].findings, &plain[0].findings);
    }

    #[test]
    fn documents((record, report) in any_report(), split in any::<bool>()) {
        check(&office::docx(&report, split), Format::Docx, &record, false, |cell| in_table(&report, cell, 0))?;
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
        check(&bytes, Format::Text, &record, true, |_| None)?;
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

/// A note under a table, or a title over it, may be wider than the table.
#[test]
fn a_note_that_is_too_wide_leaves_no_doubt() {
    let [_, mut record] = support::real();
    record.set("requests.received.total", None).unwrap();
    let mut report = support::national(&record);
    for (_, table) in &mut report.tables {
        let (rows, columns) = support::size(table);
        table.push(support::put(rows, 0, 1, columns + 3, "注:数字截至年底"));
    }
    let page = html::write(&report, html::Style::default());
    let found = support::readings(page.as_bytes());
    assert_eq!(found[0].record.as_ref(), Some(&record));
}

/// A hidden table between a title and its table is said to be there, and takes the title from none.
#[test]
fn a_hidden_table_takes_no_title() {
    let [record, _] = support::real();
    let page = html::write(&support::nine(&record, true), html::Style::default());
    // Those before it stand in a script, and in a part that is hidden too.
    let before = page.find("</div>").unwrap();
    let start = before + page[before..].find("<table").unwrap();
    let table = start..page.rfind("</table>").unwrap() + "</table>".len();
    let hidden = page[table.clone()].replacen("159", "160", 1);
    let page = format!(
        "{}<div style='display:none'>{hidden}</div>{}",
        &page[..table.start],
        &page[table.start..]
    );
    let found = support::readings(page.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].record.as_ref(), Some(&record));
    assert_eq!(found[0].year, Some(2017));
    assert!(found[0].findings.iter().any(|it| &*it.rule == "S019"));
    let place = found[0].place(0).and_then(|it| it.within.as_ref());
    assert!(
        place.is_some_and(|it| it.to_string().starts_with("表1第")),
        "{place:?}"
    );
}

/// A cell that was lost leaves no value in another cell.
fn lost(bytes: &[u8], record: &Record) -> Result<(), TestCaseError> {
    for reading in support::readings(bytes) {
        let Some(read) = &reading.record else {
            continue;
        };
        prop_assert_eq!(read.form().id(), record.form().id());
        for (cell, value) in read.cells().iter().enumerate() {
            prop_assert!(
                value.is_none() || *value == record.value(cell),
                "{:?}: {:?}, not {:?}\n{}",
                read.form().indicator(cell).map(|it| it.key()),
                value,
                record.value(cell),
                xxgk_read::read(bytes).unwrap().text()
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_lost_cell_is_never_made_up((record, report) in any_report(), at in any::<Index>(), remark in any::<bool>()) {
        let mut report = report;
        if remark {
            // A column behind the values, with nothing in it, or with a heading only.
            for (_, table) in &mut report.tables {
                let (rows, columns) = support::size(table);
                for row in 0..rows {
                    let heading = if row == 0 && at.index(2) == 0 { "备注" } else { "" };
                    table.push(support::put(row, columns, 1, 1, heading));
                }
            }
        }
        let cut = |page: &str, open: &str, close: &str| {
            let cells: Vec<usize> = page.match_indices(open).map(|it| it.0).collect();
            let start = *at.get(&cells);
            let end = start + page[start..].find(close).unwrap() + close.len();
            format!("{}{}", &page[..start], &page[end..])
        };
        let page = html::write(&report, html::Style::default());
        lost(cut(&page, "<td", "</td>").as_bytes(), &record)?;
        let body = cut(&office::docx_body(&report, false), "<w:tc>", "</w:tc>");
        lost(&office::docx_of(&body), &record)?;
    }
}
