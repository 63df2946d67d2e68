//! Names of the files within an archive, which programs write in their own ways.

mod support;

use support::office::{archive, docx_of};
use xxgk_read::{ReadError, read};

const TEXT: &[u8] = b"<w:p><w:r><w:t>27</w:t></w:r></w:p>";

#[test]
fn names_are_compared_as_programs_compare_them() {
    for name in [
        "word/document.xml",
        "word\\document.xml",
        "Word/Document.XML",
        "./word/document.xml",
        "/word/document.xml",
    ] {
        assert_eq!(
            read(&archive(&[(name, TEXT)])).unwrap().text(),
            "27\n",
            "{name}"
        );
    }
    assert!(read(&support::case("backslash-names.xlsx")).is_ok());
}

/// Programs differ in which of the two they read.
#[test]
fn two_files_of_one_name_are_refused() {
    for other in [
        "Word/document.xml",
        "word\\document.xml",
        "word//document.xml",
    ] {
        let file = archive(&[("word/document.xml", TEXT), (other, TEXT)]);
        assert_eq!(read(&file).unwrap_err(), ReadError::TwoOfOneName, "{other}");
    }
    // Of the same name: in a file whose second name is changed in place.
    let mut file = archive(&[("word/document.xml", TEXT), ("word/document.xmm", TEXT)]);
    for at in 0..file.len() - 17 {
        if &file[at..at + 17] == b"word/document.xmm" {
            file[at + 16] = b'l';
        }
    }
    assert_eq!(read(&file).unwrap_err(), ReadError::TwoOfOneName);
    assert!(read(&docx_of("<w:p/>")).is_ok());
}
