//! How much a finding weighs where there are three levels: in CI, on screens.

use xxgk::{Finding, Outcome, Severity};

/// How much a finding weighs, the heaviest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It must be corrected (强制性).
    Error,
    /// It is to be looked at (核实性).
    Warning,
    /// Blank cells leave it open.
    Note,
}

impl Level {
    /// The level of a finding: of its severity, but a rule that blank cells leave open says nothing is wrong.
    #[must_use]
    pub fn of(finding: &Finding) -> Level {
        match finding.severity {
            _ if finding.outcome == Outcome::Undetermined && finding.statement.is_some() => {
                Level::Note
            }
            Severity::Hard => Level::Error,
            Severity::Soft => Level::Warning,
        }
    }
}
