//! Plain text to lines of cells: one cell a line with or without a trailing pipe, one row a line with pipes, tabs,
//! commas or semicolons, Markdown tables. It knows nothing of forms.
//!
//! What a separator means is a matter of the whole block of lines that it stands in: a pipe behind every row ends the row, one
//! that only some rows have sets a blank cell apart; a tab within one cell of a comma-separated file separates nothing.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::Finder;

use super::line::{Cut, Line, MAX_COLUMNS, TextCell, is_sentences};
use crate::number::written::{is_blank, is_number};

/// A line of comma-separated cells is shorter than this; a longer one with commas is prose.
const MAX_COMMA_LINE: usize = 1024;
/// A quoted cell may go on over so many lines.
const MAX_QUOTED_LINES: usize = 8;
/// So many bytes of a block are looked at to tell what its separators mean.
const MAX_BLOCK: usize = 1 << 16;
/// Signs between the cells of a row.
pub(crate) const PIPES: &[char] = &['|', '｜', '│'];

/// The lines of a text that are not blank, one at a time: memory does not grow with the text.
pub(crate) fn lines(text: &str) -> Lines<'_> {
    lines_from(text, 0)
}

/// The same, where so many lines stand before the text.
pub(crate) fn lines_from(text: &str, number: usize) -> Lines<'_> {
    Lines {
        rest: text.strip_prefix('\u{feff}').unwrap_or(text),
        number,
        whole: false,
        block: None,
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Lines<'t> {
    rest: &'t str,
    number: usize,
    /// The lines are not cut into cells.
    whole: bool,
    /// What is known of the block of lines that is being read.
    block: Option<Block>,
}

/// What the lines of a block have in common.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// How much of the text is left where it ends, in bytes.
    left: usize,
    shape: Shape,
}

#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Pipes; whether every row begins with one, and whether every row ends with one.
    Pipes { begin: bool, end: bool },
    /// One cell a line, a pipe behind each: so many of them are a row.
    Stacked(usize),
    /// Tabs set cells apart; otherwise commas do, or semicolons.
    Tabs(bool),
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        loop {
            let from = self.rest;
            let text = self.line()?;
            if text.trim().is_empty() && !text.contains('\t') {
                continue;
            }
            let mut line = Line {
                text,
                number: self.number,
                cells: Vec::new(),
                cut: Cut::Whole,
                hidden: false,
                within: None,
            };
            if !self.whole {
                line.cut = self.cells(text, from, &mut line.cells);
            }
            if line.cells.len() > MAX_COLUMNS || is_rule(&line.cells) {
                line.cells.clear();
            }
            return Some(line);
        }
    }
}

impl<'t> Lines<'t> {
    /// The same lines, not cut into cells.
    pub fn whole(self) -> Self {
        Lines {
            whole: true,
            ..self
        }
    }

    /// Cuts a line into cells; `from` is the text from the line on.
    fn cells(&mut self, text: &'t str, from: &'t str, cells: &mut Vec<TextCell<'t>>) -> Cut {
        if has_pipe(text) {
            match self.shape(from, has_pipe, pipes) {
                Shape::Pipes { begin, end } => {
                    let part = piped(text, begin, end);
                    let pieces = text.get(part.clone()).unwrap_or(text).split(PIPES);
                    self.cut(pieces, part.start, text, cells);
                }
                Shape::Stacked(period) => self.stacked(text, period, cells),
                Shape::Tabs(_) => return Cut::Whole,
            }
            return Cut::Marks;
        }
        if has(text, b'\t') && self.has_tabs(text, from) {
            self.cut(text.split('\t'), 0, text, cells);
            return Cut::Marks;
        }
        // A paragraph has no cells, unless it may be a quoted one.
        if is_sentences(text) && !has(text, b'"') {
            return Cut::Whole;
        }
        let Some(separator) = separator(text, from) else {
            cells.push(self.cell(text, 0, text, 0));
            return Cut::Whole;
        };
        if text.contains('"') {
            self.quoted(from, separator, cells);
        } else {
            self.cut(text.split(separator), 0, text, cells);
        }
        Cut::Commas
    }

