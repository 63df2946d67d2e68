//! Which rows of a document are of one report: a title of another year, or rows that stand again below a header, begin the next.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::figure::heads_labels;
use super::fold::{Fold, Row};
use super::header::{Header, by_column};
use super::label;
use super::token::{Class, Token};
use super::unit::{Stated, heading};
use super::words::Words;
use super::year::{Title, is_report, title};
use crate::document::Line;
use crate::form::{Form, Kind};

/// A report has fewer rows than this times those of its form, or it is none.
const MAX_ROWS: usize = 8;
/// So many rows without values are kept before one that has some.
const MAX_TEXTS: usize = 384;
/// So many rows with nothing but blanks are a table that is not filled in.
const MIN_BLANK: usize = 4;

/// The rows of what may be one report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Region<'t> {
    pub rows: Vec<Row<'t>>,
    /// The year in the title of the table, or below it.
    pub table_year: Option<u16>,
    /// The year in the title of the report.
    pub report_year: Option<u16>,
    /// There are so many rows that this cannot be a report.
    pub overflow: bool,
    pub hidden: bool,
}

impl Region<'_> {
    /// The year of its tables, which may stand alone among the headings.
    pub fn year(&self, among_headings: Option<u16>) -> Option<u16> {
        self.table_year.or(among_headings).or(self.report_year)
    }
}

/// The label of a row with values. What is also the heading of a column (总计) may be one here.
fn value_label<'f>(form: &'f Form, row: &Row<'_>) -> Option<label::Label<'f>> {
    let label = label::find(form, &[], &row.tokens)?;
    let rest = row.tokens.get(label.end()..)?;
    let valued = rest
        .iter()
        .any(|it| matches!(it.class, Class::Number | Class::Unit));
    let token = row.tokens.get(label.last)?;
    let heading = !form.headings().of_letters(&token.letters).is_empty();
    (valued && !heading).then_some(label)
}

/// Cuts a document into regions, fed line by line.
pub(crate) struct Regions<'t, 'f> {
    fold: Fold<'t, 'f>,
    named: Option<&'f str>,
    region: Region<'t>,
    /// For each form, the rows that were seen in the region, if each label is of one row alone.
    seen: Vec<FxHashSet<usize>>,
    /// Where the header began that came since the last row of values.
    header: Option<usize>,
    /// How many labels with nothing but blanks behind them were seen.
    blank: usize,
    /// The years in the header of the region, and of what follows.
    years: Vec<Option<u16>>,
    /// The year of the table that is to come.
    table_year: Option<u16>,
    report_year: Option<u16>,
    /// The units that what stands above the table states, and whether rows of values have come below it.
    above: Stated<'t>,
    under_it: bool,
    ready: Vec<Region<'t>>,
    /// How many rows of the region hold values, and how many may; how many without follow each other at its end.
    valued: usize,
    most: usize,
    texts: usize,
}

impl<'t, 'f> Regions<'t, 'f> {
    pub fn new(forms: &'f [Arc<Form>], named: Option<&'f str>) -> Self {
        let most = forms.iter().map(|form| form.rows().len()).max();
        Regions {
            fold: Fold::new(Words::new(forms)),
            named,
            region: Region::default(),
            seen: vec![FxHashSet::default(); forms.len()],
            header: None,
            blank: 0,
            years: Vec::new(),
            table_year: None,
            report_year: None,
            above: Stated::default(),
            under_it: false,
            ready: Vec::new(),
            valued: 0,
            most: MAX_ROWS * most.unwrap_or(0),
            texts: 0,
        }
    }

