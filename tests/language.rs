//! A rule prints back to the same text, and nothing that is typed makes the parser panic.

use proptest::prelude::*;
use rust_decimal::Decimal;
use xxgk::rule::{Atom, Comparison, Operator, Statement, Sum, Term};

fn number() -> impl Strategy<Value = Decimal> {
    (0..100_000_i64, 0..4_u32).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn key() -> impl Strategy<Value = String> {
    let keyword = |key: &String| !["if", "then", "and", "or", "not"].contains(&key.as_str());
    "[a-z][a-z0-9_]{0,5}(\\.[a-z][a-z0-9_]{0,5}){0,3}".prop_filter("a keyword", keyword)
}

fn sum() -> impl Strategy<Value = Sum> {
    let atom = prop_oneof![key().prop_map(Atom::Key), number().prop_map(Atom::Number)];
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

fn statement() -> impl Strategy<Value = Statement> {
    let comparison = (sum(), prop::sample::select(&Operator::ALL[..]), sum());
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

/// Text of the pieces that rules are made of, in no order.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        prop::sample::select(vec![
            "if", "then", "and", "or", "not", "(", ")", "+", "-", "*", "=", "!=", "<", ">=", "a",
            "b.c", "1", "0.5", " ", "≤", "..", "9."
        ])
        .prop_map(str::to_owned),
        ".{0,3}",
    ];
    prop::collection::vec(scrap, 0..30).prop_map(|scraps| scraps.join(" "))
}

proptest! {
    #[test]
    fn parsing_what_is_printed_gives_the_same(statement in statement()) {
        let text = statement.to_string();
        prop_assert_eq!(text.parse::<Statement>(), Ok(statement), "{}", text);
    }

    #[test]
    fn what_parses_prints_to_a_fixed_point(text in scraps()) {
        match text.parse::<Statement>() {
            Ok(statement) => {
                let printed = statement.to_string();
                prop_assert_eq!(printed.parse::<Statement>().unwrap(), statement);
            }
            Err(error) => {
                prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
                prop_assert!(text.get(error.span).is_some());
            }
        }
    }
}
