//! Percentages: shares and rates derived from cells, and percentages that a report states, checked at the decimals they
//! were printed with.
//!
//! ```
//! use xxgk::ratio::{Agreement, Base, Percentage, agreement, rate, share};
//! use xxgk::{Table, Value, nine_category::NineCategory};
//!
//! let mut table = NineCategory::default();
//! table.disclosure.total = Some(159);
//! table.disclosure.channels.wechat = Some(30);
//! table.requests.closed.total = Some(27);
//! table.requests.closed.on_time = Some(27);
//! let record = table.record(Default::default());
//!
//! let wechat = share(&record, "disclosure.channels.wechat", Base::RowAbove, 1)?.unwrap();
//! assert_eq!(wechat.to_string(), "18.9%");
//! assert_eq!(rate(&record, "on_time", 0)?.unwrap().to_string(), "100%");
//!
//! let stated: Percentage = "18.8%".parse()?;
//! assert_eq!(agreement(Value::Count(30), Value::Count(159), stated), Agreement::LastPlace);
//! # Ok::<(), xxgk::ratio::RatioError>(())
//! ```

use std::fmt;
use std::str::FromStr;

use crate::check::cell;
use crate::form::{Form, Indicator};
use crate::number::{Number, Value, power_of_ten};
use crate::record::{Record, RecordError};
use crate::report::Finding;
use crate::report::kind;
use crate::unicode::compatible;

/// A percentage has at most so many decimals.
pub const MAX_DECIMALS: u32 = 12;
/// A percentage is at most so many units of its last place, which keeps every product below 2¹²⁷.
const MAX_UNITS: i128 = 100_000_000_000_000;

/// A percentage as it is printed: a whole number of units of its last place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Percentage {
    units: i128,
    decimals: u32,
}

impl Percentage {
    /// The decimals that it is printed with.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// The number before the sign: 18.9 of 18.9%.
    #[must_use]
    pub fn number(self) -> Number {
        Number::new(self.units, self.decimals)
    }
}

impl fmt::Display for Percentage {
    /// With all its decimals: `50.0%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.decimals as usize;
        let digits = format!("{:0>width$}", self.units, width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let point = if decimals == 0 { "" } else { "." };
        write!(f, "{whole}{point}{fraction}%")
    }
}

impl FromStr for Percentage {
    type Err = RatioError;

    /// Reads `18.9%`, with full-width digits and signs too.
    fn from_str(text: &str) -> Result<Self, RatioError> {
        let refused = || RatioError::NotAPercentage(text.chars().take(40).collect());
        let plain = compatible(
            text.get(..text.len().min(64))
                .filter(|it| it.len() == text.len())
                .ok_or_else(refused)?,
        );
        let number = plain.strip_suffix('%').ok_or_else(refused)?.trim_end();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let well_formed =
            !whole.is_empty() && digits(whole) && digits(fraction) && !number.ends_with('.');
        let decimals = u32::try_from(fraction.len())
            .ok()
            .filter(|decimals| *decimals <= MAX_DECIMALS);
        let units = format!("{whole}{fraction}")
            .parse()
            .ok()
            .filter(|units| *units <= MAX_UNITS);
        match (decimals, units) {
            (Some(decimals), Some(units)) if well_formed => Ok(Percentage { units, decimals }),
            _ => Err(refused()),
        }
    }
}

/// Why there is no percentage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RatioError {
    /// A cell that the form does not have.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A share of a row that has none above it in the tree.
    #[error("`{0}` has no row with a value above it: name the base")]
    NoRowAbove(String),
    /// A rate that the form does not name.
    #[error("the form names no rate `{0}`")]
    UnknownRate(String),
    /// A share of things in money, or of money in things.
    #[error("a count is no share of an amount, nor an amount of a count")]
    OtherKind,
    /// The base is zero, or the value is so much larger that the percentage is out of range.
    #[error("no percentage follows from the base {0}")]
    NoBase(Value),
    /// More decimals than a percentage may have.
    #[error("{0} decimals: a percentage has at most 12")]
    Decimals(u32),
    /// A text that is no percentage.
    #[error("`{0}` is not a percentage such as 18.9%, of at most 12 decimals")]
    NotAPercentage(String),
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base<'a> {
    /// The next row above in the tree that holds a value, or the one that the form names: of a reason for refusal, all
    /// that was refused; of a channel, all that was disclosed.
    RowAbove,
    /// The highest row above in the tree that holds a value: of a reason for refusal, all that was answered.
    Total,
    /// The row of this key.
    Row(&'a str),
}

/// `part` as a percentage of `base`, rounded half up (四舍五入) to so many decimals.
///
/// # Errors
/// Where the base is zero, or one is a count and the other an amount.
pub fn percentage(part: Value, base: Value, decimals: u32) -> Result<Percentage, RatioError> {
    if decimals > MAX_DECIMALS {
        return Err(RatioError::Decimals(decimals));
    }
    let Some((part_units, base_units)) = integers(part, base)? else {
        return Err(RatioError::NoBase(base));
    };
    let step = 100 * power_of_ten(decimals).ok_or(RatioError::Decimals(decimals))?;
    let units = (2 * part_units * step + base_units) / (2 * base_units);
    if units > MAX_UNITS {
        return Err(RatioError::NoBase(base));
    }
    Ok(Percentage { units, decimals })
}

