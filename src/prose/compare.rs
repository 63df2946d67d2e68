//! Claims against a table: what it bears out, and a finding for each claim that it does not.

use rust_decimal::Decimal;

use super::{Claim, ClaimCounts, Claims, List, Meaning, Said, Who};
use crate::check::cell;
use crate::check::ratio::{Agreement, Percentage, agreement, percentage};
use crate::form::Form;
use crate::lang::{Lang, Text};
use crate::number::{AMOUNT_DECIMALS, Number, Value};
use crate::place::{Place, Within};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Finding};
use crate::rule::{Atom, Operator, Severity, Statement, Sum};

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
        let same =
            record.form().id() == self.form.id() && record.cells().len() == self.form.cells();
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
        }
        (counts, findings)
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
        let parts = parts_of(form, &first_sum(head)?)?;
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
            .map(|item| format!("“{}”", item.place.text))
            .collect();
        let message = Text::new(
            format!(
                "{}称“{}”，“其中”所列{}合计为{sum}，不等于{whole}，相差{}，请核对各数，或者写明还有其他情形。",
                spot(&head.place, Lang::Zh),
                head.place.text,
                shown.join(""),
                sides[2].abs()
            ),
            format!(
                "{} says “{}”, but what it lists behind 其中, {}, sums to {sum}, not to {whole}: a difference of {}. Check the numbers, or say that there are others.",
                spot(&head.place, Lang::En),
                head.place.text,
                shown.join(", "),
                sides[2].abs()
            ),
        );
        let mut finding = Finding::structural(
            kind::LIST_SUM,
            Severity::Soft,
            shown_cells(record, cells),
            message,
        );
        finding.sides = Some(sides);
        finding.claim = Some(head.place.clone());
        Some(finding)
    }
}

