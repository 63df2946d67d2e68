//! [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code scanning and editors show.
//!
//! One run, in which every rule of the forms stands with what it rests on, and a result for each finding: an error for what
//! must hold, a warning for what is to be looked at, a note for what blank cells leave open. A result is where the first cell
//! stands, or the clause that claims something; the other cells are its related locations. A text has regions, in
//! characters; a sheet and the tables of a document have the name of the cell, and no line that the file does not have.
//!
//! An input that cannot be read is a result like others (S020–S022), and the run did not succeed.

mod model;
mod uri;

use xxgk::form::{Form, Rule};
use xxgk::{
    Correction, FINDING_KINDS, Finding, FindingKind, Lang, Place, Report, Severity, Verdict, Within,
};

use crate::groups::groups;
use crate::level::Level;
use crate::pieces::{STDIN, corrected, end, place};
use crate::{Asked, Format};
use model::{
    Artifact, Configuration, Descriptor, Driver, Fingerprints, Found, Invocation, Location,
    Logical, Message, Notification, Physical, Region, Snippet, Tags, Tool, json, level,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Reports as a log of SARIF, a result a line.
#[derive(Debug)]
pub struct Sarif<'a> {
    asked: Asked<'a>,
    /// The form, if it is a rule of one, and the id of each rule of the run, in order.
    rules: Vec<(Option<&'a str>, &'a str)>,
    /// Whether a result was written.
    begun: bool,
    unreadable: usize,
}

impl<'a> Sarif<'a> {
    /// A log of reports on these forms.
    #[must_use]
    pub fn new(asked: Asked<'a>) -> Self {
        let of_form = |form: &'a Form| rules(form).map(|rule| (Some(form.id()), rule.id()));
        let mut rules: Vec<_> = asked.forms.iter().flat_map(|form| of_form(form)).collect();
        rules.extend(FINDING_KINDS.iter().map(|kind| (None, kind.id)));
        Sarif {
            asked,
            rules,
            begun: false,
            unreadable: 0,
        }
    }

    fn tool(&self) -> Tool<'a> {
        let lang = self.asked.lang;
        let forms = self.asked.forms.iter();
        let of_forms = forms.flat_map(|form| rules(form).map(|rule| of_rule(form, rule, lang)));
        let mut rules: Vec<Descriptor> = of_forms.collect();
        rules.extend(FINDING_KINDS.iter().map(|kind| of_kind(kind, lang)));
        Tool {
            driver: Driver {
                name: "xxgk",
                semantic_version: env!("CARGO_PKG_VERSION"),
                language: lang.pick("zh-CN", "en-US"),
                rules,
            },
        }
    }

    /// The place of a rule in the run; two editions of a form may each have one of the same id.
    fn index(&self, report: &Report, id: &str) -> Option<usize> {
        let form = report.form.as_deref();
        let of = |form: Option<&str>| self.rules.iter().position(|it| *it == (form, id));
        form.and_then(|form| of(Some(form))).or_else(|| of(None))
    }

    /// One result, as a line.
    fn line(&mut self, found: &Found<'_>) -> String {
        let comma = if self.begun { ",\n" } else { "\n" };
        self.begun = true;
        comma.to_owned() + &json(found)
    }

    /// A rule that does not hold, or what could not be read.
    fn found(
        &mut self,
        report: &Report,
        finding: &Finding,
        correction: Option<&Correction>,
    ) -> String {
        let Asked { lang, verbose, .. } = self.asked;
        let form = self.asked.form(report);
        let mut said = at(place(finding), lang) + finding.message.get(lang);
        if let Some(correction) = corrected(correction, form, verbose, lang) {
            said = said + "\n" + &correction;
        }
        self.line(&Found {
            rule_id: &finding.rule,
            rule_index: self.index(report, &finding.rule),
            level: level(Level::of(finding)),
            message: Message::new(&said),
            locations: vec![location(report, place(finding), lang)],
            related_locations: related(report, finding, lang),
            partial_fingerprints: fingerprints(report, finding),
        })
    }

    /// What blank cells leave open rule by rule, and nothing satisfies together: no rule of it fails by itself.
    fn open(&mut self, report: &Report, correction: &Correction) -> String {
        let Asked { lang, verbose, .. } = self.asked;
        let said = corrected(Some(correction), self.asked.form(report), verbose, lang);
        let Some((instance, said)) = correction.rules.first().zip(said) else {
            return String::new();
        };
        let rule = instance.split('[').next().unwrap_or_default();
        let of_rules = report.findings.iter().filter(|finding| {
            let instance = finding.instance.as_ref();
            instance.is_some_and(|it| correction.rules.contains(it))
        });
        let place = of_rules.clone().find_map(place);
        let ids: Vec<&str> = correction.rules.iter().map(|it| &**it).collect();
        self.line(&Found {
            rule_id: rule,
            rule_index: self.index(report, rule),
            level: level(Level::Error),
            message: Message::new(&(at(place, lang) + &said)),
            locations: vec![location(report, place, lang)],
            related_locations: Vec::new(),
            partial_fingerprints: fingerprint(report, &ids.join(","), &[]),
        })
    }
}

