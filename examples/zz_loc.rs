use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::time::Instant;
use xxgk::edit::Localiser;
use xxgk::{
    Certainty, Record, Table, Value, national_2021::National2021, nine_category::NineCategory,
};
struct R(u64);
impl R {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e3779b97f4a7c15);
        let mut b = self.0;
        b = (b ^ (b >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
        b = (b ^ (b >> 27)).wrapping_mul(0x94d049bb133111eb);
        b ^ (b >> 31)
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}
fn main() {
    let mut runner = TestRunner::deterministic();
    let mut r = R(1);
    for (name, form, n) in [
        ("nine", NineCategory::form(), 20000),
        ("national", National2021::form(), 300),
    ] {
        let loc = Localiser::new(form);
        let mut rights: Vec<Record> = Vec::new();
        for _ in 0..n.min(2000) {
            let rec = if name == "nine" {
                xxgk::strategies::consistent()
                    .new_tree(&mut runner)
                    .unwrap()
                    .current()
                    .record(Default::default())
            } else {
                xxgk::strategies::national::consistent(form)
                    .new_tree(&mut runner)
                    .unwrap()
                    .current()
            };
            rights.push(rec);
        }
        for k in 1..=4 {
            let mut wrongs = vec![];
            while wrongs.len() < n / if k == 1 { 1 } else { 10 } {
                let mut rec = rights[r.below(rights.len() as u64) as usize].clone();
                let mut i = 0;
                while i < k {
                    let c = r.below(form.cells() as u64) as usize;
                    if let Some(Value::Count(v)) = rec.value(c) {
                        let by = 1 + r.below(9);
                        let v = if r.below(2) == 0 && v >= by {
                            v - by
                        } else {
                            v + by
                        };
                        rec.set(form.indicators()[c].key(), Some(Value::Count(v)))
                            .unwrap();
                        i += 1;
                    }
                }
                if !loc.localise(&rec).is_empty() {
                    wrongs.push(rec);
                }
            }
            if std::env::args().nth(1).as_deref()==Some("k1") { let mut n=0; let times: usize = std::env::args().nth(2).unwrap().parse().unwrap(); for _ in 0..times { for w in &wrongs { n += loc.localise(w).len(); } } println!("{} localised {n}", times*wrongs.len()); return; }
let mut cs = [0; 5];
            let mut sets = 0;
            let mut worst = std::time::Duration::ZERO;
            let t = Instant::now();
            for w in &wrongs {
                let t = Instant::now();
                for c in loc.localise(w) {
                    let i = match c.certainty {
                        Certainty::Determined => 0,
                        Certainty::Unique => 1,
                        Certainty::Alternatives => 2,
                        Certainty::Impossible => 3,
                        _ => 4,
                    };
                    cs[i] += 1;
                    sets += c.sets.len();
                }
                worst = worst.max(t.elapsed());
            }
            let e = t.elapsed();
            println!(
                "{name} k={k} n={} mean {:?} worst {:?} certainty {:?} sets {}",
                wrongs.len(),
                e / wrongs.len() as u32,
                worst,
                cs,
                sets
            );
        }
        // blanks
        for b in [1usize, 5, 20, 60] {
            let mut wrongs = vec![];
            while wrongs.len() < n / 50 {
                let mut rec = rights[r.below(rights.len() as u64) as usize].clone();
                for _ in 0..b {
                    let c = r.below(form.cells() as u64) as usize;
                    rec.set(form.indicators()[c].key(), None).unwrap();
                }
                let c = r.below(form.cells() as u64) as usize;
                if let Some(Value::Count(v)) = rec.value(c) {
                    rec.set(form.indicators()[c].key(), Some(Value::Count(v + 3)))
                        .unwrap();
                }
                wrongs.push(rec);
            }
            let mut cs = [0; 5];
            let mut worst = std::time::Duration::ZERO;
            let t = Instant::now();
            for w in &wrongs {
                let t = Instant::now();
                for c in loc.localise(w) {
                    let i = match c.certainty {
                        Certainty::Determined => 0,
                        Certainty::Unique => 1,
                        Certainty::Alternatives => 2,
                        Certainty::Impossible => 3,
                        _ => 4,
                    };
                    cs[i] += 1;
                }
                worst = worst.max(t.elapsed());
            }
            println!(
                "{name} blanks={b} mean {:?} worst {:?} {:?}",
                t.elapsed() / wrongs.len() as u32,
                worst,
                cs
            );
        }
    }
}
