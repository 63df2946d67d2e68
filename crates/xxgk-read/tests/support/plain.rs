//! Tables of text, by the writer of the `csv` crate.

use super::{Report, size};

/// The rows of a report, merged cells as blanks behind and below the text.
pub fn write(report: &Report, separator: u8) -> String {
    let mut out = format!("{}\n", report.title);
    for (title, table) in &report.tables {
        let (rows, columns) = size(table);
        let mut cells = vec![vec![""; columns]; rows];
        for put in table {
            cells[put.row][put.column] = &put.text;
        }
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        for row in cells {
            writer.write_record(row).unwrap();
        }
        let rows = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        out += &format!("{title}\n{rows}");
    }
    out
}
