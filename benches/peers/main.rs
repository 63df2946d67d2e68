//! xxgk's side of `benches/peers/run`: the columns of a folder in memory, and a command a line on standard input, each
//! answered by a line of JSON. Only the checking is timed, with the [`Plan`] made anew each time.
#![forbid(unsafe_code)]

mod typed;

use std::error::Error;
use std::hint::black_box;
use std::io::{self, BufRead};
use std::ops::Range;
use std::path::Path;

use rayon::ThreadPool;
use rayon::prelude::*;
use serde_json::{Value, json};
use xxgk::Table;
use xxgk::batch::{Column, ColumnError, Columns, Failure, Plan, Tally};
use xxgk::nine_category::NineCategory;
use xxgk_benches::columns;
use xxgk_benches::spent::timed;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What one core takes at a time, where there are two.
const PIECE: usize = 1 << 16;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1);
    let data = Data::read(Path::new(&folder.ok_or("usage: peers FOLDER")?))?;
    println!("{}", data.describe());
    for command in io::stdin().lock().lines() {
        println!("{}", data.answer(command?.trim())?);
    }
    Ok(())
}

struct Data {
    /// The cells of the form, in its order, and a column for each.
    keys: Vec<String>,
    narrow: Vec<Vec<u32>>,
    wide: Vec<Vec<i64>>,
    records: usize,
    two_cores: ThreadPool,
}

impl Data {
    fn read(folder: &Path) -> Result<Data> {
        let narrow = columns::read(folder)?;
        let wide = |column: &Vec<u32>| column.iter().copied().map(i64::from).collect();
        Ok(Data {
            wide: narrow.iter().map(wide).collect(),
            records: narrow.first().map_or(0, Vec::len),
            two_cores: rayon::ThreadPoolBuilder::new().num_threads(2).build()?,
            keys: columns::keys(),
            narrow,
        })
    }

    /// What the driver has to know before it asks.
    fn describe(&self) -> Value {
        let plan = Plan::new(NineCategory::form());
        let rules = plan.rules().iter().map(|it| it.instance().id());
        let spoken_of = |cell: &usize| {
            let mut instances = plan.rules().iter().map(|it| it.instance());
            instances.any(|it| it.slots().contains(cell))
        };
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "rules": rules.collect::<Vec<_>>(),
            "columns": self.keys.len(),
            "columns_in_rules": (0..self.keys.len()).filter(spoken_of).count(),
        })
    }

    fn answer(&self, command: &str) -> Result<Value> {
        match command {
            "counts" => counts(|| self.columns(&self.narrow, |it| it.count())),
            "counts i64" => counts(|| self.columns(&self.wide, |it| it.count())),
            "counts on two cores" => {
                counts(|| self.columns(&self.narrow, |it| self.count_on_two_cores(it)))
            }
            "list" => list(|| self.columns(&self.narrow, failures)),
            "list on two cores" => {
                list(|| self.columns(&self.narrow, |it| self.list_on_two_cores(it)))
            }
            "bandwidth" => Ok(reading(|| self.pairs().map(sum).fold(0, u32::wrapping_add))),
            "bandwidth on two cores" => Ok(reading(|| {
                let sums = self.pairs().par_bridge().map(sum);
                self.two_cores
                    .install(|| sums.reduce(|| 0, u32::wrapping_add))
            })),
            "garde" => self.garde(),
            _ => Err(format!("no such command: {command}").into()),
        }
    }

    /// From the columns to what comes out of them: all that a user pays for.
    fn columns<V, T>(
        &self,
        data: &[Vec<V>],
        check: impl FnOnce(&Columns<'_>) -> T,
    ) -> std::result::Result<T, ColumnError>
    where
        for<'a> Column<'a>: From<&'a [V]>,
    {
        let plan = Plan::new(NineCategory::form());
        let mut columns = plan.columns(self.records);
        for (key, values) in self.keys.iter().zip(data) {
            columns.set(key, Column::from(values.as_slice()))?;
        }
        Ok(check(&columns))
    }

    fn pieces(&self) -> Vec<Range<usize>> {
        let starts = (0..self.records).step_by(PIECE);
        starts
            .map(|start| start..self.records.min(start + PIECE))
            .collect()
    }

    fn count_on_two_cores(&self, columns: &Columns<'_>) -> Vec<Tally> {
        let add = |mut sum: Vec<Tally>, more: Vec<Tally>| {
            for (sum, more) in sum.iter_mut().zip(more) {
                sum.passed += more.passed;
                sum.failed += more.failed;
                sum.undetermined += more.undetermined;
            }
            sum
        };
        let pieces = self.pieces().into_par_iter();
        let tallies = pieces.map(|piece| columns.slice(piece).count());
        self.two_cores
            .install(|| tallies.reduce_with(add))
            .unwrap_or_default()
    }

    fn list_on_two_cores(&self, columns: &Columns<'_>) -> Vec<Failure> {
        let list = |piece: Range<usize>| {
            let start = piece.start;
            let mut found = failures(&columns.slice(piece));
            found.iter_mut().for_each(|it| it.record += start);
            found
        };
        self.two_cores
            .install(|| self.pieces().into_par_iter().flat_map_iter(list).collect())
    }

    /// The columns, two and two.
    fn pairs(&self) -> impl Iterator<Item = &[Vec<u32>]> + Send {
        black_box(&self.narrow).chunks(2)
    }

    fn garde(&self) -> Result<Value> {
        let plan = Plan::new(NineCategory::form());
        let mut counts = vec![0_u64; plan.rules().len()];
        let typed::Checked {
            filling,
            checking,
            objections,
        } = typed::check(&self.narrow, self.records);
        for objection in objections {
            let rule = objection.split(' ').next().and_then(|id| plan.rule(id));
            let count = rule.and_then(|rule| counts.get_mut(rule));
            *count.ok_or_else(|| format!("garde says of no rule: {objection}"))? += 1;
        }
        Ok(
            json!({ "cpu": checking.cpu, "wall": checking.wall, "filling": filling.cpu, "counts": counts }),
        )
    }
}

