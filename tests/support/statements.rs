//! Strategies for statements of the rule language.

use proptest::prelude::*;
use rust_decimal::Decimal;
use xxgk::rule::{Atom, Comparison, Operator, Statement, Sum, Term};

fn number() -> impl Strategy<Value = Decimal> {
    (0..100_000_i64, 0..4_u32).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn sum(key: BoxedStrategy<String>) -> impl Strategy<Value = Sum> {
    let atom = prop_oneof![key.prop_map(Atom::Key), number().prop_map(Atom::Number)];
    let term = |atom: BoxedStrategy<Atom>| {
        (any::<bool>(), prop::option::of(number()), atom).prop_map(
            |(negative, coefficient, atom)| Term {
                negative,
                coefficient,
                atom,
            },
        )
    };
    let leaf = prop::collection::vec(term(atom.clone().boxed()), 1..4);
    leaf.prop_recursive(3, 16, 3, move |inner| {
        let atom = prop_oneof![3 => atom.clone(), 1 => inner.prop_map(Atom::Sum)];
        prop::collection::vec(term(atom.boxed()), 1..4)
    })
}

/// Statements of every shape over the keys of a strategy.
pub fn statement(key: BoxedStrategy<String>) -> impl Strategy<Value = Statement> {
    let comparison = (
        sum(key.clone()),
        prop::sample::select(&Operator::ALL[..]),
        sum(key),
    );
    let leaf = comparison.prop_map(|(left, operator, right)| {
        Statement::Compare(Comparison {
            left,
            operator,
            right,
        })
    });
    leaf.prop_recursive(4, 24, 3, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several().prop_map(Statement::And),
            several().prop_map(Statement::Or),
            inner.clone().prop_map(|it| Statement::Not(it.into())),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Statement::If(a.into(), b.into())),
        ]
    })
}
