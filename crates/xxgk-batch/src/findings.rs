//! What was found, as Arrow.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, Decimal128Array, DictionaryArray, Int32Array, RecordBatch, StringArray,
    UInt64Array,
};
use arrow_schema::extension::EXTENSION_TYPE_NAME_KEY;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::take::take;
use xxgk::batch::{Failure, OutOfDomain, Planned, Tally};
use xxgk::form::Kind;
use xxgk::number::AMOUNT_DECIMALS;
use xxgk::rule::{Atom, Statement, Sum};
use xxgk::{Correction, FindingKind, Form, Number};

use crate::check::{Checked, Checker};
use crate::error::BatchError;

/// How many kinds of findings there are that are no rule's.
const KINDS: usize = FindingKind::OF_RECORDS.len();
/// Their ids: values that are no number, or that no cell can hold, and records that are there twice.
pub const OUTSIDE: [&str; KINDS] = {
    let [not_a_number, negative, fraction, out_of_range, twice] = FindingKind::OF_RECORDS;
    [
        not_a_number.id,
        negative.id,
        fraction.id,
        out_of_range.id,
        twice.id,
    ]
};
/// The most digits that a `Decimal128` has.
const DIGITS: u8 = 38;

/// What Arrow calls a column of texts in JSON.
pub const JSON: &str = "arrow.json";

/// Writes findings as Arrow: the columns `source` (where it is asked for), `record`, `year` (where a column says it), `rule`,
/// `residual`, `indicator`, `corrections` (where they are asked for).
#[derive(Clone, Debug)]
pub struct Findings {
    schema: SchemaRef,
    /// The ids of the rules, as the checker numbers them, and then [`OUTSIDE`].
    rules: ArrayRef,
    /// The keys of the cells, and then those of the parameters.
    slots: ArrayRef,
    scale: u32,
    source: bool,
    corrections: bool,
}

impl Findings {
    /// For what a checker finds.
    ///
    /// # Errors
    /// Where a rule counts in more than 38 decimals.
    pub fn new(checker: &Checker<'_>, source: bool) -> Result<Self, BatchError> {
        let form = checker.form();
        let mut scale = 0;
        for rule in checker.rules() {
            let decimals = decimals(rule.instance().statement(), form);
            if decimals > u32::from(DIGITS) {
                return Err(BatchError::Residual {
                    rule: rule.instance().id().to_owned(),
                });
            }
            scale = scale.max(decimals);
        }
        let ids = checker.rules().map(|rule| rule.instance().id());
        let cells = form.indicators().iter().map(|it| it.key());
        let keys = cells.chain(form.parameters().iter().map(|it| it.key()));
        Ok(Findings {
            schema: schema(checker, source, i8::try_from(scale).unwrap_or(i8::MAX)),
            rules: Arc::new(StringArray::from_iter_values(ids.chain(OUTSIDE))),
            slots: Arc::new(StringArray::from_iter_values(keys)),
            scale,
            source,
            corrections: checker.corrects(),
        })
    }

    /// The columns.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The findings on some records, by record: first what is no rule's, then the rules. A `source` is written where it was
    /// asked for. A correction stands beside the first of its rules that fails; where none of them does by itself, in a row of
    /// its own, beside its first rule.
    ///
    /// # Errors
    /// Where a residual has more digits than the column, or the key column another type.
    pub fn batch(&self, checked: &Checked, source: &str) -> Result<RecordBatch, BatchError> {
        let rows = self.rows(checked)?;
        let words = |keys: Int32Array, values: &ArrayRef| -> Result<ArrayRef, BatchError> {
            let words = DictionaryArray::<Int32Type>::try_new(keys, values.clone());
            Ok(Arc::new(words.map_err(other)?))
        };
        let number = |rule: usize| i32::try_from(rule).unwrap_or(i32::MAX);
        let records: UInt64Array = rows.iter().map(|row| Some(row.record as u64)).collect();
        let rules: Int32Array = rows.iter().map(|row| Some(number(row.rule))).collect();
        let slots: Int32Array = rows.iter().map(|row| row.slot).collect();
        let residuals: Decimal128Array = rows.iter().map(|row| row.residual).collect();
        let scale = i8::try_from(self.scale).unwrap_or(i8::MAX);
        let residuals = residuals
            .with_precision_and_scale(DIGITS, scale)
            .map_err(other)?;
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        if self.source {
            let sources: ArrayRef = Arc::new(StringArray::from_iter_values([source]));
            columns.push(words(vec![0; rows.len()].into(), &sources)?);
        }
        columns.push(match &checked.keys {
            Some(keys) => take(keys, &records, None).map_err(other)?,
            None => {
                let numbers = rows.iter().map(|row| checked.first + row.record as u64);
                Arc::new(UInt64Array::from_iter_values(numbers))
            }
        });
        if let Some(years) = &checked.years {
            columns.push(take(years, &records, None).map_err(other)?);
        }
        columns.push(words(rules, &self.rules)?);
        columns.push(Arc::new(residuals));
        columns.push(words(slots, &self.slots)?);
        if self.corrections {
            let texts = rows.iter().map(|row| row.corrections_text());
            columns.push(Arc::new(texts.collect::<StringArray>()));
        }
        RecordBatch::try_new(self.schema.clone(), columns).map_err(other)
    }