impl Format for Sarif<'_> {
    fn begin(&mut self) -> String {
        format!(
            r#"{{"$schema":{},"version":"2.1.0","runs":[{{"tool":{},"language":{},"columnKind":{},"results":["#,
            json(&SCHEMA),
            json(&self.tool()),
            json(&self.asked.lang.pick("zh-CN", "en-US")),
            json(&model::COLUMNS),
        )
    }

    fn report(&mut self, report: &Report) -> String {
        if report.verdict() == Verdict::Unreadable {
            self.unreadable += 1;
        }
        let mut lines = String::new();
        for group in groups(report, self.asked.verbose) {
            for finding in &group.findings {
                lines += &self.found(report, finding, group.correction);
            }
            if let (Some(correction), true) = (group.correction, group.findings.is_empty()) {
                lines += &self.open(report, correction);
            }
        }
        lines
    }

    fn end(&mut self) -> String {
        let unread = (self.unreadable > 0).then(|| Notification {
            level: level(Level::Error),
            message: Message::new(&match self.asked.lang {
                Lang::Zh => format!("无法读取{}处，原因见审核结果。", self.unreadable),
                Lang::En => format!(
                    "Inputs that could not be read: {}. The results say why.",
                    self.unreadable
                ),
            }),
        });
        let invocation = Invocation {
            execution_successful: unread.is_none(),
            tool_execution_notifications: unread.into_iter().collect(),
        };
        format!("\n],\"invocations\":[{}]}}]}}\n", json(&invocation))
    }
}

/// The rules of a form, those between years too.
fn rules(form: &Form) -> impl Iterator<Item = &Rule> {
    form.rules().iter().chain(form.series()).map(|rule| &**rule)
}

fn of_rule(form: &Form, rule: &Rule, lang: Lang) -> Descriptor {
    let basis = rule.basis().get(lang);
    let words = rule.words().get(lang);
    let off = rule.off().map(|why| why.get(lang));
    let [rests, example, switched] = match lang {
        Lang::Zh => ["依据：", "不符时的提示：", "本次停用："],
        Lang::En => [
            "It rests on: ",
            "Said of an example that breaks it: ",
            "It is switched off: ",
        ],
    };
    let mut help = format!("{rests}{basis}\n{example}{}", rule.example(lang));
    if let Some(off) = off {
        help = help + "\n" + switched + off;
    }
    Descriptor {
        id: rule.id().to_owned(),
        short_description: Message::new(words),
        full_description: Message::new(&format!("{words}\n{rests}{basis}")),
        help: Message::new(&help),
        default_configuration: configuration(rule.severity(), off.is_none()),
        properties: Some(Tags {
            tags: vec![form.id().to_owned()],
        }),
    }
}

fn of_kind(kind: &FindingKind, lang: Lang) -> Descriptor {
    let [title, meaning] = [kind.title, kind.meaning].map(|[zh, en]| lang.pick(zh, en));
    let more = lang.pick("示例和更多说明：", "An example, and more: ");
    Descriptor {
        id: kind.id.to_owned(),
        short_description: Message::new(title),
        full_description: Message::new(meaning),
        help: Message::new(&format!("{meaning}\n{more}xxgk explain {}", kind.id)),
        default_configuration: configuration(kind.severity, true),
        properties: None,
    }
}

