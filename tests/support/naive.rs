//! A second evaluator of rules, written apart from the engine: rationals of any size over names, straight from the tree.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use rust_decimal::Decimal;
use xxgk::Record;
use xxgk::form::Kind;
use xxgk::rule::{Atom, Comparison, Operator, Statement, Sum};

/// What stands in a cell, or may: between two numbers, where there are any.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    pub least: Option<BigRational>,
    pub most: Option<BigRational>,
}

pub type Cells<'a> = dyn Fn(&str) -> Range + 'a;

/// `Some(true)` where the statement holds, `Some(false)` where it does not, `None` where blanks leave it open. A comparison
/// is decided where every sign that its difference can have decides it alike.
pub fn holds(statement: &Statement, cells: &Cells) -> Option<bool> {
    match statement {
        Statement::Compare(it) => {
            let Range { least, most } = difference(it, cells);
            let zero = BigRational::zero();
            let (below, above) = (
                least.as_ref().is_none_or(|it| *it < zero),
                most.as_ref().is_none_or(|it| *it > zero),
            );
            let (not_above, not_below) = (
                least.as_ref().is_none_or(|it| *it <= zero),
                most.as_ref().is_none_or(|it| *it >= zero),
            );
            let can_be = [below, not_above && not_below, above];
            let [less, equal, more] = match it.operator {
                Operator::Equal => [false, true, false],
                Operator::NotEqual => [true, false, true],
                Operator::Less => [true, false, false],
                Operator::LessOrEqual => [true, true, false],
                Operator::Greater => [false, false, true],
                Operator::GreaterOrEqual => [false, true, true],
            };
            let signs = can_be.into_iter().zip([less, equal, more]);
            let mut verdicts = signs.filter(|(can_be, _)| *can_be).map(|(_, it)| it);
            let first = verdicts.next();
            first.filter(|first| verdicts.all(|it| it == *first))
        }
        Statement::Not(inner) => holds(inner, cells).map(|it| !it),
        Statement::If(condition, consequence) => any(&[
            holds(condition, cells).map(|it| !it),
            holds(consequence, cells),
        ]),
        Statement::Or(parts) => any(&parts
            .iter()
            .map(|part| holds(part, cells))
            .collect::<Vec<_>>()),
        Statement::And(parts) => any(&parts
            .iter()
            .map(|part| holds(part, cells).map(|it| !it))
            .collect::<Vec<_>>())
        .map(|it| !it),
    }
}

fn any(parts: &[Option<bool>]) -> Option<bool> {
    if parts.contains(&Some(true)) {
        Some(true)
    } else if parts.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// What left − right of a comparison can be.
pub fn difference(comparison: &Comparison, cells: &Cells) -> Range {
    let (mut factors, mut constant) = (BTreeMap::new(), BigRational::zero());
    let one = rational(Decimal::ONE);
    multiply_out(&comparison.left, &one, &mut factors, &mut constant);
    multiply_out(&comparison.right, &-one, &mut factors, &mut constant);
    add_up(&factors, constant, cells)
}

/// How often each cell counts in a sum.
fn multiply_out<'a>(
    sum: &'a Sum,
    times: &BigRational,
    factors: &mut BTreeMap<&'a str, BigRational>,
    constant: &mut BigRational,
) {
    for term in sum {
        let mut factor = times.clone();
        if let Some(coefficient) = term.coefficient {
            factor *= rational(coefficient);
        }
        if term.negative {
            factor = -factor;
        }
        match &term.atom {
            Atom::Key(key) => *factors.entry(key).or_insert_with(BigRational::zero) += factor,
            Atom::Number(number) => *constant += factor * rational(*number),
            Atom::Sum(inner) => multiply_out(inner, &factor, factors, constant),
        }
    }
}

fn add_up(factors: &BTreeMap<&str, BigRational>, constant: BigRational, cells: &Cells) -> Range {
    let mut sum = Range {
        least: Some(constant.clone()),
        most: Some(constant),
    };
    for (key, factor) in factors {
        if factor.is_zero() {
            continue;
        }
        let cell = cells(key);
        let (low, high) = if *factor > BigRational::zero() {
            (cell.least, cell.most)
        } else {
            (cell.most, cell.least)
        };
        sum.least = sum.least.zip(low).map(|(sum, it)| sum + it * factor);
        sum.most = sum.most.zip(high).map(|(sum, it)| sum + it * factor);
    }
    sum
}

pub fn rational(number: Decimal) -> BigRational {
    BigRational::new(
        number.mantissa().into(),
        BigInt::from(10).pow(number.scale()),
    )
}

/// What a cell or parameter of a record is or can be; an amount that no amount can be is as good as missing.
pub fn cell(record: &Record, key: &str) -> Range {
    match known(record, key) {
        Some(value) => Range {
            least: Some(value.clone()),
            most: Some(value),
        },
        None => {
            let form = record.form();
            let kind = form.indicator(form.cell(key).unwrap()).unwrap().kind();
            Range {
                least: (kind != Kind::Change).then(BigRational::zero),
                most: None,
            }
        }
    }
}

fn known(record: &Record, key: &str) -> Option<BigRational> {
    let parameters = record.form().parameters();
    if let Some(index) = parameters
        .iter()
        .position(|parameter| parameter.key() == key)
    {
        return Some(BigRational::from_integer(record.declared()[index].into()));
    }
    match record.get(key).unwrap()? {
        xxgk::Value::Count(count) => Some(BigRational::from_integer(count.into())),
        xxgk::Value::Change(change) => Some(BigRational::from_integer(change.into())),
        xxgk::Value::Amount(amount) => {
            let (amount, limit) = (
                rational(amount),
                BigRational::from_integer(BigInt::from(10).pow(15)),
            );
            let whole = (&amount * BigInt::from(100_000_000)).is_integer();
            (whole && amount >= BigRational::zero() && amount <= limit).then_some(amount)
        }
    }
}
