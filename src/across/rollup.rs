//! Between levels: the figure of the level above is the sum of those of its parts.
//!
//! What is compared are the cells that add from level to level ([`Indicator::adds`]): staff and requests do, a topic that
//! several levels answered does not.

use std::sync::Arc;

use crate::check::cell;
use crate::form::{Indicator, Kind};
use crate::lang::Text;
use crate::number::{AMOUNT_DECIMALS, Number, Value};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Counts, Finding, Report};
use crate::rule::{Bound, Outcome};

/// So many parts are shown in one finding; all are counted.
const SHOWN: usize = 64;
/// So many parts are named as an explanation.
const NAMED: usize = 3;

/// One part of the level above.
#[derive(Clone, Copy, Debug)]
pub struct Child<'a> {
    /// What findings call it.
    pub name: &'a str,
    /// Its table; `None` where it has not reported, or could not be read.
    pub record: Option<&'a Record>,
    /// The year of its table, where that is known.
    pub year: Option<u16>,
}

impl<'a> Child<'a> {
    /// Its table, if that is of the same form and year as the level above.
    fn like(&self, parent: &Record, year: Option<u16>) -> Option<&'a Record> {
        let same_year = self.year.is_none() || year.is_none() || self.year == year;
        let like = |record: &&Record| same_year && record.form().id() == parent.form().id();
        self.record.filter(like)
    }
}

