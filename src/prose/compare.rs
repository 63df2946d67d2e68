//! Claims against a table: what it bears out, and a finding for each claim that it does not.

use rust_decimal::{Decimal, RoundingStrategy};

use super::tally::Uneven;
use super::{Claim, ClaimCounts, Claims, List, Meaning, Said, Who};
use crate::check::cell;
use crate::check::ratio::{Agreement, Percentage, agreement, percentage};
use crate::form::Form;
use crate::lang::Text;
use crate::number::written::{Measure, measure};
use crate::number::{AMOUNT_DECIMALS, Number, Value};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Finding};
use crate::rule::{Outcome, Severity};

/// What a table says to a claim.
enum Answer {
    Agrees,
    Contradicts(Box<Finding>),
    /// A cell is blank, or the number is not exact.
    Open,
}

impl Claims {
    /// Holds the claims against a table of their form: how many agree, and a finding for each that does not, and for each
    /// list that does not sum.
    #[must_use]
    pub fn compare(&self, record: &Record) -> (ClaimCounts, Vec<Finding>) {
        let mut counts = ClaimCounts::default();
        let mut findings = Vec::new();
        let mut wrong = vec![false; self.claims.len()];
        let same = self.is_of(record);
        for (claim, wrong) in self.claims.iter().zip(&mut wrong) {
            let Some(meaning) = claim.meaning.as_ref().filter(|_| same) else {
                counts.unbound += 1;
                continue;
            };
            counts.bound += 1;
            match answer(record, claim, meaning, self.severity(claim)) {
                Answer::Agrees => counts.agree += 1,
                Answer::Open => {}
                Answer::Contradicts(finding) => {
                    counts.contradict += 1;
                    *wrong = true;
                    findings.push(*finding);
                }
            }
        }
        if same {
            let lists = self
                .lists
                .iter()
                .filter_map(|list| self.list(record, list, &wrong));
            findings.extend(lists);
            // Where one of its numbers contradicts the table, that is why; and a list of the form is said already.
            let is_news = |uneven: &&Uneven| {
                let mut claims = findings.iter().filter_map(|it: &Finding| it.claim.as_ref());
                !claims.any(|claim| *claim == uneven.whole.0)
                    && !uneven.claims.iter().any(|it| wrong.get(*it) == Some(&true))
            };
            let uneven: Vec<Finding> = self.uneven.iter().filter(is_news).map(uneven).collect();
            findings.extend(uneven);
        }
        (counts, findings)
    }

