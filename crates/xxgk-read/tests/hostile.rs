//! Files made to hurt: each is read or refused, in time and memory that the file's size bounds, and nothing panics.
//!
//! Their sizes are such that time that grows with the square of a size would be felt.

mod support;

use proptest::prelude::*;
use proptest::sample::Index;
use support::html::Style;
use support::meanings::Part;
use support::office::{self, Numbers, archive, docx_of, xlsx_of};
use support::random::Random;
use support::word::{Writer, modifier};
use support::{Report, drawn, html, plain, printed};
use xxgk::{Options, forms, read_document};
use xxgk_read::{Format, Limit, ReadError, format, read};

/// Reads a file and all tables in it.
fn all(bytes: &[u8]) -> Result<String, ReadError> {
    let document = read(bytes)?;
    let options = Options::default();
    for reading in read_document(&document, forms(), &options) {
        let report = reading.check();
        assert!(reading.record.is_some() || !report.findings.is_empty());
    }
    Ok(document.text().to_owned())
}

fn samples() -> Vec<(Format, Vec<u8>)> {
    let [nine, national] = support::real();
    let mut samples = Vec::new();
    for report in [support::nine(&nine, true), support::national(&national)] {
        samples.push((
            Format::Html,
            html::write(&report, Style::default()).into_bytes(),
        ));
        samples.push((
            Format::Xlsx,
            office::xlsx(&report, Numbers::Floats, true, (0, 0)),
        ));
        samples.push((Format::Ods, office::ods(&report)));
        samples.push((Format::Docx, office::docx(&report, true)));
        samples.push((Format::Odt, office::odt(&report)));
        samples.push((Format::Rtf, office::rtf(&report)));
        samples.push((Format::Doc, office::doc(&report)));
        samples.push((Format::Pdf, drawn::pdf(&on_pages(&report))));
        samples.push((Format::Ofd, drawn::ofd(&on_pages(&report))));
        samples.push((Format::Text, plain::write(&report, b',').into_bytes()));
    }
    samples.push((Format::Xls, support::fixture("jilin-2017.xls")));
    samples
}

/// The report on pages.
fn on_pages(report: &Report) -> drawn::Sheets {
    let mut random = Random(1);
    let parts = report.tables.iter().flat_map(|(title, table)| {
        let table = Part::Table(printed::grid(table, None));
        [Part::Paragraph(title.clone()), table]
    });
    let style = drawn::Style::any(&mut random);
    drawn::lay_out(&parts.collect::<Vec<_>>(), style, &mut random)
}

#[test]
fn a_page_that_draws_without_end_is_refused() {
    // Each form draws the next one ten times.
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
            .to_owned(),
    ];
    let draws = "/X Do ".repeat(10);
    let stream = |head: String| {
        let length = draws.len();
        format!("<<{head}/Length {length}>>\nstream\n{draws}\nendstream")
    };
    objects.push(stream(String::new()));
    for next in 6..30 {
        let resources = format!("/Resources<</XObject<</X {next} 0 R>>>>");
        objects.push(stream(format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}"
        )));
    }
    assert_eq!(
        read(&pdf_of(&objects)).unwrap_err(),
        ReadError::TooLarge(Limit::Steps)
    );
}

#[test]
fn a_stream_that_unpacks_without_end_is_refused() {
    let zeros = vec![b' '; 300 << 20];
    let packed = packed(&zeros);
    let head = format!("<</Filter/FlateDecode/Length {}>>\nstream\n", packed.len());
    let bomb = [
        b"%PDF-1.7\n4 0 obj\n",
        head.as_bytes(),
        &packed,
        b"\nendstream\n%%EOF",
    ]
    .concat();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(
        read(&bomb).unwrap_err(),
        ReadError::TooLarge(Limit::Unpacked)
    );
}

#[test]
fn rules_beyond_those_that_are_kept_may_hide_anything() {
    let rules: String = (0..20_000)
        .map(|it| format!(".c{it}{{color:red}}"))
        .collect();
    let page = format!(
        "<style>{rules}.gone{{display:none}}</style><table><tr><td>a<td>9<i class=gone>3</i></table>"
    );
    assert!(support::cells(page.as_bytes()).contains("!{"));
}

