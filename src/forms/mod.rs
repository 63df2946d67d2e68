//! The built-in forms: their files, and the typed structs generated from them by `cargo xtask codegen`.

pub(crate) mod all;
pub(crate) mod table;

use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use crate::form::{Form, FormError};
use crate::number::Value;
use crate::record::{Record, RecordError};

use all::FILES;

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

/// Loads a form from the text of its TOML file: one of its own, or one that extends a built-in form.
///
/// ```
/// let form = xxgk::load(r#"
///     extends = "nine-category"
///     id = "somewhere"
///
///     [[row]]
///     after = "disclosure.channels.other"
///     code = "1.2.6"
///     key = "disclosure.channels.notice_boards"
///     label = "6.公告栏公开政府信息数"
///     unit = "条"
///     kind = "count"
/// "#)?;
/// assert_eq!((form.id(), form.cells()), ("somewhere", 59));
/// # Ok::<(), xxgk::form::FormError>(())
/// ```
///
/// # Errors
/// Where the text is not TOML, not a form, or extends none that there is.
pub fn load(text: &str) -> Result<Form, FormError> {
    let Some(id) = Form::extends(text)? else {
        return Form::from_toml(text);
    };
    match forms().iter().find(|form| form.id() == id) {
        Some(base) => base.extend(text),
        None => {
            let ids: Vec<&str> = forms().iter().map(|form| form.id()).collect();
            Err(Form::unknown_base(text, &id, &ids))
        }
    }
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

/// A number that the generated code knows to be there.
fn value<N: Default>(cell: Option<N>) -> N {
    cell.unwrap_or_default()
}

/// The count in a cell.
fn count(record: &Record, cell: usize) -> Option<u64> {
    match record.value(cell)? {
        Value::Count(count) => Some(count),
        Value::Amount(_) | Value::Change(_) => None,
    }
}

/// The amount in a cell.
fn amount(record: &Record, cell: usize) -> Option<Decimal> {
    match record.value(cell)? {
        Value::Amount(amount) => Some(amount),
        Value::Count(_) | Value::Change(_) => None,
    }
}

/// The change in a cell.
#[allow(dead_code, reason = "not every set of forms has changes")]
fn change(record: &Record, cell: usize) -> Option<i64> {
    match record.value(cell)? {
        Value::Change(change) => Some(change),
        Value::Count(_) | Value::Amount(_) => None,
    }
}
