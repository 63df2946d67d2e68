//! The engine: a record and the rules of its form, to a report. [`ratio`]: percentages.

pub mod ratio;

use std::sync::Arc;

use crate::form::{Form, Indicator, Instance, Rule, Slot};
use crate::lang::Text;
use crate::number::{Number, Value, scaled_amount, short_amount};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Counts, Declared, Finding, Report};
use crate::rule::compile::NARROW;
use crate::rule::{Bound, Outcome, Sides};

/// Checks a record against every rule of its form.
///
/// ```
/// use xxgk::{Record, Table, Value, Verdict, check, nine_category::NineCategory};
/// let mut record = Record::new(NineCategory::form().clone());
/// for cell in NineCategory::form().indicators() {
///     let zero = if cell.unit() == "万元" { Value::Amount(0.into()) } else { Value::Count(0) };
///     record.set(cell.key(), Some(zero))?;
/// }
/// record.set("requests.received.total", Some(Value::Count(1)))?;
/// let report = check(&record);
/// assert_eq!(report.verdict(), Verdict::Inconsistent);
/// let finding = report.finding("R301").unwrap();
/// assert_eq!(finding.sides.unwrap(), [1, 0, 1]);
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[must_use]
pub fn check(record: &Record) -> Report {
    let form = record.form();
    if surely_passes(record) {
        return all_passed(form);
    }
    let (cells, mut findings) = cells(record);
    let mut counts = Counts::default();
    for (rule, instance) in form.instances() {
        let outcome = instance.node.outcome(&cells);
        counts.add(outcome);
        if outcome != Outcome::Pass {
            let said = (outcome, sides(instance, &cells));
            let value = |slot| record.slot(form.slot_at(slot));
            findings.push(finding(form, rule, instance, said, &value, &|_| None));
        }
    }
    Report {
        counts,
        findings,
        ..all_passed(form)
    }
}

/// Whether every cell is filled in, none is large, and every rule holds: what is so of most tables, found out at once.
fn surely_passes(record: &Record) -> bool {
    let narrow = |value: i64| (-NARROW..=NARROW).contains(&value).then_some(value);
    let cell = |value: &Option<Value>| match (*value)? {
        Value::Count(count) => i64::try_from(count).ok().and_then(narrow),
        Value::Change(change) => narrow(change),
        Value::Amount(amount) => short_amount(amount)
            .and_then(|amount| i64::try_from(amount).ok())
            .and_then(narrow),
    };
    let declared = record.declared().iter().map(|it| Some(Value::Count(*it)));
    let mut cells = Vec::with_capacity(record.cells().len() + record.declared().len());
    for value in record.cells().iter().copied().chain(declared) {
        match cell(&value) {
            Some(value) => cells.push(value),
            None => return false,
        }
    }
    let mut instances = record.form().instances();
    instances.all(|(_, instance)| instance.node.holds(&cells) == Some(true))
}

/// What became of one rule over a record.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Evaluation<'a> {
    /// The rule.
    pub rule: &'a Arc<Rule>,
    /// The row or column of which it is said.
    pub instance: &'a Instance,
    /// What became of it.
    pub outcome: Outcome,
    /// Left, right, and left − right of the comparison that decides it; `None` where no one comparison does.
    pub sides: Option<[Number; 3]>,
    /// How each of the sides stands to the true one, where cells are blank.
    pub bounds: [Bound; 3],
}

/// Every rule of the record's form, those that hold too, with its sides.
///
/// ```
/// use xxgk::{Outcome, Table, evaluate, nine_category::NineCategory};
/// let mut table = NineCategory::default();
/// table.capacity.staff.total = Some(3);
/// let record = table.record(Default::default());
/// let staff = evaluate(&record).find(|it| it.rule.id() == "R803").unwrap();
/// assert_eq!(staff.outcome, Outcome::Pass);
/// assert_eq!(staff.sides.unwrap(), [3, 1, 2]);
/// ```
pub fn evaluate(record: &Record) -> impl Iterator<Item = Evaluation<'_>> {
    let (cells, _) = cells(record);
    record.form().instances().map(move |(rule, instance)| {
        let sides = sides(instance, &cells);
        Evaluation {
            rule,
            instance,
            outcome: instance.node.outcome(&cells),
            sides: sides.map(|sides| sides.numbers),
            bounds: sides.map_or([Bound::Exact; 3], |sides| sides.bounds),
        }
    })
}

/// The report on a record of which it is known that every rule holds.
pub(crate) fn all_passed(form: &Form) -> Report {
    let rules = form.live();
    let counts = Counts {
        rules,
        passed: rules,
        ..Counts::default()
    };
    Report {
        form: Some(form.shared_id()),
        counts,
        off: form.switched_off().to_vec(),
        ..Report::default()
    }
}

pub(crate) fn sides(instance: &Instance, cells: &[Option<i128>]) -> Option<Sides> {
    instance.node.decisive(cells)?.sides(cells)
}

