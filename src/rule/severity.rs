//! How much a broken rule weighs.

use serde::{Deserialize, Serialize};

/// How much a broken rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 强制性审核 (hard edit): it must hold.
    Hard,
    /// 核实性审核 (soft edit, query edit): where it does not hold, an explanation is asked for.
    Soft,
}