/// Deflated by the archive's own writer, behind the two bytes that begin such a stream in a PDF.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let zip = archive(&[("x", bytes)]);
    // The local header has 30 bytes and the name.
    let end = zip.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
    [&[0x78, 0x9c], &zip[31..end]].concat()
}

/// A PDF of these objects, without the table of their places: readers look for them.
fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.7\n");
    for (number, object) in objects.iter().enumerate() {
        out += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    (out + "trailer\n<</Root 1 0 R>>\n%%EOF").into_bytes()
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![b' '; 1 << 20];
    let mut entry = Vec::new();
    for _ in 0..300 {
        entry.extend_from_slice(&zeros);
    }
    for name in ["word/document.xml", "xl/workbook.xml"] {
        let bomb = archive(&[(name, &entry)]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(
            read(&bomb).unwrap_err(),
            ReadError::TooLarge(Limit::Unpacked)
        );
    }
    // The limit is on all that is unpacked, however often.
    let sheet = format!("<sheetData/>{}", " ".repeat(60 << 20));
    let book = office::xlsx_named(
        &[
            ("1", &*sheet),
            ("2", &sheet),
            ("3", &sheet),
            ("4", &sheet),
            ("5", &sheet),
        ],
        "",
    );
    assert_eq!(
        read(&book).unwrap_err(),
        ReadError::TooLarge(Limit::Unpacked)
    );
}

#[test]
fn a_size_that_is_declared_is_not_believed() {
    let entry = vec![b' '; 270 << 20];
    let mut bomb = archive(&[("word/document.xml", &entry)]);
    // The size once unpacked, in the local header and in the directory.
    let size = u32::try_from(entry.len()).unwrap().to_le_bytes();
    for at in 0..bomb.len() - 4 {
        if bomb[at..at + 4] == size {
            bomb[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
    }
    assert!(matches!(
        read(&bomb),
        Err(ReadError::TooLarge(Limit::Unpacked) | ReadError::Damaged(_))
    ));
}

#[test]
fn many_entries_are_refused() {
    let names: Vec<String> = (0..10_001).map(|it| format!("word/{it}")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b""[..])).collect();
    files.push(("word/document.xml", b"<a/>"));
    assert_eq!(
        read(&archive(&files)).unwrap_err(),
        ReadError::TooLarge(Limit::Entries)
    );
}

#[test]
fn a_wrong_checksum_is_refused() {
    let mut file = docx_of("<w:p><w:r><w:t>27</w:t></w:r></w:p>");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    let sum = zip
        .by_name("word/document.xml")
        .unwrap()
        .crc32()
        .to_le_bytes();
    drop(zip);
    for at in 0..file.len() - 4 {
        if file[at..at + 4] == sum {
            file[at] ^= 1;
        }
    }
    assert_eq!(read(&file).unwrap_err(), ReadError::Damaged(Format::Docx));
}

#[test]
fn elements_within_each_other_without_end() {
    for tag in [
        "div",
        "span",
        "b",
        "table><tr><td",
        "font",
        "svg",
        "p><ul",
        "a",
        "table",
        "select",
        "button",
        "template",
    ] {
        let page = format!(
            "<html><body>{}收到申请数",
            format!("<{tag}>").repeat(100_000)
        );
        match all(page.as_bytes()) {
            Ok(_) | Err(ReadError::TooLarge(_)) => {}
            Err(error) => panic!("{tag}: {error}"),
        }
    }
    let closed = format!(
        "<html>{}27{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    assert_eq!(
        read(closed.as_bytes()).unwrap_err(),
        ReadError::TooLarge(Limit::Depth)
    );
    let tables = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    assert_eq!(
        read(&docx_of(&tables)).unwrap_err(),
        ReadError::TooLarge(Limit::Depth)
    );
    let nested = |depth| {
        let (open, close) = (
            "<w:tbl><w:tr><w:tc>".repeat(depth),
            "</w:tc></w:tr></w:tbl>".repeat(depth),
        );
        docx_of(&format!("{open}<w:p><w:r><w:t>27</w:t></w:r></w:p>{close}"))
    };
    assert_eq!(all(&nested(160)).unwrap(), "27\n");
}

#[test]
fn a_tag_of_many_attributes() {
    let attributes: String = (0..60_000).map(|it| format!(" a{it}=1")).collect();
    for page in [
        format!("<html><p{attributes}>27</p>"),
        format!("<html><p a='<!-- <b>'{}", attributes.replace("1", "'<!--'")),
        format!("<html><!-- > --><script>a<b</script></p{attributes}"),
        format!("<html><p a=\"{}\"{attributes}", "<i>".repeat(10_000)),
        format!(
            "<html><p {}>",
            attributes.replace(' ', "/").replace("=1", "")
        ),
    ] {
        let refused = read(page.as_bytes()).unwrap_err();
        assert_eq!(refused, ReadError::TooLarge(Limit::Attributes));
    }
    let text = "<p> ' \" = </p>".repeat(100_000);
    all(format!(
        "<html><!-- {} --><img src=\"data:{}\">",
        "a b ".repeat(100_000),
        text
    )
    .as_bytes())
    .unwrap();
}

/// Elements that stay open are opened again in every paragraph.
#[test]
fn elements_that_are_opened_again_and_again() {
    let fonts: String = (0..400).map(|it| format!("<font color={it}>")).collect();
    let page = format!("<html><p>{fonts}{}", "<p>x".repeat(300_000));
    assert!(matches!(all(page.as_bytes()), Err(ReadError::TooLarge(_))));
}

#[test]
fn a_page_of_many_tags_is_read_in_time() {
    let rows = "<tr><td>收到申请数<td>件<td>27".repeat(100_000);
    all(format!("<table>{rows}</table>").as_bytes()).unwrap();
    let cells = "<td>1".repeat(300_000);
    all(format!("<table><tr>{cells}</table>").as_bytes()).unwrap();
    all(format!("<html>{}", "<p>x<br>y</p>".repeat(200_000)).as_bytes()).unwrap();
    all(format!("<html><table>{}", "<b>x</b>".repeat(100_000)).as_bytes()).unwrap();
    all(format!("<html>{}", "</p></b></table></x>".repeat(100_000)).as_bytes()).unwrap();
}

#[test]
fn wide_spans_take_no_memory() {
    let row = "<tr><td colspan=1000 rowspan=65534>a</td><td colspan=99999999999999999999 rowspan=0>b</td></tr>";
    let page = format!("<table>{}</table>", row.repeat(10_000));
    all(page.as_bytes()).unwrap();
    let page = format!("<table>{}</table>", row.repeat(20_000));
    assert_eq!(
        read(page.as_bytes()).unwrap_err(),
        ReadError::TooLarge(Limit::Cells)
    );
    let merged: String = (1..20_000)
        .map(|row| format!("<mergeCell ref=\"A{row}:XFD1048576\"/>"))
        .collect();
    let sheet = format!(
        "<sheetData><row><c><v>27</v></c></row></sheetData><mergeCells>{merged}</mergeCells>"
    );
    all(&xlsx_of(&sheet, "")).unwrap();
}

#[test]
fn the_largest_sheet_that_can_be_declared() {
    let cell = |place: &str| {
        format!(
            "<row r=\"{}\"><c r=\"{place}\"><v>27</v></c></row>",
            place.trim_start_matches(char::is_alphabetic)
        )
    };
    let rows = [
        cell("A1"),
        cell("XFD1"),
        cell("A1048576"),
        cell("XFD1048576"),
    ]
    .concat();
    let sheet = format!("<dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData>");
    assert!(all(&xlsx_of(&sheet, "")).unwrap().starts_with("27 | "));
    assert_eq!(
        read(&xlsx_of(
            "<sheetData><row><c r=\"XFE1\"><v>1</v></c></row></sheetData>",
            ""
        ))
        .unwrap_err(),
        ReadError::Damaged(Format::Xlsx)
    );
    let repeated = |row: &str| {
        let content = format!(
            "<office:document-content><office:spreadsheet><table:table>{row}</table:table></office:spreadsheet></office:document-content>"
        );
        archive(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", content.as_bytes()),
        ])
    };
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>27</text:p></table:table-cell>";
    let row =
        format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
    assert_eq!(
        read(&repeated(&row)).unwrap_err(),
        ReadError::TooLarge(Limit::Cells)
    );
    let blank = row.replace("27", "");
    assert_eq!(all(&repeated(&blank.repeat(10_000))).unwrap(), "");
    // Many rows that are wide.
    let rows: String = (1..=20_000)
        .map(|row| {
            format!(
                "<row r=\"{row}\"><c r=\"BL{row}\"><v>1</v></c><c r=\"A{row}\"><v>1</v></c></row>"
            )
        })
        .collect();
    assert_eq!(
        read(&xlsx_of(&format!("<sheetData>{rows}</sheetData>"), "")).unwrap_err(),
        ReadError::TooLarge(Limit::Cells)
    );
}

/// One long text that stands in many cells.
#[test]
fn a_text_that_is_repeated() {
    let strings = format!("<si><t>{}</t></si>", "x".repeat(1 << 20));
    let row = "<row>".to_owned() + &"<c t=\"s\"><v>0</v></c>".repeat(100) + "</row>";
    let sheet = format!("<sheetData>{}</sheetData>", row.repeat(100));
    assert_eq!(
        read(&xlsx_of(&sheet, &strings)).unwrap_err(),
        ReadError::TooLarge(Limit::Text)
    );
}

#[test]
fn entities_are_not_expanded() {
    let lol: String = (1..10)
        .map(|it| {
            format!(
                "<!ENTITY lol{it} \"{}\">",
                format!("&lol{};", it - 1).repeat(10)
            )
        })
        .collect();
    let document = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol0 \"lol\">{lol}]><w:document><w:p><w:r><w:t>&lol9;</w:t></w:r></w:p></w:document>"
    );
    let file = archive(&[("word/document.xml", document.as_bytes())]);
    assert_eq!(read(&file).unwrap_err(), ReadError::Damaged(Format::Docx));
    let strings = "<si><t>&lol9;</t></si>";
    assert_eq!(
        read(&xlsx_of("", strings)).unwrap_err(),
        ReadError::Damaged(Format::Xlsx)
    );
    let attributes: String = (0..100_000).map(|it| format!(" a{it}=\"&lt;\"")).collect();
    assert_eq!(
        all(&docx_of(&format!(
            "<w:p{attributes}><w:r><w:t>27</w:t></w:r></w:p>"
        )))
        .unwrap(),
        "27\n"
    );
}

