//! What becomes of the rest of the file, of hostile texts, of comments that are there before, of revisions, nested and merged tables.

mod support;

use support::written::expect::{form, sample, with};
use support::written::html;
use support::written::nine;
use support::written::office::{self, Numbers, docx_of};
use support::{Spot, annotated, checked, comments_of_docx, comments_of_xlsx, entries, part, read};
use xxgk::{Lang, Record};

/// The sample, of which one figure is wrong.
fn wrong() -> Record {
    with(sample("jilin-2017"), &[("requests.received.total", "28")])
}

fn document() -> Vec<u8> {
    office::docx(&nine(&wrong(), true), false)
}

fn workbook() -> Vec<u8> {
    office::xlsx(&nine(&wrong(), true), Numbers::Floats, true, (0, 0))
}

/// A text without what stands between two marks, these included.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut pieces = text.split(begin);
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        out += piece.split_once(end).unwrap().1;
    }
    out
}

#[test]
fn all_else_in_a_document_stays_as_it_is() {
    let (old, new) = (document(), annotated(&document()).file);
    let changed = ["[Content_Types].xml", "word/document.xml"];
    let (before, after) = (entries(&old), entries(&new));
    for ((name, packed, whole), (other, packed_now, now)) in before.iter().zip(&after) {
        assert_eq!(name, other);
        if !changed.contains(&&**name) {
            assert_eq!((packed, whole), (packed_now, now), "{name}");
        }
    }
    let added: Vec<&str> = after[before.len()..].iter().map(|it| &*it.0).collect();
    assert_eq!(added, ["word/_rels/document.xml.rels", "word/comments.xml"]);
    let mut text = part(&new, "word/document.xml");
    assert!(text.contains("w:fill=\"FF9999\"") && text.contains("w:fill=\"FFFF66\""));
    for (begin, end) in [
        ("<w:commentRangeStart", "/>"),
        ("<w:commentRangeEnd", "/>"),
        ("<w:r><w:commentReference", "</w:r>"),
        ("<w:shd", "/>"),
    ] {
        text = without(&text, begin, end);
    }
    assert_eq!(text, part(&old, "word/document.xml"));
    assert_eq!(new, annotated(&old).file, "the copy is the same each time");
}

#[test]
fn all_else_in_a_workbook_stays_as_it_is() {
    let (old, new) = (workbook(), annotated(&workbook()).file);
    let (before, after) = (entries(&old), entries(&new));
    let mut changed = Vec::new();
    for ((name, packed, _), (other, packed_now, _)) in before.iter().zip(&after) {
        assert_eq!(name, other);
        if packed != packed_now {
            changed.push(&**name);
        }
    }
    changed.sort_unstable();
    let of_sheet = "xl/worksheets/sheet2.xml";
    assert_eq!(changed, ["[Content_Types].xml", "xl/styles.xml", of_sheet]);
    let added: Vec<&str> = after[before.len()..].iter().map(|it| &*it.0).collect();
    assert_eq!(
        added,
        [
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
            "xl/worksheets/_rels/sheet2.xml.rels"
        ]
    );
    let plain = |bytes: &[u8]| {
        let text = without(&part(bytes, of_sheet), " s=\"", "\"");
        without(&text, "<legacyDrawing", "/>")
    };
    assert_eq!(plain(&new), plain(&old));
    let styles = |bytes: &[u8]| {
        let text = part(bytes, "xl/styles.xml");
        let text = without(
            &text,
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFF",
            "</fill>",
        );
        let text = without(&text, "<fills", ">");
        let mut pieces = text.split("<cellXfs").map(str::to_owned);
        let [before, formats] = [pieces.next().unwrap(), pieces.next().unwrap()];
        (
            before,
            formats.split("<xf ").map(str::to_owned).collect::<Vec<_>>(),
        )
    };
    let ((old_rest, old_formats), (new_rest, new_formats)) = (styles(&old), styles(&new));
    assert_eq!(old_rest, new_rest);
    assert!(new_formats.len() > old_formats.len());
    assert_eq!(new, annotated(&old).file, "the copy is the same each time");
}

