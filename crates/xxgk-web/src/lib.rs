//! The page that checks a table without a server (`web/`): what its script asks of xxgk, and nothing that it draws.
//!
//! The script hands over the bytes of a file; what comes back is JSON with the HTML of [`xxgk_show::html`], which is the only HTML
//! that the page inserts. `scripts/web build` makes of this crate, in WebAssembly, and of `web/` the one file `xxgk.html`.

#![deny(missing_docs)]

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use xxgk::edit::{Apply, apply};
use xxgk::{
    Document, Lang, LastYear, Options, Reading, Report, Severity, Unlike, forms, read_document,
    write,
};
use xxgk_collect::{Filed, list};
use xxgk_mark::annotate;
use xxgk_show::hidden::shown;
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
    /// Why it was not compared with last year's report that was given; else nothing.
    pub note: String,
    /// Whether there are corrections that leave no choice.
    pub correctable: bool,
    /// The table and all that was found of it, as HTML.
    pub view: String,
    /// The review sheet, as HTML.
    pub sheet: String,
    /// What was found as plain text, to be pasted into a message.
    pub text: String,
}

/// What files are checked with: the language, and what the tables do not say themselves.
///
/// ```
/// let checker = xxgk_web::Checker::new(false);
/// let json = checker.check("a.png", b"\x89PNG\r\n\x1a\n");
/// assert!(json.starts_with('[') && json.contains("\"class\":\"unreadable\""));
/// ```
#[wasm_bindgen]
#[derive(Debug)]
pub struct Checker {
    lang: Lang,
    last_year: Option<LastYear>,
    carried_in: u32,
    carried_out: u32,
}

#[wasm_bindgen]
impl Checker {
    /// Checks each table by itself. `english` is the language of what people read.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(english: bool) -> Self {
        Checker {
            lang: if english { Lang::En } else { Lang::Zh },
            last_year: None,
            carried_in: 0,
            carried_out: 0,
        }
    }

    /// The requests that were carried over from the year before and into the year after, for forms that have no row for them.
    pub fn carried(&mut self, carried_in: u32, carried_out: u32) {
        (self.carried_in, self.carried_out) = (carried_in, carried_out);
    }

    /// Gives last year's report; the answer is empty, or why it cannot be read, and then there is none.
    #[must_use]
    pub fn last_year(&mut self, name: &str, bytes: &[u8]) -> String {
        let document =
            xxgk_read::read(bytes).map_err(|error| Report::not_read(error.message()).into());
        match document.and_then(|document| LastYear::read(&document, forms(), &shown(name))) {
            Ok(last_year) => {
                self.last_year = Some(last_year);
                String::new()
            }
            Err(report) => {
                self.last_year = None;
                words::summary(&report, self.lang)
            }
        }
    }

    /// Checks a file: a JSON array with an object ([`Checked`]) for each of its tables, at least one. The ids of the HTML begin
    /// with `t` and the number of the table.
    #[must_use]
    pub fn check(&self, name: &str, bytes: &[u8]) -> String {
        // Strings and numbers can always be written.
        serde_json::to_string(&self.tables(name, bytes)).unwrap_or_default()
    }

    /// A copy of a file with comments and colours at what was found; none of formats that nothing can be put into.
    #[must_use]
    pub fn annotate(&self, bytes: &[u8]) -> Option<Annotated> {
        let (_, tables) = self.read("", bytes).ok()?;
        let tables: Vec<_> = tables
            .iter()
            .map(|it| (it.report.clone(), Some(&it.reading)))
            .collect();
        let annotated = annotate(bytes, &tables, self.lang).ok()?;
        Some(Annotated {
            file: annotated.file,
            left: annotated.left.join("\n"),
        })
    }

    /// A table of a file, by its number, with the corrections that leave no choice, as a text that reads back; empty where it has
    /// none.
    #[must_use]
    pub fn correct(&self, bytes: &[u8], number: usize) -> String {
        let tables = self.read("", bytes).map(|(_, tables)| tables);
        let table = tables
            .ok()
            .and_then(|tables| tables.into_iter().nth(number.checked_sub(1)?));
        table.and_then(|it| it.corrected()).unwrap_or_default()
    }
}

/// A copy of a file, for the script.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct Annotated {
    /// The copy.
    pub file: Vec<u8>,
    /// What is not said in it, for its place in the file is not certain: a line each.
    pub left: String,
}

/// The list of what is wrong in some files, to be sent back (问题清单).
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct List {
    filed: Vec<Filed>,
}

