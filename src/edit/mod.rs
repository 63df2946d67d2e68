//! What to correct.

mod diagnose;
mod localise;

pub use diagnose::diagnose;
pub use localise::Localiser;
