//! No cell ever holds another number than its table means without a finding at that cell, and what means one thing is read.
//!
//! `XXGK_MEANINGS` is how many tables are made; `scripts/meanings` makes a hundred thousand.

mod support;

use support::meanings::{LOOKS, Made, judge, shown};
use support::random::Random;
use xxgk::{Options, Reading, forms, read_document};

#[test]
fn no_cell_holds_another_number() {
    let tables = std::env::var("XXGK_MEANINGS").map_or(1500, |it| it.parse().unwrap());
    let from = std::env::var("XXGK_SEED").map_or(15, |it| it.parse().unwrap());
    let (mut clear, mut whole) = (0, 0);
    for number in 0..tables {
        let random = &mut Random(from * 1_000_003 + number);
        let made = Made::new(random, &LOOKS);
        let found: Vec<Reading> =
            read_document(&made.document(), forms(), &Options::default()).collect();
        match judge(&made, &found) {
            Ok(all) => {
                clear += u64::from(made.clear);
                whole += u64::from(made.clear && all);
            }
            Err(wrong) => panic!(
                "table {number} of seed {from}: {wrong}\n{}",
                shown(&made, &found)
            ),
        }
    }
    println!("{tables} tables: {whole} of {clear} that mean one thing are read whole");
    assert!(100 * whole >= 98 * clear, "{whole} of {clear}");
}
