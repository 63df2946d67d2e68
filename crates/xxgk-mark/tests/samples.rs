//! Each sample with each of many random wrong cells: the copy has its comments at the cells that the report names and at no other,
//! and reads back to the same record.

mod support;

use std::collections::BTreeSet;

use support::written::expect::sample;
use support::written::html;
use support::written::office::{self, Numbers};
use support::written::random::Random;
use support::written::{Report as Printed, national, nine};
use support::{annotated, checked, comments_of_docx, comments_of_xlsx};
use xxgk::{Record, Report, Value};
use xxgk_show::groups::groups;

const WRONG: usize = 50;

fn print(record: &Record) -> Printed {
    match record.form().id() {
        "nine-category" => nine(record, true),
        _ => national(record),
    }
}

/// The sample with another figure in a cell, and the cell.
fn wrong(record: &Record, random: &mut Random) -> (Record, usize) {
    loop {
        let below = u64::try_from(record.cells().len()).unwrap();
        let cell = usize::try_from(random.below(below)).unwrap();
        let Some(Value::Count(count)) = record.value(cell) else {
            continue;
        };
        let key = record.form().indicators()[cell].key().to_owned();
        let mut wrong = record.clone();
        let figure = count + 1 + random.below(900);
        wrong.set(&key, Some(Value::Count(figure))).unwrap();
        return (wrong, cell);
    }
}

/// The cells that the report names: what corrects it, or what does not hold.
fn named(report: &Report, record: &Record) -> BTreeSet<usize> {
    let groups = groups(report, false);
    let keys = groups.iter().flat_map(|it| it.cells(report));
    let keys = keys.filter_map(|it| it.key.as_deref());
    keys.map(|key| record.form().cell(key).unwrap()).collect()
}

/// Runs a check on each sample with each wrong cell: the record, the report that is printed, and the wrong cell.
fn each(mut check: impl FnMut(&Record, &Printed, usize)) {
    let random = &mut Random(18);
    for record in ["jilin-2017", "suqian-2023", "suqian-2024"].map(sample) {
        for _ in 0..WRONG {
            let (record, cell) = wrong(&record, random);
            check(&record, &print(&record), cell);
        }
    }
}

/// Of what is read of a file: the report, and whether the copy reads the same.
fn report(bytes: &[u8], record: &Record, copy: &[u8]) -> Report {
    let mut found = checked(bytes);
    assert_eq!(found.len(), 1);
    let (reading, report) = found.remove(0);
    assert_eq!(reading.record.as_ref(), Some(record));
    let again = checked(copy);
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].0.record.as_ref(), Some(record));
    assert_eq!(again[0].1, report);
    report
}

/// A wrong cell is among those that are named, unless nothing forbids it.
fn names(named: &BTreeSet<usize>, report: &Report, cell: usize) -> bool {
    let few = report.corrections.iter().all(|it| it.sets.len() <= 6);
    assert!(
        named.contains(&cell) || report.corrections.is_empty() || !few,
        "{named:?} {cell}"
    );
    named.contains(&cell)
}

#[test]
fn documents_have_their_comments_at_the_wrong_cells_and_at_no_other() {
    let mut hit = 0;
    each(|record, printed, cell| {
        let bytes = office::docx(printed, cell % 2 == 0);
        let copy = annotated(&bytes);
        let report = report(&bytes, record, &copy.file);
        let named = named(&report, record);
        hit += usize::from(names(&named, &report, cell));
        // The writer puts a table of one cell before the others, and all that covers a place of the grid into its row.
        let mut expected = BTreeSet::new();
        for (table, (_, puts)) in (1..).zip(&printed.tables) {
            for put in puts
                .iter()
                .filter(|it| it.cell.is_some_and(|it| named.contains(&it)))
            {
                let covers = |it: &&support::written::Put| {
                    (it.row..it.row + it.rows).contains(&put.row) && it.column <= put.column
                };
                expected.insert([table, put.row + 1, puts.iter().filter(covers).count()]);
            }
        }
        let comments = comments_of_docx(&copy.file);
        let found: Vec<[usize; 3]> = comments.iter().map(|it| it.0.tables[0]).collect();
        assert_eq!(found.len(), expected.len(), "one comment a cell");
        assert_eq!(BTreeSet::from_iter(found), expected);
        assert_eq!(copy.left, [""; 0]);
    });
    assert!(hit > 2 * WRONG, "{hit}");
}

#[test]
fn workbooks_have_their_comments_at_the_wrong_cells_and_at_no_other() {
    let mut hit = 0;
    each(|record, printed, cell| {
        let (sheets, away) = (cell % 2 == 0, (u32::try_from(cell % 3).unwrap(), 1));
        let numbers = [Numbers::Floats, Numbers::Texts, Numbers::Formulas][cell % 3];
        let bytes = office::xlsx(printed, numbers, sheets, away);
        let copy = annotated(&bytes);
        let report = report(&bytes, record, &copy.file);
        let named = named(&report, record);
        hit += usize::from(names(&named, &report, cell));
        let places = named
            .iter()
            .map(|it| office::xlsx_place(printed, *it, sheets, away));
        let expected: BTreeSet<String> = places.collect();
        let comments = comments_of_xlsx(&copy.file);
        let found = comments
            .iter()
            .map(|(sheet, cell, _)| format!("{sheet}!{cell}"));
        assert_eq!(comments.len(), expected.len(), "one comment a cell");
        assert_eq!(BTreeSet::from_iter(found), expected);
        assert_eq!(copy.left, [""; 0]);
    });
    assert!(hit > 2 * WRONG, "{hit}");
}

#[test]
fn pages_have_their_notes_at_the_wrong_cells_and_at_no_other() {
    let mut hit = 0;
    each(|record, printed, cell| {
        let style = html::Style {
            nested: cell % 2 == 0,
            split: cell % 3 == 0,
            unclosed: cell % 5 == 0,
            layout: false,
            shouted: cell % 7 == 0,
        };
        let page = html::write(printed, style);
        let copy = annotated(page.as_bytes());
        let report = report(page.as_bytes(), record, &copy.file);
        let named = named(&report, record);
        hit += usize::from(names(&named, &report, cell));
        // The cells in the order in which the writer puts them.
        let mut all = Vec::new();
        for (_, puts) in &printed.tables {
            let mut puts: Vec<_> = puts.iter().collect();
            puts.sort_by_key(|it| it.row);
            all.extend(puts.iter().map(|it| it.cell));
        }
        let of_named = |it: &Option<usize>| it.is_some_and(|it| named.contains(&it));
        let numbered = all.iter().enumerate();
        let expected = numbered.filter(|(_, it)| of_named(it)).map(|it| it.0);
        let text = String::from_utf8(copy.file).unwrap().to_lowercase();
        // What the writer puts before them is hidden, or a script.
        let tables = text.split_once("<table border=1").unwrap().1;
        let cells = tables.split("<td").skip(1).enumerate();
        let found = cells
            .filter(|(_, it)| it.starts_with(" data-xxgk"))
            .map(|it| it.0);
        assert_eq!(Vec::from_iter(found), Vec::from_iter(expected));
        assert_eq!(copy.left, [""; 0]);
    });
    assert!(hit > 2 * WRONG, "{hit}");
}