fn answer(record: &Record, claim: &Claim, meaning: &Meaning, severity: Severity) -> Answer {
    let sum = |cells: &[usize]| total_of(record, cells);
    match (claim.said, meaning) {
        (Said::Value(said), Meaning::Sum(sums)) => {
            let totals: Vec<Option<Value>> = sums.iter().map(|cells| sum(cells)).collect();
            if totals.contains(&Some(said)) {
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
    let (text, difference) = (&claim.place.text, sides[2].abs());
    let unit = cells
        .first()
        .and_then(|cell| form.indicator(*cell))
        .map_or("", |it| it.unit());
    let or = |lang: Lang| -> String {
        let others = sums.iter().zip(totals).skip(1);
        others
            .map(|(cells, total)| match lang {
                Lang::Zh => format!("，{}合计为{total}{unit}", names(form, cells, lang)),
                Lang::En => format!(", and {} {total}", names(form, cells, lang)),
            })
            .collect()
    };
    let zh = names(form, cells, Lang::Zh);
    let en = names(form, cells, Lang::En);
    let message = Text::new(
        format!(
            "{}称“{text}”，表中{zh}为{total}{unit}{}，相差{difference}{unit}，{}。",
            spot(&claim.place, Lang::Zh),
            or(Lang::Zh),
            remedy(severity, Lang::Zh)
        ),
        format!(
            "{} says “{text}”, but in the table {en} is {total}{}: a difference of {difference}. {}.",
            spot(&claim.place, Lang::En),
            or(Lang::En),
            remedy(severity, Lang::En)
        ),
    );
    let all = sums.iter().max_by_key(|cells| cells.len()).unwrap_or(cells);
    let mut finding = Finding::structural(
        kind::CONTRADICTED,
        severity,
        shown_cells(record, all.iter().copied()),
        message,
    );
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
    let named = |it: (&[usize], Value), lang| (names(form, it.0, lang), it.1);
    let message = |lang| {
        let ((part, some), (whole, all)) = (named(part, lang), named(whole, lang));
        match lang {
            Lang::Zh => format!(
                "{}称“{}”，表中{part}为{some}，{whole}为{all}，并非全部，{}。",
                spot(&claim.place, lang),
                claim.place.text,
                remedy(severity, lang)
            ),
            Lang::En => format!(
                "{} says “{}”, but in the table {part} is {some} and {whole} {all}, which is not all. {}.",
                spot(&claim.place, lang),
                claim.place.text,
                remedy(severity, lang)
            ),
        }
    };
    let cells = part.0.iter().chain(whole.0).copied();
    let mut finding = Finding::structural(
        kind::CONTRADICTED,
        severity,
        shown_cells(record, cells),
        Text::new(message(Lang::Zh), message(Lang::En)),
    );
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
    let (id, severity) = match agreement {
        Agreement::Exact => return Answer::Agrees,
        Agreement::LastPlace => (kind::LAST_PLACE, Severity::Soft),
        Agreement::Wrong => (kind::WRONG_PERCENTAGE, Severity::Soft),
        Agreement::NoBase => (kind::NO_BASE, Severity::Soft),
    };
    let derived = percentage(part.1, whole.1, said.decimals()).ok();
    let message = |lang| {
        let (name, of) = (names(form, part.0, lang), names(form, whole.0, lang));
        let (text, some, all) = (&claim.place.text, part.1, whole.1);
        let at = spot(&claim.place, lang);
        match (lang, derived) {
            (Lang::Zh, Some(derived)) => {
                format!(
                    "{at}称“{text}”，按表中{name}{some}、{of}{all}计算，应为{derived}，请核对。"
                )
            }
            (Lang::Zh, None) => {
                format!("{at}称“{text}”，表中{of}为{all}，比例无从计算，请核对。")
            }
            (Lang::En, Some(derived)) => format!(
                "{at} says “{text}”, but from {name}, {some}, and {of}, {all}, follows {derived}. Check it."
            ),
            (Lang::En, None) => format!(
                "{at} says “{text}”, but in the table {of} is {all}: no percentage follows from that. Check it."
            ),
        }
    };
    let cells = part.0.iter().chain(whole.0).copied();
    let mut finding = Finding::structural(
        id,
        severity,
        shown_cells(record, cells),
        Text::new(message(Lang::Zh), message(Lang::En)),
    );
    finding.sides = derived.and_then(|derived| {
        let (said, derived) = (said.number(), derived.number());
        Some([said, derived, minus(said, derived)?])
    });
    finding.claim = Some(claim.place.clone());
    Answer::Contradicts(finding.into())
}

// ---- words ----

/// Where in the text a claim stands, as the beginning of a sentence.
fn spot(place: &Place, lang: Lang) -> String {
    let (number, zh, en) = match &place.within {
        Some(Within::Paragraph(paragraph)) => (*paragraph, "段", "Paragraph"),
        _ => (place.line, "行", "Line"),
    };
    match lang {
        Lang::Zh => format!("正文第{number}{zh}"),
        Lang::En => format!("{en} {number} of the text"),
    }
}

/// What to do about a claim that the table does not bear out.
fn remedy(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Hard => lang.pick(
            "请核对是正文还是表有误",
            "Check whether the text or the table is wrong",
        ),
        Severity::Soft => lang.pick(
            "请核对两处的口径（是否为同一单位、同一时期的数），口径相同的请改正有误的一处",
            "Check whether both are of the same body and the same time; if they are, correct the one that is wrong",
        ),
    }
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

/// The cells that must sum to some others: themselves, where they are several; else those of a rule that says so.
pub(super) fn parts_of(form: &Form, whole: &[usize]) -> Option<Vec<usize>> {
    let [whole] = whole else {
        return Some(whole.to_vec());
    };
    let single = |sum: &Sum| -> Option<Vec<usize>> {
        let cell = |term: &crate::rule::Term| match (&term.atom, term.negative, term.coefficient) {
            (Atom::Key(key), false, None) => form.cell(key),
            _ => None,
        };
        sum.iter().map(cell).collect()
    };
    let mut instances = form.live_rules().flat_map(|rule| rule.instances());
    instances.find_map(|instance| match instance.statement() {
        Statement::Compare(it) if it.operator == Operator::Equal => {
            let (left, right) = (single(&it.left)?, single(&it.right)?);
            (left == [*whole] && right.len() > 1).then_some(right)
        }
        _ => None,
    })
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

/// The difference of two numbers that are printed with few decimals.
fn minus(left: Number, right: Number) -> Option<Number> {
    let ((left, decimals), (right, others)) = (left.parts(), right.parts());
    let scale = decimals.max(others);
    let up = |mantissa: i128, decimals| {
        crate::number::power_of_ten(scale - decimals)?.checked_mul(mantissa)
    };
    Some(Number::new(
        up(left, decimals)?.checked_sub(up(right, others)?)?,
        scale,
    ))
}

/// The names of cells, as a sentence has them.
fn names(form: &Form, cells: &[usize], lang: Lang) -> String {
    let names = cells
        .iter()
        .filter_map(|cell| Some(format!("“{}”", form.indicator(*cell)?.name())));
    names.collect::<Vec<_>>().join(lang.pick("", " + "))
}

fn shown_cells(record: &Record, cells: impl Iterator<Item = usize>) -> Vec<Cell> {
    let shown =
        cells.filter_map(|index| Some(cell(record.form().indicator(index)?, record.value(index))));
    shown.collect()
}
