//! What is said of a file that is not read: what it is, and what to do.

mod support;

use std::fmt::Write as _;

use support::office::archive;
use xxgk_read::{Format, Limit, ReadError, read};

#[test]
fn every_reason_says_what_to_do() {
    let mut shown = String::new();
    for error in [
        ReadError::Scan,
        ReadError::NotBuilt(Format::Pdf),
        ReadError::Image,
        ReadError::Archive,
        ReadError::Encrypted,
        ReadError::Other("XLSB"),
        ReadError::Other("Excel 2003 XML"),
        ReadError::Other("Word XML"),
        ReadError::Other("Word 95"),
        ReadError::Other("OpenDocument without text or sheets"),
        ReadError::Other("Office Open XML"),
        ReadError::Other("OLE2"),
        ReadError::NotText,
        ReadError::TwoOfOneName,
        ReadError::Damaged(Format::Docx),
        ReadError::TooLarge(Limit::Cells),
        ReadError::TooLarge(Limit::Text),
        ReadError::TooLarge(Limit::Entries),
        ReadError::TooLarge(Limit::Unpacked),
        ReadError::TooLarge(Limit::Depth),
        ReadError::TooLarge(Limit::Attributes),
        ReadError::TooLarge(Limit::Pages),
        ReadError::TooLarge(Limit::Glyphs),
        ReadError::TooLarge(Limit::Steps),
    ] {
        let message = error.message();
        assert!(
            !message.zh.contains([':', ',', ';', '(', ')']),
            "{}",
            message.zh
        );
        _ = writeln!(shown, "{error}\n  {}\n  {}", message.zh, message.en);
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn what_is_not_read_is_told_apart() {
    let mhtml = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\n<html>";
    let ofd = archive(&[("OFD.xml", b"<ofd:OFD/>")]);
    let odg = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.graphics"),
        ("content.xml", b"<a/>"),
    ]);
    let xlsb = archive(&[("[Content_Types].xml", b""), ("xl/workbook.bin", b"")]);
    let pptx = archive(&[("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")]);
    let zip = archive(&[("表.xlsx", b"27")]);
    let old = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Table/>";
    for (bytes, error) in [
        (&b"%PDF-1.7\n"[..], ReadError::Damaged(Format::Pdf)),
        (b"\r\n%PDF-1.4", ReadError::Damaged(Format::Pdf)),
        (&ofd, ReadError::Damaged(Format::Ofd)),
        (b"{\\rtf1\\ansi", ReadError::Damaged(Format::Rtf)),
        (mhtml.as_bytes(), ReadError::Damaged(Format::Mhtml)),
        (b"\x89PNG\r\n\x1a\n", ReadError::Image),
        (b"\xff\xd8\xff\xe0", ReadError::Image),
        (b"Rar!\x1a\x07\x00", ReadError::Archive),
        (b"PK\x05\x06", ReadError::Archive),
        (&zip, ReadError::Archive),
        (&xlsb, ReadError::Other("XLSB")),
        (
            &odg,
            ReadError::Other("OpenDocument without text or sheets"),
        ),
        (&pptx, ReadError::Other("Office Open XML")),
        (old.as_bytes(), ReadError::Other("Excel 2003 XML")),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            ReadError::Damaged(Format::Xls),
        ),
    ] {
        assert_eq!(read(bytes).unwrap_err(), error);
    }
    // Compound files: of the workbook, the stream's name is changed to that of another program.
    let book = support::fixture("jilin-2017.xls");
    let utf16 = |name: &str| {
        name.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let at = book
        .windows(16)
        .position(|it| it == utf16("Workbook"))
        .unwrap();
    for (name, error) in [
        ("WordDocument", ReadError::Damaged(Format::Doc)),
        ("EncryptedPackage", ReadError::Encrypted),
        ("Contents", ReadError::Other("OLE2")),
    ] {
        let mut other = book.clone();
        let units = utf16(name);
        other[at..at + units.len()].copy_from_slice(&units);
        other[at + 64] = u8::try_from(units.len() + 2).unwrap();
        assert_eq!(read(&other).unwrap_err(), error);
    }
}
