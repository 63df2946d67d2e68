//! Which human errors explain a correction.
//!
//! A figure that was typed wrong is near to the right one in the way that people type wrong. Each such nearness is exact, on
//! decimal digits; it is a hint to whoever knows the right figure, not a proof. What two figures have in common by chance
//! says nothing, and is left out:
//!
//! - of two single digits, that one was mistyped for the other: each is one mistype away from every other;
//! - that a figure of one digit, 0 above all, stands in another cell, or in last year's table, or is what a sum is off by:
//!   tables are full of them;
//! - that 0 came from a figure, or a figure from 0, by a slip of digits;
//! - that a zero at the end was left out or written twice, where the figure is a power of ten off: it is the same thing.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::form::{Form, Row};
use crate::number::{AMOUNT_DECIMALS, Number, Value};
use crate::record::Record;
use crate::report::correction::{Change, Correction, Diagnosis, HumanError};

/// Fills in the human errors that explain the sets of corrections, in place of what stood there, and orders the sets of each:
/// those come first of which most cells are explained, then those with the likeliest error, else they stay as they came.
///
/// The corrections are of `record`. `previous` is the table of the year before, on whatever edition of the form. A cell that
/// can have several values is explained by nothing.
pub fn diagnose(corrections: &mut [Correction], record: &Record, previous: Option<&Record>) {
    let form = record.form();
    for correction in corrections {
        let table = Table {
            record,
            previous,
            rules: rules(form, &correction.rules),
        };
        for set in &mut correction.sets {
            let errors = set.cells.iter().flat_map(|it| table.errors(it, &set.cells));
            set.diagnosis = errors.collect();
            set.diagnosis.sort_by_key(|it| it.error);
        }
        correction.sets.sort_by_cached_key(|set| {
            let explained: HashSet<usize> = set.diagnosis.iter().map(|it| it.cell).collect();
            let best = set.diagnosis.first().map(|it| it.error);
            (Reverse(explained.len()), best)
        });
    }
}

/// The cells of each of these rules.
fn rules<'f>(form: &'f Form, ids: &[Arc<str>]) -> Vec<&'f [usize]> {
    let ids: HashSet<&str> = ids.iter().map(|id| &**id).collect();
    let instances = form.instances().map(|(_, instance)| instance);
    instances
        .filter(|instance| ids.contains(instance.id()))
        .map(|instance| instance.slots())
        .collect()
}

/// What stands around the cells that are changed.
struct Table<'a> {
    record: &'a Record,
    previous: Option<&'a Record>,
    /// The slots of each rule of the correction.
    rules: Vec<&'a [usize]>,
}

impl Table<'_> {
    /// The errors that explain a change, one of a set.
    fn errors(&self, change: &Change, set: &[Change]) -> Vec<Diagnosis> {
        let pair = change.to().and_then(|to| Pair::new(change.from, to));
        let Some(pair) = pair else {
            return Vec::new();
        };
        let found = |error, other| Diagnosis {
            error,
            cell: change.cell,
            other,
        };
        let slips = pair.slips().into_iter();
        let mut out: Vec<Diagnosis> = slips.map(|error| found(error, None)).collect();
        if tells(pair.number(pair.from)) {
            if self.last_year(&change.key) == Some(change.from) {
                out.push(found(HumanError::LastYear, None));
            }
            // Two figures that were exchanged change together: what was copied is the right one.
            let right = |cell| match set.iter().find(|it| it.cell == cell) {
                Some(other) => other.to(),
                None => self.record.value(cell),
            };
            let mut neighbours = neighbours(self.record.form(), change.cell).into_iter();
            let neighbour = neighbours.find(|cell| right(*cell) == Some(change.from));
            out.extend(neighbour.map(|other| found(HumanError::Neighbour, Some(other))));
        }
        if tells(pair.number(pair.off())) {
            let other = self.off_by(&pair, change.cell, set);
            out.extend(other.map(|other| found(HumanError::OffByCell, Some(other))));
        }
        out
    }

    /// What stood in the cell the year before.
    fn last_year(&self, key: &str) -> Option<Value> {
        self.previous?.get(key).ok()?
    }

    /// The first cell whose figure a cell of the same rule is off by. One that is changed too is none: its figure is wrong
    /// itself.
    fn off_by(&self, pair: &Pair, cell: usize, set: &[Change]) -> Option<usize> {
        let rules = self.rules.iter().filter(|slots| slots.contains(&cell));
        let others = rules.flat_map(|slots| slots.iter().copied());
        let is_it = |slot: &usize| {
            let value = self.record.value(*slot);
            value.is_some_and(|value| {
                is_amount(value) == pair.amount && value.scaled() == Some(pair.off())
            })
        };
        others
            .filter(|slot| set.iter().all(|it| it.cell != *slot))
            .filter(is_it)
            .min()
    }
}

