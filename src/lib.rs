//! Checks the open-government statistics (政府信息公开情况统计表) that every agency in China publishes each year.
//!
//! A form is data: [`Form`] holds the rows and the rules (勾稽关系) of one edition, read from a TOML file. The typed structs
//! for embedding are generated from it: [`nine_category::NineCategory`]. A table is checked as a typed struct
//! ([`Table::check`]), as a [`Record`] of any form ([`check`]), or as it is read from a text ([`read`]). What comes back is a
//! [`Report`] whose [`Finding`]s are proofs: the rule, both sides, the difference, each cell with its value and its place,
//! and a message in Chinese and in English.
//!
//! ```
//! use xxgk::nine_category::NineCategory;
//! use xxgk::{Lang, Options, Table, Verdict, read};
//!
//! let text = "\
//! 政府信息公开情况统计表(2017年度)
//! 统计指标 | 单位 | 统计数
//! (一)收到申请数 | 件 | 27
//! 1.当面申请数 | 件 | 26
//! 2.传真申请数 | 件 | 0
//! 3.网络申请数 | 件 | 0
//! 4.信函申请数 | 件 | 0
//! (二)申请办结数 | 件 | 27
//! 1.按时办结数 | 件 | 27
//! 2.延期办结数 | 件 | 0
//! ";
//! let options = Options::default();
//! let report = read(text, std::slice::from_ref(NineCategory::form()), &options).next().unwrap().check();
//! assert_eq!((report.year, report.verdict()), (Some(2017), Verdict::Inconsistent));
//!
//! let finding = report.finding("R301").unwrap();
//! assert_eq!(finding.sides.unwrap(), [27, 26, 1]);
//! assert_eq!(finding.cells[0].place.as_ref().unwrap().line, 3);
//! assert!(finding.message.get(Lang::Zh).starts_with("“收到申请数”为27件，而当面、传真、网络、信函四项申请数之和为26件"));
//! ```
//!
//! # What holds
//!
//! - Every verdict is exact: integers and decimals, no floats, no overflow. A blank is not a zero: a rule that a blank cell
//!   leaves open is [undetermined](Outcome::Undetermined), and one that cannot hold whatever the blank cells hold fails.
//! - No input makes the library panic. It does no I/O, and has no state but the built-in forms and the word lists of sentences,
//!   which are loaded once.
//! - What cannot be told for certain is refused, never guessed.
//!
//! # Where things are
//!
//! - forms as data, and the rule language: [`form`], [`rule`]
//! - typed tables: [`nine_category`], [`Table`], [`Consistent`]
//! - the engine: [`Record`], [`check()`], [`evaluate`], [`Report`]
//! - what to correct, and what to fill in: [`edit`]
//! - what the rules of a form say of each other: [`analyse`](mod@analyse)
//! - between years and between levels: [`series`], [`rollup`]
//! - documents: [`read()`], [`Document`], [`read_document`], [`Reading`]; back to text: [`write()`]
//! - what the sentences say, against the table: [`prose`]
//! - many records at once, in columns: [`batch`]; in a database: [`sql`]
//! - percentages: [`ratio`]
//! - other files in TOML, and what is wrong with them: [`toml_file`]
//! - tables for property tests: `strategies` (feature `proptest`); for fuzzing: feature `arbitrary`

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
    allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unreachable
    )
)]

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

mod across;
pub mod analyse;
mod check;
mod columns;
mod document;
pub mod edit;
pub mod form;
mod forms;
mod integer;
mod lang;
pub mod number;
mod outline;
mod place;
pub mod prose;
mod recognise;
mod record;
mod report;
mod review;
pub mod rule;
#[cfg(feature = "proptest")]
pub mod strategies;
pub mod toml_file;
mod unicode;
mod write;

pub use across::{rollup, series};
pub use check::ratio;
pub use check::{Evaluation, check, evaluate};
pub use columns::{batch, sql};
pub use document::{Document, Grid, GridCell, LeftOut, Look, Run};
pub use form::{Form, SwitchedOff};
pub use forms::all::*;
pub use forms::table::{Consistent, Inconsistent, Table};
pub use forms::{forms, load};
pub use lang::{Lang, Text, UnknownLang};
pub use number::{Number, Value};
pub use place::{Place, Within};
pub use recognise::{Blanks, Options, Reading, read, read_document};
pub use record::{Record, RecordError, RecordOf};
pub use report::{
    Cell, CellSet, Certainty, Change, Correction, Counts, Declared, Diagnosis, Example,
    FINDING_KINDS, Finding, FindingKind, HumanError, PlaceView, Report, Verdict, View, view,
};
pub use review::{LastYear, Unlike};
pub use rule::{Bound, Outcome, Severity};
pub use write::write;
