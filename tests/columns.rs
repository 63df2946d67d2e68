//! The rules over columns say of every record what the engine says of it, to the last digit: whatever integers the columns are
//! made of, however large, wherever blank.

mod support;

use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::random::Random;
use support::statements;
use xxgk::batch::{Column, ColumnError, Failure, OutOfDomain, Plan, Tally};
use xxgk::form::Kind;
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::rule::{Operator, Statement};
use xxgk::{Form, Outcome, Record, Table, Value, evaluate};

/// The values of a column, in one of the types that it may have.
#[derive(Clone, Debug)]
enum Owned {
    U32(Vec<u32>),
    I32(Vec<i32>),
    U64(Vec<u64>),
    I64(Vec<i64>),
    I128(Vec<i128>),
}

/// A column as a test makes it: what stands in it, and what is blank.
#[derive(Clone, Debug)]
struct Cells {
    values: Owned,
    decimals: u32,
    /// Validity, behind so many bits; without, nothing is blank.
    valid: Option<(Vec<u8>, usize)>,
}

impl Cells {
    /// In a type that holds all of them, chosen by `choice`.
    fn new(values: &[Option<i128>], decimals: u32, choice: u64, offset: usize) -> Cells {
        // What stands where a value is blank must not matter.
        let garbage = [0, 1, -1, 77, i128::from(i32::MAX), i128::from(i64::MIN)];
        let filled = |least: i128, most: i128| -> Option<Vec<i128>> {
            let rest = (choice / 8) as usize;
            let each = values.iter().enumerate().map(|(at, value)| {
                let filling = garbage[(at + rest) % garbage.len()].clamp(least, most);
                let value = value.unwrap_or(filling);
                (least..=most).contains(&value).then_some(value)
            });
            each.collect()
        };
        macro_rules! first_that_fits {
            ($($number:literal $type:ty => $variant:ident),*) => {{
                let mut found = None;
                for number in [choice % 5, 0, 1, 2, 3, 4] {
                    $(if found.is_none() && number == $number {
                        found = filled(<$type>::MIN.into(), <$type>::MAX.try_into().unwrap())
                            .map(|all| Owned::$variant(all.iter().map(|it| (*it).try_into().unwrap()).collect()));
                    })*
                }
                found.unwrap()
            }};
        }
        let owned = first_that_fits!(0 u32 => U32, 1 i32 => I32, 2 u64 => U64, 3 i64 => I64, 4 i128 => I128);
        let blank = values.iter().any(Option::is_none);
        let valid = (blank || choice % 3 == 0).then(|| {
            let mut bytes = vec![0xa5; (offset + values.len()) / 8 + 1];
            for (index, value) in values.iter().enumerate() {
                let (byte, bit) = ((offset + index) / 8, (offset + index) % 8);
                bytes[byte] &= !(1 << bit);
                bytes[byte] |= u8::from(value.is_some()) << bit;
            }
            (bytes, offset)
        });
        Cells {
            values: owned,
            decimals,
            valid,
        }
    }

    fn column(&self) -> Column<'_> {
        let column = match &self.values {
            Owned::U32(values) => Column::from(&values[..]),
            Owned::I32(values) => Column::from(&values[..]),
            Owned::U64(values) => Column::from(&values[..]),
            Owned::I64(values) => Column::from(&values[..]),
            Owned::I128(values) => Column::from(&values[..]),
        };
        let column = column.decimals(self.decimals);
        match &self.valid {
            Some((bytes, offset)) => column.valid(bytes, *offset),
            None => column,
        }
    }
}

/// The largest whole amount, in units of so many decimals.
fn largest_amount(decimals: u32) -> i128 {
    10_i128.pow(15 + decimals)
}

/// What the engine can hold of a value, or why it cannot.
fn cell(kind: Kind, value: i128, decimals: u32) -> Result<Value, &'static str> {
    match kind {
        Kind::Amount if value < 0 => Err("S003"),
        Kind::Amount if value > largest_amount(decimals) => Err("S011"),
        Kind::Amount => Ok(Value::Amount(Decimal::from_i128_with_scale(
            value, decimals,
        ))),
        Kind::Change => value.try_into().map(Value::Change).map_err(|_| "S011"),
        _ if value < 0 => Err("S003"),
        _ => value.try_into().map(Value::Count).map_err(|_| "S011"),
    }
}

