//! What several test files share: tables as they are printed, with merged cells, and writers of every format. The other side
//! of the readers: it shares no code with them.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod html;
pub mod office;
pub mod plain;

use xxgk::form::{Kind, Row};
use xxgk::{Look, Options, Reading, Record, Value, forms, read_document};

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

fn value(record: &Record, cell: usize) -> String {
    match record.value(cell) {
        None => String::new(),
        Some(Value::Change(change)) if change > 0 => format!("+{change}"),
        Some(value) => value.to_string(),
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
    for row in record.form().rows() {
        at += 1;
        let note = row.note().map(|note| format!("({note})"));
        let label = format!("{}{}", row.label(), note.unwrap_or_default());
        table.push(put(at, 0, 1, 1, label));
        let heading = row.kind() == Kind::Heading;
        table.push(put(at, 1, 1, 1, if heading { "—" } else { row.unit() }));
        let cell = row.cells().next();
        let text = cell.map(|cell| value(record, cell)).unwrap_or_default();
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

fn is_below(row: &Row, above: &Row) -> bool {
    row.code().starts_with(&format!("{}.", above.code()))
}

/// The three tables of the form of 2021, merged as the State Council's office prints them.
pub fn national(record: &Record) -> Report {
    let form = record.form().clone();
    let rows = |section: usize| &form.rows()[form.sections()[section].rows()];
    let shown = |row: &Row, at: usize, from: usize, columns: usize, span: usize| {
        let cells = row.cells().enumerate().take(columns);
        let cells = cells.map(|(index, cell)| Put {
            cell: Some(cell),
            ..put(at, from + index * span, 1, span, value(record, cell))
        });
        cells.collect::<Vec<_>>()
    };
    // Table 2: the items of article 20, each with a header of its own.
    let mut second = Vec::new();
    let mut at = 0;
    for section in 0..3 {
        let items = ["(一)", "(五)(六)", "(八)"];
        second.push(put(at, 0, 1, 4, format!("第二十条第{}项", items[section])));
        second.push(put(at + 1, 0, 1, 1, "信息内容"));
        let columns = form.sections()[section].columns();
        let span = 3 / columns.len();
        for (index, column) in columns.iter().enumerate() {
            second.push(put(at + 1, 1 + index * span, 1, span, column.label()));
        }
        at += 2;
        for row in rows(section) {
            second.push(put(at, 0, 1, 1, row.label()));
            second.extend(shown(row, at, 1, columns.len(), span));
            at += 1;
        }
    }
    // Table 3: three columns of labels.
    let columns = form.sections()[3].columns();
    let mut third = vec![
        put(
            0,
            0,
            3,
            3,
            "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
        ),
        put(0, 3, 1, 7, "申请人情况"),
    ];
    for (index, column) in columns.iter().enumerate() {
        match column.group() {
            None => third.push(put(1, 3 + index, 2, 1, column.label())),
            Some(group) => {
                if index == 1 {
                    third.push(put(1, 4, 1, 5, group));
                }
                third.push(put(2, 3 + index, 1, 1, column.label()));
            }
        }
    }
    let mut at = 3;
    let mut headings: Vec<&Row> = Vec::new();
    for row in rows(3) {
        let depth = rows(3).iter().filter(|above| is_below(row, above)).count();
        if row.cells().is_empty() {
            headings.push(row);
            continue;
        }
        for heading in headings.drain(..) {
            let depth = rows(3)
                .iter()
                .filter(|above| is_below(heading, above))
                .count();
            let height = rows(3)
                .iter()
                .filter(|it| is_below(it, heading) && !it.cells().is_empty());
            third.push(put(at, depth, height.count(), 1, heading.label()));
        }
        let note = row.note().map(|note| format!("({note})"));
        let label = format!("{}{}", row.label(), note.unwrap_or_default());
        third.push(put(at, depth, 1, 3 - depth, label));
        third.extend(shown(row, at, 3, 7, 1));
        at += 1;
    }
    // Table 4: one row of values.
    let mut fourth = Vec::new();
    let mut from = 0;
    for row in rows(4) {
        let below = rows(4).iter().filter(|it| is_below(it, row)).count();
        let within = rows(4).iter().any(|it| is_below(row, it));
        let leaves = form.sections()[4].columns().iter().enumerate();
        if below > 0 {
            fourth.push(put(0, from, 1, 5 * below, row.label()));
            continue;
        }
        let top = usize::from(within);
        fourth.push(put(top, from, 1, 5, row.label()));
        for (index, leaf) in leaves {
            fourth.push(put(top + 1, from + index, 2 - top, 1, leaf.label()));
        }
        fourth.extend(shown(row, 3, from, 5, 1));
        from += 5;
    }
    for table in [&mut second, &mut third, &mut fourth] {
        table.sort_by_key(|it| (it.row, it.column));
    }
    let titles = [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ];
    Report {
        title: "某市2023年政府信息公开工作年度报告".to_owned(),
        tables: titles
            .map(String::from)
            .into_iter()
            .zip([second, third, fourth])
            .collect(),
    }
}

/// What is read of a file.
#[track_caller]
pub fn readings(bytes: &[u8]) -> Vec<Reading> {
    let document = xxgk_read::read(bytes).unwrap();
    let options = Options::default();
    read_document(&document, forms(), &options).collect()
}

/// The figures of Jilin, 2017, and of Suqian, 2023.
pub fn real() -> [Record; 2] {
    let data = |name: &str| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data");
        std::fs::read_to_string(format!("{root}/{name}/figures.json")).unwrap()
    };
    let nine: xxgk::nine_category::NineCategory =
        serde_json::from_str(&data("jilin-2017")).unwrap();
    let national: xxgk::national_2021::National2021 =
        serde_json::from_str(&data("suqian-2023")).unwrap();
    [Record::from(nine), Record::from(national)]
}

/// A file of `tests/data`, of which the README there says how it was made.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A file that fails in the field, or stands for one.
pub fn case(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The tables of a file as they are handed on: `^{}` is raised, `~{}` struck out, `-{}` hidden, `?{}` not calculated, `!{}`
/// shown by a rule that is not followed.
#[track_caller]
pub fn cells(bytes: &[u8]) -> String {
    let mut out = String::new();
    for grid in xxgk_read::tables(bytes).unwrap() {
        if grid.hidden {
            out.push_str("(hidden)\n");
        }
        let mut row = None;
        for cell in &grid.cells {
            match row {
                None => {}
                Some(row) if row == cell.row => out.push_str(" | "),
                Some(_) => out.push('\n'),
            }
            row = Some(cell.row);
            for run in &cell.runs {
                let mark = match run.look {
                    Look::Plain => "",
                    Look::Raised => "^",
                    Look::Struck => "~",
                    Look::Hidden => "-",
                    Look::Uncalculated => "?",
                    Look::Unfollowed => "!",
                    _ => unreachable!("a look without a mark"),
                };
                match mark {
                    "" => out.push_str(&run.text),
                    mark => out += &format!("{mark}{{{}}}", run.text),
                }
            }
        }
        out.push('\n');
    }
    out
}

/// The cell of the value that the samples of `meaning` change: 政策解读稿件发布数 of Jilin 2017.
#[track_caller]
pub fn changed(name: &str) -> String {
    let cells = cells(&case(name));
    let row = cells
        .lines()
        .find(|line| line.contains("政策解读稿件发布数"));
    row.unwrap().rsplit(" | ").next().unwrap().to_owned()
}
