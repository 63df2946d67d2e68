//! The tables of `tests/meanings.rs` as files: pages, documents, workbooks and text. No cell ever holds another number than its table
//! means without a finding at that cell, and what means one thing is read.
//!
//! `XXGK_MEANINGS` is how many tables are made of each format, `XXGK_FORMAT` the only one that is looked at (`Pdf`).

mod support;

use support::files::Written;
use support::meanings::{Made, judge, judge_values, shown};
use support::random::Random;
use support::readings;

#[test]
fn no_cell_of_a_file_holds_another_number() {
    let tables = std::env::var("XXGK_MEANINGS").map_or(150, |it| it.parse().unwrap());
    let from = std::env::var("XXGK_SEED").map_or(16, |it| it.parse().unwrap());
    let only = std::env::var("XXGK_FORMAT").ok();
    let wanted = |it: &Written| only.as_ref().is_none_or(|only| *only == format!("{it:?}"));
    for written in Written::ALL.into_iter().filter(wanted) {
        let (mut clear, mut whole) = (0, 0);
        for number in 0..tables {
            let mut random = Random(from * 1_000_003 + number);
            let made = Made::new(&mut random, written.looks());
            let found = readings(&written.write(&made, &mut random));
            // Which columns are merged no rule says: the form may be taken for its other edition, and tables are refused.
            let judged = match written {
                Written::Unruled => judge_values(&made, &found),
                _ => judge(&made, &found),
            };
            match judged {
                Ok(all) => {
                    clear += u64::from(made.clear);
                    whole += u64::from(made.clear && all);
                }
                Err(wrong) => panic!(
                    "{written:?} {number} of seed {from}: {wrong}\n{}",
                    shown(&made, &found)
                ),
            }
        }
        println!("{written:?}: {whole} of {clear} that mean one thing are read whole");
        let needed = if written == Written::Unruled { 0 } else { 98 };
        assert!(
            100 * whole >= needed * clear,
            "{written:?}: {whole} of {clear}"
        );
    }
}
