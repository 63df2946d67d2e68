//! How each stretch of a cell's text is said to be shown: struck out, hidden, raised, by a rule that is not followed, never
//! calculated. Only plain text is text of the cell; what becomes of the rest is not decided here.

mod support;

use support::office::{archive, docx_of};
use support::word::{Writer, modifier};
use support::{case, cells, changed};
use xxgk::LeftOut;

/// The cells of the one row of a table in a page.
#[track_caller]
fn page(head: &str, cell: &str) -> String {
    let page = format!(
        "<html><head>{head}</head><body><table><tr><td>甲</td><td>{cell}</td></tr></table></body></html>"
    );
    let shown = cells(page.as_bytes());
    let cell = shown.trim_end_matches('\n').strip_prefix("甲 | ");
    cell.unwrap_or(&shown).to_owned()
}

#[test]
fn text_of_pages_that_is_not_shown() {
    for style in [
        "display:none",
        "DISPLAY : none !important",
        "visibility:hidden",
        "visibility: collapse",
        "opacity:0",
        "opacity:0.0%",
        "font-size:0",
        "font-size:0px",
        "font:0/0 a",
        "mso-hide:all",
        "position:absolute;left:-9999px",
        "position:fixed; top:-100em",
        "display:inline-block;text-indent:-9999px",
        "margin-left:-10000px",
        "display:inline-block;width:0;height:0;overflow:hidden",
        "display:block;max-height:0;overflow:hidden",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "position:absolute;clip:rect(0 0 0 0)",
        "clip-path:inset(50%)",
        "transform:scale(0)",
        "transform:translateX(-9999px)",
        "color:#fff",
        "color:white",
        "color:#FEFEFE",
        "color:rgba(0,0,0,0)",
        "color:transparent",
        "background:#336699;color:#369",
        "background-color:rgb(1,2,3);color:rgb(1,2,3)",
    ] {
        let expected = "-{9}93";
        assert_eq!(
            page("", &format!("<span style=\"{style}\">9</span>93")),
            expected,
            "{style}"
        );
        let class = format!("<style>.a, td .hid {{ {style} }}</style>");
        assert_eq!(
            page(&class, "<span class='x hid'>9</span>93"),
            expected,
            "{style}"
        );
        let id = format!("<style>/* .a */ @media screen {{ #h {{ {style} }} }}</style>");
        assert_eq!(page(&id, "<span id=h>9</span>93"), expected, "{style}");
        let name = format!("<style><!-- td > u {{ {style} }} --></style>");
        assert_eq!(page(&name, "<u>9</u>93"), expected, "{style}");
    }
    for (cell, expected) in [
        ("<span hidden>9</span>93", "-{9}93"),
        ("<span hidden=until-found>9</span>93", "-{9}93"),
        ("<font color=#ffffff>9</font>93", "-{9}93"),
        ("<font color=white>9</font>93", "-{9}93"),
        (
            "<span style='visibility:hidden'>9<b style='visibility:visible'>3</b></span>",
            "-{9}3",
        ),
        (
            "<span style='display:none'>9<b style='display:inline'>3</b></span>1",
            "-{93}1",
        ),
        (
            "<span style='font-size:0'>9<b style='font-size:12px'>3</b></span>",
            "-{9}3",
        ),
        (
            "<span style='font-size:0'>9<b style='font-size:200%'>3</b></span>1",
            "-{93}1",
        ),
        ("<dialog>9</dialog>93", "-{9} 93"),
    ] {
        assert_eq!(page("", cell), expected, "{cell}");
    }
}

