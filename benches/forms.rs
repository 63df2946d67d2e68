//! The 200 cells of the national form of 2021, checked as a typed table and as a record; and loading a form from its file.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use xxgk::national_2021::National2021;
use xxgk::{FILES, Form, Table};

const FIGURES: &str = include_str!("../tests/data/suqian-2023/figures.json");

fn national(criterion: &mut Criterion) {
    let table: National2021 = serde_json::from_str(FIGURES).expect("the figures of a year");
    let record = table.record(Default::default());
    assert!(table.check().findings.is_empty() && xxgk::check(&record).findings.is_empty());
    let mut broken = record.clone();
    let key = "requests.received.natural_person";
    broken
        .set(key, Some(xxgk::Value::Count(0)))
        .expect("a cell");
    assert_eq!(xxgk::check(&broken).findings.len(), 2);

    let mut group = criterion.benchmark_group("national-2021, 200 cells");
    group.bench_function("typed table", |bencher| {
        bencher.iter(|| black_box(&table).check())
    });
    group.bench_function("record", |bencher| {
        bencher.iter(|| xxgk::check(black_box(&record)))
    });
    group.bench_function("record, two findings", |bencher| {
        bencher.iter(|| xxgk::check(black_box(&broken)));
    });
    group.finish();
}

fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load a form");
    for (id, text) in FILES {
        group.bench_function(*id, |bencher| {
            bencher.iter(|| Form::from_toml(black_box(text)))
        });
    }
    group.finish();
}

criterion_group!(benches, national, load);
criterion_main!(benches);
