//! Files as office programs write them, made by `scripts/office/check keep`: whatever the format, the figures are those that were
//! written, and the findings and claims those of the document of Word that the file was made from.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use support::expect::sample;
use support::readings;
use xxgk::{Lang, Reading, Record, Report, Value};

/// The files by the report that they are of: `pdf-n9-pages-wrong.pdf` is of `n9-pages-wrong`, by LibreOffice.
fn files() -> BTreeMap<String, Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office");
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let of = name.find("-n").unwrap() + 1;
        files.entry(name[of..].to_owned()).or_default().push(path);
    }
    files
}

fn read(path: &Path) -> Reading {
    let mut found = readings(&std::fs::read(path).unwrap());
    assert_eq!(found.len(), 1, "{path:?}");
    found.remove(0)
}

/// What of a report does not depend on where things stand.
fn said(reading: &Reading) -> Vec<(String, String, Vec<Option<String>>)> {
    let report: Report = reading.check();
    let cells = |it: &xxgk::Finding| {
        let values = it.cells.iter().map(|cell| cell.value.as_ref());
        values.map(|it| it.map(ToString::to_string)).collect()
    };
    let said = report
        .findings
        .iter()
        .map(|it| (it.rule.to_string(), it.message.zh.clone(), cells(it)));
    said.collect()
}

/// The figures that the maker changed in those of the sample.
fn written(stem: &str) -> Option<Record> {
    let (name, key, value) = match stem.split('-').next()? {
        "n21" => (
            "suqian-2023",
            "requests.outcomes.unavailable.not_held.natural_person",
            986,
        ),
        "n9" => ("jilin-2017", "requests.received.in_person", 21),
        _ => return None,
    };
    let mut record = sample(name);
    record.set(key, Some(Value::Count(value))).unwrap();
    Some(record)
}

#[test]
fn the_figures_are_those_that_were_written() {
    let mut count = 0;
    for (stem, paths) in files() {
        for path in paths {
            let reading = read(&path);
            if let Some(record) = written(&stem) {
                assert_eq!(reading.record, Some(record), "{path:?}");
                count += 1;
            }
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn findings_and_claims_are_those_of_the_document_they_were_made_from() {
    for (stem, paths) in files() {
        let is_docx = |it: &&PathBuf| it.extension().is_some_and(|it| it == "docx");
        let source = read(paths.iter().find(is_docx).unwrap());
        let claims = |reading: &Reading| {
            let claims = reading.claims.as_ref()?;
            // The place comes before the words; some makers put a space between characters and numbers.
            let told = claims
                .told()
                .map(|it| it.zh.split_once('“').unwrap().1.replace(' ', ""));
            Some(told.collect::<Vec<_>>())
        };
        assert!(claims(&source).is_some_and(|it| !it.is_empty()), "{stem}");
        for path in &paths {
            let reading = read(path);
            assert_eq!(reading.record, source.record, "{path:?}");
            assert_eq!(said(&reading), said(&source), "{path:?}");
            let is_of_sheets = path.to_string_lossy().contains("sheet")
                || path
                    .extension()
                    .is_some_and(|it| it == "xls" || it == "ods");
            if !is_of_sheets {
                assert_eq!(claims(&reading), claims(&source), "{path:?}");
            }
        }
    }
}

#[test]
fn places_say_page_and_cell() {
    // Counted on what each program shows of its page. The break cuts the row above 7.属于行政执法案卷 in two, and a row of Chromium's.
    let of = |file: &str, cell: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office");
        let reading = read(&folder.join(file));
        let record = reading.record.clone().unwrap();
        let index = record.form().cell(cell).unwrap();
        reading.place(index).unwrap().said(Lang::Zh)
    };
    let not_held = "requests.outcomes.unavailable.not_held.natural_person";
    assert_eq!(
        of("docx-n21-upright-wrong.docx", not_held),
        "表2第16行第4列"
    );
    assert_eq!(
        of("pdf-n21-upright-wrong.pdf", not_held),
        "第2页，表1，第4行第4列"
    );
    let in_person = "requests.received.in_person";
    assert_eq!(
        of("pdf-n9-pages-wrong.pdf", in_person),
        "第2页，表1，第13行第3列"
    );
    assert_eq!(
        of("print-n9-pages-wrong.pdf", in_person),
        "第3页，表1，第4行第3列"
    );
}