#[test]
fn text_of_pages_that_is_shown() {
    for cell in [
        "<span style='display:inline'>93</span>",
        "<span style='opacity:0.8'>93</span>",
        "<span style='font-size:80%;color:#333;background:#fff'>93</span>",
        "<span style='background:#00f;color:#fff'>93</span>",
        "<span style='position:relative;left:3px'>93</span>",
        "<span style='vertical-align:baseline'>93</span>",
        "<span style='overflow:hidden;width:80px'>93</span>",
        "<span class=print>93</span>",
        "<span class=hover>93</span>",
        "<span class=wide>93</span>",
        "<span class=over>93</span>",
        "<span class=none>93</span>",
        "<p class=MsoNormal style='mso-hide:none;vertical-align:middle'>93</p>",
        "<b style='text-decoration:underline'>93</b>",
    ] {
        let head = "<style>@charset \"utf-8\"; @media print { .print { display:none } } .hover:hover { display: none }
            @media (max-width: 600px) { .wide { display:none } } span.over { display:inline } .over { display:none }
            div .none { display:none } .none > b { display:none } @font-face { font-family: a; src: url(b) }
            @keyframes k { from { opacity: 0 } } b:after { content: \";}\" }</style>";
        assert_eq!(page(head, cell), "93", "{cell}");
    }
    // Nobody knows what is behind it.
    let page = "<table background=a.gif><tr><td>甲<td><font color=white>无</font><td><font color=white>9</font>3</table>";
    assert_eq!(cells(page.as_bytes()), "甲 | 无 | !{9}3\n");
    // A dark row is white text by a sheet of the page: a heading.
    let head = "<style>.h { background: #048 } .h td { color: #fff }</style>";
    let row = "<tr class=h><td>单位<td>2017年</tr><tr><td>件<td>93</tr>";
    let table = format!("{head}<table>{row}</table>");
    assert_eq!(cells(table.as_bytes()), "单位 | 2017年\n件 | 93\n");
}

#[test]
fn marks_and_struck_text_of_pages() {
    for (cell, expected) in [
        ("93<sup>1</sup>", "93^{1}"),
        ("93<sub>a</sub>", "93^{a}"),
        ("93<span style='vertical-align:super'>1</span>", "93^{1}"),
        ("93<span style='vertical-align:-2pt'>1</span>", "93^{1}"),
        (
            "93<span style='position:relative;top:-5px'>1</span>",
            "93^{1}",
        ),
        ("93<span style='mso-text-raise:4.0pt'>1</span>", "93^{1}"),
        ("93<a href=#1><sup>[1]</sup></a>", "93^{[1]}"),
        ("93<b class=up>1</b>", "93^{1}"),
        ("<s>90</s>93", "~{90}93"),
        ("<del>90</del> <ins>93</ins>", "~{90} 93"),
        ("<strike>9<b>0</b></strike>93", "~{90}93"),
        (
            "<span style='text-decoration:line-through'>9<b style='text-decoration:none'>0</b></span>93",
            "~{90}93",
        ),
        ("<i class=old>90</i>93", "~{90}93"),
        ("<s style='display:none'>90</s>93", "-{90}93"),
        ("93<bdo dir=rtl>12</bdo>", "93!{12}"),
        (
            "<span style='unicode-bidi:bidi-override;direction:rtl'>39</span>",
            "!{39}",
        ),
        ("<math><mfrac><mn>9</mn><mn>3</mn></mfrac></math>", "!{93}"),
        (
            "<math><semantics><mn>9</mn><annotation>9</annotation></semantics></math>",
            "!{9}",
        ),
        ("<ruby>93<rp>(</rp><rt>12</rt><rp>)</rp></ruby>", "!{93}"),
        ("<ruby>件<rt>jian</rt></ruby>", "件"),
        ("<svg><text>9</text></svg>3", "!{9}3"),
        ("<iframe>9</iframe>93", "93"),
        ("<noscript>9</noscript>93", "93"),
        (
            "<object>9</object><canvas>8</canvas><video>7</video><audio>6</audio>93",
            "93",
        ),
        (
            "<meter value=9>9</meter><progress>8</progress><template>7</template>93",
            "93",
        ),
        (
            "<script>9</script><style>8{}</style><noframes>7</noframes>93",
            "93",
        ),
        // A rule that is not followed may be for it.
        ("<em>9</em><em>3</em>", "!{93}"),
        ("<em>无</em>", "无"),
        ("<q>93</q>", "!{93}"),
    ] {
        let head = "<style>.up { vertical-align: super } i.old { text-decoration: line-through }
            em:first-child { display: none } q::before { content: '9' } span::before { content: '·' }</style>";
        assert_eq!(page(head, cell), expected, "{cell}");
    }
}

#[test]
fn fields_of_pages() {
    for (cell, expected) in [
        ("<input value=93>", "93"),
        ("<input type=number value=' 93 ' readonly>件", "93 件"),
        ("<input type=hidden value=9>93", "93"),
        (
            "<input type=password value=9><input type=checkbox value=9>93",
            "93",
        ),
        ("<input type=button value=9>93", "93"),
        ("<textarea>\n93</textarea>", "93"),
        (
            "<select><option>1<option selected>93<option>2</select>",
            "93",
        ),
        ("<select><option>93<option>2</select>", "93"),
        ("<select multiple><option>93<option>2</select>", ""),
        ("<input value=9 style='display:none'>93", "-{9}93"),
        ("<datalist><option>9</datalist>93", "93"),
    ] {
        assert_eq!(page("", cell), expected, "{cell}");
    }
}

#[test]
fn tables_of_pages_that_are_not_shown() {
    let table = "<table><tr><td>甲<td>9</table>";
    for around in [
        format!("<div hidden>{table}</div>"),
        format!("<div style='visibility:hidden'>文{table}</div>"),
        table.replace("<table", "<table style='display:none'"),
        format!(
            "<style>.off{{position:absolute;left:-2000px}}</style><div class=off>{table}</div>"
        ),
    ] {
        let page = format!("<p>题</p>{around}<table><tr><td>甲<td>93</table>");
        assert_eq!(
            cells(page.as_bytes()),
            "(hidden)\n甲 | 9\n甲 | 93\n",
            "{around}"
        );
        let text = xxgk_read::read(page.as_bytes()).unwrap().text().to_owned();
        assert_eq!(text, "题\n甲 | 9\n甲 | 93\n");
    }
}

/// Running text has no looks: what is not shown is left out, and raised digits are told from others.
#[test]
fn running_text_of_pages() {
    for (page, expected) in [
        (
            "<p>收到<s>90</s>93件<sup>1</sup><span hidden>8</span>。",
            "收到93件¹。\n",
        ),
        ("<p>收到<bdo dir=rtl>39</bdo>件", "收到\u{fffd}\u{fffd}件\n"),
        ("<p>共<input value=93>件", "共93件\n"),
    ] {
        assert_eq!(
            xxgk_read::read(page.as_bytes()).unwrap().text(),
            expected,
            "{page}"
        );
    }
}

/// The samples: 93, changed in the place that the name says.
#[test]
fn samples_of_pages() {
    for (name, expected) in [
        ("h-inputs.html", "93"),
        ("h-one-bad-byte.html", "93"),
        ("html-del.html", "~{90}93"),
        ("html-iframe.html", "93"),
        ("html-mathfrac.html", "!{93}"),
        ("html-ruby2.html", "!{93}"),
        ("html-s.html", "~{90}93"),
        ("html-supcss.html", "93^{1}"),
        ("html-white.html", "-{9}93"),
    ] {
        assert_eq!(changed(name), expected, "{name}");
    }
    let cells = cells(&case("h-one-class-hidden.html"));
    assert!(cells.contains("93-{"), "{cells}");
}

/// A workbook of one sheet with styles, and what else its parts say.
#[derive(Default)]
struct Book<'b> {
    sheet: &'b str,
    strings: &'b str,
    styles: &'b str,
    book: &'b str,
    state: &'b str,
    relations: &'b str,
}

