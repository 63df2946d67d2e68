//! What brute force says of the hard rules of whole tables: which cells have to change, and between which values.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxgk::form::Kind;
use xxgk::rule::{Atom, Operator, Severity, Statement, Sum};
use xxgk::{Form, Record, Value};

use super::random::Random;
use super::systems::Ranges;

/// Σ coefficient · cell + constant, compared with 0.
struct Line {
    terms: BTreeMap<usize, i64>,
    constant: i64,
    operator: Operator,
}

impl Line {
    fn holds(&self, values: &[i64]) -> bool {
        let terms = self.terms.iter().map(|(cell, by)| by * values[*cell]);
        let sum = self.constant + terms.sum::<i64>();
        match self.operator {
            Operator::Equal => sum == 0,
            Operator::LessOrEqual => sum <= 0,
            Operator::GreaterOrEqual => sum >= 0,
            _ => panic!("no hard rule has such an operator"),
        }
    }
}

/// The hard rules of a form, which are plain comparisons, for tables with small figures and nothing declared.
pub struct Rules {
    lines: Vec<Line>,
    /// For each cell, the lines that speak of it.
    of_cell: Vec<Vec<usize>>,
}

/// No figure that the rules bound from above is larger; one that is not bounded is tried up to here.
pub const MOST: i64 = 300;

impl Rules {
    pub fn new(form: &Form) -> Self {
        fn add(sum: &Sum, sign: i64, form: &Form, line: &mut Line) {
            for term in sum {
                let sign = if term.negative { -sign } else { sign };
                assert!(term.coefficient.is_none());
                match &term.atom {
                    Atom::Key(key) => {
                        // Nothing is declared.
                        if let Some(cell) = form.cell(key) {
                            *line.terms.entry(cell).or_default() += sign;
                        }
                    }
                    Atom::Number(number) => {
                        line.constant += sign * i64::try_from(*number).unwrap();
                    }
                    Atom::Sum(sum) => add(sum, sign, form, line),
                }
            }
        }
        let hard = form.rules().iter();
        let hard = hard.filter(|rule| rule.severity() == Severity::Hard);
        let mut lines = Vec::new();
        for instance in hard.flat_map(|rule| rule.instances()) {
            let Statement::Compare(comparison) = instance.statement() else {
                panic!("{} is no plain comparison", instance.id());
            };
            let mut line = Line {
                terms: BTreeMap::new(),
                constant: 0,
                operator: comparison.operator,
            };
            add(&comparison.left, 1, form, &mut line);
            add(&comparison.right, -1, form, &mut line);
            lines.push(line);
        }
        let speaks = |cell: usize| {
            let lines = lines.iter().enumerate();
            let of_cell = lines.filter(|(_, line)| line.terms.contains_key(&cell));
            of_cell.map(|(at, _)| at).collect()
        };
        let of_cell = (0..form.cells()).map(speaks).collect();
        Rules { lines, of_cell }
    }

