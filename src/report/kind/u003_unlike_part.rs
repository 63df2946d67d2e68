//! U003: the table of a part is of another form or year than that of the level above.

use super::{Example, FindingKind};
use crate::lang::Text;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "U003",
    title: ["下级的表不同", "an unlike part"],
    meaning: [
        "下级的报告与汇总的报告年度不同，或者用的是另一种表式，没有计入核对。",
        "The table of a part is of another year than that of the level above, or of another form; it was not compared.",
    ],
    severity: Severity::Hard,
    example: Example::OtherYear("requests.received.total", 30, &[Some(10), Some(20)]),
};

/// The names of those parts.
pub(crate) fn message(names: &[&str]) -> Text {
    Text::new(
        format!(
            "“{}”的报告与汇总的报告年度不同，或者用的是另一种表式，没有计入核对，请换成同一年度、同一表式的报告。",
            names.join("”“")
        ),
        format!(
            "“{}”: of another year or form than the level above, and not compared. Use reports of the same year and form.",
            names.join("”, “")
        ),
    )
}
