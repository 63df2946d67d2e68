//! A document that needs nothing beside it: no script, no picture, no font.

use std::borrow::Cow;

use maud::{Markup, PreEscaped, html};
use xxgk::{Lang, Severity};

use super::head::light;
use super::{Apart, NEWLINE, STYLE, Table, Told, View, inert, sheet, viewed};
use crate::words::{self, Tally};

/// Nothing may be loaded, and nothing is.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A document of some tables: an overview where they are several, then each. At the cells of the only one every rule is told that
/// they take part in; of several, at the cells that are wrong, in question or blank.
#[derive(Clone, Debug)]
pub struct Page {
    lang: Lang,
    tally: Tally,
    rows: Vec<Markup>,
    tables: Vec<String>,
    /// The first table as it is where there is no other.
    alone: Option<String>,
}

impl Page {
    /// A document without a table.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Page {
            lang,
            tally: Tally::default(),
            rows: Vec::new(),
            tables: Vec::new(),
            alone: None,
        }
    }

    /// Adds a table behind the others.
    pub fn add(&mut self, table: &Table<'_>) {
        let id = format!("t{}", self.tables.len() + 1);
        let lang = self.lang;
        let view = View {
            table,
            id: &id,
            lang,
        };
        self.alone = self.tables.is_empty().then(|| {
            let alone = html! { (sheet::drawn(table, lang)) (viewed(&view, Told::Everywhere)) };
            inert(alone)
        });
        self.tables.push(inert(viewed(&view, Told::Doubted)));
        self.rows.push(row(&view));
        self.tally.add(table.report);
    }

    /// The document with the tables that were added.
    #[must_use]
    pub fn whole(&self) -> String {
        let mut whole = String::new();
        for piece in self.pieces() {
            whole += &piece;
        }
        whole
    }

    /// The same, piece by piece, to be written one behind the other: a document of thousands of tables need not be put together.
    pub fn pieces(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let lang = self.lang;
        let title = lang.pick(
            "政府信息公开情况统计表审核结果",
            "Check of open-government statistics",
        );
        let heading = html! { h1 { (title) } (NEWLINE) };
        let (first, tables) = match &self.alone {
            Some(alone) => (Cow::Borrowed(alone.as_str()), &[][..]),
            None => {
                let overview = inert(overview(&self.rows, &self.tally, lang));
                (Cow::Owned(overview), &self.tables[..])
            }
        };
        let begin = [opening(title, "report", lang), inert(heading)].map(Cow::Owned);
        let tables = tables.iter().map(|it| Cow::Borrowed(it.as_str()));
        let all = begin.into_iter().chain([first]).chain(tables);
        all.chain([Cow::Borrowed(CLOSING)])
    }
}

/// How a document ends.
pub(super) const CLOSING: &str = "</body>\n</html>\n";

/// How a document of this title begins, up to what stands in its body.
pub(super) fn opening(title: &str, class: &str, lang: Lang) -> String {
    let head = html! {
        head {
            meta charset="utf-8";
            (NEWLINE)
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            (NEWLINE)
            meta name="viewport" content="width=device-width, initial-scale=1";
            (NEWLINE)
            meta name="color-scheme" content="light dark";
            (NEWLINE)
            title { (title) }
            (NEWLINE)
            style { (PreEscaped(STYLE)) }
            (NEWLINE)
        }
    };
    // Elements that are closed elsewhere: the languages and the class are ours.
    let (language, head) = (lang.pick("zh-CN", "en"), inert(head));
    format!("<!DOCTYPE html>\n<html lang=\"{language}\">\n{head}\n<body class=\"{class}\">\n")
}

/// Every table in a line, which leads to it.
fn overview(rows: &[Markup], tally: &Tally, lang: Lang) -> Markup {
    let heads = match lang {
        Lang::Zh => ["文件", "填报单位", "表", "结论", "强制性问题", "核实性问题"],
        Lang::En => ["File", "Agency", "Table", "Verdict", "Hard", "Soft"],
    };
    html! {
        section.overview {
            (NEWLINE)
            p { (tally.said(lang)) }
            (NEWLINE)
            div.scroll {
                table.list {
                    (NEWLINE)
                    tr { @for head in heads { th scope="col" { (head) } } }
                    (NEWLINE)
                    @for row in rows { (row) }
                }
            }
            (NEWLINE)
        }
        (NEWLINE)
    }
}

fn row(view: &View<'_>) -> Markup {
    let (report, lang) = (view.table.report, view.lang);
    let verdict = report.verdict();
    let (class, sign) = light(verdict);
    let which = words::which(report, lang);
    let count = |severity| words::number_of(report, severity);
    html! {
        tr {
            td {
                a href={ "#" (view.id) } {
                    (Apart(report.source.as_deref().unwrap_or_else(|| lang.pick("本表", "this table"))))
                }
            }
            td { (Apart(report.agency.as_deref().unwrap_or_default())) }
            td { (Apart(&which)) }
            td.verdict.(class) {
                span.light aria-hidden="true" { (sign) }
                (verdict.name(lang))
            }
            td.figure { (count(Severity::Hard)) }
            td.figure { (count(Severity::Soft)) }
        }
        (NEWLINE)
    }
}
