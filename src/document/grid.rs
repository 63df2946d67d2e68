//! A document as a reader hands it to the recogniser, whatever file it came from: running text, and tables cut into cells.

use std::ops::Range;
use std::sync::Arc;

use super::layout::lines_from;
use super::line::{Cut, Flaw, Line, Look, MAX_COLUMNS, TextCell};
use crate::place::{Place, Within};

/// What stands between the cells of a row in the text of a document.
const BETWEEN: &str = " | ";

/// A document: its running text, and its tables cut into cells.
///
/// It has a text of its own, in which each paragraph and each row of a table is one line: that is what the places of findings
/// count lines in, beside the place in the file itself ([`Place::within`](crate::Place::within)). A plain text is a document of its own lines.
///
/// ```
/// use xxgk::{Document, Grid, GridCell, Options, Within, forms, read_document};
/// let mut document = Document::new();
/// document.paragraph("2017年政府信息公开工作年度报告");
/// let mut grid = Grid::sheet("Sheet1");
/// for (row, cells) in [["收到申请数", "件", "27"], ["当面申请数", "件", "27"]].iter().enumerate() {
///     for (column, text) in cells.iter().enumerate() {
///         grid.cells.push(GridCell::new(row, column, *text));
///     }
/// }
/// document.table(&grid);
/// assert_eq!(document.text(), "2017年政府信息公开工作年度报告\n收到申请数 | 件 | 27\n当面申请数 | 件 | 27\n");
/// let options = Options::default();
/// assert!(read_document(&document, forms(), &options).next().is_some());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: String,
    lines: usize,
    paragraphs: usize,
    tables: usize,
    /// The page that is being added; `None` where the file has none.
    page: Option<usize>,
    segments: Vec<Segment>,
    left_out: Vec<LeftOut>,
    grids: usize,
}

/// A part of a file that is not read, and may hold what is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// A picture; a table may have been pasted as one.
    Picture,
    /// A workbook that is embedded in a text.
    Workbook,
    /// Another document that is embedded, in a format that is not read.
    Document,
    /// Numbers on a page that no rules part, and that do not stand in columns either.
    Columns,
    /// Glyphs of which the file does not say which characters they are.
    Characters,
}

/// A part of a document's text.
#[derive(Clone, Debug)]
enum Segment {
    /// Running text, from a line on.
    Text {
        range: Range<usize>,
        line: usize,
        within: Option<Within>,
    },
    /// One row of a table.
    Row {
        range: Range<usize>,
        line: usize,
        /// Which row of its table, from 0.
        row: usize,
        /// Which table of the document, hidden ones too, and whether it is one of those.
        grid: usize,
        hidden: bool,
        cells: Vec<Mark>,
        /// No cell of it can have been lost: it is as wide as the table.
        exact: bool,
    },
}

/// Where the text of a cell stands in that of the document, and how it stands in its table.
#[derive(Clone, Debug)]
struct Mark {
    range: Range<usize>,
    /// It is not there: a merged cell to the left or above covers its place.
    covered: bool,
    /// Its first column, and over how many it goes.
    column: usize,
    columns: usize,
    flaw: Option<Flaw>,
    within: Within,
}

/// One table of a file, as its reader cut it into cells.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The sheet that it is; `None` for a table within a text.
    sheet: Option<Arc<str>>,
    /// The sheet, or the table, is hidden: a person who opens the file does not see it.
    pub hidden: bool,
    /// Its cells, in any order. What no cell covers is blank in a sheet; in a table within a text a row ends with its last
    /// cell, and one that ends before the others may have lost any.
    pub cells: Vec<GridCell>,
    /// The page of each row, from 1, in a file that has pages; else empty.
    pub pages: Vec<usize>,
}

/// One cell of a [`Grid`], merged over one row and one column or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// Its first row, from 0.
    pub row: usize,
    /// Its first column, from 0.
    pub column: usize,
    /// Over how many rows it stands, 1 or more.
    pub rows: usize,
    /// Over how many columns it stands, 1 or more.
    pub columns: usize,
    /// What stands in it, one stretch after the other.
    pub runs: Vec<Run>,
}

/// One stretch of a cell's text, and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text as it stands.
    pub text: String,
    /// How it is shown.
    pub look: Look,
}

impl Segment {
    /// The lines of the text before it.
    fn line(&self) -> usize {
        match self {
            Segment::Text { line, .. } | Segment::Row { line, .. } => *line,
        }
    }
}

