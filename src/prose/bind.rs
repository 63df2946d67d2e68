//! The claims of a sentence: each number, and each 未, bound to cells of the form or left unbound with the reason.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::figure::{Figure, FigureKind, figures, units_agree};
use super::marks::{Mark, Marks};
use super::scope::{self, Bodies, Time, Who};
use super::sentence::{Has, Headings, Sentence, clause_end, clause_start, signs};
use super::subject::{Columns, Finder};
use super::tally::{Counted, Tally, Uneven};
use super::words::Words;
use super::{Claim, List, MAX_CLAIMS, Meaning, Said, Why};
use crate::form::{Form, Role};
use crate::place::Place;

pub(super) const SAID: &[Role] = &[Role::Said];
pub(super) const SHORT: &[Role] = &[Role::Short];
pub(super) const BASE: &[Role] = &[Role::Base];

/// Words behind 其中 that open a list: it names some of the parts.
const OPEN: &[&str] = &["主要", "包括", "等", "如", "大部分", "部分为"];
/// Words that close a list: it names all of the parts.
const COMPLETE: &[&str] = &["分别为", "分为", "分别是", "均为", "构成"];

/// Between two years there stands at most so much, in bytes, where they are the first and the last: 5月1日起至.
const MAX_LINK: usize = 24;
/// The word that makes them several.
const YEARS: &str = "至";

/// Reads sentences to claims.
pub(super) struct Binder<'f> {
    pub form: &'f Form,
    pub finder: Finder<'f>,
    pub year: Option<u16>,
    pub claims: Vec<Claim>,
    pub lists: Vec<List>,
    pub uneven: Vec<Uneven>,
    pub bodies: Bodies,
    /// What holds at the end of the sentence before: 其中 may begin the next.
    before: Scope,
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
    /// How much the phrase fixes that called it.
    pub weight: usize,
    /// Where the claim ends in its sentence.
    pub end: usize,
}

/// What the rows and columns of a phrase come to.
#[derive(Clone)]
pub(super) struct Target {
    pub row: usize,
    pub columns: Option<Columns>,
    pub cells: Vec<usize>,
    /// Rows that its number may include.
    pub with: Vec<usize>,
    pub phrase: String,
    /// How much the phrase fixes.
    pub weight: usize,
    /// The phrase is none that needs the whole to be named before.
    pub own_words: bool,
}

/// Why a number is not bound, and what it would have been of.
pub(super) struct Refused {
    pub why: Why,
    pub row: Option<usize>,
}

impl From<Why> for Refused {
    fn from(why: Why) -> Self {
        Refused { why, row: None }
    }
}

/// How far a sentence has been read.
#[derive(Default)]
pub(super) struct Walk {
    /// Behind the last number.
    pub done: usize,
    /// So far brackets, clauses and lists have been followed.
    read: usize,
    /// Where the clause that is shown may begin: behind the last number that counts something.
    pub counted: usize,
    /// What holds here.
    pub now: Scope,
    /// What holds outside of each bracket that is open.
    outside: Vec<Scope>,
    /// What the next numbers are of, where they are named before them: 当面、网络申请分别为3件、20件.
    named_before: VecDeque<Target>,
    /// What the sentence says is not so, and with which word.
    pub denied: Option<(Range<usize>, &'static str)>,
}

/// What holds for the claims of a sentence, until something else is said. What is said within brackets holds there only.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Whose numbers they are.
    pub who: Option<Who>,
    pub year: Option<u16>,
    /// Where the year is named that something is only compared with, the year that holds again behind that clause.
    compared: Option<Option<u16>>,
    /// A part of the year, or another time, that what follows is of.
    pub period: Option<&'static str>,
    /// This word makes it a supposition.
    pub supposed: Option<&'static str>,
    /// Where something was counted that is not of the form: what follows may be about that.
    pub other: Option<usize>,
    /// Where something was counted that no phrase calls, last in the sentence.
    pub unknown: Option<usize>,
    /// What follows is a part of that, behind 其中.
    pub of_unknown: Option<usize>,
    /// What documents were made, or are held, was counted: what follows is of which kind they are.
    pub made: bool,
    /// The row that was named last, compared or not, and where.
    pub named: Option<(usize, usize)>,
    /// In this clause, a word makes what was named last something else; so it does for what is joined to it.
    pub otherwise: Option<String>,
    /// The claim just before.
    pub last: Option<Known>,
    /// The last count that is a whole.
    pub head: Option<Known>,
    /// The last count that what follows is a part of, by the rules of the form: 办结25件,予以公开9件,占36%.
    pub whole: Option<Known>,
    pub list: Option<Open>,
    /// The last number that counts something, bound or not.
    pub counted_last: Option<Counted>,
    /// Its parts behind 其中.
    pub tally: Option<Tally>,
}

