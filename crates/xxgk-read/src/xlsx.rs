//! Workbooks since Excel 2007. The cells of a sheet are read one after the other as they stand in the file: what it declares
//! of its size is of no account.

use std::collections::HashMap;
use std::rc::Rc;

use xxgk::{LeftOut, Look, Run};

use crate::archive::Archive;
use crate::cellstyle::{CellStyle, Font, stored};
use crate::css::{Paint, WHITE, hexadecimal};
use crate::error::ReadError;
use crate::format::Format;
use crate::merged::{Merged, Sheet, Sheets, Stored};
use crate::number::{is_builtin_date, written};
use crate::numfmt::NumberFormat;
use crate::output::Output;
use crate::relations::relations;
use crate::xml::{Node, Tag, Xml};

/// A sheet has no more columns: XFD.
const LAST_COLUMN: usize = 16_384;
const WORKBOOK: &str = "xl/workbook.xml";

pub(crate) fn read(archive: &mut Archive<'_>, output: &mut Output) -> Result<(), ReadError> {
    let workbook = workbook(&archive.text(WORKBOOK)?)?;
    let relations = relations(archive, WORKBOOK)?;
    let of_kind = |kind: &str| {
        let found = relations.values().find(|it| it.kind.ends_with(kind));
        found.map(|it| it.target.clone())
    };
    let strings = match of_kind("/sharedStrings") {
        Some(path) => strings(&archive.text(&path)?)?,
        None => Vec::new(),
    };
    let styles = match of_kind("/styles") {
        Some(path) => styles(&archive.text(&path)?)?,
        None => Vec::new(),
    };
    let context = Context {
        strings: &strings,
        styles: &styles,
        from_1904: workbook.from_1904,
    };
    let mut sheets = Sheets::default();
    for Named { name, id, hidden } in workbook.sheets {
        let relation = relations.get(&id).ok_or(ReadError::Damaged(Format::Xlsx))?;
        if !relation.kind.ends_with("/worksheet") {
            continue;
        }
        let text = archive.text(&relation.target)?;
        let mut sheet = Sheet::new(name, hidden);
        if output.has_sources() {
            sheet.stands_in(&relation.target);
        }
        context.sheet(&text, &mut sheet)?;
        sheets.push(sheet)?;
    }
    // Programs that write formulas and calculate none ask for a calculation when the file is opened.
    let asked = workbook.calculates_on_load && of_kind("/calcChain").is_none();
    sheets.end(asked, output)?;
    leave_out(archive, output);
    Ok(())
}

/// Says what is pasted into the sheets.
fn leave_out(archive: &Archive<'_>, output: &mut Output) {
    if archive.has_within("xl/media/") {
        output.leave_out(LeftOut::Picture);
    }
    if archive.has_within("xl/embeddings/") {
        output.leave_out(LeftOut::Document);
    }
}

#[derive(Default)]
struct Workbook {
    sheets: Vec<Named>,
    from_1904: bool,
    calculates_on_load: bool,
}

/// A sheet by its name and its relation.
struct Named {
    name: String,
    id: String,
    hidden: bool,
}

fn workbook(text: &str) -> Result<Workbook, ReadError> {
    let mut xml = Xml::new(text, Format::Xlsx);
    let mut workbook = Workbook::default();
    let is_on = |value: Option<String>| value.is_some_and(|it| it == "1" || it == "true");
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "sheet" => {
                let attribute = |name| tag.get(name).unwrap_or_default();
                let state = attribute("state").to_ascii_lowercase();
                workbook.sheets.push(Named {
                    name: attribute("name"),
                    id: attribute("id"),
                    hidden: state == "hidden" || state == "veryhidden",
                });
            }
            "workbookPr" => workbook.from_1904 = is_on(tag.get("date1904")),
            "calcPr" => workbook.calculates_on_load = is_on(tag.get("fullCalcOnLoad")),
            _ => {}
        }
    }
    Ok(workbook)
}

/// A text: its stretches, each with its font where it has one of its own.
type Rich = Vec<(String, Option<Font>)>;

