//! The figures of each level against the sum of those below it, the lowest levels first, so that it is known which of the parts
//! are wrong before the level above is looked at.

use std::collections::{HashMap, HashSet};

use xxgk::rollup::{Child, rollup};
use xxgk::{Bound, Counts, Finding, Number, Outcome};

use crate::agencies::Agencies;
use crate::collection::{Entry, Remark, Status};
use crate::filed::Filed;
use crate::issue::Weight;

/// One agency against the sum of those below it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Levels {
    /// The agency, as an index of [`Collection::entries`](crate::Collection::entries).
    pub parent: usize,
    /// How many agencies stand below it.
    pub children: usize,
    /// Those of them whose figures are not there, with the reason.
    pub missing: Vec<String>,
    /// How many figures were compared, and what became of them.
    pub counts: Counts,
    /// The figures that are not the sum.
    pub differences: Vec<SumDifference>,
}

/// A figure that is not the sum of those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SumDifference {
    /// How much it weighs: where parts are missing, what is there is only the least that the sum can be.
    pub weight: Weight,
    /// The official name of the row.
    pub row: String,
    /// The figure of the level above.
    pub parent: Number,
    /// The sum of the parts that are there.
    pub sum: Number,
    /// The first less the second.
    pub difference: Number,
    /// What is found, as a sentence.
    pub sentence: String,
    /// The parts to look at first.
    pub suspects: Vec<Suspect>,
}

/// A part that is likely to be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suspect {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
    doubt: Doubt,
}

/// How likely it is that a part is wrong, the likeliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    /// With what its figure should be, the sum is right.
    Explains,
    /// The figure takes part in something that is wrong.
    Figure,
    /// Something else is wrong.
    Other,
}

/// The figures of an agency that are not the sum of those below it, by their keys.
type Wrong = HashMap<usize, HashSet<String>>;

/// Compares every agency that has reported with those below it, and says of it what was found.
pub(crate) fn levels(list: &Agencies, entries: &mut [Entry], filed: &[Filed]) -> Vec<Levels> {
    let mut parents: Vec<usize> = (0..list.len()).collect();
    parents.sort_by_key(|it| std::cmp::Reverse(list.depth(*it)));
    let (mut all, mut wrong) = (Vec::new(), Wrong::new());
    for parent in parents {
        let children: Vec<usize> = list.children(parent).collect();
        let compared = Parent {
            entries,
            filed,
            wrong: &wrong,
        }
        .compare(parent, &children);
        let Some((levels, keys)) = compared else {
            continue;
        };
        wrong.insert(parent, keys);
        if let Some(entry) = entries.get_mut(parent) {
            entry.remarks.extend(remarks(&levels));
            entry.weigh_remarks();
        }
        all.push(levels);
    }
    all
}

/// What is said of the level above.
fn remarks(levels: &Levels) -> Option<Remark> {
    let hard = levels.differences.iter();
    let hard: Vec<_> = hard.filter(|it| it.weight == Weight::Hard).collect();
    let count = levels.differences.len();
    if count == 0 {
        return None;
    }
    let found = format!("与下级之和不符{count}项，见“汇总核对”");
    let first = |it: &&SumDifference| {
        it.suspects
            .first()
            .is_some_and(|it| it.doubt != Doubt::Other)
    };
    Some(match hard.is_empty() {
        true => Remark::soft(format!("{found}；下级没有报齐，合计只是下限。")),
        // The level above may well be right.
        false if hard.iter().all(first) => Remark::soft(format!("{found}；请先改正下级，再核对。")),
        false => Remark::hard(format!("{found}。")),
    })
}

/// What is known while a level is compared.
struct Parent<'a> {
    entries: &'a [Entry],
    filed: &'a [Filed],
    wrong: &'a Wrong,
}

