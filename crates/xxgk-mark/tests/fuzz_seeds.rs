//! The seeds of the fuzz target of copies, replayed through the target's own function.

#[path = "../../../fuzz/src/mark.rs"]
mod mark;

use std::path::Path;

#[test]
fn every_seed_as_it_is_and_cut_short() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/mark");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert_eq!(mark::mark(&bytes), 2);
        for end in (0..bytes.len()).rev().step_by(1 + bytes.len() / 50) {
            mark::mark(&bytes[..end]);
        }
        seen += 1;
    }
    assert_eq!(seen, 4);
}
