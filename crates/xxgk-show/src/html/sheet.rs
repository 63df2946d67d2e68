//! The review sheet (审核单): one page of A4 with the verdict, what is to be corrected, and room to sign.
//!
//! It is a function of its own, because the office that sends tables back needs nothing else; a [`Page`](super::Page) of one
//! table has it too, as the first page that is printed, and not on the screen, where the same is said with more detail.

use maud::{Markup, html};
use xxgk::form::Form;
use xxgk::{Cell, Change, Lang};

use super::{Apart, NEWLINE, Table, head, inert, page};
use crate::groups::{Group, groups, shortened};
use crate::words;

/// So many lines of the list have room on the page.
const LINES: usize = 34;
/// So many characters have room in a line of a sentence, and of a place.
const SENTENCE: usize = 22;
const PLACE: usize = 13;
/// A longer sentence is cut: the whole stands in the report.
const LONGEST: usize = 220;
/// So many cells of one item are listed.
const CELLS: usize = 6;

/// The review sheet of a table, to stand in a page that has [`STYLE`](super::STYLE).
#[must_use]
pub fn sheet(table: &Table<'_>, lang: Lang) -> String {
    inert(drawn(table, lang))
}

/// The review sheet as a document of its own.
#[must_use]
pub fn sheet_page(table: &Table<'_>, lang: Lang) -> String {
    let title = lang.pick("审核单", "Review sheet");
    page::opening(title, "alone", lang) + &sheet(table, lang) + page::CLOSING
}

/// Review sheets of one agency as a document: what else there is to say to it, and the sheets, as [`sheet`] makes them, a page
/// each.
///
/// ```
/// use xxgk::Lang;
/// let page = xxgk_show::html::letter("某区<教育局>", &["重复报送2份。".to_owned()], &[], Lang::Zh);
/// assert!(page.contains("某区&lt;教育局&gt;") && page.contains("重复报送2份。"));
/// ```
#[must_use]
pub fn letter(agency: &str, remarks: &[String], sheets: &[String], lang: Lang) -> String {
    let title = lang.pick("审核单", "Review sheet");
    let said = html! {
        @if !remarks.is_empty() {
            section.remarks {
                h1 { (Apart(agency)) }
                (NEWLINE)
                ul { @for remark in remarks { li { (Apart(remark)) } (NEWLINE) } }
            }
            (NEWLINE)
        }
    };
    let mut page = page::opening(title, "letter", lang) + &inert(said);
    page.extend(sheets.iter().map(String::as_str));
    page + page::CLOSING
}

/// One thing to correct.
struct Item {
    sentence: String,
    soft: bool,
    cells: Vec<Listed>,
    /// So many cells are not listed.
    more: usize,
}

/// A cell of it.
struct Listed {
    place: String,
    name: String,
    current: String,
    should: String,
}

pub(super) fn drawn(table: &Table<'_>, lang: Lang) -> Markup {
    let (report, form) = (table.report, table.form());
    let groups = groups(report, false);
    let items: Vec<Item> = groups.iter().map(|it| Item::of(it, table, lang)).collect();
    let kept = fitting(&items);
    let left = items.len() - kept;
    let year = report.year.map(|it| it.to_string()).unwrap_or_default();
    html! {
        section.sheet {
            (NEWLINE)
            h1 { (lang.pick("政府信息公开情况统计表审核单", "Review sheet: open-government statistics")) }
            (NEWLINE)
            p.meta {
                span { (lang.pick("填报单位：", "Agency: ")) (Apart(report.agency.as_deref().unwrap_or_default())) }
                span { (lang.pick("年度：", "Year: ")) (year) }
                span { (lang.pick("表式：", "Form: ")) (form.map_or("", Form::title)) }
                @if let Some(source) = &report.source {
                    span { (lang.pick("文件：", "File: ")) (Apart(source)) }
                }
            }
            (NEWLINE)
            (head::verdict(report, lang))
            @if !items.is_empty() { (list(items.get(..kept).unwrap_or_default(), lang)) }
            @if left > 0 {
                p {
                    (match lang {
                        Lang::Zh => format!("另有{left}项，见审核明细。"),
                        Lang::En => format!("{left} more: see the full report."),
                    })
                }
                (NEWLINE)
            }
            p.sign {
                @for name in signed(lang) { span { (name) (lang.pick("：", ":")) i {} } " " }
            }
            (NEWLINE)
            (head::foot(report, form, lang))
        }
        (NEWLINE)
    }
}

fn signed(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Zh => ["填报人", "审核人", "负责人", "日期"],
        Lang::En => ["Filled in by", "Reviewed by", "Head", "Date"],
    }
}

fn list(items: &[Item], lang: Lang) -> Markup {
    let heads = match lang {
        Lang::Zh => ["序号", "位置", "问题", "现填", "应填"],
        Lang::En => ["No.", "Where", "What", "Now", "Should be"],
    };
    html! {
        table.list {
            (NEWLINE)
            tr { @for head in heads { th scope="col" { (head) } } }
            (NEWLINE)
            @for (number, item) in (1..).zip(items) { (rows(number, item, lang)) }
        }
        (NEWLINE)
    }
}

