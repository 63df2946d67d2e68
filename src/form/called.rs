//! What a column of records may be called that holds one cell of each: a key, a code, a label as people write it.

use std::collections::HashMap;

use super::heading::{Headed, Heading};
use super::{Form, Labels};
use crate::toml_file::nearest;
use crate::unicode::letters;

/// What stands between the pieces of a path, as in `行政复议数量/被依法纠错数`, and around a column: `予以公开（自然人）`.
const BETWEEN: &[char] = &[
    '/', '／', '\\', '>', '＞', '-', '－', '–', '—', '|', '｜', '_', '(', ')', '（', '）',
];

/// The names of the cells and the parameters of a form, both called slots here: a cell by its index, and the parameters
/// behind the cells.
#[derive(Clone, Debug)]
pub struct Names<'f> {
    form: &'f Form,
    /// By key, by code, and by the label of a parameter.
    exact: HashMap<String, Vec<usize>>,
    /// By the key with underscores for its dots.
    flat: HashMap<String, Vec<usize>>,
    /// The rows by the letters of what messages call them.
    named: HashMap<String, Vec<usize>>,
}

/// One piece of a path, and what of the form is printed like it.
struct Piece<'f> {
    letters: String,
    rows: Vec<usize>,
    headings: &'f [Heading],
}

impl Piece<'_> {
    fn is_printed(&self) -> bool {
        !self.rows.is_empty() || !self.headings.is_empty()
    }
}

impl<'f> Names<'f> {
    /// The names that a form gives.
    #[must_use]
    pub fn new(form: &'f Form) -> Self {
        let mut names = Names {
            form,
            exact: HashMap::new(),
            flat: HashMap::new(),
            named: HashMap::new(),
        };
        for (index, row) in form.rows().iter().enumerate() {
            add(&mut names.named, &letters(row.name()), index);
        }
        for (slot, cell) in form.indicators().iter().enumerate() {
            names.add(slot, cell.key());
            if cell.code() != cell.key() {
                add(&mut names.exact, cell.code(), slot);
            }
        }
        for (index, parameter) in form.parameters().iter().enumerate() {
            let slot = form.cells() + index;
            names.add(slot, parameter.key());
            for label in [&parameter.label().zh, &parameter.label().en] {
                add(&mut names.exact, label, slot);
            }
        }
        names
    }

    fn add(&mut self, slot: usize, key: &str) {
        add(&mut self.exact, key, slot);
        if key.contains('.') {
            add(&mut self.flat, &key.replace('.', "_"), slot);
        }
    }

    /// The slots that a name can mean: by key or code, by the key with underscores, by the label, or by a path of labels
    /// where one label is not enough. More than one means that it is not known which.
    ///
    /// ```
    /// use xxgk::form::Names;
    /// use xxgk::{Table, nine_category::NineCategory};
    /// let form = NineCategory::form();
    /// let names = Names::new(form);
    /// let cell = form.cell("requests.received.total");
    /// for name in ["requests.received.total", "requests_received_total", "3.1", "(一)收到申请数", "收到申请数（件）"] {
    ///     assert_eq!(names.slots(name).first().copied(), cell);
    /// }
    /// assert_eq!(names.slots("被依法纠错数").len(), 2);
    /// assert_eq!(names.slots("行政复议数量/被依法纠错数").len(), 1);
    /// ```
    #[must_use]
    pub fn slots(&self, name: &str) -> Vec<usize> {
        let name = name.trim();
        let named = self.exact.get(name).or_else(|| self.flat.get(name));
        if let Some(slots) = named {
            return slots.clone();
        }
        let whole = self.cells_at(&[self.piece(name)]);
        if !whole.is_empty() || !name.contains(BETWEEN) {
            return whole;
        }
        self.cells_at(&self.pieces(name))
    }

