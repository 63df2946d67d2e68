//! One filled-in form: its cells in form order, and what was declared beside it.

use std::fmt;
use std::sync::Arc;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::form::{Form, Indicator, Kind, Slot};
use crate::number::{Value, amount};

/// One filled-in form.
///
/// A cell is blank until it is set, and a blank is not a zero.
///
/// ```
/// use xxgk::{Record, Table, Value, nine_category::NineCategory};
/// let mut record = Record::new(NineCategory::form().clone());
/// record.set("requests.received.total", Some(Value::Count(27)))?;
/// record.declare("carried_in", 3)?;
/// assert_eq!(record.get("requests.received.total")?, Some(Value::Count(27)));
/// assert_eq!(record.get("requests.closed.total")?, None);
/// assert!(record.set("fees", Some(Value::Count(1))).is_err());
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[derive(Clone)]
pub struct Record {
    form: Arc<Form>,
    cells: Vec<Option<Value>>,
    declared: Vec<u64>,
}

/// Why a cell could not be read or set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The form has no such row with a value, or no such parameter.
    #[error("the form `{form}` has no `{key}`")]
    UnknownKey {
        /// The id of the form.
        form: String,
        /// The key.
        key: String,
    },
    /// A count for an amount, or an amount for a count.
    #[error("`{key}` cannot hold {value}: it is of the other kind")]
    WrongKind {
        /// The key.
        key: String,
        /// The value.
        value: Value,
    },
    /// The record is of another form than the one asked for.
    #[error("a record of the form `{found}` is not a table of the form `{expected}`")]
    WrongForm {
        /// The id of the form asked for.
        expected: String,
        /// The id of the record's form.
        found: String,
    },
}

impl Record {
    /// A record with every cell blank and nothing declared.
    #[must_use]
    pub fn new(form: Arc<Form>) -> Self {
        Record {
            cells: vec![None; form.cells()],
            declared: vec![0; form.parameters().len()],
            form,
        }
    }

    /// The form that is filled in.
    #[must_use]
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// What stands in a cell.
    ///
    /// # Errors
    /// Where the form has no row with a value of that key.
    pub fn get(&self, key: &str) -> Result<Option<Value>, RecordError> {
        Ok(self.value(self.cell(key)?))
    }

    /// Sets a cell, or makes it blank.
    ///
    /// # Errors
    /// Where the form has no row with a value of that key, or the value is of the other kind.
    pub fn set(&mut self, key: &str, value: Option<Value>) -> Result<(), RecordError> {
        let cell = self.cell(key)?;
        self.set_cell(cell, value)
    }

    /// Declares a parameter of the form, such as a carry-over.
    ///
    /// # Errors
    /// Where the form has no parameter of that key.
    pub fn declare(&mut self, key: &str, count: u64) -> Result<(), RecordError> {
        let slot = self.form.slot(key).map(|slot| self.form.slot_at(slot));
        let parameter = match slot {
            Some(Slot::Parameter(parameter)) => self.declared.get_mut(parameter),
            _ => None,
        };
        match parameter {
            Some(declared) => *declared = count,
            None => return Err(self.unknown(key)),
        }
        Ok(())
    }

    /// What stands in the cell of that index.
    #[must_use]
    pub fn value(&self, cell: usize) -> Option<Value> {
        self.cells.get(cell).copied().flatten()
    }

    /// The cells in form order.
    #[must_use]
    pub fn cells(&self) -> &[Option<Value>] {
        &self.cells
    }

    /// What was declared, in the order of the form's parameters.
    #[must_use]
    pub fn declared(&self) -> &[u64] {
        &self.declared
    }

    /// The value of a cell or a parameter; another year has a record of its own.
    pub(crate) fn slot(&self, slot: Slot) -> Option<Value> {
        match slot {
            Slot::Cell(cell) => self.value(cell),
            Slot::Parameter(parameter) => {
                let count = self.declared.get(parameter);
                count.map(|count| Value::Count(*count))
            }
            Slot::Previous(_) => None,
        }
    }

    pub(crate) fn set_cell(
        &mut self,
        cell: usize,
        value: Option<Value>,
    ) -> Result<(), RecordError> {
        let Some(indicator) = self.form.indicator(cell) else {
            return Err(self.unknown(&cell.to_string()));
        };
        if let Some(value) = value.filter(|value| value.kind() != indicator.kind()) {
            return Err(RecordError::WrongKind {
                key: indicator.key().to_string(),
                value,
            });
        }
        if let Some(cell) = self.cells.get_mut(cell) {
            *cell = value;
        }
        Ok(())
    }

    /// The record of a typed table: cells that are of the right kind by the table's type.
    pub(crate) fn of_table(form: Arc<Form>, cells: Vec<Option<Value>>, declared: Vec<u64>) -> Self {
        Record {
            form,
            cells,
            declared,
        }
    }

    fn cell(&self, key: &str) -> Result<usize, RecordError> {
        self.form.cell(key).ok_or_else(|| self.unknown(key))
    }

    fn unknown(&self, key: &str) -> RecordError {
        RecordError::UnknownKey {
            form: self.form.id().to_owned(),
            key: key.to_owned(),
        }
    }
}