    /// The claims about cells of the form, each with what a table says to it: undetermined where a cell is blank, or where the
    /// number is not exact.
    ///
    /// ```
    /// use xxgk::prose::Claims;
    /// use xxgk::{Outcome, Table, nine_category::NineCategory};
    /// let mut table = NineCategory::default();
    /// table.requests.received.total = Some(27);
    /// let text = "全年收到政府信息公开申请28件,其中当面申请27件。";
    /// let claims = Claims::of_text(text, NineCategory::form(), Some(2017));
    /// let record = table.record(Default::default());
    /// let outcomes: Vec<_> = claims.outcomes(&record).map(|it| it.1).collect();
    /// assert_eq!(outcomes, [Outcome::Fail, Outcome::Undetermined]);
    /// ```
    pub fn outcomes<'a>(
        &'a self,
        record: &'a Record,
    ) -> impl Iterator<Item = (&'a Claim, Outcome)> + 'a {
        let same = self.is_of(record);
        self.claims.iter().filter_map(move |claim| {
            let meaning = claim.meaning.as_ref().filter(|_| same)?;
            let outcome = match answer(record, claim, meaning, self.severity(claim)) {
                Answer::Agrees => Outcome::Pass,
                Answer::Contradicts(_) => Outcome::Fail,
                Answer::Open => Outcome::Undetermined,
            };
            Some((claim, outcome))
        })
    }

    /// Whether a record is one of the form that the claims are about.
    fn is_of(&self, record: &Record) -> bool {
        record.form().id() == self.form.id() && record.cells().len() == self.form.cells()
    }

    /// How much it weighs that a claim is not borne out: it is hard where nothing else can be meant. The claim names the row in
    /// the form's own words, and the whole body; or nobody, and the report names no other.
    fn severity(&self, claim: &Claim) -> Severity {
        let whole = match claim.who {
            Who::Whole => true,
            Who::Unsaid => !self.others,
            Who::Either(_) | Who::Part(_) => false,
        };
        match whole && claim.own_words {
            true => Severity::Hard,
            false => Severity::Soft,
        }
    }

    /// The finding that a list does not sum. Where one number of it contradicts the table, that is why, and said already.
    fn list(&self, record: &Record, list: &List, wrong: &[bool]) -> Option<Finding> {
        let form = record.form();
        let head = self.claims.get(list.head)?;
        let members = || std::iter::once(&list.head).chain(&list.items);
        if members()
            .filter(|claim| wrong.get(**claim) == Some(&true))
            .count()
            == 1
        {
            return None;
        }
        let items: Vec<&Claim> = list
            .items
            .iter()
            .filter_map(|item| self.claims.get(*item))
            .collect();
        let whole = first_sum(head)?;
        let parts = form.parts_of(&whole)?;
        let mut named: Vec<usize> = Vec::new();
        for item in &items {
            let cells = first_sum(item)?;
            if cells
                .iter()
                .any(|cell| named.contains(cell) || !parts.contains(cell))
            {
                return None;
            }
            named.extend(cells);
        }
        // A list that leaves some of the parts out need not sum, unless it says that it names them all.
        if !list.complete && parts.iter().any(|part| !named.contains(part)) {
            return None;
        }
        let values: Vec<Value> = items
            .iter()
            .map(|item| value(item))
            .collect::<Option<_>>()?;
        let several = values.iter().filter(|it| it.scaled() != Some(0)).count() > 1;
        let (whole, sum) = (value(head)?, total(values.iter().copied())?);
        if whole == sum || !several {
            return None;
        }
        let cells = first_sum(head)?.into_iter().chain(named);
        let sides = sides(whole, sum)?;
        let shown: Vec<String> = items
            .iter()
            .map(|item| item.place.text.to_string())
            .collect();
        let message = kind::n002_list_sum::message(&head.place, &shown, sum, whole, sides[2].abs());
        let mut finding = Finding::structural(kind::LIST_SUM, shown_cells(record, cells), message);
        finding.sides = Some(sides);
        finding.claim = Some(head.place.clone());
        Some(finding)
    }
}

/// The finding that parts do not sum to their whole, of which no row of the form may be one.
fn uneven(uneven: &Uneven) -> Finding {
    let (head, whole) = &uneven.whole;
    let items: Vec<String> = uneven.parts.iter().map(|it| it.text.clone()).collect();
    let [whole, sum] = [*whole, uneven.sum].map(i128::from);
    let number = |value: i128| Number::new(value, 0);
    let difference = number((whole - sum).abs());
    let values = [whole, sum].map(number);
    let message = kind::n002_list_sum::message(head, &items, values[1], values[0], difference);
    let mut finding = Finding::structural(kind::LIST_SUM, Vec::new(), message);
    finding.sides = Some([values[0], values[1], number(whole - sum)]);
    finding.claim = Some(head.clone());
    finding
}

fn answer(record: &Record, claim: &Claim, meaning: &Meaning, severity: Severity) -> Answer {
    let sum = |cells: &[usize]| total_of(record, cells);
    match (claim.said, meaning) {
        (Said::Value(said), Meaning::Sum(sums)) => {
            let totals: Vec<Option<Value>> = sums.iter().map(|cells| sum(cells)).collect();
            if totals
                .iter()
                .flatten()
                .any(|total| is_said(claim, said, *total))
            {
                return Answer::Agrees;
            }
            match totals.iter().copied().collect::<Option<Vec<Value>>>() {
                Some(totals) => contradiction(record, claim, said, sums, &totals, severity),
                None => Answer::Open,
            }
        }
        (Said::Percentage(said), Meaning::Share { part, wholes }) => {
            let Some(value) = sum(part) else {
                return Answer::Open;
            };
            let mut found: Option<(Agreement, &[usize], Value)> = None;
            for whole in wholes {
                let Some(of) = sum(whole) else {
                    return Answer::Open;
                };
                // A part is no share of what is less than it.
                if value.scaled() > of.scaled() {
                    continue;
                }
                match agreement(value, of, said) {
                    Agreement::Exact => return Answer::Agrees,
                    other => {
                        let nearer = found.as_ref().is_none_or(|(best, ..)| {
                            *best == Agreement::Wrong && other == Agreement::LastPlace
                        });
                        if nearer {
                            found = Some((other, whole, of));
                        }
                    }
                }
            }
            match found {
                Some((agreement, whole, of)) => {
                    share(record, claim, said, agreement, (part, value), (whole, of))
                }
                None => Answer::Open,
            }
        }
        (Said::All, Meaning::All { part, whole }) => match (sum(part), sum(whole)) {
            // What was carried in can make it more than all.
            (Some(part), Some(whole)) if part.scaled() >= whole.scaled() => Answer::Agrees,
            (Some(some), Some(all)) => all_of(record, claim, (part, some), (whole, all), severity),
            _ => Answer::Open,
        },
        _ => Answer::Open,
    }
}

