//! A sheet, written row by row.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};
use xxgk::Number;
use xxgk_show::hidden::shown;

use super::{Book, BookError};
use crate::issue::Figure;

/// The rows of a sheet.
const ROWS: u32 = 1 << 20;
/// More characters of a text are not written: a cell has room for 32767.
const LONGEST: usize = 10_000;
/// Spreadsheets keep so many digits of a number.
const DIGITS: usize = 15;

/// How cells look.
pub(super) struct Formats {
    head: Format,
    text: Format,
    number: Format,
    title: Format,
}

impl Default for Formats {
    fn default() -> Self {
        let cell = || {
            let format = Format::new().set_border(FormatBorder::Thin);
            format.set_align(FormatAlign::Top)
        };
        Formats {
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0xE7E6E6)),
            // A text that is edited stays one, whatever it begins with.
            text: cell().set_text_wrap().set_quote_prefix(),
            number: cell(),
            title: Format::new().set_bold(),
        }
    }
}

/// What is written into a cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Blank,
    Text(String),
    Number(Number),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<Number> for Cell {
    fn from(number: Number) -> Self {
        Cell::Number(number)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        // No count of what is in memory is beyond an i128.
        Cell::Number(Number::new(i128::try_from(count).unwrap_or(i128::MAX), 0))
    }
}

impl From<Figure> for Cell {
    fn from(figure: Figure) -> Self {
        match figure {
            Figure::Number(number) => number.into(),
            Figure::Text(text) => text.into(),
        }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(it: Option<T>) -> Self {
        it.map_or(Cell::Blank, Into::into)
    }
}

/// A sheet that is being written.
pub(super) struct Sheet<'b> {
    sheet: &'b mut Worksheet,
    formats: &'b Formats,
    /// The next row.
    row: u32,
    /// The row of the headings, and how many columns they have.
    head: Option<(u32, u16)>,
}

impl<'b> Sheet<'b> {
    /// A new sheet, whose columns are so wide.
    pub fn new(book: &'b mut Book, name: &str, widths: &[u16]) -> Result<Self, BookError> {
        let sheet = book.workbook.add_worksheet();
        sheet.set_name(name)?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Sheet {
            sheet,
            formats: &book.formats,
            row: 0,
            head: None,
        })
    }

    /// A line of text over the columns.
    pub fn title(&mut self, text: &str) -> Result<(), BookError> {
        let format = &self.formats.title;
        self.sheet
            .write_string_with_format(self.row, 0, clear(text), format)?;
        self.row += 1;
        Ok(())
    }

    /// A row that is left blank.
    pub fn gap(&mut self) {
        self.row += 1;
    }

    /// A row of headings.
    pub fn head(&mut self, names: &[&str]) -> Result<(), BookError> {
        let mut columns = 0;
        for name in names {
            let (sheet, format) = (&mut *self.sheet, &self.formats.head);
            sheet.write_string_with_format(self.row, columns, clear(name), format)?;
            columns += 1;
        }
        self.head = Some((self.row, columns));
        self.row += 1;
        Ok(())
    }

    /// A row. Where the sheet is full, the last row says that there are more.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) -> Result<(), BookError> {
        self.cells(cells)
    }

    /// A row of any number of cells.
    pub fn cells(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), BookError> {
        match self.row {
            ROWS.. => return Ok(()),
            row if row == ROWS - 1 => self.cell(0, "工作表已满，其余没有列出。".into())?,
            _ => {
                for (column, cell) in (0..).zip(cells) {
                    self.cell(column, cell)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: Cell) -> Result<(), BookError> {
        let (sheet, formats, row) = (&mut *self.sheet, self.formats, self.row);
        match cell {
            Cell::Blank => sheet.write_blank(row, column, &formats.text)?,
            Cell::Text(text) => {
                sheet.write_string_with_format(row, column, clear(&text), &formats.text)?
            }
            Cell::Number(number) => match exact(number) {
                Some(float) => {
                    sheet.write_number_with_format(row, column, float, &formats.number)?
                }
                None => {
                    let text = number.to_string();
                    sheet.write_string_with_format(row, column, text, &formats.text)?
                }
            },
        };
        Ok(())
    }

    /// Ends the sheet: the last headings stay in sight, with the first columns, and its rows can be filtered by them.
    pub fn end(self, columns: u16) -> Result<(), BookError> {
        if let Some((head, width)) = self.head {
            self.sheet.set_freeze_panes(head + 1, columns)?;
            if self.row > head + 1 {
                let last = self.row.min(ROWS) - 1;
                self.sheet
                    .autofilter(head, 0, last, width.saturating_sub(1))?;
            }
        }
        Ok(())
    }
}

/// A text in one line, with signs that are not to be seen written out.
fn clear(text: &str) -> String {
    let text = shown(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}

/// The number as spreadsheets have them, where they keep all of its digits.
fn exact(number: Number) -> Option<f64> {
    let (mantissa, _) = number.parts();
    let digits = mantissa.unsigned_abs().to_string().len();
    (digits <= DIGITS).then(|| number.to_string().parse().ok())?
}