impl Book<'_> {
    fn write(&self) -> Vec<u8> {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relation = |id: &str, name: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{kind}/{name}\" Target=\"{target}\"/>")
        };
        let relations = relation("r1", "worksheet", "worksheets/sheet1.xml")
            + &relation("r2", "sharedStrings", "sharedStrings.xml")
            + &relation("r3", "styles", "/xl/styles.xml");
        let book = format!(
            "<workbook><sheets><sheet name=\"S\" r:id=\"r1\" {}/></sheets>{}</workbook>",
            self.state, self.book
        );
        let relations = format!(
            "<Relationships>{relations}{}</Relationships>",
            self.relations
        );
        let sheet = format!("<worksheet>{}</worksheet>", self.sheet);
        let strings = format!("<sst>{}</sst>", self.strings);
        let styles = format!("<styleSheet>{}</styleSheet>", self.styles);
        archive(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ("xl/sharedStrings.xml", strings.as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
        ])
    }

    fn cells(&self) -> String {
        cells(&self.write()).trim_end_matches('\n').to_owned()
    }
}

const STYLES: &str = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0!.0,&quot;万元&quot;\"/><numFmt numFmtId=\"165\" formatCode=\";;;\"/></numFmts>\
    <fonts><font/><font><strike/><color theme=\"1\"/></font><font><color rgb=\"FFFFFFFF\"/></font><font><vertAlign val=\"superscript\"/></font><font><color theme=\"0\"/></font></fonts>\
    <fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF004488\"/></patternFill></fill></fills>\
    <cellXfs><xf/><xf fontId=\"1\"/><xf fontId=\"2\"/><xf fontId=\"2\" fillId=\"2\"/><xf fontId=\"3\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf fontId=\"4\"/></cellXfs>\
    <dxfs><dxf><font><strike/></font></dxf></dxfs>";