fn configuration(severity: Severity, enabled: bool) -> Configuration {
    Configuration {
        enabled,
        level: match severity {
            Severity::Hard => level(Level::Error),
            Severity::Soft => level(Level::Warning),
        },
    }
}

/// What the file calls a place, where those who show results know only lines.
fn at(place: Option<&Place>, lang: Lang) -> String {
    let within = place.and_then(|place| place.within.as_ref());
    within.map_or(String::new(), |within| {
        within.said(lang) + lang.pick("：", ": ")
    })
}

fn location<'r>(report: &'r Report, place: Option<&'r Place>, lang: Lang) -> Location<'r> {
    let within = place.and_then(|place| place.within.as_ref());
    let region = place.filter(|place| place.within.is_none()).map(region);
    let source = report.source.as_deref().unwrap_or(STDIN);
    Location {
        id: None,
        physical_location: Some(Physical {
            artifact_location: Artifact {
                uri: uri::uri(source).into(),
            },
            region,
        }),
        logical_locations: within.map(|it| logical(it, lang)).into_iter().collect(),
        message: None,
    }
}

fn region(place: &Place) -> Region<'_> {
    let (end_line, end_column) = end(place);
    Region {
        start_line: place.line,
        start_column: place.column,
        end_line,
        end_column,
        snippet: Snippet { text: &place.text },
    }
}

fn logical(within: &Within, lang: Lang) -> Logical {
    Logical {
        fully_qualified_name: within.said(lang),
        kind: match within {
            Within::Paragraph { .. } => "paragraph",
            _ => "cell",
        },
    }
}

/// The cells that a finding speaks of, each with its name and what it holds; of another document, with its name.
fn related<'r>(report: &'r Report, finding: &'r Finding, lang: Lang) -> Vec<Location<'r>> {
    let of = |(id, cell): (usize, &'r xxgk::Cell)| {
        let value = cell.value.map(|it| it.to_string());
        let value = value.unwrap_or_else(|| lang.pick("空白", "blank").to_owned());
        let place = cell.place.as_ref();
        let (location, before) = match &cell.source {
            None => (location(report, place, lang), String::new()),
            Some(source) => {
                let place = place.map(|place| format!(":{}", place.said(lang)));
                let before = format!("{source}{} ", place.unwrap_or_default());
                (Location::default(), before)
            }
        };
        let said = format!("{before}{}{}{value}", cell.label, lang.pick("：", ": "));
        Location {
            id: Some(id),
            message: Some(Message::new(&said)),
            ..location
        }
    };
    (1..).zip(&finding.cells).map(of).collect()
}

/// What stays the same while lines move and figures change: the rule, of which year and agency, over which cells.
fn fingerprints(report: &Report, finding: &Finding) -> Fingerprints {
    let rule = finding.instance.as_ref().unwrap_or(&finding.rule);
    let mut of: Vec<&str> = finding
        .cells
        .iter()
        .map(|cell| cell.key.as_deref().unwrap_or(&cell.label))
        .collect();
    of.extend(finding.claim.as_ref().map(|claim| claim.text.as_str()));
    fingerprint(report, rule, &of)
}

fn fingerprint(report: &Report, rule: &str, of: &[&str]) -> Fingerprints {
    let year = report.year.map(|year| year.to_string());
    let agency = report.agency.as_deref().unwrap_or_default();
    let before = [rule, year.as_deref().unwrap_or_default(), agency];
    let parts = before.iter().chain(of).copied();
    let hash = parts.fold(BASIS, |hash, part| fnv(fnv(hash, part.as_bytes()), &[0]));
    Fingerprints {
        finding: format!("{hash:016x}"),
    }
}

/// What FNV-1a begins with: it is the same in every version and on every machine, which hashes of the standard library are not.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    let add = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    bytes.iter().fold(hash, add)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the page of its authors.
    #[test]
    fn the_hash_is_the_known_one() {
        assert_eq!(fnv(BASIS, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(BASIS, b"foobar"), 0x8594_4171_f739_67e8);
    }
}