    /// What becomes a row each.
    fn rows<'c>(&self, checked: &'c Checked) -> Result<Vec<Row<'c>>, BatchError> {
        let length = checked.failures.len() + checked.outside.len();
        let mut rows = Vec::with_capacity(length);
        let outside = self.rules.len() - OUTSIDE.len();
        let mut cells = checked.outside.iter().peekable();
        let mut failures = checked.failures.iter().peekable();
        while let Some(next) = next(&mut cells, &mut failures) {
            rows.push(match next {
                Next::Cell(cell) => {
                    let kind = OUTSIDE.iter().position(|id| *id == cell.rule);
                    // A record that is there twice is no cell.
                    let slot = i32::try_from(cell.slot).ok();
                    Row {
                        slot: slot.filter(|_| cell.slot < self.slots.len()),
                        ..Row::new(cell.record, outside + kind.unwrap_or_default())
                    }
                }
                Next::Rule(failure) => {
                    let residual = failure.residual.map(|it| self.mantissa(it));
                    let residual = residual.map(|it| {
                        it.ok_or_else(|| BatchError::Residual {
                            rule: self.rule_id(failure.rule),
                        })
                    });
                    Row {
                        residual: residual.transpose()?,
                        ..Row::new(failure.record, failure.rule)
                    }
                }
            });
        }
        self.put_corrections(checked, &mut rows);
        Ok(rows)
    }

    /// Puts the corrections beside the rules.
    fn put_corrections<'c>(&self, checked: &'c Checked, rows: &mut Vec<Row<'c>>) {
        if checked.corrections.is_empty() {
            return;
        }
        let corrected = checked.corrections.iter();
        let corrections = corrected.flat_map(|it| it.corrections.iter().map(|of| (it.record, of)));
        let ids: Vec<&str> = self.rules.as_string::<i32>().iter().flatten().collect();
        let known = rows.len();
        for (record, correction) in corrections {
            let rules = correction.rules.iter();
            let rules = rules.filter_map(|rule| ids.iter().position(|id| **id == **rule));
            let rules: Vec<usize> = rules.collect();
            let of_rules = rows.get_mut(..known).unwrap_or_default();
            let from = of_rules.partition_point(|row| row.record < record);
            let mut of_record = of_rules.iter_mut().skip(from);
            let beside = of_record
                .by_ref()
                .take_while(|row| row.record == record)
                .find(|row| rules.contains(&row.rule));
            match (beside, rules.first()) {
                (Some(row), _) => row.corrections.push(correction),
                (None, Some(rule)) => rows.push(Row {
                    corrections: vec![correction],
                    ..Row::new(record, *rule)
                }),
                (None, None) => {}
            }
        }
        rows.sort_by_key(|row| row.record);
    }

    fn rule_id(&self, rule: usize) -> String {
        let ids = self.rules.as_string::<i32>();
        ids.iter()
            .flatten()
            .nth(rule)
            .unwrap_or_default()
            .to_owned()
    }

    /// A residual in the decimals of the column.
    fn mantissa(&self, residual: Number) -> Option<i128> {
        let (mantissa, scale) = residual.parts();
        let up = 10_i128.checked_pow(self.scale.checked_sub(scale)?)?;
        let limit = 10_i128.pow(u32::from(DIGITS));
        mantissa
            .checked_mul(up)
            .filter(|it| (1 - limit..limit).contains(it))
    }
}

/// A row of the findings.
struct Row<'c> {
    record: usize,
    rule: usize,
    residual: Option<i128>,
    slot: Option<i32>,
    corrections: Vec<&'c Correction>,
}

impl Row<'_> {
    fn new(record: usize, rule: usize) -> Self {
        Row {
            record,
            rule,
            residual: None,
            slot: None,
            corrections: Vec::new(),
        }
    }

    /// The corrections as JSON; null where there is none.
    fn corrections_text(&self) -> Option<String> {
        let any = !self.corrections.is_empty();
        // Texts, numbers as texts and lists of them are always JSON.
        any.then(|| serde_json::to_string(&self.corrections).unwrap_or_default())
    }
}