#[test]
fn cells_of_workbooks() {
    let strings = "<si><r><rPr><strike/><sz val=\"11\"/></rPr><t>90</t></r><r><rPr><sz val=\"11\"/></rPr><t>93</t></r></si>\
        <si><r><t>93</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r></si>\
        <si><r><rPr><color rgb=\"FFFFFFFF\"/></rPr><t>9</t></r><r><t>93</t></r></si>\
        <si><t>93</t><extLst><ext><t>9</t></ext></extLst></si>";
    for (cell, expected) in [
        ("<c t=\"s\"><v>0</v></c>", "~{90}93"),
        ("<c t=\"s\"><v>1</v></c>", "93^{1}"),
        ("<c t=\"s\"><v>2</v></c>", "-{9}93"),
        ("<c t=\"s\"><v>3</v></c>", "93"),
        ("<c t=\"s\" s=\"1\"><v>1</v></c>", "~{93}^{1}"),
        ("<c t=\"s\" s=\"7\"><v>1</v></c>", "-{931}"),
        (
            "<c t=\"inlineStr\"><is><r><rPr><strike val=\"1\"/></rPr><t>90</t></r><r><t>93</t></r></is></c>",
            "~{90}93",
        ),
        (
            "<c t=\"inlineStr\"><is><r><rPr><strike val=\"0\"/></rPr><t>93</t></r></is></c>",
            "93",
        ),
        ("<c s=\"1\"><v>93</v></c>", "~{93}"),
        ("<c s=\"2\"><v>93</v></c>", "-{93}"),
        ("<c s=\"3\"><v>93</v></c>", "93"),
        ("<c s=\"4\"><v>93</v></c>", "^{93}"),
        ("<c s=\"5\"><v>93</v></c>", "9300%"),
        ("<c s=\"6\"><v>592372449</v></c>", "59237.2万元"),
        ("<c s=\"7\"><v>93</v></c>", "-{93}"),
        ("<c s=\"8\"><v>93</v></c>", "-{93}"),
        ("<c><f>SUM(A1)</f></c>", "?{}"),
        ("<c><f>SUM(A1)</f><v></v></c>", "?{}"),
        ("<c><f>SUM(A1)</f><v>0</v></c>", "0"),
        ("<c t=\"str\"><f>IF(A1,\"\",1)</f><v></v></c>", ""),
    ] {
        let sheet = format!("<sheetData><row><c><v>1</v></c>{cell}</row></sheetData>");
        let book = Book {
            sheet: &sheet,
            strings,
            styles: STYLES,
            ..Book::default()
        };
        let expected = if expected.is_empty() {
            "1".to_owned()
        } else {
            format!("1 | {expected}")
        };
        assert_eq!(book.cells(), expected, "{cell}");
    }
}

#[test]
fn what_is_hidden_in_workbooks() {
    let rows = "<sheetData><row r=\"1\"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row r=\"2\" hidden=\"1\"><c><v>4</v></c></row><row r=\"3\" ht=\"0\"><c><v>5</v></c></row></sheetData>";
    for (columns, merged, expected) in [
        ("", "", "1 | 2 | 3\n-{4}\n-{5}"),
        (
            "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>",
            "",
            "1 | -{2} | 3\n-{4}\n-{5}",
        ),
        (
            "<cols><col min=\"2\" max=\"16384\" width=\"0\"/></cols>",
            "",
            "1 | -{2} | -{3}\n-{4}\n-{5}",
        ),
        (
            "<cols><col min=\"1\" max=\"1\" hidden=\"1\"/></cols>",
            "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>",
            "1 | 3\n-{4}\n-{5}",
        ),
        (
            "",
            "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>",
            "1 | 2 | 3\n-{4}",
        ),
        (
            "<sheetViews><sheetView showZeros=\"0\"/></sheetViews>",
            "",
            "1 | 2 | 3\n-{4}\n-{5}",
        ),
    ] {
        let sheet = format!("{columns}{rows}{merged}");
        let book = Book {
            sheet: &sheet,
            ..Book::default()
        };
        assert_eq!(book.cells(), expected, "{columns}{merged}");
    }
    let sheet = "<sheetViews><sheetView showZeros=\"0\"/></sheetViews><sheetData><row><c><v>0</v></c><c><v>10</v></c></row></sheetData>";
    assert_eq!(
        Book {
            sheet,
            ..Book::default()
        }
        .cells(),
        "-{0} | 10"
    );
    for (state, expected) in [
        ("state=\"hidden\"", "(hidden)\n1"),
        ("state=\"veryHidden\"", "(hidden)\n1"),
        ("state=\"visible\"", "1"),
    ] {
        let sheet = "<sheetData><row><c><v>1</v></c></row></sheetData>";
        assert_eq!(
            Book {
                sheet,
                state,
                ..Book::default()
            }
            .cells(),
            expected
        );
    }
}