    /// Whether the tabs of a line set its cells apart. They do not where they stand within or behind the cells of a
    /// comma-separated file.
    fn has_tabs(&mut self, text: &str, from: &str) -> bool {
        let pieces = said(text, '\t');
        if pieces > 2 || separator(text, from).is_none() {
            return true;
        }
        let like = |line: &str| line.contains(['\t', ',', ';']);
        matches!(self.shape(from, like, tabs), Shape::Tabs(true))
    }

    /// The shape of the block that a line stands in: the lines from there on that are like it.
    fn shape(
        &mut self,
        from: &str,
        like: impl Fn(&str) -> bool,
        shape: impl Fn(&str, bool) -> Shape,
    ) -> Shape {
        if let Some(block) = self.block.filter(|block| block.left < from.len()) {
            return block.shape;
        }
        let mut length = 0;
        for line in from.split_inclusive('\n') {
            if length > MAX_BLOCK || !(like(line) || line.trim().is_empty()) {
                break;
            }
            length += line.len();
        }
        let block = from.get(..length).unwrap_or(from);
        let shape = shape(block, length <= MAX_BLOCK);
        self.block = Some(Block {
            left: from.len() - length,
            shape,
        });
        shape
    }

    /// A cell that begins at a byte of a line, behind so many others.
    fn cell(&self, piece: &'t str, at: usize, line: &'t str, column: usize) -> TextCell<'t> {
        let (text, space) = trimmed(piece);
        // Excel writes ="159" for a text that it must not take for a number.
        let quoted = |begin: &str, end: &str| {
            let inside = text.strip_prefix(begin)?.strip_suffix(end)?;
            let (text, inner) = trimmed(inside);
            Some((text, space + begin.len() + inner))
        };
        let inside = quoted("=\"\"", "\"\"").or_else(|| quoted("=\"", "\""));
        let (text, space) = inside.unwrap_or((text, space));
        TextCell {
            text,
            line: self.number,
            before: line.get(..at + space).unwrap_or(line),
            column,
            columns: 1,
            flaw: None,
            within: None,
        }
    }

    /// The pieces of a line, of which the first begins at a byte of it.
    fn cut(
        &self,
        pieces: impl Iterator<Item = &'t str>,
        mut at: usize,
        line: &'t str,
        cells: &mut Vec<TextCell<'t>>,
    ) {
        for (column, piece) in pieces.take(MAX_COLUMNS + 1).enumerate() {
            cells.push(self.cell(piece, at, line, column));
            let end = at + piece.len();
            at = end
                + line
                    .get(end..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(0, char::len_utf8);
        }
    }

    /// The row that begins with a line of one cell.
    fn stacked(&mut self, text: &'t str, period: usize, cells: &mut Vec<TextCell<'t>>) {
        let mut line = Some(text);
        while let Some(text) = line {
            if let Some(piece) = one_cell(text) {
                cells.push(self.cell(piece, 0, text, cells.len()));
            }
            line = match cells.len() < period {
                true => self.line(),
                false => None,
            };
        }
    }

    /// The next line of the text.
    fn line(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let from = self.rest;
        let (mut text, mut rest) = cut_at(from, b'\n').unwrap_or((from, ""));
        // Old programs end lines with CR alone.
        if let Some((line, _)) = cut_at(text.trim_end_matches('\r'), b'\r') {
            (text, rest) = (line, from.get(line.len() + 1..).unwrap_or_default());
        }
        self.rest = rest;
        self.number += 1;
        Some(text.strip_suffix('\r').unwrap_or(text))
    }

    /// Separated cells, of which a quoted one may go on over the next lines.
    fn quoted(&mut self, from: &'t str, separator: char, cells: &mut Vec<TextCell<'t>>) {
        let window = window(from);
        let mut at = 0;
        while cells.len() <= MAX_COLUMNS {
            let rest = window.get(at..).unwrap_or_default();
            let (piece, start, length) = match rest
                .strip_prefix('"')
                .and_then(|rest| closing_quote(rest, &[separator]))
            {
                Some(inside) => (inside, at + 1, inside.len() + 2),
                None => {
                    let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
                    (rest.get(..end).unwrap_or_default(), at, end)
                }
            };
            let above = window.get(..start).unwrap_or_default();
            let line = above.rfind('\n').map_or(0, |newline| newline + 1);
            let text = window.get(line..).unwrap_or(window);
            let mut cell = self.cell(piece, start - line, text, cells.len());
            cell.line += above.matches('\n').count();
            cells.push(cell);
            at += length;
            if !window
                .get(at..)
                .is_some_and(|rest| rest.starts_with(separator))
            {
                break;
            }
            at += 1;
        }
        for _ in 0..window.get(..at).unwrap_or_default().matches('\n').count() {
            self.number += 1;
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
    }
}

/// A text without the space around it, and how much of that stands before it.
fn trimmed(text: &str) -> (&str, usize) {
    let rest = text.trim_start();
    (rest.trim_end(), text.len() - rest.len())
}

/// What separates the cells of a line: a comma, or a semicolon where more of them than of commas stand outside of quotes
/// (commas may stand in a label). Neither does in prose, nor a comma in a number: 1,234. `from` is the text from the line
/// on.
fn separator(text: &str, from: &str) -> Option<char> {
    let semicolon = text.contains(';');
    let any = semicolon || text.contains(',') || text.starts_with('"');
    if !any || text.len() >= MAX_COMMA_LINE || is_number(text) {
        return None;
    }
    // Spaces set the cells apart, and the commas stand within numbers: 27  1,234.
    if text.trim().contains(char::is_whitespace) && !semicolon && is_thousands(text) {
        return None;
    }
    let outside = |c: char| {
        let pieces = text.split('"').step_by(2);
        pieces.map(|it| it.matches(c).count()).sum::<usize>()
    };
    let (commas, semicolons) = (outside(','), outside(';'));
    if commas + semicolons > 0 {
        return Some(if semicolons > commas { ';' } else { ',' });
    }
    // The first cell goes on over the next line.
    let rest = window(from).strip_prefix('"');
    let first = rest.and_then(|rest| Some((rest, closing_quote(rest, &[',', ';'])?)));
    let behind = first.and_then(|(rest, first)| rest.get(first.len() + 1..));
    let semicolon = behind.is_some_and(|behind| behind.starts_with(';'));
    Some(if semicolon { ';' } else { ',' })
}

/// Whether every comma of a line sets off thousands.
fn is_thousands(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let all = text.match_indices(',').all(|(at, _)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let mut behind = text.get(at + 1..).unwrap_or_default().chars();
        let three = [behind.next(), behind.next(), behind.next()];
        digit(before) && three.into_iter().all(digit) && !digit(behind.next())
    });
    all && text.contains(',')
}

