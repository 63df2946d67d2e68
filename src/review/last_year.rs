//! The report of the year before, beside which a table is checked.

use std::sync::Arc;

use crate::across::series;
use crate::document::Document;
use crate::edit::diagnose;
use crate::form::Form;
use crate::lang::Lang;
use crate::recognise::{Options, Reading, read_document};
use crate::report::Report;

/// The report of the year before: those tables of a document that can be read.
///
/// ```
/// use xxgk::{Document, LastYear, Options, Unlike, forms, read};
/// let text = |year, count| {
///     let rows = format!("收到申请数;件;{count}\n当面申请数;件;{count}\n传真申请数;件;0\n网络申请数;件;0\n信函申请数;件;0");
///     format!("政府信息公开情况统计表({year}年度)\n{rows}\n申请办结数;件;{count}\n按时办结数;件;{count}\n延期办结数;件;0")
/// };
/// let before = Document::plain(text(2016, 1234));
/// let before = LastYear::read(&before, forms(), "2016.txt").unwrap();
/// let options = Options::default();
/// let check = |text: &str| {
///     let reading = read(text, forms(), &options).next().unwrap();
///     let mut report = reading.check();
///     before.compare(&reading, &mut report).map(|()| report)
/// };
/// // Ten times as many requests as in the year before.
/// assert!(check(&text(2017, 12340)).unwrap().finding("Y902").is_some());
/// assert_eq!(check(&text(2018, 1234)).unwrap_err(), Unlike::Year);
/// ```
#[derive(Clone, Debug)]
pub struct LastYear {
    name: String,
    tables: Vec<Reading>,
}

/// Why a report is not that of the year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unlike {
    /// Its year is not the year before.
    Year,
    /// One of the two does not say its year.
    NoYear,
    /// The two are of different agencies.
    Agency,
    /// It has several tables, and not just one of them is of the agency and of the year before.
    Several,
}

impl LastYear {
    /// The tables of a document, which findings call `name`.
    ///
    /// # Errors
    ///
    /// What is said of the document where none of its tables can be read.
    pub fn read(document: &Document, forms: &[Arc<Form>], name: &str) -> Result<Self, Box<Report>> {
        let options = Options {
            prose: false,
            report: false,
            ..Options::default()
        };
        let (mut tables, mut other) = (Vec::new(), None);
        for reading in read_document(document, forms, &options) {
            match reading.record {
                Some(_) => tables.push(reading),
                None => other = other.or(Some(reading)),
            }
        }
        match other.filter(|_| tables.is_empty()) {
            Some(reading) => Err(reading.check().into()),
            None => Ok(LastYear {
                name: name.to_owned(),
                tables,
            }),
        }
    }

    /// What findings call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its tables that can be read, one at least.
    #[must_use]
    pub fn tables(&self) -> &[Reading] {
        &self.tables
    }

    /// Adds to the report of a table what the comparison with the year before finds, also about its corrections. A table that
    /// could not be read is compared with nothing.
    ///
    /// # Errors
    ///
    /// Why this is not the report of the year before; nothing was compared.
    pub fn compare(&self, reading: &Reading, report: &mut Report) -> Result<(), Unlike> {
        let Some(record) = &reading.record else {
            return Ok(());
        };
        let before = self.before(reading)?;
        let Some(previous) = &before.record else {
            return Ok(());
        };
        let mut found = series::compare(previous, record, &self.name);
        reading.locate(&mut found.findings, None);
        before.locate(&mut found.findings, Some(&self.name));
        report.merge(found);
        diagnose(&mut report.corrections, record, Some(previous));
        Ok(())
    }

    /// Its table that is of the year before another.
    fn before(&self, reading: &Reading) -> Result<&Reading, Unlike> {
        if let [only] = &self.tables[..] {
            return like(reading, only).map(|()| only);
        }
        let mut alike = self.tables.iter().filter(|it| like(reading, it).is_ok());
        match (alike.next(), alike.next()) {
            (Some(table), None) => Ok(table),
            _ => Err(Unlike::Several),
        }
    }
}

/// Whether a table can be compared with another as the one of the year after.
fn like(reading: &Reading, previous: &Reading) -> Result<(), Unlike> {
    let (Some(before), Some(year)) = (previous.year, reading.year) else {
        return Err(Unlike::NoYear);
    };
    if before + 1 != year {
        return Err(Unlike::Year);
    }
    // One report may name its agency in full, and the other in short.
    match (&reading.agency, &previous.agency) {
        (Some(one), Some(other)) if !one.contains(&**other) && !other.contains(&**one) => {
            Err(Unlike::Agency)
        }
        _ => Ok(()),
    }
}

impl Unlike {
    /// The reason as a clause.
    ///
    /// ```
    /// assert_eq!(xxgk::Unlike::Year.reason(xxgk::Lang::Zh), "年度不相邻");
    /// ```
    #[must_use]
    pub fn reason(self, lang: Lang) -> &'static str {
        let [zh, en] = match self {
            Unlike::Year => ["年度不相邻", "they are not of years that follow each other"],
            Unlike::NoYear => ["其中一份没有写明年度", "one of them does not say its year"],
            Unlike::Agency => ["填报单位不同", "they are of different agencies"],
            Unlike::Several => [
                "其中有几张统计表，不能确定是哪一张",
                "it has several tables, and which one is meant is not known",
            ],
        };
        lang.pick(zh, en)
    }
}
