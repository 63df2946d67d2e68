//! Why records are not checked.

use std::{fmt, io};

use xxgk::{FindingKind, Text};

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
    /// The kind of finding that a cell with it is.
    #[must_use]
    pub fn kind(self) -> &'static str {
        let [not_a_number, _, fraction, out_of_range, _] = FindingKind::OF_RECORDS;
        match self {
            Problem::NotANumber | Problem::NotFinite => not_a_number.id,
            Problem::Decimals { most: 0 } => fraction.id,
            Problem::Decimals { .. } | Problem::Digits { .. } => out_of_range.id,
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn message(self) -> Text {
        let text = |zh: &str, en: &str| Text::new(zh, en);
        match self {
            Problem::NotANumber => text("不是数", "not a number"),
            Problem::Decimals { most: 0 } => text("应为整数", "the indicator is a whole number"),
            Problem::Decimals { most } => Text::new(
                format!("小数超过{most}位"),
                format!("more than {most} decimals"),
            ),
            Problem::Digits { most } => Text::new(
                format!("浮点数超过{most}位有效数字，已不精确，请用整数、定点小数或文本保存"),
                format!(
                    "a float of more than {most} digits is not exact: store integers, decimals or text"
                ),
            ),
            Problem::NotFinite => text(
                "不是有限的数，空白请用空值表示",
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
        /// The title of the form.
        form: String,
        /// What may be meant.
        nearest: Option<String>,
    },
    /// A name, of a column or in the mapping, means several indicators.
    Ambiguous {
        /// The name.
        name: String,
        /// The names that mean each of them.
        candidates: Vec<String>,
    },
    /// A column that was named is not there.
    NoColumn(String),
    /// A column that was named is there more than once.
    SameName(String),
    /// A column stands for two indicators.
    TwoIndicators {
        /// The column.
        column: String,
        /// What they are called.
        names: [String; 2],
    },
    /// Two columns stand for one indicator.
    TwoColumns {
        /// What the indicator is called.
        name: String,
        /// The columns.
        columns: [String; 2],
    },
    /// Of the indicators that the rules speak of, so few have a column that this is no file of the form, or its columns are
    /// called otherwise.
    TooFew {
        /// The title of the form.
        title: String,
        /// How many have a column.
        found: usize,
        /// How many there are.
        of: usize,
        /// Columns that stand for nothing, and the names that they are near to.
        nearest: Vec<(String, String)>,
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
    /// A difference between two sides that 38 digits do not hold, with the decimals of the plan's rules.
    Residual {
        /// The id of the rule.
        rule: String,
    },
    /// More records of the year before than can be held.
    TooMany,
    /// The list of the keys that are expected is longer than any list is.
    LongList,
    /// It is no file, but a folder, a pipe or a device.
    NoFile,
    /// The file cannot be opened or read.
    Io(#[from] io::Error),
    /// It is cut short, or not what it says it is.
    Damaged(String),
    /// A Parquet file that is read with a key.
    Encrypted,
    /// A CSV file has bytes that are no text of its encoding.
    Broken {
        /// The encoding.
        encoding: &'static str,
        /// The line, from 1.
        line: u64,
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
            BatchError::UnknownKey {
                name,
                form,
                nearest,
            } => {
                let [zh, en] = meant(nearest.as_deref());
                Text::new(
                    format!("表式“{form}”没有指标“{name}”{zh}。"),
                    format!("the form `{form}` has no indicator `{name}`{en}."),
                )
            }
            BatchError::Ambiguous { name, candidates } => Text::new(
                format!(
                    "“{name}”对应几个指标，不能确定是哪一个，请写成其中之一：“{}”。",
                    candidates.join("”“")
                ),
                format!(
                    "`{name}` may be any of several indicators: write which one, `{}`.",
                    candidates.join("`, `")
                ),
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
                names: [a, b],
            } => Text::new(
                format!("列“{column}”同时对应两个指标：“{a}”“{b}”。"),
                format!("the column `{column}` stands for two indicators: `{a}`, `{b}`."),
            ),
            BatchError::TwoColumns {
                name,
                columns: [a, b],
            } => Text::new(
                format!("指标“{name}”有两列：“{a}”“{b}”。请只保留一列。"),
                format!("two columns stand for `{name}`: `{a}`, `{b}`. Keep one of them."),
            ),
            BatchError::TooFew {
                title,
                found,
                of,
                nearest,
            } => too_few(title, *found, *of, nearest),
            BatchError::Type { column, found } => Text::new(
                format!("列“{column}”的类型是 {found}，不是数。"),
                format!("the column `{column}` is of the type {found}, which holds no numbers."),
            ),
            BatchError::KeyType { column, found } => Text::new(
                format!("标识列“{column}”的类型是 {found}，应为文本、整数或定点小数。"),
                format!(
                    "the key column `{column}` is of the type {found}: texts, integers and decimals are taken."
                ),
            ),
            BatchError::OtherColumns => Text::new(
                "这批记录的列与先前的不同。",
                "the columns of the batch are others than before.",
            ),
            BatchError::Residual { rule } => Text::new(
                format!("规则 {rule} 两边之差超过38位，无法写出。"),
                format!("a difference of the rule {rule} has more than 38 digits."),
            ),
            BatchError::TooMany => Text::new(
                "上年的记录过多，请分成几部分审核。",
                "there are too many records of the year before: check them in parts.",
            ),
            BatchError::LongList => Text::new(
                "名单超过1 GB，没有读取。请确认所给的文件是名单。",
                "the list is longer than 1 GB, and was not read: is this file the list?",
            ),
            BatchError::NoFile => Text::new(
                "不是普通文件，而是文件夹、管道或设备。请先存成文件。",
                "this is no file, but a folder, a pipe or a device: save it as a file first.",
            ),
            BatchError::Io(error) => {
                let Text { zh, en } = io_text(error);
                Text::new(
                    format!("文件无法读取：{zh}。"),
                    format!("the file cannot be read: {en}."),
                )
            }
            BatchError::Damaged(why) => Text::new(
                format!("文件已损坏或不完整，请重新获取（{why}）。"),
                format!("the file is damaged or cut short; fetch it again ({why})."),
            ),
            BatchError::Encrypted => {
                Text::new("Parquet 文件已加密。", "the Parquet file is encrypted.")
            }
            BatchError::Broken { encoding, line } => Text::new(
                format!("第{line}行有损坏的字节，不是 {encoding} 编码的文字，请改正或重新导出。"),
                format!(
                    "line {line} has broken bytes, which are no text in {encoding}: correct them, or export the file again."
                ),
            ),
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

/// Why a file cannot be read or written, in words; what there are no words for is in those of the system.
#[must_use]
pub fn io_text(error: &io::Error) -> Text {
    use io::ErrorKind::*;
    let [zh, en] = match error.kind() {
        NotFound => ["没有这个文件", "there is no such file"],
        PermissionDenied => ["没有权限", "no permission"],
        StorageFull | QuotaExceeded => ["磁盘已满", "the disk is full"],
        ReadOnlyFilesystem => ["磁盘是只读的", "the disk is read-only"],
        IsADirectory => ["这是文件夹", "it is a folder"],
        NotADirectory => ["路径中有一段不是文件夹", "a part of the path is no folder"],
        InvalidData => ["不是 UTF-8 编码的文字", "it is no text in UTF-8"],
        _ => return Text::new(error.to_string(), error.to_string()),
    };
    Text::new(zh, en)
}

/// What a name may be a misspelling of, as the end of a sentence.
fn meant(nearest: Option<&str>) -> [String; 2] {
    match nearest {
        Some(name) => [
            format!("，可能是“{name}”"),
            format!(": did you mean `{name}`?"),
        ],
        None => Default::default(),
    }
}

fn too_few(title: &str, found: usize, of: usize, nearest: &[(String, String)]) -> Text {
    let near = nearest.iter();
    let zh: Vec<String> = near
        .clone()
        .map(|(column, name)| format!("“{column}”可能是“{name}”"))
        .collect();
    let en: Vec<String> = near
        .map(|(column, name)| format!("`{column}` may be `{name}`"))
        .collect();
    let [zh, en] = match nearest {
        [] => Default::default(),
        _ => [
            format!("列名对应不上的，{}。", zh.join("，")),
            format!(" Of the columns that stand for nothing, {}.", en.join(", ")),
        ],
    };
    Text::new(
        format!(
            "表式“{title}”的规则涉及{of}个指标，其中{found}个有对应的列，不足一半，未予审核。{zh}列名请用指标的名称、键或编码，或给出列名对照。"
        ),
        format!(
            "of the {of} indicators that the rules of `{title}` speak of, {found} have a column, less than half: not checked.{en} Name the columns by labels, keys or codes, or give a mapping."
        ),
    )
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