/// The integers that the rules compute with, cells first and parameters behind them, and a finding for each amount that
/// no amount can be: it is then missing. (A count that no count can be is kept out by its type.)
pub(crate) fn cells(record: &Record) -> (Vec<Option<i128>>, Vec<Finding>) {
    let mut cells = Vec::with_capacity(record.cells().len() + record.declared().len());
    let mut findings = Vec::new();
    for (index, value) in record.cells().iter().enumerate() {
        cells.push(match value {
            None => None,
            Some(Value::Count(count)) => Some(i128::from(*count)),
            Some(Value::Change(change)) => Some(i128::from(*change)),
            Some(Value::Amount(amount)) => {
                let scaled = scaled_amount(*amount);
                let valid = scaled.filter(|amount| *amount >= 0);
                if let (None, Some(row)) = (valid, record.form().indicator(index)) {
                    findings.push(out_of_domain(row, Value::Amount(*amount), scaled.is_some()));
                }
                valid
            }
        });
    }
    cells.extend(
        record
            .declared()
            .iter()
            .map(|count| Some(i128::from(*count))),
    );
    (cells, findings)
}

fn out_of_domain(row: &Indicator, value: Value, negative: bool) -> Finding {
    let name = row.name();
    let (kind, message) = if negative {
        let message = kind::s003_negative::amount_message(name, value);
        (kind::NEGATIVE, message)
    } else {
        let message = kind::s011_out_of_range::amount_message(name, value);
        (kind::OUT_OF_RANGE, message)
    };
    Finding::structural(kind, vec![cell(row, Some(value))], message)
}

/// A cell as findings show it; its place is filled in by whoever read it.
pub(crate) fn cell(row: &Indicator, value: Option<Value>) -> Cell {
    Cell {
        key: Some(row.key.clone()),
        code: Some(row.code.clone()),
        label: row.name.clone(),
        value,
        source: None,
        place: None,
    }
}

/// The finding of an instance that does not pass, over what stands in its slots, and the document that each slot is of, if
/// it is another.
pub(crate) fn finding(
    form: &Form,
    rule: &Rule,
    instance: &Instance,
    (outcome, sides): (Outcome, Option<Sides>),
    value: &dyn Fn(usize) -> Option<Value>,
    source: &dyn Fn(usize) -> Option<Arc<str>>,
) -> Finding {
    let slots = instance.slots.iter().copied();
    let in_slot = |slot: usize| {
        let indicator = form.indicator(form.slot_at(slot).cell()?)?;
        Some(Cell {
            source: source(slot),
            ..cell(indicator, value(slot))
        })
    };
    let cells: Vec<Cell> = slots.clone().filter_map(in_slot).collect();
    let declared = slots.filter_map(|slot| {
        let Slot::Parameter(parameter) = form.slot_at(slot) else {
            return None;
        };
        let parameter = form.parameters().get(parameter)?;
        match value(slot)? {
            Value::Count(value) if value > 0 => Some(Declared {
                key: parameter.key.clone(),
                label: parameter.label.clone(),
                value,
            }),
            _ => None,
        }
    });
    let message = match outcome {
        Outcome::Undetermined => undetermined(&cells),
        Outcome::Fail | Outcome::Pass => {
            let mut message = instance.message(sides.as_ref(), value);
            whatever_blanks_hold(&mut message, &cells);
            message
        }
    };
    Finding {
        rule: rule.id.clone(),
        instance: Some(instance.id.clone()),
        severity: rule.severity(),
        outcome,
        statement: Some(instance.text.clone()),
        basis: Some(rule.basis.clone()),
        sides: sides.map(|sides| sides.numbers),
        bounds: sides.map_or([Bound::Exact; 3], |sides| sides.bounds),
        declared: declared.collect(),
        claim: None,
        cells,
        message,
    }
}

/// What is said where blank cells leave a rule open.
fn undetermined(cells: &[Cell]) -> Text {
    let [zh, en] = blank(cells);
    Text::new(
        format!("缺少{zh}的数值，请补填后再审核。"),
        format!("{en} missing: fill in and check again."),
    )
}

/// Says behind a message that the rule fails in spite of its blank cells.
fn whatever_blanks_hold(message: &mut Text, cells: &[Cell]) {
    let [zh, en] = blank(cells);
    if !zh.is_empty() {
        message.zh += &format!("{zh}空白，但无论补填什么数，本条都不能成立。");
        message.en += &format!(" {en} blank: whatever is filled in, this cannot hold.");
    }
}

/// The names of the blank cells, in both languages.
fn blank(cells: &[Cell]) -> [String; 2] {
    let missing = cells.iter().filter(|cell| cell.value.is_none());
    let names: Vec<String> = missing
        .map(|cell| match &cell.source {
            None => format!("“{}”", cell.label),
            Some(source) => format!("“{}”（{source}）", cell.label),
        })
        .collect();
    [names.join(""), names.join(", ")]
}
