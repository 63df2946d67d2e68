//! Records as tables with merged cells, and where the value of each cell stands.

use std::collections::HashMap;

use xxgk::{Document, Grid, GridCell, Reading, Record, Within};

use super::matrix::{Names, Style};
use super::printed::{self, Put, Report, grid, size};
use super::written::Cells;

/// How a file has its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Tables of a text, with merged cells.
    Merged,
    /// The same, where a converter has put blanks in the place of merged cells.
    Unmerged,
    /// The same, where it has repeated their text.
    Repeated,
    /// Each on a sheet of its own, which has no cell where nothing stands.
    Sheets,
    /// All on one sheet below each other.
    OneSheet,
}

impl Shape {
    pub const ALL: [Shape; 5] = [
        Shape::Merged,
        Shape::Unmerged,
        Shape::Repeated,
        Shape::Sheets,
        Shape::OneSheet,
    ];
}

/// The tables of a record, as a file of that shape has them.
#[derive(Clone)]
pub struct Printed {
    pub shape: Shape,
    pub report: Report,
}

impl Printed {
    pub fn new(record: &Record, shape: Shape) -> Self {
        Self::named(record, shape, &Names::new(record.form(), Style::default()))
    }

    /// With other names of rows and columns.
    pub fn named(record: &Record, shape: Shape, names: &Names) -> Self {
        let list = record
            .form()
            .sections()
            .iter()
            .all(|it| it.columns().is_empty());
        let report = match list {
            true => printed::nine_named(record, shape == Shape::OneSheet, names),
            false => printed::national_named(record, 2022, names),
        };
        let mut printed = Printed { shape, report };
        if shape == Shape::OneSheet {
            printed.put_below();
        }
        if matches!(shape, Shape::Unmerged | Shape::Repeated) {
            for (_, table) in &mut printed.report.tables {
                *table = unmerged(table, shape == Shape::Repeated);
            }
        }
        printed
    }

    /// All tables below each other, with a blank row between and their titles as rows.
    fn put_below(&mut self) {
        let (mut all, mut at) = (Vec::new(), 0);
        for (title, table) in std::mem::take(&mut self.report.tables) {
            if !title.is_empty() {
                all.push(printed::put(at, 0, 1, 1, title));
                at += 1;
            }
            let rows = size(&table).0;
            all.extend(table.into_iter().map(|put| Put {
                row: put.row + at,
                ..put
            }));
            at += rows + 1;
        }
        self.report.tables = vec![(String::new(), all)];
    }

    /// The document, and the text of each of its cells.
    pub fn document(&self) -> (Document, Cells) {
        let mut document = Document::new();
        document.paragraph(&self.report.title);
        let mut cells = Vec::new();
        for (number, (title, table)) in self.report.tables.iter().enumerate() {
            document.paragraph(title);
            document.table(&self.grid(number, table));
            let texts = table.iter();
            let texts = texts.map(|put| ((put.row + 1, put.column + 1), put.text.clone()));
            cells.push(texts.collect::<HashMap<_, _>>());
        }
        (document, Cells(cells))
    }

    fn grid(&self, number: usize, table: &[Put]) -> Grid {
        let sheet = matches!(self.shape, Shape::Sheets | Shape::OneSheet);
        grid(table, sheet.then(|| format!("表{}", number + 1)).as_deref())
    }

    /// Whether a value is told to stand where it stands.
    pub fn is_placed(&self, reading: &Reading, cell: usize) -> bool {
        let mut tables = self.report.tables.iter().enumerate();
        let there = tables.find_map(|(number, (_, table))| {
            let put = table.iter().find(|put| put.cell == Some(cell))?;
            Some((number + 1, put.row + 1, put.column + 1))
        });
        let place = reading.place(cell).and_then(|place| place.within.clone());
        let told = match place {
            Some(Within::Table {
                table, row, column, ..
            }) => Some((table, row, column)),
            Some(Within::Cell { sheet, row, column }) => sheet[3..]
                .parse()
                .ok()
                .map(|sheet: usize| (sheet, row, column)),
            _ => None,
        };
        there == told
    }
}

/// Every merged cell as single ones, blank or with the same text.
fn unmerged(table: &[Put], repeated: bool) -> Vec<Put> {
    let mut out = Vec::new();
    for put in table {
        for row in put.row..put.row + put.rows {
            for column in put.column..put.column + put.columns {
                let first = (row, column) == (put.row, put.column);
                let value = put.cell.is_some();
                out.push(Put {
                    row,
                    column,
                    rows: 1,
                    columns: 1,
                    text: if first || (repeated && !value) {
                        put.text.clone()
                    } else {
                        String::new()
                    },
                    cell: put.cell.filter(|_| first),
                });
            }
        }
    }
    out.sort_by_key(|put| (put.row, put.column));
    out
}

/// A grid of rows that are not merged.
pub fn plain(rows: &[Vec<String>]) -> Grid {
    let mut grid = Grid::new();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            grid.cells.push(GridCell::new(row, column, &**text));
        }
    }
    grid
}
