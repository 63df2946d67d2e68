//! What is shown together, and in which order: what must be corrected before what is to be looked at, and rules that fail
//! together once, below what corrects them.

use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Cell, Correction, Finding, FindingKind, Lang, Outcome, Place, Report, Severity};

use crate::level::Level;
use crate::words;

/// More findings of one structural kind than this are shown together.
const APART: usize = 3;
/// So many of the changes that would do are named.
const ALTERNATIVES: usize = 6;

/// Findings that are shown as one.
#[derive(Clone, Debug)]
pub struct Group<'r> {
    /// What corrects them.
    pub correction: Option<&'r Correction>,
    /// What is found: the rules that fail together, or one, or several of a structural kind.
    pub findings: Vec<&'r Finding>,
}

/// What a report shows, in order; with undetermined rules where everything is asked for (`verbose`).
pub fn groups(report: &Report, verbose: bool) -> Vec<Group<'_>> {
    let mut rest: Vec<&Finding> = report.findings.iter().collect();
    rest.retain(|it| verbose || it.is_said());
    let mut groups = Vec::new();
    for correction in &report.corrections {
        let is_about = |it: &&Finding| {
            let rule = it.instance.as_ref();
            it.outcome == Outcome::Fail && rule.is_some_and(|it| correction.rules.contains(it))
        };
        let (findings, others) = rest.into_iter().partition(is_about);
        rest = others;
        groups.push(Group {
            correction: Some(correction),
            findings,
        });
    }
    groups.extend(together(rest).into_iter().map(|findings| Group {
        correction: None,
        findings,
    }));
    groups.sort_by_key(|group| (weight(group), first(group, report)));
    groups
}

/// Hard before soft, and what blank cells leave open last.
fn weight(group: &Group<'_>) -> Level {
    // What corrects no finding that is shown corrects rules that blank cells leave open: hard ones.
    let first = group.findings.first();
    first.map_or(Level::Error, |it| Level::of(it))
}

/// The place of a group among the findings of the report.
fn first(group: &Group<'_>, report: &Report) -> usize {
    let first = group.findings.first();
    let place = first.and_then(|first| report.findings.iter().position(|it| it == *first));
    place.unwrap_or(usize::MAX)
}

/// Findings that are shown as one: many of one structural kind.
fn together(findings: Vec<&Finding>) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in &findings {
        let same =
            |other: &&Finding| other.rule == finding.rule && other.severity == finding.severity;
        // What a document lacks is listed; what is wrong with a figure has its own sentence.
        let kind = FindingKind::of(&finding.rule);
        let many = kind.is_some_and(FindingKind::is_structural)
            && findings.iter().filter(|other| same(other)).count() > APART;
        match groups
            .iter_mut()
            .find(|group| many && group.first().is_some_and(same))
        {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

impl<'r> Group<'r> {
    /// Whether it only asks; what corrects rules that blank cells leave open does not.
    #[must_use]
    pub fn is_soft(&self) -> bool {
        let first = self.findings.first();
        first.is_some_and(|it| it.severity == Severity::Soft)
    }

    /// What corrects it, of very many changes that would do the first; or what it says.
    #[must_use]
    pub fn sentence(&self, form: Option<&Form>, lang: Lang) -> String {
        let Some((correction, form)) = self.correction.zip(form) else {
            return words::title(&self.findings, lang);
        };
        let (first, more) = shortened(correction);
        let message = first.message(form).get(lang).to_owned();
        match (more, lang) {
            (0, _) => message,
            (_, Lang::Zh) => format!("{message}另有{more}种情形。"),
            (_, Lang::En) => format!("{message} There are {more} more."),
        }
    }

    /// The ids of its rules, each once: those of the findings, or of the correction where none of them is shown.
    pub fn ids(&self) -> Vec<&'r str> {
        let mut ids: Vec<&str> = self.findings.iter().map(|it| &*it.rule).collect();
        if let Some(correction) = self.correction.filter(|_| ids.is_empty()) {
            ids = rule_ids(&correction.rules);
        }
        ids.dedup();
        ids
    }

    /// The cells that its correction changes, of several alternatives the first; where it changes none, or there is no
    /// correction, those of the findings. Cells of other documents are left out.
    pub fn cells(&self, report: &'r Report) -> Vec<&'r Cell> {
        let sets = self.correction.map_or(&[][..], |it| &it.sets);
        let sets = sets.iter().take(ALTERNATIVES);
        let keys: Vec<&str> = sets
            .flat_map(|set| set.cells.iter().map(|it| &*it.key))
            .collect();
        let cells = report.findings.iter().flat_map(|it| &it.cells);
        let of_key = |key: &str| cells.clone().find(|cell| cell.key.as_deref() == Some(key));
        let changed = keys.iter().filter_map(|key| of_key(key));
        let of_findings = self.findings.iter().flat_map(|it| &it.cells);
        let cells: Vec<&Cell> = match keys.is_empty() {
            true => of_findings.collect(),
            false => changed.collect(),
        };
        cells.into_iter().filter(|it| it.source.is_none()).collect()
    }

    /// Those that stand somewhere, each place once.
    pub fn places(&self, report: &'r Report) -> Vec<(&'r Cell, &'r Place)> {
        let mut places: Vec<(&Cell, &Place)> = Vec::new();
        for cell in self.cells(report) {
            let place = cell.place.as_ref();
            let place = place.filter(|place| places.iter().all(|(_, other)| other != place));
            places.extend(place.map(|place| (cell, place)));
        }
        places
    }
}

/// The ids of rules by those of their instances, each once.
pub fn rule_ids(instances: &[Arc<str>]) -> Vec<&str> {
    let rules = instances.iter().filter_map(|id| id.split('[').next());
    let mut ids: Vec<&str> = rules.collect();
    ids.dedup();
    ids
}

/// A correction with the first of very many changes that would do, and how many more there are.
pub fn shortened(correction: &Correction) -> (Correction, usize) {
    let mut first = correction.clone();
    first.sets.truncate(ALTERNATIVES);
    let more = correction.sets.len() - first.sets.len();
    (first, more)
}

/// The sentence of a correction; of very many changes that would do, only the first unless all are asked for (`verbose`).
pub fn said(correction: &Correction, form: &Form, verbose: bool) -> xxgk::Text {
    let (first, more) = shortened(correction);
    if verbose || more == 0 {
        return correction.message(form);
    }
    let mut message = first.message(form);
    message.zh += &format!("另有{more}种情形，--verbose 全部列出。");
    message.en += &format!(" There are {more} more: --verbose lists all.");
    message
}
