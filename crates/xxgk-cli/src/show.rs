//! Findings as a person reads them: the lines of the source with the cells underlined, the rule in the form's own words,
//! both sides and the difference, and what to do.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use anstream::{AutoStream, ColorChoice};
use xxgk::prose::ClaimCounts;
use xxgk::{
    Change, Correction, Diagnosis, Finding, FindingKind, Form, Lang, Outcome, Place, Report,
    Severity, Verdict, Within,
};

/// A source line longer than this, in bytes, is not shown.
const MAX_LINE: usize = 1000;
/// More findings of one structural kind than this are shown together.
const APART: usize = 3;
/// So many of the changes that would do are shown.
const ALTERNATIVES: usize = 10;

/// The text of an input, from a line on: reports come in the order of the text, so that it is walked through once,
/// however many tables it has.
pub struct Source<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Source<'t> {
    pub fn new(text: &'t str) -> Self {
        Source {
            rest: text,
            line: 1,
        }
    }

    /// The text from a line on.
    fn from(&self, line: usize) -> Option<&'t str> {
        match line.checked_sub(self.line)? {
            0 => Some(self.rest),
            before => {
                let (newline, _) = self.rest.match_indices('\n').nth(before - 1)?;
                self.rest.get(newline + 1..)
            }
        }
    }

    fn line(&self, line: usize) -> Option<&'t str> {
        self.from(line)?.split('\n').next()
    }

    fn advance_to(&mut self, line: usize) {
        while self.line < line {
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
            self.line += 1;
        }
    }
}

/// How many tables, and what of them.
#[derive(Debug, Default)]
pub struct Tally {
    tables: usize,
    unreadable: usize,
    hard: usize,
    soft: usize,
    undetermined: usize,
}

impl Tally {
    pub fn add(&mut self, report: &Report) {
        let count = |severity| {
            report
                .failed()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        if report.verdict() == Verdict::Unreadable {
            self.unreadable += 1;
            return;
        }
        self.tables += 1;
        self.hard += count(Severity::Hard);
        self.soft += count(Severity::Soft);
        self.undetermined += report.counts.undetermined;
    }
}

/// How findings are drawn: in colours only on a terminal, and not where the user wants none.
pub fn renderer() -> Renderer {
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Never => Renderer::plain(),
        _ => Renderer::styled(),
    }
}

/// How what is wrong with a form's file is drawn, on standard error.
pub fn renderer_for_errors() -> Renderer {
    match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => Renderer::plain(),
        _ => Renderer::styled(),
    }
}

/// Writes one report: its findings, each correction at the last of those that it is about, then a line that sums it up.
pub fn report(
    out: &mut impl Write,
    renderer: &Renderer,
    report: &Report,
    forms: &[Arc<Form>],
    text: &mut Source<'_>,
    lang: Lang,
    verbose: bool,
) -> io::Result<()> {
    let form = form_of(report, forms);
    let source = report.source.as_deref().unwrap_or_default();
    let shown = report.findings.iter().filter(|it| verbose || it.is_said());
    text.advance_to(first_line(report).unwrap_or(0));
    let shown = together(shown.collect());
    let fix = |correction| {
        let message = fix(correction, form?, lang, verbose);
        let at = shown.iter().rposition(|it| is_about(correction, it));
        Some(Fix {
            correction,
            at,
            message,
        })
    };
    let fixes: Vec<Fix<'_>> = report.corrections.iter().filter_map(fix).collect();
    let fix_level = || Level::HELP.with_name(lang.pick("改正", "fix"));
    for (index, findings) in shown.iter().enumerate() {
        let title = title(findings, lang);
        let mut group = Group::with_title(
            level(findings[0], lang)
                .primary_title(&title)
                .id(&*findings[0].rule),
        );
        let places: Vec<(&Place, &str)> = findings
            .iter()
            .flat_map(|finding| &finding.cells)
            .filter(|cell| cell.source.is_none())
            .filter_map(|cell| Some((cell.place.as_ref()?, &*cell.label)))
            .collect();
        for claim in findings.iter().filter_map(|it| it.claim.as_ref()) {
            let label = lang.pick("正文", "text");
            group = group.elements(sentence(text, source, claim, label));
        }
        group = group.elements(rows(text, source, &places));
        let notes = notes(findings[0], form.map(|form| &**form), lang);
        for (name, note) in &notes {
            group = group.element(Level::NOTE.with_name(*name).message(note));
        }
        for fix in fixes.iter().filter(|fix| fix.at == Some(index)) {
            group = group.element(fix_level().message(&fix.message));
        }
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    for fix in fixes.iter().filter(|fix| fix.at.is_none()) {
        let title = fix_level().primary_title(&fix.message);
        let title = match &fix.correction.rules[..] {
            [rule] => title.id(&**rule),
            // The message names them.
            _ => title,
        };
        writeln!(out, "{}\n", renderer.render(&[Group::with_title(title)]))?;
    }
    for off in &report.off {
        let title = lang.pick("停用的规则", "switched off");
        writeln!(out, "{title} {}: {}", off.rule, off.reason.get(lang))?;
    }
    writeln!(out, "{}", line(report, form.map(|form| form.title()), lang))
}

fn form_of<'f>(report: &Report, forms: &'f [Arc<Form>]) -> Option<&'f Arc<Form>> {
    let id = report.form.as_deref();
    forms.iter().find(|form| Some(form.id()) == id)
}

