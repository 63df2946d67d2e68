//! Findings as a person reads them: the lines of the source with the cells underlined, the rule in the form's own words,
//! both sides and the difference, and what to do.

use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{Group, Level, Renderer as Drawing};
use xxgk::prose::ClaimCounts;
use xxgk::{
    Bound, Change, Correction, Diagnosis, Finding, FindingKind, Form, Lang, Number, Outcome, Place,
    Report, Severity, Verdict,
};

use super::snippet::{self, Source, drawn, rows, sentence};
use super::{Context, Renderer};
use crate::shown::shown;

/// More findings of one structural kind than this are shown together.
const APART: usize = 3;
/// So many places are shown of what could not be read, or not as it should be.
const PLACES: usize = 8;
/// So many of the changes that would do are shown.
const ALTERNATIVES: usize = 10;

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
        report: &Report,
        source: &mut Source<'_>,
    ) -> io::Result<()> {
        self.tally.add(report);
        self::report(out, &self.drawing, report, source, &self.context)
    }

    fn claims(&mut self, out: &mut dyn Write, claims: &[xxgk::Text]) -> io::Result<()> {
        if claims.is_empty() {
            return Ok(());
        }
        let lang = self.context.lang;
        let title = lang.pick("正文中的说法：", "What the text says:");
        writeln!(out, "\n{title}")?;
        for claim in claims {
            writeln!(out, "  {}", shown(claim.get(lang)))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        summary(out, &self.tally, self.context.lang)
    }
}

/// How many tables, and what of them.
#[derive(Debug, Default)]
struct Tally {
    tables: usize,
    unreadable: usize,
    hard: usize,
    soft: usize,
    undetermined: usize,
}

