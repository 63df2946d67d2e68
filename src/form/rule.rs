//! One relation among the cells of a form.

use std::sync::Arc;

use super::message::Template;
use crate::lang::{Lang, Text};
use crate::number::{Number, Value};
use crate::rule::compile::Node;
use crate::rule::{Severity, Statement};

/// A rule of a form: what it demands, what it rests on, and what is said when it is broken.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) id: Arc<str>,
    pub(crate) severity: Severity,
    pub(crate) statement: Statement,
    /// The statement as text, and in the form's own words.
    pub(crate) text: Arc<str>,
    pub(crate) words: Text,
    pub(crate) basis: Arc<Text>,
    pub(crate) message: [Template; 2],
    pub(crate) passes: Vec<(usize, Value)>,
    pub(crate) fails: Vec<(usize, Value)>,
    /// The cells and parameters that it speaks of, from left to right.
    pub(crate) slots: Box<[usize]>,
    pub(crate) node: Node,
}

impl Rule {
    /// The id, such as `R306`. Ids are permanent.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether it must hold, or asks for an explanation.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What it demands.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// What it demands, as text in the rule language.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it demands, with the official names of the rows: `收到申请数 = 当面申请数 + …`.
    #[must_use]
    pub fn words(&self) -> &Text {
        &self.words
    }

    /// What it rests on: the form, a note on it, or experience.
    #[must_use]
    pub fn basis(&self) -> &Text {
        &self.basis
    }

    /// Cells that satisfy the rule, as an example; those of its cells that are not listed hold 0.
    #[must_use]
    pub fn passes(&self) -> &[(usize, Value)] {
        &self.passes
    }

    /// Cells that break the rule, as an example; those of its cells that are not listed hold 0.
    #[must_use]
    pub fn fails(&self) -> &[(usize, Value)] {
        &self.fails
    }

    /// The indexes of the cells that it speaks of, from left to right, followed in number by the form's parameters.
    #[must_use]
    pub fn slots(&self) -> &[usize] {
        &self.slots
    }

    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// What is said when it is broken.
    pub(crate) fn message(
        &self,
        sides: Option<[Number; 3]>,
        value: &dyn Fn(usize) -> Option<Value>,
    ) -> Text {
        let [zh, en] = &self.message;
        Text::new(zh.fill(sides, value), en.fill(sides, value))
    }

    /// The example that breaks the rule, as the message that it gives.
    #[must_use]
    pub fn example(&self, lang: Lang) -> String {
        let value = |slot| {
            let listed = self.fails.iter().find(|(cell, _)| *cell == slot);
            Some(listed.map_or(Value::Count(0), |(_, value)| *value))
        };
        let slots = self.slots.iter().max().map_or(0, |last| last + 1);
        let cells: Vec<_> = (0..slots)
            .map(|slot| value(slot).and_then(Value::scaled))
            .collect();
        let sides = self
            .node
            .decisive(&cells)
            .and_then(|linear| linear.sides(&cells));
        self.message(sides, &value).get(lang).to_owned()
    }
}
