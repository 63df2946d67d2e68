//! The engine itself, record by record: for what the lanes cannot hold.

use super::columns::Columns;
use crate::form::Instance;
use crate::number::Number;
use crate::rule::Outcome;
use crate::rule::compile::Node;

/// The cells of one record that a rule speaks of, as the engine has them; what no cell can hold is blank.
pub(super) fn fill(
    columns: &Columns<'_>,
    instance: &Instance,
    record: usize,
    cells: &mut [Option<i128>],
) {
    for slot in instance.slots() {
        if let (Some(cell), Some(slot)) = (cells.get_mut(*slot), columns.slots.get(*slot)) {
            *cell = slot.value(record).unwrap_or(None);
        }
    }
}

/// What became of a rule, and left − right where it failed and is one comparison. Where cells are blank and it fails whatever
/// they hold, that is the value nearest to 0.
pub(super) fn outcome(instance: &Instance, cells: &[Option<i128>]) -> (Outcome, Option<Number>) {
    let outcome = instance.node.outcome(cells);
    let residual = match &instance.node {
        Node::Compare(linear) if outcome == Outcome::Fail => {
            Some(Number::new(linear.difference(cells).sum, linear.scale))
        }
        _ => None,
    };
    (outcome, residual)
}
