//! The headings above rows of several values, and the order in which they say that the columns stand.

use std::collections::{HashMap, HashSet};

use super::figure::other;
use super::resolve::in_order;
use super::token::Token;
use crate::document::TextCell;
use crate::form::{Form, Headed, Heading, Section, is_near, without_brackets};
use crate::unicode::letters;

/// A label or a heading is broken into so many pieces at most.
pub(crate) const MAX_PIECES: usize = 4;
/// The pieces of a heading that is broken over two rows are shorter, in bytes.
const MAX_HALF: usize = 24;

/// The columns of a section by their index, in the order in which they stand in the document.
pub(crate) type Order = Vec<usize>;

/// A text of a header, and what it can mean.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t, 'f> {
    pub letters: String,
    pub cell: TextCell<'t>,
    /// Which row of the document it stands in; texts of one row stand beside each other.
    pub row: usize,
    pub beside: bool,
    pub headings: &'f [Heading],
    /// The rows of the form that it is the label of.
    pub rows: &'f [usize],
}

/// Why there is no telling in which order the columns stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble<'t> {
    /// This heading is none of the form's, or stands over figures of another kind.
    Heading(TextCell<'t>),
    /// The headings are not all there, or do not say where they belong.
    Headings,
    /// The same, where only spaces set the columns apart.
    Spaces,
}

/// Headings that differ from the form's, and the columns that they were taken for.
pub(crate) type Misspelt<'t> = Vec<(usize, TextCell<'t>)>;

impl<'t, 'f> Word<'t, 'f> {
    fn new(form: &'f Form, letters: String, token: &Token<'t>, row: usize, beside: bool) -> Self {
        let headings = form.headings().of_letters(&letters);
        let rows = form.labels().of_letters(&letters);
        Word {
            letters,
            cell: token.cell,
            row,
            beside,
            headings,
            rows,
        }
    }

    /// The same, with what a note in brackets leaves where the text is no heading: 本年(2023)制发件数.
    fn without_note(mut self, form: &'f Form) -> Self {
        if !self.is_known() && self.cell.text.contains(['(', '（', '[', '【']) {
            let core = letters(&without_brackets(self.cell.text));
            self.headings = form.headings().of_letters(&core);
        }
        self
    }

    fn in_section(&self, section: usize) -> Option<Headed> {
        let found = self.headings.iter().find(|it| it.section == section);
        found.map(|heading| heading.meaning)
    }

    pub fn is_known(&self) -> bool {
        !self.headings.is_empty() || !self.rows.is_empty()
    }

    pub fn is_heading(&self) -> bool {
        !self.headings.is_empty()
    }

    /// Whether what stands in brackets, or the letters, differ from the form's.
    fn differs(&self, form: &Form) -> bool {
        form.headings().of_letters(&self.letters).is_empty()
    }
}

