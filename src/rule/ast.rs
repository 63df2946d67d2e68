//! What a rule says, as a tree.

use std::collections::HashSet;

use rust_decimal::Decimal;

/// A statement that a table satisfies, breaks, or leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Statement {
    /// `if condition then consequence`: the same as `not condition or consequence`.
    If(Box<Statement>, Box<Statement>),
    /// At least one holds. Two or more.
    Or(Vec<Statement>),
    /// All hold. Two or more.
    And(Vec<Statement>),
    /// It does not hold.
    Not(Box<Statement>),
    /// Two sums compared.
    Compare(Comparison),
}

/// Two sums compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// What stands left of the operator.
    pub left: Sum,
    /// How the sides are compared.
    pub operator: Operator,
    /// What stands right of the operator.
    pub right: Sum,
}

/// How two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Operator; 6] = [
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
    ];

    /// The operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
        }
    }

    /// Whether it holds between two numbers.
    pub(crate) fn holds<N: Ord>(self, left: N, right: N) -> bool {
        match self {
            Operator::Equal => left == right,
            Operator::NotEqual => left != right,
            Operator::Less => left < right,
            Operator::LessOrEqual => left <= right,
            Operator::Greater => left > right,
            Operator::GreaterOrEqual => left >= right,
        }
    }
}

/// Terms added up. One or more.
pub type Sum = Vec<Term>;

/// One term of a sum: an optional minus, an optional coefficient, and what they apply to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Whether the term is taken away.
    pub negative: bool,
    /// The number before `*`, not negative.
    pub coefficient: Option<Decimal>,
    /// What is counted.
    pub atom: Atom,
}

/// What a term counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Atom {
    /// The cell, or the parameter, with this key.
    Key(String),
    /// A constant, not negative.
    Number(Decimal),
    /// A sum in parentheses.
    Sum(Sum),
}

impl Statement {
    /// The comparisons of the statement, from left to right.
    #[must_use]
    pub fn comparisons(&self) -> Vec<&Comparison> {
        fn visit<'a>(statement: &'a Statement, out: &mut Vec<&'a Comparison>) {
            match statement {
                Statement::If(condition, consequence) => {
                    visit(condition, out);
                    visit(consequence, out);
                }
                Statement::Or(parts) | Statement::And(parts) => {
                    parts.iter().for_each(|part| visit(part, out))
                }
                Statement::Not(inner) => visit(inner, out),
                Statement::Compare(comparison) => out.push(comparison),
            }
        }
        let mut out = Vec::new();
        visit(self, &mut out);
        out
    }

    /// The keys that the statement speaks of, from left to right, each once.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        let comparisons = self.comparisons().into_iter();
        comparisons
            .flat_map(|it| [keys(&it.left), keys(&it.right)].concat())
            .filter(|key| seen.insert(*key))
            .collect()
    }
}

/// The keys of a sum, from left to right.
pub(crate) fn keys(sum: &Sum) -> Vec<&str> {
    fn of_atom(term: &Term) -> Vec<&str> {
        match &term.atom {
            Atom::Key(key) => vec![key.as_str()],
            Atom::Sum(sum) => keys(sum),
            Atom::Number(_) => Vec::new(),
        }
    }
    sum.iter().flat_map(of_atom).collect()
}

/// How many cells and constants a sum adds up.
pub(crate) fn terms(sum: &Sum) -> usize {
    let of_atom = |term: &Term| match &term.atom {
        Atom::Key(_) | Atom::Number(_) => 1,
        Atom::Sum(sum) => terms(sum),
    };
    sum.iter().map(of_atom).sum()
}
