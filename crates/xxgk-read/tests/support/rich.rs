//! Rich text as Word writes it.

use xxgk::{Grid, GridCell, Look, Run};

/// One of a document.
pub enum Part<'a> {
    Paragraph(&'a str),
    Table(&'a Grid),
}

/// Every character by its number, with another one for programs that know no such.
fn text(text: &str) -> String {
    let unit = |unit: u16| match unit {
        0x20..=0x7e if !"\\{}".contains(char::from_u32(u32::from(unit)).unwrap()) => {
            char::from_u32(u32::from(unit)).unwrap().to_string()
        }
        _ => format!("\\u{}?", unit.cast_signed()),
    };
    text.encode_utf16().map(unit).collect()
}

fn run(run: &Run) -> String {
    let text = text(&run.text);
    match run.look {
        Look::Raised => format!("{{\\super {text}}}"),
        Look::Struck => format!("{{\\strike {text}}}"),
        Look::Hidden => format!("{{\\v {text}}}"),
        _ => format!("{{\\f0 {text}}}"),
    }
}

/// The file, with deleted text, a note and properties among it.
pub fn rtf(parts: &[Part<'_>]) -> Vec<u8> {
    let mut out = String::from(
        "{\\rtf1\\ansi\\ansicpg936\\uc1\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\
         {\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\s0 Normal;}}{\\info{\\title 9}}\\pard\\plain\r\n",
    );
    for part in parts {
        match part {
            Part::Paragraph(it) => {
                out += &format!("\\pard\\plain {}{{\\deleted 9}}\\par\r\n", text(it));
            }
            Part::Table(grid) => out += &table(grid),
        }
    }
    (out + "}").into_bytes()
}

fn table(grid: &Grid) -> String {
    let width = |it: &GridCell| [it.row + it.rows, it.column + it.columns];
    let [rows, columns] = grid
        .cells
        .iter()
        .map(width)
        .fold([0, 0], |one, other| [0, 1].map(|at| one[at].max(other[at])));
    let mut out = String::new();
    for row in 0..rows {
        let (mut layouts, mut cells) = (String::new(), String::new());
        let mut column = 0;
        while column < columns {
            let over = grid.cells.iter().find(|it| {
                (it.row..it.row + it.rows).contains(&row)
                    && (it.column..it.column + it.columns).contains(&column)
            });
            let (end, merge, runs) = match over {
                None => (column + 1, "", String::new()),
                Some(it) => {
                    let begins = it.row == row;
                    let merge = match (it.rows > 1, begins) {
                        (false, _) => "",
                        (true, true) => "\\clvmgf",
                        (true, false) => "\\clvmrg",
                    };
                    let runs = it.runs.iter().filter(|_| begins).map(run);
                    (it.column + it.columns, merge, runs.collect())
                }
            };
            // Programs round the ends of cells, each as it likes.
            let about = 1440 * end + (row + end) % 3 * 5;
            layouts += &format!("{merge}\\clbrdrt\\brdrs\\cellx{about}");
            cells += &format!("{runs}\\cell ");
            column = end;
        }
        out += &format!(
            "\\trowd\\trgaph108{layouts}\r\n\\pard\\plain\\intbl {cells}{{\\trowd\\trgaph108{layouts}\\row}}\r\n"
        );
    }
    out
}
