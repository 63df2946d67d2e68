//! What is said of a form's rules is so, and all that is so is said.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use support::random::Random;
use support::systems::{Says, Small, form};
use xxgk::Severity;
use xxgk::analyse::{Analysis, Remark, RemarkKind, analyse, analyse_within};
use xxgk::rule::Operator;
use xxgk::{Form, Value};

use RemarkKind::*;

fn form_of(rules: &[&str]) -> std::sync::Arc<Form> {
    let rules: Vec<String> = rules.iter().map(|it| (*it).to_owned()).collect();
    form(&["count"; 4], &rules)
}

/// The remarks as lines: what it is, of which rules and cells, by which.
fn lines(analysis: &Analysis) -> Vec<String> {
    let line = |it: &Remark| {
        let mut line = format!(
            "{:?} {}",
            it.kind,
            [&it.rules[..], &it.cells].concat().join(" ")
        );
        if !it.by.is_empty() {
            line += &format!(" by {}", it.by.join(" "));
        }
        if !it.minimal {
            line += ", or fewer";
        }
        line
    };
    analysis.remarks.iter().map(line).collect()
}

/// The remarks on rules over four counts, but that cells are unused.
fn remarks(rules: &[&str]) -> Vec<String> {
    let mut analysis = analyse(&form_of(rules));
    analysis.remarks.retain(|it| it.kind != Unused);
    lines(&analysis)
}

#[test]
fn the_remarks_on_every_built_in_form() {
    let mut text = String::new();
    for form in xxgk::forms() {
        let analysis = analyse(form);
        let wrong = [Contradiction, NeverHolds, NeverTogether, Untold];
        assert!(
            analysis.remarks.iter().all(|it| !wrong.contains(&it.kind)),
            "{analysis:#?}"
        );
        assert!(analysis.ranges.iter().all(|it| it.range.is_some()));
        assert_eq!(analysis.ranges.len(), form.cells());
        text += &format!("{}\n", form.id());
        for (remark, line) in analysis.remarks.iter().zip(lines(&analysis)) {
            text += &format!("{line}\n  {}\n  {}\n", remark.message.zh, remark.message.en);
        }
    }
    insta::assert_snapshot!("analyse_built_in", text);
}

#[test]
fn each_kind_of_remark() {
    for (rules, expected) in [
        (
            &["c0 < c1", "c1 < c2", "c2 < c0", "c0 < c3"][..],
            &["Contradiction H0000 H0001 H0002"][..],
        ),
        // Odd is even; and two contradictions that have no rule in common.
        (&["2 * c0 + 4 * c1 = 2 * c2 + 1"], &["NeverHolds H0000"]),
        (
            &["c0 = 1", "c0 = 2", "c0 = 3", "c0 = 4", "c1 = 1"],
            &[
                "Contradiction H0000 H0001",
                "Contradiction H0002 H0003",
                "Bounded c1 by H0004",
            ],
        ),
        (&["c0 < 0", "c0 > 1"], &["NeverHolds H0000"]),
        (&["soft: c0 + 1 = c0"], &["NeverHolds H0000"]),
        (
            &["c0 = c1 + c2", "soft: c1 > c0"],
            &["NeverTogether H0001 by H0000"],
        ),
        // A soft rule is nothing that others are held against.
        (&["soft: c0 = 1", "soft: c0 = 2", "soft: c0 <= 3"], &[]),
        (
            &["c0 >= 0", "soft: c0 <= c0 + c1"],
            &["NeverFails H0000", "NeverFails H0001"],
        ),
        (&["c0 = c1 + c2", "c1 <= c0"], &["Redundant H0001 by H0000"]),
        (&["c1 <= c0", "c0 = c1 + c2"], &["Redundant H0000 by H0001"]),
        (
            &["c0 = c1 + c2", "c1 = c0 - c2"],
            &["Redundant H0001 by H0000"],
        ),
        (
            &["c0 = c1 + c2", "soft: c1 + c2 <= c0"],
            &["Redundant H0001 by H0000"],
        ),
        (
            &["c0 = c1", "c1 = c2", "c2 = c3", "if c0 > 5 then c3 > 5"],
            &["Redundant H0003 by H0000 H0001 H0002"],
        ),
        (
            &["c0 <= c1", "c1 <= c0"],
            &["OnlyEqual H0000 by H0001", "OnlyEqual H0001 by H0000"],
        ),
        (
            &["c0 + c1 <= 0"],
            &["OnlyEqual H0000", "Bounded c0 c1 by H0000"],
        ),
        (
            &["c0 <= c1", "soft: c1 <= c0", "soft: c1 <= c0 + 1"],
            &["OnlyEqual H0001 by H0000"],
        ),
        (
            &["c0 = c1 + c2", "c0 <= 0"],
            &[
                "OnlyEqual H0001",
                "Bounded c0 by H0001",
                "Bounded c1 c2 by H0000 H0001",
            ],
        ),
        (
            &["3 * c0 >= 4", "3 * c0 <= 8"],
            &["Bounded c0 by H0000 H0001"],
        ),
        // Three sets, of which each pair has a cell in common.
        (
            &["c0 + c1 = 1", "c1 + c2 = 1", "c2 + c0 = 1"],
            &["Contradiction H0000 H0001 H0002"],
        ),
    ] {
        assert_eq!(remarks(rules), expected, "{rules:?}");
    }
}

