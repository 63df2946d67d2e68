//! What several test files share: what the core's tests share, and writers of every format. The other side of the readers: it
//! shares no code with them.
#![allow(dead_code, unused_imports, reason = "each test file uses a part of it")]

pub mod drawn;
#[path = "../../../../tests/support/expect.rs"]
pub mod expect;
pub mod files;
pub mod html;
#[path = "../../../../tests/support/layout.rs"]
pub mod layout;
#[path = "../../../../tests/support/matrix.rs"]
pub mod matrix;
#[path = "../../../../tests/support/meanings.rs"]
pub mod meanings;
pub mod office;
pub mod plain;
#[path = "../../../../tests/support/printed.rs"]
pub mod printed;
#[path = "../../../../tests/support/random.rs"]
pub mod random;
pub mod rich;
pub mod word;

pub use printed::{Put, Report, national, nine, put, size};
use xxgk::{Look, Options, Reading, Record, forms, read_document};

/// What is read of a file.
#[track_caller]
pub fn readings(bytes: &[u8]) -> Vec<Reading> {
    let document = xxgk_read::read(bytes).unwrap();
    let options = Options::default();
    read_document(&document, forms(), &options).collect()
}

/// The figures of Jilin, 2017, and of Suqian, 2023.
pub fn real() -> [Record; 2] {
    ["jilin-2017", "suqian-2023"].map(expect::sample)
}

/// A file of `tests/data`, of which the README there says how it was made.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A file that fails in the field, or stands for one.
pub fn case(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The tables of a file as they are handed on: `^{}` is raised, `~{}` struck out, `-{}` hidden, `?{}` not calculated, `!{}`
/// shown by a rule that is not followed.
#[track_caller]
pub fn cells(bytes: &[u8]) -> String {
    let mut out = String::new();
    for grid in xxgk_read::tables(bytes).unwrap() {
        if grid.hidden {
            out.push_str("(hidden)\n");
        }
        let mut row = None;
        for cell in &grid.cells {
            match row {
                None => {}
                Some(row) if row == cell.row => out.push_str(" | "),
                Some(_) => out.push('\n'),
            }
            row = Some(cell.row);
            for run in &cell.runs {
                let mark = match run.look {
                    Look::Plain => "",
                    Look::Raised => "^",
                    Look::Struck => "~",
                    Look::Hidden => "-",
                    Look::Uncalculated => "?",
                    Look::Unfollowed => "!",
                    _ => unreachable!("a look without a mark"),
                };
                match mark {
                    "" => out.push_str(&run.text),
                    mark => out += &format!("{mark}{{{}}}", run.text),
                }
            }
        }
        out.push('\n');
    }
    out
}

/// The cell of the value that the samples of `meaning` change: 政策解读稿件发布数 of Jilin 2017.
#[track_caller]
pub fn changed(name: &str) -> String {
    let cells = cells(&case(name));
    let row = cells
        .lines()
        .find(|line| line.contains("政策解读稿件发布数"));
    row.unwrap().rsplit(" | ").next().unwrap().to_owned()
}
