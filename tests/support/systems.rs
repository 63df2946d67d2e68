//! Small systems of rules over a few cells with a few values each, and what brute force says of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use xxgk::rule::Operator;
use xxgk::{Form, Record, Value};

use super::random::Random;

/// Σ coefficient · cell, compared with a constant.
#[derive(Clone, Debug)]
pub struct Line {
    pub terms: Vec<(i64, usize)>,
    pub operator: Operator,
    pub constant: i64,
}

/// What a rule of the system says.
#[derive(Clone, Debug)]
pub enum Says {
    Line(Line),
    If(Line, Line),
    Or(Line, Line),
    And(Line, Line),
    Not(Line),
    NotBoth(Line, Line),
}

impl Line {
    fn random(cells: usize, random: &mut Random) -> Self {
        let mut terms = Vec::new();
        for cell in 0..cells {
            if random.one_in(2) {
                let coefficient = [1, 1, 1, -1, -1, -1, 2, -2, 3, -3][random.below(10) as usize];
                terms.push((coefficient, cell));
            }
        }
        if terms.is_empty() {
            terms.push((1, random.below(cells as u64) as usize));
        }
        let operators = [
            Operator::Equal,
            Operator::Equal,
            Operator::Equal,
            Operator::LessOrEqual,
            Operator::LessOrEqual,
            Operator::GreaterOrEqual,
            Operator::Less,
            Operator::Greater,
            Operator::NotEqual,
        ];
        Line {
            terms,
            operator: operators[random.below(9) as usize],
            constant: random.below(7) as i64 - 2,
        }
    }

    pub fn holds(&self, values: &[i64]) -> bool {
        let sum: i64 = self.terms.iter().map(|(by, cell)| by * values[*cell]).sum();
        match self.operator {
            Operator::Equal => sum == self.constant,
            Operator::NotEqual => sum != self.constant,
            Operator::Less => sum < self.constant,
            Operator::LessOrEqual => sum <= self.constant,
            Operator::Greater => sum > self.constant,
            Operator::GreaterOrEqual => sum >= self.constant,
        }
    }
}

impl Says {
    pub fn holds(&self, values: &[i64]) -> bool {
        match self {
            Says::Line(line) => line.holds(values),
            Says::If(one, other) => !one.holds(values) || other.holds(values),
            Says::Or(one, other) => one.holds(values) || other.holds(values),
            Says::And(one, other) => one.holds(values) && other.holds(values),
            Says::Not(line) => !line.holds(values),
            Says::NotBoth(one, other) => !(one.holds(values) && other.holds(values)),
        }
    }
}

impl Says {
    pub fn lines(&self) -> Vec<&Line> {
        match self {
            Says::Line(line) | Says::Not(line) => vec![line],
            Says::If(one, other)
            | Says::Or(one, other)
            | Says::And(one, other)
            | Says::NotBoth(one, other) => vec![one, other],
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (coefficient, cell)) in self.terms.iter().enumerate() {
            let sign = match (at, *coefficient < 0) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            };
            write!(f, "{sign}{} * {}", coefficient.abs(), name(*cell))?;
        }
        let sign = if self.constant < 0 { "-" } else { "" };
        write!(
            f,
            " {} {sign}{}",
            self.operator.symbol(),
            self.constant.abs()
        )
    }
}

impl fmt::Display for Says {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Says::Line(line) => write!(f, "{line}"),
            Says::If(one, other) => write!(f, "if {one} then {other}"),
            Says::Or(one, other) => write!(f, "{one} or {other}"),
            Says::And(one, other) => write!(f, "{one} and {other}"),
            Says::Not(line) => write!(f, "not {line}"),
            Says::NotBoth(one, other) => write!(f, "not ({one} and {other})"),
        }
    }
}

/// What a cell is called.
pub fn name(cell: usize) -> String {
    char::from(b'a' + cell as u8).to_string()
}

/// Rules over cells that have so few values that all can be tried.
#[derive(Clone, Debug)]
pub struct Small {
    /// Whether each cell is one of a change, which may be negative.
    pub changes: Vec<bool>,
    pub rules: Vec<Says>,
}

/// The least and the largest value of a count, and of a change.
const COUNT: [i64; 2] = [0, 4];
const CHANGE: [i64; 2] = [-2, 2];

impl Small {
    pub fn random(random: &mut Random) -> Self {
        let cells = 3 + random.below(3) as usize;
        let changes = (0..cells).map(|_| random.one_in(4)).collect();
        let number = 1 + random.below(4);
        let rules = (0..number).map(|_| {
            let mut line = || Line::random(cells, random);
            let (one, other) = (line(), line());
            match random.below(14) {
                0 => Says::If(one, other),
                1 => Says::Or(one, other),
                2 => Says::And(one, other),
                3 => Says::Not(one),
                4 => Says::NotBoth(one, other),
                _ => Says::Line(one),
            }
        });
        Small {
            rules: rules.collect(),
            changes,
        }
    }

    pub fn cells(&self) -> usize {
        self.changes.len()
    }

    pub fn domain(&self, cell: usize) -> [i64; 2] {
        if self.changes[cell] { CHANGE } else { COUNT }
    }

