//! Workbooks and documents.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::write::SimpleFileOptions;

use xxgk::{Grid, GridCell};

use super::{Put, Report, rich, size, word};

/// How the numbers of a workbook are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    Floats,
    Texts,
    /// With the value that was calculated.
    Formulas,
}

/// An archive of files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Whether a text is one that a spreadsheet would keep as a number.
fn number(put: &Put) -> Option<f64> {
    put.cell?;
    let digits = put.text.bytes().filter(u8::is_ascii_digit).count();
    let plain = !put.text.starts_with('+') && digits <= 15;
    put.text.parse().ok().filter(|_| plain)
}

/// A workbook; every table on a sheet of its own, so many rows and columns away from the corner, or all on one.
pub fn xlsx(report: &Report, numbers: Numbers, sheets: bool, away: (u32, u16)) -> Vec<u8> {
    let mut book = Workbook::new();
    let format = Format::new();
    let mut at = away.0;
    let mut sheet = book.add_worksheet();
    sheet.set_name("说明").unwrap();
    sheet.write_string(0, 0, &report.title).unwrap();
    for (index, (title, table)) in report.tables.iter().enumerate() {
        if sheets || index == 0 {
            sheet = book.add_worksheet();
            sheet.set_name(format!("表{}", index + 1)).unwrap();
            at = away.0;
        }
        if !title.is_empty() {
            sheet.write_string(at, away.1, title).unwrap();
            at += 1;
        }
        for put in table {
            let row = at + u32::try_from(put.row).unwrap();
            let column = away.1 + u16::try_from(put.column).unwrap();
            if put.rows > 1 || put.columns > 1 {
                let bottom = row + u32::try_from(put.rows).unwrap() - 1;
                let right = column + u16::try_from(put.columns).unwrap() - 1;
                sheet
                    .merge_range(row, column, bottom, right, &put.text, &format)
                    .unwrap();
            }
            match (number(put), numbers) {
                (Some(number), Numbers::Floats) => sheet.write_number(row, column, number),
                (Some(_), Numbers::Formulas) => {
                    let formula = Formula::new("=SUM(A1:A2)").set_result(&put.text);
                    sheet.write_formula(row, column, formula)
                }
                _ => sheet.write_string(row, column, &put.text),
            }
            .unwrap();
        }
        at += u32::try_from(size(table).0).unwrap() + 1;
    }
    book.save_to_buffer().unwrap()
}

/// Where the cell of a table comes to stand in [`xlsx`]: sheet, row and column.
pub fn xlsx_place(report: &Report, cell: usize, sheets: bool, away: (u32, u16)) -> String {
    let mut at = away.0 as usize;
    for (index, (title, table)) in report.tables.iter().enumerate() {
        if sheets {
            at = away.0 as usize;
        }
        at += usize::from(!title.is_empty());
        if let Some(put) = table.iter().find(|put| put.cell == Some(cell)) {
            let name = format!("表{}", if sheets { index + 1 } else { 1 });
            let column = put.column + usize::from(away.1);
            let letter = |n: usize| char::from(b'A' + u8::try_from(n).unwrap());
            let letters = match column {
                0..26 => letter(column).to_string(),
                _ => format!("{}{}", letter(column / 26 - 1), letter(column % 26)),
            };
            return format!("{name}!{letters}{}", at + put.row + 1);
        }
        at += size(table).0 + 1;
    }
    unreachable!("no such cell")
}

