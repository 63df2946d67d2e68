//! Sentences as reports of all levels word them, each with what its numbers are of: they stand in `data/sentences.toml`, which also
//! says how to read them. To add one, write it there. In `data/paragraphs.toml` stand paragraphs, of which nearly all is to be bound
//! and nothing wrongly.

use std::fmt::Write;

use serde::Deserialize;
use xxgk::prose::{Claim, Claims, Meaning, Said};
use xxgk::{Form, forms};

/// The sentences, by what they are about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    topic: Vec<Topic>,
}

/// Some sentences about one table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    name: String,
    /// The id of the form, and the year of the table.
    form: String,
    year: u16,
    /// The title of the report.
    title: Option<String>,
    /// The heading that the sentences stand under.
    under: String,
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    /// A heading of its own.
    under: Option<String>,
    text: String,
    /// What is bound, in the order of the text; nothing else may be.
    binds: Vec<String>,
}

fn topics(text: &str) -> Vec<Topic> {
    let sentences: Sentences = toml::from_str(text).unwrap();
    sentences.topic
}

fn sentences() -> Vec<Topic> {
    topics(include_str!("data/sentences.toml"))
}

/// The claims of a sentence under its title and its heading.
fn claims(topic: &Topic, sentence: &Sentence) -> Claims {
    let form = forms().iter().find(|form| form.id() == topic.form).unwrap();
    let under = sentence.under.as_ref().unwrap_or(&topic.under);
    let title = topic.title.as_deref().unwrap_or_default();
    let text = format!("{title}\n{under}\n{}", sentence.text);
    Claims::of_text(&text, form, Some(topic.year))
}

/// What the claims are bound to.
fn bound(topic: &Topic, claims: &Claims) -> Vec<String> {
    let form = forms().iter().find(|form| form.id() == topic.form).unwrap();
    claims.bound().map(|claim| shown(form, claim)).collect()
}

#[test]
fn each_sentence_binds_what_it_says() {
    let mut wrong = String::new();
    for topic in sentences() {
        for sentence in &topic.sentence {
            let claims = claims(&topic, sentence);
            let found = bound(&topic, &claims);
            if found != sentence.binds {
                _ = writeln!(
                    wrong,
                    "{}: {}\n  expected {:?}\n  found    {found:?}",
                    topic.name, sentence.text, sentence.binds
                );
                for claim in claims.all().iter().filter(|it| it.meaning.is_none()) {
                    let why = claim.why.text().en;
                    _ = writeln!(wrong, "  unbound  {}: {why}", claim.place.text);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The sentences are enough, and many of them are there for what they must not say.
#[test]
fn many_sentences_bind_nothing_or_only_in_part() {
    let all = sentences();
    let all: Vec<(&Topic, &Sentence)> = all
        .iter()
        .flat_map(|topic| topic.sentence.iter().map(move |sentence| (topic, sentence)))
        .collect();
    let in_part = all.iter().filter(|(topic, sentence)| {
        let claims = claims(topic, sentence).all().len();
        sentence.binds.is_empty() || sentence.binds.len() < claims
    });
    let in_part = in_part.count();
    assert!(all.len() >= 700, "{}", all.len());
    assert!(in_part >= 300, "{in_part}");
}

/// In a hundred paragraphs nothing is bound wrongly, and of what a person binds without doubt at least nine in ten.
#[test]
fn of_paragraphs_nearly_all_is_bound_and_nothing_wrongly() {
    let (mut expected, mut found, mut paragraphs) = (0, 0, 0);
    let mut wrong = String::new();
    for topic in topics(include_str!("data/paragraphs.toml")) {
        for paragraph in &topic.sentence {
            paragraphs += 1;
            expected += paragraph.binds.len();
            let mut rest = paragraph.binds.clone();
            for bound in bound(&topic, &claims(&topic, paragraph)) {
                match rest.iter().position(|it| *it == bound) {
                    Some(at) => {
                        rest.remove(at);
                        found += 1;
                    }
                    None => _ = writeln!(wrong, "{bound}: {}", paragraph.text),
                }
            }
        }
    }
    println!("{found} of {expected} numbers of {paragraphs} paragraphs are bound");
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(
        paragraphs >= 100 && 10 * found >= 9 * expected,
        "{found} of {expected}"
    );
}

fn shown(form: &Form, claim: &Claim) -> String {
    let said = match claim.said {
        Said::Value(value) => value.to_string(),
        Said::Percentage(percentage) => percentage.to_string(),
        Said::All => "all".into(),
        _ => "about".into(),
    };
    let about = match claim.meaning.as_ref().unwrap() {
        Meaning::Sum(sums) => any_of(form, sums),
        Meaning::Share { part, wholes } => format!("{}/{}", keys(form, part), any_of(form, wholes)),
        Meaning::All { part, whole } => format!("{}={}", keys(form, part), keys(form, whole)),
        _ => unreachable!(),
    };
    format!("{said} {about}")
}

/// Several sums that may be meant.
fn any_of(form: &Form, sums: &[Vec<usize>]) -> String {
    let sums: Vec<String> = sums.iter().map(|cells| keys(form, cells)).collect();
    match &sums[..] {
        [alone, with]
            if *with == format!("{alone}+{}", alone.replace("received", "carried_in")) =>
        {
            format!("{alone}~")
        }
        _ => sums.join("|"),
    }
}

/// The keys of a sum, in short.
fn keys(form: &Form, cells: &[usize]) -> String {
    let keys = cells
        .iter()
        .map(|cell| form.indicator(*cell).unwrap().key());
    let mut keys = keys.collect::<Vec<_>>().join("+");
    keys = keys.replace("requests.", "").replace("outcomes.", "");
    for row in [
        "received",
        "carried_in",
        "carried_out",
        "total",
        "granted",
        "partly_granted",
    ] {
        let columns = [
            "business",
            "research_institution",
            "public_welfare",
            "legal_services",
            "other",
        ];
        keys = keys.replace(
            &columns.map(|it| format!("{row}.{it}")).join("+"),
            &format!("{row}.organisations"),
        );
    }
    for (group, rows) in [
        (
            "refused",
            &[
                "state_secret",
                "prohibited_by_law",
                "security_and_stability",
                "third_party_rights",
                "internal_affairs",
                "process_information",
                "enforcement_files",
                "administrative_queries",
            ][..],
        ),
        (
            "unavailable",
            &["not_held", "to_be_created", "still_unclear"],
        ),
        (
            "not_processed",
            &[
                "complaints",
                "repeated",
                "publications",
                "excessive",
                "reissue",
            ],
        ),
        ("other", &["not_amended", "not_paid", "other"]),
    ] {
        for column in ["total", "natural_person"] {
            let all: Vec<String> = rows
                .iter()
                .map(|row| format!("{group}.{row}.{column}"))
                .collect();
            keys = keys.replace(&all.join("+"), &format!("{group}.*.{column}"));
        }
    }
    keys.replace(
        "disputes.litigation.direct.total+disputes.litigation.after_reconsideration.total",
        "disputes.litigation.*.total",
    )
}
