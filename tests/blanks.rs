//! What blank cells leave open is open, and nothing else is: a rule that cannot hold whatever they hold fails.

mod support;

use std::sync::Arc;

use proptest::prelude::*;
use support::random::Random;
use support::{naive, set, statements};
use xxgk::edit::Localiser;
use xxgk::form::Kind;
use xxgk::national_2021::National2021;
use xxgk::{Bound, Certainty, Form, Lang, Outcome, Record, Report, Table, Value, check, evaluate};

/// A record whose reviews alone are filled in.
fn reviews(cells: &[(&str, u64)]) -> Record {
    let mut record = Record::new(National2021::form().clone());
    for (column, count) in cells {
        set(
            &mut record,
            &[(&format!("disputes.reconsideration.{column}"), *count)],
        );
    }
    record
}

const REVIEWS: &str = "G401[disputes.reconsideration]";

fn finding<'a>(report: &'a Report, instance: &str) -> Option<&'a xxgk::Finding> {
    let of = |it: &&xxgk::Finding| it.instance.as_deref() == Some(instance);
    report.findings.iter().find(of)
}

#[test]
fn parts_that_are_more_than_their_total_fail_beside_blanks() {
    let record = reviews(&[("upheld", 3), ("total", 1)]);
    let report = check(&record);
    let finding = finding(&report, REVIEWS).unwrap();
    assert_eq!(finding.outcome, Outcome::Fail);
    assert_eq!(finding.sides.unwrap(), [1, 3, -2]);
    assert_eq!(
        finding.bounds,
        [Bound::Exact, Bound::AtLeast, Bound::AtMost]
    );
    assert_eq!(
        finding.message.get(Lang::Zh),
        "“行政复议”总计为1件，而结果维持、结果纠正、其他结果、尚未审结四项之和至少为3件，相差至少2件。总计应等于四项之和，请核对这五个数。\
         “行政复议（结果纠正）”“行政复议（其他结果）”“行政复议（尚未审结）”空白，但无论补填什么数，本条都不能成立。"
    );
    assert_eq!(
        finding.message.get(Lang::En),
        "“行政复议”: the total is 1, but the four results sum to at least 3: a difference of at least 2. The total must equal the \
         sum: check these five figures. “行政复议（结果纠正）”, “行政复议（其他结果）”, “行政复议（尚未审结）” blank: whatever is filled in, \
         this cannot hold."
    );
    let json = serde_json::to_value(&report).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let json = findings
        .iter()
        .find(|it| it["instance"] == REVIEWS)
        .unwrap();
    assert_eq!(
        json["bounds"],
        serde_json::json!(["exact", "at_least", "at_most"])
    );

    // And it can be corrected: one of the two figures is wrong.
    let corrections = Localiser::new(record.form()).localise(&record);
    assert_eq!(corrections.len(), 1);
    assert_eq!(*corrections[0].rules[0], *REVIEWS);
    assert_eq!(corrections[0].certainty, Certainty::Alternatives);
    assert_eq!(corrections[0].sets.len(), 2);
}

#[test]
fn what_blanks_can_make_right_stays_open() {
    for cells in [
        &[("upheld", 1), ("total", 3)][..],
        &[("upheld", 3), ("total", 3)],
        &[("upheld", 3)],
        &[("total", 0)],
        &[
            ("upheld", 3),
            ("corrected", 0),
            ("other", 1),
            ("pending", 0),
        ],
    ] {
        let record = reviews(cells);
        let report = check(&record);
        let finding = finding(&report, REVIEWS).unwrap();
        assert_eq!(finding.outcome, Outcome::Undetermined, "{cells:?}");
        assert_eq!((finding.sides, finding.bounds), (None, [Bound::Exact; 3]));
        assert_eq!(Localiser::new(record.form()).localise(&record), []);
    }
}

/// A form of a few rows of every kind, with one rule.
fn small_form(statement: &str) -> Option<Form> {
    let rows: String = ["count", "count", "count", "amount", "amount", "change"]
        .iter()
        .zip("abcdef".chars())
        .map(|(kind, key)| {
            let unit = if *kind == "amount" { "万元" } else { "件" };
            format!("[[row]]\ncode = \"{key}\"\nkey = \"{key}\"\nlabel = \"{key}\"\nunit = \"{unit}\"\nkind = \"{kind}\"\n")
        })
        .collect();
    let rule = format!(
        "[[rule]]\nid = \"H001\"\nseverity = \"hard\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"-\", en = \"-\" }}\n"
    );
    let head =
        "id = \"small\"\ntitle = \"t\"\nsource = \"s\"\nfirst_year = 2000\nlast_year = 2001\n";
    // Numbers may be too large for a rule.
    Form::from_toml(&format!("{head}{rows}{rule}")).ok()
}

fn value(kind: Kind, number: i64) -> Value {
    match kind {
        Kind::Amount => Value::Amount(number.unsigned_abs().into()),
        Kind::Change => Value::Change(number),
        Kind::Count | Kind::Heading => Value::Count(number.unsigned_abs()),
    }
}

fn of(form: &Arc<Form>, cells: &[Option<i64>]) -> Record {
    let mut record = Record::new(form.clone());
    for (indicator, cell) in form.indicators().iter().zip(cells) {
        let cell = cell.map(|number| value(indicator.kind(), number));
        record.set(indicator.key(), cell).unwrap();
    }
    record
}

