//! A number as people write it in a cell: `1,234`, `１２`, `251000元`, `22(其中修订16件)`, `约30`, `—`.

use rust_decimal::Decimal;

use super::{Kind, Value, power_of_ten, scaled_amount};
use crate::unicode::{compatible, is_ideograph};

/// No number is longer, in bytes.
const MAX_LENGTH: usize = 1 << 16;
/// No number with words beside it, a unit or a note, is longer, in bytes: a longer text is prose.
const MAX_WORDED: usize = 512;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Things that are counted, whatever their measure word; one of this unit is 10 to this power of them.
    Things(i32),
    /// Money; one of this unit is 10 to this power 万元.
    Money(i32),
}

/// How many a word for many is, as a power of 10, the longest first.
const MULTIPLES: [(&str, i32); 9] = [
    ("百万", 6),
    ("千万", 7),
    ("百亿", 10),
    ("十万", 5),
    ("十亿", 9),
    ("百", 2),
    ("千", 3),
    ("万", 4),
    ("亿", 8),
];

/// How many a word for many is, as a power of 10, where it stands alone in the place of a unit: 统计数（万）.
pub(crate) fn multiple(unit: &str) -> Option<i32> {
    let found = MULTIPLES.iter().find(|(word, _)| *word == unit);
    found.map(|(_, power)| *power)
}

/// What a unit measures, where it is one that is seen in reports.
pub(crate) fn measure(unit: &str) -> Option<Measure> {
    Some(match unit {
        "元" => Measure::Money(-4),
        "千元" => Measure::Money(-1),
        "万元" => Measure::Money(0),
        "百万元" => Measure::Money(2),
        "千万元" => Measure::Money(3),
        "亿元" => Measure::Money(4),
        _ if is_measure_word(unit) => Measure::Things(0),
        _ => {
            let multiple = |(word, power): &(&str, i32)| {
                let rest = unit.strip_prefix(word)?;
                is_measure_word(rest).then_some(Measure::Things(*power))
            };
            return MULTIPLES.iter().find_map(multiple);
        }
    })
}

/// Whether a text is a measure word, for things that are counted.
fn is_measure_word(unit: &str) -> bool {
    matches!(
        unit,
        "条" | "件"
            | "次"
            | "篇"
            | "个"
            | "人"
            | "份"
            | "宗"
            | "起"
            | "场"
            | "期"
            | "项"
            | "部"
            | "户"
            | "笔"
            | "批"
            | "家"
            | "处"
            | "名"
            | "位"
            | "例"
            | "人次"
            | "件次"
            | "条次"
            | "场次"
    )
}

/// A cell that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub value: Value,
    /// The value was written in another unit than the form's, and converted exactly.
    pub converted: bool,
    /// The measure word written beside the value is another than the form's.
    pub other_unit: Option<String>,
    /// The mark of a note stands behind the value.
    pub marked: bool,
}

impl Written {
    fn plain(value: Value) -> Self {
        Written {
            value,
            converted: false,
            other_unit: None,
            marked: false,
        }
    }
}

/// Why a cell has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// Nothing is written, or only a sign for nothing (-, —, /, 无).
    Blank,
    NotANumber,
    Negative,
    /// A count with decimals.
    Fraction,
    OutOfRange,
    Approximate,
    /// An amount in a unit that is not money, or a count in money.
    WrongUnit(String),
    /// What is written beside the number changes what it means, or may: 93(应为94), 增93.
    Qualified,
}

/// Whether a text stands for "nothing written".
pub(crate) fn is_blank(text: &str) -> bool {
    let dashes = |c: char| {
        matches!(
            c,
            '-' | '‐' | '‑' | '–' | '—' | '―' | '─' | '−' | '/' | '\\' | ' '
        )
    };
    text.chars().all(dashes) || matches!(text, "无" | "空" | "(无)")
}

/// Whether a character marks a note: raised, lowered, circled or bracketed digits, stars and daggers.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⒛' | '⓪' | '⓫'..='⓿' | '❶'..='➓' | '㈠'..='㈩'
            | '㊀'..='㊉' | '*' | '＊' | '※' | '†' | '‡' | '★' | '☆' | '△' | '▲'
    )
}

