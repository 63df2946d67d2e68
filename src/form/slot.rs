//! What the indexes mean that a rule knows its numbers by: cells first, then parameters, then the cells of the year before.

use super::Form;

/// What one index of a rule is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A cell of the table.
    Cell(usize),
    /// Something that is declared beside it.
    Parameter(usize),
    /// A cell of the table of the year before.
    Previous(usize),
}

impl Slot {
    /// The cell that it is, of this year or of the year before.
    pub fn cell(self) -> Option<usize> {
        match self {
            Slot::Cell(cell) | Slot::Previous(cell) => Some(cell),
            Slot::Parameter(_) => None,
        }
    }
}

impl Form {
    /// What an index is of.
    pub(crate) fn slot_at(&self, index: usize) -> Slot {
        let Some(behind) = index.checked_sub(self.cells()) else {
            return Slot::Cell(index);
        };
        match behind.checked_sub(self.parameters.len()) {
            None => Slot::Parameter(behind),
            Some(cell) => Slot::Previous(cell),
        }
    }

    /// The index that something has.
    pub(crate) fn index_of(&self, slot: Slot) -> usize {
        match slot {
            Slot::Cell(cell) => cell,
            Slot::Parameter(parameter) => self.cells() + parameter,
            Slot::Previous(cell) => self.cells() + self.parameters.len() + cell,
        }
    }
}
