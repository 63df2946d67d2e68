//! Error localisation.

use std::sync::Arc;

use crate::correction::Correction;
use crate::form::Form;
use crate::record::Record;

/// Finds what to correct in records of one form.
#[derive(Clone, Debug)]
pub struct Localiser {
    _form: Arc<Form>,
}

impl Localiser {
    /// For records of this form.
    #[must_use]
    pub fn new(form: &Arc<Form>) -> Self {
        Localiser {
            _form: form.clone(),
        }
    }

    /// The corrections of a record, none where every hard rule holds. The record is of the localiser's form.
    #[must_use]
    pub fn localise(&self, _record: &Record) -> Vec<Correction> {
        Vec::new()
    }
}
