//! Formats of numbers in workbooks: what is shown of a number that is stored.
//!
//! A format that shows the number itself gives the number as it is stored, not rounded. One that shows it in another size
//! (`0.0%`, `0!.0,"万元"`) gives what is shown, rounded as it is shown, by its decimal digits. What is not followed is said.

use xxgk::Look;

use crate::number::is_date_format;

/// So many sections of a format are looked at; spreadsheets know four.
const SECTIONS: usize = 4;
/// So many bytes of a format are looked at; spreadsheets allow 255 characters.
const MAX_CODE: usize = 2000;
/// Numbers are not shown in a size beyond.
const MAX_SHIFT: i32 = 30;

/// How numbers are shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberFormat {
    /// The number is a day, or an hour.
    pub days: bool,
    sections: Vec<Section>,
}

/// A part of a format: for positive numbers, negative ones, zero, text.
#[derive(Clone, Debug, Default)]
struct Section {
    before: String,
    behind: String,
    /// The number is shown times ten to this power.
    power: i32,
    decimals: usize,
    /// It shows the number, whatever stands around it.
    number: bool,
    /// It shows a zero as one.
    zero: bool,
    text: bool,
    /// It is for some numbers only.
    condition: bool,
    /// It has something between the digits.
    odd: bool,
}

impl NumberFormat {
    pub fn new(code: &str) -> Self {
        NumberFormat {
            days: is_date_format(code),
            sections: match code {
                "" => Vec::new(),
                code if code.len() > MAX_CODE => vec![Section {
                    odd: true,
                    ..Section::default()
                }],
                code => sections(code).into_iter().map(Section::new).collect(),
            },
        }
    }

    /// One that shows dates.
    pub fn of_days() -> Self {
        NumberFormat {
            days: true,
            sections: Vec::new(),
        }
    }

    /// What is shown of a number, and how.
    pub fn shown(&self, stored: &str) -> (String, Look) {
        let numbers: Vec<&Section> = self.sections.iter().filter(|it| !it.text).collect();
        if numbers.iter().enumerate().all(|(at, it)| it.is_plain(at)) {
            return (stored.to_owned(), Look::Plain);
        }
        let unfollowed = || (stored.to_owned(), Look::Unfollowed);
        let Some(number) = Decimal::new(stored) else {
            return unfollowed();
        };
        if numbers.iter().any(|it| it.condition) {
            return unfollowed();
        }
        let at = match numbers.len() {
            0 | 1 => 0,
            2 => usize::from(number.negative),
            _ if number.is_zero() => 2,
            _ => usize::from(number.negative),
        };
        let Some(section) = numbers.get(at) else {
            return unfollowed();
        };
        section
            .shown(stored, &number, at == 1)
            .unwrap_or_else(unfollowed)
    }

    /// What stands before and behind a text; `None` where texts are not shown.
    pub fn around_text(&self) -> Option<(&str, &str)> {
        let section = match self.sections.get(3) {
            Some(section) => Some(section),
            None => self.sections.iter().find(|it| it.text),
        };
        match section {
            None => Some(("", "")),
            Some(section) if section.text => Some((&section.before, &section.behind)),
            Some(_) => None,
        }
    }
}

