//! What a number is of: the phrase of the form that stands before it, around it, or behind "all of them are".

use std::cell::LazyCell;
use std::ops::Range;

use super::words::{Kind, Words};
use crate::form::{Named, Phrase, Phrases, Role};

/// Between the words of a phrase, and between a phrase and its number, at most so many words that say nothing.
const MAX_WORDS: usize = 12;
/// Words are taken off the end of a text in at most so many ways.
const MAX_ENDS: usize = 24;

const NEUTRAL: &[Kind] = &[Kind::Neutral];
const BETWEEN: &[Kind] = &[Kind::Neutral, Kind::Filler];
const NONE_OF: &[Kind] = &[Kind::Neutral, Kind::Generic, Kind::Joining];
const ALL: &[Kind] = &[Kind::All];
const LINKS: &[Kind] = &[Kind::Link];

/// The columns of a section that a sentence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub section: usize,
    pub first: usize,
    pub last: usize,
}

/// What was found to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The rows by their indexes: one; several where a phrase is that of several rows; none where only columns are named.
    pub rows: Vec<usize>,
    pub columns: Option<Columns>,
    /// Where the phrase begins in the text.
    pub start: usize,
    /// The phrase as the form's file writes it.
    pub phrase: String,
    /// Rows that its number may include.
    pub with: Vec<usize>,
    /// How much the phrase fixes.
    pub weight: usize,
    /// It is a short name, which needs the whole to be named before.
    pub short: bool,
}

/// Finds what phrases name.
pub(super) struct Finder<'f> {
    pub phrases: &'f Phrases,
    pub words: &'static Words,
}

/// The best phrase so far.
#[derive(Default)]
struct Best<'f> {
    phrase: Option<&'f Phrase>,
    rows: Vec<usize>,
    at: usize,
    end: usize,
}

impl<'f> Best<'f> {
    /// Takes a phrase that fixes more than the best so far; one that fixes as much of another row leaves a choice.
    fn offer(&mut self, phrase: &'f Phrase, at: Range<usize>) {
        let Named::Row(row) = phrase.of else { return };
        // Of two that fix as much, the one nearer to the number is meant; at the same place they leave a choice.
        let rank = (phrase.weight, at.end);
        let best = (self.phrase.map_or(0, |best| best.weight), self.end);
        if rank > best {
            *self = Best {
                phrase: Some(phrase),
                rows: vec![row],
                at: at.start,
                end: at.end,
            };
        } else if rank == best && !self.rows.contains(&row) {
            self.rows.push(row);
        }
    }

    fn found(self, columns: Option<Columns>) -> Option<Found> {
        Some(Found {
            phrase: self.phrase?.text.clone(),
            with: self.phrase?.with.clone(),
            weight: self.phrase?.weight,
            short: self.phrase?.role == Role::Short,
            rows: self.rows,
            columns,
            start: self.at,
        })
    }
}

impl<'f> Finder<'f> {
    /// What the end of a text names, before its number.
    pub fn before(&self, text: &str, roles: &[Role]) -> Option<Found> {
        let mut best = Best::default();
        let mut columns: Option<(Columns, usize)> = None;
        // Where the text may end for a phrase: words that say nothing are taken off in every way.
        let mut ends = vec![text];
        let mut next = 0;
        while let Some(rest) = ends.get(next).copied().filter(|_| next < MAX_ENDS) {
            next += 1;
            let Some(last) = rest.chars().next_back() else {
                continue;
            };
            for phrase in self
                .phrases
                .ending(last)
                .filter(|it| roles.contains(&it.role))
            {
                let Some(start) = self.ends(rest, &phrase.left) else {
                    continue;
                };
                match columns_of(phrase) {
                    None => {
                        let alone = phrase.alone || phrase.role == Role::Short;
                        if !alone || self.says_nothing(text.get(..start).unwrap_or_default()) {
                            best.offer(phrase, start..rest.len());
                        }
                    }
                    Some(named) => {
                        // A name and its number may have the column between them.
                        if columns.is_none_or(|(_, other)| start < other) {
                            columns = Some((named, start));
                        }
                        add(&mut ends, text.get(..start).unwrap_or_default());
                    }
                }
            }
            for shorter in without_bracket(rest)
                .into_iter()
                .chain(self.words.without_end(rest, BETWEEN))
            {
                add(&mut ends, shorter);
            }
        }
        if best.phrase.is_none() {
            return columns.map(|(columns, start)| Found {
                rows: Vec::new(),
                columns: Some(columns),
                start,
                phrase: String::new(),
                with: Vec::new(),
                weight: 0,
                short: false,
            });
        }
        // A column that the row's own name ends in is none that is named apart.
        let mut columns = columns
            .filter(|(_, start)| *start >= best.end)
            .map(|(columns, _)| columns);
        if columns.is_none() {
            let (start, found) = self.column_before(text.get(..best.at).unwrap_or_default());
            columns = found;
            best.at = start;
        }
        best.found(columns)
    }