/// The text of an element: that of its `t`, without what is written above characters to say how they are spoken.
fn rich(xml: &mut Xml<'_>, end: &str) -> Result<Rich, ReadError> {
    let (mut rich, mut font, mut within) = (Rich::new(), None, false);
    let mut text = String::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "rPh" | "extLst" => xml.skip()?,
                "r" => font = None,
                "rPr" => font = Some(self::font(xml, "rPr")?),
                name => within = name == "t",
            },
            Node::Text(piece) if within => text.push_str(&piece),
            Node::Text(_) => {}
            Node::Close(name) if name == end => break,
            Node::Close(name) => {
                within = false;
                if name == "t" && !text.is_empty() {
                    rich.push((unescaped(std::mem::take(&mut text)), font));
                }
                if name == "r" {
                    font = None;
                }
            }
        }
    }
    Ok(rich)
}

/// A font, or what a stretch of text says of its own.
fn font(xml: &mut Xml<'_>, end: &str) -> Result<Font, ReadError> {
    let mut font = Font::default();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "strike" => font.struck = tag.is_on(),
                "vertAlign" => {
                    let align = tag.get("val").unwrap_or_default();
                    font.raised = align == "superscript" || align == "subscript";
                }
                "color" => font.color = color(&tag),
                _ => {}
            },
            Node::Close(name) if name == end => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(font)
}