/// Whether a number is said rightly: exactly, or as an amount that is rounded to the last digit it is said with, but not to none.
fn is_said(claim: &Claim, said: Value, total: Value) -> bool {
    let (Value::Amount(amount), Value::Amount(of)) = (said, total) else {
        return said == total;
    };
    if amount == of || amount.is_zero() {
        return amount == of;
    }
    let figure = claim.figure().and_then(|it| claim.place.text.get(it));
    let rounded = figure.and_then(|it| rounded(of, last_place(it)?));
    rounded == Some(amount)
}

/// At which decimal in 万元 the last digit of an amount stands: 2 in 1.25万元 and 12500.00元, -2 in 1.25亿元.
fn last_place(amount: &str) -> Option<i32> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let unit = amount.trim_start_matches(digits).trim();
    let Measure::Money(power) = measure(unit)? else {
        return None;
    };
    let number = amount.split(|c| !digits(c)).next()?;
    let decimals = number.split_once('.').map_or(0, |(_, it)| it.len());
    Some(i32::try_from(decimals).ok()? - power)
}

/// An amount to so many decimals; to tens, hundreds, … where that is negative.
fn rounded(amount: Decimal, decimals: i32) -> Option<Decimal> {
    let nearest = |it: Decimal, decimals| {
        it.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
    };
    match u32::try_from(decimals) {
        Ok(decimals) => Some(nearest(amount, decimals)),
        Err(_) => {
            let step = Decimal::from(10_u64.checked_pow(decimals.unsigned_abs())?);
            nearest(amount.checked_div(step)?, 0).checked_mul(step)
        }
    }
}

fn contradiction(
    record: &Record,
    claim: &Claim,
    said: Value,
    sums: &[Vec<usize>],
    totals: &[Value],
    severity: Severity,
) -> Answer {
    let form = record.form();
    let (Some(cells), Some(total)) = (sums.first(), totals.first()) else {
        return Answer::Open;
    };
    let Some(sides) = sides(said, *total) else {
        return Answer::Open;
    };
    let unit = cells
        .first()
        .and_then(|cell| form.indicator(*cell))
        .map_or("", |it| it.unit());
    let sums_of = sums.iter().zip(totals);
    let named: Vec<(Text, Value)> = sums_of
        .map(|(cells, total)| (names(form, cells), *total))
        .collect();
    let difference = sides[2].abs();
    let message =
        kind::n001_contradicted::message(&claim.place, &named, unit, difference, severity);
    let all = sums.iter().max_by_key(|cells| cells.len()).unwrap_or(cells);
    let mut finding = Finding::structural(
        kind::CONTRADICTED,
        shown_cells(record, all.iter().copied()),
        message,
    )
    .weighing(severity);
    finding.sides = Some(sides);
    finding.claim = Some(claim.place.clone());
    Answer::Contradicts(finding.into())
}

fn all_of(
    record: &Record,
    claim: &Claim,
    part: (&[usize], Value),
    whole: (&[usize], Value),
    severity: Severity,
) -> Answer {
    let form = record.form();
    let Some(sides) = sides(part.1, whole.1) else {
        return Answer::Open;
    };
    let message = kind::n001_contradicted::all_message(
        &claim.place,
        (&names(form, part.0), part.1),
        (&names(form, whole.0), whole.1),
        severity,
    );
    let cells = part.0.iter().chain(whole.0).copied();
    let mut finding = Finding::structural(kind::CONTRADICTED, shown_cells(record, cells), message)
        .weighing(severity);
    finding.sides = Some(sides);
    finding.claim = Some(claim.place.clone());
    Answer::Contradicts(finding.into())
}