#[test]
fn cells_that_no_rule_speaks_of() {
    let analysis = analyse(&form_of(&["c0 <= c2", "c1 <= 5"]));
    assert_eq!(lines(&analysis), ["Unused c3"]);
    let range = |cell: usize| {
        analysis.ranges[cell]
            .range
            .unwrap()
            .map(|it| it.to_string())
    };
    let most = u64::MAX.to_string();
    assert_eq!(range(1), ["0", "5"]);
    assert_eq!(range(3), ["0", &most]);
    // A rule between years speaks of it, one that is switched off does not.
    let text = r#"
        [[series]]
        id = "Y"
        severity = "soft"
        statement = "c3 <= 2 * previous.c3"
        basis = { zh = "-", en = "-" }

        [[override]]
        rule = "H0001"
        off = { zh = "-", en = "-" }
    "#;
    let form = form_of(&["c0 <= c2", "c1 <= 5"]).extend(text).unwrap();
    let analysis = analyse(&form);
    assert_eq!(lines(&analysis), ["Unused c1"]);
    assert_eq!(
        analysis.ranges[1].range,
        Some([Value::Count(0), Value::Count(u64::MAX)])
    );
}

#[test]
fn what_is_declared_beside_the_table_links_rules() {
    let text = |rules: &str| {
        format!(
            "parameter = [{{ key = \"in\", label = {{ zh = \"-\", en = \"-\" }} }}]\nid = \"small\"\ntitle = \"t\"\nsource = \"s\"\nfirst_year = 2000\nlast_year = 2001\n{}{rules}",
            ["a", "b"].map(|key| format!("[[row]]\ncode = \"{key}\"\nkey = \"{key}\"\nlabel = \"{key}\"\nunit = \"件\"\nkind = \"count\"\n")).concat()
        )
    };
    let rule = |id: &str, statement: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nseverity = \"hard\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"-\", en = \"-\" }}\n"
        )
    };
    let of = |statements: [&str; 2]| {
        let [one, other] = statements;
        lines(&analyse(
            &Form::from_toml(&text(&(rule("A", one) + &rule("B", other)))).unwrap(),
        ))
    };
    assert_eq!(of(["a + in = 3", "b + in = 4"]), [""; 0]);
    assert_eq!(of(["a + in = 3", "b >= in + 5"]), [""; 0]);
    assert_eq!(
        of(["a + in <= 3", "b <= a and in >= 4"]),
        ["Contradiction A B"]
    );
    assert_eq!(
        of(["a = in + 1", "b < 1 - in"]),
        ["Bounded a by A B", "Bounded b by B"]
    );
}

