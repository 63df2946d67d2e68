//! Edits of documents that are right, each with what the document says afterwards.

use xxgk::form::Kind;
use xxgk::{Form, Record, Value};

use super::grids::{Printed, Shape};
use super::layout::Layout;
use super::matrix::{Line, Names, is_below};
use super::printed::{Put, Report};
use super::random::Random;
use super::written::{Cells, Plain, Style, Written, mark, marked, report};

/// A document that is read: a text, or grids.
pub enum Document {
    Text(String),
    Grids(xxgk::Document, Cells),
}

/// A document after an edit.
pub struct Edited {
    /// The edit, in a few words.
    pub what: &'static str,
    pub document: Document,
    /// By cell, what may be read there beside nothing; `None` where that is left open.
    allowed: Vec<Option<Vec<Value>>>,
    /// Whether a person would no longer say that it holds what it held.
    pub says_otherwise: bool,
}

impl Edited {
    pub fn allows(&self, cell: usize, value: Option<Value>) -> bool {
        let allowed = self.allowed[cell].as_ref();
        allowed.is_none_or(|allowed| value.is_none_or(|value| allowed.contains(&value)))
    }

    pub fn shown(&self) -> String {
        match &self.document {
            Document::Text(text) => text.clone(),
            Document::Grids(document, _) => document.text().to_owned(),
        }
    }
}

/// A document that is right.
pub struct Original {
    record: Record,
    names: Names,
    form: FormOf,
}

enum FormOf {
    Text(Plain, Style),
    Grids(Shape),
}

fn pick(of: usize, random: &mut Random) -> usize {
    random.below(of as u64) as usize
}

impl Original {
    pub fn new(record: Record, random: &mut Random) -> Self {
        let form = match random.below(4) {
            0 => FormOf::Grids(Shape::ALL[pick(Shape::ALL.len(), random)]),
            _ => {
                let plain = Plain::ALL[pick(Plain::ALL.len(), random)];
                FormOf::Text(plain, Style::random(record.form(), plain, random))
            }
        };
        let names = match form {
            FormOf::Text(_, style) => style.names(record.form()),
            FormOf::Grids(_) => Names::new(record.form(), Default::default()),
        };
        Original {
            record,
            names,
            form,
        }
    }

    /// The layout, for messages.
    pub fn kind(&self) -> String {
        match self.form {
            FormOf::Text(plain, style) => format!("{plain:?} {style:?}"),
            FormOf::Grids(shape) => format!("{shape:?}"),
        }
    }

    fn is_list(&self) -> bool {
        self.names.columns.iter().all(Vec::is_empty)
    }

    /// One edit of some kind; `None` where this document has nothing for it.
    pub fn edit(&self, random: &mut Random) -> Option<Edited> {
        match random.below(12) {
            0 | 1 => self.digit(random),
            2 => self.rows_exchange_values(random),
            3 => self.rows_exchange_labels(random),
            4 => self.columns_exchange_headings(random),
            5 => self.column_moves(random),
            6 => self.unit(random),
            7 if random.one_in(3) => self.row_contradicted(random),
            7 => self.row_deleted_or_doubled(random),
            8 => self.cell_deleted(random),
            9 => self.separator_deleted(random),
            10 => self.line_joined(random),
            _ => self.line_split(random),
        }
    }

    /// The document that holds another record under other names.
    fn document(&self, record: &Record, names: &Names) -> Document {
        match self.form {
            FormOf::Text(plain, style) => {
                let lines = report(record.form(), style, names);
                Document::Text(Written::new(&lines, plain, &style.values(record)).text)
            }
            FormOf::Grids(shape) => {
                let (document, cells) = Printed::named(record, shape, names).document();
                Document::Grids(document, cells)
            }
        }
    }

    /// What now may be read: a value of one of these records.
    fn of_records(records: &[&Record]) -> Vec<Option<Vec<Value>>> {
        let cells = 0..records[0].form().cells();
        let of = |cell: usize| records.iter().filter_map(|it| it.value(cell)).collect();
        cells.map(|cell| Some(of(cell))).collect()
    }

    /// The edit after which the document holds another record.
    fn other_record(&self, what: &'static str, record: &Record, document: Document) -> Edited {
        Edited {
            what,
            document,
            allowed: Self::of_records(&[record]),
            says_otherwise: *record != self.record,
        }
    }