fn rows(number: usize, item: &Item, lang: Lang) -> Markup {
    let rows = Some(item.cells.len()).filter(|rows| *rows > 1);
    let soft = item.soft.then_some("soft");
    let first = item.cells.first();
    html! {
        tr class=[soft] {
            td.number rowspan=[rows] { (number) }
            (place(first))
            td.said rowspan=[rows] {
                (item.sentence)
                @if item.more > 0 {
                    (match lang {
                        Lang::Zh => format!("（另有{}处）", item.more),
                        Lang::En => format!(" ({} more)", item.more),
                    })
                }
            }
            (figures(first))
        }
        (NEWLINE)
        @for cell in item.cells.iter().skip(1) {
            tr class=[soft] { (place(Some(cell))) (figures(Some(cell))) }
            (NEWLINE)
        }
    }
}

fn place(cell: Option<&Listed>) -> Markup {
    html! {
        td { @if let Some(it) = cell { (it.place) " " (it.name) } }
    }
}

fn figures(cell: Option<&Listed>) -> Markup {
    html! {
        td.figure { @if let Some(it) = cell { (it.current) } }
        td.figure { @if let Some(it) = cell { (it.should) } }
    }
}

impl Item {
    fn of(group: &Group<'_>, table: &Table<'_>, lang: Lang) -> Self {
        let form = table.form();
        let mut said = group.sentence(form, lang);
        if let Some((end, _)) = said.char_indices().nth(LONGEST) {
            said.truncate(end);
            said.push('…');
        }
        let sentence = format!("{}{}", kind(group, lang), said);
        let mut cells = match group.correction.zip(form) {
            Some((correction, form)) => {
                let (first, _) = shortened(correction);
                let changes = first.sets.iter().flat_map(|set| &set.cells);
                changes.map(|it| changed(it, table, form, lang)).collect()
            }
            None => Vec::new(),
        };
        if cells.is_empty() {
            cells = found(group, table, lang);
        }
        let more = cells.len().saturating_sub(CELLS);
        cells.truncate(CELLS);
        Item {
            sentence,
            soft: group.is_soft(),
            cells,
            more,
        }
    }

    /// How many lines it takes.
    fn lines(&self) -> usize {
        let length = |text: &str| text.chars().count();
        let of_cell = |it: &Listed| (length(&it.place) + length(&it.name)).div_ceil(PLACE);
        let cells: usize = self.cells.iter().map(of_cell).sum();
        cells.max(length(&self.sentence).div_ceil(SENTENCE))
    }
}

/// How much it weighs, before its sentence.
fn kind(group: &Group<'_>, lang: Lang) -> String {
    let first = group.findings.first();
    let weight = first.map(|it| words::weight(it, lang));
    weight.map_or_else(String::new, |it| match lang {
        Lang::Zh => format!("【{it}】"),
        Lang::En => format!("[{it}] "),
    })
}

/// A cell that is to be changed.
fn changed(change: &Change, table: &Table<'_>, form: &Form, lang: Lang) -> Listed {
    let place = table.reading.and_then(|it| it.place(change.cell));
    let should = match change.to() {
        Some(to) => to.to_string(),
        None => change.can(form).get(lang).to_owned(),
    };
    Listed {
        place: place.map(|it| it.said(lang)).unwrap_or_default(),
        name: change.name.to_string(),
        current: change.from.to_string(),
        should,
    }
}

/// The cells that are to be looked at, or the sentences.
fn found(group: &Group<'_>, table: &Table<'_>, lang: Lang) -> Vec<Listed> {
    let claims = group.findings.iter().filter_map(|it| it.claim.as_ref());
    let claims = claims.map(|claim| Listed {
        place: format!("{}{}", lang.pick("正文", "text "), claim.said(lang)),
        name: String::new(),
        current: String::new(),
        should: String::new(),
    });
    let current = |cell: &Cell| match (&cell.value, &cell.key, &cell.place) {
        (Some(value), ..) => value.to_string(),
        (None, Some(_), None) => lang.pick("空白", "blank").to_owned(),
        (None, _, Some(place)) if !place.text.trim().is_empty() => place.text.clone(),
        (None, Some(_), _) => lang.pick("空白", "blank").to_owned(),
        (None, None, _) => String::new(),
    };
    // Rows that are missing have no place, and several are named in the sentence.
    let several = group.findings.len() > 1;
    let cells = group.cells(table.report).into_iter();
    let cells = cells.filter(|it| !several || it.place.is_some());
    let cells = cells.map(|cell| Listed {
        place: cell
            .place
            .as_ref()
            .map(|it| it.said(lang))
            .unwrap_or_default(),
        name: cell.label.to_string(),
        current: current(cell),
        should: String::new(),
    });
    claims.chain(cells).collect()
}

/// How many of the items have room: the first in any case.
fn fitting(items: &[Item]) -> usize {
    let mut lines = 0;
    let fits = |item: &&Item| {
        lines += item.lines();
        lines <= LINES
    };
    let fitting = items.iter().take_while(fits).count();
    fitting.max(1).min(items.len())
}
