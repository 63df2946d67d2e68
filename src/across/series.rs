//! Between years: a table beside that of the year before.
//!
//! The exact relations are rules of the form (`[[series]]` in its file): what was carried out is what is carried in. Beside
//! them stand three comparisons that ask for an explanation, whatever the form:
//!
//! - Y901, a copied report: many figures are those of the year before;
//! - Y902, a power of ten: the digits are those of the year before, moved, or an amount is written in 元;
//! - Y903, a large change, measured against the changes of the whole table.
//!
//! All of it is exact: ratios are compared as fractions, never divided.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::check::{cell, cells, finding, sides};
use crate::form::{Form, Indicator, Kind, Slot, SwitchedOff};
use crate::number::Value;
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Counts, Finding, Report};
use crate::rule::Outcome;

/// Smaller figures are often the same by chance, and change by large factors for no reason.
const SMALL: u64 = 10;
/// A copied report has so many figures of the year before at least, and they are half of all that are not small.
const COPIED: usize = 5;
/// Two figures of fewer significant digits are often the same digits by chance.
const DIGITS: u32 = 3;
/// A change is large that is so many times the median change of the table …
const TIMES: u128 = 10;
/// … and leads to, or from, a figure that is not small for an agency.
const LARGE: u64 = 100;
/// So many cells are shown in one finding.
const SHOWN: usize = 64;

/// Compares a table with that of the year before, which `previous_name` names in the findings.
///
/// The year before may be on another edition of the form: cells are compared by their keys, and a rule over a cell that it
/// does not have is undetermined. The report holds only what the comparison found; its counts are those of the rules
/// between years. To show it as one with the check of the table itself, see [`Report::merge`].
///
/// ```
/// use xxgk::national_2021::National2021;
/// use xxgk::{Record, Table, Value, series};
/// let form = National2021::form();
/// let (mut before, mut table) = (Record::new(form.clone()), Record::new(form.clone()));
/// before.set("requests.carried_out.total", Some(Value::Count(121)))?;
/// table.set("requests.carried_in.total", Some(Value::Count(118)))?;
/// let report = series::compare(&before, &table, "2023");
/// let finding = report.failed().next().unwrap();
/// assert_eq!((&*finding.rule, finding.sides.unwrap()), ("Y301", [118, 121, -3].map(|n| xxgk::Number::new(n, 0))));
/// assert_eq!(finding.cells[1].source.as_deref(), Some("2023"));
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[must_use]
pub fn compare(previous: &Record, current: &Record, previous_name: &str) -> Report {
    let form = current.form();
    let before = by_key(previous, form);
    let mut report = rules(form, current, &before, previous_name);
    let pairs = pairs(form, current, &before);
    let name: Arc<str> = previous_name.into();
    let mut soft = Vec::new();
    soft.extend(copied(&pairs, &name));
    let moved: Vec<bool> = pairs.iter().map(Pair::is_moved).collect();
    let median = median(&pairs);
    for (pair, moved) in pairs.iter().zip(moved) {
        if moved {
            soft.push(pair.moved_finding(&name));
        } else if let Some(median) = median {
            soft.extend(pair.large_finding(median, &name));
        }
    }
    report.findings.extend(soft);
    report
}

/// One step of a series of years.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step {
    /// Two years that follow each other, compared.
    Compared {
        /// The year before.
        from: u16,
        /// The year.
        to: u16,
        /// What the comparison found.
        report: Box<Report>,
    },
    /// Years are missing between these two, which are not compared.
    Gap {
        /// The last year before the gap.
        from: u16,
        /// The first year behind it.
        to: u16,
    },
    /// A year that there are several tables of: it is compared with no other.
    Twice {
        /// The year.
        year: u16,
    },
}

/// Compares the tables of several years, in any order, each with the year before. Each has a name for the findings.
///
/// ```
/// use xxgk::national_2021::National2021;
/// use xxgk::series::{Step, series};
/// use xxgk::{Record, Table};
/// let table = Record::new(National2021::form().clone());
/// let steps = series(&[(2024, "c", &table), (2021, "a", &table), (2022, "b", &table)]);
/// assert!(matches!(steps[0], Step::Compared { from: 2021, to: 2022, .. }));
/// assert_eq!(steps[1], Step::Gap { from: 2022, to: 2024 });
/// ```
#[must_use]
pub fn series(years: &[(u16, &str, &Record)]) -> Vec<Step> {
    let mut years = years.to_vec();
    years.sort_by_key(|(year, ..)| *year);
    let mut steps = Vec::new();
    let mut last: Option<(u16, Option<(&str, &Record)>)> = None;
    for tables in years.chunk_by(|(a, ..), (b, ..)| a == b) {
        let Some((year, name, table)) = tables.first() else {
            continue;
        };
        let one = (tables.len() == 1).then_some((*name, *table));
        if one.is_none() {
            steps.push(Step::Twice { year: *year });
        }
        match (last, one) {
            (Some((from, _)), _) if from + 1 < *year => steps.push(Step::Gap { from, to: *year }),
            (Some((from, Some((name, before)))), Some((_, table))) => steps.push(Step::Compared {
                from,
                to: *year,
                report: compare(before, table, name).into(),
            }),
            _ => {}
        }
        last = Some((*year, one));
    }
    steps
}

