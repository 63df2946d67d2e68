//! Workbooks since Excel 2007. The cells of a sheet are read one after the other as they stand in the file: what it declares
//! of its size is of no account.

use std::collections::HashMap;

use crate::archive::Archive;
use crate::error::{Format, ReadError};
use crate::merged::{Merged, Sheet};
use crate::number::{date, is_builtin_date, is_date_format, written};
use crate::output::Output;
use crate::xml::{Node, Tag, Xml};

/// A sheet has no more columns: XFD.
const LAST_COLUMN: usize = 16_384;

pub(crate) fn read(archive: &mut Archive<'_>, output: &mut Output) -> Result<(), ReadError> {
    let workbook = workbook(&archive.text("xl/workbook.xml")?)?;
    let relations = match archive.has("xl/_rels/workbook.xml.rels") {
        true => relations(&archive.text("xl/_rels/workbook.xml.rels")?)?,
        false => return Err(ReadError::Damaged(Format::Xlsx)),
    };
    let of_kind = |kind: &str| {
        let found = relations.values().find(|it| it.kind.ends_with(kind));
        found.map(|it| it.target.clone())
    };
    let strings = match of_kind("/sharedStrings") {
        Some(path) => strings(&archive.text(&path)?)?,
        None => Vec::new(),
    };
    let dates = match of_kind("/styles") {
        Some(path) => dates(&archive.text(&path)?)?,
        None => Vec::new(),
    };
    for (name, id) in workbook.sheets {
        let relation = relations.get(&id).ok_or(ReadError::Damaged(Format::Xlsx))?;
        if !relation.kind.ends_with("/worksheet") {
            continue;
        }
        let text = archive.text(&relation.target)?;
        let mut sheet = Sheet::new(name);
        let context = Context {
            strings: &strings,
            dates: &dates,
            from_1904: workbook.from_1904,
        };
        context.sheet(&text, &mut sheet)?;
        sheet.end(output)?;
    }
    Ok(())
}

#[derive(Default)]
struct Workbook {
    /// Name and relation of each.
    sheets: Vec<(String, String)>,
    from_1904: bool,
}

fn workbook(text: &str) -> Result<Workbook, ReadError> {
    let mut xml = Xml::new(text, Format::Xlsx);
    let mut workbook = Workbook::default();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "sheet" => {
                let name = tag.get("name").unwrap_or_default();
                workbook
                    .sheets
                    .push((name, tag.get("id").unwrap_or_default()));
            }
            "workbookPr" => {
                let from_1904 = tag.get("date1904");
                workbook.from_1904 = from_1904.is_some_and(|it| it == "1" || it == "true");
            }
            _ => {}
        }
    }
    Ok(workbook)
}

struct Relation {
    kind: String,
    target: String,
}

fn relations(text: &str) -> Result<HashMap<String, Relation>, ReadError> {
    let mut xml = Xml::new(text, Format::Xlsx);
    let mut relations = HashMap::new();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if tag.name() == "Relationship" {
            let attribute = |name| tag.get(name).unwrap_or_default();
            let target = attribute("Target");
            let target = match (target.strip_prefix('/'), target.strip_prefix("../")) {
                (Some(absolute), _) => absolute.to_owned(),
                (None, Some(above)) => above.to_owned(),
                (None, None) => format!("xl/{target}"),
            };
            let kind = attribute("Type");
            relations.insert(attribute("Id"), Relation { kind, target });
        }
    }
    Ok(relations)
}

/// The text of an element: that of its `t`, without what is written above characters to say how they are spoken.
fn rich(xml: &mut Xml<'_>, end: &str) -> Result<String, ReadError> {
    let (mut text, mut within) = (String::new(), false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.name() == "rPh" => xml.skip()?,
            Node::Open(tag) => within = tag.name() == "t",
            Node::Text(piece) if within => text.push_str(&piece),
            Node::Text(_) => {}
            Node::Close(name) if name == end => break,
            Node::Close(_) => within = false,
        }
    }
    Ok(unescaped(text))
}

/// Characters that XML cannot have are written `_x000D_`.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, behind)) = rest.split_once("_x") {
        out.push_str(before);
        let code = behind
            .get(..4)
            .zip(behind.get(4..5))
            .filter(|it| it.1 == "_");
        let code = code.and_then(|(code, _)| u32::from_str_radix(code, 16).ok());
        if let Some((c, after)) = code.and_then(char::from_u32).zip(behind.get(5..)) {
            out.push(c);
            rest = after;
        } else {
            out.push_str("_x");
            rest = behind;
        }
    }
    out + rest
}

