//! A table and what was found of it, as HTML without a script: for the page, for `check --format html`, and for the printer.
//!
//! - [`view`]: one table, to stand in a page that has [`STYLE`]
//! - [`Page`]: a document that needs nothing beside it, with an overview where it has several tables
//! - [`sheet`], [`sheet_page`]: the review sheet (审核单), one page of A4 to be signed; [`letter`]: several of one agency
//!
//! Whatever comes from a file is escaped by [`maud`], and signs that are not to be seen are written out behind it, in the whole
//! text: nothing in a cell, a name or a label can be markup, or turn the direction of what stands around it.
//!
//! ```
//! use xxgk::{Lang, Options, forms, read};
//! use xxgk_show::html::{Page, Table};
//!
//! let text = "\
//! 政府信息公开情况统计表(2017年度)
//! 统计指标 | 单位 | 统计数
//! (一)收到申请数 | 件 | 27
//! 1.当面申请数 | 件 | 26
//! 2.传真申请数 | 件 | 0
//! 3.网络申请数 | 件 | 0
//! 4.信函申请数 | 件 | 0
//! (二)申请办结数 | 件 | 27
//! 1.按时办结数 | 件 | 27
//! 2.延期办结数 | 件 | 0
//! ";
//! let reading = read(text, forms(), &Options::default()).next().unwrap();
//! let report = reading.check();
//! let mut page = Page::new(Lang::Zh);
//! page.add(&Table { report: &report, reading: Some(&reading), text });
//! let html = page.whole();
//! assert!(html.starts_with("<!DOCTYPE html>") && html.contains("有错误，须改正"));
//! ```

mod cells;
mod claims;
mod draw;
mod found;
mod head;
mod layout;
mod page;
mod sheet;

use maud::{Markup, PreEscaped, Render, html};
use xxgk::form::Form;
use xxgk::{Lang, Reading, Report};

use crate::hidden::{shown, shown_lines};
use cells::Cells;
pub use head::light;
pub use page::Page;
pub use sheet::{letter, sheet, sheet_page};

/// The style of all that is made here.
pub const STYLE: &str = include_str!("style.css");

/// One table, with what was found of it.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// What was found.
    pub report: &'a Report,
    /// The table as it was read; `None` where the source could not be read as a document.
    pub reading: Option<&'a Reading>,
    /// The text of the document, in which the sentences stand that were compared.
    pub text: &'a str,
}

impl Table<'_> {
    fn form(&self) -> Option<&Form> {
        self.reading?.form.as_deref()
    }
}

/// One table while it is drawn.
#[derive(Clone, Copy)]
struct View<'a> {
    table: &'a Table<'a>,
    /// What the ids of its elements begin with.
    id: &'a str,
    lang: Lang,
}

impl View<'_> {
    /// The id of a thing of it: of a cell (`c`), of what is said at a cell (`d`).
    fn id(&self, of: &str, index: usize) -> String {
        format!("{}-{of}{index}", self.id)
    }

    fn link(&self, of: &str, index: usize) -> String {
        format!("#{}", self.id(of, index))
    }
}

/// At which cells the rules are told that they take part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// At every cell.
    Everywhere,
    /// At those that do not agree: of many tables, nobody asks what is right.
    Doubted,
}

/// One table: the verdict, what is to be corrected, the table as its form is printed, the sentences, and at each cell the rules
/// that it takes part in. The ids of its elements begin with `id`, which no other table of the same document may have.
#[must_use]
pub fn view(table: &Table<'_>, id: &str, lang: Lang) -> String {
    inert(viewed(&View { table, id, lang }, Told::Everywhere))
}

fn viewed(view: &View<'_>, told: Told) -> Markup {
    let Table {
        report, reading, ..
    } = *view.table;
    let record = reading.and_then(|it| it.checked());
    let cells = record
        .as_deref()
        .map(|record| Cells::of(view, record, told));
    html! {
        section.xxgk id=(view.id) {
            (NEWLINE)
            (head::head(view))
            (found::found(view))
            @if let Some(cells) = &cells {
                (draw::drawn(view, cells))
            }
            (claims::sentences(view))
            @if let Some(cells) = &cells {
                (cells.told(view))
            }
            (head::foot(report, view.table.form(), view.lang))
        }
        (NEWLINE)
    }
}

/// Elements stand on lines of their own, so that two pages can be compared line by line.
const NEWLINE: PreEscaped<&str> = PreEscaped("\n");

/// Markup in which every sign that is not to be seen is written out.
fn inert(markup: Markup) -> String {
    shown_lines(&markup.into_string()).into_owned()
}

/// A text from a file in one line, set apart from the direction of what stands around it.
struct Apart<'a>(&'a str);

impl Render for Apart<'_> {
    fn render(&self) -> Markup {
        html! { bdi { (shown(self.0)) } }
    }
}

/// A label of a form as it is printed: with full-width punctuation, which form files may have in ASCII.
///
/// Where no Chinese stands in it, it stays as it is.
fn printed(label: &str) -> String {
    if !label.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return label.to_owned();
    }
    let full_width = |c: char| match c {
        '(' => '（',
        ')' => '）',
        ',' => '，',
        ':' => '：',
        ';' => '；',
        other => other,
    };
    label.chars().map(full_width).collect()
}
