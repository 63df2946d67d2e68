//! A statement over the cells of one form: keys become indexes, decimal coefficients integers.
//!
//! Every cell reaches the engine as an integer: a count as it is, an amount in units of 10⁻⁸ 万元. A comparison that
//! speaks of an amount counts everything in that unit. Coefficients are then multiplied by the smallest power of ten
//! that makes all of them whole. Nothing here can overflow: a cell is below 2⁹¹ in that unit, and the coefficients of a
//! side sum to at most 2³⁴, so that a side stays below 2¹²⁶.

use rust_decimal::Decimal;

use super::ast::{Atom, Comparison, Operator, Statement, Sum};
use super::outcome::Outcome;
use super::sides::{Range, Sides};
use crate::number::{AMOUNT_DECIMALS, AMOUNT_UNIT, power_of_ten};

/// The coefficients of one side may sum to this, without their signs, after the decimals are scaled away.
const MAX_COEFFICIENTS: i128 = 1 << 34;
/// A constant may be this large, after the decimals are scaled away.
const MAX_CONSTANT: i128 = 1_000_000_000_000_000_000_000_000_000;

/// A cell, without its sign, is narrow up to this, and so is a constant; and the coefficients of a narrow side sum to at
/// most [`NARROW_COEFFICIENTS`]: the side is then below 2⁶³.
pub(crate) const NARROW: i64 = 1 << 50;
const NARROW_COEFFICIENTS: i64 = 1 << 11;

/// Why a statement cannot be a rule of a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// The form has neither a row with a value nor a parameter of that key.
    #[error("the form has no row with a value, and no parameter, of the key `{0}`")]
    UnknownKey(String),
    /// The numbers of the rule are too large, or have too many decimals, to be computed exactly.
    #[error(
        "the numbers of the rule are too large or too fine: coefficients may sum to 2^34, constants reach 10^27, \
             counted in the last decimal of the rule"
    )]
    TooLarge,
}

/// What a key stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// Its index among the cells, then the parameters, of the form.
    pub index: usize,
    /// Whether it holds an amount rather than a count.
    pub amount: bool,
    /// Whether it may be negative, as a change may.
    pub signed: bool,
}

/// A statement ready to be evaluated, by comparisons of some kind.
#[derive(Clone, Debug)]
pub(crate) enum Node<C = Linear> {
    If(Box<(Node<C>, Node<C>)>),
    Or(Box<[Node<C>]>),
    And(Box<[Node<C>]>),
    Not(Box<Node<C>>),
    Compare(C),
}

/// A comparison of two linear sums, both in units of 10^−`scale`.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    pub left: Side,
    pub operator: Operator,
    pub right: Side,
    /// Left − right. Each cell stands once in it, and one that cancels out does not stand in it at all.
    pub net: Side,
    /// The slots of the comparison that may be negative.
    pub signed: Box<[usize]>,
    pub scale: u32,
    /// Whether the sides of narrow cells can be computed in 64 bits.
    narrow: bool,
}

/// Σ coefficient · cell + constant.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub terms: Box<[(usize, i64)]>,
    pub constant: i128,
}

impl Side {
    /// The value over these cells, or `None` where one of them is blank.
    fn value(&self, cells: &[Option<i128>]) -> Option<i128> {
        let mut sum = self.constant;
        for &(index, coefficient) in &self.terms {
            let cell = (*cells.get(index)?)?;
            match coefficient {
                // Nearly all are, and a checked multiplication of wide integers is slow.
                1 => sum += cell,
                -1 => sum -= cell,
                _ => sum += i128::from(coefficient) * cell,
            }
        }
        Some(sum)
    }

