//! The claims of a sentence: each number, and each 未, bound to cells of the form or left unbound with the reason.

use std::ops::Range;

use super::figure::{Figure, FigureKind, figures, units_agree};
use super::sentence::{Headings, Sentence, clause_end, clause_start};
use super::subject::{Columns, Finder, Found};
use super::words::Words;
use super::{Claim, List, MAX_CLAIMS, Meaning, Said, Why};
use crate::form::{Form, Kind, Role, Row};
use crate::number::Value;
use crate::number::written::{Unread, read};
use crate::place::Place;

const SAID: &[Role] = &[Role::Said];
const SHORT: &[Role] = &[Role::Short];
const BASE: &[Role] = &[Role::Base];

/// What there is none of is said in so many bytes.
const MAX_SCOPE: usize = 300;

/// Words behind 其中 that open a list: it names some of the parts.
const OPEN: &[&str] = &["主要", "包括", "等", "如", "大部分", "部分为"];

/// Reads sentences to claims.
pub(super) struct Binder<'f> {
    form: &'f Form,
    finder: Finder<'f>,
    year: Option<u16>,
    pub claims: Vec<Claim>,
    pub lists: Vec<List>,
    /// The last count of the sentence before: 其中 may begin the next.
    head: Option<Known>,
}

/// A claim that is bound, for what follows to refer to.
#[derive(Clone, Debug)]
struct Known {
    claim: usize,
    row: usize,
    columns: Option<Columns>,
    cells: Vec<usize>,
    /// Where the claim ends in its sentence.
    end: usize,
}

/// What the rows and columns of a phrase come to.
struct Target {
    row: usize,
    columns: Option<Columns>,
    cells: Vec<usize>,
    phrase: String,
}

/// How far a sentence has been read.
#[derive(Default)]
struct Walk {
    done: usize,
    year: Option<u16>,
    /// The claim just before.
    last: Option<Known>,
    /// The last count that is a whole.
    head: Option<Known>,
    list: Option<Open>,
}

/// A list that is being read.
struct Open {
    head: Known,
    items: Vec<usize>,
    depth: usize,
    /// It names only some of the parts, or something in it is not understood.
    loose: bool,
}

/// What is read next: a number, or a word that says that there is none.
enum Event<'a> {
    Figure(&'a Figure),
    None(Range<usize>),
}

impl<'f> Binder<'f> {
    pub fn new(form: &'f Form, year: Option<u16>) -> Self {
        Binder {
            form,
            finder: Finder {
                phrases: form.phrases(),
                words: Words::get(),
            },
            year,
            claims: Vec::new(),
            lists: Vec::new(),
            head: None,
        }
    }

    /// Reads one sentence.
    pub fn sentence(
        &mut self,
        sentence: &Sentence<'_>,
        headings: &Headings,
        place: &dyn Fn(Range<usize>) -> Place,
    ) {
        if self.claims.len() > MAX_CLAIMS {
            return;
        }
        let text = &*sentence.text;
        let figures = figures(text);
        let mut walk = Walk {
            head: self.head.take().filter(|_| text.starts_with("其中")),
            ..Walk::default()
        };
        let at = Context {
            text,
            headings,
            place,
        };
        for event in events(text, &figures) {
            let start = match &event {
                Event::Figure(figure) => figure.range.start,
                Event::None(range) => range.start,
            };
            self.between(&mut walk, &at, start);
            match event {
                Event::Figure(figure) => {
                    match figure.kind {
                        FigureKind::Other => walk.last = None,
                        FigureKind::Year(year) => walk.year = Some(year),
                        FigureKind::Percent => self.percentage(&mut walk, &at, figure),
                        FigureKind::Things | FigureKind::Money => {
                            self.count(&mut walk, &at, figure);
                        }
                    }
                    walk.done = figure.range.end;
                }
                Event::None(range) => self.none(&mut walk, &at, range),
            }
        }
        self.between(&mut walk, &at, text.len());
        self.end_list(&mut walk);
        self.head = walk.head;
    }

