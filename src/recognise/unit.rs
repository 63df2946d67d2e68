//! The unit in which a value is written, from wherever people put it.
//!
//! The nearest statement counts: beside the number itself (which [`written`](crate::number::written) reads), then the cell of the
//! row in the column of units, the label of the row, the heading of the column, and last what stands above the table. Where
//! two of the others contradict each other, there is no telling.

use super::figure::year_of;
use super::token::Token;
use super::words::Words;
use crate::form::Kind;
use crate::number::written::{Measure, is_blank, measure, multiple};
use crate::unicode::{compatible, letters};

/// No statement of a unit is longer, in bytes.
const MAX_STATEMENT: usize = 240;
/// What stands between the units of a list, or ends it.
const SEPARATORS: &[char] = &[
    '、', '，', ',', '/', '；', ';', ' ', '\u{3000}', ')', '）', ']', '】', '(', '（',
];

/// The units that a text states for the cells below or beside it: one for amounts, one for what is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stated<'t> {
    money: &'t str,
    things: &'t str,
}

/// The letters of a heading without what it states of units: 统计数（单位：千元） is 统计数.
pub(crate) fn heading(token: &Token<'_>, words: &Words<'_>) -> String {
    let text = token.cell.text;
    let before = || {
        let named = text.split_once("单位");
        let bracketed = || text.rsplit_once(['(', '（', '[', '【']);
        named.or_else(bracketed).map(|(before, _)| letters(before))
    };
    let stated = token.is_text() && !Stated::of(text, words).is_empty();
    let before = stated.then(before).flatten().filter(|it| !it.is_empty());
    before.unwrap_or_else(|| match token.is_text() {
        true => token.letters.clone(),
        false => letters(text),
    })
}

/// The units that are stated about a value, the nearest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Units<'t> {
    /// In the column of units, or behind the value.
    pub column: &'t str,
    /// In the label of the row: 行政事业性收费（元）.
    pub label: Stated<'t>,
    /// In the heading of the column: 统计数（单位：千元）.
    pub heading: Stated<'t>,
    /// In a line above the table, or in its title: 单位：千元.
    pub above: Stated<'t>,
}

/// Two units of one value, of which only one can be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction<'t>(pub &'t str, pub &'t str);

impl<'t> Stated<'t> {
    /// What a text states: behind 单位, or else in brackets at its end.
    pub fn of(text: &'t str, words: &Words<'_>) -> Self {
        let named = Stated::named(text, words);
        let inside = || {
            let inside = text.trim_end().strip_suffix([')', '）', ']', '】'])?;
            Some(inside.rsplit_once(['(', '（', '[', '【'])?.1)
        };
        match inside().filter(|it| named.is_empty() && it.len() <= MAX_STATEMENT) {
            Some(inside) => Stated::list(inside, words),
            None => named,
        }
    }

    fn named(text: &'t str, words: &Words<'_>) -> Self {
        if text.len() > MAX_STATEMENT || !text.contains("单位") {
            return Stated::default();
        }
        let clauses = text.split("单位").skip(1);
        clauses.fold(Stated::default(), |stated, clause| {
            stated.with(Stated::list(clause, words))
        })
    }

    /// What a line above a table states: one that says nothing else, but perhaps the year.
    pub fn above(text: &'t str, words: &Words<'_>) -> Self {
        let Some((before, _)) = text.split_once("单位") else {
            return Stated::default();
        };
        // 数量（单位：件） is the heading of a column.
        let before = before.trim_start_matches(['(', '（', '[', '【', ' ', '\u{3000}']);
        let alone = matches!(
            before,
            "" | "计量" | "金额" | "数量" | "货币" | "统计" | "计算"
        );
        match alone || year_of(&letters(before)).is_some() {
            true => Stated::named(text, words),
            false => Stated::default(),
        }
    }

    /// The units that a list begins with: `元`, `：千元`, `件、万元`, `人民币万元`.
    fn list(list: &'t str, words: &Words<'_>) -> Self {
        let list = list.trim_start_matches([':', '：', '为', ' ', '\u{3000}']);
        let pieces = list.split(|c| SEPARATORS.contains(&c));
        let pieces = pieces.map(|piece| piece.strip_prefix("人民币").unwrap_or(piece));
        let is_unit = |unit: &&str| words.is_unit(unit) || multiple(unit).is_some();
        let units = pieces.filter(|piece| !piece.is_empty()).take_while(is_unit);
        units.fold(Stated::default(), |stated, unit| {
            stated.with(match measure(&compatible(unit)) {
                Some(Measure::Money(_)) => Stated {
                    money: unit,
                    things: "",
                },
                _ => Stated {
                    money: "",
                    things: unit,
                },
            })
        })
    }

    /// The same, but for what another states, which is nearer.
    pub fn with(self, nearer: Stated<'t>) -> Self {
        let of = |far: &'t str, near: &'t str| if near.is_empty() { far } else { near };
        Stated {
            money: of(self.money, nearer.money),
            things: of(self.things, nearer.things),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.money.is_empty() && self.things.is_empty()
    }

    /// What is stated for the cells of one row or column: it is about them, whatever it measures.
    fn of_cell(self, kind: Kind) -> &'t str {
        let (own, other) = match kind {
            Kind::Amount => (self.money, self.things),
            _ => (self.things, self.money),
        };
        if own.is_empty() { other } else { own }
    }

