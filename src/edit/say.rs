//! Corrections as sentences: what to change, what it can be, and the error that explains it.

use std::sync::Arc;

use super::impute::Filled;
use crate::form::{Form, Instance};
use crate::lang::Text;
use crate::number::Value;
use crate::record::Record;
use crate::report::correction::{CellSet, Certainty, Change, Correction, Diagnosis, HumanError};

impl Correction {
    /// What to do, as a sentence: every set with its cells, what they hold and can hold, and the likeliest error of each. The
    /// form is that of the record.
    #[must_use]
    pub fn message(&self, form: &Form) -> Text {
        let [zh, en] = self.named(form);
        let several = self.rules.len() > 1;
        match (self.certainty, &self.sets[..]) {
            (Certainty::Impossible, _) => Text::new(
                format!(
                    "单改表中的数，无法{}满足{zh}：规则互相矛盾，或者与表外申报的数矛盾。请核对申报的数和规则。",
                    if several { "同时" } else { "" }
                ),
                format!(
                    "No change of the table makes {en} hold{}: the rules contradict each other, or what was declared beside the table. Check what was declared, and the rules.",
                    if several { " together" } else { "" }
                ),
            ),
            (Certainty::Limit, _) => Text::new(
                format!("未能在限定的计算量内找出改法，请逐一核对{zh}所涉的数。"),
                format!(
                    "What to correct was not found within the bound on work: check every figure of {en}."
                ),
            ),
            (_, [set]) => {
                let set = set.text(form);
                let (then_zh, then_en) = if several {
                    (format!("，{zh}即一并相符"), format!("; {en} then hold"))
                } else {
                    Default::default()
                };
                Text::new(
                    format!("若其他单元格无误，{}{then_zh}。", set.zh),
                    format!("If the other cells are right, {}{then_en}.", set.en),
                )
            }
            (_, sets) => alternatives(sets, several.then_some([zh, en]), form),
        }
    }

    /// The rules, in Chinese and in English: of one that is said of each row or column, with the name of that.
    fn named(&self, form: &Form) -> [String; 2] {
        let name = |id: &Arc<str>| match form.instances().find(|(_, it)| it.id() == &**id) {
            Some((rule, instance)) => match Instance::name(instance) {
                Some(name) => format!("{}“{name}”", rule.id()),
                None => rule.id().to_owned(),
            },
            None => id.to_string(),
        };
        let names: Vec<String> = self.rules.iter().map(name).collect();
        let rules = if names.len() > 1 { "rules" } else { "rule" };
        [
            format!("规则{}", names.join("、")),
            format!("{rules} {}", names.join(", ")),
        ]
    }
}

/// Several sets, of which it is not known which one is meant: the records say it. `rules` are named where they are several.
fn alternatives(sets: &[CellSet], rules: Option<[String; 2]>, form: &Form) -> Text {
    let single = sets.iter().all(|set| set.cells.len() == 1);
    let (measure, one) = match single {
        true => ("处", "cells"),
        false => ("组", "sets of cells"),
    };
    let [zh, en] = rules.map_or_else(Default::default, |[zh, en]| {
        [
            format!("，改正后{zh}即一并相符"),
            format!(" Once it is right, {en} hold."),
        ]
    });
    let texts: Vec<Text> = sets.iter().map(|set| set.text(form)).collect();
    let numbered = |of: fn(&Text) -> &str, open: &str, close: &str, between: &str| {
        let all = (1..).zip(&texts);
        let all: Vec<String> = all
            .map(|(number, text)| format!("{open}{number}{close}{}", of(text)))
            .collect();
        all.join(between)
    };
    Text::new(
        format!(
            "可能有误的是以下某一{measure}，请对照台账核实{zh}：{}。",
            numbered(|it| &it.zh, "（", "）", "；")
        ),
        format!(
            "One of these {one} may be wrong; check the records to see which.{en} {}.",
            numbered(|it| &it.en, "(", ") ", "; ")
        ),
    )
}

impl CellSet {
    /// What its cells can hold, and why they may not.
    fn text(&self, form: &Form) -> Text {
        let texts: Vec<Text> = self
            .cells
            .iter()
            .map(|change| change.text(self.error(change.cell), form))
            .collect();
        let all = |of: fn(&Text) -> &str| texts.iter().map(of).collect::<Vec<_>>();
        Text::new(all(|it| &it.zh).join("，"), all(|it| &it.en).join(" and "))
    }
}