/// A zero that a program left in place of a result is told from one that was calculated.
#[test]
fn formulas_that_nobody_calculated() {
    let zero = "<sheetData><row><c><v>1</v></c><c><f>A1</f><v>0</v></c></row></sheetData>";
    let more = "<sheetData><row><c><f>A1</f><v>1</v></c><c><f>A2</f><v>0</v></c></row></sheetData>";
    let on_load = "<calcPr fullCalcOnLoad=\"1\"/>";
    let chain = "<Relationship Id=\"r9\" Type=\"x/calcChain\" Target=\"calcChain.xml\"/>";
    for (sheet, book, relations, expected) in [
        (zero, on_load, "", "1 | ?{0}"),
        (zero, "<calcPr calcId=\"191029\"/>", "", "1 | 0"),
        (zero, on_load, chain, "1 | 0"),
        // Where one was calculated, all were.
        (more, on_load, "", "1 | 0"),
    ] {
        let found = Book {
            sheet,
            book,
            relations,
            ..Book::default()
        }
        .cells();
        assert_eq!(found, expected, "{sheet}{book}{relations}");
    }
    let left = |name: &str| {
        let cells = cells(&case(name));
        (cells.matches("?{0}").count(), cells.matches("?{}").count())
    };
    assert_eq!(left("xlsxwriter-formula-zero.xlsx"), (2, 0));
    assert_eq!(left("formula-never-calculated.xlsx"), (0, 31));
}

#[test]
fn samples_of_workbooks() {
    for (name, expected) in [
        ("xlsx-bud-pct.xlsx", "93"),
        ("xlsx-raw-rich-strike.xlsx", "~{90}93"),
        ("xlsx-richstrike-shared.xlsx", "~{90}93"),
        ("ods-strike.ods", "~{90}93"),
        ("xls-richstrike.xls", "~{90}93"),
    ] {
        assert_eq!(changed(name), expected, "{name}");
    }
    let cells = |name| cells(&case(name));
    assert!(cells("xlsx-bud-pct.xlsx").contains(" | 1.5%\n"));
    assert!(cells("xlsx-bud-yuan.xlsx").contains(" | 15000元\n"));
    assert!(cells("xlsx-hidden-sheet-first.xlsx").starts_with("(hidden)\n"));
    assert_eq!(cells("hidden.xlsx").matches("(hidden)\n").count(), 1);
    assert!(cells("backslash-names.xlsx").contains(" | "));
}

fn open_book(styles: &str, table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", b"<x><style:style style:name=\"Base\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style></x>"),
    ])
}

#[test]
fn cells_of_open_workbooks() {
    let styles = "<style:style style:name=\"Up\"><style:text-properties style:text-position=\"super 58%\"/></style:style>\
        <style:style style:name=\"Gone\"><style:text-properties text:display=\"none\"/></style:style>\
        <style:style style:name=\"White\"><style:text-properties fo:color=\"#ffffff\"/></style:style>\
        <style:style style:name=\"Dark\" style:parent-style-name=\"White\"><style:table-cell-properties fo:background-color=\"#004488\"/></style:style>\
        <style:style style:name=\"Old\" style:parent-style-name=\"Base\"/>\
        <style:style style:name=\"Off\"><style:table-properties table:display=\"false\"/></style:style>";
    let float = |value: &str, text: &str| {
        format!("office:value-type=\"float\" office:value=\"{value}\"><text:p>{text}</text:p>")
    };
    let text = |text: &str| format!("office:value-type=\"string\"><text:p>{text}</text:p>");
    let span = |style: &str, text: &str| {
        format!("<text:span text:style-name=\"{style}\">{text}</text:span>")
    };
    for (cell, expected) in [
        (text(&(span("Old", "90") + "93")), "~{90}93".to_owned()),
        (
            text(&("93".to_owned() + &span("Up", "1"))),
            "93^{1}".to_owned(),
        ),
        (text(&(span("Gone", "9") + "93")), "-{9}93".to_owned()),
        (text(&(span("White", "9") + "93")), "-{9}93".to_owned()),
        (
            format!("table:style-name=\"Old\" {}", float("93", "93")),
            "~{93}".to_owned(),
        ),
        (
            format!("table:style-name=\"Dark\" {}", float("93", "93")),
            "93".to_owned(),
        ),
        (float("93", "93"), "93".to_owned()),
        (float("93.456", "93.46"), "93.456".to_owned()),
        (float("592372449", "59237.2万元"), "59237.2万元".to_owned()),
        (
            "office:value-type=\"percentage\" office:value=\"93\"><text:p>9300%</text:p>"
                .to_owned(),
            "9300%".to_owned(),
        ),
        ("table:formula=\"of:=[.A1]\">".to_owned(), "?{}".to_owned()),
        (
            "table:formula=\"of:=[.A1]\" office:value-type=\"float\" office:value=\"0\">"
                .to_owned(),
            "?{0}".to_owned(),
        ),
        (
            format!("table:formula=\"of:=[.A1]\" {}", float("0", "0")),
            "0".to_owned(),
        ),
    ] {
        let table = format!(
            "<table:table table:name=\"S\"><table:table-row><table:table-cell {cell}</table:table-cell></table:table-row></table:table>"
        );
        assert_eq!(
            cells(&open_book(styles, &table)),
            format!("{expected}\n"),
            "{cell}"
        );
    }
    let cell = "<table:table-cell><text:p>1</text:p></table:table-cell>";
    for (table, expected) in [
        (
            format!(
                "<table:table table:style-name=\"Off\"><table:table-row>{cell}</table:table-row></table:table>"
            ),
            "(hidden)\n1\n",
        ),
        (
            format!(
                "<table:table><table:table-row table:visibility=\"collapse\">{cell}</table:table-row></table:table>"
            ),
            "-{1}\n",
        ),
        (
            format!(
                "<table:table><table:table-column-group><table:table-column/><table:table-column table:number-columns-repeated=\"2\" table:visibility=\"collapse\" /></table:table-column-group><table:table-row>{cell}{cell}</table:table-row></table:table>"
            ),
            "1 | -{1}\n",
        ),
        (
            format!(
                "<table:table><table:table-column table:default-cell-style-name=\"Old\"/><table:table-row>{cell}{cell}</table:table-row></table:table>"
            ),
            "~{1} | 1\n",
        ),
    ] {
        assert_eq!(cells(&open_book(styles, &table)), expected, "{table}");
    }
}

