//! A table that goes on over pages is one.

use xxgk::Run;

use super::drawn::Unit;
use super::line::join;
use super::table::{Filled, Table};

/// Edges nearer to each other are one.
const SAME: Unit = 420;

impl Table {
    /// Whether a table at the top of the next page goes on with this one: both have the same sides.
    pub fn goes_on(&self, next: &Table) -> bool {
        let near = |one: Unit, other: Unit| one.abs_diff(other) <= SAME.unsigned_abs();
        near(self.area.left, next.area.left) && near(self.area.right, next.area.right)
    }

    /// Adds a table below it. The columns are those of both.
    pub fn append(&mut self, mut next: Table) {
        let mut edges = self.edges.clone();
        edges.extend(next.edges.iter());
        edges.sort_unstable();
        edges.dedup_by(|one, other| *one - *other <= SAME);
        self.spread(&edges);
        next.spread(&edges);
        let break_at = self.rows;
        let is_cut = self.is_row_cut(&next);
        self.rows += next.rows;
        self.pages.append(&mut next.pages);
        // Below headings stand values, whichever of them are blank.
        let has_values = self.ends_with(break_at).any(|it| is_number(&it.runs));
        for mut part in next.cells {
            part.cell.row += break_at;
            let is_next = part.cell.row == break_at;
            let whole = match is_next {
                true if is_cut => self.above(&part, break_at),
                true if has_values => self.merged_above(&part, break_at),
                _ => None,
            };
            match whole {
                Some(whole) => {
                    whole.cell.rows += part.cell.rows;
                    join(&mut whole.runs, part.runs);
                }
                None => self.cells.push(part),
            }
        }
    }

    /// The cells that end above a row.
    fn ends_with(&self, row: usize) -> impl Iterator<Item = &Filled> {
        let ends = move |it: &&Filled| it.cell.row + it.cell.rows == row;
        self.cells.iter().filter(ends)
    }

    /// The cell above a page break, of which that below it may be the rest.
    fn above(&mut self, part: &Filled, break_at: usize) -> Option<&mut Filled> {
        let mut cells = self.cells.iter_mut();
        cells.find(|it| it.is_above(part, break_at))
    }

    /// Whether the page break cuts a row in two: below a full line a label goes on, and no cell has something in both parts but such
    /// labels. Where the row has its values, above or below, is for the word processor; without any, it may be headings above a blank row.
    fn is_row_cut(&self, next: &Table) -> bool {
        let (mut goes_on, mut has_values) = (false, false);
        for part in next.cells.iter().filter(|it| it.cell.row == 0) {
            let mut above = self.ends_with(self.rows);
            let Some(above) = above.find(|it| it.is_above(part, self.rows)) else {
                return false;
            };
            has_values |= is_number(&above.runs) || is_number(&part.runs);
            if !is_blank(&above.runs) && !is_blank(&part.runs) {
                let is_one = above.is_full && is_label(&above.runs) && is_label(&part.runs);
                if !is_one || begins_anew(&part.runs) {
                    return false;
                }
                goes_on = true;
            }
        }
        goes_on && has_values
    }

    /// A merged cell that a page break cut in two is one: the second part is blank or goes on with the label, and one of both has
    /// several rows.
    fn merged_above(&mut self, part: &Filled, break_at: usize) -> Option<&mut Filled> {
        let is_words = is_label(&part.runs) && !text(&part.runs).any(|c| c.is_ascii_digit());
        let goes_on = is_blank(&part.runs) || (is_words && !begins_anew(&part.runs));
        let above = self.above(part, break_at)?;
        let is_merged = above.cell.rows > 1 || part.cell.rows > 1;
        (goes_on && is_merged && is_label(&above.runs)).then_some(above)
    }

    /// Counts the columns of its cells by these edges.
    fn spread(&mut self, edges: &[Unit]) {
        let own = std::mem::take(&mut self.edges);
        let place = |column: usize| {
            let at = own.get(column).copied().unwrap_or(Unit::MAX / 2);
            edges.partition_point(|edge| *edge <= at).saturating_sub(1)
        };
        for Filled { cell, .. } in &mut self.cells {
            let end = place(cell.column + cell.columns);
            cell.column = place(cell.column);
            cell.columns = end.saturating_sub(cell.column).max(1);
        }
        self.edges = edges.to_vec();
    }
}

impl Filled {
    /// Whether it ends at a page break just above another.
    fn is_above(&self, part: &Filled, break_at: usize) -> bool {
        self.cell.row + self.cell.rows == break_at
            && self.cell.column == part.cell.column
            && self.cell.columns == part.cell.columns
    }
}

fn text(runs: &[Run]) -> impl Iterator<Item = char> {
    runs.iter().flat_map(|run| run.text.trim().chars())
}

fn is_blank(runs: &[Run]) -> bool {
    text(runs).next().is_none()
}

/// Whether words stand in a cell, not a number alone.
fn is_label(runs: &[Run]) -> bool {
    text(runs).any(char::is_alphabetic)
}

fn is_number(runs: &[Run]) -> bool {
    !is_blank(runs) && text(runs).all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

/// Whether a label is a new one: `（四）无法提供`, `2.重复申请`, `其中：…`; not `一热点或舆情`.
pub(crate) fn begins_anew(runs: &[Run]) -> bool {
    let text: String = text(runs).take(4).collect();
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(is_numeral);
    let is_numbered = rest.len() < text.len() && rest.starts_with(['、', '.', '．']);
    let has_sign = text.starts_with(|c: char| "（(㈠㈡㈢㈣㈤㈥㈦①②③④⑤⑥⑦⑧⑨".contains(c));
    text.starts_with("其中") || is_numbered || has_sign
}
