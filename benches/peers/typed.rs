//! The garde peer over columns: tables are filled from them and validated, a block at a time.

use garde::Validate;
use rust_decimal::Decimal;
use xxgk_benches::peer::{
    Answered, Capacity, Closed, Context, Disclosure, DisclosureChannels, Litigation,
    MeetingsAndTraining, Peer, Received, Reconsideration, Refused, Requests, Response,
    ResponseChannels, Staff,
};
use xxgk_benches::spent::{Spent, timed};

/// Tables that are in memory at once: about a megabyte of them.
const BLOCK: usize = 1000;

/// What the checking of all records cost, and what was said.
pub struct Checked {
    pub filling: Spent,
    pub checking: Spent,
    pub objections: Vec<String>,
}

/// Fills and validates each record; the columns are in the order of the form.
pub fn check(columns: &[Vec<u32>], records: usize) -> Checked {
    let (mut filling, mut checking) = (Spent::default(), Spent::default());
    let mut objections = Vec::new();
    for start in (0..records).step_by(BLOCK) {
        let block = start..records.min(start + BLOCK);
        let (spent, tables) = timed(|| block.map(|it| table(columns, it)).collect::<Vec<Peer>>());
        filling.add(spent);
        let context = Context::default();
        let (spent, reports) = timed(|| {
            let reports = tables.iter().map(|it| it.validate_with(&context));
            reports.filter_map(Result::err).collect::<Vec<_>>()
        });
        checking.add(spent);
        let said = reports.iter().flat_map(garde::Report::iter);
        objections.extend(said.map(|(_, error)| error.to_string()));
    }
    Checked {
        filling,
        checking,
        objections,
    }
}

/// A record as a table. The fields are written in the order of the form: each takes the next column.
fn table(columns: &[Vec<u32>], record: usize) -> Peer {
    let mut cells = columns.iter();
    let mut next = || cells.next()?.get(record).copied();
    let mut count = || next().map(u64::from);
    macro_rules! fill {
        ($name:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {
            $name { $($field: fill!(@ $($value)?)),* }
        };
        (@ $value:expr) => { $value };
        (@) => { count() };
    }
    fill!(Peer {
        disclosure: fill!(Disclosure {
            total,
            normative_documents,
            normative_documents_issued,
            channels: fill!(DisclosureChannels {
                gazette,
                website,
                microblog,
                wechat,
                other
            }),
        }),
        response: fill!(Response {
            topics,
            channels: fill!(ResponseChannels {
                press_conferences,
                press_conferences_by_principal,
                online_interviews,
                online_interviews_by_principal,
                policy_interpretations,
                microblog_and_wechat,
                other,
            }),
        }),
        requests: fill!(Requests {
            received: fill!(Received {
                total,
                in_person,
                fax,
                online,
                letter
            }),
            closed: fill!(Closed {
                total,
                on_time,
                extended
            }),
            answered: fill!(Answered {
                total,
                already_public,
                granted,
                partly_granted,
                refused: fill!(Refused {
                    total,
                    state_secret,
                    trade_secret,
                    personal_privacy,
                    security_and_stability,
                    not_government_information,
                    other_statutory,
                }),
                not_this_agency,
                nonexistent,
                amendment_requested,
                redirected,
            }),
        }),
        reconsideration: fill!(Reconsideration {
            total,
            upheld,
            corrected,
            other
        }),
        litigation: fill!(Litigation {
            total,
            upheld_or_dismissed,
            corrected,
            other
        }),
        complaints,
        fees: count().map(Decimal::from),
        capacity: fill!(Capacity {
            dedicated_offices,
            reading_points,
            staff: fill!(Staff {
                total,
                full_time,
                part_time
            }),
            budget: count().map(Decimal::from),
        }),
        meetings_and_training: fill!(MeetingsAndTraining {
            meetings,
            training_courses,
            trainees
        }),
    })
}
