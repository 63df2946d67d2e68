//! Random records of a form as CSV, and what the scalar engine says of them: what `scripts/engines/check` holds the SQL
//! against.
//!
//! Four folders: `records` has as many as are asked for, consistent tables with a cell or two changed, with blanks and with
//! what no cell can hold; in `integers` every column is a plain INTEGER, most at its largest value; `blanks` has, for each
//! cell, a consistent table that lacks this cell alone; `none` has no record. In each, `records.csv` (an empty field is a blank), `columns.csv` (what
//! each column holds), `counts.csv` and `failures.csv`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;
use xxgk::form::{Form, Kind};
use xxgk::nine_category::NineCategory;
use xxgk::rule::Statement;
use xxgk::{Outcome, Record, Value, evaluate, strategies};

/// So many consistent tables are made, and each used many times.
const POOL: usize = 2000;

/// What a cell may hold at its ends, and beyond them, where the engine takes it for a blank.
const COUNTS: [&str; 16] = [
    "0",
    "1",
    "2",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551614",
    "18446744073709551615",
    "18446744073709551616",
    "100000000000000000000000000000000000",
    "1.5",
    "-1",
    "-9223372036854775808",
];
const CHANGES: [&str; 10] = [
    "0",
    "-1",
    "1",
    "2147483647",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "-9223372036854775809",
    "0.5",
    "-100000000000000000000000000000000000",
];
const AMOUNTS: [&str; 12] = [
    "0",
    "0.00000001",
    "0.12",
    "1.50",
    "999999999999999.99999999",
    "1000000000000000",
    "1000000000000000.00000001",
    "0.000000001",
    "0.1234567891",
    "-0.00000001",
    "-1",
    "1000000000000000000000000000",
];

/// One field: how it is written, and what the engine gets.
#[derive(Clone)]
struct Cell {
    text: String,
    value: Option<Value>,
}

impl Cell {
    const BLANK: Cell = Cell {
        text: String::new(),
        value: None,
    };

    fn of(value: Value) -> Cell {
        Cell {
            text: value.to_string(),
            value: Some(value),
        }
    }

    /// What does not fit the type of the cell is a blank for the engine.
    fn parse(text: &str, kind: Kind) -> Cell {
        let value = match kind {
            Kind::Amount => text.parse().ok().map(Value::Amount),
            Kind::Change => text.parse().ok().map(Value::Change),
            Kind::Count | Kind::Heading => text.parse().ok().map(Value::Count),
        };
        Cell {
            text: text.to_owned(),
            value,
        }
    }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).unwrap_or(0)
    }

    fn one_of<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.below(among.len())]
    }
}

/// Writes the folders.
pub fn write(folder: &Path, records: usize, form: &Arc<Form>) -> io::Result<()> {
    let pool = pool(form);
    let mut random = Random(1);
    let mixed = (0..records).map(|_| mixed(form, &pool, &mut random));
    dataset(&folder.join("records"), form, None, mixed)?;
    let mut random = Random(2);
    let integers = (0..records.min(10_000)).map(|_| integers(form, &mut random));
    dataset(&folder.join("integers"), form, Some("integer"), integers)?;
    let blanks = (0..form.cells()).map(|blank| {
        let mut cells = pool[blank % pool.len()].clone();
        cells[blank] = Cell::BLANK;
        cells
    });
    dataset(&folder.join("blanks"), form, None, blanks)?;
    dataset(&folder.join("none"), form, None, std::iter::empty())
}

/// Consistent tables; those of an extended form are of the form below.
fn pool(form: &Arc<Form>) -> Vec<Vec<Cell>> {
    let nine_category = form.cells() == xxgk::forms()[0].cells();
    let strategy = match nine_category {
        true => strategies::consistent()
            .prop_map(|it: NineCategory| Record::from(&it))
            .boxed(),
        false => strategies::national::consistent(form),
    };
    let mut runner = TestRunner::deterministic();
    let mut one = || {
        let tree = strategy.new_tree(&mut runner).expect("a consistent table");
        let filled = |value: &Option<Value>| value.map_or(Cell::BLANK, Cell::of);
        tree.current().cells().iter().map(filled).collect()
    };
    (0..POOL).map(|_| one()).collect()
}

fn mixed(form: &Form, pool: &[Vec<Cell>], random: &mut Random) -> Vec<Cell> {
    let mut cells = pool[random.below(pool.len())].clone();
    let changed = match random.below(16) {
        0..4 => 0,
        4..12 => 1,
        12..15 => 2,
        _ => cells.len(),
    };
    for index in 0..changed {
        let cell = match changed {
            1 | 2 => random.below(cells.len()),
            _ => index,
        };
        let kind = form.indicators()[cell].kind();
        cells[cell] = other(&cells[cell], kind, random);
    }
    if random.below(8) == 0 {
        for _ in 0..=random.below(3) {
            let cell = random.below(cells.len());
            cells[cell] = Cell::BLANK;
        }
    }
    cells
}

