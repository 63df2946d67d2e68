//! A form's TOML file, checked and turned into a [`Form`].

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::Form;
use super::error::{FormError, FormErrorKind};
use super::label::{self, Labels};
use super::message::{Named, Template};
use super::row::{Kind, Parameter, Rate, Row};
use super::rule::Rule;
use crate::lang::{Lang, Text};
use crate::number::Value;
use crate::rule::compile::{Node, Slot, compile};
use crate::rule::{Severity, Statement, is_name};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    id: String,
    title: String,
    source: String,
    first_year: u16,
    last_year: u16,
    #[serde(default, rename = "parameter")]
    parameters: Vec<ParameterFile>,
    #[serde(default, rename = "rate")]
    rates: Vec<RateFile>,
    #[serde(rename = "row")]
    rows: Vec<RowFile>,
    #[serde(default, rename = "rule")]
    rules: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    #[serde(rename = "rule")]
    rules: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    key: Spanned<String>,
    label: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateFile {
    key: Spanned<String>,
    label: Text,
    part: Spanned<String>,
    base: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowFile {
    code: Spanned<String>,
    key: Spanned<String>,
    label: String,
    note: Option<String>,
    unit: Option<String>,
    kind: Option<KindFile>,
    share_of: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindFile {
    Count,
    Amount,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: Spanned<String>,
    severity: Severity,
    statement: Spanned<String>,
    basis: Text,
    message: Option<Spanned<Text>>,
    #[serde(default)]
    passes: BTreeMap<String, ExampleFile>,
    #[serde(default)]
    fails: BTreeMap<String, ExampleFile>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ExampleFile {
    Count(u64),
    Amount(String),
}

/// Reads a file's fields; where TOML or a field is wrong, the error points at it.
fn fields<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, FormError> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        FormError::new(FormErrorKind::Toml(error.message().to_owned()), text, span)
    })
}

pub(super) fn form(text: &str) -> Result<Form, FormError> {
    let file: FormFile = fields(text)?;
    let fail = |kind, span: Range<usize>| Err(FormError::new(kind, text, span));
    let mut form = Form {
        id: file.id.into(),
        title: file.title,
        source: file.source,
        years: file.first_year..=file.last_year,
        rows: Vec::new(),
        cells: Vec::new(),
        parameters: Vec::new(),
        rates: Vec::new(),
        rules: Vec::new(),
        by_key: HashMap::new(),
        labels: Labels::default(),
    };
    let mut by_code = HashMap::new();
    for row in &file.rows {
        let (code, key) = (row.code.get_ref(), row.key.get_ref());
        if !key.split('.').all(is_name) {
            return fail(FormErrorKind::Key(key.clone()), row.key.span());
        }
        let kind = match (&row.kind, row.unit.as_deref()) {
            (None, None) => Kind::Heading,
            (Some(KindFile::Count), Some(_)) => Kind::Count,
            (Some(KindFile::Amount), Some("万元")) => Kind::Amount,
            (Some(KindFile::Amount), Some(unit)) => {
                return fail(FormErrorKind::AmountUnit(unit.to_owned()), row.key.span());
            }
            _ => return fail(FormErrorKind::Unit(key.clone()), row.key.span()),
        };
        let index = form.rows.len();
        if by_code.insert(code.clone(), index).is_some() {
            return fail(FormErrorKind::Twice(code.clone()), row.code.span());
        }
        if form.by_key.insert(key.as_str().into(), index).is_some() {
            return fail(FormErrorKind::Twice(key.clone()), row.key.span());
        }
        let parent = code
            .rsplit_once('.')
            .and_then(|(above, _)| by_code.get(above).copied());
        let cell = (kind != Kind::Heading).then_some(form.cells.len());
        form.cells.extend(cell.map(|_| index));
        form.rows.push(Row {
            code: code.as_str().into(),
            key: key.as_str().into(),
            name: label::name(&row.label).into(),
            label: row.label.as_str().into(),
            note: row.note.clone(),
            unit: row.unit.clone().unwrap_or_default(),
            kind,
            cell,
            parent,
            share_of: None,
        });
    }
    for row in &file.rows {
        // A typed struct cannot have a field that is a value and a struct at once.
        let key = row.key.get_ref();
        let above = key
            .rmatch_indices('.')
            .filter_map(|(dot, _)| key.get(..dot));
        if let Some(value) = above
            .filter_map(|key| form.row(key))
            .find(|row| row.cell.is_some())
        {
            return fail(
                FormErrorKind::Nested(value.key.to_string(), key.clone()),
                row.key.span(),
            );
        }
    }
    let with_value = |form: &Form, key: &Spanned<String>| match form.row(key.get_ref()) {
        Some(row) if row.cell.is_some() => Ok(row.key.clone()),
        _ => Err(FormError::new(
            FormErrorKind::UnknownKey(key.get_ref().clone()),
            text,
            key.span(),
        )),
    };
    for row in &file.rows {
        if let Some(base) = &row.share_of {
            let base = form.row_index(&with_value(&form, base)?);
            let row = form
                .row_index(row.key.get_ref())
                .and_then(|row| form.rows.get_mut(row));
            if let Some(row) = row {
                row.share_of = base;
            }
        }
    }
    for rate in &file.rates {
        form.rates.push(Rate {
            key: rate.key.get_ref().as_str().into(),
            label: rate.label.clone(),
            part: with_value(&form, &rate.part)?,
            base: with_value(&form, &rate.base)?,
        });
    }
    for parameter in file.parameters {
        let key = parameter.key.get_ref();
        if !is_name(key) {
            return fail(FormErrorKind::Key(key.clone()), parameter.key.span());
        }
        if form.by_key.contains_key(key.as_str())
            || form.parameters.iter().any(|other| *other.key == **key)
        {
            return fail(FormErrorKind::Twice(key.clone()), parameter.key.span());
        }
        form.parameters.push(Parameter {
            key: key.as_str().into(),
            label: parameter.label,
        });
    }
    form.labels = Labels::new(&form.rows);
    for file in file.rules {
        let rule = rule(&form, file, text)?;
        form.rules.push(Arc::new(rule));
    }
    Ok(form)
}