/// An OpenDocument workbook, every table on a sheet, with blanks repeated as LibreOffice writes them.
pub fn ods(report: &Report) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><office:body><office:spreadsheet>",
    );
    let string = |text: &str| {
        format!(
            "<text:p>{}</text:p>",
            escaped(text).replace(' ', "<text:s/>")
        )
    };
    out += &format!(
        "<table:table table:name=\"说明\"><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>",
        string(&report.title)
    );
    for (index, (title, table)) in report.tables.iter().enumerate() {
        let (rows, columns) = size(table);
        out += &format!(
            "<table:table table:name=\"表{}\"><table:table-column/>",
            index + 1
        );
        out += &format!(
            "<table:table-row><table:table-cell office:value-type=\"string\">{}</table:table-cell><table:table-cell table:number-columns-repeated=\"16383\"/></table:table-row>",
            string(title)
        );
        for row in 0..rows {
            out += "<table:table-row>";
            let mut column = 0;
            while column < columns {
                let here = table
                    .iter()
                    .find(|put| (put.row, put.column) == (row, column));
                let Some(put) = here else {
                    out += "<table:covered-table-cell/>";
                    column += 1;
                    continue;
                };
                out += "<table:table-cell";
                if put.rows > 1 || put.columns > 1 {
                    out += &format!(
                        " table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"",
                        put.columns, put.rows
                    );
                }
                if number(put).is_some() {
                    out += &format!(
                        " office:value-type=\"float\" office:value=\"{}\" calcext:value-type=\"float\"",
                        put.text
                    );
                }
                out += &format!(
                    "><office:annotation><text:p>99</text:p></office:annotation>{}</table:table-cell>",
                    string(&put.text)
                );
                out += &"<table:covered-table-cell/>".repeat(put.columns - 1);
                column += put.columns;
            }
            out += "<table:table-cell table:number-columns-repeated=\"16370\"/></table:table-row>";
        }
        out += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    }
    out += "</office:spreadsheet></office:body></office:document-content>";
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", out.as_bytes()),
    ])
}

/// An OpenDocument text, with deleted text and a note in it, as LibreOffice writes them.
pub fn odt(report: &Report) -> Vec<u8> {
    let paragraph = |text: &str| {
        let text = escaped(text).replace(' ', "<text:s/>");
        format!("<text:p>{text}<text:change text:change-id=\"c1\"/></text:p>")
    };
    let mut out = String::from(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>9</text:p></text:deletion>\
         </text:changed-region></text:tracked-changes>",
    );
    out += &paragraph(&report.title);
    for (title, table) in &report.tables {
        out += &paragraph(title);
        let (rows, columns) = size(table);
        out += &format!(
            "<table:table><table:table-column table:number-columns-repeated=\"{columns}\"/>"
        );
        for row in 0..rows {
            out += if row == 0 {
                "<table:table-header-rows>"
            } else {
                ""
            };
            out += "<table:table-row>";
            for column in 0..columns {
                let here = table
                    .iter()
                    .find(|put| (put.row, put.column) == (row, column));
                out += &match here {
                    None => "<table:covered-table-cell/>".to_owned(),
                    Some(put) => format!(
                        "<table:table-cell table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\">\
                         {}<office:annotation><text:p>99</text:p></office:annotation></table:table-cell>",
                        put.columns,
                        put.rows,
                        paragraph(&put.text)
                    ),
                };
            }
            out += "</table:table-row>";
            out += if row == 0 {
                "</table:table-header-rows>"
            } else {
                ""
            };
        }
        out += "</table:table>";
    }
    odt_of(&out, "")
}

/// Rich text of a report.
pub fn rtf(report: &Report) -> Vec<u8> {
    in_parts(report, rich::rtf)
}

/// A document of Word 97 of a report.
pub fn doc(report: &Report) -> Vec<u8> {
    in_parts(report, word::doc)
}