#[wasm_bindgen]
impl List {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        List::default()
    }

    /// Adds what is wrong in a file.
    pub fn add(&mut self, checker: &Checker, name: &str, bytes: &[u8]) {
        let add = |report: &Report, reading, text| {
            Filed::new(&Table {
                report,
                reading,
                text,
            })
        };
        match checker.read(name, bytes) {
            Ok((document, tables)) => {
                let filed = tables
                    .iter()
                    .map(|it| add(&it.report, Some(&it.reading), document.text()));
                self.filed.extend(filed);
            }
            Err(report) => self.filed.push(add(&report, None, "")),
        }
    }

    /// The workbook; none where a workbook has no room for it.
    #[must_use]
    pub fn book(&self) -> Option<Vec<u8>> {
        list(&self.filed).ok()
    }
}

/// A table of a file, and what was found of it.
struct Found {
    reading: Reading,
    report: Report,
    /// Why it was not compared with last year's report.
    unlike: Option<Unlike>,
}

impl Found {
    fn corrected(&self) -> Option<String> {
        let record = self.reading.record.as_ref()?;
        let applied = apply(record, &self.report.corrections, Apply::Determined);
        (!applied.applied.is_empty()).then(|| write(&applied.record, self.reading.year))
    }
}

impl Checker {
    /// Checks the tables of a file.
    #[must_use]
    pub fn tables(&self, name: &str, bytes: &[u8]) -> Vec<Checked> {
        let (document, tables) = match self.read(name, bytes) {
            Ok(read) => read,
            Err(report) => return vec![checked(&report, None, "", 1, self.lang)],
        };
        let tables = (1..).zip(&tables).map(|(number, found)| Checked {
            note: found.unlike.map_or_else(String::new, |why| self.note(why)),
            correctable: found.corrected().is_some(),
            ..checked(
                &found.report,
                Some(&found.reading),
                document.text(),
                number,
                self.lang,
            )
        });
        tables.collect()
    }

    /// The document of a file, and what was found of each of its tables; or the report that says why it is none.
    fn read(&self, name: &str, bytes: &[u8]) -> Result<(Document, Vec<Found>), Box<Report>> {
        let document = xxgk_read::read(bytes).map_err(|error| {
            Box::new(Report {
                source: Some(name.to_owned()),
                ..Report::not_read(error.message())
            })
        })?;
        let readings: Vec<Reading> =
            read_document(&document, forms(), &Options::default()).collect();
        let several = readings.len() > 1;
        let tables = (1..).zip(readings).map(|(number, mut reading)| {
            self.declare(&mut reading);
            let mut report = reading.check();
            let unlike = self.compare(&reading, &mut report);
            report.table = several.then_some(number);
            report.source = Some(name.to_owned());
            Found {
                reading,
                report,
                unlike,
            }
        });
        let tables = tables.collect();
        Ok((document, tables))
    }

    /// Puts the carry-overs beside a table whose form has no row for them; another form has no such parameter.
    fn declare(&self, reading: &mut Reading) {
        if let Some(record) = &mut reading.record {
            _ = record.declare("carried_in", self.carried_in.into());
            _ = record.declare("carried_out", self.carried_out.into());
        }
    }

    fn compare(&self, reading: &Reading, report: &mut Report) -> Option<Unlike> {
        self.last_year.as_ref()?.compare(reading, report).err()
    }

    fn note(&self, why: Unlike) -> String {
        let why = why.reason(self.lang);
        match self.lang {
            Lang::Zh => format!("未与上年报告比较：{why}。"),
            Lang::En => format!("Not compared with last year's report: {why}."),
        }
    }
}

fn checked(
    report: &Report,
    reading: Option<&Reading>,
    text: &str,
    number: usize,
    lang: Lang,
) -> Checked {
    let verdict = report.verdict();
    let (class, sign) = html::light(verdict);
    let form = reading.and_then(|it| it.form.as_deref());
    let table = Table {
        report,
        reading,
        text,
    };
    Checked {
        agency: report.agency.clone().unwrap_or_default(),
        which: words::which(report, lang),
        class,
        sign,
        verdict: verdict.name(lang),
        summary: words::summary(report, lang),
        hard: words::number_of(report, Severity::Hard),
        soft: words::number_of(report, Severity::Soft),
        note: String::new(),
        correctable: false,
        view: html::view(&table, &format!("t{number}"), lang),
        sheet: html::sheet(&table, lang),
        text: message(report, form, lang),
    }
}
