//! What was found, as Arrow.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, Decimal128Array, DictionaryArray, Int32Array, RecordBatch, StringArray,
    UInt64Array,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::take::take;
use xxgk::batch::{Failure, OutOfDomain, Plan, Tally};
use xxgk::form::Kind;
use xxgk::number::AMOUNT_DECIMALS;
use xxgk::rule::{Atom, Statement, Sum};
use xxgk::{FindingKind, Form, Number};

use crate::check::Checked;
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

/// Writes findings as Arrow: the columns `source` (where it is asked for), `record`, `rule`, `residual`, `indicator`.
#[derive(Clone, Debug)]
pub struct Findings {
    schema: SchemaRef,
    /// The ids of the rules, as the plan numbers them, and then [`OUTSIDE`].
    rules: ArrayRef,
    /// The keys of the cells, and then those of the parameters.
    slots: ArrayRef,
    scale: u32,
}

impl Findings {
    /// For a plan; `key` is the type of the column that names the records, where there is one.
    ///
    /// # Errors
    /// Where a rule counts in more than 38 decimals.
    pub fn new(plan: &Plan, key: Option<&DataType>, source: bool) -> Result<Self, BatchError> {
        let mut scale = 0;
        for rule in plan.rules() {
            let decimals = decimals(rule.instance().statement(), plan.form());
            if decimals > u32::from(DIGITS) {
                return Err(BatchError::Residual {
                    rule: rule.instance().id().to_owned(),
                });
            }
            scale = scale.max(decimals);
        }
        let words = || DataType::Dictionary(DataType::Int32.into(), DataType::Utf8.into());
        let residual = DataType::Decimal128(DIGITS, i8::try_from(scale).unwrap_or(i8::MAX));
        let record = match key {
            Some(key) => Field::new("record", key.clone(), true),
            None => Field::new("record", DataType::UInt64, false),
        };
        let mut fields = vec![
            record,
            Field::new("rule", words(), false),
            Field::new("residual", residual, true),
            Field::new("indicator", words(), true),
        ];
        if source {
            fields.insert(0, Field::new("source", words(), false));
        }
        let ids = plan.rules().iter().map(|rule| rule.instance().id());
        let form = plan.form();
        let cells = form.indicators().iter().map(|it| it.key());
        let keys = cells.chain(form.parameters().iter().map(|it| it.key()));
        Ok(Findings {
            schema: Arc::new(Schema::new(fields)),
            rules: Arc::new(StringArray::from_iter_values(ids.chain(OUTSIDE))),
            slots: Arc::new(StringArray::from_iter_values(keys)),
            scale,
        })
    }

    /// The columns.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The findings on some records, by record: first what is no rule's, then the rules. A `source` is written where it was
    /// asked for.
    ///
    /// # Errors
    /// Where a residual has more digits than the column, or the key column another type.
    pub fn batch(&self, checked: &Checked, source: &str) -> Result<RecordBatch, BatchError> {
        let length = checked.failures.len() + checked.outside.len();
        let mut rows = Vec::with_capacity(length);
        let mut rules = Vec::with_capacity(length);
        let mut residuals = Vec::with_capacity(length);
        let mut slots = Vec::with_capacity(length);
        let outside = self.rules.len() - OUTSIDE.len();
        let mut cells = checked.outside.iter().peekable();
        let mut failures = checked.failures.iter().peekable();
        while let Some(next) = next(&mut cells, &mut failures) {
            let (record, rule) = match next {
                Next::Cell(cell) => {
                    let kind = OUTSIDE.iter().position(|id| *id == cell.rule);
                    residuals.push(None);
                    // A record that is there twice is no cell.
                    let slot = i32::try_from(cell.slot).ok();
                    slots.push(slot.filter(|_| cell.slot < self.slots.len()));
                    (cell.record, outside + kind.unwrap_or_default())
                }
                Next::Rule(failure) => {
                    let residual = failure.residual.map(|it| self.mantissa(it));
                    let residual = residual.map(|it| {
                        it.ok_or_else(|| BatchError::Residual {
                            rule: self.rule_id(failure.rule),
                        })
                    });
                    residuals.push(residual.transpose()?);
                    slots.push(None);
                    (failure.record, failure.rule)
                }
            };
            rows.push(record as u64);
            rules.push(i32::try_from(rule).unwrap_or(i32::MAX));
        }
        let words = |keys: Int32Array, values: &ArrayRef| -> Result<ArrayRef, BatchError> {
            let words = DictionaryArray::<Int32Type>::try_new(keys, values.clone());
            Ok(Arc::new(words.map_err(other)?))
        };
        let residuals = Decimal128Array::from(residuals);
        let scale = i8::try_from(self.scale).unwrap_or(i8::MAX);
        let residuals = residuals
            .with_precision_and_scale(DIGITS, scale)
            .map_err(other)?;
        let record: ArrayRef = match &checked.keys {
            Some(keys) => take(keys, &UInt64Array::from(rows), None).map_err(other)?,
            None => {
                let numbers = rows.iter().map(|row| checked.first + row);
                Arc::new(UInt64Array::from_iter_values(numbers))
            }
        };
        let mut columns: Vec<ArrayRef> = vec![
            record,
            words(rules.into(), &self.rules)?,
            Arc::new(residuals),
            words(slots.into(), &self.slots)?,
        ];
        if self.schema.fields().len() > columns.len() {
            let sources: ArrayRef = Arc::new(StringArray::from_iter_values([source]));
            columns.insert(0, words(vec![0; length].into(), &sources)?);
        }
        RecordBatch::try_new(self.schema.clone(), columns).map_err(other)
    }

    fn rule_id(&self, rule: usize) -> String {
        use arrow_array::cast::AsArray;
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
                Atom::Key(key) => match form.cell(key).and_then(|cell| form.indicator(cell)) {
                    Some(cell) if cell.kind() == Kind::Amount => AMOUNT_DECIMALS,
                    _ => 0,
                },
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
    plan: &Plan,
    tallies: &[Tally],
    outside: [u64; KINDS],
) -> Result<RecordBatch, BatchError> {
    let found = || OUTSIDE.iter().zip(outside).filter(|(_, count)| *count > 0);
    let ids = plan.rules().iter().map(|it| Some(it.instance().id()));
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
