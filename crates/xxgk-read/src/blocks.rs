//! What stands in a document, one behind the other, and what becomes of the cells of its tables.

use std::ops::Range;

use xxgk::{Grid, GridCell, LeftOut, Look, Run};

use crate::error::ReadError;
use crate::output::{Output, Shown, running};
use crate::sources::CellSpans;

/// What stands in the document, or in a cell.
pub(crate) enum Block {
    /// And where it stands in its part of the file, where that is known.
    Paragraph(Vec<Run>, Option<Range<usize>>),
    Table(Grid, CellSpans),
    /// Another document, by its relation.
    Chunk(String),
}

impl Block {
    /// Hands it on; a document within this one is not read.
    pub fn put(self, output: &mut Output) -> Result<(), ReadError> {
        match self {
            Block::Paragraph(runs, span) => output.paragraph_at(&running(&runs), span),
            Block::Table(grid, spans) => output.table_at(&grid, &spans, false)?,
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
    /// Where it stands in its part of the file, where that is known.
    pub span: Option<Range<usize>>,
}

/// The table of some cells, and behind it those that stand within them. A table of one cell only lays the page out.
pub(crate) fn table(mut cells: Vec<Cell>, output: &mut Output) -> Result<Vec<Block>, ReadError> {
    if cells.len() == 1 {
        return Ok(cells.pop().map(|cell| cell.blocks).unwrap_or_default());
    }
    let (mut grid, mut spans, mut inner) = (Grid::new(), CellSpans::new(), Vec::new());
    for cell in cells {
        let mut place = cell.place;
        let mut shown = Shown::default();
        for block in cell.blocks {
            match block {
                Block::Paragraph(runs, _) => shown.append(&runs),
                Block::Table(..) | Block::Chunk(_) => inner.push(block),
            }
        }
        place.runs = shown.take();
        for run in place.runs.iter_mut().filter(|_| cell.hidden) {
            run.look = Look::Hidden;
        }
        for column in 0..cell.times {
            let mut place = place.clone();
            place.column = place.column.saturating_add(column);
            let span = cell.span.clone();
            spans.extend(span.map(|span| ((place.row, place.column), span)));
            output.cell(&mut grid, place)?;
        }
    }
    let mut blocks = vec![Block::Table(grid, spans)];
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