/// Compares a table with the sum of its parts.
///
/// Each cell of the parent that adds is one rule (U001): parent = Σ children, cell by cell, by key. Where a part is missing
/// or its cell is blank the rule is undetermined, unless what is there is already more than the parent has. U002 names the
/// parts that are missing, and U003 those whose table is of another form or year: they are not compared. `year` is that of
/// the parent, where it is known.
///
/// ```
/// use xxgk::rollup::{Child, rollup};
/// use xxgk::{Record, Table, Value, nine_category::NineCategory};
/// let with_staff = |staff| {
///     let mut record = Record::new(NineCategory::form().clone());
///     record.set("capacity.staff.total", Some(Value::Count(staff))).map(|()| record)
/// };
/// let (city, one, two) = (with_staff(8)?, with_staff(3)?, with_staff(4)?);
/// let child = |name, record| Child { name, record: Some(record), year: Some(2017) };
/// let report = rollup(&city, Some(2017), &[child("甲县", &one), child("乙县", &two)]);
/// let finding = report.failed().next().unwrap();
/// assert_eq!((&*finding.rule, finding.sides.unwrap()), ("U001", [8, 7, 1].map(|n| xxgk::Number::new(n, 0))));
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[must_use]
pub fn rollup(parent: &Record, year: Option<u16>, children: &[Child<'_>]) -> Report {
    let form = parent.form();
    let (mut counts, mut findings) = (Counts::default(), Vec::new());
    findings.extend(missing(children));
    findings.extend(unlike(parent, year, children));
    let children = children.iter();
    let children: Vec<_> = children
        .map(|it| (it.name, it.like(parent, year)))
        .collect();
    for (index, indicator) in form.indicators().iter().enumerate() {
        if !indicator.adds() {
            continue;
        }
        let sum = Sum::of(indicator, parent.value(index), &children);
        let outcome = sum.outcome();
        counts.add(outcome);
        if outcome != Outcome::Pass {
            findings.push(sum.finding(outcome));
        }
    }
    Report {
        form: Some(form.shared_id()),
        year,
        counts,
        findings,
        ..Report::default()
    }
}

/// The finding that names the parts which are missing.
fn missing(children: &[Child<'_>]) -> Option<Finding> {
    let names: Vec<&str> = children
        .iter()
        .filter(|child| child.record.is_none())
        .map(|child| child.name)
        .collect();
    if names.is_empty() {
        return None;
    }
    let message = kind::u002_missing_part::message(&names, children.len());
    Some(Finding::structural(kind::MISSING_PART, Vec::new(), message))
}

/// The finding that names the parts whose tables are of another form or year.
fn unlike(parent: &Record, year: Option<u16>, children: &[Child<'_>]) -> Option<Finding> {
    let is_unlike =
        |child: &&Child<'_>| child.record.is_some() && child.like(parent, year).is_none();
    let names: Vec<&str> = children
        .iter()
        .filter(is_unlike)
        .map(|child| child.name)
        .collect();
    let message = || kind::u003_unlike_part::message(&names);
    (!names.is_empty()).then(|| Finding::structural(kind::UNLIKE_PART, Vec::new(), message()))
}

/// One cell of the level above, and of its parts.
struct Sum<'a> {
    indicator: &'a Indicator,
    parent: Option<Value>,
    /// What each part has, in the order of the parts.
    parts: Vec<(&'a str, Option<Value>)>,
    /// The sum of what is there, in the unit of the engine; `None` where it is beyond all bounds.
    known: Option<i128>,
    /// Whether every part has a value.
    whole: bool,
}

impl<'a> Sum<'a> {
    fn of(
        indicator: &'a Indicator,
        parent: Option<Value>,
        children: &[(&'a str, Option<&'a Record>)],
    ) -> Self {
        let value = |record: Option<&Record>| {
            let record = record?;
            let value = record.value(record.form().cell(indicator.key())?)?;
            let same = value.kind() == indicator.kind();
            value.scaled().filter(|_| same).map(|_| value)
        };
        let parts: Vec<_> = children
            .iter()
            .map(|(name, record)| (*name, value(*record)))
            .collect();
        let mut there = parts.iter().filter_map(|(_, value)| (*value)?.scaled());
        Sum {
            indicator,
            parent: parent.filter(|value| value.scaled().is_some()),
            known: there.try_fold(0, i128::checked_add),
            whole: parts.iter().all(|(_, value)| value.is_some()),
            parts,
        }
    }

    /// The parent, the sum, and the distance between them.
    fn sides(&self) -> Option<[i128; 3]> {
        let (parent, sum) = (self.parent?.scaled()?, self.known?);
        Some([parent, sum, parent.checked_sub(sum)?])
    }

    fn outcome(&self) -> Outcome {
        match self.sides() {
            Some([_, _, difference]) if self.whole => (difference == 0).into(),
            // Counts and amounts only grow with what is missing; changes may fall.
            Some([_, _, difference]) if difference < 0 && self.indicator.kind() != Kind::Change => {
                Outcome::Fail
            }
            _ => Outcome::Undetermined,
        }
    }

    fn finding(&self, outcome: Outcome) -> Finding {
        let (name, unit) = (self.indicator.name(), self.indicator.unit());
        let scale = match self.indicator.kind() {
            Kind::Amount => AMOUNT_DECIMALS,
            Kind::Count | Kind::Change | Kind::Heading => 0,
        };
        let sides = self
            .sides()
            .map(|sides| sides.map(|side| Number::new(side, scale)));
        let message = match (outcome, sides) {
            (Outcome::Fail, Some(sides)) => {
                kind::u001_rollup::message(name, unit, sides, self.whole, &self.explanation())
            }
            _ => {
                let blank = self.parts.iter().filter(|(_, value)| value.is_none());
                let mut names: Vec<&str> = blank.map(|(name, _)| *name).take(SHOWN).collect();
                if self.parent.is_none() {
                    names.insert(0, "本级");
                }
                kind::u001_rollup::open_message(name, &names)
            }
        };
        let mut cells = vec![cell(self.indicator, self.parent)];
        cells.extend(self.parts.iter().take(SHOWN).map(|(name, value)| Cell {
            source: Some(Arc::from(*name)),
            ..cell(self.indicator, *value)
        }));
        let mut finding = Finding::structural(kind::ROLLUP, cells, message);
        finding.outcome = outcome;
        finding.sides = sides;
        if outcome == Outcome::Fail && !self.whole {
            finding.bounds = [Bound::Exact, Bound::AtLeast, Bound::AtMost];
        }
        finding
    }

    /// Which part would explain the difference, as further sentences; nothing where none would.
    fn explanation(&self) -> Text {
        let Some([_, _, difference]) = self.sides() else {
            return Text::default();
        };
        let parts = || {
            let known = self.parts.iter();
            known.filter_map(|(name, value)| Some((*name, (*value)?.scaled()?)))
        };
        let named = |explains: &dyn Fn(i128) -> bool| -> Vec<&str> {
            let found = parts().filter(|(_, part)| *part != 0 && explains(*part));
            found.map(|(name, _)| name).take(NAMED).collect()
        };
        // Ten times as much, or a ten-thousandth: a digit too many, or 元 for 万元.
        let shifted = |part: i128| {
            [10, 10_000].into_iter().any(|power| {
                let grown = part.checked_mul(power - 1) == Some(difference);
                grown || (part % power == 0 && part / power - part == difference)
            })
        };
        let mut out = Text::default();
        for (names, zh, en) in [
            (
                named(&|part| part == -difference),
                "的数可能漏加了",
                "may have been left out",
            ),
            (
                named(&|part| part == difference),
                "的数可能加了两次",
                "may have been counted twice",
            ),
            (
                named(&shifted),
                "的数可能差了10倍或10000倍",
                "may be off by a power of ten",
            ),
        ] {
            if !names.is_empty() {
                out.zh += &format!("“{}”{zh}。", names.join("”“"));
                out.en += &format!(" “{}” {en}.", names.join("”, “"));
            }
        }
        out
    }
}