/// The beginning of a text, in which the cells of its first line end.
fn window(from: &str) -> &str {
    let mut end = from.len().min(MAX_COMMA_LINE);
    while !from.is_char_boundary(end) {
        end -= 1;
    }
    let window = from.get(..end).unwrap_or(from);
    let last = window.match_indices('\n').nth(MAX_QUOTED_LINES);
    last.and_then(|(newline, _)| window.get(..newline))
        .unwrap_or(window)
}

/// The text up to the quote that closes it, if a separator or the end of the line follows; a doubled quote stands for
/// one inside.
fn closing_quote<'t>(text: &'t str, separators: &[char]) -> Option<&'t str> {
    let mut from = 0;
    loop {
        let quote = from + text.get(from..)?.find('"')?;
        let behind = text.get(quote + 1..)?;
        if behind.starts_with('"') {
            from = quote + 2;
        } else {
            let ends = behind.is_empty() || behind.starts_with(['\n', '\r']);
            let ends = ends || behind.starts_with(separators);
            return text.get(..quote).filter(|_| ends);
        }
    }
}

/// The wide ones of [`PIPES`].
static WIDE_PIPES: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["｜", "│"].map(Finder::new));

/// Whether a pipe stands in a line. (One search for all three would decode every character.)
fn has_pipe(line: &str) -> bool {
    let wide = |pipe: &Finder<'_>| pipe.find(line.as_bytes()).is_some();
    has(line, b'|') || WIDE_PIPES.iter().any(wide)
}

