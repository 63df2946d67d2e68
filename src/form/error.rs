//! Why a file is not a form.

use std::ops::Range;

use crate::lang::Text;
use crate::rule::{CompileError, ParseError};

/// Why a text is not a form, or not a file of rules, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct FormError {
    /// What is wrong.
    pub kind: FormErrorKind,
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormErrorKind {
    /// Not TOML, or not with the fields of a form.
    #[error("{0}")]
    Toml(String),
    /// A key is not of the form `name.name`.
    #[error("`{0}` is not a key: names of a-z, 0-9 and _ that begin with a letter, joined by dots")]
    Key(String),
    /// Two rows, or two rules, of one name.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A row with a value whose key other keys lie below, or a row below one.
    #[error("`{0}` cannot hold a value and have `{1}` below it")]
    Nested(String, String),
    /// A heading with a unit, or a row with a value and none.
    #[error("a row with a value has a unit, a heading has none: `{0}`")]
    Unit(String),
    /// An amount in another unit than 万元.
    #[error("amounts are in 万元, not in `{0}`")]
    AmountUnit(String),
    /// A key that names nothing, and the nearest that does.
    #[error("nothing here has the key `{key}`{}", meant(nearest))]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest key, where one is near.
        nearest: Option<String>,
    },
    /// A form that is extended, and that there is not; and the nearest that there is.
    #[error("there is no form `{form}` to extend{}", meant(nearest))]
    UnknownForm {
        /// The id.
        form: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// A rule that is changed, and that the form does not have; and the nearest that it has.
    #[error("the form has no rule `{rule}`{}", meant(nearest))]
    UnknownRule {
        /// The id.
        rule: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// A quantified rule whose section the form does not have, or which names none where there are several.
    #[error("the rule is over rows or columns: name one of the sections that have columns ({0})")]
    Section(String),
    /// `after` in a form of its own.
    #[error("`after` places the rows of an extension: here rows stand in the order of the file")]
    After,
    /// Columns for rows that have columns.
    #[error("the rows have columns already")]
    Columns,
    /// An override that changes nothing.
    #[error("an override gives a `severity`, or says with `off` why the rule is switched off")]
    NoOverride,
    /// More than a form can have.
    #[error("a form has at most 65536 cells, and its rules 65536 instances")]
    TooLarge,
    /// The statement of a rule cannot be parsed.
    #[error("{0}")]
    Parse(ParseError),
    /// The statement of a rule does not fit the form.
    #[error("{0}")]
    Compile(CompileError),
    /// A message has a place that names nothing.
    #[error(
        "the message has the place `{0}`, which is no side, no difference and no key of the form"
    )]
    Message(String),
    /// A message shows sides, but the statement has no comparison whose sides would show why it failed.
    #[error("the message shows a side, but an `or` has no one comparison that decides it")]
    NoSides,
    /// A cell of an example is not in the rule, or its value is not of the row's kind.
    #[error(
        "the example has `{0}`, which the rule does not speak of, or which cannot hold that value"
    )]
    Example(String),
}

/// The end of a message that says which name was meant.
fn meant(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map(|nearest| format!(": did you mean `{nearest}`?"))
        .unwrap_or_default()
}

/// The name that a misspelt one is likely to be: the only nearest within a third of its length.
pub(super) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let far = name.chars().count() / 3 + 1;
    let distance = |other: &str| strsim::osa_distance(name, other);
    let mut near: Vec<(usize, &str)> = names
        .filter(|other| other.len().abs_diff(name.len()) <= far)
        .map(|other| (distance(other), other))
        .filter(|(distance, _)| *distance <= far)
        .collect();
    near.sort_unstable();
    near.dedup();
    match near[..] {
        [(first, name)] => Some((first, name)),
        [(first, name), (second, _), ..] if first < second => Some((first, name)),
        _ => None,
    }
    .map(|(_, name)| name.to_owned())
}

impl FormError {
    pub(super) fn new(kind: FormErrorKind, text: &str, span: Range<usize>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        FormError {
            kind,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            span,
        }
    }
}

impl FormErrorKind {
    /// What is wrong, as a sentence in Chinese and in English. (What the TOML parser says is English only.)
    #[must_use]
    pub fn message(&self) -> Text {
        let meant = |nearest: &Option<String>| match nearest {
            Some(nearest) => format!("，是不是“{nearest}”？"),
            None => String::new(),
        };
        let zh = match self {
            FormErrorKind::Toml(message) => format!("文件格式不对：{message}"),
            FormErrorKind::Key(key) => {
                format!("“{key}”不能作为键：键由小写字母开头的a-z、0-9、_组成，各段用点连接")
            }
            FormErrorKind::Twice(name) => format!("“{name}”出现了两次"),
            FormErrorKind::Nested(above, below) => {
                format!("“{above}”有数值，其下不能再有“{below}”")
            }
            FormErrorKind::Unit(key) => {
                format!("有数值的行要写单位，标题行不写单位：“{key}”")
            }
            FormErrorKind::AmountUnit(unit) => format!("金额的单位是万元，不能是“{unit}”"),
            FormErrorKind::UnknownKey { key, nearest } => {
                format!("没有键“{key}”{}", meant(nearest))
            }
            FormErrorKind::UnknownForm { form, nearest } => {
                format!("没有可以扩展的表式“{form}”{}", meant(nearest))
            }
            FormErrorKind::UnknownRule { rule, nearest } => {
                format!("表式没有规则“{rule}”{}", meant(nearest))
            }
            FormErrorKind::Section(names) => {
                format!("逐行或逐列的规则要用 of 写明是哪个分表（有列的分表：{names}）")
            }
            FormErrorKind::After => "只有扩展文件才能用 after 指定行的位置".into(),
            FormErrorKind::Columns => "这些行已经有列了".into(),
            FormErrorKind::NoOverride => {
                "override 要么写 severity，要么用 off 写明停用的原因".into()
            }
            FormErrorKind::TooLarge => "表式最多65536个单元格，规则最多展开为65536条".into(),
            FormErrorKind::Parse(error) => format!(
                "规则写法不对：第{}个字符处应为{}，而写的是{}",
                error.character,
                error.expected.in_chinese(),
                match &*error.found {
                    "the end" => "结尾",
                    found => found,
                }
            ),
            FormErrorKind::Compile(_) => "规则中的数太大或小数太多，不能精确计算".into(),
            FormErrorKind::Message(place) => {
                format!("提示语中的“{place}”既不是两边、差，也不是表式中的键")
            }
            FormErrorKind::NoSides => "提示语要显示两边的数，但“或者”没有唯一起作用的比较".into(),
            FormErrorKind::Example(key) => {
                format!("例子中的“{key}”不在规则之中，或者不能是这个值")
            }
        };
        Text::new(zh, self.to_string())
    }
}
