//! Pages as people's tools write them.

use super::{Put, Report, size};

/// How a page is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Paragraphs and spans within cells, non-breaking spaces, line breaks between tags.
    pub nested: bool,
    /// Numbers are split over spans.
    pub split: bool,
    /// Cells and rows are not closed.
    pub unclosed: bool,
    /// The table stands in a table that lays out the page.
    pub layout: bool,
    /// Tags in capitals, a header of its own.
    pub shouted: bool,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn content(put: &Put, style: Style) -> String {
    let text = match put.cell {
        Some(_) if style.split && put.text.len() > 1 => {
            let (one, other) = put.text.split_at(1);
            format!("<span>{one}</span><b><span style='color:red'>{other}</span></b>")
        }
        _ => escaped(&put.text),
    };
    match style.nested {
        true => format!(
            "\n  <p class=MsoNormal><o:p>&nbsp;</o:p>\n<span lang=EN-US>\u{3000}{text}</span>&nbsp;</p>\n"
        ),
        false => text,
    }
}

fn table(table: &[Put], style: Style) -> String {
    let mut out = String::from("<table border=1 style='display: table'>");
    for row in 0..size(table).0 {
        out += "<tr>";
        for put in table.iter().filter(|put| put.row == row) {
            out += "<td";
            if put.rows > 1 {
                out += &format!(" rowspan=\"{}\"", put.rows);
            }
            if put.columns > 1 {
                out += &format!(" colspan={}", put.columns);
            }
            out += &format!(">{}", content(put, style));
            out += if style.unclosed { "" } else { "</td>" };
        }
        out += if style.unclosed { "\n" } else { "</tr>" };
    }
    out += "</table>";
    if style.layout {
        out = format!("<table><tr><td>{out}</td><td>版权所有</td></tr></table>");
    }
    if style.shouted {
        out = out
            .replace("<td", "<TD")
            .replace("/td>", "/TD>")
            .replace("<table", "<TABLE");
    }
    out
}

/// The page of a report.
pub fn write(report: &Report, style: Style) -> String {
    let mut out = String::from(
        "<!DOCTYPE html><html><head><title>2001年度报告</title><style>td { color: red }</style></head><body>",
    );
    out += &format!(
        "<script>var a = '<table><tr><td>1</td></tr></table>';</script><h1>{}</h1>",
        report.title
    );
    out += "<div hidden>统计指标<table><tr><td>(一)收到申请数</td><td>件</td><td>1</td></tr></table></div>";
    for (title, cells) in &report.tables {
        out += &format!("<p>{title}</p>{}", table(cells, style));
    }
    out + "<p>五、存在的主要问题</p></body></html>"
}