/// The first line of the text that findings speak of.
fn first_line(report: &Report) -> Option<usize> {
    let cells = report.findings.iter().flat_map(|it| &it.cells);
    let cells = cells.filter(|cell| cell.source.is_none());
    let places = cells.filter_map(|cell| cell.place.as_ref());
    let claims = report.findings.iter().filter_map(|it| it.claim.as_ref());
    places.chain(claims).map(|it| it.line).min()
}

/// A change that was made to a table.
pub struct Made<'a> {
    pub change: &'a Change,
    pub error: Option<&'a Diagnosis>,
    /// What it was made for.
    pub rules: &'a [Arc<str>],
    /// Where the cell stands in the source.
    pub place: Option<&'a Place>,
}

/// Writes what was changed in a table, each change with its place, and then the report on the table as it is now.
pub fn repaired(
    out: &mut impl Write,
    renderer: &Renderer,
    all: &[Made<'_>],
    report: &Report,
    forms: &[Arc<Form>],
    text: &mut Source<'_>,
    lang: Lang,
) -> io::Result<()> {
    let places = all.iter().filter_map(|it| it.place).map(|it| it.line);
    text.advance_to(places.chain(first_line(report)).min().unwrap_or(0));
    let source = report.source.as_deref().unwrap_or_default();
    for made in all {
        let Some(form) = form_of(report, forms) else {
            continue;
        };
        let message = made.change.made(made.error, form);
        let title = Level::HELP.with_name(lang.pick("已改", "changed"));
        let title = title.primary_title(message.get(lang));
        let place = made.place.map(|place| (place, &*made.change.name));
        let group = Group::with_title(title.id(made.rules.join(", ")));
        let group = group.elements(rows(text, source, place.as_slice()));
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    match (all.len(), lang) {
        (0, _) => {}
        (number, Lang::Zh) => writeln!(out, "共改正{number}处。改正后：\n")?,
        (number, Lang::En) => writeln!(out, "Cells changed: {number}. After that:\n")?,
    }
    self::report(out, renderer, report, forms, text, lang, false)
}

/// A correction as it is shown.
struct Fix<'a> {
    correction: &'a Correction,
    /// The place of the findings that it is shown at; `None` where none that it is about is shown.
    at: Option<usize>,
    message: String,
}

/// Whether a correction is about one of these findings.
fn is_about(correction: &Correction, findings: &[&Finding]) -> bool {
    let mut instances = findings.iter().filter_map(|it| it.instance.as_ref());
    instances.any(|instance| correction.rules.contains(instance))
}

/// The sentence of a correction; of very many changes that would do, the first.
fn fix(correction: &Correction, form: &Form, lang: Lang, verbose: bool) -> String {
    let more = correction.sets.len().saturating_sub(ALTERNATIVES);
    if verbose || more == 0 {
        return correction.message(form).get(lang).to_owned();
    }
    let mut first = correction.clone();
    first.sets.truncate(ALTERNATIVES);
    let message = first.message(form);
    match lang {
        Lang::Zh => format!("{}另有{more}种，--format json 全部列出。", message.zh),
        Lang::En => format!(
            "{} There are {more} more: --format json lists all.",
            message.en
        ),
    }
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

fn title(findings: &[&Finding], lang: Lang) -> String {
    let [finding, _, ..] = findings else {
        return findings[0].message.get(lang).to_owned();
    };
    let kind = FindingKind::of(&finding.rule);
    let names: Vec<&str> = findings
        .iter()
        .flat_map(|it| &it.cells)
        .map(|cell| &*cell.label)
        .collect();
    let title = kind.map_or(["", ""], |kind| kind.title);
    match lang {
        Lang::Zh => format!("{}（{}处）：{}", title[0], findings.len(), names.join("、")),
        Lang::En => format!("{} ({}): {}", title[1], findings.len(), names.join(", ")),
    }
}

fn level(finding: &Finding, lang: Lang) -> Level<'static> {
    let name = |zh, en| if lang == Lang::Zh { zh } else { en };
    match (finding.outcome, finding.severity) {
        (Outcome::Undetermined, _) if finding.statement.is_some() => {
            Level::INFO.with_name(name("无法判定", "undetermined"))
        }
        (_, Severity::Hard) => Level::ERROR.with_name(name("强制性审核", "hard edit")),
        (_, Severity::Soft) => Level::WARNING.with_name(name("核实性审核", "soft edit")),
    }
}

/// What stands below the lines: the rule in words, both sides, what was declared, the basis.
fn notes(finding: &Finding, form: Option<&Form>, lang: Lang) -> Vec<(&'static str, String)> {
    let name = |zh, en| if lang == Lang::Zh { zh } else { en };
    let mut notes = Vec::new();
    if let Some(rule) = form.and_then(|form| form.rule(&finding.rule)) {
        notes.push((name("规则", "rule"), rule.words().get(lang).to_owned()));
    }
    if let Some([left, right, difference]) = finding.sides {
        notes.push((
            name("两边", "sides"),
            match lang {
                Lang::Zh => format!("左 {left}，右 {right}，左减右 {difference}"),
                Lang::En => format!("left {left}, right {right}, left - right {difference}"),
            },
        ));
    }
    for cell in &finding.cells {
        let Some(source) = &cell.source else { continue };
        let place = cell.place.as_ref();
        let place = place.map(|it| format!(":{}:{}", it.line, it.column));
        let value = match &cell.value {
            Some(value) => value.to_string(),
            None => name("空白", "blank").to_owned(),
        };
        let shown = format!(
            "{source}{} {} {value}",
            place.unwrap_or_default(),
            cell.label
        );
        notes.push((name("另见", "see"), shown));
    }
    for declared in &finding.declared {
        notes.push((
            name("申报", "declared"),
            format!("{} {}", declared.label.get(lang), declared.value),
        ));
    }
    if let Some(basis) = &finding.basis {
        notes.push((name("依据", "basis"), basis.get(lang).to_owned()));
    }
    notes
}

type Shown<'a> = Vec<Element<'a>>;

/// The claim in its paragraph, underlined; of a long one, the renderer shows what stands near it.
fn sentence<'a>(text: &Source<'a>, source: &'a str, claim: &'a Place, label: &'a str) -> Shown<'a> {
    let Some(line) = text.line(claim.line) else {
        return Vec::new();
    };
    let kind = AnnotationKind::Primary.span(span(line, claim));
    let snippet = Snippet::source(line)
        .path(located(source, claim))
        .line_start(number(claim));
    vec![snippet.annotation(kind.label(label)).into()]
}

/// The name of a file, and which of its tables a place is in. The row stands in the margin.
fn located(source: &str, place: &Place) -> String {
    match &place.within {
        Some(Within::Cell { sheet, .. }) => format!("{source}:{sheet}"),
        Some(Within::Table { table, .. }) => format!("{source}：表{table}"),
        _ => source.to_owned(),
    }
}

/// The lines in which the cells stand, each cell underlined and named. Of a file that is no plain text, each row by itself,
/// with what the file calls its place.
fn rows<'a>(text: &Source<'a>, source: &'a str, places: &[(&'a Place, &'a str)]) -> Shown<'a> {
    if places.iter().all(|(place, _)| place.within.is_none()) {
        return snippet(text, source, places)
            .map(Into::into)
            .into_iter()
            .collect();
    }
    let mut shown = Vec::new();
    for row in places.chunk_by(|(one, _), (other, _)| one.line == other.line) {
        let Some((place, line)) = row
            .first()
            .and_then(|(it, _)| Some((it, text.line(it.line)?)))
        else {
            continue;
        };
        let mut snippet = Snippet::source(line)
            .path(located(source, place))
            .line_start(number(place));
        for (index, (place, label)) in row.iter().enumerate() {
            let kind = match index {
                0 => AnnotationKind::Primary,
                _ => AnnotationKind::Context,
            };
            let cell = place.within.as_ref().and_then(Within::cell);
            let label = match cell {
                Some(cell) => format!("{cell} {label}"),
                None => (*label).to_owned(),
            };
            snippet = snippet.annotation(kind.span(span(line, place)).label(label));
        }
        shown.push(snippet.into());
    }
    shown
}

/// What stands in the margin beside a line: its number, or that of the row or the paragraph.
fn number(place: &Place) -> usize {
    match &place.within {
        Some(Within::Cell { row, .. } | Within::Table { row, .. }) => *row,
        Some(Within::Paragraph(paragraph)) => *paragraph,
        _ => place.line,
    }
}

/// The lines of a plain text in which the cells stand, each cell underlined and named.
fn snippet<'a>(
    text: &Source<'a>,
    source: &'a str,
    places: &[(&'a Place, &'a str)],
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let first = places.iter().map(|(place, _)| place.line).min()?;
    let last = places.iter().map(|(place, _)| place.line).max()?;
    let rest = text.from(first)?;
    let lines: Vec<&str> = rest.split('\n').take(last - first + 1).collect();
    let length = lines.iter().map(|line| line.len() + 1).sum::<usize>() - 1;
    if lines.iter().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let mut snippet = Snippet::source(rest.get(..length)?)
        .line_start(first)
        .path(source);
    let mut seen = Vec::new();
    for (index, (place, label)) in places.iter().enumerate() {
        let line_start: usize = lines
            .iter()
            .take(place.line - first)
            .map(|line| line.len() + 1)
            .sum();
        let span = span(lines.get(place.line - first)?, place);
        let span = line_start + span.start..line_start + span.end;
        if seen.contains(&span) {
            continue;
        }
        let kind = if index == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        snippet = snippet.annotation(kind.span(span.clone()).label(*label));
        seen.push(span);
    }
    Some(snippet)
}

