//! Tables of the national forms since 2019, as records or typed: built from the meaning of the form, applicant by applicant, with the
//! totals from them.
//!
//! ```
//! use proptest::prelude::*;
//! use xxgk::{Table, Verdict, check, national_2021::National2021, strategies::national};
//!
//! let form = National2021::form();
//! proptest!(|(record in national::consistent(form))| {
//!     prop_assert_eq!(check(&record).verdict(), Verdict::Consistent);
//! });
//! proptest!(|(record in national::broken(form, "G401"))| {
//!     prop_assert_eq!(&*check(&record).findings[0].rule, "G401");
//! });
//! proptest!(|(table in national::typed::<National2021>(national::broken(form, "G302")))| {
//!     prop_assert_eq!(&*table.check().findings[0].rule, "G302");
//! });
//! ```

use std::fmt::Debug;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use super::{amount, count, split, up_to};
use crate::form::{Form, Kind};
use crate::{Record, Table, Value};

/// Kinds of applicants: the columns before the total.
const APPLICANTS: [&str; 6] = [
    "natural_person",
    "business",
    "research_institution",
    "public_welfare",
    "legal_services",
    "other",
];
const RESULTS: [&str; 4] = ["upheld", "corrected", "other", "pending"];
const DISPUTES: [&str; 3] = [
    "disputes.reconsideration",
    "disputes.litigation.direct",
    "disputes.litigation.after_reconsideration",
];

/// Sets a count; a key that the form does not have is left alone.
fn set(record: &mut Record, key: &str, count: u64) {
    _ = record.set(key, Some(Value::Count(count)));
}

fn get(record: &Record, key: &str) -> u64 {
    match record.get(key) {
        Ok(Some(Value::Count(count))) => count,
        _ => 0,
    }
}

fn add(record: &mut Record, key: &str, by: u64) {
    set(record, key, get(record, key) + by);
}

/// The rows of outcomes, without their total.
fn outcomes(form: &Form) -> Vec<String> {
    let rows = form.rows().iter().filter(|row| !row.cells().is_empty());
    rows.map(|row| row.key().to_owned())
        .filter(|key| key.starts_with("requests.outcomes.") && key != "requests.outcomes.total")
        .collect()
}

/// Filled-in records of a national form on which every rule holds, the soft ones too.
pub fn consistent(form: &Arc<Form>) -> BoxedStrategy<Record> {
    let rows = outcomes(form);
    let figures = (
        prop::collection::vec(count(), 6 * rows.len()),
        prop::collection::vec(any::<Index>(), 12),
        prop::collection::vec(any::<Index>(), 14),
        prop::collection::vec(count(), form.cells()),
        amount(),
    );
    let form = form.clone();
    figures
        .prop_map(move |(granted, carried, disputes, others, amount)| {
            let mut record = Record::new(form.clone());
            disclosure(&mut record, &others, amount);
            requests(&mut record, &rows, &granted, &carried);
            reviews(&mut record, &disputes);
            record
        })
        .boxed()
}

/// Table 2: every figure stands by itself, but for documents that were issued or published in the year.
fn disclosure(record: &mut Record, figures: &[u64], amount: rust_decimal::Decimal) {
    let form = record.form().clone();
    for ((cell, indicator), figure) in form.indicators().iter().enumerate().zip(figures) {
        let value = match indicator.kind() {
            Kind::Amount => Value::Amount(amount),
            Kind::Change => Value::Change(i64::try_from(*figure).unwrap_or(0)),
            Kind::Count | Kind::Heading => Value::Count((*figure).max(1)),
        };
        // The value is of the cell's kind.
        _ = record.set_cell(cell, Some(value));
    }
    for row in ["disclosure.rules", "disclosure.normative_documents"] {
        let at_most = |record: &mut Record, part: &str, whole: &str| {
            let (part, whole) = (format!("{row}.{part}"), format!("{row}.{whole}"));
            let least = get(record, &part).min(get(record, &whole));
            set(record, &part, least);
        };
        at_most(record, "issued", "in_force");
        at_most(record, "newly_published", "published");
    }
}