impl Run {
    /// A stretch of text that is shown like that.
    #[must_use]
    pub fn new(text: impl Into<String>, look: Look) -> Self {
        Run {
            text: text.into(),
            look,
        }
    }
}

impl Grid {
    /// A table within a text; the document counts them.
    #[must_use]
    pub fn new() -> Self {
        Grid {
            sheet: None,
            hidden: false,
            cells: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// A sheet of a workbook.
    #[must_use]
    pub fn sheet(name: impl Into<Arc<str>>) -> Self {
        Grid {
            sheet: Some(name.into()),
            hidden: false,
            cells: Vec::new(),
            pages: Vec::new(),
        }
    }
}

impl Default for Grid {
    fn default() -> Self {
        Self::new()
    }
}

impl GridCell {
    /// A cell that is not merged, all of whose text is plain.
    #[must_use]
    pub fn new(row: usize, column: usize, text: impl Into<String>) -> Self {
        GridCell {
            row,
            column,
            rows: 1,
            columns: 1,
            runs: vec![Run::new(text, Look::Plain)],
        }
    }

    /// Whether nothing stands in it, shown or not.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.trim().is_empty())
    }

    /// The text that is shown, and what else there is to know of the cell.
    fn shown(&self) -> (String, Option<Flaw>) {
        let (mut text, mut flaw) = (String::new(), Flaw::default());
        for run in &self.runs {
            match run.look {
                Look::Plain => text.push_str(&run.text),
                Look::Raised => flaw.marks.push_str(run.text.trim()),
                Look::Struck | Look::Hidden => flaw.left_out.push_str(run.text.trim()),
                Look::Uncalculated | Look::Unfollowed => {
                    text.push_str(&run.text);
                    flaw.unread = Some(run.look);
                }
            }
        }
        (text, Some(flaw).filter(|flaw| *flaw != Flaw::default()))
    }
}

impl Document {
    /// A document without anything in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A plain text: its lines are the document's.
    #[must_use]
    pub fn plain(text: String) -> Self {
        let segment = Segment::Text {
            range: 0..text.len(),
            line: 0,
            within: None,
        };
        Document {
            text,
            segments: vec![segment],
            ..Self::default()
        }
    }

    /// Its text: each paragraph and each row of a table is one line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Says that the file has a part that is not read.
    pub fn leave_out(&mut self, part: LeftOut) {
        if !self.left_out.contains(&part) {
            self.left_out.push(part);
        }
    }

    /// How many lines its text has.
    ///
    /// ```
    /// let mut document = xxgk::Document::new();
    /// document.paragraph("一\n二");
    /// assert_eq!(document.line_count(), 2);
    /// ```
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines
    }

    /// The row and the column, from 0, of the [`GridCell`] that a place is in; `None` where that is in no row of a table.
    ///
    /// ```
    /// use xxgk::{Document, Grid, GridCell, Place};
    /// let mut grid = Grid::new();
    /// grid.cells = vec![GridCell::new(1, 0, "收到申请数"), GridCell::new(1, 2, "27")];
    /// let mut document = Document::new();
    /// document.table(&grid);
    /// assert_eq!(document.text(), "收到申请数 |  | 27\n");
    /// let place = Place { line: 1, column: 12, text: "27".into(), within: None };
    /// assert_eq!(document.cell_at(&place), Some((1, 2)));
    /// ```
    #[must_use]
    pub fn cell_at(&self, place: &Place) -> Option<(usize, usize)> {
        let wanted = place.line.checked_sub(1)?;
        let behind = self.segments.partition_point(|it| it.line() <= wanted);
        let Segment::Row {
            range,
            line,
            row,
            cells,
            ..
        } = self.segments.get(behind.checked_sub(1)?)?
        else {
            return None;
        };
        let text = self.text.get(range.clone()).filter(|_| *line == wanted)?;
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let at = range.start + starts.clone().nth(place.column.checked_sub(1)?)?;
        let is_in = |cell: &&Mark| cell.range.start <= at && at <= cell.range.end;
        let cell = cells.iter().filter(|it| !it.covered).find(is_in)?;
        Some((*row, cell.column))
    }

    /// What the file has that is not read.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// What is added from now on stands on this page, counted from 1. Tables and paragraphs are counted anew on each.
    ///
    /// ```
    /// use xxgk::Document;
    /// let mut document = Document::new();
    /// document.page(3);
    /// document.paragraph("收到申请27件。");
    /// assert_eq!(document.text(), "收到申请27件。\n");
    /// ```
    pub fn page(&mut self, number: usize) {
        if self.page != Some(number) {
            (self.page, self.tables, self.paragraphs) = (Some(number), 0, 0);
        }
    }

