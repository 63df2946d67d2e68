//! Findings as a person reads them: the lines of the source with the cells underlined, the rule in the form's own words,
//! both sides and the difference, and what to do.

use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{Group as Drawn, Level, Renderer as Drawing};
use xxgk::prose::ClaimCounts;
use xxgk::{
    Bound, Change, Correction, Declared, Diagnosis, Finding, FindingKind, Form, Lang, Number,
    Outcome, Place, Report, Severity, Verdict,
};
use xxgk_show::groups::{Group, groups, rule_ids, said};

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
        let (places, left) = self.shortened(group.places(correction, self.report));
        drawn = drawn.elements(rows(self.text, self.source(), &places, lang));
        let mut notes: Vec<(&str, &str)> = Vec::new();
        notes.extend(
            left.as_deref()
                .map(|left| (lang.pick("其余", "more"), left)),
        );
        let mut declared: Vec<String> = Vec::new();
        for finding in &group.findings {
            notes.push((&finding.rule, finding.message.get(lang)));
            declared.extend(finding.declared.iter().map(|it| said_of(it, lang)));
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
        let said = title(findings, lang);
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
        let notes = notes(findings[0], self.form, lang);
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
        // The sentences of findings that are no rules have their figures in them.
        if let Some(sides) = finding.sides {
            let unit = unit(finding, form, lang);
            let [left, right, apart] = known(sides, finding.bounds, &unit, lang);
            notes.push((
                name("相比", "compared"),
                match lang {
                    Lang::Zh => format!("前者{left}，后者{right}，相差{apart}"),
                    Lang::En => format!("{left} against {right}: {apart} apart"),
                },
            ));
        }
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
        notes.push((name("申报", "declared"), said_of(declared, lang)));
    }
    if let Some(basis) = &finding.basis {
        notes.push((name("依据", "basis"), basis.get(lang).to_owned()));
    }
    notes
}

/// The unit of the figures of a finding, where all of its cells have the same. In English a measure word is not said.
fn unit(finding: &Finding, form: Option<&Form>, lang: Lang) -> String {
    let of_cell = |key: &str| {
        let form = form?;
        Some(form.indicator(form.cell(key)?)?.unit())
    };
    let keys = finding.cells.iter().filter_map(|cell| cell.key.as_deref());
    let mut units = keys.map(|key| of_cell(key).unwrap_or_default());
    let unit = units.next().unwrap_or_default();
    let same = units.all(|other| other == unit);
    match lang {
        _ if !same => String::new(),
        Lang::Zh => unit.to_owned(),
        Lang::En if unit == "万元" => format!(" {unit}"),
        Lang::En => String::new(),
    }
}

/// What was declared beside the table.
fn said_of(declared: &Declared, lang: Lang) -> String {
    format!("{} {}", declared.label.get(lang), declared.value)
}

/// The sides, and how far they are apart, as far as they are known: blank cells may leave a bound.
fn known(sides: [Number; 3], bounds: [Bound; 3], unit: &str, lang: Lang) -> [String; 3] {
    let [at_least, at_most] = [["至少", "at least "], ["至多", "at most "]];
    let said = |number: Number, bound: Bound, apart: bool| {
        // Without its sign, a difference that is −2 or less is 2 or more.
        let number = if apart { number.abs() } else { number };
        let [zh, en] = match bound {
            Bound::Exact => ["", ""],
            Bound::AtMost if !apart => at_most,
            Bound::AtLeast | Bound::AtMost => at_least,
            Bound::Open => return lang.pick("不能确定", "not known").to_owned(),
        };
        format!("{}{number}{unit}", lang.pick(zh, en))
    };
    let [left, right, difference] = sides;
    let [of_left, of_right, of_difference] = bounds;
    [
        said(left, of_left, false),
        said(right, of_right, false),
        said(difference, of_difference, true),
    ]
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
            "\nTables checked: {tables}. Hard findings: {hard}, soft: {soft}, undetermined rules: {undetermined}; inputs that could not be read: {unreadable}."
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
        assert_eq!(
            known(sides, bounds, "件", Lang::Zh),
            ["1件", "至少3件", "至少2件"]
        );
        assert_eq!(
            known(sides, [Bound::Open; 3], "", Lang::En),
            ["not known"; 3]
        );
    }
}
