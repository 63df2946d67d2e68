//! The page that checks a table without a server (`web/`): what its script asks of xxgk, and nothing that it draws.
//!
//! The script hands over the bytes of a file; what comes back is JSON with the HTML of [`xxgk_show::html`], which is the only HTML
//! that the page inserts. `scripts/web build` makes of this crate, in WebAssembly, and of `web/` the one file `xxgk.html`.

#![deny(missing_docs)]

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use xxgk::{Lang, Options, Reading, Report, Severity, forms, read_document};
use xxgk_show::html::{self, Table};
use xxgk_show::message::message;
use xxgk_show::words;

/// What was found of one table, or why a file holds none.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// The agency, where the file names it.
    pub agency: String,
    /// Which table of the file it is, and of which year.
    pub which: String,
    /// The class of the verdict in [`html::STYLE`].
    pub class: &'static str,
    /// The sign in its light.
    pub sign: &'static str,
    /// The verdict in words.
    pub verdict: &'static str,
    /// One sentence: the counts, or the reason why nothing could be read.
    pub summary: String,
    /// How many findings must be corrected.
    pub hard: usize,
    /// How many are to be looked at.
    pub soft: usize,
    /// The table and all that was found of it, as HTML.
    pub view: String,
    /// The review sheet, as HTML.
    pub sheet: String,
    /// What was found as plain text, to be pasted into a message.
    pub text: String,
}

/// Checks a file: a JSON array with an object ([`Checked`]) for each of its tables, at least one. The ids of the HTML begin with
/// `t` and the number of the table. `english` is the language of what people read.
///
/// ```
/// let json = xxgk_web::check("a.png", b"\x89PNG\r\n\x1a\n", false);
/// assert!(json.starts_with('[') && json.contains("\"class\":\"unreadable\""));
/// ```
#[wasm_bindgen]
#[must_use]
pub fn check(name: &str, bytes: &[u8], english: bool) -> String {
    let lang = if english { Lang::En } else { Lang::Zh };
    // Strings and numbers can always be written.
    serde_json::to_string(&tables(name, bytes, lang)).unwrap_or_default()
}

/// Checks the tables of a file.
#[must_use]
pub fn tables(name: &str, bytes: &[u8], lang: Lang) -> Vec<Checked> {
    let document = match xxgk_read::read(bytes) {
        Ok(document) => document,
        Err(error) => {
            let report = Report::not_read(error.message());
            return vec![checked(report, None, "", name, 1, lang)];
        }
    };
    let readings: Vec<Reading> = read_document(&document, forms(), &Options::default()).collect();
    let several = readings.len() > 1;
    let tables = (1..).zip(&readings);
    let tables = tables.map(|(number, reading)| {
        let mut report = reading.check();
        report.table = several.then_some(number);
        checked(report, Some(reading), document.text(), name, number, lang)
    });
    tables.collect()
}

fn checked(
    mut report: Report,
    reading: Option<&Reading>,
    text: &str,
    name: &str,
    number: usize,
    lang: Lang,
) -> Checked {
    report.source = Some(name.to_owned());
    let verdict = report.verdict();
    let (class, sign) = html::light(verdict);
    let form = reading.and_then(|it| it.form.as_deref());
    let table = Table {
        report: &report,
        reading,
        text,
    };
    Checked {
        agency: report.agency.clone().unwrap_or_default(),
        which: words::which(&report, lang),
        class,
        sign,
        verdict: verdict.name(lang),
        summary: words::summary(&report, lang),
        hard: words::number_of(&report, Severity::Hard),
        soft: words::number_of(&report, Severity::Soft),
        view: html::view(&table, &format!("t{number}"), lang),
        sheet: html::sheet(&table, lang),
        text: message(&report, form, lang),
    }
}