/// The words of a header, its broken ones put together.
pub(crate) fn words<'t, 'f>(
    form: &'f Form,
    texts: &[(&Token<'t>, usize, bool)],
) -> Vec<Word<'t, 'f>> {
    let texts = mended(form, texts);
    let mut out: Vec<Word<'t, 'f>> = Vec::new();
    let mut at = 0;
    while let Some((first, row, beside, letters)) = texts.get(at) {
        let joined = |count: usize| {
            let pieces = texts.get(at..at + count)?;
            let letters: String = pieces
                .iter()
                .map(|(.., letters)| letters.as_str())
                .collect();
            let word = Word::new(form, letters, first, *row, *beside);
            word.is_known().then_some((word, count))
        };
        let begins = form.labels().begins(letters) || form.headings().begins(letters);
        let mut counts = (2..=MAX_PIECES).rev().filter(|_| begins);
        let found = counts.find_map(joined);
        let alone = || Word::new(form, letters.clone(), first, *row, *beside).without_note(form);
        let (word, count) = found.unwrap_or_else(|| (alone(), 1));
        out.push(word);
        at += count;
    }
    out
}

type Text<'a, 't> = (&'a Token<'t>, usize, bool, String);

/// The texts of a header, those that are broken over two rows put together: 商业 | 科研 over 企业 | 机构.
fn mended<'a, 't>(form: &Form, texts: &[(&'a Token<'t>, usize, bool)]) -> Vec<Text<'a, 't>> {
    let mut rows: Vec<Vec<Text<'a, 't>>> = Vec::new();
    for (token, row, beside) in texts {
        let text = (*token, *row, *beside, token.letters.clone());
        match rows
            .last_mut()
            .filter(|last| last.last().is_some_and(|it| it.1 == *row))
        {
            Some(last) => last.push(text),
            None => rows.push(vec![text]),
        }
    }
    let known = |letters: &str| {
        !form.headings().of_letters(letters).is_empty()
            || !form.labels().of_letters(letters).is_empty()
    };
    let mut out: Vec<Vec<Text<'a, 't>>> = Vec::new();
    for row in rows {
        let above = out.last_mut();
        let halves = above.and_then(|above| {
            let beside = row.iter().all(|it| it.2) && above.iter().all(|it| it.2);
            let half = |it: &&mut Text<'a, 't>| it.0.cell.text.len() <= MAX_HALF && !known(&it.3);
            let halves: Vec<&mut Text<'a, 't>> = above.iter_mut().filter(half).collect();
            let all = halves.len() == row.len() && beside;
            let whole = halves
                .iter()
                .zip(&row)
                .all(|(one, other)| known(&format!("{}{}", one.3, other.3)));
            (all && whole).then_some(halves)
        });
        match halves {
            Some(halves) => {
                for (half, rest) in halves.into_iter().zip(&row) {
                    half.3.push_str(&rest.3);
                }
            }
            None => out.push(row),
        }
    }
    out.into_iter().flatten().collect()
}

/// The order of a section's columns under a header, and the headings that differ from the form's.
pub(crate) fn order<'t>(
    form: &Form,
    section: usize,
    header: &[Word<'t, '_>],
) -> Result<(Order, Misspelt<'t>), Trouble<'t>> {
    let columns = form
        .sections()
        .get(section)
        .map_or(&[][..], Section::columns);
    if columns.len() <= 1 {
        return lone(form, section, header);
    }
    let mut found: Vec<(Headed, usize, usize)> = Vec::new();
    let mut misspelt = Misspelt::new();
    for (at, word) in header.iter().enumerate() {
        if let Some(meaning) = word.in_section(section) {
            // A converter may repeat a heading that is merged over several columns.
            let again =
                |(other, _, row): &(Headed, usize, usize)| *other == meaning && *row == word.row;
            if word.beside && found.last().is_some_and(again) {
                continue;
            }
            found.push((meaning, at, word.row));
            if let (Headed::Column(column), true) = (meaning, word.differs(form)) {
                misspelt.push((column, word.cell));
            }
        }
    }
    let leaf = |(meaning, ..): &(Headed, usize, usize)| match meaning {
        Headed::Column(column) => Some(*column),
        Headed::Group(_) => None,
    };
    let there: HashSet<usize> = found.iter().filter_map(leaf).collect();
    let missing: Vec<usize> = (0..columns.len())
        .filter(|it| !there.contains(it))
        .collect();
    if !missing.is_empty() {
        for (column, at) in near(form, section, header, &found, &missing)? {
            let word = header.get(at);
            misspelt.extend(word.map(|word| (column, word.cell)));
            found.push((Headed::Column(column), at, word.map_or(0, |word| word.row)));
        }
        found.sort_by_key(|(_, at, _)| *at);
    }
    let foreign = |word: &&Word<'t, '_>| {
        let row = found.iter().any(|(_, _, row)| *row == word.row);
        row && !word.is_known() && other(&word.letters).is_some()
    };
    let found: Vec<Found> = found
        .iter()
        .map(|(meaning, at, row)| Found {
            meaning: *meaning,
            line: if header.get(*at).is_some_and(|word| word.beside) {
                *row
            } else {
                usize::MAX - at
            },
        })
        .collect();
    match ordered(form, section, &found) {
        Some(order) => Ok((order, misspelt)),
        None => Err(header
            .iter()
            .find(foreign)
            .map_or(Trouble::Headings, |it| Trouble::Heading(it.cell))),
    }
}

/// Whether a word stands beside the head of the labels: 信息内容.
fn is_beside_head(header: &[Word<'_, '_>], word: &Word<'_, '_>) -> bool {
    let mut heads = header
        .iter()
        .filter(|other| super::figure::heads_labels(&other.letters));
    heads.any(|head| head.row == word.row)
}

/// Whether a heading is another word for 总计.
fn is_total(letters: &str) -> bool {
    matches!(letters, "合计" | "总数" | "共计" | "总和" | "累计合计")
}

/// The columns that headings which are none of the form's are likely to mean, each with its place in the header.
fn near<'t>(
    form: &Form,
    section: usize,
    header: &[Word<'t, '_>],
    found: &[(Headed, usize, usize)],
    missing: &[usize],
) -> Result<Vec<(usize, usize)>, Trouble<'t>> {
    let Some(columns) = form.sections().get(section).map(Section::columns) else {
        return Err(Trouble::Headings);
    };
    let (mut places, mut choices) = (Vec::new(), Vec::new());
    let mut foreign: Option<(usize, TextCell<'t>)> = None;
    let first = found.iter().map(|(_, at, _)| *at).min().unwrap_or(0);
    let last = found.iter().map(|(_, at, _)| *at).max().unwrap_or(0);
    for (at, word) in header
        .iter()
        .enumerate()
        .filter(|(_, word)| !word.is_heading())
    {
        let fits = |column: &usize| {
            let it = columns.get(*column);
            let mut spellings = it.iter().flat_map(|it| {
                std::iter::once(it.label()).chain(it.also().iter().map(String::as_str))
            });
            let whole = it.is_some_and(crate::form::Column::whole);
            (whole && is_total(&word.letters))
                || spellings.any(|label| {
                    let label = letters(label);
                    other(&label) == other(&word.letters) && is_near(&word.letters, &label)
                })
        };
        let fitting: Vec<usize> = missing.iter().copied().filter(fits).collect();
        if !fitting.is_empty() {
            places.push(at);
            choices.push(fitting);
        } else if !word.is_known() && !super::figure::heads_labels(&word.letters) {
            // The one that stands among most of those that are known.
            let near = match word.beside {
                true => {
                    let known = found.iter().filter(|(_, _, row)| *row == word.row).count();
                    known + usize::from(is_beside_head(header, word))
                }
                false => usize::from(!found.is_empty() && (first..=last + 1).contains(&at)),
            };
            if near > foreign.map_or(0, |(most, _)| most) {
                foreign = Some((near, word.cell));
            }
        }
    }
    let distinct =
        |chosen: &Vec<usize>| chosen.iter().collect::<HashSet<_>>().len() == chosen.len();
    let chosen = in_order(&choices).filter(distinct);
    match chosen.filter(|chosen| chosen.len() == missing.len()) {
        Some(chosen) => Ok(chosen.into_iter().zip(places).collect()),
        None => Err(foreign.map_or(Trouble::Headings, |(_, cell)| Trouble::Heading(cell))),
    }
}

/// The heading of the only column of a section: it may be missing, but must not be that of other figures.
fn lone<'t>(
    form: &Form,
    section: usize,
    header: &[Word<'t, '_>],
) -> Result<(Order, Misspelt<'t>), Trouble<'t>> {
    let Some(column) = form
        .sections()
        .get(section)
        .and_then(|it| it.columns().first())
    else {
        return Ok((vec![0], Vec::new()));
    };
    if let Some(word) = header
        .iter()
        .find(|word| word.in_section(section).is_some())
    {
        let misspelt = word.differs(form).then_some((0, word.cell));
        return Ok((vec![0], misspelt.into_iter().collect()));
    }
    // What stands behind 信息内容 heads the values.
    let head = header
        .iter()
        .rposition(|word| super::figure::heads_labels(&word.letters));
    let behind = head
        .and_then(|head| header.get(head + 1..))
        .unwrap_or_default();
    let beside = |word: &&Word<'t, '_>| {
        let head = head.and_then(|head| header.get(head));
        head.is_some_and(|head| !head.beside || head.row == word.row)
    };
    let Some(word) = behind
        .iter()
        .find(beside)
        .filter(|word| word.rows.is_empty())
    else {
        return Ok((vec![0], Vec::new()));
    };
    let label = letters(column.label());
    let same_figures = other(&label) == other(&word.letters);
    match super::figure::figure(&word.letters) {
        super::figure::Figure::This | super::figure::Figure::Year(_) => Ok((vec![0], Vec::new())),
        _ if same_figures && is_near(&word.letters, &label) => Ok((vec![0], vec![(0, word.cell)])),
        _ => Err(Trouble::Heading(word.cell)),
    }
}

struct Found {
    meaning: Headed,
    line: usize,
}

/// The order that the headings of a section make.
fn ordered(form: &Form, section: usize, found: &[Found]) -> Option<Order> {
    let columns = form.sections().get(section)?.columns();
    let leaf = |it: &Found| match it.meaning {
        Headed::Column(column) => Some(column),
        Headed::Group(_) => None,
    };
    let leaves: Order = found.iter().filter_map(leaf).collect();
    // Merged headings that are repeated on each line of the header: its last line has all of them, and those before it have
    // each that is merged.
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
    let first = found.iter().find(|it| leaf(it).is_some())?.line;
    let beside = |column: &usize| {
        let of_column = Headed::Column(*column);
        found
            .iter()
            .any(|it| it.meaning == of_column && it.line == first)
    };
    // Where two lines were joined, the label above several columns stands beside them.
    let with_group = |it: &Found| matches!(it.meaning, Headed::Group(_)) && it.line == first;
    if leaves.iter().all(beside) && !found.iter().any(with_group) {
        return Some(leaves);
    }
    expanded(columns, found)
}

/// Whether each column stands there once.
fn is_permutation(order: &[usize], columns: usize) -> bool {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..columns)
}