    /// Adds running text, of which each line is a paragraph. Blank ones are left out.
    pub fn paragraph(&mut self, text: &str) {
        for paragraph in text.split(['\n', '\r']) {
            let paragraph = paragraph.trim();
            if paragraph.is_empty() {
                continue;
            }
            self.paragraphs += 1;
            let start = self.text.len();
            self.text.push_str(paragraph);
            self.segments.push(Segment::Text {
                range: start..self.text.len(),
                line: self.lines,
                within: Some(Within::Paragraph {
                    page: self.page,
                    paragraph: self.paragraphs,
                }),
            });
            self.end_line();
        }
    }

    /// Adds a table. Rows without a text are left out, and so are columns without one at its edges.
    pub fn table(&mut self, grid: &Grid) {
        if let Some(first) = grid.pages.first() {
            self.page(*first);
        }
        // A person counts the tables that are seen.
        if grid.sheet.is_none() && !grid.hidden {
            self.tables += 1;
        }
        self.grids += 1;
        let mut cells: Vec<&GridCell> = grid.cells.iter().collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let said = |cell: &&&GridCell| !cell.is_blank();
        let Some(first) = cells.iter().filter(said).map(|cell| cell.column).min() else {
            return;
        };
        // What stands beyond the widest table keeps its text, and tells that the row is none of ours.
        let mut covered: Vec<usize> = vec![0; MAX_COLUMNS + 1];
        let right = |cell: &&GridCell| cell.column.saturating_add(cell.columns);
        let last = cells.iter().filter(said).map(right).max().unwrap_or(0);
        let width = last.saturating_sub(first).min(covered.len());
        // Of all cells, the blank ones at the edges too: where a row has lost one, those behind it move up. A title over the
        // table may be wider than it.
        let rows = cells.chunk_by(|one, other| one.row == other.row);
        let whole = rows.filter(|row| row.len() > 1).flatten().map(right).max();
        let whole = whole.unwrap_or(0).saturating_sub(first).min(covered.len());
        for row in cells.chunk_by(|one, other| one.row == other.row) {
            let Some(number) = row.first().map(|cell| cell.row) else {
                continue;
            };
            if row.iter().any(|cell| said(&cell)) {
                let end = match &grid.sheet {
                    Some(_) => usize::MAX,
                    None => end_of(number, row, first, &covered),
                };
                let columns = first..first + width.min(end);
                self.row(grid, number, row, columns, &covered, end >= whole);
            }
            for cell in row {
                let from = cell.column.saturating_sub(first);
                let to = right(cell).saturating_sub(first).min(covered.len());
                for until in covered.get_mut(from..to).unwrap_or_default() {
                    *until = cell.row.saturating_add(cell.rows).max(*until);
                }
            }
        }
        if let Some(last) = grid.pages.last().filter(|last| self.page != Some(**last)) {
            (self.page, self.tables, self.paragraphs) = (Some(*last), 1, 0);
        }
    }

    /// Adds one row; `covered` holds, for each column, the row before which a merged cell from above ends.
    fn row(
        &mut self,
        grid: &Grid,
        number: usize,
        row: &[&GridCell],
        columns: Range<usize>,
        covered: &[usize],
        exact: bool,
    ) {
        let start = self.text.len();
        let mut marks = Vec::with_capacity(columns.len());
        let mut merged = 0;
        let mut cells = row.iter().peekable();
        for (index, column) in columns.enumerate() {
            while cells.next_if(|cell| cell.column < column).is_some() {}
            let cell = cells.next_if(|cell| cell.column == column);
            if index > 0 {
                self.text.push_str(BETWEEN);
            }
            let from = self.text.len();
            let mut flaw = None;
            if let Some(cell) = cell {
                merged = column.saturating_add(cell.columns);
                let text;
                (text, flaw) = cell.shown();
                let lines = text.split(['\n', '\r', '\u{2028}']);
                for (index, piece) in lines.map(str::trim).filter(|it| !it.is_empty()).enumerate() {
                    self.text.push_str(if index > 0 { " " } else { "" });
                    self.text.push_str(piece);
                }
            }
            let above = covered.get(index).is_some_and(|until| number < *until);
            marks.push(Mark {
                range: from..self.text.len(),
                covered: cell.is_none() && (above || column < merged),
                column,
                columns: cell.map_or(1, |cell| cell.columns),
                flaw,
                within: match &grid.sheet {
                    Some(name) => Within::Cell {
                        sheet: name.clone(),
                        row: number + 1,
                        column: column + 1,
                    },
                    None => self.cell_of_table(grid, number, column),
                },
            });
        }
        self.segments.push(Segment::Row {
            range: start..self.text.len(),
            line: self.lines,
            row: number,
            grid: self.grids,
            hidden: grid.hidden,
            cells: marks,
            exact,
        });
        self.end_line();
    }

