//! What was found as remarks: those that differ only in the row or the column as one, each with its sentence.

use std::collections::HashMap;
use std::sync::Arc;

use super::scope::Said;
use super::{Remark, RemarkKind};
use crate::form::Form;
use crate::lang::Text;
use crate::number::Value;
use crate::rule::Axis;

/// So many rows of a rule, and so many cells, are named; of more it is said how many there are.
const NAMED: usize = 4;

/// What was found, by the numbers of rules and cells, each list in order.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub kind: RemarkKind,
    pub rules: Vec<usize>,
    pub cells: Vec<usize>,
    /// The value that the cells can only have.
    pub value: Option<Value>,
    pub by: Vec<usize>,
    pub minimal: bool,
}

impl Found {
    pub fn new(kind: RemarkKind) -> Self {
        Found {
            kind,
            rules: Vec::new(),
            cells: Vec::new(),
            value: None,
            by: Vec::new(),
            minimal: true,
        }
    }

    fn join(&mut self, other: &Found) {
        for (all, more) in [
            (&mut self.rules, &other.rules),
            (&mut self.cells, &other.cells),
            (&mut self.by, &other.by),
        ] {
            all.extend(more);
            all.sort_unstable();
            all.dedup();
        }
    }
}

/// What two things that were found have in common where they differ only in the row or the column, or in the cell.
#[derive(PartialEq, Eq, Hash)]
struct Pattern<'f> {
    kind: RemarkKind,
    minimal: bool,
    value: Option<Value>,
    /// The ids of the rules, each with its row or column where that is not the remark's own.
    rules: Vec<(&'f str, Option<&'f str>)>,
    by: Vec<(&'f str, Option<&'f str>)>,
}

/// The remarks on what was found, the gravest first.
pub(super) fn remarks(form: &Form, said: &[Said<'_>], found: &[Found]) -> Vec<Remark> {
    let mut seen = HashMap::new();
    let mut joined: Vec<Found> = Vec::new();
    for found in found {
        let index = *seen.entry(pattern(said, found)).or_insert(joined.len());
        match joined.get_mut(index) {
            Some(other) => other.join(found),
            None => joined.push(found.clone()),
        }
    }
    let order = |it: &Found| {
        (
            it.kind,
            it.rules.first().copied(),
            it.cells.first().copied(),
        )
    };
    joined.sort_by_key(order);
    let words = Words { form, said };
    let remark = |found: &Found| Remark {
        kind: found.kind,
        rules: words.ids(&found.rules),
        cells: words.keys(&found.cells),
        by: words.ids(&found.by),
        minimal: found.minimal,
        message: words.message(found),
    };
    joined.iter().map(remark).collect()
}

fn pattern<'f>(said: &[Said<'f>], found: &Found) -> Pattern<'f> {
    let of = |at: &usize| {
        let it = said.get(*at)?;
        Some((it.rule.id(), it.instance.id().strip_prefix(it.rule.id())?))
    };
    let own = found.rules.first().and_then(of).map(|(_, own)| own);
    let ids = |rules: &[usize]| {
        let ids = rules.iter().filter_map(of);
        ids.map(|(id, place)| (id, Some(place).filter(|it| Some(*it) != own)))
            .collect()
    };
    Pattern {
        kind: found.kind,
        minimal: found.minimal,
        value: found.value,
        rules: ids(&found.rules),
        by: ids(&found.by),
    }
}

struct Words<'a, 'f> {
    form: &'a Form,
    said: &'a [Said<'f>],
}

impl Words<'_, '_> {
    fn ids(&self, rules: &[usize]) -> Vec<Arc<str>> {
        let said = rules.iter().filter_map(|at| self.said.get(*at));
        said.map(|it| it.instance.id.clone()).collect()
    }

    fn keys(&self, cells: &[usize]) -> Vec<Arc<str>> {
        let cells = cells.iter().filter_map(|cell| self.form.indicator(*cell));
        cells.map(|it| it.key.clone()).collect()
    }