/// What the year before has in each cell of a form.
fn by_key(previous: &Record, form: &Form) -> Vec<Option<Value>> {
    let of_kind = |indicator: &Indicator| {
        let cell = previous.form().cell(indicator.key())?;
        let same = previous.form().indicator(cell)?.kind() == indicator.kind();
        previous.value(cell).filter(|_| same)
    };
    form.indicators().iter().map(of_kind).collect()
}

/// The rules between years.
fn rules(form: &Form, current: &Record, before: &[Option<Value>], name: &str) -> Report {
    let (mut slots, _) = cells(current);
    // What no amount can be is said where the table itself is checked; here it is as good as missing.
    slots.extend(before.iter().map(|value| value.and_then(Value::scaled)));
    let value = |slot: usize| match form.slot_at(slot) {
        Slot::Previous(cell) => before.get(cell).copied().flatten(),
        slot => current.slot(slot),
    };
    let name: Arc<str> = name.into();
    let source = |slot: usize| (slot >= form.cells()).then(|| name.clone());
    let (mut counts, mut findings) = (Counts::default(), Vec::new());
    let live = form.series().iter().filter(|rule| rule.off().is_none());
    for (rule, instance) in live.flat_map(|rule| rule.instances().iter().map(move |it| (rule, it)))
    {
        let outcome = instance.node.outcome(&slots);
        counts.add(outcome);
        if outcome != Outcome::Pass {
            let sides = sides(instance, &slots);
            let of_outcome = (outcome, sides);
            findings.push(finding(form, rule, instance, of_outcome, &value, &source));
        }
    }
    let off = form.series().iter().filter_map(|rule| {
        Some(SwitchedOff {
            rule: rule.id.clone(),
            reason: rule.off()?.clone(),
        })
    });
    Report {
        form: Some(form.shared_id()),
        counts,
        off: off.collect(),
        findings,
        ..Report::default()
    }
}

/// A cell that is filled in in both years, and that is no change.
struct Pair<'f> {
    indicator: &'f Indicator,
    values: [Value; 2],
    /// What stood there, and what stands there, in the unit of the engine: not negative.
    scaled: [u128; 2],
}

fn pairs<'f>(form: &'f Form, current: &Record, before: &[Option<Value>]) -> Vec<Pair<'f>> {
    let both = current.cells().iter().zip(before);
    let pair = |(indicator, (now, before)): (&'f Indicator, (&Option<Value>, &Option<Value>))| {
        let values = [(*before)?, (*now)?];
        let scaled = |value: Value| u128::try_from(value.scaled()?).ok();
        (indicator.kind() != Kind::Change).then_some(Pair {
            indicator,
            values,
            scaled: [scaled(values[0])?, scaled(values[1])?],
        })
    };
    form.indicators()
        .iter()
        .zip(both)
        .filter_map(pair)
        .collect()
}

impl Pair<'_> {
    /// So many items, or 万元, in the unit of the engine.
    fn units(&self, count: u64) -> u128 {
        let unit = match self.indicator.kind() {
            Kind::Amount => crate::number::AMOUNT_UNIT.unsigned_abs(),
            Kind::Count | Kind::Change | Kind::Heading => 1,
        };
        u128::from(count) * u128::from(unit)
    }

    fn larger(&self) -> u128 {
        self.scaled[0].max(self.scaled[1])
    }

    fn smaller(&self) -> u128 {
        self.scaled[0].min(self.scaled[1])
    }

    /// The larger figure over the smaller, where neither is 0.
    fn ratio(&self) -> Option<Fraction> {
        (self.smaller() > 0).then_some(Fraction(self.larger(), self.smaller()))
    }

    /// Whether the digits are those of the year before, with the point elsewhere; or an amount is about 10⁴ times the other,
    /// as 元 is of 万元.
    fn is_moved(&self) -> bool {
        let significant = |mut number: u128| {
            while number > 0 && number % 10 == 0 {
                number /= 10;
            }
            number
        };
        let [before, now] = self.scaled;
        let same = significant(before) == significant(now) && before != now;
        let moved = same && significant(now) >= 10_u128.pow(DIGITS - 1);
        let in_yuan = self.indicator.kind() == Kind::Amount
            && self.larger() >= self.units(LARGE)
            && self.ratio().is_some_and(|ratio| {
                // 10^3.5 lies between 3162 and 3163.
                ratio.compare(Fraction(3162, 1)) == Ordering::Greater
                    && ratio.compare(Fraction(31_623, 1)) == Ordering::Less
            });
        moved || in_yuan
    }

    fn cells(&self, name: &Arc<str>) -> Vec<Cell> {
        let [before, now] = self.values;
        let old = Cell {
            source: Some(name.clone()),
            ..cell(self.indicator, Some(before))
        };
        vec![cell(self.indicator, Some(now)), old]
    }

    fn moved_finding(&self, name: &Arc<str>) -> Finding {
        let (label, unit) = (self.indicator.name(), self.indicator.unit());
        let message = kind::y902_power_of_ten::message(label, unit, self.values);
        Finding::structural(kind::POWER_OF_TEN, self.cells(name), message)
    }

    /// The finding of a change that is large beside the median change of the table.
    fn large_finding(&self, median: Fraction, name: &Arc<str>) -> Option<Finding> {
        let ratio = self.ratio()?;
        let beyond = Fraction(ratio.0, ratio.1.checked_mul(TIMES)?);
        if beyond.compare(median) != Ordering::Greater || self.larger() < self.units(LARGE) {
            return None;
        }
        let (label, unit) = (self.indicator.name(), self.indicator.unit());
        let (times, usual) = (ratio.shown(), median.shown());
        let message = kind::y903_large_change::message(label, unit, self.values, &times, &usual);
        let cells = self.cells(name);
        Some(Finding::structural(kind::LARGE_CHANGE, cells, message))
    }
}