impl Tally {
    fn add(&mut self, report: &Report) {
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

/// Writes one report: its findings, each correction at the last of those that it is about, then a line that sums it up.
fn report(
    out: &mut dyn Write,
    drawing: &Drawing,
    report: &Report,
    text: &mut Source<'_>,
    context: &Context<'_>,
) -> io::Result<()> {
    let Context {
        forms,
        lang,
        verbose,
    } = *context;
    let form = form_of(report, forms);
    let source = report.source.as_deref().unwrap_or_default();
    let said = report.findings.iter().filter(|it| verbose || it.is_said());
    text.advance_to(first_line(report).unwrap_or(0));
    let said = together(said.collect());
    let fix = |correction| {
        let message = fix(correction, form?, lang, verbose);
        let at = said.iter().rposition(|it| is_about(correction, it));
        Some(Fix {
            correction,
            at,
            message,
        })
    };
    let fixes: Vec<Fix<'_>> = report.corrections.iter().filter_map(fix).collect();
    let fix_level = || Level::HELP.with_name(lang.pick("改正", "fix"));
    for (index, findings) in said.iter().enumerate() {
        let title = title(findings, lang);
        let mut group = Group::with_title(
            level(findings[0], lang)
                .primary_title(shown(&title))
                .id(&*findings[0].rule),
        );
        let mut places: Vec<(&Place, &str)> = findings
            .iter()
            .flat_map(|finding| &finding.cells)
            .filter(|cell| cell.source.is_none())
            .filter_map(|cell| Some((cell.place.as_ref()?, &*cell.label)))
            .collect();
        for claim in findings.iter().filter_map(|it| it.claim.as_ref()) {
            let label = lang.pick("正文", "text");
            group = group.elements(sentence(text, source, claim, label, lang));
        }
        // A rule is shown with all of its cells; of many that could not be read the first will do.
        let of_rule = findings[0].instance.is_some();
        let left = places.len().saturating_sub(PLACES);
        let left = if of_rule || verbose { 0 } else { left };
        places.truncate(places.len() - left);
        group = group.elements(rows(text, source, &places, lang));
        if left > 0 {
            let more = match lang {
                Lang::Zh => format!("另有{left}处，--verbose 全部列出"),
                Lang::En => format!("{left} more: --verbose lists all"),
            };
            let name = lang.pick("其余", "more");
            group = group.element(Level::NOTE.with_name(name).message(more));
        }
        let notes = notes(findings[0], form.map(|form| &**form), lang);
        for (name, note) in &notes {
            group = group.element(Level::NOTE.with_name(*name).message(shown(note)));
        }
        for fix in fixes.iter().filter(|fix| fix.at == Some(index)) {
            group = group.element(fix_level().message(shown(&fix.message)));
        }
        write_drawn(out, drawing, group)?;
    }
    for fix in fixes.iter().filter(|fix| fix.at.is_none()) {
        let title = fix_level().primary_title(shown(&fix.message));
        let title = match &fix.correction.rules[..] {
            [rule] => title.id(&**rule),
            // The message names them.
            _ => title,
        };
        write_drawn(out, drawing, Group::with_title(title))?;
    }
    for off in &report.off {
        let title = lang.pick("停用的规则", "switched off");
        writeln!(out, "{title} {}: {}", off.rule, shown(off.reason.get(lang)))?;
    }
    let line = line(report, form.map(|form| form.title()), lang);
    writeln!(out, "{}", shown(&line))
}

/// Writes what is drawn, and a blank line.
fn write_drawn(out: &mut dyn Write, drawing: &Drawing, group: Group<'_>) -> io::Result<()> {
    out.write_all(&drawn(drawing, &[group]))?;
    out.write_all(b"\n\n")
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
        let group = Group::with_title(title.id(made.rules.join(", ")));
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
    if let Some(sides) = finding.sides {
        let [left, right, difference] = known(sides, finding.bounds, lang);
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
        let place = place.map(|it| format!(":{}", it.said(lang)));
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

/// The sides, as far as they are known: blank cells may leave a bound.
fn known(sides: [Number; 3], bounds: [Bound; 3], lang: Lang) -> [String; 3] {
    let mut bounds = bounds.into_iter();
    sides.map(|side| match bounds.next().unwrap_or_default() {
        Bound::Exact => side.to_string(),
        Bound::AtLeast => format!("{}{side}", lang.pick("至少", "at least ")),
        Bound::AtMost => format!("{}{side}", lang.pick("至多", "at most ")),
        Bound::Open => lang.pick("不定", "open").to_owned(),
    })
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
    let which = which(report, lang);
    let Some(title) = title else {
        return format!("{source}: {which}{verdict}");
    };
    let counts = report.counts;
    let claims = report.claims.as_ref().map(|it| claims(it, lang));
    let claims = claims.unwrap_or_default();
    match lang {
        Lang::Zh => format!(
            "{source}: {which}{title}：{}条规则，{}条符合，{}条不符合，{}条无法判定。{claims}结论：{verdict}",
            counts.rules, counts.passed, counts.failed, counts.undetermined
        ),
        Lang::En => format!(
            "{source}: {which}{title}: {} rules, {} hold, {} fail, {} undetermined. {claims}Verdict: {verdict}",
            counts.rules, counts.passed, counts.failed, counts.undetermined
        ),
    }
}

/// Which table of a source a report is on, and of which year: `第2张（区教育局，“附件2”） 2023年`.
fn which(report: &Report, lang: Lang) -> String {
    let mut about = Vec::new();
    if report.table.is_some() {
        about.extend(report.agency.clone());
        about.extend(report.under.as_ref().map(|under| format!("“{under}”")));
    }
    if report.hidden {
        about.push(lang.pick("隐藏", "hidden").to_owned());
    }
    let mut which = match (report.table, lang) {
        (None, _) => String::new(),
        (Some(table), Lang::Zh) => format!("第{table}张"),
        (Some(table), Lang::En) => format!("table {table}"),
    };
    if !about.is_empty() {
        which += &match lang {
            Lang::Zh => format!("（{}）", about.join("，")),
            Lang::En if which.is_empty() => format!("({})", about.join(", ")),
            Lang::En => format!(" ({})", about.join(", ")),
        };
    }
    if !which.is_empty() {
        which += lang.pick(" ", ", ");
    }
    if let Some(year) = report.year.filter(|_| report.form.is_some()) {
        which += &match lang {
            Lang::Zh => format!("{year}年"),
            Lang::En => format!("{year}, "),
        };
    }
    which
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
fn summary(out: &mut dyn Write, tally: &Tally, lang: Lang) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_of_several_tables() {
        let mut report = Report {
            form: Some("national-2021".into()),
            year: Some(2023),
            agency: Some("某区教育局".into()),
            under: Some("附件2".into()),
            ..Report::default()
        };
        // One table alone needs no name.
        assert_eq!(which(&report, Lang::Zh), "2023年");
        report.table = Some(2);
        assert_eq!(
            which(&report, Lang::Zh),
            "第2张（某区教育局，“附件2”） 2023年"
        );
        report.hidden = true;
        assert_eq!(
            which(&report, Lang::En),
            "table 2 (某区教育局, “附件2”, hidden), 2023, "
        );
        report.table = None;
        assert_eq!(which(&report, Lang::Zh), "（隐藏） 2023年");

        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["agency"], "某区教育局");
        assert_eq!(
            (&json["under"], &json["hidden"]),
            (&"附件2".into(), &true.into())
        );
        let json = serde_json::to_value(Report::default()).unwrap();
        for field in ["agency", "under", "hidden"] {
            assert_eq!(json.get(field), None);
        }
    }

    #[test]
    fn a_side_may_be_a_bound() {
        let sides = [1, 3, -2].map(|side| Number::new(side, 0));
        let bounds = [Bound::Exact, Bound::AtLeast, Bound::AtMost];
        assert_eq!(known(sides, bounds, Lang::Zh), ["1", "至少3", "至多-2"]);
        assert_eq!(known(sides, [Bound::Open; 3], Lang::En), ["open"; 3]);
    }
}
