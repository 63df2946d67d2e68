//! How the tables of a form are printed, told from the form alone: rows with the headings that they stand below to their left,
//! columns with the labels that they have in common above them.
//!
//! - A section of rows and columns has its headings in columns of their own, each beside all of its rows.
//! - A section that is printed as one line ([`Section::across`]) has its rows above its columns.
//! - A list of rows with a value each has their labels indented, and their units.
//!
//! Sections of rows that follow each other under one title are one table.

use std::ops::Range;

use xxgk::Lang;
use xxgk::form::{Column, Form, Kind, Row, Section};

use super::printed;

/// One table of a form.
pub(super) struct Printed {
    pub title: String,
    pub lines: Vec<Line>,
}

/// One line of a table.
#[derive(Default)]
pub(super) struct Line {
    /// It stands above what it is the head of.
    pub is_head: bool,
    pub pieces: Vec<Piece>,
}

/// What stands in a line, and over how many rows and columns of the table.
pub(super) struct Piece {
    pub what: What,
    pub rows: usize,
    pub columns: usize,
}

pub(super) enum What {
    /// A label, so far from the left, with the note that is printed behind it.
    Label {
        text: String,
        note: Option<String>,
        indent: usize,
    },
    Unit(String),
    /// The cell of this index.
    Cell(usize),
    /// A heading has no value.
    Nothing,
}

impl Piece {
    fn label(text: impl Into<String>, rows: usize, columns: usize) -> Self {
        let what = What::Label {
            text: text.into(),
            note: None,
            indent: 0,
        };
        Piece {
            what,
            rows,
            columns,
        }
    }

    fn of_row(row: &Row, indent: usize, rows: usize, columns: usize) -> Self {
        let what = What::Label {
            text: printed(row.label()),
            note: row.note().map(printed),
            indent,
        };
        Piece {
            what,
            rows,
            columns,
        }
    }
}

/// The tables of a form, from top to bottom.
pub(super) fn tables(form: &Form, lang: Lang) -> Vec<Printed> {
    let sections = form.sections();
    let same = |one: &Section, other: &Section| {
        one.title() == other.title() && !one.across() && !other.across()
    };
    let tables = sections.chunk_by(same);
    tables.map(|it| table(form, it, lang)).collect()
}

fn table(form: &Form, sections: &[Section], lang: Lang) -> Printed {
    let title = sections.first().map_or("", Section::title);
    let title = if title.is_empty() {
        form.title()
    } else {
        title
    };
    let trees: Vec<Tree<'_>> = sections.iter().map(|it| Tree::of(form, it)).collect();
    let labels = trees.iter().map(Tree::labels).max().unwrap_or(1);
    let values = trees.iter().map(Tree::values).max().unwrap_or(1);
    let lines = trees.iter().flat_map(|tree| match tree.shape() {
        Shape::List => tree.list(labels, values, lang),
        Shape::Across => tree.across(),
        Shape::Matrix => tree.matrix(labels, values, lang),
    });
    Printed {
        title: title.to_owned(),
        lines: lines.collect(),
    }
}

enum Shape {
    List,
    Across,
    Matrix,
}

/// The rows of a section, each with the headings that it stands below.
struct Tree<'f> {
    form: &'f Form,
    section: &'f Section,
    /// Rows with values, and headings with none below them.
    rows: Vec<Branch<'f>>,
}

struct Branch<'f> {
    row: &'f Row,
    /// The headings above it, the outermost first.
    headings: Vec<usize>,
    /// How many rows with values it is a part of.
    indent: usize,
}

