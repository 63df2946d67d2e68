//! Each of the 28 rules, broken alone, is found alone: with the right sides, the right difference and the right cells.

mod support;

use support::{consistent, set};
use xxgk::nine_category::NineCategory;
use xxgk::{Outcome, Record, Severity, Table, Value, Verdict, check, evaluate};

/// The id of a rule, what to change, and what the rule then sees.
type Broken = (&'static str, &'static [(&'static str, u64)], [i128; 3]);

/// What to change in the consistent table, and what each rule then sees: left, right, left − right.
const BROKEN: &[Broken] = &[
    (
        "R101",
        &[
            ("disclosure.normative_documents", 160),
            ("disclosure.normative_documents_issued", 160),
        ],
        [160, 159, 1],
    ),
    ("R102", &[("disclosure.normative_documents", 7)], [7, 2, 5]),
    (
        "R103",
        &[("disclosure.channels.gazette", 161)],
        [161, 159, 2],
    ),
    (
        "R104",
        &[("disclosure.channels.website", 160)],
        [160, 159, 1],
    ),
    (
        "R105",
        &[("disclosure.channels.microblog", 400)],
        [400, 159, 241],
    ),
    (
        "R106",
        &[("disclosure.channels.wechat", 300)],
        [300, 159, 141],
    ),
    (
        "R107",
        &[("disclosure.channels.other", 230)],
        [230, 159, 71],
    ),
    ("R108", &[("disclosure.total", 217)], [217, 216, 1]),
    (
        "R201",
        &[("response.channels.press_conferences_by_principal", 2)],
        [2, 1, 1],
    ),
    (
        "R202",
        &[("response.channels.online_interviews_by_principal", 5)],
        [5, 2, 3],
    ),
    (
        "R203",
        &[("response.channels.microblog_and_wechat", 41)],
        [41, 40, 1],
    ),
    ("R204", &[("response.channels.other", 51)], [51, 40, 11]),
    (
        "R205",
        &[
            ("response.channels.press_conferences", 0),
            ("response.channels.online_interviews", 0),
            ("response.channels.online_interviews_by_principal", 0),
            ("response.channels.policy_interpretations", 0),
            ("response.channels.microblog_and_wechat", 0),
            ("response.channels.other", 0),
        ],
        [0, 0, 0],
    ),
    ("R301", &[("requests.received.in_person", 19)], [27, 26, 1]),
    ("R302", &[("requests.closed.on_time", 27)], [27, 29, -2]),
    ("R303", &[("requests.answered.granted", 21)], [27, 28, -1]),
    (
        "R304",
        &[("requests.answered.refused.personal_privacy", 0)],
        [2, 1, 1],
    ),
    (
        "R305",
        &[
            ("requests.closed.total", 28),
            ("requests.closed.on_time", 26),
        ],
        [27, 28, -1],
    ),
    (
        "R306",
        &[
            ("requests.received.total", 30),
            ("requests.received.in_person", 23),
        ],
        [30, 27, 3],
    ),
    ("R401", &[("reconsideration.total", 2)], [2, 1, 1]),
    (
        "R402",
        &[
            ("reconsideration.total", 28),
            ("reconsideration.upheld", 28),
        ],
        [28, 27, 1],
    ),
    ("R501", &[("litigation.corrected", 1)], [0, 1, -1]),
    (
        "R502",
        &[
            ("litigation.total", 30),
            ("litigation.upheld_or_dismissed", 30),
        ],
        [30, 27, 3],
    ),
    (
        "R701",
        &[
            ("requests.received.total", 0),
            ("requests.received.in_person", 0),
            ("requests.received.fax", 0),
            ("requests.received.online", 0),
            ("requests.received.letter", 0),
            ("requests.closed.total", 0),
            ("requests.closed.on_time", 0),
            ("requests.closed.extended", 0),
            ("requests.answered.total", 0),
            ("requests.answered.already_public", 0),
            ("requests.answered.granted", 0),
            ("requests.answered.partly_granted", 0),
            ("requests.answered.refused.total", 0),
            ("requests.answered.refused.trade_secret", 0),
            ("requests.answered.refused.personal_privacy", 0),
            ("requests.answered.not_this_agency", 0),
            ("requests.answered.nonexistent", 0),
            ("reconsideration.total", 0),
            ("reconsideration.upheld", 0),
        ],
        [0, 0, 0],
    ),
    ("R801", &[("capacity.staff.part_time", 3)], [3, 4, -1]),
    (
        "R802",
        &[
            ("capacity.staff.total", 0),
            ("capacity.staff.full_time", 0),
            ("capacity.staff.part_time", 0),
        ],
        [0, 0, 0],
    ),
    (
        "R803",
        &[
            ("capacity.dedicated_offices", 0),
            ("capacity.staff.total", 0),
            ("capacity.staff.full_time", 0),
            ("capacity.staff.part_time", 0),
        ],
        [0, 1, -1],
    ),
    ("R901", &[("meetings_and_training.trainees", 0)], [0, 0, 0]),
];

/// The keys of rows in a statement, read off its text.
fn keys(statement: &str) -> Vec<&str> {
    let words = statement.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
    let mut keys: Vec<&str> = words
        .filter(|word| word.contains('.') || *word == "fees")
        .collect();
    let mut seen = Vec::new();
    keys.retain(|key| {
        !seen.contains(key) && {
            seen.push(*key);
            true
        }
    });
    keys
}

#[test]
fn each_rule_broken_alone_is_found_alone() {
    assert_eq!(check(&consistent()).verdict(), Verdict::Consistent);
    let ids: Vec<&str> = BROKEN.iter().map(|(id, ..)| *id).collect();
    assert_eq!(
        ids,
        NineCategory::form()
            .rules()
            .iter()
            .map(|rule| rule.id())
            .collect::<Vec<_>>()
    );
    for (id, changes, sides) in BROKEN {
        let mut record = consistent();
        set(&mut record, changes);
        let report = check(&record);
        let found: Vec<&str> = report
            .findings
            .iter()
            .map(|finding| &*finding.rule)
            .collect();
        // No staff at all breaks R803, an agency without staff, as well as R802, an office without.
        let expected = if *id == "R802" {
            vec!["R802", "R803"]
        } else {
            vec![*id]
        };
        assert_eq!(found, expected, "{id}");
        let finding = report.finding(id).unwrap();
        assert_eq!(finding.outcome, Outcome::Fail, "{id}");
        assert_eq!(finding.sides.unwrap(), *sides, "{id}");
        let statement = finding.statement.as_deref().unwrap();
        let cells: Vec<&str> = finding
            .cells
            .iter()
            .map(|cell| cell.key.as_deref().unwrap())
            .collect();
        assert_eq!(cells, keys(statement), "{id}");
        for cell in &finding.cells {
            assert_eq!(
                cell.value,
                record.get(cell.key.as_deref().unwrap()).unwrap(),
                "{id}"
            );
        }
        let verdict = if finding.severity == Severity::Hard {
            Verdict::Inconsistent
        } else {
            Verdict::Query
        };
        assert_eq!(report.verdict(), verdict, "{id}");
        assert_eq!(report.counts.passed + report.counts.failed, 28, "{id}");
    }
}

#[test]
fn the_typed_check_says_the_same() {
    for (id, changes, _) in BROKEN {
        let mut record = consistent();
        set(&mut record, changes);
        let table = NineCategory::from_record(&record).unwrap();
        assert_eq!(table.check(), check(&record), "{id}");
    }
    assert_eq!(
        NineCategory::from_record(&consistent()).unwrap().check(),
        check(&consistent())
    );
}

#[test]
fn the_examples_in_the_form_do_what_they_say() {
    for (index, rule) in NineCategory::form().rules().iter().enumerate() {
        for (cells, outcome) in [
            (rule.passes(), Outcome::Pass),
            (rule.fails(), Outcome::Fail),
        ] {
            assert!(!cells.is_empty(), "{}", rule.id());
            let mut record = Record::new(NineCategory::form().clone());
            let rows: Vec<_> = NineCategory::form().indicators().to_vec();
            for slot in rule.instances()[0]
                .slots()
                .iter()
                .filter(|slot| **slot < rows.len())
            {
                let zero = if rows[*slot].unit() == "万元" {
                    Value::Amount(0.into())
                } else {
                    Value::Count(0)
                };
                let listed = cells.iter().find(|(cell, _)| cell == slot);
                record
                    .set(
                        rows[*slot].key(),
                        Some(listed.map_or(zero, |(_, value)| *value)),
                    )
                    .unwrap();
            }
            assert_eq!(
                evaluate(&record).nth(index).unwrap().outcome,
                outcome,
                "{}",
                rule.id()
            );
        }
    }
}

#[test]
fn a_declared_carry_over_enters_r306_only() {
    let mut record = consistent();
    set(
        &mut record,
        &[
            ("requests.received.total", 30),
            ("requests.received.in_person", 23),
        ],
    );
    record.declare("carried_out", 3).unwrap();
    assert_eq!(check(&record).verdict(), Verdict::Consistent);
    record.declare("carried_in", 2).unwrap();
    let report = check(&record);
    let finding = report.finding("R306").unwrap();
    assert_eq!(finding.sides.unwrap(), [32, 30, 2]);
    let declared: Vec<(&str, u64)> = finding
        .declared
        .iter()
        .map(|it| (&*it.key, it.value))
        .collect();
    assert_eq!(declared, [("carried_in", 2), ("carried_out", 3)]);
    let table = NineCategory::from_record(&record).unwrap();
    let declared = xxgk::nine_category::Declared {
        carried_in: 2,
        carried_out: 3,
    };
    assert_eq!(table.check_with(declared), report);
    assert!(record.declare("carried_over", 1).is_err());
}

#[test]
fn a_blank_leaves_its_rules_undetermined_and_no_others() {
    let mut record = consistent();
    record.set("requests.received.fax", None).unwrap();
    let report = check(&record);
    assert_eq!(report.verdict(), Verdict::Incomplete);
    assert_eq!((report.counts.undetermined, report.counts.failed), (1, 0));
    let finding = &report.findings[0];
    assert_eq!(
        (&*finding.rule, finding.outcome, finding.sides),
        ("R301", Outcome::Undetermined, None)
    );
    assert!(
        finding.message.zh.contains("传真申请数"),
        "{}",
        finding.message.zh
    );

    // A condition that does not hold decides the rule, whatever the consequence.
    let mut record = consistent();
    set(
        &mut record,
        &[("meetings_and_training.training_courses", 0)],
    );
    record.set("meetings_and_training.trainees", None).unwrap();
    assert_eq!(check(&record).verdict(), Verdict::Consistent);
}

#[test]
fn an_amount_that_none_can_be_is_said_and_left_out() {
    for (amount, id) in [
        ("-0.1", "S003"),
        ("0.000000001", "S011"),
        ("1000000000000001", "S011"),
    ] {
        let mut record = consistent();
        record
            .set("fees", Some(Value::Amount(amount.parse().unwrap())))
            .unwrap();
        let report = check(&record);
        let found: Vec<&str> = report
            .findings
            .iter()
            .map(|finding| &*finding.rule)
            .collect();
        // R701 is decided without it: there were requests.
        assert_eq!(found, [id], "{amount}");
        assert_eq!(report.verdict(), Verdict::Inconsistent, "{amount}");
        let table = NineCategory::from_record(&record).unwrap();
        assert_eq!(table.check(), report, "{amount}");
    }
}

#[test]
fn the_largest_counts_do_not_overflow() {
    let mut record = Record::new(NineCategory::form().clone());
    let keys: Vec<_> = NineCategory::form()
        .indicators()
        .iter()
        .map(|row| (row.key().to_string(), row.unit() == "万元"))
        .collect();
    for (key, amount) in &keys {
        let most = if *amount {
            Value::Amount("1000000000000000".parse().unwrap())
        } else {
            Value::Count(u64::MAX)
        };
        record.set(key, Some(most)).unwrap();
    }
    record.declare("carried_in", u64::MAX).unwrap();
    let report = check(&record);
    let sides = report.finding("R303").unwrap().sides.unwrap();
    let max = i128::from(u64::MAX);
    assert_eq!(sides, [max, 8 * max, -7 * max]);
    assert_eq!(
        report.finding("R306").unwrap().sides.unwrap(),
        [2 * max, max, max]
    );
}
