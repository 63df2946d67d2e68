//! The headings of the parts, and what stands under them.

use super::{finding, place};
use crate::document::Line;
use crate::form::Form;
use crate::place::Place;
use crate::report::Finding;
use crate::report::kind;
use crate::unicode::letters;

/// No heading is longer, in characters.
const MAX_HEADING: usize = 40;
const NUMERALS: &str = "一二三四五六七八九十";

/// What was found of the parts of a report.
pub(super) struct Parts<'f> {
    form: &'f Form,
    /// For each part, its heading.
    headed: Vec<Option<Heading>>,
    /// For each part, the first line that has its number and another title.
    otherwise: Vec<Option<Heading>>,
    /// For each part, whether what it has to say is said.
    said: Vec<bool>,
}

/// The line of a heading.
struct Heading {
    line: usize,
    place: Place,
    /// Its number is that of the part, or it has none.
    numbered: bool,
}

impl<'f> Parts<'f> {
    pub fn new(form: &'f Form) -> Self {
        let parts = form.parts();
        Parts {
            form,
            headed: parts.iter().map(|_| None).collect(),
            otherwise: parts.iter().map(|_| None).collect(),
            said: vec![false; parts.len()],
        }
    }

    /// Takes the next line; whether it is the heading of a part.
    pub fn line(&mut self, line: &Line<'_>, in_table: bool) -> bool {
        if !in_table {
            self.says(line.text);
        }
        let text = line.text.trim().trim_start_matches(['#', '*', ' ']);
        let (number, title) = numbered(text);
        let short = title.chars().nth(MAX_HEADING).is_none();
        // Behind a heading, its part may go on in the same line.
        let end = text.find([' ', '　', '。']).filter(|_| !short);
        let shown = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
        let heading = |index: usize| Heading {
            line: line.number,
            place: place(line, 0, shown),
            numbered: number.is_none_or(|number| number == index),
        };
        if let Some(index) = self.part_of(number, title, short) {
            if let Some(headed @ None) = self.headed.get_mut(index) {
                *headed = Some(heading(index));
            }
            return true;
        }
        let other = number.filter(|_| short && !in_table);
        if let Some(index) = other {
            if let Some(otherwise @ None) = self.otherwise.get_mut(index) {
                *otherwise = Some(heading(index));
            }
        }
        false
    }

    /// Which part has a title: alone, or behind its number also with what follows it.
    fn part_of(&self, number: Option<usize>, title: &str, short: bool) -> Option<usize> {
        let mut parts = self.form.parts().iter();
        let first = title.chars().next()?;
        if !(short || number.is_some()) || !parts.clone().any(|part| part.may_begin(first)) {
            return None;
        }
        let title: String = title.chars().take(2 * MAX_HEADING).collect();
        let letters = letters(&title);
        parts.position(|part| match number {
            Some(_) => part.begins(&letters),
            None => part.is_titled(&letters),
        })
    }

    /// What the parts have to say may stand anywhere in the text.
    fn says(&mut self, text: &str) {
        for (said, part) in self.said.iter_mut().zip(self.form.parts()) {
            let says = part.says.as_ref().filter(|_| !*said);
            *said |= says.is_some_and(|it| it.words.iter().any(|word| text.contains(&**word)));
        }
    }

    /// Whether what was read is a report, and no table alone or a piece of a report: it begins with the first part, or lacks
    /// no other.
    pub fn is_report(&self) -> bool {
        let headed = self.headed.iter().filter(|it| it.is_some()).count();
        let begins = matches!(self.headed.first(), Some(Some(_)));
        (begins && headed >= 3) || headed + 1 >= self.headed.len()
    }

    pub fn findings(&self, tables: &[(usize, usize)]) -> Vec<Finding> {
        let missing = (0..self.headed.len()).filter_map(|index| self.missing(index));
        let mut findings: Vec<Finding> = missing.collect();
        findings.extend(self.disordered());
        findings.extend(self.elsewhere(tables));
        findings.extend((0..self.said.len()).filter_map(|index| self.unsaid(index)));
        findings
    }

    /// A part without its heading, or with another.
    fn missing(&self, index: usize) -> Option<Finding> {
        let title = &self.form.parts().get(index)?.title;
        let found = match self.headed.get(index)? {
            Some(heading) if heading.numbered => return None,
            Some(heading) => Some(heading),
            None => self.otherwise.get(index)?.as_ref(),
        };
        Some(match found {
            Some(heading) => finding(
                kind::PART_TITLE,
                Some(heading.place.clone()),
                kind::d002_part_title::message(&heading.place, numeral(index), title),
            ),
            None => finding(
                kind::NO_PART,
                None,
                kind::d001_no_part::message(index + 1, numeral(index), title),
            ),
        })
    }

    /// The first part that stands before the one that it should follow.
    fn disordered(&self) -> Option<Finding> {
        let headed: Vec<&Heading> = self.headed.iter().flatten().collect();
        let pair = headed.windows(2).find_map(|pair| match pair {
            [before, behind] if behind.line < before.line => Some([*before, *behind]),
            _ => None,
        });
        let [before, behind] = pair?;
        let message = kind::d003_part_order::message(&behind.place, &before.place);
        Some(finding(
            kind::PART_ORDER,
            Some(behind.place.clone()),
            message,
        ))
    }

    /// The first table that stands in another part than its own.
    fn elsewhere(&self, tables: &[(usize, usize)]) -> Option<Finding> {
        tables.iter().find_map(|(section, line)| {
            let title = self.form.sections().get(*section)?.title();
            let own = self.form.parts().iter().position(|it| it.title == title)?;
            self.headed.get(own)?.as_ref()?;
            let headed = self.headed.iter().enumerate();
            let above = headed.filter_map(|(index, it)| Some((index, it.as_ref()?)));
            let above = above
                .filter(|(_, it)| it.line <= *line)
                .max_by_key(|(_, it)| it.line);
            let found = match above {
                Some((index, _)) if index == own => return None,
                Some((_, heading)) => Some(&heading.place),
                None => None,
            };
            let message = kind::d004_table_elsewhere::message(title, found, numeral(own));
            Some(finding(kind::TABLE_ELSEWHERE, found.cloned(), message))
        })
    }

    /// What a part that is there does not say.
    fn unsaid(&self, index: usize) -> Option<Finding> {
        let part = self.form.parts().get(index)?;
        let says = part.says.as_ref()?;
        let heading = self.headed.get(index)?.as_ref()?;
        if self.said.get(index) == Some(&true) {
            return None;
        }
        let message = kind::d005_unsaid::message(numeral(index), &part.title, &says.what);
        let mut finding = finding(kind::UNSAID, Some(heading.place.clone()), message);
        finding.basis = Some(says.basis.clone().into());
        Some(finding)
    }
}

/// The number that a line begins with, as an index, and what stands behind it: 一、总体情况, 第一部分 总体情况.
fn numbered(text: &str) -> (Option<usize>, &str) {
    let mut chars = text.strip_prefix('第').unwrap_or(text).chars();
    let index = chars
        .next()
        .and_then(|c| NUMERALS.chars().position(|it| it == c));
    let rest = chars.as_str();
    let behind = match text.starts_with('第') {
        true => rest.strip_prefix("部分"),
        false => rest.strip_prefix(['、', '.', '．', ',', '，']),
    };
    match (index, behind) {
        (Some(index), Some(behind)) => (Some(index), behind.trim_start_matches(['、', ' ', '　'])),
        _ => (None, text),
    }
}

fn numeral(index: usize) -> char {
    NUMERALS.chars().nth(index).unwrap_or('？')
}
