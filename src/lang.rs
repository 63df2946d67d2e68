//! The two languages that users read.

use std::fmt;
use std::str::FromStr;

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

impl fmt::Display for Lang {
    /// `zh` or `en`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.pick("zh", "en"))
    }
}

/// The name is none of a language that messages are written in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("messages are written in `zh` and `en`, not in `{0}`")]
pub struct UnknownLang(pub String);

impl FromStr for Lang {
    type Err = UnknownLang;

    /// From `zh` or `en`.
    ///
    /// ```
    /// use xxgk::Lang;
    /// assert_eq!("en".parse(), Ok(Lang::En));
    /// assert!("fr".parse::<Lang>().is_err());
    /// ```
    fn from_str(name: &str) -> Result<Self, UnknownLang> {
        match name {
            "zh" => Ok(Lang::Zh),
            "en" => Ok(Lang::En),
            _ => Err(UnknownLang(name.to_owned())),
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
