//! What is wrong with a form's file, in Chinese: the reason, then what to do.

use super::error::FormErrorKind;
use crate::lang::Text;
use crate::rule::{CompileError, Expected, ParseError};

impl FormErrorKind {
    /// What is wrong and what to do, as a sentence in Chinese and in English.
    #[must_use]
    pub fn message(&self) -> Text {
        Text::new(self.zh(), self.to_string())
    }

    // One sentence a kind: that there is one for each, the compiler sees where they stand in one list.
    fn zh(&self) -> String {
        match self {
            FormErrorKind::Toml(problem) => problem.message().zh,
            FormErrorKind::Parse(error) => parse(error),
            FormErrorKind::Compile(CompileError::UnknownKey(key)) => unknown("键", key, None),
            FormErrorKind::Compile(CompileError::TooLarge) => {
                "规则中的数太大或小数太多，不能精确计算：请改用较小的系数，或拆成几条规则".into()
            }
            FormErrorKind::UnknownKey { key, nearest } => unknown("键", key, nearest.as_deref()),
            FormErrorKind::UnknownForm { form, nearest } => unknown("表式", form, nearest.as_deref()),
            FormErrorKind::UnknownRule { rule, nearest } => unknown("规则", rule, nearest.as_deref()),
            FormErrorKind::Key(key) => format!(
                "“{key}”不能作为键：请改为小写字母开头，只含小写字母、数字和下划线，各段用英文句点连接"
            ),
            FormErrorKind::FormId(id) => {
                format!("“{id}”不能作为表式的编号：请只用字母、数字和连字符")
            }
            FormErrorKind::RuleId(id) => format!(
                "“{id}”不能作为规则的编号：请用大写字母开头，只含大写字母和数字，如“H001”"
            ),
            FormErrorKind::ReservedId(id) => {
                format!("“{id}”是程序自身问题的编号，不能用于规则：请换一个，如“H001”")
            }
            FormErrorKind::NoReason => {
                "停用规则没有写原因：请在“off”中用中文和英文写明，报告中会列出".into()
            }
            FormErrorKind::Year(year) => format!("“{year}”不是年份：请写四位数，如 2023"),
            FormErrorKind::Years { from, to } => {
                format!("截止年度{to}早于起始年度{from}：请改正其中一个")
            }
            FormErrorKind::Twice(name) => format!("“{name}”出现了两次：请改名，或删去其中一处"),
            FormErrorKind::Nested(above, below) => {
                format!("“{above}”有数值，其下不能再有“{below}”：请给其中一行换一个键")
            }
            FormErrorKind::Unit(key) => format!(
                "“{key}”的“unit”（单位）和“kind”（数值种类）只写了一个：有数值的行两个都写，标题行都不写"
            ),
            FormErrorKind::AmountUnit(unit) => format!(
                "金额的单位只能是万元，不能是“{unit}”：请改单位，不是金额的改“kind”"
            ),
            FormErrorKind::NoLabel => "“label”（名称）是空的：请写上表中印的名称".into(),
            FormErrorKind::SameLabel(label) => {
                format!("同一标题下有两个“{label}”，读表时分不开：请改正其中一个的名称")
            }
            FormErrorKind::TwoOverrides(rule) => {
                format!("规则“{rule}”改了两次：请合并为一段“[[override]]”，或删去其中一段")
            }
            FormErrorKind::Section(names) => section(names),
            FormErrorKind::After => {
                "“after”只用在扩展其他表式的文件中：请删去，各行就按文件中的顺序".into()
            }
            FormErrorKind::Columns => "这些行已经有列了，不能再加：请删去这里的“column”".into(),
            FormErrorKind::NoOverride => {
                "这一段没有说怎样改：请写“severity”（轻重），或用“off”写明停用的原因".into()
            }
            FormErrorKind::TooLarge => {
                "表式太大：最多65536个单元格，规则最多展开为65536条，请拆成几个文件".into()
            }
            FormErrorKind::Message(place) => format!(
                "提示语中的“{place}”不能换成数或名称：花括号中只能写“left”、“right”、“difference”或表中的键"
            ),
            FormErrorKind::NoSides => {
                "提示语要显示两边的数，但用“or”连接的规则没有唯一起作用的比较：请去掉提示语中的两边和差".into()
            }
            FormErrorKind::Example(key) => format!(
                "例子中的“{key}”不在规则之中，或者不能是这个值：请用规则中的键，个数写整数，金额写带引号的数"
            ),
            FormErrorKind::WrongExample { passes: true } => {
                "“passes”中的例子并不符合规则（没有写出的格按0计）：请改正例子或规则".into()
            }
            FormErrorKind::WrongExample { passes: false } => {
                "“fails”中的例子并不违反规则（没有写出的格按0计）：请改正例子或规则".into()
            }
        }
    }
}

fn unknown(what: &str, name: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("没有{what}“{name}”，是不是“{nearest}”？请改正"),
        None => format!("没有{what}“{name}”：请改为已有的{what}，可用 xxgk rules 查看"),
    }
}

fn section(names: &str) -> String {
    match names {
        "" => "没有分列的分表，不能写逐行或逐列的规则：请去掉规则开头的“for each”一节".into(),
        names => format!("逐行或逐列的规则要用“of”写明是哪个分表，可以写：{names}"),
    }
}

fn parse(error: &ParseError) -> String {
    let found = match &*error.found {
        "the end" => "规则到此就结束了".to_owned(),
        found => format!("写的是“{}”", found.trim_matches('`')),
    };
    let remedy = match error.expected {
        Expected::KnownSign => {
            "请只写键、数和英文符号：名称要换成键（可用 xxgk rules 查看），小数点用英文句点"
        }
        _ => "请照此改正",
    };
    format!(
        "规则写法不对：第{}个字符处应为{}，而{found}；{remedy}",
        error.character,
        error.expected.in_chinese(),
    )
}