/// The finding of a table that repeats that of the year before.
fn copied(pairs: &[Pair<'_>], name: &Arc<str>) -> Option<Finding> {
    let not_small: Vec<&Pair<'_>> = pairs
        .iter()
        .filter(|pair| pair.larger() >= pair.units(SMALL))
        .collect();
    let same: Vec<&&Pair<'_>> = not_small
        .iter()
        .filter(|pair| pair.scaled[0] == pair.scaled[1])
        .collect();
    if same.len() < COPIED || 2 * same.len() < not_small.len() {
        return None;
    }
    let message = kind::y901_copied::message(SMALL, not_small.len(), same.len());
    let cells = same
        .iter()
        .take(SHOWN)
        .flat_map(|pair| pair.cells(name))
        .collect();
    Some(Finding::structural(kind::COPIED, cells, message))
}

/// The median of the ratios of the figures that are not small: half of the changes are no larger. `None` where there are
/// too few to speak of a usual change.
fn median(pairs: &[Pair<'_>]) -> Option<Fraction> {
    let not_small = pairs
        .iter()
        .filter(|pair| pair.larger() >= pair.units(SMALL));
    let mut ratios: Vec<Fraction> = not_small.filter_map(Pair::ratio).collect();
    ratios.sort_by(|a, b| a.compare(*b));
    let enough = ratios.len() >= COPIED;
    ratios.get(ratios.len() / 2).copied().filter(|_| enough)
}

/// A number as one integer over another, which is not 0.
#[derive(Clone, Copy)]
struct Fraction(u128, u128);

impl Fraction {
    /// Compares two fractions by their whole parts, then by the remainders turned over: nothing can overflow.
    fn compare(self, other: Fraction) -> Ordering {
        let (mut a, mut b, mut turned) = (self, other, false);
        loop {
            let order = (a.0 / a.1).cmp(&(b.0 / b.1));
            let (left, right) = (a.0 % a.1, b.0 % b.1);
            let order = match (order, left, right) {
                (Ordering::Equal, 0, 0) => Some(Ordering::Equal),
                (Ordering::Equal, 0, _) => Some(Ordering::Less),
                (Ordering::Equal, _, 0) => Some(Ordering::Greater),
                (Ordering::Equal, ..) => None,
                (order, ..) => Some(order),
            };
            match order {
                Some(order) if turned => return order.reverse(),
                Some(order) => return order,
                None => (a, b, turned) = (Fraction(a.1, left), Fraction(b.1, right), !turned),
            }
        }
    }

    /// The number with one decimal, the rest cut off.
    fn shown(self) -> String {
        let tenths = (self.0 % self.1).saturating_mul(10) / self.1;
        format!("{}.{tenths}", self.0 / self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_compared_exactly() {
        let most = u128::MAX;
        for (a, b, order) in [
            ((1, 3), (1, 3), Ordering::Equal),
            ((2, 6), (1, 3), Ordering::Equal),
            ((7, 2), (10, 3), Ordering::Greater),
            ((10, 3), (7, 2), Ordering::Less),
            ((most, most - 1), (most - 1, most - 2), Ordering::Less),
            ((most - 1, most - 2), (most, most - 1), Ordering::Greater),
            ((0, 5), (0, 7), Ordering::Equal),
        ] {
            assert_eq!(
                Fraction(a.0, a.1).compare(Fraction(b.0, b.1)),
                order,
                "{a:?} {b:?}"
            );
        }
        assert_eq!(Fraction(22, 7).shown(), "3.1");
    }
}