/// The bytes of a cell in its line; of a blank cell, the sign that ends it.
fn span(line: &str, place: &Place) -> Range<usize> {
    let start = line
        .char_indices()
        .nth(place.column - 1)
        .map_or(line.len(), |(start, _)| start);
    let rest = &line[start..];
    let length = if rest.starts_with(&*place.text) && !place.text.is_empty() {
        place.text.len()
    } else {
        rest.chars().next().map_or(0, char::len_utf8)
    };
    start..start + length
}

fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    let [zh, en] = match verdict {
        Verdict::Unreadable => ["无法读取", "unreadable"],
        Verdict::Inconsistent => ["有错误，须改正", "inconsistent"],
        Verdict::Incomplete => ["有缺项，不能判定", "incomplete"],
        Verdict::Query => ["需要核实", "query"],
        Verdict::Consistent => ["相符", "consistent"],
    };
    if lang == Lang::Zh { zh } else { en }
}

/// The line that sums one report up.
fn line(report: &Report, title: Option<&str>, lang: Lang) -> String {
    let source = report.source.as_deref().unwrap_or_default();
    let verdict = verdict(report.verdict(), lang);
    let counts = report.counts;
    let Some(title) = title else {
        return format!("{source}: {verdict}");
    };
    match lang {
        Lang::Zh => {
            let table = report
                .table
                .map(|table| format!("第{table}张 "))
                .unwrap_or_default();
            let year = report
                .year
                .map(|year| format!("{year}年"))
                .unwrap_or_default();
            let claims = report
                .claims
                .as_ref()
                .map(|it| claims(it, lang))
                .unwrap_or_default();
            format!(
                "{source}: {table}{year}{title}：{}条规则，{}条符合，{}条不符合，{}条无法判定。{claims}结论：{verdict}",
                counts.rules, counts.passed, counts.failed, counts.undetermined
            )
        }
        Lang::En => {
            let table = report
                .table
                .map(|table| format!("table {table}, "))
                .unwrap_or_default();
            let year = report
                .year
                .map(|year| format!("{year}, "))
                .unwrap_or_default();
            let claims = report
                .claims
                .as_ref()
                .map(|it| claims(it, lang))
                .unwrap_or_default();
            format!(
                "{source}: {table}{year}{title}: {} rules, {} hold, {} fail, {} undetermined. {claims}Verdict: {verdict}",
                counts.rules, counts.passed, counts.failed, counts.undetermined
            )
        }
    }
}

/// What became of the sentences.
fn claims(counts: &ClaimCounts, lang: Lang) -> String {
    let ClaimCounts {
        bound,
        agree,
        contradict,
        ..
    } = counts;
    match lang {
        Lang::Zh => format!("正文{bound}处与表对照，{agree}处一致，{contradict}处不一致。"),
        Lang::En => {
            format!("{bound} statements of the text compared, {agree} agree, {contradict} do not. ")
        }
    }
}

/// Writes the closing line.
pub fn summary(out: &mut impl Write, tally: &Tally, lang: Lang) -> io::Result<()> {
    let Tally {
        tables,
        unreadable,
        hard,
        soft,
        undetermined,
    } = tally;
    match lang {
        Lang::Zh => writeln!(
            out,
            "\n共审核{tables}张表：强制性问题{hard}处，核实性问题{soft}处，无法判定的规则{undetermined}条；无法读取{unreadable}处。"
        ),
        Lang::En => writeln!(
            out,
            "\nChecked {tables} tables: {hard} hard findings, {soft} soft, {undetermined} rules undetermined; {unreadable} unreadable."
        ),
    }
}
