//! Lines of text to paragraphs.

use xxgk::Run;

use super::line::{self, Line};
use super::sheet::{Item, Sheet};

/// `六、其他需要报告的事项`; a sentence that is broken there begins so only by chance.
fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with('、') && text.chars().count() <= 30
}

/// A paragraph that may go on in the next line.
#[derive(Debug)]
pub(crate) struct Paragraph {
    pub page: usize,
    pub runs: Vec<Run>,
    size: i32,
    /// Where its last line stands; `None` where a page ended.
    base: Option<i32>,
    /// Its last line reaches the margin.
    is_full: bool,
}

/// Between what its lines stand, of a page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Margins {
    left: i32,
    right: i32,
}

impl Margins {
    /// Those of pages that are as wide as each other: where their lines begin and end, the short ones aside.
    pub fn of(sheets: &[&Sheet]) -> Self {
        let items = sheets.iter().flat_map(|sheet| &sheet.items);
        let lines = items.filter_map(|item| match item {
            Item::Line(line) => Some((line.left, line.right)),
            Item::Table(_) => None,
        });
        let widest = lines.clone().map(|(left, right)| right - left).max();
        let long = |it: &(i32, i32)| (it.1 - it.0) * 2 >= widest.unwrap_or(0);
        Margins {
            left: lines.clone().filter(long).map(|it| it.0).min().unwrap_or(0),
            right: lines.filter(long).map(|it| it.1).max().unwrap_or(0),
        }
    }
}

impl Paragraph {
    pub fn begin(line: &Line, page: usize, margins: Margins) -> Self {
        Paragraph {
            page,
            runs: line.runs(),
            size: line.size,
            base: Some(line.base),
            is_full: line.right >= margins.right - line.size * 2,
        }
    }

    /// Whether a line goes on with it: it is full, and the line is not indented, of other type, far below, or a heading.
    pub fn takes(&self, line: &Line, margins: Margins) -> bool {
        let same_type = (self.size - line.size).abs() * 7 <= self.size;
        let near = self
            .base
            .is_none_or(|base| line.base - base <= self.size * 3);
        let indented = line.left > margins.left + line.size * 4 / 5;
        self.is_full && same_type && near && !indented && !is_heading(&line.text())
    }

    pub fn push(&mut self, line: &Line, margins: Margins) {
        line::join(&mut self.runs, line.runs());
        self.base = Some(line.base);
        self.is_full = line.right >= margins.right - line.size * 2;
    }

    /// The page ends; the paragraph may not.
    pub fn end_page(&mut self) {
        self.base = None;
    }
}