    /// The name that a person would write for a slot, and that means no other: the label, after as much of what it is printed
    /// under as it takes; the key where labels do not tell it apart.
    #[must_use]
    pub fn written(&self, slot: usize) -> String {
        let key = || self.form.slot_key(slot).unwrap_or_default().to_owned();
        let Some(cell) = self.form.indicator(slot) else {
            return key();
        };
        let above = self.above(cell.row());
        let titles = self.form.rows().get(cell.row()).map(|row| row.section());
        let section = titles.and_then(|at| self.form.sections().get(at));
        let column = cell
            .column()
            .and_then(|at| section?.columns().get(at))
            .filter(|_| section.is_some_and(|it| it.columns().len() > 1));
        let group = column.and_then(|column| column.group());
        let name = |row: &usize| self.form.rows().get(*row).map(|row| row.name());
        let title = section.map(|it| it.title()).filter(|it| !it.is_empty());
        for title in [None, title] {
            for count in 0..=above.len() {
                for group in [None, group] {
                    let rows = above.iter().take(count).rev().filter_map(name);
                    let path: Vec<&str> = title
                        .into_iter()
                        .chain(rows)
                        .chain(name(&cell.row()))
                        .chain(group)
                        .chain(column.map(|column| column.label()))
                        .collect();
                    let path = path.join("/");
                    if self.slots(&path) == [slot] {
                        return path;
                    }
                }
            }
        }
        key()
    }