/// A document of one table of one row, and its styles.
fn document(styles: &str, cell: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let body = format!(
        "<w:document><w:body><w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc>{cell}</w:tc></w:tr></w:tbl></w:body></w:document>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{kind}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    archive(&[
        ("word/document.xml", body.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        (
            "word/styles.xml",
            format!("<w:styles>{styles}</w:styles>").as_bytes(),
        ),
    ])
}

#[test]
fn runs_of_documents() {
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults>\
        <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"Old\"><w:rPr><w:strike/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"Older\"><w:basedOn w:val=\"Old\"/></w:style>\
        <w:style w:type=\"character\" w:styleId=\"Loop\"><w:basedOn w:val=\"Loop\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Gone\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"OldToo\"><w:rPr><w:strike/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"Up\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>";
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
    };
    let of = |properties: &str| format!("<w:p>{}{}</w:p>", run(properties, "9"), run("", "3"));
    for (cell, expected) in [
        (of("<w:b/>"), "93"),
        (of("<w:strike/>"), "~{9}3"),
        (of("<w:strike w:val=\"0\"/>"), "93"),
        (of("<w:dstrike/>"), "~{9}3"),
        (of("<w:vanish/>"), "-{9}3"),
        (of("<w:webHidden/>"), "-{9}3"),
        (of("<w:sz w:val=\"1\"/>"), "-{9}3"),
        (of("<w:color w:val=\"FFFFFF\"/>"), "-{9}3"),
        (of("<w:color w:val=\"FFFFFF\"/><w:shd w:val=\"clear\" w:fill=\"000000\"/>"), "93"),
        (of("<w:color w:val=\"004488\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"004488\"/>"), "-{9}3"),
        (of("<w:color w:val=\"FFFF00\"/><w:highlight w:val=\"yellow\"/>"), "-{9}3"),
        (of("<w:vertAlign w:val=\"subscript\"/>"), "^{9}3"),
        (of("<w:vertAlign w:val=\"baseline\"/>"), "93"),
        (of("<w:position w:val=\"-6\"/>"), "^{9}3"),
        (of("<w:position w:val=\"0\"/>"), "93"),
        (of("<w:eastAsianLayout w:id=\"1\" w:combine=\"1\"/>"), "!{9}3"),
        (of("<w:rStyle w:val=\"Older\"/>"), "~{9}3"),
        (of("<w:rStyle w:val=\"Loop\"/>"), "93"),
        (of("<w:rStyle w:val=\"Up\"/>"), "^{9}3"),
        (of("<w:rStyle w:val=\"Old\"/><w:strike w:val=\"false\"/>"), "93"),
        (of("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>"), "93"),
        (format!("<w:p><w:pPr><w:pStyle w:val=\"Gone\"/></w:pPr>{}</w:p><w:p>{}</w:p>", run("", "9"), run("", "3")), "-{9} 3"),
        // Two styles that strike out undo each other.
        (format!("<w:p><w:pPr><w:pStyle w:val=\"OldToo\"/><w:rPr><w:vanish/></w:rPr></w:pPr>{}{}</w:p>", run("<w:rStyle w:val=\"Old\"/>", "3"), run("", "9")), "3~{9}"),
        (format!("<w:tcPr><w:shd w:fill=\"004488\"/></w:tcPr>{}", of("<w:color w:val=\"FFFFFF\"/>")), "93"),
        (format!("<w:p><w:bdo w:val=\"rtl\">{}</w:bdo>{}</w:p>", run("", "9"), run("", "3")), "!{9}3"),
        (format!("<w:p>{}<w:r><w:sym w:font=\"Wingdings\" w:char=\"F08C\"/></w:r></w:p>", run("", "93")), "93!{\u{f08c}}"),
        ("<w:p><m:oMath><m:f><m:num><m:r><m:t>9</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath></w:p>".to_owned(), "!{93}"),
        (format!("<w:p><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>", run("", "12"), run("", "93")), "!{93}"),
        (format!("<w:p><w:fldSimple w:instr=\"=SUM(ABOVE)\">{}</w:fldSimple></w:p>", run("", "93")), "93"),
        (format!("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>=9</w:instrText></w:r>{}<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>{}</w:p>", run("", "9"), run("", "93"), run("", "件")), "-{9}93件"),
        ("<w:p><w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID=\"Equation.3\"/></w:object></w:r></w:p>".to_owned(), "!{□}"),
    ] {
        assert_eq!(cells(&document(styles, &cell)), format!("甲 | {expected}\n"), "{cell}");
    }
    // A style of tables that paints some of its cells.
    let painted = "<w:style w:type=\"table\" w:styleId=\"T\"><w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:shd w:fill=\"004488\"/></w:tcPr></w:tblStylePr></w:style>";
    assert_eq!(
        cells(&document(painted, &of("<w:color w:val=\"FFFFFF\"/>"))),
        "甲 | !{9}3\n"
    );
    let row = "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(cells(&docx_of(row)), "-{1} | -{2}\n");
}