/// Texts that would do something if they were not taken for text.
const HOSTILE: [&str; 5] = [
    "=cmd|'/C calc'!A0",
    "<script>alert(1)</script>]]>&lt;",
    "\u{202e}72\u{202c}",
    "\"/><w:r><w:t>9</w:t></w:r>",
    "@SUM(1+1)*cmd",
];

#[test]
fn hostile_texts_are_text() {
    let index = form("nine-category")
        .cell("requests.received.in_person")
        .unwrap();
    for hostile in HOSTILE {
        let mut printed = nine(&wrong(), true);
        for put in printed.tables.iter_mut().flat_map(|it| &mut it.1) {
            if put.cell == Some(index) {
                put.text = hostile.to_owned();
            }
        }
        let shown = hostile
            .replace('\u{202e}', "\\u{202e}")
            .replace('\u{202c}', "\\u{202c}");
        let document = annotated(&office::docx(&printed, false)).file;
        let comments = comments_of_docx(&document);
        let quotes = |text: &str| text.contains(&format!("“{shown}”"));
        assert!(
            comments.iter().any(|it| quotes(&it.2)),
            "{hostile} {comments:?}"
        );
        let workbook = annotated(&office::xlsx(&printed, Numbers::Texts, true, (0, 0))).file;
        let comments = comments_of_xlsx(&workbook);
        assert!(
            comments.iter().any(|it| quotes(&it.2)),
            "{hostile} {comments:?}"
        );
        assert!(comments.iter().all(|it| it.2.starts_with("统计表核对:\n")));
        for xml in [
            part(&document, "word/comments.xml"),
            part(&workbook, "xl/comments1.xml"),
        ] {
            assert!(!xml.contains("<script") && !xml.contains("<w:t>9"), "{xml}");
            assert!(!xml.contains(['\u{202e}', '\u{202c}', '\u{1b}']), "{xml}");
        }
    }
}

#[test]
fn a_copy_can_be_annotated_again() {
    let once = annotated(&document()).file;
    let twice = annotated(&once).file;
    let (one, two) = (comments_of_docx(&once), comments_of_docx(&twice));
    assert_eq!(two.len(), 2 * one.len());
    let places = |all: &[(Spot, Spot, String)]| -> Vec<Spot> {
        let mut all: Vec<Spot> = all.iter().map(|it| it.0.clone()).collect();
        all.dedup();
        all
    };
    assert_eq!(places(&one), places(&two));
    let once = annotated(&workbook()).file;
    let twice = annotated(&once).file;
    let (one, two) = (comments_of_xlsx(&once), comments_of_xlsx(&twice));
    assert_eq!(one.len(), two.len());
    for (one, two) in one.iter().zip(&two) {
        assert_eq!((&one.0, &one.1), (&two.0, &two.1));
        assert_eq!(two.2, format!("{0}\n\n{0}", one.2));
    }
    assert_eq!(read(&twice).text(), read(&workbook()).text());
}

#[test]
fn comments_of_others_are_kept() {
    let printed = nine(&wrong(), true);
    let index = form("nine-category")
        .cell("requests.received.total")
        .unwrap();
    let place = office::xlsx_place(&printed, index, true, (0, 0));
    let cell = place.split('!').nth(1).unwrap().to_owned();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("表1").unwrap();
    let title = printed.tables[0].0.as_str();
    sheet.write_string(0, 0, title).unwrap();
    let above = u32::from(!printed.tables[0].0.is_empty());
    let mut at = (0, 0);
    for put in &printed.tables[0].1 {
        let (row, column) = (
            above + u32::try_from(put.row).unwrap(),
            u16::try_from(put.column).unwrap(),
        );
        sheet.write_string(row, column, &put.text).unwrap();
        if put.cell == Some(index) {
            at = (row, column);
        }
    }
    let note = |text: &str| rust_xlsxwriter::Note::new(text);
    sheet.insert_note(at.0, at.1, &note("请科室核对")).unwrap();
    sheet.insert_note(0, 5, &note("另一处")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let copy = annotated(&bytes).file;
    let comments = comments_of_xlsx(&copy);
    let of = |cell: &str| &comments.iter().find(|it| it.1 == cell).unwrap().2;
    assert!(
        of(&cell).contains("请科室核对\n\n统计表核对:\n强制性审核："),
        "{}",
        of(&cell)
    );
    assert!(of("F1").ends_with("另一处"));
    assert!(comments.len() > 2);
}

/// A file with a part changed.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut all = entries(bytes);
    let part = &mut all.iter_mut().find(|it| it.0 == name).unwrap().2;
    *part = change(std::str::from_utf8(part).unwrap()).into_bytes();
    let all: Vec<(&str, &[u8])> = all.iter().map(|it| (&*it.0, &*it.2)).collect();
    office::archive(&all)
}

