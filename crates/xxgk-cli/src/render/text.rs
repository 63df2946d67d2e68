//! Findings as a person reads them: the lines of the source with the cells underlined, the rule in the form's own words,
//! both sides and the difference, and what to do.

use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{Group as Drawn, Level, Renderer as Drawing};
use xxgk::prose::Claims;
use xxgk::{Change, Correction, Diagnosis, Finding, Form, Lang, Place, Report, Text as Words};
use xxgk_show::groups::{Group, groups, rule_ids, said};
use xxgk_show::html::Table;
use xxgk_show::level::Level as Weight;
use xxgk_show::words::{self, Tally};

use super::snippet::{self, Source, rows, sentence};
use super::{Context, Renderer};
use crate::shown::shown;

/// So many places are shown of what could not be read, or not as it should be.
const PLACES: usize = 8;
/// So many sentences are said of rules that fail together.
const SENTENCES: usize = 6;

/// Findings as a person reads them.
pub struct Text<'a> {
    context: Context<'a>,
    drawing: Drawing,
    tally: Tally,
}

impl<'a> Text<'a> {
    pub fn new(context: Context<'a>) -> Self {
        Text {
            context,
            drawing: snippet::drawing(),
            tally: Tally::default(),
        }
    }
}

impl Renderer for Text<'_> {
    fn report(
        &mut self,
        out: &mut dyn Write,
        table: &Table<'_>,
        source: &mut Source<'_>,
    ) -> io::Result<()> {
        self.tally.add(table.report);
        report(out, &self.drawing, table.report, source, &self.context)?;
        match table.reading.and_then(|it| it.claims.as_ref()) {
            Some(claims) if self.context.verbose => told(out, claims, self.context.lang),
            _ => Ok(()),
        }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.tally.said(self.context.lang))
    }
}

/// Writes what was understood of the sentences around a table.
fn told(out: &mut dyn Write, claims: &Claims, lang: Lang) -> io::Result<()> {
    if claims.all().is_empty() {
        return Ok(());
    }
    let title = lang.pick("正文中的说法：", "What the text says:");
    writeln!(out, "\n{title}")?;
    for claim in claims.told() {
        writeln!(out, "  {}", shown(claim.get(lang)))?;
    }
    Ok(())
}

/// Writes one report: what must be corrected, what is to be looked at, then a line that sums it up.
fn report(
    out: &mut dyn Write,
    drawing: &Drawing,
    report: &Report,
    text: &mut Source<'_>,
    context: &Context<'_>,
) -> io::Result<()> {
    let lang = context.lang;
    let form = form_of(report, context.forms).map(|form| &**form);
    text.advance_to(first_line(report).unwrap_or(0));
    let one = One {
        report,
        form,
        text,
        context,
    };
    for group in groups(report, context.verbose) {
        let correction = group.correction.zip(form);
        if let Some((correction, form)) = correction {
            one.corrected(out, &group, correction, form, drawing)?;
        }
        if correction.is_none() {
            one.found(out, &group.findings, drawing)?;
        } else if context.verbose {
            for finding in &group.findings {
                one.found(out, &[finding], drawing)?;
            }
        }
    }
    for off in &report.off {
        let title = lang.pick("停用的规则", "switched off");
        let colon = lang.pick("：", ": ");
        let reason = shown(off.reason.get(lang));
        writeln!(out, "{title} {}{colon}{reason}", off.rule)?;
    }
    let line = line(report, form.map(Form::title), lang);
    writeln!(out, "{}", shown(&line))
}

/// Writes what is drawn, and a blank line.
fn write_drawn(out: &mut dyn Write, drawing: &Drawing, group: Drawn<'_>) -> io::Result<()> {
    out.write_all(&snippet::drawn(drawing, &[group]))?;
    out.write_all(b"\n\n")
}

/// One report while it is drawn.
struct One<'a> {
    report: &'a Report,
    form: Option<&'a Form>,
    text: &'a Source<'a>,
    context: &'a Context<'a>,
}

