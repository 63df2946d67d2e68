//! Which column stands for which indicator.

use std::collections::{BTreeMap, BTreeSet};

use arrow_schema::Schema;
use xxgk::Form;
use xxgk::form::{Kind, Names};
use xxgk::number::AMOUNT_DECIMALS;

use crate::error::BatchError;
use crate::key::{Identity, is_key};

/// So many columns are said to be near to a name.
const NEAREST: usize = 8;

/// The columns of indicators whose columns are called otherwise: from a name of the indicator to that of the column.
pub type Mapping = BTreeMap<String, String>;

/// An indicator or a parameter of the form, and the column that stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub key: String,
    /// The indicator, or the parameter behind the indicators.
    pub slot: usize,
    /// How many decimals it may have.
    pub decimals: u32,
    /// The column, as [`Binding::columns`] numbers them.
    pub at: usize,
}

impl Bound {
    /// How many decimals a cell of a kind may have.
    pub fn decimals(kind: Kind) -> u32 {
        match kind {
            Kind::Amount => AMOUNT_DECIMALS,
            _ => 0,
        }
    }
}

/// Which column stands for which indicator, of those that the rules speak of.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The columns of the schema that are needed, in its order.
    pub columns: Vec<usize>,
    pub bound: Vec<Bound>,
    /// The column whose values name the records.
    pub key: Option<usize>,
    /// The column that says of which year they are.
    pub year: Option<usize>,
    /// The indicators that the rules speak of and no column stands for.
    pub blank: Vec<usize>,
    /// The columns that stand for nothing.
    pub unknown: Vec<String>,
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
        .filter_map(|name| only(&names.slots(name)))
        .filter(|slot| *slot < form.cells())
        .collect();
    slots.len()
}

/// The only one, where there is only one.
fn only(slots: &[usize]) -> Option<usize> {
    match slots {
        [slot] => Some(*slot),
        _ => None,
    }
}

/// The columns that are called by a name of one slot of the form alone, by that slot.
#[must_use]
pub fn matched(form: &Form, schema: &Schema) -> BTreeMap<usize, String> {
    let names = Names::new(form);
    let fields = schema.fields().iter();
    let named =
        fields.filter_map(|field| Some((only(&names.slots(field.name()))?, field.name().clone())));
    named.collect()
}

/// Of the columns that stand for nothing, those that a name of the form is near to, and what that is.
#[must_use]
pub fn nearest<'c>(form: &Form, columns: impl Iterator<Item = &'c str>) -> Vec<(String, String)> {
    let names = Names::new(form);
    let near = |column: &'c str| {
        let slot = names.nearest(column)?;
        Some((column.to_owned(), names.written(slot)))
    };
    columns.filter_map(near).take(NEAREST).collect()
}

impl Binding {
    /// Of the slots of the form in `used` alone.
    pub fn new(
        form: &Form,
        schema: &Schema,
        mapping: &Mapping,
        identity: Identity<'_>,
        used: BTreeSet<usize>,
    ) -> Result<Binding, BatchError> {
        let held = held(form, schema, mapping, identity)?;
        let columns = schema.fields().iter().enumerate();
        let naming = |name: Option<&str>| name.map(|name| key_column(schema, name)).transpose();
        let (key, year) = (naming(identity.key)?, naming(identity.year)?);
        let names = |column: usize| key == Some(column) || year == Some(column);
        let unknown = columns
            .filter(|(column, _)| !held.values().any(|it| it == column) && !names(*column))
            .map(|(_, field)| field.name().clone())
            .collect();
        let held: BTreeMap<usize, usize> =
            held.into_iter().filter(|it| used.contains(&it.0)).collect();
        let columns: BTreeSet<usize> = held.values().copied().chain(key).chain(year).collect();
        let columns: Vec<usize> = columns.into_iter().collect();
        let at = |column: usize| columns.partition_point(|it| *it < column);
        let decimals = |slot| {
            let kind = form.indicator(slot).map(|cell| cell.kind());
            kind.map_or(0, Bound::decimals)
        };
        let bound = held.iter().map(|(slot, column)| Bound {
            key: form.slot_key(*slot).unwrap_or_default().to_owned(),
            slot: *slot,
            decimals: decimals(*slot),
            at: at(*column),
        });
        let binding = Binding {
            bound: bound.collect(),
            key: key.map(at),
            year: year.map(at),
            blank: used
                .into_iter()
                .filter(|slot| *slot < form.cells() && !held.contains_key(slot))
                .collect(),
            columns,
            unknown,
        };
        match binding.found(form) {
            0 => Err(binding.too_few(form)),
            _ => Ok(binding),
        }
    }