/// A list that is being read.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub head: Known,
    pub items: Vec<usize>,
    pub depth: usize,
    /// It names only some of the parts, or something in it is not understood.
    loose: bool,
    /// It says that it names all of the parts.
    complete: bool,
    /// A colon opens it, and what is no part of its head ends it.
    colon: bool,
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
            uneven: Vec::new(),
            bodies: Bodies::default(),
            before: Scope::default(),
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
        let figures = figures(text, sentence.has);
        let marks = Marks::of(text);
        let before = std::mem::take(&mut self.before);
        let mut walk = Walk {
            now: before.carried_into(text),
            denied: marks
                .has(Mark::Denied)
                .then(|| scope::denied(text))
                .flatten(),
            ..Walk::default()
        };
        let at = Context {
            text,
            figures: &figures,
            marks,
            sentence,
            headings,
            place,
        };
        for event in events(text, &figures, sentence.has) {
            let start = match &event {
                Event::Figure(figure) => figure.range.start,
                Event::None(range) => range.start,
            };
            self.between(&mut walk, &at, start);
            match event {
                Event::Figure(figure) => {
                    match figure.kind {
                        FigureKind::Other => {
                            walk.now.last = None;
                            let years = walk.now.period == Some(YEARS);
                            if let Some(period) = month(text, &figure.range).filter(|_| !years) {
                                walk.now.period = period;
                            }
                        }
                        FigureKind::Year(year) => walk.year(&at, year, &figure.range),
                        FigureKind::Percent => self.percentage(&mut walk, &at, figure),
                        FigureKind::Things | FigureKind::Money => {
                            self.count(&mut walk, &at, figure);
                        }
                    }
                    walk.done = figure.range.end;
                    walk.read = walk.done;
                    if !matches!(figure.kind, FigureKind::Other | FigureKind::Year(_)) {
                        walk.counted = figure.range.end;
                    }
                }
                Event::None(range) => self.none(&mut walk, &at, range),
            }
        }
        self.between(&mut walk, &at, text.len());
        self.end_tally(&mut walk, &at);
        self.end_list(&mut walk.now);
        self.before = walk.now;
    }

    /// What stands between two claims, sign by sign: brackets, clauses, who and when they are about, and 其中.
    fn between(&mut self, walk: &mut Walk, at: &Context<'_>, until: usize) {
        let text = at.text.get(walk.read..until).unwrap_or_default();
        let mut start = 0;
        let mut in_name = false;
        for (end, sign) in signs(text) {
            // 县(市)国土局 is one name.
            if sign == ")" && std::mem::take(&mut in_name) {
                continue;
            }
            in_name = sign == "(" && scope::is_in_name(text, end);
            if in_name {
                continue;
            }
            self.clause(walk, at, text.get(start..end).unwrap_or_default());
            start = end + sign.len();
            match sign {
                "(" => {
                    let outside = walk.now.clone();
                    walk.outside.push(outside);
                }
                ")" => {
                    let depth = walk.outside.len();
                    if walk.now.tally.as_ref().is_some_and(|it| it.began_in(depth)) {
                        self.end_tally(walk, at);
                    }
                    self.leave(walk);
                }
                ";" => {
                    self.end_tally(walk, at);
                    walk.now.end_comparison();
                    if self.in_own_list(walk) {
                        self.end_list(&mut walk.now);
                    }
                    let now = &mut walk.now;
                    (now.period, now.other, now.named, now.otherwise) = (None, None, None, None);
                    (now.made, now.supposed) = (false, None);
                    (now.unknown, now.of_unknown) = (None, None);
                }
                _ => {
                    walk.now.end_comparison();
                    walk.now.otherwise = None;
                    if sign == ":" {
                        self.colon(walk, walk.read + end);
                    }
                }
            }
        }
        self.clause(walk, at, text.get(start..).unwrap_or_default());
        walk.read = until;
    }

    /// Who and when a clause is about, and whether it begins a list.
    fn clause(&mut self, walk: &mut Walk, at: &Context<'_>, clause: &str) {
        if clause.is_empty() {
            return;
        }
        let opened = scope::without_leads(clause);
        if let Some(who) = self.bodies.subject(opened) {
            walk.now.who = Some(who);
        }
        match scope::time(clause) {
            Some(Time::Other(word)) => walk.now.period = Some(word),
            Some(Time::ThisYear) => walk.now.period = None,
            None => {}
        }
        walk.now.supposed = scope::supposed(opened).or(walk.now.supposed);
        let own = self.in_own_list(walk);
        let says = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        if let Some(list) = walk.now.list.as_mut().filter(|_| own) {
            list.loose |= says(OPEN);
            list.complete |= says(COMPLETE);
        }
        if let Some(tally) = &mut walk.now.tally {
            tally.says(says(COMPLETE), says(OPEN));
        }
        if !at.marks.has(Mark::List) || !clause.contains("其中") {
            return;
        }
        self.end_tally(walk, at);
        let whole = walk.now.counted_last.take();
        let depth = walk.outside.len();
        let whole = whole.filter(|_| !says(OPEN));
        walk.now.tally = whole.map(|it| Tally::of(it, says(COMPLETE), depth));
        walk.now.of_unknown = walk.now.unknown;
        if own {
            self.end_list(&mut walk.now);
        }
        walk.now.list = walk.now.head.clone().map(|head| Open {
            head,
            items: Vec::new(),
            depth: walk.outside.len(),
            loose: says(OPEN),
            complete: says(COMPLETE),
            colon: false,
        });
    }

    /// Behind a count, a colon opens a list of its parts, though not necessarily of all of them.
    fn colon(&self, walk: &mut Walk, at: usize) {
        let head = walk.now.last.as_ref().filter(|last| last.end == at);
        if walk.now.list.is_none() {
            walk.now.list = head.cloned().map(|head| Open {
                head,
                items: Vec::new(),
                depth: walk.outside.len(),
                loose: true,
                complete: false,
                colon: true,
            });
        }
    }

    /// Whether the list that is being read began in these brackets, and not outside of them.
    fn in_own_list(&self, walk: &Walk) -> bool {
        let list = walk.now.list.as_ref();
        list.is_some_and(|list| list.depth == walk.outside.len())
    }

    /// Behind a bracket, what was said before it holds again.
    fn leave(&mut self, walk: &mut Walk) {
        if walk.outside.is_empty() {
            return;
        }
        if self.in_own_list(walk) {
            self.end_list(&mut walk.now);
        }
        if let Some(outside) = walk.outside.pop() {
            walk.now = outside;
        }
    }

    /// The claims, without those that cannot all be about the row that they name: two numbers of one sentence for one row, or
    /// three of one document, are of parts of it, or of others' reports.
    pub fn settled(mut self) -> (Vec<Claim>, Vec<List>) {
        let mut by_cells: FxHashMap<&[usize], Vec<usize>> = FxHashMap::default();
        let cells = |claim: usize| match self.claims.get(claim)?.meaning.as_ref()? {
            Meaning::Sum(sums) => sums.first(),
            _ => None,
        };
        // 收到49件,其中本年新收46件: the part of a list that is of the same row is another number than its head.
        let items: FxHashSet<usize> = self
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
        let either = |claim: &usize| {
            let claim = self.claims.get(*claim);
            claim.is_some_and(|claim| matches!(claim.who, Who::Either(_)))
        };
        let mut doubtful = Vec::new();
        for claims in by_cells.values_mut().filter(|claims| claims.len() > 1) {
            // Beside a number of the whole, that of an agency is the agency's.
            let whole: Vec<usize> = claims.iter().filter(|it| !either(it)).copied().collect();
            if distinct(claims) > 1 && !whole.is_empty() {
                doubtful.extend(claims.iter().filter(|it| either(it)));
                *claims = whole;
            }
            let sentence = |claim: &usize| self.sentences.get(*claim);
            if distinct(claims) > 2 {
                doubtful.extend_from_slice(claims);
            } else {
                let sentences = claims.chunk_by(|one, other| sentence(one) == sentence(other));
                doubtful.extend(sentences.filter(|it| distinct(it) > 1).flatten());
            }
        }
        // Which of several agencies reports is not known.
        let several = self.bodies.several();
        let either = |claim: &&mut Claim| several && matches!(claim.who, Who::Either(_));
        for claim in self.claims.iter_mut().filter(either) {
            let name = match &claim.who {
                Who::Either(name) => name.clone(),
                _ => continue,
            };
            (claim.meaning, claim.why) = (None, Why::PartOfBody(name));
        }
        for claim in doubtful {
            if let Some(claim) = self.claims.get_mut(claim) {
                claim.meaning = None;
                claim.why = Why::SeveralNumbers;
            }
        }
        (self.claims, self.lists)
    }

    fn end_tally(&mut self, walk: &mut Walk, at: &Context<'_>) {
        let tally = walk.now.tally.take();
        self.uneven
            .extend(tally.and_then(|tally| tally.uneven(at.place)));
    }

    fn end_list(&mut self, now: &mut Scope) {
        if let Some(list) = now.list.take().filter(|list| !list.loose) {
            self.lists.push(List {
                head: list.head.claim,
                items: list.items,
                complete: list.complete,
            });
        }
    }

    pub fn push(
        &mut self,
        (place, figure): Stands,
        said: Said,
        bound: Result<(Meaning, Why), Why>,
        surety: Surety,
    ) -> usize {
        let (meaning, why) = match bound {
            Ok((meaning, why)) => (Some(meaning), why),
            Err(why) => (None, why),
        };
        self.claims.push(Claim {
            place,
            said,
            meaning,
            why,
            who: surety.who,
            period: surety.period,
            own_words: surety.own_words,
            figure,
        });
        self.sentences.push(self.sentence);
        self.claims.len() - 1
    }

    // ---- numbers ----

    fn count(&mut self, walk: &mut Walk, at: &Context<'_>, figure: &Figure) {
        let claim = self.claims.len();
        let before = at.before(figure.range.start, walk.done);
        if let Some(targets) = self.respective(walk, at, figure) {
            walk.named_before.extend(targets);
        }
        let clause = at.shown(walk.counted, figure.range.clone());
        match self.counted(walk, at, figure, before) {
            Ok(count) => self.bind(walk, at, figure, &clause, count),
            Err(refused) => {
                self.refused(walk, at, figure, &refused);
                self.unbound(walk, at, clause.clone(), refused.why);
            }
        }
        walk.named_before.pop_front();
        let counted = Counted::of(at.text, figure, claim, clause);
        match &mut walk.now.tally {
            // A part of the whole before it, or what may be the next whole.
            Some(tally) => tally.add(at.text, counted),
            None => walk.now.counted_last = counted,
        }
    }

    /// What a number is of, and what it says.
    fn counted(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        before: Range<usize>,
    ) -> Result<Count, Refused> {
        if at.sentence.quotes(&figure.range) {
            return Err(Why::Quoted.into());
        }
        let (target, all) = match walk.named_before.front() {
            Some(target) => (target.clone(), false),
            None => self.target_of(walk, at, figure, before)?,
        };
        let said = self.value(at, figure, &target)?;
        Ok(Count { target, all, said })
    }

    fn bind(
        &mut self,
        walk: &mut Walk,
        at: &Context<'_>,
        figure: &Figure,
        clause: &Range<usize>,
        count: Count,
    ) {
        let Count { target, all, said } = count;
        let behind = at.text.get(figure.range.end..).unwrap_or_default();
        let sums = self.sums(&target, behind);
        let surety = self.surety(walk, at, clause, target.own_words);
        let why = Why::Phrase(target.phrase);
        let claim = self.push(
            at.stands(clause.clone(), Some(&figure.range)),
            said,
            Ok((Meaning::Sum(sums), why)),
            surety,
        );
        let known = Known {
            claim,
            row: target.row,
            columns: target.columns,
            cells: target.cells,
            with: target.with,
            weight: target.weight,
            end: figure.range.end,
        };
        walk.now.named = Some((known.row, figure.range.end));
        walk.now.unknown = None;
        if !walk
            .now
            .whole
            .as_ref()
            .is_some_and(|whole| self.covers(whole, &known.cells))
        {
            walk.now.whole = Some(known.clone());
        }
        self.renames_head(walk, &known);
        let no_part = |list: &mut Open| list.colon && !self.is_part(known.row, list.head.row);
        walk.now.list.take_if(no_part);
        self.item(walk, claim);
        walk.now.last = Some(known.clone());
        self.all_behind(walk, at, &known);
        if walk.now.list.is_none() && !all {
            walk.now.head = Some(known);
        }
    }

    /// Whether some cells are among those that a rule of the form says are the parts of a whole.
    pub fn covers(&self, whole: &Known, cells: &[usize]) -> bool {
        let parts = self.form.parts_of(&whole.cells).unwrap_or_default();
        !cells.is_empty() && whole.cells != cells && cells.iter().all(|cell| parts.contains(cell))
    }

    /// 召开会议12次,其中政府信息公开工作会议2次: the part names the row more exactly, so the whole is something else.
    fn renames_head(&mut self, walk: &mut Walk, part: &Known) {
        let Some(list) = walk
            .now
            .list
            .take_if(|list| list.head.row == part.row && list.head.weight < part.weight)
        else {
            return;
        };
        if let Some(head) = self
            .claims
            .get_mut(list.head.claim)
            .filter(|_| list.head.with.is_empty())
        {
            (head.meaning, head.why) = (None, Why::NoPhrase);
        }
    }

    /// What a number that is not bound says about those behind it.
    fn refused(&mut self, walk: &mut Walk, at: &Context<'_>, figure: &Figure, refused: &Refused) {
        let start = figure.range.start;
        if let Some(row) = refused.row {
            walk.now.named = Some((row, figure.range.end));
        }
        if let Why::Otherwise(word) = &refused.why {
            walk.now.otherwise = Some(word.clone());
        }
        if let Some(list) = &mut walk.now.list {
            // A number of the same kind that is not understood may be one of the parts.
            let row = self.form.rows().get(list.head.row);
            let unit = at.text.get(figure.unit.clone()).unwrap_or_default();
            list.loose |= row.is_some_and(|row| units_agree(row.unit(), unit));
        }
        let clause = at.text.get(clause_start(at.text, start, 0)..start);
        let clause = clause.unwrap_or_default();
        if self.finder.phrases.say_about(clause) {
            return;
        }
        if refused.why == Why::NoPhrase {
            walk.now.unknown = Some(figure.range.end);
        }
        walk.now.made |= at.marks.has(Mark::Made) && Words::makes_documents(clause);
        if at.marks.has(Mark::Taken) && self.finder.words.counts_other(clause) {
            walk.now.other = Some(figure.range.end);
        }
    }

    fn unbound(&mut self, walk: &mut Walk, at: &Context<'_>, clause: Range<usize>, why: Why) {
        walk.now.last = None;
        let who = walk.now.who.clone().unwrap_or(Who::Unsaid);
        let surety = Surety {
            who,
            period: walk.now.time(self.year),
            own_words: false,
        };
        self.push(at.stands(clause, None), Said::Unknown, Err(why), surety);
    }

    /// A claim that stands in a list is an item of it.
    pub fn item(&mut self, walk: &mut Walk, claim: usize) {
        let depth = walk.outside.len();
        if let Some(list) = walk.now.list.as_mut().filter(|list| list.depth == depth) {
            list.items.push(claim);
        }
    }

    /// How sure it is that a claim is of the whole body: 共, 总计 say so where nobody is named.
    pub fn surety(
        &self,
        walk: &mut Walk,
        at: &Context<'_>,
        clause: &Range<usize>,
        own_words: bool,
    ) -> Surety {
        let text = at.text.get(clause.clone()).unwrap_or_default();
        if walk.now.who.is_none()
            && ["共", "总计", "合计"]
                .iter()
                .any(|word| text.contains(word))
        {
            walk.now.who = Some(Who::Whole);
        }
        Surety {
            who: walk.now.who.clone().unwrap_or(Who::Unsaid),
            period: walk.now.time(self.year),
            own_words,
        }
    }
}