/// A colour; of those of the theme, paper and ink are known.
fn color(tag: &Tag<'_>) -> Paint {
    let black = Paint::Rgb(0, 0, 0);
    let tint = tag
        .get("tint")
        .is_some_and(|it| !it.trim_matches(['0', '.', '-']).is_empty());
    if tint {
        return Paint::Unknown;
    }
    if let Some(rgb) = tag.get("rgb") {
        let digits = rgb.get(rgb.len().saturating_sub(6)..).unwrap_or_default();
        return hexadecimal(digits).unwrap_or(Paint::Unknown);
    }
    match (tag.number("indexed"), tag.number("theme")) {
        (Some(1 | 9 | 65), _) | (None, Some(0)) => WHITE,
        (Some(0 | 8 | 64), _) | (None, Some(1)) => black,
        (None, None) => black,
        _ => Paint::Unknown,
    }
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

fn strings(text: &str) -> Result<Vec<Rich>, ReadError> {
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

/// The styles of cells, by their numbers.
fn styles(text: &str) -> Result<Vec<CellStyle>, ReadError> {
    let mut xml = Xml::new(text, Format::Xlsx);
    let mut formats: HashMap<Option<usize>, Rc<NumberFormat>> = HashMap::new();
    let (mut fonts, mut fills, mut styles) = (Vec::new(), Vec::new(), Vec::new());
    let mut list = String::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match (&*list, tag.name()) {
                (_, name @ ("fonts" | "fills" | "cellXfs" | "dxfs")) => list = name.to_owned(),
                ("dxfs", _) => {}
                ("fonts", "font") => fonts.push(font(&mut xml, "font")?),
                ("fills", "fill") => fills.push(WHITE),
                ("fills", "patternFill")
                    if tag.get("patternType").is_some_and(|it| it != "none") =>
                {
                    set_last(&mut fills, Paint::Unknown);
                }
                ("fills", "fgColor") if fills.last() == Some(&Paint::Unknown) => {
                    set_last(&mut fills, color(&tag));
                }
                ("fills", "gradientFill") => set_last(&mut fills, Paint::Unknown),
                (_, "numFmt") => {
                    let format = NumberFormat::new(&tag.get("formatCode").unwrap_or_default());
                    formats.insert(tag.number("numFmtId"), Rc::new(format));
                }
                ("cellXfs", "xf") => {
                    let id = tag.number("numFmtId");
                    let builtin = || Rc::new(builtin(id.unwrap_or(0)));
                    let of = |name: &str| tag.number(name).unwrap_or(0);
                    styles.push(CellStyle {
                        format: formats.entry(id).or_insert_with(builtin).clone(),
                        font: fonts.get(of("fontId")).copied().unwrap_or_default(),
                        behind: fills.get(of("fillId")).copied().unwrap_or(WHITE),
                    });
                }
                _ => {}
            },
            Node::Close(name) if name == list => list.clear(),
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(styles)
}

fn set_last(fills: &mut [Paint], fill: Paint) {
    if let Some(last) = fills.last_mut() {
        *last = fill;
    }
}

/// A format that is known by its number alone.
pub(crate) fn builtin(id: usize) -> NumberFormat {
    match id {
        9 => NumberFormat::new("0%"),
        10 => NumberFormat::new("0.00%"),
        id if is_builtin_date(id) => NumberFormat::of_days(),
        _ => NumberFormat::default(),
    }
}

struct Context<'a> {
    strings: &'a [Rich],
    styles: &'a [CellStyle],
    from_1904: bool,
}

impl Context<'_> {
    fn sheet(&self, text: &str, sheet: &mut Sheet) -> Result<(), ReadError> {
        let damaged = || ReadError::Damaged(Format::Xlsx);
        let mut xml = Xml::new(text, Format::Xlsx);
        // Rows and cells may leave their places out: they follow each other.
        let (mut row, mut column) = (0_usize, 0_usize);
        let mut zeros = true;
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "extLst" | "Fallback" => xml.skip()?,
                "sheetView" => zeros = !is_off(&tag, "showZeros"),
                "col" if is_hidden(&tag, "width") => {
                    let (first, last) = (tag.number("min"), tag.number("max"));
                    if let Some((first, last)) = first.zip(last).filter(|it| it.0 > 0) {
                        sheet.hide_columns(first - 1, last.min(LAST_COLUMN).saturating_sub(1))?;
                    }
                }
                "row" => {
                    row = tag.number("r").unwrap_or(row + 1);
                    column = 0;
                    if row > 0 && is_hidden(&tag, "ht") {
                        sheet.hide_rows(row - 1, row - 1)?;
                    }
                }
                "c" => {
                    let place = tag.get("r");
                    (row, column) = match &place {
                        Some(place) => self::place(place).ok_or_else(damaged)?,
                        None => (row, column + 1),
                    };
                    let start = xml.start();
                    let (mut runs, stored) = self.cell(&tag, &mut xml)?;
                    let at = row.checked_sub(1).zip(column.checked_sub(1));
                    let (row, column) = at.ok_or_else(damaged)?;
                    for run in runs.iter_mut().filter(|run| !zeros && run.text == "0") {
                        run.look = Look::Hidden;
                    }
                    sheet.stands_at(row, column, start..xml.end());
                    sheet.cell(row, column, runs, stored)?;
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

    /// What is shown in a cell, and what its formula is stored with.
    fn cell(&self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(Vec<Run>, Stored), ReadError> {
        let (kind, style) = (tag.get("t").unwrap_or_default(), tag.number("s"));
        let plain = CellStyle::default();
        let style = style
            .and_then(|style| self.styles.get(style))
            .unwrap_or(&plain);
        let (mut value, mut inline, mut within) = (String::new(), Rich::new(), false);
        let mut formula = false;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "is" => inline = rich(xml, "is")?,
                    "extLst" => xml.skip()?,
                    name => {
                        formula |= name == "f";
                        within = name == "v";
                    }
                },
                Node::Text(text) if within => value.push_str(&text),
                Node::Text(_) => {}
                Node::Close(name) if name == "c" => break,
                Node::Close(_) => within = false,
            }
        }
        let of = |rich: &Rich| style.rich(rich.iter().map(|(text, font)| (&**text, *font)));
        let runs = match &*kind {
            // A formula whose result is a text may have none.
            "str" => return Ok((of(&vec![(unescaped(value), None)]), stored(formula, "text"))),
            _ if formula && value.trim().is_empty() => vec![Run::new("", Look::Uncalculated)],
            "s" => {
                let index: Option<usize> = value.trim().parse().ok();
                let text = index.and_then(|index| self.strings.get(index));
                of(text.ok_or(ReadError::Damaged(Format::Xlsx))?)
            }
            "inlineStr" => of(&inline),
            "b" if value == "1" => style.text("TRUE"),
            "b" => style.text("FALSE"),
            "e" | "d" => style.text(value.clone()),
            _ => match value.trim().parse::<f64>() {
                Ok(number) if style.format.days => style.day(number, self.from_1904),
                _ => style.number(&number(&value)),
            },
        };
        Ok((runs, stored(formula, &value)))
    }
}

/// Whether a row or a column is hidden, or of no size.
fn is_hidden(tag: &Tag<'_>, size: &str) -> bool {
    let none = tag.get(size).and_then(|it| it.trim().parse::<f64>().ok()) == Some(0.0);
    none || matches!(tag.get("hidden").as_deref(), Some("1" | "true"))
}

fn is_off(tag: &Tag<'_>, name: &str) -> bool {
    matches!(tag.get(name).as_deref(), Some("0" | "false"))
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
