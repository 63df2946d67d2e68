//! What to correct in a table whose cells do not hang together.
//!
//! - [`Localiser`]: which cells to change, and to what (error localisation): **all** of the smallest sets, exactly
//! - [`impute`](impute()): blank cells whose values the rules determine (deductive imputation)

mod group;
mod impute;
mod localise;
mod search;
mod single;

pub use impute::{Filled, Imputation, OpenCell, impute};
pub use localise::Localiser;
