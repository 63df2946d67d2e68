//! Typed tables: a struct for each built-in form, generated from it.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::check::{all_passed, check};
use crate::form::Form;
use crate::record::{Record, RecordError};
use crate::report::Report;
use crate::rule::Severity;

/// The typed struct of a built-in form. Its leaves are `Option`s, because a blank is not a zero.
pub trait Table: Sized {
    /// What may be declared beside the table; all zero by default.
    type Declared: Copy + Default;

    /// The form that the struct was generated from.
    fn form() -> &'static Arc<Form>;

    /// The table as a record, cell by cell. Every table has one.
    fn record(&self, declared: Self::Declared) -> Record;

    /// The record as a table, cell by cell; what was declared stays behind.
    ///
    /// # Errors
    /// Only where the record is of another form.
    fn from_record(record: &Record) -> Result<Self, RecordError>;

    /// Whether every cell is filled in and every rule holds, by straight-line code generated from the rules. It may say
    /// no of a table on which all of that is so, never yes of one on which it is not.
    #[doc(hidden)]
    fn surely_passes(&self, declared: Self::Declared) -> bool;

    /// Checks the table, with nothing declared beside it.
    ///
    /// ```
    /// use xxgk::{Table, Verdict, nine_category::NineCategory};
    /// let report = NineCategory::default().check();
    /// assert_eq!(report.verdict(), Verdict::Incomplete);
    /// ```
    fn check(&self) -> Report {
        self.check_with(Self::Declared::default())
    }

    /// Whether every hard rule holds: else the report, in a box because it is large. [`Consistent::new`] is the same for a table
    /// that is handed on.
    ///
    /// ```
    /// use xxgk::{Table, nine_category::NineCategory};
    /// let report = NineCategory::default().validate().unwrap_err();
    /// assert_eq!(report.counts.undetermined, 28);
    /// ```
    ///
    /// # Errors
    /// With the report, where a hard rule fails or is undetermined.
    fn validate(&self) -> Result<(), Box<Report>> {
        let report = self.check();
        match report.is_consistent() {
            true => Ok(()),
            false => Err(report.into()),
        }
    }

    /// Checks the table, with what was declared beside it.
    fn check_with(&self, declared: Self::Declared) -> Report {
        if self.surely_passes(declared) {
            return all_passed(Self::form());
        }
        check(&self.record(declared))
    }
}

/// A table on which every hard rule holds. There is no other way to one than [`Consistent::new`] and
/// [`Consistent::with`]; one that is deserialised is checked, with nothing declared beside it.
///
/// ```
/// use xxgk::{Consistent, nine_category::NineCategory};
/// let refused = Consistent::new(NineCategory::default()).unwrap_err();
/// // Nothing is dropped: the table comes back with its report.
/// assert_eq!(refused.table, NineCategory::default());
/// assert_eq!(refused.report.counts.undetermined, 28);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Consistent<T>(T);

/// A table on which a hard rule fails or is undetermined, with the report that says which.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the table is not consistent: {} of {} rules fail, {} are undetermined",
    report.counts.failed, report.counts.rules, report.counts.undetermined)]
pub struct Inconsistent<T> {
    /// The table as it was given.
    pub table: T,
    /// What is wrong with it.
    pub report: Box<Report>,
}

impl<T: Table> Consistent<T> {
    /// The table, if every hard rule holds on it.
    ///
    /// # Errors
    /// With the table and its report, where a hard rule fails or is undetermined.
    pub fn new(table: T) -> Result<Self, Inconsistent<T>> {
        Self::with(table, T::Declared::default())
    }

    /// The table, if every hard rule holds on it with what was declared beside it.
    ///
    /// # Errors
    /// With the table and its report, where a hard rule fails or is undetermined.
    pub fn with(table: T, declared: T::Declared) -> Result<Self, Inconsistent<T>> {
        let report = table.check_with(declared);
        if report.is_consistent() {
            Ok(Consistent(table))
        } else {
            Err(Inconsistent {
                table,
                report: Box::new(report),
            })
        }
    }
}

impl<'de, T: Table + Deserialize<'de>> Deserialize<'de> for Consistent<T> {
    /// The table, if every hard rule holds on it; the error names those that do not.
    ///
    /// ```
    /// use xxgk::{Consistent, nine_category::NineCategory};
    /// let json = r#"{"requests":{"received":{"total":27,"in_person":28}}}"#;
    /// let error = serde_json::from_str::<Consistent<NineCategory>>(json).unwrap_err();
    /// assert!(error.to_string().contains("R301"));
    /// ```
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refused = |refused: Inconsistent<T>| {
            let findings = refused.report.findings.iter();
            let hard = findings.filter(|it| it.severity == Severity::Hard);
            let mut ids: Vec<&str> = hard.map(|it| &*it.rule).collect();
            ids.dedup();
            de::Error::custom(format_args!("{refused}: {}", ids.join(", ")))
        };
        Consistent::new(T::deserialize(deserializer)?).map_err(refused)
    }
}

impl<T> Consistent<T> {
    /// The table.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Consistent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
