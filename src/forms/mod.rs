//! The built-in forms: their files, and the typed structs generated from them by `cargo xtask codegen`.

#[rustfmt::skip]
pub mod nine_category;

use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use crate::form::Form;
use crate::number::Value;
use crate::record::{Record, RecordError};

/// The text of each built-in form's file, by the form's id.
pub const FILES: &[(&str, &str)] = &[(
    "nine-category",
    include_str!("../../forms/nine-category.toml"),
)];

/// The built-in forms, loaded once.
static FORMS: LazyLock<Vec<Arc<Form>>> = LazyLock::new(|| {
    let load = |(id, text): &(&'static str, &str)| {
        Form::from_toml(text).map(|form| Arc::new(form.built_in(id)))
    };
    #[expect(
        clippy::expect_used,
        reason = "the files are part of the library, and its tests load them"
    )]
    FILES
        .iter()
        .map(load)
        .collect::<Result<_, _>>()
        .expect("a built-in form")
});

/// The built-in forms.
///
/// ```
/// assert_eq!(xxgk::forms()[0].id(), "nine-category");
/// ```
#[must_use]
pub fn forms() -> &'static [Arc<Form>] {
    &FORMS
}

/// The built-in form at an index of [`FILES`].
#[expect(
    clippy::indexing_slicing,
    reason = "the generated code names the index of its own file"
)]
fn form(index: usize) -> &'static Arc<Form> {
    &FORMS[index]
}

/// Refuses a record of another form.
fn expect_form(record: &Record, form: &Arc<Form>) -> Result<(), RecordError> {
    if record.form().id() == form.id() && record.cells().len() == form.cells() {
        return Ok(());
    }
    Err(RecordError::WrongForm {
        expected: form.id().to_owned(),
        found: record.form().id().to_owned(),
    })
}

/// A count that the generated code knows to be there.
fn value(cell: Option<u64>) -> u64 {
    cell.unwrap_or_default()
}

/// The count in a cell.
fn count(record: &Record, cell: usize) -> Option<u64> {
    match record.value(cell)? {
        Value::Count(count) => Some(count),
        Value::Amount(_) => None,
    }
}

/// The amount in a cell.
fn amount(record: &Record, cell: usize) -> Option<Decimal> {
    match record.value(cell)? {
        Value::Amount(amount) => Some(amount),
        Value::Count(_) => None,
    }
}
