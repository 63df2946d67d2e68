//! Arrow record batches in, findings out: the rules of [`xxgk`] over millions of filled-in forms.
//!
//! A [`Checker`] finds the column of each indicator, by its key, its code or its label, and checks batches in memory; an [`Input`] is a
//! Parquet or CSV file of any size. What was found is [`Checked`], and becomes Arrow again with [`Findings`].
//!
//! ```
//! use std::sync::Arc;
//! use arrow_array::{ArrayRef, Int32Array, RecordBatch, StringArray};
//! use xxgk::{Table, batch::Plan, nine_category::NineCategory};
//! use xxgk_batch::{Checker, Findings, Mapping};
//!
//! let columns: [(&str, ArrayRef); 3] = [
//!     ("capacity.staff.total", Arc::new(Int32Array::from(vec![3, 3, 3]))),
//!     ("capacity.staff.full_time", Arc::new(StringArray::from(vec!["1", "", "1"]))),
//!     ("兼职人员数", Arc::new(Int32Array::from(vec![2, 2, 1]))),
//! ];
//! let batch = RecordBatch::try_from_iter(columns)?;
//!
//! let plan = Plan::new(NineCategory::form());
//! let mapping = Mapping::from([("capacity.staff.part_time".to_owned(), "兼职人员数".to_owned())]);
//! let checker = Checker::new(&plan, batch.schema_ref(), &mapping, None)?;
//! let checked = checker.check(&batch, 1)?;
//! let tally = checked.tallies[plan.rule("R801").unwrap()];
//! assert_eq!((tally.passed, tally.failed, tally.undetermined), (1, 1, 1));
//!
//! let findings = Findings::new(&checker, false)?.batch(&checked, "")?;
//! assert_eq!(findings.num_rows(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What holds
//!
//! - The verdicts are those of [`xxgk::evaluate`]. A value that is no number, or not exact, is a finding of its record; a
//!   null is a blank, and so is an empty text, and what [`Blanks`] are told.
//! - A column that no rule speaks of is not read, nor are its values judged.
//! - Findings come in the order of the records, whatever the number of threads and the size of the batches.
//! - Memory is bounded whatever the size of a file: by the records that are in work, and by the pages of a Parquet file, each
//!   of which is unpacked as a whole.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::unreachable
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::unreachable)
)]

mod bind;
mod blank;
mod cells;
mod check;
mod correct;
mod csv_file;
mod decode;
mod error;
mod expect;
mod findings;
mod input;
mod key;
mod number;
mod parquet_file;
mod previous;

pub use bind::{Mapping, fit, matched, nearest};
pub use blank::Blanks;
pub use check::{Checked, Checker, Unread};
pub use correct::Corrected;
pub use error::{BatchError, Problem, io_text};
pub use expect::expected;
pub use findings::{Findings, JSON, OUTSIDE, counts};
pub use input::{Input, Pace};
pub use key::{Again, Fingerprints, Identity, Keys, key_text};
pub use parquet_file::is_contained;
pub use previous::{Alone, Previous, Told};
