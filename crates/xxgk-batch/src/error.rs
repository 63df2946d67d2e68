//! Why records are not checked.

use std::{fmt, io};

use xxgk::Text;

/// What is wrong with the value of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A text that is no plain decimal number.
    NotANumber,
    /// More decimals than the indicator may have, and not only zeros.
    Decimals {
        /// How many it may have.
        most: u32,
    },
    /// A float with more digits than its type holds for certain.
    Digits {
        /// How many it holds.
        most: usize,
    },
    /// Infinite, or NaN.
    NotFinite,
}

impl Problem {
    fn text(self) -> Text {
        let text = |zh: &str, en: &str| Text::new(zh, en);
        match self {
            Problem::NotANumber => text(
                "不是数。只接受普通写法的数，如 27、-3、1.5，不带千分位、单位和空格；空白请留空",
                "not a number. Only plain ones are taken, such as 27, -3, 1.5, without separators, units or spaces; leave a blank empty",
            ),
            Problem::Decimals { most: 0 } => text(
                "有小数，而该指标只能是整数",
                "the indicator is a whole number",
            ),
            Problem::Decimals { most } => Text::new(
                format!("小数超过{most}位"),
                format!("more than {most} decimals"),
            ),
            Problem::Digits { most } => Text::new(
                format!("浮点数超过{most}位有效数字，已不精确。请用整数、decimal 或文本保存"),
                format!(
                    "a float of more than {most} digits is not exact: store integers, decimals or text"
                ),
            ),
            Problem::NotFinite => text(
                "不是有限的数。空白请用 null 表示",
                "not a finite number: a blank must be null",
            ),
        }
    }
}

/// Why records are not checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// The mapping names an indicator that the form does not have.
    UnknownKey {
        /// What it names.
        name: String,
        /// The id of the form.
        form: String,
    },
    /// A column that was named is not there.
    NoColumn(String),
    /// A column that was named is there more than once.
    SameName(String),
    /// A column stands for two indicators.
    TwoIndicators {
        /// The column.
        column: String,
        /// Their keys.
        keys: [String; 2],
    },
    /// Two columns stand for one indicator.
    TwoColumns {
        /// The key of the indicator.
        key: String,
        /// The columns.
        columns: [String; 2],
    },
    /// No column stands for an indicator that the rules of the form speak of.
    NoneFits {
        /// The id of the form.
        form: String,
    },
    /// A column is of a type that holds no numbers.
    Type {
        /// The column.
        column: String,
        /// The type.
        found: String,
    },
    /// The column that is to name the records is of a type that names nothing.
    KeyType {
        /// The column.
        column: String,
        /// The type.
        found: String,
    },
    /// A batch has not the columns that were announced.
    OtherColumns,
    /// A value that is no number, or not an exact one.
    Cell {
        /// The record, from 1.
        record: u64,
        /// The column.
        column: String,
        /// The value as it stands there.
        value: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// A difference between two sides that 38 digits do not hold, with the decimals of the plan's rules.
    Residual {
        /// The id of the rule.
        rule: String,
    },
    /// The file cannot be opened or read.
    Io(#[from] io::Error),
    /// It is cut short, or not what it says it is.
    Damaged(String),
    /// A Parquet file that is read with a key.
    Encrypted,
    /// A CSV file that is not in UTF-8.
    NotUtf8 {
        /// The record, from 1; 0 is the header.
        record: u64,
    },
    /// A record of a CSV file that has not as many fields as the header.
    Fields {
        /// The record, from 1.
        record: u64,
        /// How many the header has.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// A record of a CSV file that does not end.
    TooLong {
        /// The record, from 1; 0 is the header.
        record: u64,
    },
}

impl BatchError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            BatchError::UnknownKey { name, form } => Text::new(
                format!("表式 {form} 没有指标“{name}”。"),
                format!("the form `{form}` has no indicator `{name}`."),
            ),
            BatchError::NoColumn(name) => Text::new(
                format!("没有列“{name}”。"),
                format!("there is no column `{name}`."),
            ),
            BatchError::SameName(name) => Text::new(
                format!("有多个列都叫“{name}”。"),
                format!("several columns are called `{name}`."),
            ),
            BatchError::TwoIndicators {
                column,
                keys: [a, b],
            } => Text::new(
                format!("列“{column}”同时对应两个指标：{a}、{b}。"),
                format!("the column `{column}` stands for two indicators: {a}, {b}."),
            ),
            BatchError::TwoColumns {
                key,
                columns: [a, b],
            } => Text::new(
                format!("指标 {key} 有两列：“{a}”、“{b}”。请只保留一列。"),
                format!("two columns stand for {key}: `{a}`, `{b}`. Keep one of them."),
            ),
            BatchError::NoneFits { form } => Text::new(
                format!(
                    "没有一列对应表式 {form} 的规则所涉及的指标。列名请用指标的 key 或编码，或给出列名对照。"
                ),
                format!(
                    "no column stands for an indicator that a rule of the form `{form}` speaks of. Name the columns by keys or codes, or give a mapping."
                ),
            ),
            BatchError::Type { column, found } => Text::new(
                format!("列“{column}”的类型是 {found}，不是数。"),
                format!("the column `{column}` is of the type {found}, which holds no numbers."),
            ),
            BatchError::KeyType { column, found } => Text::new(
                format!("标识列“{column}”的类型是 {found}，应为文本、整数或 decimal。"),
                format!(
                    "the key column `{column}` is of the type {found}: texts, integers and decimals are taken."
                ),
            ),
            BatchError::OtherColumns => Text::new(
                "这批记录的列与先前的不同。",
                "the columns of the batch are others than before.",
            ),
            BatchError::Cell {
                record,
                column,
                value,
                problem,
            } => {
                let Text { zh, en } = problem.text();
                Text::new(
                    format!("第{record}条记录，列“{column}”，值“{value}”：{zh}。"),
                    format!("record {record}, column `{column}`, value `{value}`: {en}."),
                )
            }
            BatchError::Residual { rule } => Text::new(
                format!("规则 {rule} 两边之差超过38位，无法写出。"),
                format!("a difference of the rule {rule} has more than 38 digits."),
            ),
            BatchError::Io(error) => Text::new(
                format!("文件无法读取：{error}。"),
                format!("the file cannot be read: {error}."),
            ),
            BatchError::Damaged(why) => Text::new(
                format!("文件已损坏或不完整，请重新获取（{why}）。"),
                format!("the file is damaged or cut short; fetch it again ({why})."),
            ),
            BatchError::Encrypted => {
                Text::new("Parquet 文件已加密。", "the Parquet file is encrypted.")
            }
            BatchError::NotUtf8 { record } => {
                let [zh, en] = csv_record(*record);
                Text::new(
                    format!("{zh}不是 UTF-8 编码。请另存为“CSV UTF-8”。"),
                    format!("{en} is not in UTF-8. Save the file as “CSV UTF-8”."),
                )
            }
            BatchError::Fields {
                record,
                expected,
                found,
            } => Text::new(
                format!("第{record}条记录有{found}个字段，而表头有{expected}个。"),
                format!("record {record} has {found} fields, and the header {expected}."),
            ),
            BatchError::TooLong { record } => {
                let [zh, en] = csv_record(*record);
                Text::new(
                    format!("{zh}过长，可能是引号没有成对。"),
                    format!("{en} is too long: perhaps a quote is not closed."),
                )
            }
        }
    }
}

fn csv_record(record: u64) -> [String; 2] {
    match record {
        0 => ["表头".to_owned(), "the header".to_owned()],
        _ => [format!("第{record}条记录"), format!("record {record}")],
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}
