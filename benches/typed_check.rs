//! A typed table, checked: by xxgk and by the garde peer, on the same figures.
#![forbid(unsafe_code)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use garde::Validate;
use xxgk::Table;
use xxgk_benches::consistent;

use peer::{Context, Peer};

// The peer is compiled into this crate, as the types of a program that validates with garde are. Taken from the library
// it would be slower by a half, because the code of exported types is not inlined into one function.
#[expect(dead_code, reason = "no rule speaks of some rows")]
mod peer;

/// Every cell is filled in and every rule holds: what most tables of a year are like.
fn passing(criterion: &mut Criterion) {
    let (table, context) = (consistent(), Context::default());
    let peer = Peer::from(&table);
    assert!(table.check().findings.is_empty());
    assert!(peer.validate_with(&context).is_ok());

    let mut group = criterion.benchmark_group("typed check, passing");
    group.bench_function("xxgk", |bencher| {
        bencher.iter(|| black_box(&table).check());
    });
    group.bench_function("garde", |bencher| {
        bencher.iter(|| black_box(&peer).validate_with(black_box(&context)));
    });
    group.finish();
}

/// One sum is off by one. The reports differ: garde's is one short message, xxgk's is the proof in two languages.
fn one_rule_broken(criterion: &mut Criterion) {
    let (mut table, context) = (consistent(), Context::default());
    table.requests.closed.extended = Some(3);
    let peer = Peer::from(&table);
    let broken = table.check().findings;
    assert!(matches!(&broken[..], [finding] if &*finding.rule == "R302"));
    let objections = peer.validate_with(&context).map_err(|it| it.iter().count());
    assert_eq!(objections, Err(1));

    let mut group = criterion.benchmark_group("typed check, one rule broken");
    group.bench_function("xxgk", |bencher| {
        bencher.iter(|| black_box(&table).check());
    });
    group.bench_function("garde", |bencher| {
        bencher.iter(|| black_box(&peer).validate_with(black_box(&context)));
    });
    group.finish();
}

/// The engine, which has no straight-line code for the form: the way of a form that was loaded at run time.
fn record(criterion: &mut Criterion) {
    let record = consistent().record(Default::default());
    assert!(xxgk::check(&record).findings.is_empty());
    criterion.bench_function("record check", |bencher| {
        bencher.iter(|| xxgk::check(black_box(&record)));
    });
}

criterion_group!(benches, passing, one_rule_broken, record);
criterion_main!(benches);
