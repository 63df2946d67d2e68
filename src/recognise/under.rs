//! The header that rows stand under, and what it says of the columns of each section, worked out once.

use std::rc::Rc;

use super::figure::heads_labels;
use super::fold::Row;
use super::order::{Misspelt, Order, Trouble, Word, order};
use super::token::Token;
use super::unit::Stated;
use super::words::Words;
use crate::form::{Form, Headed};

/// The words of a header.
#[derive(Debug, Default)]
pub(crate) struct Under<'t, 'f> {
    pub words: Vec<Word<'t, 'f>>,
    /// A blank stands behind the head of the labels, whose cell is merged over several columns: 信息内容 | | 结果维持.
    pub padded: bool,
    /// By section, what has been asked for.
    sections: Vec<Option<Rc<Columns<'t>>>>,
}

/// What a header says of the columns of a section.
#[derive(Debug)]
pub(crate) struct Columns<'t> {
    pub order: Result<(Order, Misspelt<'t>), Trouble<'t>>,
    /// The units in the headings of the columns: 本年收费金额（单位：元）.
    pub units: Vec<(usize, Stated<'t>)>,
    /// Where the heading of each column stands, if each has one.
    headings: Option<Vec<Heading>>,
}

/// Where the heading of a column stands: in which row of the document, from which of its columns to which.
#[derive(Debug)]
struct Heading {
    row: usize,
    columns: [usize; 2],
}

impl<'t, 'f> Under<'t, 'f> {
    /// A header of these words, which stand in some rows of the document.
    pub fn new(words: Vec<Word<'t, 'f>>, rows: &[Row<'t>]) -> Self {
        let head = words.iter().find(|it| heads_labels(&it.letters));
        let row = head.and_then(|head| Some((head, rows.get(head.row)?)));
        let padded = row.is_some_and(|(head, row)| {
            let at = row.tokens.iter().position(|it| it.cell == head.cell);
            let behind = at.and_then(|at| row.tokens.get(at + 1));
            behind.is_some_and(Token::is_blank)
        });
        Under {
            words,
            padded,
            sections: Vec::new(),
        }
    }

    /// What it says of the columns of a section.
    pub fn columns(&mut self, form: &Form, words: &Words<'_>, section: usize) -> Rc<Columns<'t>> {
        if self.sections.len() <= section {
            self.sections.resize(section + 1, None);
        }
        if let Some(Some(known)) = self.sections.get(section) {
            return known.clone();
        }
        let found = Rc::new(Columns {
            order: order(form, section, &self.words),
            units: self.units(words, section),
            headings: self.headings(form, section),
        });
        if let Some(slot) = self.sections.get_mut(section) {
            *slot = Some(found.clone());
        }
        found
    }

    fn units(&self, words: &Words<'_>, section: usize) -> Vec<(usize, Stated<'t>)> {
        let unit = |word: &Word<'t, 'f>| {
            let heading = word.headings.iter().find(|it| it.section == section)?;
            let Headed::Column(column) = heading.meaning else {
                return None;
            };
            let stated = Stated::of(word.cell.text, words);
            (!stated.is_empty()).then_some((column, stated))
        };
        self.words.iter().filter_map(unit).collect()
    }

    /// A heading may be merged over several columns, or repeated.
    fn headings(&self, form: &Form, section: usize) -> Option<Vec<Heading>> {
        let width = form.sections().get(section)?.columns().len();
        let of_column = |column: usize| {
            let meaning = Headed::Column(column);
            let means = |word: &&Word<'t, 'f>| {
                let mut headings = word.headings.iter();
                headings.any(|it| it.section == section && it.meaning == meaning)
            };
            let row = self.words.iter().rfind(means)?.row;
            let beside = self.words.iter().filter(means).filter(|it| it.row == row);
            let first = beside.clone().map(|it| it.cell.column).min()?;
            let ends = beside.clone().map(|it| it.cell.column + it.cell.columns);
            let last = ends.max()? - 1;
            let covered: usize = beside.map(|it| it.cell.columns).sum();
            (covered == last + 1 - first).then_some(Heading {
                row,
                columns: [first, last],
            })
        };
        (0..width).map(of_column).collect()
    }
}

impl Columns<'_> {
    /// Where in the document each column of the section stands, from one to another, if each has a heading of its own over a row.
    pub fn over(&self, row: &Row<'_>, rows: &[Row<'_>]) -> Option<Vec<[usize; 2]>> {
        let same_frame = |heading: &Heading| {
            let header = rows.get(heading.row);
            header.is_some_and(|header| match (row.in_grid(), header.in_grid()) {
                // A header that has lost a cell stands over other columns than its own.
                (Some(one), Some(other)) => one == other && row.is_whole() && header.is_whole(),
                (None, None) => !row.is_stacked() && header.shape == row.shape,
                _ => false,
            })
        };
        let headings = self.headings.as_ref()?.iter();
        headings
            .map(|it| same_frame(it).then_some(it.columns))
            .collect()
    }
}
