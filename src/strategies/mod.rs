//! Strategies for property tests, for this library's own and for yours (feature `proptest`): tables on which every rule
//! holds, tables on which exactly one named rule is broken, and tables with blanks.
//!
//! They are built from the meaning of the form — parts first, totals from them — and know nothing of the engine, so that
//! they can test it.
//!
//! ```
//! use proptest::prelude::*;
//! use xxgk::{Table, Verdict, strategies};
//!
//! proptest!(|(table in strategies::consistent())| {
//!     prop_assert_eq!(table.check().verdict(), Verdict::Consistent);
//! });
//! proptest!(|(table in strategies::broken("R301"))| {
//!     prop_assert_eq!(&*table.check().findings[0].rule, "R301");
//! });
//! ```

pub mod national;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

use crate::form::Kind;
use crate::forms::all::nine_category::{
    Answered, Capacity, Closed, Disclosure, DisclosureChannels, Litigation, MeetingsAndTraining,
    NineCategory, Received, Reconsideration, Refused, Requests, Response, ResponseChannels, Staff,
};
use crate::{Record, Table, Value};

/// The ids of the rules of the nine-category form that [`broken`] can break: all of them.
pub const BREAKABLE: [&str; 28] = [
    "R101", "R102", "R103", "R104", "R105", "R106", "R107", "R108", "R201", "R202", "R203", "R204",
    "R205", "R301", "R302", "R303", "R304", "R305", "R306", "R401", "R402", "R501", "R502", "R701",
    "R801", "R802", "R803", "R901",
];

/// A count of the size that reports have: mostly small, sometimes in the hundred millions.
fn count() -> BoxedStrategy<u64> {
    prop_oneof![4 => 0..4_u64, 4 => 0..1000_u64, 1 => 0..1_000_000_000_u64].boxed()
}

fn amount() -> impl Strategy<Value = Decimal> {
    (0..10_000_000_i64, 0..=6_u32).prop_map(|(mantissa, decimals)| Decimal::new(mantissa, decimals))
}

/// `total` in two parts.
fn split(total: u64, at: Index) -> [u64; 2] {
    let first = up_to(total, at);
    [first, total - first]
}

/// A number from 0 to `most`.
fn up_to(most: u64, at: Index) -> u64 {
    usize::try_from(most).map_or(most, |most| at.index(most.saturating_add(1)) as u64)
}

// Parts are boxed: their value trees are large, and the threads of tests have small stacks.

fn disclosure() -> BoxedStrategy<Disclosure> {
    (prop::array::uniform5(count()), any::<[Index; 3]>())
        .prop_map(|(channels, [total, documents, issued])| {
            let sum: u64 = channels.iter().sum();
            let most = channels.iter().copied().max().unwrap_or(0);
            let total = most + up_to(sum - most, total);
            let documents = up_to(total, documents);
            let [gazette, website, microblog, wechat, other] = channels.map(Some);
            Disclosure {
                total: Some(total),
                normative_documents: Some(documents),
                normative_documents_issued: Some(documents + up_to(9, issued)),
                channels: DisclosureChannels {
                    gazette,
                    website,
                    microblog,
                    wechat,
                    other,
                },
            }
        })
        .boxed()
}

fn response() -> BoxedStrategy<Response> {
    (prop::array::uniform4(count()), any::<[Index; 4]>())
        .prop_map(|(counts, [by_press, by_web, microblog, other])| {
            let [topics, press, interviews, interpretations] = counts;
            Response {
                topics: Some(topics),
                channels: ResponseChannels {
                    press_conferences: Some(press),
                    press_conferences_by_principal: Some(up_to(press, by_press)),
                    online_interviews: Some(interviews),
                    online_interviews_by_principal: Some(up_to(interviews, by_web)),
                    // A topic that was answered was answered somehow.
                    policy_interpretations: Some(interpretations.max(1)),
                    microblog_and_wechat: Some(up_to(topics, microblog)),
                    other: Some(up_to(topics, other)),
                },
            }
        })
        .boxed()
}