fn requests(record: &mut Record, rows: &[String], granted: &[u64], carried: &[Index]) {
    let printed = [
        "requests.received",
        "requests.carried_in",
        "requests.outcomes.total",
    ];
    let all = || {
        let rows = rows.iter().map(String::as_str);
        rows.chain(printed).chain(["requests.carried_out"])
    };
    for row in all() {
        set(record, &format!("{row}.total"), 0);
    }
    for (applicant, figures) in APPLICANTS.iter().zip(granted.chunks(rows.len().max(1))) {
        let mut put = |row: &str, count: u64| {
            set(record, &format!("{row}.{applicant}"), count);
            add(record, &format!("{row}.total"), count);
        };
        let closed: u64 = figures.iter().sum();
        rows.iter()
            .zip(figures)
            .for_each(|(row, count)| put(row, *count));
        let at = APPLICANTS
            .iter()
            .position(|other| other == applicant)
            .unwrap_or(0);
        let index = |at: usize| carried.get(at).copied();
        let (Some(out), Some(half)) = (index(at), index(at + 6)) else {
            continue;
        };
        let carried_out = up_to(99, out);
        let [received, carried_in] = split(closed + carried_out, half);
        put("requests.outcomes.total", closed);
        put("requests.carried_out", carried_out);
        put("requests.received", received);
        put("requests.carried_in", carried_in);
    }
}

fn reviews(record: &mut Record, at: &[Index]) {
    let most = get(record, "requests.outcomes.total.total");
    // Of the two kinds of lawsuits together there are no more than outcomes.
    for (row, (at, most)) in DISPUTES
        .iter()
        .zip(at.chunks(4).zip([most, most / 2, most / 2]))
    {
        let mut left = at.first().map_or(0, |at| up_to(most, *at));
        set(record, &format!("{row}.total"), left);
        for (result, at) in RESULTS
            .iter()
            .zip(at.iter().skip(1).map(Some).chain([None]))
        {
            let part = at.map_or(left, |at| up_to(left, *at));
            set(record, &format!("{row}.{result}"), part);
            left -= part;
        }
    }
}

/// The same as typed tables; records of another form are left out.
pub fn typed<T: Table + Debug>(records: impl Strategy<Value = Record>) -> impl Strategy<Value = T> {
    records.prop_filter_map("a record of the form", |record| {
        T::from_record(&record).ok()
    })
}

/// The ids of the rules of the national forms that [`broken`] can break, where the form has them: all of them.
pub const BREAKABLE: [&str; 11] = [
    "G201", "G211", "G212", "G213", "G214", "G301", "G302", "G303", "G401", "G402", "G403",
];

/// Filled-in records of a national form on which one rule is broken, in one row or column or in two, and every other rule
/// holds.
pub fn broken(form: &Arc<Form>, rule: &str) -> BoxedStrategy<Record> {
    let rule = rule.to_owned();
    (consistent(form), 1..1000_u64, any::<[Index; 2]>())
        .prop_map(move |(mut record, by, at)| {
            break_rule(&mut record, &rule, by, at);
            record
        })
        .boxed()
}

fn break_rule(record: &mut Record, rule: &str, by: u64, [first, second]: [Index; 2]) {
    let applicant = *first.get(&APPLICANTS);
    let dispute = *second.get(&DISPUTES);
    let answered = get(record, "requests.outcomes.total.total");
    let zero = |record: &mut Record, key: &str| set(record, key, 0);
    match rule {
        "G201" => {
            let row = "disclosure.normative_documents";
            let most =
                get(record, &format!("{row}.in_force")) + get(record, &format!("{row}.repealed"));
            set(record, &format!("{row}.issued"), most + by);
        }
        "G211" => {
            let most = get(record, "disclosure.rules.published");
            set(record, "disclosure.rules.newly_published", most + by);
        }
        "G212" | "G213" => {
            let row = if rule == "G213" {
                "disclosure.fees"
            } else {
                "disclosure.penalties"
            };
            let fewer =
                i64::try_from(get(record, &format!("{row}.last_year")) + by).unwrap_or(i64::MAX);
            _ = record.set(&format!("{row}.change"), Some(Value::Change(-fewer)));
        }
        "G214" => {
            zero(record, "disclosure.procurement.projects");
            _ = record.set(
                "disclosure.procurement.amount",
                Some(Value::Amount(by.into())),
            );
        }
        // In the applicant's column and in that of the total.
        "G301" => {
            add(record, &format!("requests.carried_in.{applicant}"), by);
            add(record, "requests.carried_in.total", by);
        }
        "G302" => {
            add(
                record,
                &format!("requests.outcomes.granted.{applicant}"),
                by,
            );
            add(record, "requests.outcomes.granted.total", by);
        }
        // In two rows, so that the column of the total holds.
        "G303" => {
            add(record, "requests.received.total", by);
            add(record, "requests.carried_out.total", by);
        }
        "G401" => add(record, &format!("{dispute}.pending"), by),
        "G402" | "G403" => {
            let row = DISPUTES
                .get(if rule == "G402" { 0 } else { 1 })
                .copied()
                .unwrap_or_default();
            RESULTS
                .iter()
                .for_each(|result| zero(record, &format!("{row}.{result}")));
            set(record, &format!("{row}.upheld"), answered + by);
            set(record, &format!("{row}.total"), answered + by);
        }
        _ => {}
    }
}
