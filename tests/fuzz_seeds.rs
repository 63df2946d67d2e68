//! The seeds of the fuzz targets, replayed through the targets' own functions.

#[path = "support/naive.rs"]
mod naive;
#[path = "../fuzz/src/targets.rs"]
mod targets;

use std::path::Path;

/// Every seed as it is, and cut short at many places.
#[track_caller]
fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for end in (0..=bytes.len()).rev().step_by(1 + bytes.len() / 200) {
            run(&bytes[..end]);
        }
        seen += 1;
    }
    assert!(seen > 0, "no seeds");
}

#[test]
fn text() {
    replay("text", targets::text);
}

#[test]
fn prose() {
    replay("prose", targets::prose);
}

#[test]
fn rule() {
    replay("rule", targets::rule);
}

#[test]
fn form() {
    replay("form", targets::form);
}

#[test]
fn json() {
    replay("json", targets::json);
}

#[test]
fn engine() {
    replay("engine", targets::engine);
}

#[test]
fn edit() {
    replay("edit", targets::edit);
}

#[test]
fn columns() {
    replay("columns", targets::columns);
}

#[test]
fn analyse() {
    replay("analyse", targets::analyse);
}