#[test]
fn rows_and_columns_of_which_the_same_is_to_be_said() {
    let row = |key: &str| {
        format!(
            "[[section.row]]\ncode = \"{key}\"\nkey = \"t.{key}\"\nlabel = \"行{key}\"\nunit = \"件\"\nkind = \"count\"\n"
        )
    };
    let column = |key: &str| format!("[[section.column]]\nkey = \"{key}\"\nlabel = \"列{key}\"\n");
    let head = "id = \"small\"\ntitle = \"t\"\nsource = \"s\"\nfirst_year = 2000\nlast_year = 2001\n[[section]]\nkey = \"t\"\ntitle = \"t\"\n".to_owned();
    let head = head
        + &["x", "y", "z"].map(column).concat()
        + &["a", "b", "c", "d", "e", "f"].map(row).concat();
    let rule = |(id, (severity, statement)): (usize, &(&str, &str))| {
        format!(
            "[[rule]]\nid = \"H{id}\"\nseverity = \"{severity}\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"-\", en = \"-\" }}\n"
        )
    };
    let mut text = String::new();
    for rules in [
        &[
            ("hard", "for each row: x = y + z"),
            ("soft", "for each row: y <= x"),
        ][..],
        &[
            ("hard", "for each row: x < y"),
            ("hard", "for each row: y < x"),
        ],
        &[
            ("hard", "t.a.x = 0"),
            ("hard", "for each row: y <= x"),
            ("soft", "for each row: z >= 0"),
        ],
        &[
            ("soft", "for each column: t.a < t.a"),
            ("hard", "t.b.x = 1"),
            ("hard", "t.c.x = 2"),
            ("soft", "for each row: x > 1 and y >= 0"),
        ],
        &[
            ("hard", "for each row: x <= y"),
            ("hard", "t.a.y <= t.a.x"),
            ("hard", "t.b.y <= t.b.x"),
            ("hard", "t.c.y <= t.c.x"),
            ("hard", "t.d.y <= t.d.x"),
            ("hard", "t.e.y <= t.e.x"),
        ],
    ] {
        let rules: String = rules.iter().enumerate().map(rule).collect();
        let analysis = analyse(&Form::from_toml(&(head.clone() + &rules)).unwrap());
        for (remark, line) in analysis.remarks.iter().zip(lines(&analysis)) {
            text += &format!("{line}\n  {}\n  {}\n", remark.message.zh, remark.message.en);
        }
        text += "\n";
    }
    insta::assert_snapshot!("analyse_rows", text);
}

#[test]
fn as_json() {
    let analysis = analyse(&form_of(&["c0 = c1 + c2", "c1 <= c0", "c0 <= 7", "c3 = 2"]));
    insta::assert_json_snapshot!("analyse_json", analysis);
}

/// Whether there are values with which some rules hold, some do not, the sides of some are apart, and a cell has another
/// value than this.
#[derive(Clone, Default)]
struct Question {
    hold: Vec<usize>,
    fail: Vec<usize>,
    apart: Vec<usize>,
    other: Option<(usize, i64)>,
}

/// What brute force says of the rules of a small system, and of the two behind them that bound each cell.
struct Brute<'s> {
    small: &'s Small,
    /// For each set of rules that hold together, and of inequalities that do with their sides apart: between which values
    /// each cell is there, in a box.
    sets: BTreeMap<u64, Vec<[i64; 2]>>,
}

