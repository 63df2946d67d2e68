//! The three values of a rule, and their logic.

use std::fmt;
use std::ops::{BitAnd, BitOr, Not};

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// What became of a rule. Combined by Kleene's three-valued logic: an undetermined part makes the whole undetermined only
/// where the other parts do not decide it.
///
/// Blank cells make a comparison undetermined where it can hold and can fail by what they may hold: a count or an amount
/// nothing or more, a change anything. So `total = one + other` fails where `one` is more than `total`, though `other` is
/// blank. Each comparison is looked at by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The rule holds.
    Pass,
    /// The rule does not hold.
    Fail,
    /// Blank cells leave it open.
    Undetermined,
}

impl Outcome {
    /// What it is called: 符合, 不符合, 无法判定.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Outcome::Pass => lang.pick("符合", "holds"),
            Outcome::Fail => lang.pick("不符合", "fails"),
            Outcome::Undetermined => lang.pick("无法判定", "undetermined"),
        }
    }
}

impl fmt::Display for Outcome {
    /// Its [`name`](Outcome::name) in Chinese.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name(Lang::Zh))
    }
}

impl From<bool> for Outcome {
    fn from(holds: bool) -> Self {
        if holds { Outcome::Pass } else { Outcome::Fail }
    }
}

impl Not for Outcome {
    type Output = Outcome;

    fn not(self) -> Outcome {
        match self {
            Outcome::Pass => Outcome::Fail,
            Outcome::Fail => Outcome::Pass,
            Outcome::Undetermined => Outcome::Undetermined,
        }
    }
}

impl BitAnd for Outcome {
    type Output = Outcome;

    fn bitand(self, other: Outcome) -> Outcome {
        match (self, other) {
            (Outcome::Fail, _) | (_, Outcome::Fail) => Outcome::Fail,
            (Outcome::Pass, Outcome::Pass) => Outcome::Pass,
            _ => Outcome::Undetermined,
        }
    }
}

impl BitOr for Outcome {
    type Output = Outcome;

    fn bitor(self, other: Outcome) -> Outcome {
        !(!self & !other)
    }
}
