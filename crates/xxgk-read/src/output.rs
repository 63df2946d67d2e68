//! What all formats write to: a document with room for so much.

use std::ops::Range;
use std::sync::Arc;

use xxgk::{Document, Grid, GridCell, LeftOut, Look, Run};

use crate::error::{Limit, ReadError};
use crate::limits::{MAX_CELLS, MAX_COLUMNS, MAX_TEXT};
use crate::sources::{CellSpans, Sources};

/// The document, and how much may still come.
#[derive(Debug)]
pub(crate) struct Output {
    document: Document,
    /// Cells that may still be collected.
    cells: usize,
    /// Rows times columns that may still be laid out.
    area: usize,
    text: usize,
    /// The tables as they were handed on, for the tests.
    kept: Option<Vec<Grid>>,
    /// Where all of it stands in the file, where that is asked for.
    sources: Option<Sources>,
    /// The part of the file that is being read, where its places are known.
    part: Option<Arc<str>>,
}

impl Output {
    pub fn new() -> Self {
        Output {
            document: Document::new(),
            cells: MAX_CELLS,
            area: MAX_CELLS,
            text: MAX_TEXT,
            kept: None,
            sources: None,
            part: None,
        }
    }

    /// One that keeps its tables.
    pub fn keeping() -> Self {
        Output {
            kept: Some(Vec::new()),
            ..Output::new()
        }
    }

    /// One that knows where all of it stands in the file.
    pub fn with_sources() -> Self {
        Output {
            sources: Some(Sources::default()),
            ..Output::new()
        }
    }

    /// What comes now stands in this part of the file, or in none whose places are known. Returns the part before.
    pub fn begin_part(&mut self, part: Option<&str>) -> Option<Arc<str>> {
        std::mem::replace(&mut self.part, part.map(Arc::from))
    }

    /// Goes on in the part before.
    pub fn restore_part(&mut self, part: Option<Arc<str>>) {
        self.part = part;
    }

    /// Whether it is asked for where all of it stands.
    pub fn has_sources(&self) -> bool {
        self.sources.is_some()
    }

    pub fn into_sources(self) -> (Document, Sources) {
        (self.document, self.sources.unwrap_or_default())
    }

    /// The tables that were kept.
    pub fn into_tables(self) -> Vec<Grid> {
        self.kept.unwrap_or_default()
    }

    pub fn document(self) -> Document {
        self.document
    }

    /// What comes now stands on this page, from 1.
    pub fn page(&mut self, number: usize) {
        self.document.page(number);
    }

    /// Adds running text.
    pub fn paragraph(&mut self, text: &str) {
        self.document.paragraph(text);
    }

    /// Adds running text that stands there in the part.
    pub fn paragraph_at(&mut self, text: &str, span: Option<Range<usize>>) {
        let begins = self.document.line_count();
        self.paragraph(text);
        let lines = begins..self.document.line_count();
        if let (Some(sources), Some(part), Some(span)) = (&mut self.sources, &self.part, span) {
            sources.paragraph(lines, part, span);
        }
    }

    /// Says that a part of the file is not read.
    pub fn leave_out(&mut self, part: LeftOut) {
        self.document.leave_out(part);
    }

    /// Adds a cell to a table that is being collected.
    pub fn cell(&mut self, grid: &mut Grid, cell: GridCell) -> Result<(), ReadError> {
        let take = |room: usize, amount, limit| {
            let left = room.checked_sub(amount);
            left.ok_or(ReadError::TooLarge(limit))
        };
        self.cells = take(self.cells, 1, Limit::Cells)?;
        self.text = take(self.text, weight(&cell.runs), Limit::Text)?;
        grid.cells.push(cell);
        Ok(())
    }

    /// Adds a table, or a sheet, whose cells stand there in the part.
    pub fn table_at(
        &mut self,
        grid: &Grid,
        spans: &CellSpans,
        sheet: bool,
    ) -> Result<(), ReadError> {
        let begins = self.document.line_count();
        self.table(grid)?;
        let lines = begins..self.document.line_count();
        if let (Some(sources), Some(part)) = (&mut self.sources, &self.part) {
            sources.table(lines, part, grid, spans, sheet);
        }
        Ok(())
    }

