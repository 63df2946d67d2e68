//! What was understood of each claim, as a sentence.

use super::compare::names;
use super::{Claim, Claims, Meaning, Who};
use crate::form::Form;
use crate::lang::{Lang, Text};

impl Claims {
    /// Each claim as a sentence: where it stands, what it is about, whose number it is, of when, and what decided that.
    ///
    /// ```
    /// use xxgk::prose::Claims;
    /// use xxgk::{Table, nine_category::NineCategory};
    ///
    /// let text = "四、依申请公开情况\n全年收到政府信息公开申请28件。";
    /// let claims = Claims::of_text(text, NineCategory::form(), Some(2017));
    /// let told: Vec<_> = claims.told().map(|it| it.zh).collect();
    /// assert_eq!(told, ["第2行第1列“全年收到政府信息公开申请28件”：“收到申请数”；没有写明单位，2017年；按说法“收到申请”认定。"]);
    /// ```
    pub fn told(&self) -> impl Iterator<Item = Text> {
        self.claims.iter().map(|claim| self.told_of(claim))
    }

    fn told_of(&self, claim: &Claim) -> Text {
        let about = match &claim.meaning {
            Some(meaning) => about(&self.form, meaning),
            None => Text::new("没有认定", "not bound"),
        };
        let who = match &claim.who {
            Who::Unsaid => Text::new("没有写明单位", "no body is named"),
            Who::Whole => Text::new("填报单位的全部", "the whole body"),
            Who::Either(name) => Text::new(
                format!("“{name}”，可能是填报单位的一部分"),
                format!("“{name}”, which may be a part of the body"),
            ),
            Who::Part(name) => Text::new(format!("“{name}”"), format!("“{name}”")),
        };
        let year = self
            .year
            .map(|year| Text::new(format!("{year}年"), year.to_string()));
        let when = match &claim.period {
            Some(period) => Text::new(format!("“{period}”"), format!("“{period}”")),
            None => year.unwrap_or_else(|| Text::new("本年度", "the year of the table")),
        };
        let (why, text) = (claim.why.text(), &claim.place.text);
        Text::new(
            format!(
                "{}“{text}”：{}；{}，{}；{}。",
                claim.place.said(Lang::Zh),
                about.zh,
                who.zh,
                when.zh,
                why.zh
            ),
            format!(
                "{}, “{text}”: {}; {}, {}; {}.",
                claim.place.said(Lang::En),
                about.en,
                who.en,
                when.en,
                why.en
            ),
        )
    }
}

/// What a claim is about, by the names of the cells.
fn about(form: &Form, meaning: &Meaning) -> Text {
    let either = |sums: &[Vec<usize>]| {
        let sums: Vec<Text> = sums.iter().map(|cells| names(form, cells)).collect();
        let zh: Vec<&str> = sums.iter().map(|it| &*it.zh).collect();
        let en: Vec<&str> = sums.iter().map(|it| &*it.en).collect();
        Text::new(zh.join("或者"), en.join(", or "))
    };
    match meaning {
        Meaning::Sum(sums) => either(sums),
        Meaning::Share { part, wholes } => {
            let (part, whole) = (names(form, part), either(wholes));
            Text::new(
                format!("{}占{}的比例", part.zh, whole.zh),
                format!("{} as a share of {}", part.en, whole.en),
            )
        }
        Meaning::All { part, whole } => {
            let (part, whole) = (names(form, part), names(form, whole));
            Text::new(
                format!("{}全部是{}", whole.zh, part.zh),
                format!("all of {} are {}", whole.en, part.en),
            )
        }
    }
}
