//! JUnit's XML, which GitLab, Jenkins and others show as tests: a suite a table, a case for each rule that was checked, as it
//! is said of a row or a column, and for each other finding.
//!
//! - a failure: what must hold (强制性), or could not be read as it should be; where all findings count (`strict`), what is to be
//!   looked at (核实性) too, which else is the output of a case that passes: a build does not fail for it
//! - skipped: what blank cells leave open
//! - an error: an input that could not be read
//!
//! It is written by hand, a suite at a time: [quick-junit](https://docs.rs/quick-junit) holds all suites of a run, which for
//! a folder of a province are millions of cases. The tests read it by that crate.

use std::fmt::Write;

use xxgk::form::{Form, Instance, Rule};
use xxgk::{Finding, FindingKind, Lang, Report, Severity, Verdict};

use crate::level::Level;
use crate::pieces::{cells, corrected, name};
use crate::{Asked, Format};

/// Reports as suites of tests.
#[derive(Debug)]
pub struct Junit<'a> {
    asked: Asked<'a>,
    strict: bool,
}

impl<'a> Junit<'a> {
    /// Suites of reports on these forms; with `strict`, soft findings fail too.
    #[must_use]
    pub fn new(asked: Asked<'a>, strict: bool) -> Self {
        Junit { asked, strict }
    }

    /// The cases of a report: its rules in the order of the form, and then what is found besides.
    fn cases<'r>(&self, report: &'r Report) -> Vec<Case<'r>>
    where
        'a: 'r,
    {
        let mut rest: Vec<&Finding> = report.findings.iter().collect();
        let mut cases = Vec::new();
        let form = self.asked.form(report);
        for (rule, instance) in form.into_iter().flat_map(|form| checked(form, report)) {
            let of = |it: &&Finding| it.instance.as_deref() == Some(instance.id());
            let (findings, others) = rest.into_iter().partition(of);
            rest = others;
            cases.push(Case {
                name: rule_name(rule, instance, self.asked.lang),
                findings,
            });
        }
        rest.retain(|it| it.is_said());
        cases.extend(rest.into_iter().map(|finding| Case {
            name: finding_name(finding, self.asked.lang),
            findings: vec![finding],
        }));
        cases
    }

    fn state(&self, case: &Case<'_>, report: &Report) -> State {
        let level = case.findings.iter().map(|it| Level::of(it)).min();
        match level {
            None => State::Passed,
            Some(_) if report.verdict() == Verdict::Unreadable => State::Error,
            Some(Level::Error) => State::Failure,
            Some(Level::Warning) if self.strict => State::Failure,
            Some(Level::Warning) => State::Said,
            Some(Level::Note) => State::Skipped,
        }
    }

    fn case(&self, case: &Case<'_>, report: &Report, out: &mut String) {
        let class = report.form.as_deref().unwrap_or("xxgk");
        *out += "    <testcase";
        attribute("name", &case.name, out);
        attribute("classname", class, out);
        attribute("file", report.source.as_deref().unwrap_or_default(), out);
        let state = self.state(case, report);
        let [opening, closing] = match state {
            State::Passed => {
                *out += "/>\n";
                return;
            }
            State::Said => ["system-out", "system-out"],
            State::Skipped => ["skipped", "skipped"],
            State::Failure => ["failure", "failure"],
            State::Error => ["error", "error"],
        };
        *out += ">\n      <";
        *out += opening;
        if let (Some(finding), true) = (case.findings.first(), state != State::Said) {
            attribute("message", finding.message.get(self.asked.lang), out);
            attribute("type", kind(finding), out);
        }
        out.push('>');
        escape(&self.body(case, report), false, out);
        *out += "</";
        *out += closing;
        *out += ">\n    </testcase>\n";
    }

    /// What is found, where, and what corrects it, a line each: nothing in a file begins a line of its own.
    fn body(&self, case: &Case<'_>, report: &Report) -> String {
        let Asked { lang, verbose, .. } = self.asked;
        let source = report.source.as_deref().unwrap_or_default();
        let form = self.asked.form(report);
        let mut lines = Vec::new();
        for finding in &case.findings {
            lines.push(finding.message.get(lang).to_owned());
            let claim = finding.claim.iter().map(|claim| (claim, String::new()));
            let cells = cells(finding).map(|(place, cell)| (place, format!(" {}", cell.label)));
            let places = claim.chain(cells);
            lines.extend(
                places.map(|(place, label)| format!("{source}:{}{label}", place.said(lang))),
            );
            let instance = finding.instance.as_ref();
            let of = |id| report.corrections.iter().find(|it| it.rules.contains(id));
            lines.extend(corrected(instance.and_then(of), form, verbose, lang));
        }
        let line = |line: String| line.replace(['\n', '\r'], " ") + "\n";
        lines.into_iter().map(line).collect()
    }
}

