//! The sample years read and check as they should, in every layout.

use std::path::{Path, PathBuf};

use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::{Options, Record, Report, Table, Verdict, forms, read};

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(path)
}

#[track_caller]
fn text(path: &str) -> String {
    std::fs::read_to_string(data(path)).unwrap()
}

#[track_caller]
fn read_one(path: &str) -> (NineCategory, Report) {
    let (text, options) = (text(path), Options::default());
    let readings: Vec<_> =
        read(&text, std::slice::from_ref(NineCategory::form()), &options).collect();
    let [reading] = &readings[..] else {
        panic!("{path}: {} tables", readings.len())
    };
    let record: &Record = reading.record.as_ref().unwrap();
    (record.try_into().unwrap(), reading.check())
}

/// A year of the national form, in several layouts, told from the other forms by its labels.
#[test]
fn suqian_in_several_layouts() {
    for year in [2023, 2024] {
        let folder = format!("suqian-{year}");
        let figures: National2021 =
            serde_json::from_str(&text(&format!("{folder}/figures.json"))).unwrap();
        let mut seen = 0;
        for entry in std::fs::read_dir(data(&folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name == "figures.json" {
                continue;
            }
            let (text, options) = (text(&format!("{folder}/{name}")), Options::default());
            let readings: Vec<_> = read(&text, forms(), &options).collect();
            assert_eq!(readings.len(), 1, "{name}");
            let record = readings[0].record.as_ref().unwrap();
            assert_eq!(
                National2021::from_record(record).unwrap(),
                figures,
                "{name}"
            );
            let report = readings[0].check();
            assert_eq!(
                (report.year, report.verdict()),
                (Some(year), Verdict::Consistent),
                "{name}"
            );
            seen += 1;
        }
        assert_eq!(seen, 4);
    }
}

#[test]
fn jilin_2017_in_every_layout() {
    let figures: NineCategory = serde_json::from_str(&text("jilin-2017/figures.json")).unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(data("jilin-2017")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "figures.json" {
            continue;
        }
        let (table, report) = read_one(&format!("jilin-2017/{name}"));
        assert_eq!(table, figures, "{name}");
        assert_eq!(
            (report.year, report.verdict()),
            (Some(2017), Verdict::Query),
            "{name}"
        );
        assert_eq!(
            (
                report.counts.rules,
                report.counts.passed,
                report.counts.failed
            ),
            (28, 27, 1),
            "{name}"
        );
        let [finding] = &report.findings[..] else {
            panic!("{name}: {:?}", report.findings)
        };
        assert_eq!(&*finding.rule, "R204", "{name}");
        assert_eq!(finding.sides.unwrap(), [34, 23, 11], "{name}");
        for cell in &finding.cells {
            let place = cell.place.as_ref().unwrap();
            let line = text(&format!("jilin-2017/{name}"))
                .lines()
                .nth(place.line - 1)
                .unwrap()
                .to_owned();
            let there: String = line.chars().skip(place.column - 1).take(2).collect();
            assert_eq!(there, cell.value.unwrap().to_string(), "{name}");
        }
        seen += 1;
    }
    assert_eq!(seen, 8, "layouts");
}

#[test]
fn synthetic_years() {
    for year in 2014..=2018 {
        let (table, report) = read_one(&format!("synthetic/{year}.txt"));
        let figures: NineCategory =
            serde_json::from_str(&text(&format!("synthetic/{year}.json"))).unwrap();
        assert_eq!(table, figures, "{year}");
        assert_eq!(
            (report.year, report.verdict()),
            (Some(year), Verdict::Consistent),
            "{year}"
        );
        assert_eq!(report.findings, []);
    }
}
