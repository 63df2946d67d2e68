//! The seeds of the fuzz targets of files, replayed through the targets' own functions.

#[path = "../../../fuzz/src/files.rs"]
mod files;

use std::path::Path;

/// Every seed as it is, and cut short at many places.
#[track_caller]
fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
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
fn encoding() {
    replay("encoding", files::encoding);
}

#[test]
fn html() {
    replay("html", files::html);
}

#[test]
fn xls() {
    replay("xls", files::xls);
}

#[test]
fn xlsx() {
    replay("xlsx", files::xlsx);
}

#[test]
fn ods() {
    replay("ods", files::ods);
}

#[test]
fn odt() {
    replay("odt", files::odt);
}

#[test]
fn rtf() {
    replay("rtf", files::rtf);
}

#[test]
fn mhtml() {
    replay("mhtml", files::mhtml);
}

#[test]
fn docx() {
    replay("docx", files::docx);
}

#[test]
fn doc() {
    replay("doc", files::doc);
}

#[test]
fn pdf() {
    replay("pdf", files::pdf);
}

#[test]
fn ofd() {
    replay("ofd", files::ofd);
}
