//! What to correct in a table whose cells do not hang together.
//!
//! - [`Localiser`]: which cells to change, and to what (error localisation): **all** of the smallest sets, exactly
//! - [`diagnose`]: which human errors explain them
//! - [`apply`](apply()): a record with the corrections that leave no choice
//! - [`impute`](impute()): blank cells whose values the rules determine (deductive imputation)

mod apply;
mod diagnose;
mod filled;
mod group;
mod impute;
mod localise;
mod say;
mod search;
mod single;

pub use apply::{Applied, Apply, apply};
pub use diagnose::diagnose;
pub use filled::{FilledView, ImputationView, OpenView};
pub(crate) use group::domain;
pub use impute::{Filled, Imputation, OpenCell, impute};
pub use localise::Localiser;