    /// The rules that fail.
    pub fn failing(&self, values: &[i64]) -> Vec<usize> {
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(_, line)| !line.holds(values))
            .map(|(at, _)| at)
            .collect()
    }

    /// Whether a cell stands in an equality, and so follows from all other cells.
    pub fn determine(&self, cell: usize) -> bool {
        let mut lines = self.of_cell[cell].iter().map(|line| &self.lines[*line]);
        lines.any(|line| line.operator == Operator::Equal)
    }

    /// The cells of a rule.
    pub fn cells(&self, line: usize) -> Vec<usize> {
        self.lines[line].terms.keys().copied().collect()
    }

    /// All sets of so many cells that are enough; of a table that is wrong.
    pub fn enough(&self, values: &[i64], size: usize) -> BTreeMap<Vec<usize>, Ranges> {
        let mut found = BTreeMap::new();
        let failing = self.failing(values);
        // The rule has to hold afterwards, and so one of its cells changes.
        let first = self.cells(failing[0]);
        let cells: Vec<usize> = (0..self.of_cell.len())
            .filter(|cell| !self.of_cell[*cell].is_empty())
            .collect();
        for one in &first {
            let rest = match size {
                1 => vec![vec![]],
                2 => cells.iter().map(|two| vec![*two]).collect(),
                3 => {
                    let pairs = cells.iter().enumerate().flat_map(|(at, two)| {
                        cells[at + 1..].iter().map(move |three| vec![*two, *three])
                    });
                    pairs.collect()
                }
                _ => panic!("too many"),
            };
            for mut set in rest {
                if set.contains(one) {
                    continue;
                }
                set.push(*one);
                set.sort_unstable();
                if found.contains_key(&set) {
                    continue;
                }
                if let Some(ranges) = self.ranges(values, &failing, &set) {
                    found.insert(set, ranges);
                }
            }
        }
        found
    }

    fn ranges(&self, values: &[i64], failing: &[usize], set: &[usize]) -> Option<Ranges> {
        let touches = |line: &usize| set.iter().any(|cell| self.of_cell[*cell].contains(line));
        if !failing.iter().all(touches) {
            return None;
        }
        let mut touched: Vec<usize> = set
            .iter()
            .flat_map(|cell| &self.of_cell[*cell])
            .copied()
            .collect();
        touched.sort_unstable();
        touched.dedup();
        let mut ranges = Ranges::new();
        let mut values = values.to_vec();
        self.fill(&mut values, set.to_vec(), &touched, set, &mut ranges);
        (!ranges.is_empty()).then_some(ranges)
    }

    /// Tries every value of the cells that are left, but where an equality leaves one only.
    fn fill(
        &self,
        values: &mut Vec<i64>,
        left: Vec<usize>,
        touched: &[usize],
        set: &[usize],
        ranges: &mut Ranges,
    ) {
        let forced = touched.iter().find_map(|line| {
            let line = &self.lines[*line];
            let mut unknown = left.iter().filter(|cell| line.terms.contains_key(cell));
            match (unknown.next(), unknown.next()) {
                (Some(cell), None) if line.operator == Operator::Equal => Some((*cell, line)),
                _ => None,
            }
        });
        if let Some((cell, line)) = forced {
            values[cell] = 0;
            let rest: i64 = line.constant
                + line
                    .terms
                    .iter()
                    .map(|(at, by)| by * values[*at])
                    .sum::<i64>();
            values[cell] = -rest / line.terms[&cell];
            if line.holds(values) && values[cell] >= 0 {
                let left = left.into_iter().filter(|it| *it != cell).collect();
                self.fill(values, left, touched, set, ranges);
            }
            return;
        }
        let Some((cell, left)) = left.split_first() else {
            if touched.iter().all(|line| self.lines[*line].holds(values)) {
                for cell in set {
                    let value = values[*cell];
                    let range = ranges.entry(*cell).or_insert([value, value]);
                    *range = [range[0].min(value), range[1].max(value)];
                }
            }
            return;
        };
        for value in 0..=MOST {
            values[*cell] = value;
            self.fill(values, left.to_vec(), touched, set, ranges);
        }
    }
}

/// The figures of a table, those that are no counts as 0.
pub fn figures(record: &Record) -> Vec<i64> {
    let cells = record.cells().iter();
    let figure = |cell: &Option<Value>| match cell {
        Some(Value::Count(count)) => i64::try_from(*count).unwrap(),
        _ => 0,
    };
    cells.map(figure).collect()
}

