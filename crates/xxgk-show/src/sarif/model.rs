//! What is written of SARIF 2.1.0, in the words of its specification.

use std::borrow::Cow;

use serde::Serialize;

use crate::level::Level;

/// Text as JSON.
pub fn json(object: &impl Serialize) -> String {
    #[expect(
        clippy::expect_used,
        reason = "texts, numbers and lists, which JSON has"
    )]
    serde_json::to_string(object).expect("an object of SARIF")
}

/// Without this word, the columns of a region are those of UTF-16; those of [`Place`](xxgk::Place) are characters.
pub const COLUMNS: &str = "unicodeCodePoints";

#[derive(Serialize)]
pub struct Tool<'a> {
    pub driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Driver<'a> {
    pub name: &'a str,
    pub semantic_version: &'a str,
    pub language: &'a str,
    pub rules: Vec<Descriptor>,
}

/// A rule, or a kind of finding that is none.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    pub id: String,
    pub short_description: Message,
    pub full_description: Message,
    pub help: Message,
    pub default_configuration: Configuration,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Tags>,
}

#[derive(Serialize)]
pub struct Configuration {
    #[serde(skip_serializing_if = "is_true")]
    pub enabled: bool,
    pub level: &'static str,
}

fn is_true(it: &bool) -> bool {
    *it
}

#[derive(Serialize)]
pub struct Tags {
    pub tags: Vec<String>,
}

#[derive(Serialize)]
pub struct Message {
    text: String,
}

impl Message {
    /// A text as it is: `[words](address)` in a cell is no link.
    pub fn new(text: &str) -> Self {
        Message {
            text: text.replace("](", "] ("),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found<'a> {
    pub rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub level: &'static str,
    pub message: Message,
    pub locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location<'a>>,
    pub partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
pub struct Fingerprints {
    #[serde(rename = "xxgkFinding/v1")]
    pub finding: String,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub physical_location: Option<Physical<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logical_locations: Vec<Logical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Physical<'a> {
    pub artifact_location: Artifact<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region<'a>>,
}

#[derive(Serialize)]
pub struct Artifact<'a> {
    pub uri: Cow<'a, str>,
}

/// What a text editor would mark.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region<'a> {
    pub start_line: usize,
    pub start_column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub snippet: Snippet<'a>,
}

#[derive(Serialize)]
pub struct Snippet<'a> {
    pub text: &'a str,
}

/// A place in a file that is no plain text, in which lines would be a lie.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Logical {
    pub fully_qualified_name: String,
    pub kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invocation {
    pub execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
pub struct Notification {
    pub level: &'static str,
    pub message: Message,
}

/// What SARIF calls a level.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}