/// A header over several lines: the label above several columns is replaced, in place, by theirs.
fn expanded(columns: &[crate::form::Column], found: &[Found]) -> Option<Order> {
    let mut order: Vec<Result<usize, usize>> = Vec::new();
    let mut below: HashMap<usize, Vec<usize>> = HashMap::new();
    for it in found {
        match it.meaning {
            Headed::Group(group) => {
                if !order.contains(&Err(group)) {
                    order.push(Err(group));
                }
            }
            Headed::Column(column) => {
                let group = columns.get(column)?.group();
                let first = columns
                    .iter()
                    .position(|it| group.is_some() && it.group() == group);
                match first {
                    Some(first) if order.contains(&Err(first)) => {
                        below.entry(first).or_default().push(column);
                    }
                    // Without the label above them there is no telling where on the first line they belong.
                    Some(_) => return None,
                    None => order.push(Ok(column)),
                }
            }
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

/// A section that is printed across: its rows, as they follow each other, and the columns below each.
pub(crate) struct Across {
    pub rows: Vec<usize>,
    pub order: Order,
}

/// The order in which a header says that a section printed across has its rows and columns.
pub(crate) fn across(form: &Form, header: &[Word<'_, '_>]) -> Option<Across> {
    let sections = form.sections().iter().enumerate();
    let mut sections = sections.filter(|(_, section)| section.across());
    sections.find_map(|(section, it)| {
        let of_section = |row: &&usize| it.rows().contains(row);
        let rows = header
            .iter()
            .filter_map(|word| word.rows.iter().find(of_section));
        let rows = in_blocks(form, it, &rows.copied().collect::<Vec<_>>())?;
        let leaf = |word: &Word<'_, '_>| match word.in_section(section)? {
            Headed::Column(column) => Some(column),
            Headed::Group(_) => None,
        };
        let width = it.columns().len();
        // Merged headings that are repeated on each line of the header: its last line has all of them.
        let last = header
            .iter()
            .rfind(|word| word.beside && leaf(word).is_some());
        let in_last = header
            .iter()
            .filter(|word| last.is_some_and(|last| last.row == word.row));
        let in_last: Order = in_last.filter_map(leaf).collect();
        let leaves: Order = match in_last.len() == width * rows.len() {
            true => in_last,
            false => header.iter().filter_map(leaf).collect(),
        };
        let order = leaves.get(..width)?.to_vec();
        let same = leaves.chunks(width.max(1)).all(|run| run == order);
        let whole = leaves.len() == width * rows.len() && is_permutation(&order, width);
        (same && whole).then_some(Across { rows, order })
    })
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
