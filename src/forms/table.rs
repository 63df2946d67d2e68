//! Typed tables: a struct for each built-in form, generated from it.

use std::ops::Deref;
use std::sync::Arc;

use crate::check::{all_passed, check};
use crate::form::Form;
use crate::record::{Record, RecordError};
use crate::report::Report;

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

    /// Checks the table, with what was declared beside it.
    fn check_with(&self, declared: Self::Declared) -> Report {
        if self.surely_passes(declared) {
            return all_passed(Self::form());
        }
        check(&self.record(declared))
    }
}

/// A table on which every hard rule holds. There is no other way to one than [`Consistent::new`] and
/// [`Consistent::with`].
///
/// ```
/// use xxgk::{Consistent, nine_category::NineCategory};
/// let refused = Consistent::new(NineCategory::default()).unwrap_err();
/// // Nothing is dropped: the table comes back with its report.
/// assert_eq!(refused.table, NineCategory::default());
/// assert_eq!(refused.report.counts.undetermined, 28);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