impl<'s> Brute<'s> {
    fn new(small: &'s Small) -> Self {
        let mut sets: BTreeMap<u64, Vec<[i64; 2]>> = BTreeMap::new();
        let mut brute = Brute {
            small,
            sets: BTreeMap::new(),
        };
        let cells: Vec<usize> = (0..small.cells()).collect();
        let beyond = [0, 0, 0, 10, 5][cells.len()];
        let mut values = vec![0; cells.len()];
        brute.first(&cells, beyond, &mut values, &mut |values| {
            let rules = 0..brute.rules();
            let hold = rules.clone().filter(|rule| brute.holds(*rule, values));
            let apart = rules.filter(|rule| brute.apart(*rule, values));
            let set = bits(hold) | bits(apart) << brute.rules();
            let ranges = sets
                .entry(set)
                .or_insert_with(|| values.iter().map(|it| [*it, *it]).collect());
            for (range, value) in ranges.iter_mut().zip(values) {
                *range = [range[0].min(*value), range[1].max(*value)];
            }
            false
        });
        brute.sets = sets;
        brute
    }

    fn rules(&self) -> usize {
        self.small.rules.len() + 2 * self.small.cells()
    }

    /// The cell that a rule behind those of the system bounds, and by what; whether from above.
    fn bound(&self, rule: usize) -> (usize, i64, bool) {
        let at = rule - self.small.rules.len();
        (at / 2, self.small.domain(at / 2)[at % 2], at % 2 == 1)
    }

    fn holds(&self, rule: usize, values: &[i64]) -> bool {
        match self.small.rules.get(rule) {
            Some(says) => says.holds(values),
            None => match self.bound(rule) {
                (cell, most, true) => values[cell] <= most,
                (cell, least, false) => values[cell] >= least,
            },
        }
    }

    fn apart(&self, rule: usize, values: &[i64]) -> bool {
        match self.small.rules.get(rule) {
            Some(says) => apart(says).is_some_and(|it| it.holds(values)),
            None => {
                let (cell, end, _) = self.bound(rule);
                self.holds(rule, values) && values[cell] != end
            }
        }
    }

    fn cells(&self, rule: usize) -> Vec<usize> {
        match self.small.rules.get(rule) {
            Some(says) => says
                .lines()
                .iter()
                .flat_map(|it| it.terms.iter().map(|term| term.1))
                .collect(),
            None => vec![self.bound(rule).0],
        }
    }

    /// Whether something is so of any values of these cells, up to so much beyond their few values.
    fn first(
        &self,
        cells: &[usize],
        beyond: i64,
        values: &mut Vec<i64>,
        is: &mut dyn FnMut(&[i64]) -> bool,
    ) -> bool {
        let Some((cell, rest)) = cells.split_first() else {
            return is(values);
        };
        let [least, most] = self.small.domain(*cell);
        let least = if least < 0 { least - beyond } else { 0 };
        (least..=most + beyond).any(|value| {
            values[*cell] = value;
            self.first(rest, beyond, values, is)
        })
    }

    fn possible_near(&self, question: &Question) -> bool {
        let hold = bits(question.hold.iter().copied())
            | bits(question.apart.iter().copied()) << self.rules();
        let fail = bits(question.fail.iter().copied());
        self.sets.iter().any(|(set, ranges)| {
            let other = question
                .other
                .is_none_or(|(cell, value)| ranges[cell] != [value, value]);
            set & hold == hold && set & fail == 0 && other
        })
    }

    /// The same in a larger box of those cells that matter.
    fn possible_far(&self, question: &Question) -> bool {
        let rules = [&question.hold[..], &question.fail, &question.apart].concat();
        let cells = rules.iter().flat_map(|rule| self.cells(*rule));
        let cells: BTreeSet<usize> = cells.chain(question.other.map(|it| it.0)).collect();
        let cells: Vec<usize> = cells.into_iter().collect();
        let beyond = [0, 1000, 200, 60, 40][cells.len()];
        self.first(
            &cells,
            beyond,
            &mut vec![0; self.small.cells()],
            &mut |values| {
                question.hold.iter().all(|rule| self.holds(*rule, values))
                    && question.fail.iter().all(|rule| !self.holds(*rule, values))
                    && question.apart.iter().all(|rule| self.apart(*rule, values))
                    && question
                        .other
                        .is_none_or(|(cell, value)| values[cell] != value)
            },
        )
    }

