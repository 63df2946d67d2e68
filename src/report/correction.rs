//! What to correct: the smallest sets of cells whose change lets every hard rule hold, as [`edit`](crate::edit) finds them.

use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::number::Value;

/// What can be done about hard rules that fail together. What is independent of each other is a correction each: any set of
/// the one goes with any set of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Correction {
    /// The rules that do not hold, by [`Instance::id`](crate::form::Instance::id): they fail, or no values of their blank
    /// cells would satisfy them. Where it is impossible, those that nothing satisfies together.
    pub rules: Vec<Arc<str>>,
    /// How certain it is.
    pub certainty: Certainty,
    /// All sets of cells of the smallest weight, any one of which would do; those that a human error explains stand first.
    pub sets: Vec<CellSet>,
}

/// How certain a correction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Certainty {
    /// There is one set, and each of its cells can have one value only.
    Determined,
    /// There is one set; a cell of it can have several values.
    Unique,
    /// There are several sets.
    Alternatives,
    /// There is none: the rules contradict each other, or what was declared beside the table.
    Impossible,
    /// It was not found out within the bound on work; there may be sets, and none is given.
    Limit,
}

/// Cells that are changed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CellSet {
    /// The cells, in form order.
    pub cells: Vec<Change>,
    /// Human errors that explain it, the likeliest first.
    #[serde(serialize_with = "errors")]
    pub diagnosis: Vec<Diagnosis>,
}

/// What a cell can be changed to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The index of the cell in its form.
    pub cell: usize,
    /// Its key.
    pub key: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// What it holds.
    pub from: Value,
    /// The least value that it can have, the others of the set having theirs.
    pub least: Value,
    /// The largest.
    pub most: Value,
}

impl Change {
    /// The only value that the cell can have, if there is only one.
    #[must_use]
    pub fn to(&self) -> Option<Value> {
        (self.least == self.most).then_some(self.least)
    }

    /// The least and the largest value that the cell can have; `None` where it can be as small, or as large, as anything.
    #[must_use]
    pub fn bounds(&self) -> [Option<Value>; 2] {
        let [least, most] = [self.least, self.most];
        let [small, large] = Value::open([least, most]);
        // That a count is not negative is a bound, although none to speak of.
        let small = small && matches!(least, Value::Change(_));
        [(!small).then_some(least), (!large).then_some(most)]
    }
}

/// A human error that would explain a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Diagnosis {
    /// What was done.
    pub error: HumanError,
    /// The index of the cell in which.
    pub cell: usize,
    /// The cell that the wrong figure came from, or by whose figure it is off.
    pub other: Option<usize>,
}

/// What people do to figures, the likeliest first where a figure fits several: the fewer figures would fit an error by chance,
/// the more it says that one does. A figure has one neighbour in a sign or a unit, and few in an exchange of digits or a shift of
/// the point; it has nine for each digit in mistyping, which comes last although nothing is done more often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HumanError {
    /// The sign is wrong.
    Sign,
    /// 元 or 亿元 for 万元: an amount is ten thousand times too large or too small.
    Unit,
    /// Two neighbouring digits are exchanged: 26 for 62.
    Transposed,
    /// The point is elsewhere, or zeros are too many or too few: 270 for 27.
    PowerOfTen,
    /// A digit is written twice: 277 for 27.
    Doubled,
    /// It is the figure of the year before.
    LastYear,
    /// It is the figure that belongs in a neighbouring row or column.
    Neighbour,
    /// A digit is left out: 27 for 277.
    Dropped,
    /// It is off by the figure of another cell of the same rule: a part was counted twice, or forgotten.
    OffByCell,
    /// A digit is another: 26 for 27.
    Mistyped,
}

impl CellSet {
    /// The likeliest human error in a cell, by its index.
    #[must_use]
    pub fn error(&self, cell: usize) -> Option<&Diagnosis> {
        self.diagnosis.iter().find(|it| it.cell == cell)
    }
}

/// What explains a set, each error once, the likeliest first.
fn errors<S: Serializer>(diagnosis: &[Diagnosis], serializer: S) -> Result<S::Ok, S::Error> {
    let mut errors: Vec<HumanError> = diagnosis.iter().map(|it| it.error).collect();
    errors.dedup();
    errors.serialize(serializer)
}

impl Serialize for Change {
    /// The only value as `to`, else the least and the largest as `min` and `max`, where there are bounds to speak of.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Change", 4)?;
        out.serialize_field("key", &self.key)?;
        out.serialize_field("from", &self.from)?;
        match self.to() {
            Some(to) => out.serialize_field("to", &to)?,
            None => {
                let [least, most] = self.bounds();
                out.serialize_field("min", &least)?;
                out.serialize_field("max", &most)?;
            }
        }
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(from: Value, least: Value, most: Value) -> serde_json::Value {
        let change = Change {
            cell: 0,
            key: "a".into(),
            name: "甲".into(),
            from,
            least,
            most,
        };
        serde_json::to_value(change).unwrap()
    }

    #[test]
    fn what_has_no_bound_has_no_number_for_one() {
        let least = Value::Change(i64::MIN);
        let change = json(Value::Change(1), least, Value::Change(i64::MAX - 7));
        assert!(
            change["min"].is_null() && change["max"].is_null(),
            "{change}"
        );
        let count = json(Value::Count(1), Value::Count(0), Value::Count(u64::MAX));
        assert_eq!(count["min"], serde_json::json!("0"));
        assert!(count["max"].is_null(), "{count}");
        let bounded = json(Value::Count(1), Value::Count(2), Value::Count(5));
        assert_eq!(bounded["max"], serde_json::json!("5"));
    }
}