    /// What stands between two claims: 其中 begins a list, a semicolon ends one.
    fn between(&mut self, walk: &mut Walk, at: &Context<'_>, until: usize) {
        let from = walk.done.min(until);
        let text = at.text.get(from..until).unwrap_or_default();
        let closed = walk
            .list
            .as_ref()
            .is_some_and(|list| at.depth(until) < list.depth);
        if text.contains(';') || closed {
            self.end_list(walk);
        }
        if let Some(list) = &mut walk.list {
            list.loose |= OPEN.iter().any(|word| text.contains(word));
        }
        let Some(found) = text.rfind("其中") else {
            return;
        };
        self.end_list(walk);
        if let Some(head) = walk.head.clone() {
            let behind = text.get(found..).unwrap_or_default();
            walk.list = Some(Open {
                head,
                items: Vec::new(),
                depth: at.depth(from + found),
                loose: OPEN.iter().any(|word| behind.contains(word)),
            });
        }
    }

    fn end_list(&mut self, walk: &mut Walk) {
        if let Some(list) = walk.list.take().filter(|list| !list.loose) {
            self.lists.push(List {
                head: list.head.claim,
                items: list.items,
            });
        }
    }

    fn push(&mut self, place: Place, said: Said, meaning: Option<Meaning>, why: Why) -> usize {
        self.claims.push(Claim {
            place,
            said,
            meaning,
            why,
        });
        self.claims.len() - 1
    }

    // ---- numbers ----

    fn count(&mut self, walk: &mut Walk, at: &Context<'_>, figure: &Figure) {
        let before = at.before(figure.range.start, walk.done);
        let range = before.start..figure.range.end;
        match self.target_of(walk, at, figure, before) {
            Ok((target, whole)) => {
                let said = match self.value(at, figure, &target) {
                    Ok(said) => said,
                    Err(why) => return self.unbound(walk, at, range, why),
                };
                let sums = self.sums(&target, at.text.get(figure.range.end..).unwrap_or_default());
                let place = (at.place)(at.shown(range));
                let claim = self.push(
                    place,
                    said,
                    Some(Meaning::Sum(sums)),
                    Why::Phrase(target.phrase),
                );
                let known = Known {
                    claim,
                    row: target.row,
                    columns: target.columns,
                    cells: target.cells,
                    end: figure.range.end,
                };
                self.item(walk, at, &known, figure.range.start);
                walk.last = Some(known.clone());
                self.all_behind(walk, at, &known);
                if walk.list.is_none() && !whole {
                    walk.head = Some(known);
                }
            }
            Err(why) => {
                if let Some(list) = &mut walk.list {
                    // A number of the same kind that is not understood may be one of the parts.
                    let row = self.form.rows().get(list.head.row);
                    let unit = at.text.get(figure.unit.clone()).unwrap_or_default();
                    list.loose |= row.is_some_and(|row| units_agree(row.unit(), unit));
                }
                self.unbound(walk, at, range, why);
            }
        }
    }

    fn unbound(&mut self, walk: &mut Walk, at: &Context<'_>, range: Range<usize>, why: Why) {
        walk.last = None;
        self.push((at.place)(at.shown(range)), Said::Unknown, None, why);
    }

    /// A claim that stands in a list is an item of it.
    fn item(&mut self, walk: &mut Walk, at: &Context<'_>, known: &Known, start: usize) {
        if let Some(list) = &mut walk.list {
            if at.depth(start) == list.depth {
                list.items.push(known.claim);
            }
        }
    }

    /// What a number is of; and whether it says that all of something are.
    fn target_of(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        before: Range<usize>,
    ) -> Result<(Target, bool), Why> {
        let text = at.text.get(before.clone()).unwrap_or_default();
        let end = clause_end(at.text, figure.range.end);
        let behind = at.text.get(figure.range.end..end).unwrap_or_default();
        let head = walk
            .list
            .as_ref()
            .map(|list| &list.head)
            .or(walk.head.as_ref());
        if let Some((found, _)) = self.finder.all_of(behind) {
            let prefix = text.len();
            let target = self.target(
                walk,
                at,
                figure,
                Found {
                    start: prefix,
                    ..found
                },
                text,
                head,
            )?;
            return Ok((target, true));
        }
        let found = self.finder.around(text, behind, SAID);
        let found = found.or_else(|| self.finder.before(text, SAID));
        if let Some(found) = found {
            return Ok((self.target(walk, at, figure, found, text, head)?, false));
        }
        // A short name is enough where the whole was named before.
        let short = self.finder.before(text, SHORT);
        let short = short.map(|found| Found {
            rows: found
                .rows
                .into_iter()
                .filter(|row| head.is_some_and(|head| self.is_part(*row, head.row)))
                .collect(),
            ..found
        });
        let short = short
            .filter(|found| !found.rows.is_empty())
            .ok_or(Why::NoPhrase)?;
        Ok((self.target(walk, at, figure, short, text, head)?, false))
    }