impl Section {
    fn new(code: &str) -> Self {
        let mut reader = Reader::default();
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    reader.literal(&chars.by_ref().take_while(|c| *c != '"').collect::<String>())
                }
                '\\' | '!' => reader.literal(&chars.next().map(String::from).unwrap_or_default()),
                '_' | '*' => _ = chars.next(),
                '[' => {
                    reader.bracket(&chars.by_ref().take_while(|c| *c != ']').collect::<String>())
                }
                '0' | '#' | '?' => reader.digit(c),
                '.' => reader.point(),
                ',' => reader.commas += 1,
                '%' => {
                    reader.section.power += 2;
                    reader.literal("%");
                }
                '@' => reader.section.text = true,
                'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => {
                    chars.by_ref().for_each(drop);
                    reader.section.zero = true;
                }
                '/' if reader.section.number => {
                    // A fraction is the number itself.
                    chars.by_ref().for_each(drop);
                    reader.section.zero = true;
                    reader.pending.clear();
                }
                'G' => {
                    let rest: String = chars.clone().collect();
                    for name in ["eneral", "/通用格式"] {
                        if rest.starts_with(name) {
                            chars.by_ref().take(name.chars().count()).for_each(drop);
                            reader.digit('0');
                            break;
                        }
                    }
                }
                c => reader.literal(c.encode_utf8(&mut [0; 4])),
            }
        }
        reader.end()
    }

    /// It shows the numbers that it is for as they are, with nothing around them but the sign.
    fn is_plain(&self, at: usize) -> bool {
        let alone = self.before.trim().is_empty() && self.behind.trim().is_empty();
        let sign = match (at, self.before.trim()) {
            (0, "+") | (1, "-") => self.behind.trim().is_empty(),
            (1, "(") => self.behind.trim() == ")",
            _ => false,
        };
        self.number && self.zero && !self.odd && self.power == 0 && (alone || sign)
    }

    fn shown(&self, stored: &str, number: &Decimal, negative: bool) -> Option<(String, Look)> {
        let nothing = self.before.is_empty() && self.behind.is_empty();
        if self.odd {
            return None;
        }
        if nothing && !self.number || number.is_zero() && self.number && !self.zero {
            return Some((stored.to_owned(), Look::Hidden));
        }
        let (before, behind) = (self.before.trim(), self.behind.trim());
        if !self.number {
            // A dash stands for a zero.
            let dash = matches!(before, "-" | "—" | "–" | "－") && number.is_zero();
            let text = if dash { stored } else { before };
            return Some((text.to_owned(), Look::Plain));
        }
        let says_digits = |text: &str| text.contains(char::is_numeric);
        if self.power.abs() > MAX_SHIFT || says_digits(before) || says_digits(behind) {
            return None;
        }
        let digits = match self.power {
            0 => number.digits(),
            power => number.shifted(power).rounded(self.decimals).digits(),
        };
        let text = match (number.negative, negative) {
            (false, _) => format!("{before}{digits}{behind}"),
            (true, false) => format!("-{before}{digits}{behind}"),
            (true, true) if before == "(" && behind.starts_with(')') => format!("-{digits}"),
            (true, true) if before.contains(['-', '−', '－']) => {
                format!("{before}{digits}{behind}")
            }
            // Red, and without a sign.
            (true, true) => return None,
        };
        Some((text, Look::Plain))
    }
}

/// A stored number by the text that a program wrote out as what it shows. Where that is the number itself, rounded or with
/// something around it, the number is given as it is stored; else what is shown.
pub(crate) fn as_shown(stored: &str, shown: &str) -> (String, Look) {
    let shown = shown.trim();
    let Some(number) = Decimal::new(stored) else {
        return (
            stored.to_owned(),
            if shown == stored {
                Look::Plain
            } else {
                Look::Unfollowed
            },
        );
    };
    if shown.is_empty() {
        return (stored.to_owned(), Look::Hidden);
    }
    let digit = |c: char| c.is_ascii_digit();
    let (Some(first), Some(last)) = (shown.find(digit), shown.rfind(digit)) else {
        let dash = matches!(shown, "-" | "—" | "–" | "－") && number.is_zero();
        return (if dash { stored } else { shown }.to_owned(), Look::Plain);
    };
    let (before, rest) = shown.split_at(first);
    let (digits, behind) = rest.split_at(last + 1 - first);
    let exact = Decimal::new(&digits.replace(',', ""));
    let is_it = exact.is_some_and(|exact| number.is_rounded_to(&exact));
    if !is_it || behind.starts_with(['%', '％']) {
        return (shown.to_owned(), Look::Plain);
    }
    let signed = before.contains(['-', '−', '－']) || before.ends_with('(');
    if number.negative && !signed {
        return (stored.to_owned(), Look::Unfollowed);
    }
    if number.negative && before.ends_with('(') && behind.starts_with(')') {
        return (stored.to_owned(), Look::Plain);
    }
    let text = format!("{before}{}{behind}", number.digits());
    (text, Look::Plain)
}

/// Reads a section.
#[derive(Default)]
struct Reader {
    section: Section,
    /// What stands behind the last digit so far.
    pending: String,
    commas: i32,
    fraction: bool,
    /// Behind a point that is a literal: the digits there are those of the number itself.
    pushed: bool,
}

impl Reader {
    fn literal(&mut self, text: &str) {
        self.end_commas();
        match self.section.number || self.section.text {
            true => self.pending.push_str(text),
            false => self.section.before.push_str(text),
        }
    }

    fn digit(&mut self, c: char) {
        // A comma between digits sets groups apart.
        self.commas = 0;
        if !self.pending.trim().is_empty() {
            match self.pending == "." && !self.pushed && !self.fraction {
                true => self.pushed = true,
                false => self.section.odd = true,
            }
        }
        self.pending.clear();
        self.section.number = true;
        self.section.zero |= c == '0';
        if self.pushed {
            self.section.power -= 1;
        }
        self.section.decimals += usize::from(self.pushed || self.fraction);
    }

