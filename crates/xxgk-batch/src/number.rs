//! Decimal numbers as exact integers, in units of a power of ten.
//!
//! What is too large for an `i128` becomes the largest there is, of its sign: no cell holds either, and that is a finding.

use crate::error::Problem;

/// A float of 64 bits holds every decimal of so many digits apart from its neighbours: the same as
/// [`xxgk::number::amount`] takes; and one of 32 bits of so many.
const DIGITS_64: usize = 15;
const DIGITS_32: usize = 6;

/// A plain decimal number, in units of 10^−`scale`.
pub(crate) fn text(text: &str, scale: u32) -> Result<i128, Problem> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(Problem::NotANumber),
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(Problem::NotANumber);
    }
    let decimals = scale as usize;
    if fraction.bytes().skip(decimals).any(|byte| byte != b'0') {
        return Err(Problem::Decimals { most: scale });
    }
    let shown = whole.bytes().chain(fraction.bytes().take(decimals));
    let padding = decimals.saturating_sub(fraction.len());
    let mut value = 0_i128;
    for byte in shown.chain(std::iter::repeat_n(b'0', padding)) {
        let digit = i128::from(byte - b'0');
        value = value.saturating_mul(10).saturating_add(digit);
    }
    Ok(if negative { -value } else { value })
}

/// A number as people write it: with spaces around it, digits of full width, and a comma before every three digits.
pub(crate) fn written(written: &str, scale: u32) -> Result<i128, Problem> {
    let plain: String = written.trim().chars().map(half_width).collect();
    let (whole, fraction) = match plain.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (&*plain, None),
    };
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next().map_or(0, str::len);
    if whole.contains(',') && !((1..=3).contains(&first) && groups.all(|it| it.len() == 3)) {
        return Err(Problem::NotANumber);
    }
    let digits = whole.replace(',', "");
    match fraction {
        Some(fraction) => text(&format!("{digits}.{fraction}"), scale),
        None => text(&digits, scale),
    }
}

/// The sign of ASCII that a sign of full width is.
fn half_width(sign: char) -> char {
    match sign {
        '０'..='９' | '，' | '．' | '－' => {
            char::from_u32(sign as u32 - ('！' as u32 - '!' as u32)).unwrap_or(sign)
        }
        '−' => '-',
        _ => sign,
    }
}

/// `mantissa` × 10^−`from`, in units of 10^−`scale`.
pub(crate) fn decimal(mantissa: i128, from: i8, scale: u32) -> Result<i128, Problem> {
    let up = i64::from(scale) - i64::from(from);
    let power = u32::try_from(up.unsigned_abs())
        .ok()
        .and_then(|exponent| 10_i128.checked_pow(exponent));
    if up >= 0 {
        let largest = if mantissa < 0 { i128::MIN } else { i128::MAX };
        return Ok(match power {
            _ if mantissa == 0 => 0,
            Some(power) => mantissa.checked_mul(power).unwrap_or(largest),
            None => largest,
        });
    }
    match power {
        Some(power) if mantissa % power == 0 => Ok(mantissa / power),
        None if mantissa == 0 => Ok(0),
        _ => Err(Problem::Decimals { most: scale }),
    }
}

/// A float of 64 bits, by its shortest decimal form.
pub(crate) fn float_64(value: f64, scale: u32) -> Result<i128, Problem> {
    // Nearly all are whole, and to write one down is slow.
    if value.trunc() == value && value.abs() < 1e15 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and fits")]
        return decimal(value as i128, 0, scale);
    }
    float(value.is_finite(), &value.to_string(), DIGITS_64, scale)
}

/// A float of 32 bits, by its shortest decimal form.
pub(crate) fn float_32(value: f32, scale: u32) -> Result<i128, Problem> {
    float(value.is_finite(), &value.to_string(), DIGITS_32, scale)
}