/// Both as integers of one unit; `None` where the base is zero, or one of them is no value that a cell may have.
fn integers(part: Value, base: Value) -> Result<Option<(i128, i128)>, RatioError> {
    if matches!(part, Value::Count(_)) != matches!(base, Value::Count(_)) {
        return Err(RatioError::OtherKind);
    }
    let both = part.scaled().zip(base.scaled());
    Ok(both.filter(|(part, base)| *part >= 0 && *base > 0))
}

/// How a stated percentage stands to the one that follows from its counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// It is that percentage, rounded half up.
    Exact,
    /// It is one unit in the last place away.
    LastPlace,
    /// It is further away.
    Wrong,
    /// The base is zero, or not of the part's kind: nothing follows.
    NoBase,
}

/// How a stated percentage stands to `part` of `base`: by cross-multiplication, never by dividing.
#[must_use]
pub fn agreement(part: Value, base: Value, stated: Percentage) -> Agreement {
    let (Ok(Some((part, base))), Some(step)) =
        (integers(part, base), power_of_ten(stated.decimals))
    else {
        return Agreement::NoBase;
    };
    // In half units of the last place: half up means from one below to one above, the upper end excluded.
    let exact = 200 * step * part;
    let within = |halves: i128| {
        (2 * stated.units - halves) * base <= exact && exact < (2 * stated.units + halves) * base
    };
    if within(1) {
        Agreement::Exact
    } else if within(3) {
        Agreement::LastPlace
    } else {
        Agreement::Wrong
    }
}

/// One cell as a share of another; `None` where one of them is blank.
///
/// # Errors
/// Where the form has no such row, or none above it, or the base is zero.
pub fn share(
    record: &Record,
    key: &str,
    base: Base<'_>,
    decimals: u32,
) -> Result<Option<Percentage>, RatioError> {
    let base = base_key(record.form(), key, base)?;
    match record.get(key)?.zip(record.get(base)?) {
        Some((part, base)) => percentage(part, base, decimals).map(Some),
        None => Ok(None),
    }
}

/// A rate that the form names, such as `on_time` (按时办结率); `None` where a cell of it is blank.
///
/// # Errors
/// Where the form names no such rate, or its base is zero.
pub fn rate(record: &Record, key: &str, decimals: u32) -> Result<Option<Percentage>, RatioError> {
    let rate = record.form().rates().iter().find(|rate| rate.key() == key);
    let rate = rate.ok_or_else(|| RatioError::UnknownRate(key.to_owned()))?;
    share(record, rate.part(), Base::Row(rate.base()), decimals)
}

/// Checks a percentage that is stated of a cell: `None` where it agrees, or a cell is blank.
///
/// # Errors
/// Where the form has no such row, none above it, or one is a count and the other an amount.
pub fn check_stated(
    record: &Record,
    key: &str,
    base: Base<'_>,
    stated: Percentage,
) -> Result<Option<Finding>, RatioError> {
    let base = base_key(record.form(), key, base)?;
    let Some((part, whole)) = record.get(key)?.zip(record.get(base)?) else {
        return Ok(None);
    };
    integers(part, whole)?;
    let indicator = |key: &str| record.form().indicator(record.form().cell(key)?);
    let (Some(row), Some(base)) = (indicator(key), indicator(base)) else {
        return Ok(None);
    };
    let derived = percentage(part, whole, stated.decimals).ok();
    Ok(finding((row, part), (base, whole), stated, derived))
}

fn finding(
    part: (&Indicator, Value),
    base: (&Indicator, Value),
    stated: Percentage,
    derived: Option<Percentage>,
) -> Option<Finding> {
    let kind = match agreement(part.1, base.1, stated) {
        Agreement::Exact => return None,
        Agreement::LastPlace => kind::LAST_PLACE,
        Agreement::Wrong => kind::WRONG_PERCENTAGE,
        Agreement::NoBase => kind::NO_BASE,
    };
    let [some, all] = [part, base].map(|(row, value)| (row.name(), value));
    let shown = stated.to_string();
    let message = match derived {
        Some(derived) => {
            kind::p001_wrong_percentage::message(some, all, &shown, &derived.to_string())
        }
        None => kind::p003_no_base::message(some.0, all, &shown),
    };
    let cells = vec![cell(part.0, Some(part.1)), cell(base.0, Some(base.1))];
    let mut finding = Finding::structural(kind, cells, message);
    finding.sides = derived.map(|derived| {
        let difference = Number::new(stated.units - derived.units, stated.decimals);
        [stated.number(), derived.number(), difference]
    });
    Some(finding)
}