impl Change {
    /// What was done where the change was made: the cell, what it held, what it holds now, and the error that explains it. A
    /// cell that can have several values was made blank.
    #[must_use]
    pub fn made(&self, error: Option<&Diagnosis>, form: &Form) -> Text {
        let Change { name, from, .. } = self;
        let [unit, unit_en] = self.units(form);
        let (zh, en) = match self.to() {
            Some(to) => (format!("{to}{unit}"), format!("{to}{unit_en}")),
            None => ("空白".to_owned(), "blank".to_owned()),
        };
        let why = self.why(error, form);
        let mut text = Text::new(
            format!("“{name}”由{from}{unit}改为{zh}{}。", why.zh),
            format!("“{name}” was {from}{unit_en} and is now {en}{}.", why.en),
        );
        if self.to().is_none() {
            let can = self.can(form);
            text.zh += &format!("{}，不能确定是多少，请填准确的数。", can.zh);
            text.en += &format!(" It {}, but its value is not known: fill it in.", can.en);
        }
        text
    }

    /// What the cell can hold, what it holds, and the error that explains it.
    fn text(&self, error: Option<&Diagnosis>, form: &Form) -> Text {
        let Change { name, from, .. } = self;
        let [unit, unit_en] = self.units(form);
        let [can, why] = [self.can(form), self.why(error, form)];
        Text::new(
            format!("“{name}”{}（现为{from}{unit}{}）", can.zh, why.zh),
            format!("“{name}” {} (now {from}{unit_en}{})", can.en, why.en),
        )
    }

    /// What the cell can hold, as the end of a sentence: 应为27件, 应不小于3件.
    #[must_use]
    pub fn can(&self, form: &Form) -> Text {
        let Change {
            from, least, most, ..
        } = self;
        let [unit, unit_en] = self.units(form);
        let (zh, en) = match (self.to(), Value::open([*least, *most])) {
            (Some(to), _) => (format!("应为{to}{unit}"), format!("is {to}{unit_en}")),
            (None, [true, true]) => ("须改".to_owned(), "must change".to_owned()),
            (None, [false, true]) => (
                format!("应不小于{least}{unit}"),
                format!("is at least {least}{unit_en}"),
            ),
            (None, [true, false]) if matches!(from, Value::Change(_)) => (
                format!("应不大于{most}{unit}"),
                format!("is at most {most}{unit_en}"),
            ),
            (None, _) => (
                format!("应在{least}至{most}{unit}之间"),
                format!("is between {least} and {most}{unit_en}"),
            ),
        };
        Text::new(zh, en)
    }

    /// The error as it stands behind a clause.
    fn why(&self, error: Option<&Diagnosis>, form: &Form) -> Text {
        let why = error.map(|error| error.text(self, form));
        why.map_or_else(Text::default, |why| {
            Text::new(format!("，{}", why.zh), format!(", {}", why.en))
        })
    }

    /// The unit behind a figure, in Chinese and in English, in which a measure word is not said.
    fn units(&self, form: &Form) -> [String; 2] {
        let unit = form.indicator(self.cell).map_or("", |it| it.unit());
        let en = match self.from {
            Value::Amount(_) => format!(" {unit}"),
            Value::Count(_) | Value::Change(_) => String::new(),
        };
        [unit.to_owned(), en]
    }
}

impl Filled {
    /// What was filled in, and the figures that it follows from; the record is that with what was filled in.
    #[must_use]
    pub fn message(&self, record: &Record) -> Text {
        let form = record.form();
        let indicator = form.indicator(self.cell);
        let (name, unit) = indicator.map_or(("", ""), |it| (it.name(), it.unit()));
        let value = self.value;
        let unit_en = match value {
            Value::Amount(_) => format!(" {unit}"),
            Value::Count(_) | Value::Change(_) => String::new(),
        };
        let figure = |cell: &usize| {
            let (name, value) = (form.indicator(*cell)?.name(), record.value(*cell)?);
            Some([format!("“{name}”{value}"), format!("“{name}” {value}")])
        };
        let figures: Vec<[String; 2]> = self.from.iter().filter_map(figure).collect();
        let joined = |lang: usize, between: &str| {
            let figures = figures.iter().filter_map(|it| it.get(lang));
            figures.cloned().collect::<Vec<_>>().join(between)
        };
        let [zh, en] = match figures.is_empty() {
            true => Default::default(),
            false => [
                format!("，由{}推出", joined(0, "、")),
                format!(", as follows from {}", joined(1, ", ")),
            ],
        };
        Text::new(
            format!("“{name}”空白，只能是{value}{unit}{zh}，已填入。"),
            format!("“{name}” was blank and can only be {value}{unit_en}{en}: filled in."),
        )
    }
}

