//! What the parser of TOML says, and what a person who types Chinese most likely did.

use std::ops::Range;

use super::problem::TomlProblem;

/// What the parser says of a value that is nothing that it knows.
const NO_QUOTES: &str = "string values must be quoted";

/// The sign of TOML that one of a Chinese keyboard stands for.
fn meant(sign: char) -> Option<char> {
    Some(match sign {
        '“' | '”' | '„' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        // TOML has no colon, and no semicolon.
        '：' => '=',
        '、' | '；' => ',',
        '【' => '[',
        '】' => ']',
        '。' => '.',
        '\u{3000}' | '\u{a0}' => ' ',
        // The full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(sign) - 0xfee0)?,
        _ => return None,
    })
}

/// What is wrong with a text that is not TOML, and where.
pub(super) fn problem(
    message: &str,
    text: &str,
    span: Range<usize>,
) -> (TomlProblem, Range<usize>) {
    let value = text.get(span.start..).and_then(|rest| rest.lines().next());
    let value = value.unwrap_or_default().trim_start();
    if message.starts_with(NO_QUOTES) && value.is_empty() {
        return (TomlProblem::NoValue, span);
    }
    let here = line_of(text, span.start);
    // What is not closed is found out on the next line that has anything.
    let before = text.get(..here).unwrap_or_default().trim_end().len();
    for start in [here, line_of(text, before)] {
        let line = text.get(start..).and_then(|rest| rest.lines().next());
        let line = Line::of(line.unwrap_or_default());
        let within = |at: Range<usize>| start + at.start..start + at.end;
        // A sign in the midst of words without quotes is one of the words.
        let in_words = |at: usize| message.starts_with(NO_QUOTES) && start + at > span.start;
        if let Some((at, written, meant)) = line.sign.filter(|(at, ..)| !in_words(*at)) {
            let span = within(at..at + written.len_utf8());
            return (TomlProblem::Sign { written, meant }, span);
        }
        if let Some(open) = line.quote {
            return (TomlProblem::OpenQuote, within(open));
        }
        if let Some(at) = line.brace.filter(|_| start < here) {
            return (TomlProblem::Bracket, within(at..at + 1));
        }
    }
    let problem = match of_message(message) {
        TomlProblem::NoQuotes if value.starts_with(|c: char| c.is_ascii_digit()) => {
            TomlProblem::Number
        }
        problem => problem,
    };
    (problem, span)
}

/// The first byte of the line that a byte stands in. The end of a file belongs to its last line.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    let before = match text.get(at..) {
        Some("") => before.trim_end_matches(['\n', '\r']),
        _ => before,
    };
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

/// What stands outside the quotes of a line.
#[derive(Default)]
struct Line {
    /// The first sign of a Chinese keyboard, what it is, and what was meant.
    sign: Option<(usize, char, char)>,
    /// The text from a quote that nothing closes.
    quote: Option<Range<usize>>,
    /// The last brace that nothing closes.
    brace: Option<usize>,
}

impl Line {
    fn of(line: &str) -> Line {
        let mut found = Line::default();
        let mut quote: Option<(usize, char)> = None;
        let (mut escaped, mut braces) = (false, Vec::new());
        for (at, c) in line.char_indices() {
            match quote {
                Some(_) if escaped => escaped = false,
                Some((_, '"')) if c == '\\' => escaped = true,
                Some((_, open)) if c == open => quote = None,
                Some(_) => {}
                None => match c {
                    '#' => break,
                    '"' | '\'' => quote = Some((at, c)),
                    '{' => braces.push(at),
                    '}' => _ = braces.pop(),
                    c => found.sign = found.sign.or_else(|| Some((at, c, meant(c)?))),
                },
            }
        }
        found.quote = quote.map(|(at, _)| at..line.trim_end().len());
        found.brace = braces.pop();
        found
    }
}

/// What the parser's own words come to. They are those of the version that the tests pin; others are a problem of no kind.
fn of_message(message: &str) -> TomlProblem {
    let sorted = BEGINNINGS.iter().find_map(|(problem, beginnings)| {
        let begins = |it: &&str| message.starts_with(*it);
        beginnings.iter().any(begins).then_some(problem)
    });
    match sorted {
        Some(problem) => problem.clone(),
        None if message.contains("number") || message.contains("integer") => TomlProblem::Number,
        None if message.contains("escape") || message.contains("unicode") => TomlProblem::Escape,
        None => TomlProblem::Syntax,
    }
}

/// What the parser's words begin with.
const BEGINNINGS: &[(TomlProblem, &[&str])] = &[
    (TomlProblem::NoQuotes, &[NO_QUOTES]),
    (
        TomlProblem::NoEquals,
        &[
            "key with no value",
            "missing assignment",
            "missing value for key",
            "unexpected key or value",
        ],
    ),
    (TomlProblem::NoValue, &["missing value", "extra `=`"]),
    (
        TomlProblem::Bracket,
        &[
            "unclosed",
            "missing array opening",
            "missing inline table opening",
            "missing table open",
        ],
    ),
    (
        TomlProblem::Comma,
        &[
            "missing comma",
            "extra comma",
            "extra assignment",
            "unexpected `=` in array",
            "missing key for inline",
            "invalid inline table element",
        ],
    ),
    (
        TomlProblem::KeyLetters,
        &[
            "invalid unquoted key",
            "unquoted keys",
            "invalid key-value pair",
            "keys cannot be",
        ],
    ),
    (
        TomlProblem::Number,
        &[
            "unexpected leading zero",
            "redundant numeric",
            "`_` may only",
            "radix",
            "unexpected sign",
        ],
    ),
    (TomlProblem::NotATable, &["cannot extend"]),
];
