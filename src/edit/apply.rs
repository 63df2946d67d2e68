//! Corrections that are applied to a record.

use crate::record::Record;
use crate::report::correction::{CellSet, Certainty, Correction};

/// Which corrections are applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Apply {
    /// Those that are [`Certainty::Determined`]: nothing else would do.
    #[default]
    Determined,
    /// Those that are [`Certainty::Unique`] too: it is known which cells are wrong. One that can have several values becomes
    /// blank, for none of them is known to be right.
    Unique,
}

/// A record to which corrections were applied.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Applied<'c> {
    /// The record with what was applied.
    pub record: Record,
    /// The corrections that were applied, each with the one set that it has.
    pub applied: Vec<&'c Correction>,
    /// The others.
    pub left: Vec<&'c Correction>,
}

/// Applies to a record those of its corrections that leave no choice. A correction is applied whole or not at all: not where a
/// cell of it no longer holds what it was to be changed from.
///
/// ```
/// use xxgk::edit::{Apply, Localiser, apply};
/// use xxgk::{Record, Value};
/// # use xxgk::{Table, nine_category::NineCategory};
/// # let form = NineCategory::form();
/// let mut record = Record::new(form.clone());
/// for (key, count) in [
///     ("received.total", 28),      // 27 in its parts, and in what was closed
///     ("received.in_person", 27), ("received.fax", 0), ("received.online", 0), ("received.letter", 0),
///     ("closed.total", 27), ("closed.on_time", 23), ("closed.extended", 4), ("answered.total", 27),
/// ] {
///     record.set(&format!("requests.{key}"), Some(Value::Count(count)))?;
/// }
/// let corrections = Localiser::new(form).localise(&record);
/// let applied = apply(&record, &corrections, Apply::Determined);
/// assert_eq!(applied.record.get("requests.received.total")?, Some(Value::Count(27)));
/// assert_eq!(applied.applied[0].sets[0].cells[0].from, Value::Count(28));
/// assert!(applied.left.is_empty());
/// # Ok::<(), xxgk::RecordError>(())
/// ```
#[must_use]
pub fn apply<'c>(record: &Record, corrections: &'c [Correction], which: Apply) -> Applied<'c> {
    let mut out = Applied {
        record: record.clone(),
        applied: Vec::new(),
        left: Vec::new(),
    };
    for correction in corrections {
        let Some(set) = only_set(correction, which).filter(|set| fits(set, &out.record)) else {
            out.left.push(correction);
            continue;
        };
        for change in &set.cells {
            // It holds a value of the same kind.
            _ = out.record.set(&change.key, change.to());
        }
        out.applied.push(correction);
    }
    out
}

/// The set of a correction that is to be applied.
fn only_set(correction: &Correction, which: Apply) -> Option<&CellSet> {
    let certain = match correction.certainty {
        Certainty::Determined => true,
        Certainty::Unique => which == Apply::Unique,
        Certainty::Alternatives | Certainty::Impossible | Certainty::Limit => false,
    };
    match &correction.sets[..] {
        [set] if certain => Some(set),
        _ => None,
    }
}

/// Whether every cell of a set holds what it is to be changed from.
fn fits(set: &CellSet, record: &Record) -> bool {
    let holds = |key, value| record.get(key) == Ok(Some(value));
    set.cells.iter().all(|it| holds(&it.key, it.from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nine_category::NineCategory;
    use crate::{Change, Table, Value};

    const TOTAL: &str = "requests.received.total";
    const FAX: &str = "requests.received.fax";

    fn change(key: &str, values: [u64; 3]) -> Change {
        let [from, least, most] = values.map(Value::Count);
        let form = NineCategory::form();
        let cell = form.cell(key).unwrap();
        Change {
            cell,
            key: key.into(),
            name: form.indicator(cell).unwrap().name().into(),
            from,
            least,
            most,
        }
    }

    #[test]
    fn what_is_determined_of_a_set_is_set_and_the_rest_is_blank() {
        let mut record = Record::new(NineCategory::form().clone());
        record.set(TOTAL, Some(Value::Count(28))).unwrap();
        record.set(FAX, Some(Value::Count(9))).unwrap();
        let set = CellSet {
            cells: vec![change(TOTAL, [28, 27, 27]), change(FAX, [9, 0, 5])],
            diagnosis: Vec::new(),
        };
        let mut corrections = [Correction {
            rules: vec!["R301".into()],
            certainty: Certainty::Unique,
            sets: vec![set],
        }];
        assert_eq!(
            apply(&record, &corrections, Apply::Determined).record,
            record
        );
        let applied = apply(&record, &corrections, Apply::Unique);
        assert_eq!(applied.record.get(TOTAL).unwrap(), Some(Value::Count(27)));
        assert_eq!(applied.record.get(FAX).unwrap(), None);

        // Whole or not at all.
        corrections[0].sets[0].cells[1].from = Value::Count(8);
        let applied = apply(&record, &corrections, Apply::Unique);
        assert_eq!((applied.record, applied.left.len()), (record, 1));
    }
}
