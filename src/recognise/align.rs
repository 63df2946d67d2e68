//! The rows of a document and one form: which cells of the form each of them holds.
//!
//! The texts that stand between two rows of values are the headings of columns, labels that rows stand under, and the first
//! pieces of a label that is broken over lines. A row of values is a label and as many cells as its section of the form has
//! columns; which column each cell is in, the headings say.

use super::figure::heads_labels;
use super::fold::Row;
use super::header::{Header, by_column};
use super::label::{self, Label};
use super::list::{ListRow, list_row};
use super::near::{MAX_UNKNOWN, near};
use super::order::{self, Misspelt, Order, Trouble, Word, across, words};
use super::token::{Class, Token};
use super::under::Under;
use super::unit::{Stated, Units, heading};
use super::words::Words;
use crate::document::TextCell;
use crate::form::{Form, Section};

/// So many texts between two rows are looked at.
const MAX_LOOSE: usize = 192;

/// One row of values, and the rows of the form that it may be.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'t, 'f> {
    /// The rows of the form that the label can mean; none for a row that the form does not have.
    pub rows: &'f [usize],
    /// The rows that a label which is none of the form's may be a misspelling of.
    pub near: Vec<usize>,
    pub label: TextCell<'t>,
    /// The label is the form's but for a note.
    pub annotated: bool,
    /// What is stated of the unit of its values, but for the headings of their columns.
    pub units: Units<'t>,
    pub cells: Cells<'t>,
}