impl Parent<'_> {
    /// Compares an agency with those below it, if it has figures; with the keys of the figures that are wrong for sure.
    fn compare(&self, parent: usize, children: &[usize]) -> Option<(Levels, HashSet<String>)> {
        let above = self.entries.get(parent)?.only(self.filed)?;
        let record = above.record.as_ref()?;
        if children.is_empty() {
            return None;
        }
        let entries = children.iter().filter_map(|it| self.entries.get(*it));
        let parts: Vec<(&Entry, Option<&Filed>)> =
            entries.map(|it| (it, it.only(self.filed))).collect();
        let missing = parts.iter();
        let missing = missing.filter_map(|(entry, filed)| missing_part(entry, *filed, above));
        let missing = missing.collect();
        let all: Vec<Child<'_>> = parts
            .iter()
            .map(|(entry, filed)| Child {
                name: &entry.name,
                record: filed.and_then(|it| it.record.as_ref()),
                year: filed.and_then(|it| it.year),
            })
            .collect();
        let report = rollup(record, above.year, &all);
        let mut keys = HashSet::new();
        let mut differences = Vec::new();
        for finding in report.findings.iter().filter(|it| is_difference(it)) {
            let Some(difference) = self.difference(finding, children) else {
                continue;
            };
            if difference.weight == Weight::Hard {
                let key = finding.cells.first().and_then(|it| it.key.as_deref());
                keys.extend(key.map(str::to_owned));
            }
            differences.push(difference);
        }
        let levels = Levels {
            parent,
            children: children.len(),
            missing,
            counts: report.counts,
            differences,
        };
        Some((levels, keys))
    }

    fn difference(&self, finding: &Finding, children: &[usize]) -> Option<SumDifference> {
        let cell = finding.cells.first()?;
        let key = cell.key.as_deref()?;
        let [parent, sum, difference] = finding.sides?;
        let whole = finding.bounds == [Bound::Exact; 3];
        let suspects = children.iter();
        let mut suspects: Vec<Suspect> = suspects
            .filter_map(|child| self.suspect(*child, key, difference))
            .collect();
        // Of the least that a sum can be, it is not known by how much it is off.
        suspects.sort_by_key(|it| it.doubt);
        if suspects.first().is_some_and(|it| it.doubt != Doubt::Other) {
            suspects.retain(|it| it.doubt != Doubt::Other);
        }
        Some(SumDifference {
            weight: if whole { Weight::Hard } else { Weight::Soft },
            row: cell.label.to_string(),
            parent,
            sum,
            difference,
            sentence: finding.message.zh.clone(),
            suspects,
        })
    }

    /// Whether a part is likely to be wrong, where its level is off by so much.
    fn suspect(&self, child: usize, key: &str, difference: Number) -> Option<Suspect> {
        let entry = self.entries.get(child)?;
        let filed = entry.only(self.filed)?;
        let value = filed.record.as_ref()?.get(key).ok()?.map(Number::from);
        let right = filed.determined.iter().find(|(of, _)| of == key);
        let right = right.map(|(_, right)| *right);
        let explains = |right: &Number| {
            let change = value.and_then(|it| right.checked_sub(it));
            change == Some(difference)
        };
        let is_wrong_sum = self.wrong.get(&child).is_some_and(|it| it.contains(key));
        let (doubt, why) = if let Some(right) = right.filter(explains) {
            let why = format!("该数应为{right}，改正后合计相符");
            (Doubt::Explains, why)
        } else if filed.doubted.iter().any(|it| &**it == key) {
            (Doubt::Figure, "该数有须改正的问题".to_owned())
        } else if is_wrong_sum {
            (Doubt::Figure, "该数与其下级之和不符".to_owned())
        } else if entry.status == Status::Returned {
            (Doubt::Other, "其他数有须改正的问题".to_owned())
        } else {
            return None;
        };
        Some(Suspect {
            name: entry.name.clone(),
            why,
            doubt,
        })
    }
}

fn is_difference(finding: &Finding) -> bool {
    &*finding.rule == "U001" && finding.outcome == Outcome::Fail
}

/// A part whose figures are not in the sum, with the reason.
fn missing_part(entry: &Entry, filed: Option<&Filed>, above: &Filed) -> Option<String> {
    let form = |filed: &Filed| filed.form().map(|it| it.id().to_owned());
    let is_there = filed.is_some_and(|it| form(it) == form(above));
    let missing = || format!("{}（{}）", entry.name, why_missing(entry, filed));
    (!is_there).then(missing)
}

/// Why the figures of a part are not in the sum.
fn why_missing(entry: &Entry, filed: Option<&Filed>) -> &'static str {
    match (entry.status, filed) {
        (_, Some(_)) => "表式不同",
        (Status::NotReported, None) => "未报",
        (Status::Unreadable, None) => "无法读取",
        (_, None) if entry.filed.is_empty() => "年度不符",
        (_, None) => "几份报告数字不同",
    }
}
