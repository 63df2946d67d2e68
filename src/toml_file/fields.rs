//! What serde says is wrong with the fields of a file that is TOML.

use std::ops::Range;

use super::problem::TomlProblem;
use super::words::{Found, Wanted, nearest};

/// What is wrong with a field; `None` where something else is.
pub(super) fn problem(message: &str, text: &str, span: &Range<usize>) -> Option<TomlProblem> {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let (field, known) = named(rest)?;
        return Some(TomlProblem::UnknownField {
            nearest: nearest(&field, known.iter().map(String::as_str)),
            field,
            known,
        });
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (value, known) = named(rest)?;
        return Some(TomlProblem::UnknownValue { value, known });
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        let field = quoted(rest).next()?.to_owned();
        return Some(TomlProblem::MissingField(field));
    }
    if let Some(rest) = message.strip_prefix("duplicate key") {
        let key = text.get(span.clone()).unwrap_or(rest);
        return Some(TomlProblem::DuplicateKey(
            key.trim_matches(['"', '\'']).to_owned(),
        ));
    }
    // What serde says of an enum whose value is neither a text nor a table.
    if message == "wanted string or table" {
        return Some(TomlProblem::WrongType {
            found: Found::Other,
            wanted: Wanted::String,
        });
    }
    let wrong = ["invalid type: ", "invalid value: "];
    if let Some(rest) = wrong.iter().find_map(|it| message.strip_prefix(it)) {
        // What was found may quote a text with a comma; what was wanted has none.
        let (found, wanted) = rest.rsplit_once(", expected ")?;
        return Some(TomlProblem::WrongType {
            found: Found::of(found),
            wanted: Wanted::of(wanted),
        });
    }
    if let Some((_, wanted)) = message
        .strip_prefix("invalid length ")?
        .split_once(", expected ")
    {
        let (of, _) = wanted.split_once(" with ").unwrap_or((wanted, ""));
        return Some(TomlProblem::WrongType {
            found: Found::List,
            wanted: Wanted::of(of),
        });
    }
    None
}

/// What is pointed at: of a table of several lines, its first.
pub(super) fn head(text: &str, span: Range<usize>) -> Range<usize> {
    let length = text.get(span.clone()).and_then(|it| it.find('\n'));
    span.start..length.map_or(span.end, |length| span.start + length)
}

/// A name, and those that it could be: `` `a`, expected one of `b`, `c` ``.
fn named(rest: &str) -> Option<(String, Vec<String>)> {
    let (name, known) = match rest.rsplit_once(", expected ") {
        Some(it) => it,
        None => rest.split_once(", there are no ")?,
    };
    let name = name.trim_matches('`').to_owned();
    Some((name, quoted(known).map(str::to_owned).collect()))
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}
