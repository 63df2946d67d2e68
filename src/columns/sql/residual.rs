//! In what residuals come out: one type for all rules of a form.

use super::dialect::Dialect;
use crate::number::power_of_ten;
use crate::rule::compile::{Linear, Node, Side};

/// Decimals have so many digits in every engine but Postgres, where they have any number.
const DIGITS: u32 = 38;

pub(super) enum Residual {
    /// Decimals, so many of the digits being behind the point.
    Decimal(u32),
    /// Where decimals are too short for what a rule may come to.
    Text,
}

impl Residual {
    /// The type for the comparisons among these statements; `most` is the largest value of a slot, without its sign.
    pub fn of<'a>(
        dialect: Dialect,
        statements: impl Iterator<Item = &'a Node>,
        most: &dyn Fn(usize) -> i128,
    ) -> Residual {
        let comparison = |node: &'a Node| match node {
            Node::Compare(linear) => Some(linear),
            _ => None,
        };
        let comparisons: Vec<&Linear> = statements.filter_map(comparison).collect();
        let decimals = comparisons.iter().map(|it| it.scale).max().unwrap_or(0);
        let fits = |linear: &&Linear| {
            let up = power_of_ten(decimals - linear.scale)?;
            let largest =
                largest(&linear.left, most)?.checked_add(largest(&linear.right, most)?)?;
            let limit = power_of_ten(DIGITS)?;
            (largest.checked_mul(up)? < limit).then_some(())
        };
        let all_fit = decimals < DIGITS && comparisons.iter().all(|it| fits(it).is_some());
        match all_fit || dialect == Dialect::Postgres {
            true => Residual::Decimal(decimals),
            false => Residual::Text,
        }
    }

    pub fn sql_type(&self, dialect: Dialect) -> String {
        match self {
            Residual::Decimal(decimals) => dialect.decimal(*decimals),
            Residual::Text => dialect.text().to_owned(),
        }
    }

    /// The residual of a rule that has none.
    pub fn none(&self, dialect: Dialect) -> String {
        match self {
            Residual::Decimal(0) => format!("CAST(NULL AS {})", dialect.wide()),
            _ => format!("CAST(NULL AS {})", self.sql_type(dialect)),
        }
    }

    /// The residual, from a difference in units of 10^−`scale`.
    pub fn of_units(&self, dialect: Dialect, units: &str, scale: u32) -> String {
        let as_text = || match scale {
            0 => format!("CAST({units} AS {})", dialect.text()),
            _ => format!("CAST({units} AS {}) || 'E-{scale}'", dialect.text()),
        };
        match self {
            Residual::Text => as_text(),
            Residual::Decimal(0) => units.to_owned(),
            Residual::Decimal(decimals) => {
                let value = match (dialect, scale) {
                    (_, 0) => units.to_owned(),
                    // It would keep six decimals of a product.
                    (Dialect::Spark, _) => as_text(),
                    // It has no product of its integers with decimals.
                    (Dialect::DuckDb, _) => {
                        let whole = dialect.decimal(0);
                        format!("CAST({units} AS {whole}) * {}", dialect.last_decimal(scale))
                    }
                    _ => format!("({units}) * {}", dialect.last_decimal(scale)),
                };
                format!("CAST({value} AS {})", dialect.decimal(*decimals))
            }
        }
    }
}

/// What a side cannot exceed, without its sign.
fn largest(side: &Side, most: &dyn Fn(usize) -> i128) -> Option<i128> {
    let terms = side.terms.iter();
    terms
        .map(|(slot, coefficient)| most(*slot).checked_mul(i128::from(*coefficient).abs()))
        .try_fold(side.constant.abs(), |sum, term| sum.checked_add(term?))
}