fn share(
    record: &Record,
    claim: &Claim,
    said: Percentage,
    agreement: Agreement,
    part: (&[usize], Value),
    whole: (&[usize], Value),
) -> Answer {
    let form = record.form();
    let kind = match agreement {
        Agreement::Exact => return Answer::Agrees,
        Agreement::LastPlace => kind::LAST_PLACE,
        Agreement::Wrong => kind::WRONG_PERCENTAGE,
        Agreement::NoBase => kind::NO_BASE,
    };
    let derived = percentage(part.1, whole.1, said.decimals()).ok();
    let (name, of) = (names(form, part.0), names(form, whole.0));
    let base = (&of, whole.1);
    let message = match derived {
        Some(derived) => {
            let (part, derived) = ((&name, part.1), derived.to_string());
            kind::p001_wrong_percentage::claim_message(&claim.place, part, base, &derived)
        }
        None => kind::p003_no_base::claim_message(&claim.place, base),
    };
    let cells = part.0.iter().chain(whole.0).copied();
    let cells = shown_cells(record, cells);
    let mut finding = Finding::structural(kind, cells, message).weighing(Severity::Soft);
    finding.sides = derived.and_then(|derived| {
        let (said, derived) = (said.number(), derived.number());
        Some([said, derived, said.checked_sub(derived)?])
    });
    finding.claim = Some(claim.place.clone());
    Answer::Contradicts(finding.into())
}

// ---- sums ----

/// What a claim says as a value.
fn value(claim: &Claim) -> Option<Value> {
    match claim.said {
        Said::Value(value) => Some(value),
        _ => None,
    }
}

/// The cells that a claim is about first of all.
fn first_sum(claim: &Claim) -> Option<Vec<usize>> {
    match claim.meaning.as_ref()? {
        Meaning::Sum(sums) => sums.first().cloned(),
        Meaning::Share { .. } | Meaning::All { .. } => None,
    }
}

/// The sum of some cells; `None` where one is blank.
fn total_of(record: &Record, cells: &[usize]) -> Option<Value> {
    let values: Option<Vec<Value>> = cells.iter().map(|cell| record.value(*cell)).collect();
    total(values?.into_iter())
}

/// The sum of some values of one kind.
fn total(mut values: impl Iterator<Item = Value>) -> Option<Value> {
    let first = values.next()?;
    values.try_fold(first, |sum, value| match (sum, value) {
        (Value::Count(sum), Value::Count(value)) => sum.checked_add(value).map(Value::Count),
        (Value::Change(sum), Value::Change(value)) => sum.checked_add(value).map(Value::Change),
        (Value::Amount(sum), Value::Amount(value)) => {
            Decimal::checked_add(sum, value).map(Value::Amount)
        }
        _ => None,
    })
}

/// Both sides and the difference.
fn sides(left: Value, right: Value) -> Option<[Number; 3]> {
    let decimals = match (left, right) {
        (Value::Amount(_), Value::Amount(_)) => AMOUNT_DECIMALS,
        (Value::Amount(_), _) | (_, Value::Amount(_)) => return None,
        _ => 0,
    };
    let (left, right) = (left.scaled()?, right.scaled()?);
    Some([left, right, left - right].map(|side| Number::new(side, decimals)))
}

/// The names of cells, as a sentence has them.
pub(super) fn names(form: &Form, cells: &[usize]) -> Text {
    let names = cells
        .iter()
        .filter_map(|cell| Some(format!("“{}”", form.indicator(*cell)?.name())));
    let names: Vec<String> = names.collect();
    Text::new(names.concat(), names.join(" + "))
}

fn shown_cells(record: &Record, cells: impl Iterator<Item = usize>) -> Vec<Cell> {
    let shown =
        cells.filter_map(|index| Some(cell(record.form().indicator(index)?, record.value(index))));
    shown.collect()
}
