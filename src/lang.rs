//! The two languages that users read.

use serde::{Deserialize, Serialize};

/// The language of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese, as the forms are.
    #[default]
    Zh,
    /// English; the official names of rows stay Chinese.
    En,
}

impl Lang {
    /// One of two phrases.
    ///
    /// ```
    /// assert_eq!(xxgk::Lang::En.pick("规则", "rule"), "rule");
    /// ```
    #[must_use]
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// The same text in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its two languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Text {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    ///
    /// ```
    /// use xxgk::{Lang, Text};
    /// assert_eq!(Text::new("件", "items").get(Lang::En), "items");
    /// ```
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}