pub(super) fn add_rules(form: &mut Form, text: &str) -> Result<(), FormError> {
    for file in fields::<RulesFile>(text)?.rules {
        let rule = rule(form, file, text)?;
        form.rules.push(Arc::new(rule));
    }
    Ok(())
}

/// The cell or parameter of a key.
fn slot(form: &Form, key: &str) -> Option<Slot> {
    if let Some(row) = form.row(key) {
        return row.cell.map(|index| Slot {
            index,
            amount: row.kind == Kind::Amount,
        });
    }
    let parameter = form
        .parameters
        .iter()
        .position(|parameter| &*parameter.key == key)?;
    Some(Slot {
        index: form.cells() + parameter,
        amount: false,
    })
}

/// The name of a row or a parameter.
fn name<'a>(form: &'a Form, key: &str) -> Option<&'a str> {
    let parameter = || {
        form.parameters
            .iter()
            .find(|parameter| &*parameter.key == key)
    };
    form.row(key)
        .map(|row| &*row.name)
        .or_else(|| parameter().map(|parameter| parameter.label.zh.as_str()))
}

fn rule(form: &Form, file: RuleFile, text: &str) -> Result<Rule, FormError> {
    let fail = |kind, span: Range<usize>| FormError::new(kind, text, span);
    let id = file.id.get_ref();
    if form.rule(id).is_some() {
        return Err(fail(FormErrorKind::Twice(id.clone()), file.id.span()));
    }
    let span = file.statement.span();
    let statement: Statement =
        file.statement
            .get_ref()
            .parse()
            .map_err(|error: crate::rule::ParseError| {
                // One character for the opening quote; in a string with escapes it is near enough.
                let start = (span.start + 1 + error.span.start).min(span.end);
                let end = (span.start + 1 + error.span.end).min(span.end);
                fail(FormErrorKind::Parse(error), start..end)
            })?;
    let node = compile(&statement, &|key| slot(form, key))
        .map_err(|error| fail(FormErrorKind::Compile(error), span.clone()))?;
    let slots: Box<[usize]> = statement
        .keys()
        .iter()
        .filter_map(|key| Some(slot(form, key)?.index))
        .collect();
    let message = message(form, &file, &node, text)?;
    let example = |cells: &BTreeMap<String, ExampleFile>| {
        let mut out = Vec::new();
        for (key, value) in cells {
            let cell = example_cell(form, key, value).filter(|(cell, _)| slots.contains(cell));
            out.push(
                cell.ok_or_else(|| fail(FormErrorKind::Example(key.clone()), file.id.span()))?,
            );
        }
        out.sort_by_key(|(cell, _)| *cell);
        Ok(out)
    };
    let words = |lang| statement.in_words(lang, &|key| name(form, key).unwrap_or(key).to_owned());
    Ok(Rule {
        passes: example(&file.passes)?,
        fails: example(&file.fails)?,
        id: id.as_str().into(),
        severity: file.severity,
        text: statement.to_string().into(),
        words: Text::new(words(Lang::Zh), words(Lang::En)),
        statement,
        basis: Arc::new(file.basis),
        message,
        slots,
        node,
    })
}

/// The messages of a rule; one without has its sides named.
fn message(
    form: &Form,
    file: &RuleFile,
    node: &Node,
    text: &str,
) -> Result<[Template; 2], FormError> {
    let has_sides = node.has_sides();
    let id = file.id.get_ref();
    let (texts, span) = match &file.message {
        Some(message) => (message.get_ref().clone(), message.span()),
        None if has_sides => (
            Text::new(
                format!(
                    "不符合规则{id}:左边为{{left}},右边为{{right}},相差{{difference}}。请核对有关各行。"
                ),
                format!(
                    "Rule {id} does not hold: left {{left}}, right {{right}}, a difference of {{difference}}. Check its rows."
                ),
            ),
            file.id.span(),
        ),
        None => (
            Text::new(
                format!("不符合规则{id}。请核对有关各行。"),
                format!("Rule {id} does not hold. Check its rows."),
            ),
            file.id.span(),
        ),
    };
    let named = |key: &str| {
        let index = slot(form, key)?.index;
        Some(Named {
            name: name(form, key)?,
            index,
        })
    };
    let parse = |message: &str| {
        let template = Template::parse(message, &named)
            .map_err(|place| FormError::new(FormErrorKind::Message(place), text, span.clone()))?;
        if template.shows_sides() && !has_sides {
            return Err(FormError::new(FormErrorKind::NoSides, text, span.clone()));
        }
        Ok(template)
    };
    Ok([parse(&texts.zh)?, parse(&texts.en)?])
}

fn example_cell(form: &Form, key: &str, value: &ExampleFile) -> Option<(usize, Value)> {
    let slot = slot(form, key)?;
    let value = match (value, slot.amount) {
        (ExampleFile::Count(count), false) => Value::Count(*count),
        (ExampleFile::Count(count), true) => Value::Amount(Decimal::from(*count)),
        (ExampleFile::Amount(amount), true) => Value::Amount(Decimal::from_str_exact(amount).ok()?),
        (ExampleFile::Amount(_), false) => return None,
    };
    value.scaled()?;
    Some((slot.index, value))
}
