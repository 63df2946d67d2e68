//! Every layout reads back to the record it was written from, with every cell at its place.

mod support;

use proptest::prelude::*;
use proptest::sample::select;
use support::layout::{Layout, Numbering, Style, table};
use xxgk::nine_category::NineCategory;
use xxgk::{Options, Record, Table, read, strategies};

fn style() -> impl Strategy<Value = Style> {
    let flags = any::<[bool; 5]>();
    (
        select(&Numbering::ALL[..]),
        flags,
        select(&["—", "----", ""][..]),
    )
        .prop_map(
            |(numbering, [notes, spaced, full_width, thousands, serial], heading_unit)| Style {
                numbering,
                notes,
                spaced,
                full_width,
                thousands,
                heading_unit,
                serial,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(
        filled in prop_oneof![strategies::consistent(), strategies::with_blanks()],
        layout in select(&Layout::ALL[..]),
        mut style in style(),
    ) {
        let record = Record::from(&filled);
        // A blank cell leaves no trace where only lines set cells apart: with a column of numbers before the labels,
        // the next row's number could then be taken for the value.
        let traceless = matches!(layout, Layout::CellsPlain | Layout::CellsSpaced);
        style.serial &= !traceless;
        let text = format!("前文,不是表。\n{}单位负责人:某甲\n", table(&record, layout, style));
        let options = Options::default();
        let readings: Vec<_> = read(&text, std::slice::from_ref(NineCategory::form()), &options).collect();
        prop_assert_eq!(readings.len(), 1);
        let reading = &readings[0];
        prop_assert_eq!(reading.record.as_ref(), Some(&record), "{}\n{:?}", text, reading.findings);
        // Nothing but blanks is found.
        let blanks = record.cells().iter().filter(|cell| cell.is_none()).count();
        let found: Vec<&str> = reading.findings.iter().map(|finding| &*finding.rule).collect();
        prop_assert_eq!(found, vec!["S008"; blanks]);
        for (index, value) in record.cells().iter().enumerate() {
            let Some(place) = reading.place(index) else { continue };
            let line = text.split('\n').nth(place.line - 1).unwrap();
            let there: String = line.chars().skip(place.column - 1).collect();
            prop_assert!(there.starts_with(&place.text));
            prop_assert!(value.is_none() || !place.text.is_empty());
        }
    }
}

/// With a column of numbers and cells that leave no trace, a table is read whole or not at all.
#[test]
fn a_column_of_numbers_is_never_taken_for_the_values() {
    let style = Style {
        serial: true,
        ..Style::FORM
    };
    let full = support::consistent();
    let of = |record: &Record| {
        let text = table(record, Layout::CellsPlain, style);
        let options = Options::default();
        read(&text, std::slice::from_ref(NineCategory::form()), &options)
            .next()
            .unwrap()
    };
    assert_eq!(of(&full).record, Some(full.clone()));
    let mut blank = full;
    blank.set("requests.received.fax", None).unwrap();
    let reading = of(&blank);
    assert_eq!(reading.record, None);
    assert_eq!(&*reading.findings[0].rule, "S021");
    assert!(
        reading.findings[0].message.zh.contains("传真申请数"),
        "{}",
        reading.findings[0].message.zh
    );
}