    /// Whether nothing stands in a text that could make what follows another's.
    fn says_nothing(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some(shorter) = self.words.strip_end(rest, &[Kind::Lead, Kind::Filler]) {
            rest = shorter;
        }
        rest.is_empty()
    }

    /// The column that the end of a text names, and where it begins.
    fn column_before(&self, text: &str) -> (usize, Option<Columns>) {
        let mut rest = text;
        for _ in 0..MAX_WORDS {
            let Some(last) = rest.chars().next_back() else {
                break;
            };
            let named = self.phrases.ending(last).filter(|it| it.role == Role::Said);
            let named = named.filter_map(|it| Some((columns_of(it)?, self.ends(rest, &it.left)?)));
            if let Some((columns, start)) = named.min_by_key(|(_, start)| *start) {
                return (start, Some(columns));
            }
            match self.words.strip_end(rest, NEUTRAL) {
                Some(shorter) => rest = shorter,
                None => break,
            }
        }
        (text.len(), None)
    }

    /// What the texts before and behind a number name together.
    pub fn around(&self, before: &str, behind: &str, roles: &[Role]) -> Option<Found> {
        let mut best = Best::default();
        // Where the words behind the number may begin: words that say nothing may stand before them.
        let mut begins = vec![behind];
        while let Some(rest) = begins.last().filter(|_| begins.len() < MAX_WORDS) {
            match self.words.strip_start(rest, NEUTRAL) {
                Some(shorter) => begins.push(shorter),
                None => break,
            }
        }
        let firsts = begins.iter().filter_map(|rest| rest.chars().next());
        let phrases = firsts.flat_map(|first| self.phrases.around(first));
        for phrase in phrases.filter(|it| roles.contains(&it.role)) {
            if self.begins(behind, &phrase.right, NEUTRAL).is_none() {
                continue;
            }
            let mut rest = before;
            for _ in 0..MAX_WORDS {
                if let Some(start) = self.ends(rest, &phrase.left) {
                    best.offer(phrase, start..rest.len());
                    break;
                }
                match self.words.strip_end(rest, BETWEEN) {
                    Some(shorter) => rest = shorter,
                    None => break,
                }
            }
        }
        best.found(None)
    }

    /// What a text names that begins with "all of them are"; `at` is where it stands, and with it comes where the phrase ends.
    pub fn all_of(&self, text: &str) -> Option<(Found, usize)> {
        let mut rest = text;
        for _ in 0..MAX_WORDS {
            if let Some(behind) = self.words.strip_start(rest, ALL) {
                let mut kind = behind;
                for _ in 0..MAX_WORDS {
                    if let Some((found, length)) = self.at_start(kind, &[Role::Said, Role::Short]) {
                        return Some((found, text.len() - kind.len() + length));
                    }
                    kind = self.words.strip_start(kind, LINKS)?;
                }
                return None;
            }
            // 27件申请全部按时办结: the name of the whole may stand between.
            let neutral = &[Kind::Neutral, Kind::Link];
            let whole = self.at_start(rest, &[Role::Base]).map(|(_, length)| length);
            let alone = |_: &usize| self.at_start(rest, &[Role::Said]).is_none();
            rest = match whole.filter(alone) {
                Some(length) => rest.get(length..)?,
                None => self.words.strip_start(rest, neutral)?,
            };
        }
        None
    }

    /// What the beginning of a text names, and how long the phrase is.
    fn at_start(&self, text: &str, roles: &[Role]) -> Option<(Found, usize)> {
        let mut best = Best::default();
        let mut columns: Option<(Columns, usize)> = None;
        let first = text.chars().next()?;
        for phrase in self
            .phrases
            .beginning(first)
            .filter(|it| roles.contains(&it.role))
        {
            if let Some(rest) = self.begins(text, &phrase.left, NEUTRAL) {
                let length = text.len() - rest.len();
                match columns_of(phrase) {
                    None => best.offer(phrase, 0..length),
                    Some(named) => {
                        if columns.is_none_or(|(_, other)| other < length) {
                            columns = Some((named, length));
                        }
                    }
                }
            }
        }
        let length = best.end;
        if let Some(found) = best.found(None) {
            return Some((found, length));
        }
        let (columns, length) = columns?;
        let found = Found {
            rows: Vec::new(),
            columns: Some(columns),
            start: 0,
            phrase: String::new(),
            with: Vec::new(),
            weight: 0,
            short: false,
        };
        Some((found, length))
    }

