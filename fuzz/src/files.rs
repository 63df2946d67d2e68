//! What the fuzz targets of files do: the tests of `xxgk-read` replay the seeds through the same functions.

#[path = "archive.rs"]
mod archive;

use std::io::{Cursor, Write};

use xxgk::{Options, Verdict, read_document};
use xxgk_read::{Format, format, read};

use archive::archive;

const STYLES: &str = "<x><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></x>";

/// Any file is refused with a reason, or read to a document, of which each table has its cells at their places.
fn file(bytes: &[u8]) {
    let told = format(bytes);
    let document = match read(bytes) {
        Ok(document) => document,
        Err(error) => {
            let message = error.message();
            assert!(!message.zh.is_empty() && !message.en.is_empty());
            return;
        }
    };
    let told = told.unwrap();
    let plain = told == Format::Text;
    if let (Ok(text), true) = (std::str::from_utf8(bytes), plain) {
        // Line ends of CR alone become LF, and characters that steer a terminal cannot be read.
        let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c');
        let text = text
            .trim_start_matches('\u{feff}')
            .replace(control, "\u{fffd}");
        let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        assert_eq!(lines(document.text()), lines(&text));
    }
    let lines: Vec<&str> = document.text().split('\n').collect();
    let options = Options::default();
    for reading in read_document(&document, xxgk::forms(), &options) {
        let report = reading.check();
        assert_eq!(
            reading.record.is_none(),
            report.verdict() == Verdict::Unreadable
        );
        let cells = reading.form.as_ref().map_or(0, |form| form.cells());
        for place in (0..cells).filter_map(|cell| reading.place(cell)) {
            assert_eq!(place.within.is_none(), plain);
            let rest: String = lines[place.line - 1]
                .chars()
                .skip(place.column - 1)
                .collect();
            let shown = place.text.lines().next().unwrap_or_default();
            assert!(
                rest.starts_with(shown.trim_end_matches('…')) || plain,
                "{place:?}"
            );
        }
    }
}

/// Any bytes, whatever they are.
pub fn encoding(bytes: &[u8]) {
    file(bytes);
}

/// Any page.
pub fn html(bytes: &[u8]) {
    file(&[b"<html>", bytes].concat());
}

/// Any compound file.
pub fn xls(bytes: &[u8]) {
    file(bytes);
}

/// Any sheet, and behind lines of dashes any strings and any styles, in a workbook.
pub fn xlsx(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (sheet, rest) = text.split_once("\n---\n").unwrap_or((&text, ""));
    let (strings, styles) = rest.split_once("\n---\n").unwrap_or((rest, STYLES));
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id, name, target| {
        format!("<Relationship Id=\"{id}\" Type=\"{kind}/{name}\" Target=\"{target}\"/>")
    };
    let relations = relation("r1", "worksheet", "s.xml")
        + &relation("r2", "sharedStrings", "t.xml")
        + &relation("r3", "styles", "u.xml");
    file(&archive(&[
        ("xl/workbook.xml", "<x><sheet name=\"S\" r:id=\"r1\"/></x>"),
        ("xl/_rels/workbook.xml.rels", &format!("<x>{relations}</x>")),
        ("xl/s.xml", sheet),
        ("xl/t.xml", strings),
        ("xl/u.xml", styles),
    ]));
}

/// Any content of an OpenDocument workbook.
pub fn ods(bytes: &[u8]) {
    let content = String::from_utf8_lossy(bytes);
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    file(&archive(&[("mimetype", kind), ("content.xml", &content)]));
}

/// Any content of an OpenDocument text.
pub fn odt(bytes: &[u8]) {
    let content = String::from_utf8_lossy(bytes);
    let kind = "application/vnd.oasis.opendocument.text";
    file(&archive(&[("mimetype", kind), ("content.xml", &content)]));
}

/// Any rich text.
pub fn rtf(bytes: &[u8]) {
    file(&[b"{\\rtf1", bytes, b"}"].concat());
}

/// Any parts of a saved page.
pub fn mhtml(bytes: &[u8]) {
    let head =
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n";
    file(&[&head[..], bytes].concat());
}

/// Any document of Word, and behind a line of dashes any styles.
pub fn docx(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (text, styles) = text.split_once("\n---\n").unwrap_or((&text, "<x/>"));
    let relations = "<x><Relationship Id=\"r1\" Type=\"x/styles\" Target=\"styles.xml\"/></x>";
    file(&archive(&[
        ("word/document.xml", text),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", styles),
    ]));
}

/// The streams of a document of Word 97: the lengths of the tables and of the data, those, and the document.
pub fn doc(bytes: &[u8]) {
    let Some((head, rest)) = bytes.split_at_checked(4) else {
        return;
    };
    let length = |at| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
    let (tables, rest) = rest.split_at(length(0).min(rest.len()));
    let (data, document) = rest.split_at(length(2).min(rest.len()));
    let streams = [
        ("/WordDocument", document),
        ("/0Table", tables),
        ("/1Table", tables),
        ("/Data", data),
    ];
    let version = cfb::Version::V3;
    let mut container =
        cfb::CompoundFile::create_with_version(version, Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        let mut stream = container.create_stream(name).unwrap();
        stream.write_all(bytes).unwrap();
    }
    file(&container.into_inner().into_inner());
}

/// Any content of a page of a PDF, with a font of Chinese and a form that draws itself.
pub fn pdf(bytes: &[u8]) {
    let stream = |head: &str, bytes: &[u8]| {
        let head = format!("<<{head}/Length {}>>\nstream\n", bytes.len());
        [head.as_bytes(), bytes, b"\nendstream"].concat()
    };
    let resources = "/Resources<</Font<</F1 5 0 R>>/XObject<</X1 7 0 R>>>>";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{resources}>>").into_bytes(),
        stream("", bytes),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>".to_vec(),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", b"q 0.5 0 0 0.5 0 0 cm /X1 Do Q"),
    ];
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let at = out.len();
    out.extend_from_slice(table.as_bytes());
    let trailer = format!(
        "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF",
        objects.len() + 1
    );
    out.extend_from_slice(trailer.as_bytes());
    file(&out);
}

/// Any content of a page of an OFD.
pub fn ofd(bytes: &[u8]) {
    let content = String::from_utf8_lossy(bytes);
    file(&archive(&[
        (
            "OFD.xml",
            "<x><DocBody><DocRoot>d/Document.xml</DocRoot></DocBody></x>",
        ),
        (
            "d/Document.xml",
            "<x><CommonData/><Pages><Page ID=\"1\" BaseLoc=\"Content.xml\"/></Pages></x>",
        ),
        ("d/Content.xml", &content),
    ]));
}
