//! The sentences of the report, with the numbers that were compared underlined.

use std::ops::Range;

use maud::{Markup, html};
use xxgk::{Lang, Outcome, Place};

use super::{Apart, NEWLINE, View};
use crate::words;

/// A number of a line that was compared, or a clause that says that there is none.
struct Mark {
    range: Range<usize>,
    outcome: Outcome,
    /// What it was taken to be about.
    told: String,
}

/// One line of the text with numbers that were compared.
struct Marked<'t> {
    place: Place,
    text: &'t str,
    marks: Vec<Mark>,
}

/// All sentences that were compared.
pub(super) fn sentences(view: &View<'_>) -> Markup {
    let lang = view.lang;
    let counts = view.table.report.claims.as_deref();
    let marked = marked(view);
    html! {
        @if let Some(counts) = counts.filter(|_| !marked.is_empty()) {
            section.claims {
                h3 { (lang.pick("正文与表对照", "The text against the table")) }
                (NEWLINE)
                p { (words::claims(counts, lang)) }
                (NEWLINE)
                p.legend {
                    @for outcome in [Outcome::Pass, Outcome::Fail, Outcome::Undetermined] {
                        u.(class(outcome)) { (said(outcome, lang)) } " "
                    }
                }
                (NEWLINE)
                @for line in &marked { (drawn(line, lang)) }
            }
            (NEWLINE)
        }
    }
}

/// The lines of the text in which something was compared, from top to bottom.
fn marked<'t>(view: &View<'t>) -> Vec<Marked<'t>> {
    let Some((claims, record)) = view
        .table
        .reading
        .and_then(|it| it.claims.as_ref().zip(it.record.as_ref()))
    else {
        return Vec::new();
    };
    let told: Vec<_> = claims.all().iter().zip(claims.told()).collect();
    let mut lines: Vec<Marked<'t>> = Vec::new();
    let texts: Vec<&'t str> = match claims.bound().next() {
        Some(_) => view.table.text.split('\n').collect(),
        None => Vec::new(),
    };
    for (claim, outcome) in claims.outcomes(record) {
        let text = claim.place.line.checked_sub(1).and_then(|it| texts.get(it));
        let clause = text.and_then(|text| clause(text, &claim.place));
        let Some((text, clause)) = text.zip(clause) else {
            continue;
        };
        let figure = claim.figure().unwrap_or(0..clause.len());
        let range = clause.start + figure.start..clause.start + figure.end;
        let told = told.iter().find(|(it, _)| std::ptr::eq(*it, claim));
        let told = told.map_or_else(String::new, |(_, told)| told.get(view.lang).to_owned());
        let mark = Mark {
            range,
            outcome,
            told,
        };
        match lines
            .iter_mut()
            .find(|it| it.place.line == claim.place.line)
        {
            Some(line) => line.add(mark),
            None => lines.push(Marked {
                place: claim.place.clone(),
                text,
                marks: vec![mark],
            }),
        }
    }
    lines.sort_by_key(|it| it.place.line);
    lines
}

/// Where in its line the clause of a claim stands, in bytes.
fn clause(line: &str, place: &Place) -> Option<Range<usize>> {
    let before = place.column.checked_sub(1)?;
    let starts = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let start = starts.clone().nth(before)?;
    // Of a long clause only the beginning is quoted.
    let quoted = place.text.strip_suffix('…').unwrap_or(&place.text);
    let behind = line.get(start..)?;
    behind
        .starts_with(quoted)
        .then(|| start..start + quoted.len())
}

impl Marked<'_> {
    /// Adds a mark; where another stands at the same number, the worse of the two counts, and both are told.
    fn add(&mut self, mark: Mark) {
        let apart =
            |it: &Mark| it.range.end <= mark.range.start || mark.range.end <= it.range.start;
        match self.marks.iter_mut().find(|it| !apart(it)) {
            None => {
                self.marks.push(mark);
                self.marks.sort_by_key(|it| it.range.start);
            }
            Some(other) => {
                if other.outcome != Outcome::Fail && mark.outcome != Outcome::Pass {
                    other.outcome = mark.outcome;
                }
                other.told.push('\n');
                other.told += &mark.told;
            }
        }
    }

    /// The sentences that have marks, and what stands between them left out.
    fn sentences(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut sentences = Vec::new();
        for sentence in self.text.split_inclusive(['。', '！', '？']) {
            let range = start..start + sentence.len();
            start = range.end;
            if self.marks.iter().any(|it| range.contains(&it.range.start)) {
                sentences.push(range);
            }
        }
        sentences
    }
}

fn drawn(line: &Marked<'_>, lang: Lang) -> Markup {
    html! {
        p.line {
            span.place { (line.place.said(lang)) (lang.pick("：", ": ")) }
            @for sentence in line.sentences() { (sentence_of(line, &sentence)) " " }
        }
        (NEWLINE)
    }
}

fn sentence_of(line: &Marked<'_>, sentence: &Range<usize>) -> Markup {
    let marks = line
        .marks
        .iter()
        .filter(|it| sentence.contains(&it.range.start));
    let mut done = sentence.start;
    let pieces = marks.map(|mark| {
        let before = done..mark.range.start;
        done = mark.range.end;
        (before, mark)
    });
    let pieces: Vec<(Range<usize>, &Mark)> = pieces.collect();
    let text = |range: Range<usize>| line.text.get(range).unwrap_or_default();
    html! {
        bdi {
            @for (before, mark) in &pieces {
                (text(before.clone()))
                u.(class(mark.outcome)) title=(mark.told) { (Apart(text(mark.range.clone()))) }
            }
            (text(done..sentence.end.max(done)))
        }
    }
}

fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "agrees",
        Outcome::Fail => "wrong",
        Outcome::Undetermined => "open",
    }
}

fn said(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Pass => lang.pick("一致", "agrees"),
        Outcome::Fail => lang.pick("不一致", "does not agree"),
        Outcome::Undetermined => lang.pick("未能对照", "not compared"),
    }
}