impl<'f> Tree<'f> {
    fn of(form: &'f Form, section: &'f Section) -> Self {
        let branches = section.rows().filter_map(|index| {
            let row = form.rows().get(index)?;
            let above = above(form, section, row);
            let is_heading = |it: &usize| form.rows().get(*it).is_some_and(is_heading);
            let (headings, parts): (Vec<usize>, Vec<usize>) =
                above.into_iter().partition(is_heading);
            Some((
                index,
                Branch {
                    row,
                    headings,
                    indent: parts.len(),
                },
            ))
        });
        let branches: Vec<(usize, Branch<'_>)> = branches.collect();
        let has_rows = |index: usize| branches.iter().any(|(_, it)| it.headings.contains(&index));
        let kept: Vec<bool> = branches
            .iter()
            .map(|(index, _)| !has_rows(*index))
            .collect();
        let rows = branches.into_iter().zip(kept);
        Tree {
            form,
            section,
            rows: rows
                .filter(|(_, kept)| *kept)
                .map(|((_, it), _)| it)
                .collect(),
        }
    }

    fn shape(&self) -> Shape {
        if self.section.key().is_empty() || self.section.columns().is_empty() {
            Shape::List
        } else if self.section.across() {
            Shape::Across
        } else {
            Shape::Matrix
        }
    }

    /// How many columns its labels take.
    fn labels(&self) -> usize {
        match self.shape() {
            // The label, and the unit.
            Shape::List => 2,
            Shape::Across => 0,
            Shape::Matrix => 1 + self.deepest(),
        }
    }

    /// How many columns its values take.
    fn values(&self) -> usize {
        let columns = self.section.columns().len().max(1);
        match self.shape() {
            Shape::Across => columns * self.rows.len(),
            Shape::List | Shape::Matrix => columns,
        }
    }

    /// Below how many headings a row stands, at most.
    fn deepest(&self) -> usize {
        let depths = self.rows.iter().map(|it| it.headings.len());
        depths.max().unwrap_or(0)
    }

    /// The heads of the columns: two lines where some have a label in common.
    fn heads(&self, widths: &[usize]) -> Vec<Vec<Piece>> {
        let columns = self.section.columns();
        let grouped = columns.iter().any(|it| it.group().is_some());
        let rows = 1 + usize::from(grouped);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let pairs: Vec<(&Column, usize)> = columns.iter().zip(widths.iter().copied()).collect();
        for run in
            pairs.chunk_by(|one, other| one.0.group().is_some() && one.0.group() == other.0.group())
        {
            let Some((column, _)) = run.first() else {
                continue;
            };
            match column.group() {
                None => first.extend(
                    run.iter()
                        .map(|(it, width)| Piece::label(self.head(it), rows, *width)),
                ),
                Some(group) => {
                    let width = run.iter().map(|(_, width)| width).sum();
                    first.push(Piece::label(printed(group), 1, width));
                    second.extend(
                        run.iter()
                            .map(|(it, width)| Piece::label(self.head(it), 1, *width)),
                    );
                }
            }
        }
        match grouped {
            true => vec![first, second],
            false => vec![first],
        }
    }

    /// The label of a column; where it is of amounts, with their unit.
    fn head(&self, column: &Column) -> String {
        let label = printed(column.label());
        let at = self
            .section
            .columns()
            .iter()
            .position(|it| it.key() == column.key());
        let mut cells = self.rows.iter().filter_map(|it| {
            let cell = it.row.cells().nth(at?)?;
            self.form.indicator(cell)
        });
        match cells.next() {
            Some(first) if first.kind() == Kind::Amount && !label.contains(first.unit()) => {
                let unit = first.unit();
                match cells.all(|it| it.unit() == unit) {
                    true => format!("{label}（单位：{unit}）"),
                    false => label,
                }
            }
            _ => label,
        }
    }

    fn matrix(&self, labels: usize, values: usize, lang: Lang) -> Vec<Line> {
        let widths = shared(values, self.section.columns().len());
        let mut heads = self.heads(&widths);
        let rows = heads.len();
        if let Some(first) = heads.first_mut() {
            first.insert(0, Piece::label(lang.pick("统计指标", "Item"), rows, labels));
        }
        let mut lines: Vec<Line> = heads.into_iter().map(head).collect();
        for (index, branch) in self.rows.iter().enumerate() {
            let mut pieces = self.headings_at(index, 1);
            let own = labels.saturating_sub(branch.headings.len()).max(1);
            pieces.push(Piece::of_row(branch.row, branch.indent, 1, own));
            pieces.extend(values_of(branch.row, &widths));
            lines.push(Line {
                is_head: false,
                pieces,
            });
        }
        lines
    }

    /// The headings that begin at a row, each over all rows that follow below it. Where the rows stand beside each other, each
    /// is so wide.
    fn headings_at(&self, index: usize, width: usize) -> Vec<Piece> {
        let Some(branch) = self.rows.get(index) else {
            return Vec::new();
        };
        let before = index.checked_sub(1).and_then(|it| self.rows.get(it));
        let levels = 0..branch.headings.len();
        levels
            .filter(|level| before.is_none_or(|it| it.path(*level) != branch.path(*level)))
            .filter_map(|level| {
                Some(Piece::of_row(
                    self.heading(index, level)?,
                    0,
                    self.below(index, level) * width,
                    1,
                ))
            })
            .collect()
    }

    /// How many rows follow below one heading.
    fn below(&self, index: usize, level: usize) -> usize {
        let rows = self.rows.get(index..).unwrap_or_default();
        let path = rows.first().map(|it| it.path(level));
        rows.iter()
            .take_while(|it| Some(it.path(level)) == path)
            .count()
    }

    fn heading(&self, index: usize, level: usize) -> Option<&'f Row> {
        let heading = self.rows.get(index)?.headings.get(level)?;
        self.form.rows().get(*heading)
    }

