//! How each cell stands, and the rules that it takes part in.

use std::collections::HashMap;

use maud::{Markup, html};
use xxgk::rule::Statement;
use xxgk::{Evaluation, Finding, Lang, Outcome, Record, Report, Severity, evaluate};

use super::{NEWLINE, Told, View};
use crate::words;

/// How a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Something that must hold of it does not.
    Wrong,
    /// Something is asked for.
    Question,
    Blank,
    Agrees,
    /// No rule speaks of it, or blank cells leave open what does.
    Open,
}

impl State {
    pub const ALL: [State; 5] = [
        State::Wrong,
        State::Question,
        State::Blank,
        State::Agrees,
        State::Open,
    ];

    pub fn class(self) -> &'static str {
        match self {
            State::Wrong => "wrong",
            State::Question => "question",
            State::Blank => "blank",
            State::Agrees => "agrees",
            State::Open => "open",
        }
    }

    pub fn said(self, lang: Lang) -> &'static str {
        match self {
            State::Wrong => lang.pick("有错误", "wrong"),
            State::Question => lang.pick("需要核实", "to be looked at"),
            State::Blank => lang.pick("空白", "blank"),
            State::Agrees => lang.pick("相符", "agrees"),
            State::Open => lang.pick("未能核对", "not compared"),
        }
    }
}

/// A rule as it is said of some cells, or what else was found of them.
struct Relation<'a> {
    id: &'a str,
    outcome: Outcome,
    severity: Severity,
    sentence: String,
    compared: Option<String>,
}

/// Every cell of a table.
pub(super) struct Cells<'a> {
    record: &'a Record,
    relations: Vec<Relation<'a>>,
    /// For each cell, its relations.
    at: Vec<Vec<usize>>,
    /// Whether what corrects the table changes it.
    suspected: Vec<bool>,
    told: Told,
}

impl<'a> Cells<'a> {
    pub fn of(view: &View<'a>, record: &'a Record, told: Told) -> Self {
        let report = view.table.report;
        let mut cells = Cells {
            record,
            relations: Vec::new(),
            at: vec![Vec::new(); record.cells().len()],
            suspected: vec![false; record.cells().len()],
            told,
        };
        cells.add_rules(report, view.lang);
        cells.add_others(report, view.lang);
        let sets = report.corrections.iter().flat_map(|it| &it.sets);
        for change in sets.flat_map(|set| &set.cells) {
            if let Some(suspected) = cells.suspected.get_mut(change.cell) {
                *suspected = true;
            }
        }
        cells
    }

    /// The rules of the form, those that hold too.
    fn add_rules(&mut self, report: &'a Report, lang: Lang) {
        let instance = |it: &'a Finding| Some((it.instance.as_deref()?, it));
        let found: HashMap<&str, &Finding> = report.findings.iter().filter_map(instance).collect();
        let record = self.record;
        for it in evaluate(record) {
            let finding = found.get(it.instance.id());
            // A report that compares levels or years need not be on the rules of the form.
            if it.outcome != Outcome::Pass && finding.is_none() {
                continue;
            }
            let form = record.form();
            let keys = it.instance.slots().iter().filter_map(|slot| {
                // Behind the cells there are parameters, which have no unit.
                form.indicator(*slot).map(|it| it.key())
            });
            let unit = words::unit(keys, Some(form), lang);
            // Of a rule with a condition that holds, the sides are those of a comparison that its words do not show.
            let is_plain = matches!(it.instance.statement(), Statement::Compare(_));
            let compared = it.sides.filter(|_| match it.outcome {
                Outcome::Pass => is_plain,
                Outcome::Fail => true,
                Outcome::Undetermined => false,
            });
            let relation = Relation {
                id: it.rule.id(),
                outcome: it.outcome,
                severity: it.rule.severity(),
                sentence: finding.map_or_else(
                    || holds(&it, lang),
                    |finding| finding.message.get(lang).to_owned(),
                ),
                compared: compared.map(|sides| words::compared(sides, it.bounds, &unit, lang)),
            };
            self.add(relation, it.instance.slots().iter().copied());
        }
    }

    /// What was found that is no rule of one table: figures that cannot be read, sentences, the year before, other levels.
    fn add_others(&mut self, report: &'a Report, lang: Lang) {
        let record = self.record;
        let form = record.form();
        let rules: HashMap<&str, ()> = form.instances().map(|(_, it)| (it.id(), ())).collect();
        let others = report.findings.iter().filter(|it| {
            let instance = it.instance.as_deref();
            instance.is_none_or(|instance| !rules.contains_key(instance))
        });
        for finding in others {
            let own = finding.cells.iter().filter(|cell| cell.source.is_none());
            let keys = own.filter_map(|cell| cell.key.as_deref());
            let relation = Relation {
                id: &finding.rule,
                outcome: finding.outcome,
                severity: finding.severity,
                sentence: finding.message.get(lang).to_owned(),
                compared: None,
            };
            self.add(relation, keys.filter_map(|key| form.cell(key)));
        }
    }