    /// What is known of the value over these cells. A blank cell is nothing or more; one of `signed` may also be less.
    pub fn range(&self, cells: &[Option<i128>], signed: &[usize]) -> Range {
        let mut range = Range::exact(self.constant);
        for &(index, coefficient) in &self.terms {
            let signed = || signed.contains(&index);
            match cells.get(index).copied().flatten() {
                Some(cell) => range.sum += i128::from(coefficient) * cell,
                None if coefficient == 0 => {}
                None => {
                    range.is_least &= coefficient > 0 && !signed();
                    range.is_most &= coefficient < 0 && !signed();
                }
            }
        }
        range
    }

    /// This side − another.
    fn minus(&self, other: &Side) -> Side {
        let mut terms = self.terms.to_vec();
        for (index, coefficient) in &other.terms {
            match terms.iter_mut().find(|(known, _)| known == index) {
                Some((_, sum)) => *sum -= coefficient,
                None => terms.push((*index, -coefficient)),
            }
        }
        terms.retain(|(_, coefficient)| *coefficient != 0);
        Side {
            terms: terms.into(),
            constant: self.constant - other.constant,
        }
    }

    fn is_narrow(&self) -> bool {
        let coefficients = self
            .terms
            .iter()
            .map(|(_, coefficient)| i128::from(*coefficient));
        coefficients.map(i128::abs).sum::<i128>() <= i128::from(NARROW_COEFFICIENTS)
            && self.constant.abs() <= i128::from(NARROW)
    }

    /// The value over narrow cells, where the side is narrow.
    fn narrow_value(&self, cells: &[i64]) -> Option<i64> {
        let mut sum = i64::try_from(self.constant).ok()?;
        for &(index, coefficient) in &self.terms {
            sum += coefficient * cells.get(index)?;
        }
        Some(sum)
    }
}

impl Linear {
    fn outcome(&self, cells: &[Option<i128>]) -> Outcome {
        match (self.left.value(cells), self.right.value(cells)) {
            (Some(left), Some(right)) => self.operator.holds(left, right).into(),
            _ => self.difference(cells).outcome(self.operator),
        }
    }

    /// What is known of left − right.
    pub fn difference(&self, cells: &[Option<i128>]) -> Range {
        self.net.range(cells, &self.signed)
    }

    /// Left, right, and left − right, where they show whether it holds.
    pub fn sides(&self, cells: &[Option<i128>]) -> Option<Sides> {
        let difference = self.difference(cells);
        if difference.outcome(self.operator) == Outcome::Undetermined {
            return None;
        }
        let [left, right] = [&self.left, &self.right].map(|side| side.range(cells, &self.signed));
        Some(Sides::new([left, right, difference], self.scale))
    }
}

impl<C> Node<C> {
    /// Whether this is so of every comparison.
    pub fn every(&self, is: &impl Fn(&C) -> bool) -> bool {
        match self {
            Node::Compare(comparison) => is(comparison),
            Node::If(parts) => parts.0.every(is) && parts.1.every(is),
            Node::And(parts) | Node::Or(parts) => parts.iter().all(|part| part.every(is)),
            Node::Not(inner) => inner.every(is),
        }
    }

    /// The same statement by comparisons of another kind; `None` where one cannot be made into that.
    pub fn try_map<'a, D>(&'a self, map: &impl Fn(&'a C) -> Option<D>) -> Option<Node<D>> {
        let all = |parts: &'a [Node<C>]| {
            parts
                .iter()
                .map(|part| part.try_map(map))
                .collect::<Option<Box<[_]>>>()
        };
        Some(match self {
            Node::Compare(comparison) => Node::Compare(map(comparison)?),
            Node::If(parts) => Node::If(Box::new((parts.0.try_map(map)?, parts.1.try_map(map)?))),
            Node::And(parts) => Node::And(all(parts)?),
            Node::Or(parts) => Node::Or(all(parts)?),
            Node::Not(inner) => Node::Not(Box::new(inner.try_map(map)?)),
        })
    }
}