    /// Whether this is the answer. Values that nothing bounds are looked for far away only where there are to be any.
    fn agrees(&self, question: &Question, possible: bool) -> bool {
        self.possible_near(question) == possible || possible && self.possible_far(question)
    }

    /// Whether something is impossible by these rules, and by no fewer of them.
    fn is_minimal(&self, by: &[usize], question: &Question) -> bool {
        let with = |rules: &[usize]| Question {
            hold: [&question.hold[..], rules].concat(),
            ..question.clone()
        };
        let needed = |rule: &usize| self.agrees(&with(&without(by, *rule)), true);
        self.agrees(&with(by), false) && by.iter().all(needed)
    }

    /// The least and the largest value of a cell where these rules hold, which bound it.
    fn range(&self, hold: &[usize], cell: usize) -> Option<[i64; 2]> {
        let hold = bits(hold.iter().copied());
        let ranges = self.sets.iter().filter(|(set, _)| *set & hold == hold);
        let ranges = ranges.map(|(_, ranges)| ranges[cell]);
        ranges.reduce(|one, other| [one[0].min(other[0]), one[1].max(other[1])])
    }
}

fn bits(rules: impl Iterator<Item = usize>) -> u64 {
    rules.map(|at| 1 << at).sum()
}

/// That an inequality holds with its sides apart.
fn apart(rule: &Says) -> Option<Says> {
    let Says::Line(line) = rule else {
        return None;
    };
    let operator = match line.operator {
        Operator::LessOrEqual => Operator::Less,
        Operator::GreaterOrEqual => Operator::Greater,
        _ => return None,
    };
    let mut line = line.clone();
    line.operator = operator;
    Some(Says::Line(line))
}

fn without(rules: &[usize], rule: usize) -> Vec<usize> {
    rules.iter().copied().filter(|it| *it != rule).collect()
}