fn outcome(record: &Record) -> Outcome {
    evaluate(record).next().unwrap().outcome
}

#[test]
fn each_comparison_beside_blanks() {
    use Outcome::{Fail, Pass, Undetermined};
    // a and c are blank, b is 5, d is blank (an amount), e is 2.5 万元, f is blank and may be negative.
    for (statement, expected) in [
        ("b = 3 + a", Undetermined),
        ("b = 6 + a", Fail),
        ("6 + a = b", Fail),
        ("b >= 6 + a", Fail),
        ("b > 5 + a + c", Fail),
        ("b < 5 - a", Fail),
        ("b <= 5 + a", Pass),
        ("b < 5 + a", Undetermined),
        ("b != 6 + a", Pass),
        ("b != 5 + a", Undetermined),
        ("not b < 6 + a", Fail),
        ("not b = 6 + a", Pass),
        ("a = 0 - 1", Fail),
        ("a >= 0", Pass),
        ("f >= 0", Undetermined),
        ("b = 6 + f", Undetermined),
        ("b = 6 + a - f", Undetermined),
        // The same cell on both sides is the same number.
        ("a + b = a + 5", Pass),
        ("a + b = a + 4", Fail),
        ("f + b > f", Pass),
        ("2 * a + b <= a + 4", Fail),
        ("a - c = a - c", Pass),
        // Amounts are no smaller than nothing either.
        ("e = 3 + d", Fail),
        ("e = 2 + d", Undetermined),
        ("if a > b then c > 0", Undetermined),
        ("if b < 6 + a then c < 0", Fail),
        ("if b > 6 + a then c > 0", Pass),
        ("b = 6 + a or c = 1", Undetermined),
        ("b = 6 + a or c < 0", Fail),
        ("c = 1 and b = 6 + a", Fail),
        // Each comparison is decided by itself: that not both can be open is not seen.
        ("a = 1 or a != 1", Undetermined),
    ] {
        let form = Arc::new(small_form(statement).unwrap());
        let mut record = of(&form, &[None, Some(5), None, None, None, None]);
        record
            .set("e", Some(Value::Amount("2.5".parse().unwrap())))
            .unwrap();
        assert_eq!(outcome(&record), expected, "{statement}");
    }
}

#[test]
fn a_side_that_can_be_anything_is_not_shown() {
    let form = Arc::new(small_form("f + b = f + 4").unwrap());
    let report = check(&of(&form, &[None, Some(5), None, None, None, None]));
    let finding = &report.findings[0];
    assert_eq!(finding.bounds, [Bound::Open, Bound::Open, Bound::Exact]);
    assert!(
        finding.message.zh.contains("前者为?，后者为?，相差1"),
        "{}",
        finding.message.zh
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// What is decided beside blanks is so whatever is filled in; and the naive evaluator decides the same.
    #[test]
    fn no_value_of_a_blank_changes_what_was_decided(
        statement in statements::statement(prop::sample::select(&["a", "b", "c", "d", "e", "f"][..]).prop_map(str::to_owned).boxed()),
        cells in prop::collection::vec(prop::option::of(-9..30_i64), 6),
        seed in any::<u64>(),
    ) {
        let Some(form) = small_form(&statement.to_string()) else { return Ok(()) };
        let form = Arc::new(form);
        let record = of(&form, &cells);
        let decided = outcome(&record);
        let naive = match naive::holds(&statement, &|key| naive::cell(&record, key)) {
            Some(true) => Outcome::Pass,
            Some(false) => Outcome::Fail,
            None => Outcome::Undetermined,
        };
        prop_assert_eq!(decided, naive, "{}", statement);
        if decided == Outcome::Undetermined {
            return Ok(());
        }
        let mut random = Random(seed);
        for _ in 0..20 {
            let filled: Vec<Option<i64>> = cells
                .iter()
                .map(|cell| cell.or_else(|| {
                    let size = [2, 50, 1_000_000_000_000][random.below(3) as usize];
                    Some(random.below(size) as i64 - (size / 2) as i64)
                }))
                .collect();
            prop_assert_eq!(outcome(&of(&form, &filled)), decided, "{} {:?}", statement, filled);
        }
    }

    /// A comparison of counts that is left open can hold and can fail.
    #[test]
    fn what_is_left_open_can_go_either_way(
        left in prop::sample::subsequence(vec!["a", "b", "c"], 1..3),
        right in prop::sample::subsequence(vec!["a", "b", "c"], 1..3),
        operator in prop::sample::select(&["=", "!=", "<", "<=", ">", ">="][..]),
        constant in 0..4_i64,
        cells in prop::collection::vec(prop::option::of(0..6_i64), 3),
    ) {
        let statement = format!("{} {operator} {} + {constant}", left.join(" + "), right.join(" + "));
        let form = Arc::new(small_form(&statement).unwrap());
        if outcome(&of(&form, &cells)) != Outcome::Undetermined {
            return Ok(());
        }
        let mut seen = std::collections::HashSet::new();
        for number in 0..20_i64.pow(3) {
            let values = [number % 20, number / 20 % 20, number / 400];
            let filled: Vec<_> = cells.iter().zip(values).map(|(cell, value)| cell.or(Some(value))).collect();
            seen.insert(outcome(&of(&form, &filled)));
        }
        prop_assert_eq!(seen.len(), 2, "{} {:?}", statement, cells);
    }
}