    fn across(&self) -> Vec<Line> {
        let columns = self.section.columns().len();
        let deepest = self.deepest();
        let mut lines: Vec<Line> = (0..=deepest)
            .map(|level| head(self.above_columns(level, deepest, columns)))
            .collect();
        let heads = self.rows.iter().map(|_| self.heads(&vec![1; columns]));
        let mut joined: Vec<Vec<Piece>> = Vec::new();
        for (level, pieces) in heads.flat_map(|it| it.into_iter().enumerate()) {
            match joined.get_mut(level) {
                Some(line) => line.extend(pieces),
                None => joined.push(pieces),
            }
        }
        lines.extend(joined.into_iter().map(head));
        let widths = vec![1; columns];
        let values = self.rows.iter().flat_map(|it| values_of(it.row, &widths));
        lines.push(Line {
            is_head: false,
            pieces: values.collect(),
        });
        lines
    }

    /// What stands above the columns at one level: headings over all of their rows, and the rows themselves.
    fn above_columns(&self, level: usize, deepest: usize, columns: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (index, branch) in self.rows.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|it| self.rows.get(it));
            let begins = before.is_none_or(|it| it.path(level) != branch.path(level));
            if let Some(heading) = self.heading(index, level) {
                if begins {
                    let width = self.below(index, level) * columns;
                    pieces.push(Piece::of_row(heading, 0, 1, width));
                }
            } else if level == branch.headings.len() {
                pieces.push(Piece::of_row(branch.row, 0, 1 + deepest - level, columns));
            }
        }
        pieces
    }

    fn list(&self, labels: usize, values: usize, lang: Lang) -> Vec<Line> {
        let columns = self.section.columns();
        let widths = shared(values, columns.len().max(1));
        let mut heads = match columns.is_empty() {
            true => vec![vec![Piece::label(lang.pick("统计数", "Figure"), 1, values)]],
            false => self.heads(&widths),
        };
        let rows = heads.len();
        if let Some(first) = heads.first_mut() {
            let label = Piece::label(
                lang.pick("统计指标", "Item"),
                rows,
                labels.saturating_sub(1).max(1),
            );
            first.splice(
                0..0,
                [label, Piece::label(lang.pick("单位", "Unit"), rows, 1)],
            );
        }
        let mut lines: Vec<Line> = heads.into_iter().map(head).collect();
        let rows = self
            .section
            .rows()
            .filter_map(|it| self.form.rows().get(it));
        for row in rows {
            let indent = above(self.form, self.section, row).len();
            let label = Piece::of_row(row, indent, 1, labels.saturating_sub(1).max(1));
            let unit = match is_heading(row) {
                true => "—".to_owned(),
                false => row.unit().to_owned(),
            };
            let unit = Piece {
                what: What::Unit(unit),
                rows: 1,
                columns: 1,
            };
            let mut pieces = vec![label, unit];
            pieces.extend(values_of(row, &widths));
            lines.push(Line {
                is_head: false,
                pieces,
            });
        }
        lines
    }
}