#[test]
fn brute_force_over_small_systems_says_the_same() {
    let mut random = Random(7);
    let mut seen: BTreeMap<RemarkKind, usize> = BTreeMap::new();
    let mut reasons = [0; 4];
    let mut systems = 0;
    for round in 0..3600 {
        let small = Small::random(&mut random);
        // Of more cells, brute force does not reach far enough.
        if small.cells() > 4 {
            continue;
        }
        systems += 1;
        let brute = Brute::new(&small);
        let number = small.rules.len() + 2 * small.cells();
        let mut form = (*small.form()).clone();
        for rule in 0..small.rules.len() {
            if random.one_in(4) {
                let text = format!("[[override]]\nrule = \"H{rule:03}\"\nseverity = \"soft\"\n");
                form = form.extend(&text).unwrap();
            }
        }
        let analysis = analyse(&form);
        let context = || {
            let rules: Vec<String> = form
                .rules()
                .iter()
                .map(|it| format!("{:?} {}", it.severity(), it.text()))
                .collect();
            format!(
                "round {round}: {:?}\n{}\n{}",
                small.changes,
                rules.join("\n"),
                lines(&analysis).join("\n")
            )
        };
        let number_of = |id: &std::sync::Arc<str>| id[1..].parse::<usize>().unwrap();
        // What is said, by kinds and rules.
        let mut said: BTreeMap<(RemarkKind, usize), Vec<usize>> = BTreeMap::new();
        let mut contradictions: Vec<Vec<usize>> = Vec::new();
        let mut bounded: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for remark in &analysis.remarks {
            *seen.entry(remark.kind).or_default() += 1;
            let rules: Vec<usize> = remark.rules.iter().map(number_of).collect();
            let by: Vec<usize> = remark.by.iter().map(number_of).collect();
            assert!(remark.minimal, "{}", context());
            reasons[by.len().min(3)] += 1;
            match (remark.kind, &rules[..]) {
                (Contradiction, _) => contradictions.push(rules),
                (Bounded, _) => {
                    for cell in &remark.cells {
                        bounded.insert(form.cell(cell).unwrap(), by.clone());
                    }
                }
                (kind, [rule]) => assert_eq!(said.insert((kind, *rule), by), None),
                _ => panic!("{}", context()),
            }
        }
        let hold = |rules: &[usize]| Question {
            hold: rules.to_vec(),
            ..Question::default()
        };
        let fails = |rule: usize| Question {
            fail: vec![rule],
            ..Question::default()
        };
        let is_apart = |rule: usize| Question {
            apart: vec![rule],
            ..Question::default()
        };
        let given = |rules: &[usize], question: Question| Question {
            hold: [&question.hold[..], rules].concat(),
            ..question
        };
        // Each by itself.
        let mut live = Vec::new();
        let mut says_something = Vec::new();
        for rule in 0..number {
            let never_holds = said.remove(&(NeverHolds, rule)).is_some();
            let never_fails = said.remove(&(NeverFails, rule)).is_some();
            assert!(
                brute.agrees(&hold(&[rule]), !never_holds),
                "{rule} {}",
                context()
            );
            assert!(
                brute.agrees(&fails(rule), !never_fails),
                "{rule} {}",
                context()
            );
            if !never_fails {
                says_something.push(rule);
                if !never_holds {
                    live.push(rule);
                }
            }
        }
        let is_hard = |rule: &usize| form.rules()[*rule].severity() == Severity::Hard;
        let cells = |rule: usize| form.rules()[rule].instances()[0].slots();
        let parts = parts(says_something.iter().copied().filter(is_hard), &cells);
        let mut kept_of_cell: BTreeMap<usize, Option<Vec<usize>>> = BTreeMap::new();
        for (part_cells, part) in &parts {
            let rest: Vec<usize> = part
                .iter()
                .copied()
                .filter(|rule| live.contains(rule))
                .collect();
            let mut left = rest.clone();
            let of_part = |it: &&Vec<usize>| part.contains(&it[0]);
            for contradiction in contradictions.iter().filter(of_part) {
                assert!(brute.is_minimal(contradiction, &hold(&[])), "{}", context());
                assert!(contradiction.iter().all(|it| left.contains(it)));
                left.retain(|it| !contradiction.contains(it));
            }
            assert!(brute.agrees(&hold(&left), true), "{}", context());
            if left.len() < part.len() {
                kept_of_cell.extend(part_cells.iter().map(|cell| (*cell, None)));
                continue;
            }
            // The later first.
            let mut kept = part.clone();
            for rule in part.iter().rev().copied() {
                let others = without(&kept, rule);
                let by = said.remove(&(Redundant, rule));
                assert!(
                    brute.agrees(&given(&others, fails(rule)), by.is_none()),
                    "{rule} {}",
                    context()
                );
                if let Some(by) = by {
                    assert!(
                        by.iter().all(|it| others.contains(it)),
                        "{rule} {}",
                        context()
                    );
                    assert!(brute.is_minimal(&by, &fails(rule)), "{rule} {}", context());
                    kept = others;
                }
            }
            for rule in kept
                .iter()
                .copied()
                .filter(|rule| is_inequality(&form, *rule))
            {
                let by = said.remove(&(OnlyEqual, rule));
                let question = given(&without(&kept, rule), is_apart(rule));
                assert!(
                    brute.agrees(&question, by.is_none()),
                    "{rule} {}",
                    context()
                );
                assert!(
                    by.is_none_or(|by| brute.is_minimal(&by, &is_apart(rule))),
                    "{rule} {}",
                    context()
                );
            }
            // What is redundant too: the box is then bounded in every direction.
            kept_of_cell.extend(part_cells.iter().map(|cell| (*cell, Some(part.clone()))));
        }
        for cell in 0..small.cells() {
            let expected = kept_of_cell[&cell]
                .as_ref()
                .map(|kept| brute.range(kept, cell).unwrap());
            let integer = |it: Value| it.to_string().parse::<i64>().unwrap();
            let range = analysis.ranges[cell].range.map(|it| it.map(integer));
            assert_eq!(range, expected, "{cell} {}", context());
            let fixed = expected.filter(|[least, most]| least == most);
            let by = bounded.remove(&cell);
            assert_eq!(by.is_some(), fixed.is_some(), "{cell} {}", context());
            if let (Some(by), Some([value, _])) = (by, fixed) {
                let other = Question {
                    other: Some((cell, value)),
                    ..Question::default()
                };
                assert!(brute.is_minimal(&by, &other), "{cell} {}", context());
            }
        }
        for rule in live.iter().copied().filter(|rule| !is_hard(rule)) {
            let linked: BTreeSet<usize> = cells(rule).iter().copied().collect();
            let linked: Option<Vec<Vec<usize>>> = linked
                .iter()
                .map(|cell| kept_of_cell[cell].clone())
                .collect();
            let Some(linked) = linked else {
                continue;
            };
            let linked: Vec<usize> = linked
                .concat()
                .into_iter()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect();
            let questions = [
                (NeverTogether, hold(&[rule])),
                (Redundant, fails(rule)),
                (OnlyEqual, is_apart(rule)),
            ];
            for (kind, question) in questions {
                if kind == OnlyEqual && !is_inequality(&form, rule) {
                    continue;
                }
                let by = said.remove(&(kind, rule));
                assert!(
                    brute.agrees(&given(&linked, question.clone()), by.is_none()),
                    "{kind:?} {rule} {}",
                    context()
                );
                if let Some(by) = by {
                    assert!(
                        brute.is_minimal(&by, &question),
                        "{kind:?} {rule} {}",
                        context()
                    );
                    break;
                }
            }
        }
        assert_eq!(said, BTreeMap::new(), "{}", context());
        assert_eq!(bounded, BTreeMap::new(), "{}", context());
    }
    assert!(systems >= 2000);
    println!("{seen:?}; by no rule, one, two, more: {reasons:?}");
    for kind in [
        Contradiction,
        NeverHolds,
        NeverTogether,
        NeverFails,
        Redundant,
        OnlyEqual,
        Bounded,
    ] {
        assert!(
            seen.get(&kind).is_some_and(|number| *number > 50),
            "{kind:?}"
        );
    }
    assert!(reasons.iter().all(|number| *number > 50), "{reasons:?}");
}

