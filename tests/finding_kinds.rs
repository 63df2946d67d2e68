//! The findings that are no rule of a form: the example of each raises it.

#[path = "support/raised.rs"]
mod raised;

use raised::{RECEIVED, raised};
use xxgk::{Example, FINDING_KINDS, FindingKind};

#[test]
fn the_example_of_a_kind_raises_it() {
    let mut silent = Vec::new();
    for kind in FINDING_KINDS {
        // Files are read by other crates, whose tests run these.
        if matches!(kind.example, Example::File(_) | Example::Records(_)) {
            continue;
        }
        let findings = raised(kind.example);
        let ids: Vec<String> = findings.iter().map(|it| it.rule.to_string()).collect();
        if !ids.iter().any(|id| id == kind.id) {
            silent.push((kind.id, ids));
        }
    }
    assert!(silent.is_empty(), "these raise others: {silent:?}");
}

#[test]
fn rows_that_are_right_raise_nothing_but_what_their_table_lacks() {
    let findings = raised(Example::Rows(RECEIVED));
    let others = findings.iter().filter(|it| {
        let kind = FindingKind::of(&it.rule).map(|kind| kind.id);
        kind.is_some_and(|id| id != "S001")
    });
    assert_eq!(others.count(), 0, "{findings:?}");
}