impl One<'_> {
    fn source(&self) -> &str {
        self.report.source.as_deref().unwrap_or_default()
    }

    /// Hard rules that fail together: what corrects them, the cells to look at, and each rule in a sentence.
    fn corrected(
        &self,
        out: &mut dyn Write,
        group: &Group<'_>,
        correction: &Correction,
        form: &Form,
        drawing: &Drawing,
    ) -> io::Result<()> {
        let lang = self.context.lang;
        let message = said(correction, form, self.context.verbose);
        let level = match group.findings.first() {
            Some(finding) => level(finding, lang),
            None => Level::HELP.with_name(lang.pick("改正", "fix")),
        };
        let ids = group.ids().join(lang.pick("、", ", "));
        let title = level.primary_title(shown(message.get(lang))).id(&*ids);
        let mut drawn = Drawn::with_title(title);
        let places = group.places(self.report).into_iter();
        let places = places.map(|(cell, place)| (place, &*cell.label));
        let (places, left) = self.shortened(places.collect());
        drawn = drawn.elements(rows(self.text, self.source(), &places, lang));
        let mut notes: Vec<(&str, &str)> = Vec::new();
        notes.extend(
            left.as_deref()
                .map(|left| (lang.pick("其余", "more"), left)),
        );
        let mut declared: Vec<String> = Vec::new();
        for finding in &group.findings {
            notes.push((&finding.rule, finding.message.get(lang)));
            declared.extend(finding.declared.iter().map(|it| words::declared(it, lang)));
        }
        declared.dedup();
        let more = notes.len().saturating_sub(SENTENCES);
        if !self.context.verbose {
            notes.truncate(SENTENCES);
        }
        let more = (more > 0 && !self.context.verbose).then(|| more_rules(more, lang));
        notes.extend(
            more.as_deref()
                .map(|more| (lang.pick("其余", "more"), more)),
        );
        let name = lang.pick("申报", "declared");
        notes.extend(declared.iter().map(|it| (name, it.as_str())));
        for (name, note) in notes {
            drawn = drawn.element(Level::NOTE.with_name(name).message(shown(note)));
        }
        write_drawn(out, drawing, drawn)
    }

    /// One finding, or several of a kind: the lines that it speaks of, and what it rests on.
    fn found(
        &self,
        out: &mut dyn Write,
        findings: &[&Finding],
        drawing: &Drawing,
    ) -> io::Result<()> {
        let lang = self.context.lang;
        let said = words::title(findings, lang);
        let title = level(findings[0], lang).primary_title(shown(&said));
        let mut drawn = Drawn::with_title(title.id(&*findings[0].rule));
        for claim in findings.iter().filter_map(|it| it.claim.as_ref()) {
            let label = lang.pick("正文", "text");
            drawn = drawn.elements(sentence(self.text, self.source(), claim, label, lang));
        }
        let places = findings
            .iter()
            .flat_map(|finding| &finding.cells)
            .filter(|cell| cell.source.is_none())
            .filter_map(|cell| Some((cell.place.as_ref()?, &*cell.label)));
        let (places, left) = self.shortened(places.collect());
        drawn = drawn.elements(rows(self.text, self.source(), &places, lang));
        if let Some(left) = &left {
            let name = lang.pick("其余", "more");
            drawn = drawn.element(Level::NOTE.with_name(name).message(left));
        }
        let notes = words::notes(findings[0], self.form, lang);
        for (name, note) in &notes {
            drawn = drawn.element(Level::NOTE.with_name(*name).message(shown(note)));
        }
        write_drawn(out, drawing, drawn)
    }

    /// The first of very many places, and what is said of the others.
    fn shortened<'p>(
        &self,
        mut places: Vec<(&'p Place, &'p str)>,
    ) -> (Vec<(&'p Place, &'p str)>, Option<String>) {
        let left = places.len().saturating_sub(PLACES);
        if left == 0 || self.context.verbose {
            return (places, None);
        }
        places.truncate(PLACES);
        let left = match self.context.lang {
            Lang::Zh => format!("另有{left}处，--verbose 全部列出"),
            Lang::En => format!("{left} more: --verbose lists all"),
        };
        (places, Some(left))
    }
}

