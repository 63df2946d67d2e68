//! What the rules of a form say of each other: whether they contradict each other, say the same twice, or say nothing.
//!
//! Nothing is sampled: a remark is proven over all tables that there can be, each cell holding any value of its kind and
//! what is declared beside the table any number. Hard rules are held against hard rules, a soft rule against the hard ones.
//! Rules that are switched off, and rules between years, are not looked at.
//!
//! ```
//! use xxgk::analyse::{RemarkKind, analyse};
//! # use xxgk::{Lang, Table, Value, nine_category::NineCategory};
//! let form = NineCategory::form();
//! assert!(analyse(form).remarks.iter().all(|it| it.kind == RemarkKind::Unused));
//!
//! // 共有 = 专职 + 兼职 already says so.
//! let form = form.extend(r#"
//!     [[rule]]
//!     id = "H001"
//!     severity = "hard"
//!     statement = "capacity.staff.full_time <= capacity.staff.total"
//!     basis = { zh = "本市要求", en = "house rule" }
//! "#)?;
//! let analysis = analyse(&form);
//! let remark = &analysis.remarks[0];
//! assert_eq!((remark.kind, &*remark.rules[0], &*remark.by[0]), (RemarkKind::Redundant, "H001", "R801"));
//! assert_eq!(remark.message.get(Lang::En), "Rule H001 follows from rule R801: it asks for nothing more.");
//! # Ok::<(), xxgk::form::FormError>(())
//! ```

mod remark;
mod run;
mod scope;

use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::form::Form;
use crate::lang::Text;
use crate::number::Value;

/// What is done at most for one form, in terms of constraints that are looked at: some seconds, of which the forms that people
/// fill in take a small part.
const WORK: u64 = 50_000_000;

/// What the rules of a form come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Analysis {
    /// What is to be said of the rules, the gravest first.
    pub remarks: Vec<Remark>,
    /// What the hard rules leave to each cell, in form order.
    pub ranges: Vec<CellRange>,
}

/// What all hard rules together leave to a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CellRange {
    /// The index of the cell in its form.
    pub cell: usize,
    /// Its key.
    pub key: Arc<str>,
    /// The least and the largest value that it has in any table on which every hard rule holds; where that is the least or
    /// the largest that such a cell can hold, the rules do not bound it. `None` where the rules that it is linked with
    /// contradict each other, or where it was not found out: the remarks say which.
    pub range: Option<[Value; 2]>,
}

impl CellRange {
    /// The least and the largest value, each where the rules bound it. The parts of a total that nothing bounds are not taken
    /// to be bounded by each other.
    #[must_use]
    pub fn bounds(&self) -> [Option<Value>; 2] {
        let Some([least, most]) = self.range else {
            return [None; 2];
        };
        let [small, large] = Value::open([least, most]);
        [(!small).then_some(least), (!large).then_some(most)]
    }
}

impl Serialize for CellRange {
    /// The key, `min` and `max`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("CellRange", 3)?;
        out.serialize_field("key", &*self.key)?;
        out.serialize_field("min", &self.range.map(|[min, _]| min))?;
        out.serialize_field("max", &self.range.map(|[_, max]| max))?;
        out.end()
    }
}

/// One thing that is to be said of rules, or of cells.
///
/// Of rules that are said of each row or column, one remark may be about several of these: it is so of each by itself, and by
/// those rules that are said of the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Remark {
    /// What it is.
    pub kind: RemarkKind,
    /// The rules that it is about, by [`Instance::id`](crate::form::Instance::id).
    pub rules: Vec<Arc<str>>,
    /// The keys of the cells that it is about, where it is about cells.
    pub cells: Vec<Arc<str>>,
    /// The hard rules that it follows from, beside those that it is about and the values that cells can hold.
    pub by: Vec<Arc<str>>,
    /// Whether none of the rules that it follows from, or that contradict each other, could be left away; `false` where that
    /// was not found out.
    pub minimal: bool,
    /// The remark as a sentence.
    pub message: Text,
}

/// What a remark is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RemarkKind {
    /// Hard rules that no table satisfies together. Of these, and of what they are linked with by cells, nothing else is said
    /// but what each rule says by itself: anything would follow.
    Contradiction,
    /// A rule that no table satisfies.
    NeverHolds,
    /// A soft rule that no table satisfies on which the hard rules hold.
    NeverTogether,
    /// A rule that every table satisfies.
    NeverFails,
    /// A rule that follows from other hard rules. All such rules could be left away together: of two that say the same, it
    /// is the later that does not add anything.
    Redundant,
    /// An inequality whose sides are equal wherever the hard rules hold.
    OnlyEqual,
    /// Cells to which the hard rules leave one value.
    Bounded,
    /// Cells that no rule speaks of, not even one between years.
    Unused,
    /// Rules and cells of which not everything was found out within the bound on work.
    Untold,
}

/// Holds the rules of a form against each other.
#[must_use]
pub fn analyse(form: &Form) -> Analysis {
    analyse_within(form, WORK)
}

/// As [`analyse`], with a bound on what is done before the rest is left untold, in terms of constraints that are looked at.
#[must_use]
pub fn analyse_within(form: &Form, work: u64) -> Analysis {
    let mut run = run::Run::new(form, work);
    let ranges = run.all();
    Analysis {
        remarks: remark::remarks(form, run.rules(), run.found()),
        ranges,
    }
}
