//! The compiled part of the Python package `xxgk`: bytes and frames in, Python objects out. Files are opened by the Python part
//! (`python/xxgk/__init__.py`), which is also what a user sees.

#![deny(missing_docs)]

mod arrow;
mod document;
mod forms;
mod frame;
mod json;

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::pymodule;

create_exception!(
    xxgk,
    XxgkError,
    PyValueError,
    "What was given cannot be used; the message says why, and what to do."
);

#[pymodule]
mod _xxgk {
    #[pymodule_export]
    use crate::XxgkError;
    #[pymodule_export]
    use crate::document::{Report, Table, read};
    #[pymodule_export]
    use crate::forms::Forms;
    #[pymodule_export]
    use crate::frame::{Findings, check_frame};
}
