//! Web pages: their text as it is shown, and their tables with what is merged in them.

use std::ops::Range;

use xxgk::{Grid, GridCell, LeftOut, Look, Run};

use crate::dom::{Element, Id, Kind, Node, parse};
use crate::error::ReadError;
use crate::limits::MAX_COLUMNS;
use crate::output::{Output, Shown, running};
use crate::sources::CellSpans;
use crate::style::{Style, sheets};
use crate::walk::{Step, Walk, data_tables, is_cell};

/// What HTML allows a cell to span.
const MAX_COLSPAN: usize = 1000;
const MAX_ROWSPAN: usize = 65_534;
/// A picture of less than so many pixels a side is no table.
const SMALL: usize = 100;

/// Reads a page that is the file itself.
pub(crate) fn read_file(page: &str, output: &mut Output) -> Result<(), ReadError> {
    output.begin_part(Some(""));
    read(page, output)
}

pub(crate) fn read(page: &str, output: &mut Output) -> Result<(), ReadError> {
    let nodes = parse(page)?;
    let sheet = sheets(&nodes);
    let is_data = data_tables(&nodes, &sheet);
    let mut reader = Reader {
        nodes: &nodes,
        output,
        text: Shown::default(),
        begun: None,
        table: None,
        kept: 0,
        silent: 0,
    };
    for step in Walk::new(&nodes, &sheet) {
        match step {
            Step::Text(text, style) => reader.text(text, &style),
            Step::Enter(id, element, style) => {
                reader.enter(id, element, is_data.get(id) == Some(&true), &style);
            }
            Step::Leave(id, element) => {
                reader.leave(element, is_data.get(id) == Some(&true))?;
            }
        }
    }
    reader.end_paragraph();
    Ok(())
}

/// Elements whose own text is not shown.
fn is_silent(name: &str) -> bool {
    matches!(name, "select" | "object" | "iframe")
}

/// Whether a field shows its value as text.
fn shows_value(element: &Element) -> bool {
    let kind = element.get("type").unwrap_or_default();
    !matches!(
        &*kind.trim().to_ascii_lowercase(),
        "hidden"
            | "password"
            | "checkbox"
            | "radio"
            | "button"
            | "submit"
            | "reset"
            | "image"
            | "file"
            | "range"
            | "color"
    )
}

/// The texts of the options of a list that are chosen: of one that shows one option, the first where none is.
fn chosen(nodes: &[Node], list: Id) -> Vec<String> {
    let mut options: Vec<(bool, String)> = Vec::new();
    let mut many = false;
    let mut open = vec![list];
    while let Some(id) = open.pop() {
        let Some(node) = nodes.get(id) else { break };
        if id != list {
            open.extend(node.next);
        }
        match &node.kind {
            Kind::Element(element) => {
                many |= id == list && element.has("multiple");
                if element.name() == "option" {
                    options.push((element.has("selected"), String::new()));
                }
                open.extend(node.first);
            }
            Kind::Text(text) => {
                if let Some((_, option)) = options.last_mut() {
                    option.push_str(text);
                }
            }
            Kind::Other => {}
        }
    }
    let first = options.first().map(|it| it.1.clone());
    let mut chosen: Vec<String> = options
        .into_iter()
        .filter(|it| it.0)
        .map(|it| it.1)
        .collect();
    if !many {
        // Of several that are marked the last is shown.
        chosen = chosen.pop().or(first).into_iter().collect();
    }
    chosen
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

struct Reader<'r> {
    nodes: &'r [Node],
    output: &'r mut Output,
    text: Shown,
    /// The tag behind which the line of running text stands.
    begun: Option<Range<usize>>,
    table: Option<Table>,
    /// Within so many elements that keep line breaks.
    kept: usize,
    /// Within so many elements whose own text is not shown: a list of which one option is chosen, something embedded.
    silent: usize,
}

