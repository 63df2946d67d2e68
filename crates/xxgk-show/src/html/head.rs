//! What a table is, the verdict, and by what it was checked.

use maud::{Markup, html};
use xxgk::form::Form;
use xxgk::{Lang, Report, Verdict};

use super::{Apart, NEWLINE, View};
use crate::words;

/// The class of a verdict in [`STYLE`](super::STYLE), and the sign that stands in its light beside the colour.
#[must_use]
pub fn light(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Unreadable => ("unreadable", "—"),
        Verdict::Inconsistent => ("inconsistent", "✗"),
        Verdict::Incomplete => ("incomplete", "…"),
        Verdict::Query => ("query", "？"),
        Verdict::Consistent => ("consistent", "✓"),
    }
}

/// What the table is, and the verdict with one sentence.
pub(super) fn head(view: &View<'_>) -> Markup {
    let (report, lang) = (view.table.report, view.lang);
    html! {
        header {
            h2 { (named(report, view.table.form(), lang)) }
            (NEWLINE)
            @if let Some(source) = &report.source {
                p.source { (lang.pick("文件：", "File: ")) (Apart(source)) }
                (NEWLINE)
            }
            (verdict(report, lang))
        }
        (NEWLINE)
    }
}

/// Whose table it is, of which year, and of which form.
pub(super) fn named(report: &Report, form: Option<&Form>, lang: Lang) -> Markup {
    let which = words::which(report, lang);
    // Where there are several tables, the name of the agency stands among what tells them apart.
    let agency = report.agency.as_deref().filter(|_| report.table.is_none());
    html! {
        @if let Some(agency) = agency { (Apart(agency)) " " }
        @if !which.is_empty() { (Apart(&which)) " " }
        @match form {
            Some(form) => { (Apart(form.title())) },
            None => { (lang.pick("未能识别的材料", "not recognised")) },
        }
    }
}

/// The verdict as a light and in words, with the counts; of what cannot be read, with the reason.
pub(super) fn verdict(report: &Report, lang: Lang) -> Markup {
    let verdict = report.verdict();
    let (class, sign) = light(verdict);
    let sentence = words::summary(report, lang);
    html! {
        p.verdict.(class) {
            span.light aria-hidden="true" { (sign) }
            strong { (verdict.name(lang)) }
            " "
            span { (sentence) }
        }
        (NEWLINE)
    }
}

/// By which form and rules it was checked, and by what.
pub(super) fn foot(report: &Report, form: Option<&Form>, lang: Lang) -> Markup {
    html! {
        footer {
            @for off in &report.off {
                p {
                    (lang.pick("停用的规则：", "Switched off: "))
                    (off.reason.get(lang))
                    " " small.id { (off.rule) }
                }
                (NEWLINE)
            }
            p { (by_what(report, form, lang)) }
        }
        (NEWLINE)
    }
}

fn by_what(report: &Report, form: Option<&Form>, lang: Lang) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let rules = report.counts.rules;
    match (form, lang) {
        (Some(form), Lang::Zh) => format!(
            "按“{}”（{}）审核，共{rules}条规则。审核工具：xxgk {version}。",
            form.title(),
            form.source()
        ),
        (Some(form), Lang::En) => format!(
            "Checked by “{}” ({}), {rules} rules. xxgk {version}.",
            form.title(),
            form.source()
        ),
        (None, Lang::Zh) => format!("审核工具：xxgk {version}。"),
        (None, Lang::En) => format!("xxgk {version}."),
    }
}
