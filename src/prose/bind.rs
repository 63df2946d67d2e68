//! The claims of a sentence: each number, and each 未, bound to cells of the form or left unbound with the reason.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::figure::{Figure, FigureKind, figures, units_agree};
use super::sentence::{Headings, Sentence, clause_end, clause_start};
use super::subject::{Columns, Finder};
use super::words::Words;
use super::{Claim, List, MAX_CLAIMS, Meaning, Said, Why};
use crate::form::{Form, Role};
use crate::place::Place;

pub(super) const SAID: &[Role] = &[Role::Said];
pub(super) const SHORT: &[Role] = &[Role::Short];
pub(super) const BASE: &[Role] = &[Role::Base];

/// Words behind 其中 that open a list: it names some of the parts.
const OPEN: &[&str] = &["主要", "包括", "等", "如", "大部分", "部分为"];

/// Reads sentences to claims.
pub(super) struct Binder<'f> {
    pub form: &'f Form,
    pub finder: Finder<'f>,
    pub year: Option<u16>,
    pub claims: Vec<Claim>,
    pub lists: Vec<List>,
    /// The last count of the sentence before: 其中 may begin the next.
    pub head: Option<Known>,
    /// In which sentence each claim stands.
    sentences: Vec<usize>,
    sentence: usize,
}

/// A claim that is bound, for what follows to refer to.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub claim: usize,
    pub row: usize,
    pub columns: Option<Columns>,
    pub cells: Vec<usize>,
    pub with: Vec<usize>,
    /// Where the claim ends in its sentence.
    pub end: usize,
}

/// What the rows and columns of a phrase come to.
pub(super) struct Target {
    pub row: usize,
    pub columns: Option<Columns>,
    pub cells: Vec<usize>,
    /// Rows that its number may include.
    pub with: Vec<usize>,
    pub phrase: String,
}

/// How far a sentence has been read.
#[derive(Default)]
pub(super) struct Walk {
    pub done: usize,
    pub year: Option<u16>,
    /// A year within brackets holds there only: how deep it stands, and which year holds outside.
    outer: Option<(usize, Option<u16>)>,
    /// A part of the year, or another time, that what follows is of.
    pub period: Option<&'static str>,
    /// Where something was counted that is not of the form: what follows may be about that.
    pub other: Option<usize>,
    /// The claim just before.
    pub last: Option<Known>,
    /// The last count that is a whole.
    pub head: Option<Known>,
    pub list: Option<Open>,
}

impl Walk {
    fn of_year(&mut self, year: u16, depth: usize) {
        if depth > 0 && self.outer.is_none() {
            self.outer = Some((depth, self.year));
        }
        (self.year, self.period) = (Some(year), None);
    }
}