#[test]
fn a_comment_of_one_stretch_is_kept() {
    let once = annotated(&workbook()).file;
    for (text, kept) in [
        ("<text><t>请核对</t></text>", "请核对"),
        ("<text/>", ""),
        ("<text></text>", ""),
        ("<text><r><t>请</t></r><r><t>核对</t></r></text>", "请核对"),
    ] {
        let other = with_part(&once, "xl/comments1.xml", |comments| {
            let (before, rest) = comments.split_once("<text>").unwrap();
            let (_, behind) = rest.split_once("</text>").unwrap();
            format!("{before}{text}{behind}")
        });
        let copy = annotated(&other).file;
        let comments = comments_of_xlsx(&copy);
        let first = comments.iter().find(|it| it.1 == "C14").unwrap();
        assert!(
            first.2.starts_with(&format!("{kept}\n\n统计表核对:\n")),
            "{first:?}"
        );
        let xml = part(&copy, "xl/comments1.xml");
        assert!(
            !xml.contains("<text><t>") && !xml.contains("</t><r>"),
            "{xml}"
        );
    }
}

#[test]
fn conversations_are_left_alone() {
    let once = annotated(&workbook()).file;
    let relations = "xl/worksheets/_rels/sheet2.xml.rels";
    let thread = "<Relationship Id=\"t\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" Target=\"/xl/styles.xml\"/></Relationships>";
    let other = with_part(&once, relations, |text| {
        text.replace("</Relationships>", thread)
    });
    let copy = annotated(&other);
    assert_eq!(copy.places, 0);
    assert!(
        copy.left
            .iter()
            .any(|it| it.starts_with("表1!C24：强制性审核：")),
        "{:?}",
        copy.left
    );
    assert_eq!(
        part(&copy.file, "xl/comments1.xml"),
        part(&other, "xl/comments1.xml")
    );
}

#[test]
fn a_mark_of_a_byte_order_stays() {
    let marked = with_part(&document(), "word/document.xml", |text| {
        format!("\u{feff}{text}")
    });
    let copy = part(&annotated(&marked).file, "word/document.xml");
    let plain = part(&annotated(&document()).file, "word/document.xml");
    assert_eq!(copy, format!("\u{feff}{plain}"));
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

fn row(properties: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|it| cell("", it)).collect();
    format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
}

const ROWS: [[&str; 3]; 11] = [
    ["统计指标", "单位", "统计数"],
    ["(一)收到申请数", "件", "28"],
    ["1.当面申请数", "件", "26"],
    ["2.传真申请数", "件", "1"],
    ["3.网络申请数", "件", "0"],
    ["4.信函申请数", "件", "0"],
    ["(二)申请办结数", "件", "27"],
    ["1.按时办结数", "件", "27"],
    ["2.延期办结数", "件", "0"],
    ["(三)申请答复数", "件", "27"],
    ["1.属于已主动公开范围数", "件", "27"],
];
const TITLE: &str = "<w:p><w:r><w:t>政府信息公开情况统计表（2017年度）</w:t></w:r></w:p>";

/// Where in the tables the comments are that speak of the sum of the requests.
fn of_the_sum(bytes: &[u8]) -> Vec<Vec<[usize; 3]>> {
    let copy = annotated(bytes);
    assert_eq!(read(&copy.file).text(), read(bytes).text());
    let comments = comments_of_docx(&copy.file).into_iter();
    let of_sum = comments.filter(|it| it.2.contains("R301"));
    of_sum.map(|it| it.0.tables).collect()
}

