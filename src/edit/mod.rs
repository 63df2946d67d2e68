//! What to correct in a table whose cells do not hang together.
//!
//! - [`Localiser`]: which cells to change, and to what (error localisation): **all** of the smallest sets, exactly
//! - [`diagnose`]: which human errors explain them

mod diagnose;
mod group;
mod localise;
mod search;
mod single;

pub use diagnose::diagnose;
pub use localise::Localiser;
