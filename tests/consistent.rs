//! `Consistent` can only be had where every hard rule holds, and nothing is dropped where it cannot.

mod support;

use xxgk::nine_category::{Declared, NineCategory};
use xxgk::{Consistent, Severity, Table, Verdict, strategies};

use proptest::prelude::*;

proptest! {
    #[test]
    fn only_where_every_hard_rule_holds(table in prop_oneof![
        strategies::consistent(),
        strategies::with_blanks(),
        strategies::any_broken().prop_map(|(_, table)| table),
    ]) {
        let report = table.check();
        let hard = report.findings.iter().any(|finding| finding.severity == Severity::Hard);
        match Consistent::new(table.clone()) {
            Ok(consistent) => {
                prop_assert!(!hard);
                prop_assert_eq!(consistent.into_inner(), table);
            }
            Err(refused) => {
                prop_assert!(hard);
                prop_assert_eq!(refused.table, table);
                prop_assert_eq!(*refused.report, report);
            }
        }
    }
}

#[test]
fn a_question_is_no_obstacle_and_a_declaration_may_remove_one() {
    let mut table = NineCategory::from_record(&support::consistent()).unwrap();
    table.response.channels.other = Some(99);
    assert_eq!(table.check().verdict(), Verdict::Query);
    assert!(Consistent::new(table.clone()).is_ok());
    table.requests.received.total = Some(28);
    table.requests.received.in_person = Some(21);
    let refused = Consistent::new(table).unwrap_err();
    assert!(
        refused.to_string().contains("2 of 28 rules fail"),
        "{refused}"
    );
    let declared = Declared {
        carried_out: 1,
        ..Declared::default()
    };
    let consistent = Consistent::with(refused.table, declared).unwrap();
    assert_eq!(consistent.requests.received.total, Some(28));
}
