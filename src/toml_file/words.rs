//! What the parser and serde call what they found and wanted, in both languages; and the name that was likely meant.

use crate::lang::Text;

/// What stands where a value of another kind should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with a point or an exponent.
    Float,
    /// Text in quotes.
    String,
    /// A list in brackets, or several tables of one name.
    List,
    /// A table.
    Table,
    /// Something else.
    Other,
}

/// What should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wanted {
    /// `true` or `false`.
    Boolean,
    /// A whole number, with the least and the greatest that there is room for.
    Integer,
    /// Text in quotes.
    String,
    /// A list in brackets, or tables of one name each in double brackets.
    List,
    /// A text in both languages.
    Languages,
    /// The value of a cell of an example.
    Example,
    /// A table.
    Table,
    /// Something else.
    Other,
}

impl Found {
    pub(super) fn of(said: &str) -> Self {
        // Serde says what it found with its value: integer `3`, string "x".
        match said.split([' ', '`', '"']).next().unwrap_or_default() {
            "boolean" => Found::Boolean,
            "integer" => Found::Integer,
            "floating" => Found::Float,
            "string" | "character" => Found::String,
            "sequence" | "array" => Found::List,
            "map" | "table" => Found::Table,
            _ => Found::Other,
        }
    }

    pub(super) fn text(self) -> Text {
        let [zh, en] = match self {
            Found::Boolean => ["“true”或“false”", "true or false"],
            Found::Integer => ["整数", "a whole number"],
            Found::Float => ["小数", "a number with a point"],
            Found::String => ["带引号的文字", "a text in quotes"],
            Found::List => ["一列", "a list"],
            Found::Table => ["一组键和值", "a table of keys and values"],
            Found::Other => ["别的内容", "something else"],
        };
        Text::new(zh, en)
    }
}

impl Wanted {
    pub(super) fn of(said: &str) -> Self {
        match said {
            "a boolean" => Wanted::Boolean,
            "a string" => Wanted::String,
            "a sequence" => Wanted::List,
            "struct Text" => Wanted::Languages,
            EXAMPLE => Wanted::Example,
            "a map" => Wanted::Table,
            // Types of whole numbers: u16, i64.
            of if of.starts_with(['u', 'i']) && of.ends_with(|c: char| c.is_ascii_digit()) => {
                Wanted::Integer
            }
            of if of.starts_with("struct ") => Wanted::Table,
            _ => Wanted::Other,
        }
    }

    pub(super) fn text(self) -> Text {
        let [zh, en] = match self {
            Wanted::Boolean => [
                "“true”（是）或“false”（否），不带引号",
                "true or false, without quotes",
            ],
            Wanted::Integer => [
                "整数，不带引号、小数点和千分位",
                "a whole number, without quotes, point or separators",
            ],
            Wanted::String => ["文字，两端加英文双引号", "a text in double quotes"],
            Wanted::List => [
                "一列：几项放在方括号里、用英文逗号隔开；几段的，段名用双层方括号",
                "a list: values in brackets, with commas between them, or tables whose names stand in double brackets",
            ],
            Wanted::Languages => [
                "中文和英文两种文字，写作 { zh = \"中文\", en = \"英文\" }",
                "a text in both languages, such as { zh = \"…\", en = \"…\" }",
            ],
            Wanted::Example => [
                "整数，或者两端加英文双引号的金额，如 \"1.5\"",
                "a whole number, or an amount in double quotes such as \"1.5\"",
            ],
            Wanted::Table => [
                "一组键和值，放在花括号里，或放在以方括号中的名称开头的一段里",
                "a table of keys and values, in braces or below its name in brackets",
            ],
            Wanted::Other => [
                "别的内容，请对照文档中的示例",
                "something else: see the examples in the documentation",
            ],
        };
        Text::new(zh, en)
    }
}

/// What the form files say is wanted of the cell of an example.
const EXAMPLE: &str = "a whole number or an amount in quotes";

/// What the values mean that a field chooses from.
pub(super) fn gloss(value: &str) -> Option<&'static str> {
    Some(match value {
        "hard" => "强制性",
        "soft" => "核实性",
        "count" => "个数",
        "amount" => "金额，单位万元",
        "change" => "增减数，可以为负",
        _ => return None,
    })
}

/// The only nearest of some names within a third of the length of one.
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