    fn point(&mut self) {
        self.end_commas();
        self.section.odd |= self.pushed || self.fraction || !self.pending.is_empty();
        self.section.number = true;
        self.fraction = true;
    }

    /// A comma behind the last digit leaves three of them out.
    fn end_commas(&mut self) {
        self.section.power -= 3 * std::mem::take(&mut self.commas);
    }

    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default();
            if !sign.is_empty() {
                self.literal(sign);
            }
        }
        self.section.condition |= inside.starts_with(['<', '>', '=']);
    }

    fn end(mut self) -> Section {
        self.end_commas();
        self.section.behind = self.pending;
        self.section
    }
}

/// The sections of a format, set apart by semicolons.
fn sections(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut close, mut escaped) = (0, None, false);
    for (at, c) in code.char_indices() {
        match (escaped, close) {
            (true, _) => escaped = false,
            (_, Some(end)) => close = Some(end).filter(|end| *end != c),
            _ => match c {
                '\\' | '!' | '_' | '*' => escaped = true,
                '"' => close = Some('"'),
                '[' => close = Some(']'),
                ';' => {
                    sections.push(code.get(start..at).unwrap_or_default());
                    start = at + 1;
                }
                _ => {}
            },
        }
    }
    sections.push(code.get(start..).unwrap_or_default());
    sections.truncate(SECTIONS);
    sections
}

/// A decimal by its digits.
struct Decimal {
    negative: bool,
    /// All digits.
    digits: Vec<u8>,
    /// How many of them stand behind the point.
    decimals: usize,
}

impl Decimal {
    fn new(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let all = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
        all.then_some(Decimal {
            negative,
            digits,
            decimals: fraction.len(),
        })
    }

    fn is_zero(&self) -> bool {
        self.digits.iter().all(|digit| *digit == b'0')
    }

    /// Times ten to a power, which is not large.
    fn shifted(&self, power: i32) -> Decimal {
        let by = usize::try_from(power.unsigned_abs()).unwrap_or_default();
        let (mut digits, mut decimals) = (self.digits.clone(), self.decimals);
        if power < 0 {
            decimals += by;
        } else {
            digits.extend(std::iter::repeat_n(b'0', by.saturating_sub(decimals)));
            decimals = decimals.saturating_sub(by);
        }
        Decimal {
            negative: self.negative,
            digits,
            decimals,
        }
    }

    /// With so many digits behind the point, a half upwards.
    fn rounded(mut self, decimals: usize) -> Decimal {
        if self.decimals < decimals {
            self.digits
                .extend(std::iter::repeat_n(b'0', decimals - self.decimals));
        } else {
            let cut = self.decimals - decimals;
            if self.digits.len() < cut + 1 {
                let missing = cut + 1 - self.digits.len();
                self.digits.splice(0..0, std::iter::repeat_n(b'0', missing));
            }
            let gone = self.digits.split_off(self.digits.len() - cut);
            if gone.first().is_some_and(|digit| *digit >= b'5') {
                self.add_one();
            }
        }
        self.decimals = decimals;
        self
    }

    /// Whether another number, without its sign, is this one with fewer digits.
    fn is_rounded_to(&self, other: &Decimal) -> bool {
        let rounded = Decimal {
            negative: false,
            digits: self.digits.clone(),
            decimals: self.decimals,
        };
        let own = |number: &Decimal| {
            let digits = number.digits();
            match digits.contains('.') {
                true => digits
                    .trim_end_matches('0')
                    .trim_end_matches('.')
                    .to_owned(),
                false => digits,
            }
        };
        own(&rounded.rounded(other.decimals)) == own(other)
    }

    fn add_one(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return;
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
    }