    /// What is stated for the cells of a whole table, in which money is the unit of amounts alone.
    fn of_table(self, kind: Kind) -> &'t str {
        match kind {
            Kind::Amount => self.of_cell(kind),
            _ => self.things,
        }
    }
}

impl<'t> Units<'t> {
    /// The unit of a value that has none beside it; empty where nothing states one. `list` is whether a row has one value, so
    /// that its column holds amounts and counts.
    pub fn resolve(&self, kind: Kind, list: bool) -> Result<&'t str, Contradiction<'t>> {
        // What goes over amounts and counts has money for the amounts alone: the column of a list, the row of a section.
        let [label, heading] = match list {
            true => [self.label.of_cell(kind), self.heading.of_table(kind)],
            false => [self.label.of_table(kind), self.heading.of_cell(kind)],
        };
        let stated = [self.column, label, heading, self.above.of_table(kind)];
        let mut stated = stated
            .into_iter()
            .filter(|unit| !is_blank(&compatible(unit)));
        let Some(nearest) = stated.next() else {
            return Ok("");
        };
        let scale = scale(nearest);
        match stated.find(|other| self::scale(other) != scale) {
            Some(other) => Err(Contradiction(nearest, other)),
            None => Ok(nearest),
        }
    }
}

/// What one of a unit is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    Of(Measure),
    /// Shares are of no kind that a cell of a form has.
    Share,
}

/// What one of a unit is; one thing where it is no unit that we know, as a measure word of the form's own.
fn scale(unit: &str) -> Scale {
    let unit = compatible(unit);
    let multiple = || multiple(&unit).map(Measure::Things);
    match unit.contains(['%', '‰']) {
        true => Scale::Share,
        false => Scale::Of(
            measure(&unit)
                .or_else(multiple)
                .unwrap_or(Measure::Things(0)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;

    fn stated(text: &str) -> (String, String) {
        let words = Words::new(forms());
        let stated = Stated::of(text, &words);
        (stated.money.to_owned(), stated.things.to_owned())
    }

    #[test]
    fn where_a_text_states_a_unit() {
        for (text, money, things) in [
            ("单位：元", "元", ""),
            ("（单位：千元）", "千元", ""),
            ("金额单位：元 数量单位：百件", "元", "百件"),
            ("计量单位：件、万元", "万元", "件"),
            ("单位:人民币千元", "千元", ""),
            ("政府信息公开情况统计表（单位：件/元）", "元", "件"),
            ("(2017年度)   单位：元", "元", ""),
            ("统计数（百件）", "", "百件"),
            ("统计数(万)", "", "万"),
            ("行政事业性收费（元）", "元", ""),
            ("单位", "", ""),
            ("填报单位：某局", "", ""),
            ("单位负责人：某甲", "", ""),
            ("(不同渠道和方式公开相同信息计1条)", "", ""),
        ] {
            assert_eq!(
                stated(text),
                (money.to_owned(), things.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn the_nearest_counts_and_contradictions_are_told() {
        let words = Words::new(forms());
        let of = |column, label, heading, above| Units {
            column,
            label: Stated::of(label, &words),
            heading: Stated::of(heading, &words),
            above: Stated::of(above, &words),
        };
        let amount = |units: Units<'static>| units.resolve(Kind::Amount, true);
        let count = |units: Units<'static>| units.resolve(Kind::Count, true);
        assert_eq!(amount(of("", "", "", "单位：元")), Ok("元"));
        assert_eq!(amount(of("万元", "", "", "")), Ok("万元"));
        assert_eq!(amount(of("—", "收费（元）", "", "")), Ok("元"));
        assert_eq!(
            amount(of("元", "收费（元）", "数（元）", "单位：元")),
            Ok("元")
        );
        assert_eq!(
            amount(of("万元", "", "", "单位：元")),
            Err(Contradiction("万元", "元"))
        );
        assert_eq!(
            amount(of("", "收费（元）", "数（千元）", "")),
            Err(Contradiction("元", "千元"))
        );
        // Money above a table is the unit of its amounts alone.
        assert_eq!(count(of("", "", "数（千元）", "单位：元")), Ok(""));
        assert_eq!(count(of("条", "", "", "单位：件")), Ok("条"));
        assert_eq!(count(of("", "", "数（百件）", "")), Ok("百件"));
        assert_eq!(
            count(of("条", "", "数（百件）", "")),
            Err(Contradiction("条", "百件"))
        );
        assert_eq!(
            count(of("条", "发布数(%)", "", "")),
            Err(Contradiction("条", "%"))
        );
        // A column of its own has one kind of cells.
        let own = of("", "", "件数（元）", "");
        assert_eq!(own.resolve(Kind::Count, false), Ok("元"));
    }
}
