//! Lines to rows: a line of several cells is a row; of lines of one cell, a row begins with a text that follows a value.

use super::spaced::spaced;
use super::token::{Class, Token};
use super::unit::Stated;
use super::words::Words;
use crate::document::{Cut, Line, TextCell, is_sentences};
use crate::number::written::is_number;

/// A text that stands in the place of a number is shorter, in bytes: a longer one is a label, or prose.
const MAX_VALUE_WORD: usize = 30;
/// A row has fewer cells, with the headings before it where it is made of lines of one cell.
const MAX_TOKENS: usize = 192;

/// One row: its cells, and how they stood.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    pub tokens: Vec<Token<'t>>,
    pub shape: Shape,
    /// The lines from its first to its last.
    pub lines: [usize; 2],
    pub hidden: bool,
    /// The units that what stands above the table states.
    pub above: Stated<'t>,
}

/// How the cells of a row stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Beside each other.
    Line {
        /// How many there are, merged ones counted once for each column.
        width: usize,
        cut: Cut,
    },
    /// One a line.
    Stacked {
        /// Whether a blank cell leaves a trace.
        marked: bool,
    },
}

impl Row<'_> {
    /// Whether it is a row of a table whose merged cells are all known.
    pub fn in_grid(&self) -> Option<usize> {
        match self.shape {
            Shape::Line {
                cut: Cut::Grid { grid, .. },
                ..
            } => Some(grid),
            _ => None,
        }
    }

    pub fn has_number(&self) -> bool {
        self.tokens.iter().any(|token| token.class == Class::Number)
    }

    /// Whether none of its cells can have been lost.
    pub fn is_whole(&self) -> bool {
        let Shape::Line { cut, .. } = self.shape else {
            return false;
        };
        matches!(cut, Cut::Grid { whole: true, .. })
    }

    /// Whether nothing but spaces set its cells apart.
    pub fn is_spaced(&self) -> bool {
        matches!(
            self.shape,
            Shape::Line {
                cut: Cut::Whole,
                ..
            }
        )
    }

    pub fn is_stacked(&self) -> bool {
        matches!(self.shape, Shape::Stacked { .. })
    }
}

/// Makes rows of lines, one after the other.
#[derive(Debug)]
pub(crate) struct Fold<'t, 'f> {
    pub words: Words<'f>,
    /// The row that lines of one cell are building up.
    open: Vec<Token<'t>>,
    marked: bool,
    hidden: bool,
    ready: Vec<Row<'t>>,
}

/// Whether a line is a paragraph, and no row of a table.
fn is_paragraph(line: &Line<'_>) -> bool {
    let cut = matches!(line.cut, Cut::Marks | Cut::Grid { whole: true, .. });
    !cut && is_sentences(line.text)
}