impl Node {
    /// Whether the statement holds over these cells.
    pub fn outcome(&self, cells: &[Option<i128>]) -> Outcome {
        let fold = |parts: &[Node], start, join: fn(Outcome, Outcome) -> Outcome| {
            parts
                .iter()
                .fold(start, |sofar, part| join(sofar, part.outcome(cells)))
        };
        match self {
            Node::Compare(linear) => linear.outcome(cells),
            Node::If(parts) => !parts.0.outcome(cells) | parts.1.outcome(cells),
            Node::And(parts) => fold(parts, Outcome::Pass, |a, b| a & b),
            Node::Or(parts) => fold(parts, Outcome::Fail, |a, b| a | b),
            Node::Not(inner) => !inner.outcome(cells),
        }
    }

    /// Whether the statement holds over these cells, which are all there and narrow; `None` where the rule is not.
    pub fn holds(&self, cells: &[i64]) -> Option<bool> {
        Some(match self {
            Node::Compare(linear) => {
                let narrow = linear.narrow.then_some(linear)?;
                let left = narrow.left.narrow_value(cells)?;
                let right = narrow.right.narrow_value(cells)?;
                linear.operator.holds(left, right)
            }
            Node::If(parts) => !parts.0.holds(cells)? || parts.1.holds(cells)?,
            Node::And(parts) => parts
                .iter()
                .try_fold(true, |all, part| Some(all && part.holds(cells)?))?,
            Node::Or(parts) => parts
                .iter()
                .try_fold(false, |any, part| Some(any || part.holds(cells)?))?,
            Node::Not(inner) => !inner.holds(cells)?,
        })
    }

    /// Whether [`decisive`](Node::decisive) finds a comparison whenever the statement fails.
    pub fn has_sides(&self) -> bool {
        match self {
            Node::Compare(_) => true,
            Node::If(parts) => parts.1.has_sides(),
            Node::And(parts) => parts.iter().all(Node::has_sides),
            Node::Not(inner) => matches!(**inner, Node::Compare(_)),
            Node::Or(_) => false,
        }
    }

    /// The comparison whose sides show why the statement failed: its own, that of a consequence, the first that fails
    /// among several joined by `and`. An `or` has none, since all of its parts failed.
    pub fn decisive(&self, cells: &[Option<i128>]) -> Option<&Linear> {
        match self {
            Node::Compare(linear) => Some(linear),
            Node::If(parts) => parts.1.decisive(cells),
            Node::And(parts) => parts
                .iter()
                .find(|part| part.outcome(cells) == Outcome::Fail)?
                .decisive(cells),
            Node::Not(inner) => match &**inner {
                Node::Compare(linear) => Some(linear),
                _ => None,
            },
            Node::Or(_) => None,
        }
    }
}

/// Compiles a statement, with `slot` to look its keys up.
pub(crate) fn compile(
    statement: &Statement,
    slot: &dyn Fn(&str) -> Option<Slot>,
) -> Result<Node, CompileError> {
    let all = |parts: &[Statement]| {
        parts
            .iter()
            .map(|part| compile(part, slot))
            .collect::<Result<Box<[Node]>, _>>()
    };
    Ok(match statement {
        Statement::If(condition, consequence) => Node::If(Box::new((
            compile(condition, slot)?,
            compile(consequence, slot)?,
        ))),
        Statement::Or(parts) => Node::Or(all(parts)?),
        Statement::And(parts) => Node::And(all(parts)?),
        Statement::Not(inner) => Node::Not(Box::new(compile(inner, slot)?)),
        Statement::Compare(comparison) => Node::Compare(linear(comparison, slot)?),
    })
}

/// A factor on the way to an integer: `mantissa` × 10^−`scale`.
#[derive(Clone, Copy)]
struct Factor {
    mantissa: i128,
    scale: u32,
}

impl Factor {
    fn times(self, number: Decimal) -> Result<Factor, CompileError> {
        let number = number.normalize();
        Ok(Factor {
            mantissa: product(self.mantissa, number.mantissa())?,
            scale: self.scale + number.scale(),
        })
    }

