//! What a file is, told from its content.

use crate::archive::Archive;
use crate::doc;
use crate::encoding::{decode, with_lines};
use crate::error::ReadError;
use crate::format::Format;
use crate::mhtml::{self, is_mhtml};
use crate::ole::Compound;

/// The stream of a document of Word.
const DOCUMENT: &str = "WordDocument";

/// A file of a format that is read, opened.
#[derive(Debug)]
pub(crate) enum Content<'b> {
    Text(String),
    Html(String),
    /// The page in it.
    Mhtml(String),
    Xlsx(Archive<'b>),
    Ods(Archive<'b>),
    Odt(Archive<'b>),
    /// And the name of the file within that has the text.
    Docx(Archive<'b>, String),
    Rtf(&'b [u8]),
    Ofd(Archive<'b>),
    #[cfg_attr(not(feature = "pdf"), allow(dead_code, reason = "it is refused"))]
    Pdf(&'b [u8]),
    Doc(doc::Streams),
    /// The stream of the workbook.
    Xls(Vec<u8>),
}

impl Content<'_> {
    pub fn format(&self) -> Format {
        match self {
            Content::Text(_) => Format::Text,
            Content::Html(_) => Format::Html,
            Content::Mhtml(_) => Format::Mhtml,
            Content::Xlsx(_) => Format::Xlsx,
            Content::Ods(_) => Format::Ods,
            Content::Odt(_) => Format::Odt,
            Content::Docx(..) => Format::Docx,
            Content::Rtf(_) => Format::Rtf,
            Content::Ofd(_) => Format::Ofd,
            Content::Pdf(_) => Format::Pdf,
            Content::Doc(_) => Format::Doc,
            Content::Xls(_) => Format::Xls,
        }
    }
}

/// Opens a file, whatever it is called.
pub(crate) fn open(bytes: &[u8]) -> Result<Content<'_>, ReadError> {
    let starts = |magic: &[&[u8]]| magic.iter().any(|it| bytes.starts_with(it));
    if starts(&[b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"]) {
        return zip(bytes);
    }
    if starts(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]) {
        return ole(bytes);
    }
    if starts(&[b"%PDF-"]) || bytes.trim_ascii_start().starts_with(b"%PDF-") {
        return Ok(Content::Pdf(bytes));
    }
    if starts(&[b"{\\rtf"]) {
        return Ok(Content::Rtf(bytes));
    }
    if starts(&[b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"]) {
        return Err(ReadError::Archive);
    }
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let pictures: [&[u8]; 5] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"];
    if webp || bitmap || starts(&pictures) {
        return Err(ReadError::Image);
    }
    // A workbook of Excel 2 to 4 begins with its records.
    if starts(&[
        b"\x09\x00\x04\x00",
        b"\x09\x02\x06\x00",
        b"\x09\x04\x06\x00",
    ]) {
        return Err(ReadError::Other("Excel 4"));
    }
    if is_mhtml(bytes) {
        return Ok(Content::Mhtml(mhtml::page(bytes)?));
    }
    let text = decode(bytes)?;
    let start = text.trim_start();
    if !start.starts_with('<') {
        return Ok(Content::Text(with_lines(text)));
    }
    let head: String = start.chars().take(2000).collect();
    for (mark, name) in [
        (
            "urn:schemas-microsoft-com:office:spreadsheet",
            "Excel 2003 XML",
        ),
        (
            "http://schemas.microsoft.com/office/word/2003/wordml",
            "Word 2003 XML",
        ),
        (
            "http://schemas.microsoft.com/office/2006/xmlPackage",
            "Word XML",
        ),
        ("urn:oasis:names:tc:opendocument", "Flat OpenDocument"),
    ] {
        // A page made by Office names those of its parts.
        if head.contains(mark) && head.starts_with("<?xml") && !head.contains("<html") {
            return Err(ReadError::Other(name));
        }
    }
    Ok(if is_html(start) {
        Content::Html(text)
    } else {
        Content::Text(with_lines(text))
    })
}

/// Whether a text that begins with `<` is HTML, or a fragment of it.
fn is_html(text: &str) -> bool {
    let mut tags = text.split('<').skip(1).take(200);
    tags.any(|tag| {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take(9)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '!')
            .collect();
        matches!(
            &*name.to_ascii_lowercase(),
            "!doctype"
                | "a"
                | "article"
                | "b"
                | "body"
                | "br"
                | "center"
                | "div"
                | "font"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "head"
                | "html"
                | "li"
                | "main"
                | "meta"
                | "p"
                | "pre"
                | "section"
                | "span"
                | "strong"
                | "table"
                | "td"
                | "textarea"
                | "th"
                | "title"
                | "tr"
                | "ul"
        )
    })
}

fn zip(bytes: &[u8]) -> Result<Content<'_>, ReadError> {
    let mut archive = Archive::open(bytes)?;
    if let Some(name) = archive.document() {
        archive.format = Format::Docx;
        return Ok(Content::Docx(archive, name));
    }
    if archive.has("xl/workbook.xml") {
        archive.format = Format::Xlsx;
        return Ok(Content::Xlsx(archive));
    }
    if archive.has("xl/workbook.bin") {
        return Err(ReadError::Other("XLSB"));
    }
    if archive.has("OFD.xml") {
        archive.format = Format::Ofd;
        return Ok(Content::Ofd(archive));
    }
    if archive.has("mimetype") && archive.has("content.xml") {
        archive.format = Format::Ods;
        let kind = archive.text("mimetype")?;
        if kind.contains("opendocument.spreadsheet") {
            return Ok(Content::Ods(archive));
        }
        if kind.contains("opendocument.text") {
            archive.format = Format::Odt;
            return Ok(Content::Odt(archive));
        }
        return Err(ReadError::Other("OpenDocument without text or sheets"));
    }
    Err(match archive.has("[Content_Types].xml") {
        true => ReadError::Other("Office Open XML"),
        false => ReadError::Archive,
    })
}

fn ole(bytes: &[u8]) -> Result<Content<'_>, ReadError> {
    let compound = Compound::open(bytes).ok_or_else(|| {
        // What is damaged may still name the stream of a document.
        let name: Vec<u8> = DOCUMENT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_document = bytes.windows(name.len()).any(|it| it == name);
        ReadError::Damaged(match is_document {
            true => Format::Doc,
            false => Format::Xls,
        })
    })?;
    if compound.has("EncryptedPackage") || compound.has("EncryptionInfo") {
        return Err(ReadError::Encrypted);
    }
    if compound.has(DOCUMENT) {
        return Ok(Content::Doc(doc::Streams::open(&compound)?));
    }
    for name in ["Workbook", "Book"] {
        if compound.has(name) {
            let stream = compound.stream(name);
            return Ok(Content::Xls(stream.ok_or(ReadError::Damaged(Format::Xls))?));
        }
    }
    Err(ReadError::Other("OLE2"))
}
