//! Tables that were read and checked, and what a browser makes of a page.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod formats;

use std::sync::Arc;

use scraper::{ElementRef, Html, Selector};
use xxgk::{Form, Options, Reading, Record, Report, forms, read};
use xxgk_show::html::Table;

/// A table that was read and checked, with its text.
pub struct Read {
    pub text: String,
    pub reading: Reading,
    pub report: Report,
}

impl Read {
    /// A record, written and read back.
    pub fn of(record: &Record) -> Read {
        Read::with(record, forms())
    }

    pub fn with(record: &Record, forms: &[Arc<Form>]) -> Read {
        let year = *record.form().years().start();
        Read::text(&xxgk::write(record, Some(year)), forms)
    }

    pub fn text(text: &str, forms: &[Arc<Form>]) -> Read {
        let reading = read(text, forms, &Options::default()).next().unwrap();
        let report = reading.check();
        Read {
            text: text.to_owned(),
            reading,
            report,
        }
    }

    pub fn table(&self) -> Table<'_> {
        Table {
            report: &self.report,
            reading: Some(&self.reading),
            text: &self.text,
        }
    }
}

/// The tree of a page, or of a piece of one.
pub fn parsed(html: &str) -> Html {
    match html.starts_with("<!DOCTYPE") {
        true => Html::parse_document(html),
        false => Html::parse_fragment(html),
    }
}

pub fn elements<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text that a person sees.
pub fn visible(html: &str) -> String {
    let document = parsed(html);
    let text = document.root_element().descendants().filter_map(|node| {
        let inside = node.parent().and_then(ElementRef::wrap);
        let is_style = inside.is_some_and(|it| it.value().name() == "style");
        let text = node.value().as_text().filter(|_| !is_style)?;
        Some(&**text)
    });
    text.collect()
}
