//! Checks the open-government statistics (政府信息公开情况统计表) that Chinese agencies publish.
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

mod check;
pub mod form;
mod forms;
mod grid;
mod kind;
mod lang;
pub mod number;
mod place;
pub mod ratio;
mod recognise;
mod record;
mod report;
pub mod rule;
#[cfg(feature = "proptest")]
pub mod strategies;
mod table;
mod text;
mod unicode;

pub use check::{Evaluation, check, evaluate};
pub use form::Form;
pub use forms::{FILES, forms, nine_category};
pub use kind::{FINDING_KINDS, FindingKind};
pub use lang::{Lang, Text};
pub use number::{Number, Value};
pub use place::Place;
pub use recognise::{Options, Reading, read};
pub use record::{Record, RecordError};
pub use report::{Cell, Counts, Declared, Finding, Report, Verdict, View};
pub use rule::{Outcome, Severity};
pub use table::{Consistent, Inconsistent, Table};
