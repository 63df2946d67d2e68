//! 汇总核对: each level against the sum of those below it.

use super::sheet::{Cell, Sheet};
use super::{Book, BookError};
use crate::collection::Collection;
use crate::levels::{Levels, SumDifference};

const HEADS: [&str; 9] = [
    "上级单位",
    "性质",
    "指标",
    "上级数",
    "下级之和",
    "差额",
    "说明",
    "先核对的下级",
    "没有计入的下级",
];
const WIDTHS: [u16; 9] = [24, 9, 26, 14, 14, 12, 60, 40, 40];
/// So many parts are named.
const NAMED: usize = 10;

pub(super) fn write(book: &mut Book, collection: &Collection) -> Result<(), BookError> {
    let mut sheet = Sheet::new(book, "汇总核对", &WIDTHS)?;
    sheet.head(&HEADS)?;
    for levels in &collection.levels {
        let name = collection.entries.get(levels.parent);
        let name = name.map_or("", |it| &it.name);
        let missing = || Cell::from(named(&levels.missing));
        let [weight, row, parent, sum, difference, suspects] = [const { Cell::Blank }; 6];
        sheet.row([
            name.into(),
            weight,
            row,
            parent,
            sum,
            difference,
            summary(levels).into(),
            suspects,
            missing(),
        ])?;
        for it in &levels.differences {
            sheet.row([
                name.into(),
                it.weight.name().into(),
                it.row.as_str().into(),
                it.parent.into(),
                it.sum.into(),
                it.difference.into(),
                sentence(it).into(),
                suspects_of(it).into(),
                missing(),
            ])?;
        }
    }
    sheet.end(1)
}

/// What was compared, and what became of it.
fn summary(levels: &Levels) -> String {
    let counts = levels.counts;
    let there = levels.children.saturating_sub(levels.missing.len());
    let open = match counts.undetermined {
        0 => String::new(),
        open => format!("，{open}项不能核对"),
    };
    format!(
        "下级{}个，计入{there}个；核对{}项，{}项相符，{}项不符{open}。",
        levels.children, counts.rules, counts.passed, counts.failed
    )
}

fn sentence(it: &SumDifference) -> String {
    match it.weight {
        crate::Weight::Hard => it.sentence.clone(),
        crate::Weight::Soft => format!("{}下级没有报齐，合计只是下限。", it.sentence),
    }
}

fn suspects_of(it: &SumDifference) -> String {
    let suspects = it.suspects.iter();
    let said: Vec<String> = suspects
        .map(|it| format!("{}（{}）", it.name, it.why))
        .collect();
    named(&said)
}

fn named(names: &[String]) -> String {
    let more = match names.len() {
        0..=NAMED => String::new(),
        all => format!("等{all}个"),
    };
    let named: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    named.join("、") + &more
}
