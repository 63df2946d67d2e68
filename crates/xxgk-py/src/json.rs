//! What xxgk writes as JSON, as Python's own objects.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Serialize;

use crate::XxgkError;

/// Dictionaries, lists and texts of a value. A number with decimals becomes a `Decimal`: no digit is lost.
pub fn object<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text =
        serde_json::to_string(value).map_err(|error| XxgkError::new_err(error.to_string()))?;
    let exact = PyDict::new(py);
    exact.set_item("parse_float", py.import("decimal")?.getattr("Decimal")?)?;
    py.import("json")?
        .call_method("loads", (text,), Some(&exact))
}
