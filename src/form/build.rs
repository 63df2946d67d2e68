//! A form's file, checked and turned into a [`Form`].

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;
use toml::Spanned;

use super::error::{FormError, FormErrorKind};
use super::file::{ColumnFile, ExampleFile, FormFile, KindFile, RowFile, RuleFile, SectionFile};
use super::heading::Headings;
use super::label::{self, Labels};
use super::message::{Named, Template};
use super::part::Part;
use super::phrase::{self, Phrases};
use super::row::{Column, Indicator, Parameter, Rate, Row, Section};
use super::rule::{Instance, Rule, SwitchedOff, scaled};
use super::{Definition, Form, sound};
use crate::lang::{Lang, Text};
use crate::number::{Kind, Value};
use crate::rule::compile::{Node, Slot, compile};
use crate::rule::{
    self, Axis, CompileError, Meaning, Outcome, Quantified, Quantifier, Statement, is_name,
    replaced,
};
use crate::toml_file::nearest;

/// A form has no more cells than this, and its rules have no more instances.
const MAX_CELLS: usize = 1 << 16;
/// An instance of a rule has no more terms than this, with all definitions written out.
const MAX_TERMS: usize = 1 << 14;
/// What stands before the keys of the year before.
const PREVIOUS: &str = "previous.";

/// Builds a form from its file, whose text is wanted only to say where an error is.
pub(super) fn form(file: FormFile, text: &str) -> Result<Form, FormError> {
    let file = Arc::new(file);
    let mut builder = Builder {
        form: Form {
            id: file.id.get_ref().clone().into(),
            title: file.title.clone(),
            source: file.source.clone(),
            years: *file.first_year.get_ref()..=*file.last_year.get_ref(),
            sections: Vec::new(),
            rows: Vec::new(),
            indicators: Vec::new(),
            parameters: Vec::new(),
            rates: Vec::new(),
            definitions: Vec::new(),
            rules: Vec::new(),
            series: Vec::new(),
            by_key: HashMap::new(),
            row_by_key: HashMap::new(),
            labels: Labels::default(),
            headings: Headings::default(),
            phrases: Phrases::default(),
            sums: OnceLock::new(),
            parts: file.parts.iter().map(Part::of).collect(),
            live: 0,
            switched_off: Vec::new(),
            file: file.clone(),
        },
        text,
        by_code: HashMap::new(),
        instances: 0,
    };
    if let Some((kind, span)) = sound::wrong(&file) {
        return builder.fail(kind, span);
    }
    builder.sections(&file)?;
    builder.names(&file)?;
    builder.form.phrases = match phrase::build(&builder.form, &file) {
        Ok(phrases) => phrases,
        Err(key) => return builder.unknown(key),
    };
    for rule in &file.rules {
        let rule = builder.rule(rule, false)?;
        match &rule.off {
            None => builder.form.live += rule.instances.len(),
            Some(reason) => builder.form.switched_off.push(SwitchedOff {
                rule: rule.id.clone(),
                reason: reason.clone(),
            }),
        }
        builder.form.rules.push(Arc::new(rule));
    }
    for rule in &file.series {
        let rule = builder.rule(rule, true)?;
        builder.form.series.push(Arc::new(rule));
    }
    Ok(builder.form)
}

struct Builder<'a> {
    form: Form,
    text: &'a str,
    by_code: HashMap<String, usize>,
    instances: usize,
}

