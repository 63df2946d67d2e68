//! What the mark at the end of a row says of its cells: how wide they are, which are merged, and what is behind them.

use super::props::{long_shading, short_shading};
use super::sprm::{Modifier, TABLE};
use crate::css::Paint;
use crate::ole::u16_at;
use crate::rows::Layout;

/// Word stops at 63.
const MAX_CELLS: usize = 255;
/// What the old description of a cell takes.
const CELL: usize = 20;
/// Of so many cells each list of shadings has the next.
const SHADINGS: usize = 22;

/// A row.
#[derive(Clone, Debug, Default)]
pub(super) struct RowFormat {
    start: i32,
    gap: i32,
    cells: Vec<Cell>,
    pub style: Option<u16>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    width: i32,
    beside: bool,
    below: bool,
    behind: Option<Paint>,
}

impl RowFormat {
    pub fn start(&self) -> i32 {
        self.start
    }

    /// What is behind the text of a cell.
    pub fn behind(&self, cell: usize) -> Option<Paint> {
        self.cells.get(cell)?.behind
    }

    pub fn layouts(&self) -> Vec<Layout> {
        let mut end = self.start;
        let layout = |cell: &Cell| {
            end = end.saturating_add(cell.width);
            Layout {
                end,
                beside: cell.beside,
                below: cell.below,
                behind: cell.behind,
            }
        };
        self.cells.iter().map(layout).collect()
    }

    /// Takes a modifier. `None` where it is not whole.
    pub fn take(&mut self, modifier: &Modifier<'_>) -> Option<()> {
        let operand = modifier.operand;
        let byte = |at: usize| operand.get(at).copied().unwrap_or_default();
        match modifier.number {
            TABLE => self.define(operand.get(2..)?)?,
            0x563a => self.style = Some(modifier.word()),
            0x9601 => self.start = signed(operand, 0)? - self.gap,
            0x9602 => {
                let gap = signed(operand, 0)?;
                self.start = self.start.saturating_add(self.gap - gap);
                self.gap = gap;
            }
            0xd609 => self.shade(0, operand.get(1..)?.chunks(2).map(short_shading)),
            0xd612 => self.shade(0, operand.get(1..)?.chunks(10).map(long_shading)),
            0xd616 => self.shade(SHADINGS, operand.get(1..)?.chunks(10).map(long_shading)),
            0xd60c => self.shade(2 * SHADINGS, operand.get(1..)?.chunks(10).map(long_shading)),
            0xd660 => {
                let behind = long_shading(operand.get(1..)?);
                self.cells.iter_mut().for_each(|it| it.behind = behind);
            }
            0xd62d => {
                let behind = long_shading(operand.get(3..)?);
                self.some(byte(1), byte(2))
                    .for_each(|it| it.behind = behind);
            }
            0x7627 => {
                let behind = short_shading(operand.get(2..)?);
                self.some(byte(0), byte(1))
                    .for_each(|it| it.behind = behind);
            }
            0x5624 => (self.some(byte(0), byte(1)).skip(1)).for_each(|it| it.beside = true),
            0x5625 => (self.some(byte(0), byte(1))).for_each(|it| it.beside = false),
            0xd62b => {
                let below = byte(2) == 1;
                let next = byte(1).saturating_add(1);
                self.some(byte(1), next).for_each(|it| it.below = below);
            }
            0x7623 => {
                let width = signed(operand, 2)?;
                self.some(byte(0), byte(1)).for_each(|it| it.width = width);
            }
            0x7621 => self.insert(
                usize::from(byte(0)),
                usize::from(byte(1)),
                signed(operand, 2)?,
            )?,
            0x5622 => {
                let to = usize::from(byte(1)).min(self.cells.len());
                self.cells.drain(usize::from(byte(0)).min(to)..to);
            }
            _ => {}
        }
        Some(())
    }

    /// The cells from one to the one before another.
    fn some(&mut self, from: u8, to: u8) -> impl Iterator<Item = &mut Cell> {
        let (from, to) = (usize::from(from), usize::from(to));
        self.cells.iter_mut().take(to).skip(from)
    }

    fn shade(&mut self, from: usize, shadings: impl Iterator<Item = Option<Paint>>) {
        let cells = self.cells.iter_mut().skip(from);
        cells
            .zip(shadings)
            .for_each(|(it, behind)| it.behind = behind);
    }