    /// The cells of what was found, if nothing speaks against it.
    fn target(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        found: Found,
        before: &str,
        head: Option<&Known>,
    ) -> Result<Target, Why> {
        if let (Some(said), Some(year)) = (walk.year, self.year) {
            if said != year {
                return Err(Why::OtherYear(said));
            }
        }
        let mut target = self.resolved(found.clone(), head)?;
        let prefix = before.get(..found.start).unwrap_or_default();
        self.allowed(at, &target, prefix)?;
        let unit = at.text.get(figure.unit.clone()).unwrap_or_default();
        let indicator = target
            .cells
            .first()
            .and_then(|cell| self.form.indicator(*cell));
        let fits = indicator.is_some_and(|it| match it.kind() {
            Kind::Amount => figure.kind == FigureKind::Money,
            _ => figure.kind == FigureKind::Things && units_agree(it.unit(), unit),
        });
        if !fits {
            return Err(Why::OtherUnit(unit.to_owned()));
        }
        // A及B共N: the sum of both.
        let mut rest = prefix;
        while let Some(front) = self.finder.joined(rest) {
            let other = self.finder.before(front, SAID).ok_or(Why::Joined)?;
            let start = other.start;
            let other = self.resolved(
                Found {
                    columns: other.columns.or(target.columns),
                    ..other
                },
                head,
            )?;
            target.cells.extend(
                other
                    .cells
                    .iter()
                    .filter(|cell| !target.cells.contains(cell))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            rest = front.get(..start).unwrap_or_default();
        }
        Ok(target)
    }

    /// The cells of what was found: of the row that it can only be, in the columns that are named.
    fn resolved(&self, found: Found, head: Option<&Known>) -> Result<Target, Why> {
        let row = match &found.rows[..] {
            [row] => *row,
            [] => head.map(|head| head.row).ok_or(Why::NoPhrase)?,
            rows => {
                let parts = rows
                    .iter()
                    .filter(|row| head.is_some_and(|head| self.is_part(**row, head.row)));
                match parts.collect::<Vec<_>>()[..] {
                    [row] => *row,
                    _ => return Err(Why::SeveralRows(found.phrase)),
                }
            }
        };
        let name = || {
            self.form
                .rows()
                .get(row)
                .map_or_else(String::new, |row| row.name().to_owned())
        };
        let columns = found.columns.or(head
            .filter(|_| found.rows.is_empty())
            .and_then(|head| head.columns));
        let cells = self
            .cells(row, columns)
            .ok_or_else(|| Why::NoColumn(name()))?;
        let phrase = if found.phrase.is_empty() {
            name()
        } else {
            found.phrase
        };
        Ok(Target {
            row,
            columns,
            cells,
            phrase,
        })
    }

    /// Refuses what the words before a phrase, or the lack of others near it, make something else.
    fn allowed(&self, at: &Context<'_>, target: &Target, prefix: &str) -> Result<(), Why> {
        let negated = ["不", "未", "非", "没", "无"]
            .iter()
            .find(|word| prefix.ends_with(**word));
        if let Some(word) = negated
            .copied()
            .or_else(|| self.finder.words.otherwise(prefix))
        {
            return Err(Why::Otherwise(word.to_owned()));
        }
        let Some(subject) = self.form.phrases().subject(target.row) else {
            return Ok(());
        };
        if let Some(word) = subject
            .unless
            .iter()
            .find(|word| prefix.contains(word.as_str()))
        {
            return Err(Why::Otherwise(word.clone()));
        }
        let near = |word: &String| at.text.contains(word.as_str()) || at.headings.contain(word);
        if !subject.near.is_empty() && !subject.near.iter().any(near) {
            let row = self.form.rows().get(target.row);
            return Err(Why::NotNear(
                row.map_or_else(String::new, |row| row.name().to_owned()),
            ));
        }
        Ok(())
    }

    /// The number, in the unit of its row.
    fn value(&self, at: &Context<'_>, figure: &Figure, target: &Target) -> Result<Said, Why> {
        if figure.approximate {
            return Ok(Said::Approximate);
        }
        let text = at.text.get(figure.range.clone()).unwrap_or_default();
        let unit = || {
            Why::OtherUnit(
                at.text
                    .get(figure.unit.clone())
                    .unwrap_or_default()
                    .to_owned(),
            )
        };
        let indicator = target
            .cells
            .first()
            .and_then(|cell| self.form.indicator(*cell));
        let indicator = indicator.ok_or_else(unit)?;
        match read(text, indicator.kind(), indicator.unit(), "") {
            Ok(written) => Ok(Said::Value(written.value)),
            Err(Unread::Approximate) => Ok(Said::Approximate),
            Err(_) => Err(unit()),
        }
    }

    /// The sums that a number may be: of its own cells, and with those of rows that it may include. What stands behind it may
    /// say which: (含上年结转18件), (不含…).
    fn sums(&self, target: &Target, behind: &str) -> Vec<Vec<usize>> {
        let with = self
            .form
            .phrases()
            .subject(target.row)
            .map_or(&[][..], |it| &it.with);
        let mut more = target.cells.clone();
        for row in with {
            more.extend(self.cells(*row, target.columns).unwrap_or_default());
        }
        if more.len() == target.cells.len() {
            return vec![more];
        }
        let behind = behind.trim_start_matches(['(', ',']);
        let named = |word: &str| {
            let rest = behind.strip_prefix(word)?;
            let part = rest.get(..clause_end(rest, 0))?;
            let number = part
                .find(|c: char| c.is_ascii_digit())
                .unwrap_or(part.len());
            let found = self.finder.before(part.get(..number)?, SAID)?;
            found
                .rows
                .iter()
                .any(|row| with.contains(row))
                .then_some(())
        };
        let says = |words: &[&str]| words.iter().any(|word| named(word).is_some());
        if says(&["不含", "不包含", "不包括"]) {
            vec![target.cells.clone()]
        } else if says(&["含", "包含", "包括", "其中"]) {
            vec![more]
        } else {
            vec![target.cells.clone(), more]
        }
    }

    /// "…, all of them are": a claim of its own, about the number before it.
    fn all_behind(&mut self, walk: &mut Walk, at: &Context<'_>, known: &Known) {
        let end = clause_end(at.text, known.end);
        let between = at.text.get(known.end..end).unwrap_or_default();
        let rest = at.text.get(end..).unwrap_or_default();
        let Some(clause) = rest.strip_prefix(',') else {
            return;
        };
        if between.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let clause = clause.get(..clause_end(clause, 0)).unwrap_or_default();
        let Some((found, length)) = self.finder.all_of(clause) else {
            return;
        };
        let Ok(target) = self.resolved(
            Found {
                columns: found.columns.or(known.columns),
                ..found
            },
            Some(known),
        ) else {
            return;
        };
        let range = end + 1..end + 1 + length;
        let whole = self
            .cells(known.row, known.columns)
            .unwrap_or_else(|| known.cells.clone());
        if target.row == known.row || self.allowed(at, &target, "").is_err() {
            return;
        }
        let meaning = Meaning::All {
            part: target.cells.clone(),
            whole,
        };
        let place = (at.place)(range.clone());
        let claim = self.push(place, Said::All, Some(meaning), Why::Phrase(target.phrase));
        walk.last = Some(Known {
            claim,
            row: target.row,
            columns: target.columns,
            cells: target.cells,
            end: range.end,
        });
    }

    // ---- percentages ----

    fn percentage(&mut self, walk: &mut Walk, at: &Context<'_>, figure: &Figure) {
        let before = at.before(figure.range.start, walk.done);
        let range = before.start..figure.range.end;
        let text = at.text.get(figure.range.clone()).unwrap_or_default();
        let said = match text.parse() {
            Ok(percentage) if !figure.approximate => Said::Percentage(percentage),
            _ => Said::Approximate,
        };
        match self.share(walk, at, before) {
            Ok((meaning, why)) => {
                self.push((at.place)(at.shown(range)), said, Some(meaning), why);
            }
            Err(why) => {
                self.push((at.place)(at.shown(range)), said, None, why);
            }
        }
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
        if let (Some(said), Some(year)) = (walk.year, self.year) {
            if said != year {
                return Err(Why::OtherYear(said));
            }
        }
        let trimmed = self.finder.unfilled(text);
        for rate in self.form.rates() {
            if trimmed.ends_with(&*rate.label().zh) {
                let cells =
                    |key: &str| match self.form.row(key).and_then(|row| self.form.row_index(row)) {
                        Some(row) => self.cells(row, None),
                        None => self.form.cell(key).map(|cell| vec![cell]),
                    };
                let (part, whole) = cells(rate.part())
                    .zip(cells(rate.base()))
                    .ok_or(Why::NoPhrase)?;
                let why = Why::Phrase(rate.label().zh.clone());
                return Ok((
                    Meaning::Share {
                        part,
                        wholes: vec![whole],
                    },
                    why,
                ));
            }
        }
        // In brackets behind a number, or 占…: anything else is a percentage of its own.
        let (subject, of) = match text.split_once('占') {
            Some((subject, of)) => (subject, of),
            None if text.is_empty()
                && at
                    .text
                    .get(..before.start)
                    .is_some_and(|it| it.ends_with('(')) =>
            {
                ("", "")
            }
            None => return Err(Why::NoPhrase),
        };
        let subject = self.finder.trimmed(subject);
        let head = walk.head.as_ref();
        let (part, why) = if subject.is_empty() {
            let last = walk.last.as_ref().ok_or(Why::NoPhrase)?;
            let columns = last.columns;
            (
                Target {
                    row: last.row,
                    columns,
                    cells: last.cells.clone(),
                    phrase: String::new(),
                },
                Why::Before,
            )
        } else {
            let found = self.finder.before(subject, SAID).ok_or(Why::NoPhrase)?;
            let prefix = subject.get(..found.start).unwrap_or_default().to_owned();
            let target = self.resolved(found, head)?;
            self.allowed(at, &target, &prefix)?;
            let why = Why::Phrase(target.phrase.clone());
            (target, why)
        };
        let wholes = self.wholes(&part, of)?;
        Ok((
            Meaning::Share {
                part: part.cells,
                wholes,
            },
            why,
        ))
    }

    /// What something is a share of: the row that is named, or else any row above it.
    fn wholes(&self, part: &Target, of: &str) -> Result<Vec<Vec<usize>>, Why> {
        let of =
            ["比例", "比重", "百分比", "比"]
                .iter()
                .fold(self.finder.unfilled(of), |of, word| {
                    of.strip_suffix(word)
                        .map_or(of, |rest| self.finder.unfilled(rest))
                });
        if let Some(found) = self
            .finder
            .before(of, BASE)
            .or_else(|| self.finder.before(of, SAID))
        {
            let columns = found.columns.or(part.columns);
            let target = self.resolved(Found { columns, ..found }, None)?;
            return Ok(vec![target.cells]);
        }
        if !self.finder.trimmed(of).is_empty() {
            return Err(Why::NoPhrase);
        }
        let indicator = part.cells.first().filter(|_| part.cells.len() == 1);
        let indicator = indicator.and_then(|cell| self.form.indicator(*cell));
        let above =
            std::iter::successors(indicator.and_then(|it| self.form.share_base(it)), |it| {
                self.form.share_base(it)
            });
        let mut wholes: Vec<Vec<usize>> = above
            .take(self.form.rows().len().min(8))
            .filter_map(|it| Some(vec![self.form.cell(it.key())?]))
            .collect();
        wholes.dedup();
        Some(wholes)
            .filter(|it| !it.is_empty())
            .ok_or(Why::NoPhrase)
    }

    // ---- none ----

    fn none(&mut self, walk: &mut Walk, at: &Context<'_>, cue: Range<usize>) {
        let end = clause_end(at.text, cue.end);
        let scope = at.text.get(cue.end..end).unwrap_or_default();
        if scope.len() > MAX_SCOPE || scope.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let Some(named) = self.finder.none_of(scope) else {
            return;
        };
        let before = at.before(cue.start, walk.done);
        let prefix = at.text.get(before).unwrap_or_default();
        if walk
            .year
            .is_some_and(|year| self.year.is_some_and(|of| of != year))
            || self.finder.words.otherwise(prefix).is_some()
        {
            return;
        }
        let whole = at.shown(cue.start..end);
        for (found, start) in named {
            let head = walk.head.as_ref();
            let Ok(target) = self.resolved(found, head) else {
                continue;
            };
            if self.allowed(at, &target, "").is_err() {
                continue;
            }
            let indicator = target
                .cells
                .first()
                .and_then(|cell| self.form.indicator(*cell));
            let zero = match indicator.map(|it| it.kind()) {
                Some(Kind::Count) => Value::Count(0),
                Some(Kind::Amount) => Value::Amount(rust_decimal::Decimal::ZERO),
                _ => continue,
            };
            let sums = Meaning::Sum(self.sums(&target, ""));
            let claim = self.push(
                (at.place)(whole.clone()),
                Said::Value(zero),
                Some(sums),
                Why::Phrase(target.phrase),
            );
            if let Some(list) = &mut walk.list {
                if at.depth(cue.end + start) == list.depth {
                    list.items.push(claim);
                }
            }
        }
    }

    // ---- rows and cells ----

    /// Whether a row is one of the parts of another.
    fn is_part(&self, row: usize, whole: usize) -> bool {
        let rows = self.form.rows();
        let Some(part) = rows.get(row) else {
            return false;
        };
        let mut above = std::iter::successors(part.parent, |it| rows.get(*it)?.parent);
        part.share_of == Some(whole) || above.any(|it| it == whole)
    }

    /// The cells of a row in the columns that are named; of a heading, those of the rows below it. `None` where it has several
    /// columns, none of them is named, and none is the row as a whole.
    fn cells(&self, row: usize, columns: Option<Columns>) -> Option<Vec<usize>> {
        let rows = self.form.rows();
        let of = rows.get(row)?;
        let in_row = |row: &Row| -> Option<Vec<usize>> {
            let all = self.form.sections().get(row.section())?.columns();
            let named = columns.filter(|it| it.section == row.section());
            let range = match (all.len(), named) {
                (0, _) => 0..1,
                (_, Some(named)) => named.first..named.last + 1,
                (1, None) => 0..1,
                (_, None) => {
                    let whole = all.iter().position(|column| column.whole())?;
                    whole..whole + 1
                }
            };
            let cells = row.cells();
            Some(cells.start + range.start..(cells.start + range.end).min(cells.end))
                .map(Iterator::collect)
        };
        if !of.cells().is_empty() {
            return in_row(of);
        }
        let below = rows.iter().filter(|it| {
            let inside = it.code().strip_prefix(of.code());
            inside.is_some_and(|rest| rest.starts_with('.')) && !it.cells().is_empty()
        });
        let cells: Option<Vec<Vec<usize>>> = below.map(in_row).collect();
        Some(cells?.concat()).filter(|cells| !cells.is_empty())
    }
}

/// A sentence, what stands above it, and where its parts are.
struct Context<'a> {
    text: &'a str,
    headings: &'a Headings,
    place: &'a dyn Fn(Range<usize>) -> Place,
}

