//! Tables as they are printed, with merged cells. The other side of the readers: it shares no code with them.

use xxgk::form::{Kind, Row};
use xxgk::{Form, Grid, GridCell, Record};

use super::matrix::{Names, Style, is_below, value};

/// A cell of a table as it is printed.
#[derive(Clone, Debug)]
pub struct Put {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub text: String,
    /// The cell of the form that it is the value of.
    pub cell: Option<usize>,
}

/// The tables of a report, each with the text that stands above it.
#[derive(Clone, Default)]
pub struct Report {
    pub title: String,
    pub tables: Vec<(String, Vec<Put>)>,
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.title)
    }
}

pub fn put(row: usize, column: usize, rows: usize, columns: usize, text: impl Into<String>) -> Put {
    Put {
        row,
        column,
        rows,
        columns,
        text: text.into(),
        cell: None,
    }
}

/// Where a table has its columns.
pub fn size(table: &[Put]) -> (usize, usize) {
    let rows = table.iter().map(|it| it.row + it.rows).max().unwrap();
    let columns = table.iter().map(|it| it.column + it.columns).max().unwrap();
    (rows, columns)
}

/// The table of the nine categories, as it is printed.
pub fn nine(record: &Record, titled: bool) -> Report {
    nine_named(record, titled, &Names::new(record.form(), Style::default()))
}

/// The same with rows of other names.
pub fn nine_named(record: &Record, titled: bool, names: &Names) -> Report {
    let title = "政府信息公开情况统计表(2017年度)".to_owned();
    let mut table = Vec::new();
    let mut at = 0;
    if titled {
        table.push(put(0, 0, 1, 3, title.clone()));
        at = 1;
    }
    for (column, text) in ["统 计 指 标", "单位", "统计数"].iter().enumerate() {
        table.push(put(at, column, 1, 1, *text));
    }
    for (row, label) in record.form().rows().iter().zip(&names.rows) {
        at += 1;
        table.push(put(at, 0, 1, 1, label));
        let heading = row.kind() == Kind::Heading;
        table.push(put(at, 1, 1, 1, if heading { "—" } else { row.unit() }));
        let cell = row.cells().next();
        let text = cell
            .map(|cell| value(record.value(cell)))
            .unwrap_or_default();
        table.push(Put {
            cell,
            ..put(at, 2, 1, 1, text)
        });
    }
    Report {
        title,
        tables: vec![(String::new(), table)],
    }
}

/// The article of the regulations that is printed above a part of table 2.
fn article(section: &str) -> &'static str {
    match section {
        "documents" => "第二十条第(一)项",
        "services" => "第二十条第(五)项",
        "penalties" => "第二十条第(六)项",
        "fees" => "第二十条第(八)项",
        "procurement" => "第二十条第(九)项",
        _ => "第二十条第(五)(六)项",
    }
}

/// The three tables of a national form, merged as the State Council's office prints them.
pub fn national(record: &Record) -> Report {
    national_named(record, 2023, &Names::new(record.form(), Style::default()))
}

/// The same with rows and columns of other names.
pub fn national_named(record: &Record, year: u16, names: &Names) -> Report {
    let print = Print { record, names };
    let (requests, disputes) = (print.section("requests"), print.section("disputes"));
    let mut tables = [
        print.items(requests.min(disputes)),
        print.requests(requests),
        print.across(disputes),
    ];
    for table in &mut tables {
        table.sort_by_key(|it| (it.row, it.column));
    }
    let titles = [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ];
    Report {
        title: format!("某市{year}年政府信息公开工作年度报告"),
        tables: titles.map(String::from).into_iter().zip(tables).collect(),
    }
}

struct Print<'a> {
    record: &'a Record,
    names: &'a Names,
}