    /// What a text names of which a sentence says that there is none: the phrases, and where each stands. `None` where the
    /// text says anything else. 因…引起的 says what the rest is about, and is none of it.
    pub fn none_of(&self, text: &str) -> Option<Vec<(Found, usize)>> {
        if let Some(cause) = cause(text) {
            let plain = [text.get(..cause.start)?, text.get(cause.end..)?].concat();
            return self.none_of(&plain);
        }
        let mut rest = text;
        let mut named: Vec<(Found, usize)> = Vec::new();
        // A short name is one where the whole is named too: 未收到传真、信函申请, but not 无门户网站.
        let whole = LazyCell::new(|| self.before(text, &[Role::Base]).is_some());
        let at_start = |rest: &str| {
            let found = self.at_start(rest, &[Role::Said, Role::Short])?;
            match *whole {
                true => Some(found),
                false => self.at_start(rest, &[Role::Said]),
            }
        };
        while !rest.is_empty() {
            if let Some((mut found, length)) = at_start(rest) {
                // A column that was named holds for the rows named behind it: 未制发规章和规范性文件.
                let before = named.last().and_then(|(found, _)| found.columns);
                found.columns = found.columns.or(before);
                named.push((found, text.len() - rest.len()));
                rest = rest.get(length..)?;
            } else {
                rest = self.words.strip_start(rest, NONE_OF)?;
            }
        }
        // Columns before a row are those of the row.
        if named.iter().any(|(found, _)| !found.rows.is_empty()) {
            named.retain(|(found, _)| !found.rows.is_empty());
        }
        if named.is_empty() {
            // Nothing but the name of the whole: 任何形式的政府信息公开申请.
            named.extend(self.before(text, &[Role::Base]).map(|found| (found, 0)));
        }
        Some(named).filter(|named| !named.is_empty())
    }

    /// The text before a word that joins it to what follows: `A及` of `A及B`.
    pub fn joined<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.words.strip_end(text, &[Kind::Joining])
    }

    /// The text without the words and brackets between a name and its number.
    pub fn unfilled<'t>(&self, text: &'t str) -> &'t str {
        let mut rest = text;
        while let Some(shorter) = without_bracket(rest)
            .or_else(|| self.words.strip_end(rest, &[Kind::Filler]))
            .or_else(|| rest.strip_suffix('的'))
        {
            rest = shorter;
        }
        rest
    }

    /// The text without the words that say nothing at its end.
    pub fn trimmed<'t>(&self, text: &'t str) -> &'t str {
        let mut rest = text;
        while let Some(shorter) = self.words.strip_end(rest, BETWEEN) {
            rest = shorter;
        }
        rest
    }

    /// Where a text begins to be the words of a phrase, which end it.
    fn ends(&self, text: &str, words: &[String]) -> Option<usize> {
        let mut words = words.iter().rev();
        let Some(last) = words.next() else {
            return Some(text.len());
        };
        let mut rest = text.strip_suffix(last.as_str())?;
        for word in words {
            let mut gap = 0;
            rest = loop {
                if let Some(shorter) = rest.strip_suffix(word.as_str()) {
                    break shorter;
                }
                gap += 1;
                rest = self
                    .words
                    .strip_end(rest, NEUTRAL)
                    .filter(|_| gap < MAX_WORDS)?;
            };
        }
        Some(rest.len())
    }

    /// What is left of a text that begins with the words of a phrase; words that say nothing may stand between them.
    fn begins<'t>(&self, text: &'t str, words: &[String], between: &[Kind]) -> Option<&'t str> {
        let mut rest = text;
        for word in words {
            let mut gap = 0;
            rest = loop {
                if let Some(shorter) = rest.strip_prefix(word.as_str()) {
                    break shorter;
                }
                gap += 1;
                rest = self
                    .words
                    .strip_start(rest, between)
                    .filter(|_| gap < MAX_WORDS)?;
            };
        }
        Some(rest)
    }
}

/// Where a text says what caused what it is about: 因政府信息公开申请引起的行政诉讼.
fn cause(text: &str) -> Option<Range<usize>> {
    const CAUSED: &[&str] = &["引起", "引发", "导致", "产生", "发生", "提起", "而起", "被"];
    const OPENS: &[&str] = &["因", "由于", "由"];
    let opens = OPENS.iter().filter_map(|word| text.find(word));
    let start = opens.min()?;
    let rest = text.get(start..)?;
    let ends = CAUSED
        .iter()
        .filter_map(|word| Some(rest.find(word)? + word.len()));
    let end = start + ends.min()?;
    let link = text.get(end..)?.starts_with('的');
    Some(start..end + if link { '的'.len_utf8() } else { 0 })
}

fn columns_of(phrase: &Phrase) -> Option<Columns> {
    match phrase.of {
        Named::Columns {
            section,
            first,
            last,
        } => Some(Columns {
            section,
            first,
            last,
        }),
        Named::Row(_) => None,
    }
}

/// Adds an end that is not there yet.
fn add<'t>(ends: &mut Vec<&'t str>, end: &'t str) {
    if !ends.iter().any(|other| other.len() == end.len()) {
        ends.push(end);
    }
}

/// A text without the brackets at its end.
fn without_bracket(text: &str) -> Option<&str> {
    let inner = text.strip_suffix(')')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        depth = match c {
            ')' => depth + 1,
            '(' => depth - 1,
            _ => depth,
        };
        if depth == 0 {
            return inner.get(..at);
        }
    }
    None
}