/// Whether a text is the number of a page: `- 12 -`, `第3页`, `3/12`.
fn is_page_number(text: &str) -> bool {
    let dash = |c: char| c.is_whitespace() || matches!(c, '-' | '—' | '－' | '–' | '·');
    let inner = text.trim_matches(dash);
    let numbered = inner.len() < text.len() && text.starts_with(dash) && text.ends_with(dash);
    let page = |text: &str| {
        let text = text.strip_prefix('第')?;
        let text = text.split_once('页').map(|(number, _)| number)?;
        Some(text.trim().bytes().all(|byte| byte.is_ascii_digit()))
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (numbered && digits(inner)) || page(text) == Some(true)
}

impl<'t, 'f> Fold<'t, 'f> {
    pub fn new(words: Words<'f>) -> Self {
        Fold {
            words,
            open: Vec::new(),
            marked: false,
            hidden: false,
            ready: Vec::new(),
        }
    }

    /// The rows that are whole.
    pub fn take(&mut self) -> Vec<Row<'t>> {
        std::mem::take(&mut self.ready)
    }

    /// Whether lines of one cell are building up a header.
    pub fn is_in_header(&self) -> bool {
        let heads = |token: &Token<'t>| super::figure::heads_labels(&token.letters);
        self.open.iter().any(heads) && !self.has_values()
    }

    /// Ends the row that lines of one cell have built up.
    pub fn end(&mut self) {
        let tokens = std::mem::take(&mut self.open);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        self.ready.push(Row {
            lines: [first.cell.line, last.cell.line],
            shape: Shape::Stacked {
                marked: self.marked,
            },
            hidden: self.hidden,
            above: Stated::default(),
            tokens,
        });
    }

    /// Reads the next line.
    pub fn line(&mut self, line: &Line<'t>) {
        if line.cells.is_empty() || is_paragraph(line) || is_page_number(line.text.trim()) {
            return self.end();
        }
        match &line.cells[..] {
            // Beside it, cells go on that are merged over several rows.
            [cell] if matches!(line.cut, Cut::Grid { .. }) && cell.column > 0 => {
                self.several(&line.cells, line);
            }
            [cell] => match line.cut == Cut::Whole {
                true => self.whole(*cell, line),
                false => self.single(Token::new(*cell, &self.words), line),
            },
            // Commas may stand in a label, also in one before values that spaces set apart.
            [first, ..] if line.cut == Cut::Commas && self.is_spaced(line, first) => {
                let whole = TextCell {
                    text: line.text.trim(),
                    ..*first
                };
                let line = Line {
                    cut: Cut::Whole,
                    ..line.clone()
                };
                self.whole(whole, &line);
            }
            [first, ..] if line.cut == Cut::Commas && self.is_label(line) => {
                let whole = TextCell {
                    text: line.text.trim(),
                    ..*first
                };
                self.single(Token::new(whole, &self.words), line);
            }
            // A number with nothing but blanks behind it, among lines of one cell.
            [first, rest @ ..]
                if !self.open.is_empty()
                    && line.cut == Cut::Marks
                    && rest.iter().all(|cell| cell.text.is_empty())
                    && Token::new(*first, &self.words).class == Class::Number =>
            {
                self.single(Token::new(*first, &self.words), line);
            }
            cells => self.several(cells, line),
        }
    }

    /// Whether what stands before the gaps of a line that commas cut is a label.
    fn is_spaced(&self, line: &Line<'t>, first: &TextCell<'t>) -> bool {
        let whole = TextCell {
            text: line.text.trim(),
            ..*first
        };
        let cells = spaced(line.text, &whole, &self.words);
        let label = |text: &str| {
            let mut pieces = text.split([',', ';']);
            let one = pieces.all(|piece| !is_number(piece) && !self.words.is_label(piece));
            text.contains([',', ';']) && one && self.words.is_label(text)
        };
        cells.iter().any(|cell| label(cell.text))
    }

    /// Whether the whole of a line that commas cut is a label, and none of its cells is.
    fn is_label(&self, line: &Line<'t>) -> bool {
        let known = |text: &str| {
            let mut forms = self.words.forms.iter();
            forms.any(|form| !form.labels().candidates(text).is_empty())
        };
        known(line.text.trim()) && !line.cells.iter().any(|cell| known(cell.text))
    }

    fn several(&mut self, cells: &[TextCell<'t>], line: &Line<'t>) {
        self.end();
        let tokens = cells.iter().map(|cell| Token::new(*cell, &self.words));
        let end = cells.last().map_or(0, |cell| cell.column + cell.columns);
        let first = cells.first().map_or(0, |cell| cell.line);
        self.ready.push(Row {
            lines: [first, cells.last().map_or(first, |cell| cell.line)],
            shape: Shape::Line {
                width: end,
                cut: line.cut,
            },
            hidden: line.hidden,
            above: Stated::default(),
            tokens: tokens.collect(),
        });
    }

    /// A line that no sign cuts: one cell, or several with spaces between them.
    fn whole(&mut self, cell: TextCell<'t>, line: &Line<'t>) {
        let token = Token::new(cell, &self.words);
        let known = |letters: &str| {
            let mut forms = self.words.forms.iter();
            forms.any(|form| !form.labels().of_letters(letters).is_empty())
        };
        let cells = match token.is_text() && !known(&token.letters) {
            true => spaced(line.text, &cell, &self.words),
            false => Vec::new(),
        };
        match cells.is_empty() {
            true => self.single(token, line),
            false => self.several(&cells, line),
        }
    }

    /// A line of one cell.
    fn single(&mut self, token: Token<'t>, line: &Line<'t>) {
        let marked = line.cut != Cut::Whole;
        if marked != self.marked || self.open.len() >= MAX_TOKENS {
            self.end();
        }
        (self.marked, self.hidden) = (marked, line.hidden);
        match token.class {
            Class::Text if self.has_values() && !self.may_be_value(&token) => self.end(),
            // What was taken for an odd value is followed by a unit: it is a label.
            Class::Unit => {
                let odd = self.open.len() > 1 && self.has_values();
                let is_label = odd && self.open.last().is_some_and(Token::is_text);
                if let Some(label) = is_label.then(|| self.open.pop()).flatten() {
                    self.end();
                    self.open.push(label);
                }
            }
            _ => {}
        }
        self.open.push(token);
    }

    fn has_values(&self) -> bool {
        self.open.iter().any(|token| !token.is_text())
    }

    /// Whether a text behind a unit may be what was written in the place of a number.
    fn may_be_value(&self, token: &Token<'t>) -> bool {
        let behind_unit = self.open.last().is_some_and(|it| it.class == Class::Unit);
        let short = token.cell.text.len() <= MAX_VALUE_WORD;
        let mut forms = self.words.forms.iter();
        behind_unit
            && short
            && !token.cell.text.contains([':', '：'])
            && forms.all(|form| form.labels().of_letters(&token.letters).is_empty())
    }
}
