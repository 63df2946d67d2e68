//! Linear constraints, and what joins them.

use super::Limit;
use crate::rule::Operator;
use crate::rule::compile::{Linear, Node};

/// Σ coefficient · variable + constant, which is 0, or at least 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Constraint {
    /// By variable; no coefficient is 0.
    pub terms: Vec<(usize, i128)>,
    pub constant: i128,
    /// Whether the sum is 0, rather than at least 0.
    pub equal: bool,
}

/// What a constraint without variables says.
pub(crate) enum Simplified {
    Always,
    Never,
    Open(Constraint),
}

impl Constraint {
    /// The coefficient of a variable, 0 where it does not occur.
    pub fn coefficient(&self, variable: usize) -> i128 {
        let at = self.terms.binary_search_by_key(&variable, |term| term.0);
        at.ok()
            .and_then(|at| self.terms.get(at))
            .map_or(0, |term| term.1)
    }

    /// The sum that is `by` · this + `other_by` · other; an equality if both are.
    pub fn combined(&self, by: i128, other: &Constraint, other_by: i128) -> Result<Self, Limit> {
        // The opposite of each has to fit too.
        let fits = |number: &i128| *number != i128::MIN;
        let times = |a: i128, b: i128| a.checked_mul(b).filter(fits).ok_or(Limit);
        let plus = |a: i128, b: i128| a.checked_add(b).filter(fits).ok_or(Limit);
        let mut terms = Vec::with_capacity(self.terms.len() + other.terms.len());
        let (mut left, mut right) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        loop {
            let (variable, sum) = match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some(&&(one, _)), Some(&&(two, _))) if one == two => {
                    let (a, b) = (left.next(), right.next());
                    let a = times(a.map_or(0, |it| it.1), by)?;
                    (one, plus(a, times(b.map_or(0, |it| it.1), other_by)?)?)
                }
                (Some(&&(one, a)), two) if two.is_none_or(|two| one < two.0) => {
                    left.next();
                    (one, times(a, by)?)
                }
                (_, Some(&&(two, b))) => {
                    right.next();
                    (two, times(b, other_by)?)
                }
                (Some(_), None) => break,
            };
            if sum != 0 {
                terms.push((variable, sum));
            }
        }
        Ok(Constraint {
            terms,
            constant: plus(times(self.constant, by)?, times(other.constant, other_by)?)?,
            equal: self.equal && other.equal,
        })
    }

    /// The same with coefficients that have no common divisor, which for integers may be tighter.
    pub fn simplified(mut self) -> Simplified {
        let mut divisor = 0;
        for (_, coefficient) in &self.terms {
            divisor = gcd(divisor, *coefficient);
            if divisor == 1 {
                return Simplified::Open(self);
            }
        }
        if divisor == 0 {
            let holds = match self.equal {
                true => self.constant == 0,
                false => self.constant >= 0,
            };
            return if holds {
                Simplified::Always
            } else {
                Simplified::Never
            };
        }
        if self.equal && self.constant % divisor != 0 {
            return Simplified::Never;
        }
        for term in &mut self.terms {
            term.1 /= divisor;
        }
        self.constant = self.constant.div_euclid(divisor);
        Simplified::Open(self)
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    // A coefficient's opposite fits, and so does a divisor.
    i128::try_from(a).unwrap_or(1)
}

/// Constraints joined by *all* and *any*; `All` of nothing holds, `Any` of nothing does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Formula {
    Holds(Constraint),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

impl Formula {
    /// The statement of a rule, over its slots; its opposite where it is not to hold.
    pub fn of(node: &Node, holds: bool) -> Self {
        let all = |parts: &[Node]| parts.iter().map(|part| Formula::of(part, holds)).collect();
        match node {
            Node::Compare(linear) => Formula::comparison(linear, holds),
            Node::Not(inner) => Formula::of(inner, !holds),
            Node::If(parts) => {
                let parts = vec![Formula::of(&parts.0, !holds), Formula::of(&parts.1, holds)];
                match holds {
                    true => Formula::Any(parts),
                    false => Formula::All(parts),
                }
            }
            Node::And(parts) if holds => Formula::All(all(parts)),
            Node::And(parts) => Formula::Any(all(parts)),
            Node::Or(parts) if holds => Formula::Any(all(parts)),
            Node::Or(parts) => Formula::All(all(parts)),
        }
    }

