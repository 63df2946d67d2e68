//! Tables as files of every format, with all that a format can show of them.

use rust_xlsxwriter::{Color, Format, FormatScript, Workbook};
use xxgk::{Grid, GridCell, Look};

use super::drawn;
use super::meanings::{LOOKS, Made, Part};
use super::office::{archive, docx_of, odt_of};
use super::random::Random;
use super::{rich, word};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Written {
    Page,
    Document,
    Workbook,
    OpenWorkbook,
    OldWorkbook,
    OpenText,
    RichText,
    Pdf,
    Ofd,
    Unruled,
    OldDocument,
    Tabs,
    Pipes,
}

impl Written {
    pub const ALL: [Written; 13] = [
        Written::Page,
        Written::Document,
        Written::Workbook,
        Written::OpenWorkbook,
        Written::OldWorkbook,
        Written::OpenText,
        Written::RichText,
        Written::Pdf,
        Written::Ofd,
        Written::Unruled,
        Written::OldDocument,
        Written::Tabs,
        Written::Pipes,
    ];

    /// How the writer can show a stretch of a cell.
    pub fn looks(self) -> &'static [Look] {
        match self {
            Written::Page
            | Written::Document
            | Written::OpenWorkbook
            | Written::OpenText
            | Written::OldDocument => &LOOKS,
            Written::Workbook
            | Written::OldWorkbook
            | Written::RichText
            | Written::Pdf
            | Written::Ofd
            | Written::Unruled => &LOOKS[..3],
            Written::Tabs | Written::Pipes => &[],
        }
    }

    /// The file; `random` says how it is laid out, if it is.
    pub fn write(self, made: &Made, random: &mut Random) -> Vec<u8> {
        match self {
            Written::Page => page(made).into_bytes(),
            Written::Document => document(made),
            Written::Workbook => workbook(made),
            Written::OpenWorkbook => open_workbook(made),
            Written::OldWorkbook => old_workbook(made),
            Written::OpenText => open_text(made),
            Written::RichText => in_parts(made, rich::rtf),
            Written::OldDocument => in_parts(made, word::doc),
            Written::Pdf => drawn::pdf(&lay_out(made, random, true)),
            Written::Ofd => drawn::ofd(&lay_out(made, random, true)),
            Written::Unruled => drawn::pdf(&lay_out(made, random, false)),
            Written::Tabs => text(made, "\t", "").into_bytes(),
            Written::Pipes => text(made, " | ", " |").into_bytes(),
        }
    }
}

fn lay_out(made: &Made, random: &mut Random, ruled: bool) -> drawn::Sheets {
    let mut style = drawn::Style::any(random);
    if !ruled {
        style.rules = drawn::Rules::None;
    }
    let sheets = drawn::lay_out(&made.parts, style, random);
    match random.one_in(8) {
        true => sheets.turned(),
        false => sheets,
    }
}

fn text_of(cell: &GridCell) -> String {
    cell.runs.iter().map(|run| run.text.as_str()).collect()
}

fn size(grid: &Grid) -> [usize; 2] {
    let rows = grid.cells.iter().map(|it| it.row + it.rows).max().unwrap();
    let columns = grid
        .cells
        .iter()
        .map(|it| it.column + it.columns)
        .max()
        .unwrap();
    [rows, columns]
}

/// The cell that stands at a place, or is merged over it.
fn over(grid: &Grid, row: usize, column: usize) -> Option<&GridCell> {
    grid.cells.iter().find(|it| {
        (it.row..it.row + it.rows).contains(&row)
            && (it.column..it.column + it.columns).contains(&column)
    })
}