/// The key of the base of a share.
fn base_key<'a>(form: &'a Form, key: &str, base: Base<'a>) -> Result<&'a str, RatioError> {
    if let Base::Row(key) = base {
        return Ok(key);
    }
    let indicator = form.cell(key).and_then(|cell| form.indicator(cell));
    let indicator = indicator.ok_or_else(|| RecordError::UnknownKey {
        form: form.id().to_owned(),
        key: key.to_owned(),
    })?;
    // A file may name shares in a circle.
    let mut above = std::iter::successors(form.share_base(indicator), |it| form.share_base(it))
        .take(form.cells());
    let found = if base == Base::Total {
        above.last()
    } else {
        above.next()
    };
    found
        .map(Indicator::key)
        .ok_or_else(|| RatioError::NoRowAbove(key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Table;
    use crate::nine_category::NineCategory;
    use crate::rule::Severity;

    fn stated(text: &str) -> Percentage {
        text.parse().unwrap()
    }

    #[test]
    fn half_is_rounded_up() {
        let of = |part, base, decimals| {
            percentage(Value::Count(part), Value::Count(base), decimals)
                .unwrap()
                .to_string()
        };
        assert_eq!(of(1, 8, 0), "13%");
        assert_eq!(of(1, 8, 1), "12.5%");
        assert_eq!(of(1, 200, 0), "1%");
        assert_eq!(of(1, 2, 2), "50.00%");
        assert_eq!(of(0, 5, 1), "0.0%");
        assert_eq!(of(216, 159, 1), "135.8%");
        assert_eq!(of(u64::MAX, u64::MAX, 12), "100.000000000000%");
        assert_eq!(of(1, u64::MAX, 12), "0.000000000000%");
    }

    #[test]
    fn a_percentage_is_read_as_it_is_printed() {
        for text in ["18.9%", "0%", "100.00%", "0.000000000001%"] {
            assert_eq!(stated(text).to_string(), text);
        }
        assert_eq!(stated("１８．９％").to_string(), "18.9%");
        for text in [
            "",
            "%",
            "18.9",
            "18.%",
            ".5%",
            "-1%",
            "1.5.2%",
            "1e5%",
            "0.0000000000001%",
            "1000000000000000%",
        ] {
            assert!(text.parse::<Percentage>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_stated_percentage_is_judged_at_its_own_decimals() {
        let of = |part, base, text| agreement(Value::Count(part), Value::Count(base), stated(text));
        assert_eq!(of(30, 159, "18.9%"), Agreement::Exact);
        assert_eq!(of(30, 159, "18.87%"), Agreement::Exact);
        assert_eq!(of(30, 159, "18.86%"), Agreement::LastPlace);
        assert_eq!(of(30, 159, "18.85%"), Agreement::Wrong);
        assert_eq!(of(30, 159, "19%"), Agreement::Exact);
        assert_eq!(of(1, 8, "13%"), Agreement::Exact);
        assert_eq!(of(1, 8, "12%"), Agreement::LastPlace);
        assert_eq!(of(1, 8, "14%"), Agreement::LastPlace);
        assert_eq!(of(1, 8, "15%"), Agreement::Wrong);
        assert_eq!(of(0, 0, "100%"), Agreement::NoBase);
        assert_eq!(of(0, 3, "0%"), Agreement::Exact);
    }

    #[test]
    fn a_share_finds_its_base_in_the_tree() {
        let mut table = NineCategory::default();
        table.requests.answered.total = Some(40);
        table.requests.answered.refused.total = Some(10);
        table.requests.answered.refused.trade_secret = Some(5);
        let record = table.record(Default::default());
        let of = |base| {
            share(&record, "requests.answered.refused.trade_secret", base, 1)
                .map(|it| it.unwrap().to_string())
        };
        assert_eq!(of(Base::RowAbove), Ok("50.0%".into()));
        assert_eq!(of(Base::Total), Ok("12.5%".into()));
        assert_eq!(
            share(&record, "requests.closed.on_time", Base::RowAbove, 1),
            Ok(None)
        );
        assert_eq!(
            share(&record, "requests.answered.total", Base::RowAbove, 1),
            Err(RatioError::NoRowAbove("requests.answered.total".into()))
        );
        assert_eq!(
            share(&record, "fees", Base::Row("requests.answered.total"), 1),
            Ok(None)
        );
    }

    #[test]
    fn a_wrong_percentage_is_a_finding() {
        let mut table = NineCategory::default();
        table.disclosure.total = Some(159);
        table.disclosure.channels.wechat = Some(30);
        let record = table.record(Default::default());
        let check = |text| {
            let found = check_stated(
                &record,
                "disclosure.channels.wechat",
                Base::RowAbove,
                stated(text),
            )
            .unwrap();
            found.map(|it| {
                (
                    it.rule.to_string(),
                    it.severity,
                    it.sides.unwrap().map(|side| side.to_string()),
                )
            })
        };
        assert_eq!(check("18.9%"), None);
        assert_eq!(
            check("18.8%"),
            Some((
                "P002".into(),
                Severity::Soft,
                ["18.8", "18.9", "-0.1"].map(String::from)
            ))
        );
        assert_eq!(
            check("19.8%"),
            Some((
                "P001".into(),
                Severity::Hard,
                ["19.8", "18.9", "0.9"].map(String::from)
            ))
        );
    }
}