/// Whose number a claim is, and whether it names the row in the form's own words.
pub(super) struct Surety {
    pub who: Who,
    pub period: Option<String>,
    pub own_words: bool,
}

/// The clause of a claim, and where in its text the number stands.
pub(super) type Stands = (Place, Option<Range<usize>>);

/// A number that is bound.
struct Count {
    target: Target,
    /// It says that all of something are.
    all: bool,
    said: Said,
}

impl Walk {
    /// A year, of which what follows is; or the last of several (2020年至2024年), or one that something is compared with.
    fn year(&mut self, at: &Context<'_>, year: u16, range: &Range<usize>) {
        let before = at.text.get(self.done..range.start).unwrap_or_default();
        let links = ["至", "到", "-", "~", "—", "～"];
        let links = |text: &str| links.iter().any(|it| text.contains(it));
        let several = self.now.year.is_some_and(|from| from < year)
            && before.len() <= MAX_LINK
            && links(before);
        let words = ["较", "比", "与", "高于", "低于", "对比", "相比"];
        if words.iter().any(|word| before.ends_with(word)) {
            self.now.compared = Some(self.now.year);
        }
        self.now.year = Some(year);
        self.now.period = several.then_some(YEARS);
    }
}

impl Scope {
    /// The time that holds, where it is another than the year of the table.
    fn time(&self, year: Option<u16>) -> Option<String> {
        let other = self.year.filter(|it| Some(*it) != year);
        let other = other.map(|it| format!("{it}年"));
        other.or_else(|| self.period.map(str::to_owned))
    }

