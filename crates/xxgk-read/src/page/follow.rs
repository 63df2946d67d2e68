//! A table that goes on over pages is one.

use xxgk::Run;

use super::drawn::Unit;
use super::lattice::Cell;
use super::line::join;
use super::table::Table;

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
        self.rows += next.rows;
        self.pages.append(&mut next.pages);
        // Below headings stand values, whichever of them are blank.
        let has_values = self
            .cells
            .iter()
            .any(|(cell, runs)| cell.row + cell.rows == break_at && is_number(runs));
        let mut added = std::mem::take(&mut next.cells);
        for (cell, runs) in &mut added {
            cell.row += break_at;
            if cell.row == break_at && has_values {
                self.lengthen(cell, runs, break_at);
            }
        }
        added.retain(|(cell, _)| cell.rows > 0);
        self.cells.append(&mut added);
    }

    /// A merged cell that a page break cut in two is one: the second part is blank or goes on with the label, and one of both has
    /// several rows.
    fn lengthen(&mut self, part: &mut Cell, more: &mut Vec<Run>, break_at: usize) {
        let above = self.cells.iter_mut().find(|(cell, runs)| {
            cell.column == part.column
                && cell.columns == part.columns
                && cell.row + cell.rows == break_at
                && (cell.rows > 1 || part.rows > 1)
                && is_label(runs)
        });
        let is_words = is_label(more) && !text(more).any(|c| c.is_ascii_digit());
        let goes_on = is_blank(more) || (is_words && !begins_anew(more));
        if let Some((cell, runs)) = above.filter(|_| goes_on) {
            cell.rows += std::mem::take(&mut part.rows);
            join(runs, std::mem::take(more));
        }
    }

    /// Counts the columns of its cells by these edges.
    fn spread(&mut self, edges: &[Unit]) {
        let own = std::mem::take(&mut self.edges);
        let place = |column: usize| {
            let at = own.get(column).copied().unwrap_or(Unit::MAX / 2);
            edges.partition_point(|edge| *edge <= at).saturating_sub(1)
        };
        for (cell, _) in &mut self.cells {
            let end = place(cell.column + cell.columns);
            cell.column = place(cell.column);
            cell.columns = end.saturating_sub(cell.column).max(1);
        }
        self.edges = edges.to_vec();
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

/// Whether a label is a new one: `（四）无法提供`, `2.重复申请`, `其中：…`.
fn begins_anew(runs: &[Run]) -> bool {
    let text: String = text(runs).take(4).collect();
    let first = text.chars().next();
    let is_ordinal = |c: char| c.is_numeric() || "一二三四五六七八九十（(㈠①".contains(c);
    text.starts_with("其中") || first.is_some_and(is_ordinal)
}