#[test]
fn deleted_rows_are_not_counted() {
    let mut table = String::new();
    for (index, cells) in ROWS.iter().enumerate() {
        table += &row("", cells);
        if index == 0 {
            table += &row(
                "<w:del w:id=\"1\" w:author=\"x\"/>",
                &["(一)收到申请数", "件", "99"],
            );
        }
    }
    let bytes = docx_of(&format!("{TITLE}<w:tbl>{table}</w:tbl>"));
    assert_eq!(of_the_sum(&bytes), [[[0, 3, 3]]]);
}

#[test]
fn a_table_in_a_cell_is_found_there() {
    let table: String = ROWS.iter().map(|cells| row("", cells)).collect();
    let outer = format!(
        "<w:tbl>{}<w:tr>{}<w:tc><w:p/><w:tbl>{table}</w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        row("", &["填报单位", "某局"]),
        cell("", "附表")
    );
    let bytes = docx_of(&format!("{TITLE}{outer}"));
    assert_eq!(of_the_sum(&bytes), [[[0, 2, 2], [1, 2, 3]]]);
}

#[test]
fn merged_cells_are_counted_as_they_stand_in_the_file() {
    let mut table = String::new();
    for (index, [label, unit, figure]) in ROWS.iter().enumerate() {
        let merge = if index == 1 {
            "<w:vMerge w:val=\"restart\"/>"
        } else {
            "<w:vMerge/>"
        };
        let first = match index {
            0 => cell("<w:gridSpan w:val=\"2\"/>", label),
            1 => cell(merge, "申请") + &cell("", label),
            _ => format!("<w:tc><w:tcPr>{merge}</w:tcPr><w:p/></w:tc>") + &cell("", label),
        };
        // The properties of the cell have what stands behind its colour, and a colour.
        let end = "<w:tcW w:w=\"0\"/><w:shd w:val=\"clear\" w:fill=\"00FF00\"/><w:vAlign w:val=\"center\"/>";
        table += &format!(
            "<w:tr>{first}{}{}</w:tr>",
            cell("<w:vAlign w:val=\"top\"/>", unit),
            cell(end, figure)
        );
    }
    let bytes = docx_of(&format!("{TITLE}<w:tbl>{table}</w:tbl>"));
    assert_eq!(of_the_sum(&bytes), [[[0, 2, 4]]]);
    let text = part(&annotated(&bytes).file, "word/document.xml");
    let painted =
        "<w:tcW w:w=\"0\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FF9999\"/><w:vAlign";
    assert_eq!(text.matches(painted).count(), 1, "{text}");
}

#[test]
fn each_of_two_reports_has_its_own() {
    let right: String = ROWS
        .iter()
        .map(|it| row("", it))
        .collect::<String>()
        .replace("28", "27");
    let wrong: String = ROWS.iter().map(|it| row("", it)).collect();
    let other = TITLE.replace("2017", "2018");
    let bytes = docx_of(&format!(
        "{TITLE}<w:tbl>{right}</w:tbl>{other}<w:tbl>{wrong}</w:tbl>"
    ));
    assert_eq!(checked(&bytes).len(), 2);
    assert_eq!(of_the_sum(&bytes), [[[1, 2, 3]]]);
}

#[test]
fn a_sentence_has_its_comment_at_its_paragraph() {
    let table: String = ROWS
        .iter()
        .map(|it| row("", it))
        .collect::<String>()
        .replace("28", "27");
    let sentence = "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:t>2017年，</w:t></w:r><w:r><w:t>共收到政府信息公开申请35件。</w:t></w:r></w:p>";
    let box_of_text = "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>图中的字</w:t></w:r></w:p></w:txbxContent></w:r></w:p>";
    let bytes = docx_of(&format!(
        "<w:p/>{box_of_text}{TITLE}{sentence}<w:tbl>{table}</w:tbl>"
    ));
    let copy = annotated(&bytes);
    let comments = comments_of_docx(&copy.file);
    let found: Vec<_> = comments.iter().filter(|it| it.2.contains("N001")).collect();
    assert_eq!(found.len(), 1, "{comments:?}");
    let spot = Spot {
        tables: Vec::new(),
        paragraph: 5,
    };
    assert_eq!((&found[0].0, &found[0].1), (&spot, &spot));
    let text = part(&copy.file, "word/document.xml");
    assert!(
        text.contains("<w:pPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FF9999\"/><w:jc"),
        "{text}"
    );
}

