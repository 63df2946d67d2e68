//! What the fuzz targets do.

#[path = "../../tests/support/naive.rs"]
mod naive;
pub mod targets;
