//! What users read, of every rule, in both languages; and of each rule, what it says of every other's example.

use std::fmt::Write as _;

use xxgk::{FINDING_KINDS, Lang, forms};

#[test]
fn the_messages_of_every_rule() {
    let mut out = String::new();
    for (form, rule) in forms().iter().flat_map(|form| {
        let rules = form.rules().iter().chain(form.series());
        rules.map(move |rule| (form, rule))
    }) {
        if rule.id() == form.rules()[0].id() {
            writeln!(out, "{}", form.id()).unwrap();
        }
        writeln!(out, "{} {:?}", rule.id(), rule.severity()).unwrap();
        for lang in [Lang::Zh, Lang::En] {
            writeln!(
                out,
                "  {}\n  {}",
                rule.words().get(lang),
                rule.example(lang)
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn ids_are_unique_and_in_order() {
    for form in forms() {
        for rules in [form.rules(), form.series()] {
            let rules: Vec<&str> = rules.iter().map(|rule| rule.id()).collect();
            assert!(rules.is_sorted_by(|a, b| a < b), "{rules:?}");
        }
    }
    let kinds: Vec<&str> = FINDING_KINDS.iter().map(|kind| kind.id).collect();
    let letter = |id: &&str| id.chars().next();
    for kind in kinds.chunk_by(|a, b| letter(a) == letter(b)) {
        assert!(kind.is_sorted_by(|a, b| a < b), "{kind:?}");
        let of_letter = kinds.iter().filter(|id| letter(id) == letter(&kind[0]));
        assert_eq!(of_letter.count(), kind.len(), "{kind:?}");
    }
}