#[test]
fn a_document_within_the_document_is_told_and_not_marked() {
    let rows = ROWS.map(|it| format!("<tr><td>{}</td></tr>", it.join("</td><td>")));
    let page = format!("<html><body><table>{}</table></body></html>", rows.concat());
    let body = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"r\"><w:body><w:p><w:r><w:t>政府信息公开情况统计表（2017年度）</w:t></w:r></w:p><w:altChunk r:id=\"c\"/></w:body></w:document>";
    let relations = "<Relationships><Relationship Id=\"c\" Type=\"x/aFChunk\" Target=\"page.html\"/></Relationships>";
    let bytes = office::archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", body.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/page.html", page.as_bytes()),
    ]);
    let copy = annotated(&bytes);
    assert_eq!(copy.places, 0);
    let told = copy.left.iter().filter(|it| it.contains("R301"));
    assert_eq!(told.count(), 1, "{:?}", copy.left);
    assert_eq!(entries(&copy.file), entries(&bytes));
}

#[test]
fn what_stands_in_a_text_box_is_told_and_not_marked() {
    let table: String = ROWS.iter().map(|it| row("", it)).collect();
    let bytes = docx_of(&format!(
        "{TITLE}<w:p><w:r><w:txbxContent><w:tbl>{table}</w:tbl></w:txbxContent></w:r></w:p>"
    ));
    let copy = annotated(&bytes);
    assert_eq!(copy.places, 0);
    assert!(
        copy.left
            .iter()
            .any(|it| it.starts_with("表1第2行第3列：强制性审核：")),
        "{:?}",
        copy.left
    );
    assert!(
        copy.left.iter().any(|it| it.starts_with("全表：")),
        "{:?}",
        copy.left
    );
    assert_eq!(entries(&copy.file), entries(&bytes));
}

#[test]
fn in_english_and_of_the_table_as_a_whole() {
    let table: String = ROWS.iter().map(|it| row("", it)).collect();
    let bytes = docx_of(&format!("{TITLE}<w:tbl>{table}</w:tbl>"));
    let checked = checked(&bytes);
    let tables: Vec<_> = checked
        .iter()
        .map(|it| (it.1.clone(), Some(&it.0)))
        .collect();
    let copy = xxgk_mark::annotate(&bytes, &tables, Lang::En).unwrap();
    let comments = comments_of_docx(&copy.file);
    // The rows that it lacks are said of the table, at its first cell.
    assert_eq!(comments[0].0.tables, [[0, 1, 1]]);
    assert!(
        comments[0].2.starts_with("The whole table. "),
        "{comments:?}"
    );
    assert!(comments[1].2.starts_with("Hard edit: "), "{comments:?}");
}

/// The page of the wrong table, and where in it the tag of the wrong cell begins.
fn page() -> (String, usize) {
    let page = html::write(&nine(&wrong(), true), html::Style::default());
    let row = page.find("收到申请数").unwrap();
    let figure = page[row..].find(">28<").unwrap() + row;
    let tag = page[..figure].rfind("<td").unwrap();
    (page, tag)
}

#[test]
fn all_else_in_a_page_stays_as_it_is() {
    let (page, at) = page();
    let copy = String::from_utf8(annotated(page.as_bytes()).file).unwrap();
    let note = "<td data-xxgk=\"hard\"><input type=\"button\" disabled class=\"xxgk-note\" value=\"&#24378;&#21046;&#24615;";
    let before = page[..at].matches("<td").count();
    let tag = copy.match_indices("<td").nth(before).unwrap().0;
    assert!(copy[tag..].starts_with(note), "{copy}");
    let plain = without(&copy, "\n<style>[data-xxgk=hard]", "</style>\n");
    let plain = without(&plain, "<input type=\"button\"", ">");
    assert_eq!(without(&plain, " data-xxgk=\"", "\""), page);
}

/// A page with the wrong table behind some running text.
fn page_with(text: &str) -> String {
    let rows = ROWS.map(|it| format!("<tr><td>{}</td></tr>", it.join("</td><td>")));
    let title = "<p>政府信息公开情况统计表（2017年度）</p>";
    format!("{title}{text}<table>{}</table>", rows.concat())
}

