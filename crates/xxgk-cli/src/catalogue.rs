//! `xxgk rules`, `xxgk explain` and `xxgk formats`: what the rules are, what one of them says, and which files are read.

use std::io::{self, Write};
use std::sync::Arc;

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use serde::Serialize;
use xxgk::form::{Form, Instance, Kind, Rule, Section};
use xxgk::{Example, FINDING_KINDS, FindingKind};
use xxgk::{Lang, Severity, Value};
use xxgk_read::{Format, ReadError};

use crate::Status;
use crate::args::CatalogueFormat;
use crate::shown::{shown, tell};

/// Writes the rules of the forms.
pub fn rules(
    forms: &[Arc<Form>],
    format: CatalogueFormat,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    match (format, forms) {
        (CatalogueFormat::Table, _) => {
            for (index, form) in forms.iter().enumerate() {
                let between = if index > 0 { "\n" } else { "" };
                writeln!(
                    out,
                    "{between}{} {}{}",
                    form.id(),
                    shown(form.title()),
                    bracketed(form.source(), lang)
                )?;
                writeln!(out, "{}", table(form, lang))?;
            }
        }
        (CatalogueFormat::Toml, [form]) => {
            let file = xxgk::FILES.iter().find(|(_, text)| {
                Form::from_toml(text).is_ok_and(|it| it.to_toml() == form.to_toml())
            });
            // The file of a built-in form has comments, which what is written from its fields has not.
            match file {
                Some((_, text)) => out.write_all(text.as_bytes())?,
                None => out.write_all(form.to_toml().as_bytes())?,
            }
        }
        (CatalogueFormat::Toml, _) => {
            let which = lang.pick("请用 --form 指定一种表式", "name one form with --form");
            tell(which);
            return Ok(Status::Unreadable);
        }
        (CatalogueFormat::Json, _) => {
            let catalogues: Vec<Catalogue> = forms.iter().map(|form| Catalogue::of(form)).collect();
            serde_json::to_writer_pretty(&mut *out, &catalogues)?;
            writeln!(out)?;
        }
    }
    Ok(Status::Clean)
}

/// Writes the formats of files, and why others are refused.
pub fn formats(lang: Lang, out: &mut impl Write) -> io::Result<Status> {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header([
        lang.pick("格式", "format"),
        lang.pick("常见的扩展名", "usual names"),
        lang.pick("说明", "what it is"),
    ]);
    for format in Format::ALL {
        let what = match format.is_built() {
            true => format.described(),
            false => ReadError::NotBuilt(format).message(),
        };
        let names = format.extensions().join(" ");
        table.add_row([&format.to_string(), &names, what.get(lang)]);
    }
    writeln!(out, "{table}")?;
    let told = lang.pick(
        "文件是什么格式按内容辨认，与扩展名无关。以下文件不能读取：",
        "What a file is, is told from its content, whatever it is called. Not read are:",
    );
    writeln!(out, "{told}")?;
    for error in [
        ReadError::Scan,
        ReadError::Image,
        ReadError::Archive,
        ReadError::Encrypted,
    ] {
        writeln!(out, "- {}", error.message().get(lang))?;
    }
    Ok(Status::Clean)
}

/// The rules of a form, those of one table and then those between years.
fn all_rules(form: &Form) -> impl Iterator<Item = &Arc<Rule>> {
    form.rules().iter().chain(form.series())
}

fn table(form: &Form, lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header([
        lang.pick("编号", "id"),
        lang.pick("性质", "severity"),
        lang.pick("规则", "rule"),
        lang.pick("依据", "basis"),
    ]);
    for rule in all_rules(form) {
        let severity = match rule.off() {
            None => rule.severity().name(lang),
            Some(_) => lang.pick("停用", "off"),
        };
        table.add_row([
            rule.id(),
            severity,
            rule.words().get(lang),
            rule.off().unwrap_or(rule.basis()).get(lang),
        ]);
    }
    table
}

#[derive(Serialize)]
struct Catalogue<'a> {
    form: &'a str,
    title: &'a str,
    source: &'a str,
    rows: Vec<RowEntry<'a>>,
    columns: Vec<ColumnEntry<'a>>,
    rules: Vec<RuleEntry<'a>>,
}

#[derive(Serialize)]
struct ColumnEntry<'a> {
    section: &'a str,
    key: &'a str,
    label: &'a str,
    group: Option<&'a str>,
}

#[derive(Serialize)]
struct RowEntry<'a> {
    code: &'a str,
    key: &'a str,
    label: &'a str,
    note: Option<&'a str>,
    unit: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct RuleEntry<'a> {
    id: &'a str,
    severity: Severity,
    statement: &'a str,
    words: &'a xxgk::Text,
    basis: &'a xxgk::Text,
    instances: usize,
    off: Option<&'a xxgk::Text>,
    cells: Vec<&'a str>,
}

