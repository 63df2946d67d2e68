//! What an office that collects the statistics of many agencies needs: which agency reported what, what is sent back and why,
//! and all of it as a workbook. It reads no files and writes none: whoever uses it hands over what was read.
//!
//! - [`Agencies`]: the list of those that have to report, and the levels between them
//! - [`Filed`]: what is kept of each table that was read and checked; [`Issue`]: what is wrong with it, a row each
//! - [`Pairs`]: which report of the year before belongs to a report
//! - [`collect()`]: whose each table is, of which year, and what becomes of it ([`Status`]); [`Levels`]: sums between levels
//! - [`book`]: the workbook (退回修改清单); [`list`]: only the list of what is wrong, for some tables
//!
//! All that people read here is in Chinese: the workbook goes to Chinese agencies, whatever the language of the command.

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

mod agencies;
mod assign;
mod book;
mod collection;
mod filed;
mod issue;
mod levels;
pub mod names;
mod pairs;

pub use agencies::{Agencies, Agency, ListError, ListFile};
pub use book::{BookError, book, list};
pub use collection::{Collection, Entry, Remark, Status, collect};
pub use filed::{Before, Difference, Filed};
pub use issue::{Figure, Issue, Weight, issues};
pub use levels::{Levels, SumDifference, Suspect};
pub use pairs::{NoPair, Pairs};