impl Builder<'_> {
    fn fail<T>(&self, kind: FormErrorKind, span: Range<usize>) -> Result<T, FormError> {
        Err(FormError::new(kind, self.text, span))
    }

    // ---- sections, rows and columns ----

    fn sections(&mut self, file: &FormFile) -> Result<(), FormError> {
        if !file.rows.is_empty() {
            self.section(None, &file.columns, &file.rows)?;
        }
        for section in &file.sections {
            let key = section.key.get_ref();
            if !is_name(key) {
                return self.fail(FormErrorKind::Key(key.clone()), section.key.span());
            }
            if self.form.sections.iter().any(|other| *other.key == **key) {
                return self.fail(FormErrorKind::Twice(key.clone()), section.key.span());
            }
            self.section(Some(section), &section.columns, &section.rows)?;
        }
        for row in file.all_rows() {
            // A typed struct cannot have a field that is a value and a struct at once.
            let key = row.key.get_ref();
            let above = key
                .rmatch_indices('.')
                .filter_map(|(dot, _)| key.get(..dot));
            if let Some(value) = above
                .filter_map(|key| self.form.row(key))
                .find(|row| !row.cells.is_empty())
            {
                let kind = FormErrorKind::Nested(value.key.to_string(), key.clone());
                return self.fail(kind, row.key.span());
            }
            if let Some(base) = &row.share_of {
                let base = match self.form.row_by_key.get(base.get_ref().as_str()) {
                    Some(base) => *base,
                    None => return self.unknown(base),
                };
                let index = self.form.row_by_key.get(key.as_str()).copied();
                if let Some(row) = index.and_then(|index| self.form.rows.get_mut(index)) {
                    row.share_of = Some(base);
                }
            }
        }
        self.form.labels = Labels::new(&self.form.rows);
        self.form.headings = Headings::new(&self.form.sections);
        Ok(())
    }

    fn section(
        &mut self,
        file: Option<&SectionFile>,
        columns: &[ColumnFile],
        rows: &[RowFile],
    ) -> Result<(), FormError> {
        for (index, column) in columns.iter().enumerate() {
            let key = column.key.get_ref();
            if !is_name(key) {
                return self.fail(FormErrorKind::Key(key.clone()), column.key.span());
            }
            let twice = columns.iter().take(index).find(|it| it.key == column.key);
            if let Some(other) = twice {
                return self.fail(
                    FormErrorKind::Twice(key.clone()),
                    later(&column.key, &other.key),
                );
            }
        }
        let first = self.form.rows.len();
        for row in rows {
            self.row(row, columns)?;
        }
        self.form.sections.push(Section {
            key: file.map_or("", |file| file.key.get_ref()).into(),
            title: file.map_or_else(|| self.form.title.clone(), |file| file.title.clone()),
            cells: file.and_then(|file| file.cells.clone()),
            across: file.is_some_and(|file| file.across),
            columns: columns
                .iter()
                .map(|column| Column {
                    key: column.key.get_ref().as_str().into(),
                    label: column.label.get_ref().clone(),
                    name: column
                        .name
                        .as_ref()
                        .unwrap_or(column.label.get_ref())
                        .as_str()
                        .into(),
                    also: column.also.clone(),
                    group: column.group.clone(),
                    whole: column.whole,
                })
                .collect(),
            rows: first..self.form.rows.len(),
        });
        Ok(())
    }

    fn row(&mut self, row: &RowFile, columns: &[ColumnFile]) -> Result<(), FormError> {
        let (code, key) = (row.code.get_ref(), row.key.get_ref());
        if !key.split('.').all(is_name) {
            return self.fail(FormErrorKind::Key(key.clone()), row.key.span());
        }
        let kind = self.kind(row.kind, row.unit.as_deref(), &row.key)?;
        let index = self.form.rows.len();
        if let Some(other) = self.by_code.insert(code.clone(), index) {
            let span = later(&row.code, &self.file_row(other).code);
            return self.fail(FormErrorKind::Twice(code.clone()), span);
        }
        let shared: Arc<str> = key.as_str().into();
        if let Some(other) = self.form.row_by_key.insert(shared.clone(), index) {
            let span = later(&row.key, &self.file_row(other).key);
            return self.fail(FormErrorKind::Twice(key.clone()), span);
        }
        let first = self.form.indicators.len();
        let name: Arc<str> = row
            .name
            .as_deref()
            .unwrap_or(label::name(row.label.get_ref()))
            .into();
        let unit = row.unit.clone().unwrap_or_default();
        let mut indicator = |column: Option<(usize, &ColumnFile)>| {
            let (kind_of, unit_of) = match column {
                Some((_, column)) if column.kind.is_some() || column.unit.is_some() => (
                    column.kind.or(row.kind),
                    column.unit.as_deref().or(row.unit.as_deref()),
                ),
                _ => (row.kind, row.unit.as_deref()),
            };
            let kind = self.kind(kind_of, unit_of, column.map_or(&row.key, |(_, it)| &it.key))?;
            self.form.indicators.push(Indicator {
                code: match column {
                    Some((number, _)) => format!("{code}/{}", number + 1).into(),
                    None => code.as_str().into(),
                },
                key: match column {
                    Some((_, column)) => format!("{key}.{}", column.key.get_ref()).into(),
                    None => shared.clone(),
                },
                name: match column {
                    Some((_, column)) => {
                        let column = column.name.as_ref().unwrap_or(column.label.get_ref());
                        format!("{name}（{column}）").into()
                    }
                    None => name.clone(),
                },
                unit: unit_of.unwrap_or_default().into(),
                kind,
                row: index,
                column: column.map(|(number, _)| number),
                adds: row.adds,
            });
            Ok::<(), FormError>(())
        };
        if kind != Kind::Heading {
            if columns.is_empty() {
                indicator(None)?;
            }
            for column in columns.iter().enumerate() {
                indicator(Some(column))?;
            }
        }
        let cells = first..self.form.indicators.len();
        if cells.end > MAX_CELLS {
            return self.fail(FormErrorKind::TooLarge, row.key.span());
        }
        for cell in cells.clone() {
            let key = self.form.indicators.get(cell).map(|it| it.key.clone());
            if let Some(key) = key.filter(|key| self.form.by_key.contains_key(key)) {
                return self.fail(FormErrorKind::Twice(key.to_string()), row.key.span());
            } else if let Some(indicator) = self.form.indicators.get(cell) {
                self.form.by_key.insert(indicator.key.clone(), cell);
            }
        }
        let parent = code
            .rsplit_once('.')
            .and_then(|(above, _)| self.by_code.get(above).copied());
        self.form.rows.push(Row {
            code: code.as_str().into(),
            key: shared,
            label: row.label.get_ref().as_str().into(),
            name,
            also: row.also.clone(),
            note: row.note.clone(),
            unit,
            kind,
            section: self.form.sections.len(),
            cells,
            parent,
            share_of: None,
        });
        Ok(())
    }

    /// The row of the file at an index of the form's rows.
    fn file_row(&self, index: usize) -> RowFile {
        #[expect(
            clippy::expect_used,
            reason = "the index is that of a row which was read"
        )]
        let row = self.form.file.all_rows().nth(index).expect("a row");
        row.clone()
    }

    fn kind(
        &self,
        kind: Option<KindFile>,
        unit: Option<&str>,
        at: &Spanned<String>,
    ) -> Result<Kind, FormError> {
        let unit = unit.filter(|unit| !unit.trim().is_empty());
        Ok(match (kind, unit) {
            (None, None) => Kind::Heading,
            (Some(KindFile::Count), Some(_)) => Kind::Count,
            (Some(KindFile::Change), Some(_)) => Kind::Change,
            (Some(KindFile::Amount), Some("万元")) => Kind::Amount,
            (Some(KindFile::Amount), Some(unit)) => {
                return self.fail(FormErrorKind::AmountUnit(unit.to_owned()), at.span());
            }
            _ => return self.fail(FormErrorKind::Unit(at.get_ref().clone()), at.span()),
        })
    }

    // ---- parameters, rates, definitions ----

    fn names(&mut self, file: &FormFile) -> Result<(), FormError> {
        for parameter in &file.parameters {
            let key = self.new_name(&parameter.key)?;
            self.form.parameters.push(Parameter {
                key,
                label: parameter.label.clone(),
            });
        }
        for rate in &file.rates {
            let row = |key: &Spanned<String>| match self.form.row(key.get_ref()) {
                Some(row) if !row.cells.is_empty() => Ok(row.key.clone()),
                _ => match self.form.cell(key.get_ref()) {
                    Some(_) => Ok(key.get_ref().as_str().into()),
                    None => self.unknown(key),
                },
            };
            let (part, base) = (row(&rate.part)?, row(&rate.base)?);
            self.form.rates.push(Rate {
                key: rate.key.get_ref().as_str().into(),
                label: rate.label.clone(),
                part,
                base,
            });
        }
        for definition in &file.definitions {
            let (span, sum) = (definition.sum.span(), definition.sum.get_ref());
            let sum = rule::sum(sum).map_err(|error| self.at(error, &span))?;
            let earlier = |key: &str| {
                Some(match self.definition(key) {
                    Some(definition) => Meaning::Sum(definition.sum.clone()),
                    None => Meaning::Key(key.to_owned()),
                })
            };
            let sum = replaced(&sum, &earlier).unwrap_or_default();
            let key = self.new_name(&definition.key)?;
            if rule::terms(&sum) > MAX_TERMS {
                return self.fail(FormErrorKind::Compile(CompileError::TooLarge), span);
            }
            self.form.definitions.push(Definition { key, sum });
        }
        // One that uses itself, or a later one, would never be written out.
        for (definition, file) in self.form.definitions.iter().zip(&file.definitions) {
            let keys = rule::keys(&definition.sum);
            if let Some(key) = keys.iter().find(|key| self.definition(key).is_some()) {
                let kind = FormErrorKind::UnknownKey {
                    key: (*key).to_owned(),
                    nearest: None,
                };
                return self.fail(kind, file.sum.span());
            }
        }
        Ok(())
    }

    fn definition(&self, key: &str) -> Option<&Definition> {
        self.form.definitions.iter().find(|it| *it.key == *key)
    }

    /// A name that stands for nothing else.
    fn new_name(&self, name: &Spanned<String>) -> Result<Arc<str>, FormError> {
        let key = name.get_ref();
        if !is_name(key) {
            return self.fail(FormErrorKind::Key(key.clone()), name.span());
        }
        let taken = self.form.by_key.contains_key(key.as_str())
            || self.form.row_by_key.contains_key(key.as_str())
            || self.form.parameters.iter().any(|other| *other.key == **key)
            || self.definition(key).is_some();
        if taken {
            return self.fail(FormErrorKind::Twice(key.clone()), name.span());
        }
        Ok(key.as_str().into())
    }

    fn unknown<T>(&self, key: &Spanned<String>) -> Result<T, FormError> {
        self.fail(self.unknown_key(key.get_ref(), None), key.span())
    }

    /// The error that a key means nothing, with the nearest that means something.
    fn unknown_key(&self, key: &str, over: Option<&Over>) -> FormErrorKind {
        let (prefix, bare) = match key.strip_prefix(PREVIOUS) {
            Some(bare) => (PREVIOUS, bare),
            None => ("", key),
        };
        let form = &self.form;
        let section = over.and_then(|over| form.sections.get(over.section));
        let columns = section.into_iter().flat_map(|it| &it.columns);
        let rows = section.and_then(|it| form.rows.get(it.rows.clone()));
        let rows = rows.unwrap_or_default().iter().map(|row| &*row.key);
        let names = form.by_key.keys().map(|key| &**key);
        let others = form.parameters.iter().map(|it| &*it.key);
        let definitions = form.definitions.iter().map(|it| &*it.key);
        let nearest = match over.map(|over| over.axis) {
            None => self
                .first_cell(bare)
                .or_else(|| nearest(bare, names.chain(others).chain(definitions))),
            Some(Axis::Row) => nearest(
                bare,
                columns.map(|it| &*it.key).chain(names).chain(definitions),
            ),
            Some(Axis::Column) => nearest(bare, rows.chain(others).chain(definitions)),
        };
        FormErrorKind::UnknownKey {
            key: key.to_owned(),
            nearest: nearest
                .map(|it| format!("{prefix}{it}"))
                .filter(|it| it != key),
        }
    }

    /// The key of the first cell of a row that has columns: whoever names the row alone has left out the column.
    fn first_cell(&self, row: &str) -> Option<String> {
        let row = self.form.row(row).filter(|row| !row.cells.is_empty())?;
        let cell = self.form.indicator(row.cells.start)?;
        Some(cell.key.to_string())
    }

    /// The error of a statement that stands in a string of the file.
    fn at(&self, error: rule::ParseError, string: &Range<usize>) -> FormError {
        // One character for the opening quote; in a string with escapes it is near enough.
        let start = (string.start + 1 + error.span.start).min(string.end);
        let end = (string.start + 1 + error.span.end).min(string.end);
        FormError::new(FormErrorKind::Parse(error), self.text, start..end)
    }

    // ---- rules ----

    fn rule(&mut self, file: &RuleFile, series: bool) -> Result<Rule, FormError> {
        let id = file.id.get_ref();
        let taken = self.form.rule(id).is_some();
        if taken {
            return self.fail(FormErrorKind::Twice(id.clone()), file.id.span());
        }
        if !sound::is_rule_id(id) {
            return self.fail(FormErrorKind::RuleId(id.clone()), file.id.span());
        }
        if sound::is_reserved(id) {
            return self.fail(FormErrorKind::ReservedId(id.clone()), file.id.span());
        }
        if file.off.as_ref().is_some_and(sound::is_blank) {
            return self.fail(FormErrorKind::NoReason, file.id.span());
        }
        let span = file.statement.span();
        let quantified: Quantified = file
            .statement
            .get_ref()
            .parse()
            .map_err(|error| self.at(error, &span))?;
        let statement = quantified.statement.clone();
        let (quantifier, overs) = self.overs(quantified, &span)?;
        self.instances += overs.len();
        if self.instances > MAX_CELLS {
            return self.fail(FormErrorKind::TooLarge, span);
        }
        let mut instances = Vec::new();
        for over in &overs {
            instances.push(self.instance(file, &statement, over.as_ref(), series)?);
        }
        let first = overs.first().and_then(Option::as_ref);
        let words = |lang: Lang| {
            let name = |key: &str| self.general_name(key, first, lang);
            let axis = match quantifier.as_ref().map(|it| it.axis) {
                None => "",
                Some(Axis::Row) => lang.pick("每一行：", "for each row: "),
                Some(Axis::Column) => lang.pick("每一列：", "for each column: "),
            };
            axis.to_owned() + &statement.in_words(lang, &name)
        };
        let words = Text::new(words(Lang::Zh), words(Lang::En));
        let text = Quantified {
            quantifier: quantifier.clone(),
            statement: statement.clone(),
        };
        Ok(Rule {
            passes: self.example(file.passes.as_ref(), true, first, series, &instances)?,
            fails: self.example(file.fails.as_ref(), false, first, series, &instances)?,
            id: id.as_str().into(),
            severity: file.severity,
            quantifier,
            text: text.to_string().into(),
            words,
            statement,
            basis: Arc::new(file.basis.clone()),
            instances,
            off: file.off.clone(),
        })
    }

    /// The rows or columns that a rule is over. One that names rows which have columns, without saying that it is over
    /// them, is: so the rules of a form go on to hold where an extension gives its rows columns.
    fn overs(
        &self,
        quantified: Quantified,
        span: &Range<usize>,
    ) -> Result<(Option<Quantifier>, Vec<Option<Over>>), FormError> {
        let form = &self.form;
        let with_columns = || {
            let all = form.sections.iter().enumerate();
            all.filter(|(_, section)| !section.columns.is_empty())
        };
        let quantifier = quantified.quantifier.or_else(|| {
            let unnamed = form.sections.first().filter(|it| it.key.is_empty())?;
            let over_rows = !unnamed.columns.is_empty()
                && quantified
                    .statement
                    .keys()
                    .iter()
                    .any(|key| form.row_by_key.contains_key(*key));
            over_rows.then_some(Quantifier {
                axis: Axis::Column,
                section: None,
            })
        });
        let Some(quantifier) = quantifier else {
            return Ok((None, vec![None]));
        };
        let mut found = with_columns().filter(|(_, section)| {
            let wanted = quantifier.section.as_deref();
            wanted.is_none_or(|wanted| *section.key == *wanted)
        });
        let (Some((index, section)), None) = (found.next(), found.next()) else {
            let names: Vec<&str> = with_columns().map(|(_, section)| &*section.key).collect();
            return self.fail(FormErrorKind::Section(names.join(", ")), span.clone());
        };
        let over = |at: usize| {
            Some(Over {
                section: index,
                axis: quantifier.axis,
                at,
            })
        };
        let has_cells = |row: &usize| form.rows.get(*row).is_some_and(|it| !it.cells.is_empty());
        let overs = match quantifier.axis {
            Axis::Row => section.rows.clone().filter(has_cells).map(over).collect(),
            Axis::Column => (0..section.columns.len()).map(over).collect(),
        };
        Ok((Some(quantifier), overs))
    }

    fn instance(
        &self,
        file: &RuleFile,
        statement: &Statement,
        over: Option<&Over>,
        series: bool,
    ) -> Result<Instance, FormError> {
        let span = file.statement.span();
        let budget = std::cell::Cell::new(MAX_TERMS);
        let meaning = |key: &str| {
            let cost = match self.definition(key) {
                Some(definition) => rule::terms(&definition.sum),
                None => 1,
            };
            budget.set(budget.get().saturating_sub(cost));
            if budget.get() == 0 {
                return Some(Meaning::Key(key.to_owned()));
            }
            match self.definition(key) {
                Some(definition) => Some(Meaning::Sum(definition.sum.clone())),
                None => Some(Meaning::Key(self.full_key(self.slot(key, over, series)?))),
            }
        };
        let statement = statement.instance(&meaning).or_else(|key| {
            let span = place_of_key(&file.statement, &key);
            self.fail(self.unknown_key(&key, over), span)
        })?;
        if budget.get() == 0 {
            return self.fail(FormErrorKind::Compile(CompileError::TooLarge), span);
        }
        let slot = |key: &str| {
            let index = self.slot(key, None, series)?;
            Some(Slot {
                index,
                amount: self.kind_of_slot(index) == Kind::Amount,
                signed: self.kind_of_slot(index) == Kind::Change,
            })
        };
        let node = compile(&statement, &slot)
            .or_else(|error| self.fail(FormErrorKind::Compile(error), span.clone()))?;
        let slots: Box<[usize]> = statement
            .keys()
            .iter()
            .filter_map(|key| self.slot(key, None, series))
            .collect();
        let id = file.id.get_ref();
        Ok(Instance {
            id: match over {
                None => id.as_str().into(),
                Some(over) => format!("{id}[{}]", self.over_key(over)).into(),
            },
            name: over.map(|over| self.over_name(over)),
            text: statement.to_string().into(),
            message: self.message(file, &node, over, series)?,
            statement,
            slots,
            node,
        })
    }

    /// The index of what a key means, in a rule over this row or column: cells, then parameters, then the cells of the
    /// year before.
    fn slot(&self, key: &str, over: Option<&Over>, series: bool) -> Option<usize> {
        let form = &self.form;
        if let Some(key) = key.strip_prefix(PREVIOUS) {
            let cell = series.then(|| self.cell(key, over)).flatten()?;
            return Some(form.index_of(super::Slot::Previous(cell)));
        }
        self.cell(key, over).or_else(|| form.slot(key))
    }

    fn cell(&self, key: &str, over: Option<&Over>) -> Option<usize> {
        let form = &self.form;
        let quantified = over.and_then(|over| {
            let section = form.sections.get(over.section)?;
            let (row, column) = match over.axis {
                Axis::Row => {
                    let column = section.columns.iter().position(|it| *it.key == *key)?;
                    (over.at, column)
                }
                Axis::Column => (*form.row_by_key.get(key)?, over.at),
            };
            let row = form.rows.get(row)?;
            (section.rows.contains(&form.row_index(row)?) && !row.cells.is_empty())
                .then_some(row.cells.start + column)
        });
        quantified.or_else(|| form.cell(key))
    }

    fn full_key(&self, slot: usize) -> String {
        let form = &self.form;
        let key = match form.slot_at(slot) {
            super::Slot::Previous(cell) => {
                let key = form.slot_key(cell);
                key.map(|key| format!("{PREVIOUS}{key}"))
            }
            _ => form.slot_key(slot).map(str::to_owned),
        };
        key.unwrap_or_default()
    }

    fn kind_of_slot(&self, slot: usize) -> Kind {
        let form = &self.form;
        let cell = form.slot_at(slot).cell();
        let indicator = cell.and_then(|cell| form.indicator(cell));
        indicator.map_or(Kind::Count, |it| it.kind)
    }

    /// What a key is called in a rule over all rows or columns.
    fn general_name(&self, key: &str, over: Option<&Over>, lang: Lang) -> String {
        let form = &self.form;
        if let Some(key) = key.strip_prefix(PREVIOUS) {
            let name = self.general_name(key, over, lang);
            return format!("{}{name}", lang.pick("上年报告的", "last year's "));
        }
        if let Some(definition) = self.definition(key) {
            let name = |key: &str| self.general_name(key, over, lang);
            return rule::sum_in_words(&definition.sum, lang, &name);
        }
        let of_axis = over.and_then(|over| {
            let section = form.sections.get(over.section)?;
            match over.axis {
                Axis::Row => {
                    let column = section.columns.iter().find(|it| *it.key == *key)?;
                    Some(column.name.to_string())
                }
                Axis::Column => Some(form.row(key)?.name.to_string()),
            }
        });
        let slot = || form.slot_name(self.slot(key, over, false)?, lang);
        of_axis.or_else(slot).unwrap_or_else(|| key.to_owned())
    }

    /// The name of the row or column that an instance is said of.
    fn over_key(&self, over: &Over) -> Arc<str> {
        let section = self.form.sections.get(over.section);
        let key = match over.axis {
            Axis::Row => self.form.rows.get(over.at).map(|it| &it.key),
            Axis::Column => section.and_then(|it| Some(&it.columns.get(over.at)?.key)),
        };
        key.cloned().unwrap_or_default()
    }

    fn over_name(&self, over: &Over) -> Arc<str> {
        let section = self.form.sections.get(over.section);
        let name = match over.axis {
            Axis::Row => self.form.rows.get(over.at).map(|it| &it.name),
            Axis::Column => section.and_then(|it| Some(&it.columns.get(over.at)?.name)),
        };
        name.cloned().unwrap_or_default()
    }

    /// The messages of an instance; a rule without has its sides named.
    fn message(
        &self,
        file: &RuleFile,
        node: &Node,
        over: Option<&Over>,
        series: bool,
    ) -> Result<[Template; 2], FormError> {
        let has_sides = node.has_sides();
        let id = file.id.get_ref();
        let name = over.map(|over| self.over_name(over));
        let of = name
            .as_deref()
            .map(|name| format!("（{name}）"))
            .unwrap_or_default();
        let (texts, span) = match &file.message {
            Some(message) => (message.get_ref().clone(), message.span()),
            None if has_sides => (
                Text::new(
                    format!(
                        "不符合规则{id}{of}：规则的前者为{{left}}，后者为{{right}}，相差{{difference}}。请核对有关各行。"
                    ),
                    format!(
                        "Rule {id} does not hold{of}: left {{left}}, right {{right}}, a difference of {{difference}}. Check its rows."
                    ),
                ),
                file.id.span(),
            ),
            None => (
                Text::new(
                    format!("不符合规则{id}{of}。请核对有关各行。"),
                    format!("Rule {id} does not hold{of}. Check its rows."),
                ),
                file.id.span(),
            ),
        };
        let parse = |message: &str, lang: Lang| {
            let named = |key: &str| {
                if over.is_some_and(|over| over.axis.word() == key) {
                    return Some(Named {
                        name: name.as_deref()?.to_owned(),
                        index: None,
                    });
                }
                let index = self.slot(key, over, series)?;
                Some(Named {
                    name: self.form.slot_name(index, lang)?,
                    index: Some(index),
                })
            };
            let template = Template::parse(message, &named)
                .or_else(|place| self.fail(FormErrorKind::Message(place), span.clone()))?;
            if template.shows_sides() && !has_sides {
                return self.fail(FormErrorKind::NoSides, span.clone());
            }
            Ok(template)
        };
        Ok([parse(&texts.zh, Lang::Zh)?, parse(&texts.en, Lang::En)?])
    }

    /// An example, whose keys are those of the rule; over rows or columns it is of the first of them.
    fn example(
        &self,
        cells: Option<&Spanned<BTreeMap<String, ExampleFile>>>,
        passes: bool,
        over: Option<&Over>,
        series: bool,
        instances: &[Instance],
    ) -> Result<Vec<(usize, Value)>, FormError> {
        let (Some(cells), Some(instance)) = (cells, instances.first()) else {
            return Ok(Vec::new());
        };
        let mut out = Vec::new();
        for (key, value) in cells.get_ref() {
            let slot = self.slot(key, over, series);
            let slot = slot.filter(|slot| instance.slots.contains(slot));
            let cell = slot.and_then(|slot| Some((slot, self.example_value(slot, value)?)));
            match cell {
                Some(cell) => out.push(cell),
                None => return self.fail(FormErrorKind::Example(key.clone()), cells.span()),
            }
        }
        out.sort_by_key(|(cell, _)| *cell);
        let wrong = match passes {
            true => Outcome::Fail,
            false => Outcome::Pass,
        };
        if instance.node.outcome(&scaled(instance, &out)) == wrong {
            return self.fail(FormErrorKind::WrongExample { passes }, cells.span());
        }
        Ok(out)
    }

    fn example_value(&self, slot: usize, value: &ExampleFile) -> Option<Value> {
        let value = match (value, self.kind_of_slot(slot)) {
            (ExampleFile::Count(count), Kind::Count) => Value::Count(*count),
            (ExampleFile::Count(count), Kind::Change) => Value::Change(i64::try_from(*count).ok()?),
            (ExampleFile::Change(change), Kind::Change) => Value::Change(*change),
            (ExampleFile::Count(count), Kind::Amount) => Value::Amount(Decimal::from(*count)),
            (ExampleFile::Amount(amount), Kind::Amount) => {
                Value::Amount(Decimal::from_str_exact(amount).ok()?)
            }
            _ => return None,
        };
        value.scaled().map(|_| value)
    }
}

/// One row or column that a rule is over.
#[derive(Clone, Copy, Debug)]
struct Over {
    section: usize,
    axis: Axis,
    /// The index of the row in the form, or of the column in the section.
    at: usize,
}

/// The place of a key in a statement of the file.
fn place_of_key(statement: &Spanned<String>, key: &str) -> Range<usize> {
    let (span, text) = (statement.span(), statement.get_ref());
    let of_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let alone = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let behind = text.get(at + key.len()..).unwrap_or_default();
        !before.ends_with(of_key) && !behind.starts_with(of_key)
    };
    match text.match_indices(key).find(|(at, _)| alone(*at)) {
        // As for any place in a statement: one character for the opening quote.
        Some((at, _)) if !span.is_empty() => {
            let start = (span.start + 1 + at).min(span.end);
            start..(start + key.len()).min(span.end)
        }
        _ => span,
    }
}

/// Of two places of one name, the one that is in the text at hand.
fn later(this: &Spanned<String>, other: &Spanned<String>) -> Range<usize> {
    if this.span().is_empty() {
        other.span()
    } else {
        this.span()
    }
}