/// The text without the marks of notes behind it, and whether there were some.
fn without_marks(text: &str) -> (&str, bool) {
    let rest = text
        .trim()
        .trim_end_matches(|c: char| is_mark(c) || c.is_whitespace());
    (rest, rest.len() < text.trim().len())
}

/// Whether a text is nothing but digits, of a number that is in range.
fn is_plain(text: &str) -> bool {
    let digits = || text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=18).contains(&text.len()) && digits()
}

/// Whether a text is written as a number: certain or approximate, in range or not.
pub(crate) fn is_number(text: &str) -> bool {
    // Most numbers are nothing but digits; most of the rest that is asked about is prose, and a number has a digit near its
    // beginning.
    if is_plain(text) {
        return true;
    }
    let digit = |c: char| !is_ideograph(c) && c.is_numeric();
    let has_digit = text.chars().take(8).any(digit);
    let digits = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    let short = || text.len() <= MAX_WORDED || text.bytes().all(digits);
    has_digit
        && short()
        && !matches!(
            read(text, Kind::Change, "", ""),
            Err(Unread::Blank | Unread::NotANumber)
        )
}

/// Reads one cell, whose row has `unit` on the form, and `column` in the unit column of the document (empty where
/// the document has none).
pub(crate) fn read(text: &str, kind: Kind, unit: &str, column: &str) -> Result<Written, Unread> {
    if text.len() > MAX_LENGTH {
        return Err(Unread::NotANumber);
    }
    if is_plain(text) && (is_blank(column) || column == unit) {
        if let (Kind::Count, Ok(count)) = (kind, text.parse()) {
            return Ok(Written::plain(Value::Count(count)));
        }
    }
    let (text, marked) = without_marks(text);
    // A mark within a number, or alone, is none that could be left away.
    if text.contains(is_mark) || (marked && text.is_empty()) {
        return Err(Unread::NotANumber);
    }
    let text = compatible(text);
    if is_blank(&text) {
        return Err(Unread::Blank);
    }
    let amount = kind == Kind::Amount;
    // A sign of money before the number is its unit.
    let unsigned = text.strip_prefix(['¥', '￥']);
    let (number, rest) = split(unsigned.unwrap_or(&text).trim_start())?;
    match (kind, number.sign) {
        (Kind::Change, _) | (_, None) => {}
        (_, Some(Sign::Less)) => return Err(Unread::Negative),
        (_, Some(Sign::More)) => return Err(Unread::Qualified),
    }
    let (multiplier, suffix) = multiplier(rest, amount);
    let written = match unsigned {
        _ if !suffix.is_empty() => suffix,
        Some(_) if is_blank(column) || column == "元" => "元",
        // ¥5 in a column of 万元 says two things.
        Some(_) => return Err(Unread::WrongUnit("¥".to_owned())),
        None if is_blank(column) => "",
        None => column,
    };
    let power = match (amount, measure(written)) {
        _ if written.is_empty() => 0,
        (_, None) if !suffix.is_empty() => return Err(Unread::NotANumber),
        (_, None) if written.contains(['%', '‰']) => {
            return Err(Unread::WrongUnit(written.to_owned()));
        }
        (true, Some(Measure::Money(power))) => power,
        (false, Some(Measure::Things(power))) => power,
        (false, None) => unknown_unit(written, unit)?,
        (true, _) | (false, Some(Measure::Money(_))) => {
            return Err(Unread::WrongUnit(written.to_owned()));
        }
    };
    if number.qualified {
        return Err(Unread::Qualified);
    }
    let shift = power + multiplier;
    let other = !amount && !written.is_empty() && written != unit && power == 0;
    Ok(Written {
        value: value(&number, shift, kind)?,
        converted: shift != 0 && number.digits.contains(|c| c != '0'),
        other_unit: other.then(|| written.to_owned()),
        marked,
    })
}

/// How many one of a unit is that is no measure word we know, as a power of 10: 万, or a multiple of the form's own unit. What
/// else begins with a word for many may be either.
fn unknown_unit(written: &str, of_form: &str) -> Result<i32, Unread> {
    let many = MULTIPLES.iter().find(|(word, _)| written.starts_with(word));
    match many {
        Some((word, power)) if written == *word || written.strip_prefix(word) == Some(of_form) => {
            Ok(*power)
        }
        Some(_) if written != of_form => Err(Unread::WrongUnit(written.to_owned())),
        _ => Ok(0),
    }
}

