//! Where in a file the cells and paragraphs of its document stand, for those who put something beside them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use xxgk::{Document, Grid, Place};

/// The cells of a table by their rows and columns, from 0, and where each element stands in its part of the file.
pub(crate) type CellSpans = Vec<((usize, usize), Range<usize>)>;

/// Where in a file the lines of its document stand, as far as that is certain.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// In the order of the lines.
    blocks: Vec<Block>,
}

/// Where a cell or a paragraph stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// The file within the archive; empty where the file is no archive.
    pub part: Arc<str>,
    /// The row and the column, from 0, of a cell; `None` of a paragraph.
    pub cell: Option<(usize, usize)>,
    /// Its element in the text of the part, without the mark of a byte order; `None` of a cell of a sheet that has none.
    pub span: Option<Range<usize>>,
}

/// A paragraph, or a table.
#[derive(Clone, Debug)]
struct Block {
    /// Its lines in the document, from 0.
    lines: Range<usize>,
    part: Arc<str>,
    of: Of,
}

#[derive(Clone, Debug)]
enum Of {
    Paragraph(Range<usize>),
    Table {
        cells: HashMap<(usize, usize), Range<usize>>,
        /// Of the cells that are not blank.
        first: Option<(usize, usize)>,
        is_sheet: bool,
    },
}

impl Sources {
    pub(crate) fn paragraph(&mut self, lines: Range<usize>, part: &Arc<str>, span: Range<usize>) {
        self.push(lines, part, Of::Paragraph(span));
    }

    pub(crate) fn table(
        &mut self,
        lines: Range<usize>,
        part: &Arc<str>,
        grid: &Grid,
        spans: &CellSpans,
        is_sheet: bool,
    ) {
        let said = grid.cells.iter().filter(|it| !it.is_blank());
        let of = Of::Table {
            cells: once_each(spans),
            first: said.map(|it| (it.row, it.column)).min(),
            is_sheet,
        };
        self.push(lines, part, of);
    }

    fn push(&mut self, lines: Range<usize>, part: &Arc<str>, of: Of) {
        if !lines.is_empty() {
            let part = part.clone();
            self.blocks.push(Block { lines, part, of });
        }
    }

    /// Where a place of the document stands in the file; `None` where that is not certain.
    #[must_use]
    pub fn find(&self, document: &Document, place: &Place) -> Option<Source> {
        let block = self.block(place)?;
        match &block.of {
            Of::Paragraph(span) => Some(Source {
                part: block.part.clone(),
                cell: None,
                span: Some(span.clone()),
            }),
            Of::Table { .. } => block.cell(document.cell_at(place)?),
        }
    }

    /// The first cell that is not blank of the table that a place is in.
    #[must_use]
    pub fn first_of_table(&self, place: &Place) -> Option<Source> {
        let block = self.block(place)?;
        match block.of {
            Of::Table { first, .. } => block.cell(first?),
            Of::Paragraph(_) => None,
        }
    }

    /// The paragraph or table that a place is in.
    fn block(&self, place: &Place) -> Option<&Block> {
        let line = place.line.checked_sub(1)?;
        let behind = self.blocks.partition_point(|it| it.lines.start <= line);
        let block = self.blocks.get(behind.checked_sub(1)?)?;
        block.lines.contains(&line).then_some(block)
    }
}

impl Block {
    fn cell(&self, cell: (usize, usize)) -> Option<Source> {
        let Of::Table {
            cells, is_sheet, ..
        } = &self.of
        else {
            return None;
        };
        let span = cells.get(&cell).cloned();
        // A sheet has a cell at each place, whether there is an element for it or not.
        (span.is_some() || *is_sheet).then(|| Source {
            part: self.part.clone(),
            cell: Some(cell),
            span,
        })
    }
}

/// The spans of the cells that stand once: of one that stands twice, programs differ in which they show.
fn once_each(spans: &CellSpans) -> HashMap<(usize, usize), Range<usize>> {
    let mut cells = HashMap::with_capacity(spans.len());
    let mut twice = HashSet::new();
    for (cell, span) in spans {
        if cells.insert(*cell, span.clone()).is_some() {
            twice.insert(*cell);
        }
    }
    cells.retain(|cell, _| !twice.contains(cell));
    cells
}
