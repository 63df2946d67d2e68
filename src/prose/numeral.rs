//! Numbers written out in Chinese: 十二件, 一百二十人次, 两期.

/// One number, and how many bytes it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub value: u64,
    pub length: usize,
}

/// The value of a digit.
fn digit(c: char) -> Option<u64> {
    "零一二三四五六七八九"
        .chars()
        .zip(0..)
        .find(|(it, _)| *it == c)
        .map(|(_, value)| value)
        .or(match c {
            '〇' => Some(0),
            '两' => Some(2),
            _ => None,
        })
}

/// What a digit before it is multiplied by.
fn scale(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// Whether a numeral may begin so.
pub(super) fn begins(c: char) -> bool {
    "一二三四五六七八九十两".contains(c)
}

/// The number that a text begins with, below ten thousand. 一 alone, which is mostly no count (一次性, 一件件), is none; nor is 三四件 or
/// 百件, which are about so many.
pub(super) fn numeral(text: &str) -> Option<Numeral> {
    let is_part = |c: char| digit(c).is_some() || scale(c).is_some();
    let length = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let signs: Vec<char> = text.get(..length)?.chars().take(8).collect();
    let (mut value, mut last, mut above) = (0, None, u64::MAX);
    for (at, c) in signs.iter().enumerate() {
        match (digit(*c), scale(*c)) {
            // 一百零三: it stands for the place that has none.
            (Some(0), _) if at > 0 && last.is_none() => {}
            (Some(digit), _) if last.is_none() => last = Some(digit),
            (_, Some(scale)) if scale < above && (last.is_some() || (at == 0 && scale == 10)) => {
                value += last.take().unwrap_or(1) * scale;
                above = scale;
            }
            _ => return None,
        }
    }
    let value = value + last.unwrap_or(0);
    let whole = signs.iter().map(|c| c.len_utf8()).sum::<usize>() == length;
    (whole && value > 0 && signs != ['一']).then_some(Numeral { value, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        for (text, expected) in [
            ("十二件", Some(12)),
            ("二十件", Some(20)),
            ("二十七件", Some(27)),
            ("一百二十人次", Some(120)),
            ("一百零三件", Some(103)),
            ("三千二百件", Some(3200)),
            ("两期", Some(2)),
            ("十件", Some(10)),
            ("一件", None),
            ("三四件", None),
            ("百件", None),
            ("二〇一七", None),
            ("十百", None),
            ("零件", None),
        ] {
            assert_eq!(numeral(text).map(|it| it.value), expected, "{text}");
        }
    }
}