#[test]
fn samples_of_documents() {
    for (name, expected) in [
        ("docx-p-bdo.docx", "!{39}"),
        ("docx-p-fldtext.docx", "-{9}93"),
        ("docx-p-position.docx", "93^{1}"),
        ("docx-p-super.docx", "93^{1}"),
        ("docx-p-white.docx", "-{9}93"),
        ("docx-style-strike.docx", "93~{0}"),
    ] {
        assert_eq!(changed(name), expected, "{name}");
    }
    assert!(cells(&case("sup-circled.docx")).contains("1808595^{①}"));
}

/// What the properties of a run say, and what stands for something else.
#[test]
fn runs_of_old_documents() {
    let on = |number: u16| modifier(number, &[1]);
    let plain = |text: &'static str| (text, Vec::new());
    let white = || modifier(0x2a42, &[8]);
    for (pieces, expected) in [
        (vec![("9", on(0x2a53)), plain("3")], "~{9}3"),
        (vec![("9", on(0x0800)), plain("3")], "3"),
        (vec![("9", on(0x0811)), plain("3")], "-{9}3"),
        (vec![("9", modifier(0x4a43, &[2, 0])), plain("3")], "-{9}3"),
        (vec![("9", modifier(0x4845, &[6, 0])), plain("3")], "^{9}3"),
        (vec![("9", white()), plain("3")], "-{9}3"),
        // White on black.
        (
            vec![
                ("9", [white(), modifier(0x4866, &[0x20, 0])].concat()),
                plain("3"),
            ],
            "93",
        ),
        // Struck by a style, and not by itself.
        (vec![("9", modifier(0x4a30, &[11, 0]))], "~{9}"),
        (
            vec![(
                "9",
                [modifier(0x4a30, &[11, 0]), modifier(0x0837, &[0x81])].concat(),
            )],
            "9",
        ),
        (
            vec![("(", modifier(0x6a09, &[0, 0, 0xb2, 0xf0])), plain("(")],
            "!{\u{f0b2}}(",
        ),
        (vec![plain("9\u{1e}3\u{1f}\u{2}\u{b}5")], "9-3 5"),
        (
            vec![plain("3\u{13} =9 \u{13} 9 \u{14}9\u{15} 9 \u{14}7\u{15}5")],
            "375",
        ),
        (vec![plain("93\u{13} EQ \\o(○,1)\u{15}")], "93!{□}"),
        (
            vec![
                plain("3\u{13} EMBED Equation.3 \u{14}"),
                ("\u{1}", on(0x0856)),
                plain("\u{15}"),
            ],
            "3!{□}",
        ),
        (vec![plain("3\u{1}")], "3"),
    ] {
        let mut writer = Writer::default();
        writer.piece("甲", Vec::new(), 0);
        writer.cell();
        for (text, properties) in &pieces {
            writer.piece(text, properties.clone(), 0);
        }
        writer.cell();
        writer.row(1, &[(1, 0), (2, 0)]);
        writer.mark("\r", 0, &[]);
        assert_eq!(
            cells(&writer.file()),
            format!("甲 | {expected}\n"),
            "{pieces:?}"
        );
    }
}

