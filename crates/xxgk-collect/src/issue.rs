//! What is wrong with a table as rows of a list: one an item, or one a cell where it is known which cells are wrong.

use xxgk::form::Form;
use xxgk::{Cell, Change, Correction, Finding, Lang, Number, Report};
use xxgk_show::groups::{Group, groups, shortened};
use xxgk_show::html::Table;

/// What is said where the records have to tell which figure is right.
const LEDGER: &str = "请对照台账核实。";
/// So many rows of a group whose cells are all wrong; the sentence names them all.
const CELLS: usize = 20;

/// How much an item weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// It must be corrected.
    Hard,
    /// It is to be looked at.
    Soft,
}

impl Weight {
    /// What it is called in the list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Weight::Hard => "须改正",
            Weight::Soft => "须核实",
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A number.
    Number(Number),
    /// A text that is no number, or that the cell is blank.
    Text(String),
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issue {
    /// How much it weighs.
    pub weight: Weight,
    /// Where in the file.
    pub place: String,
    /// The official name of the row.
    pub row: String,
    /// What is wrong, and what to do.
    pub sentence: String,
    /// What stands there.
    pub current: Option<Figure>,
    /// What should stand there, where one correction is certain or likely.
    pub should: Option<Number>,
}

/// What is wrong with a table, in the order in which it is to be read.
#[must_use]
pub fn issues(table: &Table<'_>) -> Vec<Issue> {
    let form = table.reading.and_then(|it| it.form.as_deref());
    let groups = groups(table.report, false);
    let rows = groups.iter().map(|group| of_group(group, table, form));
    rows.flatten().collect()
}

fn of_group(group: &Group<'_>, table: &Table<'_>, form: Option<&Form>) -> Vec<Issue> {
    let weight = match group.is_soft() {
        true => Weight::Soft,
        false => Weight::Hard,
    };
    let sentence = group.sentence(form, Lang::Zh);
    let wrong: &[Change] = match group.correction.map(|it| &it.sets[..]) {
        // Several sets: which of them is wrong, only the records tell.
        Some([set]) => &set.cells,
        _ => &[],
    };
    if !wrong.is_empty() {
        let wrong = wrong.iter().take(CELLS);
        return wrong
            .map(|change| changed(change, table, weight, &sentence))
            .collect();
    }
    let of_rule = |it: &&&Finding| it.statement.is_some();
    let open = group.correction.is_some() || group.findings.iter().any(|it| of_rule(&it));
    vec![Issue {
        weight,
        sentence: match open {
            true => with_ledger(sentence),
            false => sentence,
        },
        ..first(group, table.report)
    }]
}

/// A sentence that says to look into the records.
fn with_ledger(sentence: String) -> String {
    match sentence.contains("台账") {
        true => sentence,
        false => sentence + LEDGER,
    }
}

/// A cell that is wrong.
fn changed(change: &Change, table: &Table<'_>, weight: Weight, sentence: &str) -> Issue {
    let place = table.reading.and_then(|it| it.place(change.cell));
    let should = change.to();
    Issue {
        weight,
        place: place.map(|it| it.said(Lang::Zh)).unwrap_or_default(),
        row: change.name.to_string(),
        sentence: match should {
            Some(_) => sentence.to_owned(),
            None => with_ledger(sentence.to_owned()),
        },
        current: Some(Figure::Number(change.from.into())),
        should: should.map(Into::into),
    }
}

/// Where to look first: at a sentence of the text, else at the first cell that stands somewhere.
fn first(group: &Group<'_>, report: &Report) -> Issue {
    let claim = group.findings.iter().find_map(|it| it.claim.as_ref());
    let cells = group.cells(report);
    let cell = cells.iter().find(|it| it.place.is_some()).or(cells.first());
    let place = match (claim, cell) {
        (Some(claim), _) => format!("正文{}", claim.said(Lang::Zh)),
        (
            None,
            Some(Cell {
                place: Some(place), ..
            }),
        ) => place.said(Lang::Zh),
        _ => String::new(),
    };
    Issue {
        weight: Weight::Soft,
        place,
        row: cell.map(|it| it.label.to_string()).unwrap_or_default(),
        sentence: String::new(),
        current: cell.and_then(|it| current(it)),
        should: None,
    }
}

/// What a cell holds; nothing is said of one that the form does not have.
pub(crate) fn current(cell: &Cell) -> Option<Figure> {
    let text = cell.place.as_ref().map(|it| it.text.trim());
    match (cell.value, text) {
        (Some(value), _) => Some(Figure::Number(value.into())),
        (None, Some(text)) if !text.is_empty() => Some(Figure::Text(text.to_owned())),
        (None, _) => cell.key.as_ref().map(|_| Figure::Text("空白".to_owned())),
    }
}

/// The only value that each wrong cell can have, by its key.
pub(crate) fn determined(corrections: &[Correction]) -> Vec<(String, Number)> {
    let single = corrections.iter().filter(|it| it.sets.len() == 1);
    let changes = single.flat_map(|it| shortened(it).0.sets);
    let changes = changes.flat_map(|set| set.cells);
    let known = changes.filter_map(|it| Some((it.key.to_string(), Number::from(it.to()?))));
    known.collect()
}
