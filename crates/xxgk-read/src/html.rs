//! Web pages: their text as it is shown, and their tables with what is merged in them.

use xxgk::{Grid, GridCell, Look, Run};

use crate::dom::{Element, parse};
use crate::error::ReadError;
use crate::limits::MAX_COLUMNS;
use crate::output::{Output, Shown};
use crate::walk::{Step, Walk, data_tables, is_cell};

/// What HTML allows a cell to span.
const MAX_COLSPAN: usize = 1000;
const MAX_ROWSPAN: usize = 65_534;

pub(crate) fn read(page: &str, output: &mut Output) -> Result<(), ReadError> {
    let nodes = parse(page)?;
    let is_data = data_tables(&nodes);
    let mut reader = Reader {
        output,
        text: Shown::default(),
        table: None,
        kept: 0,
    };
    for step in Walk::new(&nodes) {
        match step {
            Step::Text(text) => reader.text(text),
            Step::Enter(id, element) => reader.enter(element, is_data.get(id) == Some(&true)),
            Step::Leave(id, element) => {
                reader.leave(element, is_data.get(id) == Some(&true))?;
            }
        }
    }
    reader.end_paragraph();
    Ok(())
}

fn keeps_lines(name: &str) -> bool {
    matches!(name, "pre" | "textarea" | "listing" | "xmp" | "plaintext")
}

/// What is shown on lines of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

struct Reader<'o> {
    output: &'o mut Output,
    text: Shown,
    table: Option<Table>,
    /// Within so many elements that keep line breaks.
    kept: usize,
}

impl Reader<'_> {
    fn text(&mut self, text: &str) {
        let in_cell = self.table.as_ref().is_some_and(|table| table.within > 0);
        self.text.push(text, self.kept > 0 && !in_cell);
    }

    /// Outside of cells a paragraph ends; within one a space stands between its paragraphs.
    fn break_line(&mut self) {
        match &self.table {
            Some(table) if table.within > 0 => self.text.space(),
            _ => self.end_paragraph(),
        }
    }

    fn end_paragraph(&mut self) {
        let text = self.text.take();
        self.output.paragraph(&text);
    }

    fn enter(&mut self, element: &Element, is_data: bool) {
        let name = element.name();
        if is_block(name) {
            self.break_line();
        }
        if keeps_lines(name) {
            self.kept += 1;
        }
        if is_data {
            self.table = Some(Table::default());
        }
        let Some(table) = &mut self.table else { return };
        if is_cell(name) {
            table.within += 1;
            if table.within == 1 {
                table.begin_cell(element);
            }
        } else if table.within == 0 {
            match name {
                "tr" => table.begin_row(),
                "tbody" | "thead" | "tfoot" => table.end_section(),
                _ => {}
            }
        }
    }

    fn leave(&mut self, element: &Element, is_data: bool) -> Result<(), ReadError> {
        let name = element.name();
        if keeps_lines(name) {
            self.kept = self.kept.saturating_sub(1);
        }
        if let Some(table) = self.table.as_mut().filter(|_| is_cell(name)) {
            table.within = table.within.saturating_sub(1);
            if table.within == 0 {
                let text = self.text.take();
                return table.end_cell(text, self.output);
            }
        }
        if is_block(name) {
            self.break_line();
        }
        if is_data && let Some(mut table) = self.table.take() {
            table.end_section();
            return self.output.table(&table.grid);
        }
        Ok(())
    }
}

/// A table that is being read, as HTML lays it out.
#[derive(Default)]
struct Table {
    grid: Grid,
    /// Within so many cells.
    within: usize,
    /// How many rows have begun.
    rows: usize,
    column: usize,
    /// For each column, the row before which a cell from above ends.
    until: Vec<usize>,
    spans: (usize, usize),
    /// The cells of the section so far: none goes on beyond its end.
    section: usize,
}

impl Table {
    fn begin_row(&mut self) {
        self.rows += 1;
        self.column = 0;
    }

    fn end_section(&mut self) {
        for cell in self.grid.cells.iter_mut().skip(self.section) {
            cell.rows = cell.rows.min(self.rows.saturating_sub(cell.row)).max(1);
        }
        self.section = self.grid.cells.len();
        self.until.clear();
    }

    fn begin_cell(&mut self, element: &Element) {
        let (rows, columns) = &element.spans;
        let span = |text: &Option<String>| leading_number(text.as_deref()?);
        // A row span of 0 goes on to the end of the section.
        let rows = match span(rows) {
            Some(0) => MAX_ROWSPAN,
            rows => rows.unwrap_or(1).min(MAX_ROWSPAN),
        };
        self.spans = (rows, span(columns).unwrap_or(1).clamp(1, MAX_COLSPAN));
    }

    fn end_cell(&mut self, text: String, output: &mut Output) -> Result<(), ReadError> {
        let row = self.rows.saturating_sub(1);
        let taken = |column: usize| self.until.get(column).is_some_and(|until| row < *until);
        let mut column = self.column;
        while taken(column) {
            column += 1;
        }
        let (rows, columns) = self.spans;
        let end = column.saturating_add(columns);
        // What is beyond the widest table is laid out as if nothing were above it.
        let known = end.min(MAX_COLUMNS);
        if self.until.len() < known {
            self.until.resize(known, 0);
        }
        for until in self.until.get_mut(column..known).unwrap_or_default() {
            *until = row + rows;
        }
        self.column = end;
        let cell = GridCell {
            row,
            column,
            rows,
            columns,
            runs: vec![Run::new(text, Look::Plain)],
        };
        output.cell(&mut self.grid, cell)
    }
}

/// The number that an attribute begins with, as browsers read it.
fn leading_number(text: &str) -> Option<usize> {
    let text = text.trim_start();
    let text = text.strip_prefix('+').unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = text.get(..digits).filter(|it| !it.is_empty())?;
    Some(digits.parse().unwrap_or(usize::MAX))
}