fn schema(checker: &Checker<'_>, source: bool, scale: i8) -> SchemaRef {
    let words = || DataType::Dictionary(DataType::Int32.into(), DataType::Utf8.into());
    let mut fields = Vec::new();
    if source {
        fields.push(Field::new("source", words(), false));
    }
    fields.push(match checker.key_type() {
        Some(key) => Field::new("record", key.clone(), true),
        None => Field::new("record", DataType::UInt64, false),
    });
    if let Some(year) = checker.year_type() {
        fields.push(Field::new("year", year.clone(), true));
    }
    fields.push(Field::new("rule", words(), false));
    fields.push(Field::new(
        "residual",
        DataType::Decimal128(DIGITS, scale),
        true,
    ));
    fields.push(Field::new("indicator", words(), true));
    if checker.corrects() {
        let json = HashMap::from([(EXTENSION_TYPE_NAME_KEY.to_owned(), JSON.to_owned())]);
        let corrections = Field::new("corrections", DataType::Utf8, true);
        fields.push(corrections.with_metadata(json));
    }
    Arc::new(Schema::new(fields))
}

/// What is not of the schema that was announced.
fn other(_: arrow_schema::ArrowError) -> BatchError {
    BatchError::OtherColumns
}

enum Next<'a> {
    Cell(&'a OutOfDomain),
    Rule(&'a Failure),
}

/// The next finding by record, of two lists that are each by record.
fn next<'a>(
    cells: &mut std::iter::Peekable<std::slice::Iter<'a, OutOfDomain>>,
    failures: &mut std::iter::Peekable<std::slice::Iter<'a, Failure>>,
) -> Option<Next<'a>> {
    let rule = failures.peek().map_or(usize::MAX, |it| it.record);
    match cells.next_if(|cell| cell.record <= rule) {
        Some(cell) => Some(Next::Cell(cell)),
        None => failures.next().map(Next::Rule),
    }
}

/// How many decimals the difference of the sides can have, where the rule is one comparison.
fn decimals(statement: &Statement, form: &Form) -> u32 {
    let Statement::Compare(comparison) = statement else {
        return 0;
    };
    let [left, right] = [&comparison.left, &comparison.right].map(|side| sum(side, form));
    left.max(right)
}

fn sum(sum_of: &Sum, form: &Form) -> u32 {
    let term = |term: &xxgk::rule::Term| {
        let of_number = |number: &rust_decimal::Decimal| number.normalize().scale();
        let coefficient = term.coefficient.as_ref().map_or(0, of_number);
        coefficient
            + match &term.atom {
                Atom::Key(key) => {
                    // A rule between years calls a cell of the year before by its key behind this.
                    let key = key.strip_prefix("previous.").unwrap_or(key);
                    match form.cell(key).and_then(|cell| form.indicator(cell)) {
                        Some(cell) if cell.kind() == Kind::Amount => AMOUNT_DECIMALS,
                        _ => 0,
                    }
                }
                Atom::Number(number) => of_number(number),
                Atom::Sum(inner) => sum(inner, form),
            }
    };
    sum_of.iter().map(term).max().unwrap_or(0)
}

/// What became of each rule: the columns `rule`, `passed`, `failed`, `undetermined`. `outside` is how many
/// findings there are of each kind in [`OUTSIDE`]; such a kind is listed where there are any, and neither passes nor is left open.
///
/// # Errors
/// Where there is not a tally for each rule.
pub fn counts(
    rules: &[&Planned],
    tallies: &[Tally],
    outside: [u64; KINDS],
) -> Result<RecordBatch, BatchError> {
    let found = || OUTSIDE.iter().zip(outside).filter(|(_, count)| *count > 0);
    let ids = rules.iter().map(|it| Some(it.instance().id()));
    let column = |count: fn(&Tally) -> u64, of_outside: fn(u64) -> Option<u64>| {
        let counts = tallies.iter().map(|it| Some(count(it)));
        let counts = counts.chain(found().map(|(_, count)| of_outside(count)));
        Arc::new(counts.collect::<UInt64Array>()) as ArrayRef
    };
    let rules = ids.chain(found().map(|(id, _)| Some(*id)));
    let columns: [(&str, ArrayRef); 4] = [
        ("rule", Arc::new(rules.collect::<StringArray>())),
        ("passed", column(|it| it.passed, |_| None)),
        ("failed", column(|it| it.failed, Some)),
        ("undetermined", column(|it| it.undetermined, |_| None)),
    ];
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, column)| {
            let may_be_null = matches!(*name, "passed" | "undetermined");
            Field::new(*name, column.data_type().clone(), may_be_null)
        })
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let columns = columns.map(|(_, column)| column).to_vec();
    RecordBatch::try_new(schema, columns).map_err(other)
}
