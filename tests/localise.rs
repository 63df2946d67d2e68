//! Error localisation finds all of the smallest sets of cells whose change lets every hard rule hold, with their exact
//! ranges, and the true error among them.

mod support;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use support::random::Random;
use support::systems::{Ranges, Small, smallest};
use xxgk::edit::Localiser;
use xxgk::{CellSet, Certainty, Correction, Value};

fn integer(value: Value) -> i64 {
    value.to_string().parse().unwrap()
}

fn ranges(set: &CellSet) -> Ranges {
    let cells = set.cells.iter();
    cells
        .map(|it| (it.cell, [integer(it.least), integer(it.most)]))
        .collect()
}

/// One set of each correction, in every combination.
fn combined(corrections: &[Correction]) -> BTreeMap<Vec<usize>, Ranges> {
    let mut all = vec![Ranges::new()];
    for correction in corrections {
        let mut with = Vec::new();
        for sofar in &all {
            for set in &correction.sets {
                let mut more = sofar.clone();
                more.extend(ranges(set));
                with.push(more);
            }
        }
        all = with;
    }
    let sets = all.len();
    let all: BTreeMap<_, _> = all
        .into_iter()
        .map(|ranges| (ranges.keys().copied().collect(), ranges))
        .collect();
    assert_eq!(all.len(), sets, "a set twice: {corrections:?}");
    all
}

#[test]
fn brute_force_over_small_systems_finds_the_same_sets_and_ranges() {
    let mut random = Random(1);
    let [mut impossible, mut alternatives, mut larger, mut apart] = [0; 4];
    for round in 0..10_000 {
        let small = Small::random(&mut random);
        let values = small.values([1_000_000, 8, 3][round % 3], &mut random);
        let form = small.form();
        let record = small.record(&form, &values);
        let weights: Vec<NonZeroU32> = (0..small.cells())
            .map(|_| match round % 5 {
                4 => NonZeroU32::new(1 + random.below(4) as u32).unwrap(),
                _ => NonZeroU32::MIN,
            })
            .collect();
        let expected = smallest(&small.solutions(), &values, &|cell| {
            weights[cell].get().into()
        });
        let localiser = Localiser::new(&form);
        let found = match round % 5 {
            4 => localiser.localise_weighted(&record, &weights),
            _ => localiser.localise(&record),
        };
        let context = || {
            let rules: Vec<String> = small.rules.iter().map(ToString::to_string).collect();
            format!(
                "round {round}: {rules:#?} {:?} {values:?} {weights:?}",
                small.changes
            )
        };
        let is = |certainty| found.iter().any(|it| it.certainty == certainty);
        assert!(!is(Certainty::Limit), "{}", context());
        let Some(expected) = expected else {
            assert!(is(Certainty::Impossible), "{}: {found:#?}", context());
            impossible += 1;
            continue;
        };
        assert!(!is(Certainty::Impossible), "{}: {found:#?}", context());
        assert_eq!(combined(&found), expected, "{}", context());
        alternatives += usize::from(is(Certainty::Alternatives));
        larger += usize::from(expected.keys().any(|set| set.len() > 1));
        apart += usize::from(found.len() > 1);
    }
    println!(
        "{impossible} impossible, {alternatives} with alternatives, {larger} of several cells, {apart} of several corrections"
    );
    assert!(
        [impossible, alternatives, larger, apart]
            .iter()
            .all(|number| *number > 300)
    );
}