fn strings(text: &str) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(text, Format::Xlsx);
    let mut strings = Vec::new();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if tag.name() == "si" {
            strings.push(rich(&mut xml, "si")?);
        }
    }
    Ok(strings)
}

/// Of each style of cells, whether its numbers are days.
fn dates(text: &str) -> Result<Vec<bool>, ReadError> {
    let mut xml = Xml::new(text, Format::Xlsx);
    let (mut formats, mut dates, mut cells) = (HashMap::new(), Vec::new(), false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "numFmt" => {
                    let code = tag.get("formatCode").unwrap_or_default();
                    formats.insert(tag.number("numFmtId"), is_date_format(&code));
                }
                "cellXfs" => cells = true,
                "xf" if cells => {
                    let format = tag.number("numFmtId");
                    let builtin = || format.is_some_and(is_builtin_date);
                    dates.push(formats.get(&format).copied().unwrap_or_else(builtin));
                }
                _ => {}
            },
            Node::Close(name) => cells &= name != "cellXfs",
            Node::Text(_) => {}
        }
    }
    Ok(dates)
}

struct Context<'a> {
    strings: &'a [String],
    dates: &'a [bool],
    from_1904: bool,
}

impl Context<'_> {
    fn sheet(&self, text: &str, sheet: &mut Sheet) -> Result<(), ReadError> {
        let damaged = || ReadError::Damaged(Format::Xlsx);
        let mut xml = Xml::new(text, Format::Xlsx);
        // Rows and cells may leave their places out: they follow each other.
        let (mut row, mut column) = (0_usize, 0_usize);
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "row" => {
                    row = tag.number("r").unwrap_or(row + 1);
                    column = 0;
                }
                "c" => {
                    let place = tag.get("r");
                    (row, column) = match &place {
                        Some(place) => self::place(place).ok_or_else(damaged)?,
                        None => (row, column + 1),
                    };
                    let text = self.cell(&tag, &mut xml)?;
                    let at = row.checked_sub(1).zip(column.checked_sub(1));
                    let (row, column) = at.ok_or_else(damaged)?;
                    sheet.cell(row, column, &text)?;
                }
                "mergeCell" => {
                    let region = tag.get("ref").unwrap_or_default();
                    let region = region_of(&region).ok_or_else(damaged)?;
                    sheet.merge(region)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What is shown in a cell.
    fn cell(&self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<String, ReadError> {
        let (kind, style) = (tag.get("t").unwrap_or_default(), tag.number("s"));
        let (mut value, mut inline, mut within) = (String::new(), String::new(), false);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.name() == "is" => inline = rich(xml, "is")?,
                Node::Open(tag) => within = tag.name() == "v",
                Node::Text(text) if within => value.push_str(&text),
                Node::Text(_) => {}
                Node::Close(name) if name == "c" => break,
                Node::Close(_) => within = false,
            }
        }
        Ok(match &*kind {
            "s" => {
                let index: Option<usize> = value.trim().parse().ok();
                let text = index.and_then(|index| self.strings.get(index));
                text.cloned().ok_or(ReadError::Damaged(Format::Xlsx))?
            }
            "inlineStr" => inline,
            "str" => unescaped(value),
            "b" if value == "1" => "TRUE".to_owned(),
            "b" => "FALSE".to_owned(),
            "e" | "d" => value,
            _ => {
                let days = style.and_then(|style| self.dates.get(style)) == Some(&true);
                match value.trim().parse::<f64>() {
                    Ok(number) if days => date(number, self.from_1904),
                    _ => number(&value),
                }
            }
        })
    }
}

/// A number as the shortest decimal that is the same double, which is what the spreadsheet has.
fn number(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => crate::number::shown(number),
        _ => written(text),
    }
}

/// Row and column, from 1, of a name such as `C14`.
fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.trim().replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, row) = name.split_at_checked(letters)?;
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let letter = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = (column * 26 + letter).min(LAST_COLUMN + 1);
    }
    let row: usize = row.parse().ok()?;
    (row > 0 && column > 0 && column <= LAST_COLUMN).then_some((row, column))
}

fn region_of(name: &str) -> Option<Merged> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    Some(Merged {
        rows: (top - 1, bottom.checked_sub(1)?),
        columns: (left - 1, right.checked_sub(1)?),
    })
}