impl Reader<'_> {
    fn text(&mut self, text: &str, style: &Style) {
        if self.silent == 0 {
            self.show(text, style);
        }
    }

    fn show(&mut self, text: &str, style: &Style) {
        let in_cell = self.table.as_ref().is_some_and(|table| table.within > 0);
        let look = match in_cell {
            true => style.in_cell(text),
            false => style.outside_of_cells(),
        };
        self.text.push(text, self.kept > 0 && !in_cell, look);
    }

    /// Outside of cells a paragraph ends; within one a space stands between its paragraphs.
    fn break_line(&mut self) {
        match &self.table {
            Some(table) if table.within > 0 => self.text.space(),
            _ => self.end_paragraph(),
        }
    }

    fn end_paragraph(&mut self) {
        let text = running(&self.text.take());
        self.output.paragraph_at(&text, self.begun.clone());
    }

    fn enter(&mut self, id: Id, element: &Element, is_data: bool, style: &Style) {
        let name = element.name();
        if is_block(name) {
            self.break_line();
            self.begun.clone_from(&element.span);
        }
        if keeps_lines(name) {
            self.kept += 1;
        }
        self.field(id, element, style);
        self.embedded(element, style);
        if is_data {
            self.table = Some(Table::default());
            if let Some(table) = &mut self.table {
                table.grid.hidden = style.outside;
            }
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

    /// A field of a form shows its value, a list the option that is chosen.
    fn field(&mut self, id: Id, element: &Element, style: &Style) {
        match element.name() {
            "input" if shows_value(element) => {
                let value = element.get("value").unwrap_or_default();
                self.show(value, style);
            }
            "select" => {
                for text in chosen(self.nodes, id) {
                    self.show(&text, style);
                    self.text.space();
                }
                self.silent += 1;
            }
            "object" | "iframe" => self.silent += 1,
            _ => {}
        }
    }

    /// What is not read, and may be the table.
    fn embedded(&mut self, element: &Element, style: &Style) {
        if style.outside_of_cells() == Look::Hidden {
            return;
        }
        let small = |name: &str| {
            element
                .get(name)
                .and_then(leading_number)
                .is_some_and(|it| it < SMALL)
        };
        match element.name() {
            "img" if !small("width") && !small("height") => self.output.leave_out(LeftOut::Picture),
            "object" | "embed" => self.output.leave_out(LeftOut::Document),
            "iframe" if element.has("src") => self.output.leave_out(LeftOut::Document),
            _ => {}
        }
    }

    fn leave(&mut self, element: &Element, is_data: bool) -> Result<(), ReadError> {
        let name = element.name();
        if keeps_lines(name) {
            self.kept = self.kept.saturating_sub(1);
        }
        if is_silent(name) {
            self.silent = self.silent.saturating_sub(1);
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
            // What comes behind an element begins behind no tag; a line break is left as soon as it is entered.
            self.begun = self.begun.take().filter(|_| name == "br");
        }
        if is_data && let Some(mut table) = self.table.take() {
            table.end_section();
            return self.output.table_at(&table.grid, &table.places, false);
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
    /// Where the tag of the cell stands that is open, and those of all cells.
    tag: Option<Range<usize>>,
    places: CellSpans,
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
        self.tag.clone_from(&element.span);
        let span = |name| element.get(name).and_then(leading_number);
        // A row span of 0 goes on to the end of the section.
        let rows = match span("rowspan") {
            Some(0) => MAX_ROWSPAN,
            rows => rows.unwrap_or(1).min(MAX_ROWSPAN),
        };
        self.spans = (rows, span("colspan").unwrap_or(1).clamp(1, MAX_COLSPAN));
    }

    fn end_cell(&mut self, runs: Vec<Run>, output: &mut Output) -> Result<(), ReadError> {
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
        let tag = self.tag.take();
        self.places.extend(tag.map(|tag| ((row, column), tag)));
        let cell = GridCell {
            row,
            column,
            rows,
            columns,
            runs,
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
