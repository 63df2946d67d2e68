//! What the fuzz targets do.

pub mod files;
pub mod mark;
#[path = "../../tests/support/naive.rs"]
mod naive;
pub mod targets;