    fn digit(&self, random: &mut Random) -> Option<Edited> {
        let cell = pick(self.record.form().cells(), random);
        let old = self.record.value(cell)?;
        let number = old.to_string();
        let digits: Vec<usize> = number
            .match_indices(|c: char| c.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        let at = digits[pick(digits.len(), random)];
        let digit = random.below(10).to_string();
        let changed = match random.below(3) {
            0 => format!("{}{digit}{}", &number[..at], &number[at + 1..]),
            1 => format!("{}{digit}{}", &number[..at], &number[at..]),
            _ => format!("{}{}", &number[..at], &number[at + 1..]),
        };
        let leading = changed.len() > 1 && changed.starts_with('0') && !changed.starts_with("0.");
        if leading || changed.starts_with('.') || changed.ends_with('.') {
            return None;
        }
        let value = match old {
            Value::Amount(_) => Value::Amount(changed.parse().ok()?),
            Value::Change(_) => Value::Change(changed.parse().ok()?),
            _ => Value::Count(changed.parse().ok()?),
        };
        let mut record = self.record.clone();
        set(&mut record, cell, Some(value));
        Some(self.other_record(
            "a digit changed",
            &record,
            self.document(&record, &self.names),
        ))
    }

    /// Two rows with as many cells.
    fn two_rows(&self, random: &mut Random) -> Option<[usize; 2]> {
        let rows = self.record.form().rows();
        let [one, other] = [pick(rows.len(), random), pick(rows.len(), random)];
        let fit =
            !rows[one].cells().is_empty() && rows[one].cells().len() == rows[other].cells().len();
        (fit && one != other).then_some([one, other])
    }

    /// The record in which two rows hold each other's values; `None` where they are of different kinds.
    fn exchanged(&self, [one, other]: [usize; 2]) -> Option<Record> {
        let form = self.record.form().clone();
        let mut record = self.record.clone();
        let rows = form.rows();
        for (from, to) in rows[one].cells().zip(rows[other].cells()) {
            let kind = |cell: usize| form.indicator(cell).unwrap().kind();
            if kind(from) != kind(to) {
                return None;
            }
            set(&mut record, from, self.record.value(to));
            set(&mut record, to, self.record.value(from));
        }
        Some(record)
    }

    fn rows_exchange_values(&self, random: &mut Random) -> Option<Edited> {
        let record = self.exchanged(self.two_rows(random)?)?;
        Some(self.other_record(
            "values of two rows exchanged",
            &record,
            self.document(&record, &self.names),
        ))
    }

    /// Rows of one section keep the headings that they stand under.
    fn rows_exchange_labels(&self, random: &mut Random) -> Option<Edited> {
        let [one, other] = self.two_rows(random)?;
        let form = self.record.form();
        let rows = form.rows();
        let parent = |row: usize| {
            rows.iter()
                .rev()
                .find(|it| is_below(&rows[row], it))
                .map(|it| it.code())
        };
        if rows[one].name() == rows[other].name() || parent(one) != parent(other) {
            return None;
        }
        let record = self.exchanged([one, other])?;
        let mut names = self.names.clone();
        names.rows.swap(one, other);
        Some(self.other_record(
            "labels of two rows exchanged",
            &record,
            self.document(&self.record, &names),
        ))
    }

    /// Two columns of a section that stand in one group.
    fn two_columns(&self, random: &mut Random) -> Option<(usize, [usize; 2])> {
        let sections = self.record.form().sections();
        let number = pick(sections.len(), random);
        let columns = sections[number].columns();
        if columns.len() < 2 {
            return None;
        }
        let [one, other] = [pick(columns.len(), random), pick(columns.len(), random)];
        let kind = |column: usize| {
            let row = self.record.form().rows()[sections[number].rows()].iter();
            let mut row = row.filter(|row| !row.cells().is_empty());
            let cell = row.next().unwrap().cells().start + column;
            self.record.form().indicator(cell).unwrap().kind()
        };
        let fit = columns[one].group() == columns[other].group() && kind(one) == kind(other);
        (fit && one != other).then_some((number, [one, other]))
    }

    /// The record in which two columns hold each other's values.
    fn columns_exchanged(&self, section: usize, [one, other]: [usize; 2]) -> Record {
        let form = self.record.form().clone();
        let mut record = self.record.clone();
        let rows = form.rows()[form.sections()[section].rows()].iter();
        for row in rows.filter(|row| !row.cells().is_empty()) {
            let [from, to] = [one, other].map(|column| row.cells().start + column);
            set(&mut record, from, self.record.value(to));
            set(&mut record, to, self.record.value(from));
        }
        record
    }

    fn columns_exchange_headings(&self, random: &mut Random) -> Option<Edited> {
        let (section, [one, other]) = self.two_columns(random)?;
        let record = self.columns_exchanged(section, [one, other]);
        let mut names = self.names.clone();
        names.columns[section].swap(one, other);
        Some(self.other_record(
            "headings of two columns exchanged",
            &record,
            self.document(&self.record, &names),
        ))
    }

    /// Heading and values: it says the same as before.
    fn column_moves(&self, random: &mut Random) -> Option<Edited> {
        let (section, columns) = self.two_columns(random)?;
        let record = self.columns_exchanged(section, columns);
        if random.one_in(2) {
            let what = "values of two columns exchanged";
            return Some(self.other_record(what, &record, self.document(&record, &self.names)));
        }
        let mut names = self.names.clone();
        names.columns[section].swap(columns[0], columns[1]);
        Some(self.other_record(
            "a column moved",
            &self.record,
            self.document(&record, &names),
        ))
    }

    /// A unit that is another.
    fn unit(&self, random: &mut Random) -> Option<Edited> {
        let mut names = self.names.clone();
        if !self.is_list() {
            // The only units that are printed.
            let form = self.record.form();
            let section = form
                .sections()
                .iter()
                .position(|it| it.key() == "fees" && it.columns().len() == 1)?;
            let unit = ["元", "千元", "亿元"][pick(3, random)];
            names.columns[section][0] = format!("本年收费金额(单位:{unit})");
            let mut record = self.record.clone();
            let cell = form.cell("disclosure.fees.collected")?;
            let Some(Value::Amount(amount)) = self.record.value(cell) else {
                return None;
            };
            if amount.is_zero() {
                return None;
            }
            let by = rust_decimal::Decimal::new(1, 0);
            let value = match unit {
                "元" => amount * by / rust_decimal::Decimal::new(10_000, 0),
                "千元" => amount * by / rust_decimal::Decimal::new(10, 0),
                _ => amount * rust_decimal::Decimal::new(10_000, 0),
            };
            set(&mut record, cell, Some(Value::Amount(value)));
            return Some(self.other_record(
                "a unit of money changed",
                &record,
                self.document(&self.record, &names),
            ));
        }
        let FormOf::Text(plain, style @ Style::List(_)) = self.form else {
            return None;
        };
        let form = self.record.form();
        let mut lines = report(form, style, &self.names);
        let rows = form.rows();
        let at = pick(rows.len(), random);
        let cell = rows[at].cells().next()?;
        let units = ["件", "条", "次", "篇", "个", "人", "万元", "元", "台", "%"];
        let unit = units[pick(units.len(), random)];
        if unit == rows[at].unit() {
            return None;
        }
        let line = lines.iter_mut().find_map(|line| match line {
            Line::Row(row)
                if row
                    .last()
                    .is_some_and(|it| it.chars().any(|c| marked(c) == Some(cell))) =>
            {
                Some(row)
            }
            _ => None,
        })?;
        let unit_at = line.len() - 2;
        line[unit_at] = unit.to_owned();
        let mut allowed = Self::of_records(&[&self.record]);
        if let (Some(Value::Amount(amount)), "元") = (self.record.value(cell), unit) {
            let converted = amount / rust_decimal::Decimal::new(10_000, 0);
            allowed[cell] = Some(vec![Value::Amount(converted)]);
        } else if rows[at].kind() == Kind::Amount || unit.contains(['元', '%']) {
            allowed[cell] = Some(Vec::new());
        }
        let text = Written::new(&lines, plain, &style.values(&self.record)).text;
        Some(Edited {
            what: "a unit changed",
            document: Document::Text(text),
            allowed,
            says_otherwise: true,
        })
    }

    /// A whole row, with its label, deleted or doubled.
    fn row_deleted_or_doubled(&self, random: &mut Random) -> Option<Edited> {
        let double = random.one_in(2);
        let what = if double {
            "a row doubled"
        } else {
            "a row deleted"
        };
        let (document, cells) = match self.form {
            FormOf::Text(plain, style) => {
                let mut lines = report(self.record.form(), style, &self.names);
                let rows = (0..lines.len()).filter(|it| !cells_of(&lines[*it]).is_empty());
                let rows: Vec<usize> = rows.collect();
                let at = rows[pick(rows.len(), random)];
                let cells = cells_of(&lines[at]);
                match double {
                    true => lines.insert(at, lines[at].clone()),
                    false => _ = lines.remove(at),
                }
                let text = Written::new(&lines, plain, &style.values(&self.record)).text;
                (Document::Text(text), cells)
            }
            FormOf::Grids(shape) => {
                let mut printed = Printed::named(&self.record, shape, &self.names);
                let number = pick(printed.report.tables.len(), random);
                let table = &mut printed.report.tables[number].1;
                let values: Vec<usize> = table
                    .iter()
                    .filter(|it| it.cell.is_some())
                    .map(|it| it.row)
                    .collect();
                let row = values[pick(values.len(), random)];
                let cells = table
                    .iter()
                    .filter(|it| it.row == row)
                    .filter_map(|it| it.cell)
                    .collect();
                // A cell that is merged over more rows than this one cannot go with it.
                let over = |put: &Put| (put.row..put.row + put.rows).contains(&row) && put.rows > 1;
                if double || table.iter().any(over) {
                    return None;
                }
                table.retain(|put| put.row != row);
                for put in table.iter_mut().filter(|put| put.row > row) {
                    put.row -= 1;
                }
                let (document, texts) = printed.document();
                (Document::Grids(document, texts), cells)
            }
        };
        let mut allowed = Self::of_records(&[&self.record]);
        if !double {
            for cell in cells {
                allowed[cell] = Some(Vec::new());
            }
        }
        Some(Edited {
            what,
            document,
            allowed,
            says_otherwise: !double,
        })
    }

    /// A row that stands twice, with another number in one of its cells: nobody can say which of the two is meant.
    fn row_contradicted(&self, random: &mut Random) -> Option<Edited> {
        let FormOf::Text(plain, style) = self.form else {
            return None;
        };
        let mut lines = report(self.record.form(), style, &self.names);
        let at = pick(lines.len(), random);
        let cells = cells_of(&lines[at]);
        let cell = *cells.get(pick(cells.len().max(1), random))?;
        let Some(Value::Count(count)) = self.record.value(cell) else {
            return None;
        };
        let mut values = style.values(&self.record);
        let other = mark(values.len());
        values.push(style.value(Some(Value::Count(count + 1 + random.below(9)))));
        let mut row = lines[at].clone();
        if let Line::Row(row) = &mut row {
            for text in row {
                *text = text.replace(&mark(cell), &other);
            }
        }
        lines.insert(at + 1, row);
        let mut allowed = Self::of_records(&[&self.record]);
        allowed[cell] = Some(Vec::new());
        Some(Edited {
            what: "a row doubled with another number",
            document: Document::Text(Written::new(&lines, plain, &values).text),
            allowed,
            says_otherwise: true,
        })
    }

    /// A cell of a row of text, and those behind it move up.
    fn cell_deleted(&self, random: &mut Random) -> Option<Edited> {
        let FormOf::Text(plain, style) = self.form else {
            return self.grid_cell_emptied(random);
        };
        let mut lines = report(self.record.form(), style, &self.names);
        let at = pick(lines.len(), random);
        let cells = cells_of(&lines[at]);
        let Line::Row(row) = &mut lines[at] else {
            return None;
        };
        let column = pick(row.len(), random);
        let deleted = row.remove(column);
        if cells.is_empty() || deleted.is_empty() {
            return None;
        }
        let mut allowed = Self::of_records(&[&self.record]);
        let cell = deleted.chars().find_map(marked);
        if let Some(cell) = cell {
            allowed[cell] = Some(Vec::new());
        }
        let text = Written::new(&lines, plain, &style.values(&self.record)).text;
        let what = if cell.is_some() {
            "a value deleted"
        } else {
            "a label deleted"
        };
        Some(Edited {
            what,
            document: Document::Text(text),
            allowed,
            says_otherwise: cell.is_some(),
        })
    }

    fn grid_cell_emptied(&self, random: &mut Random) -> Option<Edited> {
        let FormOf::Grids(shape) = self.form else {
            return None;
        };
        let mut printed = Printed::named(&self.record, shape, &self.names);
        let Report { tables, .. } = &mut printed.report;
        let number = pick(tables.len(), random);
        let table = &mut tables[number].1;
        let at = pick(table.len(), random);
        let cell = table[at].cell?;
        // In a page the cell is gone, and those behind it move up; in a sheet it is blank.
        let gone = table.remove(at);
        if matches!(shape, Shape::Merged | Shape::Unmerged | Shape::Repeated) {
            let behind = table
                .iter_mut()
                .filter(|put| put.row == gone.row && put.column > gone.column);
            behind.for_each(|put| put.column -= gone.columns);
        }
        let (document, texts) = printed.document();
        let mut allowed = Self::of_records(&[&self.record]);
        allowed[cell] = Some(Vec::new());
        Some(Edited {
            what: "a value deleted from a grid",
            document: Document::Grids(document, texts),
            allowed,
            says_otherwise: true,
        })
    }

    /// The text of the document, where it is one, and where its table begins.
    fn text(&self) -> Option<(Written, Plain)> {
        let FormOf::Text(plain, style) = self.form else {
            return None;
        };
        let lines = report(self.record.form(), style, &self.names);
        Some((
            Written::new(&lines, plain, &style.values(&self.record)),
            plain,
        ))
    }

    /// One edit of the text: what stood on each side of it may be joined to other numbers, and those may not be read.
    fn of_text(&self, what: &'static str, text: String, joined: bool) -> Edited {
        Edited {
            what,
            document: Document::Text(text),
            allowed: Self::of_records(&[&self.record]),
            says_otherwise: joined,
        }
    }

    fn separator_deleted(&self, random: &mut Random) -> Option<Edited> {
        let (written, plain) = self.text()?;
        let separator = match plain {
            Plain::Rows(Layout::Csv) => ",",
            Plain::Rows(Layout::Tabs) => "\t",
            Plain::Rows(Layout::CellsPlain | Layout::CellsSpaced) => return None,
            Plain::Rows(_) => "|",
            Plain::TwoSpaces => "  ",
            Plain::OneSpace => " ",
            Plain::Aligned => "   ",
        };
        let text = &written.text;
        let all: Vec<usize> = text.match_indices(separator).map(|(at, _)| at).collect();
        let at = all[pick(all.len(), random)];
        let (before, behind) = (&text[..at], &text[at + separator.len()..]);
        let joined = written.joins(at..at + separator.len());
        Some(self.of_text("a separator deleted", format!("{before}{behind}"), joined))
    }

    fn line_joined(&self, random: &mut Random) -> Option<Edited> {
        let (written, _) = self.text()?;
        let text = &written.text;
        let all: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let at = all[pick(all.len() - 1, random)];
        let (before, behind) = (&text[..at], &text[at + 1..]);
        let joined = written.joins(at..at + 1);
        Some(self.of_text("two lines joined", format!("{before}{behind}"), joined))
    }

    /// Between two cells, within a label, or within a number, of which then either part may be what stands there.
    fn line_split(&self, random: &mut Random) -> Option<Edited> {
        let (written, _) = self.text()?;
        let ends: Vec<usize> = written.text.char_indices().map(|(at, _)| at).collect();
        let at = ends[1 + pick(ends.len() - 2, random)];
        let within = written.cuts(at);
        let (before, behind) = written.text.split_at(at);
        let mut edited = self.of_text("a line split", format!("{before}\n{behind}"), within);
        if within {
            // Where a number is broken, a person may read either part of it at its cell.
            edited.allowed = vec![None; edited.allowed.len()];
        }
        Some(edited)
    }
}

fn cells_of(line: &Line) -> Vec<usize> {
    match line {
        Line::Text(_) => Vec::new(),
        Line::Row(row) => row
            .iter()
            .flat_map(|it| it.chars())
            .filter_map(marked)
            .collect(),
    }
}

fn set(record: &mut Record, cell: usize, value: Option<Value>) {
    let form: std::sync::Arc<Form> = record.form().clone();
    record
        .set(form.indicator(cell).unwrap().key(), value)
        .unwrap();
}
