//! What a page has above and below its text: page numbers, and lines that every page has.

use std::collections::HashMap;

use super::line::Line;
use super::sheet::{BESIDE, Item, Sheet};

/// Lines that differ by less in height stand at the same.
const SAME_HEIGHT: i32 = 300;

/// So many lines stand above or below the text of a page at most.
const MAX_LINES: usize = 6;

/// Takes page numbers and running lines away. Of a running line the first is kept: it may be the title.
pub(crate) fn without_margins(sheets: &mut [Sheet]) {
    let mut seen: HashMap<(String, i32, bool), usize> = HashMap::new();
    for sheet in sheets.iter_mut() {
        for is_top in [true, false] {
            for _ in 0..MAX_LINES {
                let Some((index, line)) = outermost(sheet, is_top) else {
                    break;
                };
                let text = line.text();
                let height = line.base / SAME_HEIGHT;
                let repeats = (height - 1..=height + 1)
                    .any(|at| seen.contains_key(&(without_numbers(&text), at, is_top)));
                let key = (without_numbers(&text), height, is_top);
                *seen.entry(key).or_default() += 1;
                let far = match is_top {
                    true => line.base * 100 < sheet.height * 12,
                    false => line.base * 100 > sheet.height * 88,
                };
                if repeats || (far && is_page_number(&text)) {
                    sheet.items.remove(index);
                } else {
                    break;
                }
            }
        }
    }
}

/// The first or the last line, if no table stands before or behind it.
fn outermost(sheet: &Sheet, is_top: bool) -> Option<(usize, &Line)> {
    let items = sheet.items.iter().enumerate();
    let mut items = items.filter(|(_, item)| item.bottom() < BESIDE);
    let item = match is_top {
        true => items.next(),
        false => items.next_back(),
    };
    match item? {
        (index, Item::Line(line)) => Some((index, line)),
        (_, Item::Table(_)) => None,
    }
}

fn without_numbers(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_numeric() && !c.is_whitespace())
        .collect()
}

/// `3`, `- 3 -`, `第 3 页`, `第3页 共12页`, `3/12`.
fn is_page_number(text: &str) -> bool {
    let mut digits = 0;
    let known = text.chars().all(|c| {
        digits += usize::from(c.is_numeric());
        c.is_numeric() || c.is_whitespace() || "-－—–―‐−·•/／第共页,，|".contains(c)
    });
    known && (1..=8).contains(&digits)
}