    fn message(&self, found: &Found) -> Text {
        let [rules, rules_en] = self.rules(&found.rules);
        let [by, by_en] = self.rules(&found.by);
        let [cells, cells_en] = self.cells(&found.cells);
        let value = found.value.map(|it| it.to_string()).unwrap_or_default();
        let (zh, en) = match found.kind {
            RemarkKind::Contradiction => (
                format!("{rules}互相矛盾，没有一张表能同时符合。"),
                format!("{rules_en} contradict each other: no table satisfies them together."),
            ),
            RemarkKind::NeverHolds => (
                format!("没有一张表能符合{rules}。"),
                format!("No table satisfies {rules_en}."),
            ),
            RemarkKind::NeverTogether => (
                format!("符合{by}的表，都不符合{rules}。"),
                format!("No table that satisfies {by_en} satisfies {rules_en}."),
            ),
            RemarkKind::NeverFails => (
                format!("任何表都符合{rules}，它不起作用。"),
                format!("Every table satisfies {rules_en}: it asks for nothing."),
            ),
            RemarkKind::Redundant => (
                format!("{rules}由{by}即可推出，没有另外的要求。"),
                format!("{rules_en} follows from {by_en}: it asks for nothing more."),
            ),
            RemarkKind::OnlyEqual if found.by.is_empty() => (
                format!("{rules}的两边只能相等，可以写成等式。"),
                format!("The sides of {rules_en} can only be equal: it could be an equation."),
            ),
            RemarkKind::OnlyEqual => (
                format!("符合{by}的表，{rules}的两边只能相等，可以写成等式。"),
                format!(
                    "With {by_en}, the sides of {rules_en} can only be equal: it could be an equation."
                ),
            ),
            RemarkKind::Bounded => (
                format!("由{by}，{cells}只能是{value}。"),
                format!("By {by_en}, {cells_en} can only be {value}."),
            ),
            RemarkKind::Unused => (
                format!("没有规则涉及{cells}。"),
                format!("No rule speaks of {cells_en}."),
            ),
            RemarkKind::Untold => {
                let both = |rules: String, and: &str, cells: String| match (
                    &found.rules[..],
                    &found.cells[..],
                ) {
                    (_, []) => rules,
                    ([], _) => cells,
                    _ => rules + and + &cells,
                };
                let all = both(rules, "和", cells);
                let all_en = both(rules_en, " and ", cells_en);
                (
                    format!("在限定的计算量内未能查清{all}。"),
                    format!(
                        "Not everything about {all_en} was found out within the bound on work."
                    ),
                )
            }
        };
        Text::new(zh, capital(en))
    }

    /// Rules, each with the rows or columns of which it is said, in Chinese and in English.
    fn rules(&self, rules: &[usize]) -> [String; 2] {
        let said: Vec<&Said<'_>> = rules.iter().filter_map(|at| self.said.get(*at)).collect();
        let of_rules = said.chunk_by(|one, other| one.rule.id() == other.rule.id());
        let (zh, en): (Vec<String>, Vec<String>) = of_rules.map(instances).unzip();
        let s = if en.len() > 1 { "s" } else { "" };
        [
            format!("规则{}", zh.join("、")),
            format!("rule{s} {}", en.join(", ")),
        ]
    }

    fn cells(&self, cells: &[usize]) -> [String; 2] {
        let names = cells.iter().filter_map(|cell| self.form.indicator(*cell));
        let names: Vec<&str> = names.map(|it| it.name()).collect();
        let (zh, en) = listed(&names, "项", "cells");
        [zh, en]
    }
}

/// A rule, with the rows or columns that these instances of it are of.
fn instances(said: &[&Said<'_>]) -> (String, String) {
    let Some(rule) = said.first().map(|it| it.rule) else {
        return Default::default();
    };
    let id = rule.id();
    let names: Vec<&str> = said.iter().filter_map(|it| it.instance.name()).collect();
    let (axis, axis_en) = match rule.quantifier().map(|it| it.axis) {
        Some(Axis::Column) => ("列", "column"),
        _ => ("行", "row"),
    };
    if names.len() > 1 && names.len() == rule.instances().len() {
        return (
            format!("{id}（各{axis}）"),
            format!("{id} (every {axis_en})"),
        );
    }
    let (names, names_en) = listed(&names, axis, &format!("{axis_en}s"));
    (id.to_owned() + &names, id.to_owned() + &names_en)
}

/// Names in quotes; of many, the first, and how many there are.
fn listed(names: &[&str], unit: &str, unit_en: &str) -> (String, String) {
    let quoted = names.iter().take(NAMED).map(|name| format!("“{name}”"));
    let quoted: Vec<String> = quoted.collect();
    let (zh, en) = (quoted.join("、"), quoted.join(", "));
    match names.len() {
        number if number > NAMED => (
            format!("{zh}等{number}{unit}"),
            format!("{en} … ({number} {unit_en})"),
        ),
        _ => (zh, en),
    }
}

fn capital(sentence: String) -> String {
    let mut rest = sentence.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => sentence,
    }
}
