//! A rule prints back to the same text, and nothing that is typed makes the parser panic.

#[path = "support/statements.rs"]
mod statements;

use proptest::prelude::*;
use xxgk::rule::Statement;

fn key() -> impl Strategy<Value = String> {
    let keyword = |key: &String| !["if", "then", "and", "or", "not"].contains(&key.as_str());
    "[a-z][a-z0-9_]{0,5}(\\.[a-z][a-z0-9_]{0,5}){0,3}".prop_filter("a keyword", keyword)
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
    fn parsing_what_is_printed_gives_the_same(statement in statements::statement(key().boxed())) {
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
