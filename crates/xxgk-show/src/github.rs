//! Commands of a workflow of GitHub, which show findings beside the lines of a change: an error for what must be corrected, a
//! warning for what is to be looked at, a notice for what blank cells leave open.
//!
//! What is corrected together is one command: of a step, GitHub shows ten errors and ten warnings, and no more. Nothing in a
//! file or its name begins a command: every line of the output is one of ours, and what has a meaning in one is escaped as the
//! [runner](https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts) has it.

use std::fmt::Write;

use xxgk::{FindingKind, Lang, Place, Report};

use crate::groups::{Group, groups};
use crate::level::Level;
use crate::pieces::{STDIN, corrected, end, name, place};
use crate::{Asked, Format};

/// So many sentences are said of rules that fail together.
const SENTENCES: usize = 6;

/// Reports as commands, one a line.
#[derive(Debug)]
pub struct Github<'a> {
    asked: Asked<'a>,
}

impl<'a> Github<'a> {
    /// Commands of reports on these forms.
    #[must_use]
    pub fn new(asked: Asked<'a>) -> Self {
        Github { asked }
    }

    fn command(&self, report: &Report, group: &Group<'_>) -> String {
        let levels = group.findings.iter().map(|it| Level::of(it));
        // What corrects no finding that is shown corrects hard rules that blank cells leave open.
        let mut command = match levels.min().unwrap_or(Level::Error) {
            Level::Error => "::error ",
            Level::Warning => "::warning ",
            Level::Note => "::notice ",
        }
        .to_owned();
        let place = first(report, group);
        if let Some(source) = report.source.as_deref().filter(|it| *it != STDIN) {
            command += "file=";
            property(source, &mut command);
            if let Some(place) = place.filter(|place| place.within.is_none()) {
                position(place, &mut command);
            }
            command.push(',');
        }
        command += "title=";
        property(&self.title(group), &mut command);
        command += "::";
        data(&self.message(report, group, place), &mut command);
        command.push('\n');
        command
    }

    /// The ids of the rules; of many findings of one kind, what they are and how many.
    fn title(&self, group: &Group<'_>) -> String {
        let lang = self.asked.lang;
        let ids = group.ids().join(lang.pick("、", ", "));
        let kind = group
            .findings
            .first()
            .and_then(|it| FindingKind::of(&it.rule));
        let title = kind.map_or(ids.clone(), |kind| {
            let [zh, en] = kind.title;
            format!("{ids} {}", lang.pick(zh, en))
        });
        match (group.findings.len(), group.correction, lang) {
            (2.., None, Lang::Zh) => format!("{title}（{}处）", group.findings.len()),
            (2.., None, Lang::En) => format!("{title} ({})", group.findings.len()),
            _ => title,
        }
    }

    /// What to do, and a sentence of each rule. Where lines say nothing of the place, or of which table it is, it does.
    fn message(&self, report: &Report, group: &Group<'_>, place: Option<&Place>) -> String {
        let Asked { lang, verbose, .. } = self.asked;
        let colon = lang.pick("：", ": ");
        let mut message = String::new();
        if report.table.is_some() || report.source.as_deref() == Some(STDIN) {
            message = message + &name(report, lang) + colon;
        }
        if let Some(within) = place.and_then(|place| place.within.as_ref()) {
            message = message + &within.said(lang) + colon;
        }
        let correction = corrected(group.correction, self.asked.form(report), verbose, lang);
        let mut lines: Vec<String> = correction.into_iter().collect();
        let findings = group.findings.iter();
        let most = if verbose { usize::MAX } else { SENTENCES };
        let said = findings
            .take(most)
            .map(|it| it.message.get(lang).to_owned());
        lines.extend(said);
        let more = group.findings.len().saturating_sub(most);
        if more > 0 {
            lines.push(match lang {
                Lang::Zh => format!("另有{more}处，--verbose 全部列出"),
                Lang::En => format!("{more} more: --verbose lists all"),
            });
        }
        message + &lines.join("\n")
    }
}

impl Format for Github<'_> {
    fn report(&mut self, report: &Report) -> String {
        let groups = groups(report, self.asked.verbose);
        groups.iter().map(|it| self.command(report, it)).collect()
    }
}

/// Where a group is shown: the first cell that its correction changes, else where its first finding is.
fn first<'r>(report: &'r Report, group: &Group<'r>) -> Option<&'r Place> {
    let corrected = group.correction.map(|_| group.places(report));
    let corrected = corrected.and_then(|places| places.first().map(|(_, place)| *place));
    corrected.or_else(|| group.findings.iter().find_map(|it| place(it)))
}

fn position(place: &Place, command: &mut String) {
    let (line, column) = (place.line, place.column);
    // To write to a string cannot fail.
    _ = write!(command, ",line={line},col={column}");
    let (end_line, end_column) = end(place);
    if end_line == line && end_column > column {
        _ = write!(command, ",endColumn={end_column}");
    }
}

/// A text as the value of a property.
fn property(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            ':' => *out += "%3A",
            ',' => *out += "%2C",
            _ => escape(sign, out),
        }
    }
}

/// A text as what stands behind the properties.
fn data(text: &str, out: &mut String) {
    text.chars().for_each(|sign| escape(sign, out));
}

fn escape(sign: char, out: &mut String) {
    match sign {
        '%' => *out += "%25",
        '\r' => *out += "%0D",
        '\n' => *out += "%0A",
        // What a log would take for a colour, or for another line.
        _ if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') => out.push('\u{fffd}'),
        _ => out.push(sign),
    }
}
