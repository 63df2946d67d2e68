//! Percentages: what is a share of what.

use std::ops::Range;

use super::bind::{BASE, Binder, Context, SAID, Target, Walk};
use super::figure::{ABOUT, Figure};
use super::subject::Found;
use super::{Meaning, Said, Why};
use crate::form::Rate;

/// Words behind the name of a whole: 占申请总数的比例为.
const SHARE: &[&str] = &["比例", "比重", "百分比", "比"];

impl Binder<'_> {
    pub fn percentage(&mut self, walk: &mut Walk, at: &Context<'_>, figure: &Figure) {
        let before = at.before(figure.range.start, walk.done);
        let text = at.text.get(figure.range.clone()).unwrap_or_default();
        // 约占8%.
        let clause = at.text.get(before.clone()).unwrap_or_default();
        let about = clause
            .split_once('占')
            .is_some_and(|(subject, _)| ABOUT.iter().any(|word| subject.ends_with(word)));
        let said = match text.parse() {
            Ok(percentage) if !figure.approximate && !about => Said::Percentage(percentage),
            _ => Said::Approximate,
        };
        let share = match at.sentence.quotes(&figure.range) {
            true => Err(Why::Quoted),
            false => self.share(walk, at, before),
        };
        let clause = at.shown(walk.counted, figure.range.clone());
        let surety = self.surety(walk, at, &clause, true);
        let stands = at.stands(clause, Some(&figure.range));
        self.push(stands, said, share, surety);
    }

    /// What a percentage is a share of, and of what.
    fn share(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        before: Range<usize>,
    ) -> Result<(Meaning, Why), Why> {
        let text = at.text.get(before.clone()).unwrap_or_default();
        if let Some(word) = self.finder.words.otherwise(text) {
            return Err(Why::Otherwise(word.to_owned()));
        }
        self.holds(walk, before.start)?;
        if let Some(rate) = self.rate(text) {
            return self.share_of_rate(walk, at, rate, before.end);
        }
        // In brackets behind a number, or 占…: anything else is a percentage of its own.
        let open = at.text.get(..before.start).unwrap_or_default();
        let (subject, of) = match text.split_once('占') {
            Some((subject, of)) => (self.finder.trimmed(subject), of),
            None if text.is_empty() && open.ends_with('(') => ("", ""),
            None => return Err(Why::NoPhrase),
        };
        let (part, why) = if subject.is_empty() {
            let last = walk.now.last.as_ref().ok_or(Why::NoPhrase)?;
            let part = Target {
                row: last.row,
                columns: last.columns,
                cells: last.cells.clone(),
                with: Vec::new(),
                phrase: String::new(),
                weight: 0,
                own_words: true,
            };
            (part, Why::Before)
        } else {
            let found = self.finder.before(subject, SAID).ok_or(Why::NoPhrase)?;
            let prefix = subject.get(..found.start).unwrap_or_default();
            let target = self.resolved(found, walk.now.head.as_ref())?;
            self.allowed(at, &target, prefix)?;
            let why = Why::Phrase(target.phrase.clone());
            (target, why)
        };
        let wholes = self.wholes(walk, &part, of)?;
        let part = part.cells;
        if wholes.contains(&part) {
            // 行政复议60件,占全部行政复议案件的12%: the whole is another.
            return Err(Why::NoPhrase);
        }
        Ok((Meaning::Share { part, wholes }, why))
    }

    /// The percentage with a name of its own that a text ends in, such as 按时办结率, and what stands before the name.
    fn rate<'t>(&self, text: &'t str) -> Option<(&Rate, &'t str)> {
        let text = self.finder.unfilled(text);
        let mut rates = self.form.rates().iter();
        rates.find_map(|rate| Some((rate, text.strip_suffix(&*rate.label().zh)?)))
    }

    /// What such a percentage is a share of, if nothing speaks against it.
    fn share_of_rate(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        (rate, prefix): (&Rate, &str),
        end: usize,
    ) -> Result<(Meaning, Why), Why> {
        let (row, cells) = self.cells_of_key(rate.part()).ok_or(Why::NoPhrase)?;
        let (_, whole) = self.cells_of_key(rate.base()).ok_or(Why::NoPhrase)?;
        let target = Target {
            row,
            columns: None,
            cells,
            with: Vec::new(),
            phrase: rate.label().zh.clone(),
            weight: 0,
            own_words: true,
        };
        self.allowed(at, &target, prefix)?;
        self.of_what(walk, at, &target, end)?;
        if !self.finder.words.is_plain(prefix) {
            return Err(Why::NoPhrase);
        }
        let share = Meaning::Share {
            part: target.cells,
            wholes: vec![whole],
        };
        Ok((share, Why::Phrase(target.phrase)))
    }

    /// The row of a key, and its cells; or the cell of a key, and its row.
    fn cells_of_key(&self, key: &str) -> Option<(usize, Vec<usize>)> {
        if let Some(row) = self.form.row(key) {
            let row = self.form.row_index(row)?;
            return Some((row, self.cells(row, None)?));
        }
        let cell = self.form.cell(key)?;
        Some((self.form.indicator(cell)?.row(), vec![cell]))
    }

    /// What something is a share of: the row that is named; or else any row above it, or the total that was said before.
    fn wholes(&self, walk: &Walk, part: &Target, of: &str) -> Result<Vec<Vec<usize>>, Why> {
        let of = SHARE.iter().fold(self.finder.unfilled(of), |of, word| {
            let rest = of.strip_suffix(word).unwrap_or(of);
            self.finder.unfilled(rest)
        });
        let named = self.finder.before(of, BASE);
        if let Some(found) = named.or_else(|| self.finder.before(of, SAID)) {
            let columns = found.columns.or(part.columns);
            let target = self.resolved(Found { columns, ..found }, None)?;
            return Ok(self.sums(&target, ""));
        }
        if !self.finder.trimmed(of).is_empty() {
            return Err(Why::NoPhrase);
        }
        let above = |cell: usize| {
            let base = self.form.share_base(self.form.indicator(cell)?)?;
            self.form.cell(base.key())
        };
        let first = part.cells.first().filter(|_| part.cells.len() == 1);
        // A file may name shares in a circle.
        let rows = std::iter::successors(first.and_then(|cell| above(*cell)), |cell| above(*cell))
            .take(self.form.rows().len());
        let mut wholes: Vec<Vec<usize>> = rows.map(|cell| vec![cell]).collect();
        // Some columns of a row are a share of the row as a whole.
        let row = part.columns.and_then(|_| self.cells(part.row, None));
        wholes.extend(row.filter(|cells| part.cells.len() > 1 && cells.len() == 1));
        let list = walk.now.list.as_ref().map(|list| &list.head);
        let whole = walk.now.whole.as_ref();
        let said = list.or(whole.filter(|whole| self.covers(whole, &part.cells)));
        let said = said.map(|head| &head.cells);
        wholes.extend(said.filter(|cells| !wholes.contains(cells)).cloned());
        match wholes[..] {
            [] => Err(Why::NoPhrase),
            _ => Ok(wholes),
        }
    }
}
