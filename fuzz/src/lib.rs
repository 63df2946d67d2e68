//! What the fuzz targets do.

pub mod files;
#[path = "../../tests/support/naive.rs"]
mod naive;
pub mod targets;