fn requests() -> BoxedStrategy<Requests> {
    let parts = (
        prop::array::uniform7(count()),
        prop::array::uniform6(count()),
    );
    (parts, any::<[Index; 4]>())
        .prop_map(|((answers, reasons), [on_time, half, left, right])| {
            let refused: u64 = reasons.iter().sum();
            let total = answers.iter().sum::<u64>() + refused;
            let [on_time, extended] = split(total, on_time);
            let [upper, lower] = split(total, half);
            let ([in_person, fax], [online, letter]) = (split(upper, left), split(lower, right));
            let [
                already_public,
                granted,
                partly_granted,
                not_this_agency,
                nonexistent,
                amendment,
                redirected,
            ] = answers.map(Some);
            let [
                state_secret,
                trade_secret,
                personal_privacy,
                security,
                not_information,
                other_statutory,
            ] = reasons.map(Some);
            Requests {
                received: Received {
                    total: Some(total),
                    in_person: Some(in_person),
                    fax: Some(fax),
                    online: Some(online),
                    letter: Some(letter),
                },
                closed: Closed {
                    total: Some(total),
                    on_time: Some(on_time),
                    extended: Some(extended),
                },
                answered: Answered {
                    total: Some(total),
                    already_public,
                    granted,
                    partly_granted,
                    refused: Refused {
                        total: Some(refused),
                        state_secret,
                        trade_secret,
                        personal_privacy,
                        security_and_stability: security,
                        not_government_information: not_information,
                        other_statutory,
                    },
                    not_this_agency,
                    nonexistent,
                    amendment_requested: amendment,
                    redirected,
                },
            }
        })
        .boxed()
}

fn capacity() -> BoxedStrategy<Capacity> {
    (count(), count(), 1..200_u64, amount(), any::<Index>())
        .prop_map(|(offices, points, staff, budget, full_time)| {
            let [full_time, part_time] = split(staff, full_time);
            Capacity {
                dedicated_offices: Some(offices),
                reading_points: Some(points),
                staff: Staff {
                    total: Some(staff),
                    full_time: Some(full_time),
                    part_time: Some(part_time),
                },
                budget: Some(budget),
            }
        })
        .boxed()
}

/// Filled-in tables on which every rule of the nine-category form holds, the soft ones too.
pub fn consistent() -> BoxedStrategy<NineCategory> {
    let parts = (disclosure(), response(), requests(), capacity());
    let rest = (count(), amount(), count(), count(), count());
    (parts, rest, any::<[Index; 6]>())
        .prop_map(|(parts, rest, at)| {
            let (disclosure, response, requests, capacity) = parts;
            let (complaints, fees, meetings, training_courses, trainees) = rest;
            let [
                review,
                review_half,
                review_rest,
                lawsuits,
                lawsuit_half,
                lawsuit_rest,
            ] = at;
            let answered = requests.answered.total.unwrap_or(0);
            let thirds = |most: u64, total: Index, first: Index, second: Index| {
                let total = up_to(most, total);
                let [first, rest] = split(total, first);
                let [second, third] = split(rest, second);
                [total, first, second, third].map(Some)
            };
            let [total, upheld, corrected, other] =
                thirds(answered, review, review_half, review_rest);
            let reconsideration = Reconsideration {
                total,
                upheld,
                corrected,
                other,
            };
            let [total, upheld_or_dismissed, corrected, other] =
                thirds(answered, lawsuits, lawsuit_half, lawsuit_rest);
            let litigation = Litigation {
                total,
                upheld_or_dismissed,
                corrected,
                other,
            };
            NineCategory {
                disclosure,
                response,
                reconsideration,
                litigation,
                complaints: Some(complaints),
                fees: Some(if answered > 0 { fees } else { Decimal::ZERO }),
                requests,
                capacity,
                meetings_and_training: MeetingsAndTraining {
                    meetings: Some(meetings),
                    training_courses: Some(training_courses),
                    trainees: Some(trainees.max(1)),
                },
            }
        })
        .boxed()
}

/// Filled-in tables on which one rule is broken and every other holds. (Breaking R802, an office without staff, breaks
/// R803, an agency without staff, too: no table breaks the one without the other.)
///
/// # Panics
/// Where the nine-category form has no rule of that id.
pub fn broken(rule: &str) -> impl Strategy<Value = NineCategory> + use<> {
    #[expect(
        clippy::panic,
        reason = "a test that names no rule is wrong, and should say so at once"
    )]
    let rule = BREAKABLE
        .into_iter()
        .find(|id| *id == rule)
        .unwrap_or_else(|| panic!("no rule {rule}"));
    (consistent(), 1..1000_u64).prop_map(move |(table, by)| break_rule(table, rule, by))
}

/// As [`broken`], of any rule, with the rule's id.
pub fn any_broken() -> impl Strategy<Value = (&'static str, NineCategory)> {
    (select(&BREAKABLE[..]), consistent(), 1..1000_u64)
        .prop_map(|(rule, table, by)| (rule, break_rule(table, rule, by)))
}

/// Tables on which every rule holds, but for some cells that are blank.
pub fn with_blanks() -> impl Strategy<Value = NineCategory> {
    blanked(consistent())
}

/// Tables of a strategy with some of their cells made blank.
pub fn blanked(tables: impl Strategy<Value = NineCategory>) -> impl Strategy<Value = NineCategory> {
    let blanks = prop::collection::vec(any::<Index>(), 1..8);
    (tables, blanks).prop_map(|(table, blanks)| {
        let mut record = Record::from(&table);
        for blank in blanks {
            // A blank fits any cell.
            _ = record.set_cell(blank.index(record.cells().len()), None);
        }
        // The record is of the table's own form.
        NineCategory::from_record(&record).unwrap_or(table)
    })
}