impl Serialize for Record {
    /// The cells nested by their keys, as the typed struct writes them: a blank is null, an amount a string.
    ///
    /// ```
    /// use xxgk::{Record, Table, nine_category::NineCategory};
    /// let mut table = NineCategory::default();
    /// table.requests.received.total = Some(27);
    /// let record = Record::from(&table);
    /// assert_eq!(serde_json::to_string(&record)?, serde_json::to_string(&table)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let indicators = self.form.indicators().iter();
        let cells = indicators
            .zip(&self.cells)
            .map(|(it, value)| (it.key(), *value));
        Below(&cells.collect::<Vec<_>>()).serialize(serializer)
    }
}

/// Cells whose keys begin alike, without that beginning; they follow each other.
struct Below<'a>(&'a [(&'a str, Option<Value>)]);

impl Serialize for Below<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let name = |key: &'_ str| {
            key.split_once('.')
                .map_or(key.len(), |(name, _)| name.len())
        };
        // Cells of one parent may have another's between them.
        let mut written: Vec<&str> = Vec::new();
        for (key, value) in self.0 {
            let (first, rest) = key.split_at_checked(name(key)).unwrap_or((key, ""));
            if written.contains(&first) {
                continue;
            }
            written.push(first);
            if rest.is_empty() {
                map.serialize_entry(first, &Leaf(*value))?;
            } else {
                let inside = self.0.iter().filter_map(|(key, value)| {
                    Some((key.strip_prefix(first)?.strip_prefix('.')?, *value))
                });
                map.serialize_entry(first, &Below(&inside.collect::<Vec<_>>()))?;
            }
        }
        map.end()
    }
}

/// One cell, as the typed struct writes it.
struct Leaf(Option<Value>);

impl Serialize for Leaf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            None => serializer.serialize_none(),
            Some(Value::Count(count)) => serializer.serialize_some(&count),
            Some(Value::Change(change)) => serializer.serialize_some(&change),
            Some(Value::Amount(amount)) => amount::serialize(&Some(amount), serializer),
        }
    }
}

/// Reads a record of a form, as it is written: what is not there is blank; what the form does not have, and
/// a cell that stands twice, is refused.
///
/// ```
/// use serde::de::DeserializeSeed;
/// use xxgk::{Record, RecordOf, Value};
/// let form = &xxgk::forms()[0];
/// let mut json = serde_json::Deserializer::from_str(r#"{"requests":{"received":{"total":27}},"fees":"1.5"}"#);
/// let record = RecordOf(form).deserialize(&mut json)?;
/// assert_eq!(record.get("requests.received.total").unwrap(), Some(Value::Count(27)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RecordOf<'f>(pub &'f Arc<Form>);

impl<'de> DeserializeSeed<'de> for RecordOf<'_> {
    type Value = Record;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Record, D::Error> {
        let mut record = Record::new(self.0.clone());
        let beneath = Beneath {
            seen: &mut vec![false; record.cells.len()],
            record: &mut record,
            path: String::new(),
        };
        beneath.deserialize(deserializer)?;
        Ok(record)
    }
}

/// What stands beneath a part of the keys.
struct Beneath<'r> {
    record: &'r mut Record,
    /// The cells that stand in what was read so far: one that stands there twice is neither.
    seen: &'r mut [bool],
    path: String,
}

impl<'de> DeserializeSeed<'de> for Beneath<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let form = self.record.form.clone();
        let Some(cell) = form.cell(&self.path) else {
            return deserializer.deserialize_map(self);
        };
        let seen = self.seen.get_mut(cell);
        if seen.is_some_and(|it| std::mem::replace(it, true)) {
            let twice = format!("the cell `{}` stands twice", self.path);
            return Err(de::Error::custom(twice));
        }
        let kind = form.indicator(cell).map(Indicator::kind);
        let value = match kind {
            Some(Kind::Amount) => amount::deserialize(deserializer)?.map(Value::Amount),
            Some(Kind::Change) => Option::deserialize(deserializer)?.map(Value::Change),
            _ => Option::deserialize(deserializer)?.map(Value::Count),
        };
        self.record.set_cell(cell, value).map_err(de::Error::custom)
    }
}

impl<'de> Visitor<'de> for Beneath<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the cells of the form `{}`", self.record.form.id())?;
        match self.path.is_empty() {
            true => Ok(()),
            false => write!(f, " beneath `{}`", self.path),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let path = match self.path.is_empty() {
                true => name,
                false => format!("{}.{name}", self.path),
            };
            let form = &self.record.form;
            let beneath = |key: &str| {
                key.strip_prefix(&*path)
                    .is_some_and(|it| it.starts_with('.'))
            };
            let mut keys = form.indicators().iter().map(Indicator::key);
            if form.cell(&path).is_none() && !keys.any(beneath) {
                return Err(de::Error::custom(self.record.unknown(&path)));
            }
            let (record, seen) = (&mut *self.record, &mut *self.seen);
            map.next_value_seed(Beneath { record, seen, path })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Record {
    /// The cells that are not blank, by their keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = self.form.indicators().iter().zip(&self.cells);
        let filled = cells.filter_map(|(row, value)| Some((row.key(), (*value)?.to_string())));
        f.debug_map().entries(filled).finish()
    }
}

impl PartialEq for Record {
    /// The same cells of the same form, and the same declared.
    fn eq(&self, other: &Self) -> bool {
        self.form.id() == other.form.id()
            && self.cells == other.cells
            && self.declared == other.declared
    }
}
