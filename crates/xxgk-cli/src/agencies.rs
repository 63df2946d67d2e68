//! The list of agencies that have to report, as people keep it: a workbook, CSV, or TOML.

use std::fs;
use std::path::Path;

use xxgk::{Grid, Lang, Look};
use xxgk_collect::{Agencies, ListError, ListFile};
use xxgk_read::Format;

use crate::fault;
use crate::shown::{PathShown, shown};
use crate::toml_files;

/// The list in a file. `Err` holds what to tell the user.
pub fn read(path: &Path, lang: Lang) -> Result<Agencies, String> {
    let wrong = |message: &str| format!("{}: {}", path.shown(), shown(message));
    let said = |error: ListError| wrong(error.message().get(lang));
    let extension = path.extension().unwrap_or_default();
    if extension.eq_ignore_ascii_case("toml") {
        let file: ListFile = toml_files::read(path, lang)?;
        return Agencies::new(file.agencies).map_err(said);
    }
    let bytes = fs::read(path).map_err(|error| wrong(fault::message(&error).get(lang)))?;
    let unread = |error: xxgk_read::ReadError| wrong(error.message().get(lang));
    let rows = match xxgk_read::format(&bytes).map_err(unread)? {
        Format::Text => {
            let document = xxgk_read::read(&bytes).map_err(unread)?;
            csv_rows(document.text()).map_err(|line| wrong(&not_csv(line, lang)))?
        }
        _ => {
            let tables = xxgk_read::tables(&bytes).map_err(unread)?;
            tables
                .iter()
                .find(|it| !it.hidden)
                .map_or_else(Vec::new, grid_rows)
        }
    };
    Agencies::of_rows(&rows).map_err(said)
}

/// The cells of lines with commas between them; or the line that is none.
fn csv_rows(text: &str) -> Result<Vec<Vec<String>>, u64> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    let line = |error: csv::Error| error.position().map_or(0, csv::Position::line);
    reader
        .records()
        .map(|it| it.map(cells).map_err(line))
        .collect()
}

fn not_csv(line: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第{line}行不是用逗号分隔的单元格，请核对引号"),
        Lang::En => format!("line {line} has no cells separated by commas: check its quotes"),
    }
}

/// The cells of a table; one that is merged over several rows stands in each of them.
fn grid_rows(grid: &Grid) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cell in &grid.cells {
        let runs = cell.runs.iter();
        let text = runs.filter(|it| !matches!(it.look, Look::Struck | Look::Hidden));
        let text: String = text.map(|it| &*it.text).collect();
        if text.trim().is_empty() {
            continue;
        }
        for row in cell.row..cell.row + cell.rows {
            if rows.len() <= row {
                rows.resize(row + 1, Vec::new());
            }
            let row = &mut rows[row];
            if row.len() <= cell.column {
                row.resize(cell.column + 1, String::new());
            }
            row[cell.column].clone_from(&text);
        }
    }
    rows
}