impl Format for Junit<'_> {
    fn begin(&mut self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"xxgk\">\n".to_owned()
    }

    fn report(&mut self, report: &Report) -> String {
        let cases = self.cases(report);
        let of = |state| {
            let states = cases.iter().map(|case| self.state(case, report));
            states.filter(|it| *it == state).count()
        };
        let mut out = "  <testsuite".to_owned();
        attribute("name", &name(report, self.asked.lang), &mut out);
        for (name, count) in [
            ("tests", cases.len()),
            ("failures", of(State::Failure)),
            ("errors", of(State::Error)),
            ("skipped", of(State::Skipped)),
        ] {
            attribute(name, &count.to_string(), &mut out);
        }
        out += ">\n";
        for case in &cases {
            self.case(case, report, &mut out);
        }
        out + "  </testsuite>\n"
    }

    fn end(&mut self) -> String {
        "</testsuites>\n".to_owned()
    }
}

/// One test.
struct Case<'r> {
    name: String,
    findings: Vec<&'r Finding>,
}

/// What became of one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Passed,
    /// Passed, with something to look at.
    Said,
    Skipped,
    Failure,
    Error,
}

/// The rules that a report has an outcome of: those of the table, and those between years if it counts more.
fn checked<'a>(form: &'a Form, report: &Report) -> Vec<(&'a Rule, &'a Instance)> {
    let live = |rule: &&&Rule| rule.off().is_none();
    let instances = |rule: &'a Rule| rule.instances().iter().map(move |it| (rule, it));
    let of_table = form.instances().map(|(rule, instance)| (&**rule, instance));
    let mut checked: Vec<_> = of_table.collect();
    if report.counts.rules > checked.len() {
        let series = form.series().iter().map(|rule| &**rule);
        let series = series.filter(|rule| live(&rule));
        checked.extend(series.flat_map(instances));
    }
    checked
}

/// The rule in the form's own words, and the row or column that it is said of: `G303“三、本年度办理结果” …`.
fn rule_name(rule: &Rule, instance: &Instance, lang: Lang) -> String {
    let (id, words) = (rule.id(), rule.words().get(lang));
    match instance.name() {
        Some(name) => format!("{id}“{name}” {words}"),
        None => format!("{id} {words}"),
    }
}

/// The kind of a finding, and the cells that it speaks of.
fn finding_name(finding: &Finding, lang: Lang) -> String {
    let id = &finding.rule;
    let title = FindingKind::of(id).map_or("", |kind| {
        let [zh, en] = kind.title;
        lang.pick(zh, en)
    });
    let labels: Vec<&str> = finding.cells.iter().map(|cell| &*cell.label).collect();
    let labels = labels.join(lang.pick("、", ", "));
    match (title.is_empty(), labels.is_empty()) {
        (true, _) => format!("{id} {labels}"),
        (false, true) => format!("{id} {title}"),
        (false, false) => format!("{id} {title}{}{labels}", lang.pick("：", ": ")),
    }
}

fn kind(finding: &Finding) -> &'static str {
    match (Level::of(finding), finding.severity) {
        (Level::Note, _) => "undetermined",
        (_, Severity::Hard) => "hard",
        (_, Severity::Soft) => "soft",
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    *out = std::mem::take(out) + " " + name + "=\"";
    escape(value, true, out);
    out.push('"');
}

/// A text as XML; signs that XML cannot have are U+FFFD. In an attribute, a new line that stands as itself would be read as a
/// space.
fn escape(text: &str, attribute: bool, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\n' if !attribute => out.push(sign),
            '\n' | '\t' | '\r' => _ = write!(out, "&#{};", u32::from(sign)),
            '\0'..=' ' if sign != ' ' => out.push('\u{fffd}'),
            '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(sign),
        }
    }
}
