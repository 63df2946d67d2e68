//! What every output says of a report in the same words: the counts, how much a finding weighs, both sides.

use xxgk::form::Form;
use xxgk::prose::ClaimCounts;
use xxgk::{
    Bound, Counts, Declared, Finding, FindingKind, Lang, Number, Report, Severity, Verdict,
};

use crate::level::Level;

/// How many rules there are, and what became of them, as a sentence.
#[must_use]
pub fn counted(counts: Counts, lang: Lang) -> String {
    let Counts {
        rules,
        passed,
        failed,
        undetermined,
    } = counts;
    match lang {
        Lang::Zh => {
            format!("{rules}条规则，{passed}条符合，{failed}条不符合，{undetermined}条无法判定。")
        }
        Lang::En => {
            format!("{rules} rules, {passed} hold, {failed} fail, {undetermined} undetermined.")
        }
    }
}

/// The report in one sentence: the counts, or of what cannot be read the reason.
#[must_use]
pub fn summary(report: &Report, lang: Lang) -> String {
    match (report.verdict(), report.findings.first()) {
        (Verdict::Unreadable, Some(finding)) => finding.message.get(lang).to_owned(),
        _ => counted(report.counts, lang),
    }
}

/// What became of the sentences, as a sentence.
#[must_use]
pub fn claims(counts: &ClaimCounts, lang: Lang) -> String {
    let ClaimCounts {
        bound,
        agree,
        contradict,
        ..
    } = counts;
    match lang {
        Lang::Zh => format!("正文{bound}处与表对照，{agree}处一致，{contradict}处不一致。"),
        Lang::En => {
            format!("{bound} statements of the text compared, {agree} agree, {contradict} do not.")
        }
    }
}

/// Which table of a source a report is on, and of which year: `第2张（区教育局，“附件2”） 2023年`.
#[must_use]
pub fn which(report: &Report, lang: Lang) -> String {
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
    let year = report.year.filter(|_| report.form.is_some());
    let year = year.map(|it| format!("{it}{}", lang.pick("年", "")));
    let parts: Vec<String> = [which, year.unwrap_or_default()].into();
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(lang.pick(" ", ", "))
}

/// How much a finding weighs: a hard edit, a soft one, or a rule that blank cells leave open.
#[must_use]
pub fn weight(finding: &Finding, lang: Lang) -> &'static str {
    match Level::of(finding) {
        Level::Note => lang.pick("无法判定", "undetermined"),
        Level::Error => lang.pick("强制性审核", "hard edit"),
        Level::Warning => lang.pick("核实性审核", "soft edit"),
    }
}

/// What findings that are shown as one say: the sentence of one, or of several of a kind what it is called, and where.
#[must_use]
pub fn title(findings: &[&Finding], lang: Lang) -> String {
    let finding = match findings {
        [] => return String::new(),
        [only] => return only.message.get(lang).to_owned(),
        [first, ..] => first,
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

/// What stands below a finding, each with its name: the rule in words, both sides, what stands in another document, what was
/// declared, and what the rule rests on.
#[must_use]
pub fn notes(finding: &Finding, form: Option<&Form>, lang: Lang) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if let Some(rule) = form.and_then(|form| form.rule(&finding.rule)) {
        notes.push((lang.pick("规则", "rule"), rule.words().get(lang).to_owned()));
        // The sentences of findings that are no rules have their figures in them.
        if let Some(sides) = finding.sides {
            let keys = finding.cells.iter().filter_map(|cell| cell.key.as_deref());
            let unit = unit(keys, form, lang);
            let compared = compared(sides, finding.bounds, &unit, lang);
            notes.push((lang.pick("相比", "compared"), compared));
        }
    }
    for cell in &finding.cells {
        let Some(source) = &cell.source else { continue };
        let place = cell.place.as_ref();
        let place = place.map(|it| format!(":{}", it.said(lang)));
        let value = match &cell.value {
            Some(value) => value.to_string(),
            None => lang.pick("空白", "blank").to_owned(),
        };
        let place = place.unwrap_or_default();
        let shown = format!("{source}{place} {} {value}", cell.label);
        notes.push((lang.pick("另见", "see"), shown));
    }
    for it in &finding.declared {
        notes.push((lang.pick("申报", "declared"), declared(it, lang)));
    }
    if let Some(basis) = &finding.basis {
        notes.push((lang.pick("依据", "basis"), basis.get(lang).to_owned()));
    }
    notes
}

/// What was declared beside the table.
#[must_use]
pub fn declared(declared: &Declared, lang: Lang) -> String {
    format!("{} {}", declared.label.get(lang), declared.value)
}

/// The unit of the figures of some cells, by their keys, where all of them have the same. In English a measure word is not said.
#[must_use]
pub fn unit<'k>(keys: impl Iterator<Item = &'k str>, form: Option<&Form>, lang: Lang) -> String {
    let of_cell = |key: &str| {
        let form = form?;
        Some(form.indicator(form.cell(key)?)?.unit())
    };
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

/// Both sides of a comparison, and how far they are apart: `前者28件，后者27件，相差1件`.
#[must_use]
pub fn compared(sides: [Number; 3], bounds: [Bound; 3], unit: &str, lang: Lang) -> String {
    let [left, right, apart] = known(sides, bounds, unit, lang);
    match lang {
        Lang::Zh => format!("前者{left}，后者{right}，相差{apart}"),
        Lang::En => format!("{left} against {right}: {apart} apart"),
    }
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

/// How many tables were checked, and what was found in them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    tables: usize,
    unreadable: usize,
    hard: usize,
    soft: usize,
    undetermined: usize,
}

/// How many findings of one severity a report has, without the rules that blank cells leave open.
#[must_use]
pub fn number_of(report: &Report, severity: Severity) -> usize {
    let of_severity = |finding: &&Finding| finding.severity == severity;
    report.failed().filter(of_severity).count()
}

impl Tally {
    /// Counts one report.
    pub fn add(&mut self, report: &Report) {
        if report.verdict() == Verdict::Unreadable {
            self.unreadable += 1;
            return;
        }
        self.tables += 1;
        self.hard += number_of(report, Severity::Hard);
        self.soft += number_of(report, Severity::Soft);
        self.undetermined += report.counts.undetermined;
    }

    /// All of it, as a sentence.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let Tally {
            tables,
            unreadable,
            hard,
            soft,
            undetermined,
        } = self;
        match lang {
            Lang::Zh => format!(
                "共审核{tables}张表：强制性问题{hard}处，核实性问题{soft}处，无法判定的规则{undetermined}条；无法读取{unreadable}处。"
            ),
            Lang::En => format!(
                "Tables checked: {tables}. Hard findings: {hard}, soft: {soft}, undetermined rules: {undetermined}; inputs that could not be read: {unreadable}."
            ),
        }
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
            "table 2 (某区教育局, “附件2”, hidden), 2023"
        );
        report.table = None;
        assert_eq!(which(&report, Lang::Zh), "（隐藏） 2023年");
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