    fn end_comparison(&mut self) {
        if let Some(year) = self.compared.take() {
            self.year = year;
        }
    }

    /// What of it holds in the next sentence: all that 其中 goes on with, else nothing.
    fn carried_into(self, sentence: &str) -> Scope {
        if !sentence.starts_with("其中") {
            return Scope::default();
        }
        Scope {
            who: self.who,
            year: self.year,
            period: self.period,
            made: self.made,
            unknown: self.unknown.map(|_| 0),
            named: self.named.map(|(row, _)| (row, 0)),
            head: self.head,
            whole: self.whole,
            ..Scope::default()
        }
    }
}

/// What a number before 月 says about the time of what follows: a month, or with 1月至12月 the whole year. `None` where it is no
/// month.
fn month(text: &str, number: &Range<usize>) -> Option<Option<&'static str>> {
    let behind = text.get(number.end..)?.strip_prefix('月')?;
    let before = text.get(..number.start)?;
    let last = text.get(number.clone()) == Some("12");
    let from = before.strip_suffix(['至', '到', '-', '~', '—', '～']);
    // 10月至12月 is no whole year, but 截至12月 is.
    let from_month = from.and_then(|from| from.trim_end_matches(['份', '起']).strip_suffix('月'));
    let whole = from_month.is_none_or(|from| {
        let digits = from.len() - from.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        from.get(from.len() - digits..) == Some("1")
    });
    let ends = from.is_some() || behind.starts_with(['底', '末']);
    let day = behind.starts_with(|c: char| c.is_ascii_digit());
    Some((!(last && (ends || day) && whole)).then_some("月"))
}