    /// Its digits, without a sign.
    fn digits(&self) -> String {
        let missing = (self.decimals + 1).saturating_sub(self.digits.len());
        let digits: Vec<u8> = std::iter::repeat_n(b'0', missing)
            .chain(self.digits.iter().copied())
            .collect();
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(self.decimals));
        let text = |digits: &[u8]| String::from_utf8_lossy(digits).into_owned();
        let whole = text(whole);
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        match fraction {
            [] => whole.to_owned(),
            fraction => format!("{whole}.{}", text(fraction)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_handed_on_as_they_are_shown() {
        use Look::{Hidden, Plain, Unfollowed};
        for (code, stored, shown, look) in [
            ("General", "93.5", "93.5", Plain),
            ("", "93", "93", Plain),
            ("G/通用格式", "93", "93", Plain),
            ("0", "93.456", "93.456", Plain),
            ("0.00", "93.456", "93.456", Plain),
            ("#,##0", "1234567", "1234567", Plain),
            ("#,##0_);[Red](#,##0)", "-93", "-93", Plain),
            ("0.00E+00", "12345", "12345", Plain),
            ("# ?/?", "0.5", "0.5", Plain),
            ("@", "93", "93", Plain),
            ("000", "93", "93", Plain),
            ("[DBNum1][$-804]0", "93", "93", Plain),
            ("0%", "93", "9300%", Plain),
            ("0.0%", "93", "9300.0%", Plain),
            ("0.0%", "0.12345", "12.3%", Plain),
            ("0.0%", "-0.1295", "-13.0%", Plain),
            ("0\"元\"", "592372449", "592372449元", Plain),
            ("General\"元\"", "93.5", "93.5元", Plain),
            ("0元", "93", "93元", Plain),
            ("0!.0,\"万元\"", "592372449", "59237.2万元", Plain),
            ("0\".\"0,", "123456", "12.3", Plain),
            ("#,##0,\"千\"", "592372449", "592372千", Plain),
            ("0.00,,", "592372449", "592.37", Plain),
            ("0,.0", "1950", "2.0", Plain),
            ("0,", "499", "0", Plain),
            ("0!.0,", "4", "0.0", Plain),
            ("\"共\"0\"件\"", "93", "共93件", Plain),
            ("¥#,##0.00", "1234.5", "¥1234.5", Plain),
            ("[$¥-804]0", "-5", "-¥5", Plain),
            ("+0;-0", "93", "93", Plain),
            ("+0;-0", "-93", "-93", Plain),
            ("-0", "93", "-93", Plain),
            (";;;", "93", "93", Hidden),
            ("0;-0;;@", "0", "0", Hidden),
            ("0;-0;;@", "93", "93", Plain),
            ("#,###", "0", "0", Hidden),
            ("#,###", "93", "93", Plain),
            ("0;-0;\"无\"", "0", "无", Plain),
            (
                "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
                "0",
                "0",
                Plain,
            ),
            (
                "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
                "93",
                "93",
                Plain,
            ),
            (
                "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
                "-93",
                "-93",
                Plain,
            ),
            ("0;[Red]0\"元\"", "-93", "-93", Unfollowed),
            ("0\"0\"", "93", "93", Unfollowed),
            ("0-0", "93", "93", Unfollowed),
            ("[>=10000]0!.0,\"万\";0", "93", "93", Unfollowed),
            ("0%", "1E300", "1E300", Unfollowed),
        ] {
            let format = NumberFormat::new(code);
            assert_eq!(
                format.shown(stored),
                (shown.to_owned(), look),
                "{code} of {stored}"
            );
        }
        let around = |code: &str| {
            let format = NumberFormat::new(code);
            format
                .around_text()
                .map(|(before, behind)| format!("{before}|{behind}"))
        };
        for (code, expected) in [
            ("General", Some("|")),
            ("@\"元\"", Some("|元")),
            ("0;0;0;\"约\"@", Some("约|")),
            (";;;", None),
            ("0;-0;0", Some("|")),
        ] {
            assert_eq!(around(code).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn a_format_that_is_too_long_is_not_followed() {
        for code in ["G", "0.", "0,", "\\", "\"", "[>1]", ";", "0\"a\""] {
            let shown = NumberFormat::new(&code.repeat(1_000_000)).shown("93");
            assert_eq!(shown, ("93".to_owned(), Look::Unfollowed), "{code}");
        }
    }

    #[test]
    fn what_is_written_out_is_what_is_shown() {
        use Look::{Hidden, Plain, Unfollowed};
        for (stored, shown, expected, look) in [
            ("1234", "1,234.00", "1234", Plain),
            ("0.3", "0", "0.3", Plain),
            ("93.456", "93.46", "93.456", Plain),
            ("93", "93元", "93元", Plain),
            ("592372449", "59237.2万元", "59237.2万元", Plain),
            ("93", "9300.0%", "9300.0%", Plain),
            ("0", "0%", "0%", Plain),
            ("-5", "-5", "-5", Plain),
            ("-5", "(5)", "-5", Plain),
            ("-5", "5", "-5", Unfollowed),
            ("93", "", "93", Hidden),
            ("0", "-", "0", Plain),
            ("93", "￥93.00", "￥93", Plain),
            ("93", "94", "94", Plain),
            ("1E300", "1E+300", "1E300", Unfollowed),
        ] {
            assert_eq!(
                as_shown(stored, shown),
                (expected.to_owned(), look),
                "{stored} {shown}"
            );
        }
    }
}