impl<'a> Catalogue<'a> {
    fn of(form: &'a Form) -> Self {
        let row = |row: &'a xxgk::form::Row| RowEntry {
            code: row.code(),
            key: row.key(),
            label: row.label(),
            note: row.note(),
            unit: row.unit(),
            kind: match row.kind() {
                Kind::Heading => "heading",
                Kind::Count => "count",
                Kind::Amount => "amount",
                Kind::Change => "change",
            },
        };
        let columns = |section: &'a Section| {
            section.columns().iter().map(|column| ColumnEntry {
                section: section.key(),
                key: column.key(),
                label: column.label(),
                group: column.group(),
            })
        };
        let rule = |rule: &'a Arc<Rule>| RuleEntry {
            id: rule.id(),
            severity: rule.severity(),
            statement: rule.text(),
            words: rule.words(),
            basis: rule.basis(),
            instances: rule.instances().len(),
            off: rule.off(),
            cells: rule.statement().keys(),
        };
        Catalogue {
            form: form.id(),
            title: form.title(),
            source: form.source(),
            rows: form.rows().iter().map(row).collect(),
            columns: form.sections().iter().flat_map(columns).collect(),
            rules: all_rules(form).map(rule).collect(),
        }
    }
}

/// Writes the cells that a rule speaks of; of a rule over rows or columns, those of the first.
fn cells_of(
    form: &Form,
    rule: &Rule,
    instance: &Instance,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<()> {
    let previous = form.cells() + form.parameters().len();
    for slot in instance.slots().iter().copied() {
        if let Some(cell) = form.indicator(slot) {
            let label = match cell.column() {
                Some(_) => cell.name(),
                None => form.rows()[cell.row()].label(),
            };
            let (label, unit) = (shown(label), bracketed(cell.unit(), lang));
            writeln!(out, "  {:<8} {label}{unit}", cell.code())?;
        } else if let Some(parameter) = form.parameters().get(slot - form.cells()) {
            let declared = lang.pick("另行申报", "declared");
            writeln!(
                out,
                "  {:<8} {}{}",
                "—",
                shown(parameter.label().get(lang)),
                bracketed(declared, lang)
            )?;
        } else if let Some(cell) = form.indicator(slot - previous) {
            let year = lang.pick("上年", "last year");
            let of = [cell.unit(), year].join(lang.pick("，", ", "));
            writeln!(
                out,
                "  {:<8} {}{}",
                cell.code(),
                shown(cell.name()),
                bracketed(&of, lang)
            )?;
        }
    }
    if rule.instances().len() > 1 {
        let names: Vec<&str> = rule.instances().iter().filter_map(Instance::name).collect();
        let each = lang.pick(
            "以上为第一项；逐项审核",
            "These are of the first; each is checked",
        );
        let (colon, comma) = (lang.pick("：", ": "), lang.pick("、", ", "));
        writeln!(out, "  {each}{colon}{}", names.join(comma))?;
    }
    Ok(())
}

/// Writes what one rule of each form that has it, or one structural finding, means.
pub fn explain(
    id: &str,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let wanted = id.to_uppercase();
    if let Some(kind) = FindingKind::of(&wanted) {
        return structural(kind, lang, out);
    }
    let named = |form: &'_ Arc<Form>| {
        let of_id = |rule: &&Arc<Rule>| rule.id().eq_ignore_ascii_case(id);
        all_rules(form).find(of_id).cloned()
    };
    let mut found = false;
    for (form, rule) in forms.iter().filter_map(|form| Some((form, named(form)?))) {
        if std::mem::replace(&mut found, true) {
            writeln!(out)?;
        }
        relation(form, &rule, lang, out)?;
    }
    if found {
        return Ok(Status::Clean);
    }
    let mut known: Vec<&str> = forms
        .iter()
        .flat_map(|form| all_rules(form).map(|rule| rule.id()))
        .chain(FINDING_KINDS.iter().map(|kind| kind.id))
        .collect();
    known.sort_unstable();
    known.dedup();
    let (no, all) = (
        lang.pick("没有规则", "no rule"),
        lang.pick("已有", "there are"),
    );
    let [semicolon, colon] = [lang.pick("；", "; "), lang.pick("：", ": ")];
    tell(format_args!(
        "{no} {}{semicolon}{all}{colon}{}",
        shown(id),
        known.join(" ")
    ));
    Ok(Status::Unreadable)
}

fn structural(kind: &FindingKind, lang: Lang, out: &mut impl Write) -> io::Result<Status> {
    let [title, meaning] = [kind.title, kind.meaning].map(|[zh, en]| lang.pick(zh, en));
    writeln!(
        out,
        "{} {title}{}\n\n{meaning}",
        kind.id,
        bracketed(kind.severity.name(lang), lang)
    )?;
    writeln!(out, "\n{}", lang.pick("例子", "Example"))?;
    for line in example(kind.example, lang) {
        writeln!(out, "  {line}")?;
    }
    Ok(Status::Clean)
}

