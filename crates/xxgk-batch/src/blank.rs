//! Texts and numbers that stand for a blank.

use crate::number;

/// What stands for a blank besides a null and an empty text: `NA`, `n/a`, `-`, or a number such as -9999.
#[derive(Clone, Debug, Default)]
pub struct Blanks {
    texts: Vec<String>,
    any_number: bool,
}

impl Blanks {
    /// Each of these, spaces around it left away.
    pub fn new(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let texts = texts.into_iter();
        let texts: Vec<String> = texts.map(|it| it.as_ref().trim().to_owned()).collect();
        Blanks {
            any_number: texts.iter().any(|it| number::text(it, 0).is_ok()),
            texts,
        }
    }

    /// Whether a text is blank.
    pub(crate) fn contains(&self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || self.texts.iter().any(|it| it == text)
    }

    /// Whether a number is among them: then no column can be taken as it lies in memory.
    pub(crate) fn any_number(&self) -> bool {
        self.any_number
    }

    /// The numbers among them, in units of 10^−`decimals`.
    pub(crate) fn numbers(&self, decimals: u32) -> Vec<i128> {
        let texts = self.texts.iter();
        texts
            .filter_map(|it| number::text(it, decimals).ok())
            .collect()
    }
}