    fn insert(&mut self, at: usize, count: usize, width: i32) -> Option<()> {
        let cell = Cell {
            width,
            ..Cell::default()
        };
        let at = at.min(self.cells.len());
        self.cells.splice(at..at, std::iter::repeat_n(cell, count));
        (self.cells.len() <= MAX_CELLS).then_some(())
    }

    /// The edges of all cells, and what is said of each.
    fn define(&mut self, bytes: &[u8]) -> Option<()> {
        let count = usize::from(*bytes.first()?);
        let edge = |number: usize| signed(bytes, 1 + 2 * number);
        self.start = edge(0)?;
        self.cells.clear();
        let described = bytes.get(1 + 2 * (count + 1)..)?;
        // Of the first cell of those that are merged, and of the others, one bit is set, in books and programs the other way round.
        let mut first = 0;
        for number in 0..count {
            let flags = u16_at(described, CELL * number).unwrap_or_default();
            let merged = flags & 3;
            let beside = merged != 0 && first != 0 && merged != first;
            if !beside {
                first = merged;
            }
            self.cells.push(Cell {
                width: edge(number + 1)? - edge(number)?,
                beside,
                below: flags >> 5 & 3 == 1,
                behind: None,
            });
        }
        Some(())
    }
}

fn signed(bytes: &[u8], at: usize) -> Option<i32> {
    Some(i32::from(u16_at(bytes, at)?.cast_signed()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::sprm::modifiers;

    /// Rows of three cells of one inch, of which some bits are set, and what further modifiers make of them.
    fn row(flags: [u8; 3], more: &[u8]) -> Vec<(i32, bool, bool)> {
        let mut list = vec![0x08, 0xd6, 70, 0, 3, 0, 0, 160, 5, 64, 11, 224, 16];
        for flags in flags {
            list.push(flags);
            list.extend([0; 19]);
        }
        list.extend(more);
        let mut row = RowFormat::default();
        for modifier in modifiers(&list).unwrap() {
            row.take(&modifier).unwrap();
        }
        let layouts = row.layouts();
        let of = |it: &Layout| (it.end, it.beside, it.below);
        layouts.iter().map(of).collect()
    }

    #[test]
    fn cells_are_merged_inserted_and_removed() {
        let plain = [1440, 2880, 4320].map(|end| (end, false, false));
        let beside = [plain[0], (2880, true, false), (4320, true, false)];
        let [one, two, three] = plain;
        for (flags, more, expected) in [
            ([0; 3], &[][..], &plain[..]),
            // Both ways to say which is the first.
            ([1, 2, 2], &[], &beside),
            ([2, 1, 1], &[], &beside),
            ([1, 2, 1], &[], &[one, beside[1], three]),
            ([0x60, 0x20, 0], &[], &[one, (2880, false, true), three]),
            ([0; 3], &[0x24, 0x56, 0, 3], &beside),
            ([1, 2, 2], &[0x25, 0x56, 0, 3], &plain),
            (
                [0; 3],
                &[0x2b, 0xd6, 2, 1, 1],
                &[one, (2880, false, true), three],
            ),
            ([0; 3], &[0x22, 0x56, 1, 2], &[one, two]),
            (
                [0; 3],
                &[0x21, 0x76, 3, 1, 100, 0],
                &[one, two, three, (4420, false, false)],
            ),
            (
                [0; 3],
                &[0x23, 0x76, 0, 1, 100, 0],
                &[
                    (100, false, false),
                    (1540, false, false),
                    (2980, false, false),
                ],
            ),
            (
                [0; 3],
                &[0x02, 0x96, 100, 0, 0x01, 0x96, 0, 0],
                &[
                    (1340, false, false),
                    (2780, false, false),
                    (4220, false, false),
                ],
            ),
        ] {
            assert_eq!(row(flags, more), expected, "{flags:?} {more:?}");
        }
    }

    #[test]
    fn cells_without_end_are_refused() {
        let mut row = RowFormat::default();
        let insert = modifiers(&[0x21, 0x76, 0, 200, 1, 0]).unwrap();
        assert_eq!(row.take(&insert[0]), Some(()));
        assert_eq!(row.take(&insert[0]), None);
        let short = modifiers(&[0x08, 0xd6, 4, 0, 9, 0, 0]).unwrap();
        assert_eq!(row.take(&short[0]), None);
    }
}