/// The cells above, below, left and right of a cell, as far as there are; rows without cells are passed over.
fn neighbours(form: &Form, cell: usize) -> Vec<usize> {
    let row_of = |cell: usize| {
        let index = form.indicator(cell)?.row();
        Some((index, form.rows().get(index)?))
    };
    let Some((index, row)) = row_of(cell) else {
        return Vec::new();
    };
    let section = form.sections().get(row.section());
    let rows = section.map_or(0..0, |section| section.rows());
    let has_cells = |row: &&Row| !row.cells().is_empty();
    let rows_of = |range: Range<usize>| form.rows().get(range).unwrap_or_default().iter();
    let above = rows_of(rows.start..index).rev().find(has_cells);
    let below = rows_of(index + 1..rows.end).find(has_cells);
    let column = cell - row.cells().start;
    let beside = [above, below].into_iter().flatten().filter_map(|row| {
        let cell = row.cells().start + column;
        row.cells().contains(&cell).then_some(cell)
    });
    let along = [cell.checked_sub(1), cell.checked_add(1)];
    let along = along.into_iter().flatten();
    beside
        .chain(along.filter(|cell| row.cells().contains(cell)))
        .collect()
}

/// Whether a figure is more than one digit: others are the same by chance.
fn tells(number: Number) -> bool {
    number.parts().0.unsigned_abs() >= 10
}

fn is_amount(value: Value) -> bool {
    matches!(value, Value::Amount(_))
}

/// A figure and the right one, in the unit of the engine.
struct Pair {
    from: i128,
    to: i128,
    amount: bool,
}

impl Pair {
    /// `None` where one is no figure that a cell can hold.
    fn new(from: Value, to: Value) -> Option<Self> {
        Some(Pair {
            from: from.scaled()?,
            to: to.scaled()?,
            amount: is_amount(from),
        })
    }

    fn number(&self, scaled: i128) -> Number {
        Number::new(scaled, if self.amount { AMOUNT_DECIMALS } else { 0 })
    }

    /// How far they are apart.
    fn off(&self) -> i128 {
        (self.from - self.to).abs()
    }

    /// What may have slipped in writing `from` for `to`.
    fn slips(&self) -> Vec<HumanError> {
        let (from, to) = (self.from, self.to);
        if from == 0 || to == 0 || from == to {
            return Vec::new();
        }
        if from == -to {
            return vec![HumanError::Sign];
        }
        if from.signum() != to.signum() {
            return Vec::new();
        }
        let (from, to) = (from.abs(), to.abs());
        let (large, small) = (from.max(to), from.min(to));
        if large % small == 0 && is_power_of_ten(large / small) {
            let unit = self.amount && large / small == UNIT;
            let error = if unit {
                HumanError::Unit
            } else {
                HumanError::PowerOfTen
            };
            return vec![error];
        }
        let mut out = Vec::new();
        if is_transposed(&from.to_string(), &to.to_string()) {
            out.push(HumanError::Transposed);
        }
        let (from, to) = (self.number(from), self.number(to));
        let written = Written::new(to);
        if written.with_a_digit_twice().any(|it| it == from) {
            out.push(HumanError::Doubled);
        }
        if written.without_a_digit().any(|it| it == from) {
            out.push(HumanError::Dropped);
        }
        if is_mistyped(from, to) {
            out.push(HumanError::Mistyped);
        }
        out
    }
}

/// So many 元 are one 万元, and so many 万元 one 亿元.
const UNIT: i128 = 10_000;

fn is_power_of_ten(mut number: i128) -> bool {
    while number % 10 == 0 {
        number /= 10;
    }
    number == 1
}

/// Whether two neighbouring digits are exchanged. The digits are those in the unit of the engine, of which the last zeros of
/// an amount are not written: 1.05 may be 1.50.
fn is_transposed(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let pairs = one.bytes().zip(other.bytes()).enumerate();
    let different: Vec<(usize, (u8, u8))> = pairs.filter(|(_, (a, b))| a != b).take(3).collect();
    match different[..] {
        [(first, (a, b)), (second, (c, d))] => first + 1 == second && a == d && b == c,
        _ => false,
    }
}