    fn comparison(linear: &Linear, holds: bool) -> Self {
        use Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let difference = |sign| difference(linear, sign);
        let at_least = |sign, by| {
            let sum = difference(sign);
            Formula::Holds(Constraint {
                constant: sum.constant - by,
                ..sum
            })
        };
        match (linear.operator, holds) {
            (Equal, true) | (NotEqual, false) => Formula::Holds(Constraint {
                equal: true,
                ..difference(1)
            }),
            (Equal, false) | (NotEqual, true) => {
                Formula::Any(vec![at_least(1, 1), at_least(-1, 1)])
            }
            (Less, true) | (GreaterOrEqual, false) => at_least(-1, 1),
            (LessOrEqual, true) | (Greater, false) => at_least(-1, 0),
            (Greater, true) | (LessOrEqual, false) => at_least(1, 1),
            (GreaterOrEqual, true) | (Less, false) => at_least(1, 0),
        }
    }

    /// What is left of it where some variables are known; the others are numbered by `seen`.
    pub fn given(&self, seen: &dyn Fn(usize) -> Seen) -> Result<Formula, Limit> {
        Ok(match self {
            Formula::Holds(constraint) => {
                let mut left = Constraint {
                    terms: Vec::new(),
                    ..*constraint
                };
                for (variable, coefficient) in &constraint.terms {
                    match seen(*variable) {
                        Seen::Unknown(number) => left.terms.push((number, *coefficient)),
                        Seen::Known(value) => {
                            let product = coefficient.checked_mul(value);
                            let sum = product.and_then(|it| left.constant.checked_add(it));
                            left.constant = sum.ok_or(Limit)?;
                        }
                    }
                }
                left.terms.sort_unstable();
                match left.simplified() {
                    Simplified::Always => Formula::All(Vec::new()),
                    Simplified::Never => Formula::Any(Vec::new()),
                    Simplified::Open(left) => Formula::Holds(left),
                }
            }
            Formula::All(parts) => Self::joined(parts, seen, true)?,
            Formula::Any(parts) => Self::joined(parts, seen, false)?,
        })
    }

    fn joined(
        parts: &[Formula],
        seen: &dyn Fn(usize) -> Seen,
        all: bool,
    ) -> Result<Formula, Limit> {
        let mut left = Vec::with_capacity(parts.len());
        for part in parts {
            match part.given(seen)? {
                Formula::All(parts) if all => left.extend(parts),
                Formula::Any(parts) if !all => left.extend(parts),
                // One part decides the whole.
                decided @ (Formula::All(_) | Formula::Any(_)) if decided.is_decided() => {
                    return Ok(decided);
                }
                part => left.push(part),
            }
        }
        if left.len() == 1 {
            return left.pop().ok_or(Limit);
        }
        Ok(match all {
            true => Formula::All(left),
            false => Formula::Any(left),
        })
    }

    /// Whether nothing satisfies it, as far as can be seen.
    pub fn is_false(&self) -> bool {
        matches!(self, Formula::Any(parts) if parts.is_empty())
    }

    fn is_decided(&self) -> bool {
        matches!(self, Formula::All(parts) | Formula::Any(parts) if parts.is_empty())
    }
}

/// What is known of a variable.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Seen {
    Known(i128),
    /// It goes by this number.
    Unknown(usize),
}

/// Left − right, times `sign`, which is 1 or −1. It is as small as the sides of a rule are: see
/// [`compile`](crate::rule::compile).
fn difference(linear: &Linear, sign: i128) -> Constraint {
    let terms = linear.net.terms.iter();
    let terms = terms.map(|&(slot, coefficient)| (slot, i128::from(coefficient) * sign));
    let mut terms: Vec<_> = terms.collect();
    terms.sort_unstable();
    Constraint {
        terms,
        constant: linear.net.constant * sign,
        equal: false,
    }
}
