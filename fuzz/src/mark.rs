//! What the fuzz target of copies with marks does: the tests of `xxgk-mark` replay its seeds through the same function.

#[path = "archive.rs"]
mod archive;

use xxgk::{Lang, Options, read_document};
use xxgk_read::{Format, format, read};

use archive::archive;

/// A file of the kind that the first letter says (a page, a document, a workbook), with what the others are in it: a copy reads as
/// the file does, is of its format, and is the same each time. Says at how many places something is said.
pub fn mark(bytes: &[u8]) -> usize {
    let Some(file) = file(bytes) else { return 0 };
    let Ok(document) = read(&file) else { return 0 };
    let options = Options::default();
    let readings: Vec<_> = read_document(&document, xxgk::forms(), &options).collect();
    let tables: Vec<_> = readings.iter().map(|it| (it.check(), Some(it))).collect();
    let copy = match xxgk_mark::annotate(&file, &tables, Lang::Zh) {
        Ok(copy) => copy,
        Err(error) => {
            let message = error.message();
            assert!(!message.zh.is_empty() && !message.en.is_empty());
            return 0;
        }
    };
    assert_eq!(format(&copy.file).unwrap(), format(&file).unwrap());
    assert_eq!(read(&copy.file).unwrap().text(), document.text());
    let again = xxgk_mark::annotate(&file, &tables, Lang::Zh).unwrap();
    assert_eq!(again.file, copy.file);
    copy.places
}

fn file(bytes: &[u8]) -> Option<Vec<u8>> {
    let (kind, rest) = bytes.split_first()?;
    let text = String::from_utf8_lossy(rest);
    let others = "<comments><authors/><commentList/></comments>";
    let (text, comments) = text.split_once("\n---\n").unwrap_or((&text, others));
    let types = ("[Content_Types].xml", "<Types/>");
    let relations = |name, target| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!("<x><Relationship Id=\"r1\" Type=\"{kind}/{name}\" Target=\"{target}\"/></x>")
    };
    let file = match kind {
        b'h' => [b"<html>", rest].concat(),
        b'd' => archive(&[
            types,
            ("word/document.xml", text),
            (
                "word/_rels/document.xml.rels",
                &relations("comments", "c.xml"),
            ),
            ("word/c.xml", comments),
        ]),
        b'x' => archive(&[
            types,
            ("xl/workbook.xml", "<x><sheet name=\"S\" r:id=\"r1\"/></x>"),
            (
                "xl/_rels/workbook.xml.rels",
                &relations("worksheet", "s.xml"),
            ),
            ("xl/s.xml", text),
            ("xl/_rels/s.xml.rels", &relations("comments", "c.xml")),
            ("xl/c.xml", comments),
        ]),
        _ => return None,
    };
    Some(file).filter(|it| format(it).is_ok_and(|it| it != Format::Text))
}
