//! What several test files share.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod edit;
pub mod expect;
pub mod grids;
pub mod layout;
pub mod matrix;
pub mod meanings;
pub mod naive;
pub mod printed;
pub mod random;
pub mod sentences;
pub mod statements;
pub mod systems;
pub mod tables;
pub mod written;

use xxgk::nine_category::NineCategory;
use xxgk::{Record, Table, Value};

/// Sets cells of a record.
#[track_caller]
pub fn set(record: &mut Record, cells: &[(&str, u64)]) {
    for (key, count) in cells {
        record.set(key, Some(Value::Count(*count))).unwrap();
    }
}

/// A table on which every rule holds, with figures that differ from each other where they may.
pub fn consistent() -> Record {
    let mut record = Record::new(NineCategory::form().clone());
    let keys: Vec<String> = NineCategory::form()
        .indicators()
        .iter()
        .map(|row| row.key().to_string())
        .collect();
    for key in keys {
        let value = match key.as_str() {
            "fees" => Value::Amount("0.12".parse().unwrap()),
            "capacity.budget" => Value::Amount("1.5".parse().unwrap()),
            _ => Value::Count(0),
        };
        record.set(&key, Some(value)).unwrap();
    }
    set(
        &mut record,
        &[
            ("disclosure.total", 159),
            ("disclosure.normative_documents", 2),
            ("disclosure.normative_documents_issued", 2),
            ("disclosure.channels.website", 159),
            ("disclosure.channels.microblog", 4),
            ("disclosure.channels.wechat", 30),
            ("disclosure.channels.other", 23),
            ("response.topics", 40),
            ("response.channels.press_conferences", 1),
            ("response.channels.online_interviews", 2),
            ("response.channels.online_interviews_by_principal", 1),
            ("response.channels.policy_interpretations", 93),
            ("response.channels.microblog_and_wechat", 15),
            ("response.channels.other", 34),
            ("requests.received.total", 27),
            ("requests.received.in_person", 20),
            ("requests.received.fax", 1),
            ("requests.received.online", 5),
            ("requests.received.letter", 1),
            ("requests.closed.total", 27),
            ("requests.closed.on_time", 25),
            ("requests.closed.extended", 2),
            ("requests.answered.total", 27),
            ("requests.answered.already_public", 1),
            ("requests.answered.granted", 20),
            ("requests.answered.partly_granted", 2),
            ("requests.answered.refused.total", 2),
            ("requests.answered.refused.trade_secret", 1),
            ("requests.answered.refused.personal_privacy", 1),
            ("requests.answered.not_this_agency", 1),
            ("requests.answered.nonexistent", 1),
            ("reconsideration.total", 1),
            ("reconsideration.upheld", 1),
            ("capacity.dedicated_offices", 1),
            ("capacity.reading_points", 1),
            ("capacity.staff.total", 3),
            ("capacity.staff.full_time", 1),
            ("capacity.staff.part_time", 2),
            ("meetings_and_training.meetings", 2),
            ("meetings_and_training.training_courses", 1),
            ("meetings_and_training.trainees", 30),
        ],
    );
    record
}