    fn add(&mut self, relation: Relation<'a>, cells: impl Iterator<Item = usize>) {
        let index = self.relations.len();
        for cell in cells {
            if let Some(at) = self.at.get_mut(cell).filter(|at| !at.contains(&index)) {
                at.push(index);
            }
        }
        self.relations.push(relation);
    }

    fn relations(&self, cell: usize) -> impl Iterator<Item = &Relation<'a>> {
        let at = self.at.get(cell).map_or(&[][..], Vec::as_slice);
        at.iter().filter_map(|index| self.relations.get(*index))
    }

    pub fn state(&self, view: &View<'_>, cell: usize) -> State {
        let any = |outcome, severity| {
            let is = |it: &Relation<'_>| it.outcome == outcome && it.severity == severity;
            self.relations(cell).any(is)
        };
        if any(Outcome::Fail, Severity::Hard) {
            State::Wrong
        } else if value(view, cell).is_none() {
            State::Blank
        } else if any(Outcome::Fail, Severity::Soft) {
            State::Question
        } else if self.relations(cell).any(|it| it.outcome == Outcome::Pass)
            && !any(Outcome::Undetermined, Severity::Hard)
        {
            State::Agrees
        } else {
            State::Open
        }
    }

    pub fn is_suspected(&self, cell: usize) -> bool {
        self.suspected.get(cell) == Some(&true)
    }

    /// Whether the rules of a cell are told.
    pub fn is_told(&self, view: &View<'_>, cell: usize) -> bool {
        let state = || self.state(view, cell);
        let doubted = || !matches!(state(), State::Agrees | State::Open);
        self.relations(cell).next().is_some() && (self.told == Told::Everywhere || doubted())
    }

    /// At each cell the rules that it takes part in, those that fail first. Each is shown when the cell is followed.
    pub fn told(&self, view: &View<'_>) -> Markup {
        let indicators = self.record.form().indicators().iter().enumerate();
        let told = indicators.filter(|(cell, _)| self.is_told(view, *cell));
        html! {
            div.told {
                (NEWLINE)
                @for (cell, indicator) in told {
                    aside id=(view.id("d", cell)) {
                        (self.told_at(view, cell, indicator.name(), indicator.unit()))
                    }
                    (NEWLINE)
                }
            }
            (NEWLINE)
        }
    }

    fn told_at(&self, view: &View<'_>, cell: usize, name: &str, unit: &str) -> Markup {
        let lang = view.lang;
        let mut relations: Vec<&Relation<'_>> = self.relations(cell).collect();
        relations.sort_by_key(|it| (rank(it.outcome), it.severity == Severity::Soft));
        let value = value(view, cell).map(|it| format!("{it}{unit}"));
        let value = value.unwrap_or_else(|| lang.pick("空白", "blank").to_owned());
        html! {
            h4 {
                (name) (lang.pick("：", ": ")) (value) " "
                small { (self.state(view, cell).said(lang)) }
                " "
                a.back href=(view.link("c", cell)) { (lang.pick("返回表中", "back to the table")) }
            }
            ul {
                @for it in relations {
                    li.(class(it)) {
                        span.how { (became(it, lang)) } " " (it.sentence)
                        @if let Some(compared) = &it.compared { " " span.sides { (compared) } }
                        " " small.id { (it.id) }
                    }
                }
            }
        }
    }
}

/// What stands in a cell of the table itself, which is another than what its rules are applied to where it has a sum printed.
pub(super) fn value(view: &View<'_>, cell: usize) -> Option<xxgk::Value> {
    view.table.reading?.record.as_ref()?.value(cell)
}

/// A rule that holds, or that blank cells leave open, as it is said of one row or column.
fn holds(it: &Evaluation<'_>, lang: Lang) -> String {
    let words = it.rule.words().get(lang);
    let colon = lang.pick("：", ": ");
    match (it.instance.name(), words.split_once(colon)) {
        (Some(name), Some((_, rule))) => format!("“{name}”{colon}{rule}"),
        _ => words.to_owned(),
    }
}

fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail => 0,
        Outcome::Undetermined => 1,
        Outcome::Pass => 2,
    }
}

fn class(it: &Relation<'_>) -> &'static str {
    match (it.outcome, it.severity) {
        (Outcome::Fail, Severity::Hard) => "wrong",
        (Outcome::Fail, Severity::Soft) => "question",
        (Outcome::Undetermined, _) => "open",
        (Outcome::Pass, _) => "agrees",
    }
}

fn became(it: &Relation<'_>, lang: Lang) -> &'static str {
    match (it.outcome, it.severity) {
        (Outcome::Fail, Severity::Hard) => lang.pick("不符合", "fails"),
        (Outcome::Fail, Severity::Soft) => lang.pick("须核实", "to be looked at"),
        (Outcome::Undetermined, _) => lang.pick("无法判定", "undetermined"),
        (Outcome::Pass, _) => lang.pick("符合", "holds"),
    }
}