#[test]
fn an_archive_within_an_archive_is_not_opened() {
    let inner = docx_of("<w:p><w:r><w:t>27</w:t></w:r></w:p>");
    let zip = archive(&[("年度报告.docx", &inner)]);
    assert_eq!(read(&zip).unwrap_err(), ReadError::Archive);
    let outer = archive(&[
        ("word/document.xml", b"<w:document/>"),
        ("word/embeddings/1.docx", &zip),
    ]);
    assert_eq!(all(&outer).unwrap(), "");
}

#[test]
fn what_is_cut_short_is_refused_or_read() {
    for (format, bytes) in samples() {
        let whole = all(&bytes).unwrap();
        for part in 0..50 {
            match all(&bytes[..bytes.len() * part / 50]) {
                // Of a workbook before 2007 the end may hold nothing.
                Ok(text) if format == Format::Xls => assert!(text == whole || part == 0),
                Ok(_) => assert!(matches!(format, Format::Text | Format::Html) || part == 0),
                Err(error) => assert!(!error.message().zh.is_empty()),
            }
        }
    }
}

/// A file is what it holds, and nothing else is asked for.
#[test]
fn the_content_decides() {
    for (expected, bytes) in samples() {
        assert_eq!(format(&bytes), Ok(expected));
    }
}