/// The digits of a number, without separators: `1,234.50` is 123450 with 2 decimals.
struct Digits {
    digits: String,
    decimals: usize,
    sign: Option<Sign>,
    /// A note behind it may make it another number.
    qualified: bool,
}

/// What stands before a number of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Less,
    More,
}

/// The number at the start of a cell, and what follows it; a note in brackets at the end is taken off.
fn split(text: &str) -> Result<(Digits, &str), Unread> {
    const ABOUT: &[&str] = &[
        "约", "大约", "近", "将近", "接近", "超", "超过", "逾", "不足", "不到", "至少", "至多",
        ">", "<", "≥", "≤", "~", "≈",
    ];
    let signs = |c: char| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '负' | '减');
    let mut number = text;
    if let Some(rest) = ABOUT
        .iter()
        .filter_map(|word| text.strip_prefix(word))
        .min_by_key(|rest| rest.len())
    {
        let rest = rest.trim_start().trim_start_matches(['为', '有']);
        return Err(if rest.starts_with(|c: char| c.is_ascii_digit()) {
            Unread::Approximate
        } else {
            Unread::NotANumber
        });
    }
    let less = number.starts_with(signs);
    number = number.trim_start_matches(signs).trim_start();
    let more = number.strip_prefix(['+', '增']);
    number = more.unwrap_or(number);
    let end = number
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(number.len());
    let (digits, rest) = number.split_at_checked(end).ok_or(Unread::NotANumber)?;
    let mut digits = grouped(digits).ok_or(Unread::NotANumber)?;
    digits.sign = match (less, more) {
        (true, _) => Some(Sign::Less),
        (false, Some(_)) => Some(Sign::More),
        (false, None) => None,
    };
    let (rest, note) = without_note(rest.trim());
    let about = |text: &str| {
        ["余", "多", "来", "左右", "以上", "以下", "上下", "约"]
            .iter()
            .any(|word| text.contains(word))
    };
    if about(rest) || rest == "+" || note.is_some_and(about) {
        return Err(Unread::Approximate);
    }
    digits.qualified = note.is_some_and(|note| !is_harmless(note));
    Ok((digits, rest))
}

/// Digits with at most one point, and commas only where they set off thousands.
fn grouped(text: &str) -> Option<Digits> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut thousands = groups.clone().peekable();
    let separated = thousands.peek().is_some();
    let well_grouped =
        thousands.all(|group| group.len() == 3) && (!separated || (1..=3).contains(&first.len()));
    if !well_grouped || whole.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut digits = whole.replace(',', "");
    digits.push_str(fraction);
    Some(Digits {
        digits,
        decimals: fraction.len(),
        sign: None,
        qualified: false,
    })
}

/// Takes a note in brackets, such as `(其中修订16件)`, off the end. Brackets around nothing but digits are no note:
/// what they mean is not known.
fn without_note(rest: &str) -> (&str, Option<&str>) {
    let note = rest.split_once('(').and_then(|(before, inside)| {
        let note = inside.strip_suffix(')')?;
        let said = note.chars().any(|c| c.is_alphabetic());
        said.then_some((before.trim(), Some(note)))
    });
    note.unwrap_or((rest, None))
}