/// The lines of an example.
fn example(example: Example, lang: Lang) -> Vec<String> {
    let name = |key: &str| {
        let mut indicators = xxgk::forms().iter().flat_map(|form| form.indicators());
        let indicator = indicators.find(|it| it.key() == key);
        indicator.map_or(key, |it| it.name()).to_owned()
    };
    match example {
        Example::Rows(text)
        | Example::BlankRows(text)
        | Example::Sentence(text)
        | Example::Document(text)
        | Example::Records(text) => text.lines().map(str::to_owned).collect(),
        Example::Report(text) => {
            let table = lang.pick("（统计表）", "(table)");
            let lines = text.lines();
            lines
                .map(|line| if line.starts_with('{') { table } else { line }.to_owned())
                .collect()
        }
        Example::Sheet { rows, hidden } => {
            let lines = rows.lines().map(str::to_owned);
            let note = lang.pick("（在隐藏的工作表里）", "(on a hidden sheet)");
            lines.chain(hidden.then(|| note.to_owned())).collect()
        }
        Example::File(bytes) => vec![format!("{}…", String::from_utf8_lossy(bytes))],
        Example::Share { part, base, stated } => {
            let [some, all] = [part, base].map(|(key, figure)| (name(key), figure));
            vec![match lang {
                Lang::Zh => format!("“{}”{}占“{}”{}的{stated}", some.0, some.1, all.0, all.1),
                Lang::En => format!(
                    "“{}”, {}, is {stated} of “{}”, {}",
                    some.0, some.1, all.0, all.1
                ),
            }]
        }
        Example::Years(figures) => {
            let [before, now] = [
                lang.pick("上年", "last year "),
                lang.pick("本年", "this year "),
            ];
            let line = |(key, last, this): &(&str, u64, u64)| {
                format!("{} | {before}{last} | {now}{this}", name(key))
            };
            figures.iter().map(line).collect()
        }
        Example::Levels(key, figure, parts) | Example::OtherYear(key, figure, parts) => {
            let other_year = matches!(example, Example::OtherYear(..));
            let [level, below] = [
                lang.pick("本级", "the level "),
                match other_year {
                    false => lang.pick("下级", "a part "),
                    true => lang.pick("下级（上年）", "a part of last year "),
                },
            ];
            let part = |part: &Option<u64>| match part {
                Some(figure) => format!(" | {below}{figure}"),
                None => format!(" | {below}—"),
            };
            let parts: String = parts.iter().map(part).collect();
            vec![format!("{} | {level}{figure}{parts}", name(key))]
        }
        _ => Vec::new(),
    }
}

fn relation(form: &Form, rule: &Rule, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{}{} {}\n",
        rule.id(),
        bracketed(rule.severity().name(lang), lang),
        shown(form.title())
    )?;
    writeln!(
        out,
        "{}\n  {}\n",
        lang.pick("规则", "Rule"),
        shown(rule.words().get(lang))
    )?;
    writeln!(
        out,
        "{}\n  {}\n",
        lang.pick("表达式", "Statement"),
        shown(rule.text())
    )?;
    writeln!(
        out,
        "{}\n  {}\n",
        lang.pick("依据", "Basis"),
        shown(rule.basis().get(lang))
    )?;
    writeln!(out, "{}", lang.pick("涉及的行", "Rows"))?;
    for instance in rule.instances().iter().take(1) {
        cells_of(form, rule, instance, lang, out)?;
    }
    examples(form, rule, lang, out)?;
    if let Some(reason) = rule.off() {
        let off = lang.pick("停用", "Switched off");
        writeln!(out, "\n{off}\n  {}", shown(reason.get(lang)))?;
    }
    Ok(())
}

/// Writes what satisfies a rule and what breaks it, as far as the form's file says it.
fn examples(form: &Form, rule: &Rule, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let cells = |cells: &[(usize, Value)]| {
        let cell = |(slot, value): &(usize, Value)| {
            Some(format!("{} = {value}", form.slot_name(*slot, lang)?))
        };
        let cells: Vec<String> = cells.iter().filter_map(cell).collect();
        cells.join(lang.pick("，", ", "))
    };
    let (passes, fails) = (rule.passes(), rule.fails());
    if passes.is_empty() && fails.is_empty() {
        return Ok(());
    }
    let title = lang.pick(
        "例子（未列出的各格为0）",
        "Examples (the cells that are not listed hold 0)",
    );
    writeln!(out, "\n{title}")?;
    if !passes.is_empty() {
        writeln!(
            out,
            "  {}{}",
            lang.pick("符合：", "holds: "),
            shown(&cells(passes))
        )?;
    }
    if !fails.is_empty() {
        writeln!(
            out,
            "  {}{}",
            lang.pick("不符合：", "fails: "),
            cells(fails)
        )?;
        writeln!(out, "  → {}", shown(&rule.example(lang)))?;
    }
    Ok(())
}

/// A text in brackets, as the language sets them.
fn bracketed(text: &str, lang: Lang) -> String {
    let text = shown(text);
    match lang {
        Lang::Zh => format!("（{text}）"),
        Lang::En => format!(" ({text})"),
    }
}