/// Whether a sign of ASCII stands in a text.
fn has(text: &str, sign: u8) -> bool {
    memchr(sign, text.as_bytes()).is_some()
}

/// What stands before and behind the first such sign of ASCII.
fn cut_at(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = memchr(sign, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The lines of a block that are not blank.
fn said_lines(block: &str) -> impl Iterator<Item = &str> + Clone {
    block.lines().filter(|line| !line.trim().is_empty())
}

/// Whether the rows of a block begin with a pipe, and whether they end with one. A text may break off within its last row, and
/// a row may have been mended by hand: the odd one out says nothing.
fn pipes(block: &str, whole: bool) -> Shape {
    if let Some(period) = period(block).filter(|_| whole) {
        return Shape::Stacked(period);
    }
    let (mut all, mut begin, mut end) = (0_usize, 0, 0);
    for line in said_lines(block) {
        let line = line.trim();
        all += 1;
        begin += usize::from(line.starts_with(PIPES));
        end += usize::from(line.ends_with(PIPES));
    }
    let nearly_all = |some: usize| some > 0 && all - some <= usize::from(all > 4) + all / 50;
    Shape::Pipes {
        begin: nearly_all(begin),
        end: nearly_all(end),
    }
}

/// The text of a line that is one cell with a pipe behind it.
fn one_cell(line: &str) -> Option<&str> {
    let cell = line.trim_end().strip_suffix(PIPES)?;
    (!cell.contains(PIPES)).then_some(cell)
}

/// Of how many cells the rows of a block are that has one cell a line: from the first row with a number on, each row has a
/// text, and what stands below a text is no number. Blanks are seen where they stand then, whatever merged cells have left.
/// One row tells nothing: it takes two with numbers.
fn period(block: &str) -> Option<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Cell {
        Blank,
        Number,
        Text,
    }
    let cell = |line| {
        Some(match one_cell(line)?.trim() {
            text if is_blank(text) => Cell::Blank,
            text if is_number(text) => Cell::Number,
            _ => Cell::Text,
        })
    };
    let cells: Vec<Cell> = said_lines(block).map(cell).collect::<Option<_>>()?;
    let first = cells.iter().position(|cell| *cell == Cell::Number)?;
    let fits = |period: &usize| {
        let rows = cells.chunks_exact(*period);
        let mut rows = rows.skip(first / period);
        let has_text = rows.clone().all(|row| row.contains(&Cell::Text));
        let numbered = rows.clone().filter(|row| row.contains(&Cell::Number));
        let mut columns: Vec<Cell> = vec![Cell::Blank; *period];
        let mut fits = |(one, other): (&mut Cell, &Cell)| {
            let same = *one == *other || *one == Cell::Blank || *other == Cell::Blank;
            if *one == Cell::Blank {
                *one = *other;
            }
            same
        };
        cells.len() % period == 0
            && has_text
            && numbered.count() > 1
            && rows.all(|row| columns.iter_mut().zip(row).all(&mut fits))
    };
    (2..=MAX_COLUMNS.min(cells.len() / 2)).find(fits)
}

/// Whether more lines of a block have cells between tabs than have them between commas.
fn tabs(block: &str, _: bool) -> Shape {
    let (mut tabs, mut commas) = (0, 0);
    for line in said_lines(block) {
        tabs += usize::from(said(line, '\t') > 1);
        commas += usize::from(said(line, ',').max(said(line, ';')) > 1);
    }
    Shape::Tabs(tabs >= commas)
}

/// How many pieces of a line are not blank.
fn said(line: &str, separator: char) -> usize {
    let pieces = line.split(separator);
    pieces.filter(|piece| !piece.trim().is_empty()).count()
}

/// Where the cells of a line stand, without the pipe that each row begins with and the one that each ends with.
fn piped(text: &str, begin: bool, end: bool) -> Range<usize> {
    let mut start = text.len() - text.trim_start().len();
    let mut inner = text.trim();
    if let Some(rest) = inner
        .strip_prefix(PIPES)
        .filter(|it| begin && !it.is_empty())
    {
        start += inner.len() - rest.len();
        inner = rest;
    }
    let rest = inner.strip_suffix(PIPES).filter(|_| end);
    start..start + rest.unwrap_or(inner).len()
}

/// Whether a row of several cells is the line that Markdown draws under a header.
fn is_rule(cells: &[TextCell<'_>]) -> bool {
    let dashes = |cell: &TextCell<'_>| {
        !cell.text.is_empty() && cell.text.bytes().all(|byte| matches!(byte, b'-' | b':'))
    };
    cells.len() > 1 && cells.iter().all(dashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, usize, &str)> {
        let cells = |line: Line<'_>| {
            line.cells
                .iter()
                .map(|cell| (cell.line, cell.place().column))
                .collect::<Vec<_>>()
        };
        let places: Vec<_> = lines(text).flat_map(cells).collect();
        let texts = texts(text).into_iter().flatten();
        places
            .into_iter()
            .zip(texts)
            .map(|((line, column), text)| (line, column, text))
            .collect()
    }

    fn texts(text: &str) -> Vec<Vec<&str>> {
        lines_from(text, 0)
            .map(|line| line.cells.iter().map(|cell| cell.text).collect())
            .collect()
    }

    #[test]
    fn every_layout_is_cut_into_cells() {
        for (text, expected) in [
            ("27 |", vec![(1, 1, "27")]),
            (
                "a|\n件 |\n5|\nb|\n\n|\n 6 |\n",
                vec![
                    (1, 1, "a"),
                    (2, 1, "件"),
                    (3, 1, "5"),
                    (4, 1, "b"),
                    (6, 1, ""),
                    (7, 2, "6"),
                ],
            ),
            ("|", vec![(1, 1, "")]),
            ("||", vec![(1, 2, "")]),
            ("| 规章 | 0 |", vec![(1, 3, "规章"), (1, 8, "0")]),
            ("a || b", vec![(1, 1, "a"), (1, 4, ""), (1, 6, "b")]),
            ("a｜b", vec![(1, 1, "a"), (1, 3, "b")]),
            ("\ta\t 5", vec![(1, 1, ""), (1, 2, "a"), (1, 5, "5")]),
            ("a,,5\r\n", vec![(1, 1, "a"), (1, 3, ""), (1, 4, "5")]),
            (
                "\"1,234\",\"b\"\"c\"",
                vec![(1, 2, "1,234"), (1, 10, "b\"\"c")],
            ),
            ("\n  统 计 指 标 ", vec![(2, 3, "统 计 指 标")]),
            ("|---|:-:|", vec![]),
            ("1,234", vec![(1, 1, "1,234")]),
            ("1,23", vec![(1, 1, "1"), (1, 3, "23")]),
            ("a;;5", vec![(1, 1, "a"), (1, 3, ""), (1, 4, "5")]),
            ("\"1,234\";b", vec![(1, 2, "1,234"), (1, 9, "b")]),
            ("a;b,c", vec![(1, 1, "a;b"), (1, 5, "c")]),
            ("a,b;;c", vec![(1, 1, "a,b"), (1, 5, ""), (1, 6, "c")]),
            ("\"a;b\",c", vec![(1, 2, "a;b"), (1, 7, "c")]),
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quoted_cell_may_go_on_over_lines() {
        let text = "\"收到\n申请数\",件,27\n下一行,件,3";
        assert_eq!(
            texts(text),
            [["收到\n申请数", "件", "27"], ["下一行", "件", "3"]]
        );
        assert_eq!(cells(text)[2], (2, 8, "27"));
        assert_eq!(cells(text)[5], (3, 7, "3"));
        assert_eq!(
            texts(&text.replace(',', ";")),
            [["收到\n申请数", "件", "27"], ["下一行", "件", "3"]]
        );
        let open = "\"open,件,27\nb,件,3";
        assert_eq!(texts(open), [["\"open", "件", "27"], ["b", "件", "3"]]);
    }

    #[test]
    fn a_line_wider_than_any_table_has_no_cells() {
        let wide = "|".repeat(1_000_000);
        assert_eq!(
            lines(&wide)
                .map(|line| line.cells.len())
                .collect::<Vec<_>>(),
            [0]
        );
    }
}