fn sample() -> impl Strategy<Value = Vec<u8>> {
    let all = samples()
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect::<Vec<_>>();
    proptest::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn changed_bytes_never_panic(mut bytes in sample(), changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8)) {
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        _ = all(&bytes);
    }

    /// The same, behind the checksums of archives.
    #[test]
    fn changed_parts_never_panic(changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8), which in 0..3_usize) {
        let [nine, national] = support::real();
        let report = if which == 0 { support::nine(&nine, true) } else { support::national(&national) };
        let whole = match which {
            0 => office::xlsx(&report, Numbers::Texts, true, (0, 0)),
            1 => office::ods(&report),
            _ => office::docx(&report, false),
        };
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
        let mut files = Vec::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            if file.size() > 300 {
                for (at, byte) in &changes {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte % 128;
                }
            }
            files.push((file.name().unwrap().into_owned(), bytes));
        }
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
        _ = all(&archive(&files));
    }
}

/// Style sheets of many rules for many elements, and what else says how text is shown.
#[test]
fn many_styles() {
    let rules: String = (0..20_000)
        .map(|it| format!(".a b .c{it}, .a b .d {{ opacity: 0 }} "))
        .collect();
    let open = "<b>".repeat(200);
    let cells = "<i class='d d'>9</i>".repeat(20_000);
    let page = format!("<style>{rules}</style>{open}<table><tr><td>甲<td>{cells}</table>");
    assert!(read(page.as_bytes()).is_ok());
    let classes = ".a".repeat(200_000);
    let page = format!(
        "<style>{classes} {{ color: red }} {}</style><p class='{}'>甲",
        "@media(".repeat(50_000),
        "a ".repeat(100_000)
    );
    assert!(read(page.as_bytes()).is_ok());
    let style = "left:-999px;".repeat(100_000);
    assert!(read(format!("<p style='{style}'>甲").as_bytes()).is_ok());
    // A text with a font for each character.
    let sheet = "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>";
    let string = "<r><rPr><strike/></rPr><t>9</t></r><r><t>3</t></r>".repeat(100_000);
    assert!(read(&xlsx_of(sheet, &format!("<si>{string}</si>"))).is_ok());
    let fields = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>9</w:t></w:r>".repeat(100_000);
    assert!(read(&docx_of(&format!("<w:p>{fields}</w:p>"))).is_ok());
}

