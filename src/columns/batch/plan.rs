//! The rules of a form, ready for columns, and what comes out.

use std::collections::BTreeSet;
use std::ops::AddAssign;
use std::sync::Arc;

use crate::form::{Form, Indicator, Instance, Rule, Slot};
use crate::number::Number;

/// The live rules of a form, ready for columns. A rule over the rows or columns of a section stands once for each.
#[derive(Clone, Debug)]
pub struct Plan {
    form: Arc<Form>,
    rules: Box<[Planned]>,
    /// The slots that the rules speak of.
    pub(super) slots: BTreeSet<usize>,
    /// Whether these are the rules between years, which speak of the cells of the year before too.
    pub(super) between_years: bool,
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
        Plan::of(form, form.instances(), false)
    }

    /// The rules of a form between years that are not switched off. Their records are those that have one of the year before
    /// them, whose cells are set by [`Columns::set_previous`](super::Columns::set_previous).
    #[must_use]
    pub fn between_years(form: &Arc<Form>) -> Plan {
        let live = form.series().iter().filter(|rule| rule.off().is_none());
        let instances = live.flat_map(|rule| rule.instances().iter().map(move |it| (rule, it)));
        Plan::of(form, instances, true)
    }

    fn of<'f>(
        form: &'f Arc<Form>,
        instances: impl Iterator<Item = (&'f Arc<Rule>, &'f Instance)>,
        between_years: bool,
    ) -> Plan {
        let planned = |(rule, instance): (&Arc<Rule>, &Instance)| Planned {
            rule: rule.clone(),
            instance: instance.clone(),
        };
        let rules: Box<[Planned]> = instances.map(planned).collect();
        let slots = rules.iter().flat_map(|it| it.instance.slots());
        Plan {
            slots: slots.copied().collect(),
            rules,
            form: form.clone(),
            between_years,
        }
    }

    /// The keys of the cells of the table, and of the parameters of the form, that the rules speak of.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let slots = self.slots.iter();
        slots.filter_map(|slot| self.form.slot_key(*slot))
    }

    /// The keys of the cells of the year before that the rules speak of.
    pub fn previous_keys(&self) -> impl Iterator<Item = &str> {
        let cells = self.slots.iter().map(|slot| self.form.slot_at(*slot));
        cells.filter_map(|slot| match slot {
            Slot::Previous(cell) => self.form.indicator(cell).map(Indicator::key),
            Slot::Cell(_) | Slot::Parameter(_) => None,
        })
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
