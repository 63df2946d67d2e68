//! The headings of columns, and the order in which a header says that they stand.

use std::collections::{HashMap, HashSet};

use crate::form::{Form, Section};
use crate::grid::TextCell;
use crate::unicode::{is_ideograph, letters};

/// The columns of a section by their index, in the order in which they stand in the document.
pub(crate) type Order = Vec<usize>;

/// What a heading can mean, in one section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Leaf(usize),
    /// The label above several columns, by the first of them.
    Group(usize),
    /// A row of a section that is printed across.
    Row(usize),
}

/// One heading, as it stands in a header.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    meanings: Vec<(usize, Meaning)>,
    line: usize,
}

impl Heading {
    /// Whether it heads one column.
    pub fn is_leaf(&self) -> bool {
        self.meanings
            .iter()
            .any(|(_, it)| matches!(it, Meaning::Leaf(_)))
    }

    fn in_section(&self, section: usize) -> Option<Meaning> {
        let found = self.meanings.iter().find(|(other, _)| *other == section);
        found.map(|(_, meaning)| *meaning)
    }
}

/// A section that is printed across: its rows, as they follow each other, and the columns below each.
pub(crate) struct Across {
    pub rows: Vec<usize>,
    pub order: Order,
}

/// The headings of a form's columns, by their letters.
#[derive(Debug)]
pub(crate) struct Columns {
    headings: HashMap<String, Vec<(usize, Meaning)>>,
    longest: usize,
    /// The first letters of the headings.
    first: HashSet<char>,
    /// The sections that are printed across.
    across: Vec<usize>,
}

impl Columns {
    pub fn new(form: &Form) -> Self {
        let mut columns = Columns {
            headings: HashMap::new(),
            longest: 0,
            first: HashSet::new(),
            across: Vec::new(),
        };
        for (section, it) in form.sections().iter().enumerate() {
            columns.across.extend(it.across().then_some(section));
            for (index, column) in it.columns().iter().enumerate() {
                let also = column.also().iter().map(String::as_str);
                for label in std::iter::once(column.label()).chain(also) {
                    columns.add(label, section, Meaning::Leaf(index));
                }
                if let Some(group) = column.group() {
                    let mut first = it.columns().iter();
                    let first = first.position(|other| other.group() == Some(group));
                    columns.add(group, section, Meaning::Group(first.unwrap_or(index)));
                }
            }
        }
        columns
    }

    fn add(&mut self, label: &str, section: usize, meaning: Meaning) {
        let letters = letters(label);
        self.longest = self.longest.max(4 * letters.len());
        self.first.extend(letters.chars().next());
        let meanings = self.headings.entry(letters).or_default();
        if !meanings.contains(&(section, meaning)) {
            meanings.push((section, meaning));
        }
    }

    /// The heading that a text is, if it is one.
    pub fn heading(&self, text: &str, line: usize) -> Option<Heading> {
        // Most texts begin with another letter; a compatibility character has to be looked at.
        let like = |c: char| !is_ideograph(c) || self.first.contains(&c);
        if text.len() > self.longest
            || !text.chars().find(|c| c.is_alphanumeric()).is_some_and(like)
        {
            return None;
        }
        let meanings = self.headings.get(&letters(text))?.clone();
        Some(Heading { meanings, line })
    }

    /// The label of a row, standing in a header.
    pub fn of_row(&self, candidates: &[usize], label: TextCell<'_>) -> Heading {
        let mut heading = self.heading(label.text, label.line).unwrap_or(Heading {
            meanings: Vec::new(),
            line: label.line,
        });
        let rows = candidates
            .iter()
            .map(|row| (usize::MAX, Meaning::Row(*row)));
        heading.meanings.extend(rows);
        heading
    }

    /// Whether a header that is being collected still wants a heading.
    pub fn wants(&self, header: &[Heading], heading: &Heading) -> bool {
        heading.meanings.iter().any(|(section, meaning)| {
            let same = |other: &&Heading| other.in_section(*section) == Some(*meaning);
            let there = header.iter().filter(same).count();
            let begun = header
                .iter()
                .any(|other| other.in_section(*section).is_some());
            let across = self.across.contains(section);
            begun && (there == 0 || across)
        })
    }

