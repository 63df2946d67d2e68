//! One relation among the cells of a form.

use std::sync::Arc;

use super::message::Template;
use crate::lang::{Lang, Text};
use crate::number::Value;
use crate::rule::compile::Node;
use crate::rule::{Quantifier, Severity, Sides, Statement};

/// A rule of a form: what it demands, what it rests on, and what is said when it is broken. A rule over the rows or the
/// columns of a section has one [`Instance`] for each, any other rule has one.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) id: Arc<str>,
    pub(crate) severity: Severity,
    pub(crate) quantifier: Option<Quantifier>,
    pub(crate) statement: Statement,
    /// The rule as text, and in the form's own words.
    pub(crate) text: Arc<str>,
    pub(crate) words: Text,
    pub(crate) basis: Arc<Text>,
    pub(crate) passes: Vec<(usize, Value)>,
    pub(crate) fails: Vec<(usize, Value)>,
    pub(crate) instances: Vec<Instance>,
    pub(crate) off: Option<Text>,
}

/// A rule of the form that does not apply here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchedOff {
    /// The id of the rule.
    pub rule: Arc<str>,
    /// Why it does not apply.
    pub reason: Text,
}

/// A rule as it is said of one row or column, or of the whole table.
#[derive(Clone, Debug)]
pub struct Instance {
    pub(crate) id: Arc<str>,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) statement: Statement,
    pub(crate) text: Arc<str>,
    /// The cells and parameters that it speaks of, from left to right.
    pub(crate) slots: Box<[usize]>,
    pub(crate) node: Node,
    pub(crate) message: [Template; 2],
}

impl Instance {
    /// The rule's id and, where it is said of each row or column, the key of this one: `R301`, `G203[requests.received]`.
    /// No two instances of a form have the same.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the row or column; `None` where the rule is said once.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What it demands, over the keys of cells.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// What it demands, as text in the rule language.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The indexes of the cells that it speaks of, from left to right, followed in number by the form's parameters.
    #[must_use]
    pub fn slots(&self) -> &[usize] {
        &self.slots
    }

    /// What is said when it is broken.
    pub(crate) fn message(
        &self,
        sides: Option<&Sides>,
        value: &dyn Fn(usize) -> Option<Value>,
    ) -> Text {
        let [zh, en] = &self.message;
        Text::new(
            zh.fill(Lang::Zh, sides, value),
            en.fill(Lang::En, sides, value),
        )
    }
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

    /// Over what it is said; `None` where it is said once.
    #[must_use]
    pub fn quantifier(&self) -> Option<&Quantifier> {
        self.quantifier.as_ref()
    }

    /// What it demands, as the file says it: a rule over the columns names rows, a rule over the rows names columns.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The rule as text in the rule language.
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

    /// The rule as it is said of each row or column. One or more; each is checked, and reported, on its own.
    #[must_use]
    pub fn instances(&self) -> &[Instance] {
        &self.instances
    }

    /// Why it is switched off, if it is.
    #[must_use]
    pub fn off(&self) -> Option<&Text> {
        self.off.as_ref()
    }

    /// The example that breaks the rule, as the message that it gives.
    #[must_use]
    pub fn example(&self, lang: Lang) -> String {
        let Some(instance) = self.instances.first() else {
            return String::new();
        };
        let value = |slot| Some(in_example(&self.fails, slot));
        let cells = scaled(instance, &self.fails);
        let sides = instance
            .node
            .decisive(&cells)
            .and_then(|linear| linear.sides(&cells));
        instance
            .message(sides.as_ref(), &value)
            .get(lang)
            .to_owned()
    }
}

/// What a cell holds in an example.
fn in_example(example: &[(usize, Value)], slot: usize) -> Value {
    let listed = example.iter().find(|(cell, _)| *cell == slot);
    listed.map_or(Value::Count(0), |(_, value)| *value)
}

/// The cells of an example as a rule computes with them.
pub(super) fn scaled(instance: &Instance, example: &[(usize, Value)]) -> Vec<Option<i128>> {
    let slots = instance.slots.iter().max().map_or(0, |last| last + 1);
    let scaled = |slot| in_example(example, slot).scaled();
    (0..slots).map(scaled).collect()
}
