//! The rules over columns: a hundred thousand tables at once, with the verdicts of [`check`](crate::check()).
//!
//! A [`Plan`] holds the live rules of a form, ready for columns. [`Columns`] are the cells of many records, one slice of
//! integers an indicator, as Arrow, Parquet and data frames have them, with the bitmaps that say which are blank. Out come
//! the [`Tally`] of each rule, and, where asked for, the list of what failed: [`Failure`].
//!
//! ```
//! use xxgk::batch::{Column, Plan};
//! use xxgk::{Table, nine_category::NineCategory};
//! let plan = Plan::new(NineCategory::form());
//! // Three tables; the second leaves the number of full-time staff blank.
//! let mut columns = plan.columns(3);
//! columns.set("capacity.staff.total", Column::from(&[3_u32, 3, 3][..]))?;
//! columns.set("capacity.staff.full_time", Column::from(&[1_u32, 0, 1][..]).valid(&[0b101], 0))?;
//! columns.set("capacity.staff.part_time", Column::from(&[2_i64, 2, 1][..]))?;
//!
//! let rule = plan.rule("R801").unwrap();
//! let mut failures = Vec::new();
//! let tally = columns.list(&mut failures)[rule];
//! assert_eq!((tally.passed, tally.failed, tally.undetermined), (1, 1, 1));
//! assert_eq!((failures[0].record, failures[0].rule), (2, rule));
//! assert_eq!(failures[0].residual.unwrap(), 1);
//! # Ok::<(), xxgk::batch::ColumnError>(())
//! ```
//!
//! # Exact
//!
//! A comparison is computed in 32-bit integers where the values and the coefficients prove that nothing can overflow, else in
//! 64-bit, else by the engine itself, record by record. Nothing is rounded, and a blank is a blank: it is added as 0, and where
//! it could make the difference less, or more, only what it cannot change is decided.
//!
//! # How
//!
//! The records are gone through in blocks, and in each block rule by rule. Each comparison is computed in a loop that is
//! compiled for the number of its columns (`group`), and what that has seen of their bits proves afterwards that no sum has
//! wrapped (`comparison`). Where it does not, the columns are looked at first (`block`), and the comparison is computed in the
//! width that they need (`sum`). One comparison of columns without blanks is counted in that one pass; all else is joined by
//! three-valued logic (`truth`), a run of records at a time.

mod block;
mod column;
mod columns;
mod comparison;
mod exact;
mod found;
mod group;
mod lane;
mod plan;
mod run;
mod slot;
mod sum;
mod truth;

pub use column::{Column, Values};
pub use columns::{ColumnError, Columns, OutOfDomain};
pub use plan::{Failure, Plan, Planned, Tally};