fn float(finite: bool, shortest: &str, most: usize, scale: u32) -> Result<i128, Problem> {
    if !finite {
        return Err(Problem::NotFinite);
    }
    let significant = shortest.trim_start_matches(['-', '0', '.']);
    let digits = significant.bytes().filter(u8::is_ascii_digit).count();
    if digits > most {
        return Err(Problem::Digits { most });
    }
    text(shortest, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_plain_decimal_number_or_nothing() {
        for (given, scale, value) in [
            ("0", 0, 0),
            ("-0", 0, 0),
            ("007", 0, 7),
            ("27.00", 0, 27),
            ("-3", 0, -3),
            ("1.5", 8, 150_000_000),
            ("-0.00000001", 8, -1),
            ("0.000000010", 8, 1),
            ("170141183460469231731687303715884105727", 0, i128::MAX),
            ("999999999999999999999999999999999999999999", 0, i128::MAX),
        ] {
            assert_eq!(text(given, scale), Ok(value), "{given}");
        }
        for given in [
            "", "-", "+1", " 1", "1 ", "1,000", "1_000", "1e3", ".5", "5.", "1.2.3", "--1",
            "\u{ff11}", "NaN", "一", "0x1", "1.-2",
        ] {
            assert_eq!(text(given, 8), Err(Problem::NotANumber), "{given}");
        }
        assert_eq!(text("1.5", 0), Err(Problem::Decimals { most: 0 }));
        assert_eq!(text("0.000000001", 8), Err(Problem::Decimals { most: 8 }));
    }

    #[test]
    fn a_number_as_people_write_it() {
        for (given, scale, value) in [
            ("1,234", 0, 1234),
            ("-12,345,678.50", 8, -1_234_567_850_000_000),
            (" 27 ", 0, 27),
            ("１，２３４．５", 8, 123_450_000_000),
            ("−3", 0, -3),
        ] {
            assert_eq!(written(given, scale), Ok(value), "{given}");
        }
        for given in [
            "1,23",
            "1234,567",
            ",123",
            "1,,234",
            "1,234,",
            "1.234,567",
            "1 234",
            "12,34,567",
            "NA",
            "27件",
            "",
            "-",
            "1,-23",
        ] {
            assert_eq!(written(given, 8), Err(Problem::NotANumber), "{given}");
        }
    }

    #[test]
    fn a_decimal_is_whole_at_the_scale_or_refused() {
        for (mantissa, from, scale, value) in [
            (150, 2, 8, 150_000_000),
            (500, 2, 0, 5),
            (5, -2, 0, 500),
            (0, -128, 8, 0),
            (0, 127, 0, 0),
            (1, -128, 0, i128::MAX),
            (-1, -128, 0, i128::MIN),
            (i128::MIN, 0, 8, i128::MIN),
        ] {
            assert_eq!(
                decimal(mantissa, from, scale),
                Ok(value),
                "{mantissa} {from}"
            );
        }
        assert_eq!(decimal(501, 2, 0), Err(Problem::Decimals { most: 0 }));
        assert_eq!(decimal(1, 127, 8), Err(Problem::Decimals { most: 8 }));
    }

    #[test]
    fn a_float_is_what_its_digits_say_beyond_doubt() {
        assert_eq!(float_64(0.1, 8), Ok(10_000_000));
        assert_eq!(float_64(-0.0, 0), Ok(0));
        assert_eq!(float_64(999_999_999_999_999.0, 0), Ok(999_999_999_999_999));
        assert_eq!(float_64(1e15, 0), Err(Problem::Digits { most: 15 }));
        assert_eq!(float_64(0.1 + 0.2, 8), Err(Problem::Digits { most: 15 }));
        assert_eq!(float_64(1.5, 0), Err(Problem::Decimals { most: 0 }));
        assert_eq!(float_64(f64::NAN, 0), Err(Problem::NotFinite));
        assert_eq!(float_64(f64::NEG_INFINITY, 0), Err(Problem::NotFinite));
        assert_eq!(float_32(0.1, 8), Ok(10_000_000));
        assert_eq!(float_32(999_999.0, 0), Ok(999_999));
        assert_eq!(float_32(16_777_216.0, 0), Err(Problem::Digits { most: 6 }));
    }
}