fn more_rules(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("另有{count}条规则一并不符，--verbose 全部列出"),
        Lang::En => format!("{count} more rules fail with them: --verbose lists all"),
    }
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
    out: &mut dyn Write,
    all: &[Made<'_>],
    report: &Report,
    text: &mut Source<'_>,
    context: &Context<'_>,
) -> io::Result<()> {
    let Context { forms, lang, .. } = *context;
    let drawing = snippet::drawing_for_errors();
    let places = all.iter().filter_map(|it| it.place).map(|it| it.line);
    text.advance_to(places.chain(first_line(report)).min().unwrap_or(0));
    let source = report.source.as_deref().unwrap_or_default();
    for made in all {
        let Some(form) = form_of(report, forms) else {
            continue;
        };
        let message = made.change.made(made.error, form);
        let title = Level::HELP.with_name(lang.pick("已改", "changed"));
        let title = title.primary_title(shown(message.get(lang)));
        let place = made.place.map(|place| (place, &*made.change.name));
        let ids = rule_ids(made.rules).join(lang.pick("、", ", "));
        let group = Drawn::with_title(title.id(ids));
        let group = group.elements(rows(text, source, place.as_slice(), lang));
        write_drawn(out, &drawing, group)?;
    }
    match (all.len(), lang) {
        (0, _) => {}
        (number, Lang::Zh) => writeln!(out, "共改正{number}处。改正后：\n")?,
        (number, Lang::En) => writeln!(out, "Cells changed: {number}. After that:\n")?,
    }
    self::report(out, &drawing, report, text, context)
}

/// A blank that was filled in.
pub struct Given<'a> {
    pub message: Words,
    /// The rules that it follows from.
    pub rules: &'a [Arc<str>],
    pub place: Option<&'a Place>,
}

/// Writes what was filled in, how many cells stay blank, and the report on what has become of the table.
pub fn imputed(
    out: &mut dyn Write,
    (all, open): (&[Given<'_>], usize),
    report: &Report,
    text: &mut Source<'_>,
    context: &Context<'_>,
) -> io::Result<()> {
    let lang = context.lang;
    let drawing = snippet::drawing_for_errors();
    let source = report.source.as_deref().unwrap_or_default();
    for given in all {
        let title = Level::HELP.with_name(lang.pick("已填", "filled in"));
        let title = title.primary_title(shown(given.message.get(lang)));
        let ids = rule_ids(given.rules).join(lang.pick("、", ", "));
        let group = Drawn::with_title(title.id(ids));
        write_drawn(out, &drawing, group)?;
        if let Some(place) = given.place {
            writeln!(out, "  --> {}: {}", shown(source), shown(&place.said(lang)))?;
        }
    }
    let filled = all.len();
    match (filled, open, lang) {
        (0, 0, _) => {}
        (_, 0, Lang::Zh) => writeln!(out, "共补填{filled}处，没有其他空白。补填后：\n")?,
        (_, _, Lang::Zh) => {
            writeln!(
                out,
                "共补填{filled}处，另有{open}处空白不能唯一确定。补填后：\n"
            )?;
        }
        (_, 0, Lang::En) => writeln!(
            out,
            "Cells filled in: {filled}; none is blank. After that:\n"
        )?,
        (_, _, Lang::En) => writeln!(
            out,
            "Cells filled in: {filled}; {open} stay blank, for they can have several values. After that:\n"
        )?,
    }
    self::report(out, &drawing, report, text, context)
}

fn level(finding: &Finding, lang: Lang) -> Level<'static> {
    let level = match Weight::of(finding) {
        Weight::Note => Level::INFO,
        Weight::Error => Level::ERROR,
        Weight::Warning => Level::WARNING,
    };
    level.with_name(words::weight(finding, lang))
}

/// The line that sums one report up.
fn line(report: &Report, title: Option<&str>, lang: Lang) -> String {
    let source = report.source.as_deref().unwrap_or_default();
    let verdict = report.verdict().name(lang);
    let mut which = words::which(report, lang);
    // 2023年政府信息公开…, but 第2张 2023年.
    if lang == Lang::En && !which.is_empty() {
        which += ", ";
    } else if !which.is_empty() && !which.ends_with('年') {
        which += " ";
    }
    let Some(title) = title else {
        return format!("{source}: {which}{verdict}");
    };
    let counted = words::counted(report.counts, lang);
    let claims = report.claims.as_ref().map(|it| words::claims(it, lang));
    let claims = claims.unwrap_or_default();
    match lang {
        Lang::Zh => format!("{source}: {which}{title}：{counted}{claims}结论：{verdict}"),
        Lang::En if claims.is_empty() => {
            format!("{source}: {which}{title}: {counted} Verdict: {verdict}")
        }
        Lang::En => format!("{source}: {which}{title}: {counted} {claims} Verdict: {verdict}"),
    }
}