/// Columns of a form, and the same as the engine has it.
struct Sample {
    form: Arc<Form>,
    columns: Vec<Cells>,
    records: Vec<Record>,
    out_of_domain: Vec<(usize, usize, &'static str)>,
}

/// Tables of mostly zeros and small numbers, so that rules hold and fail alike; in some columns numbers of every size.
fn sample(form: &Arc<Form>, records: usize, random: &mut Random) -> Sample {
    let mut out = Sample {
        form: form.clone(),
        columns: Vec::new(),
        records: vec![Record::new(form.clone()); records],
        out_of_domain: Vec::new(),
    };
    for (index, indicator) in form.indicators().iter().enumerate() {
        let kind = indicator.kind();
        let decimals = if kind == Kind::Amount {
            random.below(9) as u32
        } else {
            0
        };
        let extremes = extremes(kind, decimals, random);
        let blanks = [0, 0, 3, 40][random.below(4) as usize];
        let mut values = Vec::with_capacity(records);
        for (record, of_record) in out.records.iter_mut().enumerate() {
            let value = match random.below(100) {
                _ if blanks > 0 && random.one_in(blanks) => None,
                0..3 if !extremes.is_empty() => {
                    Some(extremes[random.below(extremes.len() as u64) as usize])
                }
                0..90 => Some(0),
                _ => Some(i128::from(random.below(4))),
            };
            values.push(value);
            match value.map(|value| cell(kind, value, decimals)).transpose() {
                Ok(value) => of_record.set(indicator.key(), value).unwrap(),
                Err(rule) => out.out_of_domain.push((record, index, rule)),
            }
        }
        out.columns.push(Cells::new(
            &values,
            decimals,
            random.next(),
            random.below(9) as usize,
        ));
    }
    out.out_of_domain.sort_unstable();
    out
}

/// The large numbers of a column, or none: near where an integer of some width ends, or a cell.
fn extremes(kind: Kind, decimals: u32, random: &mut Random) -> Vec<i128> {
    let near = |power: u32| [(1 << power) - 1, 1 << power];
    let sizes = [
        vec![],
        vec![],
        near(15).to_vec(),
        near(27).to_vec(),
        near(31).to_vec(),
        near(32).to_vec(),
        near(50).to_vec(),
        near(63).to_vec(),
    ];
    let mut all = sizes[random.below(8) as usize].clone();
    match random.below(12) {
        0 => all.push(-1),
        1 if kind == Kind::Amount => {
            all.extend([largest_amount(decimals), largest_amount(decimals) + 1])
        }
        1 => all.extend([u64::MAX.into(), i128::from(u64::MAX) + 1]),
        2 if kind == Kind::Change => {
            all.extend([i64::MIN.into(), i64::MAX.into(), i128::from(i64::MIN) - 1])
        }
        3 if kind == Kind::Change => all.extend([-5, i32::MIN.into()]),
        _ => {}
    }
    all
}

/// What the engine says, record by record.
fn by_the_engine(plan: &Plan, records: &[Record]) -> (Vec<Tally>, Vec<Failure>) {
    let mut tallies = vec![Tally::default(); plan.rules().len()];
    let mut failures = Vec::new();
    for (record, table) in records.iter().enumerate() {
        for (rule, evaluation) in evaluate(table).enumerate() {
            let tally = &mut tallies[rule];
            match evaluation.outcome {
                Outcome::Pass => tally.passed += 1,
                Outcome::Undetermined => tally.undetermined += 1,
                Outcome::Fail => {
                    tally.failed += 1;
                    let one = matches!(evaluation.instance.statement(), Statement::Compare(_));
                    let residual = evaluation.sides.map(|[_, _, difference]| difference);
                    failures.push(Failure {
                        record,
                        rule,
                        residual: residual.filter(|_| one),
                    });
                }
            }
        }
    }
    (tallies, failures)
}

fn agrees(sample: &Sample) {
    let plan = Plan::new(&sample.form);
    let mut columns = plan.columns(sample.records.len());
    for (indicator, cells) in sample.form.indicators().iter().zip(&sample.columns) {
        columns.set(indicator.key(), cells.column()).unwrap();
    }
    let (tallies, failures) = by_the_engine(&plan, &sample.records);
    let mut listed = Vec::new();
    assert_eq!(columns.list(&mut listed), tallies);
    assert_eq!(columns.count(), tallies);
    assert!(
        listed == failures,
        "{:?}",
        listed
            .iter()
            .zip(&failures)
            .find(|(ours, theirs)| ours != theirs)
    );
    let out = columns.out_of_domain();
    let out: Vec<_> = out
        .iter()
        .map(|OutOfDomain { record, slot, rule }| (*record, *slot, *rule))
        .collect();
    assert_eq!(out, sample.out_of_domain);
}

fn a_million(seed: u64) {
    let mut random = Random(seed);
    for _ in 0..25 {
        agrees(&sample(NineCategory::form(), 10_000, &mut random));
    }
}

// A million records, in four parts that run at once.

#[test]
fn the_first_quarter_of_a_million_records() {
    a_million(1);
}

#[test]
fn the_second_quarter_of_a_million_records() {
    a_million(2);
}

#[test]
fn the_third_quarter_of_a_million_records() {
    a_million(3);
}

#[test]
fn the_fourth_quarter_of_a_million_records() {
    a_million(4);
}

#[test]
fn records_of_the_national_forms() {
    let mut random = Random(5);
    for form in [National2019::form(), National2021::form()] {
        for _ in 0..20 {
            agrees(&sample(form, 1000, &mut random));
        }
    }
}

#[test]
fn any_number_of_records() {
    let mut random = Random(6);
    for records in [
        0, 1, 63, 64, 65, 127, 128, 129, 1023, 1024, 1025, 65535, 65536, 65537, 70_000,
    ] {
        agrees(&sample(NineCategory::form(), records, &mut random));
    }
}

/// Records of two blocks, the last of which has few: every combination of small numbers, so that each comparison holds and
/// fails within a run; blanks and numbers that 32 bits do not hold in both blocks, one, or none.
#[test]
fn statements_of_several_comparisons() {
    const BLOCK: usize = 1 << 16;
    let records = BLOCK + 1500;
    // Over columns of 32 bits without a sign, or of 64.
    let (narrow, wide) = (40, 43);
    let statements = [
        ("a <= b + c", narrow),
        ("if a > 0 then b + c > 0", narrow),
        ("(a = b or b != c) and not (b >= 1 and a > 0)", wide),
    ];
    let everywhere = 0..records;
    let (first, last) = (0..BLOCK, BLOCK..records);
    for (statement, choice) in statements {
        let form = Arc::new(small_form(&statement.parse().unwrap()).unwrap());
        for (blank, large) in [
            (0..0, 0..0),
            (0..0, last.clone()),
            (0..0, first.clone()),
            (first.clone(), 0..0),
            (last.clone(), last.clone()),
            (everywhere.clone(), first.clone()),
        ] {
            let mut sample = Sample {
                form: form.clone(),
                columns: Vec::new(),
                records: vec![Record::new(form.clone()); records],
                out_of_domain: Vec::new(),
            };
            for (at, key) in ["a", "b", "c"].into_iter().enumerate() {
                let value = |record: usize| match record % 101 {
                    7 if blank.contains(&record) => None,
                    // The last of its block, where all the others were right.
                    _ if large.end == record + 1 => Some((1 << 32) - 1),
                    _ => Some((record / 3_usize.pow(at as u32) % 3) as u64),
                };
                let values: Vec<Option<u64>> = (0..records).map(value).collect();
                for (record, value) in sample.records.iter_mut().zip(&values) {
                    record.set(key, value.map(Value::Count)).unwrap();
                }
                let values: Vec<_> = values.iter().map(|it| it.map(i128::from)).collect();
                sample.columns.push(Cells::new(&values, 0, choice, 5));
            }
            agrees(&sample);
            let plan = Plan::new(&form);
            let (tallies, _) = by_the_engine(&plan, &sample.records);
            assert!(tallies[0].passed > 0 && tallies[0].failed > 0);
            assert_eq!(tallies[0].undetermined > 0, !blank.is_empty());
        }
    }
}

#[test]
fn a_slice_is_what_the_whole_is_there() {
    let sample = sample(NineCategory::form(), 5000, &mut Random(7));
    let plan = Plan::new(&sample.form);
    let mut columns = plan.columns(5000);
    for (indicator, cells) in sample.form.indicators().iter().zip(&sample.columns) {
        columns.set(indicator.key(), cells.column()).unwrap();
    }
    let mut whole = Vec::new();
    columns.list(&mut whole);
    for range in [0..5000, 0..1, 17..4999, 2048..3072, 4990..5000, 70..70] {
        let (mut part, start) = (Vec::new(), range.start);
        let within = |it: &&Failure| range.contains(&it.record);
        let expected: Vec<Failure> = whole.iter().filter(within).copied().collect();
        columns.slice(range.clone()).list(&mut part);
        part.iter_mut().for_each(|failure| failure.record += start);
        assert_eq!(part, expected);
    }
    assert_eq!(columns.slice(4000..5001).records(), 0);
}

#[test]
fn a_parameter_is_nothing_unless_it_is_a_column() {
    let plan = Plan::new(NineCategory::form());
    let rule = plan.rule("R306").unwrap();
    let mut columns = plan.columns(3);
    columns
        .set("requests.received.total", Column::from(&[5_u32, 5, 5][..]))
        .unwrap();
    columns
        .set("requests.answered.total", Column::from(&[5_u32, 7, 7][..]))
        .unwrap();
    let tally = columns.count()[rule];
    assert_eq!((tally.passed, tally.failed, tally.undetermined), (1, 2, 0));
    let carried = Column::from(&[0_u32, 2, 2][..]).valid(&[0b011], 0);
    columns.set("carried_in", carried).unwrap();
    let tally = columns.count()[rule];
    assert_eq!((tally.passed, tally.failed, tally.undetermined), (2, 0, 1));
}

#[test]
fn what_cannot_be_a_column_is_refused() {
    let plan = Plan::new(NineCategory::form());
    let mut columns = plan.columns(2);
    let three = Column::from(&[1_u32, 2, 3][..]);
    let two = Column::from(&[1_u32, 2][..]);
    let message = |error: Result<(), ColumnError>| error.unwrap_err().to_string();
    assert_eq!(
        message(columns.set("fee", two)),
        "the form `nine-category` has no `fee`"
    );
    assert_eq!(
        message(columns.set("fees", three)),
        "`fees` has 3 values for 2 records"
    );
    assert_eq!(
        message(columns.set("fees", two.valid(&[0xff], 7))),
        "`fees` has 1 values for 2 records"
    );
    assert_eq!(
        message(columns.set("fees", two.valid(&[], 1 << 60))),
        "`fees` has 0 values for 2 records"
    );
    assert_eq!(
        message(columns.set("fees", two.decimals(9))),
        "`fees` cannot have 9 decimals"
    );
    assert_eq!(
        message(columns.set("capacity.staff.total", two.decimals(1))),
        "`capacity.staff.total` cannot have 1 decimals"
    );
}

/// A form of a few rows of every kind, with one rule.
fn small_form(statement: &Statement) -> Option<Form> {
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_rule_over_any_columns(
        statement in statements::statement(prop::sample::select(&["a", "b", "c", "d", "e", "f"][..]).prop_map(str::to_owned).boxed()),
        seed in any::<u64>(),
    ) {
        let Some(form) = small_form(&statement) else { return Ok(()) };
        agrees(&sample(&Arc::new(form), 300, &mut Random(seed)));
    }

    /// Sums that end exactly where an integer of 32 or 64 bits does, and one beyond.
    #[test]
    fn no_sum_wraps(
        power in prop::sample::select(&[31, 32, 63, 64][..]),
        terms in 2..20_usize,
        beyond in -2..=2_i128,
        operator in prop::sample::select(&Operator::ALL[..]),
        choice in any::<u64>(),
    ) {
        let columns = ["a", "b", "c"];
        let total: i128 = (1 << power) - 1 + beyond;
        let names: Vec<&str> = (0..terms).map(|term| columns[term % 2]).collect();
        let statement = format!("c {} {}", operator.symbol(), names.join(" + "));
        let form = Arc::new(small_form(&statement.parse().unwrap()).unwrap());
        let of = |column: usize| (0..terms).filter(|term| term % 2 == column).count() as i128;
        let a = total / of(0) / 2;
        let b = (total - a * of(0)) / of(1);
        let c = total.min(u64::MAX.into());
        let mut record = Record::new(form.clone());
        let cells: Vec<Cells> = [a, b, c].iter().map(|value| Cells::new(&[Some(*value)], 0, choice, 3)).collect();
        let plan = Plan::new(&form);
        let mut table = plan.columns(1);
        for ((key, value), cells) in columns.iter().zip([a, b, c]).zip(&cells) {
            record.set(key, Some(Value::Count(value.try_into().unwrap()))).unwrap();
            table.set(key, cells.column()).unwrap();
        }
        let (tallies, failures) = by_the_engine(&plan, &[record]);
        let mut listed = Vec::new();
        prop_assert_eq!(table.list(&mut listed), tallies);
        prop_assert_eq!(listed, failures);
    }
}