/// The cells behind a label.
#[derive(Clone, Debug)]
pub(crate) enum Cells<'t> {
    /// The row holds one value.
    One(ListRow<'t>),
    /// The row holds a value a column.
    Several(Several<'t>),
}

/// The cells of a row that holds a value a column.
#[derive(Clone, Debug)]
pub(crate) struct Several<'t> {
    pub cells: Vec<Token<'t>>,
    pub order: Result<Order, Trouble<'t>>,
    /// The columns of the document in which the form's stand, where the header says so.
    pub columns: Option<Vec<[usize; 2]>>,
    /// Rows with the same of this stand below each other, cell by cell: the table, or how wide rows of a text are.
    pub frame: Option<(usize, usize)>,
    /// The column behind the label.
    pub from: usize,
    /// In a text, over so many cells more than one the label goes: it may be broken, and the row longer than others by them.
    pub shift: usize,
    /// The header has a blank behind the head of the labels, where the cell is merged over several columns.
    pub padded: bool,
    /// The units in the headings of the form's columns: 本年收费金额（单位：元）.
    pub units: Vec<(usize, Stated<'t>)>,
    /// It ends before the others of its table: a cell of it has been lost.
    pub lost: bool,
}

/// What a form makes of some rows.
#[derive(Debug)]
pub(crate) struct Aligned<'t, 'f> {
    pub entries: Vec<Entry<'t, 'f>>,
    /// The lines from the first row to the last.
    pub lines: [usize; 2],
    /// Where the rows have one value: the header of their columns.
    pub header: Option<Header>,
    /// The year that stands alone among the headings.
    pub year: Option<u16>,
    /// Values of a section that is printed across, whose header is not understood: the section, and what is wrong with it.
    pub refused: Vec<(usize, Trouble<'t>, TextCell<'t>)>,
    /// Headings that differ from the form's: the section, the column that they were taken for, and where they stand.
    pub misspelt: Vec<(usize, usize, TextCell<'t>)>,
}

struct Aligner<'a, 't, 'f> {
    form: &'f Form,
    words: &'a Words<'f>,
    named: Option<&'a str>,
    rows: &'a [Row<'t>],
    /// The texts since the last row of values, with the row of the document that each is in.
    loose: Vec<(&'a Token<'t>, usize)>,
    /// The words of the header that the rows stand under.
    header: Under<'t, 'f>,
    list_header: Option<Header>,
    /// What the headings of its columns state of units.
    list_units: Vec<(usize, Stated<'t>)>,
    /// How many texts stood before it.
    list_loose: usize,
    unknown: usize,
    out: Aligned<'t, 'f>,
}

/// Aligns rows of a document with a form.
pub(crate) fn align<'t, 'f>(
    form: &'f Form,
    words: &Words<'f>,
    named: Option<&str>,
    rows: &[Row<'t>],
) -> Aligned<'t, 'f> {
    let mut aligner = Aligner {
        form,
        words,
        named,
        rows,
        loose: Vec::new(),
        header: Under::default(),
        list_header: None,
        list_units: Vec::new(),
        list_loose: 0,
        unknown: 0,
        out: Aligned {
            entries: Vec::new(),
            lines: [0, 0],
            header: None,
            year: None,
            refused: Vec::new(),
            misspelt: Vec::new(),
        },
    };
    for (at, row) in rows.iter().enumerate() {
        aligner.row(at, row);
    }
    if aligner.unknown > MAX_UNKNOWN {
        aligner
            .out
            .entries
            .iter_mut()
            .for_each(|it| it.near.clear());
    }
    aligner.out.header = aligner.list_header;
    aligner.out
}

impl<'a, 't, 'f> Aligner<'a, 't, 'f> {
    fn row(&mut self, at: usize, row: &'a Row<'t>) {
        let has_number = row.tokens.iter().any(|token| token.class == Class::Number);
        if self.list_head(row) {
            return;
        }
        if has_number && self.across(at, row) {
            return;
        }
        let tail = self.tail();
        match label::find(self.form, &tail, &row.tokens) {
            Some(label) if self.is_row(&label, row, has_number) => self.labelled(at, row, label),
            Some(label) if has_number && self.is_heading(label.rows) => self.unknown(at, row),
            None if has_number => match row.tokens.iter().any(Token::is_text) {
                true => self.unknown(at, row),
                false => self.values_only(at, row),
            },
            _ => self.texts(at, &row.tokens),
        }
    }

    /// The texts just before a row that may be the first pieces of its label.
    fn tail(&self) -> Vec<&'a Token<'t>> {
        let from = self.loose.len().saturating_sub(order::MAX_PIECES);
        let tail = self.loose.get(from..).unwrap_or_default();
        tail.iter().map(|(token, _)| *token).collect()
    }

    fn is_heading(&self, rows: &[usize]) -> bool {
        let row = rows.first().and_then(|row| self.form.rows().get(*row));
        row.is_none_or(|row| row.cells().is_empty())
    }

    fn section(&self, rows: &[usize]) -> Option<(usize, &'f Section)> {
        let of_row = |row: &usize| Some(self.form.rows().get(*row)?.section());
        let mut sections = rows.iter().map(of_row);
        let section = sections.next()??;
        let same = sections.all(|other| other == Some(section));
        Some((section, self.form.sections().get(section)?)).filter(|_| same)
    }

    /// How many values a row of these may hold.
    fn width(&self, rows: &[usize]) -> usize {
        self.section(rows)
            .map_or(1, |(_, it)| it.columns().len().max(1))
    }

    /// Whether what stands behind a label makes the row one of values.
    fn is_row(&self, label: &Label<'f>, row: &Row<'t>, has_number: bool) -> bool {
        let rest = row.tokens.get(label.end()..).unwrap_or_default();
        let width = self.width(label.rows);
        let list = self
            .section(label.rows)
            .is_some_and(|(_, it)| it.columns().is_empty());
        let across = self.section(label.rows).is_some_and(|(_, it)| it.across());
        let unit = rest.iter().any(|token| token.class == Class::Unit);
        let number = label::first_number(&row.tokens);
        let between = row.tokens.get(label.end()..number).unwrap_or_default();
        let odd = between.iter().filter(|token| token.is_text()).count();
        let heads =
            |token: &&Token<'t>| !self.form.headings().of_letters(&token.letters).is_empty();
        if between
            .iter()
            .filter(|it| it.is_text())
            .any(|token| heads(&token))
        {
            return false;
        }
        if self.is_heading(label.rows) {
            // The rows below it may be printed as one, with their sum.
            let values = rest.iter().filter(|token| token.is_value()).count();
            let sum = has_number && odd == 0 && values > 0;
            return if list {
                odd == 0 && !rest.is_empty()
            } else {
                sum
            };
        }
        match (odd > 0, has_number) {
            _ if rest.is_empty() => false,
            // A unit that is none of ours.
            (true, _) if list && odd == 1 && rest.len() == 2 => true,
            (true, _) => unit || rest.len() == width,
            (false, true) => true,
            // One cell a line, the blanks of a header that is printed across run on into each other.
            (false, false) if across && row.is_stacked() => rest.len() == width,
            (false, false) => list || unit || rest.len() >= width,
        }
    }

    /// Keeps the texts of a row that holds no values.
    fn texts(&mut self, at: usize, tokens: &'a [Token<'t>]) {
        let texts = tokens.iter().filter(|token| token.is_text());
        self.loose.extend(texts.map(|token| (token, at)));
        let surplus = self.loose.len().saturating_sub(MAX_LOOSE);
        self.loose.drain(..surplus);
    }

    /// Reads a row as the header of a table of one value a row, if it is one, or goes on with it.
    fn list_head(&mut self, row: &Row<'t>) -> bool {
        let lists = self
            .form
            .sections()
            .iter()
            .any(|it| it.columns().is_empty());
        if !lists || row.is_stacked() {
            return false;
        }
        let number = |token: &Token<'t>| {
            token.class == Class::Number
                && super::figure::year_of(&crate::unicode::letters(token.cell.text)).is_none()
        };
        if row.tokens.iter().any(number) {
            return false;
        }
        let columns = by_column(row, self.words);
        let heading = |column: &String| !self.form.headings().of_letters(column).is_empty();
        if columns.iter().any(heading) {
            return false;
        }
        let header = Header::of(columns.clone(), self.named);
        let below = header.is_none();
        let header = match header {
            Some(header) => Some(header),
            None if self.loose.len() == self.list_loose => {
                let above = self
                    .list_header
                    .as_ref()
                    .filter(|_| self.out.entries.is_empty());
                above.and_then(|above| above.with_below(&columns, self.named))
            }
            None => None,
        };
        let Some(header) = header else {
            return false;
        };
        let of_column = |token: &Token<'t>| {
            let columns = token.cell.column..token.cell.column + token.cell.columns;
            let stated = Stated::of(token.cell.text, self.words);
            (!stated.is_empty()).then(|| columns.map(move |column| (column, stated)))
        };
        let stated = row.tokens.iter().filter_map(of_column).flatten();
        match below {
            true => self.list_units.extend(stated),
            false => self.list_units = stated.collect(),
        }
        self.list_header = Some(header);
        self.list_loose = self.loose.len();
        true
    }

    // ---- rows of values ----

    fn labelled(&mut self, at: usize, row: &'a Row<'t>, label: Label<'f>) {
        let before = self.loose.len() - label.before.min(self.loose.len());
        let first = self.loose.get(before).map(|(token, _)| token.cell);
        self.loose.truncate(before);
        let prefix = row.tokens.get(..label.first).unwrap_or_default();
        self.texts(at, prefix);
        let own = row.tokens.get(label.first).map(|token| token.cell);
        let Some(cell) = first.filter(|_| label.before > 0).or(own) else {
            return;
        };
        let rest = row.tokens.get(label.end()..).unwrap_or_default();
        self.end_loose(row);
        self.push(at, row, &label, cell, rest);
    }

    /// A row of nothing but values: those of the label above it.
    fn values_only(&mut self, at: usize, row: &'a Row<'t>) {
        let tail = self.tail();
        let Some(label) = label::above(self.form, &tail) else {
            return;
        };
        let first = self.loose.len().saturating_sub(label.before);
        let Some((cell, above)) = self.loose.get(first).map(|(token, row)| (token.cell, *row))
        else {
            return;
        };
        if self.is_heading(label.rows) || self.is_header(above, first) {
            return;
        }
        self.loose.truncate(first);
        self.end_loose(row);
        self.push(at, row, &label, cell, &row.tokens);
    }

    /// Whether headings of columns stand beside a text: 其他 is one, and a label.
    fn is_header(&self, row: usize, text: usize) -> bool {
        let others = self.loose.iter().enumerate();
        let mut others = others.filter(|(at, (_, other))| *at != text && *other == row);
        let beside = self.rows.get(row).is_some_and(|row| !row.is_stacked());
        beside
            && others
                .any(|(_, (token, _))| !self.form.headings().of_letters(&token.letters).is_empty())
    }

    /// A row whose label is none of the form's.
    fn unknown(&mut self, at: usize, row: &'a Row<'t>) {
        let number = label::first_number(&row.tokens);
        let unit = row
            .tokens
            .iter()
            .position(|token| token.class == Class::Unit);
        let end = unit.map_or(number, |unit| unit.min(number));
        let before = row.tokens.get(..end).unwrap_or_default();
        let Some(last) = before.iter().rposition(Token::is_text) else {
            return;
        };
        let rest = row.tokens.get(last + 1..).unwrap_or_default();
        let Some(label) = row.tokens.get(last).map(|token| token.cell) else {
            return;
        };
        let known = self.out.entries.last();
        let wide = match known.map(|entry| &entry.cells) {
            Some(Cells::Several(_)) => known.map(|entry| self.width(entry.meant())),
            _ => None,
        };
        let cells = rest
            .iter()
            .filter(|token| token.class != Class::Unit)
            .count();
        let is_row = match wide {
            Some(width) if width > 0 => cells >= width.max(1) && row.tokens.len() > 1,
            _ => unit.is_some(),
        };
        let near = self.near(label.text, unit.and_then(|at| row.tokens.get(at)));
        let begun =
            !self.out.entries.is_empty() || (!near.is_empty() && cells == self.width(&near));
        if !begun || (!is_row && near.is_empty()) {
            self.texts(at, before);
            return;
        }
        self.unknown += 1;
        self.texts(at, row.tokens.get(..last).unwrap_or_default());
        self.end_loose(row);
        let (start, misspelt) = (self.out.entries.len(), self.out.misspelt.len());
        let meant: Vec<usize> = near.clone();
        self.push_near(at, row, meant, label, rest);
        // A row that is only like one of the form's says nothing of its headings.
        if self
            .out
            .entries
            .get(start)
            .is_some_and(|entry| entry.near.is_empty())
        {
            self.out.misspelt.truncate(misspelt);
        }
    }

    fn near(&self, label: &str, unit: Option<&Token<'t>>) -> Vec<usize> {
        match self.unknown <= MAX_UNKNOWN {
            true => near(self.form, label, unit.map_or("", |token| token.cell.text)),
            false => Vec::new(),
        }
    }

    /// The values of a section that is printed across, below its header.
    fn across(&mut self, at: usize, row: &'a Row<'t>) -> bool {
        let printed = self.form.sections().iter().filter(|it| it.across());
        let values: Vec<&Token<'t>> = row.tokens.iter().filter(|token| token.is_value()).collect();
        let cells = |section: &Section| {
            let rows = self.form.rows().get(section.rows()).unwrap_or_default();
            rows.iter().map(|row| row.cells().len()).sum::<usize>()
        };
        if !printed
            .map(cells)
            .any(|cells| cells <= values.len() && cells > 0)
        {
            return false;
        }
        let from = self.loose.len();
        self.texts(at, &row.tokens);
        // Values that stand again below the same header are of the same rows.
        let header = match self.loose.is_empty() {
            true => self.header.words.clone(),
            false => self.words_of_loose(),
        };
        let Some(across) = across(self.form, &header) else {
            let refused = self.refuse_across(row, &header, values.len());
            self.loose.truncate(if refused { 0 } else { from });
            return refused;
        };
        let width = across.order.len();
        let tokens: Vec<Token<'t>> = values.into_iter().cloned().collect();
        let Some(tokens) = super::token::trimmed(&tokens, width * across.rows.len()) else {
            self.loose.truncate(from);
            return false;
        };
        let tokens = tokens.to_vec();
        for (block, row_of_form) in across.rows.iter().enumerate() {
            let of_row = |word: &&Word<'t, 'f>| word.rows.contains(row_of_form);
            let Some(word) = header.iter().find(of_row) else {
                continue;
            };
            let of_block = block * width..(block + 1) * width;
            self.keep(
                row,
                Entry {
                    rows: word.rows,
                    near: Vec::new(),
                    label: word.cell,
                    annotated: false,
                    units: Units {
                        above: row.above,
                        ..Units::default()
                    },
                    cells: Cells::Several(Several {
                        cells: tokens.get(of_block.clone()).unwrap_or_default().to_vec(),
                        order: Ok(across.order.clone()),
                        columns: None,
                        frame: None,
                        from: 0,
                        shift: 0,
                        padded: false,
                        units: Vec::new(),
                        lost: row.in_grid().is_some() && !row.is_whole(),
                    }),
                },
            );
        }
        self.loose.clear();
        self.header = Under::new(header, self.rows);
        true
    }

    /// Refuses a section that is printed across, whose values are there and whose header is not understood.
    fn refuse_across(&mut self, row: &Row<'t>, header: &[Word<'t, 'f>], values: usize) -> bool {
        let cells = |section: &Section| {
            let rows = self.form.rows().get(section.rows()).unwrap_or_default();
            rows.iter().map(|row| row.cells().len()).sum::<usize>()
        };
        let numbers = row
            .tokens
            .iter()
            .filter(|token| token.class == Class::Number)
            .count();
        let mut sections = self.form.sections().iter().enumerate();
        let found = sections.find(|(_, it)| {
            let names = |word: &&Word<'t, 'f>| word.rows.iter().any(|row| it.rows().contains(row));
            it.across()
                && cells(it) == values
                && 2 * numbers > values
                && header.iter().any(|word| names(&word))
        });
        let Some((section, it)) = found else {
            return false;
        };
        let is_known = |word: &&Word<'t, 'f>| word.is_known() || heads_labels(&word.letters);
        let names = |word: &Word<'t, 'f>| word.rows.iter().any(|row| it.rows().contains(row));
        let from = header.iter().position(names).unwrap_or(0);
        let unknown = header.iter().skip(from).find(|word| !is_known(word));
        let first = row
            .tokens
            .iter()
            .find(|token| token.class == Class::Number)
            .map(|token| token.cell);
        let Some(first) = first else { return false };
        let trouble = match unknown {
            _ if row.is_spaced() => Trouble::Spaces,
            Some(word) => Trouble::Heading(word.cell),
            None => Trouble::Headings,
        };
        self.out.refused.push((section, trouble, first));
        self.out.lines[1] = row.lines[1].max(self.out.lines[1]);
        true
    }

    fn words_of_loose(&self) -> Vec<Word<'t, 'f>> {
        let beside = |row: &usize| self.rows.get(*row).is_some_and(|row| !row.is_stacked());
        let texts = self
            .loose
            .iter()
            .map(|(token, row)| (*token, *row, beside(row)));
        words(self.form, &texts.collect::<Vec<_>>())
    }

    /// Makes a header of the texts before a row, and rows without values of the labels among them.
    fn end_loose(&mut self, row: &Row<'t>) {
        if self.loose.is_empty() {
            return;
        }
        if row.is_stacked() {
            self.stacked_head();
        }
        let found = self.words_of_loose();
        self.loose.clear();
        let heading = found.iter().rposition(Word::is_heading);
        let bare = found
            .iter()
            .rev()
            .take_while(|word| !word.rows.is_empty() && !word.is_heading());
        let bare = bare.filter(|word| {
            !self.is_heading(word.rows) && !word.beside && word.cell.within.is_none()
        });
        let mut bare: Vec<Word<'t, 'f>> = bare.cloned().collect();
        bare.reverse();
        let head = found.iter().any(|word| heads_labels(&word.letters));
        if heading.is_some() || head {
            self.header = Under::new(found, self.rows);
        }
        if self.out.entries.is_empty() {
            return;
        }
        for word in bare {
            self.push_bare(&word);
        }
    }

    /// Reads the header of a table of one value a row, whose cells stand one a line.
    fn stacked_head(&mut self) {
        let head = self
            .loose
            .iter()
            .position(|(token, _)| heads_labels(&token.letters));
        let Some(head) = head.filter(|_| {
            self.form
                .sections()
                .iter()
                .any(|it| it.columns().is_empty())
        }) else {
            return;
        };
        let before = head.checked_sub(1).filter(|before| {
            let token = self.loose.get(*before);
            token.is_some_and(|(token, _)| super::figure::heads_numbers(&token.letters))
        });
        let texts = self.loose.get(before.unwrap_or(head)..).unwrap_or_default();
        let known = |token: &Token<'t>| !self.form.labels().of_letters(&token.letters).is_empty();
        let texts = texts.iter().take_while(|(token, _)| !known(token));
        let texts: Vec<&Token<'t>> = texts.map(|(token, _)| *token).collect();
        let mut columns: Vec<String> = texts
            .iter()
            .map(|token| heading(token, self.words))
            .collect();
        // A single year is no heading, but that of the table.
        let year = |column: &String| super::figure::year_of(column);
        if columns.iter().filter_map(year).count() == 1 {
            let alone = columns
                .iter()
                .find(|it| it.ends_with('度') && year(it).is_some());
            self.out.year = alone.and_then(year).or(self.out.year);
            columns.retain(|column| year(column).is_none() || !column.ends_with('度'));
        }
        if let Some(header) = Header::of(columns, self.named) {
            let stated = texts.iter().filter_map(|token| {
                let stated = Stated::of(token.cell.text, self.words);
                let mut columns = header.columns.iter();
                let column = columns.position(|it| *it == heading(token, self.words))?;
                (!stated.is_empty()).then_some((column, stated))
            });
            self.list_units = stated.collect();
            self.list_header = Some(header);
        }
    }

    /// A label that stood without any values.
    fn push_bare(&mut self, word: &Word<'t, 'f>) {
        let Some((_, section)) = self.section(word.rows) else {
            return;
        };
        let cells = match section.columns().is_empty() {
            true => Cells::One(ListRow {
                unit: "",
                value: None,
                others: Vec::new(),
                headings: Vec::new(),
                unclear: false,
            }),
            false => Cells::Several(Several {
                cells: Vec::new(),
                order: Ok((0..section.columns().len()).collect()),
                columns: None,
                frame: None,
                from: 0,
                shift: 0,
                padded: false,
                units: Vec::new(),
                lost: false,
            }),
        };
        self.out.entries.push(Entry {
            rows: word.rows,
            near: Vec::new(),
            label: word.cell,
            annotated: false,
            units: Units::default(),
            cells,
        });
    }

    fn push(
        &mut self,
        at: usize,
        row: &'a Row<'t>,
        label: &Label<'f>,
        cell: TextCell<'t>,
        rest: &[Token<'t>],
    ) {
        let (unit, mut cells) = self.cells(at, row, label.rows, rest);
        if let (Cells::Several(several), None) = (&mut cells, row.in_grid()) {
            several.shift = label.last - label.first;
        }
        self.keep(
            row,
            Entry {
                rows: label.rows,
                near: Vec::new(),
                label: cell,
                annotated: label.annotated,
                units: self.units(row, unit, &cell),
                cells,
            },
        );
    }

    fn push_near(
        &mut self,
        at: usize,
        row: &'a Row<'t>,
        near: Vec<usize>,
        label: TextCell<'t>,
        rest: &[Token<'t>],
    ) {
        let of_last = self.out.entries.last().map(|it| it.meant().to_vec());
        let meant = if near.is_empty() {
            of_last.unwrap_or_default()
        } else {
            near.clone()
        };
        let (unit, cells) = self.cells(at, row, &meant, rest);
        self.keep(
            row,
            Entry {
                rows: &[],
                near,
                label,
                annotated: false,
                units: self.units(row, unit, &label),
                cells,
            },
        );
    }

    fn units(&self, row: &Row<'t>, column: &'t str, label: &TextCell<'t>) -> Units<'t> {
        Units {
            column,
            label: Stated::of(label.text, self.words),
            heading: Stated::default(),
            above: row.above,
        }
    }

    fn keep(&mut self, row: &Row<'t>, entry: Entry<'t, 'f>) {
        if self.out.entries.is_empty() {
            self.out.lines = row.lines;
        }
        self.out.lines[1] = row.lines[1];
        self.out.entries.push(entry);
    }

    /// The unit and the cells behind a label that means one of some rows.
    fn cells(
        &mut self,
        at: usize,
        row: &'a Row<'t>,
        rows: &[usize],
        rest: &[Token<'t>],
    ) -> (&'t str, Cells<'t>) {
        match self.section(rows) {
            Some((section, it)) if !it.columns().is_empty() => self.several(section, row, rest),
            _ => {
                let list = self.one(at, row, rest);
                (list.unit, Cells::One(list))
            }
        }
    }

    fn one(&mut self, at: usize, row: &'a Row<'t>, rest: &[Token<'t>]) -> ListRow<'t> {
        let header = self.list_header.as_ref();
        let mut rest = rest;
        let mut unclear = false;
        if let Some(header) = header.filter(|header| header.label > 0 && row.is_stacked()) {
            // The columns before the next label have come to stand behind this row.
            let width = header.columns.len();
            if rest.len() + 1 == width {
                rest = rest.get(..width - 1 - header.label).unwrap_or(rest);
            } else {
                let next = self.rows.get(at + 1).filter(|next| next.is_stacked());
                let by_label =
                    next.is_some_and(|next| label::find(self.form, &[], &next.tokens).is_some());
                unclear = by_label && rest.iter().any(|token| token.class == Class::Number);
            }
        }
        // Another label behind the values is that of a second table beside this one.
        let second = |token: &Token<'t>| {
            token.is_text() && !self.form.labels().of_letters(&token.letters).is_empty()
        };
        let mut list = list_row(header, self.named.is_some(), rest, row);
        list.unclear |= unclear || rest.iter().any(second);
        if let Some(Ok(values)) = header.map(|header| &header.values) {
            let stated = |column: usize| {
                let found = self.list_units.iter().rfind(|(of, _)| *of == column);
                found.map_or_else(Stated::default, |(_, stated)| *stated)
            };
            let columns = values.columns.iter().map(|it| it.column);
            let columns = columns.chain(header.and_then(|it| it.last_year));
            list.headings = columns.map(stated).collect();
        }
        list
    }

    fn several(
        &mut self,
        section: usize,
        row: &Row<'t>,
        rest: &[Token<'t>],
    ) -> (&'t str, Cells<'t>) {
        let from = rest.first().map_or(0, |token| token.cell.column);
        let (unit, rest) = match rest {
            [unit, rest @ ..] if unit.class == Class::Unit => (unit.cell.text, rest),
            [rest @ .., unit] if unit.class == Class::Unit => (unit.cell.text, rest),
            _ => ("", rest),
        };
        let under = self.header.columns(self.form, self.words, section);
        let order = match &under.order {
            Ok((order, misspelt)) => {
                self.note(section, misspelt);
                Ok(order.clone())
            }
            Err(_) if row.is_spaced() => Err(Trouble::Spaces),
            Err(trouble) => Err(trouble.clone()),
        };
        let frame = match row.shape {
            super::fold::Shape::Line { width, .. } if row.in_grid().is_none() => {
                Some((usize::MAX, width))
            }
            _ => row.in_grid().map(|grid| (grid, 0)),
        };
        let whole = row.is_whole();
        let columns = order.as_ref().ok().and_then(|_| under.over(row, self.rows));
        (
            unit,
            Cells::Several(Several {
                cells: rest.to_vec(),
                order,
                columns,
                frame: frame.filter(|_| whole || row.in_grid().is_none()),
                from,
                shift: 0,
                padded: self.header.padded,
                units: under.units.clone(),
                lost: row.in_grid().is_some() && !whole,
            }),
        )
    }

    fn note(&mut self, section: usize, misspelt: &Misspelt<'t>) {
        for (column, cell) in misspelt {
            let there = self.out.misspelt.iter().any(|(_, _, other)| other == cell);
            if !there {
                self.out.misspelt.push((section, *column, *cell));
            }
        }
    }
}

impl Entry<'_, '_> {
    /// The rows of the form that it is or may be.
    pub fn meant(&self) -> &[usize] {
        match self.rows {
            [] => &self.near,
            rows => rows,
        }
    }
}
