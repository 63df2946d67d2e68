//! What can be wrong with a TOML file, and the sentences that say so.

use std::fmt;

use super::words::{Found, Wanted, gloss};
use crate::lang::{Lang, Text};

/// What is wrong with a TOML file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TomlProblem {
    /// A sign of a Chinese keyboard where TOML has its own.
    Sign {
        /// The sign.
        written: char,
        /// What TOML has for it.
        meant: char,
    },
    /// A quote that nothing closes.
    OpenQuote,
    /// A text without quotes.
    NoQuotes,
    /// A key without `=`, or two in one line.
    NoEquals,
    /// A key without a value, or with two `=`.
    NoValue,
    /// A bracket that nothing opens or closes.
    Bracket,
    /// A comma too few or too many in brackets.
    Comma,
    /// A key with other signs than letters, digits, `_` and `-`, without quotes.
    KeyLetters,
    /// A number that is not written as TOML has it.
    Number,
    /// A backslash that stands for nothing.
    Escape,
    /// A key that has a value, and keys below it.
    NotATable,
    /// Something else that is not TOML.
    Syntax,
    /// A key that stands twice.
    DuplicateKey(String),
    /// A key that nothing is known of.
    UnknownField {
        /// The key.
        field: String,
        /// The nearest key that there could be.
        nearest: Option<String>,
        /// All of them.
        known: Vec<String>,
    },
    /// A key that must be there.
    MissingField(String),
    /// A value that is none of those that there are.
    UnknownValue {
        /// The value.
        value: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A value of another kind.
    WrongType {
        /// What it is.
        found: Found,
        /// What it should be.
        wanted: Wanted,
    },
}

impl TomlProblem {
    /// What is wrong and what to do, as a sentence in Chinese and in English.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            TomlProblem::Sign { written, meant } => sign(*written, *meant),
            TomlProblem::DuplicateKey(key) => Text::new(
                format!("“{key}”出现了两次，请删去其中一处"),
                format!("`{key}` stands twice: delete one of them"),
            ),
            TomlProblem::UnknownField {
                field,
                nearest,
                known,
            } => unknown_field(field, nearest.as_deref(), known),
            TomlProblem::MissingField(field) => Text::new(
                format!("这里缺少“{field}”，请补上 {field} = …"),
                format!("missing `{field}`: add `{field} = …` here"),
            ),
            TomlProblem::UnknownValue { value, known } => unknown_value(value, known),
            TomlProblem::WrongType {
                found: Found::Integer,
                wanted: Wanted::Integer,
            } => Text::new(
                "这个整数太大，或者是负数：请核对",
                "the whole number is too large or negative: check it",
            ),
            TomlProblem::WrongType { found, wanted } => {
                let (found, wanted) = (found.text(), wanted.text());
                Text::new(
                    format!("这里写的是{}，应为{}", found.zh, wanted.zh),
                    format!("found {}, expected {}", found.en, wanted.en),
                )
            }
            other => other.of_syntax(),
        }
    }

    /// The sentences of a text that is not TOML.
    fn of_syntax(&self) -> Text {
        let [zh, en] = match self {
            TomlProblem::OpenQuote => [
                "引号没有成对：文字两端都要加英文双引号 \"",
                "a quote is not closed: a text has a double quote at both ends",
            ],
            TomlProblem::NoQuotes => [
                "文字没有加引号：请在两端加英文双引号 \"",
                "a text without quotes: put double quotes around it",
            ],
            TomlProblem::NoEquals => [
                "等号不对：每行应为一个键、英文等号 = 和一个值",
                "no single `=`: each line has a key, `=` and a value",
            ],
            TomlProblem::NoValue => [
                "缺少值：请在等号后面写上值，等号只写一个",
                "no value: write one behind a single `=`",
            ],
            TomlProblem::Bracket => [
                "括号没有成对：请检查 [ ] 和 { } 是否都有开头和结尾",
                "a bracket is not closed or not opened: check [ ] and { }",
            ],
            TomlProblem::Comma => [
                "括号中的各项要用英文逗号隔开，一个接一个：请补上或删去逗号",
                "values in brackets have one comma between them: add or delete one",
            ],
            TomlProblem::KeyLetters => [
                "键只能由字母、数字、下划线和连字符组成；要用中文或点作键，请在两端加英文双引号",
                "a key is made of letters, digits, _ and -: put others in double quotes",
            ],
            TomlProblem::Number => [
                "数的写法不对：请只写数字，不带单位、千分位和开头的0；金额写成带引号的文字，如 \"1.5\"",
                "not a number: write digits without units, separators or leading zeros, and an amount in quotes such as \"1.5\"",
            ],
            TomlProblem::Escape => [
                "文字中的反斜杠写法不对：反斜杠本身请写成两个，或者把两端的引号改为英文单引号",
                "a backslash that stands for nothing: write two, or use single quotes around the text",
            ],
            TomlProblem::NotATable => [
                "这个键已经有一个值，下面不能再有别的键：请改名，或删去其中一处",
                "the key has a value already and cannot have keys below it: rename or delete one",
            ],
            _ => [
                "这里不符合 TOML 语法：请检查引号、等号和括号是否成对，中文标点请改为英文标点",
                "not TOML: check that quotes, equals signs and brackets are complete, and signs are those of ASCII",
            ],
        };
        Text::new(zh, en)
    }
}

impl fmt::Display for TomlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().get(Lang::En))
    }
}

fn sign(written: char, meant: char) -> Text {
    let space = [("全角空格", "a wide space"), ("半角空格", "a space")];
    let [(zh, en), (zh_meant, en_meant)] = match meant {
        ' ' => space.map(|(zh, en)| (zh.to_owned(), en.to_owned())),
        _ => [written, meant].map(|it| (format!(" {it} "), format!("`{it}`"))),
    };
    let kind = match meant {
        '"' | '\'' => "引号",
        '=' => "等号",
        ',' => "逗号",
        '0'..='9' => "数字",
        '[' | ']' | '{' | '}' => "括号",
        _ => "符号",
    };
    Text::new(
        format!("中文{kind}{zh}不能用在这里，请改为英文{kind}{zh_meant}")
            .trim_end()
            .to_owned(),
        format!("{en} cannot stand here: write {en_meant}"),
    )
}

fn unknown_field(field: &str, nearest: Option<&str>, known: &[String]) -> Text {
    match nearest {
        Some(nearest) => Text::new(
            format!("不认识“{field}”，是不是“{nearest}”？请改正或删去这一项"),
            format!("unknown key `{field}`: did you mean `{nearest}`? Correct or delete it"),
        ),
        None => Text::new(
            format!(
                "不认识“{field}”，请删去这一项，或改为“{}”之一",
                known.join("”、“")
            ),
            format!(
                "unknown key `{field}`: delete it, or use one of {}",
                known.join(", ")
            ),
        ),
    }
}

fn unknown_value(value: &str, known: &[String]) -> Text {
    let zh: Vec<String> = known
        .iter()
        .map(|it| match gloss(it) {
            Some(gloss) => format!("\"{it}\"（{gloss}）"),
            None => format!("\"{it}\""),
        })
        .collect();
    let en: Vec<String> = known.iter().map(|it| format!("\"{it}\"")).collect();
    Text::new(
        format!("不能写“{value}”，请改为 {}", zh.join("或")),
        format!("`{value}` is not known here: write {}", en.join(" or ")),
    )
}