    /// How many indicators there is a column for, of those that the rules speak of.
    fn found(&self, form: &Form) -> usize {
        let cells = self.bound.iter().filter(|it| it.slot < form.cells());
        cells.count()
    }

    /// # Errors
    /// Where fewer than half of the indicators that the rules speak of have a column.
    pub fn enough(&self, form: &Form) -> Result<(), BatchError> {
        match self.found(form) < self.blank.len() {
            true => Err(self.too_few(form)),
            false => Ok(()),
        }
    }

    /// Whether a column, as [`Binding::columns`] numbers them, is an indicator's, and not only a name of the record.
    pub fn is_cells(&self, at: usize) -> bool {
        let names = self.key == Some(at) || self.year == Some(at);
        self.bound.iter().any(|bound| bound.at == at) && !names
    }

    fn too_few(&self, form: &Form) -> BatchError {
        let found = self.found(form);
        BatchError::TooFew {
            title: form.title().to_owned(),
            found,
            of: found + self.blank.len(),
            nearest: nearest(form, self.unknown.iter().map(String::as_str)),
        }
    }
}

/// The columns by the slots that they stand for.
fn held(
    form: &Form,
    schema: &Schema,
    mapping: &Mapping,
    identity: Identity<'_>,
) -> Result<BTreeMap<usize, usize>, BatchError> {
    let names = Names::new(form);
    let mapped = mapped(&names, form, schema, mapping)?;
    let naming = [identity.key, identity.year];
    let mut held: BTreeMap<usize, usize> = BTreeMap::new();
    for (column, field) in schema.fields().iter().enumerate() {
        let name = field.name();
        let of_mapping = mapped.get(name.as_str()).copied();
        let by_name = names.slots(name);
        let slot = match (of_mapping, &by_name[..]) {
            // That the column names the records says what it is.
            (None, [_, _, ..]) if naming.contains(&Some(name.as_str())) => continue,
            (None, [_, _, ..]) => return Err(ambiguous(&names, name, &by_name)),
            (None, []) => continue,
            (None, [slot]) => *slot,
            (Some(slot), []) => slot,
            (Some(slot), several) if several.contains(&slot) => slot,
            (Some(slot), [other, ..]) => {
                return Err(BatchError::TwoIndicators {
                    column: name.clone(),
                    names: [slot, *other].map(|slot| names.written(slot)),
                });
            }
        };
        if let Some(other) = held.insert(slot, column) {
            return Err(BatchError::TwoColumns {
                name: names.written(slot),
                columns: [schema.field(other).name().clone(), name.clone()],
            });
        }
    }
    Ok(held)
}

/// The slots of the columns that the mapping names.
fn mapped<'a>(
    names: &Names<'_>,
    form: &Form,
    schema: &Schema,
    mapping: &'a Mapping,
) -> Result<BTreeMap<&'a str, usize>, BatchError> {
    let mut mapped: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, column) in mapping {
        let slot = match names.slots(name)[..] {
            [slot] => slot,
            [] => {
                let near = names.nearest(name);
                return Err(BatchError::UnknownKey {
                    name: name.clone(),
                    form: form.title().to_owned(),
                    nearest: near.map(|slot| names.written(slot)),
                });
            }
            ref several => return Err(ambiguous(names, name, several)),
        };
        the_column(schema, column)?;
        if let Some(other) = mapped.insert(column, slot).filter(|other| *other != slot) {
            return Err(BatchError::TwoIndicators {
                column: column.clone(),
                names: [other, slot].map(|slot| names.written(slot)),
            });
        }
    }
    Ok(mapped)
}

fn ambiguous(names: &Names<'_>, name: &str, slots: &[usize]) -> BatchError {
    BatchError::Ambiguous {
        name: name.to_owned(),
        candidates: slots.iter().map(|slot| names.written(*slot)).collect(),
    }
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