fn in_parts(report: &Report, write: fn(&[rich::Part<'_>]) -> Vec<u8>) -> Vec<u8> {
    let grid = |table: &[Put]| {
        let mut grid = Grid::new();
        for put in table {
            let mut cell = GridCell::new(put.row, put.column, put.text.as_str());
            (cell.rows, cell.columns) = (put.rows, put.columns);
            grid.cells.push(cell);
        }
        grid
    };
    let grids: Vec<(&str, Grid)> = report
        .tables
        .iter()
        .map(|(title, table)| (title.as_str(), grid(table)))
        .collect();
    let tables = grids
        .iter()
        .flat_map(|(title, grid)| [rich::Part::Paragraph(title), rich::Part::Table(grid)]);
    let title = std::iter::once(rich::Part::Paragraph(&report.title));
    write(&title.chain(tables).collect::<Vec<_>>())
}

/// The archive of an OpenDocument text, with these styles of its own.
pub fn odt_of(body: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><office:automatic-styles>{styles}\
         </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A page saved as browsers do, with a picture beside it.
pub fn mhtml(page: &str) -> Vec<u8> {
    let mut quoted = String::new();
    let mut width = 0;
    for byte in page.bytes() {
        let piece = match byte {
            b'\n' => "\r\n".to_owned(),
            b'=' | 0x80.. => format!("={byte:02X}"),
            _ => char::from(byte).to_string(),
        };
        width = if byte == b'\n' {
            0
        } else {
            width + piece.len()
        };
        if width > 72 {
            quoted += "=\r\n";
            width = piece.len();
        }
        quoted += &piece;
    }
    let text = format!(
        "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
         \tboundary=\"----b\"\r\n\r\n\r\n------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: http://www.example.gov.cn/1.html\r\n\r\n{quoted}\r\n------b\r\nContent-Type: image/png\r\n\
         Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
    );
    text.into_bytes()
}

/// The archive of a document of Word.
pub fn docx_of(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// A document of Word; runs are split, and what was deleted or is not shown stands among them.
pub fn docx(report: &Report, split: bool) -> Vec<u8> {
    docx_of(&docx_body(report, split))
}

/// What stands in its body.
pub fn docx_body(report: &Report, split: bool) -> String {
    let run = |text: &str| {
        format!(
            "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(text)
        )
    };
    let paragraph = |text: &str| {
        let middle = text.chars().next().map_or(0, char::len_utf8);
        let (one, other) = text.split_at(middle);
        match split {
            true => format!(
                "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{}<w:del><w:r><w:delText>9</w:delText><w:t>8</w:t></w:r></w:del><w:ins>{}</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r></w:p>",
                run(one),
                run(other)
            ),
            false => format!("<w:p>{}</w:p>", run(text)),
        }
    };
    let mut out = paragraph(&report.title);
    out += "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>只有一格的表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    for (title, table) in &report.tables {
        out += &paragraph(title);
        out += "<w:tbl><w:tblPr/><w:tblGrid/>";
        let (rows, columns) = size(table);
        for row in 0..rows {
            out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
            let mut column = 0;
            while column < columns {
                let covers = |put: &&Put| {
                    (put.row..put.row + put.rows).contains(&row)
                        && (put.column..put.column + put.columns).contains(&column)
                };
                let put = table.iter().find(covers).unwrap();
                let mut properties = format!("<w:gridSpan w:val=\"{}\"/>", put.columns);
                if put.rows > 1 {
                    properties += if put.row == row {
                        "<w:vMerge w:val=\"restart\"/>"
                    } else {
                        "<w:vMerge/>"
                    };
                }
                let text = if put.row == row { &*put.text } else { "" };
                out += &format!(
                    "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
                    paragraph(text)
                );
                column = put.column + put.columns;
            }
            out += "</w:tr>";
        }
        out += "</w:tbl>";
    }
    out
}

/// A workbook of one sheet, whose rows are written as they are.
pub fn xlsx_of(sheet: &str, strings: &str) -> Vec<u8> {
    xlsx_named(&[("Sheet1", sheet)], strings)
}

/// The same of several sheets.
pub fn xlsx_named(sheets: &[(&str, &str)], strings: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut files: Vec<(String, String)> = Vec::new();
    let (mut book, mut relations) = (String::new(), String::new());
    for (index, (name, sheet)) in sheets.iter().enumerate() {
        book += &format!("<sheet name=\"{name}\" sheetId=\"{index}\" r:id=\"r{index}\"/>");
        relations += &format!(
            "<Relationship Id=\"r{index}\" Type=\"{kind}/worksheet\" Target=\"worksheets/{index}.xml\"/>"
        );
        files.push((
            format!("xl/worksheets/{index}.xml"),
            format!("<worksheet>{sheet}</worksheet>"),
        ));
    }
    relations += &format!(
        "<Relationship Id=\"s\" Type=\"{kind}/sharedStrings\" Target=\"/xl/strings.xml\"/>"
    );
    relations += &format!("<Relationship Id=\"t\" Type=\"{kind}/styles\" Target=\"styles.xml\"/>");
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    files.push(("[Content_Types].xml".into(), "<Types/>".into()));
    files.push((
        "xl/workbook.xml".into(),
        format!("<workbook xmlns:r=\"x\"><sheets>{book}</sheets></workbook>"),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!("<Relationships>{relations}</Relationships>"),
    ));
    files.push(("xl/strings.xml".into(), format!("<sst>{strings}</sst>")));
    files.push(("xl/styles.xml".into(), styles.into()));
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (&**name, text.as_bytes()))
        .collect();
    archive(&files)
}
