//! How much a broken rule weighs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// How much a broken rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 强制性审核 (hard edit): it must hold.
    Hard,
    /// 核实性审核 (soft edit, query edit): where it does not hold, an explanation is asked for.
    Soft,
}

impl Severity {
    /// What it is called: 强制性, 核实性.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Severity::Hard => lang.pick("强制性", "hard"),
            Severity::Soft => lang.pick("核实性", "soft"),
        }
    }
}

impl fmt::Display for Severity {
    /// Its [`name`](Severity::name) in Chinese.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name(Lang::Zh))
    }
}