/// A value near that of the cell, or an extreme one.
fn other(cell: &Cell, kind: Kind, random: &mut Random) -> Cell {
    let near = random.below(2) == 0;
    match (kind, cell.value) {
        (Kind::Count, Some(Value::Count(count))) if near => {
            Cell::of(Value::Count(count.wrapping_add(1)))
        }
        (Kind::Amount, Some(Value::Amount(amount))) if near => {
            Cell::of(Value::Amount(amount + Decimal::new(1, 8)))
        }
        (Kind::Change, Some(Value::Change(change))) if near => {
            Cell::of(Value::Change(change.wrapping_sub(1)))
        }
        (Kind::Amount, _) => Cell::parse(random.one_of(&AMOUNTS), kind),
        (Kind::Change, _) => Cell::parse(random.one_of(&CHANGES), kind),
        _ => Cell::parse(random.one_of(&COUNTS), kind),
    }
}

fn integers(form: &Form, random: &mut Random) -> Vec<Cell> {
    let one = |kind: Kind| match (random.below(16), kind) {
        (0, _) => Cell::BLANK,
        (1, _) => Cell::parse("0", kind),
        (2, Kind::Change) => Cell::parse("-2147483648", kind),
        _ => Cell::parse("2147483647", kind),
    };
    let kinds = form.indicators().iter().map(|it| it.kind());
    kinds.map(one).collect()
}

/// Writes records, and what the engine says of them.
fn dataset(
    folder: &Path,
    form: &Arc<Form>,
    column: Option<&str>,
    records: impl Iterator<Item = Vec<Cell>>,
) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let file = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut csv, mut failures) = (file("records.csv")?, file("failures.csv")?);
    let mut columns = file("columns.csv")?;
    write!(csv, "id")?;
    for indicator in form.indicators() {
        let kind = match indicator.kind() {
            Kind::Amount => "amount",
            Kind::Change => "change",
            Kind::Count | Kind::Heading => "count",
        };
        write!(csv, ",{}", indicator.key())?;
        writeln!(columns, "{},{}", indicator.key(), column.unwrap_or(kind))?;
    }
    writeln!(csv)?;
    columns.flush()?;
    let instances = form.instances();
    let mut counts: Vec<(&str, [u64; 3])> = instances.map(|(_, it)| (it.id(), [0; 3])).collect();
    for (id, cells) in records.enumerate() {
        write!(csv, "{id}")?;
        let mut record = Record::new(form.clone());
        for (indicator, cell) in form.indicators().iter().zip(&cells) {
            write!(csv, ",{}", cell.text)?;
            record
                .set(indicator.key(), cell.value)
                .map_err(io::Error::other)?;
        }
        writeln!(csv)?;
        for (index, it) in evaluate(&record).enumerate() {
            let which = match it.outcome {
                Outcome::Pass => 0,
                Outcome::Fail => 1,
                Outcome::Undetermined => 2,
            };
            counts[index].1[which] += 1;
            if it.outcome == Outcome::Fail {
                write!(failures, "{id},{},", it.instance.id())?;
                match (it.instance.statement(), it.sides) {
                    (Statement::Compare(_), Some([.., residual])) => {
                        writeln!(failures, "{residual}")?
                    }
                    _ => writeln!(failures)?,
                }
            }
        }
    }
    csv.flush()?;
    failures.flush()?;
    let mut file = file("counts.csv")?;
    for (rule, [passed, failed, undetermined]) in counts {
        writeln!(file, "{rule},{passed},{failed},{undetermined}")?;
    }
    file.flush()
}

/// Random rules over a few cells of the nine-category form, as a file that extends it.
pub fn random_rules(rules: usize) -> String {
    const KEYS: [&str; 6] = [
        "fees",
        "capacity.budget",
        "carried_in",
        "requests.received.total",
        "requests.answered.total",
        "capacity.staff.total",
    ];
    let form = &xxgk::forms()[0];
    let key = proptest::sample::select(&KEYS[..]).prop_map(str::to_owned);
    let strategy = crate::statements::statement(key.boxed());
    let mut runner = TestRunner::deterministic();
    let mut text = "extends = \"nine-category\"\n".to_owned();
    let mut written = 0;
    while written < rules {
        let statement = strategy
            .new_tree(&mut runner)
            .expect("a statement")
            .current();
        let rule = format!(
            "\n[[rule]]\nid = \"X{written}\"\nseverity = \"soft\"\nstatement = \"{statement}\"\n\
             basis = {{ zh = \"随机\", en = \"random\" }}\n"
        );
        // Decimals multiplied with each other may come out too fine to be exact, and are refused.
        if form.extend(&rule).is_ok() {
            text += &rule;
            written += 1;
        }
    }
    text
}