fn page(made: &Made) -> String {
    let mut out = String::from("<!DOCTYPE html><html><body>");
    for part in &made.parts {
        let grid = match part {
            Part::Paragraph(text) => {
                out += &format!("<p>{text}</p>");
                continue;
            }
            Part::Table(grid) => grid,
        };
        out += "<table>";
        for row in 0..size(grid)[0] {
            out += "<tr>";
            for cell in grid.cells.iter().filter(|it| it.row == row) {
                let runs = cell.runs.iter().map(|run| {
                    let text = run.text.replace('<', "&lt;");
                    match run.look {
                        Look::Raised => format!("<sup>{text}</sup>"),
                        Look::Struck => format!("<del>{text}</del>"),
                        Look::Hidden => format!("<span style=\"display:none\">{text}</span>"),
                        Look::Unfollowed => format!("<bdo dir=rtl>{text}</bdo>"),
                        _ => text,
                    }
                });
                let (rows, columns) = (cell.rows, cell.columns);
                out += &format!(
                    "<td rowspan={rows} colspan={columns}>{}</td>",
                    runs.collect::<String>()
                );
            }
            out += "</tr>";
        }
        out += "</table>";
    }
    out + "</body></html>"
}

fn document(made: &Made) -> Vec<u8> {
    let run = |text: &str, look: Look| {
        let text = format!("<w:t xml:space=\"preserve\">{text}</w:t>");
        match look {
            Look::Raised => {
                format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>{text}</w:r>")
            }
            Look::Struck => format!("<w:r><w:rPr><w:strike/></w:rPr>{text}</w:r>"),
            Look::Hidden => format!("<w:r><w:rPr><w:vanish/></w:rPr>{text}</w:r>"),
            Look::Unfollowed => format!("<w:bdo w:val=\"rtl\"><w:r>{text}</w:r></w:bdo>"),
            _ => format!("<w:r>{text}</w:r>"),
        }
    };
    let mut out = String::new();
    for part in &made.parts {
        let grid = match part {
            Part::Paragraph(text) => {
                out += &format!("<w:p>{}</w:p>", run(text, Look::Plain));
                continue;
            }
            Part::Table(grid) => grid,
        };
        out += "<w:tbl>";
        let [rows, columns] = size(grid);
        for row in 0..rows {
            out += "<w:tr>";
            let mut column = 0;
            while column < columns {
                let Some(cell) = over(grid, row, column) else {
                    out += "<w:tc><w:p/></w:tc>";
                    column += 1;
                    continue;
                };
                let merge = match (cell.rows > 1, cell.row == row) {
                    (false, _) => "",
                    (true, true) => "<w:vMerge w:val=\"restart\"/>",
                    (true, false) => "<w:vMerge/>",
                };
                let runs = cell.runs.iter().filter(|_| cell.row == row);
                let runs: String = runs.map(|it| run(&it.text, it.look)).collect();
                out += &format!(
                    "<w:tc><w:tcPr><w:gridSpan w:val=\"{}\"/>{merge}</w:tcPr><w:p>{runs}</w:p></w:tc>",
                    cell.columns
                );
                column = cell.column + cell.columns;
            }
            out += "</w:tr>";
        }
        out += "</w:tbl>";
    }
    docx_of(&out)
}

fn workbook(made: &Made) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut at = 0;
    for part in &made.parts {
        let grid = match part {
            Part::Paragraph(text) => {
                sheet.write_string(at, 0, text).unwrap();
                at += 1;
                continue;
            }
            Part::Table(grid) => grid,
        };
        for cell in &grid.cells {
            let row = at + u32::try_from(cell.row).unwrap();
            let column = u16::try_from(cell.column).unwrap();
            let format = |look: Look| match look {
                Look::Raised => Format::new().set_font_script(FormatScript::Superscript),
                Look::Struck => Format::new().set_font_strikethrough(),
                Look::Hidden => Format::new().set_font_color(Color::White),
                _ => Format::new(),
            };
            if cell.rows > 1 || cell.columns > 1 {
                let bottom = row + u32::try_from(cell.rows).unwrap() - 1;
                let right = column + u16::try_from(cell.columns).unwrap() - 1;
                sheet
                    .merge_range(row, column, bottom, right, "", &Format::new())
                    .unwrap();
            }
            if let [one, other] = &cell.runs[..] {
                let [first, second] = [one, other].map(|it| format(it.look));
                let runs = [(&first, &*one.text), (&second, &*other.text)];
                sheet.write_rich_string(row, column, &runs).unwrap();
            } else {
                sheet.write_string(row, column, text_of(cell)).unwrap();
            }
        }
        at += u32::try_from(size(grid)[0]).unwrap() + 1;
    }
    book.save_to_buffer().unwrap()
}