#[test]
fn a_sentence_of_a_page_has_its_note_where_its_line_begins() {
    let sentence = "2017年，共收到政府信息公开申请36件。";
    for (before, note_at) in [
        ("<p class=\"a>b\">", "<p data-xxgk=\"hard\" class=\"a>b\">"),
        ("<div>一、概述<BR/>", "<BR data-xxgk=\"hard\"/>"),
        ("<ul><li>概述<li><b>", "<li data-xxgk=\"hard\">"),
        ("<div><h3>概述</h3><div>", "<div data-xxgk=\"hard\">"),
    ] {
        let page = page_with(&format!("{before}{sentence}"));
        let copy = annotated(page.as_bytes());
        let text = String::from_utf8(copy.file).unwrap();
        let (until, _) = text.split_once(sentence).unwrap();
        let (line, note) = until.rsplit_once("<input ").unwrap();
        assert!(line.ends_with(note_at), "{until}");
        let behind = note.split_once("\">").unwrap().1;
        assert!(["", "<b>"].contains(&behind), "{until}");
        assert!(
            !copy.left.iter().any(|it| it.contains("N001")),
            "{:?}",
            copy.left
        );
    }
}

#[test]
fn a_sentence_that_begins_behind_no_tag_is_told() {
    let page = page_with("<div><p>概述</p>2017年，共收到政府信息公开申请36件。</div>");
    let copy = annotated(page.as_bytes());
    let told = copy.left.iter().filter(|it| it.contains("N001"));
    assert_eq!(told.count(), 1, "{:?}", copy.left);
}

#[test]
fn each_of_two_tables_of_a_page_has_its_own() {
    let table = |rows: &[[&str; 3]]| {
        let rows = rows
            .iter()
            .map(|it| format!("<tr><td>{}</td></tr>", it.join("</td><td>")));
        format!("<table>{}</table>", rows.collect::<String>())
    };
    // In the first table the wrong cell is further down than in the other.
    let mut first = ROWS;
    first[1][2] = "27";
    first[6][2] = "28";
    let title = |year| format!("<p>政府信息公开情况统计表（{year}年度）</p>");
    let page = [title(2017), table(&first), title(2018), table(&ROWS)].concat();
    assert_eq!(checked(page.as_bytes()).len(), 2);
    let copy = annotated(page.as_bytes());
    assert_eq!(copy.left, [""; 0]);
    let text = String::from_utf8(copy.file).unwrap();
    let red = text
        .split("<td")
        .enumerate()
        .filter(|(_, it)| it.starts_with(" data-xxgk=\"hard\""));
    assert_eq!(Vec::from_iter(red.map(|it| it.0)), [21, 39]);
}

#[test]
fn pages_in_the_encoding_of_the_country() {
    let (page, _) = page();
    let (encoded, _, _) = encoding_rs::GB18030.encode(&page);
    let copy = annotated(&encoded).file;
    let (decoded, _, broken) = encoding_rs::GB18030.decode(&copy);
    assert!(!broken);
    let expected = annotated(page.as_bytes()).file;
    assert_eq!(*decoded, String::from_utf8(expected).unwrap());
    let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [&b"\xff\xfe"[..], &wide].concat();
    let checked = checked(&wide);
    let tables: Vec<_> = checked
        .iter()
        .map(|it| (it.1.clone(), Some(&it.0)))
        .collect();
    let error = xxgk_mark::annotate(&wide, &tables, Lang::Zh).unwrap_err();
    assert_eq!(error, xxgk_mark::MarkError::Unusual);
}

#[test]
fn other_formats_say_what_to_do() {
    let text = nine(&wrong(), true);
    let files = [
        office::ods(&text),
        office::odt(&text),
        b"%PDF-1.7".to_vec(),
        b"{\\rtf1}".to_vec(),
        "收到申请数,件,27".into(),
    ];
    for file in files {
        let error = xxgk_mark::annotate(&file, &[], Lang::Zh).unwrap_err();
        assert!(
            error.message().zh.contains("请用 xxgk check --format html"),
            "{error}"
        );
    }
}
