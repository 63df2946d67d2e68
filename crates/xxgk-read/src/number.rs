//! Numbers of workbooks as a person reads them.

/// Spreadsheets keep so many digits of a number.
const DIGITS: usize = 15;
/// Integers below are exact in a double.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Outside of these a number is written with an exponent, as spreadsheets do, and not with hundreds of zeros.
const LARGEST: f64 = 1e21;
const SMALLEST: f64 = 1e-15;

/// A number as the shortest decimal that is it. A fraction of more digits than spreadsheets keep is an artefact of
/// binary numbers (0.30000000000000004) and is rounded; an integer that may have lost digits is written with an
/// exponent, so that nobody takes it for a count.
pub(crate) fn shown(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let size = number.abs();
    if !size.is_finite() {
        return "#NUM!".to_owned();
    }
    if !(SMALLEST..LARGEST).contains(&size) {
        return format!("{number:E}");
    }
    let shortest = number.to_string();
    if significant(&shortest) <= DIGITS || (number.fract() == 0.0 && size < EXACT) {
        return shortest;
    }
    if number.fract() == 0.0 {
        return format!("{number:E}");
    }
    let rounded = format!("{number:.*e}", DIGITS - 1);
    rounded.parse::<f64>().unwrap_or(number).to_string()
}

/// A decimal as it is written, unless it has an exponent or more digits than spreadsheets keep.
pub(crate) fn written(text: &str) -> String {
    let text = text.trim();
    let plain = text
        .bytes()
        .all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'-'));
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && !(plain && significant(text) <= DIGITS) => {
            shown(number)
        }
        _ => text.to_owned(),
    }
}

fn significant(decimal: &str) -> usize {
    let digits: String = decimal.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    match decimal.contains('.') {
        true => digits.len(),
        false => digits.trim_end_matches('0').len(),
    }
}

/// Whether numbers of a built-in format are days, in the Chinese edition too.
pub(crate) fn is_builtin_date(format: usize) -> bool {
    matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format shows days or hours: `yyyy"年"m"月"`, but not `[Red]0"days"`.
pub(crate) fn is_date_format(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => return false,
            '"' => _ = chars.find(|c| *c == '"'),
            '\\' | '_' | '*' => _ = chars.next(),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if !inside.is_empty() && inside.chars().all(|c| "hmsHMS".contains(c)) {
                    return true;
                }
            }
            'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => return true,
            _ => {}
        }
    }
    false
}

/// A day, or an hour of it, counted from 1900, or from 1904. It is no number: it is not to be taken for a count.
pub(crate) fn date(serial: f64, from_1904: bool) -> String {
    if !(0.0..2_958_466.0).contains(&serial) {
        return "#####".to_owned();
    }
    // In range, as was seen. The truncation is meant.
    let seconds = (serial * 86_400.0).round() as i64;
    let (mut day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let clock = format!(
        "{:02}:{:02}:{:02}",
        second / 3600,
        second / 60 % 60,
        second % 60
    );
    if serial < 1.0 && !from_1904 {
        return clock;
    }
    // The first format counts a 29 February 1900 that never was.
    day += match (from_1904, day < 60) {
        (true, _) => 1462 - 25_569,
        (false, true) => 1 - 25_569,
        (false, false) => -25_569,
    };
    let (year, month, day) = civil(day);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if second == 0 {
        date
    } else {
        format!("{date} {clock}")
    }
}

/// The date of a day counted from 1970.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_they_are_read() {
        for (number, text) in [
            (27.0, "27"),
            (-0.0, "0"),
            (0.37, "0.37"),
            (0.1 + 0.2, "0.3"),
            (4068.208, "4068.208"),
            (1_234_567_890_123_456.0, "1234567890123456"),
            (EXACT - 1.0, "9007199254740991"),
            (9_007_199_254_740_994.0, "9.007199254740994E15"),
            (1e20, "100000000000000000000"),
            (1e300, "1E300"),
            (1e-300, "1E-300"),
            (f64::INFINITY, "#NUM!"),
        ] {
            assert_eq!(shown(number), text);
        }
        for (text, expected) in [
            ("27", "27"),
            ("0.30000000000000004", "0.3"),
            ("1.5E3", "1500"),
            ("1.50", "1.50"),
            ("abc", "abc"),
            ("nan", "nan"),
        ] {
            assert_eq!(written(text), expected);
        }
    }

    #[test]
    fn days_are_no_numbers() {
        for (serial, from_1904, text) in [
            (43_100.0, false, "2017-12-31"),
            (41_638.0, true, "2017-12-31"),
            (1.0, false, "1900-01-01"),
            (0.0, true, "1904-01-01"),
            (61.5, false, "1900-03-01 12:00:00"),
            (0.5, false, "12:00:00"),
            (-1.0, false, "#####"),
            (f64::NAN, false, "#####"),
        ] {
            assert_eq!(date(serial, from_1904), text);
        }
        for (format, is) in [
            ("yyyy\"年\"m\"月\"", true),
            ("[$-804]yyyy", true),
            ("[h]:mm", true),
            ("General", false),
            ("0\"days\"", false),
            ("[Red]0", false),
            ("0_d", false),
            ("#,##0.00;[Red]d", false),
        ] {
            assert_eq!(is_date_format(format), is, "{format}");
        }
    }
}
