//! `xxgk lint`: what the rules of a form say of each other.

use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{Group, Level, Origin, Renderer};
use serde::Serialize;
use xxgk::Lang;
use xxgk::analyse::{Analysis, CellRange, Remark, RemarkKind, analyse};
use xxgk::form::{Form, Rule};

use crate::Status;
use crate::args::{Lint, LintFormat};
use crate::forms::{Loaded, RulePlace};
use crate::render::{Objects, snippet};
use crate::shown::{shown, tell};

/// So many of the cells that rules bound are shown.
const RANGES: usize = 8;

/// How much a remark weighs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Rules cannot hold.
    Error,
    /// Rules say too much, or too little.
    Warning,
    /// It may be meant so.
    Note,
}

/// Checks the rules of the forms that were asked for.
pub fn run(args: &Lint, lang: Lang, out: &mut impl Write) -> io::Result<Status> {
    let mut status = Status::Clean;
    let renderer = snippet::drawing();
    let mut objects = match args.format {
        LintFormat::Jsonl => Objects::lines(),
        LintFormat::Text | LintFormat::Json => Objects::array(),
    };
    for loaded in inputs(args, lang) {
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(message) => {
                tell(message);
                status = Status::Unreadable;
                continue;
            }
        };
        let analysis = analyse(&loaded.form);
        let counts = |it: &Remark| match weight(it.kind) {
            Weight::Error => true,
            Weight::Warning => args.strict,
            Weight::Note => false,
        };
        if analysis.remarks.iter().any(counts) {
            status = status.max(Status::Findings);
        }
        match args.format {
            LintFormat::Text => show(out, &renderer, &loaded, &analysis, lang)?,
            LintFormat::Json | LintFormat::Jsonl => {
                objects.write(out, &Report::new(&loaded, &analysis))?;
            }
        }
    }
    if args.format != LintFormat::Text {
        objects.end(out)?;
    }
    Ok(status)
}

/// The forms: all built-in ones where none is named; the one of `--form` where no rules for it are.
fn inputs(args: &Lint, lang: Lang) -> Vec<Result<Loaded, String>> {
    let named = args.inputs.iter();
    match (&args.form, &args.inputs[..]) {
        (None, []) => {
            let ids = xxgk::forms().iter().map(|form| form.id());
            ids.map(|id| Loaded::new(id, lang)).collect()
        }
        (Some(form), []) => vec![Loaded::new(form, lang)],
        (None, _) => named.map(|name| Loaded::new(name, lang)).collect(),
        (Some(form), _) => named
            .map(|name| Loaded::new(form, lang)?.with_rules(name, lang))
            .collect(),
    }
}

fn weight(kind: RemarkKind) -> Weight {
    match kind {
        RemarkKind::Contradiction | RemarkKind::NeverHolds | RemarkKind::NeverTogether => {
            Weight::Error
        }
        RemarkKind::Bounded | RemarkKind::Unused => Weight::Note,
        _ => Weight::Warning,
    }
}

fn name(kind: RemarkKind, lang: Lang) -> &'static str {
    let [zh, en] = match kind {
        RemarkKind::Contradiction => ["矛盾", "contradiction"],
        RemarkKind::NeverHolds => ["不可能", "never holds"],
        RemarkKind::NeverTogether => ["不相容", "never together"],
        RemarkKind::NeverFails => ["不起作用", "never fails"],
        RemarkKind::Redundant => ["多余", "redundant"],
        RemarkKind::OnlyEqual => ["只能相等", "only equal"],
        RemarkKind::Bounded => ["固定值", "fixed"],
        RemarkKind::Unused => ["未涉及", "unused"],
        _ => ["未查清", "untold"],
    };
    if lang == Lang::Zh { zh } else { en }
}

/// The rules that some instances are of.
fn rules<'f>(form: &'f Form, instances: &[Arc<str>]) -> Vec<&'f Rule> {
    let of = |rule: &&Arc<Rule>| {
        let mut all = rule.instances().iter();
        all.any(|it| instances.iter().any(|id| **id == *it.id()))
    };
    form.rules().iter().filter(of).map(|rule| &**rule).collect()
}

/// Writes the remarks on a form, then what the rules leave to its cells, then a line that sums it up.
fn show(
    out: &mut impl Write,
    renderer: &Renderer,
    loaded: &Loaded,
    analysis: &Analysis,
    lang: Lang,
) -> io::Result<()> {
    let [mut errors, mut warnings, mut notes] = [0; 3];
    for remark in &analysis.remarks {
        match weight(remark.kind) {
            Weight::Error => errors += 1,
            Weight::Warning => warnings += 1,
            Weight::Note => {
                notes += 1;
                let message = shown(remark.message.get(lang));
                writeln!(out, "{}: {message}\n", name(remark.kind, lang))?;
                continue;
            }
        }
        out.write_all(&drawn(renderer, loaded, remark, lang))?;
        out.write_all(b"\n\n")?;
    }
    if let Some(ranges) = ranges(&loaded.form, &analysis.ranges, lang) {
        writeln!(
            out,
            "{}: {}\n",
            lang.pick("取值范围", "ranges"),
            shown(&ranges)
        )?;
    }
    let instances = loaded.form.instances().count();
    let (name, title) = (shown(&loaded.name), shown(loaded.form.title()));
    match lang {
        Lang::Zh => writeln!(
            out,
            "{name}: {title}：{instances}条规则，错误{errors}处，提醒{warnings}处，说明{notes}处。"
        ),
        Lang::En => writeln!(
            out,
            "{name}: {title}: rules {instances}, errors {errors}, warnings {warnings}, notes {notes}."
        ),
    }
}