    /// Adds a table that is whole.
    pub fn table(&mut self, grid: &Grid) -> Result<(), ReadError> {
        let said = || grid.cells.iter().filter(|it| !it.is_blank());
        let first = said().map(|cell| cell.column).min().unwrap_or(0);
        let last = said().map(|cell| cell.column.saturating_add(cell.columns));
        let width = last.max().unwrap_or(0).saturating_sub(first);
        let mut rows: Vec<usize> = said().map(|cell| cell.row).collect();
        rows.sort_unstable();
        rows.dedup();
        let area = rows.len().saturating_mul(width.min(MAX_COLUMNS));
        let left = self.area.checked_sub(area);
        self.area = left.ok_or(ReadError::TooLarge(Limit::Cells))?;
        self.document.table(grid);
        if let Some(kept) = &mut self.kept {
            kept.push(grid.clone());
        }
        Ok(())
    }
}

/// The bytes that stretches of text take, roughly: each takes some beside its text.
pub(crate) fn weight(runs: &[Run]) -> usize {
    const RUN: usize = 48;
    let text: usize = runs.iter().map(|run| run.text.len()).sum();
    text.saturating_add(RUN * runs.len().saturating_sub(1))
}

/// Text as it is shown: white space of all kinds, of which several in a row are one, and none at the edges of a line. Each
/// stretch knows how it is shown.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    runs: Vec<Run>,
    space: bool,
}

impl Shown {
    /// Adds text; `keep` keeps line breaks and tabs.
    pub fn push(&mut self, text: &str, keep: bool, look: Look) {
        for c in text.chars() {
            match c {
                '\n' if keep => self.end_line(),
                '\t' if keep => self.put('\t', look),
                c if c.is_whitespace() => self.space = true,
                c => {
                    let begins = self.runs.iter().all(|run| run.text.is_empty());
                    if self.space && !begins && self.last() != Some('\n') {
                        self.put(' ', look);
                    }
                    self.space = false;
                    self.put(c, look);
                }
            }
        }
    }

    /// Adds the stretches of a paragraph, behind a space.
    pub fn append(&mut self, runs: &[Run]) {
        self.space();
        for run in runs {
            self.push(&run.text, false, run.look);
        }
    }

    /// A space, if more follows.
    pub fn space(&mut self) {
        self.space = true;
    }

    /// Ends a line.
    pub fn end_line(&mut self) {
        self.space = false;
        self.put('\n', Look::Plain);
    }

    pub fn take(&mut self) -> Vec<Run> {
        self.space = false;
        std::mem::take(&mut self.runs)
    }

    fn last(&self) -> Option<char> {
        self.runs.last()?.text.chars().next_back()
    }

    fn put(&mut self, c: char, look: Look) {
        match self.runs.last_mut().filter(|run| run.look == look) {
            Some(run) => run.text.push(c),
            None => self.runs.push(Run::new(c, look)),
        }
    }
}

/// The text of a paragraph. The document keeps no looks of running text: what is not shown is left out, raised digits become
/// the characters for them, and a digit that is shown by a rule that is not followed becomes one that cannot be read.
pub(crate) fn running(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match run.look {
            Look::Hidden | Look::Struck => {}
            Look::Raised => text.extend(run.text.chars().map(superscript)),
            Look::Unfollowed => text.extend(run.text.chars().map(|c| match c {
                c if c.is_numeric() || is_private(c) => char::REPLACEMENT_CHARACTER,
                c => c,
            })),
            _ => text.push_str(&run.text),
        }
    }
    text
}

fn superscript(c: char) -> char {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = c.to_digit(10).and_then(|it| usize::try_from(it).ok());
    digit.and_then(|it| digits.get(it)).copied().unwrap_or(c)
}

/// A character whose shape is the font's own.
fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}
