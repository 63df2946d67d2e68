//! What the benchmarks share: the garde peer, held against xxgk rule by rule, the table that is checked, records that were
//! written for several programs, and time.
#![forbid(unsafe_code)]

pub mod columns;
pub mod peer;
pub mod spent;

use rust_decimal::Decimal;
use xxgk::nine_category as form;

/// A table with every cell filled in and every rule holding, with figures such as an agency reports.
#[must_use]
pub fn consistent() -> form::NineCategory {
    form::NineCategory {
        disclosure: form::Disclosure {
            total: Some(159),
            normative_documents: Some(2),
            normative_documents_issued: Some(2),
            channels: form::DisclosureChannels {
                gazette: Some(0),
                website: Some(159),
                microblog: Some(4),
                wechat: Some(30),
                other: Some(23),
            },
        },
        response: form::Response {
            topics: Some(40),
            channels: form::ResponseChannels {
                press_conferences: Some(1),
                press_conferences_by_principal: Some(0),
                online_interviews: Some(2),
                online_interviews_by_principal: Some(1),
                policy_interpretations: Some(93),
                microblog_and_wechat: Some(15),
                other: Some(34),
            },
        },
        requests: form::Requests {
            received: form::Received {
                total: Some(27),
                in_person: Some(20),
                fax: Some(1),
                online: Some(5),
                letter: Some(1),
            },
            closed: form::Closed {
                total: Some(27),
                on_time: Some(25),
                extended: Some(2),
            },
            answered: form::Answered {
                total: Some(27),
                already_public: Some(1),
                granted: Some(20),
                partly_granted: Some(2),
                refused: form::Refused {
                    total: Some(2),
                    state_secret: Some(0),
                    trade_secret: Some(1),
                    personal_privacy: Some(1),
                    security_and_stability: Some(0),
                    not_government_information: Some(0),
                    other_statutory: Some(0),
                },
                not_this_agency: Some(1),
                nonexistent: Some(1),
                amendment_requested: Some(0),
                redirected: Some(0),
            },
        },
        reconsideration: form::Reconsideration {
            total: Some(1),
            upheld: Some(1),
            corrected: Some(0),
            other: Some(0),
        },
        litigation: form::Litigation {
            total: Some(0),
            upheld_or_dismissed: Some(0),
            corrected: Some(0),
            other: Some(0),
        },
        complaints: Some(0),
        fees: Some(Decimal::new(12, 2)),
        capacity: form::Capacity {
            dedicated_offices: Some(1),
            reading_points: Some(1),
            staff: form::Staff {
                total: Some(3),
                full_time: Some(1),
                part_time: Some(2),
            },
            budget: Some(Decimal::new(15, 1)),
        },
        meetings_and_training: form::MeetingsAndTraining {
            meetings: Some(2),
            training_courses: Some(1),
            trainees: Some(30),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use form::{Declared, NineCategory};
    use garde::Validate;
    use xxgk::{Outcome, Severity, Table};

    use super::peer::{Context, Peer};
    use super::*;

    /// What the peer says: one message for each rule that it objects to.
    fn peer(table: &NineCategory, context: Context) -> Vec<String> {
        match Peer::from(table).validate_with(&context) {
            Ok(()) => Vec::new(),
            Err(report) => report.iter().map(|(_, error)| error.to_string()).collect(),
        }
    }

    /// The rules that the peer objects to.
    fn objected(table: &NineCategory) -> BTreeSet<String> {
        let messages = peer(table, Context::default());
        let rule = |message: &String| message.split(' ').next().map(str::to_owned);
        messages.iter().filter_map(rule).collect()
    }

    /// The rules that the peer has to object to: those that fail, and the hard ones that are undetermined.
    fn expected(table: &NineCategory) -> BTreeSet<String> {
        let findings = table.check().findings.into_iter();
        let due =
            findings.filter(|it| it.outcome == Outcome::Fail || it.severity == Severity::Hard);
        due.map(|it| it.rule.to_string()).collect()
    }

    /// The id of a rule, and a change that breaks it.
    type Break = (&'static str, fn(&mut NineCategory));

    /// For each rule of the form, in its order.
    const BREAKS: [Break; 28] = [
        ("R101", |it| it.disclosure.normative_documents = Some(160)),
        ("R102", |it| it.disclosure.normative_documents = Some(3)),
        ("R103", |it| it.disclosure.channels.gazette = Some(160)),
        ("R104", |it| it.disclosure.channels.website = Some(160)),
        ("R105", |it| it.disclosure.channels.microblog = Some(160)),
        ("R106", |it| it.disclosure.channels.wechat = Some(160)),
        ("R107", |it| it.disclosure.channels.other = Some(160)),
        ("R108", |it| it.disclosure.channels.website = Some(101)),
        ("R201", |it| {
            it.response.channels.press_conferences_by_principal = Some(2);
        }),
        ("R202", |it| {
            it.response.channels.online_interviews_by_principal = Some(3);
        }),
        ("R203", |it| {
            it.response.channels.microblog_and_wechat = Some(41);
        }),
        ("R204", |it| it.response.channels.other = Some(41)),
        ("R205", |it| {
            let channels = &mut it.response.channels;
            channels.press_conferences = Some(0);
            channels.online_interviews = Some(0);
            channels.policy_interpretations = Some(0);
            channels.microblog_and_wechat = Some(0);
            channels.other = Some(0);
        }),
        ("R301", |it| it.requests.received.fax = Some(2)),
        ("R302", |it| it.requests.closed.extended = Some(3)),
        ("R303", |it| it.requests.answered.redirected = Some(1)),
        ("R304", |it| {
            it.requests.answered.refused.other_statutory = Some(1);
        }),
        ("R305", |it| it.requests.closed.total = Some(28)),
        ("R306", |it| it.requests.received.total = Some(28)),
        ("R401", |it| it.reconsideration.other = Some(1)),
        ("R402", |it| it.reconsideration.total = Some(28)),
        ("R501", |it| it.litigation.corrected = Some(1)),
        ("R502", |it| it.litigation.total = Some(28)),
        ("R701", |it| it.requests.received.total = Some(0)),
        ("R801", |it| it.capacity.staff.part_time = Some(3)),
        ("R802", |it| it.capacity.staff.total = Some(0)),
        ("R803", |it| it.capacity.staff.total = Some(0)),
        ("R901", |it| it.meetings_and_training.trainees = Some(0)),
    ];

    #[test]
    fn the_consistent_table_passes() {
        assert_eq!(peer(&consistent(), Context::default()), [""; 0]);
        assert_eq!(consistent().check().counts.passed, 28);
    }

    #[test]
    fn there_is_a_break_for_each_rule() {
        let rules = NineCategory::form().rules().iter();
        let ids: Vec<String> = rules.map(|rule| rule.id().to_string()).collect();
        assert_eq!(ids, BREAKS.map(|(rule, _)| rule));
    }

    #[test]
    fn the_peer_objects_where_a_rule_breaks() {
        for (rule, change) in BREAKS {
            let mut table = consistent();
            change(&mut table);
            assert!(objected(&table).contains(rule), "{rule}");
            assert_eq!(objected(&table), expected(&table), "{rule}");
        }
    }

    #[test]
    fn a_blank_leaves_hard_rules_open_and_soft_rules_alone() {
        let table = NineCategory::default();
        assert_eq!(objected(&table).len(), 17);
        assert_eq!(objected(&table), expected(&table));
    }

    #[test]
    fn sums_do_not_overflow() {
        let mut table = consistent();
        let received = &mut table.requests.received;
        received.in_person = Some(u64::MAX);
        received.letter = Some(22);
        let message = "R301 failed: 27 against 18446744073709551643";
        assert_eq!(peer(&table, Context::default()), [message]);
    }

    #[test]
    fn carried_requests_are_declared_in_the_context() {
        let (carried_in, carried_out) = (3, 2);
        let context = Context {
            carried_in,
            carried_out,
        };
        let message = "R306 failed: 30 against 29";
        assert_eq!(peer(&consistent(), context), [message]);
        let report = consistent().check_with(Declared {
            carried_in,
            carried_out,
        });
        assert!(report.finding("R306").is_some());
    }

    #[test]
    fn amounts_are_not_negative() {
        let mut table = consistent();
        table.fees = Some(Decimal::new(-1, 0));
        table.capacity.budget = Some(Decimal::new(-15, 1));
        let mut messages = peer(&table, Context::default());
        messages.sort_unstable();
        assert_eq!(messages, ["negative: -1", "negative: -1.5"]);
        table.fees = Some(-Decimal::ZERO);
        table.capacity.budget = None;
        assert_eq!(peer(&table, Context::default()), [""; 0]);
    }
}
