//! What stands in the cells of workbooks, and where.

mod support;

use support::office::{archive, xlsx_named, xlsx_of};
use xxgk::Verdict;
use xxgk_read::read;

fn text(bytes: &[u8]) -> String {
    read(bytes).unwrap().text().to_owned()
}

/// Written by another library in the format before Excel 2007: numbers, and numbers as texts, on the second sheet.
#[test]
fn a_real_year_before_excel_2007() {
    let [nine, _] = support::real();
    let found = support::readings(&support::fixture("jilin-2017.xls"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].record.as_ref(), Some(&nine));
    let report = found[0].check();
    assert_eq!(
        (report.year, report.verdict()),
        (Some(2017), Verdict::Query)
    );
    let place = found[0].place(0).unwrap().within.as_ref().unwrap();
    assert_eq!(place.to_string(), "统计表!D4");
}

/// The same from an OpenDocument workbook and a document, against the figures of Suqian.
#[test]
fn real_years_in_every_office_format() {
    for (record, nine) in support::real().into_iter().zip([true, false]) {
        let report = match nine {
            true => support::nine(&record, false),
            false => support::national(&record),
        };
        for bytes in [
            support::office::ods(&report),
            support::office::docx(&report, true),
            support::office::xlsx(&report, support::office::Numbers::Floats, false, (0, 0)),
        ] {
            let found = support::readings(&bytes);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].record.as_ref(), Some(&record));
        }
    }
}

#[test]
fn cells_of_every_kind() {
    let strings = "<si><t>收到</t></si><si><r><t>申</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">请 数</t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_b_x00</t></si>";
    for (cell, shown) in [
        ("<c t=\"s\"><v>0</v></c>", "收到"),
        ("<c t=\"s\"><v>1</v></c>", "申请 数"),
        ("<c t=\"s\"><v>2</v></c>", "a b_x00"),
        (
            "<c t=\"inlineStr\"><is><t>27&#x20;&amp;</t></is></c>",
            "27 &",
        ),
        ("<c t=\"str\"><f>A1</f><v>1,234</v></c>", "1,234"),
        ("<c><v>27</v></c>", "27"),
        ("<c t=\"n\"><v>2.7E1</v></c>", "27"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>4068.2080000000001</v></c>", "4068.208"),
        ("<c><v>9007199254740993.5E3</v></c>", "9.007199254740993E18"),
        ("<c><f>SUM(A1)</f><v>27</v></c>", "27"),
        ("<c><f>SUM(A1)</f></c>", ""),
        ("<c><f>SUM(A1)</f><v></v></c>", ""),
        ("<c t=\"b\"><v>1</v></c>", "TRUE"),
        ("<c t=\"e\"><v>#REF!</v></c>", "#REF!"),
        ("<c s=\"1\"><v>43100</v></c>", "2017-12-31"),
        ("<c s=\"2\"><v>43100.5</v></c>", "2017-12-31 12:00:00"),
        ("<c s=\"0\"><v>43100</v></c>", "43100"),
        ("<x:c xmlns:x=\"y\"><x:v>27</x:v></x:c>", "27"),
    ] {
        let sheet =
            format!("<sheetData><row><c><v>1</v></c>{cell}<c><v>2</v></c></row></sheetData>");
        assert_eq!(
            text(&xlsx_of(&sheet, strings)),
            format!("1 | {shown} | 2\n"),
            "{cell}"
        );
    }
}

#[test]
fn sheets_and_what_is_merged() {
    let first = "<sheetData><row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"C3\"><v>9</v></c><c r=\"D3\"><v>2</v></c></row><row><c r=\"C4\"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"F1:G1\"/></mergeCells>";
    let book = xlsx_named(
        &[
            ("甲", first),
            ("空", ""),
            (
                "乙&amp;丙",
                "<sheetData><row><c><v>4</v></c></row></sheetData>",
            ),
        ],
        "",
    );
    // What was left under a merged cell is not shown.
    assert_eq!(text(&book), "1 |  | 2\n | 3 | \n4\n");
}

#[test]
fn open_document_cells() {
    let content = "<office:document-content><office:body><office:spreadsheet>\
        <table:tracked-changes><table:table-cell><text:p>8</text:p></table:table-cell></table:tracked-changes>\
        <table:table table:name=\"表\"><table:shapes><draw:frame><text:p>7</text:p></draw:frame></table:shapes>\
        <table:table-header-rows><table:table-row>\
        <table:table-cell><text:p>收<text:span>到</text:span></text:p><text:p>申请<text:s text:c=\"2\"/>数</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"1234\" calcext:value-type=\"float\"><text:p>1,234.00</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"0.30000000000000004\"><text:p>0</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2017-12-31\"><text:p>2017年</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\" office:string-value=\"27\"/>\
        </table:table-row></table:table-header-rows>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell><text:p>5</text:p></table:table-cell></table:table-row>\
        </table:table></office:spreadsheet></office:body></office:document-content>";
    let book = archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ]);
    assert_eq!(
        text(&book),
        "收到 申请 数 | 1234 | 0.3 | 0.3 | 2017-12-31 | 27\n5 |  |  |  |  | \n5 |  |  |  |  | \n"
    );
}
