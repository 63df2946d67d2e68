//! Which column stands for which indicator.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow_schema::Schema;
use xxgk::Form;
use xxgk::batch::Plan;
use xxgk::form::Kind;
use xxgk::number::AMOUNT_DECIMALS;

use crate::error::BatchError;
use crate::key::is_key;

/// The columns of indicators whose columns are not called by their key or code: from the key or the code to the name of
/// the column.
pub type Mapping = BTreeMap<String, String>;

/// An indicator or a parameter of the form, and the column that stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub key: String,
    /// How many decimals it may have.
    pub decimals: u32,
    /// The column, as [`Binding::columns`] numbers them.
    pub at: usize,
}

/// Which column stands for which indicator, of those that the rules speak of.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The columns of the schema that are needed, in its order.
    pub columns: Vec<usize>,
    pub bound: Vec<Bound>,
    /// The column whose values name the records.
    pub key: Option<usize>,
    /// The indicators that no column stands for.
    pub blank: Vec<usize>,
}

/// The names of the slots of a form: what a column may be called.
struct Names<'a> {
    form: &'a Form,
    slots: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Names<'a> {
    fn new(form: &'a Form) -> Self {
        let mut slots: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut add = |name, slot| slots.entry(name).or_default().push(slot);
        for (slot, cell) in form.indicators().iter().enumerate() {
            add(cell.key(), slot);
            if cell.code() != cell.key() {
                add(cell.code(), slot);
            }
        }
        for (index, parameter) in form.parameters().iter().enumerate() {
            add(parameter.key(), form.cells() + index);
        }
        Names { form, slots }
    }

    fn slots(&self, name: &str) -> &[usize] {
        self.slots.get(name).map_or(&[], Vec::as_slice)
    }

    fn key(&self, slot: usize) -> String {
        self.form.slot_key(slot).unwrap_or_default().to_owned()
    }
}

/// How many indicators of the form these columns stand for: the form that they are of is told by it.
#[must_use]
pub fn fit(form: &Form, schema: &Schema, mapping: &Mapping) -> usize {
    let names = Names::new(form);
    let named = schema.fields().iter().map(|field| field.name().as_str());
    let mapped = mapping
        .iter()
        .filter(|(_, column)| schema.column_with_name(column).is_some())
        .map(|(name, _)| name.as_str());
    let slots: BTreeSet<usize> = named
        .chain(mapped)
        .flat_map(|name| names.slots(name).iter().copied())
        .filter(|slot| *slot < form.cells())
        .collect();
    slots.len()
}

impl Binding {
    pub fn new(
        plan: &Plan,
        schema: &Schema,
        mapping: &Mapping,
        key: Option<&str>,
    ) -> Result<Binding, BatchError> {
        let form = plan.form();
        let names = Names::new(form);
        let mapped = mapped(&names, schema, mapping)?;
        let mut held: BTreeMap<usize, usize> = BTreeMap::new();
        for (column, field) in schema.fields().iter().enumerate() {
            let by_mapping = mapped.get(field.name().as_str()).into_iter().flatten();
            let slots: BTreeSet<usize> = by_mapping
                .chain(names.slots(field.name()))
                .copied()
                .collect();
            let mut slots = slots.into_iter();
            let Some(slot) = slots.next() else {
                continue;
            };
            if let Some(other) = slots.next() {
                return Err(BatchError::TwoIndicators {
                    column: field.name().clone(),
                    keys: [names.key(slot), names.key(other)],
                });
            }
            if let Some(other) = held.insert(slot, column) {
                return Err(BatchError::TwoColumns {
                    key: names.key(slot),
                    columns: [schema.field(other).name().clone(), field.name().clone()],
                });
            }
        }
        let used: BTreeSet<usize> = plan
            .rules()
            .iter()
            .flat_map(|rule| rule.instance().slots().iter().copied())
            .collect();
        held.retain(|slot, _| used.contains(slot));
        if held.keys().all(|slot| *slot >= form.cells()) {
            return Err(BatchError::NoneFits {
                form: form.id().to_owned(),
            });
        }
        let key = key.map(|name| key_column(schema, name)).transpose()?;
        let columns: BTreeSet<usize> = held.values().copied().chain(key).collect();
        let columns: Vec<usize> = columns.into_iter().collect();
        let at = |column: usize| columns.partition_point(|it| *it < column);
        let decimals = |slot| match form.indicator(slot).map(|cell| cell.kind()) {
            Some(Kind::Amount) => AMOUNT_DECIMALS,
            _ => 0,
        };
        let bound = held.iter().map(|(slot, column)| Bound {
            key: names.key(*slot),
            decimals: decimals(*slot),
            at: at(*column),
        });
        Ok(Binding {
            bound: bound.collect(),
            key: key.map(at),
            blank: used
                .into_iter()
                .filter(|slot| *slot < form.cells() && !held.contains_key(slot))
                .collect(),
            columns,
        })
    }
}

/// The indicators of each column that the mapping names.
fn mapped<'a>(
    names: &Names<'_>,
    schema: &Schema,
    mapping: &'a Mapping,
) -> Result<HashMap<&'a str, Vec<usize>>, BatchError> {
    let mut mapped: HashMap<&str, Vec<usize>> = HashMap::new();
    for (name, column) in mapping {
        let slots = names.slots(name);
        if slots.is_empty() {
            return Err(BatchError::UnknownKey {
                name: name.clone(),
                form: names.form.id().to_owned(),
            });
        }
        the_column(schema, column)?;
        mapped.entry(column).or_default().extend(slots);
    }
    Ok(mapped)
}

/// The column that names the records.
fn key_column(schema: &Schema, name: &str) -> Result<usize, BatchError> {
    let column = the_column(schema, name)?;
    match schema.fields().get(column).map(|field| field.data_type()) {
        Some(of) if !is_key(of) => Err(BatchError::KeyType {
            column: name.to_owned(),
            found: of.to_string(),
        }),
        _ => Ok(column),
    }
}

/// The one column of this name.
fn the_column(schema: &Schema, name: &str) -> Result<usize, BatchError> {
    let mut named = (0..)
        .zip(schema.fields())
        .filter(|(_, field)| field.name() == name);
    match (named.next(), named.next()) {
        (Some((column, _)), None) => Ok(column),
        (None, _) => Err(BatchError::NoColumn(name.to_owned())),
        (Some(_), Some(_)) => Err(BatchError::SameName(name.to_owned())),
    }
}