    pub fn words(&self) -> &Words<'f> {
        &self.fold.words
    }

    /// The regions that are whole.
    pub fn take(&mut self) -> Vec<Region<'t>> {
        std::mem::take(&mut self.ready)
    }

    /// Reads the next line.
    pub fn line(&mut self, line: &Line<'t>) {
        if let Some(title) = title(line.text).filter(|title| !self.is_heading(*title, line)) {
            self.fold.end();
            self.rows();
            self.title(title, line.text);
            self.state(Stated::of(line.text, self.words()));
        } else {
            self.fold.line(line);
            self.rows();
        }
    }

    /// Ends the document.
    pub fn end(&mut self) {
        self.fold.end();
        self.rows();
        self.end_region(None);
    }

    /// Whether what looks like the year below a title is the heading of a column: one cell a line, in a header.
    fn is_heading(&self, title: Title, line: &Line<'t>) -> bool {
        let year =
            matches!(title, Title::Year(_)) && !line.text.trim_start().starts_with(['(', '（']);
        year && self.fold.is_in_header()
    }

    fn title(&mut self, title: Title, text: &str) {
        match title {
            Title::Table(year) => {
                self.end_region(None);
                self.table_year = year;
            }
            Title::Year(year) => {
                if self.region.rows.is_empty() || !self.has_values() {
                    self.table_year = Some(year);
                } else if self.region.year(None) != Some(year) {
                    self.end_region(None);
                    self.table_year = Some(year);
                }
            }
            Title::Report(year)
                if self.report_year.is_none()
                    || (self.report_year != Some(year) && is_report(text)) =>
            {
                if self.has_values() {
                    self.end_region(None);
                }
                self.report_year = Some(year);
                self.table_year = None;
            }
            Title::Report(_) => {}
        }
        self.header.get_or_insert(self.region.rows.len());
    }

    fn has_values(&self) -> bool {
        self.seen.iter().any(|seen| !seen.is_empty())
    }

    /// Takes in the rows that are whole.
    fn rows(&mut self) {
        for row in self.fold.take() {
            self.row(row);
        }
    }

    /// Takes in what a line states of units.
    fn state(&mut self, stated: Stated<'t>) {
        if !stated.is_empty() {
            self.above = self.above.with(stated);
            self.under_it = false;
        }
    }

    fn row(&mut self, mut row: Row<'t>) {
        // Behind the head of the labels stand the headings of columns.
        let before = row
            .tokens
            .iter()
            .take_while(|it| !heads_labels(&it.letters));
        for token in before.filter(|token| token.is_text()) {
            self.state(Stated::above(token.cell.text, self.words()));
        }
        row.above = self.above;
        if row.hidden != self.region.hidden && !self.region.rows.is_empty() {
            // A hidden table takes no title from the one that is seen.
            let year = self
                .table_year
                .filter(|_| self.region.hidden || !self.has_values());
            self.end_region(None);
            self.table_year = year;
        }
        self.region.hidden = row.hidden;
        let number = row.tokens.iter().any(|token| token.class == Class::Number);
        let head = self.is_head(&row);
        if head {
            self.header.get_or_insert(self.region.rows.len());
        }
        // Labels beside each other are a table that is printed the other way round.
        if !number && !row.is_stacked() {
            let labels = row
                .tokens
                .iter()
                .filter(|it| it.is_text() && self.fold.words.is_value_row(&it.letters));
            self.blank += labels.count().saturating_sub(1);
        }
        if !number && !row.tokens.iter().any(Token::is_blank) {
            return self.keep_text(row);
        }
        let forms = self.fold.words.forms;
        let labels: Vec<_> = forms.iter().map(|form| value_label(form, &row)).collect();
        let other_years = self.other_years(&row);
        let again = labels
            .iter()
            .zip(&self.seen)
            .zip(forms)
            .any(|((label, seen), form)| {
                let Some([only]) = label.as_ref().map(|label| label.rows) else {
                    return false;
                };
                // The form's first heading can stand only once in a table.
                let first = *only == 0
                    && form
                        .rows()
                        .first()
                        .is_some_and(|row| row.kind() == Kind::Heading);
                seen.contains(only) && (self.header.is_some() || first)
            });
        let blank = |form: &Arc<Form>| label::find(form, &[], &row.tokens).is_some();
        self.blank += usize::from(!number && forms.iter().any(blank));
        let of_form = labels.iter().any(Option::is_some);
        if again || (other_years && of_form) {
            self.end_region(self.header);
        }
        if of_form {
            for (label, seen) in labels.iter().zip(&mut self.seen) {
                if let Some([only]) = label.as_ref().map(|label| label.rows) {
                    seen.insert(*only);
                }
            }
            self.header = None;
            self.under_it = true;
        }
        self.keep(row);
    }

    /// Whether a row names columns.
    fn is_head(&self, row: &Row<'t>) -> bool {
        let heads = |token: &Token<'t>| {
            let mut forms = self.fold.words.forms.iter();
            heads_labels(&token.letters)
                || forms.any(|form| !form.headings().of_letters(&token.letters).is_empty())
        };
        row.tokens.iter().filter(|token| token.is_text()).any(heads)
    }

    /// Whether the header that came since the last row has figures of other years than the one before it.
    fn other_years(&mut self, row: &Row<'t>) -> bool {
        let Some(from) = self.header else {
            return false;
        };
        let rows = self.region.rows.get(from..).unwrap_or_default();
        let years = |row: &Row<'t>| {
            let columns = match row.is_stacked() {
                true => row
                    .tokens
                    .iter()
                    .filter(|it| it.is_text())
                    .map(|it| heading(it, self.words()))
                    .collect(),
                false => by_column(row, self.words()),
            };
            let header = Header::of(columns, self.named)?;
            Some(
                header
                    .years()
                    .iter()
                    .map(|column| column.year)
                    .collect::<Vec<_>>(),
            )
        };
        let mut found = rows.iter().chain([row]).filter_map(years);
        let Some(years) = found.next() else {
            return false;
        };
        let other = years != self.years && self.has_values();
        self.years = years;
        other
    }

    /// Keeps a row without values: it may be a header. Of many that follow each other the first are none.
    fn keep_text(&mut self, row: Row<'t>) {
        self.texts += 1;
        self.region.rows.push(row);
        if self.texts > MAX_TEXTS {
            let first = self.region.rows.len() - self.texts;
            self.region.rows.drain(first..first + MAX_TEXTS / 2);
            self.texts -= MAX_TEXTS / 2;
            let moved = |at: usize| at.saturating_sub(MAX_TEXTS / 2).max(first);
            self.header = self.header.map(moved);
        }
    }

    fn keep(&mut self, row: Row<'t>) {
        self.texts = 0;
        self.valued += 1;
        match (self.valued > self.most, self.has_values()) {
            (true, true) => self.region.overflow = true,
            // Numbers among which is no label of any form.
            (true, false) => {
                self.region.rows.clear();
                self.valued = 0;
                self.header = None;
            }
            (false, _) => self.region.rows.push(row),
        }
    }

    /// Hands the region on, but for the rows from one on, which begin the next.
    fn end_region(&mut self, from: Option<usize>) {
        let mut region = std::mem::take(&mut self.region);
        let rest = from
            .filter(|from| *from <= region.rows.len())
            .map(|from| region.rows.split_off(from));
        region.table_year = self.table_year.take();
        region.report_year = self.report_year;
        self.region.rows = rest.unwrap_or_default();
        self.region.hidden = region.hidden;
        if std::mem::take(&mut self.under_it) {
            self.above = Stated::default();
        }
        // The rows of a form that nobody has filled in are a table, too.
        let blank = std::mem::take(&mut self.blank);
        if self.has_values() || blank >= MIN_BLANK {
            self.ready.push(region);
        }
        self.seen.iter_mut().for_each(FxHashSet::clear);
        self.header = None;
        self.valued = 0;
        self.texts = self.region.rows.len();
    }
}