/// A sentence, what stands above it, and where its parts are.
pub(super) struct Context<'a> {
    pub text: &'a str,
    pub figures: &'a [Figure],
    pub marks: Marks,
    pub sentence: &'a Sentence<'a>,
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
        let clause = clause.trim_start_matches(')');
        let joiners = ["、", "以及", "和", "及", "与"];
        let rest = joiners.iter().find_map(|word| clause.strip_prefix(word));
        number - rest.unwrap_or(clause).len()..number
    }

    /// Where a clause stands, and where in it a number of it.
    pub fn stands(&self, clause: Range<usize>, number: Option<&Range<usize>>) -> Stands {
        let place = (self.place)(clause);
        let within = |number: Place| {
            let before = number.column.checked_sub(place.column)?;
            let (start, _) = place.text.char_indices().nth(before)?;
            let behind = place.text.get(start..)?;
            // Of a long clause only the beginning is quoted.
            behind
                .starts_with(&number.text)
                .then(|| start..start + number.text.len())
        };
        let number = number.and_then(|it| within((self.place)(it.clone())));
        (place, number)
    }

    /// The clause of a claim, which is shown: from its beginning, but not before the floor, to its end; without the signs at its
    /// beginning, and without 其中.
    pub fn shown(&self, floor: usize, claim: Range<usize>) -> Range<usize> {
        let before = self.text.get(..claim.start).unwrap_or_default();
        let end = before.trim_end_matches(':').len();
        let start = clause_start(self.text, end, floor.min(end));
        let range = start..clause_end(self.text, claim.end);
        let text = self.text.get(range.clone()).unwrap_or_default();
        let signs = [',', ';', ':', '(', ')', '、', '。'];
        let rest = text.trim_start_matches(signs);
        let rest = rest.strip_prefix("其中").unwrap_or(rest);
        range.end - rest.trim_start_matches(signs).len()..range.end
    }
}

/// The numbers of a sentence and its words for "none", from left to right.
fn events<'a>(text: &str, figures: &'a [Figure], has: Has) -> Vec<Event<'a>> {
    let mut events: Vec<(usize, Event<'a>)> = figures
        .iter()
        .map(|figure| (figure.range.start, Event::Figure(figure)))
        .collect();
    if !has.none {
        return events.into_iter().map(|(_, event)| event).collect();
    }
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