/// Whether exactly one digit of several is another.
fn is_mistyped(one: Number, other: Number) -> bool {
    let ((one, one_behind), (other, other_behind)) = (one.parts(), other.parts());
    let (one, other) = (one.to_string(), other.to_string());
    let different = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b);
    one_behind == other_behind
        && one.len() == other.len()
        && one.len() >= 2
        && different.count() == 1
}

/// A figure as it is written: its digits, and how many of them stand before the point.
struct Written {
    digits: String,
    whole: usize,
}

impl Written {
    fn new(number: Number) -> Self {
        let (digits, behind) = number.parts();
        let behind = behind as usize;
        let digits = format!("{digits:0>width$}", width = behind + 1);
        let whole = digits.len() - behind;
        Written { digits, whole }
    }

    /// The figures that it becomes where a digit is left out.
    fn without_a_digit(&self) -> impl Iterator<Item = Number> {
        self.changed(0)
    }

    /// The figures that it becomes where a digit is written twice.
    fn with_a_digit_twice(&self) -> impl Iterator<Item = Number> {
        self.changed(2)
    }

    /// The figures with each digit in turn so many times. None begins with a zero that nobody would write.
    fn changed(&self, times: usize) -> impl Iterator<Item = Number> {
        self.digits.char_indices().filter_map(move |(at, digit)| {
            let (before, rest) = self.digits.split_at_checked(at)?;
            let behind = rest.get(1..)?;
            let digits = format!("{before}{}{behind}", digit.to_string().repeat(times));
            let whole = if at < self.whole {
                self.whole + times - 1
            } else {
                self.whole
            };
            let plain = whole == 1 || (whole > 1 && !digits.starts_with('0'));
            let scale = u32::try_from(digits.len() - whole).ok()?;
            let number = Number::new(digits.parse().ok()?, scale);
            plain.then_some(number)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::Table as _;
    use crate::national_2021::National2021;
    use crate::nine_category::NineCategory;
    use crate::report::correction::{CellSet, Certainty};
    use HumanError::*;

    fn count(text: &str) -> Value {
        Value::Count(text.parse().unwrap())
    }

    fn amount(text: &str) -> Value {
        Value::Amount(text.parse().unwrap())
    }

    fn change(text: &str) -> Value {
        Value::Change(text.parse().unwrap())
    }

    fn slips(from: Value, to: Value) -> Vec<HumanError> {
        Pair::new(from, to).unwrap().slips()
    }

    #[test]
    fn slips_of_digits() {
        let none: &[HumanError] = &[];
        for (of, from, to, errors) in [
            (count as fn(&str) -> Value, "62", "26", &[Transposed][..]),
            (count, "1243", "1234", &[Transposed]),
            (count, "120", "102", &[Transposed]),
            // The second digit is no neighbour, or there are two exchanges.
            (count, "321", "123", none),
            (count, "2143", "1234", none),
            // Nobody writes 01.
            (count, "1", "10", &[PowerOfTen]),
            (count, "270", "27", &[PowerOfTen]),
            (count, "27", "27000", &[PowerOfTen]),
            (count, "270", "28", none),
            (count, "277", "27", &[Doubled]),
            (count, "11", "1", &[Doubled]),
            (count, "1000", "100", &[PowerOfTen]),
            (count, "1001", "101", &[Doubled]),
            (count, "272", "27", none),
            (count, "27", "277", &[Dropped]),
            (count, "27", "217", &[Dropped]),
            (count, "27", "271", &[Dropped]),
            (count, "2", "27", &[Dropped]),
            // 105 without its 1 would be written 05.
            (count, "5", "105", none),
            (count, "26", "27", &[Mistyped]),
            (count, "37", "27", &[Mistyped]),
            (count, "36", "27", none),
            // Single digits, and 0, say nothing.
            (count, "3", "5", none),
            (count, "0", "5", none),
            (count, "0", "10", none),
            (count, "20", "0", none),
            (
                count,
                "18446744073709551165",
                "18446744073709551615",
                &[Transposed],
            ),
            (change, "-27", "27", &[Sign]),
            (change, "1", "-1", &[Sign]),
            (change, "-62", "-26", &[Transposed]),
            (change, "62", "-26", none),
            (
                change,
                "-922337203685477580",
                "-9223372036854775808",
                &[Dropped],
            ),
            (amount, "15000", "1.5", &[Unit]),
            (amount, "1.5", "15000", &[Unit]),
            (amount, "0.0001", "1", &[Unit]),
            (amount, "15", "1.5", &[PowerOfTen]),
            (amount, "0.00000001", "1000000000000000", &[PowerOfTen]),
            (amount, "1.5", "5.1", &[Transposed]),
            (amount, "12.5", "15.2", &[Transposed]),
            // 1.50 is 1.05 with its digits exchanged, and without its 0.
            (amount, "1.5", "1.05", &[Transposed, Dropped]),
            (amount, "12.75", "1.75", none),
            (amount, "1.75", "12.75", &[Dropped]),
            (amount, "12.7", "12.75", &[Dropped]),
            (amount, "12", "12.5", &[Dropped]),
            (amount, "12.55", "12.5", &[Doubled]),
            (amount, "122.5", "12.5", &[Doubled]),
            (amount, "0.25", "5.25", none),
            (amount, "1.5", "1.7", &[Mistyped]),
            (amount, "0.5", "0.7", none),
        ] {
            assert_eq!(slips(of(from), of(to)), errors, "{from} for {to}");
        }
    }

    /// Cells that are changed to one value each, or to a range.
    fn set(record: &Record, cells: &[(&str, Value, Value)]) -> CellSet {
        let change = |&(key, least, most): &(&str, Value, Value)| {
            let cell = record.form().cell(key).unwrap();
            Change {
                cell,
                key: key.into(),
                name: record.form().indicator(cell).unwrap().name.clone(),
                from: record.value(cell).unwrap(),
                least,
                most,
            }
        };
        CellSet {
            cells: cells.iter().map(change).collect(),
            diagnosis: Vec::new(),
        }
    }

    fn to<'a>(key: &'a str, value: &str) -> (&'a str, Value, Value) {
        (key, count(value), count(value))
    }

    /// A correction of these rules, diagnosed.
    fn diagnosed(
        record: &Record,
        previous: Option<&Record>,
        rules: &[&str],
        sets: &[&[(&str, Value, Value)]],
    ) -> Correction {
        let mut corrections = [Correction {
            rules: rules.iter().map(|id| (*id).into()).collect(),
            certainty: Certainty::Alternatives,
            sets: sets.iter().map(|cells| set(record, cells)).collect(),
        }];
        diagnose(&mut corrections, record, previous);
        let once = corrections.clone();
        diagnose(&mut corrections, record, previous);
        assert_eq!(corrections, once);
        let [correction] = corrections;
        correction
    }

    /// The errors of each set, each with the key of the other cell.
    fn errors<'f>(correction: &Correction, form: &'f Form) -> Vec<Vec<(HumanError, &'f str)>> {
        let other = |it: &Diagnosis| it.other.map_or("", |it| form.indicator(it).unwrap().key());
        let of_set = |set: &CellSet| {
            let errors = set.diagnosis.iter();
            errors.map(|it| (it.error, other(it))).collect()
        };
        correction.sets.iter().map(of_set).collect()
    }

    fn record(form: &Arc<Form>, cells: &[(&str, &str)]) -> Record {
        let mut record = Record::new(form.clone());
        for (key, value) in cells {
            record.set(key, Some(count(value))).unwrap();
        }
        record
    }

    const TOTAL: &str = "requests.received.total";
    const IN_PERSON: &str = "requests.received.in_person";
    const FAX: &str = "requests.received.fax";
    const ONLINE: &str = "requests.received.online";
    const LETTER: &str = "requests.received.letter";

    #[test]
    fn figures_of_other_cells() {
        let form = NineCategory::form();
        let cells = [
            (TOTAL, "58"),
            (IN_PERSON, "14"),
            (FAX, "14"),
            (ONLINE, "31"),
            (LETTER, "14"),
        ];
        let table = record(form, &cells);
        let one = |key, value| {
            let correction = diagnosed(&table, None, &["R301"], &[&[to(key, value)]]);
            errors(&correction, form).remove(0)
        };
        // 58 + 14 = 72: a part was forgotten, and the first that has it is named.
        assert_eq!(one(TOTAL, "72"), [(OffByCell, IN_PERSON)]);
        assert_eq!(one(TOTAL, "44"), [(OffByCell, IN_PERSON)]);
        // Above it, and below; the heading below the last row is passed over.
        assert_eq!(one(FAX, "90"), [(Neighbour, IN_PERSON)]);
        assert_eq!(one(IN_PERSON, "90"), [(Neighbour, FAX)]);
        assert_eq!(one(LETTER, "90"), []);
        assert_eq!(one(LETTER, "0"), [(OffByCell, IN_PERSON)]);
        // Two that were exchanged, and two that hold the same and are both wrong.
        let two = |values: [&str; 2]| {
            let [upper, lower] = values;
            let cells = [to(ONLINE, upper), to(LETTER, lower)];
            let correction = diagnosed(&table, None, &["R301"], &[&cells]);
            errors(&correction, form).remove(0)
        };
        assert_eq!(
            two(["14", "31"]),
            [(Neighbour, LETTER), (Neighbour, ONLINE)]
        );
        let cells = [to(FAX, "89"), to(IN_PERSON, "89")];
        let correction = diagnosed(&table, None, &["R301"], &[&cells]);
        assert_eq!(errors(&correction, form), [[]]);
        // Off by a cell of another rule.
        let of = |rule: &str| {
            let correction = diagnosed(&table, None, &[rule], &[&[to(TOTAL, "72")]]);
            errors(&correction, form).remove(0)
        };
        assert_eq!(of("R301"), [(OffByCell, IN_PERSON)]);
        assert_eq!(of("R306"), []);
        // A cell that is changed too is wrong itself.
        let both = diagnosed(
            &table,
            None,
            &["R301"],
            &[&[to(TOTAL, "89"), to(ONLINE, "97")]],
        );
        assert_eq!(errors(&both, form), [[]]);
    }

    #[test]
    fn figures_that_are_the_same_by_chance() {
        let form = NineCategory::form();
        let cells = [
            (TOTAL, "8"),
            (IN_PERSON, "4"),
            (FAX, "4"),
            (ONLINE, "0"),
            (LETTER, "0"),
        ];
        let table = record(form, &cells);
        for (key, value) in [(TOTAL, "4"), (FAX, "0"), (ONLINE, "9"), (LETTER, "4")] {
            let correction = diagnosed(&table, Some(&table), &["R301"], &[&[to(key, value)]]);
            assert_eq!(errors(&correction, form), [[]], "{key}");
        }
    }

    #[test]
    fn the_year_before() {
        let form = NineCategory::form();
        let table = record(form, &[(TOTAL, "62"), (IN_PERSON, "26")]);
        let sets: &[&[_]] = &[&[to(TOTAL, "26")], &[to(IN_PERSON, "62")]];
        let without = diagnosed(&table, None, &["R301"], sets);
        assert_eq!(
            errors(&without, form),
            [[(Transposed, "")], [(Transposed, "")]]
        );

        let before = record(form, &[(TOTAL, "62"), (IN_PERSON, "17")]);
        let sets: &[&[_]] = &[&[to(IN_PERSON, "87")], &[to(TOTAL, "93")]];
        let with = diagnosed(&table, Some(&before), &["R301"], sets);
        assert_eq!(&*with.sets[0].cells[0].key, TOTAL);
        assert_eq!(errors(&with, form), [vec![(LastYear, "")], vec![]]);
        // The table itself may be of another edition.
        let other = record(National2021::form(), &[("requests.received.total", "62")]);
        let with = diagnosed(&table, Some(&other), &["R301"], sets);
        assert_eq!(errors(&with, form), [vec![(LastYear, "")], vec![]]);
    }

    #[test]
    fn rows_and_columns() {
        let form = National2021::form();
        let received = |column: &str| format!("requests.received.{column}");
        let [person, business, research] =
            ["natural_person", "business", "research_institution"].map(received);
        let below = "requests.carried_in.business";
        let one = |cells: &[(&str, &str)]| {
            let table = record(form, cells);
            let found = diagnosed(
                &table,
                None,
                &["G303[requests.received]"],
                &[&[to(&business, "999")]],
            );
            errors(&found, form).remove(0)
        };
        assert_eq!(
            one(&[(&business, "41"), (&person, "41")]),
            [(Neighbour, &*person)]
        );
        assert_eq!(
            one(&[(&business, "41"), (&research, "41")]),
            [(Neighbour, &*research)]
        );
        assert_eq!(
            one(&[(&business, "41"), (below, "41")]),
            [(Neighbour, below)]
        );
        let far = received("public_welfare");
        assert_eq!(one(&[(&business, "41"), (&far, "41")]), []);
        // The last cell of one row and the first of the next are no neighbours.
        let total = received("total");
        let table = record(
            form,
            &[(&total, "41"), ("requests.carried_in.natural_person", "41")],
        );
        let found = diagnosed(
            &table,
            None,
            &["G303[requests.received]"],
            &[&[to(&total, "999")]],
        );
        assert_eq!(errors(&found, form), [[]]);
    }

    #[test]
    fn an_amount_and_a_count_are_no_part_of_each_other() {
        let form = NineCategory::form();
        let mut table = record(form, &[(TOTAL, "0")]);
        table.set("fees", Some(amount("12"))).unwrap();
        let found = diagnosed(&table, None, &["R701"], &[&[to(TOTAL, "12")]]);
        assert_eq!(errors(&found, form), [[]]);
    }

    #[test]
    fn what_is_explained_best_stands_first() {
        let form = NineCategory::form();
        let cells = [
            (TOTAL, "620"),
            (IN_PERSON, "26"),
            (FAX, "300"),
            (ONLINE, "171"),
            (LETTER, "62"),
        ];
        let table = record(form, &cells);
        let range = |key| (key, count("0"), count("9"));
        let sets: &[&[_]] = &[
            &[to(FAX, "4"), range(LETTER)],
            &[to(LETTER, "26"), range(ONLINE)],
            &[to(ONLINE, "4"), to(FAX, "5")],
            &[to(ONLINE, "172"), to(FAX, "301")],
            &[to(TOTAL, "62"), range(FAX)],
        ];
        let found = diagnosed(&table, None, &["R301"], sets);
        let first: Vec<_> = found.sets.iter().map(|it| it.cells[0].to()).collect();
        // Two mistyped; an exchange; a power of ten; and what nothing explains, as it came.
        assert_eq!(
            first,
            ["172", "26", "62", "4", "4"].map(|it| Some(count(it)))
        );
        let keys = [&found.sets[3].cells[0].key, &found.sets[4].cells[0].key];
        assert_eq!(keys.map(|key| &**key), [FAX, ONLINE]);
    }

    /// A figure as its digits, the first of which is no 0, and how many of them stand behind the point.
    fn figure() -> impl Strategy<Value = (Vec<u8>, usize)> {
        let digits = (1..10_u8, prop::collection::vec(0..10_u8, 1..11));
        let digits = digits.prop_map(|(first, rest)| [vec![first], rest].concat());
        digits.prop_flat_map(|digits| {
            let most = (digits.len() - 1).min(8);
            (Just(digits), 0..=most)
        })
    }

    fn of_digits(digits: &[u8], behind: usize) -> Value {
        let number = digits.iter().fold(0, |sum, it| 10 * sum + i64::from(*it));
        Value::Amount(Decimal::new(number, u32::try_from(behind).unwrap()))
    }

    proptest! {
        #[test]
        fn an_error_is_recognised((digits, behind) in figure(), at in any::<prop::sample::Index>(), other in 1..10_u8) {
            let to = of_digits(&digits, behind);
            let at = at.index(digits.len());
            let in_fraction = usize::from(at >= digits.len() - behind);

            let mut exchanged = digits.clone();
            exchanged.swap(at, (at + 1) % digits.len());
            if at + 1 < digits.len() && exchanged[0] != 0 && exchanged != digits {
                prop_assert!(slips(of_digits(&exchanged, behind), to).contains(&Transposed));
            }
            let moved = |from| {
                let slips = slips(from, to);
                slips == [PowerOfTen] || slips == [Unit]
            };
            let mut doubled = digits.clone();
            doubled.insert(at, digits[at]);
            let doubled = of_digits(&doubled, behind + in_fraction);
            if doubled != to && behind < 8 {
                prop_assert!(slips(doubled, to).contains(&Doubled) || moved(doubled));
            }
            let mut dropped = digits.clone();
            dropped.remove(at);
            let whole_left = digits.len() - behind > 1 || in_fraction == 1;
            let from = of_digits(&dropped, behind - in_fraction);
            if dropped[0] != 0 && whole_left && from != to {
                prop_assert!(slips(from, to).contains(&Dropped) || moved(from));
            }
            let mut mistyped = digits.clone();
            mistyped[at] = other;
            // 1.50 is written 1.5.
            if mistyped != digits && (behind == 0 || *digits.last().unwrap() != 0) {
                prop_assert!(slips(of_digits(&mistyped, behind), to).contains(&Mistyped));
            }
            let Value::Amount(amount) = to else { unreachable!() };
            let in_yuan = Value::Amount(amount * Decimal::from(10_000));
            prop_assert_eq!(slips(in_yuan, to), [Unit]);
            prop_assert_eq!(slips(to, in_yuan), [Unit]);
            let tenfold = Value::Amount(amount * Decimal::from(10));
            prop_assert_eq!(slips(tenfold, to), [PowerOfTen]);
        }
    }
}
