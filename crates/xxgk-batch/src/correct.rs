//! What to correct in records whose hard rules do not hold.

use xxgk::batch::{Columns, Failure, Plan, Tally};
use xxgk::edit::{Localiser, diagnose};
use xxgk::{Correction, Severity};

/// What is done at most for one record: some hundredths of a second. Beyond that, a correction says so.
const WORK: u64 = 2_000_000;

/// The corrections of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The record, numbered as in [`Failure`].
    pub record: usize,
    /// The corrections, one at least.
    pub corrections: Vec<Correction>,
}

/// Finds the smallest corrections.
#[derive(Clone, Debug)]
pub(crate) struct Corrector {
    localiser: Localiser,
    /// Which rules of the plan are hard.
    hard: Vec<bool>,
}

impl Corrector {
    pub fn new(plan: &Plan) -> Self {
        let rules = plan.rules().iter();
        let hard = rules.map(|it| it.rule().severity() == Severity::Hard);
        Corrector {
            localiser: Localiser::new(plan.form()).with_work(WORK),
            hard: hard.collect(),
        }
    }

    /// The corrections of the records that have any.
    pub fn corrections(
        &self,
        columns: &Columns<'_>,
        failures: &[Failure],
        tallies: &[Tally],
    ) -> Vec<Corrected> {
        let is_hard = |rule: usize| self.hard.get(rule) == Some(&true);
        let mut tallies = tallies.iter().enumerate();
        // Rules that are open each by itself may contradict each other, and only the localiser knows on which records.
        let open = tallies.any(|(rule, tally)| is_hard(rule) && tally.undetermined > 0);
        let mut records: Vec<usize> = match open {
            true => (0..columns.records()).collect(),
            false => {
                let hard = failures.iter().filter(|it| is_hard(it.rule));
                hard.map(|it| it.record).collect()
            }
        };
        records.dedup();
        let corrected = records.into_iter().map(|record| {
            let cells = columns.record(record);
            let mut corrections = self.localiser.localise(&cells);
            diagnose(&mut corrections, &cells, None);
            Corrected {
                record,
                corrections,
            }
        });
        corrected.filter(|it| !it.corrections.is_empty()).collect()
    }
}
