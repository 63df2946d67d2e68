//! What several test files share: what the core's tests share, and writers of every format. The other side of the readers: it
//! shares no code with them.
#![allow(dead_code, unused_imports, reason = "each test file uses a part of it")]

#[path = "../../../../tests/support/expect.rs"]
pub mod expect;
pub mod html;
#[path = "../../../../tests/support/layout.rs"]
pub mod layout;
#[path = "../../../../tests/support/matrix.rs"]
pub mod matrix;
pub mod office;
pub mod plain;
#[path = "../../../../tests/support/printed.rs"]
pub mod printed;

pub use printed::{Put, Report, national, nine, put, size};
use xxgk::{Options, Reading, Record, forms, read_document};

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