/// Adds to a count.
fn add(cell: &mut Option<u64>, by: u64) {
    *cell = Some(cell.unwrap_or(0) + by);
}

/// Breaks one rule of a consistent table by `by`, which is at least 1.
fn break_rule(mut table: NineCategory, rule: &str, by: u64) -> NineCategory {
    let disclosure = &mut table.disclosure;
    let response = &mut table.response;
    let requests = &mut table.requests;
    let answered = requests.answered.total;
    let over = |total: Option<u64>| Some(total.unwrap_or(0) + by);
    match rule {
        "R101" => {
            disclosure.normative_documents = over(disclosure.total);
            disclosure.normative_documents_issued = disclosure.normative_documents;
        }
        "R102" => {
            add(&mut disclosure.total, by);
            add(&mut disclosure.channels.website, by);
            add(&mut disclosure.normative_documents, by);
            disclosure.normative_documents_issued = disclosure
                .normative_documents
                .map(|documents| documents - by);
        }
        "R103" => disclosure.channels.gazette = over(disclosure.total),
        "R104" => disclosure.channels.website = over(disclosure.total),
        "R105" => disclosure.channels.microblog = over(disclosure.total),
        "R106" => disclosure.channels.wechat = over(disclosure.total),
        "R107" => disclosure.channels.other = over(disclosure.total),
        "R108" => {
            let DisclosureChannels {
                gazette,
                website,
                microblog,
                wechat,
                other,
            } = disclosure.channels;
            disclosure.total = over(Some(
                [gazette, website, microblog, wechat, other]
                    .into_iter()
                    .flatten()
                    .sum(),
            ));
        }
        "R201" => {
            response.channels.press_conferences_by_principal =
                over(response.channels.press_conferences)
        }
        "R202" => {
            response.channels.online_interviews_by_principal =
                over(response.channels.online_interviews)
        }
        "R203" => response.channels.microblog_and_wechat = over(response.topics),
        "R204" => response.channels.other = over(response.topics),
        "R205" => {
            add(&mut response.topics, by);
            response.channels = ResponseChannels {
                press_conferences: Some(0),
                press_conferences_by_principal: Some(0),
                online_interviews: Some(0),
                online_interviews_by_principal: Some(0),
                policy_interpretations: Some(0),
                microblog_and_wechat: Some(0),
                other: Some(0),
            };
        }
        "R301" => add(&mut requests.received.in_person, by),
        "R302" => add(&mut requests.closed.on_time, by),
        "R303" => add(&mut requests.answered.granted, by),
        "R304" => add(&mut requests.answered.refused.trade_secret, by),
        "R305" => {
            add(&mut requests.closed.total, by);
            add(&mut requests.closed.on_time, by);
        }
        "R306" => {
            add(&mut requests.received.total, by);
            add(&mut requests.received.in_person, by);
        }
        "R401" => add(&mut table.reconsideration.upheld, by),
        "R402" => {
            table.reconsideration = Reconsideration {
                total: over(answered),
                upheld: over(answered),
                corrected: Some(0),
                other: Some(0),
            };
        }
        "R501" => add(&mut table.litigation.corrected, by),
        "R502" => {
            table.litigation = Litigation {
                total: over(answered),
                upheld_or_dismissed: over(answered),
                corrected: Some(0),
                other: Some(0),
            };
        }
        "R701" => {
            let none = zeros();
            table.requests = none.requests;
            table.reconsideration = none.reconsideration;
            table.litigation = none.litigation;
            table.fees = Some(Decimal::new(i64::try_from(by).unwrap_or(1), 2));
        }
        "R801" => add(&mut table.capacity.staff.full_time, by),
        "R802" | "R803" => {
            table.capacity.staff = zeros().capacity.staff;
            table.capacity.dedicated_offices = Some(if rule == "R802" { by } else { 0 });
        }
        "R901" => {
            add(&mut table.meetings_and_training.training_courses, by);
            table.meetings_and_training.trainees = Some(0);
        }
        _ => {}
    }
    table
}

/// A table of zeros.
fn zeros() -> NineCategory {
    let form = NineCategory::form();
    let mut record = Record::new(form.clone());
    for (cell, row) in form.indicators().iter().enumerate() {
        let zero = match row.kind() {
            Kind::Amount => Value::Amount(Decimal::ZERO),
            Kind::Change => Value::Change(0),
            Kind::Count | Kind::Heading => Value::Count(0),
        };
        // A zero of the row's kind fits it, and the record is of the table's own form.
        _ = record.set_cell(cell, Some(zero));
    }
    NineCategory::from_record(&record).unwrap_or_default()
}