    /// As a form: the rules, called H000 and so on, and behind them two for each cell that keep it to its few values.
    pub fn form(&self) -> Arc<Form> {
        let mut text =
            "id = \"small\"\ntitle = \"t\"\nsource = \"s\"\nfirst_year = 2000\nlast_year = 2001\n"
                .to_owned();
        for (cell, change) in self.changes.iter().enumerate() {
            let (key, kind) = (name(cell), if *change { "change" } else { "count" });
            text += &format!(
                "[[row]]\ncode = \"{key}\"\nkey = \"{key}\"\nlabel = \"{key}\"\nunit = \"件\"\nkind = \"{kind}\"\n"
            );
        }
        let rules = self.rules.iter().map(ToString::to_string);
        let bounds = (0..self.cells()).flat_map(|cell| {
            let [least, most] = self.domain(cell);
            let sign = if least < 0 { "-" } else { "" };
            let key = name(cell);
            [
                format!("{key} >= {sign}{}", least.abs()),
                format!("{key} <= {most}"),
            ]
        });
        for (number, statement) in rules.chain(bounds).enumerate() {
            text += &format!(
                "[[rule]]\nid = \"H{number:03}\"\nseverity = \"hard\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"-\", en = \"-\" }}\n"
            );
        }
        Arc::new(Form::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}")))
    }

    /// A record of it, some of whose cells may be blank, or beyond their few values.
    pub fn record(&self, form: &Arc<Form>, values: &[Option<i64>]) -> Record {
        let mut record = Record::new(form.clone());
        for (cell, value) in values.iter().enumerate() {
            let value = value.map(|value| match self.changes[cell] {
                true => Value::Change(value),
                false => Value::Count(value.try_into().unwrap()),
            });
            record.set(&name(cell), value).unwrap();
        }
        record
    }

    pub fn values(&self, blank: u64, random: &mut Random) -> Vec<Option<i64>> {
        let cells = 0..self.cells();
        let value = |cell| {
            let [least, most] = self.domain(cell);
            let value = least + random.below((most - least + 2) as u64) as i64;
            (!random.one_in(blank)).then_some(value)
        };
        cells.map(value).collect()
    }

    /// Every way to fill the cells in that satisfies every rule.
    pub fn solutions(&self) -> Vec<Vec<i64>> {
        let mut found = Vec::new();
        let mut values: Vec<i64> = (0..self.cells()).map(|cell| self.domain(cell)[0]).collect();
        loop {
            if self.rules.iter().all(|rule| rule.holds(&values)) {
                found.push(values.clone());
            }
            let Some(at) = (0..self.cells()).find(|cell| values[*cell] < self.domain(*cell)[1])
            else {
                return found;
            };
            values[at] += 1;
            for (cell, value) in values.iter_mut().enumerate().take(at) {
                *value = self.domain(cell)[0];
            }
        }
    }
}

/// The least and the largest value of each cell of a set.
pub type Ranges = BTreeMap<usize, [i64; 2]>;

/// Of all solutions, those that change cells of the least weight: which sets of cells, and between which values.
pub fn smallest(
    solutions: &[Vec<i64>],
    values: &[Option<i64>],
    weight: &dyn Fn(usize) -> u64,
) -> Option<BTreeMap<Vec<usize>, Ranges>> {
    let changed = |solution: &[i64]| -> Vec<usize> {
        let cells = 0..values.len();
        cells
            .filter(|cell| values[*cell].is_some_and(|value| value != solution[*cell]))
            .collect()
    };
    let cost = |cells: &[usize]| cells.iter().map(|cell| weight(*cell)).sum::<u64>();
    let least = solutions.iter().map(|it| cost(&changed(it))).min()?;
    let mut sets: BTreeMap<Vec<usize>, Ranges> = BTreeMap::new();
    for solution in solutions {
        let cells = changed(solution);
        if cost(&cells) > least {
            continue;
        }
        let ranges = sets.entry(cells.clone()).or_default();
        for cell in cells {
            let value = solution[cell];
            let range = ranges.entry(cell).or_insert([value, value]);
            *range = [range[0].min(value), range[1].max(value)];
        }
    }
    Some(sets)
}

/// A form of cells c0, c1 and so on, of these kinds, with the rules H0000, H0001 and so on: hard ones, but those that begin
/// with `soft: `.
pub fn form(kinds: &[&str], rules: &[String]) -> Arc<Form> {
    let mut text =
        "id = \"small\"\ntitle = \"t\"\nsource = \"s\"\nfirst_year = 2000\nlast_year = 2001\n"
            .to_owned();
    for (cell, kind) in kinds.iter().enumerate() {
        let unit = if *kind == "amount" { "万元" } else { "件" };
        text += &format!(
            "[[row]]\ncode = \"{cell}\"\nkey = \"c{cell}\"\nlabel = \"c{cell}\"\nunit = \"{unit}\"\nkind = \"{kind}\"\n"
        );
    }
    for (number, rule) in rules.iter().enumerate() {
        let (severity, rule) = match rule.strip_prefix("soft: ") {
            Some(rule) => ("soft", rule),
            None => ("hard", &**rule),
        };
        text += &format!(
            "[[rule]]\nid = \"H{number:04}\"\nseverity = \"{severity}\"\nstatement = \"{rule}\"\nbasis = {{ zh = \"-\", en = \"-\" }}\n"
        );
    }
    Arc::new(Form::from_toml(&text).unwrap_or_else(|error| panic!("{error}")))
}
