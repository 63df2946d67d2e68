//! A second evaluator of rules, written apart from the engine: rationals of any size over names, straight from the tree.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use rust_decimal::Decimal;
use xxgk::Record;
use xxgk::rule::{Atom, Operator, Statement, Sum};

pub type Cells<'a> = dyn Fn(&str) -> Option<BigRational> + 'a;

/// `Some(true)` where the statement holds, `Some(false)` where it does not, `None` where blanks leave it open.
pub fn holds(statement: &Statement, cells: &Cells) -> Option<bool> {
    match statement {
        Statement::Compare(it) => {
            let (left, right) = (value(&it.left, cells)?, value(&it.right, cells)?);
            Some(match it.operator {
                Operator::Equal => left == right,
                Operator::NotEqual => left != right,
                Operator::Less => left < right,
                Operator::LessOrEqual => left <= right,
                Operator::Greater => left > right,
                Operator::GreaterOrEqual => left >= right,
            })
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

pub fn value(sum: &Sum, cells: &Cells) -> Option<BigRational> {
    let mut total = BigRational::zero();
    for term in sum {
        let atom = match &term.atom {
            Atom::Key(key) => cells(key)?,
            Atom::Number(number) => rational(*number),
            Atom::Sum(sum) => value(sum, cells)?,
        };
        let product = term
            .coefficient
            .map_or(atom.clone(), |coefficient| rational(coefficient) * &atom);
        total = if term.negative {
            total - product
        } else {
            total + product
        };
    }
    Some(total)
}

pub fn rational(number: Decimal) -> BigRational {
    BigRational::new(
        number.mantissa().into(),
        BigInt::from(10).pow(number.scale()),
    )
}

/// The cells and parameters of a record by name; an amount that no amount can be is as good as missing.
pub fn cell(record: &Record, key: &str) -> Option<BigRational> {
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
