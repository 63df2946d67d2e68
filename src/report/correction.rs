//! What to correct: the smallest sets of cells whose change lets every hard rule hold, as [`edit`](crate::edit) finds them.

use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::number::{Number, Value};

/// What can be done about hard rules that fail together. What is independent of each other is a correction each: any set of
/// the one goes with any set of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CellSet {
    /// The cells, in form order.
    pub cells: Vec<Change>,
    /// Human errors that explain it, the likeliest first.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl Serialize for Correction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        CorrectionView::from(self).serialize(serializer)
    }
}

/// A [`Correction`] as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CorrectionView {
    /// The rules that do not hold.
    pub rules: Vec<String>,
    /// How certain it is.
    pub certainty: Certainty,
    /// The sets of cells, any one of which would do.
    pub sets: Vec<CellSetView>,
}

/// A [`CellSet`] as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CellSetView {
    /// The cells, in form order.
    pub cells: Vec<ChangeView>,
    /// Human errors that explain it, each once, the likeliest first.
    pub diagnosis: Vec<HumanError>,
}

/// A [`Change`] as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChangeView {
    /// The key of the cell.
    pub key: String,
    /// What it holds.
    pub from: Number,
    /// What it can be changed to.
    #[serde(flatten)]
    pub to: ToView,
}

/// The only value that a cell can have, or between which two it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ToView {
    /// The only value.
    Value {
        /// That value.
        to: Number,
    },
    /// The least and the largest, null where there is no bound to speak of.
    Between {
        /// The least.
        min: Option<Number>,
        /// The largest.
        max: Option<Number>,
    },
}

impl From<&Correction> for CorrectionView {
    fn from(it: &Correction) -> Self {
        CorrectionView {
            rules: it.rules.iter().map(|rule| rule.to_string()).collect(),
            certainty: it.certainty,
            sets: it.sets.iter().map(Into::into).collect(),
        }
    }
}

impl From<&CellSet> for CellSetView {
    fn from(it: &CellSet) -> Self {
        let mut diagnosis: Vec<HumanError> = it.diagnosis.iter().map(|it| it.error).collect();
        diagnosis.dedup();
        CellSetView {
            cells: it.cells.iter().map(Into::into).collect(),
            diagnosis,
        }
    }
}

impl From<&Change> for ChangeView {
    fn from(it: &Change) -> Self {
        let [min, max] = it.bounds().map(|bound| bound.map(Number::from));
        ChangeView {
            key: it.key.to_string(),
            from: it.from.into(),
            to: match it.to() {
                Some(to) => ToView::Value { to: to.into() },
                None => ToView::Between { min, max },
            },
        }
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
        serde_json::to_value(ChangeView::from(&change)).unwrap()
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

    #[test]
    fn a_change_reads_back() {
        for to in [
            r#"{"key":"a","from":"1","to":"2"}"#,
            r#"{"key":"a","from":"1.5","min":"0","max":null}"#,
            r#"{"key":"a","from":"-1","min":null,"max":"18446744073709551615"}"#,
        ] {
            let change: ChangeView = serde_json::from_str(to).unwrap();
            assert_eq!(serde_json::to_string(&change).unwrap(), to);
        }
    }
}