/// A stretch in an OpenDocument file.
fn open_run(text: &str, look: Look) -> String {
    let text = text.replace(' ', "<text:s/>");
    match look {
        Look::Raised => format!("<text:span text:style-name=\"up\">{text}</text:span>"),
        Look::Struck => format!("<text:span text:style-name=\"struck\">{text}</text:span>"),
        Look::Hidden => format!("<text:span text:style-name=\"gone\">{text}</text:span>"),
        Look::Unfollowed => format!(
            "<text:ruby><text:ruby-base>{text}</text:ruby-base><text:ruby-text>a</text:ruby-text></text:ruby>"
        ),
        _ => text,
    }
}

/// The styles that it names.
fn open_styles() -> String {
    let style = |name: &str, properties: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"text\"><style:text-properties {properties}/></style:style>"
        )
    };
    [
        style("up", "style:text-position=\"super 58%\""),
        style("struck", "style:text-line-through-style=\"solid\""),
        style("gone", "text:display=\"none\""),
    ]
    .concat()
}

/// The rows of a table of an OpenDocument file.
fn open_rows(grid: &Grid) -> String {
    let mut out = String::new();
    let [rows, columns] = size(grid);
    for row in 0..rows {
        out += "<table:table-row>";
        for column in 0..columns {
            match over(grid, row, column) {
                Some(cell) if (cell.row, cell.column) == (row, column) => {
                    let runs = cell.runs.iter().map(|it| open_run(&it.text, it.look));
                    out += &format!(
                        "<table:table-cell table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\" \
                         office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                        cell.columns,
                        cell.rows,
                        runs.collect::<String>()
                    );
                }
                Some(_) => out += "<table:covered-table-cell/>",
                None => out += "<table:table-cell/>",
            }
        }
        out += "</table:table-row>";
    }
    out
}