impl Branch<'_> {
    /// The headings above it down to a level.
    fn path(&self, level: usize) -> Option<&[usize]> {
        self.headings.get(..=level)
    }
}

fn head(pieces: Vec<Piece>) -> Line {
    Line {
        is_head: true,
        pieces,
    }
}

fn is_heading(row: &Row) -> bool {
    row.cells().is_empty()
}

/// The rows of a section that a row stands below, the outermost first.
fn above(form: &Form, section: &Section, row: &Row) -> Vec<usize> {
    let of_section = |it: &usize| section.rows().contains(it);
    let next = |row: usize| form.rows().get(row).and_then(Row::parent);
    let rows = std::iter::successors(row.parent(), |it| next(*it));
    // A row stands below fewer rows than there are.
    let mut rows: Vec<usize> = rows.take(form.rows().len()).filter(of_section).collect();
    rows.reverse();
    rows
}

/// The cells of a row, each so many columns wide; of a heading, a blank over all of them.
fn values_of(row: &Row, widths: &[usize]) -> Vec<Piece> {
    let cells: Range<usize> = row.cells();
    if cells.is_empty() {
        return vec![Piece {
            what: What::Nothing,
            rows: 1,
            columns: widths.iter().sum(),
        }];
    }
    let cells = cells.zip(widths.iter().copied());
    let piece = |(cell, columns)| Piece {
        what: What::Cell(cell),
        rows: 1,
        columns,
    };
    cells.map(piece).collect()
}

/// So many columns shared among some that there are: evenly, and what is left over goes to the last.
fn shared(all: usize, among: usize) -> Vec<usize> {
    let among = among.max(1);
    let mut widths = vec![all / among; among];
    if let Some(last) = widths.last_mut() {
        *last += all % among;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line of a table covers each of its columns once, with what reaches down from the lines above it.
    fn is_rectangular(table: &Printed) -> bool {
        let width = |line: &Line| line.pieces.iter().map(|it| it.columns).sum::<usize>();
        let all = table.lines.first().map_or(0, width);
        let mut reaching: Vec<(usize, usize)> = Vec::new();
        table.lines.iter().all(|line| {
            let from_above: usize = reaching.iter().map(|(_, columns)| columns).sum();
            let whole = from_above + width(line) == all;
            reaching = reaching
                .iter()
                .map(|(rows, columns)| (rows - 1, *columns))
                .collect();
            reaching.extend(line.pieces.iter().map(|it| (it.rows - 1, it.columns)));
            reaching.retain(|(rows, _)| *rows > 0);
            whole
        }) && reaching.is_empty()
    }

    #[test]
    fn tables_are_rectangles_with_every_cell_once() {
        let variant = include_str!("../../../../tests/data/variant/two-columns.toml");
        let variant = std::sync::Arc::new(xxgk::load(variant).unwrap());
        for form in xxgk::forms().iter().chain([&variant]) {
            let tables = tables(form, Lang::Zh);
            for table in &tables {
                assert!(is_rectangular(table), "{}: {}", form.id(), table.title);
            }
            let pieces = tables
                .iter()
                .flat_map(|it| &it.lines)
                .flat_map(|it| &it.pieces);
            let mut cells: Vec<usize> = pieces
                .filter_map(|it| match it.what {
                    What::Cell(cell) => Some(cell),
                    _ => None,
                })
                .collect();
            cells.sort_unstable();
            assert_eq!(
                cells,
                (0..form.cells()).collect::<Vec<_>>(),
                "{}",
                form.id()
            );
        }
    }

    #[test]
    fn what_has_fewer_columns_has_wider_ones() {
        assert_eq!(shared(3, 1), [3]);
        assert_eq!(shared(3, 2), [1, 2]);
        assert_eq!(shared(7, 7), [1; 7]);
    }
}
