//! What is said at which place: of each report the sentences in the order in which every output has them.

use xxgk::form::Form;
use xxgk::{Finding, Lang, Place, Reading, Report, Severity};
use xxgk_show::groups::{Group, groups};
use xxgk_show::hidden::shown;
use xxgk_show::words;

/// Where something is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum At<'r> {
    Place(&'r Place),
    /// Of the table as a whole, of which this is a place if any is known.
    Table(Option<&'r Place>),
}

/// What is said at some places.
#[derive(Debug)]
pub(crate) struct Said<'r> {
    pub at: Vec<At<'r>>,
    pub soft: bool,
    /// One a line, with nothing in it that is not to be seen.
    pub sentences: Vec<String>,
}

/// What a report says, in order: what must be corrected first, and what corrects it before the rules that it breaks.
pub(crate) fn said<'r>(
    report: &'r Report,
    reading: Option<&'r Reading>,
    lang: Lang,
) -> Vec<Said<'r>> {
    let form = reading.and_then(|it| it.form.as_deref());
    let table = At::Table(reading.and_then(anywhere));
    let mut all = Vec::new();
    for group in groups(report, false) {
        if group.correction.is_some() {
            let places = group.places(report).into_iter();
            all.push(Said {
                at: or_table(places.map(|(_, place)| place), table),
                soft: group.is_soft(),
                sentences: corrected(&group, form, lang),
            });
            continue;
        }
        let (placed, others): (Vec<&Finding>, _) = group
            .findings
            .iter()
            .partition(|it| places(it).next().is_some());
        for finding in placed {
            all.push(Said {
                at: or_table(places(finding), table),
                soft: is_soft(finding),
                sentences: vec![weighed(sentence(finding, lang), is_soft(finding), lang)],
            });
        }
        // Rows that are missing have no place: all are said in one sentence.
        if let Some(first) = others.first() {
            let title = with_id(&words::title(&others, lang), &first.rule, lang);
            all.push(Said {
                at: vec![table],
                soft: is_soft(first),
                sentences: vec![weighed(title, is_soft(first), lang)],
            });
        }
    }
    all
}

fn is_soft(finding: &Finding) -> bool {
    finding.severity == Severity::Soft
}

/// A place of the table: that of its first value.
fn anywhere(reading: &Reading) -> Option<&Place> {
    let cells = reading.form.as_ref()?.indicators().len();
    let places = (0..cells).filter_map(|cell| reading.place(cell));
    places.min_by_key(|it| (it.line, it.column))
}

fn or_table<'r>(places: impl Iterator<Item = &'r Place>, table: At<'r>) -> Vec<At<'r>> {
    let mut at: Vec<At<'r>> = Vec::new();
    for place in places.map(At::Place) {
        if !at.contains(&place) {
            at.push(place);
        }
    }
    if at.is_empty() {
        at.push(table);
    }
    at
}

/// Where a finding is: the sentence that the table does not bear out, or its cells, those of other documents left out.
fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    let cells = finding.cells.iter().filter(|it| it.source.is_none());
    let cells = cells.filter_map(|it| it.place.as_ref());
    let cells = cells.take(if finding.claim.is_some() {
        0
    } else {
        usize::MAX
    });
    finding.claim.iter().chain(cells)
}

/// What corrects the rules of a group, and their sentences.
fn corrected(group: &Group<'_>, form: Option<&Form>, lang: Lang) -> Vec<String> {
    let first = weighed(group.sentence(form, lang), group.is_soft(), lang);
    let rules = group.findings.iter().map(|it| sentence(it, lang));
    [first].into_iter().chain(rules).collect()
}

/// The sentence of a finding, with its id.
fn sentence(finding: &Finding, lang: Lang) -> String {
    with_id(finding.message.get(lang), &finding.rule, lang)
}

fn with_id(sentence: &str, id: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{sentence}（{id}）"),
        Lang::En => format!("{sentence} ({id})"),
    }
}

/// A sentence with how much it weighs.
fn weighed(sentence: String, soft: bool, lang: Lang) -> String {
    let weight = match soft {
        true => lang.pick("核实性审核：", "Soft edit: "),
        false => lang.pick("强制性审核：", "Hard edit: "),
    };
    shown(&format!("{weight}{sentence}")).into_owned()
}

#[cfg(test)]
#[path = "../../../tests/support/raised.rs"]
mod raised;

#[cfg(test)]
mod tests {
    use xxgk::{Example, FINDING_KINDS};

    use super::*;

    #[test]
    fn every_kind_of_finding_has_its_sentence() {
        for kind in FINDING_KINDS {
            // These are of inputs that are no table of a file.
            if matches!(kind.example, Example::File(_) | Example::Records(_)) {
                continue;
            }
            let report = Report {
                form: Some("nine-category".into()),
                findings: raised::raised(kind.example),
                ..Report::default()
            };
            for (lang, id) in [
                (Lang::Zh, format!("（{}）", kind.id)),
                (Lang::En, format!(" ({})", kind.id)),
            ] {
                let said = said(&report, None, lang);
                let mut sentences = said.iter().flat_map(|it| &it.sentences);
                let own = sentences.find(|it| it.ends_with(&id));
                let own = own.unwrap_or_else(|| panic!("{} is not said", kind.id));
                assert!(own.len() > id.len() + 30, "{own}");
            }
        }
    }

    #[test]
    fn what_comes_from_a_file_moves_nothing() {
        let sentence = weighed("“\u{1b}[31m\u{202e}72\n”".to_owned(), true, Lang::Zh);
        assert_eq!(sentence, "核实性审核：“\\u{1b}[31m\\u{202e}72\\n”");
    }
}