/// A list that is being read.
pub(super) struct Open {
    pub head: Known,
    pub items: Vec<usize>,
    pub depth: usize,
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
            sentences: Vec::new(),
            sentence: 0,
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
        self.sentence += 1;
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
                        FigureKind::Other => {
                            walk.last = None;
                            let behind = text.get(figure.range.end..).unwrap_or_default();
                            if behind.starts_with('月') {
                                let number = text.get(figure.range.clone());
                                walk.period = (number != Some("12")).then_some("月");
                            }
                        }
                        FigureKind::Year(year) => walk.of_year(year, at.depth(start)),
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
        let (mut ends, mut clauses) = (false, false);
        for byte in text.bytes() {
            ends |= byte == b';';
            clauses |= byte == b',';
        }
        if ends || closed {
            self.end_list(walk);
        }
        if let Some((_, year)) = walk.outer.filter(|(depth, _)| at.depth(until) < *depth) {
            (walk.year, walk.outer) = (year, None);
        }
        if ends {
            (walk.period, walk.other) = (None, None);
        }
        if clauses {
            let behind = text.rsplit(';').next().unwrap_or_default();
            for (at, _) in behind.match_indices(',') {
                let clauses = behind.get(..at).unwrap_or_default();
                walk.period = Words::period(clauses).or(walk.period);
            }
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

    /// The claims, without those that cannot all be about the row that they name: two numbers of one sentence for one row, or
    /// three of one document, are of parts of it, or of others' reports.
    pub fn settled(mut self) -> (Vec<Claim>, Vec<List>) {
        let mut by_cells: HashMap<&[usize], Vec<usize>> = HashMap::new();
        let cells = |claim: usize| match self.claims.get(claim)?.meaning.as_ref()? {
            Meaning::Sum(sums) => sums.first(),
            _ => None,
        };
        // 收到49件,其中本年新收46件: the part of a list that is of the same row is another number than its head.
        let items: HashSet<usize> = self
            .lists
            .iter()
            .flat_map(|list| list.items.iter().map(|item| (*item, list.head)))
            .filter(|(item, head)| cells(*item) == cells(*head))
            .map(|(item, _)| item)
            .collect();
        let claims = self.claims.iter().enumerate();
        for (index, claim) in claims.filter(|(index, _)| !items.contains(index)) {
            if let (Said::Value(_), Some(Meaning::Sum(sums))) = (claim.said, &claim.meaning) {
                let cells = sums.first().map_or(&[][..], Vec::as_slice);
                by_cells.entry(cells).or_default().push(index);
            }
        }
        let distinct = |claims: &[usize]| {
            let mut values: Vec<Said> = Vec::new();
            for claim in claims.iter().filter_map(|it| self.claims.get(*it)) {
                if !values.contains(&claim.said) {
                    values.push(claim.said);
                }
            }
            values.len()
        };
        let mut doubtful = Vec::new();
        for claims in by_cells.values().filter(|claims| claims.len() > 1) {
            let sentence = |claim: &usize| self.sentences.get(*claim);
            if distinct(claims) > 2 {
                doubtful.extend_from_slice(claims);
            } else {
                let sentences = claims.chunk_by(|one, other| sentence(one) == sentence(other));
                doubtful.extend(sentences.filter(|it| distinct(it) > 1).flatten());
            }
        }
        for claim in doubtful {
            if let Some(claim) = self.claims.get_mut(claim) {
                claim.meaning = None;
                claim.why = Why::SeveralNumbers;
            }
        }
        (self.claims, self.lists)
    }

    fn end_list(&mut self, walk: &mut Walk) {
        if let Some(list) = walk.list.take().filter(|list| !list.loose) {
            self.lists.push(List {
                head: list.head.claim,
                items: list.items,
            });
        }
    }

    pub fn push(&mut self, place: Place, said: Said, meaning: Option<Meaning>, why: Why) -> usize {
        self.claims.push(Claim {
            place,
            said,
            meaning,
            why,
        });
        self.sentences.push(self.sentence);
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
                    with: target.with,
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
                let start = figure.range.start;
                let clause = at.text.get(clause_start(at.text, start, 0)..start);
                if clause.is_some_and(|clause| self.finder.words.counts_other(clause)) {
                    walk.other = Some(figure.range.end);
                }
                self.unbound(walk, at, range, why);
            }
        }
    }

    pub fn unbound(&mut self, walk: &mut Walk, at: &Context<'_>, range: Range<usize>, why: Why) {
        walk.last = None;
        self.push((at.place)(at.shown(range)), Said::Unknown, None, why);
    }

    /// A claim that stands in a list is an item of it.
    pub fn item(&mut self, walk: &mut Walk, at: &Context<'_>, known: &Known, start: usize) {
        if let Some(list) = &mut walk.list {
            if at.depth(start) == list.depth {
                list.items.push(known.claim);
            }
        }
    }
}

/// A sentence, what stands above it, and where its parts are.
pub(super) struct Context<'a> {
    pub text: &'a str,
    pub headings: &'a Headings,
    pub place: &'a dyn Fn(Range<usize>) -> Place,
}

impl Context<'_> {
    /// The clause before a number, from what has been read on; a colon may set the number off.
    pub fn before(&self, number: usize, done: usize) -> Range<usize> {
        let before = self.text.get(..number).unwrap_or_default();
        let end = before.trim_end_matches(':').len();
        let start = clause_start(self.text, end, done.min(end));
        if start != done || done == 0 {
            return start..number;
        }
        // Behind a number, what joins the next name to it says nothing of that.
        let clause = self.text.get(start..number).unwrap_or_default();
        let joiners = ["、", "以及", "和", "及", "与"];
        let rest = joiners.iter().find_map(|word| clause.strip_prefix(word));
        number - rest.unwrap_or(clause).len()..number
    }

    /// How many brackets are open at a byte.
    pub fn depth(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let count = |c: char| before.matches(c).count();
        count('(').saturating_sub(count(')'))
    }

    /// The clause that is shown: to its end, without the signs at its beginning, and without 其中.
    pub fn shown(&self, range: Range<usize>) -> Range<usize> {
        let range = range.start..clause_end(self.text, range.end);
        let text = self.text.get(range.clone()).unwrap_or_default();
        let signs = [',', ';', ':', '(', ')', '、', '。'];
        let rest = text.trim_start_matches(signs);
        let rest = rest.strip_prefix("其中").unwrap_or(rest);
        range.end - rest.trim_start_matches(signs).len()..range.end
    }
}

/// The numbers of a sentence and its words for "none", from left to right.
fn events<'a>(text: &str, figures: &'a [Figure]) -> Vec<Event<'a>> {
    let mut events: Vec<(usize, Event<'a>)> = figures
        .iter()
        .map(|figure| (figure.range.start, Event::Figure(figure)))
        .collect();
    // All of them begin with the same byte, which no other character holds but at its beginning.
    let bytes = text.as_bytes().iter().enumerate();
    for (at, _) in bytes.filter(|(_, byte)| **byte == b'\xe6') {
        let rest = text.get(at..).unwrap_or_default();
        let cue = ["未", "没有", "无"]
            .iter()
            .find(|cue| rest.starts_with(**cue));
        if let Some(cue) = cue {
            events.push((at, Event::None(at..at + cue.len())));
        }
    }
    events.sort_by_key(|(at, _)| *at);
    events.into_iter().map(|(_, event)| event).collect()
}
