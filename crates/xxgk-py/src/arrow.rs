//! Record batches, handed to Python by the Arrow C stream interface.

use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;

/// What `__arrow_c_stream__` gives.
pub fn stream<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    requested_schema: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    let reader = Bound::new(py, PyRecordBatchReader::new(Box::new(reader)))?;
    reader.call_method1("__arrow_c_stream__", (requested_schema,))
}
