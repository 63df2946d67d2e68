//! What to correct in a table whose cells do not hang together.
//!
//! - [`Localiser`]: which cells to change, and to what (error localisation): **all** of the smallest sets, exactly

mod group;
mod localise;
mod search;
mod single;

pub use localise::Localiser;
