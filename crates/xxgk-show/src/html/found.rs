//! What is to be corrected, and what is to be looked at: each in a sentence, with its places, and below it the rules.

use maud::{Markup, html};
use xxgk::{Cell, Finding, Lang, Place};

use super::{NEWLINE, View};
use crate::groups::{Group, groups};
use crate::words;

/// So many places of one item are named.
const PLACES: usize = 12;

/// All of it, hard before soft.
pub(super) fn found(view: &View<'_>) -> Markup {
    let (report, lang) = (view.table.report, view.lang);
    let groups = groups(report, false);
    let (soft, hard): (Vec<_>, Vec<_>) = groups.iter().partition(|it| it.is_soft());
    html! {
        (list(view, &hard, lang.pick("须改正", "To correct")))
        (list(view, &soft, lang.pick("须核实", "To look at")))
    }
}

fn list(view: &View<'_>, groups: &[&Group<'_>], title: &str) -> Markup {
    html! {
        @if !groups.is_empty() {
            section.found {
                h3 { (title) " " (groups.len()) }
                (NEWLINE)
                ol {
                    (NEWLINE)
                    @for group in groups { (item(view, group)) }
                }
            }
            (NEWLINE)
        }
    }
}

fn item(view: &View<'_>, group: &Group<'_>) -> Markup {
    let lang = view.lang;
    let class = if group.is_soft() { "soft" } else { "hard" };
    let alone = group.correction.is_none();
    html! {
        li.(class) {
            p.said { (group.sentence(view.table.form(), lang)) (ids(group)) }
            (NEWLINE)
            (places(view, group))
            @if alone {
                // The rule in words, both sides and the basis; several of a kind have none.
                @if let [finding] = group.findings[..] { (notes(finding, view)) }
            } @else {
                ul.rules {
                    @for finding in &group.findings { (rule(finding, view)) }
                }
            }
        }
        (NEWLINE)
    }
}

/// The ids of what is said, behind its sentence. Below a correction each rule has its own sentence and id.
fn ids(group: &Group<'_>) -> Markup {
    html! {
        @if group.correction.is_none() || group.findings.is_empty() {
            @for id in group.ids() { " " small.id { (id) } }
        }
    }
}

fn rule(finding: &Finding, view: &View<'_>) -> Markup {
    html! {
        li {
            p { (finding.message.get(view.lang)) " " small.id { (finding.rule) } }
            (notes(finding, view))
        }
        (NEWLINE)
    }
}

fn notes(finding: &Finding, view: &View<'_>) -> Markup {
    let notes = words::notes(finding, view.table.form(), view.lang);
    html! {
        @if !notes.is_empty() {
            dl {
                @for (name, note) in &notes {
                    div { dt { (name) } dd { (note) } }
                }
            }
            (NEWLINE)
        }
    }
}

/// Where it is, each place with the name of the cell, which leads to it in the table that is drawn.
fn places(view: &View<'_>, group: &Group<'_>) -> Markup {
    let lang = view.lang;
    let placed = group.places(view.table.report);
    let more = placed.len().saturating_sub(PLACES);
    let claims: Vec<&Place> = group
        .findings
        .iter()
        .filter_map(|it| it.claim.as_ref())
        .collect();
    html! {
        @if !placed.is_empty() || !claims.is_empty() {
            p.places {
                (lang.pick("位置：", "Where: "))
                @for claim in &claims {
                    span { (lang.pick("正文", "text ")) (claim.said(lang)) } " "
                }
                @for (cell, place) in placed.iter().take(PLACES) {
                    (placed_at(view, cell, place))
                    " "
                }
                @if more > 0 {
                    (match lang {
                        Lang::Zh => format!("另有{more}处"),
                        Lang::En => format!("{more} more"),
                    })
                }
            }
            (NEWLINE)
        }
    }
}

fn placed_at(view: &View<'_>, cell: &Cell, place: &Place) -> Markup {
    let key = cell.key.as_deref();
    let index = key.and_then(|key| view.table.form()?.cell(key));
    html! {
        @match index {
            Some(index) => {
                a href=(view.link("c", index)) { (place.said(view.lang)) " " (cell.label) }
            }
            None => { span { (place.said(view.lang)) " " (cell.label) } }
        }
    }
}