impl Context<'_> {
    /// The clause before a number, from what has been read on; a colon may set the number off.
    fn before(&self, number: usize, done: usize) -> Range<usize> {
        let before = self.text.get(..number).unwrap_or_default();
        let end = before.trim_end_matches(':').len();
        let start = clause_start(self.text, end, done.min(end));
        start..number
    }

    /// How many brackets are open at a byte.
    fn depth(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let count = |c: char| before.matches(c).count();
        count('(').saturating_sub(count(')'))
    }

    /// The clause that is shown: to its end, and without the signs at its beginning.
    fn shown(&self, range: Range<usize>) -> Range<usize> {
        let range = range.start..clause_end(self.text, range.end);
        let text = self.text.get(range.clone()).unwrap_or_default();
        let cut = text.len()
            - text
                .trim_start_matches([',', ';', ':', '(', ')', '、', '。'])
                .len();
        range.start + cut..range.end
    }
}

/// The numbers of a sentence and its words for "none", from left to right.
fn events<'a>(text: &str, figures: &'a [Figure]) -> Vec<Event<'a>> {
    let mut events: Vec<(usize, Event<'a>)> = figures
        .iter()
        .map(|figure| (figure.range.start, Event::Figure(figure)))
        .collect();
    for cue in ["未", "没有", "无"] {
        for (at, _) in text.match_indices(cue) {
            events.push((at, Event::None(at..at + cue.len())));
        }
    }
    events.sort_by_key(|(at, _)| *at);
    events.into_iter().map(|(_, event)| event).collect()
}
