//! Tables of which it is known, from how they were made, what each cell means: units wherever people put them, headings of one to
//! three levels over several columns, marks, struck and hidden stretches, notes in brackets.

use std::sync::Arc;

use xxgk::form::Kind;
use xxgk::{Document, Form, Grid, GridCell, Look, Outcome, Reading, Record, Run, Value};

use super::expect::form;
use super::matrix::{Names, Style, value};
use super::printed::{Put, national_named};
use super::random::Random;

/// What a cell means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Means {
    One(Value),
    /// Nobody can tell, or it is none of the year's figures.
    Nothing,
}

/// The ways to show a stretch that a table is made with.
pub const LOOKS: [Look; 4] = [Look::Raised, Look::Struck, Look::Hidden, Look::Unfollowed];

/// A unit by how many of the form's are one of it, as a power of ten.
type Unit = (&'static str, i32);

const MONEY: [Unit; 4] = [("元", -4), ("千元", -1), ("万元", 0), ("亿元", 4)];
const THINGS: [Unit; 3] = [("百件", 2), ("千件", 3), ("万", 4)];

fn pick<T: Copy>(random: &mut Random, of: &[T]) -> T {
    of[usize::try_from(random.below(of.len() as u64)).unwrap()]
}

fn maybe<T: Copy>(random: &mut Random, several: u64, of: &[T]) -> Option<T> {
    random.one_in(several).then(|| pick(random, of))
}

/// A number of hundred-millionths, written in a unit of that power.
fn in_unit(units: i128, power: i32) -> String {
    // So many decimals has it in that unit.
    let decimals = usize::try_from(8 + power).unwrap();
    let digits = format!("{units:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let fraction = fraction.trim_end_matches('0');
    match fraction {
        "" => whole.to_owned(),
        _ => format!("{whole}.{fraction}"),
    }
}

/// A value as a number of hundred-millionths.
fn units(value: Value) -> i128 {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{fraction:0<8}").parse().unwrap()
}

/// A record whose numbers all differ.
fn record(form: &Arc<Form>, random: &mut Random) -> Record {
    let mut record = Record::new(form.clone());
    for (cell, indicator) in form.indicators().iter().enumerate() {
        let number = 1000 + 7 * cell as u64 + random.below(7);
        let value = match indicator.kind() {
            Kind::Amount => Value::Amount(
                format!("{}.{:02}", number / 100, number % 100)
                    .parse()
                    .unwrap(),
            ),
            Kind::Change => Value::Change(i64::try_from(number).unwrap()),
            _ => Value::Count(number),
        };
        record.set(indicator.key(), Some(value)).unwrap();
    }
    record
}

/// Writes a number with something beside it, and says what the cell then means.
fn adorned(random: &mut Random, text: &str, means: Means, looks: &[Look]) -> (Vec<Run>, Means) {
    let plain = |text: String| vec![Run::new(text, Look::Plain)];
    let runs = |first: (&str, Look), second: (&str, Look)| {
        vec![Run::new(first.0, first.1), Run::new(second.0, second.1)]
    };
    let which = random.below(40);
    let look = match which {
        0 => Look::Raised,
        1 => Look::Struck,
        2 => Look::Hidden,
        10 => Look::Unfollowed,
        _ => Look::Plain,
    };
    // What cannot be shown so is left as it is.
    let shown = look == Look::Plain || looks.contains(&look);
    match if shown { which } else { 40 } {
        0 => (runs((text, Look::Plain), ("1", Look::Raised)), means),
        1 => (runs(("90", Look::Struck), (text, Look::Plain)), means),
        2 => (runs((text, Look::Plain), ("6", Look::Hidden)), means),
        3 => (plain(format!("{text}②")), means),
        4 => (plain(format!("{text}（其中上报16）")), means),
        5 => (plain(format!(" {text}* ")), means),
        6 => (
            plain(format!("{text}（应为{}）", random.below(5000))),
            Means::Nothing,
        ),
        7 => (plain(format!("{text}(2016年)")), Means::Nothing),
        8 => (plain(format!("{text}（累计）")), Means::Nothing),
        9 => (plain(format!("约{text}")), Means::Nothing),
        10 => (
            runs((text, Look::Unfollowed), ("", Look::Plain)),
            Means::Nothing,
        ),
        11 => (
            plain(pick(random, &["—", "", "/"]).to_owned()),
            Means::Nothing,
        ),
        _ => (plain(text.to_owned()), means),
    }
}

/// A part of a document.
pub enum Part {
    Paragraph(String),
    Table(Grid),
}

/// A document, what its cells mean, and whether they all mean something.
pub struct Made {
    pub parts: Vec<Part>,
    pub form: Arc<Form>,
    pub means: Vec<Means>,
    /// A person can read every cell that has a number.
    pub clear: bool,
}

impl Made {
    /// One of a list of one value a row, or of a national form; `looks` is how stretches can be shown.
    pub fn new(random: &mut Random, looks: &[Look]) -> Self {
        match random.one_in(2) {
            true => list(random, looks),
            false => national(random, looks),
        }
    }

    pub fn document(&self) -> Document {
        let mut document = Document::new();
        for part in &self.parts {
            match part {
                Part::Paragraph(text) => document.paragraph(text),
                Part::Table(grid) => document.table(grid),
            }
        }
        document
    }
}

/// What is stated of units, the nearest first, and what a number beside which none stands means by it.
fn agreed(stated: &[Option<Unit>]) -> Result<i32, ()> {
    let mut there = stated.iter().flatten();
    let Some(first) = there.next() else {
        return Ok(0);
    };
    there
        .all(|other| other.1 == first.1)
        .then_some(first.1)
        .ok_or(())
}

/// The headings over the columns of values, level by level, each with how many columns it goes over; which column has the figures
/// of the year, if one has.
type Heads = (&'static [&'static [(&'static str, usize)]], Option<usize>);

const HEADS: [Heads; 17] = [
    (&[&[("统计数", 1)]], Some(0)),
    (&[&[("数量", 1)]], Some(0)),
    (&[&[("2017年", 1)]], Some(0)),
    (&[&[("本年", 1)]], Some(0)),
    (&[&[("本期数", 1), ("备注", 1)]], Some(0)),
    (&[&[("上年数", 1), ("统计数", 1)]], Some(1)),
    (&[&[("统计数", 1), ("同比增减(%)", 1)]], Some(0)),
    (&[&[("本年", 1), ("上年同期", 1), ("增减", 1)]], Some(0)),
    (&[&[("统计数", 2)], &[("上年", 1), ("本年", 1)]], Some(1)),
    (&[&[("统计数", 2)], &[("本年", 1), ("上年", 1)]], Some(0)),
    (
        &[
            &[("公开情况", 2)],
            &[("数量", 2)],
            &[("上年", 1), ("本年", 1)],
        ],
        Some(1),
    ),
    (&[&[("上年数", 1)]], None),
    (&[&[("2016年", 1)]], None),
    (&[&[("历年累计数", 1)]], None),
    (&[&[("计划数", 1), ("排名", 1)]], None),
    (&[&[("统计数", 2)]], None),
    (&[&[("第三季度", 1)]], None),
];

/// The lowest heading over a column of values.
fn heading_of(levels: &[&[(&'static str, usize)]], column: usize) -> &'static str {
    let lowest = levels.last().unwrap();
    let over = lowest.iter().flat_map(|it| [it.0].repeat(it.1));
    over.collect::<Vec<_>>()[column]
}

fn list(random: &mut Random, looks: &[Look]) -> Made {
    let form = form("nine-category");
    let record = record(&form, random);
    let known = if random.one_in(4) { HEADS.len() } else { 11 };
    let (levels, this) = pick(random, &HEADS[..known]);
    let columns: usize = levels[0].iter().map(|(_, columns)| columns).sum();
    let with_units = !random.one_in(3);
    let first = 1 + usize::from(with_units);
    let above = maybe(random, 4, &MONEY);
    let in_heading = maybe(random, 4, &MONEY).filter(|_| levels.len() == 1);
    // Of what is counted, only a table without a column of units can be in hundreds.
    let things = maybe(random, 5, &THINGS).filter(|_| !with_units);
    let things_above = random.one_in(2) || levels.len() > 1;

    let mut grid = Grid::new();
    let mut put = |row: usize, column: usize, over: [usize; 2], runs: Vec<Run>| {
        let mut cell = GridCell::new(row, column, "");
        (cell.rows, cell.columns, cell.runs) = (over[0], over[1], runs);
        grid.cells.push(cell);
    };
    let plain = |text: &str| vec![Run::new(text, Look::Plain)];
    for (row, level) in levels.iter().enumerate() {
        if row == 0 {
            put(0, 0, [levels.len(), 1], plain("统计指标"));
            if with_units {
                put(0, 1, [levels.len(), 1], plain("单位"));
            }
        }
        let mut column = first;
        for (text, over) in *level {
            let mut text = (*text).to_owned();
            if Some(column - first) == this && levels.len() == 1 {
                let units = [in_heading, things.filter(|_| !things_above)];
                let units: Vec<&str> = units.iter().flatten().map(|it| it.0).collect();
                if !units.is_empty() {
                    text += &format!("（单位：{}）", units.join("、"));
                }
            }
            put(row, column, [1, *over], plain(&text));
            column += over;
        }
    }
    let mut means = vec![Means::Nothing; form.cells()];
    let mut clear = this.is_some();
    let mut at = levels.len();
    for row in form.rows() {
        let of_row = row
            .cells()
            .next()
            .and_then(|cell| Some((cell, record.value(cell)?)));
        let amount = row.kind() == Kind::Amount;
        let in_column = match (amount, with_units) {
            (true, true) => maybe(random, 2, &MONEY)
                .or(Some(("万元", 0)))
                .filter(|_| !random.one_in(4)),
            _ => None,
        };
        let in_label = maybe(random, 4, &MONEY).filter(|_| amount);
        let label =
            row.label().to_owned() + &in_label.map_or(String::new(), |it| format!("（{}）", it.0));
        put(at, 0, [1, 1], plain(&label));
        if with_units {
            let unit = match (amount, of_row) {
                (_, None) => "—",
                (true, _) => in_column.map_or("", |it| it.0),
                (false, _) => row.unit(),
            };
            put(at, 1, [1, 1], plain(unit));
        }
        for column in 0..columns {
            let Some((cell, value)) = of_row else {
                put(at, first + column, [1, 1], plain(""));
                continue;
            };
            if Some(column) != this {
                let other = match heading_of(levels, column) {
                    "备注" => pick(random, &["", "无", "含补报3件", "见附件2"]).to_owned(),
                    _ => random.below(9000).to_string(),
                };
                put(at, first + column, [1, 1], plain(&other));
                continue;
            }
            let none = [in_column, in_label, in_heading, above]
                .iter()
                .all(Option::is_none);
            let stated = match amount {
                // What the whole table is in measures no money.
                true if none && things.is_some() => Err(()),
                true => agreed(&[in_column, in_label, in_heading, above]),
                false => agreed(&[things]),
            };
            let beside = maybe(random, 4, &MONEY).filter(|_| amount);
            let (power, means_one) = match (beside, stated) {
                (Some((_, power)), _) | (None, Ok(power)) => (power, Means::One(value)),
                (None, Err(())) => (0, Means::Nothing),
            };
            let text = in_unit(units(value), power) + beside.map_or("", |it| it.0);
            let (runs, meant) = adorned(random, &text, means_one, looks);
            put(at, first + column, [1, 1], runs);
            means[cell] = meant;
            clear &= means_one != Means::Nothing;
        }
        at += 1;
    }
    let lines: Vec<String> = [above, things.filter(|_| things_above)]
        .iter()
        .flatten()
        .map(|it| format!("单位：{}", it.0))
        .collect();
    let title = "政府信息公开情况统计表(2017年度)".to_owned();
    let lines = match random.below(3) {
        0 => [vec![title], lines].concat(),
        1 => [lines, vec![title]].concat(),
        _ => vec![[vec![title], lines].concat().join("  ")],
    };
    let lines = lines.into_iter().map(Part::Paragraph);
    let parts = lines.chain([Part::Table(grid)]).collect();
    if this.is_none() {
        means.fill(Means::Nothing);
    }
    Made {
        parts,
        form,
        means,
        clear,
    }
}

/// A national table: the unit of its amount anywhere, and numbers with something beside them.
fn national(random: &mut Random, looks: &[Look]) -> Made {
    let form = form(pick(random, &["national-2019", "national-2021"]));
    let record = record(&form, random);
    let names = Names::new(&form, Style::default());
    let mut report = national_named(&record, 2022, &names);
    let [in_label, in_heading, above] = [(); 3].map(|()| maybe(random, 4, &MONEY));
    let stated = agreed(&[in_label, in_heading, above]);
    let mut means = vec![Means::Nothing; form.cells()];
    let mut clear = true;
    let mut parts = vec![Part::Paragraph(report.title.clone())];
    for (number, (title, table)) in report.tables.iter_mut().enumerate() {
        let mut adorned_cells = Vec::new();
        for put in table.iter_mut() {
            let is_label =
                put.column == 0 && ["行政事业性收费", "政府集中采购"].contains(&put.text.as_str());
            let is_heading = ["本年收费金额", "采购总金额"].contains(&put.text.as_str());
            let unit = if is_label { in_label } else { in_heading };
            if let Some((unit, _)) = unit.filter(|_| is_label || is_heading) {
                put.text += &format!("（单位：{unit}）");
            }
            let runs = cell_runs(
                random,
                &record,
                put,
                stated,
                (&mut means, &mut clear),
                looks,
            );
            adorned_cells.push((put.clone(), runs));
        }
        let mut grid = Grid::new();
        for (put, runs) in adorned_cells {
            let mut cell = GridCell::new(put.row, put.column, "");
            (cell.rows, cell.columns, cell.runs) = (put.rows, put.columns, runs);
            grid.cells.push(cell);
        }
        parts.push(Part::Paragraph(title.clone()));
        if let Some((unit, _)) = above.filter(|_| number == 0) {
            parts.push(Part::Paragraph(format!("单位：{unit}")));
        }
        parts.push(Part::Table(grid));
    }
    Made {
        parts,
        form,
        means,
        clear,
    }
}

/// The stretches of a cell of a national table, and what it means.
fn cell_runs(
    random: &mut Random,
    record: &Record,
    put: &Put,
    stated: Result<i32, ()>,
    (means, clear): (&mut [Means], &mut bool),
    looks: &[Look],
) -> Vec<Run> {
    let of_cell = put.cell.and_then(|cell| Some((cell, record.value(cell)?)));
    let Some((cell, number)) = of_cell else {
        return vec![Run::new(&*put.text, Look::Plain)];
    };
    let (text, one) = match (number, stated) {
        (Value::Amount(_), Ok(power)) => (in_unit(units(number), power), Means::One(number)),
        (Value::Amount(_), Err(())) => (value(Some(number)), Means::Nothing),
        _ => (put.text.clone(), Means::One(number)),
    };
    *clear &= one != Means::Nothing;
    let (runs, meant) = adorned(random, &text, one, looks);
    means[cell] = meant;
    runs
}

/// What is wrong with what was read; whether all of it was.
pub fn judge(made: &Made, found: &[Reading]) -> Result<bool, String> {
    let read: Vec<&Reading> = found.iter().filter(|it| it.record.is_some()).collect();
    let Some(reading) = read.first() else {
        return match found.iter().all(|it| it.findings.is_empty()) {
            true => Err("refused without a word".to_owned()),
            false => Ok(false),
        };
    };
    let record = reading.record.as_ref().unwrap();
    if read.len() > 1 || record.form().id() != made.form.id() {
        return Err(format!("{} tables, of {}", read.len(), record.form().id()));
    }
    let mut whole = true;
    for (cell, means) in made.means.iter().enumerate() {
        let key = made.form.indicator(cell).unwrap().key();
        let at_cell = reading.findings.iter().any(|it| {
            it.outcome != Outcome::Pass && it.cells.iter().any(|it| it.key.as_deref() == Some(key))
        });
        let refused = reading.findings.iter().any(|it| &*it.rule == "S021");
        match (means, record.value(cell)) {
            (Means::One(one), Some(read)) if *one == read => {}
            (Means::One(_), None) => {
                whole = false;
                if !at_cell && !refused {
                    return Err(format!("{key} is not read, without a word"));
                }
            }
            (Means::Nothing, None) if at_cell || refused => {}
            (means, read) => return Err(format!("{key}: {read:?}, means {means:?}")),
        }
    }
    Ok(whole)
}

/// What is wrong with the values that were read, by whatever form; whether any were: a table may be refused.
pub fn judge_values(made: &Made, found: &[Reading]) -> Result<bool, String> {
    let mut any = false;
    for reading in found {
        let Some(record) = &reading.record else {
            continue;
        };
        for (cell, indicator) in record.form().indicators().iter().enumerate() {
            let key = indicator.key();
            let own = made.form.indicators().iter().position(|it| it.key() == key);
            let (Some(own), Some(read)) = (own, record.value(cell)) else {
                continue;
            };
            any = true;
            if made.means[own] != Means::One(read) {
                return Err(format!("{key}: {read:?}, means {:?}", made.means[own]));
            }
        }
    }
    Ok(any)
}

pub fn shown(made: &Made, found: &[Reading]) -> String {
    let findings = found.iter().flat_map(|it| &it.findings).take(6);
    let said: Vec<String> = findings
        .map(|it| format!("{} {}", it.rule, it.message.zh))
        .collect();
    let text: String = made.document().text().chars().take(1500).collect();
    format!("{text}\n{}", said.join("\n"))
}