/// Whether a rule is an inequality that holds where its sides are equal.
fn is_inequality(form: &Form, rule: usize) -> bool {
    let text = form.rules()[rule].text();
    let joined = ["if ", " or ", " and ", "not "]
        .iter()
        .any(|word| text.contains(word));
    !joined && (text.contains("<=") || text.contains(">="))
}

/// Rules that are linked by cells, with these cells.
fn parts<'f>(
    rules: impl Iterator<Item = usize>,
    cells: &impl Fn(usize) -> &'f [usize],
) -> Vec<(BTreeSet<usize>, Vec<usize>)> {
    let mut parts: Vec<(BTreeSet<usize>, Vec<usize>)> = Vec::new();
    for rule in rules {
        let mut new = (
            cells(rule).iter().copied().collect::<BTreeSet<_>>(),
            vec![rule],
        );
        let (linked, apart): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|(of_part, _)| !of_part.is_disjoint(&new.0));
        for (of_part, rules) in linked {
            new.0.extend(of_part);
            new.1.extend(rules);
        }
        new.1.sort_unstable();
        parts = apart;
        parts.push(new);
    }
    parts
}

/// Rules made to be hard: there is an answer, or it is said that there is none, and never a panic.
mod hostile {
    use super::*;

    const WORK: u64 = 3_000_000;

