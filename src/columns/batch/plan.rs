//! The rules of a form, ready for columns, and what comes out.

use std::collections::BTreeSet;
use std::ops::AddAssign;
use std::sync::Arc;

use crate::form::{Form, Instance, Rule};
use crate::number::Number;

/// The live rules of a form, ready for columns. A rule over the rows or columns of a section stands once for each.
#[derive(Clone, Debug)]
pub struct Plan {
    form: Arc<Form>,
    rules: Box<[Planned]>,
    /// The slots that the rules speak of.
    pub(super) slots: BTreeSet<usize>,
}

/// A rule as it is said of the whole table, or of one row or column.
#[derive(Clone, Debug)]
pub struct Planned {
    rule: Arc<Rule>,
    pub(super) instance: Instance,
}

impl Planned {
    /// The rule of the form.
    #[must_use]
    pub fn rule(&self) -> &Arc<Rule> {
        &self.rule
    }

    /// What is said: see [`Instance::id`] for its name.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }
}

/// What became of one rule over many records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records on which it holds.
    pub passed: u64,
    /// Records on which it does not.
    pub failed: u64,
    /// Records whose blanks leave it open.
    pub undetermined: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.undetermined += other.undetermined;
    }
}

/// A rule that does not hold on a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The record, from 0.
    pub record: usize,
    /// The rule, as [`Plan::rules`] numbers them.
    pub rule: usize,
    /// Left − right, where the rule is one comparison; `None` where it is made of several. Where cells are blank, the value
    /// nearest to 0 that it can have.
    pub residual: Option<Number>,
}

impl Plan {
    /// The rules of a form that are not switched off.
    #[must_use]
    pub fn new(form: &Arc<Form>) -> Plan {
        let planned = |(rule, instance): (&Arc<Rule>, &Instance)| Planned {
            rule: rule.clone(),
            instance: instance.clone(),
        };
        let rules: Box<[Planned]> = form.instances().map(planned).collect();
        let slots = rules.iter().flat_map(|it| it.instance.slots());
        Plan {
            slots: slots.copied().collect(),
            rules,
            form: form.clone(),
        }
    }

    /// The form.
    #[must_use]
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// The rules in the order of the form, and each in that of its rows or columns.
    #[must_use]
    pub fn rules(&self) -> &[Planned] {
        &self.rules
    }

    /// The number of the rule with this [id](Instance::id).
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|it| it.instance.id() == id)
    }
}