/// Old documents whose numbers ask for more than there is.
#[test]
fn documents_of_much_out_of_little() {
    let within = |depth: u32| {
        let depth = modifier(0x6649, &depth.to_le_bytes());
        [modifier(0x2416, &[1]), depth].concat()
    };
    let damaged = ReadError::Damaged(Format::Doc);
    // Pieces of one and the same text.
    let mut same = Writer::default();
    same.piece(&"9".repeat(1 << 14), Vec::new(), 0);
    same.pieces = vec![same.pieces[0]; 1 << 14];
    same.mark("\r", 0, &[]);
    assert_eq!(read(&same.file()).unwrap_err(), damaged);
    // Tables within each other, too many of them, or opened again and again.
    let mut deep = Writer::default();
    deep.mark("\r", 0, &within(1 << 20));
    let refused = read(&deep.file()).unwrap_err();
    assert_eq!(refused, ReadError::TooLarge(Limit::Depth));
    let mut deep = Writer::default();
    for depth in [500, 1].repeat(1 << 14) {
        deep.mark("\r", 0, &within(depth));
    }
    assert_eq!(read(&deep.file()).unwrap_err(), damaged);
    let mut cells = Writer::default();
    cells.piece(&"\u{7}".repeat(1 << 20), Vec::new(), 0);
    cells.mark("\u{7}", 0, &within(1));
    let refused = read(&cells.file()).unwrap_err();
    assert_eq!(refused, ReadError::TooLarge(Limit::Cells));
    // A field that does not end takes no text with it.
    let mut field = Writer::default();
    field.mark("\u{13} PAGE 9\r", 0, &[]);
    assert_eq!(read(&field.file()).unwrap_err(), damaged);
}

/// Rows of which each has its cell end elsewhere.
#[test]
fn rows_that_share_no_edge() {
    let row = |number: usize| format!("\\trowd\\cellx{}\\pard\\intbl a\\cell\\row", 100 * number);
    let rows: String = (1..10_000).map(row).collect();
    let refused = read(format!("{{\\rtf1{rows}}}").as_bytes()).unwrap_err();
    assert_eq!(refused, ReadError::TooLarge(Limit::Cells));
}