    /// The slot that a name which means none is likely to be meant for.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<usize> {
        let labels = self.form.labels();
        let pieces = self.pieces(name);
        let exact = pieces.iter().find(|piece| !piece.rows.is_empty());
        let rows = match exact {
            Some(piece) => &piece.rows,
            None => labels.nearest(name),
        };
        let cells = rows.iter().filter_map(|row| self.form.rows().get(*row));
        let cell = cells.flat_map(|row| row.cells()).next();
        cell.or_else(|| {
            let keys = self.exact.keys().chain(self.flat.keys());
            let slots = self.slots(&nearest(name, keys.map(String::as_str))?);
            slots.first().copied()
        })
    }

    fn piece(&self, text: &str) -> Piece<'f> {
        let letters = letters(text);
        let mut rows = self.form.labels().of_letters(&letters).to_vec();
        for row in self.named.get(&letters).into_iter().flatten() {
            if !rows.contains(row) {
                rows.push(*row);
            }
        }
        Piece {
            rows,
            headings: self.form.headings().of_letters(&letters),
            letters,
        }
    }

    /// The pieces of a path. The number of a label is none: （一）. A label may have such signs of its own: 本年增/减.
    fn pieces(&self, name: &str) -> Vec<Piece<'f>> {
        let ends: Vec<usize> = name.match_indices(BETWEEN).map(|(at, _)| at).collect();
        let ends = || ends.iter().copied().chain([name.len()]);
        let mut pieces = Vec::new();
        let mut rest = 0;
        while rest < name.len() {
            let upto = |end: usize| Some((end, self.piece(name.get(rest..end)?)));
            let mut longer = ends().filter(|end| *end > rest).filter_map(upto);
            let Some(shortest) = longer.next() else {
                break;
            };
            let printed = |(_, piece): &(usize, Piece<'_>)| piece.is_printed();
            let longest = match shortest.1.is_printed() {
                true => None,
                false => longer.find(printed),
            };
            let (end, piece) = longest.unwrap_or(shortest);
            if !Labels::is_numeral(&piece.letters) {
                pieces.push(piece);
            }
            rest = end
                + name
                    .get(end..)
                    .and_then(|it| it.chars().next())
                    .map_or(0, char::len_utf8);
        }
        pieces
    }

    fn cells_at(&self, pieces: &[Piece<'_>]) -> Vec<usize> {
        let cells = 0..self.form.cells();
        cells.filter(|cell| self.is_at(pieces, *cell)).collect()
    }

    /// Whether a path leads to a cell: one piece is its row, another its column where there are several, and what is left
    /// is printed above or beside them.
    fn is_at(&self, pieces: &[Piece<'_>], cell: usize) -> bool {
        let Some(cell) = self.form.indicator(cell) else {
            return false;
        };
        let row = self.form.rows().get(cell.row());
        let Some(section) = row.map(|row| row.section()) else {
            return false;
        };
        let columns = self.form.sections().get(section).map(|it| it.columns());
        let columns = columns.unwrap_or_default();
        let column = cell.column().map(|column| Heading {
            section,
            meaning: Headed::Column(column),
        });
        let rows = (0..pieces.len()).filter(|at| {
            let piece = pieces.get(*at);
            piece.is_some_and(|piece| piece.rows.contains(&cell.row()))
        });
        let headed = |at: &usize| {
            let headings = pieces.get(*at).map_or(&[][..], |piece| piece.headings);
            column.is_some_and(|column| headings.contains(&column))
        };
        let others = |used: &[usize]| {
            let mut pieces = pieces.iter().enumerate();
            pieces
                .all(|(at, piece)| used.contains(&at) || self.is_around(piece, cell.row(), column))
        };
        let mut rows = rows;
        rows.any(|row| {
            let alone = columns.len() < 2 && others(&[row]);
            let mut columns = (0..pieces.len()).filter(headed);
            alone || columns.any(|column| column != row && others(&[row, column]))
        })
    }

    /// Whether a piece is printed above a row, or above a column: a heading, the title of the section; or beside the row: a
    /// note, a unit.
    fn is_around(&self, piece: &Piece<'_>, row: usize, column: Option<Heading>) -> bool {
        let Some(of_row) = self.form.rows().get(row) else {
            return false;
        };
        let Some(section) = self.form.sections().get(of_row.section()) else {
            return false;
        };
        let group = |at: usize| section.columns().get(at).and_then(|column| column.group());
        let grouped = |heading: &Heading| match (heading.meaning, column.map(|it| it.meaning)) {
            (Headed::Group(first), Some(Headed::Column(column))) => {
                heading.section == of_row.section() && group(first) == group(column)
            }
            _ => false,
        };
        let beside = [
            of_row.note().unwrap_or_default(),
            of_row.unit(),
            section.title(),
        ];
        let beside = beside.iter().any(|text| {
            let text = letters(text);
            !text.is_empty() && text == piece.letters
        });
        beside
            || piece.headings.iter().any(grouped)
            || self.above(row).iter().any(|row| piece.rows.contains(row))
    }

    /// The rows that a row is printed under, the nearest first.
    fn above(&self, row: usize) -> Vec<usize> {
        let above = |row: &usize| self.form.rows().get(*row)?.parent;
        std::iter::successors(above(&row), above).collect()
    }
}

fn add(names: &mut HashMap<String, Vec<usize>>, name: &str, slot: usize) {
    let slots = names.entry(name.to_owned()).or_default();
    if !slots.contains(&slot) {
        slots.push(slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(form: &str, name: &str) -> Vec<String> {
        let form = crate::forms().iter().find(|it| it.id() == form).unwrap();
        let slots = Names::new(form).slots(name).into_iter();
        slots
            .map(|slot| form.slot_key(slot).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn every_cell_of_every_form_has_a_name_that_means_it_alone() {
        for form in crate::forms() {
            let names = Names::new(form);
            let mut by_key = Vec::new();
            for cell in 0..form.cells() {
                let name = names.written(cell);
                assert_eq!(names.slots(&name), [cell], "{name}");
                by_key.extend(Some(name).filter(|name| form.slot_key(cell) == Some(name)));
            }
            assert_eq!(by_key, [""; 0], "{}", form.id());
        }
    }

    #[test]
    fn a_label_that_stands_twice_needs_what_it_stands_under() {
        for (name, expected) in [
            (
                "(二)被依法纠错数",
                &["reconsideration.corrected", "litigation.corrected"][..],
            ),
            ("行政诉讼数量/被依法纠错数", &["litigation.corrected"]),
            (
                "五、行政诉讼数量 - (二)被依法纠错数",
                &["litigation.corrected"],
            ),
            (
                "被依法纠错数（行政复议数量）",
                &["reconsideration.corrected"],
            ),
            ("被依法纠错数/被依法纠错数", &[]),
            ("举报投诉数量/被依法纠错数", &[]),
            // Another year, another unit: not the cell.
            ("收到申请数（2016）", &[]),
            ("收到申请数/2016年", &[]),
            ("依申请公开信息收取的费用（元）", &[]),
            ("依申请公开信息收取的费用（万元）", &["fees"]),
            ("上年结转申请数", &["carried_in"]),
            ("", &[]),
            ("/", &[]),
        ] {
            assert_eq!(keys("nine-category", name), expected, "{name}");
        }
    }

    #[test]
    fn a_cell_of_a_table_with_columns_needs_both() {
        for (name, expected) in [
            ("规章", &[][..]),
            ("规章/现行有效件数", &["disclosure.rules.in_force"]),
            (
                "其他处理中的其他（其他）",
                &["requests.outcomes.other.other.other"],
            ),
            ("现行有效件数_规章", &["disclosure.rules.in_force"]),
            ("行政许可", &["disclosure.licences.decisions"]),
            (
                "不予公开/属于国家秘密/法人或其他组织/商业企业",
                &["requests.outcomes.refused.state_secret.business"],
            ),
        ] {
            assert_eq!(keys("national-2021", name), expected, "{name}");
        }
    }
}
