//! What stands in a document, one behind the other, and what becomes of the cells of its tables.

use xxgk::{Grid, GridCell, LeftOut, Look, Run};

use crate::error::ReadError;
use crate::output::{Output, Shown, running};

/// What stands in the document, or in a cell.
pub(crate) enum Block {
    Paragraph(Vec<Run>),
    Table(Grid),
    /// Another document, by its relation.
    Chunk(String),
}

impl Block {
    /// Hands it on; a document within this one is not read.
    pub fn put(self, output: &mut Output) -> Result<(), ReadError> {
        match self {
            Block::Paragraph(runs) => output.paragraph(&running(&runs)),
            Block::Table(grid) => output.table(&grid)?,
            Block::Chunk(_) => output.leave_out(LeftOut::Document),
        }
        Ok(())
    }
}

/// A cell of a table, with what stands in it.
pub(crate) struct Cell {
    pub place: GridCell,
    pub blocks: Vec<Block>,
    pub hidden: bool,
    /// How many of it stand beside each other.
    pub times: usize,
}

/// The table of some cells, and behind it those that stand within them. A table of one cell only lays the page out.
pub(crate) fn table(mut cells: Vec<Cell>, output: &mut Output) -> Result<Vec<Block>, ReadError> {
    if cells.len() == 1 {
        return Ok(cells.pop().map(|cell| cell.blocks).unwrap_or_default());
    }
    let (mut grid, mut inner) = (Grid::new(), Vec::new());
    for cell in cells {
        let mut place = cell.place;
        let mut shown = Shown::default();
        for block in cell.blocks {
            match block {
                Block::Paragraph(runs) => shown.append(&runs),
                Block::Table(_) | Block::Chunk(_) => inner.push(block),
            }
        }
        place.runs = shown.take();
        for run in place.runs.iter_mut().filter(|_| cell.hidden) {
            run.look = Look::Hidden;
        }
        for column in 0..cell.times {
            let mut place = place.clone();
            place.column = place.column.saturating_add(column);
            output.cell(&mut grid, place)?;
        }
    }
    let mut blocks = vec![Block::Table(grid)];
    blocks.append(&mut inner);
    Ok(blocks)
}

/// What of a file of another program is left out, by the name of the program; `None` for a formula, which stands in the text.
pub(crate) fn embedded(program: &str) -> Option<LeftOut> {
    let is = |names: &[&str]| names.iter().any(|name| program.starts_with(name));
    if is(&["Equation", "DSMT", "MathType", "Kingsoft.Equation"]) {
        None
    } else if is(&["Excel", "ET.", "Ket.", "KET"]) {
        Some(LeftOut::Workbook)
    } else {
        Some(LeftOut::Document)
    }
}