    /// The place of a cell of a table, counted on the page that its row stands on.
    fn cell_of_table(&self, grid: &Grid, row: usize, column: usize) -> Within {
        let page = grid.pages.get(row).copied();
        let begins = grid.pages.iter().position(|it| Some(*it) == page);
        let begins = begins.unwrap_or(0);
        Within::Table {
            page,
            table: match begins {
                0 => self.tables + usize::from(grid.hidden),
                // A table that goes on stands first on its later pages.
                _ => 1,
            },
            row: row + 1 - begins,
            column: column + 1,
        }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.lines += 1;
    }

    /// Its lines that are not blank, cut into cells.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> + Clone {
        self.segments.iter().flat_map(|segment| {
            let row = match segment {
                Segment::Text { .. } => None,
                Segment::Row { .. } => self.row_line(segment),
            };
            self.running(segment, false).chain(row)
        })
    }

    /// The lines of its running text that are not blank, not cut into cells.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = Line<'_>> + Clone {
        let running = |segment| self.running(segment, true);
        self.segments.iter().flat_map(running)
    }

    /// The lines of a segment of running text; none of any other.
    fn running<'t>(
        &'t self,
        segment: &'t Segment,
        whole: bool,
    ) -> impl Iterator<Item = Line<'t>> + Clone {
        let (lines, within) = match segment {
            Segment::Text {
                range,
                line,
                within,
            } => {
                let text = self.text.get(range.clone()).unwrap_or_default();
                (Some(lines_from(text, *line)), within.as_ref())
            }
            Segment::Row { .. } => (None, None),
        };
        // On a page, a table has its cells by where they stand; what spaces set apart there is none.
        let on_page = matches!(within, Some(Within::Paragraph { page: Some(_), .. }));
        let lines = lines.map(|lines| match whole || on_page {
            true => lines.whole(),
            false => lines,
        });
        lines.into_iter().flatten().map(move |mut line| {
            if on_page && !whole && stands_alone(line.text) {
                line.cells.push(TextCell {
                    text: line.text.trim(),
                    line: line.number,
                    before: "",
                    column: 0,
                    columns: 1,
                    flaw: None,
                    within,
                });
            }
            line.cells.iter_mut().for_each(|cell| cell.within = within);
            line.within = within;
            line
        })
    }

    fn row_line<'t>(&'t self, segment: &'t Segment) -> Option<Line<'t>> {
        let Segment::Row {
            range,
            line,
            grid,
            hidden,
            cells: marks,
            exact,
            ..
        } = segment
        else {
            return None;
        };
        let mut cells = Vec::with_capacity(marks.len());
        if marks.len() <= MAX_COLUMNS {
            for mark in marks.iter().filter(|mark| !mark.covered) {
                cells.push(TextCell {
                    text: self.text.get(mark.range.clone())?,
                    line: line + 1,
                    before: self.text.get(range.start..mark.range.start)?,
                    column: mark.column,
                    columns: mark.columns,
                    flaw: mark.flaw.as_ref(),
                    within: Some(&mark.within),
                });
            }
        }
        Some(Line {
            text: self.text.get(range.clone())?,
            number: line + 1,
            cells,
            cut: Cut::Grid {
                grid: *grid,
                whole: *exact,
            },
            hidden: *hidden,
            within: marks.first().map(|mark| &mark.within),
        })
    }
}

/// Whether a line of a page may be what is said of a table: a title, a unit. A number is none.
fn stands_alone(text: &str) -> bool {
    let text = text.trim();
    let has_number = text.contains(|c: char| c.is_numeric());
    let words = text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    text.contains("单位") || (words && !has_number && !text.contains(char::is_whitespace))
}

/// The column before which a row ends, counted from the first of its table: with its last cell, or one from above.
fn end_of(number: usize, row: &[&GridCell], first: usize, covered: &[usize]) -> usize {
    let above = covered.iter().rposition(|until| number < *until);
    let own = row
        .iter()
        .map(|cell| cell.column.saturating_add(cell.columns));
    let own = own.max().unwrap_or(0).saturating_sub(first);
    above
        .map_or(0, |column| column + 1)
        .max(own)
        .min(covered.len())
}