    /// Every rule has a remark that says why, or that it is not known.
    fn told(analysis: &Analysis, rule: &str) -> bool {
        analysis
            .remarks
            .iter()
            .any(|it| it.rules.iter().any(|id| **id == *rule))
    }

    #[test]
    fn a_thousand_cells_in_one_chain() {
        let mut rules: Vec<String> = (0..999)
            .map(|cell| format!("c{cell} <= c{}", cell + 1))
            .collect();
        let analysis = analyse_within(&form(&["count"; 1000], &rules), WORK);
        assert!(
            analysis.remarks.iter().all(|it| it.kind == Untold),
            "{analysis:?}"
        );
        rules.push("c999 < c0".to_owned());
        let analysis = analyse_within(&form(&["count"; 1000], &rules), WORK);
        assert!(told(&analysis, "H0999"), "{analysis:?}");
    }

    #[test]
    fn sums_of_sums_that_contradict_each_other() {
        // Each total is the sum of two others, down to one that has to be more than the first.
        let mut rules: Vec<String> = (0..300)
            .map(|cell| format!("c{cell} = c{} + c{}", cell + 1, cell + 2))
            .collect();
        rules.push("c301 > c0".to_owned());
        let analysis = analyse_within(&form(&["count"; 302], &rules), WORK);
        assert!(told(&analysis, "H0300"));
    }

    #[test]
    fn thousands_of_alternatives() {
        let rules: Vec<String> = (0..3000)
            .map(|rule| format!("c0 > {rule} or c1 > {rule}"))
            .collect();
        let analysis = analyse_within(&form(&["count"; 2], &rules), WORK);
        assert!(told(&analysis, "H0000"));
        assert!(analysis.ranges.iter().all(|it| it.range.is_none()));
        let untold = analysis
            .remarks
            .iter()
            .find(|it| it.kind == Untold)
            .unwrap();
        assert_eq!(untold.cells.len(), 2);
    }

    #[test]
    fn large_coefficients_and_every_kind_of_gap() {
        // A count beside an amount is multiplied by 10^8.
        let rules = [
            "8589934583 * c0 - 8589934579 * c1 = 5 * c2 + 3",
            "1000000007 * c1 + 998244353 * c3 = 123456789 * c4 + 1",
            "12345678 * c0 + 87654321 * c3 <= 7 * c4",
            "10000000000 * c2 <= c1",
            "soft: 10000000000 * c2 >= c1 + 1",
            "soft: 3 * c0 != 9999999967 * c3 + 1",
        ];
        let rules = rules.map(str::to_owned);
        let kinds = ["count", "amount", "count", "count", "amount"];
        for number in 1..=rules.len() {
            _ = analyse_within(&form(&kinds, &rules[..number]), WORK);
        }
    }

    #[test]
    fn squares_of_sums() {
        let cell = |row: usize, column: usize| format!("c{}", row * 12 + column);
        let sum = |cells: Vec<String>| cells.join(" + ") + " = 1";
        let rows = (0..12).map(|row| sum((0..12).map(|column| cell(row, column)).collect()));
        let columns = (0..12).map(|column| sum((0..12).map(|row| cell(row, column)).collect()));
        let mut rules: Vec<String> = rows.chain(columns).collect();
        let analysis = analyse_within(&form(&["count"; 144], &rules), WORK);
        assert_eq!(
            lines(&analysis)[0].split(" by ").next(),
            Some("Redundant H0023")
        );
        rules[3] = rules[3].replace("= 1", "= 2");
        let analysis = analyse_within(&form(&["count"; 144], &rules), WORK);
        assert!(told(&analysis, "H0003"));
    }

    #[test]
    fn no_work_at_all() {
        for form in xxgk::forms() {
            let analysis = analyse_within(form, 0);
            let untold = analysis.remarks.last().unwrap();
            assert_eq!(untold.kind, Untold);
            let instances = form.rules().iter().flat_map(|rule| rule.instances());
            assert_eq!(untold.rules.len(), instances.count());
        }
    }
}
