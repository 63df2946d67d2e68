//! "All of them are", and "there is none".

use std::ops::Range;

use super::bind::{Binder, Context, Known, Walk};
use super::sentence::clause_end;
use super::subject::Found;
use super::{Meaning, Said, Why};
use crate::form::Kind;
use crate::number::Value;

/// What there is none of is said in so many bytes.
const MAX_SCOPE: usize = 300;

impl Binder<'_> {
    /// "…, all of them are": a claim of its own, about the number before it.
    pub fn all_behind(&mut self, walk: &mut Walk, at: &Context<'_>, known: &Known) {
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
        let same = target.row == known.row;
        if same && target.columns == known.columns
            || self.allowed(at, &target, "").is_err()
            || self.of_what(walk, at, &target, end).is_err()
        {
            return;
        }
        // Behind several numbers, "all" may be of another than the last.
        let first = walk
            .now
            .head
            .as_ref()
            .is_none_or(|head| head.row == known.row);
        if !first && !same && !self.is_part(target.row, known.row) {
            return;
        }
        let meaning = Meaning::All {
            part: target.cells.clone(),
            whole,
        };
        let place = at.stands(range.clone(), None);
        let surety = self.surety(walk, at, &range, true);
        let why = Why::Phrase(target.phrase);
        let claim = self.push(place, Said::All, Ok((meaning, why)), surety);
        walk.now.last = Some(Known {
            claim,
            row: target.row,
            columns: target.columns,
            cells: target.cells,
            with: Vec::new(),
            weight: target.weight,
            end: range.end,
        });
    }

    pub fn none(&mut self, walk: &mut Walk, at: &Context<'_>, cue: Range<usize>) {
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
        let otherwise = self.finder.words.otherwise(prefix).is_some();
        if otherwise || self.holds(walk, cue.start).is_err() {
            return;
        }
        let whole = at.shown(walk.counted, cue.start..end);
        for (found, _) in named {
            let head = walk.now.head.as_ref();
            let Ok(target) = self.resolved(found, head) else {
                continue;
            };
            if self.allowed(at, &target, "").is_err()
                || self.of_what(walk, at, &target, end).is_err()
            {
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
            walk.now.named = Some((target.row, end));
            let surety = self.surety(walk, at, &whole, target.own_words);
            let why = Why::Phrase(target.phrase.clone());
            let place = at.stands(whole.clone(), None);
            let claim = self.push(place, Said::Value(zero), Ok((sums, why)), surety);
            self.item(walk, claim);
        }
    }
}
