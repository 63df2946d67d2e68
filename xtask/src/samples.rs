//! The sample years in `tests/data`: one real table in every layout, and synthetic ones from the library's own strategies.

#[path = "../../tests/support/layout.rs"]
mod layout;

#[path = "../../tests/support/matrix.rs"]
mod matrix;

use layout::{Layout, Numbering, Style};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::{Record, strategies};

/// The figures of the city of Suqian as they were published; see `tests/data/README.md`.
const SUQIAN: [(u16, &str); 2] = [
    (
        2023,
        include_str!("../../tests/data/suqian-2023/figures.json"),
    ),
    (
        2024,
        include_str!("../../tests/data/suqian-2024/figures.json"),
    ),
];
/// The figures of the Jilin table as they were published; see `tests/data/README.md`.
const JILIN: &str = include_str!("../../tests/data/jilin-2017/figures.json");
/// Sentences of our own around the figures of the Jilin report.
const PROSE: &str = include_str!("../../tests/support/prose.txt");

/// Every sample file, by its path from the root of the repository.
pub fn generate() -> Vec<(String, String)> {
    let jilin: NineCategory = serde_json::from_str(JILIN).expect("the figures of the Jilin table");
    let jilin = Record::from(jilin);
    let mut files = Vec::new();
    for layout in Layout::ALL {
        let table = layout::table(&jilin, layout, Style::FORM);
        let text = report(&jilin, 2017, PROSE, &table);
        files.push((format!("tests/data/jilin-2017/{}", layout.file()), text));
    }
    for (year, figures) in SUQIAN {
        let table: National2021 = serde_json::from_str(figures).expect("the figures of Suqian");
        let merged = matrix::Style {
            padded: true,
            ..matrix::Style::default()
        };
        for (layout, style) in [
            (Layout::CellsPiped, matrix::Style::default()),
            (Layout::RowsPiped, matrix::Style::default()),
            (Layout::Markdown, merged),
            (Layout::Tabs, merged),
        ] {
            let text = matrix::report(&Record::from(&table), layout, style, year);
            files.push((format!("tests/data/suqian-{year}/{}", layout.file()), text));
        }
    }
    let mut runner = TestRunner::deterministic();
    for (index, year) in (2014..=2018).enumerate() {
        let table = strategies::consistent()
            .new_tree(&mut runner)
            .expect("a consistent table")
            .current();
        let record = Record::from(&table);
        let style = Style {
            numbering: Numbering::ALL[index],
            notes: index % 2 == 0,
            ..Style::FORM
        };
        let text = layout::table(&record, Layout::ALL[index], style);
        let text = report(
            &record,
            year,
            "本文件为合成数据(synthetic),由程序生成,不对应任何机关。\n",
            &text,
        );
        files.push((format!("tests/data/synthetic/{year}.txt"), text));
        let json = serde_json::to_string_pretty(&table).expect("a table as JSON");
        files.push((format!("tests/data/synthetic/{year}.json"), json + "\n"));
    }
    files
}

fn report(record: &Record, year: u16, prose: &str, table: &str) -> String {
    let title = record.form().title();
    format!(
        "{year}年政府信息公开工作年度报告\n{prose}附件:\n{title}\n({year}年度)\n{table}单位负责人:某甲 审核人:某乙 填报人:某丙\n"
    )
}