    /// The order of a section's columns under a header; `None` where it is not certain.
    pub fn order(&self, form: &Form, section: usize, header: &[Heading]) -> Option<Order> {
        let columns = form.sections().get(section)?.columns();
        if columns.len() <= 1 {
            return Some(vec![0]);
        }
        let found: Vec<(Meaning, usize)> = header
            .iter()
            .filter_map(|it| Some((it.in_section(section)?, it.line)))
            .collect();
        let leaves: Order = found
            .iter()
            .filter_map(|(meaning, _)| match meaning {
                Meaning::Leaf(column) => Some(*column),
                Meaning::Group(_) | Meaning::Row(_) => None,
            })
            .collect();
        // Merged headings that are repeated on each line of the header: its last line has all of them, and those before it
        // have each that is merged.
        if leaves.len() > columns.len() {
            let (merged, last) = leaves.split_at_checked(leaves.len() - columns.len())?;
            let times = |column: usize| merged.iter().filter(|other| **other == column).count();
            let merged_times = |column: usize| {
                let single = columns.get(column).is_some_and(|it| it.group().is_none());
                single.then(|| times(column))
            };
            let mut expected = (0..columns.len()).filter_map(merged_times);
            let first = expected.next()?;
            let whole = expected.all(|times| times == first)
                && merged.len() == first * (0..columns.len()).filter_map(merged_times).count();
            return Some(last.to_vec()).filter(|last| whole && is_permutation(last, columns.len()));
        }
        if !is_permutation(&leaves, columns.len()) {
            return None;
        }
        let one_line = |(_, line): &(Meaning, usize), of: Meaning| {
            found.iter().any(|(other, at)| *other == of && at == line)
        };
        let first = found
            .iter()
            .find(|(it, _)| matches!(it, Meaning::Leaf(_)))?;
        if leaves
            .iter()
            .all(|column| one_line(first, Meaning::Leaf(*column)))
        {
            return Some(leaves);
        }
        expanded(form.sections().get(section)?, &found)
    }

    /// The order in which a header says that a section printed across has its rows and columns.
    pub fn across(&self, form: &Form, header: &[Heading]) -> Option<Across> {
        let across = form.sections().iter().enumerate();
        let mut across = across.filter(|(_, section)| section.across());
        across.find_map(|(section, it)| {
            let printed: Vec<usize> = header
                .iter()
                .flat_map(|heading| &heading.meanings)
                .filter_map(|(_, meaning)| match meaning {
                    Meaning::Row(row) if it.rows().contains(row) => Some(*row),
                    _ => None,
                })
                .collect();
            let rows = in_blocks(form, it, &printed)?;
            let leaves: Order = header
                .iter()
                .filter_map(|heading| match heading.in_section(section)? {
                    Meaning::Leaf(column) => Some(column),
                    Meaning::Group(_) | Meaning::Row(_) => None,
                })
                .collect();
            let width = it.columns().len();
            let order = leaves.get(..width)?.to_vec();
            let same = leaves.chunks(width.max(1)).all(|run| run == order);
            let whole = leaves.len() == width * rows.len() && is_permutation(&order, width);
            (same && whole).then_some(Across { rows, order })
        })
    }
}

/// Whether each column stands there once.
fn is_permutation(order: &[usize], columns: usize) -> bool {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..columns)
}

/// A header over several lines: the label above several columns is replaced, in place, by theirs.
fn expanded(section: &Section, found: &[(Meaning, usize)]) -> Option<Order> {
    let columns = section.columns();
    let mut order: Vec<Result<usize, usize>> = Vec::new();
    let mut below: HashMap<usize, Vec<usize>> = HashMap::new();
    for (meaning, _) in found {
        match meaning {
            Meaning::Group(group) => {
                if !order.contains(&Err(*group)) {
                    order.push(Err(*group));
                }
            }
            Meaning::Leaf(column) => {
                let group = columns.get(*column)?.group();
                let first = columns
                    .iter()
                    .position(|it| group.is_some() && it.group() == group);
                match first {
                    Some(first) if order.contains(&Err(first)) => {
                        below.entry(first).or_default().push(*column);
                    }
                    // Without the label above them there is no telling where on the first line they belong.
                    Some(_) => return None,
                    None => order.push(Ok(*column)),
                }
            }
            Meaning::Row(_) => {}
        }
    }
    let mut out = Vec::new();
    for place in order {
        match place {
            Ok(column) => out.push(column),
            Err(group) => out.extend(below.remove(&group).unwrap_or_default()),
        }
    }
    Some(out).filter(|out| is_permutation(out, columns.len()))
}

/// The rows of a section printed across, in the order of their blocks: rows below one heading stand where the heading does.
fn in_blocks(form: &Form, section: &Section, printed: &[usize]) -> Option<Vec<usize>> {
    let rows = form.rows();
    let value = |row: &usize| rows.get(*row).is_some_and(|it| !it.cells().is_empty());
    let wanted = section.rows().filter(value).count();
    let mut once = HashSet::new();
    let mut sorted: Vec<usize> = printed.iter().copied().filter(value).collect();
    sorted.retain(|row| once.insert(*row));
    if sorted.len() != wanted {
        return None;
    }
    // Without the heading over it there is no telling where on the first line a block belongs.
    let inside = |row: &usize, other: usize| {
        let code = |row: usize| rows.get(row).map_or("", |it| it.code());
        let below = code(*row).strip_prefix(code(other));
        below.is_some_and(|rest| rest.starts_with('.'))
    };
    let headed = |row: &usize| {
        let mut headings = section.rows().filter(|other| inside(row, *other));
        headings.all(|heading| printed.contains(&heading))
    };
    if !sorted.iter().all(headed) {
        return None;
    }
    // The place of a block is that of the highest heading above it that is printed.
    let place = |row: usize| {
        let code = rows.get(row).map_or("", |it| it.code());
        let above = printed.iter().position(|other| {
            let other = rows.get(*other).map_or("", |it| it.code());
            let below = code.strip_prefix(other);
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        above.unwrap_or(usize::MAX)
    };
    sorted.sort_by_key(|row| place(*row));
    Some(sorted)
}