impl Print<'_> {
    fn form(&self) -> &Form {
        self.record.form()
    }

    fn section(&self, key: &str) -> usize {
        let sections = self.form().sections();
        sections.iter().position(|it| it.key() == key).unwrap()
    }

    /// The rows of a section, each with what it is called.
    fn rows(&self, section: usize) -> impl Iterator<Item = (&Row, &String)> + Clone {
        let rows = self.form().sections()[section].rows();
        self.form().rows()[rows.clone()]
            .iter()
            .zip(&self.names.rows[rows])
    }

    fn values(&self, row: &Row, at: usize, from: usize, span: usize) -> Vec<Put> {
        let cells = row.cells().enumerate();
        let cells = cells.map(|(index, cell)| Put {
            cell: Some(cell),
            ..put(
                at,
                from + index * span,
                1,
                span,
                value(self.record.value(cell)),
            )
        });
        cells.collect()
    }

    /// Table 2: the items of article 20, each with a header of its own.
    fn items(&self, sections: usize) -> Vec<Put> {
        let mut table = Vec::new();
        let mut at = 0;
        let widths = self.form().sections()[..sections].iter();
        let two = widths.clone().any(|section| section.columns().len() == 2);
        let width = if two { 6 } else { 3 };
        for (section, columns) in self.names.columns[..sections].iter().enumerate() {
            let item = article(self.form().sections()[section].key());
            table.push(put(at, 0, 1, width + 1, item));
            table.push(put(at + 1, 0, 1, 1, "信息内容"));
            let span = width / columns.len();
            for (index, column) in columns.iter().enumerate() {
                table.push(put(at + 1, 1 + index * span, 1, span, column));
            }
            at += 2;
            for (row, label) in self.rows(section) {
                table.push(put(at, 0, 1, 1, label));
                table.extend(self.values(row, at, 1, span));
                at += 1;
            }
        }
        table
    }

    /// Table 3: three columns of labels.
    fn requests(&self, section: usize) -> Vec<Put> {
        let note = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)";
        let mut table = vec![put(0, 0, 3, 3, note), put(0, 3, 1, 7, "申请人情况")];
        let columns = self.form().sections()[section].columns().iter();
        let columns = columns.zip(&self.names.columns[section]).enumerate();
        for (index, (column, label)) in columns {
            match column.group() {
                None => table.push(put(1, 3 + index, 2, 1, label)),
                Some(group) => {
                    if index == 1 {
                        table.push(put(1, 4, 1, 5, group));
                    }
                    table.push(put(2, 3 + index, 1, 1, label));
                }
            }
        }
        let mut at = 3;
        let mut headings: Vec<(&Row, &String)> = Vec::new();
        let rows = self.rows(section);
        for (row, label) in rows.clone() {
            let above = |of: &Row| rows.clone().filter(|(it, _)| is_below(of, it)).count();
            if row.cells().is_empty() {
                headings.push((row, label));
                continue;
            }
            for (heading, label) in headings.drain(..) {
                let below = rows.clone();
                let height =
                    below.filter(|(it, _)| is_below(it, heading) && !it.cells().is_empty());
                table.push(put(at, above(heading), height.count(), 1, label));
            }
            let depth = above(row);
            table.push(put(at, depth, 1, 3 - depth, label));
            table.extend(self.values(row, at, 3, 1));
            at += 1;
        }
        table
    }

    /// Table 4: one row of values.
    fn across(&self, section: usize) -> Vec<Put> {
        let mut table = Vec::new();
        let mut from = 0;
        let rows = self.rows(section);
        for (row, label) in rows.clone() {
            let below = rows.clone().filter(|(it, _)| is_below(it, row)).count();
            let within = rows.clone().any(|(it, _)| is_below(row, it));
            if below > 0 {
                table.push(put(0, from, 1, 5 * below, label));
                continue;
            }
            let top = usize::from(within);
            table.push(put(top, from, 1, 5, label));
            for (index, leaf) in self.names.columns[section].iter().enumerate() {
                table.push(put(top + 1, from + index, 2 - top, 1, leaf));
            }
            table.extend(self.values(row, 3, from, 1));
            from += 5;
        }
        table
    }
}

/// A table as its reader hands it over: of a text, or a sheet of that name. A blank cell of a sheet may leave no trace.
pub fn grid(table: &[Put], sheet: Option<&str>) -> Grid {
    let mut grid = sheet.map_or_else(Grid::new, Grid::sheet);
    for put in table {
        if sheet.is_some() && put.text.is_empty() && put.rows * put.columns == 1 {
            continue;
        }
        let mut cell = GridCell::new(put.row, put.column, &*put.text);
        (cell.rows, cell.columns) = (put.rows, put.columns);
        grid.cells.push(cell);
    }
    grid
}