/// An error or a warning: what it is, where its rules stand, what they and those that it follows from say.
fn drawn(renderer: &Renderer, loaded: &Loaded, remark: &Remark, lang: Lang) -> Vec<u8> {
    let level = match weight(remark.kind) {
        Weight::Error => Level::ERROR,
        _ => Level::WARNING,
    };
    let about = rules(&loaded.form, &remark.rules);
    let ids: Vec<&str> = about.iter().map(|rule| rule.id()).collect();
    let mut title = level
        .with_name(name(remark.kind, lang))
        .primary_title(shown(remark.message.get(lang)));
    if !ids.is_empty() {
        title = title.id(ids.join(lang.pick("、", ", ")));
    }
    let mut group = Group::with_title(title);
    for RulePlace { name, line, column } in about.iter().filter_map(|it| loaded.place(it.id())) {
        group = group.element(Origin::path(shown(name)).line(line).char_column(column));
    }
    let said = |rule: &&Rule| format!("{} {}", rule.id(), rule.words().get(lang));
    let mut by = rules(&loaded.form, &remark.by);
    by.retain(|rule| !ids.contains(&rule.id()));
    let notes = about
        .iter()
        .map(|rule| (lang.pick("规则", "rule"), said(rule)));
    let by = by.iter().map(|rule| (lang.pick("依据", "by"), said(rule)));
    for (name, note) in notes.chain(by) {
        group = group.element(
            Level::NOTE
                .with_name(name)
                .message(shown(&note).into_owned()),
        );
    }
    snippet::drawn(renderer, &[group])
}

/// What the rules leave to the cells that they bound.
fn ranges(form: &Form, ranges: &[CellRange], lang: Lang) -> Option<String> {
    let said = ranges.iter().filter_map(|it| {
        let [least, most] = it.range?;
        let name = form.indicator(it.cell)?.name();
        match (lang, it.bounds()) {
            // That has a remark of its own.
            _ if least == most => None,
            (_, [None, None]) => None,
            (Lang::Zh, [Some(least), Some(most)]) => Some(format!("“{name}”{least}至{most}")),
            (Lang::Zh, [Some(least), None]) => Some(format!("“{name}”不小于{least}")),
            (Lang::Zh, [None, Some(most)]) => Some(format!("“{name}”不大于{most}")),
            (Lang::En, [Some(least), Some(most)]) => {
                Some(format!("“{name}” from {least} to {most}"))
            }
            (Lang::En, [Some(least), None]) => Some(format!("“{name}” at least {least}")),
            (Lang::En, [None, Some(most)]) => Some(format!("“{name}” at most {most}")),
        }
    });
    let said: Vec<String> = said.collect();
    let shown = said.get(..RANGES).unwrap_or(&said);
    let more = match (said.len() - shown.len(), lang) {
        (0, _) => String::new(),
        (more, Lang::Zh) => format!("；另有{more}项，--format json 全部列出"),
        (more, Lang::En) => format!("; {more} more: --format json lists all"),
    };
    let all = shown.join(lang.pick(";", "; ")) + &more + lang.pick("。", ".");
    (!shown.is_empty()).then_some(all)
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    form: &'a str,
    remarks: Vec<Entry<'a>>,
    ranges: &'a [CellRange],
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: RemarkKind,
    rules: &'a [Arc<str>],
    cells: &'a [Arc<str>],
    by: &'a [Arc<str>],
    minimal: bool,
    /// Where the rules stand.
    places: Vec<RulePlace<'a>>,
    zh: &'a str,
    en: &'a str,
}

impl<'a> Report<'a> {
    fn new(loaded: &'a Loaded, analysis: &'a Analysis) -> Self {
        let entry = |remark: &'a Remark| {
            let about = rules(&loaded.form, &remark.rules);
            let places = about.iter().filter_map(|rule| loaded.place(rule.id()));
            Entry {
                kind: remark.kind,
                rules: &remark.rules,
                cells: &remark.cells,
                by: &remark.by,
                minimal: remark.minimal,
                places: places.collect(),
                zh: &remark.message.zh,
                en: &remark.message.en,
            }
        };
        Report {
            schema: "xxgk/lint/1",
            form: loaded.form.id(),
            remarks: analysis.remarks.iter().map(entry).collect(),
            ranges: &analysis.ranges,
        }
    }
}