fn in_parts(made: &Made, write: fn(&[rich::Part<'_>]) -> Vec<u8>) -> Vec<u8> {
    let parts = made.parts.iter().map(|part| match part {
        Part::Paragraph(text) => rich::Part::Paragraph(text),
        Part::Table(grid) => rich::Part::Table(grid),
    });
    write(&parts.collect::<Vec<_>>())
}

fn open_text(made: &Made) -> Vec<u8> {
    let parts = made.parts.iter().map(|part| match part {
        Part::Paragraph(text) => format!("<text:p>{}</text:p>", open_run(text, Look::Plain)),
        Part::Table(grid) => format!("<table:table>{}</table:table>", open_rows(grid)),
    });
    odt_of(&parts.collect::<String>(), &open_styles())
}

fn open_workbook(made: &Made) -> Vec<u8> {
    let mut out = String::new();
    for part in &made.parts {
        match part {
            Part::Paragraph(text) => {
                let text = open_run(text, Look::Plain);
                out += &format!(
                    "<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
                );
            }
            Part::Table(grid) => {
                out += &open_rows(grid);
                out += "<table:table-row><table:table-cell/></table:table-row>";
            }
        }
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:automatic-styles>{}</office:automatic-styles><office:body><office:spreadsheet>\
         <table:table table:name=\"Sheet1\">{out}</table:table></office:spreadsheet></office:body></office:document-content>",
        open_styles()
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", kind), ("content.xml", content.as_bytes())])
}

/// The records of a workbook of Excel 97.
#[derive(Default)]
struct Records(Vec<u8>);

impl Records {
    fn put(&mut self, kind: u16, data: &[u8]) {
        let length = u16::try_from(data.len()).unwrap();
        self.0.extend(kind.to_le_bytes());
        self.0.extend(length.to_le_bytes());
        self.0.extend(data);
    }
}

fn words(words: &[usize]) -> Vec<u8> {
    let word = |it: &usize| u16::try_from(*it).unwrap().to_le_bytes();
    words.iter().flat_map(word).collect()
}

/// A string as the table of strings has it: each stretch with the font of its look.
fn rich(runs: &[(String, Look)]) -> Vec<u8> {
    let (mut units, mut fonts) = (Vec::new(), Vec::new());
    for (text, look) in runs {
        let font = match look {
            Look::Raised => 1,
            Look::Struck => 2,
            Look::Hidden => 3,
            _ => 0,
        };
        fonts.extend(words(&[units.len() / 2, font]));
        units.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    }
    [
        words(&[units.len() / 2]),
        vec![9],
        words(&[runs.len()]),
        units,
        fonts,
    ]
    .concat()
}

/// A workbook of Excel 97, in the container that it has.
fn old_workbook(made: &Made) -> Vec<u8> {
    let (mut strings, mut cells, mut merged) = (Vec::new(), Records::default(), Vec::new());
    let mut at = 0;
    let mut cell = |row: usize, column: usize, runs: Vec<(String, Look)>| {
        cells.put(0x00fd, &words(&[row, column, 0, strings.len(), 0]));
        strings.push(rich(&runs));
    };
    for part in &made.parts {
        let grid = match part {
            Part::Paragraph(text) => {
                cell(at, 0, vec![(text.clone(), Look::Plain)]);
                at += 1;
                continue;
            }
            Part::Table(grid) => grid,
        };
        for it in &grid.cells {
            let runs = it.runs.iter().filter(|run| !run.text.is_empty());
            let runs: Vec<_> = runs.map(|run| (run.text.clone(), run.look)).collect();
            let (row, bottom) = (at + it.row, at + it.row + it.rows - 1);
            let right = it.column + it.columns - 1;
            if !runs.is_empty() {
                cell(row, it.column, runs);
            }
            if it.rows > 1 || it.columns > 1 {
                merged.push(words(&[row, bottom, it.column, right]));
            }
        }
        at += size(grid)[0] + 1;
    }
    cells.put(0x00e5, &[words(&[merged.len()]), merged.concat()].concat());

    let mut globals = Records::default();
    for [look, color, raised] in [[0, 0x7fff, 0], [0, 0x7fff, 1], [8, 0x7fff, 0], [0, 9, 0]] {
        let font = [
            &words(&[200, look, color, 400, raised])[..],
            &[0, 0, 134, 0, 1, 0, b'A'],
        ];
        globals.put(0x0031, &font.concat());
    }
    globals.put(0x00e0, &[0; 20]);
    // A record has at most so many bytes; what goes on in the next begins with a string here.
    let mut table = vec![[words(&[strings.len(), 0]), words(&[strings.len(), 0])].concat()];
    for string in strings {
        match table.last_mut() {
            Some(last) if last.len() + string.len() <= 8224 => last.extend(string),
            _ => table.push(string),
        }
    }
    for (number, piece) in table.iter().enumerate() {
        globals.put(if number == 0 { 0x00fc } else { 0x003c }, piece);
    }
    globals.put(0x000a, &[]);

    let begins = |what| words(&[0x0600, what, 0, 0, 0, 0, 0, 0]);
    let mut book = Records::default();
    book.put(0x0809, &begins(5));
    let sheet_at = book.0.len() + 4 + 9 + globals.0.len();
    let name = [
        &u32::try_from(sheet_at).unwrap().to_le_bytes()[..],
        &[0, 0, 1, 0, b'S'],
    ];
    book.put(0x0085, &name.concat());
    book.0.extend(globals.0);
    book.put(0x0809, &begins(16));
    book.0.extend(cells.0);
    book.put(0x000a, &[]);

    word::compound(&[("Workbook", &book.0)])
}

/// One row a line; of merged cells, the others are blank.
fn text(made: &Made, between: &str, end: &str) -> String {
    let mut out = String::new();
    for part in &made.parts {
        let grid = match part {
            Part::Paragraph(text) => {
                out += &format!("{text}\n");
                continue;
            }
            Part::Table(grid) => grid,
        };
        let [rows, columns] = size(grid);
        for row in 0..rows {
            let cells = (0..columns).map(|column| {
                let cell =
                    over(grid, row, column).filter(|it| (it.row, it.column) == (row, column));
                cell.map_or(String::new(), text_of)
            });
            out += &format!("{}{end}\n", cells.collect::<Vec<_>>().join(between));
        }
    }
    out
}