/// A table on which every hard rule holds, with small figures: each total is what its parts sum to.
pub fn consistent(form: &Arc<Form>, random: &mut Random) -> Record {
    let mut record = Record::new(form.clone());
    let key = |cell: usize| form.indicators()[cell].key().to_owned();
    for cell in 0..form.cells() {
        let value = match form.indicators()[cell].kind() {
            Kind::Amount => Value::Amount(0.into()),
            Kind::Change => Value::Change(0),
            _ => Value::Count([0, 0, 1, 2, 5][random.below(5) as usize]),
        };
        record.set(&key(cell), Some(value)).unwrap();
    }
    let mut put = |to: &str, from: &[&str]| {
        let count = |key: &&str| match record.get(key).unwrap() {
            Some(Value::Count(count)) => count,
            other => panic!("{other:?}"),
        };
        let sum = from.iter().map(count).sum();
        record.set(to, Some(Value::Count(sum))).unwrap();
    };
    if form.id() == "nine-category" {
        put("disclosure.normative_documents", &[]);
        let channels = ["gazette", "website", "microblog", "wechat", "other"];
        let channels = channels.map(|it| format!("disclosure.channels.{it}"));
        put("disclosure.total", &channels.each_ref().map(String::as_str));
        put("response.channels.press_conferences_by_principal", &[]);
        put("response.channels.online_interviews_by_principal", &[]);
        let refused = [
            "state_secret",
            "trade_secret",
            "personal_privacy",
            "security_and_stability",
            "not_government_information",
            "other_statutory",
        ];
        let refused = refused.map(|it| format!("requests.answered.refused.{it}"));
        put(
            "requests.answered.refused.total",
            &refused.each_ref().map(String::as_str),
        );
        let answered = [
            "already_public",
            "granted",
            "partly_granted",
            "refused.total",
            "not_this_agency",
            "nonexistent",
            "amendment_requested",
            "redirected",
        ];
        let answered = answered.map(|it| format!("requests.answered.{it}"));
        put(
            "requests.answered.total",
            &answered.each_ref().map(String::as_str),
        );
        for (of, total, part, rest) in [
            ("requests.closed", "total", "extended", "on_time"),
            ("requests.received", "total", "in_person", "letter"),
        ] {
            let total = format!("{of}.{total}");
            put(&total, &["requests.answered.total"]);
            put(&format!("{of}.{part}"), &[]);
            put(&format!("{of}.{rest}"), &[&total]);
        }
        put("requests.received.fax", &[]);
        put("requests.received.online", &[]);
        put(
            "reconsideration.total",
            &[
                "reconsideration.upheld",
                "reconsideration.corrected",
                "reconsideration.other",
            ],
        );
        put(
            "litigation.total",
            &[
                "litigation.upheld_or_dismissed",
                "litigation.corrected",
                "litigation.other",
            ],
        );
        put(
            "capacity.staff.total",
            &["capacity.staff.full_time", "capacity.staff.part_time"],
        );
    } else {
        let section = form.section("requests").unwrap();
        let columns = section.columns().iter().filter(|column| !column.whole());
        let columns: Vec<&str> = columns.map(|column| column.key()).collect();
        let rows: Vec<&str> = form.rows()[section.rows()]
            .iter()
            .filter(|row| !row.cells().is_empty())
            .map(|row| row.key())
            .collect();
        let outcomes: Vec<&str> = rows
            .iter()
            .copied()
            .filter(|row| row.starts_with("requests.outcomes.") && !row.ends_with(".total"))
            .collect();
        for column in &columns {
            let of = |row: &str| format!("{row}.{column}");
            let parts: Vec<String> = outcomes.iter().map(|row| of(row)).collect();
            put(
                &of("requests.outcomes.total"),
                &parts.iter().map(String::as_str).collect::<Vec<_>>(),
            );
            put(&of("requests.carried_in"), &[]);
            put(
                &of("requests.received"),
                &[&of("requests.outcomes.total"), &of("requests.carried_out")],
            );
        }
        for row in rows {
            let parts = columns.iter().map(|column| format!("{row}.{column}"));
            let parts: Vec<String> = parts.collect();
            put(
                &format!("{row}.total"),
                &parts.iter().map(String::as_str).collect::<Vec<_>>(),
            );
        }
        let section = form.section("disputes").unwrap();
        for row in form.rows()[section.rows()]
            .iter()
            .filter(|row| !row.cells().is_empty())
        {
            let parts =
                ["upheld", "corrected", "other", "pending"].map(|it| format!("{}.{it}", row.key()));
            put(
                &format!("{}.total", row.key()),
                &parts.each_ref().map(String::as_str),
            );
        }
    }
    record
}