impl Diagnosis {
    /// The error as a clause, without a full stop. `change` is that of its cell.
    #[must_use]
    pub fn text(&self, change: &Change, form: &Form) -> Text {
        let Change {
            from, least: to, ..
        } = change;
        let [from_size, to_size] = [from, to].map(|it| it.scaled().map_or(0, i128::unsigned_abs));
        let other = self.other.and_then(|other| form.indicator(other));
        let other = other.map_or("", |it| it.name());
        match self.error {
            HumanError::Sign => Text::new("正负号可能写反了", "perhaps the sign is wrong"),
            HumanError::Unit if from_size > to_size => {
                Text::new("可能是按元填写的", "perhaps given in 元")
            }
            HumanError::Unit => Text::new("可能是按亿元填写的", "perhaps given in 亿元"),
            HumanError::Transposed => Text::new(
                format!("可能把“{to}”写成了“{from}”，两位数字颠倒"),
                format!("perhaps {from} for {to}, two digits exchanged"),
            ),
            HumanError::PowerOfTen => {
                let ratio = from_size.max(to_size).checked_div(from_size.min(to_size));
                let places = ratio.and_then(u128::checked_ilog10).unwrap_or(0);
                let s = if places == 1 { "" } else { "s" };
                let point = matches!(from, Value::Amount(_));
                let (zh, en) = match (point, from_size > to_size) {
                    (true, true) => ("小数点可能偏右", "too far right"),
                    (true, false) => ("小数点可能偏左", "too far left"),
                    (false, true) => ("可能多写了", "too many"),
                    (false, false) => ("可能少写了", "too few"),
                };
                let (zh, en) = if point {
                    (
                        format!("{zh}{places}位"),
                        format!("perhaps the point is {places} place{s} {en}"),
                    )
                } else {
                    (
                        format!("{zh}{places}个0"),
                        format!("perhaps {places} zero{s} {en}"),
                    )
                };
                Text::new(zh, en)
            }
            HumanError::Doubled => Text::new(
                "可能有一位数字写了两遍",
                "perhaps a digit was written twice",
            ),
            HumanError::LastYear => Text::new(
                "与上年相同，可能沿用了上年的数",
                "perhaps last year's figure was left in place",
            ),
            HumanError::Neighbour => Text::new(
                format!("可能误抄了相邻的“{other}”的数"),
                format!("perhaps copied from “{other}” next to it"),
            ),
            HumanError::Dropped => Text::new("可能漏写了一位数字", "perhaps a digit was left out"),
            HumanError::OffByCell if from.scaled() > to.scaled() => Text::new(
                format!("恰好多了“{other}”的数，可能重复计入"),
                format!("perhaps “{other}” was counted twice"),
            ),
            HumanError::OffByCell => Text::new(
                format!("恰好少了“{other}”的数，可能漏计"),
                format!("perhaps “{other}” was left out"),
            ),
            HumanError::Mistyped => {
                Text::new("可能有一位数字写错了", "perhaps one digit was mistyped")
            }
        }
    }
}
#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::form::Kind;
    use crate::lang::Lang;
    use crate::national_2019::National2019;
    use crate::national_2021::National2021;
    use crate::nine_category::NineCategory;
    use crate::number::AMOUNT_MAX;
    use crate::{Report, Table};

    /// A cell with what it holds, and the least and the largest that it can hold; `-` for what any such cell can.
    fn change(form: &Form, key: &str, [from, least, most]: [&str; 3]) -> Change {
        let cell = form.cell(key).unwrap();
        let kind = form.indicator(cell).unwrap().kind();
        let value = |text: &str, limit: Value| match (text, kind) {
            ("-", _) => limit,
            (_, Kind::Amount) => Value::Amount(text.parse().unwrap()),
            (_, Kind::Change) => Value::Change(text.parse().unwrap()),
            _ => Value::Count(text.parse().unwrap()),
        };
        let limits = match kind {
            Kind::Amount => [0, AMOUNT_MAX].map(|it| Value::Amount(it.into())),
            Kind::Change => [i64::MIN, i64::MAX].map(Value::Change),
            _ => [0, u64::MAX].map(Value::Count),
        };
        Change {
            cell,
            key: key.into(),
            name: form.indicator(cell).unwrap().name().into(),
            from: value(from, limits[0]),
            least: value(least, limits[0]),
            most: value(most, limits[1]),
        }
    }

    /// A set, with the errors of its first cell.
    fn set(cells: Vec<Change>, errors: &[(HumanError, Option<usize>)]) -> CellSet {
        let cell = cells[0].cell;
        let found = errors
            .iter()
            .map(|&(error, other)| Diagnosis { error, cell, other });
        CellSet {
            diagnosis: found.collect(),
            cells,
        }
    }

    fn correction(rules: &[&str], certainty: Certainty, sets: Vec<CellSet>) -> Correction {
        Correction {
            rules: rules.iter().map(|id| (*id).into()).collect(),
            certainty,
            sets,
        }
    }

    fn shown(out: &mut String, correction: &Correction, form: &Form) {
        let message = correction.message(form);
        for lang in [Lang::Zh, Lang::En] {
            writeln!(out, "{}", message.get(lang)).unwrap();
        }
        out.push('\n');
    }

    const TOTAL: &str = "requests.received.total";
    const IN_PERSON: &str = "requests.received.in_person";

    #[test]
    fn what_is_said() {
        let nine = NineCategory::form();
        let mut out = String::new();
        let mut say = |form: &Form, rules: &[&str], certainty, sets| {
            shown(&mut out, &correction(rules, certainty, sets), form);
        };
        let one = |key, values| set(vec![change(nine, key, values)], &[]);
        use Certainty::*;
        say(
            nine,
            &["R301"],
            Determined,
            vec![one(IN_PERSON, ["26", "27", "27"])],
        );
        say(
            nine,
            &["R301", "R306"],
            Determined,
            vec![one(TOTAL, ["28", "27", "27"])],
        );
        let two = [
            change(nine, TOTAL, ["62", "26", "26"]),
            change(nine, IN_PERSON, ["7", "0", "5"]),
        ];
        say(
            nine,
            &["R301"],
            Unique,
            vec![set(two.to_vec(), &[(HumanError::Transposed, None)])],
        );
        for values in [
            ["7", "0", "5"],
            ["7", "8", "-"],
            ["7", "-", "-"],
            ["7", "1", "18446744073709551612"],
        ] {
            say(nine, &["R301"], Unique, vec![one(TOTAL, values)]);
        }
        for values in [
            ["7.50", "0", "5.25"],
            ["7", "8", "-"],
            ["7", "-", "-"],
            ["7", "8", "8"],
        ] {
            say(nine, &["R701"], Unique, vec![one("fees", values)]);
        }
        let nineteen = National2019::form();
        let key = nineteen
            .indicators()
            .iter()
            .find(|it| it.kind() == Kind::Change)
            .unwrap()
            .key();
        for values in [
            ["7", "-", "5"],
            ["-7", "-5", "-"],
            ["7", "-", "-"],
            ["7", "-5", "5"],
        ] {
            say(
                nineteen,
                &["A"],
                Unique,
                vec![set(vec![change(nineteen, key, values)], &[])],
            );
        }
        say(
            nine,
            &["R301"],
            Alternatives,
            vec![one(TOTAL, ["28", "27", "27"]), set(two.to_vec(), &[])],
        );
        say(
            nine,
            &["R301", "R306"],
            Alternatives,
            vec![
                one(TOTAL, ["28", "27", "27"]),
                one(IN_PERSON, ["26", "27", "27"]),
            ],
        );
        let columns = ["G301[natural_person]", "G303[requests.received]"];
        let national = National2021::form();
        say(national, &columns, Impossible, vec![]);
        say(national, &columns[..1], Impossible, vec![]);
        say(national, &columns, Limit, vec![]);
        say(nine, &["R306"], Limit, vec![]);
        insta::with_settings!({snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("corrections_said", out);
        });
    }

    #[test]
    fn what_is_said_of_errors() {
        let form = NineCategory::form();
        let other = form.cell("requests.received.fax");
        let mut out = String::new();
        use HumanError::*;
        for (error, key, from, to) in [
            (Sign, TOTAL, "26", "27"),
            (Unit, "fees", "15000", "1.5"),
            (Unit, "fees", "1.5", "15000"),
            (Transposed, TOTAL, "62", "26"),
            (PowerOfTen, TOTAL, "270", "27"),
            (PowerOfTen, TOTAL, "27", "2700"),
            (PowerOfTen, "fees", "150", "1.5"),
            (PowerOfTen, "fees", "1.5", "15"),
            (Doubled, TOTAL, "277", "27"),
            (LastYear, TOTAL, "277", "27"),
            (Neighbour, TOTAL, "277", "27"),
            (Dropped, TOTAL, "27", "277"),
            (OffByCell, TOTAL, "27", "77"),
            (OffByCell, TOTAL, "77", "27"),
            (Mistyped, TOTAL, "26", "27"),
        ] {
            let cells = vec![change(form, key, [from, to, to])];
            let sets = vec![set(cells, &[(error, other), (Mistyped, None)])];
            shown(
                &mut out,
                &correction(&["R301"], Certainty::Determined, sets),
                form,
            );
        }
        insta::with_settings!({snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("corrections_errors", out);
        });
    }

    #[test]
    fn what_is_said_of_a_change_that_was_made() {
        let (nine, nineteen) = (NineCategory::form(), National2019::form());
        let of_change = nineteen.indicators().iter();
        let of_change = of_change
            .map(|it| it.key())
            .find(|it| it.ends_with(".change"));
        let mut out = String::new();
        for (form, key, values) in [
            (nine, TOTAL, ["62", "26", "26"]),
            (nine, TOTAL, ["7", "8", "-"]),
            (nine, TOTAL, ["7", "-", "5"]),
            (nine, "fees", ["7.50", "5.25", "5.25"]),
            (nine, "fees", ["7.50", "1", "5.25"]),
            (nineteen, of_change.unwrap(), ["-7", "5", "5"]),
            (nineteen, of_change.unwrap(), ["-7", "-", "-"]),
        ] {
            let change = change(form, key, values);
            let transposed = [(HumanError::Transposed, None)];
            let set = set(vec![change.clone()], &transposed);
            let error = set
                .error(change.cell)
                .filter(|_| values == ["62", "26", "26"]);
            let made = change.made(error, form);
            writeln!(out, "{}\n{}\n", made.zh, made.en).unwrap();
        }
        insta::with_settings!({snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("corrections_made", out);
        });
    }

    #[test]
    fn json() {
        let form = NineCategory::form();
        let cells = vec![
            change(form, TOTAL, ["62", "26", "26"]),
            change(form, "fees", ["3.50", "0", "5"]),
        ];
        let both = set(
            cells,
            &[
                (HumanError::Transposed, None),
                (HumanError::OffByCell, Some(3)),
                (HumanError::OffByCell, Some(4)),
            ],
        );
        let mut report = Report::default();
        let without = serde_json::to_value(&report).unwrap();
        assert_eq!(without.get("corrections"), None);
        report.corrections = vec![
            correction(&["R301", "R306"], Certainty::Unique, vec![both]),
            correction(&["G303[requests.received]"], Certainty::Impossible, vec![]),
        ];
        let mut other = Report::default();
        other.merge(report);
        assert_eq!(
            serde_json::to_string(&other.corrections).unwrap(),
            concat!(
                r#"[{"rules":["R301","R306"],"certainty":"unique","sets":[{"cells":["#,
                r#"{"key":"requests.received.total","from":"62","to":"26"},"#,
                r#"{"key":"fees","from":"3.5","min":"0","max":"5"}],"#,
                r#""diagnosis":["transposed","off_by_cell"]}]},"#,
                r#"{"rules":["G303[requests.received]"],"certainty":"impossible","sets":[]}]"#,
            )
        );
        let text = serde_json::to_string(&other).unwrap();
        assert!(
            text.find("\"findings\"") < text.find("\"corrections\""),
            "{text}"
        );
    }
}
