//! What is printed of a report, in Chinese: a line a finding, and one that sums it up. For English, and for JSON, see
//! [`Report::view`].

use std::fmt;

use super::finding::Finding;
use super::{Report, Verdict};
use crate::lang::Lang;
use crate::rule::Outcome;

impl Verdict {
    /// What it is called: 有错误，须改正.
    ///
    /// ```
    /// use xxgk::{Lang, Verdict};
    /// assert_eq!(Verdict::Query.name(Lang::En), "query");
    /// assert_eq!(Verdict::Query.to_string(), "需要核实");
    /// ```
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Verdict::Unreadable => lang.pick("无法读取", "unreadable"),
            Verdict::Inconsistent => lang.pick("有错误，须改正", "inconsistent"),
            Verdict::Incomplete => lang.pick("有缺项，不能判定", "incomplete"),
            Verdict::Query => lang.pick("需要核实", "query"),
            Verdict::Consistent => lang.pick("相符", "consistent"),
        }
    }
}

impl fmt::Display for Verdict {
    /// Its [`name`](Verdict::name) in Chinese.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name(Lang::Zh))
    }
}

impl fmt::Display for Finding {
    /// Its rule, how much it weighs, and its sentence, in Chinese: `R301（强制性）“收到申请数”为…`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.outcome {
            Outcome::Undetermined => self.outcome.name(Lang::Zh),
            _ => self.severity.name(Lang::Zh),
        };
        write!(f, "{}（{weight}）{}", self.rule, self.message.zh)
    }
}

impl fmt::Display for Report {
    /// What is wrong and what is to be looked at, a line each, and the counts with the verdict.
    ///
    /// ```
    /// use xxgk::{Table, nine_category::NineCategory};
    /// let report = NineCategory::default().check();
    /// assert_eq!(report.to_string(), "28条规则，0条符合，0条不符合，28条无法判定。结论：有缺项，不能判定");
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in self.failed() {
            writeln!(f, "{finding}")?;
        }
        if let Some(source) = &self.source {
            write!(f, "{source}：")?;
        }
        if let Some(table) = self.table {
            write!(f, "第{table}张表，")?;
        }
        let counts = self.counts;
        if self.form.is_some() {
            write!(
                f,
                "{}条规则，{}条符合，{}条不符合，{}条无法判定。",
                counts.rules, counts.passed, counts.failed, counts.undetermined
            )?;
        }
        write!(f, "结论：{}", self.verdict())
    }
}