    fn at(self, scale: u32) -> Result<i128, CompileError> {
        let up = scale.checked_sub(self.scale).and_then(power_of_ten);
        product(self.mantissa, up.ok_or(CompileError::TooLarge)?)
    }
}

/// A product that fits, and so does its opposite.
fn product(a: i128, b: i128) -> Result<i128, CompileError> {
    let product = a.checked_mul(b).filter(|product| *product != i128::MIN);
    product.ok_or(CompileError::TooLarge)
}

/// A sum multiplied out: a factor for each cell in it, and for each constant.
type Flat = Vec<(Option<Slot>, Factor)>;

fn flatten(
    sum: &Sum,
    outer: Factor,
    slot: &dyn Fn(&str) -> Option<Slot>,
    out: &mut Flat,
) -> Result<(), CompileError> {
    for term in sum {
        let mut factor = outer;
        if term.negative {
            factor.mantissa = -factor.mantissa;
        }
        if let Some(coefficient) = term.coefficient {
            factor = factor.times(coefficient)?;
        }
        match &term.atom {
            Atom::Key(key) => {
                let slot = slot(key).ok_or_else(|| CompileError::UnknownKey(key.clone()))?;
                out.push((Some(slot), factor));
            }
            Atom::Number(number) => out.push((None, factor.times(*number)?)),
            Atom::Sum(sum) => flatten(sum, factor, slot, out)?,
        }
    }
    Ok(())
}

fn linear(
    comparison: &Comparison,
    slot: &dyn Fn(&str) -> Option<Slot>,
) -> Result<Linear, CompileError> {
    let one = Factor {
        mantissa: 1,
        scale: 0,
    };
    let (mut left, mut right) = (Flat::new(), Flat::new());
    flatten(&comparison.left, one, slot, &mut left)?;
    flatten(&comparison.right, one, slot, &mut right)?;
    let both = || left.iter().chain(&right);
    let amounts = both().any(|(slot, _)| slot.is_some_and(|slot| slot.amount));
    let scale = both().map(|(_, factor)| factor.scale).max().unwrap_or(0);
    let slots = both().filter_map(|(slot, _)| *slot);
    let signed = slots.filter(|slot| slot.signed).map(|slot| slot.index);
    let signed = signed.collect();
    let (left, right) = (side(&left, scale, amounts)?, side(&right, scale, amounts)?);
    Ok(Linear {
        narrow: left.is_narrow() && right.is_narrow(),
        net: left.minus(&right),
        signed,
        left,
        operator: comparison.operator,
        right,
        scale: if amounts {
            scale + AMOUNT_DECIMALS
        } else {
            scale
        },
    })
}

/// One side in whole units; the same cell named twice has its factors added up.
fn side(flat: &Flat, scale: u32, amounts: bool) -> Result<Side, CompileError> {
    let unit = |amount: bool| {
        if amounts && !amount {
            i128::from(AMOUNT_UNIT)
        } else {
            1
        }
    };
    let (mut terms, mut constant, mut total) = (Vec::<(usize, i64)>::new(), 0_i128, 0_i128);
    for (slot, factor) in flat {
        let whole = factor.at(scale)?;
        let Some(slot) = slot else {
            constant = constant
                .checked_add(whole)
                .filter(|sum| (-MAX_CONSTANT..=MAX_CONSTANT).contains(sum))
                .ok_or(CompileError::TooLarge)?;
            continue;
        };
        total = total
            .checked_add(whole.abs())
            .filter(|sum| *sum <= MAX_COEFFICIENTS)
            .ok_or(CompileError::TooLarge)?;
        let coefficient =
            i64::try_from(whole * unit(slot.amount)).map_err(|_| CompileError::TooLarge)?;
        match terms.iter_mut().find(|(index, _)| *index == slot.index) {
            Some((_, sum)) => *sum += coefficient,
            None => terms.push((slot.index, coefficient)),
        }
    }
    Ok(Side {
        terms: terms.into(),
        constant: constant * unit(false),
    })
}
