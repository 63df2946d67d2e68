//! What to correct.

mod localise;

pub use localise::Localiser;
