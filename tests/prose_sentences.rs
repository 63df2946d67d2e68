//! Sentences as reports of all levels word them, each with what its numbers are of: they stand in `data/sentences.toml`, which also
//! says how to read them. To add one, write it there.

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

fn sentences() -> Vec<Topic> {
    let sentences: Sentences = toml::from_str(include_str!("data/sentences.toml")).unwrap();
    sentences.topic
}

#[test]
fn each_sentence_binds_what_it_says() {
    let mut wrong = String::new();
    for topic in sentences() {
        let form = forms().iter().find(|form| form.id() == topic.form).unwrap();
        for sentence in &topic.sentence {
            let under = sentence.under.as_ref().unwrap_or(&topic.under);
            let title = topic.title.as_deref().unwrap_or_default();
            let text = format!("{title}\n{under}\n{}", sentence.text);
            let claims = Claims::of_text(&text, form, Some(topic.year));
            let found: Vec<String> = claims.bound().map(|claim| shown(form, claim)).collect();
            if found != sentence.binds {
                _ = writeln!(
                    wrong,
                    "{}: {}\n  expected {:?}\n  found    {found:?}",
                    topic.name, sentence.text, sentence.binds
                );
                for claim in claims.all().iter().filter(|it| it.meaning.is_none()) {
                    _ = writeln!(
                        wrong,
                        "  unbound  {}: {}",
                        claim.place.text,
                        claim.why.text().en
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The sentences are enough, and many of them are there for what they must not say.
#[test]
fn many_sentences_bind_nothing() {
    let all = sentences();
    let all: Vec<&Sentence> = all.iter().flat_map(|topic| &topic.sentence).collect();
    let nothing = all.iter().filter(|it| it.binds.is_empty()).count();
    assert!(all.len() >= 500, "{}", all.len());
    assert!(nothing >= 150, "{nothing}");
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