/// Reads every column, and does as little as can be done with it.
fn reading(sum: impl FnOnce() -> u32) -> Value {
    let (spent, sum) = timed(sum);
    json!({ "cpu": spent.cpu, "wall": spent.wall, "sum": sum })
}

/// The sum of two columns of one length, modulo 2³². Two at a time keep the memory busier than one, and four do no better; of each, four
/// vectors at a time, so that no addition waits for another.
fn sum(pair: &[Vec<u32>]) -> u32 {
    let [one, other] = pair else {
        return pair.iter().flatten().copied().fold(0, u32::wrapping_add);
    };
    let mut sums = [0_u32; 32];
    let (lefts, rights) = sums.split_at_mut(16);
    let add = |sums: &mut [u32], line: &[u32]| {
        for (sum, value) in sums.iter_mut().zip(line) {
            *sum = sum.wrapping_add(*value);
        }
    };
    let ((left, left_rest), (right, right_rest)) = (one.as_chunks::<16>(), other.as_chunks::<16>());
    for (left, right) in left.iter().zip(right) {
        add(lefts, left);
        add(rights, right);
    }
    let values = sums.iter().chain(left_rest).chain(right_rest);
    values.copied().fold(0, u32::wrapping_add)
}

fn failures(columns: &Columns<'_>) -> Vec<Failure> {
    let mut failures = Vec::new();
    columns.list(&mut failures);
    failures
}

fn counts(work: impl FnOnce() -> std::result::Result<Vec<Tally>, ColumnError>) -> Result<Value> {
    let (spent, tallies) = timed(work);
    let counts: Vec<u64> = tallies?.iter().map(|tally| tally.failed).collect();
    Ok(json!({ "cpu": spent.cpu, "wall": spent.wall, "counts": counts }))
}

fn list(work: impl FnOnce() -> std::result::Result<Vec<Failure>, ColumnError>) -> Result<Value> {
    let (spent, failures) = timed(work);
    let failures = failures?;
    let (mut places, mut residuals) = (0_u64, 0_u64);
    for failure in &failures {
        let place = mix(u64::try_from(failure.record * 28 + failure.rule)?);
        let residual = failure.residual.map_or((0, 0), |it| it.parts());
        let (residual, 0) = residual else {
            return Err(format!("a residual with decimals: {failure:?}").into());
        };
        places = places.wrapping_add(place);
        let residual = i64::try_from(residual)?.cast_unsigned();
        residuals = residuals.wrapping_add(mix(place.wrapping_add(residual)));
    }
    Ok(json!({
        "cpu": spent.cpu, "wall": spent.wall,
        "rows": failures.len(), "places": places, "residuals": residuals,
    }))
}

/// The last step of `SplitMix64`, which worker.py takes too: the sum of the mixed rows is their checksum, in any order.
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}