#[test]
fn text_boxes_of_old_documents() {
    let mut writer = Writer::default();
    writer.piece("正文", Vec::new(), 0);
    writer.mark("\r", 0, &[]);
    writer.piece("框", Vec::new(), 0);
    writer.mark("\r", 0, &[]);
    writer.boxes = 2;
    let text = |writer: &Writer| xxgk_read::read(&writer.file()).map(|it| it.text().to_owned());
    assert_eq!(text(&writer).as_deref(), Ok("正文\n框\n"));
    // Parts that do not end where a paragraph does.
    writer.boxes = 1;
    assert!(text(&writer).is_err());
}

/// A file of LibreOffice.
#[test]
fn cells_of_old_documents() {
    let file = support::fixture("cells.doc");
    assert_eq!(
        cells(&file),
        "甲 | 乙 | 丙\n1 | 2^{3} | 三行\n大 | ~{93}94\n-{9}5\n6 | 7 8 | 9\n外 后 | 右\n下 | 9\n内1 | 内2\n内3 | 内4\n"
    );
    let tables = xxgk_read::tables(&file).unwrap();
    let place = |it: &xxgk::GridCell| [it.row, it.column, it.rows, it.columns];
    let places: Vec<[usize; 4]> = tables[0].cells.iter().map(place).collect();
    assert_eq!(
        places[..8],
        [
            [0, 0, 2, 1],
            [0, 1, 1, 2],
            [0, 3, 1, 1],
            [1, 1, 1, 1],
            [1, 2, 1, 1],
            [1, 3, 3, 1],
            [2, 0, 2, 2],
            [2, 2, 1, 1],
        ]
    );
}

/// What stands in a document as a file of its own.
#[test]
fn documents_within_documents() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let inner = docx_of(&(paragraph("内") + "<w:altChunk r:id=\"c1\"/>"));
    let page = "<html><table><tr><td>甲<td>93</table></html>".as_bytes();
    let chunk = |id: &str| format!("<w:altChunk r:id=\"{id}\"/>");
    let body = paragraph("一") + &chunk("c1") + &paragraph("二") + &chunk("c2") + &chunk("c4");
    let body = format!("<w:document>{body}</w:document>");
    let relation = |id: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/aFChunk\" Target=\"{target}\"/>")
    };
    let relations = relation("c1", "a.html") + &relation("c2", "b.docx") + &relation("c3", "c.rtf");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let file = |body: &str| {
        archive(&[
            ("word/document.xml", body.as_bytes()),
            ("word/_rels/document.xml.rels", relations.as_bytes()),
            ("word/a.html", page),
            ("word/b.docx", &inner),
            ("word/c.rtf", b"{\\rtf1}"),
        ])
    };
    let read = |body: &str| xxgk_read::read(&file(body)).unwrap();
    assert_eq!(read(&body).text(), "一\n甲 | 93\n二\n内\n");
    assert_eq!(read(&body).left_out(), [LeftOut::Document]);
    assert_eq!(
        read(&chunk("c1").replace("<w", "<x><w").replace("/>", "/></x>")).left_out(),
        []
    );
    assert_eq!(
        read(&format!("<x>{}</x>", chunk("c3"))).left_out(),
        [LeftOut::Document]
    );
    for (run, left) in [
        (
            "<w:drawing><a:blip r:embed=\"r7\"/></w:drawing>",
            LeftOut::Picture,
        ),
        (
            "<w:pict><v:imagedata r:id=\"r7\"/></w:pict>",
            LeftOut::Picture,
        ),
        (
            "<w:object><v:imagedata/><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object>",
            LeftOut::Workbook,
        ),
        (
            "<w:object><o:OLEObject ProgID=\"Word.Document.8\"/></w:object>",
            LeftOut::Document,
        ),
    ] {
        let document = xxgk_read::read(&docx_of(&format!("<w:p><w:r>{run}</w:r></w:p>"))).unwrap();
        assert_eq!(document.left_out(), [left], "{run}");
    }
    for (page, left) in [
        ("<p>甲<img src=a.png>", &[LeftOut::Picture][..]),
        ("<p>甲<img src=a.png width=16>", &[]),
        ("<p>甲<iframe src=a.html></iframe>", &[LeftOut::Document]),
    ] {
        assert_eq!(
            xxgk_read::read(page.as_bytes()).unwrap().left_out(),
            left,
            "{page}"
        );
    }
}
