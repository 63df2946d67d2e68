//! `xxgk rules` and `xxgk explain`: what the rules are, and what one of them says.

use std::io::{self, Write};

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use serde::Serialize;
use xxgk::form::{Form, Kind, Rule};
use xxgk::{FINDING_KINDS, FindingKind};
use xxgk::{Lang, Severity, Value};

use crate::Status;
use crate::args::CatalogueFormat;

/// Writes the rules of a form.
pub fn rules(
    form: &Form,
    format: CatalogueFormat,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    match format {
        CatalogueFormat::Table => writeln!(out, "{}", table(form, lang))?,
        CatalogueFormat::Toml => {
            let file = xxgk::FILES.iter().find(|(id, _)| *id == form.id());
            out.write_all(file.map_or("", |(_, text)| text).as_bytes())?;
        }
        CatalogueFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &Catalogue::of(form))?;
            writeln!(out)?;
        }
    }
    Ok(Status::Clean)
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
    for rule in form.rules() {
        table.add_row([
            rule.id(),
            rule.severity().name(lang),
            rule.words().get(lang),
            rule.basis().get(lang),
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
    rules: Vec<RuleEntry<'a>>,
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
            },
        };
        let rule = |rule: &'a std::sync::Arc<Rule>| RuleEntry {
            id: rule.id(),
            severity: rule.severity(),
            statement: rule.text(),
            words: rule.words(),
            basis: rule.basis(),
            cells: rule.statement().keys(),
        };
        Catalogue {
            form: form.id(),
            title: form.title(),
            source: form.source(),
            rows: form.rows().iter().map(row).collect(),
            rules: form.rules().iter().map(rule).collect(),
        }
    }
}

/// Writes what one rule, or one structural finding, means.
pub fn explain(id: &str, lang: Lang, out: &mut impl Write) -> io::Result<Status> {
    let wanted = id.to_uppercase();
    if let Some(kind) = FINDING_KINDS.iter().find(|kind| kind.id == wanted) {
        return structural(kind, lang, out);
    }
    for form in xxgk::forms() {
        if let Some(rule) = form.rule(&wanted) {
            return relation(form, rule, lang, out);
        }
    }
    let ids = |form: &Form| {
        form.rules()
            .iter()
            .map(|rule| rule.id().to_string())
            .collect::<Vec<_>>()
    };
    let known: Vec<String> = xxgk::forms().iter().flat_map(|form| ids(form)).collect();
    let structural: Vec<&str> = FINDING_KINDS.iter().map(|kind| kind.id).collect();
    let (no, all) = (
        lang.pick("没有规则", "no rule"),
        lang.pick("已有", "there are"),
    );
    eprintln!(
        "xxgk: {no} {id}; {all}: {} {}",
        known.join(" "),
        structural.join(" ")
    );
    Ok(Status::Unreadable)
}

fn structural(kind: &FindingKind, lang: Lang, out: &mut impl Write) -> io::Result<Status> {
    let [title, meaning] = [kind.title, kind.meaning].map(|[zh, en]| lang.pick(zh, en));
    writeln!(
        out,
        "{} {title} ({})\n\n{meaning}",
        kind.id,
        kind.severity.name(lang)
    )?;
    Ok(Status::Clean)
}

fn relation(form: &Form, rule: &Rule, lang: Lang, out: &mut impl Write) -> io::Result<Status> {
    writeln!(
        out,
        "{} ({}) {}\n",
        rule.id(),
        rule.severity().name(lang),
        form.title()
    )?;
    writeln!(
        out,
        "{}\n  {}\n",
        lang.pick("规则", "Rule"),
        rule.words().get(lang)
    )?;
    writeln!(
        out,
        "{}\n  {}\n",
        lang.pick("表达式", "Statement"),
        rule.text()
    )?;
    writeln!(
        out,
        "{}\n  {}\n",
        lang.pick("依据", "Basis"),
        rule.basis().get(lang)
    )?;
    writeln!(out, "{}", lang.pick("涉及的行", "Rows"))?;
    for row in rule.slots().iter().filter_map(|slot| form.indicator(*slot)) {
        writeln!(out, "  {:<8} {} ({})", row.code(), row.label(), row.unit())?;
    }
    for parameter in rule
        .slots()
        .iter()
        .filter_map(|slot| form.parameters().get(slot.checked_sub(form.cells())?))
    {
        writeln!(
            out,
            "  {:<8} {} ({})",
            "—",
            parameter.label().get(lang),
            lang.pick("另行申报", "declared")
        )?;
    }
    let cells = |cells: &[(usize, Value)]| {
        let cell = |(cell, value): &(usize, Value)| {
            Some(format!("{} = {value}", form.indicator(*cell)?.name()))
        };
        cells
            .iter()
            .filter_map(cell)
            .collect::<Vec<_>>()
            .join(lang.pick(",", ", "))
    };
    writeln!(
        out,
        "\n{}",
        lang.pick(
            "例子(未列出的各格为0)",
            "Examples (the cells that are not listed hold 0)"
        )
    )?;
    writeln!(
        out,
        "  {} {}",
        lang.pick("符合:", "holds:"),
        cells(rule.passes())
    )?;
    writeln!(
        out,
        "  {} {}",
        lang.pick("不符合:", "fails:"),
        cells(rule.fails())
    )?;
    writeln!(out, "  → {}", rule.example(lang))?;
    Ok(Status::Clean)
}