/// Whether a note in brackets behind a number says nothing else than it: what a part of it is, the measure word, or where a
/// note is to be found. Any other may correct the number, or say that it is of another time.
fn is_harmless(note: &str) -> bool {
    const PARTS: [&str; 4] = ["其中", "含", "包括", "包含"];
    const CHANGING: [&str; 15] = [
        "应为", "应是", "实为", "改为", "改正", "更正", "修正", "订正", "作废", "累计", "历年",
        "估计", "预计", "暂定", "不含",
    ];
    let is_mark = || {
        let number = note
            .strip_prefix("注")
            .or_else(|| note.strip_prefix("见注"));
        number.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let digit = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九".contains(c);
    let of_year = || {
        let mut years = note
            .match_indices('年')
            .filter_map(|(at, _)| note.get(..at));
        years.any(|before| before.ends_with(digit))
    };
    let of_part = || {
        PARTS.iter().any(|it| note.starts_with(it))
            && !CHANGING.iter().any(|it| note.contains(it))
            && !of_year()
    };
    measure(note) == Some(Measure::Things(0)) || is_mark() || of_part()
}

/// A multiplier before the unit: `1.2万件`. For money 万元 and 亿元 are units of their own.
fn multiplier(rest: &str, amount: bool) -> (i32, &str) {
    if matches!(measure(rest), Some(Measure::Money(_) | Measure::Things(0))) {
        return (0, rest);
    }
    for (word, power) in [("万", 4), ("亿", 8)] {
        match rest.strip_prefix(word) {
            // A bare 3万 in a row of 万元 could mean either: the suffix stays, and is refused as no unit.
            Some(unit) if !amount => return (power, unit.trim_start()),
            _ => {}
        }
    }
    (0, rest)
}

/// `digits` × 10^`shift` as a count or an amount.
fn value(number: &Digits, shift: i32, kind: Kind) -> Result<Value, Unread> {
    let amount = kind == Kind::Amount;
    let significant = number.digits.trim_start_matches('0');
    let trimmed = significant.trim_end_matches('0');
    let zeros = significant.len() - trimmed.len();
    if trimmed.is_empty() {
        return Ok(match kind {
            Kind::Amount => Value::Amount(Decimal::ZERO),
            Kind::Change => Value::Change(0),
            Kind::Count | Kind::Heading => Value::Count(0),
        });
    }
    let exponent = i64::from(shift) + length(zeros) - length(number.decimals);
    if !amount && exponent < 0 {
        return Err(Unread::Fraction);
    }
    // 28 digits are more than any count or amount in range has.
    if trimmed.len() > 28 || exponent.abs() > 28 {
        return Err(Unread::OutOfRange);
    }
    let mantissa: i128 = trimmed.parse().map_err(|_| Unread::OutOfRange)?;
    let exponent = i32::try_from(exponent).map_err(|_| Unread::OutOfRange)?;
    let scaled = |by: u32| {
        power_of_ten(by)
            .and_then(|power| mantissa.checked_mul(power))
            .ok_or(Unread::OutOfRange)
    };
    if amount {
        let amount = match exponent {
            0.. => Decimal::try_from_i128_with_scale(scaled(exponent.unsigned_abs())?, 0),
            _ => Decimal::try_from_i128_with_scale(mantissa, exponent.unsigned_abs()),
        };
        let amount = amount.map_err(|_| Unread::OutOfRange)?;
        scaled_amount(amount)
            .map(|_| Value::Amount(amount))
            .ok_or(Unread::OutOfRange)
    } else {
        let count = scaled(exponent.unsigned_abs())?;
        let value = if kind == Kind::Change {
            let less = number.sign == Some(Sign::Less);
            let change = if less { -count } else { count };
            i64::try_from(change).map(Value::Change)
        } else {
            u64::try_from(count).map(Value::Count)
        };
        value.map_err(|_| Unread::OutOfRange)
    }
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Result<u64, Unread> {
        match read(text, Kind::Count, "件", "件")?.value {
            Value::Count(count) => Ok(count),
            _ => unreachable!(),
        }
    }

    fn amount(text: &str, column: &str) -> Result<(String, bool), Unread> {
        let written = read(text, Kind::Amount, "万元", column)?;
        Ok((written.value.to_string(), written.converted))
    }

    #[test]
    fn changes_as_people_write_them() {
        for (text, value) in [
            ("-8", -8),
            ("减3", -3),
            ("+1036", 1036),
            ("增5项", 5),
            ("0", 0),
        ] {
            let written = read(text, Kind::Change, "项", "").map(|it| it.value);
            assert_eq!(written, Ok(Value::Change(value)), "{text}");
        }
    }

    #[test]
    fn a_sign_of_money_is_a_unit() {
        let converted = Ok(("59237.2449".to_owned(), true));
        assert_eq!(amount("¥592,372,449", ""), converted);
        assert_eq!(amount("￥592372449.00元", "万元"), converted.clone());
        assert_eq!(amount("¥ 592372449", "元"), converted);
        assert_eq!(amount("¥1.5万元", ""), Ok(("1.5".to_owned(), false)));
        let wrong = |text: &str| Unread::WrongUnit(text.to_owned());
        assert_eq!(amount("¥1.5", "万元"), Err(wrong("¥")));
        assert_eq!(count("¥5"), Err(wrong("¥")));
    }

    #[test]
    fn counts_as_people_write_them() {
        for (text, value) in [
            ("0", 0),
            ("007", 7),
            ("1,234", 1234),
            ("１２", 12),
            ("１，２３４，５６７", 1_234_567),
            (" 27 ", 27),
            ("27.0", 27),
            ("159件", 159),
            ("22(其中修订16件)", 22),
            ("22（其中修订16件）", 22),
            ("22件(含上年结转3件)", 22),
            ("22(件)", 22),
            ("22(注1)", 22),
            ("1.2万件", 12_000),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(count(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_count_says_why() {
        let digits = "9".repeat(10_000);
        let fraction = format!("0.{}1", "0".repeat(10_000));
        for (text, why) in [
            ("", Unread::Blank),
            ("-", Unread::Blank),
            ("——", Unread::Blank),
            ("/", Unread::Blank),
            ("无", Unread::Blank),
            ("-1", Unread::Negative),
            ("－1", Unread::Negative),
            ("负3", Unread::Negative),
            ("1.5", Unread::Fraction),
            (&fraction, Unread::Fraction),
            ("18446744073709551616", Unread::OutOfRange),
            ("99999999999999999999", Unread::OutOfRange),
            (&digits, Unread::OutOfRange),
            ("约30", Unread::Approximate),
            ("近4万", Unread::Approximate),
            ("800余条", Unread::Approximate),
            ("30左右", Unread::Approximate),
            ("30(约)", Unread::Approximate),
            ("1,23", Unread::NotANumber),
            ("1,2345", Unread::NotANumber),
            ("12(34)", Unread::NotANumber),
            ("1 234", Unread::NotANumber),
            ("1.", Unread::NotANumber),
            ("1.2.3", Unread::NotANumber),
            ("50%", Unread::NotANumber),
            ("27abc", Unread::NotANumber),
            ("约定", Unread::NotANumber),
            ("+5", Unread::Qualified),
            ("增5", Unread::Qualified),
            ("93(应为94)", Unread::Qualified),
            ("93篇（更正为94）", Unread::Qualified),
            ("93(作废)", Unread::Qualified),
            ("80(2016年)", Unread::Qualified),
            ("93（含2016年80件）", Unread::Qualified),
            ("93(万)", Unread::Qualified),
            ("93(负)", Unread::Qualified),
            ("930(累计)", Unread::Qualified),
            ("93(其中累计80)", Unread::Qualified),
            ("93(同上)", Unread::Qualified),
            ("一", Unread::NotANumber),
            ("3万元", Unread::WrongUnit("万元".into())),
            ("300元", Unread::WrongUnit("元".into())),
        ] {
            assert_eq!(count(text), Err(why), "{text:.40}");
        }
    }

    #[test]
    fn amounts_are_converted_exactly_and_it_is_said() {
        for (text, column, value, converted) in [
            ("1.5", "万元", "1.5", false),
            ("1.50", "", "1.5", false),
            ("0.37万元", "万元", "0.37", false),
            ("251000元", "万元", "25.1", true),
            ("15000元", "万元", "1.5", true),
            ("15000", "元", "1.5", true),
            ("0.01元", "", "0.000001", true),
            ("1.2亿元", "万元", "12000", true),
        ] {
            assert_eq!(
                amount(text, column),
                Ok((value.to_owned(), converted)),
                "{text} {column}"
            );
        }
        assert_eq!(amount("3件", "万元"), Err(Unread::WrongUnit("件".into())));
        assert_eq!(amount("3", "件"), Err(Unread::WrongUnit("件".into())));
        assert_eq!(amount("3", "美元"), Err(Unread::WrongUnit("美元".into())));
        assert_eq!(amount("3万", "万元"), Err(Unread::NotANumber));
        assert_eq!(amount("0.000000001", "万元"), Err(Unread::OutOfRange));
        assert_eq!(
            amount("1000000000000000.1", "万元"),
            Err(Unread::OutOfRange)
        );
    }

    #[test]
    fn another_measure_word_is_noticed() {
        assert_eq!(
            read("3", Kind::Count, "件", "条").unwrap().other_unit,
            Some("条".into())
        );
        assert_eq!(
            read("3份", Kind::Count, "件", "件").unwrap().other_unit,
            Some("份".into())
        );
        assert_eq!(read("3", Kind::Count, "件", "").unwrap().other_unit, None);
    }
}
