//! What several test files share: writers of files, and what another program would find in a copy. No code of the crate is used to
//! look at what it wrote.
#![allow(dead_code, reason = "each test file uses a part of it")]

#[path = "../../../xxgk-read/tests/support/mod.rs"]
pub mod written;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use xxgk::{Document, Lang, Options, Reading, Report, forms, read_document};
use xxgk_mark::Annotated;
use zip::ZipArchive;

/// What is read of a file, and what is found in it.
pub fn checked(bytes: &[u8]) -> Vec<(Reading, Report)> {
    let document = read(bytes);
    let options = Options::default();
    let readings = read_document(&document, forms(), &options);
    readings.map(|it| (it.clone(), it.check())).collect()
}

pub fn read(bytes: &[u8]) -> Document {
    xxgk_read::read(bytes).unwrap()
}

#[track_caller]
pub fn annotated(bytes: &[u8]) -> Annotated {
    let checked = checked(bytes);
    let tables: Vec<_> = checked
        .iter()
        .map(|it| (it.1.clone(), Some(&it.0)))
        .collect();
    xxgk_mark::annotate(bytes, &tables, Lang::Zh).unwrap()
}

/// The files of an archive, in order: their names, what they are packed as, and what they are.
pub fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let all = (0..zip.len()).map(|index| {
        let (mut packed, mut whole) = (Vec::new(), Vec::new());
        let mut raw = zip.by_index_raw(index).unwrap();
        let name = raw.name().unwrap().into_owned();
        raw.read_to_end(&mut packed).unwrap();
        drop(raw);
        zip.by_index(index)
            .unwrap()
            .read_to_end(&mut whole)
            .unwrap();
        (name, packed, whole)
    });
    all.collect()
}

pub fn part(bytes: &[u8], name: &str) -> String {
    let found = entries(bytes).into_iter().find(|it| it.0 == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).2).unwrap()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).unwrap()?;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .unwrap()
            .into_owned(),
    )
}

fn name(tag: &BytesStart<'_>) -> String {
    tag.name().into_inner().to_owned()
}

/// The texts of the elements of a name, by an attribute of each: every text within is joined.
pub fn texts(xml: &str, element: &str, by: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut open): (Vec<(String, String)>, _) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if name(&tag) == element => {
                all.push((attribute(&tag, by).unwrap(), String::new()));
                open = true;
            }
            Event::End(tag) if tag.name().into_inner() == element => open = false,
            Event::Text(text) if open => all.last_mut().unwrap().1 += &text.xml10_content(),
            Event::GeneralRef(of) if open => {
                all.last_mut().unwrap().1.push(match &*of.into_inner() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    other => panic!("&{other};"),
                });
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// Where something stands in a document of Word: the tables around it, each by which it is, its row and its cell, all as they stand
/// in the file; and which paragraph of all it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub tables: Vec<[usize; 3]>,
    pub paragraph: usize,
}

/// The comments of a document of Word: where each begins and ends, and what it says.
pub fn comments_of_docx(bytes: &[u8]) -> Vec<(Spot, Spot, String)> {
    if !entries(bytes).iter().any(|it| it.0 == "word/comments.xml") {
        return Vec::new();
    }
    let said: BTreeMap<_, _> = texts(&part(bytes, "word/comments.xml"), "w:comment", "w:id")
        .into_iter()
        .collect();
    let xml = part(bytes, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut count, mut paragraph) = (0, 0);
    let mut tables: Vec<[usize; 3]> = Vec::new();
    let mut spots: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => match &*name(&tag) {
                "w:tbl" => {
                    tables.push([count, 0, 0]);
                    count += 1;
                }
                "w:tr" => {
                    let [_, row, cell] = tables.last_mut().unwrap();
                    (*row, *cell) = (*row + 1, 0);
                }
                "w:tc" => tables.last_mut().unwrap()[2] += 1,
                "w:p" => paragraph += 1,
                "w:commentRangeStart" | "w:commentRangeEnd" | "w:commentReference" => {
                    let id = attribute(&tag, "w:id").unwrap();
                    let tables = tables.clone();
                    spots
                        .entry(id)
                        .or_default()
                        .push(Spot { tables, paragraph });
                }
                _ => {}
            },
            Event::End(tag) if tag.name().into_inner() == "w:tbl" => _ = tables.pop(),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(
        spots.keys().collect::<Vec<_>>(),
        said.keys().collect::<Vec<_>>()
    );
    let mut found: Vec<_> = spots
        .into_iter()
        .map(|(id, spots)| {
            let [begin, end, reference] = &spots[..] else {
                panic!("comment {id} has {spots:?}");
            };
            assert_eq!(end, reference);
            assert_eq!(begin.tables, end.tables, "comment {id} leaves its cell");
            (begin.clone(), end.clone(), said[&id].clone())
        })
        .collect();
    found.sort();
    found
}

/// The comments of a workbook: the sheet, the cell, and what each says. Each has a box in the drawing of its sheet.
pub fn comments_of_xlsx(bytes: &[u8]) -> Vec<(String, String, String)> {
    let names: Vec<String> = entries(bytes).into_iter().map(|it| it.0).collect();
    let mut found = Vec::new();
    for (index, sheet) in sheets(bytes) {
        let path = format!("xl/worksheets/_rels/sheet{index}.xml.rels");
        if !names.contains(&path) {
            continue;
        }
        let relations = part(bytes, &path);
        let target = |kind: &str| {
            let at = relations.find(kind)?;
            let behind = &relations[at..relations[at..].find("/>")? + at];
            let target = behind.split("Target=\"").nth(1)?.split('"').next()?;
            Some(target.trim_start_matches('/').replace("../", "xl/"))
        };
        let Some(comments) = target("relationships/comments\"") else {
            continue;
        };
        let drawing = part(bytes, &target("relationships/vmlDrawing\"").unwrap());
        let all = texts(&part(bytes, &comments), "comment", "ref");
        assert_eq!(all.len(), drawing.matches("<x:Row>").count(), "{drawing}");
        for (cell, text) in all {
            let (row, column) = place(&cell);
            let of_row = format!("<x:Row>{row}</x:Row>");
            let row = drawing.split(&of_row);
            let of_cell = format!("<x:Column>{column}</x:Column>");
            assert!(
                row.clone()
                    .skip(1)
                    .any(|it| it.trim_start().starts_with(&of_cell)),
                "{cell}"
            );
            found.push((sheet.clone(), cell, text));
        }
    }
    found.sort();
    found
}

/// The sheets of a workbook by their numbers, which are those of their files.
fn sheets(bytes: &[u8]) -> Vec<(usize, String)> {
    let book = part(bytes, "xl/workbook.xml");
    let names = book.split("<sheet name=\"").skip(1);
    let names = names.map(|it| it.split('"').next().unwrap().to_owned());
    (1..).zip(names).collect()
}

fn place(cell: &str) -> (usize, usize) {
    let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    let column = letters
        .bytes()
        .fold(0, |sum, it| sum * 26 + usize::from(it - b'A') + 1);
    (
        cell[letters.len()..].parse::<usize>().unwrap() - 1,
        column - 1,
    )
}
